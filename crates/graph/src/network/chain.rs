//! The shortest chain between two members, with what each link rests on.

use super::MeetingNetwork;
use crate::called;
use crate::error::{Kind, StoreError};
use crate::namespace::Namespace;
use crate::reach::Reach;
use crate::store::Store;
use crate::vocabulary::{dm, prov};
use oxigraph::model::Term;
use oxigraph::store::Store as Graph;
use petgraph::algo::astar;
use petgraph::graph::NodeIndex;
use serde::Serialize;

/// Two of a chain and the meetings that link them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainLink {
    /// The name of the one.
    pub from: String,
    /// The IRI of the one.
    pub from_iri: String,
    /// The name of the other.
    pub to: String,
    /// The IRI of the other.
    pub to_iri: String,
    /// The meetings of both, in the order of their days.
    pub meetings: Vec<ChainMeeting>,
}

/// A meeting and where it is told of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ChainMeeting {
    /// First day that it can have been on.
    pub earliest: Option<String>,
    /// What it is called.
    pub label: String,
    /// Its IRI.
    pub iri: String,
    /// The files of the articles that tell of it.
    pub articles: Vec<String>,
}

/// What the graph is asked for to tell what a chain rests on.
pub(super) fn reach() -> Reach {
    let sources = Reach::these(&[prov::WAS_DERIVED_FROM, dm::FILE, dm::EARLIEST], &[]);
    called::reach().and(sources)
}

/// More than any number of meetings of two.
const LINK: u64 = 1 << 20;

impl MeetingNetwork {
    /// The shortest chain of meetings between two, who are named as in [`crate::ParameterKind::Agent`]; among chains of the
    /// same length one whose links rest on more meetings. Empty where no chain leads from the one to the other.
    ///
    /// # Errors
    /// When a name means nobody, several, or somebody who is not in the network.
    pub fn chain(&self, store: &Store, from: &str, to: &str) -> Result<Vec<ChainLink>, StoreError> {
        let graph = store.reached(reach())?;
        let names = store.names();
        let (from, to) = (self.member(&graph, names, from)?, self.member(&graph, names, to)?);
        self.shortest(from, to).windows(2).map(|pair| self.link(&graph, pair[0], pair[1])).collect()
    }

    /// The members of the chain; none where there is no chain.
    fn shortest(&self, from: NodeIndex, to: NodeIndex) -> Vec<NodeIndex> {
        // A link counts far more than how many meetings it rests on, which only decides between chains of one length.
        let cost = |meetings: usize| LINK + LINK / 1024 / meetings.max(1) as u64;
        let found = astar(&self.graph, from, |node| node == to, |edge| cost(edge.weight().len()), |_| 0);
        found.map(|(_, path)| path).unwrap_or_default()
    }

    fn member(&self, graph: &Graph, names: &Namespace, name: &str) -> Result<NodeIndex, StoreError> {
        let iri = called::find(graph, names, "agent", &[dm::PERSON, dm::ORGANIZATION], name)?;
        let found = self.graph.node_indices().find(|node| self.graph[*node].iri == iri);
        found.ok_or_else(|| {
            let what =
                "is not in this network: no meeting with others that it has; see --members, --status, --since, --until";
            Kind::Unknown(format!("{name:?} {what}")).into()
        })
    }

    fn link(&self, graph: &Graph, from: NodeIndex, to: NodeIndex) -> Result<ChainLink, StoreError> {
        let edge = self.graph.find_edge(from, to);
        let numbers = edge.map(|edge| self.graph[edge].as_slice()).unwrap_or_default();
        let meetings: Result<Vec<ChainMeeting>, StoreError> =
            numbers.iter().map(|number| self.meeting(graph, *number)).collect();
        let mut meetings = meetings?;
        meetings.sort_by(|a, b| (a.earliest.is_none(), a).cmp(&(b.earliest.is_none(), b)));
        Ok(ChainLink {
            from: self.graph[from].name.clone(),
            from_iri: self.graph[from].iri.as_str().to_owned(),
            to: self.graph[to].name.clone(),
            to_iri: self.graph[to].iri.as_str().to_owned(),
            meetings,
        })
    }

    fn meeting(&self, graph: &Graph, number: usize) -> Result<ChainMeeting, StoreError> {
        let occasion = &self.meetings[number];
        let mut articles = Vec::new();
        for article in called::values(graph, &occasion.iri, prov::WAS_DERIVED_FROM)? {
            if let Term::NamedNode(article) = article {
                articles.extend(called::texts(graph, &article, dm::FILE)?);
            }
        }
        articles.sort();
        Ok(ChainMeeting {
            earliest: called::texts(graph, &occasion.iri, dm::EARLIEST)?.into_iter().next(),
            label: occasion.label.clone(),
            iri: occasion.iri.as_str().to_owned(),
            articles,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::network;
    use super::*;

    #[test]
    fn of_chains_of_one_length_that_with_more_meetings_is_taken() {
        let network = network(&["ab", "bd", "ac", "cd", "ac", "cd", "ae", "ef", "fd"]);
        let (a, d) = (NodeIndex::new(0), NodeIndex::new(3));
        let path = network.shortest(a, d);
        let names: Vec<&str> = path.iter().map(|node| network.graph[*node].name.as_str()).collect();
        assert_eq!(names, ["a", "c", "d"]);
    }
}
