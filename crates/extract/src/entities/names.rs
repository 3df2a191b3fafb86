//! Names in the text: what the analysis labels, mended by the gazetteer, by titles and by a vote over the article.

use super::states::{self, Listed};
use super::titles::{self, Title, TitleKind};
use super::{given_names, holders};
use crate::document::Document;
use crate::layout::BlockKind;
use demarche_nlp::{Analysis, Dep, EntityLabel, Pos, Tag};
use demarche_record::OrganizationKind;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A name in the text, without title and article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it names.
    pub what: Named,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A person.
    Person,
    /// A body.
    Organization,
    /// A place.
    Place(EntityLabel),
    /// Something of the gazetteer.
    Listed(Listed),
}

/// What a name is by its last word ("… Ministry", "… Airport", "… Treaty").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// A body of a kind.
    Body(OrganizationKind),
    /// A place.
    Place,
    /// Neither person, body nor place.
    Thing,
}

static HEADS: LazyLock<FxHashMap<&'static str, Head>> = LazyLock::new(|| {
    let table = include_str!("../../../../data/lexicon/body_heads.tsv");
    let rows = table.lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t'))
        .map(|(word, what)| {
            let head = match what {
                "government" => Head::Body(OrganizationKind::Government),
                "international" => Head::Body(OrganizationKind::International),
                "company" => Head::Body(OrganizationKind::Company),
                "media" => Head::Body(OrganizationKind::Media),
                "party" => Head::Body(OrganizationKind::Party),
                "place" => Head::Place,
                "thing" => Head::Thing,
                _ => Head::Body(OrganizationKind::Other),
            };
            (word, head)
        })
        .collect()
});

/// What the last word of a name says of it; `word` in lower case.
pub fn head(word: &str) -> Option<Head> {
    HEADS.get(word).copied()
}

/// The tokens of a document in lower case and, for plural nouns, in the singular.
pub struct Words<'d> {
    analysis: &'d Analysis,
    singular: Vec<String>,
}

impl<'d> Words<'d> {
    /// Of a document.
    pub fn of(document: &'d Document) -> Self {
        let analysis = &document.analysis;
        let singular = (0..analysis.len()).map(|i| {
            let token = &analysis[i];
            let lower = analysis.word(i).to_lowercase().replace('’', "'");
            match token.tag {
                Tag::Nns => token.lemma.to_lowercase(),
                Tag::Nnps => match lower.strip_suffix('s') {
                    Some(one) if titles::of_word(one).is_some() => one.to_owned(),
                    _ => lower,
                },
                _ => lower,
            }
        });
        Self { analysis, singular: singular.collect() }
    }

    /// A token in lower case and singular.
    pub fn get(&self, token: usize) -> &str {
        &self.singular[token]
    }

    /// The longest title whose last word is this token, not reaching before `from`: its first token and itself.
    pub fn title_ending(&self, token: usize, from: usize) -> Option<(usize, Title)> {
        let (length, title) = titles::ending(|back| {
            let i = token.checked_sub(back)?;
            (i >= from).then(|| self.singular[i].as_str())
        })?;
        Some((token + 1 - length, title))
    }

    /// The end of the longest title that starts at a token.
    pub fn title_starting(&self, token: usize, until: usize) -> Option<(usize, Title)> {
        (token..until.min(token + 5)).rev().find_map(|last| {
            let (first, title) = self.title_ending(last, token)?;
            (first == token).then_some((last + 1, title))
        })
    }

    fn is_capitalised(&self, token: usize) -> bool {
        self.analysis.word(token).starts_with(char::is_uppercase)
    }
}

/// Particles inside names, in lower case.
const PARTICLES: &[&str] = &[
    "de", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le", "el", "al", "ul", "ur", "van", "von",
    "der", "den", "ter", "ten", "bin", "ibn", "bint", "abu", "y", "e", "zu", "af", "av", "of", "-", "–", "'", "’",
    "st.", "ben",
];

/// Words that stand in no name, whatever their capital.
const NOT_NAMES: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "allah",
    "internet",
    "islam",
    "christmas",
    "easter",
    "ramadan",
    "mr",
    "mrs",
    "ms",
    "dr",
    "tweet",
    "twitter",
    "i",
    "we",
    "you",
    "he",
    "she",
    "they",
    "it",
    "the",
    "a",
    "an",
    "covid",
    "covid-19",
    "brexit",
    "obamacare",
    "lol",
    "ok",
    "yes",
    "no",
    "thanks",
    "hi",
    "hello",
    "photo",
    "image",
    "read",
    "edt",
    "est",
    "gmt",
    "pm",
    "q",
    "moderator",
    "reporter",
    "question",
    "asia",
    "africa",
    "europe",
    "antarctica",
    "congress",
    "parliament",
    "senate",
    "ministry",
    "council",
    "government",
    "jr.",
    "sr.",
    "jr",
    "sr",
    "ii",
    "iii",
    "iv",
];

/// Words that are no name when they stand alone.
const NOT_ALONE: &[&str] = &[
    "april", "june", "god", "earth", "am", "north", "south", "east", "west", "state", "one", "two", "three", "four",
    "five", "six", "seven", "eight", "nine", "ten",
];

/// Finds all names of a document, in order. Names do not overlap, but for a state's name inside the name of a body.
pub fn find(document: &Document, words: &Words) -> Vec<Name> {
    let finder = Finder { document, analysis: &document.analysis, words };
    let listed = finder.listed();
    let mut names = finder.labelled(&listed);
    finder.speakers(&mut names);
    finder.titled(&mut names, &listed);
    finder.institutions(&mut names, &listed);
    finder.given_and_surname(&mut names, &listed);
    finder.subjects_of_people(&mut names, &listed);
    finder.longer(&mut names, &listed);
    finder.told_by_neighbours(&mut names);
    finder.meant_by_pronouns(&mut names);
    finder.vote(&mut names);
    finder.repeated(&mut names, &listed);
    finder.doubtful(&mut names);
    for (tokens, what) in listed {
        let overlaps = |n: &Name| n.tokens.start < tokens.end && tokens.start < n.tokens.end;
        let nested = |n: &Name| n.what == Named::Organization && n.tokens.len() > tokens.len();
        if names.iter().all(|n| !overlaps(n) || nested(n)) {
            names.push(Name { tokens, what: Named::Listed(what) });
        }
    }
    names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    names.dedup_by(|b, a| a.tokens == b.tokens);
    names
}

struct Finder<'a> {
    document: &'a Document<'a>,
    analysis: &'a Analysis,
    words: &'a Words<'a>,
}

impl Finder<'_> {
    /// Everything that the gazetteer knows.
    fn listed(&self) -> Vec<(Range<usize>, Listed)> {
        let n = self.analysis.len();
        let label_at = self.labels();
        let mut found = Vec::new();
        let mut i = 0;
        while i < n {
            let at = |k: usize| (i + k < n).then(|| self.analysis.word(i + k));
            let Some((length, what)) = states::longest(at) else {
                i += 1;
                continue;
            };
            // "the Republic of Kazakhstan", "the Kingdom of Morocco".
            let formal = i >= 2
                && matches!(what, Listed::State(_))
                && self.words.get(i - 1) == "of"
                && matches!(
                    self.analysis.word(i - 2),
                    "Republic" | "Kingdom" | "State" | "Federation" | "Commonwealth" | "Principality" | "Sultanate"
                );
            let tokens = (if formal { i - 2 } else { i })..i + length;
            let proper = self.analysis[i].pos == Pos::Propn || label_at[i].is_some() || length > 1;
            let adjective = matches!(what, Listed::Demonym(_)) || self.analysis[i].tag == Tag::Jj;
            let ambiguous = length == 1 && self.analysis.word(i).len() <= 4 && label_at[i].is_none();
            let in_person = label_at[i].is_some_and(|e| {
                let entity = &self.analysis.entities()[e];
                entity.label == EntityLabel::Person
                    && entity.tokens.len() > length
                    && (entity.tokens.end == tokens.end || entity.tokens.start != i)
                    && self.words.title_starting(tokens.end, n).is_none()
            });
            if (proper || adjective) && !(ambiguous && !adjective && self.analysis[i].pos != Pos::Propn) && !in_person {
                found.push((tokens, what));
            }
            i += length;
        }
        found
    }

    /// The index of the entity that each token is in.
    fn labels(&self) -> Vec<Option<usize>> {
        let mut at = vec![None; self.analysis.len()];
        for (e, entity) in self.analysis.entities().iter().enumerate() {
            at[entity.tokens.clone()].fill(Some(e));
        }
        at
    }

    /// What the analysis labels, with mended borders.
    fn labelled(&self, listed: &[(Range<usize>, Listed)]) -> Vec<Name> {
        let mut names = Vec::new();
        for entity in self.analysis.entities() {
            match entity.label {
                EntityLabel::Person => self.people_in(entity.tokens.clone(), &mut names),
                EntityLabel::Organization => {
                    let tokens = self.without_border(entity.tokens.clone());
                    if !tokens.is_empty() && !listed.iter().any(|(l, _)| *l == tokens) {
                        self.body(tokens, &mut names);
                    }
                }
                EntityLabel::GeoPolitical | EntityLabel::Location | EntityLabel::Facility => {
                    let tokens = self.without_border(entity.tokens.clone());
                    let known = listed
                        .iter()
                        .any(|(l, _)| l.start < tokens.end && tokens.start < l.end && l.len() >= tokens.len());
                    if !tokens.is_empty() && !known {
                        self.place(tokens, entity.label, &mut names);
                    }
                }
                _ => {}
            }
        }
        names
    }

    fn place(&self, tokens: Range<usize>, label: EntityLabel, names: &mut Vec<Name>) {
        if self.words.is_capitalised(tokens.start) && !NOT_NAMES.contains(&self.words.get(tokens.start)) {
            names.push(Name { tokens, what: Named::Place(label) });
        }
    }

    fn body(&self, tokens: Range<usize>, names: &mut Vec<Name>) {
        let last = self.words.get(tokens.end - 1);
        if head(last) == Some(Head::Thing)
            || tokens.len() == 1 && (NOT_NAMES.contains(&last) || NOT_ALONE.contains(&last))
        {
            return;
        }
        // "Secretary Blinken" taken for a body: a title and one or two words that are none.
        if let Some((end, title)) = self.words.title_starting(tokens.start, tokens.end) {
            let rest = end..tokens.end;
            let is_person = !rest.is_empty()
                && rest.len() <= 3
                && title.kind != TitleKind::Profession
                && rest.clone().all(|i| self.is_name_word(i))
                && head(last).is_none()
                && titles::of_word(last).is_none();
            if is_person {
                names.push(Name { tokens: rest, what: Named::Person });
                return;
            }
            if rest.is_empty() {
                return;
            }
        }
        if !(tokens.clone()).any(|i| self.words.is_capitalised(i)) {
            return;
        }
        // "the Biden-Harris Administration": the people stand for themselves, the phrase is found with the nominals.
        if matches!(last, "administration" | "government") && holders::is_surname(self.analysis.word(tokens.start)) {
            let people = (tokens.start..tokens.end - 1).filter(|&i| holders::is_surname(self.analysis.word(i)));
            names.extend(people.map(|i| Name { tokens: i..i + 1, what: Named::Person }));
            return;
        }
        // "National Security" before "Advisor": part of a title.
        let sentence = self.analysis.sentence_of(tokens.start);
        let in_title = (tokens.end..sentence.end.min(tokens.end + 3))
            .any(|i| self.words.title_ending(i, sentence.start).is_some_and(|(first, _)| first <= tokens.start));
        if in_title {
            return;
        }
        // "the Secretary of the National Council Ann Lee" taken for one body: the name stands after the council.
        let council =
            (tokens.start..tokens.end - 1).rev().find(|&i| matches!(head(self.words.get(i)), Some(Head::Body(_))));
        if let Some(council) = council {
            let rest = council + 1..tokens.end;
            let of_title = self.title_of(tokens.start, sentence.start);
            let named = (2..=3).contains(&rest.len())
                && rest.clone().all(|i| self.is_name_word(i) && head(self.words.get(i)).is_none());
            if of_title && named {
                names.push(Name { tokens: tokens.start..council + 1, what: Named::Organization });
                names.push(Name { tokens: rest, what: Named::Person });
                return;
            }
        }
        // "Lorenzo Rubini": a given name and one or two other names.
        if (2..=3).contains(&tokens.len())
            && given_names::is_given(&deunicode::deunicode(self.words.get(tokens.start)))
            && tokens
                .clone()
                .all(|i| self.is_name_word(i) && self.analysis.word(i).chars().skip(1).any(char::is_lowercase))
            && tokens
                .clone()
                .skip(1)
                .all(|i| head(self.words.get(i)).is_none() && titles::of_word(self.words.get(i)).is_none())
            && tokens.clone().all(|i| states::listed(self.analysis.word(i)).is_none())
            && (tokens.start == 0 || self.words.get(tokens.start - 1) != "the")
            && !matches!(self.analysis[tokens.end - 1].dep, Dep::Compound | Dep::Amod | Dep::Nmod)
        {
            names.push(Name { tokens, what: Named::Person });
            return;
        }
        // "Franklin D. Roosevelt": a given name and an initial.
        if tokens.len() >= 3
            && tokens.len() <= 4
            && given_names::is_given(self.words.get(tokens.start))
            && tokens.clone().all(|i| self.is_name_word(i))
        {
            let initial = self.analysis.word(tokens.start + 1);
            if initial.len() == 2 && initial.ends_with('.') && head(last).is_none() {
                names.push(Name { tokens, what: Named::Person });
                return;
            }
        }
        names.push(Name { tokens, what: Named::Organization });
    }

    /// Whether "<title> of (the)" stands right before a token.
    fn title_of(&self, token: usize, from: usize) -> bool {
        let mut i = token;
        while i > from && matches!(self.analysis[i - 1].tag, Tag::Dt) {
            i -= 1;
        }
        i >= from + 2 && self.words.get(i - 1) == "of" && self.words.title_ending(i - 2, from).is_some()
    }

    /// Without article, possessive and punctuation at the borders.
    fn without_border(&self, mut tokens: Range<usize>) -> Range<usize> {
        while !tokens.is_empty() {
            let first = &self.analysis[tokens.start];
            let wordless = !self.analysis.word(tokens.start).contains(char::is_alphanumeric);
            if matches!(first.tag, Tag::Dt | Tag::PrpPoss | Tag::Pos) || wordless {
                tokens.start += 1;
                continue;
            }
            let last = &self.analysis[tokens.end - 1];
            let stop = last.pos == Pos::Punct && !self.analysis.word(tokens.end - 1).ends_with('.');
            if last.tag == Tag::Pos
                || tokens.len() > 1
                    && self.words.get(tokens.end - 1).starts_with(|c: char| c.is_ascii_digit())
                    && self.words.get(tokens.end - 1).ends_with(['t', 'd', 'h'])
                || stop
                || last.pos == Pos::Space
                || matches!(self.words.get(tokens.end - 1), "'s" | "'" | "\"")
            {
                tokens.end -= 1;
                continue;
            }
            break;
        }
        tokens
    }

    /// A word that can stand in a person's name.
    fn is_name_word(&self, token: usize) -> bool {
        let word = self.analysis.word(token);
        word.starts_with(char::is_uppercase)
            && !word.contains(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | '‘' | '`'))
            && !NOT_NAMES.contains(&self.words.get(token))
    }

    /// The names of people in a run of tokens that is labelled as a person: titles stripped, pairs parted.
    fn people_in(&self, tokens: Range<usize>, names: &mut Vec<Name>) {
        let mut start = tokens.start;
        for i in tokens.clone() {
            let word = self.words.get(i);
            let parts = matches!(
                word,
                "and" | "&" | "," | "/" | ";" | ":" | "(" | ")" | "\"" | "“" | "”" | "or" | "'s" | "—" | "with" | "to"
            );
            if parts {
                self.person(start..i, names);
                start = i + 1;
            }
        }
        self.person(start..tokens.end, names);
    }

    fn person(&self, tokens: Range<usize>, names: &mut Vec<Name>) {
        let mut tokens = self.without_border(tokens);
        while !tokens.is_empty() {
            let i = tokens.start;
            if let Some((end, title)) = self.words.title_starting(i, tokens.end) {
                if end + 1 == tokens.end && end == i + 1 && self.is_given_name(i, title) {
                    break;
                }
                tokens.start = end;
                continue;
            }
            let at = |k: usize| (i + k < tokens.end).then(|| self.analysis.word(i + k));
            if let Some((length, what)) = states::longest(at) {
                let before_title = self.words.title_starting(i + length, self.analysis.len()).is_some();
                if matches!(what, Listed::Demonym(_)) && length < tokens.len() || before_title || length == tokens.len()
                {
                    tokens.start += length;
                    continue;
                }
            }
            let word = self.words.get(i);
            let particle = PARTICLES.contains(&word) && tokens.len() > 1 && word != "of" && word != "-";
            if self.is_name_word(i) || particle {
                break;
            }
            tokens.start += 1;
        }
        while !tokens.is_empty() && !self.is_name_word(tokens.end - 1) {
            tokens.end -= 1;
        }
        if tokens.is_empty() || tokens.len() > 10 {
            return;
        }
        // A lower-case word inside that is no particle ends the name before it.
        if let Some(stop) = tokens
            .clone()
            .find(|&i| !self.is_name_word(i) && !PARTICLES.contains(&self.words.get(i)) && self.analysis.word(i) != ".")
        {
            let left = self.without_border(tokens.start..stop);
            if !left.is_empty() && self.is_name_word(left.end - 1) {
                names.push(Name { tokens: left, what: Named::Person });
            }
            return;
        }
        // "the Biden-Putin call": two surnames.
        if tokens.len() == 3
            && matches!(self.analysis.word(tokens.start + 1), "-" | "–")
            && !given_names::is_given(self.words.get(tokens.start))
        {
            let known = |i: usize| {
                let word = self.analysis.word(i);
                let same = |j: usize| !tokens.contains(&j) && self.analysis.word(j) == word;
                holders::is_surname(word) || (0..self.analysis.len()).any(same)
            };
            if known(tokens.start) && known(tokens.end - 1) {
                names.push(Name { tokens: tokens.start..tokens.start + 1, what: Named::Person });
                names.push(Name { tokens: tokens.end - 1..tokens.end, what: Named::Person });
                return;
            }
        }
        let last = self.words.get(tokens.end - 1);
        match head(last) {
            _ if tokens.len() > 1 && given_names::is_given(self.words.get(tokens.start)) && last.len() <= 4 => {}
            Some(Head::Thing) if tokens.len() > 1 => return,
            Some(Head::Body(_)) if tokens.len() > 1 && !self.after_title(tokens.start) => {
                names.push(Name { tokens, what: Named::Organization });
                return;
            }
            Some(Head::Place)
                if tokens.len() > 1 && last != "park" && last != "hall" && !self.after_title(tokens.start) =>
            {
                names.push(Name { tokens, what: Named::Place(EntityLabel::Facility) });
                return;
            }
            _ => {}
        }
        if tokens.len() == 1 && NOT_ALONE.contains(&last)
            || self.analysis.words(tokens.clone()).chars().filter(|c| c.is_alphabetic()).count() < 2
        {
            return;
        }
        names.push(Name { tokens, what: Named::Person });
    }

    /// Whether a title word is a given name here ("Dean Acheson", "Earl Warren").
    fn is_given_name(&self, token: usize, title: Title) -> bool {
        let royal = matches!(title.group, "prince" | "princess" | "monarch" | "pope");
        !royal && self.words.is_capitalised(token) && given_names::is_given(self.words.get(token))
    }

    /// Whether the token stands in a headline in which every word has a capital, so that capitals tell nothing.
    fn in_title_case(&self, token: usize) -> bool {
        let (block, layout) = self.document.block_of(token);
        let words = self.document.block_tokens[block].clone().filter(|&i| self.analysis.word(i).chars().count() > 3);
        layout.kind == BlockKind::Title
            && words.into_iter().all(|i| !self.analysis.word(i).starts_with(char::is_lowercase))
    }

    fn after_title(&self, token: usize) -> bool {
        token > 0 && self.words.title_ending(token - 1, self.analysis.sentence_of(token).start).is_some()
    }

    /// Labels of turns in a transcript: a name, perhaps with a title, in capitals.
    fn speakers(&self, names: &mut Vec<Name>) {
        for (block, tokens) in self.document.layout.blocks.iter().zip(&self.document.block_tokens) {
            if block.kind != BlockKind::Speaker || tokens.is_empty() {
                continue;
            }
            names.retain(|n| !(tokens.start <= n.tokens.start && n.tokens.end <= tokens.end));
            let mut rest = tokens.clone();
            while let Some((end, _)) = self.words.title_starting(rest.start, rest.end) {
                rest.start = end;
            }
            let all_title = rest.is_empty();
            let role = tokens.clone().any(|i| {
                self.words
                    .title_starting(i, tokens.end)
                    .is_some_and(|(end, t)| end == tokens.end && t.kind != TitleKind::Honorific)
            });
            let name = self.without_border(rest);
            let plausible = !name.is_empty()
                && name.clone().all(|i| self.is_name_word(i) || PARTICLES.contains(&self.words.get(i)));
            if !all_title && !role && plausible {
                names.push(Name { tokens: name, what: Named::Person });
            }
        }
    }

    /// People whom only their title gives away ("President Duterte" without a label, or labelled as a place).
    fn titled(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        let n = self.analysis.len();
        let mut taken: Vec<Option<usize>> = vec![None; n];
        for (k, name) in names.iter().enumerate() {
            taken[name.tokens.clone()].fill(Some(k));
        }
        let mut in_list = vec![false; n];
        for (tokens, _) in listed {
            in_list[tokens.clone()].fill(true);
        }
        let mut drop = vec![false; names.len()];
        let mut more = Vec::new();
        for i in 0..n.saturating_sub(1) {
            let sentence = self.analysis.sentence_of(i);
            let Some((first, title)) = self.words.title_ending(i, sentence.start) else { continue };
            let mut next = i + 1;
            // "President of Finland Sauli Niinistö".
            if next + 2 < sentence.end && self.words.get(next) == "of" && title.kind == TitleKind::Office {
                let mut place = next + 1;
                while place < sentence.end && in_list[place] {
                    place += 1;
                }
                if place > next + 1
                    && place + 1 < sentence.end
                    && self.is_name_word(place)
                    && self.is_name_word(place + 1)
                    && self.analysis[place].pos == Pos::Propn
                {
                    next = place;
                }
            }
            if next >= sentence.end
                || !self.is_name_word(next)
                || in_list[next]
                || self.words.title_starting(next, sentence.end).is_some()
            {
                continue;
            }
            if matches!(title.kind, TitleKind::Profession | TitleKind::Relation | TitleKind::Person) {
                continue;
            }
            // "General Assembly", "Deputy Foreign …": the title must be all there is before the name.
            if !self.words.is_capitalised(i) && self.analysis[next].pos != Pos::Propn {
                continue;
            }
            if self.analysis[first].tag == Tag::Prp || matches!(self.analysis[i].pos, Pos::Verb | Pos::Aux | Pos::Adv) {
                continue;
            }
            let mut end = next + 1;
            while end < sentence.end
                && end < next + 5
                && (self.is_name_word(end) && self.analysis[end].pos == Pos::Propn && !in_list[end]
                    || PARTICLES.contains(&self.words.get(end))
                        && !matches!(self.words.get(end), "of" | "e" | "y" | "'" | "’" | "–")
                        && end + 1 < sentence.end
                        && self.is_name_word(end + 1)
                        && self.analysis[end + 1].pos == Pos::Propn)
            {
                end += 1;
            }
            let run = next..end;
            if head(self.words.get(end - 1)).is_some() && run.len() > 1
                || head(self.words.get(next)).is_some() && title.kind != TitleKind::Honorific
            {
                continue;
            }
            match taken[next] {
                Some(k) if names[k].what == Named::Person => {}
                Some(k) if names[k].tokens.start == next && names[k].tokens.len() <= 4 => {
                    let covers = names[k].tokens.clone();
                    let capital_title = self.words.is_capitalised(i) || title.kind == TitleKind::Honorific;
                    let gazetteer = head(self.words.get(covers.end - 1)).is_some();
                    if capital_title
                        && !gazetteer
                        && covers.clone().all(|j| self.is_name_word(j) || PARTICLES.contains(&self.words.get(j)))
                    {
                        drop[k] = true;
                        more.push(Name { tokens: covers, what: Named::Person });
                    }
                }
                Some(_) => {}
                None if self.in_title_case(i) => {}
                None => {
                    let free = run.clone().take_while(|&j| taken[j].is_none()).count();
                    let rest = (free < run.len()).then(|| taken[next + free]).flatten();
                    match rest.filter(|&k| names[k].what == Named::Person && names[k].tokens.start == next + free) {
                        // The analysis has only the end of the name.
                        Some(k) => names[k].tokens.start = next,
                        None => more.push(Name { tokens: next..next + free, what: Named::Person }),
                    }
                }
            }
        }
        let mut kept = drop.iter();
        names.retain(|_| !kept.next().copied().unwrap_or(false));
        names.extend(more);
    }

    /// Bodies that only their words give away: "the Turkish Ministry of Foreign Affairs", "the Harbour Committee".
    fn institutions(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        const HEADS_OF_BODIES: &[&str] = &[
            "ministry",
            "department",
            "council",
            "committee",
            "commission",
            "parliament",
            "court",
            "agency",
            "party",
            "university",
            "embassy",
            "office",
            "assembly",
            "institute",
            "bank",
            "directorate",
            "authority",
            "federation",
            "association",
            "union",
        ];
        let n = self.analysis.len();
        let mut taken = vec![false; n];
        for name in names.iter() {
            taken[name.tokens.clone()].fill(true);
        }
        let mut country = vec![false; n];
        for (tokens, what) in listed {
            let state = matches!(what, Listed::State(_) | Listed::Demonym(_));
            (if state { &mut country } else { &mut taken })[tokens.clone()].fill(true);
        }
        for i in 0..n {
            if taken[i]
                || !self.words.is_capitalised(i)
                || self.analysis[i].pos != Pos::Propn
                || !HEADS_OF_BODIES.contains(&self.words.get(i))
                || self.in_title_case(i)
            {
                continue;
            }
            let sentence = self.analysis.sentence_of(i);
            let mut start = i;
            while start > sentence.start
                && !taken[start - 1]
                && (country[start - 1]
                    || self.words.is_capitalised(start - 1) && self.analysis[start - 1].pos == Pos::Propn)
                && self.words.title_ending(start - 1, start - 1).is_none()
            {
                start -= 1;
            }
            let mut end = i + 1;
            if end + 1 < sentence.end && matches!(self.words.get(end), "of" | "for") {
                let mut to = end + 1 + usize::from(self.words.get(end + 1) == "the");
                let first = to;
                while to < sentence.end
                    && !taken[to]
                    && (country[to]
                        || self.words.is_capitalised(to)
                            && matches!(self.analysis[to].pos, Pos::Propn | Pos::Adj | Pos::Noun)
                        || self.words.get(to) == "and"
                            && to > first
                            && to + 1 < sentence.end
                            && self.words.is_capitalised(to + 1)
                            && self.analysis[to + 1].pos == Pos::Propn)
                {
                    to += 1;
                }
                if to > first {
                    end = to;
                }
            }
            // A title follows ("Council President"): the body is before it all the same.
            if end - start >= 2 {
                taken[start..end].fill(true);
                names.push(Name { tokens: start..end, what: Named::Organization });
            }
        }
    }

    /// Two or three capitalised words without a label of which the first is a given name.
    fn given_and_surname(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        let n = self.analysis.len();
        let mut taken = vec![false; n];
        for tokens in names
            .iter()
            .map(|n| &n.tokens)
            .chain(listed.iter().map(|(tokens, _)| tokens))
            .chain(self.analysis.entities().iter().map(|e| &e.tokens))
        {
            taken[tokens.clone()].fill(true);
        }
        let fits = |i: usize| {
            i < n
                && !taken[i]
                && self.is_name_word(i)
                && self.analysis[i].pos == Pos::Propn
                && self.analysis.word(i).chars().any(char::is_lowercase)
        };
        let mut i = 0;
        while i < n {
            let mut end = i;
            while fits(end) && end < i + 4 && self.analysis.sentence_of(i).contains(&end) {
                end += 1;
            }
            let starts = i == 0 || !fits(i - 1);
            let name = starts
                && (2..=3).contains(&(end - i))
                && given_names::is_given(&deunicode::deunicode(self.words.get(i)))
                && (i..end).all(|j| head(self.words.get(j)).is_none() && self.words.title_ending(j, j).is_none())
                && !self.in_title_case(i);
            if name {
                names.push(Name { tokens: i..end, what: Named::Person });
            }
            i = end.max(i + 1);
        }
    }

    /// A capitalised word without label and article that is the subject of a verb that only people can be the subject of.
    fn subjects_of_people(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        const VERBS: &[&str] = &[
            "say",
            "tell",
            "add",
            "ask",
            "reply",
            "explain",
            "recall",
            "argue",
            "insist",
            "deny",
            "marry",
            "divorce",
            "study",
            "graduate",
            "retire",
            "resign",
            "smile",
            "laugh",
            "nod",
            "shrug",
            "write",
            "think",
            "believe",
            "feel",
            "know",
            "want",
            "hope",
            "remember",
            "joke",
            "quip",
            "tweet",
            "speak",
            "talk",
            "testify",
            "apologize",
            "apologise",
            "die",
            "bear",
            "grow",
            "attend",
            "teach",
            "sit",
            "wear",
            "love",
            "appear",
        ];
        let labels = self.labels();
        let mut taken = vec![false; self.analysis.len()];
        for tokens in names.iter().map(|n| &n.tokens).chain(listed.iter().map(|(tokens, _)| tokens)) {
            taken[tokens.clone()].fill(true);
        }
        for i in 0..self.analysis.len() {
            let token = &self.analysis[i];
            let subject = matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass) && token.tag == Tag::Nnp;
            if !subject || taken[i] || labels[i].is_some() || !self.is_name_word(i) || self.in_title_case(i) {
                continue;
            }
            let alone =
                self.analysis.children(i).iter().all(|&c| {
                    matches!(self.analysis[c].dep, Dep::Appos | Dep::Relcl | Dep::Punct | Dep::Conj | Dep::Cc)
                });
            let word = self.words.get(i);
            let name = alone
                && VERBS.contains(&&*self.analysis[token.head].lemma)
                && self.analysis.word(i).chars().skip(1).any(char::is_lowercase)
                && self.analysis.word(i).chars().count() >= 3
                && head(word).is_none()
                && titles::of_word(word).is_none();
            if name {
                names.push(Name { tokens: i..i + 1, what: Named::Person });
            }
        }
    }

    /// Names that the analysis cut short: a given name before, "Jr." after, "Commission on Presidential Debates".
    fn longer(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        let n = self.analysis.len();
        let mut taken = vec![false; n];
        for tokens in names.iter().map(|n| &n.tokens).chain(listed.iter().map(|(tokens, _)| tokens)) {
            taken[tokens.clone()].fill(true);
        }
        let labels = self.labels();
        for name in names.iter_mut() {
            match name.what {
                Named::Person => {
                    let first = name.tokens.start;
                    let before = first.checked_sub(1).filter(|&i| {
                        !taken[i]
                            && self.is_name_word(i)
                            && self.analysis[i].dep == Dep::Compound
                            && name.tokens.contains(&self.analysis[i].head)
                            && self.words.title_ending(i, i).is_none()
                            && head(self.words.get(i)).is_none()
                            && labels[i].is_none()
                            && (name.tokens.len() == 1 || given_names::is_given(self.words.get(i)))
                            && self.analysis.word(i).chars().any(char::is_lowercase)
                    });
                    if let Some(i) = before {
                        name.tokens.start = i;
                    }
                    let end = name.tokens.end;
                    let comma = usize::from(end < n && self.words.get(end) == ",");
                    let junior = |i: usize| i < n && matches!(self.words.get(i), "jr." | "sr." | "jr" | "sr" | "iii");
                    let numeral = |i: usize| {
                        let word = self.analysis.word(i);
                        word.len() >= 2 && word.len() <= 5 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
                    };
                    // "Alexandria “Sandy” Lee": the surname stands after a nickname.
                    if end + 3 < n
                        && matches!(self.words.get(end), "“" | "\"" | "'" | "‘" | "(")
                        && matches!(self.words.get(end + 2), "”" | "\"" | "'" | "’" | ")")
                        && self.is_name_word(end + 1)
                        && self.is_name_word(end + 3)
                        && self.analysis[end + 3].pos == Pos::Propn
                        && self.words.get(end) != "("
                    {
                        name.tokens.end = end + 4;
                    } else if end < n && numeral(end) && !taken[end] {
                        name.tokens.end = end + 1;
                    } else if name.tokens.len() > 1
                        && junior(end + comma)
                        && self.analysis.sentence_of(end - 1).contains(&(end + comma))
                    {
                        name.tokens.end = end + comma + 1;
                    }
                }
                Named::Organization | Named::Listed(Listed::Body(_)) => {
                    let end = name.tokens.end;
                    let last = self.words.get(end - 1);
                    let takes_more = matches!(
                        last,
                        "commission"
                            | "committee"
                            | "council"
                            | "ministry"
                            | "department"
                            | "office"
                            | "institute"
                            | "agency"
                            | "bureau"
                            | "board"
                            | "association"
                            | "organization"
                            | "organisation"
                            | "federation"
                            | "union"
                            | "centre"
                            | "center"
                            | "society"
                            | "secretariat"
                            | "authority"
                            | "foundation"
                            | "campaign"
                            | "coalition"
                            | "conference"
                            | "court"
                    );
                    if !takes_more || end + 1 >= n || !matches!(self.words.get(end), "on" | "for" | "of" | "against") {
                        continue;
                    }
                    let mut to = end + 1 + usize::from(self.words.get(end + 1) == "the");
                    let start = to;
                    while to < n
                        && to < start + 6
                        && (self.words.is_capitalised(to)
                            && matches!(self.analysis[to].pos, Pos::Propn | Pos::Adj | Pos::Noun)
                            || self.words.get(to) == "and"
                                && to > start
                                && to + 1 < n
                                && self.words.is_capitalised(to + 1)
                                && self.analysis[to + 1].pos == Pos::Propn)
                    {
                        to += 1;
                    }
                    let other_sort = (start..to).any(|i| {
                        labels[i].is_some_and(|e| {
                            !matches!(
                                self.analysis.entities()[e].label,
                                EntityLabel::Organization | EntityLabel::GeoPolitical | EntityLabel::Group
                            )
                        })
                    });
                    let state_after =
                        self.words.get(end) != "of" && listed.iter().any(|(tokens, _)| tokens.start == start);
                    if to > start && !other_sort && !state_after && self.analysis.sentence_of(end).contains(&(to - 1)) {
                        name.tokens.end = to;
                        name.what = Named::Organization;
                    }
                }
                _ => {}
            }
        }
        // What the longer ones took in is no name by itself.
        names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
        let mut end = 0;
        names.retain(|name| {
            let inside = name.tokens.end <= end;
            end = end.max(name.tokens.end);
            !inside
        });
    }

    /// A subject taken for a body or place that the next "he" or "she" must mean, for no person is named before or between.
    fn meant_by_pronouns(&self, names: &mut [Name]) {
        let mut person_at: Vec<usize> =
            names.iter().filter(|n| n.what == Named::Person).map(|n| n.tokens.start).collect();
        person_at.sort_unstable();
        let mut meant: Vec<String> = Vec::new();
        for name in names.iter() {
            let unlisted = matches!(name.what, Named::Organization | Named::Place(EntityLabel::GeoPolitical));
            let (start, end) = (name.tokens.start, name.tokens.end);
            let shape = name.tokens.len() <= 3
                && name.tokens.clone().all(|i| {
                    (self.is_name_word(i) || PARTICLES.contains(&self.words.get(i)))
                        && head(self.words.get(i)).is_none()
                        && titles::of_word(self.words.get(i)).is_none()
                })
                && self.analysis.word(end - 1).chars().skip(1).any(char::is_lowercase);
            let head_at =
                name.tokens.clone().rev().find(|&i| !name.tokens.contains(&self.analysis[i].head)).unwrap_or(end - 1);
            let subject = matches!(self.analysis[head_at].dep, Dep::Nsubj | Dep::Nsubjpass);
            if !unlisted || !shape || !subject || start > 0 && self.words.get(start - 1) == "the" {
                continue;
            }
            let sentence = self.analysis.sentence_of(start);
            let from = if sentence.start > 0 { self.analysis.sentence_of(sentence.start - 1).start } else { 0 };
            let until = if sentence.end < self.analysis.len() {
                self.analysis.sentence_of(sentence.end).end
            } else {
                sentence.end
            };
            let pronoun = (end..until.min(end + 40))
                .find(|&i| matches!(self.words.get(i), "he" | "she" | "his" | "her" | "him" | "himself" | "herself"));
            let Some(pronoun) = pronoun else { continue };
            let k = person_at.partition_point(|&p| p < from);
            let other = person_at.get(k).is_some_and(|&p| p < pronoun);
            let nominal = (from..pronoun).any(|i| {
                !name.tokens.contains(&i)
                    && matches!(self.analysis[i].pos, Pos::Noun)
                    && self.words.title_ending(i, i).is_some()
            });
            if !other && !nominal {
                meant.push(self.text(&name.tokens));
            }
        }
        for name in names.iter_mut() {
            let unlisted = matches!(name.what, Named::Organization | Named::Place(_));
            if unlisted && meant.contains(&self.text(&name.tokens)) {
                name.what = Named::Person;
            }
        }
    }

    /// What the words beside a name say that it is: "the village of X", "X, a town in …", "news agency X".
    fn told_by_neighbours(&self, names: &mut [Name]) {
        const PLACES: &[&str] = &[
            "village",
            "town",
            "city",
            "province",
            "district",
            "suburb",
            "region",
            "neighborhood",
            "neighbourhood",
            "island",
            "port",
            "area",
            "settlement",
            "county",
            "oblast",
            "governorate",
            "river",
            "valley",
            "hamlet",
        ];
        const BODIES: &[&str] = &[
            "agency",
            "newspaper",
            "daily",
            "broadcaster",
            "channel",
            "network",
            "magazine",
            "website",
            "group",
            "company",
            "firm",
            "party",
            "militia",
            "movement",
            "outlet",
            "station",
            "platform",
            "app",
            "charity",
            "organization",
            "organisation",
            "giant",
            "maker",
            "ministry",
            "bank",
        ];
        let places = |i: usize| PLACES.contains(&self.words.get(i));
        let bodies = |i: usize| BODIES.contains(&self.words.get(i));
        for name in names.iter_mut() {
            if name.what != Named::Person {
                continue;
            }
            let start = name.tokens.start;
            let sentence = self.analysis.sentence_of(start);
            let back = |k: usize| start.checked_sub(k).filter(|&i| i >= sentence.start);
            let of_place = back(2).is_some_and(|i| places(i) && self.words.get(i + 1) == "of");
            let of_body = back(1).is_some_and(|i| bodies(i) && !self.words.is_capitalised(i));
            let mut apposition = name.tokens.end;
            let mut told = None;
            if apposition + 1 < sentence.end
                && self.words.get(apposition) == ","
                && self.analysis[apposition + 1].pos == Pos::Det
            {
                apposition += 2;
                while apposition < sentence.end
                    && matches!(self.analysis[apposition].pos, Pos::Adj | Pos::Noun | Pos::Propn | Pos::Punct)
                    && self.words.get(apposition) != ","
                {
                    apposition += 1;
                }
                let last = apposition - 1;
                if self.words.title_ending(last, sentence.start).is_none() {
                    told = if places(last) {
                        Some(Named::Place(EntityLabel::GeoPolitical))
                    } else {
                        bodies(last).then_some(Named::Organization)
                    };
                }
            }
            if of_place {
                told = Some(Named::Place(EntityLabel::GeoPolitical));
            } else if of_body {
                told = Some(Named::Organization);
            }
            if let Some(told) = told {
                name.what = told;
            }
        }
    }

    /// Single words that only one labelling holds for a person, and that stand where no person's name stands; and reporters
    /// who sign in the middle of the text ("our correspondent Ann Lee reports from Bern").
    fn doubtful(&self, names: &mut Vec<Name>) {
        let mut count: FxHashMap<String, usize> = FxHashMap::default();
        for name in names.iter().filter(|n| n.what == Named::Person) {
            *count.entry(self.analysis.word(name.tokens.end - 1).to_lowercase()).or_default() += 1;
        }
        let n = self.analysis.len();
        names.retain(|name| {
            if name.what != Named::Person {
                return true;
            }
            let (first, last) = (name.tokens.start, name.tokens.end - 1);
            let end = name.tokens.end;
            let signs = end + 1 < n
                && matches!(self.words.get(end), "reports" | "reporting")
                && matches!(self.words.get(end + 1), "from" | "on" | "live")
                && first > 0
                && matches!(self.words.get(first - 1), "correspondent" | "reporter" | "editor" | "," | ";" | "'s");
            if signs {
                return false;
            }
            if self.words.title_ending(last, last).is_some_and(|(_, t)| t.kind != TitleKind::Honorific)
                && self.after_title(first)
                && name.tokens.len() <= 2
                && !given_names::is_given(self.words.get(first))
            {
                return false;
            }
            if name.tokens.len() > 1
                || self.after_title(first)
                || given_names::is_given(self.words.get(first))
                || holders::is_surname(self.analysis.word(first))
            {
                return true;
            }
            if count[&self.analysis.word(last).to_lowercase()] > 1 {
                return true;
            }
            let token = &self.analysis[last];
            let modifier = matches!(token.dep, Dep::Compound | Dep::Amod | Dep::Nmod)
                && matches!(self.analysis[token.head].pos, Pos::Noun)
                && token.head > last;
            let article = first > 0 && matches!(self.words.get(first - 1), "the" | "a" | "an");
            let common = !matches!(token.pos, Pos::Propn);
            !(modifier || article || common)
        });
    }

    fn text(&self, tokens: &Range<usize>) -> String {
        self.analysis.words(tokens.clone()).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The same words name the same sort of thing all through an article: what most mentions say is right, and a name
    /// that is part of a person's full name is that person's.
    fn vote(&self, names: &mut [Name]) {
        let class = |what: Named| match what {
            Named::Person => 0,
            Named::Organization => 1,
            Named::Place(_) => 2,
            Named::Listed(_) => 3,
        };
        let mut votes: FxHashMap<String, [usize; 4]> = FxHashMap::default();
        let mut surnames: FxHashMap<String, usize> = FxHashMap::default();
        for name in names.iter() {
            votes.entry(self.text(&name.tokens)).or_default()[class(name.what)] +=
                1 + usize::from(self.after_title(name.tokens.start));
            if name.what == Named::Person && name.tokens.len() > 1 {
                *surnames.entry(self.analysis.word(name.tokens.end - 1).to_owned()).or_default() += 1;
            }
        }
        for name in names.iter_mut() {
            let text = self.text(&name.tokens);
            let vote = votes[&text];
            let single = name.tokens.len() == 1;
            let is_surname = single && surnames.contains_key(&text);
            let person = vote[0];
            let other = vote[1].max(vote[2]);
            if name.what == Named::Person {
                if other > person && !is_surname && !self.after_title(name.tokens.start) {
                    name.what =
                        if vote[1] >= vote[2] { Named::Organization } else { Named::Place(EntityLabel::GeoPolitical) };
                }
            } else if is_surname
                || person > other && person > 0
                || single
                    && matches!(name.what, Named::Organization | Named::Place(_))
                    && self.acts_like_a_person(&name.tokens)
            {
                let words_fit =
                    name.tokens.clone().all(|i| self.is_name_word(i) || PARTICLES.contains(&self.words.get(i)));
                if words_fit && !matches!(head(self.words.get(name.tokens.end - 1)), Some(Head::Body(_))) {
                    name.what = Named::Person;
                }
            }
        }
    }

    /// A single word taken for a body that is the surname of an office-holder.
    fn acts_like_a_person(&self, tokens: &Range<usize>) -> bool {
        let at = tokens.start;
        let word = self.analysis.word(at);
        if !word.chars().skip(1).all(char::is_lowercase) || word.len() < 4 || at > 0 && self.words.get(at - 1) == "the"
        {
            return false;
        }
        holders::is_surname(word)
    }

    /// Capitalised words that are a known person's name or surname and that the analysis passed over.
    fn repeated(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        let n = self.analysis.len();
        let mut taken = vec![false; n];
        for name in names.iter() {
            taken[name.tokens.clone()].fill(true);
        }
        for (tokens, _) in listed {
            taken[tokens.clone()].fill(true);
        }
        let mut known: FxHashMap<&str, Vec<Vec<&str>>> = FxHashMap::default();
        for name in names.iter().filter(|n| n.what == Named::Person) {
            let words: Vec<&str> = name.tokens.clone().map(|i| self.analysis.word(i)).collect();
            let surname = words[words.len() - 1];
            if surname.chars().count() >= 3 && !given_names::is_given(&surname.to_lowercase()) {
                known.entry(surname).or_default().push(vec![surname]);
            }
            known.entry(words[0]).or_default().push(words);
        }
        #[allow(clippy::iter_over_hash_type, reason = "each value is sorted by itself, whatever the order of the keys")]
        for forms in known.values_mut() {
            forms.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        let mut i = 0;
        while i < n {
            let form = known.get(self.analysis.word(i)).and_then(|forms| {
                forms.iter().find(|form| {
                    i + form.len() <= n
                        && form.iter().enumerate().all(|(k, w)| !taken[i + k] && self.analysis.word(i + k) == *w)
                })
            });
            let Some(form) = form else {
                i += 1;
                continue;
            };
            let length = form.len();
            // A word that also is a common one must not open a sentence as such.
            let common = length == 1 && !matches!(self.analysis[i].pos, Pos::Propn | Pos::Noun | Pos::X | Pos::Adj);
            let neighbours = |j: Option<usize>| {
                j.is_some_and(|j| {
                    j < n
                        && self.analysis[j].pos == Pos::Propn
                        && self.analysis[j].head == i
                        && !taken[j]
                        && self.is_name_word(j)
                })
            };
            if !common && !neighbours(Some(i + length)) {
                names.push(Name { tokens: i..i + length, what: Named::Person });
            }
            i += length;
        }
    }
}
