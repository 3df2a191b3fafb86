//! Parameters of calls: checked before anything is looked up.

use super::answers::Page;
use super::index::{Entry, Index};
use super::{absent, bad};
use crate::exchange::Failed;
use demarche_graph::model::NamedNodeRef;
use demarche_graph::vocabulary::CONCEPTS;
use std::collections::BTreeMap;

/// A parameter of a method, as the OpenAPI description has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it may be.
    pub values: Values,
    /// What it does.
    pub about: &'static str,
}

/// What a parameter may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Values {
    /// Any words, or keys with commas.
    Text,
    /// A whole number.
    Number,
    /// A day, month or year.
    Day,
    /// One of these words.
    One(fn() -> Vec<&'static str>),
    /// Some of these words, with commas.
    Some(fn() -> Vec<&'static str>),
}

impl Parameter {
    /// Refuses what is none of the words that it may be; numbers and days are read where they are used.
    pub fn check(&self, parameters: &Parameters<'_>) -> Result<(), Failed> {
        let (given, known) = match self.values {
            Values::One(words) => (parameters.text(self.name).into_iter().collect(), words()),
            Values::Some(words) => (parameters.list(self.name), words()),
            Values::Text | Values::Number | Values::Day => return Ok(()),
        };
        match given.into_iter().find(|word| !known.contains(word)) {
            None => Ok(()),
            Some(word) => Err(bad(format!("{}={word:?} is none of {}", self.name, known.join(", ")))),
        }
    }
}

/// The words for the concepts of a scheme, in the order of the ontology.
pub(crate) fn concepts(scheme: NamedNodeRef<'_>) -> Vec<&'static str> {
    CONCEPTS.iter().filter(|concept| concept.scheme == scheme).map(|concept| concept.label).collect()
}

/// The most items of a page of a list.
const MOST: usize = 500;

/// The parameters of a call.
pub(super) struct Parameters<'p>(pub &'p BTreeMap<String, String>);

impl<'p> Parameters<'p> {
    /// The text of a parameter; an empty one counts as not given.
    pub fn text(&self, name: &str) -> Option<&'p str> {
        self.0.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// The parts of a list with commas.
    pub fn list(&self, name: &str) -> Vec<&'p str> {
        let parts = self.text(name).into_iter().flat_map(|text| text.split(','));
        parts.map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    /// A number.
    pub fn number(&self, name: &str) -> Result<Option<usize>, Failed> {
        let Some(text) = self.text(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| bad(format!("{name}={text:?} is no whole number")))
    }

    /// A bound in time: a day, month or year; `last` chooses its last day.
    pub fn day(&self, name: &str, last: bool) -> Result<Option<String>, Failed> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let when = demarche_graph::When::parse(text);
        let day = when.and_then(|when| if last { when.latest } else { when.earliest });
        day.map(Some).ok_or_else(|| bad(format!("{name}={text:?} is no day, month or year such as 2021-06-16")))
    }

    /// The things that keys with commas name.
    pub fn things(&self, name: &str, index: &Index) -> Result<Vec<Entry>, Failed> {
        self.list(name).into_iter().map(|key| index.find(key).ok_or_else(|| absent(key))).collect()
    }

    /// Offset and limit.
    pub fn window(&self, usual: usize) -> Result<Window, Failed> {
        let limit = self.number("limit")?.unwrap_or(usual);
        if limit > MOST {
            return Err(bad(format!("limit={limit} is more than {MOST}: ask for pages with offset")));
        }
        Ok(Window { offset: self.number("offset")?.unwrap_or(0), limit })
    }
}

/// A part of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub offset: usize,
    pub limit: usize,
}

impl Window {
    /// The part of the list, each item made into what the answer has.
    pub fn page<T, U>(self, all: &[T], make: impl FnMut(&T) -> Result<U, Failed>) -> Result<Page<U>, Failed> {
        let Self { offset, limit } = self;
        let items: Result<Vec<U>, Failed> = all.iter().skip(offset).take(limit).map(make).collect();
        Ok(Page { total: all.len(), offset, limit, items: items? })
    }
}

/// Days that a list is bounded by.
pub(super) struct Bounds {
    since: Option<String>,
    until: Option<String>,
}

impl Bounds {
    pub fn of(parameters: &Parameters<'_>) -> Result<Self, Failed> {
        Ok(Self { since: parameters.day("since", false)?, until: parameters.day("until", true)? })
    }

    /// Whether something that was between two days can have been within the bounds; what has no day cannot be told.
    pub fn allow(&self, earliest: Option<&String>, latest: Option<&String>) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let (Some(first), Some(last)) = (earliest.or(latest), latest.or(earliest)) else { return false };
        self.since.as_ref().is_none_or(|since| last >= since) && self.until.as_ref().is_none_or(|until| first <= until)
    }
}
