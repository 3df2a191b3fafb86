//! Who said what: direct, mixed and indirect statements with their speakers.
//!
//! Transcript turns come first, then quotations with the cues beside them ([`speech`]), then the clauses that cue verbs and
//! nouns take as complements ([`clauses`]); what lies inside direct speech is its speaker's alone.

mod addressees;
mod borders;
mod clauses;
mod cues;
mod labels;
mod moments;
mod parentheticals;
mod rules;
mod sources;
mod speakers;
mod speech;
mod turns;

use crate::document::Document;
use crate::entities::{Entities, EntityId, Mention};
use crate::quotations::{Quotation, Quotations};
use addressees::Addressees;
use clauses::Complement;
use cues::{Cue, LEXICON};
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::{MentionKind, StatementKind};
pub use rules::{Link, Rule};
use sources::Subject;
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
    /// Phrases beside the cue that may tell when it was said, the likeliest first.
    pub moments: Vec<Range<usize>>,
    /// Whether it is reported not to have been said.
    pub negated: bool,
    /// How it was found; tells how far it is to be trusted.
    pub rule: Rule,
}

impl Statement {
    /// How the speaker is named, if there is one.
    pub fn link(&self, entities: &Entities) -> Option<Link> {
        let speaker = self.speaker?;
        let Some(source) = &self.source else { return Some(Link::Carried) };
        let within = |m: &&Mention| m.tokens.start < source.end && source.start < m.tokens.end;
        let of_speaker = entities.mentions.iter().filter(within).filter(|m| m.entities.contains(&speaker));
        // "Prime Minister Lee" is a noun around a name: the name counts.
        let kind = of_speaker.map(|mention| mention.kind).min();
        Some(match kind {
            Some(MentionKind::Name) => Link::Named,
            Some(MentionKind::Pronoun) => Link::Pronoun,
            Some(MentionKind::Nominal) | None => Link::Nominal,
        })
    }

    /// How often such a statement is said, and by the one who is given as its speaker.
    pub fn confidence(&self, entities: &Entities) -> f64 {
        self.rule.confidence() * self.link(entities).map_or(1.0, Link::confidence)
    }
}

/// Finds the statements of a document. First-person pronouns inside direct speech are added to the mentions of its speaker,
/// and groups that are spoken to ("reporters") to the bodies.
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
    let found = finder.finish();
    let mut groups = Vec::new();
    for (i, (_, heads)) in found.iter().enumerate() {
        groups.extend(heads.iter().map(|&head| (i, head)));
    }
    let mut statements: Vec<Statement> = found.into_iter().map(|(statement, _)| statement).collect();
    speakers::first_person(document, &statements, entities);
    for (i, group) in addressees::name_groups(document, &groups, entities) {
        statements[i].addressees.push(group);
    }
    statements
}

struct Finder<'a> {
    d: &'a Document<'a>,
    quotations: &'a Quotations,
    entities: &'a Entities,
    /// Statements with the heads of the groups that they are said to.
    found: Vec<(Statement, Vec<usize>)>,
    /// Bytes of direct speech.
    spoken: Vec<Range<usize>>,
    /// Bytes of turns with their labels.
    turns: Vec<Range<usize>>,
    /// Verbs that attribute a quotation.
    cues_used: Vec<usize>,
}

/// What the article tells of a statement beside its content.
#[derive(Debug, Clone, Default)]
struct Telling {
    speaker: Option<EntityId>,
    /// The words that name the speaker, and their head.
    source: Option<Range<usize>>,
    head: Option<usize>,
    cue: Option<(Range<usize>, String)>,
    stance: Option<&'static str>,
    addressees: Addressees,
    moments: Vec<Range<usize>>,
    negated: bool,
}

impl Telling {
    fn statement(self, kind: StatementKind, content: Vec<Range<usize>>, rule: Rule) -> (Statement, Vec<usize>) {
        let Telling { speaker, source, head: _, cue, stance, addressees, moments, negated } = self;
        let Addressees { mut named, groups } = addressees;
        named.retain(|&a| Some(a) != speaker);
        let statement =
            Statement { kind, speaker, source, cue, stance, content, addressees: named, moments, negated, rule };
        (statement, groups)
    }
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
            let speaker = turns::speaker(d, self.entities, &turn.label);
            let telling = Telling { speaker, source: Some(turn.label), ..Telling::default() };
            self.found.push(telling.statement(StatementKind::Direct, vec![content], Rule::Turn));
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
            let kind = if speech.mixed { StatementKind::Mixed } else { StatementKind::Direct };
            let mut telling = Telling::default();
            if let Some(attribution) = &speech.attribution {
                if let Some((verb, cue, second)) = attribution.verb {
                    self.cues_used.push(verb);
                    telling = self.telling(verb, cue, second, attribution.source.as_ref().map(|s| s.head), &[]);
                    let spoken: Vec<_> = speech
                        .content
                        .iter()
                        .map(|c| d.analysis.tokens_in(c.clone()))
                        .filter(|t| !t.is_empty())
                        .collect();
                    telling.moments = moments::of_verb(d, verb, &spoken);
                } else if let Some(source) = &attribution.source {
                    telling.speaker = speakers::behind(d, self.entities, source.head);
                    // "Partial transcript:" is nobody.
                    if telling.speaker.is_none() && !speakers::personal(d, source.head) {
                        continue;
                    }
                }
                telling.source = attribution.source.as_ref().map(|s| s.tokens.clone());
                // "A sign read “No entry”" says nobody.
                let reads = attribution.verb.is_some_and(|(_, cue, _)| cue.lemma == "read");
                let somebody = |s: &sources::Source| speakers::is_written(d, s.head);
                if reads
                    && !matches!(telling.speaker, Some(EntityId::Person(_)))
                    && !attribution.source.as_ref().is_some_and(somebody)
                {
                    continue;
                }
            } else {
                // Nobody is named beside it: it goes on from the speaker of this paragraph or the one before.
                let near = last_speaker.filter(|&(b, _)| b + 1 >= block).map(|(_, s)| s);
                telling.speaker = near.unwrap_or_else(|| speakers::last(d, self.entities, speech.tokens.start, block));
                if telling.speaker.is_none() {
                    continue;
                }
            }
            last_speaker = Some((d.block_of(speech.tokens.end - 1).0, telling.speaker));
            self.spoken.extend(speech.content.iter().cloned());
            self.found.push(telling.statement(kind, speech.content, speech.rule));
        }
    }

    /// What a cue verb with the head of its source tells. `content` are the tokens of what is said in the article's words.
    fn telling(
        &self,
        verb: usize,
        cue: &Cue,
        second: Option<usize>,
        source: Option<usize>,
        content: &[Range<usize>],
    ) -> Telling {
        let (d, entities) = (self.d, self.entities);
        let addressees = addressees::of_verb(d, entities, verb, cue.addressee_object);
        let speaker = source.and_then(|head| {
            let speaker = self.speaker_of(head, verb)?;
            let spoken_of = speakers::called_by_name(d, entities, content);
            let wrong: Vec<EntityId> = addressees.named.iter().copied().chain(spoken_of).collect();
            let pronoun = matches!(d.analysis[head].tag, Tag::Prp);
            if pronoun && wrong.contains(&speaker) { speakers::other(d, entities, head, &wrong) } else { Some(speaker) }
        });
        Telling {
            speaker,
            head: source,
            cue: Some(cue_words(verb, second, cue)),
            stance: Some(cue.stance),
            addressees,
            negated: sources::negated(d, verb),
            ..Telling::default()
        }
    }

    /// The entity behind a source, if the source stands in the article's own words as its cue does.
    fn speaker_of(&self, head: usize, verb: usize) -> Option<EntityId> {
        match self.spoken_around(head, verb) {
            Some(around) => around.speaker,
            None => speakers::behind(self.d, self.entities, head),
        }
    }

    /// The direct speech that a subject stands in while its verb does not: in "“That is how we live,” she said, asking …" the
    /// parser took the quotation for what the participle goes with.
    fn spoken_around(&self, head: usize, verb: usize) -> Option<&Statement> {
        let a = &self.d.analysis;
        let (head, verb) = (a[head].start, a[verb].start);
        if !self.is_spoken(head) || self.is_spoken(verb) {
            return None;
        }
        let mut found = self.found.iter().rev().map(|(statement, _)| statement);
        found.find(|s| s.content.iter().any(|c| c.contains(&head)))
    }

    fn reported_clauses(&mut self) {
        let d = self.d;
        let a = &d.analysis;
        for token in 0..a.len() {
            if self.is_spoken(a[token].start) {
                continue;
            }
            let according =
                parentheticals::according(d, token).map(|(head, complement)| (head, complement, "according to"));
            let told = according.or_else(|| parentheticals::in_words(d, token).map(|(head, c)| (head, c, "words")));
            if let Some((head, complement, cue)) = told {
                let telling = Telling {
                    speaker: speakers::behind(d, self.entities, head),
                    source: Some(sources::phrase(d, head, usize::MAX)),
                    cue: Some((token..token + usize::from(cue == "according to") + 1, cue.to_owned())),
                    stance: Some("state"),
                    moments: moments::of_noun(d, head),
                    ..Telling::default()
                };
                self.add(complement, telling);
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

    fn verb(&mut self, verb: usize, cue: &'static Cue, second: Option<usize>) {
        let d = self.d;
        let a = &d.analysis;
        if sources::idle(d, verb) || sources::hypothetical(d, verb) || sources::asked(d, verb) {
            return;
        }
        let subject = sources::subject(d, verb);
        let source = match subject {
            // "issued a statement saying": the words name who issued it.
            Subject::Head(head) => Some(sources::source(d, speakers::writer(d, head).unwrap_or(head), verb)),
            _ => None,
        };
        let it_is_said = source.is_none() && subject == Subject::Withheld;
        if !it_is_said && !source.as_ref().is_some_and(|s| sources::somebody(d, s)) {
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
                complements.extend(parentheticals::around(d, verb, cue, &source.tokens));
            }
        }
        // "brushed away what she said was dust": the clause is hers and the article's at once.
        let what = |s: &sources::Source| {
            s.tokens.start > 0 && s.head < verb && a.word(s.tokens.start - 1).eq_ignore_ascii_case("what")
        };
        if source.as_ref().is_some_and(what) && cue.clause {
            complements.retain(|c| c.rule != Rule::BareClause && c.rule != Rule::TokenClause);
        }
        for complement in complements {
            let mut telling = self.telling(verb, cue, second, source.as_ref().map(|s| s.head), &complement.content);
            if matches!(complement.rule, Rule::NounPhrase | Rule::Accusation) && cue.addressee_object {
                telling.addressees = addressees::of_verb(d, self.entities, verb, false);
            }
            // "did not say whether": nothing is said.
            let kept_back = telling.negated
                && !matches!(cue.stance, "deny" | "confirm" | "admit")
                && matches!(complement.rule, Rule::WhClause | Rule::NounPhrase | Rule::Preposition | Rule::Predicate);
            if kept_back || a[verb].tag == Tag::Vbn && complement.rule == Rule::WhClause && it_is_said {
                continue;
            }
            telling.source = source.as_ref().map(|s| s.tokens.clone());
            if let Some(around) = source.as_ref().and_then(|s| self.spoken_around(s.head, verb)) {
                telling.source = around.source.clone();
            }
            telling.moments = moments::of_verb(d, verb, &complement.content);
            self.add(complement, telling);
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
        let mut source = sources::phrase(d, head, noun);
        while source.len() > 1 && a[source.end - 1].tag == Tag::Pos {
            source.end -= 1;
        }
        let telling = Telling {
            speaker: speakers::behind(d, self.entities, head),
            source: Some(source),
            head: Some(head),
            cue: Some(cue_words(noun, None, cue)),
            stance: Some(cue.stance),
            moments: moments::of_noun(d, noun),
            ..Telling::default()
        };
        self.add(complement, telling);
    }

    /// Adds a reported clause; its kind comes from the quotations in it.
    fn add(&mut self, complement: Complement, telling: Telling) {
        let rule = complement.rule;
        let mut content = Vec::new();
        let mut quoted = 0;
        let mut whole = 0;
        for tokens in &complement.content {
            let (bytes, quotations, all) = self.with_quotations(tokens);
            if let Some(split) = self.quotations_alone(&bytes).filter(|_| complement.content.len() == 1) {
                quoted += split.len();
                whole += split.len();
                content.extend(split);
                break;
            }
            if bytes.start < bytes.end {
                content.push(bytes);
            }
            quoted += quotations;
            whole += usize::from(all);
        }
        let things = matches!(rule, Rule::NounPhrase | Rule::Preposition | Rule::Predicate | Rule::NounPreposition);
        // "thanked Lee", "citing the ministry": who is named is not what is said.
        if things && self.names_somebody(&complement, telling.cue.as_ref().is_some_and(|(_, lemma)| lemma == "cite")) {
            return;
        }
        let personal = telling.head.is_some_and(|head| speakers::personal(self.d, head));
        if things && telling.speaker.is_none() && quoted == 0 && !personal {
            return;
        }
        // What is told within a turn of a transcript counts only if it has a speaker.
        let in_turn = |byte: usize| {
            let turn = self.turns.get(self.turns.partition_point(|t| t.end <= byte));
            turn.is_some_and(|t| t.start <= byte)
        };
        if telling.speaker.is_none() && content.first().is_some_and(|c| in_turn(c.start)) {
            return;
        }
        if content.is_empty() || content.iter().any(|c| self.is_spoken(c.start) || self.is_spoken(c.end - 1)) {
            return;
        }
        let clause = matches!(
            rule,
            Rule::ThatClause
                | Rule::BareClause
                | Rule::TokenThat
                | Rule::TokenClause
                | Rule::Colon
                | Rule::Label
                | Rule::According
                | Rule::PostPosed
                | Rule::Parenthetical
        );
        let kind = match quoted {
            0 => StatementKind::Indirect,
            // "accused them of “lying”": the frame is the article's, the words are not.
            _ if whole == content.len() && whole == quoted && clause => StatementKind::Direct,
            _ => StatementKind::Mixed,
        };
        // A label alone, "also called “the Wall”", and a lone word that the parser left tell nothing.
        let label = rule == Rule::Predicate && whole > 0 && whole == content.len() && whole == quoted;
        let word = kind == StatementKind::Indirect && complement.content.iter().map(Range::len).sum::<usize>() == 1;
        if label || word && !things {
            return;
        }
        self.found.push(telling.statement(kind, content, rule));
    }

    /// Whether a content is a person's name or role and no more, or where `bodies` is set the name of a body.
    fn names_somebody(&self, complement: &Complement, bodies: bool) -> bool {
        let [tokens] = complement.content.as_slice() else { return false };
        let a = &self.d.analysis;
        let head = tokens.clone().find(|&t| !tokens.contains(&a[t].head) || a[t].head == t);
        let Some(mention) = head.and_then(|head| self.entities.headed_by(head)) else { return false };
        let behind = mention.tokens.end.max(mention.head + 1)..tokens.end;
        let more = behind.clone().any(|t| matches!(a[t].pos, Pos::Verb | Pos::Adj) || borders::is_mark(self.d, t));
        match mention.entities.first() {
            Some(EntityId::Person(_)) if complement.rule == Rule::Predicate => behind.is_empty(),
            Some(EntityId::Person(_)) => !more,
            Some(EntityId::Organization(_)) => bodies,
            _ => false,
        }
    }

    /// The bytes of a run of tokens with the quotations in it, each as a whole or not at all; how many there are, and whether
    /// the run is one quotation.
    fn with_quotations(&self, tokens: &Range<usize>) -> (Range<usize>, usize, bool) {
        let mut bytes = self.d.analysis.bytes(tokens.clone());
        let (limit, mut quoted, mut all) = (bytes.end, 0, false);
        let first = self.quotations.spans.partition_point(|q| q.outer.end <= bytes.start);
        for q in self.quotations.spans[first..].iter().take_while(|q| q.outer.start < limit) {
            let inside = q.inner.start.max(bytes.start)..q.inner.end.min(bytes.end);
            if inside.start >= inside.end {
                continue;
            }
            let from_start = bytes.start <= q.inner.start || tokens.start == q.tokens.start;
            if from_start && bytes.start >= q.outer.start
                || 2 * (inside.end - inside.start) >= q.inner.end - q.inner.start
            {
                bytes = bytes.start.min(q.outer.start)..bytes.end.max(q.outer.end);
                quoted += 1;
                if q.outer == bytes {
                    bytes = q.inner.clone();
                    all = true;
                }
            } else if q.outer.start > bytes.start {
                let before = self.d.article.text[bytes.start..q.outer.start].trim_end();
                if before.ends_with(['.', '!', '?']) || self.is_spoken(q.inner.start) {
                    bytes.end = bytes.start + before.len();
                } else {
                    // "said the ministry “never answered. It never does.”"
                    bytes.end = q.outer.end;
                    quoted += 1;
                }
            }
        }
        (bytes, quoted, all)
    }

    /// The quotations of a stretch that is nothing else: “A” and “B”; or “A” with words that tell when it was said.
    fn quotations_alone(&self, bytes: &Range<usize>) -> Option<Vec<Range<usize>>> {
        let d = self.d;
        let first = self.quotations.spans.partition_point(|q| q.outer.end <= bytes.start);
        let inside = self.quotations.spans[first..].iter().take_while(|q| q.outer.end <= bytes.end);
        let inside: Vec<&Quotation> = inside.filter(|q| bytes.start <= q.outer.start).collect();
        let (first, last) = (inside.first()?, inside.last()?);
        if first.outer.start != bytes.start {
            return None;
        }
        let joined = inside.windows(2).all(|pair| {
            let between = d.article.text[pair[0].outer.end..pair[1].outer.start].trim_matches([' ', ',']);
            matches!(between, "" | "and" | "but" | "or")
        });
        let rest = d.analysis.tokens_in(last.outer.end..bytes.end);
        let told = rest.is_empty()
            || inside.len() == 1
                && speech::is_clause(d, first)
                && tells_when(d, rest.start)
                && rest.clone().all(|t| !matches!(d.analysis[t].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md));
        (joined && told && (inside.len() > 1 || !rest.is_empty()))
            .then(|| inside.iter().map(|q| q.inner.clone()).collect())
    }

    /// Whether a byte lies in direct speech.
    fn is_spoken(&self, byte: usize) -> bool {
        let i = self.spoken.partition_point(|r| r.end <= byte);
        self.spoken.get(i).is_some_and(|r| r.start <= byte)
    }

    /// In the order of the text, without doubles.
    fn finish(self) -> Vec<(Statement, Vec<usize>)> {
        let mut found = self.found;
        found.sort_by(|a, b| {
            let key = |s: &Statement| (s.content[0].start, usize::MAX - s.content[s.content.len() - 1].end);
            key(&a.0).cmp(&key(&b.0)).then(b.0.rule.rank().cmp(&a.0.rule.rank()))
        });
        let mut kept: Vec<(Statement, Vec<usize>)> = Vec::new();
        for (statement, groups) in found {
            // "He left, Lind said, according to the agency" has two sources: both are kept.
            let double = kept.iter().rev().take(6).position(|(k, _)| {
                let same = k.speaker == statement.speaker || k.speaker.is_none() || statement.speaker.is_none();
                overlap(&k.content, &statement.content) > if same { 0.7 } else { 0.97 }
            });
            match double.map(|i| kept.len() - 1 - i) {
                Some(i) if kept[i].0.rule.rank() < statement.rule.rank() => kept[i] = (statement, groups),
                Some(_) => {}
                None => kept.push((statement, groups)),
            }
        }
        kept
    }
}

fn cue_words(verb: usize, second: Option<usize>, cue: &Cue) -> (Range<usize>, String) {
    let end = second.filter(|&s| s == verb + 1).map_or(verb + 1, |s| s + 1);
    (verb..end, cue.lemma.to_owned())
}

/// Whether a phrase tells on what occasion something was said: "in response to", "when asked", "after the vote".
fn tells_when(d: &Document, token: usize) -> bool {
    let word = |t: usize| d.analysis.word(t).to_lowercase();
    match word(token).as_str() {
        "when" | "after" | "during" | "while" => true,
        "in" => token + 1 < d.analysis.len() && matches!(&*word(token + 1), "response" | "reply" | "answer"),
        _ => false,
    }
}

/// Intersection over union of two contents, in bytes.
fn overlap(a: &[Range<usize>], b: &[Range<usize>]) -> f64 {
    let len = |x: &[Range<usize>]| x.iter().map(Range::len).sum::<usize>();
    let common: usize =
        a.iter().flat_map(|x| b.iter().map(move |y| x.end.min(y.end).saturating_sub(x.start.max(y.start)))).sum();
    common as f64 / (len(a) + len(b) - common).max(1) as f64
}
