//! From an article to the record of who met whom and who said what.

mod document;
mod entities;
mod layout;
mod meetings;
mod quotations;
mod record;
mod statements;

use demarche_nlp::Pipeline;
use demarche_record::{Article, Record};
use document::Document;
use entities::Entities;
use quotations::Quotations;

/// Reads articles with one English pipeline. Extraction is a pure function of the article: no clock, no randomness, no
/// input or output, and it cannot fail; oddities become diagnostics of the record.
#[derive(Clone, Copy)]
pub struct Extractor<'p> {
    pipeline: &'p Pipeline,
}

impl<'p> Extractor<'p> {
    /// An extractor that analyses with `pipeline`.
    pub fn new(pipeline: &'p Pipeline) -> Self {
        Self { pipeline }
    }

    /// What the article says.
    pub fn extract(&self, article: &Article) -> Record {
        let document = Document::new(article, self.pipeline);
        let quotations = Quotations::of(&document);
        let mut entities = Entities::of(&document, &quotations);
        let statements = statements::find(&document, &quotations, &mut entities);
        let meetings = meetings::find(&document, &quotations, &entities, &statements);
        record::write(&document, &entities, statements, meetings)
    }
}
