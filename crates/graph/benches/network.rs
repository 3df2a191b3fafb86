//! The measures of a network of meetings: `cargo bench -p demarche-graph --bench network`.

use demarche_graph::{MeetingNetwork, Members, NetworkMeasures, NetworkOptions};
use divan::Bencher;

fn main() {
    divan::main();
}

/// A made-up world: people in towns of twelve, who meet at home and now and then elsewhere; some three links for each.
fn world(count: usize) -> MeetingNetwork {
    let mut meetings = Vec::new();
    for person in 0..count {
        let town = person / 12 * 12;
        meetings.push(vec![person, (town + (person * 7 + 3) % 12).min(count - 1)]);
        if person % 5 == 0 {
            meetings.push(vec![person, (person * 31 + 17) % count, (person * 13 + 5) % count]);
        }
    }
    let options = NetworkOptions { members: Members::All, ..NetworkOptions::default() };
    let named = meetings.into_iter().map(|who| who.into_iter().map(|one| format!("urn:p:{one:06}")).collect());
    MeetingNetwork::of_meetings(options, named)
}

/// All measures, exact betweenness among them, by the number of people.
#[divan::bench(args = [1_000, 10_000], sample_count = 3)]
fn measures(bencher: Bencher, people: usize) {
    bencher.with_inputs(|| world(people)).bench_values(|network| -> NetworkMeasures { network.measures() });
}
