//! What people found beside what the system found. The matching is simple, to show where to look; the figures that count are the
//! scorers'.

use super::set::{Gold, Stretches};
use demarche_extract::Reading;
use demarche_record::{MentionKind, Record, SourceText, Span};
use std::fmt;
use std::ops::Range;

/// What a difference is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Subject {
    /// Who is there.
    People,
    /// Who said what.
    Statements,
    /// Who met whom.
    Meetings,
    /// Time expressions.
    Dates,
}

/// A sort of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// People found it, the system did not.
    Missed,
    /// The system found it, people did not.
    FalseAlarm,
    /// Both found it, and what they say of it differs: the speaker, the participants, the value.
    Differs,
}

/// Something that people and the system do not see alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What it is about.
    pub subject: Subject,
    /// How they differ.
    pub sort: Sort,
    /// Bytes that people marked.
    pub gold: Stretches,
    /// Bytes that the system marked.
    pub system: Stretches,
    /// What there is to say of it.
    pub note: String,
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missed => "missed",
            Self::FalseAlarm => "not in the gold",
            Self::Differs => "differs",
        })
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::People => "person",
            Self::Statements => "statement",
            Self::Meetings => "meeting",
            Self::Dates => "time",
        })
    }
}

/// Whether a fact of the record is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// People found it too.
    Right,
    /// People did not find it.
    Wrong,
    /// The set does not tell.
    Unknown,
}

/// Everything that the gold and the record do not see alike, and a verdict on each statement and meeting of the record.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The differences, by subject and then in the order of the text.
    pub differences: Vec<Difference>,
    /// One verdict for each statement of the record: its content.
    pub statements: Vec<Verdict>,
    /// One verdict for each statement of the record: who says it, where somebody does and the content is right.
    pub speakers: Vec<Verdict>,
    /// One verdict for each meeting of the record: its participants.
    pub meetings: Vec<Verdict>,
}

impl Comparison {
    fn differ(&mut self, subject: Subject, sort: Sort, gold: Stretches, system: Stretches, note: String) {
        self.differences.push(Difference { subject, sort, gold, system, note });
    }
}

/// Compares the gold of an article with what was read in it.
pub fn compare(gold: &Gold, text: &str, reading: &Reading) -> Comparison {
    let comparer = Comparer { text, source: SourceText::new(text), record: &reading.record };
    let mut found = Comparison {
        differences: Vec::new(),
        statements: vec![Verdict::Unknown; reading.record.statements.len()],
        speakers: vec![Verdict::Unknown; reading.record.statements.len()],
        meetings: vec![Verdict::Unknown; reading.record.meetings.len()],
    };
    comparer.people(gold, &mut found);
    comparer.statements(gold, &mut found);
    comparer.meetings(gold, &mut found);
    comparer.times(gold, &mut found);
    found.differences.sort_by_key(|d| (d.subject, d.gold.iter().chain(&d.system).map(|r| r.start).min()));
    found
}

struct Comparer<'a> {
    text: &'a str,
    source: SourceText<'a>,
    record: &'a Record,
}

impl Comparer<'_> {
    fn bytes(&self, span: &Span) -> Range<usize> {
        self.source.byte(span.start())..self.source.byte(span.end())
    }

    fn people(&self, gold: &Gold, found: &mut Comparison) {
        let Some(people) = &gold.people else { return };
        let record = self.record;
        let same = |g: usize, p: usize| {
            let forms = people[g].forms.iter().map(String::as_str).chain([people[g].name.as_str()]);
            let alike = forms.filter(|form| same_name(form, &record.people[p].name)).count();
            if same_name(&people[g].name, &record.people[p].name) { 1.0 } else { alike.min(1) as f64 / 2.0 }
        };
        let pairs = pairs(people.len(), record.people.len(), same, 0.5);
        for (g, person) in people.iter().enumerate() {
            if !pairs.iter().any(|pair| pair.0 == g) {
                found.differ(Subject::People, Sort::Missed, person.mentions.clone(), vec![], person.name.clone());
            }
        }
        for (p, person) in record.people.iter().enumerate() {
            if !pairs.iter().any(|pair| pair.1 == p) {
                let named = person.mentions.iter().filter(|m| m.kind == MentionKind::Name);
                let system = named.map(|m| self.bytes(&m.span)).collect();
                found.differ(
                    Subject::People,
                    Sort::FalseAlarm,
                    vec![],
                    system,
                    format!("{} {}", person.id, person.name),
                );
            }
        }
    }

    fn statements(&self, gold: &Gold, found: &mut Comparison) {
        let Some(statements) = &gold.statements else { return };
        let record = self.record;
        let tidy = |stretches: &Stretches| -> Stretches {
            stretches.iter().map(|bytes| tidied(self.text, bytes.clone())).filter(|b| !b.is_empty()).collect()
        };
        let contents: Vec<Stretches> = (record.statements.iter())
            .map(|s| tidy(&s.content.iter().map(|span| self.bytes(span)).collect()))
            .collect();
        let places: Vec<Vec<Stretches>> = statements.iter().map(|s| s.places.iter().map(tidy).collect()).collect();
        let likeness = |g: usize, p: usize| {
            let best = places[g].iter().map(|place| overlap(self.text, place, &contents[p])).fold(0.0, f64::max);
            // Of two that fit alike, what must be found goes first.
            if statements[g].optional && best > 0.0 { best - 0.01 } else { best }
        };
        let pairs = pairs(statements.len(), contents.len(), likeness, 0.49);
        for (g, statement) in statements.iter().enumerate() {
            let by = match &statement.speaker {
                Some(name) if name.is_empty() => "nobody named".to_owned(),
                Some(name) => name.clone(),
                None => statement.source.iter().map(|r| &self.text[r.clone()]).collect::<Vec<_>>().join(" … "),
            };
            let note = format!("by {by} ({})", statement.note);
            match pairs.iter().find(|pair| pair.0 == g) {
                Some(&(_, p)) => {
                    found.statements[p] = Verdict::Right;
                    let said = &record.statements[p];
                    let words: Stretches = said.source.iter().map(|span| self.bytes(span)).collect();
                    let right = match &statement.speaker {
                        Some(name) if name.is_empty() => said.speaker.is_none(),
                        Some(name) => said.speaker.as_ref().is_some_and(|id| self.is_called(id, name)),
                        None => statement.source.is_empty() || touch(&statement.source, &words),
                    };
                    if statement.speaker.is_some() && said.speaker.is_some() {
                        found.speakers[p] = if right { Verdict::Right } else { Verdict::Wrong };
                    }
                    if !right && !statement.optional {
                        let speaker = said.speaker.as_ref().map_or("nobody".to_owned(), |id| self.name(id).to_owned());
                        let system = contents[p].iter().cloned().chain(words).collect();
                        let gold = places[g].first().into_iter().flatten().chain(&statement.source).cloned().collect();
                        let note = format!("{} {note}; found: by {speaker}", said.id);
                        found.differ(Subject::Statements, Sort::Differs, gold, system, note);
                    }
                }
                None if statement.optional => {}
                None => {
                    let gold = places[g].first().cloned().unwrap_or_default();
                    let unplaced = if gold.is_empty() { "; its words are not in the text" } else { "" };
                    found.differ(Subject::Statements, Sort::Missed, gold, vec![], format!("{note}{unplaced}"));
                }
            }
        }
        for (p, content) in contents.into_iter().enumerate() {
            if found.statements[p] == Verdict::Unknown {
                found.statements[p] = Verdict::Wrong;
                let said = &record.statements[p];
                let by = said.speaker.as_ref().map_or("nobody", |id| self.name(id));
                let note = format!("{} by {by}", said.id);
                found.differ(Subject::Statements, Sort::FalseAlarm, vec![], content, note);
            }
        }
    }

    fn meetings(&self, gold: &Gold, found: &mut Comparison) {
        let Some(meetings) = &gold.meetings else { return };
        let record = self.record;
        let told: Vec<Stretches> = (record.meetings.iter())
            .map(|m| {
                m.mentions.iter().flat_map(|m| [&m.span, &m.trigger]).map(|span| self.bytes(span)).collect::<Vec<_>>()
            })
            .collect();
        let with = |p: usize| record.meetings[p].participants.iter().map(|who| who.entity.as_str()).collect::<Vec<_>>();
        let common = |g: usize, p: usize| {
            let known = |name: &&String| with(p).iter().any(|id| self.is_called(id, name));
            meetings[g].participants.iter().filter(known).count()
        };
        let whole = |g: usize, p: usize| {
            let named = common(g, p) == meetings[g].participants.len();
            named && (gold.other_meetings || with(p).len() == meetings[g].participants.len())
        };
        let near = |g: usize, p: usize| {
            meetings[g].evidence.is_empty() || touch(&sentences(self.text, &meetings[g].evidence), &told[p])
        };
        let likeness = |g: usize, p: usize| match (near(g, p), common(g, p)) {
            (false, _) => 0.0,
            (true, _) if whole(g, p) => {
                if meetings[g].optional {
                    1.9
                } else {
                    2.0
                }
            }
            (true, 0) => 0.0,
            (true, n) => n as f64 / 100.0,
        };
        let pairs = pairs(meetings.len(), told.len(), likeness, 0.001);
        for (g, meeting) in meetings.iter().enumerate() {
            let note = format!("{} ({})", meeting.participants.join(" + "), meeting.note);
            // The evidence of a readout is all of it; its beginning is enough to look at.
            let evidence: Stretches =
                meeting.evidence.iter().take(1).map(|r| beginning(self.text, r.clone())).collect();
            match pairs.iter().find(|pair| pair.0 == g) {
                Some(&(_, p)) if whole(g, p) || meeting.optional => found.meetings[p] = Verdict::Right,
                Some(&(_, p)) => {
                    found.meetings[p] = Verdict::Wrong;
                    let others = with(p).iter().map(|id| self.name(id)).collect::<Vec<_>>().join(" + ");
                    let note = format!("{} {note}; found: {others}", record.meetings[p].id);
                    found.differ(Subject::Meetings, Sort::Differs, evidence, told[p].clone(), note);
                }
                None if meeting.optional => {}
                None => found.differ(Subject::Meetings, Sort::Missed, evidence, vec![], note),
            }
        }
        for (p, told) in told.into_iter().enumerate() {
            if found.meetings[p] == Verdict::Unknown && !gold.other_meetings {
                found.meetings[p] = Verdict::Wrong;
                let who = with(p).iter().map(|id| self.name(id)).collect::<Vec<_>>().join(" + ");
                let note = format!("{} {who}", record.meetings[p].id);
                found.differ(Subject::Meetings, Sort::FalseAlarm, vec![], told, note);
            }
        }
    }

    fn times(&self, gold: &Gold, found: &mut Comparison) {
        let Some(times) = &gold.times else { return };
        let record = self.record;
        let end = gold.times_until.unwrap_or(self.text.len());
        let spans: Stretches = record.times.iter().map(|t| self.bytes(&t.span)).collect();
        let likeness = |g: usize, p: usize| overlap(self.text, &vec![times[g].bytes.clone()], &vec![spans[p].clone()]);
        let pairs = pairs(times.len(), spans.len(), likeness, 0.01);
        for (g, time) in times.iter().enumerate() {
            let gold = vec![time.bytes.clone()];
            match pairs.iter().find(|pair| pair.0 == g) {
                Some(&(_, p)) => {
                    let value = &record.times[p].value;
                    if !time.values.iter().any(|v| v == value) {
                        let note = format!("{}; found: {value}", time.values[0]);
                        found.differ(Subject::Dates, Sort::Differs, gold, vec![spans[p].clone()], note);
                    }
                }
                None => found.differ(Subject::Dates, Sort::Missed, gold, vec![], time.values[0].clone()),
            }
        }
        for (p, span) in spans.into_iter().enumerate() {
            if span.start < end && !pairs.iter().any(|pair| pair.1 == p) {
                let note = record.times[p].value.clone();
                found.differ(Subject::Dates, Sort::FalseAlarm, vec![], vec![span], note);
            }
        }
    }

    /// The name of an entity of the record.
    fn name(&self, id: &str) -> &str {
        self.names(id).next().unwrap_or("?")
    }

    /// The name of an entity and the others that the article gives it.
    fn names<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s str> {
        let record = self.record;
        let entities = (record.people.iter().map(|p| (&p.id, &p.name, &p.mentions)))
            .chain(record.organizations.iter().map(|o| (&o.id, &o.name, &o.mentions)))
            .chain(record.places.iter().map(|l| (&l.id, &l.name, &l.mentions)));
        let entity = entities.into_iter().find(|(entity, _, _)| entity.as_str() == id);
        entity.into_iter().flat_map(|(_, name, mentions)| {
            let named = mentions.iter().filter(|m| m.kind == MentionKind::Name);
            std::iter::once(name.as_str()).chain(named.map(|m| m.span.text()))
        })
    }

    fn is_called(&self, id: &str, name: &str) -> bool {
        self.names(id).any(|known| same_name(name, known))
    }
}

/// Pairs of the first and the second, one to one, the best first, each at least as like as `least`.
fn pairs(first: usize, second: usize, likeness: impl Fn(usize, usize) -> f64, least: f64) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(f64, usize, usize)> = (0..first)
        .flat_map(|a| (0..second).map(move |b| (a, b)))
        .map(|(a, b)| (likeness(a, b), a, b))
        .filter(|candidate| candidate.0 >= least)
        .collect();
    candidates.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, a, b) in candidates {
        if !pairs.iter().any(|pair| pair.0 == a || pair.1 == b) {
            pairs.push((a, b));
        }
    }
    pairs
}

/// Whether two names can be of one: the words of one are among those of the other, but for their endings ("Russia", "Russian"), or
/// the surnames are the same and the given names begin alike ("Joe", "Joseph R.").
fn same_name(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let plain = deunicode::deunicode(name).to_lowercase();
        let words = plain
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 1 && !matches!(*w, "the" | "of" | "jr" | "sr"));
        words.map(str::to_owned).collect()
    };
    let alike = |x: &str, y: &str| {
        let common = x.bytes().zip(y.bytes()).take_while(|(x, y)| x == y).count();
        common >= x.len().max(y.len()).saturating_sub(2).max(2) && common >= x.len().min(y.len()).min(4)
    };
    let (a, b) = (words(a), words(b));
    if let ([first, .., last], [other, .., same]) = (&a[..], &b[..])
        && last == same
        && first.as_bytes()[0] == other.as_bytes()[0]
    {
        return true;
    }
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !few.is_empty() && few.iter().all(|word| many.iter().any(|other| alike(word, other)))
}

/// A stretch without quotation marks, punctuation and a leading "that" at its borders.
fn tidied(text: &str, mut bytes: Range<usize>) -> Range<usize> {
    loop {
        let part = &text[bytes.clone()];
        let border = |c: char| c.is_whitespace() || "\"'`“”‘’„‟«»‹›.,;:!?…–—-".contains(c);
        let start = bytes.start + (part.len() - part.trim_start_matches(border).len());
        let end = start.max(bytes.start + part.trim_end_matches(border).len());
        let that = text[start..end].strip_prefix("that ").map_or(0, |_| "that ".len());
        if (start + that, end) == (bytes.start, bytes.end) {
            return bytes;
        }
        bytes = start + that..end;
    }
}

/// Intersection over union, in bytes that are no white space.
fn overlap(text: &str, a: &Stretches, b: &Stretches) -> f64 {
    let dense = |bytes: Range<usize>| text[bytes].bytes().filter(|b| !b.is_ascii_whitespace()).count();
    let size = |stretches: &Stretches| stretches.iter().map(|r| dense(r.clone())).sum::<usize>();
    let common: usize = a
        .iter()
        .flat_map(|x| b.iter().map(move |y| x.start.max(y.start)..x.end.min(y.end)))
        .filter(|both| both.start < both.end)
        .map(dense)
        .sum();
    if common == 0 { 0.0 } else { common as f64 / (size(a) + size(b) - common) as f64 }
}

fn touch(a: &Stretches, b: &Stretches) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.start < y.end && y.start < x.end))
}

/// Stretches widened to the sentences or lines that they stand in.
fn sentences(text: &str, stretches: &Stretches) -> Stretches {
    let ends = |part: &str, at: usize| {
        part[at..].starts_with(". ") || part[at..].starts_with(['\n', '?', '!']) || part[at..].starts_with(".” ")
    };
    let widen = |r: &Range<usize>| {
        let start = (0..r.start).rev().find(|&i| text.is_char_boundary(i) && ends(text, i)).map_or(0, |i| i + 1);
        let end = (r.end..text.len()).find(|&i| text.is_char_boundary(i) && ends(text, i)).unwrap_or(text.len());
        start..end
    };
    stretches.iter().map(widen).collect()
}

/// At most the first two hundred bytes or so of a stretch.
fn beginning(text: &str, bytes: Range<usize>) -> Range<usize> {
    let end = (bytes.start + 200..bytes.end).find(|&i| text.is_char_boundary(i)).unwrap_or(bytes.end);
    bytes.start..end
}
