//! Choosing what is shown: one person's surroundings, a stretch of days, no more nodes than a reader can take in.

use crate::diagram::node::{Days, Diagram, DiagramError, Node, NodeKind};
use demarche_record::Status;
use petgraph::graph::NodeIndex;
use std::cmp::Reverse;

/// What of a diagram is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// IRI or name of a person, body or place: only their meetings and statements, with all who took part in those.
    pub about: Option<String>,
    /// Only what can have happened on this day or later, `YYYY-MM-DD`.
    pub since: Option<String>,
    /// Only what can have happened on this day or earlier, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Whether statements are shown.
    pub statements: bool,
    /// The most nodes. Meetings and statements that more articles tell of come first; the caption says how many are
    /// left out.
    pub max_nodes: usize,
}

impl Default for Selection {
    fn default() -> Self {
        Self { about: None, since: None, until: None, statements: false, max_nodes: 120 }
    }
}

impl Diagram {
    /// The part of the diagram that a selection asks for: meetings (and statements) with all that hangs on them. The
    /// caption says what is shown and what is left out for want of room or of a date.
    ///
    /// # Errors
    /// When `about` names nothing or several things, or a bound is not a day.
    pub fn select(&self, selection: &Selection) -> Result<Diagram, DiagramError> {
        for bound in [&selection.since, &selection.until].into_iter().flatten() {
            if !is_day(bound) {
                return Err(DiagramError::NotADay { given: bound.clone() });
            }
        }
        let about = selection.about.as_deref().map(|name| self.find(name)).transpose()?;
        let graph = self.graph();
        let bounded = selection.since.is_some() || selection.until.is_some();
        let (mut undated, mut unattributed) = (0, 0);
        let mut meetings = Vec::new();
        let mut statements = Vec::new();
        for index in graph.node_indices() {
            let node = &graph[index];
            let list = match node.kind {
                NodeKind::Meeting(_) => &mut meetings,
                NodeKind::Statement if selection.statements => &mut statements,
                _ => continue,
            };
            if about.is_some_and(|about| index != about && !graph.neighbors_undirected(index).any(|n| n == about)) {
                continue;
            }
            if node.kind == NodeKind::Statement && graph.neighbors_undirected(index).next().is_none() {
                unattributed += 1;
                continue;
            }
            if bounded && !node.days.as_ref().is_some_and(Days::known) {
                undated += 1;
                continue;
            }
            if within(node.days.as_ref(), selection) {
                list.push(index);
            }
        }
        for list in [&mut meetings, &mut statements] {
            list.sort_by_key(|&index| rank(&graph[index]));
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
        caption.push(if shown.is_empty() { "Nothing to show".to_owned() } else { shown } + &when(selection) + ".");
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

fn within(days: Option<&Days>, selection: &Selection) -> bool {
    let Some(days) = days else { return true };
    let too_early = matches!((&selection.since, &days.latest), (Some(since), Some(latest)) if latest < since);
    let too_late = matches!((&selection.until, &days.earliest), (Some(until), Some(earliest)) if earliest > until);
    !too_early && !too_late
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, digits: usize| {
        (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok()).flatten()
    };
    match parts.as_slice() {
        [year, month, day] => {
            number(year, 4).is_some()
                && number(month, 2).is_some_and(|m| (1..=12).contains(&m))
                && number(day, 2).is_some_and(|d| (1..=31).contains(&d))
        }
        _ => false,
    }
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

fn when(selection: &Selection) -> String {
    match (&selection.since, &selection.until) {
        (Some(since), Some(until)) => format!(", {since} to {until}"),
        (Some(since), None) => format!(", since {since}"),
        (None, Some(until)) => format!(", until {until}"),
        (None, None) => String::new(),
    }
}

pub(crate) fn counted(number: usize, what: &str) -> String {
    let many = match what {
        "person" => "people".to_owned(),
        "body" => "bodies".to_owned(),
        _ => format!("{what}s"),
    };
    format!("{number} {}", if number == 1 { what } else { &many })
}
