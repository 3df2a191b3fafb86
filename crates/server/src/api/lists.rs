//! Lists with filters.

use super::answers::{ArticleSummary, Kind, MeetingSummary, NamedSummary, Page, StatementSummary};
use super::index::{Entry, Index, Named, Number, at};
use super::methods::Context;
use super::parameters::{Bounds, Parameters};
use super::words::Words;
use crate::exchange::Failed;
use std::cmp::Reverse;

/// How many items a page has if nothing is said.
const USUAL: usize = 50;

pub(super) fn people(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Page<NamedSummary>, Failed> {
    named(context, parameters, Kind::Person)
}

pub(super) fn bodies(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Page<NamedSummary>, Failed> {
    named(context, parameters, Kind::Organization)
}

pub(super) fn places(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Page<NamedSummary>, Failed> {
    named(context, parameters, Kind::Place)
}

fn named(context: &Context<'_>, parameters: &Parameters<'_>, kind: Kind) -> Result<Page<NamedSummary>, Failed> {
    let words = Words::of(parameters.text("q").unwrap_or_default());
    let least = least_sources(parameters)?;
    let sort = parameters.text("of");
    let wanted = |named: &Named| {
        named.sources >= least
            && sort.is_none_or(|sort| named.sort.as_deref() == Some(sort))
            && named.folded.iter().any(|name| words.in_name(name))
    };
    let things = context.index.named.iter().zip(0..);
    let mut found: Vec<(&Named, Number)> =
        things.filter(|(named, _)| Kind::of_key(&named.key) == Some(kind) && wanted(named)).collect();
    match parameters.text("sort") {
        Some("meetings") => found.sort_by_key(|(named, _)| Reverse(named.attended.len() + named.here.len())),
        Some("statements") => found.sort_by_key(|(named, _)| Reverse(named.said.len())),
        Some("name") => found.sort_by(|(a, _), (b, _)| a.folded.cmp(&b.folded)),
        _ => found.sort_by_key(|(named, _)| Reverse(named.sources)),
    }
    parameters.window(USUAL)?.page(&found, |(_, number)| Ok(context.index.named_summary(*number)))
}

/// What a list of meetings or the network is narrowed to.
pub(super) struct Narrowed {
    about: Vec<Entry>,
    bounds: Bounds,
    statuses: Vec<String>,
    sources: u32,
}

impl Narrowed {
    pub fn of(index: &Index, parameters: &Parameters<'_>) -> Result<Self, Failed> {
        Ok(Self {
            about: parameters.things("about", index)?,
            bounds: Bounds::of(parameters)?,
            statuses: parameters.list("status").into_iter().map(str::to_owned).collect(),
            sources: least_sources(parameters)?,
        })
    }

    /// The things that everything concerns.
    pub fn about(&self) -> &[Entry] {
        &self.about
    }

    /// The meetings that concern all the things and pass the filters.
    pub fn meetings(&self, index: &Index) -> Vec<Number> {
        let mut numbers: Vec<Number> = match self.about.first() {
            None => (0..).take(index.meetings.len()).collect(),
            Some(first) => meetings_of(index, *first),
        };
        for other in self.about.iter().skip(1) {
            let of_other = meetings_of(index, *other);
            numbers.retain(|number| of_other.binary_search(number).is_ok());
        }
        numbers.retain(|number| self.allows(index, *number));
        numbers
    }

    /// Whether a meeting passes the filters.
    pub fn allows(&self, index: &Index, number: Number) -> bool {
        let meeting = &index.meetings[at(number)];
        meeting.sources >= self.sources
            && (self.statuses.is_empty() || self.statuses.contains(&meeting.status))
            && self.bounds.allow(meeting.earliest.as_ref(), meeting.latest.as_ref())
    }
}

/// Meetings that a thing takes part in, is the place of, or tells of; in order.
pub(super) fn meetings_of(index: &Index, entry: Entry) -> Vec<Number> {
    let mut numbers: Vec<Number> = match entry {
        Entry::Named(number) => {
            let named = &index.named[at(number)];
            named.attended.iter().chain(&named.here).copied().collect()
        }
        Entry::Meeting(number) => vec![number],
        Entry::Statement(number) => {
            let about = &index.statements[at(number)].about;
            about
                .iter()
                .filter_map(|entry| if let Entry::Meeting(number) = entry { Some(*number) } else { None })
                .collect()
        }
        Entry::Article(number) => {
            let meetings = index.meetings.iter().zip(0..);
            meetings.filter(|(meeting, _)| meeting.articles.contains(&number)).map(|(_, number)| number).collect()
        }
    };
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

pub(super) fn meetings(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Page<MeetingSummary>, Failed> {
    let index = context.index;
    let mut found = Narrowed::of(index, parameters)?.meetings(index);
    let words = Words::of(parameters.text("q").unwrap_or_default());
    let modes = parameters.list("mode");
    found.retain(|number| {
        let meeting = &index.meetings[at(*number)];
        words.in_text(&meeting.searched)
            && (modes.is_empty() || meeting.mode.as_deref().is_some_and(|mode| modes.contains(&mode)))
    });
    let meeting = |number: &Number| &index.meetings[at(*number)];
    match parameters.text("sort") {
        Some("sources") => found.sort_by_key(|number| Reverse(meeting(number).sources)),
        Some("oldest") => found.sort_by_key(|number| (meeting(number).earliest.is_none(), &meeting(number).earliest)),
        // What has no day comes last: `None` is less than any day.
        _ => found.sort_by_key(|number| Reverse(&meeting(number).latest)),
    }
    parameters.window(USUAL)?.page(&found, |number| index.meeting_summary(*number, context.facts))
}

pub(super) fn statements(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Page<StatementSummary>, Failed> {
    let index = context.index;
    let words = Words::of(parameters.text("q").unwrap_or_default());
    let about = parameters.things("about", index)?;
    let speakers = parameters.things("speaker", index)?;
    let articles = parameters.things("article", index)?;
    let bounds = Bounds::of(parameters)?;
    let least = least_sources(parameters)?;
    let stance = parameters.text("stance");
    let mut found: Vec<Number> = candidates(index, &about, &speakers);
    found.retain(|number| {
        let statement = &index.statements[at(*number)];
        let (first, last) = match (&statement.earliest, &statement.latest) {
            (None, None) => (statement.reported.as_ref(), statement.reported.as_ref()),
            (first, last) => (first.as_ref(), last.as_ref()),
        };
        statement.sources >= least
            && about.iter().all(|thing| statement.about.contains(thing))
            && (speakers.is_empty() || statement.speaker.is_some_and(|who| speakers.contains(&Entry::Named(who))))
            && articles
                .iter()
                .all(|article| statement.articles.iter().any(|number| Entry::Article(*number) == *article))
            && stance.is_none_or(|stance| statement.stance.as_deref() == Some(stance))
            && bounds.allow(first, last)
            && words.in_text(&statement.searched)
    });
    let statement = |number: &Number| &index.statements[at(*number)];
    match parameters.text("sort") {
        Some("sources") => found.sort_by_key(|number| Reverse(statement(number).sources)),
        Some("oldest") => {
            found.sort_by_key(|number| (statement(number).reported.is_none(), &statement(number).reported))
        }
        _ => found.sort_by_key(|number| Reverse(&statement(number).reported)),
    }
    parameters.window(USUAL)?.page(&found, |number| index.statement_summary(*number, context.facts))
}

/// The statements that can be meant: those of the speakers, else those about the first thing, else all.
fn candidates(index: &Index, about: &[Entry], speakers: &[Entry]) -> Vec<Number> {
    let of = |entry: &Entry| match (entry, speakers.is_empty()) {
        (Entry::Named(number), false) => index.named[at(*number)].said.clone(),
        (Entry::Named(number), true) => index.named[at(*number)].mentioned.clone(),
        (Entry::Meeting(number), true) => index.meetings[at(*number)].mentioned.clone(),
        _ => Vec::new(),
    };
    let mut numbers: Vec<Number> = match (speakers, about.first()) {
        ([], None) => return (0..).take(index.statements.len()).collect(),
        ([], Some(first)) => of(first),
        (speakers, _) => speakers.iter().flat_map(of).collect(),
    };
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

pub(super) fn articles(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Page<ArticleSummary>, Failed> {
    let index = context.index;
    let words = Words::of(parameters.text("q").unwrap_or_default());
    let bounds = Bounds::of(parameters)?;
    let publisher = parameters.text("publisher");
    let mut found: Vec<Number> = (0..).take(index.articles.len()).collect();
    found.retain(|number| {
        let article = &index.articles[at(*number)];
        bounds.allow(article.earliest.as_ref(), article.latest.as_ref())
            && publisher.is_none_or(|publisher| article.publisher.as_deref() == Some(publisher))
            && words.in_text(&article.searched)
    });
    found.sort_by_key(|number| Reverse(&index.articles[at(*number)].latest));
    parameters.window(USUAL)?.page(&found, |number| Ok(index.article_summary(*number)))
}

fn least_sources(parameters: &Parameters<'_>) -> Result<u32, Failed> {
    let least = parameters.number("min_sources")?.unwrap_or_default();
    Ok(u32::try_from(least).unwrap_or(u32::MAX))
}
