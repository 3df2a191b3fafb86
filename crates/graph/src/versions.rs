//! What the articles say differently of one meeting, in words.

use crate::quads::mode_word;
use demarche_record::Record;
use demarche_resolve::{Claim, Corpus, Disputed, Key, Member};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Something that the reports of a meeting do not agree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dispute {
    /// What it is about.
    pub on: Disputed,
    /// What they say, at least two versions.
    pub versions: Vec<DisputeVersion>,
}

/// One version, and who has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DisputeVersion {
    /// What is said, in words.
    pub claim: String,
    /// Paths or URLs of the articles that say it, sorted.
    pub articles: Vec<String>,
    /// Those who say it in articles that do not say so themselves, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claimed_by: Vec<String>,
}

/// The disagreements on a meeting of the corpus; none where nothing is disputed.
pub(crate) fn disputes(corpus: &Corpus, meeting: &Key, records: &BTreeMap<&str, &Record>) -> Vec<Dispute> {
    let Some(meeting) = corpus.meeting(meeting) else { return Vec::new() };
    let label = |key: &Key| corpus.label(key).unwrap_or(key.name()).to_owned();
    let in_words = |claim: &Claim| match claim {
        Claim::Participants(agents) => agents.iter().map(label).collect::<Vec<_>>().join(", "),
        Claim::Place(place) => label(place),
        Claim::Mode(mode) => mode_word(*mode).to_owned(),
        Claim::When(when) => when.to_string(),
        Claim::Status(status) => status.to_string(),
    };
    let version = |claim: &Claim, members: &[Member]| {
        let articles = members.iter().filter_map(|member| records.get(member.article.as_str()));
        let articles: BTreeSet<&str> = articles.map(|record| record.source.as_str()).collect();
        let reports = meeting.reports.iter().filter(|report| members.contains(&report.member));
        let claimed_by: BTreeSet<&Key> = reports.flat_map(|report| &report.claimed_by).collect();
        DisputeVersion {
            claim: in_words(claim),
            articles: articles.into_iter().map(str::to_owned).collect(),
            claimed_by: claimed_by.into_iter().map(label).collect(),
        }
    };
    let dispute = |disagreement: &demarche_resolve::Disagreement| Dispute {
        on: disagreement.on,
        versions: disagreement.versions.iter().map(|side| version(&side.claim, &side.reports)).collect(),
    };
    meeting.disagreements.iter().map(dispute).collect()
}
