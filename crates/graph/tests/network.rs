//! The network of meetings: the same figures as networkx, and a graph of its own that never outlives what it was made from.

#![allow(clippy::unwrap_used)]

mod articles;
mod peers;

use articles::corpus;
use demarche_graph::{Members, NetworkMeasures, NetworkOptions, QueryOptions, Store};
use peers::python_with;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

fn stored(path: &Path) -> Store {
    let mut store = Store::create(path, None).unwrap();
    store.add(&corpus()).unwrap();
    store.commit().unwrap();
    store
}

fn ask(store: &Store, query: &str) -> Vec<Vec<String>> {
    let rows = store.query(query, &QueryOptions::default()).unwrap().rows();
    rows.map(|row| row.unwrap().into_iter().map(|term| term.map_or(String::new(), |term| term.to_string())).collect())
        .collect()
}

#[test]
fn who_met_is_linked_by_status_and_days() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path());
    let names = |options: NetworkOptions| -> Vec<String> {
        let measures = store.network(options).unwrap().measures();
        measures.members.into_iter().map(|member| member.name).collect()
    };
    assert_eq!(names(NetworkOptions::default()), ["Teodor Banić", "Ines Duarte", "Mara Lindqvist"]);
    let summer = NetworkOptions::default().during(Some("2021-06"), Some("2021-06")).unwrap();
    assert_eq!(names(summer), ["Mara Lindqvist", "Teodor Banić"]);
    let cancelled = vec![demarche_record::Status::Denied];
    assert_eq!(names(NetworkOptions { statuses: cancelled, ..NetworkOptions::default() }), [""; 0]);
    assert!(NetworkOptions::default().during(Some("soon"), None).is_err());
}

#[test]
fn a_chain_has_the_meetings_and_articles_behind_each_link() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path());
    let network = store.network(NetworkOptions::default()).unwrap();
    let chain = network.chain(&store, "Lindqvist", "person/ines-duarte").unwrap();
    let links: Vec<(&str, &str)> = chain.iter().map(|link| (link.from.as_str(), link.to.as_str())).collect();
    assert_eq!(links, [("Mara Lindqvist", "Teodor Banić"), ("Teodor Banić", "Ines Duarte")]);
    assert_eq!(chain[0].meetings.len(), 1);
    assert_eq!(chain[0].meetings[0].articles.len(), 3);
    let error = network.chain(&store, "Lindqvist", "Nobody Atall").unwrap_err().to_string();
    assert!(error.contains("\"Nobody Atall\""), "{error}");
}

#[test]
fn measures_stand_in_a_graph_of_their_own_until_the_records_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = stored(folder.path());
    let before = ask(&store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }");
    let network = store.network(NetworkOptions::default()).unwrap();
    let measures = network.measures();
    for _ in 0..2 {
        store.write_network(&network, &measures).unwrap();
        store.commit().unwrap();
        let query =
            "SELECT ?d { GRAPH <https://w3id.org/demarche/id/graph/network> { person:teodor-banic dm:degree ?d } }";
        assert_eq!(ask(&store, query), [["\"2\"^^<http://www.w3.org/2001/XMLSchema#integer>"]]);
    }
    assert_eq!(ask(&store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), before, "the default graph is as it was");
    let written = "SELECT ?s { GRAPH <https://w3id.org/demarche/id/graph/network> { ?s ?p ?o } }";
    assert!(!ask(&Store::open(folder.path()).unwrap(), written).is_empty());
    let first = store.records().unwrap()[0].id.clone();
    store.withdraw([first.as_str()]).unwrap();
    assert!(
        ask(&Store::open(folder.path()).unwrap(), written).is_empty(),
        "what was measured of other articles is gone"
    );
    store.commit().unwrap();
    assert!(ask(&store, written).is_empty());
}

/// What networkx says of the same links, one line a node: name, degree, betweenness, closeness; then the modularity of our
/// communities and the best that its own Louvain finds.
const PEER: &str = r#"
import sys, json, networkx as nx
data = json.load(sys.stdin)
g = nx.Graph()
for a, b, w in data["links"]: g.add_edge(a, b, weight=w)
b, c = nx.betweenness_centrality(g), nx.closeness_centrality(g)
groups = {}
for node, group in data["communities"].items(): groups.setdefault(group, set()).add(node)
best = max(nx.community.modularity(g, nx.community.louvain_communities(g, seed=s)) for s in range(10))
json.dump({"nodes": {n: [g.degree(n), g.degree(n, weight="weight"), b[n], c[n]] for n in g},
  "components": nx.number_connected_components(g),
  "modularity": nx.community.modularity(g, groups.values()), "best": best}, sys.stdout)
"#;

/// People of a made-up world: `count` of them in towns of twelve, who meet at home and now and then elsewhere.
fn world(count: usize) -> Vec<Vec<usize>> {
    let mut meetings = Vec::new();
    for person in 0..count {
        let town = person / 12 * 12;
        meetings.push(vec![person, town + (person * 7 + 3) % 12]);
        if person % 5 == 0 {
            meetings.push(vec![person, (person * 31 + 17) % count, (person * 13 + 5) % count]);
        }
    }
    meetings.into_iter().filter(|who| who.iter().all(|one| *one < count)).collect()
}

#[test]
fn networkx_finds_the_same_figures() {
    let Some(python) = python_with("networkx") else { return };
    let meetings = world(200);
    let mut links = std::collections::BTreeMap::new();
    for who in &meetings {
        let who: std::collections::BTreeSet<usize> = who.iter().copied().collect();
        for one in &who {
            for other in who.range(one + 1..) {
                *links.entry((*one, *other)).or_insert(0_usize) += 1;
            }
        }
    }
    let network = demarche_graph::MeetingNetwork::of_meetings(
        NetworkOptions { members: Members::All, ..NetworkOptions::default() },
        meetings.iter().map(|who| who.iter().map(|one| format!("urn:p:{one:03}")).collect::<Vec<_>>()),
    );
    let ours: NetworkMeasures = network.measures();
    let communities: std::collections::BTreeMap<&str, usize> =
        ours.members.iter().map(|member| (member.name.as_str(), member.community)).collect();
    let name = |one: &usize| format!("urn:p:{one:03}");
    let links: Vec<_> = links.iter().map(|((one, other), weight)| (name(one), name(other), weight)).collect();
    let input = serde_json::json!({"links": links, "communities": communities}).to_string();
    let mut child =
        Command::new(python).args(["-c", PEER]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let theirs: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(theirs["nodes"].as_object().unwrap().len(), ours.members.len());
    let near = |a: f64, b: &serde_json::Value| (a - b.as_f64().unwrap()).abs() < 1e-9;
    for member in &ours.members {
        let node = &theirs["nodes"][&member.name];
        let same = node[0] == member.degree
            && node[1] == member.weighted_degree
            && near(member.betweenness, &node[2])
            && near(member.closeness, &node[3]);
        assert!(same, "{member:?}, networkx: {node}");
    }
    assert_eq!(theirs["components"], ours.summary.components);
    assert!(near(ours.summary.modularity, &theirs["modularity"]), "{:?}", ours.summary);
    assert!(
        ours.summary.modularity > theirs["best"].as_f64().unwrap() - 0.03,
        "{:?}, {}",
        ours.summary,
        theirs["best"]
    );
}
