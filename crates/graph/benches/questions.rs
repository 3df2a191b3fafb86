//! How long the named queries take on a store of one's own, warm, with nothing but what they require and with each of their
//! other parameters: `DEMARCHE_STORE=kg cargo bench -p demarche-graph --bench questions`.
//!
//! The values are the heaviest that there are: the person, body, place and meeting that most articles tell of. A time is that of
//! the processor where the system tells it (Linux), so that what else the machine does counts little.

use demarche_graph::{NamedQuery, ParameterKind, QueryOptions, Store, named_queries};
use std::time::{Duration, Instant};

fn main() {
    let Some(path) = std::env::var_os("DEMARCHE_STORE") else {
        eprintln!("skipped: DEMARCHE_STORE names the folder of a store");
        return;
    };
    let store = Store::open(path).expect("a store");
    let quads = store.graph().expect("its graph").len().expect("its size");
    println!("{quads} quads\n\n| question | asked about | rows | ms |\n|---|---|---|---|");
    for query in named_queries() {
        let required: Vec<(String, String)> = query
            .parameters
            .iter()
            .filter(|parameter| parameter.required)
            .map(|parameter| (parameter.name.clone(), heaviest(&store, query, parameter.kind)))
            .collect();
        time(&store, query, &required);
        for parameter in query.parameters.iter().filter(|parameter| !parameter.required) {
            let mut given = required.clone();
            given.push((parameter.name.clone(), heaviest(&store, query, parameter.kind)));
            time(&store, query, &given);
        }
    }
}

fn time(store: &Store, query: &NamedQuery, given: &[(String, String)]) {
    let mut best = Duration::MAX;
    let mut rows = 0;
    let mut left = 7;
    let end = Instant::now() + Duration::from_secs(10);
    while left > 0 && Instant::now() < end {
        let start = processor_time();
        rows = store.ask(query, given, &QueryOptions::default()).expect("a query").rows().count();
        best = best.min(processor_time().saturating_sub(start));
        left -= 1;
    }
    let given: Vec<String> = given.iter().map(|(name, value)| format!("{name}={value}")).collect();
    println!("| {} | {} | {rows} | {:.1} |", query.name, given.join(" "), best.as_secs_f64() * 1e3);
}

/// A value that gives a query much to do.
fn heaviest(store: &Store, query: &NamedQuery, kind: ParameterKind) -> String {
    let class = match kind {
        ParameterKind::Person | ParameterKind::Agent | ParameterKind::Thing => "dm:Person",
        ParameterKind::Body => "dm:Organization",
        ParameterKind::Place => "dm:Place",
        ParameterKind::Meeting => "dm:Meeting",
        ParameterKind::Text => return "house".to_owned(),
        ParameterKind::Date => return "2021-06/2021-12".to_owned(),
    };
    let asked = format!("SELECT ?x {{ ?x a {class} ; dm:sourceCount ?n }} ORDER BY DESC(?n) ?x LIMIT 1");
    let mut rows = store.query(&asked, &QueryOptions::default()).expect("a query").rows();
    let row = rows.next().unwrap_or_else(|| panic!("{}: the store has no {class}", query.name)).expect("a row");
    row[0].as_ref().expect("a value").to_string()
}

/// The time that this thread has been on a processor; the time of day where the system does not tell.
fn processor_time() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}
