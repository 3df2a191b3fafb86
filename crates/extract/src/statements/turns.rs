//! Transcripts: turns with the label of the speaker in front.

use crate::document::Document;
use crate::entities::{Entities, EntityId};
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

/// The turns of a document; none if it is no transcript.
pub fn find(d: &Document) -> Vec<Turn> {
    let labels: Vec<Option<Range<usize>>> = (0..d.layout.blocks.len()).map(|b| label(d, b)).collect();
    if labels.iter().flatten().count() < 3 {
        return Vec::new();
    }
    let mut turns: Vec<Turn> = Vec::new();
    for (block, label) in labels.iter().enumerate() {
        let tokens = d.block_tokens[block].clone();
        let text = &d.article.text[d.layout.blocks[block].bytes.clone()];
        let aside =
            text.starts_with(['(', '[']) && text.ends_with([')', ']']) || text.chars().all(|c| !c.is_alphanumeric());
        match (label, turns.last_mut()) {
            (Some(label), _) => {
                let after = (label.end..tokens.end).find(|&t| d.analysis.word(t).starts_with(char::is_alphanumeric));
                let start = after.unwrap_or(tokens.end);
                let word = d.analysis.words(label.clone()).to_uppercase();
                let question =
                    matches!(word.as_str(), "Q" | "QUESTION" | "REPORTER" | "REPORTERS" | "MODERATOR" | "OPERATOR");
                turns.push(Turn { label: label.clone(), content: start..tokens.end, question });
            }
            (None, Some(turn)) if !aside => turn.content.end = tokens.end,
            _ => {}
        }
    }
    turns.retain(|t| !t.content.is_empty());
    turns
}

/// The label at the start of a block: capitals before a colon, or `Q` before anything.
fn label(d: &Document, block: usize) -> Option<Range<usize>> {
    let tokens = d.block_tokens[block].clone();
    let text = &d.article.text[d.layout.blocks[block].bytes.clone()];
    let lead = text.trim_start_matches(['"', '“']);
    let offset = text.len() - lead.len();
    let mut words = lead.split_whitespace();
    if words.next() == Some("Q") && words.next().is_some() {
        let first = (tokens.start..tokens.end).find(|&t| d.analysis.word(t) == "Q")?;
        return Some(first..first + 1);
    }
    let colon = lead.char_indices().take_while(|&(i, _)| i < 80).find(|&(_, c)| c == ':')?.0;
    let name = &lead[..colon];
    let plain: String = name.split('(').next().unwrap_or_default().trim().to_owned();
    let letters = plain.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = plain.chars().all(|c| !c.is_alphabetic() || c.is_uppercase() || c == 'c')
        && plain.chars().all(|c| c.is_alphanumeric() || " .'’-,&".contains(c));
    let known = matches!(plain.as_str(), "Q" | "A");
    if !(capitals && letters >= 2 || known) || plain.split_whitespace().count() > 8 {
        return None;
    }
    let bytes = d.layout.blocks[block].bytes.start + offset;
    let range = d.analysis.tokens_in(bytes..bytes + colon.max(1));
    let mut range = range.start.max(tokens.start)..range.end.min(tokens.end);
    while range.end > range.start + 1 && d.analysis.word(range.end - 1) == ":" {
        range.end -= 1;
    }
    (!range.is_empty()).then_some(range)
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
    let text = text.split('(').next().unwrap_or_default().trim();
    let surname = text.rsplit([' ', '.']).find(|w| !w.is_empty())?;
    let fits = |name: &str| name.to_lowercase().rsplit(' ').next() == Some(surname);
    let found = entities.people.iter().position(|p| fits(&p.name)).map(EntityId::Person);
    found.or_else(|| label.clone().find_map(|t| entities.covering(t)).and_then(|m| m.entities.first().copied()))
}
