//! Evidence: the words of articles that something rests on.

use super::answers::Passage;
use super::facts::{Facts, In, mention, text};
use super::index::{Entry, Index, Number, at};
use crate::exchange::Failed;
use demarche_graph::model::{NamedNode, Term};
use demarche_graph::vocabulary::{dm, nif};

/// A stretch of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its IRI below the base.
    key: String,
    pub article: Number,
    pub start: usize,
    pub end: usize,
}

/// The evidence of a subject, in the order of the articles' dates and of the words.
pub(super) fn evidence(
    index: &Index,
    facts: Facts<'_>,
    subject: &NamedNode,
    graph: In<'_>,
) -> Result<Vec<Stretch>, Failed> {
    let terms = facts.objects(subject, dm::EVIDENCE, graph)?;
    let mut stretches: Vec<Stretch> = terms.iter().filter_map(|term| stretch(index, facts, term)).collect();
    stretches
        .sort_by(|a, b| by_date(index, a.article, b.article).then_with(|| (a.start, a.end).cmp(&(b.start, b.end))));
    Ok(stretches)
}

fn stretch(index: &Index, facts: Facts<'_>, term: &Term) -> Option<Stretch> {
    let key = facts.key(term)?;
    let (article, start, end) = mention(key)?;
    let Some(Entry::Article(article)) = index.find(article) else { return None };
    Some(Stretch { key: key.to_owned(), article, start, end })
}

/// The order of articles: dated before undated, then by day, then by key.
pub(super) fn by_date(index: &Index, a: Number, b: Number) -> std::cmp::Ordering {
    let rank = |number: Number| {
        let day = &index.articles[at(number)].latest;
        (day.is_none(), day, number)
    };
    rank(a).cmp(&rank(b))
}

/// The words of a stretch.
pub(super) fn passage(index: &Index, facts: Facts<'_>, stretch: &Stretch) -> Result<Passage, Failed> {
    let article = facts.node(&index.articles[at(stretch.article)].key);
    let words = facts.objects(&facts.node(&stretch.key), nif::ANCHOR_OF, In::Graph(article.as_ref()))?;
    Ok(Passage {
        article: index.article_summary(stretch.article),
        start: stretch.start,
        end: stretch.end,
        text: words.first().and_then(text).unwrap_or_default().to_owned(),
    })
}

/// The words of several.
pub(super) fn passages(index: &Index, facts: Facts<'_>, stretches: &[Stretch]) -> Result<Vec<Passage>, Failed> {
    stretches.iter().map(|stretch| passage(index, facts, stretch)).collect()
}
