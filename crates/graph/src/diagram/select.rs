//! Choosing what is shown: one person's surroundings, a stretch of days, no more nodes than a reader can take in.

use crate::diagram::node::{Days, Diagram, DiagramError, EdgeKind, Node, NodeKind};
use demarche_record::Status;
use demarche_resolve::When;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use std::cmp::Reverse;

/// What of the graph is shown or written, in every format that is no RDF of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// IRI or name of a person, body or place: only their meetings and statements, with all who took part in those.
    pub about: Option<String>,
    /// How far from that person, body or place: 1 for their own meetings, 2 also for those of the people whom they met
    /// there, and so on.
    pub hops: usize,
    /// Only what can have happened on this day (month, year) or later: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub since: Option<String>,
    /// Only what can have happened on this day (month, year) or earlier.
    pub until: Option<String>,
    /// Only meetings of these statuses, and no statements, which have none; whatever status where it is empty.
    pub statuses: Vec<Status>,
    /// Only meetings and statements that so many independent articles tell of.
    pub min_sources: usize,
    /// Whether statements are shown.
    pub statements: bool,
    /// The most nodes. Meetings and statements that more articles tell of come first; the caption says how many are
    /// left out.
    pub max_nodes: usize,
}

impl Default for Selection {
    /// What fits into a picture: meetings of everybody, no statements, at most 120 nodes.
    fn default() -> Self {
        Self {
            about: None,
            hops: 1,
            since: None,
            until: None,
            statuses: Vec::new(),
            min_sources: 1,
            statements: false,
            max_nodes: 120,
        }
    }
}

impl Selection {
    /// Everything: all meetings and statements with all people, bodies and places, also those of no meeting.
    pub fn everything() -> Self {
        Self { statements: true, max_nodes: usize::MAX, ..Self::default() }
    }

    /// Whether it asks for a part, be it large or small; how many nodes there may be aside.
    pub fn is_partial(&self) -> bool {
        self.about.is_some() || self.is_bounded() || !self.statuses.is_empty() || self.min_sources > 1
    }

    fn is_bounded(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Whether a meeting or statement passes all filters but that of the days.
    fn admits(&self, node: &Node) -> bool {
        let status = match node.kind {
            NodeKind::Meeting(status) => self.statuses.is_empty() || self.statuses.contains(&status),
            NodeKind::Statement => self.statements && self.statuses.is_empty(),
            _ => false,
        };
        status && node.sources >= self.min_sources
    }
}

/// The first and the last day that a selection admits.
#[derive(Debug, Clone, Default)]
struct Bounds {
    first: Option<String>,
    last: Option<String>,
}

impl Bounds {
    fn of(selection: &Selection) -> Result<Self, DiagramError> {
        let days = |text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => match When::parse(text.trim()) {
                Some(when) => Ok(Some(when)),
                None => Err(DiagramError::NoDate { given: text.clone() }),
            },
        };
        Ok(Self {
            first: days(&selection.since)?.and_then(|when| when.earliest),
            last: days(&selection.until)?.and_then(|when| when.latest),
        })
    }

    fn admit(&self, days: Option<&Days>) -> bool {
        let Some(days) = days else { return true };
        let too_early = matches!((&self.first, &days.latest), (Some(first), Some(latest)) if latest < first);
        let too_late = matches!((&self.last, &days.earliest), (Some(last), Some(earliest)) if earliest > last);
        !too_early && !too_late
    }
}

impl Diagram {
    /// The part of the diagram that a selection asks for: meetings (and statements) with all that hangs on them. The
    /// caption says what is shown and what is left out for want of room or of a date.
    ///
    /// # Errors
    /// When `about` names nothing or several things, or a bound is no date.
    pub fn select(&self, selection: &Selection) -> Result<Diagram, DiagramError> {
        let bounds = Bounds::of(selection)?;
        let about = selection.about.as_deref().map(|name| self.find(name)).transpose()?;
        let graph = self.graph();
        // How many meetings away from what the diagram is about; all of them at once where it is about everything.
        let hops = about.map(|about| self.hops(about, selection, &bounds));
        let (mut undated, mut unattributed) = (0, 0);
        let mut meetings = Vec::new();
        let mut statements = Vec::new();
        for index in graph.node_indices() {
            let node = &graph[index];
            if !selection.admits(node) || hops.as_ref().is_some_and(|hops| hops[index.index()].is_none()) {
                continue;
            }
            if node.kind == NodeKind::Statement && graph.neighbors_undirected(index).next().is_none() {
                unattributed += 1;
            } else if selection.is_bounded() && !node.days.as_ref().is_some_and(Days::known) {
                undated += 1;
            } else if bounds.admit(node.days.as_ref()) {
                let list = if node.kind == NodeKind::Statement { &mut statements } else { &mut meetings };
                list.push(index);
            }
        }
        let hop = |index: NodeIndex| hops.as_ref().and_then(|hops| hops[index.index()]);
        for list in [&mut meetings, &mut statements] {
            list.sort_by_key(|&index| (hop(index), rank(&graph[index])));
        }

        // Neighbours of what could be shown; the others have nothing to be drawn with.
        let mut joined = vec![false; graph.node_count()];
        for &event in meetings.iter().chain(&statements) {
            graph.neighbors_undirected(event).for_each(|neighbour| joined[neighbour.index()] = true);
        }
        let alone = |index: NodeIndex| about.is_none() && !joined[index.index()];

        let mut chosen = Chosen { diagram: self, keep: vec![false; graph.node_count()], count: 0 };
        if let Some(about) = about {
            chosen.add(about);
        }
        // A reader who asks for statements shall see some even where meetings alone would fill the picture.
        let for_meetings =
            if statements.is_empty() { selection.max_nodes } else { selection.max_nodes - selection.max_nodes / 3 };
        let later = chosen.fill(meetings, for_meetings);
        let statements_left = chosen.fill(statements, selection.max_nodes);
        let meetings_left = chosen.fill(later, selection.max_nodes);

        let keep = chosen.keep;
        let graph = self.induced(|index| keep[index.index()]);
        let title = match about {
            Some(about) => format!("{}: {}", self.title, self.graph()[about].label),
            None => self.title.clone(),
        };
        let mut caption = self.caption.clone();
        let shown = counts(graph.node_weights());
        caption.push(if shown.is_empty() { "Nothing to show".to_owned() } else { shown } + &filters(selection) + ".");
        let left: Vec<String> = [("meeting", meetings_left.len()), ("statement", statements_left.len())]
            .into_iter()
            .filter(|(_, number)| *number > 0)
            .map(|(what, number)| counted(number, what))
            .collect();
        if !left.is_empty() {
            caption.push(format!("Left out, to keep to {} nodes: {}.", selection.max_nodes, left.join(" and ")));
        }
        if undated > 0 {
            caption.push(format!("Left out, as their days are not known: {}.", counted(undated, "event")));
        }
        if unattributed > 0 {
            caption.push(format!("Not shown, as no speaker is known: {}.", counted(unattributed, "statement")));
        }
        let alone = counts(
            self.graph()
                .node_indices()
                .filter(|&index| alone(index))
                .map(|index| &self.graph()[index])
                .filter(|node| matches!(node.kind, NodeKind::Person | NodeKind::Organization | NodeKind::State)),
        );
        if !alone.is_empty() {
            let events = if selection.statements { "meeting or statement" } else { "meeting" };
            caption.push(format!("Not shown, as they have no {events} here: {alone}."));
        }
        let focus = about.map(|about| self.graph()[about].id.clone());
        Ok(Diagram::from_graph(title, caption, graph).with_focus(focus))
    }

    /// How many meetings or statements that pass the filters lie between a thing and each node: 1 for those that it
    /// takes part in itself, 0 for the thing; none where the way is longer than the selection goes.
    fn hops(&self, about: NodeIndex, selection: &Selection, bounds: &Bounds) -> Vec<Option<usize>> {
        let graph = self.graph();
        let mut hops = vec![None; graph.node_count()];
        hops[about.index()] = Some(0);
        let mut reached = vec![about];
        for hop in 1..=selection.hops.max(1) {
            let mut next = Vec::new();
            for from in reached {
                // What happens at a place is its own, but a place does not tie together people who never met.
                for event in self.joined(from, hop == 1) {
                    if hops[event.index()].is_some() || !selection.admits(&graph[event]) {
                        continue;
                    }
                    hops[event.index()] = Some(hop);
                    let days = graph[event].days.as_ref().filter(|days| days.known());
                    if !selection.is_bounded() || (days.is_some() && bounds.admit(days)) {
                        next.extend(self.joined(event, false).filter(|other| hops[other.index()].is_none()));
                    }
                }
            }
            next.sort_unstable();
            next.dedup();
            next.iter().for_each(|other| hops[other.index()] = Some(hop));
            reached = next;
        }
        // A meeting may itself be what the diagram is about.
        if selection.admits(&graph[about]) {
            hops[about.index()] = Some(1);
        }
        hops
    }

    /// The nodes at the other ends of a node's lines, those to and from places only `with_places`.
    fn joined(&self, node: NodeIndex, with_places: bool) -> impl Iterator<Item = NodeIndex> {
        let edges = [Direction::Outgoing, Direction::Incoming].map(|direction| {
            let edges = self.graph().edges_directed(node, direction);
            edges.map(move |edge| {
                (if direction == Direction::Outgoing { edge.target() } else { edge.source() }, *edge.weight())
            })
        });
        edges
            .into_iter()
            .flatten()
            .filter(move |(_, edge)| with_places || edge.kind != EdgeKind::At)
            .map(|(other, _)| other)
    }

    /// The node with this IRI or, letter case aside, this label; meetings and statements have no names.
    fn find(&self, name: &str) -> Result<NodeIndex, DiagramError> {
        if let Some(index) = self.node(name) {
            return Ok(index);
        }
        let graph = self.graph();
        let named = || {
            graph
                .node_indices()
                .filter(|&index| !matches!(graph[index].kind, NodeKind::Meeting(_) | NodeKind::Statement))
        };
        let wanted = name.trim().to_lowercase();
        let found: Vec<NodeIndex> = named().filter(|&index| graph[index].label.to_lowercase() == wanted).collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => {
                let words: Vec<&str> = wanted.split_whitespace().collect();
                let shares_word =
                    |label: &str| label.to_lowercase().split_whitespace().any(|word| words.contains(&word));
                let near = named().map(|index| graph[index].label.clone()).filter(|label| shares_word(label));
                Err(DiagramError::NotFound { name: name.to_owned(), near: near.take(5).collect() })
            }
            several => Err(DiagramError::Ambiguous {
                name: name.to_owned(),
                candidates: several.iter().map(|&index| format!("<{}>", graph[index].id)).collect(),
            }),
        }
    }
}

/// The nodes chosen so far.
struct Chosen<'a> {
    diagram: &'a Diagram,
    keep: Vec<bool>,
    count: usize,
}

impl Chosen<'_> {
    fn add(&mut self, index: NodeIndex) {
        if !std::mem::replace(&mut self.keep[index.index()], true) {
            self.count += 1;
        }
    }

    /// Adds events with all that hangs on them, in order, while there is room for them; gives back those left out.
    fn fill(&mut self, events: Vec<NodeIndex>, room: usize) -> Vec<NodeIndex> {
        let graph = self.diagram.graph();
        events
            .into_iter()
            .filter(|&event| {
                let mut fresh: Vec<NodeIndex> =
                    graph.neighbors_undirected(event).chain([event]).filter(|n| !self.keep[n.index()]).collect();
                fresh.sort_unstable();
                fresh.dedup();
                let fits = self.count + fresh.len() <= room;
                if fits {
                    fresh.into_iter().for_each(|index| self.add(index));
                }
                !fits
            })
            .collect()
    }
}

impl Days {
    fn known(&self) -> bool {
        self.earliest.is_some() || self.latest.is_some()
    }
}

/// What more articles tell of comes first, then what took place, then what is later, then by IRI.
fn rank(node: &Node) -> (Reverse<usize>, bool, Reverse<Option<&str>>, &str) {
    let not_held = matches!(node.kind, NodeKind::Meeting(status) if !matches!(status, Status::Held | Status::Ongoing));
    let last = node.days.as_ref().and_then(|days| days.latest.as_deref());
    (Reverse(node.sources), not_held, Reverse(last), &node.id)
}

/// "12 meetings, 20 people and 5 places".
fn counts<'a>(nodes: impl Iterator<Item = &'a Node>) -> String {
    let mut counts = [0usize; 5];
    for node in nodes {
        counts[match node.kind {
            NodeKind::Meeting(_) => 0,
            NodeKind::Statement => 1,
            NodeKind::Person => 2,
            NodeKind::Organization | NodeKind::State => 3,
            NodeKind::Place => 4,
        }] += 1;
    }
    let words = ["meeting", "statement", "person", "body", "place"];
    let parts: Vec<String> =
        words.into_iter().zip(counts).filter(|(_, n)| *n > 0).map(|(what, n)| counted(n, what)).collect();
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// The filters in words, after the counts.
fn filters(selection: &Selection) -> String {
    let mut words = match (&selection.since, &selection.until) {
        (Some(since), Some(until)) => format!(", {since} to {until}"),
        (Some(since), None) => format!(", since {since}"),
        (None, Some(until)) => format!(", until {until}"),
        (None, None) => String::new(),
    };
    if !selection.statuses.is_empty() {
        let statuses: Vec<String> = selection.statuses.iter().map(Status::to_string).collect();
        words += &format!(", {} only", statuses.join(" or "));
    }
    if selection.min_sources > 1 {
        words += &format!(", told by at least {}", counted(selection.min_sources, "article"));
    }
    if selection.about.is_some() && selection.hops > 1 {
        words += &format!(", up to {} away", counted(selection.hops, "meeting"));
    }
    words
}

pub(crate) fn counted(number: usize, what: &str) -> String {
    let many = match what {
        "person" => "people".to_owned(),
        "body" => "bodies".to_owned(),
        _ => format!("{what}s"),
    };
    format!("{number} {}", if number == 1 { what } else { &many })
}
