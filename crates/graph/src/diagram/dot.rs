//! The DOT language of Graphviz.

use crate::diagram::lettering::wrap_columns;
use crate::diagram::node::{Diagram, EdgeKind, Layout, Node, NodeKind};
use crate::diagram::palette::{Dash, EdgeStyle, NodeStyle, Shape, edge_style, node_style, stroke_width};
use petgraph::visit::EdgeRef;
use std::collections::BTreeSet;
use std::fmt::{Arguments, Write};

/// From this many nodes on Graphviz is asked for its force layout: `dot` itself takes minutes on such a graph.
const FORCE_LAYOUT_FROM: usize = 60;
/// The legend has so many signs in a row.
const SIGNS_IN_A_ROW: usize = 5;

impl Diagram {
    /// The diagram in Graphviz's DOT language. A node carries its IRI as `URL`, where that is
    /// a web address, and what is told of it as `tooltip`. Of a timeline it says where each node lies.
    pub fn to_dot(&self) -> String {
        match self.layout() {
            Layout::Map => self.dot_map(),
            Layout::Timeline => self.dot_timeline(),
        }
    }

    fn dot_map(&self) -> String {
        let graph = self.graph();
        let mut out = String::from("digraph demarche {\n");
        let kinds = graph.node_weights().map(|node| node.kind).collect();
        let heading = self.dot_heading(kinds, graph.edge_weights().map(|edge| edge.kind).collect());
        let layout = if graph.node_count() < FORCE_LAYOUT_FROM {
            "layout=neato, overlap=prism, sep=\"+10\""
        } else {
            "layout=sfdp, overlap=prism, sep=\"+10\""
        };
        line(&mut out, format_args!("graph [{layout}, splines=true, outputorder=edgesfirst, charset=\"UTF-8\","));
        line(&mut out, format_args!("  fontname=\"DejaVu Sans\", labelloc=t, labeljust=l, label={heading}];"));
        line(
            &mut out,
            format_args!("node [fontname=\"DejaVu Sans\", fontsize=11, style=filled, margin=\"0.12,0.06\"];"),
        );
        line(&mut out, format_args!("edge [fontname=\"DejaVu Sans\", fontsize=9, dir=none];"));
        for (number, node) in graph.node_weights().enumerate() {
            line(&mut out, format_args!("n{number} [{}];", node_attributes(node, self.is_focus(node))));
        }
        for edge in graph.edge_references() {
            let style = edge_style(edge.weight().kind);
            let mut attributes = format!("color=\"{}\"", style.stroke);
            if style.dash != Dash::Solid {
                put(&mut attributes, format_args!(", style={}", style.dash.dot()));
            }
            if style.arrow {
                attributes.push_str(", dir=forward");
            }
            let count = edge.weight().count;
            if count > 1 {
                put(
                    &mut attributes,
                    format_args!(", label={}, penwidth={:.1}", quoted(&count.to_string()), stroke_width(count)),
                );
            } else if let Some(label) = style.label {
                put(&mut attributes, format_args!(", label={}", quoted(label)));
            }
            put(&mut attributes, format_args!(", edgetooltip={}", quoted(style.name)));
            line(&mut out, format_args!("n{} -> n{} [{attributes}];", edge.source().index(), edge.target().index()));
        }
        out.push_str("}\n");
        out
    }

    /// Title, caption and what shapes and lines mean, as a label in Graphviz's own kind of HTML: it is no node, so that
    /// whoever counts or moves nodes has only those that mean something.
    pub(super) fn dot_heading(&self, kinds: BTreeSet<NodeKind>, lines: BTreeSet<EdgeKind>) -> String {
        let mut table = String::from("<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"2\" CELLPADDING=\"0\">");
        let mut row = |cell: Arguments<'_>| put(&mut table, format_args!("<TR><TD ALIGN=\"LEFT\">{cell}</TD></TR>"));
        for text in wrap_columns(&self.title, 80) {
            row(format_args!("<FONT POINT-SIZE=\"16\"><B>{}</B></FONT>", in_html(&text)));
        }
        for text in self.caption.iter().flat_map(|sentence| wrap_columns(sentence, 110)) {
            row(format_args!("<FONT POINT-SIZE=\"11\">{}</FONT>", in_html(&text)));
        }
        // Several kinds may share one look and one name.
        let mut names = BTreeSet::new();
        let mut signs: Vec<String> =
            kinds.into_iter().map(node_style).filter(|style| names.insert(style.name)).map(node_sign).collect();
        signs.extend(lines.into_iter().map(edge_style).filter(|style| names.insert(style.name)).map(edge_sign));
        // One grid, as Graphviz would spread the signs of a shorter row.
        let columns = signs.len().min(SIGNS_IN_A_ROW);
        let mut grid = String::new();
        for signs in signs.chunks(SIGNS_IN_A_ROW) {
            let missing = "<TD></TD>".repeat(columns - signs.len());
            put(&mut grid, format_args!("<TR>{}{missing}</TR>", signs.concat()));
        }
        if !grid.is_empty() {
            row(format_args!(
                "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"6\" CELLPADDING=\"0\">{grid}</TABLE>"
            ));
        }
        table + "</TABLE>>"
    }
}

/// A kind of node in the legend: its name in a box that looks like it.
fn node_sign(style: NodeStyle) -> String {
    let mut styles = Vec::new();
    if matches!(style.shape, Shape::Rounded | Shape::Pill) {
        styles.push("ROUNDED");
    }
    match style.dash {
        Dash::Solid => {}
        Dash::Dashed => styles.push("DASHED"),
        Dash::Dotted => styles.push("DOTTED"),
    }
    let drawing = if styles.is_empty() { String::new() } else { format!(" STYLE=\"{}\"", styles.join(",")) };
    let (ink, ground) = (style.stroke, style.fill);
    let mut sign = format!("<FONT POINT-SIZE=\"10\">{}</FONT>", style.name);
    for padding in if style.shape == Shape::DoubleRectangle { &[3, 2][..] } else { &[4] } {
        sign = format!(
            "<TABLE BORDER=\"1\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"{padding}\" COLOR=\"{ink}\" \
             BGCOLOR=\"{ground}\"{drawing}><TR><TD>{sign}</TD></TR></TABLE>"
        );
    }
    format!("<TD>{sign}</TD>")
}

/// A kind of line in the legend.
fn edge_sign(style: EdgeStyle) -> String {
    let line = match style.dash {
        Dash::Solid => "───",
        Dash::Dashed => "– – –",
        Dash::Dotted => "· · · ·",
    };
    let end = if style.arrow { "▶" } else { "" };
    let (ink, name) = (style.stroke, style.name);
    format!("<TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"10\"><FONT COLOR=\"{ink}\">{line}{end}</FONT> {name}</FONT></TD>")
}

/// Text within Graphviz's HTML, which has the entities of XML.
fn in_html(text: &str) -> String {
    crate::xml::Escaped(text).to_string()
}

fn node_attributes(node: &Node, focus: bool) -> String {
    let style = node_style(node.kind);
    let columns = if node.kind == NodeKind::Statement { 36 } else { 22 };
    let mut lines = wrap_columns(&node.label, columns);
    lines.extend(node.details.iter().flat_map(|detail| wrap_columns(detail, columns)));
    let mut attributes = format!("label={}", quoted(&lines.join("\n")));
    if let Some(address) = node.web_address() {
        put(&mut attributes, format_args!(", URL={}", quoted(address)));
    }
    put(&mut attributes, format_args!(", tooltip={}", quoted(&node.tooltip())));
    put(
        &mut attributes,
        format_args!(", shape={}, color=\"{}\", fillcolor=\"{}\"", style.dot_shape, style.stroke, style.fill),
    );
    let mut drawing = vec!["filled"];
    if style.shape == Shape::Rounded {
        drawing.push("rounded");
    }
    if style.dash != Dash::Solid {
        drawing.push(style.dash.dot());
    }
    if drawing.len() > 1 {
        put(&mut attributes, format_args!(", style=\"{}\"", drawing.join(",")));
    }
    if style.shape == Shape::DoubleRectangle {
        attributes.push_str(", peripheries=2");
    }
    let width = stroke_width(node.sources) + if focus { 1.6 } else { 0.0 };
    if node.sources > 1 || focus {
        put(&mut attributes, format_args!(", penwidth={width:.1}"));
    }
    attributes
}

/// A double-quoted string of DOT. Inside one Graphviz reads `\"` as a quote, gives escapes such as `\N` and `\n` a
/// meaning of their own in labels, and reads `&…;` as an HTML entity: all three are written so that they come out as
/// they stand. Control characters, which XML-based output of Graphviz cannot hold, become U+FFFD.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '&' => out.push_str("&amp;"),
            '\t' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

pub(super) fn put(out: &mut String, text: Arguments<'_>) {
    out.write_fmt(text).expect("writing to a string cannot fail");
}

pub(super) fn line(out: &mut String, text: Arguments<'_>) {
    put(out, format_args!("  {text}\n"));
}
