//! Statements that layout tells instead of a verb: headlines `Lee: Prices will rise`, clauses behind a colon, pages that are
//! one statement.

use super::addressees::Addressees;
use super::borders;
use super::clauses::Complement;
use super::cues::LEXICON;
use super::rules::Rule;
use super::sources::{self, Subject};
use super::speakers;
use super::{Finder, Telling};
use crate::entities::EntityId;
use crate::layout::BlockKind;
use demarche_nlp::Pos;
use demarche_record::StatementKind;
use std::ops::Range;

/// How far into a headline its label may reach, in tokens.
const LABEL: usize = 9;

impl Finder<'_> {
    /// Headlines of the form `Lee: Prices will rise` and `Lee to Harper: Prices will rise`.
    pub(super) fn headline_labels(&mut self) {
        let d = self.d;
        let a = &d.analysis;
        for (i, block) in d.layout.blocks.iter().enumerate() {
            if !(block.kind == BlockKind::Title || i == 0) {
                continue;
            }
            let tokens = d.block_tokens[i].clone();
            let Some(colon) = (tokens.start..tokens.end.min(tokens.start + LABEL)).find(|&t| a.word(t) == ":") else {
                continue;
            };
            let Some((source, speaker, addressees)) = self.label(tokens.start..colon) else { continue };
            let Some(rest) = borders::trim(d, colon + 1..tokens.end) else { continue };
            let clause = rest.clone().any(|t| matches!(a[t].pos, Pos::Verb | Pos::Aux));
            let no_decision = matches!(a.word(rest.start).to_lowercase().as_str(), "no" | "not" | "yes");
            if !(clause || no_decision && rest.len() > 2) || self.is_spoken(a[rest.start].start) {
                continue;
            }
            let telling = Telling { speaker: Some(speaker), source: Some(source), addressees, ..Telling::default() };
            self.add(Complement { content: vec![rest], rule: Rule::Label }, telling);
        }
    }

    /// Who speaks and who is spoken to by the words before the colon of a headline. A place is what it is about, not who.
    fn label(&self, label: Range<usize>) -> Option<(Range<usize>, EntityId, Addressees)> {
        let a = &self.d.analysis;
        if label.is_empty() || label.clone().any(|t| matches!(a[t].pos, Pos::Verb | Pos::Aux)) {
            return None;
        }
        let ends_in = |end: usize| {
            let mention =
                self.entities.around(end - 1).filter(|m| m.tokens.end == end).max_by_key(|m| m.tokens.len())?;
            mention.entities.first().copied().filter(|id| !matches!(id, EntityId::Place(_)))
        };
        let to = label.clone().skip(1).find(|&t| matches!(a.word(t), "to" | "tells") && t + 1 < label.end);
        match to {
            Some(to) => {
                let receiver = self.entities.covering(label.end - 1).and_then(|m| m.entities.first().copied());
                let addressees = Addressees { named: receiver.into_iter().collect(), groups: Vec::new() };
                Some((label.start..to, ends_in(to)?, addressees))
            }
            None => {
                // "Lee campaign: …"
                let last = label.end - 1;
                let for_somebody =
                    || speakers::speaks_for(self.d, last).then(|| speakers::named(self.d, self.entities, last));
                let speaker = ends_in(label.end).or_else(|| for_somebody().flatten())?;
                Some((label.clone(), speaker, Addressees::default()))
            }
        }
    }

    /// "Lee added: Prices will rise." and paragraphs behind "Lee added:", both without quotation marks.
    pub(super) fn behind_colons(&mut self) {
        let d = self.d;
        let a = &d.analysis;
        for (i, tokens) in d.block_tokens.iter().enumerate() {
            for colon in tokens.clone().filter(|&t| a.word(t) == ":") {
                let floor = tokens.start.max(colon.saturating_sub(12));
                let cue = (floor..colon)
                    .rev()
                    .take_while(|&t| !matches!(a.word(t), "." | ";"))
                    .find_map(|t| LEXICON.verb(d, t).map(|c| (t, c)));
                let Some((verb, (cue, second))) = cue.filter(|(t, (c, _))| {
                    c.quotation && c.clause && !self.cues_used.contains(t) && !self.is_spoken(a[*t].start)
                }) else {
                    continue;
                };
                let Subject::Head(head) = sources::subject(d, verb) else { continue };
                let source = sources::source(d, head, verb);
                // "The ministry said that the talks had begun: …" has told already what was said.
                let told = (verb + 1..colon).any(|t| matches!(a[t].pos, Pos::Verb | Pos::Aux));
                if told || !sources::somebody(d, &source) || sources::hypothetical(d, verb) {
                    continue;
                }
                let rest = if colon + 1 < tokens.end {
                    borders::trim(d, colon + 1..borders::sentence_end(d, colon + 1))
                } else {
                    d.block_tokens.get(i + 1).and_then(|next| borders::trim(d, next.clone()))
                };
                let Some(rest) = rest.filter(|r| a.word(r.start).starts_with(char::is_uppercase) && r.len() > 3) else {
                    continue;
                };
                let mut telling = self.telling(verb, cue, second, Some(head), std::slice::from_ref(&rest));
                telling.source = Some(source.tokens);
                telling.moments = super::moments::of_verb(d, verb, std::slice::from_ref(&rest));
                self.add(Complement { content: vec![rest], rule: Rule::Colon }, telling);
            }
        }
    }

    /// A page headed "Statement by Anna Lind" in the first person is one statement of hers.
    pub(super) fn statement_document(&mut self) {
        let d = self.d;
        let a = &d.analysis;
        let Some(first) = d.block_tokens.iter().position(|t| !t.is_empty()) else { return };
        let title = d.block_tokens[first].clone();
        let in_text = self.author(title.clone());
        let (speaker, source, body) = match in_text {
            Some((speaker, source)) => (speaker, Some(source), first + 1),
            // The heading is known from the metadata alone.
            None => {
                let Some(speaker) = d.article.title.as_deref().and_then(|title| self.author_of(title)) else { return };
                (speaker, None, if d.layout.blocks[first].kind == BlockKind::Title { first + 1 } else { first })
            }
        };
        let start = d.block_tokens[body.min(d.block_tokens.len())..].iter().find(|t| t.len() > 5).map(|t| t.start);
        let (Some(start), Some(end)) = (start, d.block_tokens.last().map(|t| t.end)) else { return };
        let first_person =
            (start..end).filter(|&t| matches!(a.word(t), "I" | "we" | "We" | "our" | "Our" | "my" | "My")).count();
        let quoted = self.found.iter().any(|(s, _)| s.kind == StatementKind::Direct);
        if first_person < 2 || !self.turns.is_empty() || quoted {
            return;
        }
        let telling = Telling { speaker: Some(speaker), source, ..Telling::default() };
        let content = vec![a.bytes(start..end)];
        self.found.push(telling.statement(StatementKind::Direct, content, Rule::Document));
    }

    /// Whose statement a page is by a headline of the text.
    fn author(&self, title: Range<usize>) -> Option<(EntityId, Range<usize>)> {
        let a = &self.d.analysis;
        let word = |t: usize| a.word(t).to_lowercase();
        let genre = (title.start..title.end.min(title.start + 3)).find(|&t| GENRES.contains(&&*word(t)))?;
        let by = (genre + 1..title.end.min(genre + 4)).find(|&t| BY.contains(&&*word(t)))?;
        let mentions = (by + 1..title.end).filter_map(|t| self.entities.headed_by(t));
        let mut people = mentions.filter(|m| matches!(m.entities.first(), Some(EntityId::Person(_))));
        people.next().and_then(|m| Some((m.entities.first().copied()?, m.tokens.clone())))
    }

    /// Whose statement a page is by a headline that is not in the text: a person or body that the text names as well.
    fn author_of(&self, title: &str) -> Option<EntityId> {
        let words: Vec<&str> =
            title.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
        let genre = words.iter().take(3).position(|w| GENRES.contains(&&*w.to_lowercase()))?;
        let by = genre + 1 + words[genre + 1..].iter().take(3).position(|w| BY.contains(&&*w.to_lowercase()))?;
        let until = words[by + 1..].iter().position(|w| matches!(*w, "on" | "regarding" | "to" | "in" | "at" | "for"));
        let named = &words[by + 1..until.map_or(words.len(), |u| by + 1 + u)];
        let surname = |name: &str| name.rsplit([' ', ',']).find(|w| w.len() > 2).map(str::to_owned);
        let mut fitting = self
            .entities
            .people
            .iter()
            .enumerate()
            .filter(|(_, p)| surname(&p.name).is_some_and(|surname| named.contains(&surname.as_str())));
        match (fitting.next(), fitting.next()) {
            (Some((i, _)), None) => Some(EntityId::Person(i)),
            _ => None,
        }
    }
}

/// Pages that are one statement of somebody.
const GENRES: [&str; 6] = ["statement", "message", "letter", "address", "remarks", "proclamation"];

/// What stands between the genre and its author.
const BY: [&str; 3] = ["by", "from", "of"];
