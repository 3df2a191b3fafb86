//! spaCy's output as `oracle/expected.py` writes it, and how far an analysis agrees with it.

use demarche_nlp::Analysis;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::Path;

/// What spaCy says of a text.
#[derive(Debug, Deserialize)]
pub struct Expected {
    /// Where the text comes from.
    pub id: String,
    /// The text.
    pub text: String,
    tokens: Vec<ExpectedToken>,
    ents: Vec<(usize, usize, String)>,
    sents: Vec<(usize, usize)>,
}

/// First byte, byte after the last, space after, tag, part of speech, head, relation, lemma.
#[derive(Debug, Deserialize)]
struct ExpectedToken(usize, usize, u8, String, String, usize, String, String);

/// Reads a file of expected output, one text a line.
pub fn read(path: &Path) -> Vec<Expected> {
    let file = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("cannot read {}: {e}", path.display()));
    let line = |(i, line)| {
        serde_json::from_str(line)
            .unwrap_or_else(|e| panic!("{}, line {}: {e}; was it written by expected.py?", path.display(), i + 1))
    };
    file.lines().enumerate().map(line).collect()
}

/// What is compared, in the order of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// The token's extent and whether a space follows.
    Token,
    Tag,
    Pos,
    Head,
    Relation,
    Lemma,
    /// Whether a sentence begins with the token.
    Sentence,
    /// The type of the entity that the token is in, and whether it begins it.
    Entity,
    /// Entities with extent and type, of those that either side has.
    EntitySpan,
}

/// How many of the things compared are the same, and the differences in words.
#[derive(Debug, Default)]
pub struct Parity {
    counts: BTreeMap<Measure, (usize, usize)>,
    /// Differences in the order in which they were met.
    pub differences: Vec<String>,
}

impl Parity {
    /// Compares the analysis of one text with what is expected. Tokens are paired by their extent; what is said of one that
    /// only spaCy has counts as different.
    pub fn compare(&mut self, expected: &Expected, found: &Analysis) {
        let pairs: BTreeMap<(usize, usize), usize> =
            found.tokens().iter().enumerate().map(|(i, t)| ((t.start, t.end), i)).collect();
        let begins: Vec<bool> = flags(expected.tokens.len(), expected.sents.iter().map(|s| s.0));
        let found_begins: Vec<bool> = flags(found.len(), found.sentences().iter().map(|s| s.start));
        let entities =
            inside(expected.tokens.len(), expected.ents.iter().map(|(a, b, label)| (*a..*b, label.as_str())));
        let found_entities = found.entities().iter().map(|e| (e.tokens.clone(), e.label.as_str()));
        let found_inside = inside(found.len(), found_entities.clone());
        let extent = |i: usize| (expected.tokens[i].0, expected.tokens[i].1);
        for (i, token) in expected.tokens.iter().enumerate() {
            let pair = pairs.get(&extent(i)).copied();
            let said = pair.map(|j| &found[j]);
            let space = |space: bool| if space { "with a space after" } else { "with no space after" };
            let mut check = |measure, wanted: &str, got: Option<&str>| {
                self.count(measure, got == Some(wanted), || {
                    let got = got.map_or_else(|| "no such token".to_owned(), |g| format!("{g:?}"));
                    format!("{}: {}: spaCy {wanted:?}, here {got}", expected.id, context(expected, i))
                });
            };
            check(Measure::Token, space(token.2 == 1), said.map(|t| space(t.space_after)));
            check(Measure::Tag, &token.3, said.map(|t| t.tag.as_str()));
            check(Measure::Pos, &token.4, said.map(|t| t.pos.as_str()));
            check(Measure::Relation, &token.6, said.map(|t| t.dep.as_str()));
            check(Measure::Lemma, &token.7, said.map(|t| &*t.lemma));
            let sentence = |begins: bool| if begins { "begins a sentence" } else { "goes on" };
            check(Measure::Sentence, sentence(begins[i]), pair.map(|j| sentence(found_begins[j])));
            check(Measure::Entity, &entities[i], pair.map(|j| &*found_inside[j]));
            let head = |(start, end): (usize, usize)| format!("{} at {start}", &expected.text[start..end]);
            let found_head = said.map(|t| head((found[t.head].start, found[t.head].end)));
            check(Measure::Head, &head(extent(token.5)), found_head.as_deref());
        }
        let spans: Vec<_> =
            expected.ents.iter().map(|(a, b, label)| (extent(*a).0..extent(b - 1).1, label.as_str())).collect();
        let found_spans: Vec<_> = found_entities.map(|(tokens, label)| (found.bytes(tokens), label)).collect();
        let missing = spans.iter().filter(|s| !found_spans.contains(s)).map(|s| (s, "not here"));
        let extra = found_spans.iter().filter(|s| !spans.contains(s)).map(|s| (s, "not in spaCy's output"));
        for ((bytes, label), side) in missing.chain(extra) {
            let words = &expected.text[bytes.clone()];
            self.count(Measure::EntitySpan, false, || format!("{}: entity {words:?} {label}: {side}", expected.id));
        }
        for _ in spans.iter().filter(|s| found_spans.contains(s)) {
            self.count(Measure::EntitySpan, true, String::new);
        }
    }

    fn count(&mut self, measure: Measure, same: bool, difference: impl FnOnce() -> String) {
        let (agreed, all) = self.counts.entry(measure).or_default();
        *all += 1;
        if same {
            *agreed += 1;
        } else {
            self.differences.push(format!("{measure:?}: {}", difference()));
        }
    }

    /// The share that is the same, 1 if there was nothing to compare.
    pub fn share(&self, measure: Measure) -> f64 {
        let (agreed, all) = self.counts.get(&measure).copied().unwrap_or((1, 1));
        agreed as f64 / all as f64
    }
}

impl fmt::Display for Parity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (measure, (agreed, all)) in &self.counts {
            let name = format!("{measure:?}");
            writeln!(f, "{name:<12}{agreed:>9} of {all:>9}  {:8.4} %", 100.0 * self.share(*measure))?;
        }
        Ok(())
    }
}

fn flags(length: usize, set: impl Iterator<Item = usize>) -> Vec<bool> {
    let mut flags = vec![false; length];
    for i in set {
        flags[i] = true;
    }
    flags
}

/// For each token the entity it is in, `B-PERSON` at its beginning, `I-PERSON` after it, `O` outside.
fn inside<'a>(length: usize, entities: impl Iterator<Item = (Range<usize>, &'a str)>) -> Vec<String> {
    let mut inside = vec!["O".to_owned(); length];
    for (tokens, label) in entities {
        for i in tokens.clone() {
            inside[i] = format!("{}-{label}", if i == tokens.start { 'B' } else { 'I' });
        }
    }
    inside
}

/// The token in brackets, with three tokens before and after.
fn context(expected: &Expected, token: usize) -> String {
    let tokens = &expected.tokens;
    let (first, last) = (token.saturating_sub(3), (token + 3).min(tokens.len() - 1));
    let text = |from: usize, to: usize| &expected.text[from..to];
    format!(
        "{:?}",
        format!(
            "{}[{}]{}",
            text(tokens[first].0, tokens[token].0),
            text(tokens[token].0, tokens[token].1),
            text(tokens[token].1, tokens[last].1)
        )
    )
}
