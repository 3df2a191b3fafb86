//! GraphML, for yEd, Cytoscape, Gephi, networkx and igraph: <http://graphml.graphdrawing.org>.

use crate::export::property_graph::{LinkKind, Property, Type, Value, VertexKind, View};
use crate::export::selected::Selected;
use crate::quads::decimal;
use crate::xml::Escaped;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes the things and links of a view; lists of texts are joined by `; `, days are texts.
pub(super) fn write(selected: &Selected, view: View, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
         http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
    )?;
    for name in ["label", "type", "iri"] {
        key(out, "node", name, "string")?;
    }
    let of_nodes = VertexKind::ALL.into_iter().filter(|kind| *kind != VertexKind::Article);
    for (name, kind) in by_name(of_nodes.flat_map(VertexKind::properties)) {
        key(out, "node", name, type_name(kind))?;
    }
    key(out, "edge", "type", "string")?;
    let of_edges = LinkKind::ALL.into_iter().filter(|kind| *kind != LinkKind::ReportedIn);
    for (name, kind) in by_name(of_edges.flat_map(LinkKind::properties)) {
        key(out, "edge", name, type_name(kind))?;
    }
    key(out, "edge", "weight", "double")?;
    key(out, "edge", "earliest", "string")?;
    key(out, "edge", "latest", "string")?;
    let direction = if view == View::Network { "undirected" } else { "directed" };
    writeln!(out, "<graph id=\"demarche\" edgedefault=\"{direction}\">")?;
    for vertex in selected.vertices(view) {
        write!(out, "<node id=\"{}\">", Escaped(&vertex.id))?;
        data(out, "node", "label", &vertex.label)?;
        data(out, "node", "type", if vertex.is_state { "State" } else { vertex.kind.name() })?;
        data(out, "node", "iri", &vertex.iri)?;
        for (property, value) in vertex.kind.properties().iter().zip(&vertex.values) {
            if let Some(value) = value {
                data(out, "node", property.name, &plain(value))?;
            }
        }
        writeln!(out, "</node>")?;
    }
    for (number, link) in selected.links(view).enumerate() {
        write!(out, "<edge id=\"e{number}\" source=\"{}\" target=\"{}\">", Escaped(&link.from), Escaped(&link.to))?;
        data(out, "edge", "type", link.kind.words())?;
        for (property, value) in link.kind.properties().iter().zip(&link.values) {
            if let Some(value) = value {
                data(out, "edge", property.name, &plain(value))?;
            }
        }
        if let Some(Some(Value::Integer(meetings))) = link.values.first() {
            data(out, "edge", "weight", &meetings.to_string())?;
        } else if let [span] = &link.spans[..] {
            for (name, day) in [("earliest", &span.first), ("latest", &span.last)] {
                if let Some(day) = day {
                    data(out, "edge", name, day)?;
                }
            }
        }
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "</graph>\n</graphml>")
}

/// The properties of all kinds, each name once.
pub(super) fn by_name<'p>(properties: impl Iterator<Item = &'p Property>) -> BTreeMap<&'static str, Type> {
    properties.filter(|property| property.name != "label").map(|property| (property.name, property.kind)).collect()
}

/// A value as text.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Day(text) => text.clone(),
        Value::Texts(texts) => texts.join("; "),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => decimal(*number),
        Value::Flag(flag) => flag.to_string(),
    }
}

fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Text | Type::Texts | Type::Day => "string",
        Type::Integer => "int",
        Type::Decimal => "double",
        Type::Flag => "boolean",
    }
}

fn key(out: &mut dyn Write, of: &str, name: &str, kind: &str) -> io::Result<()> {
    writeln!(out, "<key id=\"{of}-{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")
}

fn data(out: &mut dyn Write, of: &str, name: &str, value: &str) -> io::Result<()> {
    write!(out, "<data key=\"{of}-{name}\">{}</data>", Escaped(value))
}
