//! The words that tell of meetings (`data/lexicon/meetings.tsv`) and of their fate (`data/lexicon/meeting_cues.tsv`).

use demarche_record::{Mode, ParticipantRole, Status};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// How a trigger takes its participants; the table's header says what each means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    Together,
    With,
    To,
    Hosting,
    Visiting,
    Calling,
    Convening,
    Inviting,
    Topic,
    Seeing,
    Before,
    Mediating,
    Event,
    Visit,
    Welcome,
    Mediation,
    /// No meeting, though one of the words tells of one elsewhere: "met the deadline".
    Nothing,
}

/// A word that tells of people talking with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trigger {
    /// How it takes its participants.
    pub frame: Frame,
    /// The noun for the occasion.
    pub kind: &'static str,
    /// How they talk, where the word tells.
    pub mode: Option<Mode>,
}

/// What a word around a meeting does to its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The word's own tense decides.
    Tense,
    /// The word says nothing of it.
    Nothing,
    /// It makes it so.
    Makes(Status),
}

/// A word around a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// What it does to the status.
    pub effect: Effect,
    /// As what its subject takes part in the meeting, if it does.
    pub part: Option<ParticipantRole>,
}

/// Both tables.
pub struct Lexicon {
    verbs: FxHashMap<&'static str, Trigger>,
    nouns: FxHashMap<&'static str, Trigger>,
    cues: FxHashMap<&'static str, FxHashMap<&'static str, Cue>>,
}

const TRIGGERS: &str = include_str!("../../../../data/lexicon/meetings.tsv");
const CUES: &str = include_str!("../../../../data/lexicon/meeting_cues.tsv");

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon { verbs: FxHashMap::default(), nouns: FxHashMap::default(), cues: FxHashMap::default() };
    for (lemma, noun, trigger) in lines(TRIGGERS).filter_map(trigger) {
        let table = if noun { &mut lexicon.nouns } else { &mut lexicon.verbs };
        table.insert(lemma, trigger);
    }
    for (word, pos, cue) in lines(CUES).filter_map(cue) {
        lexicon.cues.entry(pos).or_default().insert(word, cue);
    }
    lexicon
});

/// The tables, read once.
pub fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    /// A verb that tells of a meeting, with its particle ("sit down"), the noun of its object ("exchange view") or its
    /// preposition ("appear before") where only both together tell of one.
    pub fn verb(&self, lemma: &str) -> Option<Trigger> {
        self.verbs.get(lemma).copied()
    }

    /// A noun that tells of a meeting, with the noun before it where only both together tell of one ("mediation effort").
    pub fn noun(&self, lemma: &str) -> Option<Trigger> {
        self.nouns.get(lemma).copied()
    }

    /// A word around a meeting; `pos` is `verb`, `noun`, `adj` or `mod`.
    pub fn cue(&self, word: &str, pos: &'static str) -> Option<Cue> {
        self.cues.get(pos).and_then(|table| table.get(word)).copied()
    }
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn trigger(line: &'static str) -> Option<(&'static str, bool, Trigger)> {
    let mut columns = line.split('\t');
    let lemma = columns.next()?;
    let noun = columns.next()? == "noun";
    let frame = match columns.next()? {
        "together" => Frame::Together,
        "with" => Frame::With,
        "to" => Frame::To,
        "hosting" => Frame::Hosting,
        "visiting" => Frame::Visiting,
        "calling" => Frame::Calling,
        "convening" => Frame::Convening,
        "inviting" => Frame::Inviting,
        "topic" => Frame::Topic,
        "seeing" => Frame::Seeing,
        "before" => Frame::Before,
        "mediating" => Frame::Mediating,
        "event" => Frame::Event,
        "visit" => Frame::Visit,
        "welcome" => Frame::Welcome,
        "mediation" => Frame::Mediation,
        "nothing" => Frame::Nothing,
        _ => return None,
    };
    let kind = columns.next()?;
    let mode = match columns.next()? {
        "in_person" => Some(Mode::InPerson),
        "phone" => Some(Mode::Phone),
        "video" => Some(Mode::Video),
        "-" => None,
        _ => return None,
    };
    Some((lemma, noun, Trigger { frame, kind, mode }))
}

fn cue(line: &'static str) -> Option<(&'static str, &'static str, Cue)> {
    let mut columns = line.split('\t');
    let (word, pos) = (columns.next()?, columns.next()?);
    let effect = match columns.next()? {
        "tense" => Effect::Tense,
        "none" => Effect::Nothing,
        status => Effect::Makes(status.parse().ok()?),
    };
    let part = match columns.next()? {
        "yes" => Some(ParticipantRole::Participant),
        "host" => Some(ParticipantRole::Host),
        "mediator" => Some(ParticipantRole::Mediator),
        "no" => None,
        _ => return None,
    };
    Some((word, pos, Cue { effect, part }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_can_be_read() {
        for line in lines(TRIGGERS) {
            assert!(trigger(line).is_some() && line.split('\t').count() == 6, "meetings.tsv: {line:?}");
        }
        for line in lines(CUES) {
            assert!(cue(line).is_some() && line.split('\t').count() == 4, "meeting_cues.tsv: {line:?}");
        }
    }
}
