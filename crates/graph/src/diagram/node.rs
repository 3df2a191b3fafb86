//! The nodes and edges of a diagram.

use demarche_record::{ParticipantRole, Status};
use demarche_resolve::When;
use petgraph::graph::{Graph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// What a node stands for; it decides shape and colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// A human being.
    Person,
    /// A body, state organ, company or medium.
    Organization,
    /// A state that speaks or meets.
    State,
    /// A place where something happens.
    Place,
    /// An occasion on which people talk with each other; its status shows in tint and line.
    Meeting(Status),
    /// What somebody is reported to have said.
    Statement,
}

/// The days that something can have happened on, `YYYY-MM-DD`; an end that is not known is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    /// First day.
    pub earliest: Option<String>,
    /// Last day.
    pub latest: Option<String>,
}

/// One thing in the picture.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    /// Its IRI: the identity of the node, and what a click on it opens.
    pub id: String,
    /// What it stands for.
    pub kind: NodeKind,
    /// The name that is drawn; for a statement its words.
    pub label: String,
    /// Short lines under the name, such as date and status.
    pub details: Vec<String>,
    /// What is told when the pointer rests on it, besides label and details.
    pub note: Option<String>,
    /// When it happened, for meetings and statements.
    pub days: Option<Days>,
    /// Number of independent articles that tell of it.
    pub sources: usize,
}

impl Node {
    /// A node with a name and nothing else known.
    pub fn new(id: impl Into<String>, kind: NodeKind, label: impl Into<String>) -> Self {
        Self { id: id.into(), kind, label: label.into(), details: Vec::new(), note: None, days: None, sources: 1 }
    }

    /// A meeting: what sort (`summit`, or nothing), how people talk (`by phone`), when, and whether it was held.
    pub fn meeting(id: impl Into<String>, sort: &str, mode: Option<&str>, when: Option<&When>, status: Status) -> Self {
        let sort = if sort.is_empty() { "meeting" } else { sort };
        let mut label: String = sort.chars().take(1).flat_map(char::to_uppercase).chain(sort.chars().skip(1)).collect();
        // That people are in one place goes without saying, and so does it with whom one calls.
        if let Some(mode) = mode.filter(|&mode| mode != "in person" && !(mode == "by phone" && sort.contains("call"))) {
            label = format!("{label} {mode}");
        }
        let mut node = Self::new(id, NodeKind::Meeting(status), label).at(when);
        if status != Status::Held {
            node = node.with_detail(status.to_string());
        }
        node
    }

    /// A statement: its words, whether they are a quotation and whether they are said not to have been said, and when.
    pub fn statement(
        id: impl Into<String>,
        words: &str,
        is_quotation: bool,
        is_negated: bool,
        when: Option<&When>,
    ) -> Self {
        // A comma before the closing mark belongs to the sentence around the quotation.
        let words = words.trim().trim_end_matches(',');
        let has_marks = words.starts_with(['“', '"', '‘', '\'', '«', '„']);
        let words = if is_quotation && !has_marks { format!("“{words}”") } else { words.to_owned() };
        let mut node = Self::new(id, NodeKind::Statement, words);
        if is_negated {
            node = node.with_detail("not said, as reported");
        }
        node.at(when)
    }

    /// The same node with its time, as one more line and as days.
    fn at(mut self, when: Option<&When>) -> Self {
        if let Some(when) = when {
            self.details.push(when.to_string());
            self.days = Some(Days { earliest: when.earliest.clone(), latest: when.latest.clone() });
        }
        self
    }

    /// The same node with one more line under its name.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.details.push(detail.into());
        self
    }

    /// The same node with the days on which it can have happened.
    #[must_use]
    pub fn with_days(mut self, earliest: impl Into<String>, latest: impl Into<String>) -> Self {
        self.days = Some(Days { earliest: Some(earliest.into()), latest: Some(latest.into()) });
        self
    }

    /// The same node with a note for the pointer.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The same node told of by so many articles.
    #[must_use]
    pub fn with_sources(mut self, sources: usize) -> Self {
        self.sources = sources;
        self
    }

    /// The IRI where it is a web address, to be linked to: one such as `javascript:…` in somebody's data must not become
    /// a link.
    pub(crate) fn web_address(&self) -> Option<&str> {
        let scheme = self.id.split_once("://")?.0;
        ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)).then_some(self.id.as_str())
    }

    /// Everything that is told of the node, one line each.
    pub(crate) fn tooltip(&self) -> String {
        let mut lines = vec![self.label.clone()];
        lines.extend(self.details.iter().cloned());
        lines.extend(self.note.iter().cloned());
        if self.sources > 1 {
            lines.push(format!("{} sources", self.sources));
        }
        lines.join("\n")
    }
}

/// How two things hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EdgeKind {
    /// From someone to a meeting in which they take part.
    TakesPart(ParticipantRole),
    /// From a meeting to its place.
    At,
    /// From a speaker to a statement.
    Said,
    /// From a statement to someone to whom it was said.
    SaidTo,
    /// Between two people who met, in the network view.
    Met,
}

/// A line in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// How its ends hang together.
    pub kind: EdgeKind,
    /// How often: the number of meetings for [`EdgeKind::Met`], else 1.
    pub count: usize,
}

/// Why a diagram could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DiagramError {
    /// An edge names a node that was not added.
    #[error("an edge from <{from}> to <{to}> ends at a node that is not in the diagram: add <{missing}> first")]
    UnknownEnd {
        /// Start of the edge.
        from: String,
        /// End of the edge.
        to: String,
        /// The end that is missing.
        missing: String,
    },
    /// Nothing of that name is in the diagram.
    #[error("nothing is called “{name}” here{}", suggestion(.near))]
    NotFound {
        /// What was asked for.
        name: String,
        /// Labels that share a word with it.
        near: Vec<String>,
    },
    /// Several things bear the name.
    #[error("“{name}” can be {}: give the IRI", .candidates.join(" or "))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// IRIs of the things that bear the name.
        candidates: Vec<String>,
    },
    /// A bound of the days is no date.
    #[error("“{given}” is no date: write YYYY, YYYY-MM or YYYY-MM-DD")]
    NoDate {
        /// What was given.
        given: String,
    },
}

fn suggestion(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) }
}

/// A graph to be drawn, with what is written around it.
///
/// ```
/// use demarche_graph::{Diagram, EdgeKind, Node, NodeKind};
/// use demarche_record::{ParticipantRole, Status};
///
/// let diagram = Diagram::builder("Who met whom")
///     .node(Node::new("https://example.org/ann", NodeKind::Person, "Ann Lee"))
///     .node(Node::new("https://example.org/talks", NodeKind::Meeting(Status::Held), "Talks").with_detail("6 June 2021"))
///     .edge("https://example.org/ann", EdgeKind::TakesPart(ParticipantRole::Host), "https://example.org/talks")
///     .build()?;
/// assert!(diagram.to_dot().contains(r#"label="Talks\n6 June 2021""#));
/// assert!(diagram.to_svg().contains(">Ann Lee</text>"));
/// # Ok::<_, demarche_graph::DiagramError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Diagram {
    /// The heading.
    pub title: String,
    /// Sentences under the heading: what is shown, and what is left out.
    pub caption: Vec<String>,
    graph: Graph<Node, Edge>,
    focus: Option<String>,
    layout: Layout,
}

/// How a picture is laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// What hangs together lies together.
    #[default]
    Map,
    /// Time runs downwards, each who takes part has a lane, and each meeting or statement is a row.
    Timeline,
}

impl Diagram {
    /// Starts a diagram by hand.
    pub fn builder(title: impl Into<String>) -> DiagramBuilder {
        DiagramBuilder { title: title.into(), nodes: BTreeMap::new(), edges: BTreeSet::new() }
    }

    /// The graph, for petgraph's algorithms. Nodes stand in the order of their IRIs.
    pub fn graph(&self) -> &Graph<Node, Edge> {
        &self.graph
    }

    /// The node with this IRI.
    pub fn node(&self, id: &str) -> Option<NodeIndex> {
        let nodes = self.graph.raw_nodes();
        nodes.binary_search_by(|node| node.weight.id.as_str().cmp(id)).ok().map(NodeIndex::new)
    }

    /// The diagram of the nodes for which `keep` holds and the edges among them.
    pub(crate) fn induced(&self, keep: impl Fn(NodeIndex) -> bool) -> Graph<Node, Edge> {
        self.graph.filter_map(|index, node| keep(index).then(|| node.clone()), |_, edge| Some(*edge))
    }

    pub(crate) fn from_graph(title: String, caption: Vec<String>, graph: Graph<Node, Edge>) -> Self {
        Self { title, caption, graph, focus: None, layout: Layout::default() }
    }

    /// The same diagram with the thing of this IRI set off from the others.
    pub(crate) fn with_focus(self, focus: Option<String>) -> Self {
        Self { focus, ..self }
    }

    /// The same diagram laid out otherwise, in every format of pictures.
    #[must_use]
    pub fn with_layout(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }

    pub(crate) fn is_focus(&self, node: &Node) -> bool {
        self.focus() == Some(node.id.as_str())
    }

    /// The IRI of what the diagram is about, if it is about one thing.
    pub fn focus(&self) -> Option<&str> {
        self.focus.as_deref()
    }
}

/// A diagram in the making; nodes and edges may come in any order.
#[derive(Debug, Clone)]
pub struct DiagramBuilder {
    title: String,
    nodes: BTreeMap<String, Node>,
    edges: BTreeSet<(String, String, Edge)>,
}

impl DiagramBuilder {
    /// Adds a node. Of two nodes with one IRI the greater in the order of [`Node`] stays, so that order of adding
    /// does not matter.
    #[must_use]
    pub fn node(mut self, node: Node) -> Self {
        self.add_node(node);
        self
    }

    /// Adds an edge between two IRIs. The same edge twice is one edge.
    #[must_use]
    pub fn edge(mut self, from: impl Into<String>, kind: EdgeKind, to: impl Into<String>) -> Self {
        self.add_edge(from, Edge { kind, count: 1 }, to);
        self
    }

    /// [`Self::node`] for loops.
    pub fn add_node(&mut self, node: Node) {
        match self.nodes.get(&node.id) {
            Some(known) if *known >= node => {}
            _ => {
                self.nodes.insert(node.id.clone(), node);
            }
        }
    }

    /// [`Self::edge`] for loops, with a count.
    pub fn add_edge(&mut self, from: impl Into<String>, edge: Edge, to: impl Into<String>) {
        self.edges.insert((from.into(), to.into(), edge));
    }

    /// The finished diagram.
    ///
    /// # Errors
    /// When an edge ends at an IRI that is no node.
    pub fn build(self) -> Result<Diagram, DiagramError> {
        let mut graph = Graph::with_capacity(self.nodes.len(), self.edges.len());
        let indices: BTreeMap<String, NodeIndex> =
            self.nodes.into_iter().map(|(id, node)| (id, graph.add_node(node))).collect();
        for (from, to, edge) in self.edges {
            match (indices.get(&from), indices.get(&to)) {
                (Some(&a), Some(&b)) => {
                    graph.add_edge(a, b, edge);
                }
                (a, _) => {
                    let missing = if a.is_none() { from.clone() } else { to.clone() };
                    return Err(DiagramError::UnknownEnd { from, to, missing });
                }
            }
        }
        Ok(Diagram::from_graph(self.title, Vec::new(), graph))
    }
}
