//! From an article to the record of who met whom and who said what.
//!
//! | diagnostic | severity | what was odd |
//! |---|---|---|
//! | `D0301` | warning | a date over the article, or in its URL or file name, is contradicted by the text and not used |
//! | `D0302` | warning | the date was inferred without this hint, which most others contradict |

mod confidence;
mod dating;
mod document;
mod entities;
mod layout;
mod meetings;
mod quotations;
mod record;
mod statements;
mod tenures;
mod times;

use demarche_nlp::{Analysis, Pipeline};
use demarche_record::{Article, Record, Span};
use document::Document;
use entities::Entities;
pub use entities::Evidence;
use quotations::Quotations;
use statements::Link;

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
        self.read(article).record
    }

    /// What the article says, and how that was read.
    pub fn read(&self, article: &Article) -> Reading {
        let document = Document::new(article, self.pipeline);
        let quotations = Quotations::of(&document);
        let mut entities = Entities::of(&document, &quotations);
        let statements = statements::find(&document, &quotations, &mut entities);
        let mut dating = dating::date(&document, &entities);
        let mut meetings = meetings::find(&document, &quotations, &entities, &dating.published);
        if let Some(narrowed) = dating.narrowed(&document, &entities, &meetings) {
            dating = narrowed;
            meetings = meetings::find(&document, &quotations, &entities, &dating.published);
        }
        Reading {
            record: record::write(&document, &entities, &statements, &meetings, dating),
            statement_rules: statements.iter().map(|statement| statement.rule.name()).collect(),
            statement_links: statements.iter().map(|s| s.link(&entities).map(Link::name)).collect(),
            meeting_rules: meetings.meetings.iter().map(|meeting| meeting.rule.name()).collect(),
            pronouns: pronouns(&document, &entities),
            analysis: document.analysis,
        }
    }
}

/// A record and how it came about, for whoever mends or measures the rules.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What the article says.
    pub record: Record,
    /// Tokens, tags, heads and the model's entities of the whole article; offsets are bytes of the source text.
    pub analysis: Analysis,
    /// The rule behind each statement of the record, in the same order.
    pub statement_rules: Vec<&'static str>,
    /// How each statement of the record names its speaker, in the same order; `None` where it has none.
    pub statement_links: Vec<Option<&'static str>>,
    /// The rule behind each meeting of the record, in the same order.
    pub meeting_rules: Vec<&'static str>,
    /// The pronouns of one person, in order, with those whom each may mean.
    pub pronouns: Vec<Pronoun>,
}

/// "He" or "she", and the people whom it may mean.
#[derive(Debug, Clone)]
pub struct Pronoun {
    /// Where it stands.
    pub span: Span,
    /// The candidates, the nearest first.
    pub candidates: Vec<PronounCandidate>,
}

/// Somebody whom a pronoun may mean.
#[derive(Debug, Clone)]
pub struct PronounCandidate {
    /// Index of the person in the record.
    pub person: usize,
    /// What speaks for and against it, each with how much it holds; its score is the sum of these times [`Evidence::weight`].
    pub evidence: Vec<(Evidence, f64)>,
}

fn pronouns(document: &Document, entities: &Entities) -> Vec<Pronoun> {
    let pronoun = |choice: &entities::Choice| Pronoun {
        span: document.span(choice.pronoun..choice.pronoun + 1),
        candidates: choice
            .candidates
            .iter()
            .map(|(person, evidence)| PronounCandidate { person: *person, evidence: evidence.clone() })
            .collect(),
    };
    entities.choices.iter().map(pronoun).collect()
}
