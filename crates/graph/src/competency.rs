//! The questions that the graph is made to answer, by name and with parameters.
//!
//! A question is a file in `ontology/competency`: SPARQL that any engine runs as it stands. The comment lines at its head say
//! what it asks and what it may be asked about; each parameter is a variable that a line `VALUES ?name { UNDEF }` leaves open:
//!
//! ```text
//! # Who met whom
//! #
//! # Every meeting that was held or is going on, newest first.
//! #
//! # @param person person optional  one of those who met
//! # @param since  date   optional  from this day, month or year on
//! # @example person="Joe Biden" since=2021
//! ```

use crate::error::{Kind, StoreError};
use crate::namespace::Namespace;
use crate::parameter::Parameter;
use oxigraph::model::Term;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A question with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedQuery {
    /// Its name, `who-met-whom`.
    pub name: String,
    /// Its name for people, "Who met whom".
    pub title: String,
    /// What it answers, in a sentence or more.
    pub question: String,
    /// What it may or must be asked about, in the order in which its head declares it.
    pub parameters: Vec<Parameter>,
    /// Values of parameters that give an answer on the sample articles, to be shown as an example.
    pub example: Vec<(String, String)>,
    /// The query, in which no parameter has a value yet.
    pub sparql: String,
}

impl NamedQuery {
    /// Reads a query from the text of a file. One without a head has no title and no parameters.
    ///
    /// # Errors
    /// When its head declares what the query does not have, or a kind that there is not; the message has the line.
    pub fn parse(name: &str, sparql: &str) -> Result<Self, StoreError> {
        let wrong = |line: usize, what: String| StoreError::from(Kind::Unknown(format!("{name}, line {line}: {what}")));
        let mut query = Self {
            name: name.to_owned(),
            title: String::new(),
            question: String::new(),
            parameters: Vec::new(),
            example: Vec::new(),
            sparql: sparql.to_owned(),
        };
        let head = sparql.lines().map_while(|line| line.strip_prefix('#')).map(str::trim);
        for (number, line) in head.enumerate().map(|(index, line)| (index + 1, line)) {
            if let Some(declared) = line.strip_prefix("@param ") {
                let parameter = Parameter::parse(declared).map_err(|what| wrong(number, what))?;
                if query.parameter(&parameter.name).is_some() {
                    return Err(wrong(number, format!("{} is declared twice", parameter.name)));
                }
                if !parameter.variables().iter().any(|variable| sparql.contains(&open(variable))) {
                    return Err(wrong(number, format!("the query has no {}", open(&parameter.variables()[0]))));
                }
                query.parameters.push(parameter);
            } else if let Some(example) = line.strip_prefix("@example") {
                query.example = assignments(example).map_err(|what| wrong(number, what))?;
                if let Some((unknown, _)) = query.example.iter().find(|(name, _)| query.parameter(name).is_none()) {
                    return Err(wrong(number, format!("{unknown} is not declared above")));
                }
            } else if !line.is_empty() {
                let text = if query.title.is_empty() { &mut query.title } else { &mut query.question };
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(line);
            }
        }
        Ok(query)
    }

    /// The parameter of a name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// The query with values for its parameters, which are given as people write them: a name, a date. What a value means is
    /// looked up in the graph; it enters the query as a term, written out by the same library that reads it.
    ///
    /// # Errors
    /// When the query has no such parameter, one that is required is not given, one is given twice, a name means nothing or
    /// more than one thing (the message has candidates), or a date is none.
    pub fn bind(
        &self,
        graph: &oxigraph::store::Store,
        names: &Namespace,
        given: &[(String, String)],
    ) -> Result<String, StoreError> {
        let unknown = |message: String| StoreError::from(Kind::Unknown(message));
        for (index, (name, _)) in given.iter().enumerate() {
            if self.parameter(name).is_none() {
                return Err(unknown(format!("{} has no parameter {name:?}; {}", self.name, self.what_it_takes())));
            }
            if given[..index].iter().any(|(earlier, _)| earlier == name) {
                return Err(unknown(format!("{name} is given twice")));
            }
        }
        let mut terms = BTreeMap::new();
        for parameter in &self.parameters {
            let Some((_, value)) = given.iter().find(|(name, _)| *name == parameter.name) else {
                if parameter.required {
                    return Err(unknown(format!("{} has to be told {parameter}", self.name)));
                }
                continue;
            };
            terms.extend(parameter.variables().into_iter().zip(parameter.values(value, graph, names)?));
        }
        Ok(fill(&self.without_given(given), &terms))
    }

    /// The text without the declarations of what is given: what has its value is no parameter any more.
    fn without_given(&self, given: &[(String, String)]) -> String {
        let is_settled = |line: &str| {
            let declared = line.strip_prefix("# @param ").and_then(|rest| rest.split_whitespace().next());
            let settled = declared.is_some_and(|name| given.iter().any(|(given, _)| given == name));
            settled || !given.is_empty() && line.starts_with("# @example")
        };
        self.sparql.split_inclusive('\n').filter(|line| !is_settled(line)).collect()
    }

    fn what_it_takes(&self) -> String {
        match self.parameters.is_empty() {
            true => "it has none".to_owned(),
            false => {
                let names: Vec<&str> = self.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
                format!("it has {}", names.join(", "))
            }
        }
    }

    /// The example as it is written on a command line: `--param person="Joe Biden" --since 2021`.
    pub fn example_options(&self) -> String {
        let option = |(name, value): &(String, String)| {
            let value = match value.chars().all(|c| c.is_ascii_alphanumeric() || "-/.:".contains(c)) {
                true => value.clone(),
                false => format!("\"{value}\""),
            };
            match name.as_str() {
                "since" | "until" => format!("--{name} {value}"),
                _ => format!("--param {name}={value}"),
            }
        };
        self.example.iter().map(option).collect::<Vec<_>>().join(" ")
    }
}

/// How a query leaves a variable open.
fn open(variable: &str) -> String {
    format!("{OPEN}{variable}{UNDEF}")
}

/// What stands before the name of a variable that is left open.
const OPEN: &str = "VALUES ?";

/// What stands after it.
const UNDEF: &str = " { UNDEF }";

/// The query with terms for variables that it leaves open. It is read once from front to end, so that nothing in a value is
/// ever taken for a part of the query.
fn fill(sparql: &str, terms: &BTreeMap<String, Option<Term>>) -> String {
    let mut filled = String::with_capacity(sparql.len());
    let mut rest = sparql;
    while let Some(at) = rest.find(OPEN) {
        let (before, from) = rest.split_at(at + OPEN.len());
        filled.push_str(before);
        let end = from.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(from.len());
        let (variable, after) = from.split_at(end);
        filled.push_str(variable);
        rest = after;
        if let (Some(Some(term)), Some(after)) = (terms.get(variable), after.strip_prefix(UNDEF)) {
            filled.push_str(&format!(" {{ {term} }}"));
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

/// Reads `person="Joe Biden" since=2021`.
fn assignments(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=').ok_or_else(|| format!("{rest:?} is not name=value"))?;
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => {
                quoted.split_once('"').ok_or_else(|| format!("the quotation mark of {name} is not closed"))?
            }
            None => after.split_once(' ').unwrap_or((after, "")),
        };
        found.push((name.trim().to_owned(), value.to_owned()));
        rest = after.trim_start();
    }
    Ok(found)
}

macro_rules! named {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../ontology/competency/", $name, ".rq")))),*]
    };
}

const FILES: &[(&str, &str)] = named![
    "common-contacts",
    "decisions",
    "dossier",
    "meeting-network",
    "meeting-places",
    "meetings-by-month",
    "outlets-differ",
    "plans-and-outcomes",
    "plans-that-came-to-nothing",
    "statements-around-meetings",
    "statements-over-time",
    "who-met-whom",
    "who-quotes-whom",
    "who-said-what",
    "who-says-so",
    "who-speaks-for-whom",
];

static QUERIES: LazyLock<Vec<NamedQuery>> = LazyLock::new(|| {
    let read = |(name, text): &(&str, &str)| NamedQuery::parse(name, text).expect("a test reads each of them");
    FILES.iter().map(read).collect()
});

/// All named queries, in the order of their names.
///
/// ```
/// let names: Vec<&str> = demarche_graph::named_queries().iter().map(|query| query.name.as_str()).collect();
/// assert!(names.contains(&"who-met-whom"));
/// ```
pub fn named_queries() -> &'static [NamedQuery] {
    &QUERIES
}

/// The named query of a name.
///
/// # Errors
/// When there is none; the message lists those that there are.
pub fn named_query(name: &str) -> Result<&'static NamedQuery, StoreError> {
    QUERIES.iter().find(|query| query.name == name).ok_or_else(|| {
        let names: Vec<&str> = QUERIES.iter().map(|query| query.name.as_str()).collect();
        Kind::Unknown(format!("there is no query {name:?}; there are {}", names.join(", "))).into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameter::ParameterKind;
    use oxigraph::model::Literal;

    const HEAD: &str = "# Who met\n#\n# Every one\n# of them.\n#\n# @param person person required  who\n";

    #[test]
    fn a_head_says_title_question_parameters_and_an_example() {
        let text =
            format!("{HEAD}# @param since date optional from then on\n# @example person=\"A B\" since=2021\nSELECT");
        let text = format!("{text} {{ VALUES ?person {{ UNDEF }} VALUES ?since_first {{ UNDEF }} }}");
        let query = NamedQuery::parse("q", &text).unwrap();
        assert_eq!((query.title.as_str(), query.question.as_str()), ("Who met", "Every one of them."));
        let parameters: Vec<_> =
            query.parameters.iter().map(|p| (p.name.as_str(), p.kind, p.required, p.meaning.as_str())).collect();
        assert_eq!(
            parameters,
            [("person", ParameterKind::Person, true, "who"), ("since", ParameterKind::Date, false, "from then on")]
        );
        assert_eq!(query.example, [("person".into(), "A B".into()), ("since".into(), "2021".into())]);
        assert_eq!(query.example_options(), "--param person=\"A B\" --since 2021");
    }

    #[test]
    fn a_head_that_does_not_fit_its_query_is_refused_with_the_line() {
        let body = "SELECT * { VALUES ?person { UNDEF } }";
        for (line, message) in [
            ("# @param person person required  who", "q, line 7: person is declared twice"),
            ("# @param other person optional  who", "q, line 7: the query has no VALUES ?other { UNDEF }"),
            ("# @param other horse optional  who", "q, line 7: \"horse\" is no kind of parameter"),
            ("# @param other person maybe  who", "q, line 7: \"maybe\" is neither required nor optional"),
            ("# @example whom=x", "q, line 7: whom is not declared above"),
            ("# @example person=\"x", "q, line 7: the quotation mark of person is not closed"),
        ] {
            let error = NamedQuery::parse("q", &format!("{HEAD}{line}\n{body}")).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn values_are_terms_and_never_a_part_of_the_query() {
        let text = |text: &str| Some(Term::from(Literal::new_simple_literal(text)));
        let hostile = "\" } # \\ VALUES ?b { UNDEF }\n";
        let terms =
            BTreeMap::from([("a".to_owned(), text(hostile)), ("b".to_owned(), text("x")), ("c".to_owned(), None)]);
        let query = "VALUES ?a { UNDEF } VALUES ?b { UNDEF } VALUES ?c { UNDEF } VALUES ?ab { UNDEF } VALUES ?a { 1 }";
        let filled = r#"VALUES ?a { "\" } # \\ VALUES ?b { UNDEF }\n" } VALUES ?b { "x" } VALUES ?c { UNDEF } "#;
        assert_eq!(fill(query, &terms), format!("{filled}VALUES ?ab {{ UNDEF }} VALUES ?a {{ 1 }}"));
    }
}
