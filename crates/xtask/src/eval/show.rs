//! A difference in its context: the sentence with both answers marked, its parse, what the record says there and by which rule.

use super::compare::Difference;
use super::set::Stretches;
use demarche_extract::Reading;
use demarche_nlp::Analysis;
use demarche_record::{Record, SourceText, Span};
use std::fmt::Write as _;
use std::ops::Range;

/// Sentences of one difference that are shown at most.
const SENTENCES: usize = 4;

/// Writes a difference for a screen of some 120 columns.
pub fn show(article: &str, text: &str, reading: &Reading, difference: &Difference) -> String {
    let Difference { subject, sort, gold, system, note } = difference;
    let mut out = format!("── {subject} {sort} · {article}\n   {note}\n");
    let analysis = &reading.analysis;
    let tokens = gold.iter().chain(system).flat_map(|bytes| analysis.tokens_in(bytes.clone()));
    let mut shown: Vec<Range<usize>> = tokens.map(|token| analysis.sentence_of(token)).collect();
    shown.sort_by_key(|sentence| sentence.start);
    shown.dedup();
    if shown.is_empty() {
        out.push_str("\n   (no sentence of the article holds it)\n");
    }
    let left = shown.len().saturating_sub(SENTENCES);
    let page = Page { text, reading, source: SourceText::new(text), gold, system };
    for sentence in shown.into_iter().take(SENTENCES) {
        page.sentence(sentence, &mut out);
    }
    if left > 0 {
        let _ = writeln!(out, "\n   … and {left} more sentences");
    }
    out
}

struct Page<'a> {
    text: &'a str,
    reading: &'a Reading,
    source: SourceText<'a>,
    gold: &'a Stretches,
    system: &'a Stretches,
}

impl Page<'_> {
    fn sentence(&self, sentence: Range<usize>, out: &mut String) {
        let bytes = self.reading.analysis.bytes(sentence.clone());
        let _ = writeln!(out, "\n   {}\n", self.marked(&bytes));
        let width = sentence.clone().map(|t| self.word(t).chars().count()).max().unwrap_or(0).clamp(12, 40);
        for t in sentence {
            let _ = writeln!(out, "{}", self.row(t, width).trim_end());
        }
        let there = |spans: &[&Span]| spans.iter().any(|span| touches(&self.bytes(span), &bytes));
        let record = &self.reading.record;
        let statements = record.statements.iter().zip(&self.reading.statement_rules);
        for (s, rule) in statements.filter(|(s, _)| there(&s.content.iter().collect::<Vec<_>>())) {
            let kind = written(&s.kind);
            let by = s.speaker.as_ref().map_or("nobody".to_owned(), |id| named(record, id));
            let cue = s.cue.as_ref().map_or(String::new(), |cue| format!(", cue {}", cue.lemma));
            let negated = if s.negated { ", negated" } else { "" };
            let _ = writeln!(out, "   {} {rule} {:.2}: {kind} by {by}{cue}{negated}", s.id, s.confidence);
        }
        let meetings = record.meetings.iter().zip(&self.reading.meeting_rules);
        for (m, rule) in meetings.filter(|(m, _)| there(&m.mentions.iter().map(|x| &x.span).collect::<Vec<_>>())) {
            let who: Vec<String> = m.participants.iter().map(|who| named(record, &who.entity)).collect();
            let mode = m.mode.as_ref().map_or(String::new(), |mode| format!(", {}", written(mode)));
            let place = m.place.as_ref().map_or(String::new(), |id| format!(", at {}", named(record, id)));
            let time = m.time.as_ref().map_or(String::new(), |time| format!(", {}", time.value));
            let (status, who) = (written(&m.status), who.join(" + "));
            let _ =
                writeln!(out, "   {} {rule} {:.2}: {} {status}: {who}{mode}{place}{time}", m.id, m.confidence, m.kind);
        }
        for t in record.times.iter().filter(|t| there(&[&t.span])) {
            let _ = writeln!(out, "   time {:?}: {}", t.span.text(), t.value);
        }
    }

    /// The sentence on one line, with ⟦what people marked⟧ and {what the system marked}.
    fn marked(&self, bytes: &Range<usize>) -> String {
        let mut marks: Vec<(usize, u8, char)> = Vec::new();
        for (stretches, (open, close), inner) in [(self.gold, ('⟦', '⟧'), 1), (self.system, ('{', '}'), 0)] {
            for stretch in stretches.iter().filter(|stretch| touches(stretch, bytes)) {
                marks.push((stretch.start.max(bytes.start), 2 + inner, open));
                marks.push((stretch.end.min(bytes.end), 1 - inner, close));
            }
        }
        // At one place what ends stands before what begins.
        marks.sort_unstable();
        let mut line = String::new();
        let mut at = bytes.start;
        for (place, _, mark) in marks {
            line.push_str(&self.text[at..place]);
            line.push(mark);
            at = place;
        }
        line.push_str(&self.text[at..bytes.end]);
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A token: its number, G and S where people and the system marked it, the word as deep as it stands in the tree, tag, relation
    /// and head, lemma, the model's entity label, mentions.
    fn row(&self, t: usize, width: usize) -> String {
        let analysis = &self.reading.analysis;
        let token = &analysis[t];
        let bytes = token.start..token.end;
        let mark =
            |stretches: &Stretches, letter| if stretches.iter().any(|s| touches(s, &bytes)) { letter } else { ' ' };
        let depth = analysis.ancestors(t).count().min(12);
        let word = format!("{}{}", "· ".repeat(depth), self.word(t));
        let head = if token.head == t { String::new() } else { format!("{} {}", token.head, self.word(token.head)) };
        let label = analysis.entities().iter().find(|entity| entity.tokens.contains(&t));
        let label = label.map_or(String::new(), |entity| entity.label.to_string());
        format!(
            "{t:6} {}{} {word:columns$} {:5} {:9} {head:16} {:14} {label:8} {}",
            mark(self.gold, 'G'),
            mark(self.system, 'S'),
            token.tag,
            token.dep,
            &*token.lemma,
            self.mentions(&bytes).join(" "),
            columns = width + 12,
        )
    }

    /// The entities that are mentioned at a token: the innermost last.
    fn mentions(&self, token: &Range<usize>) -> Vec<String> {
        let record = &self.reading.record;
        let entities = (record.people.iter().map(|p| (&p.id, &p.mentions)))
            .chain(record.organizations.iter().map(|o| (&o.id, &o.mentions)))
            .chain(record.places.iter().map(|l| (&l.id, &l.mentions)));
        let mut found: Vec<(usize, String)> = Vec::new();
        for (id, mentions) in entities {
            for mention in mentions {
                let bytes = self.bytes(&mention.span);
                if touches(&bytes, token) {
                    // The name is told once, where the mention begins.
                    let begins = bytes.start >= token.start;
                    found.push((bytes.start, if begins { named(record, id) } else { id.clone() }));
                }
            }
        }
        found.sort();
        found.into_iter().map(|(_, name)| name).collect()
    }

    fn word(&self, t: usize) -> String {
        let analysis: &Analysis = &self.reading.analysis;
        analysis.word(t).split_whitespace().collect::<Vec<_>>().join("␣")
    }

    fn bytes(&self, span: &Span) -> Range<usize> {
        self.source.byte(span.start())..self.source.byte(span.end())
    }
}

/// Id and name of an entity.
fn named(record: &Record, id: &str) -> String {
    let names = (record.people.iter().map(|p| (&p.id, &p.name)))
        .chain(record.organizations.iter().map(|o| (&o.id, &o.name)))
        .chain(record.places.iter().map(|l| (&l.id, &l.name)));
    let name = names.into_iter().find(|(entity, _)| *entity == id).map_or("?", |(_, name)| name);
    format!("{id} {name}")
}

/// A member of an enum as the record writes it.
fn written(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn touches(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
