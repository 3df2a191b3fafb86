//! The network of meetings: who stands how in it, who belongs together, and over whom two are linked.

mod centrality;
mod chain;
mod community;
mod triples;

pub use chain::{ChainLink, ChainMeeting};

use crate::error::StoreError;
use crate::parameter::days;
use crate::query::{QueryOptions, evaluate, parse};
use crate::reach::Reach;
use crate::store::Store;
use demarche_record::Status;
use oxigraph::model::{NamedNode, Term};
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;
use serde::Serialize;
use std::collections::BTreeMap;

/// Who the nodes of a network are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Members {
    /// People.
    #[default]
    People,
    /// States, where they take part by themselves: whom somebody speaks for at a meeting changes from one to the next, and
    /// an office that a person is reported to hold does not tell it.
    States,
    /// People, bodies and states.
    All,
}

impl Members {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::States => "states",
            Self::All => "all",
        }
    }

    /// What a participant has to be, in SPARQL.
    fn pattern(self) -> &'static str {
        match self {
            Self::People => "?who a dm:Person .",
            Self::States => "?who a dm:State .",
            Self::All => "",
        }
    }
}

/// Which meetings and members make a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkOptions {
    /// Who the nodes are.
    pub members: Members,
    /// Meetings of these statuses count.
    pub statuses: Vec<Status>,
    /// First day that counts: a meeting does that may have been on it or later.
    pub since: Option<String>,
    /// Last day that counts: a meeting does that may have been on it or earlier.
    pub until: Option<String>,
}

/// People, and the meetings that were held or are going on.
impl Default for NetworkOptions {
    fn default() -> Self {
        let statuses = vec![Status::Held, Status::Ongoing];
        Self { members: Members::default(), statuses, since: None, until: None }
    }
}

impl NetworkOptions {
    /// The same for a stretch of time, given as dates at any precision (`2021`, `2021-06`, `2021-06-16`, EDTF intervals).
    ///
    /// # Errors
    /// When one is no date.
    pub fn during(mut self, since: Option<&str>, until: Option<&str>) -> Result<Self, StoreError> {
        let read = |name: &str, text: &str| days(text).ok_or_else(|| crate::parameter::no_date(name, text));
        self.since = since.map(|text| read("since", text)).transpose()?.and_then(|(first, _)| first);
        self.until = until.map(|text| read("until", text)).transpose()?.and_then(|(_, last)| last);
        Ok(self)
    }
}

/// The network of meetings: each two who took part in one are linked. The order of nodes and links is that of their IRIs, so
/// that the same graph gives the same figures to the last digit.
#[derive(Debug)]
pub struct MeetingNetwork {
    options: NetworkOptions,
    graph: UnGraph<Member, Vec<usize>>,
    meetings: Vec<Occasion>,
}

/// Somebody in the network.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Member {
    iri: NamedNode,
    name: String,
    /// In how many meetings with others of the network.
    meetings: usize,
}

/// A meeting of the network.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Occasion {
    iri: NamedNode,
    label: String,
}

/// How a member stands in the network. The measures are those of a graph whose links have no weights, unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// Its IRI.
    pub iri: String,
    /// Its name.
    pub name: String,
    /// With how many others there was a meeting.
    pub degree: usize,
    /// The meetings with each of the others, added up.
    pub weighted_degree: usize,
    /// The number of meetings.
    pub meetings: usize,
    /// The share of shortest chains between two others that lead over this one, 0 to 1 (Freeman's betweenness, normalised).
    pub betweenness: f64,
    /// How near the others are, 0 to 1: the inverse of the mean distance, scaled by the share of members that can be reached
    /// (Wasserman and Faust 1994, p. 200).
    pub closeness: f64,
    /// The community, numbered from 1, the largest first.
    pub community: usize,
    /// The component, numbered from 1, the largest first.
    pub component: usize,
}

/// A network in figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NetworkSummary {
    /// Number of members.
    pub members: usize,
    /// Number of pairs that met.
    pub links: usize,
    /// Number of meetings.
    pub meetings: usize,
    /// Number of components: within one, all are linked by some chain.
    pub components: usize,
    /// Number of communities.
    pub communities: usize,
    /// How much more the communities meet within than chance would have it (Newman's modularity, weighted by meetings).
    pub modularity: f64,
}

/// All measures of a network.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NetworkMeasures {
    /// The network as a whole.
    pub summary: NetworkSummary,
    /// Its members: those of highest betweenness first, then of most meetings, then by IRI.
    pub members: Vec<Standing>,
}

impl Store {
    /// The network of the meetings that the default graph tells of.
    ///
    /// # Errors
    /// When the graph cannot be loaded.
    pub fn network(&self, options: NetworkOptions) -> Result<MeetingNetwork, StoreError> {
        let statuses: Vec<String> =
            options.statuses.iter().map(|status| crate::quads::status_concept(*status).to_string()).collect();
        let since = options.since.as_ref().map_or(String::new(), |day| format!("FILTER(STR(?last) >= \"{day}\")"));
        let until = options.until.as_ref().map_or(String::new(), |day| format!("FILTER(STR(?first) <= \"{day}\")"));
        let query = format!(
            "SELECT ?meeting ?label ?who ?name WHERE {{ ?meeting a dm:Meeting ; dm:status ?status ; rdfs:label ?label ; \
             dm:participant ?who . FILTER(?status IN ({})) {} ?who rdfs:label ?name . OPTIONAL {{ ?meeting dm:earliest \
             ?first }} OPTIONAL {{ ?meeting dm:latest ?last }} {since} {until} }}",
            statuses.join(", "),
            options.members.pattern(),
        );
        let mut meetings: BTreeMap<String, (String, BTreeMap<String, String>)> = BTreeMap::new();
        // The chain's query sees more: what both see is loaded at once.
        let query = parse(self.names(), &query)?;
        let graph = self.reached(Reach::of(&query).and(chain::reach()))?;
        for row in evaluate(&graph, query, &QueryOptions::default())?.rows() {
            let row = row?;
            let text = |column: usize| row.get(column).and_then(Option::as_ref).map(value).unwrap_or_default();
            let meeting = meetings.entry(text(0)).or_default();
            meeting.0 = text(1);
            meeting.1.insert(text(2), text(3));
        }
        Ok(MeetingNetwork::new(options, meetings))
    }
}

fn value(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}

impl MeetingNetwork {
    /// From meetings by IRI, each with its label and its participants' names by IRI.
    fn new(options: NetworkOptions, meetings: BTreeMap<String, (String, BTreeMap<String, String>)>) -> Self {
        let node = |iri: &str| NamedNode::new_unchecked(iri);
        // Who met nobody of the network is no member.
        let together: Vec<_> = meetings.into_iter().filter(|(_, (_, who))| who.len() > 1).collect();
        let mut members: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        for (iri, name) in together.iter().flat_map(|(_, (_, who))| who) {
            members.entry(iri).or_insert((name, 0)).1 += 1;
        }
        let mut graph = UnGraph::default();
        let mut indices: BTreeMap<&str, NodeIndex> = BTreeMap::new();
        for (iri, (name, meetings)) in members {
            let member = Member { iri: node(iri), name: name.to_owned(), meetings };
            indices.insert(iri, graph.add_node(member));
        }
        let mut links: BTreeMap<(NodeIndex, NodeIndex), Vec<usize>> = BTreeMap::new();
        for (number, (_, (_, who))) in together.iter().enumerate() {
            let who: Vec<NodeIndex> = who.keys().filter_map(|iri| indices.get(iri.as_str()).copied()).collect();
            for (place, one) in who.iter().enumerate() {
                for other in &who[place + 1..] {
                    links.entry((*one, *other)).or_default().push(number);
                }
            }
        }
        for ((one, other), meetings) in links {
            graph.add_edge(one, other, meetings);
        }
        let meetings = together.iter().map(|(iri, (label, _))| Occasion { iri: node(iri), label: label.clone() });
        let meetings = meetings.collect();
        Self { options, graph, meetings }
    }

    /// From meetings without a store: of each those who took part, by IRI. They are called by their IRIs.
    pub fn of_meetings(options: NetworkOptions, meetings: impl IntoIterator<Item = Vec<String>>) -> Self {
        let meeting = |(number, who): (usize, Vec<String>)| {
            let who = who.into_iter().map(|iri| (iri.clone(), iri)).collect();
            (format!("urn:meeting:{number}"), (format!("meeting {number}"), who))
        };
        Self::new(options, meetings.into_iter().enumerate().map(meeting).collect())
    }

    /// What it was made of.
    pub fn options(&self) -> &NetworkOptions {
        &self.options
    }

    /// All measures. Betweenness and closeness take a search from each member: the time grows with members times links.
    pub fn measures(&self) -> NetworkMeasures {
        let neighbours = self.neighbours();
        let weighted: Vec<Vec<(usize, u64)>> = self
            .graph
            .node_indices()
            .map(|node| {
                let mut edges: Vec<(usize, u64)> =
                    self.graph.edges(node).map(|edge| (edge.target().index(), edge.weight().len() as u64)).collect();
                edges.sort_unstable();
                edges
            })
            .collect();
        let centrality = centrality::centrality(&neighbours);
        let community = community::louvain(&weighted);
        let component = self.components();
        let mut members: Vec<Standing> = self
            .graph
            .node_indices()
            .map(|node| {
                let (index, member) = (node.index(), &self.graph[node]);
                Standing {
                    iri: member.iri.as_str().to_owned(),
                    name: member.name.clone(),
                    degree: neighbours[index].len(),
                    weighted_degree: self.graph.edges(node).map(|edge| edge.weight().len()).sum(),
                    meetings: member.meetings,
                    betweenness: centrality[index].betweenness,
                    closeness: centrality[index].closeness,
                    community: community[index],
                    component: component[index],
                }
            })
            .collect();
        members.sort_by(|a, b| {
            let betweenness = b.betweenness.total_cmp(&a.betweenness);
            betweenness.then_with(|| b.weighted_degree.cmp(&a.weighted_degree)).then_with(|| a.iri.cmp(&b.iri))
        });
        let summary = NetworkSummary {
            members: members.len(),
            links: self.graph.edge_count(),
            meetings: self.meetings.len(),
            components: component.iter().copied().max().unwrap_or_default(),
            communities: community.iter().copied().max().unwrap_or_default(),
            modularity: community::modularity(&weighted, &community),
        };
        NetworkMeasures { summary, members }
    }

    /// The neighbours of each member, in order.
    fn neighbours(&self) -> Vec<Vec<usize>> {
        let of_node = |node| {
            let mut neighbours: Vec<usize> = self.graph.neighbors(node).map(NodeIndex::index).collect();
            neighbours.sort_unstable();
            neighbours
        };
        self.graph.node_indices().map(of_node).collect()
    }

    /// The component of each member.
    fn components(&self) -> Vec<usize> {
        let mut sets = UnionFind::new(self.graph.node_count());
        for edge in self.graph.edge_references() {
            sets.union(edge.source().index(), edge.target().index());
        }
        by_size(&sets.into_labeling())
    }
}

/// Numbers groups from 1: the largest first, those of one size by their first member.
fn by_size(groups: &[usize]) -> Vec<usize> {
    let mut sizes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (index, group) in groups.iter().enumerate() {
        sizes.entry(*group).or_insert((0, index)).0 += 1;
    }
    let mut order: Vec<(usize, (usize, usize))> = sizes.into_iter().collect();
    order.sort_by_key(|(_, (size, first))| (std::cmp::Reverse(*size), *first));
    let numbers: BTreeMap<usize, usize> =
        order.into_iter().enumerate().map(|(number, (group, _))| (group, number + 1)).collect();
    groups.iter().map(|group| numbers[group]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A network of meetings of people with names of one letter.
    pub(super) fn network(meetings: &[&str]) -> MeetingNetwork {
        let people =
            |who: &str| who.chars().map(|c| (format!("p:{c}"), c.to_string())).collect::<BTreeMap<String, String>>();
        let meeting =
            |(number, who): (usize, &&str)| (format!("m:{number:03}"), (format!("meeting of {who}"), people(who)));
        MeetingNetwork::new(NetworkOptions::default(), meetings.iter().enumerate().map(meeting).collect())
    }

    fn of<'m>(measures: &'m NetworkMeasures, name: &str) -> &'m Standing {
        measures.members.iter().find(|member| member.name == name).unwrap()
    }

    #[test]
    fn a_star_has_all_its_chains_over_the_middle() {
        let measures = network(&["ab", "ac", "ad", "ae", "ab"]).measures();
        let middle = &measures.members[0];
        assert_eq!((middle.name.as_str(), middle.degree, middle.weighted_degree, middle.meetings), ("a", 4, 5, 5));
        assert_eq!((middle.betweenness, middle.closeness), (1.0, 1.0));
        assert_eq!((of(&measures, "e").betweenness, of(&measures, "e").closeness), (0.0, 4.0 / 7.0));
        assert_eq!((measures.summary.links, measures.summary.meetings, measures.summary.components), (4, 5, 1));
    }

    #[test]
    fn a_path_and_a_ring_have_the_betweenness_of_the_textbook() {
        let path = network(&["ab", "bc", "cd", "de"]).measures();
        let betweenness: Vec<f64> = ["a", "b", "c", "d", "e"].map(|name| of(&path, name).betweenness).into();
        assert_eq!(betweenness, [0.0, 3.0 / 6.0, 4.0 / 6.0, 3.0 / 6.0, 0.0]);
        // In a ring of five each pair at distance two has one shortest chain, over one member.
        let ring = network(&["ab", "bc", "cd", "de", "ea"]).measures();
        assert!(ring.members.iter().all(|member| (member.betweenness - 1.0 / 6.0).abs() < 1e-12), "{ring:?}");
        // In a ring of four each pair at distance two has two, so that each member has half of one.
        let ring = network(&["ab", "bc", "cd", "da"]).measures();
        assert!(ring.members.iter().all(|member| (member.betweenness - 0.5 / 3.0).abs() < 1e-12), "{ring:?}");
    }

    #[test]
    fn one_meeting_links_all_who_take_part() {
        let measures = network(&["abc", "x"]).measures();
        assert_eq!(measures.summary.members, 3, "who met nobody is no member");
        assert_eq!((of(&measures, "a").degree, of(&measures, "a").meetings), (2, 1));
        assert!(measures.members.iter().all(|member| member.betweenness == 0.0 && member.closeness == 1.0));
    }

    #[test]
    fn what_is_not_linked_is_apart() {
        let measures = network(&["ab", "xy", "yz"]).measures();
        assert_eq!(measures.summary.components, 2);
        assert_eq!((of(&measures, "x").component, of(&measures, "a").component), (1, 2));
        // One of four others at distance 1: 1/1 · 1/4.
        assert_eq!(of(&measures, "a").closeness, 0.25);
        assert_eq!(network(&[]).measures().summary.members, 0);
    }

    #[test]
    fn communities_meet_among_themselves() {
        let measures = network(&["abc", "abc", "xyz", "xyz", "cx"]).measures();
        let of_name = |name| of(&measures, name).community;
        assert_eq!((of_name("a"), of_name("b"), of_name("c")), (1, 1, 1));
        assert_eq!((of_name("x"), of_name("y"), of_name("z")), (2, 2, 2));
        // 2 (6/13 − (13/26)²), by hand.
        assert!((measures.summary.modularity - (12.0 / 13.0 - 0.5)).abs() < 1e-12, "{}", measures.summary.modularity);
    }
}
