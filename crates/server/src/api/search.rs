//! Search as one types.

use super::answers::{Found, FoundStatement, FoundThing, Kind, Page};
use super::bad;
use super::index::{Entry, Index, at, folded};
use super::methods::Context;
use super::parameters::Parameters;
use crate::exchange::Failed;
use std::cmp::Reverse;

/// How many results a page has if nothing is said.
const USUAL: usize = 20;

/// Words that are looked for, folded as names are; each must begin a word of what is found.
pub(super) struct Words {
    /// Each with `-` before it.
    words: Vec<String>,
    /// The whole, in its order.
    phrase: String,
}

impl Words {
    pub fn of(text: &str) -> Self {
        let searched = text.chars().any(char::is_alphanumeric);
        let phrase = if searched { folded(text) } else { String::new() };
        let words = phrase.split('-').filter(|word| !word.is_empty()).map(|word| format!("-{word}")).collect();
        Self { words, phrase }
    }

    fn none(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether all words begin words of a folded text.
    pub fn all_in(&self, folded: &str) -> bool {
        self.words.iter().all(|word| folded.contains(word.as_str()))
    }

    /// How well a folded name fits, the best first: it is the name, begins it, stands in it, has all words somewhere,
    /// or the letters stand within it.
    fn fit(&self, folded: &str) -> Option<u8> {
        if folded == self.phrase {
            Some(0)
        } else if folded.starts_with(&self.phrase) {
            Some(1)
        } else if folded.contains(&self.phrase) {
            Some(2)
        } else if self.all_in(folded) {
            Some(3)
        } else {
            // A part of a word, as in compounds; short ones would stand in everything.
            (self.phrase.len() > 3 && folded.contains(&self.phrase[1..])).then_some(4)
        }
    }
}

/// What was found, with what it is ranked by.
type Ranked = (u8, Reverse<u32>, u8, Entry, Option<usize>);

pub(super) fn search(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Page<Found>, Failed> {
    let index = context.index;
    let words = Words::of(parameters.text("q").unwrap_or_default());
    let window = parameters.window(USUAL)?;
    let mut kinds = Vec::new();
    for word in parameters.list("kind") {
        let kind: Result<Kind, _> = serde_json::from_value(word.into());
        kinds.push(kind.map_err(|_| {
            bad(format!("kind={word:?} is none of person, organization, place, meeting, statement, article"))
        })?);
    }
    if words.none() {
        return window.page(&[], |found: &Ranked| Ok(self::found(index, found)));
    }
    let mut ranked = ranked(index, &words, &kinds);
    ranked.sort_unstable();
    window.page(&ranked, |found| Ok(self::found(index, found)))
}

/// Names come before meetings and articles, those before words of statements, unless they fit worse.
fn ranked(index: &Index, words: &Words, kinds: &[Kind]) -> Vec<Ranked> {
    let wanted = |kind: Kind| kinds.is_empty() || kinds.contains(&kind);
    let mut ranked: Vec<Ranked> = Vec::new();
    for (named, number) in index.named.iter().zip(0..) {
        if !Kind::of_key(&named.key).is_some_and(wanted) {
            continue;
        }
        let fits = named.folded.iter().enumerate().filter_map(|(at, name)| Some((words.fit(name)?, at)));
        if let Some((fit, which)) = fits.min() {
            let other = which.checked_sub(1);
            // Another name counts a little less than the name, and a part of a word less than any meeting.
            let class = if fit == 4 { 8 } else { fit * 2 + u8::from(other.is_some()) };
            ranked.push((class.min(8), Reverse(named.sources), 0, Entry::Named(number), other));
        }
    }
    if wanted(Kind::Meeting) {
        for (meeting, number) in index.meetings.iter().zip(0..) {
            if words.all_in(&meeting.folded) {
                ranked.push((6, Reverse(meeting.sources), 1, Entry::Meeting(number), None));
            }
        }
    }
    if wanted(Kind::Article) {
        for (article, number) in index.articles.iter().zip(0..) {
            if words.all_in(&article.folded) {
                ranked.push((7, Reverse(1), 2, Entry::Article(number), None));
            }
        }
    }
    if wanted(Kind::Statement) {
        for (statement, number) in index.statements.iter().zip(0..) {
            if words.all_in(&statement.folded) {
                ranked.push((7, Reverse(statement.sources), 3, Entry::Statement(number), None));
            }
        }
    }
    ranked
}

fn found(index: &Index, (.., entry, other): &Ranked) -> Found {
    let link = index.link(*entry);
    let (detail, sources, matched) = match *entry {
        Entry::Statement(number) => {
            let statement = &index.statements[at(number)];
            return Found::Statement(FoundStatement {
                statement: link,
                speaker: statement.speaker.map(|speaker| index.named_link(speaker)),
                reported: statement.reported.clone(),
                sources: statement.sources,
            });
        }
        Entry::Named(number) => {
            let named = &index.named[at(number)];
            let detail = [&named.sort, &named.country].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
            let matched = other.and_then(|other| named.other_names.get(other)).cloned();
            (Some(detail).filter(|detail| !detail.is_empty()), named.sources, matched)
        }
        Entry::Meeting(number) => {
            let meeting = &index.meetings[at(number)];
            (Some(meeting.status.clone()), meeting.sources, None)
        }
        Entry::Article(number) => {
            let article = &index.articles[at(number)];
            let detail =
                [&article.publisher, &article.value].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
            (Some(detail).filter(|detail| !detail.is_empty()), 1, None)
        }
    };
    Found::Thing(FoundThing { thing: link, matched, detail, sources })
}
