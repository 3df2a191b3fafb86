//! What to ask a store of one's own about: what most of its articles tell of, which gives a query the most to do.

use demarche_graph::{NamedQuery, Parameter, ParameterKind, QueryOptions, Store};

/// A value for a parameter of a query: of the things of its kind the one that most articles tell of, after `skipped` others.
/// None where the store has none: articles need not name a publisher.
pub fn heaviest(store: &Store, query: &NamedQuery, parameter: &Parameter, skipped: usize) -> Option<String> {
    let asked = match parameter.kind {
        ParameterKind::Person | ParameterKind::Agent | ParameterKind::Thing => ranked("dm:Person"),
        ParameterKind::Body => ranked("dm:Organization"),
        ParameterKind::Place => ranked("dm:Place"),
        ParameterKind::Meeting => ranked("dm:Meeting"),
        ParameterKind::Text if query.name == "who-quotes-whom" => {
            "SELECT ?x { ?article dm:publisher ?x } GROUP BY ?x ORDER BY DESC(COUNT(*)) ?x".to_owned()
        }
        ParameterKind::Text => return Some("house".to_owned()),
        ParameterKind::Date => return Some("2021-06/2021-12".to_owned()),
    };
    let mut rows = store.query(&asked, &QueryOptions::default()).expect("a query").rows().skip(skipped);
    let value = rows.next()?.expect("a row")[0].clone().expect("a value");
    Some(match value {
        demarche_graph::model::Term::Literal(text) => text.value().to_owned(),
        thing => thing.to_string(),
    })
}

fn ranked(class: &str) -> String {
    format!("SELECT ?x {{ ?x a {class} ; dm:sourceCount ?n }} ORDER BY DESC(?n) ?x")
}
