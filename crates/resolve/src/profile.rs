//! What is known of a name in a block, over the articles that use it alike, and how two such stand to each other.

use crate::cluster::{Candidates, Relation};
use crate::fold::is_bare_surname;
use crate::gazetteer;
use crate::key::Kind;
use crate::naming::{Naming, Sort, fnv, is_acronym, is_small};
use crate::personal::{Agreement, PersonalName, agreement, is_given_name};
use crate::spelling::{Likeness, likeness};
use demarche_record::PlaceKind;
use std::collections::{BTreeMap, BTreeSet};

/// The namings of a block that have name, identifiers and states in common, as one candidate.
pub(crate) struct Profile<'n> {
    pub namings: Vec<&'n Naming>,
    pub folded: &'n str,
    pub name: Name,
    identifiers: BTreeSet<String>,
    roles: BTreeSet<&'n (String, Option<String>)>,
    titles: BTreeSet<&'n str>,
    states: BTreeSet<&'n str>,
    pronouns: (u32, u32),
    aliases: BTreeSet<&'n str>,
    articles: BTreeSet<&'n str>,
    /// Company that is not everybody's in this block, sorted.
    company: Vec<u64>,
    /// First and last day on which the articles can have appeared.
    days: Option<(&'n str, &'n str)>,
    told_apart: Vec<usize>,
}

/// A name, taken apart as its kind needs it.
pub(crate) enum Name {
    Person(PersonalName),
    Body { body: String, state: Option<&'static str>, is_acronym: bool },
    Place,
}

/// What namings have in common that make up one profile.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Signature<'n> {
    folded: &'n str,
    identifiers: &'n [String],
    states: &'n BTreeSet<String>,
    sort: Option<Sort>,
    /// What a vague name tells besides: roles, the generation, and the article where there are no roles.
    roles: Option<&'n BTreeSet<(String, Option<String>)>>,
    generation: Option<i32>,
    article: Option<&'n str>,
    /// Corrections that mean these namings.
    meant: Option<&'n BTreeSet<(usize, usize)>>,
}

/// The profiles of a block in canonical order.
pub(crate) struct Profiles<'n> {
    pub all: Vec<Profile<'n>>,
    /// Number of articles that use a telling name of the block.
    articles: usize,
}

impl<'n> Profiles<'n> {
    /// Gathers profiles. `meant` has the corrections that mean a naming, by its place in the list.
    pub fn new(namings: &'n [Naming], meant: &'n BTreeMap<usize, BTreeSet<(usize, usize)>>) -> Self {
        let apart = told_apart_by_an_article(namings);
        let mut groups: BTreeMap<Signature, Vec<&'n Naming>> = BTreeMap::new();
        for (i, naming) in namings.iter().enumerate() {
            let name = Name::of(naming);
            let is_vague = name.is_vague(naming);
            let is_place = naming.kind == Kind::Place;
            let alone = apart.contains(&i) || is_vague && !is_place && !name.is_acronym() && naming.roles.is_empty();
            let signature = Signature {
                folded: &naming.folded,
                identifiers: &naming.identifiers,
                states: &naming.states,
                sort: is_place.then_some(naming.sort),
                roles: (is_vague && naming.kind == Kind::Person).then_some(&naming.roles),
                generation: if name.is_surname() { generation(naming) } else { None },
                article: (alone && naming.identifiers.is_empty()).then_some(naming.member.article.as_str()),
                meant: meant.get(&i),
            };
            groups.entry(signature).or_default().push(naming);
        }
        let common = common_company(namings);
        let mut all: Vec<Profile> = groups.into_values().map(|group| Profile::new(group, &common)).collect();
        note_told_apart(&mut all);
        let telling = all.iter().filter(|profile| !profile.name.is_vague(profile.namings[0]));
        let articles = telling.flat_map(|profile| &profile.articles).collect::<BTreeSet<_>>().len();
        Self { all, articles }
    }
}

/// How many years may lie between two who bear one surname and one title for them to be looked at as one from the start.
const GENERATION: i32 = 15;

/// The generation that an article is of: a "President Arroyo" of 1934 and one of 1988 have to be weighed against each other.
fn generation(naming: &Naming) -> Option<i32> {
    let (first, _) = naming.published.as_ref()?;
    year(first).map(|year| year / GENERATION)
}

fn year(day: &str) -> Option<i32> {
    day.get(..4)?.parse().ok()
}

/// Where an article speaks of two by full names that could be one name ("George Bush", "George W. Bush"), it tells them
/// apart: the one with the bare or rarer name is looked at by itself.
fn told_apart_by_an_article(namings: &[Naming]) -> BTreeSet<usize> {
    let mut apart = BTreeSet::new();
    let mut frequency: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_article: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, naming) in namings.iter().enumerate().filter(|(_, naming)| naming.kind == Kind::Person) {
        *frequency.entry(&naming.folded).or_default() += 1;
        by_article.entry(&naming.member.article).or_default().push(i);
    }
    for group in by_article.values().filter(|group| group.len() > 1) {
        for (k, &i) in group.iter().enumerate() {
            for &j in &group[k + 1..] {
                let (a, b) = (&namings[i], &namings[j]);
                if a.folded == b.folded || share(&a.identifiers, &b.identifiers) {
                    continue;
                }
                let rank = |naming: &Naming| {
                    let full = !is_bare_surname(&naming.folded);
                    (full, frequency[naming.folded.as_str()], std::cmp::Reverse(naming.folded.clone()))
                };
                apart.insert(if rank(a) < rank(b) { i } else { j });
            }
        }
    }
    apart
}

fn share(a: &[String], b: &[String]) -> bool {
    a.iter().any(|identifier| b.contains(identifier))
}

/// Company that more than a fifth of the block's articles keep: it tells nobody from another.
fn common_company(namings: &[Naming]) -> BTreeSet<u64> {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for name in namings.iter().flat_map(|naming| naming.company.iter()) {
        *counts.entry(*name).or_default() += 1;
    }
    let most = (namings.len() / 5).max(3);
    counts.into_iter().filter(|(_, count)| *count > most).map(|(name, _)| name).collect()
}

/// Enters which people an article names beside each other under different names.
fn note_told_apart(profiles: &mut [Profile<'_>]) {
    let mut by_article: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, profile) in profiles.iter().enumerate().filter(|(_, profile)| matches!(profile.name, Name::Person(_))) {
        for article in &profile.articles {
            by_article.entry(article).or_default().push(i);
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for together in by_article.values().filter(|together| together.len() > 1) {
        for &i in together {
            for &j in together {
                let (a, b) = (&profiles[i], &profiles[j]);
                let same = a.folded == b.folded || !a.identifiers.is_disjoint(&b.identifiers);
                if i != j && !same {
                    pairs.insert((i, j));
                }
            }
        }
    }
    for (i, j) in pairs {
        profiles[i].told_apart.push(j);
    }
}

impl Name {
    fn of(naming: &Naming) -> Self {
        match naming.kind {
            Kind::Person => Name::Person(PersonalName::of(&naming.folded)),
            Kind::Organization => {
                let (body, state) = gazetteer::body(&naming.folded);
                let is_acronym = is_acronym(&naming.name) && !body.contains('-');
                Name::Body { body, state, is_acronym }
            }
            _ => Name::Place,
        }
    }

    fn is_acronym(&self) -> bool {
        matches!(self, Name::Body { is_acronym: true, .. })
    }

    /// Whether it is a surname alone. Kings and popes, who bear a given name or a number, reign long.
    fn is_surname(&self) -> bool {
        let is_given =
            |name: &PersonalName| name.suffix.is_some() || name.family.iter().any(|word| is_given_name(word));
        matches!(self, Name::Person(name) if name.is_bare() && !is_given(name))
    }

    fn is_vague(&self, naming: &Naming) -> bool {
        match self {
            Name::Person(name) => name.is_bare(),
            Name::Body { body, state, is_acronym } => *is_acronym || state.is_none() && gazetteer::is_generic(body),
            Name::Place => naming.states.is_empty() && naming.identifiers.is_empty(),
        }
    }
}

impl<'n> Profile<'n> {
    fn new(mut namings: Vec<&'n Naming>, common: &BTreeSet<u64>) -> Self {
        namings.sort_by(|a, b| a.member.cmp(&b.member));
        let company: BTreeSet<u64> = namings
            .iter()
            .flat_map(|naming| naming.company.iter().copied())
            .filter(|name| !common.contains(name))
            .collect();
        let days = namings.iter().filter_map(|naming| naming.published.as_ref());
        let first = days.clone().map(|(first, _)| first.as_str()).min();
        let last = days.map(|(_, last)| last.as_str()).max();
        Self {
            folded: &namings[0].folded,
            name: Name::of(namings[0]),
            identifiers: namings.iter().flat_map(|naming| naming.identifiers.iter().cloned()).collect(),
            roles: namings.iter().flat_map(|naming| &naming.roles).collect(),
            titles: namings.iter().flat_map(|naming| &naming.roles).map(|(title, _)| title.as_str()).collect(),
            states: namings.iter().flat_map(|naming| &naming.states).map(String::as_str).collect(),
            pronouns: namings.iter().fold((0, 0), |sum, n| (sum.0 + n.pronouns.0, sum.1 + n.pronouns.1)),
            aliases: namings.iter().flat_map(|naming| &naming.aliases).map(String::as_str).collect(),
            articles: namings.iter().map(|naming| naming.member.article.as_str()).collect(),
            company: company.into_iter().collect(),
            days: first.zip(last),
            told_apart: Vec::new(),
            namings,
        }
    }

    /// The state that the article speaks of most.
    fn home(&self) -> Option<&str> {
        self.namings[0].home.first().map(String::as_str)
    }

    fn shared_articles(&self, other: &Self) -> usize {
        let (few, many) = if self.articles.len() <= other.articles.len() { (self, other) } else { (other, self) };
        few.articles.iter().filter(|article| many.articles.contains(*article)).count()
    }

    /// "he" or "she", where the articles say one of them at least twice and four times as often as the other.
    fn pronoun(&self) -> Option<bool> {
        let (he, she) = self.pronouns;
        if he >= 2 && he >= 4 * she {
            Some(true)
        } else if she >= 2 && she >= 4 * he {
            Some(false)
        } else {
            None
        }
    }

    fn shared_company(&self, other: &Self) -> usize {
        let (few, many) = if self.company.len() <= other.company.len() { (self, other) } else { (other, self) };
        few.company.iter().filter(|name| many.company.binary_search(name).is_ok()).count()
    }

    /// Years between the articles of the two.
    fn years_apart(&self, other: &Self) -> Option<i32> {
        let ((a_first, a_last), (b_first, b_last)) = (self.days?, other.days?);
        Some((year(b_first)? - year(a_last)?).max(year(a_first)? - year(b_last)?).max(0))
    }
}

/// Gathers what speaks for and against two being one, in points and words.
struct Weighing {
    score: i32,
    reasons: Vec<String>,
}

impl Weighing {
    fn add(&mut self, points: i32, reason: impl Into<String>) {
        self.score += points;
        self.reasons.push(reason.into());
    }

    fn done(self) -> Relation {
        Relation::Link(u8::try_from(self.score.clamp(1, 99)).unwrap_or(99), self.reasons.join(", "))
    }
}

/// What an article says of the two besides their names.
fn weigh(a: &Profile, b: &Profile, weighing: &mut Weighing) {
    let office = a.roles.iter().find(|role| role.1.is_some() && b.roles.contains(*role));
    let title = a.titles.iter().find(|title| b.titles.contains(*title));
    if let Some((title, Some(of))) = office {
        weighing.add(15, format!("both {} of {}", spaced(title), spaced(of)));
    } else if let Some(title) = title {
        weighing.add(8, format!("both {}", spaced(title)));
    } else if !a.titles.is_empty() && !b.titles.is_empty() {
        weighing.add(-8, "other offices");
    }
    if office.is_none() && !a.states.is_empty() && !b.states.is_empty() {
        match a.states.iter().find(|state| b.states.contains(*state)) {
            Some(state) => weighing.add(8, format!("both of {state}")),
            None => weighing.add(-20, "of different states"),
        }
    }
    match a.shared_company(b) {
        0 if a.company.len() >= 5 && b.company.len() >= 5 => weighing.add(-3, "in other company"),
        0 => {}
        1 => weighing.add(4, "in company that they share"),
        _ => weighing.add(8, "in company that they share"),
    }
    // A surname and a title come again with the next generation of politicians, unless the state is the same.
    let (surname, other_surname) = (a.name.is_surname(), b.name.is_surname());
    let other_states = a.states.is_disjoint(&b.states);
    match a.years_apart(b) {
        Some(years) if years >= GENERATION && other_states && (surname || other_surname) => {
            weighing.add(-30, apart(years));
        }
        Some(years) if years >= GENERATION => weighing.add(-20, apart(years)),
        Some(years) if years >= 5 && other_states && surname != other_surname => weighing.add(-15, apart(years)),
        Some(years) if years >= 4 => weighing.add(-6, apart(years)),
        Some(0) => weighing.add(2, "at the same time"),
        _ => {}
    }
}

fn apart(years: i32) -> String {
    format!("{years} years apart")
}

fn spaced(folded: &str) -> String {
    folded.replace('-', " ")
}

impl Profiles<'_> {
    fn people(&self, a: &Profile, b: &Profile, one: &PersonalName, other: &PersonalName) -> Relation {
        if !a.identifiers.is_disjoint(&b.identifiers) {
            return Relation::Link(100, "the same identifier".to_owned());
        }
        let (score, words) = if a.folded == b.folded {
            let score = match one.is_bare() {
                true if is_given_name(a.folded) => 52,
                true => 60,
                false => 97,
            };
            (score, "the same name".to_owned())
        } else {
            match agreement(one, other) {
                Agreement::Yes(score, words) => (score, words),
                Agreement::No(why) if why.starts_with("the surnames") => return Relation::None,
                Agreement::No(why) => return Relation::Barred(why),
            }
        };
        if !a.identifiers.is_empty() && !b.identifiers.is_empty() {
            return Relation::Barred("they have different identifiers".to_owned());
        }
        if let (Some(he), Some(other_he)) = (a.pronoun(), b.pronoun())
            && he != other_he
            && a.folded != b.folded
            && a.titles.is_disjoint(&b.titles)
        {
            return Relation::Barred("one is he, the other she".to_owned());
        }
        let shared = if a.folded == b.folded { 0 } else { a.shared_articles(b) };
        if shared >= 2 && shared * 10 >= a.articles.len().min(b.articles.len()) {
            return Relation::Barred(format!("{shared} articles speak of both"));
        }
        let mut weighing = Weighing { score: i32::from(score), reasons: vec![words.clone()] };
        if words.contains("changed places") || words.contains("differs by one letter") {
            let (few, many) = (a.articles.len().min(b.articles.len()), a.articles.len().max(b.articles.len()));
            match many {
                _ if many >= 2 * few => weighing.add(5, format!("one spelling in {few}, the other in {many} articles")),
                // Two whose names differ so little hardly hold one office, and rarely bear one title.
                _ if a.roles.iter().any(|role| role.1.is_some() && b.roles.contains(*role)) => {}
                _ if !a.titles.is_disjoint(&b.titles) => weighing.add(-8, "no spelling is the usual one"),
                _ => weighing.add(-20, "no spelling is the usual one"),
            }
        }
        weigh(a, b, &mut weighing);
        weighing.done()
    }

    fn bodies(&self, a: &Profile, b: &Profile, vague: bool) -> Relation {
        let (
            Name::Body { body: one, state: of_one, is_acronym: short },
            Name::Body { body: other, state: of_other, is_acronym: other_short },
        ) = (&a.name, &b.name)
        else {
            return Relation::None;
        };
        if !a.identifiers.is_disjoint(&b.identifiers) {
            return Relation::Link(100, "the same identifier".to_owned());
        }
        if let (Some(x), Some(y)) = (of_one, of_other)
            && x != y
        {
            return if one == other {
                Relation::Barred(format!("one is of {x}, the other of {y}"))
            } else {
                Relation::None
            };
        }
        let mut weighing = Weighing { score: 0, reasons: Vec::new() };
        if one == other {
            let generic = gazetteer::is_generic(one) && (of_one.is_none() || of_other.is_none());
            match (generic, vague) {
                (false, _) => weighing.add(96, "the same name"),
                (true, true) => weighing.add(40, "a name that every state's has"),
                (true, false) => weighing.add(58, "the name without the state"),
            }
        } else if short != other_short {
            let (acronym, full) = if *short { (a, b) } else { (b, a) };
            let words: Vec<&str> = full.folded.split('-').filter(|word| !is_small(word)).collect();
            let initials: String = words.iter().map(|word| &word[..1]).collect();
            let letters = acronym.folded.replace('-', "");
            if full.aliases.contains(acronym.folded) || acronym.aliases.contains(full.folded) {
                weighing.add(90, "an article uses the acronym for the name");
            } else if initials == letters && words.len() > 1 {
                weighing.add(42, "the initials of the name");
                match letters.len() {
                    ..=2 => {}
                    3 => weighing.add(6, "three of them"),
                    _ => weighing.add(10, "more than three of them"),
                }
                if acronym.namings.iter().any(|naming| naming.company.binary_search(&fnv(full.folded)).is_ok()) {
                    weighing.add(32, "an article speaks of both");
                }
            } else {
                return Relation::None;
            }
        } else {
            return Relation::None;
        }
        if !a.identifiers.is_empty() && !b.identifiers.is_empty() {
            return Relation::Barred("they have different identifiers".to_owned());
        }
        if gazetteer::is_generic(one) {
            match (of_one, of_other) {
                (None, None) if a.home().is_some() && a.home() == b.home() => {
                    weighing.add(28, "in articles about the same state");
                }
                (None, Some(state)) | (Some(state), None) => {
                    let vague = if of_one.is_none() { a } else { b };
                    match vague.namings[0].home.iter().position(|code| code == state) {
                        Some(0) => weighing.add(16, format!("in an article about {state}")),
                        Some(_) => weighing.add(6, format!("in an article that speaks of {state}")),
                        None => weighing.add(-12, format!("in an article without {state}")),
                    }
                }
                _ => {}
            }
        }
        match a.shared_company(b) {
            0 => {}
            1 => weighing.add(3, "in company that they share"),
            _ => weighing.add(6, "in company that they share"),
        }
        weighing.done()
    }

    fn places(&self, a: &Profile, b: &Profile) -> Relation {
        if !a.identifiers.is_disjoint(&b.identifiers) {
            return Relation::Link(100, "the same identifier".to_owned());
        }
        let (score, words) = match a.folded == b.folded {
            true => (92, "the same name".to_owned()),
            false => match likeness(a.folded, b.folded) {
                Some(Likeness::Transliterated) if a.folded.len() >= 5 => (72, "transliterated otherwise".to_owned()),
                _ => return Relation::None,
            },
        };
        if !a.identifiers.is_empty() && !b.identifiers.is_empty() {
            return Relation::Barred("they have different identifiers".to_owned());
        }
        if !a.states.is_empty() && !b.states.is_empty() && a.states.is_disjoint(&b.states) {
            return Relation::Barred("they lie in different countries".to_owned());
        }
        let is_state = |profile: &Profile| profile.namings[0].sort == Sort::Place(PlaceKind::Country);
        let is_known = |profile: &Profile| profile.namings[0].sort != Sort::Place(PlaceKind::Other);
        if is_state(a) != is_state(b) && is_known(a) && is_known(b) {
            return Relation::Barred("one is a state, the other none".to_owned());
        }
        Relation::Link(score, words)
    }
}

impl Candidates for Profiles<'_> {
    fn len(&self) -> usize {
        self.all.len()
    }

    fn is_vague(&self, one: usize) -> bool {
        let profile = &self.all[one];
        profile.name.is_vague(profile.namings[0])
    }

    fn relation(&self, one: usize, other: usize) -> Relation {
        let (a, b) = (&self.all[one], &self.all[other]);
        match (&a.name, &b.name) {
            (Name::Person(x), Name::Person(y)) => self.people(a, b, x, y),
            (Name::Place, Name::Place) => self.places(a, b),
            _ => self.bodies(a, b, false),
        }
    }

    fn told_apart(&self, one: usize) -> &[usize] {
        &self.all[one].told_apart
    }

    fn identifiers(&self, one: usize) -> &BTreeSet<String> {
        &self.all[one].identifiers
    }

    fn prominence(&self, vague: usize, cluster: &[usize], rivals: usize) -> (u8, &'static str) {
        let articles: usize = cluster.iter().map(|&member| self.all[member].articles.len()).sum();
        if self.all[vague].name.is_acronym() {
            // Initials fit many a name by chance: the bearer is one that articles name about as often.
            let is_known = articles >= 5 && articles * 5 >= self.all[vague].articles.len();
            return match is_known && articles * 10 >= self.articles * 8 {
                true if rivals == 0 => (20, "the only one that fits here"),
                true => (18, "by far the best known of that name here"),
                false => (0, ""),
            };
        }
        if rivals == 0 {
            return match &self.all[vague].name {
                Name::Person(_) => (14, "the only bearer of that surname here"),
                _ => (14, "the only one that fits here"),
            };
        }
        if articles >= 5 && articles * 10 >= self.articles * 8 {
            return (12, "by far the best known of that name here");
        }
        (0, "")
    }

    fn vague_relation(&self, one: usize, other: usize, rivals: usize) -> Relation {
        let (a, b) = (&self.all[one], &self.all[other]);
        let relation = match &a.name {
            Name::Body { .. } => self.bodies(a, b, true),
            _ => self.relation(one, other),
        };
        match relation {
            Relation::Link(score, reason)
                if score < 100
                    && rivals == 0
                    && matches!(&a.name, Name::Person(name) if !name.family.iter().any(|word| is_given_name(word))) =>
            {
                Relation::Link((score + 14).min(99), format!("{reason}, nobody of that surname has a full name here"))
            }
            other => other,
        }
    }

    fn is_blank(&self, one: usize) -> Option<String> {
        let profile = &self.all[one];
        let tells_nothing = profile.roles.is_empty() && profile.states.is_empty() && profile.identifiers.is_empty();
        (matches!(profile.name, Name::Person(_)) && tells_nothing).then(|| profile.folded.to_owned())
    }
}
