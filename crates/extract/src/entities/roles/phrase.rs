//! The phrases around titles: how far "the former Danish foreign minister" and "minister of trade" reach.

use crate::document::Document;
use crate::entities::names;
use crate::entities::titles::{Title, TitleKind};
use crate::entities::words::Words;
use crate::entities::{Entities, EntityId};
use demarche_nlp::{Analysis, Dep, EntityLabel, Pos, Tag};
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

/// Reads the phrases around titles.
pub struct Phrases<'a> {
    analysis: &'a Analysis,
    words: &'a Words<'a>,
}

const OF: &[&str] = &["of", "for", "to", "at", "in", "on", "with", "from", "under"];

/// Adjectives that tell which office it is, though they are written small before one with a capital.
const GRADES: &[&str] = &[
    "acting",
    "assistant",
    "associate",
    "deputy",
    "chief",
    "senior",
    "former",
    "late",
    "interim",
    "vice",
    "prime",
    "foreign",
    "special",
    "general",
    "executive",
    "national",
    "military",
    "financial",
    "federal",
    "permanent",
    "principal",
    "retired",
    "ex-",
    "then-",
    "incoming",
    "outgoing",
    "current",
    "new",
    "next",
];

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
            // "for the first time President Lee", but "the prime-time host Lee"
            let span = matches!(word, "time" | "day") && i > from && analysis[i - 1].tag != Tag::Hyph;
            let modifier = matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::X)
                && !span
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
            let before_title = i + 1 == title
                && analysis.tokens().get(until + 1).is_some_and(|name| name.pos == Pos::Propn)
                && self.words.title_ending(i, i).is_none()
                && analysis.word(i).starts_with(char::is_lowercase)
                && analysis.word(title).starts_with(char::is_uppercase);
            // "our incredible President": praise and blame are no part of an office that is written as a title.
            let opinion = before_title && token.pos == Pos::Adj && !GRADES.contains(&word);
            // "the investments President Lee made": what he made, while a "bank President" is of one.
            let made = before_title
                && token.pos == Pos::Noun
                && self.words.get(title) == "president"
                && !matches!(names::head(word), Some(names::Head::Body(_)));
            if person || opinion || made || !(hyphen || modifier || and_between) {
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
            // "minister from 2017": when, not of what.
            let year = end + 1 < until && analysis[end + 1].tag == Tag::Cd && self.words.get(end + 1).len() == 4;
            let when = year
                || analysis
                    .entities()
                    .iter()
                    .any(|e| e.tokens.contains(&(end + 1)) && matches!(e.label, EntityLabel::Date | EntityLabel::Time));
            if when && !matches!(word, "of" | "for") {
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
