//! Names in the text: what the analysis labels, mended by the gazetteer, by titles and by a vote over the article.

mod labelled;
mod longer;
mod signs;
mod unlabelled;
mod vote;

use super::states::{self, Listed};
use super::words::Words;
use crate::document::Document;
use crate::layout::BlockKind;
use demarche_nlp::{Analysis, Dep, EntityLabel, Pos, Tag};
use demarche_record::OrganizationKind;
use rustc_hash::{FxHashMap, FxHashSet};
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
    let table = include_str!("../../../../../data/lexicon/body_heads.tsv");
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
    "extraordinary",
    "plenipotentiary",
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
    finder.acted_for(&mut names, &listed);
    finder.given_and_surname(&mut names, &listed);
    finder.subjects_of_people(&mut names, &listed);
    finder.longer(&mut names, &listed);
    finder.told_by_neighbours(&mut names);
    finder.meant_by_pronouns(&mut names);
    finder.known_by_company(&mut names, &listed);
    finder.companies_by_company(&mut names);
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
        let in_names = self.in_names_of_people();
        found.retain(|(tokens, what)| {
            tokens.len() > 1 || !matches!(what, Listed::Capital(_) | Listed::State(_)) || !in_names[tokens.start]
        });
        found
    }

    /// Where a word that may be a capital or state belongs to somebody's name: "Mr. London", and "Washington said"
    /// where the article names Denzel Washington and no place of that name.
    fn in_names_of_people(&self) -> Vec<bool> {
        let entities = self.analysis.entities();
        let people = || entities.iter().filter(|e| e.label == EntityLabel::Person);
        let surnames: FxHashSet<&str> =
            people().filter(|e| e.tokens.len() > 1).map(|e| self.analysis.word(e.tokens.end - 1)).collect();
        let places: FxHashSet<&str> = (1..self.analysis.len())
            .filter(|&i| matches!(self.words.get(i - 1), "in" | "to" | "from" | "at" | "of" | "with"))
            .map(|i| self.analysis.word(i))
            .collect();
        let in_name = |i: usize| {
            let (token, word) = (&self.analysis[i], self.analysis.word(i));
            let honoured =
                i > 0 && matches!(self.words.get(i - 1), "mr." | "mr" | "mrs." | "mrs" | "ms." | "ms" | "miss");
            let acts = matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Poss);
            honoured || acts && surnames.contains(word) && !places.contains(word)
        };
        (0..self.analysis.len()).map(in_name).collect()
    }

    /// The index of the entity that each token is in.
    fn labels(&self) -> Vec<Option<usize>> {
        let mut at = vec![None; self.analysis.len()];
        for (e, entity) in self.analysis.entities().iter().enumerate() {
            at[entity.tokens.clone()].fill(Some(e));
        }
        at
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
            || self.is_second_syllable(token)
    }

    /// "un" of "Kim Jong-un": short, in lower case, joined by a hyphen to the second of two capitalised words; or to one,
    /// where the tagger takes it for a name.
    fn is_second_syllable(&self, token: usize) -> bool {
        let word = self.analysis.word(token);
        token >= 3
            && word.len() <= 5
            && word.chars().all(char::is_lowercase)
            && !matches!(word, "led" | "era" | "like" | "run" | "made" | "style" | "owned" | "held" | "based" | "born")
            && self.analysis.word(token - 1) == "-"
            && !self.analysis[token - 1].space_after
            && !self.analysis[token - 2].space_after
            && self.words.is_capitalised(token - 2)
            && (self.analysis[token].tag == Tag::Nnp
                || self.words.is_capitalised(token - 3) && self.words.title_ending(token - 3, token - 3).is_none())
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

    fn text(&self, tokens: &Range<usize>) -> String {
        self.analysis.words(tokens.clone()).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
