//! Who said what: direct, mixed and indirect statements with their speakers.
//!
//! Transcript turns come first, then quotations with the cues beside them ([`speech`]), then the clauses that cue verbs and
//! nouns take as complements ([`clauses`]); what lies inside direct speech is its speaker's alone.

mod clauses;
mod cues;
mod rules;
mod sources;
mod speech;
mod turns;

use crate::document::Document;
use crate::entities::{Entities, EntityId, Mention};
use crate::layout::BlockKind;
use crate::quotations::{Quotation, Quotations};
use clauses::Complement;
use cues::{Cue, LEXICON};
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::{MentionKind, StatementKind};
pub use rules::Rule;
use rustc_hash::FxHashMap;
use sources::{Source, Subject};
use std::ops::Range;

/// A statement, before it is written into the record.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Direct, indirect or mixed.
    pub kind: StatementKind,
    /// Who says it.
    pub speaker: Option<EntityId>,
    /// Tokens that name the speaker.
    pub source: Option<Range<usize>>,
    /// Tokens of the cue and its lemma.
    pub cue: Option<(Range<usize>, String)>,
    /// What the speaker does, by the cue lexicon.
    pub stance: Option<&'static str>,
    /// Bytes of the content in the source text: one range, or several where it is split.
    pub content: Vec<Range<usize>>,
    /// Whom it is said to.
    pub addressees: Vec<EntityId>,
    /// Whether it is reported not to have been said.
    pub negated: bool,
    /// How it was found; tells how far it is to be trusted.
    pub rule: Rule,
}

/// Finds the statements of a document. First-person pronouns inside direct speech are added to the mentions of its speaker.
pub fn find(document: &Document, quotations: &Quotations, entities: &mut Entities) -> Vec<Statement> {
    let mut finder = Finder {
        d: document,
        quotations,
        entities,
        found: Vec::new(),
        spoken: Vec::new(),
        turns: Vec::new(),
        cues_used: Vec::new(),
    };
    finder.turns();
    finder.direct_speech();
    finder.spoken.sort_unstable_by_key(|r| (r.start, r.end));
    finder.reported_clauses();
    let statements = finder.finish();
    first_person(document, &statements, entities);
    statements
}

struct Finder<'a> {
    d: &'a Document<'a>,
    quotations: &'a Quotations,
    entities: &'a Entities,
    found: Vec<Statement>,
    /// Bytes of direct speech.
    spoken: Vec<Range<usize>>,
    /// Bytes of turns with their labels.
    turns: Vec<Range<usize>>,
    /// Verbs that attribute a quotation.
    cues_used: Vec<usize>,
}

impl Finder<'_> {
    fn turns(&mut self) {
        let d = self.d;
        for turn in turns::find(d) {
            let content = d.analysis.bytes(turn.content.clone());
            let content =
                content.start..content.start + d.article.text[content].trim_end_matches(['"', '”', ' ']).len();
            self.turns.push(d.analysis.bytes(turn.label.clone()).start..content.end);
            if turn.question || content.is_empty() {
                continue;
            }
            self.found.push(Statement {
                kind: StatementKind::Direct,
                speaker: turns::speaker(d, self.entities, &turn.label),
                source: Some(turn.label),
                cue: None,
                stance: None,
                content: vec![content],
                addressees: Vec::new(),
                negated: false,
                rule: Rule::Turn,
            });
        }
    }

    fn direct_speech(&mut self) {
        let d = self.d;
        // Marks around whole turns are no quotations of their own.
        let turns = &self.turns;
        let in_turn = |q: &Quotation| {
            let i = turns.partition_point(|t| t.end <= q.inner.start);
            turns.get(i).is_some_and(|t| q.inner.start <= t.start && t.start < q.inner.end)
        };
        let speeches = speech::find(d, self.quotations, &in_turn);
        let mut last_speaker: Option<(usize, Option<EntityId>)> = None;
        for speech in speeches {
            let block = d.block_of(speech.tokens.start).0;
            let mut statement = Statement {
                kind: if speech.mixed { StatementKind::Mixed } else { StatementKind::Direct },
                speaker: None,
                source: None,
                cue: None,
                stance: None,
                content: speech.content.clone(),
                addressees: Vec::new(),
                negated: false,
                rule: speech.rule,
            };
            if let Some(attribution) = &speech.attribution {
                if let Some(source) = &attribution.source {
                    statement.source = Some(source.tokens.clone());
                    statement.speaker = self.speaker(source.head);
                }
                if let Some((verb, cue, second)) = attribution.verb {
                    self.cues_used.push(verb);
                    statement.cue = Some(cue_words(verb, second, cue));
                    statement.stance = Some(cue.stance);
                    statement.addressees = sources::addressees(d, self.entities, verb, cue.addressee_object);
                    statement.addressees.retain(|&a| Some(a) != statement.speaker);
                    statement.negated = sources::negated(d, verb);
                }
            } else {
                // Nobody is named beside it: it goes on from the speaker of this paragraph or the one before.
                let near = last_speaker.filter(|&(b, _)| b + 1 >= block).map(|(_, s)| s);
                let Some(speaker) = near.or_else(|| self.speaker_before(speech.tokens.start, block)) else { continue };
                if speaker.is_none() {
                    continue;
                }
                statement.speaker = speaker;
            }
            last_speaker = Some((d.block_of(speech.tokens.end - 1).0, statement.speaker));
            self.spoken.extend(speech.content.iter().cloned());
            self.found.push(statement);
        }
    }

    /// Who speaks in the sentences before a quotation without cue, in its paragraph or the one before.
    fn speaker_before(&self, token: usize, block: usize) -> Option<Option<EntityId>> {
        let a = &self.d.analysis;
        let start = self.d.block_tokens[block.saturating_sub(1)].start;
        for v in (start..token).rev() {
            if let Some((cue, _)) = LEXICON.verb(self.d, v).filter(|(cue, _)| cue.clause || cue.that)
                && let Subject::Head(head) = sources::subject(self.d, v)
                && matches!(a[v].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Vbg)
                && !cue.predicate
            {
                // By what the words say alone: "the spokesman" there may itself mean who spoke before.
                let speaker = sources::resolve(self.d, self.entities, head);
                if speaker.is_some() {
                    return Some(speaker);
                }
            }
        }
        None
    }

    fn reported_clauses(&mut self) {
        let d = self.d;
        let a = &d.analysis;
        for token in 0..a.len() {
            if self.is_spoken(a[token].start) {
                continue;
            }
            if let Some((head, complement)) = clauses::according(d, token) {
                let source = Source { head, tokens: sources::phrase(d, head, usize::MAX) };
                let cue = Some((token..token + 2, "according to".to_owned()));
                let speaker = self.speaker(head);
                self.add(complement, Some(source.tokens), speaker, cue, Some("state"), Vec::new(), false);
                continue;
            }
            if let Some(cue) = LEXICON.noun(d, token) {
                self.noun(token, cue);
            }
            if let Some((cue, second)) = LEXICON.verb(d, token) {
                self.verb(token, cue, second);
            }
        }
        self.headline_labels();
        self.behind_colons();
        self.statement_document();
    }

    /// A page headed "Statement by Anna Lind" in the first person is one statement of hers.
    fn statement_document(&mut self) {
        let d = self.d;
        let a = &d.analysis;
        let Some(first) = d.block_tokens.iter().position(|t| !t.is_empty()) else { return };
        let title = d.block_tokens[first].clone();
        let genre = (title.start..title.end.min(title.start + 3)).find(|&t| {
            matches!(a.word(t).to_lowercase().as_str(), "statement" | "message" | "letter" | "address" | "remarks")
        });
        let Some(genre) = genre else { return };
        let by = (genre + 1..title.end.min(genre + 4))
            .find(|&t| matches!(a.word(t).to_lowercase().as_str(), "by" | "from" | "of"));
        let Some(by) = by else { return };
        let named = (by + 1..title.end)
            .filter_map(|t| self.entities.headed_by(t))
            .find(|m| matches!(m.entities.first(), Some(EntityId::Person(_))));
        let Some(named) = named else { return };
        let body = d.block_tokens[first + 1..].iter().find(|t| t.len() > 5).map(|t| t.start);
        let (Some(start), Some(end)) = (body, d.block_tokens.last().map(|t| t.end)) else { return };
        let first_person = (start..end).filter(|&t| matches!(a.word(t), "I" | "we" | "We" | "our" | "my")).count();
        if first_person < 2
            || !self.turns.is_empty()
            || !self.found.is_empty() && self.found.iter().any(|s| s.kind == StatementKind::Direct)
        {
            return;
        }
        let bytes = a.bytes(start..end);
        self.found.push(Statement {
            kind: StatementKind::Direct,
            speaker: named.entities.first().copied(),
            source: Some(named.tokens.clone()),
            cue: None,
            stance: None,
            content: vec![bytes],
            addressees: Vec::new(),
            negated: false,
            rule: Rule::Document,
        });
    }

    /// "Lee added: Prices will rise." and paragraphs behind "Lee added:", both without quotation marks.
    fn behind_colons(&mut self) {
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
                if matches!(a.word(head).to_lowercase().as_str(), "i" | "we" | "you") {
                    continue;
                }
                let rest = if colon + 1 < tokens.end {
                    clauses::trim(d, colon + 1..clauses::sentence_end(d, colon + 1))
                } else {
                    d.block_tokens.get(i + 1).and_then(|next| clauses::trim(d, next.clone()))
                };
                let Some(rest) = rest.filter(|r| a.word(r.start).starts_with(char::is_uppercase) && r.len() > 3) else {
                    continue;
                };
                let source = sources::source(d, head, verb);
                let speaker = self.speaker(head);
                let addressees = sources::addressees(d, self.entities, verb, cue.addressee_object);
                let complement = Complement { content: vec![rest], rule: Rule::Colon };
                self.add(
                    complement,
                    Some(source.tokens),
                    speaker,
                    Some(cue_words(verb, second, cue)),
                    Some(cue.stance),
                    addressees,
                    false,
                );
            }
        }
    }

    fn verb(&mut self, verb: usize, cue: &'static Cue, second: Option<usize>) {
        let d = self.d;
        let a = &d.analysis;
        let subject = sources::subject(d, verb);
        let source = match subject {
            Subject::Head(head) => Some(sources::source(d, head, verb)),
            _ => None,
        };
        // "It goes without saying", "needless to say".
        if verb > 0 && matches!(a.word(verb - 1).to_lowercase().as_str(), "without") {
            return;
        }
        // "who asked not to be named": how the source came to speak, not what was said.
        let condition = (verb + 1..a.sentence_of(verb).end.min(verb + 6))
            .find(|&t| matches!(&*a[t].lemma, "name" | "identify" | "quote"))
            .is_some_and(|t| {
                matches!(&a.words(verb + 1..t).to_lowercase()[..], "not to be" | "to not be" | "that they not be")
            });
        if condition {
            return;
        }
        let one = source.as_ref().is_some_and(|s| a.word(s.head).eq_ignore_ascii_case("one") && s.tokens.len() > 1);
        let you = !one
            && source.as_ref().is_some_and(|s| {
                matches!(a.word(s.head).to_lowercase().as_str(), "you" | "one" | "it" | "anyone" | "i" | "we")
            });
        let it_is_said = source.is_none() && subject == Subject::Withheld;
        if you && !source.as_ref().is_some_and(|s| matches!(a.word(s.head).to_lowercase().as_str(), "it")) {
            return;
        }
        if source.is_none() && !it_is_said {
            return;
        }
        let mut complements = Vec::new();
        if !self.cues_used.contains(&verb) {
            complements = clauses::complements(d, verb, cue, second);
            if it_is_said {
                // "was told that" has whom it was said to as subject; "it was announced that" has nobody.
                complements.retain(|c| {
                    cue.stance != "agree" && matches!(c.rule, Rule::ThatClause | Rule::BareClause | Rule::TokenThat)
                });
            }
            if complements.is_empty()
                && let Some(source) = &source
            {
                complements.extend(clauses::around(d, verb, cue, &source.tokens));
            }
        }
        if sources::hypothetical(d, verb) || sources::asked(d, verb) {
            return;
        }
        let negated = sources::negated(d, verb);
        for complement in complements {
            let object = cue.addressee_object && !matches!(complement.rule, Rule::NounPhrase | Rule::Accusation);
            let mut addressees = sources::addressees(d, self.entities, verb, object);
            let speaker = source.as_ref().and_then(|s| self.speaker(s.head));
            addressees.retain(|&a| Some(a) != speaker);
            let words = source.as_ref().map(|s| s.tokens.clone());
            self.add(
                complement,
                words,
                speaker,
                Some(cue_words(verb, second, cue)),
                Some(cue.stance),
                addressees,
                negated,
            );
        }
    }

    fn noun(&mut self, noun: usize, cue: &'static Cue) {
        let d = self.d;
        let a = &d.analysis;
        let Some(complement) = clauses::of_noun(d, noun, cue) else { return };
        let owner = a.child(noun, &[Dep::Poss]).or_else(|| {
            let by =
                a.children_by(noun, Dep::Prep).find(|&p| matches!(a.word(p).to_lowercase().as_str(), "by" | "from"));
            by.and_then(|p| a.child(p, &[Dep::Pobj]))
        });
        let light = || {
            let governor = a[noun].head;
            let governs = a[noun].dep == Dep::Dobj && clauses::LIGHT.contains(&&*a[governor].lemma);
            match sources::subject(d, governor) {
                Subject::Head(head) if governs => Some(head),
                _ => None,
            }
        };
        let Some(head) = owner.or_else(light) else { return };
        let source = sources::phrase(d, head, noun);
        let mut source = source.start..source.end;
        while source.len() > 1 && a[source.end - 1].tag == Tag::Pos {
            source.end -= 1;
        }
        let speaker = self.speaker(head);
        let words = cue_words(noun, None, cue);
        self.add(complement, Some(source), speaker, Some(words), Some(cue.stance), Vec::new(), false);
    }

    /// Headlines of the form `Lee: Prices will rise`.
    fn headline_labels(&mut self) {
        let d = self.d;
        let a = &d.analysis;
        for (i, block) in d.layout.blocks.iter().enumerate() {
            if !(block.kind == BlockKind::Title || i == 0) {
                continue;
            }
            let tokens = d.block_tokens[i].clone();
            let Some(colon) = (tokens.start..tokens.end.min(tokens.start + 9)).find(|&t| a.word(t) == ":") else {
                continue;
            };
            let label = tokens.start..colon;
            let named =
                label.clone().rev().find_map(|t| self.entities.headed_by(t)).and_then(|m| m.entities.first().copied());
            let Some(speaker) = named else { continue };
            let verbal = label.clone().any(|t| matches!(a[t].pos, Pos::Verb | Pos::Aux));
            let Some(rest) = clauses::trim(d, colon + 1..tokens.end) else { continue };
            let clause = rest.clone().any(|t| matches!(a[t].pos, Pos::Verb | Pos::Aux));
            if verbal || !clause || label.is_empty() || self.is_spoken(a[rest.start].start) {
                continue;
            }
            let complement = Complement { content: vec![rest], rule: Rule::Label };
            self.add(complement, Some(label), Some(speaker), None, None, Vec::new(), false);
        }
    }

    /// Adds a reported clause; its kind comes from the quotations in it.
    #[expect(clippy::too_many_arguments, reason = "the fields of a statement")]
    fn add(
        &mut self,
        complement: Complement,
        source: Option<Range<usize>>,
        speaker: Option<EntityId>,
        cue: Option<(Range<usize>, String)>,
        stance: Option<&'static str>,
        addressees: Vec<EntityId>,
        negated: bool,
    ) {
        let d = self.d;
        let mut content = Vec::new();
        let mut quoted = 0;
        let mut whole = 0;
        for tokens in &complement.content {
            let mut bytes = d.analysis.bytes(tokens.clone());
            let limit = bytes.end;
            let first = self.quotations.spans.partition_point(|q| q.outer.end <= bytes.start);
            for q in self.quotations.spans[first..].iter().take_while(|q| q.outer.start < limit) {
                let inside = q.inner.start.max(bytes.start)..q.inner.end.min(bytes.end);
                if inside.start >= inside.end {
                    continue;
                }
                // A quotation is inside as a whole or not at all.
                let from_start = bytes.start <= q.inner.start || tokens.start == q.tokens.start;
                if from_start && bytes.start >= q.outer.start
                    || 2 * (inside.end - inside.start) >= q.inner.end - q.inner.start
                {
                    bytes = bytes.start.min(q.outer.start)..bytes.end.max(q.outer.end);
                    quoted += 1;
                    if q.outer == bytes {
                        bytes = q.inner.clone();
                        whole += 1;
                    }
                } else if q.outer.start > bytes.start {
                    bytes.end = bytes.start + d.article.text[bytes.start..q.outer.start].trim_end().len();
                }
            }
            if bytes.start < bytes.end {
                content.push(bytes);
            }
        }
        let things =
            matches!(complement.rule, Rule::NounPhrase | Rule::Preposition | Rule::Predicate | Rule::NounPreposition);
        if things && speaker.is_none() && quoted == 0 && !source.as_ref().is_some_and(|s| self.personal(s)) {
            return;
        }
        if content.is_empty() || content.iter().any(|c| self.is_spoken(c.start) || self.is_spoken(c.end - 1)) {
            return;
        }
        let kind = match quoted {
            0 => StatementKind::Indirect,
            _ if whole == content.len() && whole == quoted => StatementKind::Direct,
            _ => StatementKind::Mixed,
        };
        // A label alone, "also called “the Wall”", and a lone word that the parser left tell nothing.
        let label = complement.rule == Rule::Predicate && kind == StatementKind::Direct;
        let word = kind == StatementKind::Indirect && complement.content.iter().map(Range::len).sum::<usize>() == 1;
        if label || word && !things {
            return;
        }
        self.found.push(Statement {
            kind,
            speaker,
            source,
            cue,
            stance,
            content,
            addressees,
            negated,
            rule: complement.rule,
        });
    }

    /// Whether a source can speak: a pronoun for people or a plural noun, not "the visit" or "the move".
    fn personal(&self, source: &Range<usize>) -> bool {
        let a = &self.d.analysis;
        source.clone().any(|t| {
            matches!(a[t].tag, Tag::Nns | Tag::Nnps | Tag::Nnp)
                || matches!(a.word(t).to_lowercase().as_str(), "he" | "she" | "they")
        })
    }

    /// Whether a byte lies in direct speech.
    fn is_spoken(&self, byte: usize) -> bool {
        let i = self.spoken.partition_point(|r| r.end <= byte);
        self.spoken.get(i).is_some_and(|r| r.start <= byte)
    }

    /// The entity behind the head of a source; for "a statement" whoever made it.
    fn speaker(&self, head: usize) -> Option<EntityId> {
        let d = self.d;
        let a = &d.analysis;
        if let Some(found) = sources::resolve(d, self.entities, head) {
            return Some(found);
        }
        let written = matches!(
            &*a[head].lemma,
            "statement" | "tweet" | "letter" | "post" | "message" | "release" | "report" | "remark" | "note" | "email"
        );
        if written
            && a[head].dep == Dep::Dobj
            && let Subject::Head(writer) = sources::subject(d, a[head].head)
            && writer != head
        {
            return sources::resolve(d, self.entities, writer);
        }
        // "the statement added": the statement that was named before, else the one who spoke last.
        if (written
            || matches!(
                &*a[head].lemma,
                "readout" | "communique" | "document" | "announcement" | "spokesman" | "spokeswoman" | "spokesperson"
            ))
            && a.child(head, &[Dep::Det]).is_some_and(|t| a.word(t).eq_ignore_ascii_case("the"))
        {
            let before = |t: usize| a[t].start < a[head].start;
            let named = (head.saturating_sub(600)..head).rev().find_map(|t| {
                (a[t].lemma == a[head].lemma && matches!(a[t].pos, Pos::Noun) && before(t))
                    .then(|| sources::resolve(d, self.entities, t))
                    .flatten()
            });
            return named.or_else(|| self.speaker_before(head, d.block_of(head).0).flatten());
        }
        None
    }

    /// In the order of the text, without doubles.
    fn finish(self) -> Vec<Statement> {
        let mut found = self.found;
        found.sort_by(|a, b| {
            let key = |s: &Statement| (s.content[0].start, usize::MAX - s.content[s.content.len() - 1].end);
            key(a).cmp(&key(b)).then(b.rule.confidence().total_cmp(&a.rule.confidence()))
        });
        let mut kept: Vec<Statement> = Vec::new();
        for statement in found {
            // "He left, Lind said, according to the agency" has two sources: both are kept.
            let double = kept.iter().rev().take(6).position(|k| {
                let same = k.speaker == statement.speaker || k.speaker.is_none() || statement.speaker.is_none();
                overlap(&k.content, &statement.content) > if same { 0.7 } else { 0.97 }
            });
            match double.map(|i| kept.len() - 1 - i) {
                Some(i) if kept[i].rule.confidence() < statement.rule.confidence() => kept[i] = statement,
                Some(_) => {}
                None => kept.push(statement),
            }
        }
        kept
    }
}

fn cue_words(verb: usize, second: Option<usize>, cue: &Cue) -> (Range<usize>, String) {
    let end = second.filter(|&s| s == verb + 1).map_or(verb + 1, |s| s + 1);
    (verb..end, cue.lemma.to_owned())
}

/// Intersection over union of two contents, in bytes.
fn overlap(a: &[Range<usize>], b: &[Range<usize>]) -> f64 {
    let len = |x: &[Range<usize>]| x.iter().map(Range::len).sum::<usize>();
    let common: usize =
        a.iter().flat_map(|x| b.iter().map(move |y| x.end.min(y.end).saturating_sub(x.start.max(y.start)))).sum();
    common as f64 / (len(a) + len(b) - common).max(1) as f64
}

/// Adds "I", "me", "my" in direct speech to the mentions of its speaker.
fn first_person(d: &Document, statements: &[Statement], entities: &mut Entities) {
    let mut by_head: FxHashMap<usize, usize> = FxHashMap::default();
    for (i, mention) in entities.mentions.iter().enumerate() {
        by_head.insert(mention.head, i);
    }
    let mut new = Vec::new();
    for statement in statements.iter().filter(|s| s.kind == StatementKind::Direct) {
        let Some(speaker @ EntityId::Person(_)) = statement.speaker else { continue };
        for bytes in &statement.content {
            for t in d.analysis.tokens_in(bytes.clone()) {
                let word = d.analysis.word(t).to_lowercase();
                if !matches!(word.as_str(), "i" | "me" | "my" | "mine" | "myself") || d.analysis[t].pos == Pos::Num {
                    continue;
                }
                match by_head.get(&t) {
                    Some(&i) if entities.mentions[i].entities.is_empty() => entities.mentions[i].entities.push(speaker),
                    Some(_) => {}
                    None => new.push(Mention {
                        tokens: t..t + 1,
                        head: t,
                        entities: vec![speaker],
                        kind: MentionKind::Pronoun,
                    }),
                }
            }
        }
    }
    for mention in new {
        entities.add(mention);
    }
}
