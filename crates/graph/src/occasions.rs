//! Meetings with every place where they are told of.

use crate::diagram::Selection;
use crate::error::StoreError;
use crate::export::Selected;
use crate::store::Store;
use demarche_record::{Mode, Status};
use demarche_resolve::{Key, When};
use serde::Serialize;

/// A meeting of the corpus, as the export of meetings has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Occasion {
    /// `meeting/…`.
    pub meeting_id: Key,
    /// "Joe Biden and Vladimir Putin, Geneva, June 2021".
    pub label: String,
    /// What came of it.
    pub status: Status,
    /// The sort of occasion.
    pub kind: String,
    /// How they talked.
    pub mode: Option<Mode>,
    /// Who takes part.
    pub participants: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub when: Option<When>,
    /// Every stretch of an article that tells of it, in the order of the articles' dates.
    pub mentions: Vec<Told>,
}

/// A stretch of an article that tells of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Path or URL of the article.
    pub source: String,
    /// Last day on which the article can have appeared.
    pub published: Option<String>,
    /// What the article has of the meeting.
    pub status: Status,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
}

impl Store {
    /// All meetings in the order of their keys, each with every place where it is told of.
    ///
    /// # Errors
    /// When records or corrections cannot be read.
    pub fn occasions(&self) -> Result<Vec<Occasion>, StoreError> {
        Ok(self.select(&Selection::everything())?.occasions().collect())
    }
}

impl Selected {
    /// The meetings in the order of their keys, each with every place where it is told of.
    pub fn occasions(&self) -> impl Iterator<Item = Occasion> {
        self.meetings().map(|meeting| {
            let mut mentions = Vec::new();
            for report in &meeting.reports {
                let Some(record) = self.record(&report.member.article) else { continue };
                let of_record = record.meetings.iter().filter(|meeting| meeting.id == report.member.local);
                mentions.extend(of_record.flat_map(|meeting| &meeting.mentions).map(|mention| Told {
                    source: record.source.clone(),
                    published: report.published.clone(),
                    status: report.status,
                    start: mention.span.start(),
                    end: mention.span.end(),
                    text: mention.span.text().to_owned(),
                }));
            }
            let label = |key: &Key| self.label(key).to_owned();
            Occasion {
                meeting_id: meeting.key.clone(),
                label: meeting.label.clone(),
                status: meeting.status,
                kind: meeting.kind.clone(),
                mode: meeting.mode,
                participants: meeting.participants.iter().map(|participant| label(&participant.agent)).collect(),
                place: meeting.place.as_ref().map(label),
                when: meeting.when.clone(),
                mentions,
            }
        })
    }
}
