//! The DOT language of Graphviz.

use crate::diagram::lettering::wrap_columns;
use crate::diagram::node::{Diagram, Node, NodeKind};
use crate::diagram::palette::{Dash, Shape, edge_style, node_style, stroke_width};
use petgraph::visit::EdgeRef;
use std::fmt::Write;

/// From this many nodes on Graphviz is asked for its force layout: `dot` itself takes minutes on such a graph.
const FORCE_LAYOUT_FROM: usize = 60;

impl Diagram {
    /// The diagram in Graphviz's DOT language. A node carries its IRI as `URL`, where that is
    /// a web address, and what is told of it as `tooltip`.
    pub fn to_dot(&self) -> String {
        let graph = self.graph();
        let mut out = String::from("digraph demarche {\n");
        let mut heading = vec![self.title.clone()];
        heading.extend(self.caption.iter().cloned());
        let heading = heading.iter().flat_map(|line| wrap_columns(line, 100)).collect::<Vec<_>>();
        // `\l` ends a line that is set to the left.
        let heading = format!("\"{}\"", heading.iter().map(|line| escaped(line) + "\\l").collect::<String>());
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
fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

fn escaped(text: &str) -> String {
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

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("writing to a string cannot fail");
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    put(out, format_args!("  {text}\n"));
}
