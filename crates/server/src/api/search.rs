//! Search as one types.

use super::answers::{Found, FoundStatement, FoundThing, Kind, Page};
use super::index::{Entry, Index, at};
use super::methods::Context;
use super::parameters::Parameters;
use super::words::{WITHIN, Words};
use crate::exchange::Failed;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many results a page has if nothing is said.
const USUAL: usize = 20;

/// What was found, with what it is ranked by.
type Ranked = (u8, Reverse<u32>, u8, Entry, Option<usize>);

pub(super) fn search(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Page<Found>, Failed> {
    let index = context.index;
    let words = Words::of(parameters.text("q").unwrap_or_default());
    let window = parameters.window(USUAL)?;
    let kinds: Vec<Kind> = parameters.list("kind").into_iter().filter_map(Kind::of_word).collect();
    if words.none() {
        return window.page(&[], |found: &Ranked| Ok(self::found(index, found)));
    }
    let mut ranked = ranked(index, &words, &kinds);
    ranked.sort_unstable();
    let total = ranked.len();
    if let Some(most) = parameters.number("each")? {
        let mut of_kind: BTreeMap<Kind, usize> = BTreeMap::new();
        ranked.retain(|(.., entry, _)| {
            let number = of_kind.entry(index.kind(*entry)).or_default();
            *number += 1;
            *number <= most
        });
    }
    Ok(Page { total, ..window.page(&ranked, |found| Ok(self::found(index, found)))? })
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
            let class = if fit == WITHIN { 8 } else { fit * 2 + u8::from(other.is_some()) };
            ranked.push((class, Reverse(named.sources), 0, Entry::Named(number), other));
        }
    }
    if wanted(Kind::Meeting) {
        for (meeting, number) in index.meetings.iter().zip(0..) {
            if words.in_text(&meeting.searched) {
                ranked.push((6, Reverse(meeting.sources), 1, Entry::Meeting(number), None));
            }
        }
    }
    if wanted(Kind::Article) {
        for (article, number) in index.articles.iter().zip(0..) {
            if words.in_text(&article.searched) {
                ranked.push((7, Reverse(1), 2, Entry::Article(number), None));
            }
        }
    }
    if wanted(Kind::Statement) {
        for (statement, number) in index.statements.iter().zip(0..) {
            if words.in_text(&statement.searched) {
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
