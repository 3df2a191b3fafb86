//! Mermaid, for Markdown that draws: GitHub, GitLab, Obsidian. <https://mermaid.js.org>

use crate::diagram::node::{Diagram, Layout, Node, NodeKind};
use crate::diagram::palette::{Dash, edge_style, node_style};
use petgraph::visit::EdgeRef;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Longer labels are cut: Mermaid draws no more than 50,000 characters by default.
const LONGEST_LABEL: usize = 80;

impl Diagram {
    /// The diagram as a flowchart of Mermaid, or as one of its timelines. A node is a link to its IRI, where that is a web
    /// address.
    pub fn to_mermaid(&self) -> String {
        match self.layout() {
            Layout::Map => self.mermaid_flowchart(),
            Layout::Timeline => self.mermaid_timeline(),
        }
    }

    fn mermaid_flowchart(&self) -> String {
        let graph = self.graph();
        let mut out = format!("---\ntitle: {}\n---\n", yaml(&self.title));
        out.push_str("flowchart LR\n");
        for sentence in &self.caption {
            put(&mut out, format_args!("  %% {}\n", comment(sentence)));
        }
        for (number, node) in graph.node_weights().enumerate() {
            let (open, close) = brackets(node.kind);
            put(&mut out, format_args!("  n{number}{open}\"{}\"{close}:::{}\n", label(node), class(node.kind)));
        }
        for edge in graph.edge_references() {
            let style = edge_style(edge.weight().kind);
            let line = match (style.dash, style.arrow) {
                (Dash::Solid, true) => "-->",
                (Dash::Solid, false) => "---",
                (_, true) => "-.->",
                (_, false) => "-.-",
            };
            let count = edge.weight().count;
            let label = if count > 1 { Some(count.to_string()) } else { style.label.map(str::to_owned) };
            let label = label.map_or(String::new(), |label| format!("|{label}|"));
            let (from, to) = (edge.source().index(), edge.target().index());
            put(&mut out, format_args!("  n{from} {line}{label} n{to}\n"));
        }
        for (number, node) in graph.node_weights().enumerate() {
            if let Some(address) = node.web_address() {
                put(&mut out, format_args!("  click n{number} href \"{}\"\n", address.replace('"', "%22")));
            }
        }
        let kinds: BTreeSet<NodeKind> = graph.node_weights().map(|node| node.kind).collect();
        let mut classes = BTreeSet::new();
        let kinds: Vec<NodeKind> = kinds.into_iter().filter(|&kind| classes.insert(class(kind))).collect();
        if !kinds.is_empty() {
            out.push_str("  subgraph legend[\"What shapes mean\"]\n");
            for (number, &kind) in kinds.iter().enumerate() {
                let (open, close) = brackets(kind);
                let name = match kind {
                    NodeKind::Meeting(status) => format!("meeting {status}"),
                    other => node_style(other).name.to_owned(),
                };
                put(&mut out, format_args!("    k{number}{open}\"{name}\"{close}:::{}\n", class(kind)));
            }
            out.push_str("  end\n");
        }
        for kind in kinds {
            let style = node_style(kind);
            let dash = match style.dash {
                Dash::Solid => "",
                Dash::Dashed => ",stroke-dasharray:7 4",
                Dash::Dotted => ",stroke-dasharray:2 3",
            };
            put(
                &mut out,
                format_args!(
                    "  classDef {} fill:{},stroke:{},color:#14212B{dash}\n",
                    class(kind),
                    style.fill,
                    style.stroke
                ),
            );
        }
        out
    }

    /// Meetings and statements year by year; those without a time last.
    fn mermaid_timeline(&self) -> String {
        let mut out = format!("---\ntitle: {}\n---\n", yaml(&self.title));
        out.push_str("timeline\n");
        for sentence in &self.caption {
            put(&mut out, format_args!("  %% {}\n", comment(sentence)));
        }
        let mut section = None;
        for event in self.events_in_time() {
            if section.as_ref() != Some(&event.year) {
                put(&mut out, format_args!("  section {}\n", event.year.as_deref().unwrap_or("Day unknown")));
                section = Some(event.year.clone());
            }
            put(&mut out, format_args!("    {} : {}\n", entry(event.when.unwrap_or("?")), entry(&event.sentence())));
        }
        out
    }
}

/// Shapes as near as Mermaid has them to those of the other pictures.
fn brackets(kind: NodeKind) -> (&'static str, &'static str) {
    match kind {
        NodeKind::Person => ("([", "])"),
        NodeKind::Organization => ("[", "]"),
        NodeKind::State => ("[[", "]]"),
        NodeKind::Place => ("{{", "}}"),
        NodeKind::Meeting(_) => ("(", ")"),
        NodeKind::Statement => (">", "]"),
    }
}

fn class(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Person => "person",
        NodeKind::Organization => "organization",
        NodeKind::State => "state",
        NodeKind::Place => "place",
        NodeKind::Meeting(status) => status.as_str(),
        NodeKind::Statement => "statement",
    }
}

fn label(node: &Node) -> String {
    let mut lines = vec![cut(&node.label)];
    lines.extend(node.details.iter().cloned());
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    lines.join("<br/>")
}

fn cut(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST_LABEL) {
        None => words,
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
    }
}

/// Text in a quoted string. Mermaid reads `#name;` and `#number;` as entities; letters and digits need none.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' | ';' | '[' | ']' | '{' | '}' | '|' => {
                put(&mut out, format_args!("#{};", u32::from(c)));
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text in a timeline, where a colon divides entries and there are no quotation marks.
fn entry(text: &str) -> String {
    escaped(&cut(text)).replace(':', "#58;")
}

/// One line of a comment; `%%{` would begin a directive.
fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '{' | '}') { ' ' } else { c }).collect()
}

/// A double-quoted string of YAML: that of JSON is one.
fn yaml(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("writing to a string cannot fail");
}
