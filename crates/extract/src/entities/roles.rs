//! Roles: offices, titles and affiliations that the article gives to a person.
//!
//! Four shapes carry nearly all of them: the title before the name ("Russian Foreign Minister Sergei Lavrov"), the phrase
//! beside it ("Lavrov, Russia's top diplomat," / "the top diplomat, Lavrov,"), the predicate ("Lavrov, who is …",
//! "was appointed …"), and the body after it ("Lee of the Treasury").

use super::titles::{Title, TitleKind};
use super::words::Words;
use super::{Entities, EntityId, Mention, Role};
use crate::document::Document;
use demarche_nlp::{Analysis, Dep, Pos, Tag};
use demarche_record::MentionKind;
use std::ops::Range;

/// A phrase for a person around a title: "the former Danish foreign minister".
#[derive(Debug, Clone)]
pub struct TitlePhrase {
    /// All of it, with determiner and what follows the title ("of Denmark").
    pub tokens: Range<usize>,
    /// Without determiner.
    pub role: Range<usize>,
    /// The last word of the title.
    pub head: usize,
    /// The first word of the title.
    pub title_start: usize,
    /// The title.
    pub title: Title,
}

/// What is said of an office: its title and the state or body that it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office {
    /// The title.
    pub title: Title,
    /// State or body.
    pub of: Option<EntityId>,
    /// Whether the article tells it, not the gazetteer.
    pub told: bool,
}

/// Reads the phrases around titles.
pub struct Phrases<'a> {
    analysis: &'a Analysis,
    words: &'a Words<'a>,
}

const OF: &[&str] = &["of", "for", "to", "at", "in", "on", "with", "from", "under"];

impl<'a> Phrases<'a> {
    /// Of a document.
    pub fn of(document: &'a Document, words: &'a Words) -> Self {
        Self { analysis: &document.analysis, words }
    }

    /// The phrase whose title ends with `head`; `after` says whether what follows the title may belong to it.
    pub fn around(&self, head: usize, after: bool, entities: &Entities) -> Option<TitlePhrase> {
        let sentence = self.analysis.sentence_of(head);
        let (title_start, title) = self.words.title_ending(head, sentence.start)?;
        let (role_start, start) = self.left(title_start..head, sentence.start, entities);
        let end = if after { self.right(head, sentence.end, entities) } else { head + 1 };
        Some(TitlePhrase { tokens: start..end, role: role_start..end, head, title_start, title })
    }

    /// How far the modifiers before a title reach: without and with the determiner.
    fn left(&self, title: Range<usize>, from: usize, entities: &Entities) -> (usize, usize) {
        let (title, until) = (title.start, title.end);
        let analysis = self.analysis;
        let mut start = title;
        while start > from {
            let i = start - 1;
            let word = self.words.get(i);
            let token = &analysis[i];
            if self.words.title_ending(i, i).is_some_and(|(_, t)| t.kind == TitleKind::Honorific) {
                break;
            }
            // "military spokesman Lt. Gen. …": an office ends where a rank begins.
            if self.words.title_ending(i, from).is_some_and(|(_, t)| t.kind == TitleKind::Office)
                && self.words.title_ending(until, title).is_some_and(|(_, t)| t.kind == TitleKind::Rank)
            {
                break;
            }
            // "Secretary of State Cardinal …": another title ends here.
            if i > from
                && self.words.title_ending(i, from).is_some_and(|(first, t)| {
                    i - first >= 2 && t.kind == TitleKind::Office && self.words.get(first + 1) == "of"
                })
            {
                break;
            }
            if token.tag == Tag::Pos {
                // "New Zealand's prime minister", "the project's chairman": the possessor belongs to the role, a person
                // does not.
                let Some(owner) = i.checked_sub(1).filter(|&o| o >= from) else { break };
                let mention = entities.covering(owner);
                if mention.is_some_and(|m| matches!(m.entities.first(), Some(EntityId::Person(_)))) {
                    break;
                }
                start = mention.map_or(owner, |m| m.tokens.start.max(from));
                continue;
            }
            let hyphen = matches!(word, "-" | "–" | "/")
                && i > from
                && analysis[i].space_after == analysis[i - 1].space_after
                && !token.space_after;
            let modifier = matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::X)
                && !matches!(
                    word,
                    "today"
                        | "yesterday"
                        | "sunday"
                        | "monday"
                        | "tuesday"
                        | "wednesday"
                        | "thursday"
                        | "friday"
                        | "saturday"
                        | "such"
                        | "same"
                        | "other"
                        | "many"
                        | "own"
                        | "week"
                        | "month"
                        | "year"
                        | "while"
                        | "more"
                        | "most"
                        | "several"
                        | "like"
                        | "different"
                        | "few"
                )
                || matches!(
                    word,
                    "vice"
                        | "then"
                        | "deputy"
                        | "ex"
                        | "former"
                        | "then-"
                        | "acting"
                        | "outgoing"
                        | "sitting"
                        | "incoming"
                        | "visiting"
                        | "longtime"
                        | "leading"
                        | "ruling"
                        | "retired"
                        | "imprisoned"
                        | "jailed"
                        | "exiled"
                )
                || token.tag == Tag::Vbn && analysis[i].dep == Dep::Amod
                || token.tag == Tag::Vbg && analysis[i].dep == Dep::Amod;
            let and_between = word == "and"
                && i > from
                && i + 1 < title
                && analysis[i + 1].pos != Pos::Noun
                && entities.covering(i - 1).is_some_and(|m| !matches!(m.entities.first(), Some(EntityId::Person(_))))
                && entities.covering(i + 1).is_some_and(|m| !matches!(m.entities.first(), Some(EntityId::Person(_))));
            let person = entities.covering(i).is_some_and(|m| {
                m.kind == MentionKind::Name && matches!(m.entities.first(), Some(EntityId::Person(_)))
            });
            if person || !(hyphen || modifier || and_between) {
                break;
            }
            start = i;
        }
        while start < title && (self.analysis[start].pos == Pos::Punct || self.words.get(start) == "and") {
            start += 1;
        }
        let determiner = start > from && matches!(analysis[start - 1].tag, Tag::Dt | Tag::PrpPoss);
        let with_number = start > from && matches!(self.words.get(start - 1), "two" | "both" | "three");
        let mut with = start - usize::from(determiner || with_number);
        if with_number && with > from && self.words.get(with - 1) == "the" {
            with -= 1;
        }
        (start, with)
    }

    /// Where the prepositional phrases after a title end: "of the Treasury", "for talks with Iran in Vienna".
    fn right(&self, head: usize, until: usize, entities: &Entities) -> usize {
        let analysis = self.analysis;
        let mut end = head + 1;
        while end < until {
            let word = self.words.get(end);
            // "minister of state and head of …" goes on with another title, "chief of the army, who" ends here.
            if !OF.contains(&word) || !matches!(analysis[end].pos, Pos::Adp | Pos::Part) {
                break;
            }
            let governs = analysis[end].head;
            if !(head..end).contains(&governs)
                && governs != head
                && analysis[governs].pos != Pos::Noun
                && analysis[governs].pos != Pos::Propn
            {
                break;
            }
            // Only "of" and "for" tell what an office is of wherever they hang; other prepositions must hang here.
            if !matches!(word, "of" | "for") && !(head..end).contains(&governs) {
                break;
            }
            let mut to = end + 1;
            while to < until {
                let token = &analysis[to];
                // A name after "of the council" is the one who holds the office.
                let holder = to > end + 1
                    && analysis[to - 1].pos != Pos::Det
                    && entities.covering(to).is_some_and(|m| {
                        m.kind == MentionKind::Name
                            && m.tokens.start == to
                            && matches!(m.entities.first(), Some(EntityId::Person(_)))
                    });
                if holder {
                    return to;
                }
                let inside = matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Det | Pos::Num | Pos::X)
                    || matches!(token.tag, Tag::Pos | Tag::PrpPoss | Tag::Hyph)
                    || matches!(self.words.get(to), "-" | "–" | "&" | "'s")
                    || matches!(token.tag, Tag::Vbg | Tag::Vbn) && matches!(token.dep, Dep::Compound | Dep::Amod)
                    || self.words.get(to) == "and"
                        && to + 1 < until
                        && analysis[to + 1].pos == Pos::Propn
                        && analysis[to - 1].pos == Pos::Propn
                        && self.words.title_starting(to + 1, until).is_none();
                if !inside
                    || matches!(token.tag, Tag::Wdt | Tag::Wp)
                    || self.words.get(to) == "today"
                    || self.words.get(to) == "yesterday"
                {
                    break;
                }
                to += 1;
            }
            if to == end + 1 {
                break;
            }
            end = to;
        }
        end
    }
}

/// What the roles of the article's people tell beyond their words: the offices that a title, a state or "counterpart" stand
/// for. Index: person.
pub type Offices = Vec<Vec<Office>>;

/// Finds roles beside names, and adds the phrases that stand for a person to the mentions.
pub fn beside_names(document: &Document, words: &Words, entities: &mut Entities, offices: &mut Offices) {
    let finder = RoleFinder { analysis: &document.analysis, words, phrases: Phrases::of(document, words) };
    let people: Vec<(usize, Mention)> = entities
        .mentions
        .iter()
        .filter_map(|m| match (m.kind, m.entities.as_slice()) {
            (MentionKind::Name, [EntityId::Person(p)]) => Some((*p, m.clone())),
            _ => None,
        })
        .collect();
    let mut nominals = Vec::new();
    for (person, mention) in &people {
        finder.before(*person, mention, entities, offices);
        finder.beside(*person, mention, entities, offices, &mut nominals);
        finder.after(*person, mention, entities, offices);
        finder.deeds(*person, mention, entities);
    }
    for nominal in nominals {
        if entities.of_tokens(nominal.tokens.clone()).is_none() {
            entities.add(nominal);
        }
    }
}

struct RoleFinder<'a> {
    analysis: &'a Analysis,
    words: &'a Words<'a>,
    phrases: Phrases<'a>,
}

impl RoleFinder<'_> {
    fn assert(
        &self,
        person: usize,
        phrase: &TitlePhrase,
        entities: &mut Entities,
        offices: &mut Offices,
        states: Option<EntityId>,
    ) {
        if let Some(gender) = phrase.title.gender {
            let known = &mut entities.people[person].gender;
            let sure = phrase.title.kind != TitleKind::Office || phrase.title.phrase.ends_with("man");
            if known.is_none()
                || sure && phrase.title.kind != TitleKind::Profession && !phrase.title.phrase.ends_with("man")
            {
                *known = Some(gender);
            }
        }
        if phrase.title.kind == TitleKind::Honorific {
            return;
        }
        // "Secretary of State Ann Lee and Foreign Minister Bo Berg": what ends in another's name is the other's.
        let another = |id: &EntityId| matches!(id, EntityId::Person(p) if *p != person);
        let ends_in_a_name = entities
            .within(phrase.role.clone())
            .any(|m| m.kind == MentionKind::Name && m.tokens.end == phrase.role.end && m.entities.iter().any(another));
        if ends_in_a_name {
            return;
        }
        let of = states.or_else(|| office_of(phrase, entities));
        let former = (phrase.role.start..phrase.title_start).any(|i| {
            matches!(
                self.words.get(i),
                "former"
                    | "then"
                    | "ex"
                    | "onetime"
                    | "one-time"
                    | "late"
                    | "ousted"
                    | "deposed"
                    | "then-"
                    | "outgoing"
            )
        }) && !(phrase.role.start..phrase.title_start).any(|i| self.words.get(i) == "outgoing");
        // "Trump's lawyer": the words of the title alone; of a body it is said in `of`.
        let title_words = self.title_words(phrase, of, entities);
        if phrase.title.group == "counterpart" {
            return self.assert_counterpart(person, phrase, of, entities, offices);
        }
        offices[person].push(Office { title: phrase.title, of, told: true });
        let text = fold(self.analysis.words(phrase.role.clone()));
        let roles = &mut entities.people[person].roles;
        if roles.iter().any(|r| fold(self.analysis.words(r.tokens.clone())) == text) {
            return;
        }
        roles.push(Role { title: title_words, of, tokens: phrase.role.clone(), former });
    }

    /// "his Danish counterpart": the office of the one named before, of that state.
    fn assert_counterpart(
        &self,
        person: usize,
        phrase: &TitlePhrase,
        of: Option<EntityId>,
        entities: &mut Entities,
        offices: &mut Offices,
    ) {
        let sentence = self.analysis.sentence_of(phrase.head);
        let anchor = entities
            .within(sentence.start..phrase.tokens.start)
            .filter_map(|m| match m.entities.as_slice() {
                [EntityId::Person(p)] if *p != person && !offices[*p].is_empty() => Some(*p),
                _ => None,
            })
            .last();
        let office =
            anchor.and_then(|a| offices[a].iter().rev().find(|o| o.title.kind == TitleKind::Office)).map(|o| o.title);
        if let Some(title) = office {
            offices[person].push(Office { title, of, told: true });
        }
        let title = office
            .filter(|_| of.is_some())
            .map_or_else(|| self.words.get(phrase.head).to_owned(), |t| t.phrase.to_owned());
        let role = Role { title, of, tokens: phrase.role.clone(), former: false };
        if !entities.people[person].roles.contains(&role) {
            entities.people[person].roles.push(role);
        }
    }

    /// The title without the body or state before it and without what follows.
    fn title_words(&self, phrase: &TitlePhrase, of: Option<EntityId>, entities: &Entities) -> String {
        let mut start = phrase.role.start;
        for mention in entities.within(phrase.role.start..phrase.title_start) {
            if of.is_some_and(|of| mention.entities.contains(&of))
                || entities.covering(mention.head).is_some_and(|m| m.kind == MentionKind::Nominal)
            {
                start = start.max(mention.tokens.end);
            }
        }
        if let Some(possessive) = (start..phrase.title_start).rev().find(|&i| self.analysis[i].tag == Tag::Pos) {
            start = possessive + 1;
        }
        while start < phrase.title_start && matches!(self.analysis[start].tag, Tag::Pos | Tag::Hyph | Tag::Cc) {
            start += 1;
        }
        while start < phrase.title_start && matches!(self.words.get(start), "former" | "then" | "ex" | "-" | "then-") {
            start += 1;
        }
        let plural = matches!(self.analysis[phrase.head].tag, Tag::Nns | Tag::Nnps);
        let mut words = self.analysis.words(start..phrase.head + 1).split_whitespace().collect::<Vec<_>>().join(" ");
        if plural {
            let last = self.analysis.word(phrase.head);
            let one = self.words.get(phrase.head);
            words.truncate(words.len() - last.len());
            let capital = last.starts_with(char::is_uppercase);
            let mut letters = one.chars();
            match letters.next() {
                Some(first) if capital => words.extend(first.to_uppercase().chain(letters)),
                _ => words.push_str(one),
            }
        }
        words
    }

    /// "Russian Foreign Minister Sergei Lavrov", "Presidents Ma and Xi", "Prime Minister of Slovakia Igor Matovič".
    fn before(&self, person: usize, mention: &Mention, entities: &mut Entities, offices: &mut Offices) {
        let sentence = self.analysis.sentence_of(mention.tokens.start);
        let mut at = mention.tokens.start;
        // The first of a coordination carries the title: "Presidents Ma and Xi", "presidents Xi Jinping and Ma Ying-jeou".
        let mut place_in_list = 0;
        while at > sentence.start {
            let i = at - 1;
            let joined = matches!(self.words.get(i), "and" | "," | "&") && i > sentence.start;
            let previous = joined.then(|| entities.covering(i - 1)).flatten().filter(|m| {
                m.kind == MentionKind::Name
                    && matches!(m.entities.as_slice(), [EntityId::Person(p)] if *p != person)
                    && m.tokens.end == i
            });
            let Some(previous) = previous else { break };
            at = previous.tokens.start;
            place_in_list += 1;
        }
        let coordinated = place_in_list > 0;
        let first = if coordinated && mention.tokens.start > at { at } else { mention.tokens.start };
        let own = self.title_before(mention.tokens.start, sentence.start, entities);
        if let Some(phrase) = own {
            let plural = matches!(self.analysis[phrase.head].tag, Tag::Nns | Tag::Nnps);
            let state = plural.then(|| self.share(&phrase, 0, entities)).flatten();
            self.assert(person, &phrase, entities, offices, state);
            // Titles one after the other: "Secretary of State Cardinal Parolin".
            if phrase.title_start == phrase.tokens.start
                && phrase.title_start > sentence.start
                && let Some(second) = self.phrases.around(phrase.title_start - 1, false, entities)
                && !matches!(self.words.get(phrase.title_start - 1), "," | "and")
            {
                self.assert(person, &second, entities, offices, None);
            }
            // A second title before the first: "Deputy Prime Minister and Foreign Minister X".
            let joint = phrase.tokens.start;
            if joint >= sentence.start + 2
                && self.words.get(joint - 1) == "and"
                && let Some(second) =
                    self.title_before(joint - 1, sentence.start, entities).filter(|p| p.tokens.start == p.role.start)
            {
                self.assert(person, &second, entities, offices, None);
            }
        } else if coordinated {
            let shared = self.title_before(first, sentence.start, entities);
            if let Some(phrase) = shared.filter(|p| matches!(self.analysis[p.head].tag, Tag::Nns | Tag::Nnps)) {
                let state = self.share(&phrase, place_in_list, entities);
                self.assert(person, &phrase, entities, offices, state);
            }
        }
    }

    /// The title phrase that ends right before a name.
    fn title_before(&self, name: usize, from: usize, entities: &Entities) -> Option<TitlePhrase> {
        let mut last = name.checked_sub(1).filter(|&i| i >= from)?;
        let closing = matches!(self.words.get(last), "," | "\"" | "“") && last > from;
        if closing {
            // "his counterparts, A, B and C" has a comma between.
            let plural = matches!(self.analysis[last - 1].tag, Tag::Nns | Tag::Nnps);
            if !plural || self.words.get(last) != "," {
                return None;
            }
            last -= 1;
        }
        if let Some(phrase) = self.phrases.around(last, false, entities) {
            if phrase.title.kind == TitleKind::Honorific
                && phrase.title_start > from
                && let Some(more) = self.phrases.around(phrase.title_start - 1, false, entities)
            {
                return Some(more);
            }
            return Some(phrase);
        }
        // "Prime Minister of Slovakia Igor Matovič", "Deputy Prime Minister for Finance X".
        let body = entities
            .covering(last)
            .filter(|m| !matches!(m.entities.first(), Some(EntityId::Person(_))))
            .map(|m| m.tokens.start);
        let mut start = body.unwrap_or(last);
        while start > from
            && (matches!(self.words.get(start - 1), "the" | "'s") || self.analysis[start - 1].pos == Pos::Propn)
            && last - start < 6
        {
            start -= 1;
        }
        let of = start.checked_sub(1).filter(|&i| i > from && matches!(self.words.get(i), "of" | "for" | "to"))?;
        let mut phrase = self.phrases.around(of - 1, false, entities)?;
        if matches!(phrase.title.kind, TitleKind::Honorific | TitleKind::Person)
            || !self.analysis[last].pos.eq(&Pos::Propn)
        {
            return None;
        }
        phrase.role.end = last + 1;
        phrase.tokens.end = last + 1;
        Some(phrase)
    }

    /// With "the Danish, French and US presidents A, B and C": the state of the one at a place in the list.
    fn share(&self, phrase: &TitlePhrase, place: usize, entities: &Entities) -> Option<EntityId> {
        let states: Vec<EntityId> = entities
            .within(phrase.tokens.start..phrase.title_start)
            .filter_map(|m| m.entities.first().copied())
            .collect();
        let more = self.states_further_left(phrase, entities);
        let all: Vec<EntityId> = more.into_iter().chain(states).collect();
        (all.len() > 1).then(|| all.get(place).copied()).flatten()
    }

    fn states_further_left(&self, phrase: &TitlePhrase, entities: &Entities) -> Vec<EntityId> {
        let mut found = Vec::new();
        let mut at = phrase.tokens.start;
        while at >= 2 && matches!(self.words.get(at - 1), "and" | ",") {
            let Some(mention) =
                entities.covering(at - 2).filter(|m| m.kind != MentionKind::Pronoun && m.tokens.end == at - 1)
            else {
                break;
            };
            let Some(id) = mention.entities.first().copied().filter(|id| !matches!(id, EntityId::Person(_))) else {
                break;
            };
            found.insert(0, id);
            at = mention.tokens.start;
        }
        found
    }

    /// "Lavrov, Russia's top diplomat," and "Russia's top diplomat, Lavrov,"; "Ann Lee (spokeswoman)".
    fn beside(
        &self,
        person: usize,
        mention: &Mention,
        entities: &mut Entities,
        offices: &mut Offices,
        nominals: &mut Vec<Mention>,
    ) {
        let sentence = self.analysis.sentence_of(mention.tokens.start);
        let end = mention.tokens.end;
        if end + 1 < sentence.end && matches!(self.words.get(end), "," | "(" | "—" | "–") {
            let mut at = end + 1;
            // "Lee, 45, a lawyer".
            if self.analysis[at].pos == Pos::Num && at + 2 < sentence.end && self.words.get(at + 1) == "," {
                at += 2;
            }
            while at < sentence.end
                && matches!(
                    self.words.get(at),
                    "who"
                        | "is"
                        | "was"
                        | "currently"
                        | "also"
                        | "now"
                        | "been"
                        | "has"
                        | "then"
                        | "one"
                        | "of"
                        | "once"
                        | "became"
                        | "works"
                        | "worked"
                        | "serves"
                        | "served"
                        | "as"
                        | "and"
                        | "appointed"
                        | "elected"
                        | "named"
                        | "sworn"
                )
                && at < end + 6
            {
                at += 1;
            }
            if let Some(mut phrase) = self.phrase_starting(at, sentence.end, entities) {
                self.body_after_comma(&mut phrase, sentence.end, entities);
                // "the leader and supreme commander of the army": a second title of the same person.
                let and = phrase.tokens.end;
                let second = (and + 1 < sentence.end && self.words.get(and) == "and")
                    .then(|| self.phrase_starting(and + 1, sentence.end, entities))
                    .flatten()
                    .filter(|second| {
                        self.analysis[second.head].dep == Dep::Conj && second.title.kind != TitleKind::Person
                    });
                self.found_beside(person, phrase, entities, offices, nominals);
                if let Some(second) = second {
                    self.found_beside(person, second, entities, offices, nominals);
                }
            }
        }
        // "Lavrov is the …", "Lavrov, who became …": the predicate.
        let verb = self.analysis[mention.head].head;
        if matches!(self.analysis[mention.head].dep, Dep::Nsubj | Dep::Nsubjpass) {
            self.predicate(person, verb, entities, offices, nominals);
        }
        for relative in self.analysis.children_by(mention.head, Dep::Relcl) {
            let who = self.analysis.child(relative, &[Dep::Nsubj, Dep::Nsubjpass]);
            if who.is_some_and(|w| self.words.get(w) == "who") {
                self.predicate(person, relative, entities, offices, nominals);
            }
        }
        // "Washington appointed Lee ambassador", "named Lee as ambassador".
        if self.analysis[mention.head].dep == Dep::Dobj && self.makes_somebody_something(verb) {
            self.predicate(person, verb, entities, offices, nominals);
        }
        // "Russia's top diplomat, Lavrov,".
        if mention.tokens.start >= sentence.start + 2
            && self.words.get(mention.tokens.start - 1) == ","
            && self.analysis[mention.head].dep == Dep::Appos
        {
            let noun = self.analysis[mention.head].head;
            if noun < mention.tokens.start
                && mention.tokens.start - noun < 16
                && let Some(phrase) = self.phrases.around(noun, true, entities)
                && phrase.tokens.end <= mention.tokens.start
            {
                self.found_beside(person, phrase, entities, offices, nominals);
            }
        }
        // The same where the parser has lost it: "…'s coach, Ann Lee, …".
        if mention.tokens.start >= sentence.start + 2
            && self.words.get(mention.tokens.start - 1) == ","
            && self.analysis[mention.head].dep != Dep::Appos
            && mention.tokens.end < sentence.end
            && matches!(self.words.get(mention.tokens.end), "," | "." | ";")
            && let Some(phrase) = self.phrases.around(mention.tokens.start - 2, false, entities)
            && (phrase.tokens.start < phrase.role.start
                || phrase.role.clone().any(|i| self.analysis[i].tag == Tag::Pos))
            && !matches!(self.analysis[phrase.head].tag, Tag::Nns | Tag::Nnps)
        {
            self.found_beside(person, phrase, entities, offices, nominals);
        }
        // "A spokesman for the commissioner for trade, Ann Lee, told": the phrase may be long, and the parser hangs the name
        // on its last word.
        if mention.tokens.start >= sentence.start + 4
            && self.words.get(mention.tokens.start - 1) == ","
            && mention.tokens.end < sentence.end
            && self.words.get(mention.tokens.end) == ","
        {
            let comma = mention.tokens.start - 1;
            let from = sentence.start.max(comma.saturating_sub(14));
            let long = (from..comma - 1).find_map(|head| {
                let phrase = self.phrases.around(head, true, entities)?;
                let singular = !matches!(self.analysis[head].tag, Tag::Nns | Tag::Nnps);
                (phrase.tokens.end == comma && phrase.tokens.start < phrase.role.start && singular).then_some(phrase)
            });
            if let Some(phrase) = long {
                self.found_beside(person, phrase, entities, offices, nominals);
            }
        }
        // Without a comma the parser may still hang the name on a longer phrase: "leader of the caravan Irineo Mujica".
        let governor = self.analysis[mention.head].head;
        if matches!(self.analysis[mention.head].dep, Dep::Appos)
            && governor < mention.tokens.start
            && self.words.get(mention.tokens.start - 1) != ","
            && let Some(phrase) =
                self.phrases.around(governor, true, entities).filter(|p| p.tokens.end <= mention.tokens.start)
        {
            self.found_beside(person, phrase, entities, offices, nominals);
        }
    }

    /// "Lee, commander, U.S. Central Command, said": the body of an office stands after a comma.
    fn body_after_comma(&self, phrase: &mut TitlePhrase, until: usize, entities: &Entities) {
        let comma = phrase.role.end;
        if phrase.role.end != phrase.head + 1
            || phrase.role.start != phrase.tokens.start
            || !matches!(phrase.title.kind, TitleKind::Office | TitleKind::Rank)
            || comma + 2 >= until
            || self.words.get(comma) != ","
        {
            return;
        }
        let body = entities.around(comma + 1).find(|m| {
            m.tokens.start == comma + 1
                && m.kind == MentionKind::Name
                && matches!(m.entities.first(), Some(EntityId::Organization(_)))
                && (m.tokens.end == until || matches!(self.words.get(m.tokens.end), "," | "." | ")"))
        });
        if let Some(body) = body {
            phrase.role.end = body.tokens.end;
            phrase.tokens.end = body.tokens.end;
        }
    }

    /// "Lee leads the alliance", "Lee, who founded it", "the fleet is commanded by Lee": what somebody does for a body is an
    /// office of it.
    fn deeds(&self, person: usize, mention: &Mention, entities: &mut Entities) {
        const DEEDS: &[(&str, &str)] = &[
            ("lead", "leader"),
            ("head", "head"),
            ("chair", "chair"),
            ("command", "commander"),
            ("direct", "director"),
            ("found", "founder"),
            ("co-found", "co-founder"),
            ("edit", "editor"),
        ];
        let analysis = self.analysis;
        let title_of =
            |verb: usize| DEEDS.iter().find(|(lemma, _)| **lemma == *analysis[verb].lemma).map(|&(_, title)| title);
        let body = |head: usize| {
            let name = entities.headed_by(head).filter(|m| m.kind == MentionKind::Name)?;
            let id = name.entities.first().copied().filter(|id| !matches!(id, EntityId::Person(_)))?;
            (!entities.is_state(id)).then(|| (id, name.tokens.clone()))
        };
        let governor = analysis[mention.head].head;
        let relatives = analysis.children_by(mention.head, Dep::Relcl).filter(|&verb| {
            analysis.child(verb, &[Dep::Nsubj]).is_some_and(|subject| self.words.get(subject) == "who")
        });
        let own = (analysis[mention.head].dep == Dep::Nsubj).then_some(governor);
        let mut found = Vec::new();
        for verb in own.into_iter().chain(relatives) {
            if let Some(title) = title_of(verb).filter(|_| analysis.child(verb, &[Dep::Neg]).is_none())
                && let Some((id, tokens)) = analysis.child(verb, &[Dep::Dobj]).and_then(body)
                && verb < tokens.start
            {
                found.push((title, id, verb..tokens.end));
            }
        }
        // "… is led by Lee".
        if analysis[mention.head].dep == Dep::Pobj && self.words.get(governor) == "by" {
            let verb = analysis[governor].head;
            if let Some(title) = title_of(verb).filter(|_| analysis[verb].tag == Tag::Vbn)
                && let Some((id, tokens)) = analysis.child(verb, &[Dep::Nsubjpass]).and_then(body)
                && tokens.start < verb
            {
                found.push((title, id, tokens.start..verb + 1));
            }
        }
        for (title, id, tokens) in found {
            let known = entities.people[person].roles.iter().any(|r| r.of == Some(id) && r.title == title);
            if !known {
                entities.people[person].roles.push(Role {
                    title: title.to_owned(),
                    of: Some(id),
                    tokens,
                    former: false,
                });
            }
        }
    }

    fn makes_somebody_something(&self, verb: usize) -> bool {
        matches!(
            &*self.analysis[verb].lemma,
            "appoint"
                | "name"
                | "elect"
                | "nominate"
                | "designate"
                | "make"
                | "crown"
                | "choose"
                | "proclaim"
                | "declare"
                | "install"
        )
    }

    fn predicate(
        &self,
        person: usize,
        verb: usize,
        entities: &mut Entities,
        offices: &mut Offices,
        nominals: &mut Vec<Mention>,
    ) {
        let lemma = &*self.analysis[verb].lemma;
        if self.analysis.child(verb, &[Dep::Neg]).is_some() {
            return;
        }
        let mut heads: Vec<usize> = Vec::new();
        if matches!(lemma, "be" | "become" | "remain" | "'s") {
            heads.extend(self.analysis.children_by(verb, Dep::Attr));
        }
        if self.makes_somebody_something(verb) {
            heads.extend(self.analysis.children_by(verb, Dep::Oprd));
        }
        if self.makes_somebody_something(verb)
            || matches!(
                lemma,
                "serve"
                    | "work"
                    | "act"
                    | "resign"
                    | "retire"
                    | "inaugurate"
                    | "swear"
                    | "succeed"
                    | "run"
                    | "quit"
                    | "step"
            )
        {
            for prep in self.analysis.children_by(verb, Dep::Prep).filter(|&p| self.words.get(p) == "as") {
                heads.extend(self.analysis.children_by(prep, Dep::Pobj));
            }
        }
        let conjuncts: Vec<usize> = heads.iter().flat_map(|&h| self.analysis.children_by(h, Dep::Conj)).collect();
        heads.extend(conjuncts);
        for head in heads {
            if let Some(phrase) = self.phrases.around(head, true, entities) {
                if matches!(phrase.title.kind, TitleKind::Honorific | TitleKind::Person)
                    || entities.covering(head).is_some_and(|m| {
                        m.kind == MentionKind::Name && matches!(m.entities.first(), Some(EntityId::Person(_)))
                    })
                {
                    continue;
                }
                self.found_beside(person, phrase, entities, offices, nominals);
            }
        }
    }

    fn found_beside(
        &self,
        person: usize,
        phrase: TitlePhrase,
        entities: &mut Entities,
        offices: &mut Offices,
        nominals: &mut Vec<Mention>,
    ) {
        let plural = matches!(self.analysis[phrase.head].tag, Tag::Nns | Tag::Nnps);
        if phrase.title.kind == TitleKind::Honorific || matches!(phrase.title.group, "counterpart") && plural {
            return;
        }
        if phrase.title.kind == TitleKind::Person {
            entities.people[person].gender = entities.people[person].gender.or(phrase.title.gender);
            return;
        }
        if !plural {
            nominals.push(Mention {
                tokens: phrase.tokens.clone(),
                head: phrase.head,
                entities: vec![EntityId::Person(person)],
                kind: MentionKind::Nominal,
            });
        }
        self.assert(person, &phrase, entities, offices, None);
    }

    /// The title phrase that starts at a token: determiner, modifiers, title; not when a name follows the title.
    fn phrase_starting(&self, start: usize, until: usize, entities: &Entities) -> Option<TitlePhrase> {
        let mut at = start;
        let mut head = None;
        while at < until && at < start + 14 {
            let token = &self.analysis[at];
            let inside = matches!(token.pos, Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Num | Pos::X)
                || matches!(token.tag, Tag::Pos | Tag::PrpPoss | Tag::Hyph | Tag::Vbn | Tag::Vbg)
                || matches!(self.words.get(at), "-" | "then" | "former");
            if !inside {
                break;
            }
            let last_of_phrase = at + 1 >= until
                || !matches!(self.analysis[at + 1].pos, Pos::Noun | Pos::Propn | Pos::Adj)
                    && self.analysis[at + 1].tag != Tag::Pos
                    && self.analysis[at + 1].tag != Tag::Hyph;
            if last_of_phrase && self.words.title_ending(at, start).is_some() {
                head = Some(at);
                break;
            }
            at += 1;
        }
        let phrase = self.phrases.around(head?, true, entities)?;
        (phrase.tokens.start >= start
            && !entities.covering(phrase.head).is_some_and(|m| {
                m.kind == MentionKind::Name && matches!(m.entities.first(), Some(EntityId::Person(_)))
            }))
        .then_some(phrase)
    }

    /// "President Putin of Russia", "Martin Smith of PBS": the state or body after the name.
    fn after(&self, person: usize, mention: &Mention, entities: &mut Entities, offices: &mut Offices) {
        let sentence = self.analysis.sentence_of(mention.tokens.start);
        let mut at = mention.tokens.end;
        if at >= sentence.end || self.words.get(at) != "of" {
            return;
        }
        at += 1;
        if at < sentence.end && self.words.get(at) == "the" {
            at += 1;
        }
        let body = (at < sentence.end)
            .then(|| entities.covering(at))
            .flatten()
            .filter(|m| m.tokens.start == at && m.kind == MentionKind::Name);
        let Some((id, tokens)) = body.and_then(|m| m.entities.first().map(|&id| (id, m.tokens.clone()))) else {
            return;
        };
        if matches!(id, EntityId::Person(_)) {
            return;
        }
        let title = self.title_before(mention.tokens.start, sentence.start, entities);
        match title.filter(|t| t.title.kind != TitleKind::Honorific) {
            Some(title) => {
                for role in
                    entities.people[person].roles.iter_mut().filter(|r| r.tokens == title.role && r.of.is_none())
                {
                    role.of = Some(id);
                }
                let bare = offices[person].iter_mut().rev().find(|o| o.of.is_none() && o.title == title.title);
                match bare {
                    Some(office) => office.of = Some(id),
                    None => offices[person].push(Office { title: title.title, of: Some(id), told: true }),
                }
            }
            None if matches!(id, EntityId::Organization(_)) => {
                // An affiliation without a title bears the name of the body.
                let name = entities.name(id).to_owned();
                entities.people[person].roles.push(Role { title: name, of: Some(id), tokens, former: false });
            }
            None => {}
        }
    }
}

fn fold(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The body or state that a title phrase names: the body nearest to the title, else the state.
pub fn office_of(phrase: &TitlePhrase, entities: &Entities) -> Option<EntityId> {
    let mut bodies: Vec<(usize, EntityId, bool)> = Vec::new();
    for mention in entities.within(phrase.tokens.clone()) {
        if let Some(&id) = mention.entities.first().filter(|id| !matches!(id, EntityId::Person(_))) {
            let distance = if mention.tokens.end <= phrase.title_start {
                phrase.title_start - mention.tokens.end
            } else {
                mention.tokens.start.saturating_sub(phrase.head)
            };
            bodies.push((distance, id, matches!(id, EntityId::Organization(_))));
        }
    }
    bodies.sort_by_key(|&(distance, _, body)| (!body, distance));
    bodies.first().map(|&(_, id, _)| id)
}
