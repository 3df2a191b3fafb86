//! How long the named queries take on a store of one's own, warm, with nothing but what they require and with each of their
//! other parameters: `DEMARCHE_STORE=kg cargo bench -p demarche-graph --bench questions`.
//!
//! The values are the heaviest that there are: the person, body, place and meeting that most articles tell of. A time is that of
//! the processor where the system tells it (Linux), so that what else the machine does counts little.

mod heaviest;

use demarche_graph::{NamedQuery, QueryOptions, Store, named_queries};
use heaviest::heaviest;
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
        let required: Option<Vec<(String, String)>> = query
            .parameters
            .iter()
            .filter(|parameter| parameter.required)
            .enumerate()
            .map(|(rank, parameter)| Some((parameter.name.clone(), heaviest(&store, query, parameter, rank)?)))
            .collect();
        let Some(required) = required else { continue };
        time(&store, query, &required);
        for parameter in query.parameters.iter().filter(|parameter| !parameter.required) {
            if let Some(value) = heaviest(&store, query, parameter, required.len()) {
                let given = [required.as_slice(), &[(parameter.name.clone(), value)]].concat();
                time(&store, query, &given);
            }
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

/// The time that this thread has been on a processor; the time of day where the system does not tell.
fn processor_time() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}
