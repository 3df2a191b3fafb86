//! An article: its text and what was read where.

use super::absent;
use super::answers::{Article, Fragment, Mark, Marked, Stretch};
use super::facts::{Facts, mention, text};
use super::index::{Entry, Index, at};
use super::methods::Context;
use super::parameters::Parameters;
use crate::exchange::Failed;
use demarche_graph::model::{NamedOrBlankNode, Term};
use demarche_graph::vocabulary::{dm, nif, rdf};
use demarche_graph::{Article as Source, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Longer files are not read again for their text; `demarche build` takes none that are longer.
const LONGEST: u64 = 16 << 20;

pub(super) fn article(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Article, Failed> {
    let Context { store, index, facts } = *context;
    let key = format!("article/{}", parameters.text("name").unwrap_or_default());
    let Some(Entry::Article(number)) = index.find(&key) else { return Err(absent(&key)) };
    let known = &index.articles[at(number)];
    let read = Reading::of(index, facts, &key)?;
    let record = store.record(&known.id)?;
    let whole = record.as_ref().and_then(text_of);
    let complete = whole.is_some();
    let fragments = match whole {
        Some(text) => vec![Fragment { start: 0, text }],
        None => join(&read.words),
    };
    let marks = read.marks(record.as_ref());
    let things: BTreeSet<&str> = marks.iter().map(|mark| mark.key.as_str()).collect();
    Ok(Article {
        summary: index.article_summary(number),
        iri: facts.node(&key).into_string(),
        file: known.file.clone(),
        url: known.url.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        dated_by: known.dated_by.clone(),
        complete,
        fragments,
        body: record.iter().flat_map(|record| &record.body).map(|r| Stretch { start: r.start, end: r.end }).collect(),
        things: things.into_iter().filter_map(|key| index.find(key)).map(|entry| marked(index, entry)).collect(),
        marks,
    })
}

/// What a reader wants to know of it beside its words.
fn marked(index: &Index, entry: Entry) -> Marked {
    let (detail, confidence) = match entry {
        Entry::Named(number) => (index.named[at(number)].sort.clone(), None),
        Entry::Meeting(number) => {
            let meeting = &index.meetings[at(number)];
            (Some(meeting.status.clone()), Some(meeting.confidence))
        }
        Entry::Statement(number) => {
            let statement = &index.statements[at(number)];
            (statement.speaker.map(|speaker| index.named_link(speaker).name), Some(statement.confidence))
        }
        Entry::Article(_) => (None, None),
    };
    Marked { thing: index.link(entry), detail, confidence }
}

/// The text: what the store keeps, else the file, if it is there and still says the same.
fn text_of(record: &Record) -> Option<String> {
    if record.text.is_some() {
        return record.text.clone();
    }
    let about = std::fs::metadata(&record.source).ok()?;
    if !about.is_file() || about.len() > LONGEST {
        return None;
    }
    let text = std::fs::read_to_string(&record.source).ok()?;
    let source = Source::new(record.source.as_str(), text);
    (source.id() == record.id).then_some(source.text)
}

/// What an article's graph says of its words.
struct Reading {
    /// Every stretch with its words.
    words: BTreeMap<(usize, usize), String>,
    /// Stretches that name somebody or something.
    namings: Vec<(usize, usize, String, String)>,
    /// Stretches that a meeting or statement rests on.
    reports: Vec<(usize, usize, String)>,
}

impl Reading {
    fn of(index: &Index, facts: Facts<'_>, article: &str) -> Result<Self, Failed> {
        let base = facts.names().base();
        let mut reading = Self { words: BTreeMap::new(), namings: Vec::new(), reports: Vec::new() };
        let mut kinds: BTreeMap<String, String> = BTreeMap::new();
        let mut refers: Vec<(String, String)> = Vec::new();
        let mut reported: BTreeMap<String, String> = BTreeMap::new();
        let mut evidence: Vec<(String, String)> = Vec::new();
        for quad in facts.graph(&facts.node(article))? {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            let Some(subject) = subject.as_str().strip_prefix(base) else { continue };
            match quad.predicate.as_ref() {
                rdf::TYPE => {}
                nif::ANCHOR_OF => {
                    if let (Some((_, start, end)), Some(words)) = (mention(subject), text(&quad.object)) {
                        reading.words.insert((start, end), words.to_owned());
                    }
                }
                dm::KIND => {
                    kinds.extend(text(&quad.object).map(|kind| (subject.to_owned(), kind.to_owned())));
                }
                dm::REFERS_TO => refers.extend(key(facts, &quad.object).map(|thing| (subject.to_owned(), thing))),
                dm::REPORTS => {
                    reported.extend(key(facts, &quad.object).map(|thing| (subject.to_owned(), thing)));
                }
                dm::EVIDENCE => evidence.extend(key(facts, &quad.object).map(|words| (subject.to_owned(), words))),
                _ => {}
            }
        }
        for (stretch, thing) in refers {
            if let (Some((_, start, end)), true) = (mention(&stretch), index.find(&thing).is_some()) {
                let kind = kinds.get(&stretch).cloned().unwrap_or_default();
                reading.namings.push((start, end, thing, kind));
            }
        }
        for (report, stretch) in evidence {
            if let (Some((_, start, end)), Some(thing)) = (mention(&stretch), reported.get(&report)) {
                reading.reports.push((start, end, thing.clone()));
            }
        }
        Ok(reading)
    }

    /// The marks, in the order of the words, longer before shorter. The record tells which part of a meeting or statement
    /// a stretch is.
    fn marks(&self, record: Option<&Record>) -> Vec<Mark> {
        let parts = record.map(parts).unwrap_or_default();
        let layer = |key: &str| key.split('/').next().unwrap_or_default().to_owned();
        let namings = self.namings.iter().map(|(start, end, key, kind)| Mark {
            start: *start,
            end: *end,
            layer: layer(key),
            part: kind.clone(),
            key: key.clone(),
        });
        let reports = self.reports.iter().map(|(start, end, key)| {
            let layer = layer(key);
            let part = parts.get(&(layer.as_str(), *start, *end)).copied();
            let usual = if layer == "meeting" { "naming" } else { "content" };
            Mark { start: *start, end: *end, part: part.unwrap_or(usual).to_owned(), layer, key: key.clone() }
        });
        let mut marks: Vec<Mark> = namings.chain(reports).collect();
        marks.sort_by(|a, b| {
            (a.start, b.end, &a.layer, &a.key, &a.part).cmp(&(b.start, a.end, &b.layer, &b.key, &b.part))
        });
        marks.dedup();
        marks
    }
}

fn key(facts: Facts<'_>, term: &Term) -> Option<String> {
    facts.key(term).map(str::to_owned)
}

/// Which parts of meetings and statements stand where. What is said counts before who says it, where both are one stretch.
fn parts(record: &Record) -> BTreeMap<(&'static str, usize, usize), &'static str> {
    let mut parts = BTreeMap::new();
    for meeting in &record.meetings {
        if let Some(time) = &meeting.time {
            parts.insert(("meeting", time.span.start(), time.span.end()), "time");
        }
        for mention in &meeting.mentions {
            parts.insert(("meeting", mention.span.start(), mention.span.end()), "naming");
        }
    }
    for statement in &record.statements {
        if let Some(cue) = &statement.cue {
            parts.insert(("statement", cue.span.start(), cue.span.end()), "cue");
        }
        if let Some(source) = &statement.source {
            parts.insert(("statement", source.start(), source.end()), "source");
        }
    }
    for span in record.statements.iter().flat_map(|statement| &statement.content) {
        parts.insert(("statement", span.start(), span.end()), "content");
    }
    parts
}

/// Stretches that overlap or touch become one fragment.
fn join(words: &BTreeMap<(usize, usize), String>) -> Vec<Fragment> {
    let mut fragments: Vec<(Fragment, usize)> = Vec::new();
    for ((start, end), text) in words {
        match fragments.last_mut() {
            Some((fragment, reached)) if *start <= *reached => {
                if end > reached {
                    fragment.text.extend(text.chars().skip(*reached - start));
                    *reached = *end;
                }
            }
            _ => fragments.push((Fragment { start: *start, text: text.clone() }, *end)),
        }
    }
    fragments.into_iter().map(|(fragment, _)| fragment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_that_overlap_become_one_fragment() {
        let words = [((0, 5), "Ada B"), ((2, 9), "a Byron"), ((4, 6), "By"), ((9, 10), "s"), ((20, 23), "met")];
        let fragments = join(&words.map(|(at, words)| (at, words.to_owned())).into());
        let fragments: Vec<(usize, &str)> = fragments.iter().map(|f| (f.start, f.text.as_str())).collect();
        assert_eq!(fragments, [(0, "Ada Byrons"), (20, "met")]);
    }
}
