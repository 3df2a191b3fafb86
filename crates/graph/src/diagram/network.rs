//! The network view: people joined by the meetings that they had.

use crate::diagram::node::{Diagram, Edge, EdgeKind, NodeKind};
use crate::diagram::select::counted;
use demarche_record::Status;
use petgraph::graph::NodeIndex;
use std::collections::BTreeMap;

impl Diagram {
    /// Who met whom: those who took part in meetings, joined by lines that bear the number of meetings that took place.
    /// Meetings that were only planned, cancelled or denied make no line; the caption says how many those are.
    #[must_use]
    pub fn network(&self) -> Diagram {
        let graph = self.graph();
        let mut together: BTreeMap<(NodeIndex, NodeIndex), usize> = BTreeMap::new();
        let (mut held, mut not_held) = (0, 0);
        for meeting in graph.node_indices() {
            match graph[meeting].kind {
                NodeKind::Meeting(Status::Held | Status::Ongoing) => held += 1,
                NodeKind::Meeting(_) => {
                    not_held += 1;
                    continue;
                }
                _ => continue,
            }
            let mut present: Vec<NodeIndex> = graph
                .edges_directed(meeting, petgraph::Direction::Incoming)
                .filter(|edge| matches!(edge.weight().kind, EdgeKind::TakesPart(_)))
                .map(|edge| petgraph::visit::EdgeRef::source(&edge))
                .collect();
            present.sort_unstable();
            present.dedup();
            for (n, &a) in present.iter().enumerate() {
                for &b in &present[n + 1..] {
                    *together.entry((a, b)).or_default() += 1;
                }
            }
        }
        let mut builder = Diagram::builder(self.title.clone());
        for (&(a, b), &count) in &together {
            builder.add_node(graph[a].clone());
            builder.add_node(graph[b].clone());
            builder.add_edge(graph[a].id.clone(), Edge { kind: EdgeKind::Met, count }, graph[b].id.clone());
        }
        let mut network = builder.build().expect("both ends of every edge were added just before it");
        network.caption = self.caption.clone();
        let mut sentence = format!("Lines stand for {} that took place", counted(held, "meeting"));
        if not_held > 0 {
            sentence += &format!("; {} that did not or may not have", counted(not_held, "meeting"));
            sentence += if not_held == 1 { " makes none" } else { " make none" };
        }
        network.caption.push(sentence + ".");
        network.with_focus(self.focus().map(str::to_owned))
    }
}
