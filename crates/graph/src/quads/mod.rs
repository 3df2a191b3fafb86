//! Records and what they have in common, as quads.

mod article;
mod concepts;
mod decisions;
mod meetings;
mod order;
mod statements;
mod things;
mod writer;

pub use article::article_quads;
pub(crate) use concepts::{mode_word, organization_word, place_word, status_concept};
pub(crate) use decisions::decision_quads;
pub(crate) use meetings::shortcut_of;
pub(crate) use order::quad_order;
pub(crate) use things::first_naming;
pub(crate) use writer::decimal;

use crate::namespace::Namespace;
use crate::parallel;
use concepts::{mode_concept, role_concept};
use demarche_record::Record;
use demarche_resolve::{Corpus, Corrections, resolve};
use oxigraph::model::{GraphName, Quad};
use std::collections::BTreeMap;
use writer::Writer;

/// The language of labels and texts.
pub(crate) const LANGUAGE: &str = "en";

/// The quads of one record by itself, sorted: what a graph with this article alone would hold.
pub fn record_quads(record: &Record, names: &Namespace) -> Vec<Quad> {
    let corpus = resolve(std::slice::from_ref(record));
    let mut quads = corpus_quads(std::slice::from_ref(record), &corpus, &Corrections::default(), names);
    quads.extend(article_quads(record, &corpus, names));
    quads
}

/// What all articles together say (default graph), what readers have set right (graph of the corrections), and why things
/// were taken for the same (graph of the decisions). Sorted, each quad once.
pub fn corpus_quads(records: &[Record], corpus: &Corpus, corrections: &Corrections, names: &Namespace) -> Vec<Quad> {
    let mut quads = default_quads(records, corpus, names, 1);
    quads.extend(decision_quads(corpus, corrections, names));
    quads
}

/// What all articles together say: the default graph, made by so many threads.
pub(crate) fn default_quads(records: &[Record], corpus: &Corpus, names: &Namespace, threads: usize) -> Vec<Quad> {
    let by_id: BTreeMap<&str, &Record> = records.iter().map(|record| (record.id.as_str(), record)).collect();
    let articles: Vec<&Record> = by_id.values().copied().collect();
    let shares: Vec<usize> = (0..threads).collect();
    let mut quads: Vec<Quad> = parallel::map(threads, &shares, |share| {
        let share = |all: usize| all * share / threads..all * (share + 1) / threads;
        let mut writer = Writer::new(names, GraphName::DefaultGraph);
        for record in &articles[share(articles.len())] {
            writer.article(record, corpus.written.get(&record.id));
            // The reports of an article may use a concept that no meeting of the corpus has in the end.
            for meeting in &record.meetings {
                let participants = meeting.participants.iter().filter_map(|p| role_concept(p.role));
                writer.uses(status_concept(meeting.status));
                meeting.mode.map(mode_concept).into_iter().for_each(|concept| writer.uses(concept));
                participants.for_each(|concept| writer.uses(concept));
            }
        }
        writer.people(&corpus.people[share(corpus.people.len())], corpus, &by_id);
        writer.organizations(&corpus.organizations[share(corpus.organizations.len())], corpus, &by_id);
        writer.places(&corpus.places[share(corpus.places.len())], corpus, &by_id);
        writer.meetings(&corpus.meetings[share(corpus.meetings.len())], corpus, &by_id);
        writer.statements(&corpus.statements[share(corpus.statements.len())], corpus, &by_id);
        writer.concepts();
        writer.finish()
    })
    .into_iter()
    .flatten()
    .collect();
    // The shares are sorted, so that this does no more than to merge them; what two of them say stands once.
    quads.sort_by(quad_order);
    quads.dedup();
    quads
}
