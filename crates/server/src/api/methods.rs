//! The table of methods: paths, parameters, shapes of answers.

use super::answers::{
    Article, ArticleSummary, Decision, Found, Kind, Meeting, MeetingSummary, NamedSummary, NamedThing, Network, Page,
    Queries, Statement, StatementSummary, Statistics, Timeline,
};
use super::facts::Facts;
use super::index::Index;
use super::parameters::{Parameter, Parameters, Values, concepts};
use super::{
    article, bad, broken, decisions, lists, meeting, named, network, openapi, search, statement, statistics, timeline,
};
use crate::exchange::Failed;
use demarche_graph::vocabulary::dm;
use demarche_graph::{Status, Store};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A method of the API.
pub(super) struct Method {
    /// Its name.
    pub name: &'static str,
    /// Its path; `{name}` stands for one part.
    pub path: &'static str,
    /// What it answers.
    pub about: &'static str,
    /// What may be asked for.
    pub parameters: &'static [Parameter],
    pub(super) schema: fn(&mut SchemaGenerator) -> Schema,
    function: fn(&Context<'_>, &Parameters<'_>) -> Result<Value, Failed>,
}

/// What a method answers from.
pub(super) struct Context<'a> {
    pub store: &'a Store,
    pub index: &'a Index,
    pub facts: Facts<'a>,
}

impl Method {
    /// Whether the path is this method's; then the part that stands for its `{name}`, if it has one.
    pub(super) fn matches(&self, path: &str) -> Option<Option<String>> {
        let Some(before) = self.path.strip_suffix("{name}") else {
            return (self.path == path).then_some(None);
        };
        let name = path.strip_prefix(before).filter(|name| !name.is_empty() && !name.contains('/'))?;
        Some(Some(name.to_owned()))
    }

    pub(super) fn answer(
        &self,
        store: &Store,
        index: &Index,
        parameters: &BTreeMap<String, String>,
    ) -> Result<Value, Failed> {
        for name in parameters.keys() {
            let known = self.parameters.iter().any(|parameter| parameter.name == name);
            let of_path = name == "name" && self.path.contains("{name}");
            if !known && !of_path {
                let known: Vec<&str> = self.parameters.iter().map(|parameter| parameter.name).collect();
                let hint =
                    if known.is_empty() { "it has none".to_owned() } else { format!("it has {}", known.join(", ")) };
                return Err(bad(format!("{} has no parameter {name:?}; {hint}", self.path)));
            }
        }
        let parameters = Parameters(parameters);
        self.parameters.iter().try_for_each(|parameter| parameter.check(&parameters))?;
        (self.function)(&Context { store, index, facts: Facts::of(store) }, &parameters)
    }
}

/// Turns a function that gives a typed answer into a method.
macro_rules! method {
    ($name:literal, $path:literal, $about:literal, $parameters:expr, $function:path => $answer:ty) => {
        Method {
            name: $name,
            path: $path,
            about: $about,
            parameters: $parameters,
            schema: schema_of::<$answer>,
            function: |context, parameters| {
                let answer: $answer = $function(context, parameters)?;
                json(&answer)
            },
        }
    };
}

fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

fn json(answer: &impl Serialize) -> Result<Value, Failed> {
    serde_json::to_value(answer).map_err(broken)
}

const OFFSET: Parameter =
    Parameter { name: "offset", values: Values::Number, about: "How many items to leave out before the first" };
const LIMIT: Parameter = Parameter { name: "limit", values: Values::Number, about: "The most items; at most 500" };
const SINCE: Parameter = Parameter {
    name: "since",
    values: Values::Day,
    about: "Only what can have been on this day (month, year) or later",
};
const UNTIL: Parameter = Parameter {
    name: "until",
    values: Values::Day,
    about: "Only what can have been on this day (month, year) or earlier",
};
const STATUS: Parameter = Parameter {
    name: "status",
    values: Values::Some(|| Status::ALL.map(Status::as_str).to_vec()),
    about: "Only these, with commas",
};
const SOURCES: Parameter = Parameter {
    name: "min_sources",
    values: Values::Number,
    about: "Only what so many independent articles tell, or more",
};
const ABOUT: Parameter =
    Parameter { name: "about", values: Values::Text, about: "Only what concerns all of these: keys, with commas" };
const ORDER: Parameter = Parameter {
    name: "sort",
    values: Values::One(|| vec!["newest", "oldest", "sources"]),
    about: "The order: newest (as it is anyway), oldest or sources",
};
const WORDS: Parameter = Parameter {
    name: "q",
    values: Values::Text,
    about: "Only what has words that begin so, whatever their case and accents",
};
const NAMED: &[Parameter] = &[
    WORDS,
    SOURCES,
    Parameter {
        name: "sort",
        values: Values::One(|| vec!["sources", "meetings", "statements", "name"]),
        about: "The order: sources (the most first, as it is anyway), meetings, statements or name",
    },
    Parameter {
        name: "of",
        values: Values::Text,
        about: "Only this sort: government, company, international, media, party; city, country, region, venue",
    },
    OFFSET,
    LIMIT,
];
const THING: &[Parameter] = &[
    Parameter {
        name: "evidence",
        values: Values::Number,
        about: "How many items of evidence to leave out before the first",
    },
    Parameter { name: "decisions", values: Values::Number, about: "How many decisions to leave out before the first" },
];

/// All methods, in the order of the description.
pub(super) const METHODS: &[Method] = &[
    method!(
        "search", "/api/search",
        "Finds people, bodies, places, meetings and articles by their names, and statements by their words",
        &[
            Parameter { name: "q", values: Values::Text, about: "Beginnings of words, whatever their case and accents" },
            Parameter { name: "kind", values: Values::Some(|| Kind::ALL.map(Kind::as_str).to_vec()), about: "Only these, with commas" },
            Parameter { name: "each", values: Values::Number, about: "The most of each kind, for a list in which every kind has room; the total counts all" },
            OFFSET,
            LIMIT,
        ],
        search::search => Page<Found>
    ),
    method!("people", "/api/people", "People, the best-attested first", NAMED, lists::people => Page<NamedSummary>),
    method!("bodies", "/api/bodies", "Bodies, the best-attested first", NAMED, lists::bodies => Page<NamedSummary>),
    method!("places", "/api/places", "Places, the best-attested first", NAMED, lists::places => Page<NamedSummary>),
    method!(
        "meetings", "/api/meetings", "Meetings",
        &[
            WORDS, ABOUT, SINCE, UNTIL, STATUS, SOURCES,
            Parameter { name: "mode", values: Values::Some(|| concepts(dm::MODES)), about: "Only these, with commas" },
            ORDER,
            OFFSET, LIMIT,
        ],
        lists::meetings => Page<MeetingSummary>
    ),
    method!(
        "statements", "/api/statements", "Statements",
        &[
            WORDS, ABOUT,
            Parameter { name: "speaker", values: Values::Text, about: "Only what one of these said: keys, with commas" },
            Parameter { name: "stance", values: Values::One(|| concepts(dm::STANCES)), about: "Only this stance" },
            Parameter { name: "article", values: Values::Text, about: "Only what this article tells: a key" },
            SINCE, UNTIL, SOURCES,
            ORDER,
            OFFSET, LIMIT,
        ],
        lists::statements => Page<StatementSummary>
    ),
    method!(
        "articles", "/api/articles", "Articles, the newest first",
        &[
            WORDS, SINCE, UNTIL,
            Parameter { name: "publisher", values: Values::Text, about: "Only what this one published" },
            OFFSET, LIMIT,
        ],
        lists::articles => Page<ArticleSummary>
    ),
    method!("person", "/api/person/{name}", "A person", THING, named::person => NamedThing),
    method!("organization", "/api/organization/{name}", "A body", THING, named::organization => NamedThing),
    method!("place", "/api/place/{name}", "A place", THING, named::place => NamedThing),
    method!(
        "meeting", "/api/meeting/{name}",
        "A meeting: its history, what each article says side by side, what they disagree on, what was said about it",
        &[Parameter { name: "decisions", values: Values::Number, about: "How many decisions to leave out before the first" }],
        meeting::meeting => Meeting
    ),
    method!(
        "statement", "/api/statement/{name}", "A statement, as each article has it",
        &[Parameter { name: "decisions", values: Values::Number, about: "How many decisions to leave out before the first" }],
        statement::statement => Statement
    ),
    method!("article", "/api/article/{name}", "An article: its text and what was read where", &[], article::article => Article),
    method!(
        "network", "/api/network",
        "Who has a meeting with whom. Without about, those with most meetings; with it, those around these things",
        &[
            ABOUT, SINCE, UNTIL, STATUS, SOURCES,
            Parameter { name: "max_nodes", values: Values::Number, about: "The most nodes; 60 if not told, at most 400" },
        ],
        network::network => Network
    ),
    method!("timeline", "/api/timeline", "How many meetings, statements and articles when", &[ABOUT], timeline::timeline => Timeline),
    method!("statistics", "/api/statistics", "What the store holds", &[], statistics::statistics => Statistics),
    method!("queries", "/api/queries", "The named queries in SPARQL, and the prefixes that need not be declared", &[], statistics::queries => Queries),
    method!(
        "decisions", "/api/decisions",
        "Why things were taken for the same or kept apart, the least certain first",
        &[
            Parameter { name: "about", values: Values::Text, about: "Only what concerns this thing: a key" },
            Parameter { name: "kind", values: Values::One(|| Kind::ALL.map(Kind::as_str).to_vec()), about: "Only things of this kind" },
            Parameter { name: "sort", values: Values::One(|| vec!["same", "apart", "set aside", "corrected"]), about: "Only what was decided so" },
            OFFSET, LIMIT,
        ],
        decisions::list => Page<Decision>
    ),
    Method {
        name: "openapi",
        path: "/api/openapi.json",
        about: "This description",
        parameters: &[],
        schema: schema_of::<Value>,
        function: |_, _| Ok(openapi::describe()),
    },
];
