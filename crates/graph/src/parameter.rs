//! What a named query may be asked about.

use crate::called;
use crate::error::{Kind, StoreError};
use crate::namespace::Namespace;
use crate::vocabulary::{dm, xsd};
use demarche_resolve::When;
use oxigraph::model::{Literal, NamedNodeRef, Term};
use serde::Serialize;
use std::fmt;

/// A parameter of a named query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parameter {
    /// Its name, `person`. The variable is `?person`; a date is an interval and has two, `?since_first` and `?since_last`.
    pub name: String,
    /// What sort of value it takes.
    pub kind: ParameterKind,
    /// Whether the query makes no sense without it.
    pub required: bool,
    /// What it is.
    pub meaning: String,
}

/// What sort of value a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterKind {
    /// A human being: by name, alias, surname, IRI, key (`person/joe-biden`) or Wikidata identifier (`Q6279`).
    Person,
    /// A body or a state, named likewise.
    Body,
    /// A person, body or state, named likewise.
    Agent,
    /// A place, named likewise.
    Place,
    /// A meeting: by IRI, key, label, or words of its label that no other has ("Biden Putin Geneva").
    Meeting,
    /// Any of these.
    Thing,
    /// Words.
    Text,
    /// A day, month, year, or two of these with `/` between, of which one may be `..`.
    Date,
}

impl ParameterKind {
    const ALL: [(&'static str, Self); 8] = [
        ("person", Self::Person),
        ("body", Self::Body),
        ("agent", Self::Agent),
        ("place", Self::Place),
        ("meeting", Self::Meeting),
        ("thing", Self::Thing),
        ("text", Self::Text),
        ("date", Self::Date),
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, kind)| *kind == self);
        found.map_or("", |(name, _)| name)
    }

    /// The classes that a thing of this kind may be of; none for text and dates.
    fn classes(self) -> &'static [NamedNodeRef<'static>] {
        match self {
            Self::Person => &[dm::PERSON],
            Self::Body => &[dm::ORGANIZATION],
            Self::Agent => &[dm::PERSON, dm::ORGANIZATION],
            Self::Place => &[dm::PLACE_CLASS],
            Self::Meeting => &[dm::MEETING_CLASS],
            Self::Thing => &[dm::PERSON, dm::ORGANIZATION, dm::PLACE_CLASS, dm::MEETING_CLASS],
            Self::Text | Self::Date => &[],
        }
    }
}

impl fmt::Display for ParameterKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// `person (a person): one of those who met`.
impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.name, self.kind, self.meaning)
    }
}

impl Parameter {
    /// Reads `person person optional  one of those who met`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut words = text.split_whitespace();
        let mut word = || words.next().ok_or("a parameter is declared as `@param NAME KIND required|optional MEANING`");
        let (name, kind, need) = (word()?, word()?, word()?);
        let (_, kind) = ParameterKind::ALL.into_iter().find(|(known, _)| *known == kind).ok_or_else(|| {
            let kinds = ParameterKind::ALL.map(|(name, _)| name);
            format!("{kind:?} is no kind of parameter; there are {}", kinds.join(", "))
        })?;
        let required = match need {
            "required" => true,
            "optional" => false,
            _ => return Err(format!("{need:?} is neither required nor optional")),
        };
        Ok(Self { name: name.to_owned(), kind, required, meaning: words.collect::<Vec<_>>().join(" ") })
    }

    /// The variables that have its value.
    pub(crate) fn variables(&self) -> Vec<String> {
        match self.kind {
            ParameterKind::Date => vec![format!("{}_first", self.name), format!("{}_last", self.name)],
            _ => vec![self.name.clone()],
        }
    }

    /// The terms of its variables; none where a value leaves one open.
    pub(crate) fn values(
        &self,
        text: &str,
        graph: &oxigraph::store::Store,
        names: &Namespace,
    ) -> Result<Vec<Option<Term>>, StoreError> {
        match self.kind {
            ParameterKind::Text => Ok(vec![Some(Literal::new_simple_literal(text).into())]),
            ParameterKind::Date => {
                let (first, last) = days(text).ok_or_else(|| no_date(&self.name, text))?;
                let day = |day: String| Term::from(Literal::new_typed_literal(day, xsd::DATE));
                Ok(vec![first.map(day), last.map(day)])
            }
            kind => {
                let found = called::find(graph, names, kind.as_str(), kind.classes(), text)?;
                Ok(vec![Some(found.into())])
            }
        }
    }
}

pub(crate) fn no_date(name: &str, text: &str) -> StoreError {
    let forms =
        "write 2021, 2021-06, 2021-06-16, or two of these with / between, such as 2021-06/2021-08 or 2021-06/..";
    Kind::Unknown(format!("{name}: {text:?} is no date; {forms}")).into()
}

/// The first and the last day that a date at any precision can mean: of `2021-06` the first and the thirtieth of June, of
/// `2021-06/..` the first of June and none.
pub(crate) fn days(text: &str) -> Option<(Option<String>, Option<String>)> {
    match text.trim().split_once('/') {
        Some((from, "..")) => Some((When::parse(from)?.earliest, None)),
        Some(("..", to)) => Some((None, When::parse(to)?.latest)),
        _ => When::parse(text.trim()).map(|when| (when.earliest, when.latest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_at_any_precision_are_days() {
        let day = |day: &str| Some(day.to_owned());
        for (text, first, last) in [
            ("2021", day("2021-01-01"), day("2021-12-31")),
            ("2020-02", day("2020-02-01"), day("2020-02-29")),
            (" 2021-06-16 ", day("2021-06-16"), day("2021-06-16")),
            ("2021-06/2021-08-03", day("2021-06-01"), day("2021-08-03")),
            ("2021-06/..", day("2021-06-01"), None),
            ("../2021", None, day("2021-12-31")),
        ] {
            assert_eq!(days(text), Some((first, last)), "{text}");
        }
        for none in ["", "June", "2021-13", "2021-02-30", "2022/2021", "../..", "2021-6", "2021\" } DROP ALL"] {
            assert_eq!(days(none), None, "{none}");
        }
    }
}
