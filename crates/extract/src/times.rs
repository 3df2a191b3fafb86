//! The time expressions of a document, put on the calendar: tense chooses past or future, the last date goes on to count.

use crate::document::Document;
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::{Published, TimeExpression, TimeKind};
use demarche_time::{Context, Date, Days, Direction, Expression, Form, Kind, Period, Resolved};
use std::ops::Range;

/// A time expression with its tokens and its days.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    /// Bytes of the source text.
    pub bytes: Range<usize>,
    /// The tokens that it touches.
    pub tokens: Range<usize>,
    /// Its TIMEX3 type.
    pub kind: Kind,
    /// What it means by itself.
    pub form: Form,
    /// What it means in this article.
    pub resolved: Resolved,
    /// Which side of the day of writing the sentence tells of, by its tense.
    pub direction: Direction,
    /// Which side of the day of writing it lies on, by its days.
    pub side: Direction,
}

/// Finds the time expressions of all blocks and resolves them.
pub fn find(document: &Document, published: &Published) -> Vec<Time> {
    let anchor = days_of(published);
    let mut mentioned = None;
    let mut reported = None;
    let mut times = Vec::new();
    for block in &document.layout.blocks {
        for Expression { bytes, kind, form } in demarche_time::find(&document.article.text[block.bytes.clone()]) {
            let bytes = bytes.start + block.bytes.start..bytes.end + block.bytes.start;
            let tokens = document.analysis.tokens_in(bytes.clone());
            let direction = if tokens.is_empty() { Direction::Unknown } else { direction(document, tokens.clone()) };
            let context = Context { anchor, mentioned: mentioned.or(anchor), reported, direction };
            let resolved = form.resolve(&context);
            if matches!(form, Form::Calendar(Period::Quarter { .. }, _) | Form::Reported { years_back: 0, .. }) {
                reported = resolved.days.or(reported);
            }
            if kind == Kind::Date && resolved.days.is_some_and(|days| days.len() <= 366) {
                mentioned = resolved.days;
            }
            let side = match (resolved.days, anchor) {
                (Some(days), Some(anchor)) if days.earliest > anchor.latest => Direction::Future,
                (Some(days), Some(anchor)) if days.latest < anchor.earliest => Direction::Past,
                _ => Direction::Unknown,
            };
            times.push(Time { bytes, tokens, kind, form, resolved, direction, side });
        }
    }
    times
}

/// The value of a meeting's or statement's time in EDTF, which has no weeks: a week or weekend is the interval of its days.
pub fn edtf(value: &str, earliest: Option<&str>, latest: Option<&str>) -> String {
    let week = value.split_once("-W").is_some_and(|(year, week)| {
        year.bytes().all(|b| b.is_ascii_digit()) && week.get(..2).is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()))
    });
    match (earliest, latest) {
        (Some(earliest), Some(latest)) if week && !value.contains('/') => format!("{earliest}/{latest}"),
        _ => value.to_owned(),
    }
}

/// The days that an article's date can be.
pub fn days_of(published: &Published) -> Option<Days> {
    let day = |text: &Option<String>| text.as_deref().and_then(|t| t.get(..10)).and_then(|t| t.parse::<Date>().ok());
    let (earliest, latest) = (day(&published.earliest), day(&published.latest));
    match (earliest, latest, day(&published.value)) {
        (Some(earliest), Some(latest), _) => Some(Days::between(earliest, latest)),
        (Some(date), None, _) | (None, Some(date), _) | (None, None, Some(date)) => Some(Days::day(date)),
        (None, None, None) => None,
    }
}

impl Time {
    /// As the record has it.
    pub fn record(&self, document: &Document) -> TimeExpression {
        TimeExpression {
            span: document.span_of_bytes(self.bytes.clone()),
            kind: match self.kind {
                Kind::Date => TimeKind::Date,
                Kind::Time => TimeKind::Time,
                Kind::Duration => TimeKind::Duration,
                Kind::Set => TimeKind::Set,
            },
            value: self.resolved.value.clone(),
            earliest: self.resolved.days.map(|days| days.earliest.to_string()),
            latest: self.resolved.days.map(|days| days.latest.to_string()),
        }
    }
}

/// Verbs whose object or occasion lies ahead: "had scheduled a conference for Thursday", "the vote planned for June".
const PLANNING: &[&str] =
    &["schedule", "reschedule", "plan", "expect", "anticipate", "slate", "postpone", "delay", "await", "envisage"];

/// Verbs that take part in what their object names: "will attend Monday's summit".
const ATTENDING: &[&str] = &["attend", "join", "host", "chair", "miss", "skip", "hold", "convene", "watch"];

/// Past or future, by the words just before the expression or the tense of the nearest verb above it.
fn direction(document: &Document, tokens: Range<usize>) -> Direction {
    let analysis = &document.analysis;
    let before = tokens.start.checked_sub(1).map(|t| analysis.word(t).to_ascii_lowercase());
    match before.as_deref() {
        Some("since") => return Direction::Past,
        Some("effective") => return Direction::Future,
        _ => {}
    }
    // The head of the expression is the token whose own head lies outside.
    let head = tokens.clone().find(|&t| !tokens.contains(&analysis[t].head)).unwrap_or(tokens.start);
    if analysis[head].dep == Dep::Poss && !tokens.contains(&analysis[head].head) {
        return direction_of_owned(document, analysis[head].head);
    }
    // An infinitive counts where the expression stands directly under it: "to meet on Friday".
    let mut direct = true;
    for token in std::iter::once(head).chain(analysis.ancestors(head)) {
        if tokens.contains(&token) {
            continue;
        }
        if matches!(analysis[token].pos, Pos::Verb | Pos::Aux) {
            let found = tense(document, token);
            if found != Direction::Unknown {
                return found;
            }
            let infinitive =
                analysis[token].tag == Tag::Vb && analysis.children(token).iter().any(|&c| analysis[c].tag == Tag::To);
            let complement = !matches!(analysis[token].dep, Dep::Acl | Dep::Advcl | Dep::Relcl);
            if infinitive && (direct || complement) {
                return Direction::Future;
            }
        }
        direct &= !matches!(analysis[token].pos, Pos::Noun | Pos::Propn);
    }
    Direction::Unknown
}

/// The direction of a day that owns a thing, "Tuesday's talks": that of the verb whose subject it is, or that one attends.
fn direction_of_owned(document: &Document, owned: usize) -> Direction {
    let analysis = &document.analysis;
    let governor = analysis[owned].head;
    match analysis[owned].dep {
        Dep::Nsubj | Dep::Nsubjpass => match tense(document, governor) {
            // "Tuesday's vote follows months of debate": the present tense tells nothing.
            Direction::Future if matches!(analysis[governor].tag, Tag::Vbz | Tag::Vbp) => Direction::Unknown,
            found => found,
        },
        Dep::Dobj if ATTENDING.contains(&&*analysis[governor].lemma) => {
            let infinitive = analysis.children(governor).iter().any(|&c| analysis[c].tag == Tag::To);
            if infinitive { Direction::Future } else { tense(document, governor) }
        }
        Dep::Pobj if analysis.word(governor).eq_ignore_ascii_case("of") => {
            let ahead = analysis.word(analysis[governor].head).eq_ignore_ascii_case("ahead");
            if ahead { Direction::Future } else { Direction::Unknown }
        }
        _ => Direction::Unknown,
    }
}

/// The tense of a verb with its auxiliaries.
pub fn tense(document: &Document, verb: usize) -> Direction {
    let analysis = &document.analysis;
    let auxiliaries: Vec<usize> = analysis
        .children(verb)
        .iter()
        .copied()
        .filter(|&c| matches!(analysis[c].dep, Dep::Aux | Dep::Auxpass))
        .collect();
    for &aux in &auxiliaries {
        let word = analysis.word(aux).to_ascii_lowercase();
        if matches!(word.as_str(), "will" | "'ll" | "’ll" | "shall" | "wo") {
            return Direction::Future;
        }
        // "could" is the past of "can" as often: what stands above it tells.
        if word == "could" {
            continue;
        }
        if matches!(word.as_str(), "would" | "may" | "might" | "should" | "can" | "must") {
            let perfect = auxiliaries.iter().any(|&a| analysis.word(a).eq_ignore_ascii_case("have"));
            return if perfect { Direction::Past } else { Direction::Future };
        }
    }
    let perfect = auxiliaries.iter().any(|&a| &*analysis[a].lemma == "have" && analysis[a].tag == Tag::Vbd);
    if PLANNING.contains(&&*analysis[verb].lemma) && matches!(analysis[verb].tag, Tag::Vbn | Tag::Vbd) && !perfect {
        return Direction::Future;
    }
    for &aux in &auxiliaries {
        if matches!(analysis[aux].tag, Tag::Vbd) || &*analysis[aux].lemma == "have" && analysis[aux].tag != Tag::Vb {
            return Direction::Past;
        }
    }
    match analysis[verb].tag {
        Tag::Vbd => Direction::Past,
        // "statements made on Friday"
        Tag::Vbn if auxiliaries.is_empty() && analysis[verb].dep == Dep::Acl => Direction::Past,
        Tag::Vbn if auxiliaries.is_empty() => Direction::Unknown,
        // "is meeting on Friday", "meet on Friday" look ahead.
        Tag::Vbg if auxiliaries.iter().any(|&a| matches!(analysis[a].tag, Tag::Vbz | Tag::Vbp)) => Direction::Future,
        Tag::Vbn if auxiliaries.iter().any(|&a| matches!(analysis[a].tag, Tag::Vbz | Tag::Vbp)) => Direction::Unknown,
        Tag::Vbz | Tag::Vbp => Direction::Future,
        _ => Direction::Unknown,
    }
}
