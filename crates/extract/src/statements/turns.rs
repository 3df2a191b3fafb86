//! Transcripts: turns with the label of the speaker in front.

use crate::document::Document;
use crate::entities::{Entities, EntityId};
use crate::layout::BlockKind;
use std::ops::Range;

/// One turn of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Tokens of the label, without the colon.
    pub label: Range<usize>,
    /// Tokens of what is said.
    pub content: Range<usize>,
    /// Whether a reporter asks: no statement.
    pub question: bool,
}

/// The turns of a document, as the layout found their labels; none if it is no transcript.
pub fn find(d: &Document) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut last_label = None;
    for (i, (block, tokens)) in d.layout.blocks.iter().zip(&d.block_tokens).enumerate() {
        if block.kind == BlockKind::Speaker && !tokens.is_empty() {
            let word = d.analysis.words(tokens.clone()).to_uppercase();
            let question =
                matches!(word.as_str(), "Q" | "Q." | "QUESTION" | "REPORTER" | "REPORTERS" | "MODERATOR" | "OPERATOR");
            turns.push(Turn { label: tokens.clone(), content: tokens.end..tokens.end, question });
            last_label = Some(i);
            continue;
        }
        let text = &d.article.text[block.bytes.clone()];
        let aside =
            text.starts_with(['(', '[']) && text.ends_with([')', ']']) || text.chars().all(|c| !c.is_alphanumeric());
        if let Some(turn) = turns.last_mut()
            && block.speaker.is_some()
            && block.speaker == last_label
            && !aside
        {
            turn.content.end = tokens.end;
        }
    }
    turns.retain(|t| !t.content.is_empty());
    turns
}

/// Who a label names: a mention within it, or the person with that surname.
pub fn speaker(d: &Document, entities: &Entities, label: &Range<usize>) -> Option<EntityId> {
    for t in label.clone().rev() {
        if let Some(m) = entities.headed_by(t).or_else(|| entities.covering(t))
            && let Some(&id @ EntityId::Person(_)) = m.entities.first()
        {
            return Some(id);
        }
    }
    let text = d.analysis.words(label.clone()).to_lowercase();
    if matches!(text.as_str(), "a" | "a." | "answer") {
        return interviewee(d, entities);
    }
    let text = text.split('(').next().unwrap_or_default().trim();
    let surname = text.rsplit([' ', '.']).find(|w| !w.is_empty())?;
    let fits = |name: &str| name.to_lowercase().rsplit(' ').next() == Some(surname);
    let found = entities.people.iter().position(|p| fits(&p.name)).map(EntityId::Person);
    found.or_else(|| label.clone().find_map(|t| entities.covering(t)).and_then(|m| m.entities.first().copied()))
}

/// Who gives the answers that are only labelled "A": the person named most often before the first turn.
fn interviewee(d: &Document, entities: &Entities) -> Option<EntityId> {
    let first = d.layout.blocks.iter().position(|b| b.kind == BlockKind::Speaker)?;
    let lead = d.block_tokens[0].start..d.block_tokens[first].start;
    let mut namings = vec![0_usize; entities.people.len()];
    for mention in entities.within(lead) {
        if let &[EntityId::Person(p)] = mention.entities.as_slice() {
            namings[p] += 1;
        }
    }
    let most = namings.iter().copied().max().filter(|&n| n > 0)?;
    namings.iter().position(|&n| n == most).map(EntityId::Person)
}
