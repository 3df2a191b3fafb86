//! GEXF 1.3, for Gephi: <https://gexf.net>. Meetings, statements and links have the days on which they can have been, so
//! that Gephi's timeline moves through them.

use crate::export::graphml::{by_name, plain};
use crate::export::property_graph::{LinkKind, Span, Type, Value, VertexKind, View};
use crate::export::selected::Selected;
use crate::xml::Escaped;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes the things and links of a view; lists of texts are joined by `; `. People, bodies and places are there all the
/// time.
pub(super) fn write(selected: &Selected, view: View, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">"
    )?;
    writeln!(out, "<meta><creator>demarche</creator><description>Who met whom</description></meta>")?;
    let direction = if view == View::Network { "undirected" } else { "directed" };
    writeln!(
        out,
        "<graph defaultedgetype=\"{direction}\" mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">"
    )?;
    let of_nodes = VertexKind::ALL.into_iter().filter(|kind| *kind != VertexKind::Article);
    let mut node_types = by_name(of_nodes.flat_map(VertexKind::properties));
    node_types.extend([("iri", Type::Text), ("type", Type::Text)]);
    attributes(out, "node", &node_types)?;
    let of_edges = LinkKind::ALL.into_iter().filter(|kind| *kind != LinkKind::ReportedIn);
    let edge_types = by_name(of_edges.flat_map(LinkKind::properties));
    attributes(out, "edge", &edge_types)?;

    writeln!(out, "<nodes>")?;
    for vertex in selected.vertices(view) {
        write!(out, "<node id=\"{}\" label=\"{}\"", Escaped(&vertex.id), Escaped(&vertex.label))?;
        span(out, vertex.span.as_ref())?;
        write!(out, "><attvalues>")?;
        value(out, "iri", &vertex.iri)?;
        value(out, "type", if vertex.is_state { "State" } else { vertex.kind.name() })?;
        for (property, known) in vertex.kind.properties().iter().zip(&vertex.values) {
            if let Some(known) = known {
                value(out, property.name, &plain(known))?;
            }
        }
        writeln!(out, "</attvalues></node>")?;
    }
    writeln!(out, "</nodes>\n<edges>")?;
    for (number, link) in selected.links(view).enumerate() {
        write!(
            out,
            "<edge id=\"{number}\" source=\"{}\" target=\"{}\" label=\"{words}\" kind=\"{words}\"",
            Escaped(&link.from),
            Escaped(&link.to),
            words = link.kind.words(),
        )?;
        if let Some(Some(Value::Integer(meetings))) = link.values.first() {
            write!(out, " weight=\"{meetings}\"")?;
        }
        if let [only] = &link.spans[..] {
            span(out, Some(only))?;
        }
        write!(out, "><attvalues>")?;
        for (property, known) in link.kind.properties().iter().zip(&link.values) {
            if let Some(known) = known {
                value(out, property.name, &plain(known))?;
            }
        }
        write!(out, "</attvalues>")?;
        if link.spans.len() > 1 {
            write!(out, "<spells>")?;
            for spell in &link.spans {
                write!(out, "<spell")?;
                span(out, Some(spell))?;
                write!(out, "/>")?;
            }
            write!(out, "</spells>")?;
        }
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "</edges>\n</graph>\n</gexf>")
}

fn attributes(out: &mut dyn Write, class: &str, types: &BTreeMap<&'static str, Type>) -> io::Result<()> {
    writeln!(out, "<attributes class=\"{class}\">")?;
    for (name, kind) in types {
        let kind = match kind {
            Type::Text | Type::Texts | Type::Day => "string",
            Type::Integer => "integer",
            Type::Decimal => "double",
            Type::Flag => "boolean",
        };
        writeln!(out, "<attribute id=\"{name}\" title=\"{name}\" type=\"{kind}\"/>")?;
    }
    writeln!(out, "</attributes>")
}

fn value(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    write!(out, "<attvalue for=\"{name}\" value=\"{}\"/>", Escaped(value))
}

/// An end that is not known is left open.
fn span(out: &mut dyn Write, span: Option<&Span>) -> io::Result<()> {
    let Some(span) = span else { return Ok(()) };
    for (name, day) in [("start", &span.first), ("end", &span.last)] {
        if let Some(day) = day {
            write!(out, " {name}=\"{day}\"")?;
        }
    }
    Ok(())
}
