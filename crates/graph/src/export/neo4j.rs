//! Tables for the import of Neo4j (`neo4j-admin database import full`): one of the nodes of each kind, one of the
//! relationships of each kind, with the names and types of the columns in the header.
//!
//! Texts keep their line breaks, so that the import needs `--multiline-fields=true`. Lists of texts are divided by `;`,
//! a semicolon within becomes a comma.

use crate::export::graphml::plain;
use crate::export::property_graph::{Link, LinkKind, Property, Type, Value, Vertex, VertexKind, View};
use crate::export::selected::Selected;
use csv::WriterBuilder;
use std::io::{self, Write};

/// The files of the export.
pub(super) const FILES: &[&str] = &[
    "nodes_person.csv",
    "nodes_organization.csv",
    "nodes_place.csv",
    "nodes_meeting.csv",
    "nodes_statement.csv",
    "nodes_article.csv",
    "relationships_takes_part.csv",
    "relationships_takes_place_in.csv",
    "relationships_said.csv",
    "relationships_said_to.csv",
    "relationships_about.csv",
    "relationships_holds_office.csv",
    "relationships_met.csv",
    "relationships_reported_in.csv",
    "import.txt",
];

/// Writes one of [`FILES`].
pub(super) fn write(selected: &Selected, file: &str, out: &mut dyn Write) -> io::Result<()> {
    if file == "import.txt" {
        return instructions(out);
    }
    let is = |prefix: &str, name: &str| file == format!("{prefix}_{}.csv", name.to_lowercase());
    if let Some(kind) = VertexKind::ALL.into_iter().find(|kind| is("nodes", kind.name())) {
        return if kind == VertexKind::Article {
            nodes(kind, selected.article_vertices(), out)
        } else {
            nodes(kind, selected.vertices(View::Events).filter(|vertex| vertex.kind == kind), out)
        };
    }
    match LinkKind::ALL.into_iter().find(|kind| is("relationships", kind.name())) {
        Some(LinkKind::Met) => relationships(LinkKind::Met, selected.met(), out),
        Some(LinkKind::ReportedIn) => relationships(LinkKind::ReportedIn, selected.report_links(), out),
        Some(kind) => relationships(kind, selected.links(View::Events).filter(|link| link.kind == kind), out),
        None => Err(io::Error::new(io::ErrorKind::NotFound, format!("{file} is no file of this export"))),
    }
}

fn nodes(kind: VertexKind, vertices: impl Iterator<Item = Vertex>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = WriterBuilder::new().from_writer(out);
    for column in ["id:ID", "iri", "name"] {
        writer.write_field(column)?;
    }
    for property in kind.properties() {
        writer.write_field(column(property))?;
    }
    writer.write_field(":LABEL")?;
    writer.write_record(None::<&[u8]>)?;
    for vertex in vertices {
        for value in [&vertex.id, &vertex.iri, &vertex.label] {
            writer.write_field(value)?;
        }
        for value in &vertex.values {
            writer.write_field(cell(value.as_ref()))?;
        }
        writer.write_field(if vertex.is_state { "Place;State" } else { kind.name() })?;
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

fn relationships(kind: LinkKind, links: impl Iterator<Item = Link>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = WriterBuilder::new().from_writer(out);
    writer.write_field(":START_ID")?;
    writer.write_field(":END_ID")?;
    for property in kind.properties() {
        writer.write_field(column(property))?;
    }
    writer.write_field(":TYPE")?;
    writer.write_record(None::<&[u8]>)?;
    for link in links {
        writer.write_field(&link.from)?;
        writer.write_field(&link.to)?;
        for value in &link.values {
            writer.write_field(cell(value.as_ref()))?;
        }
        writer.write_field(kind.name())?;
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

fn column(property: &Property) -> String {
    let kind = match property.kind {
        Type::Text => "string",
        Type::Texts => "string[]",
        Type::Integer => "int",
        Type::Decimal => "double",
        Type::Day => "date",
        Type::Flag => "boolean",
    };
    format!("{}:{kind}", property.name)
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Texts(texts)) => texts.iter().map(|text| text.replace(';', ",")).collect::<Vec<_>>().join(";"),
        Some(value) => plain(value),
    }
}

fn instructions(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "In this folder, into an empty database:\n")?;
    writeln!(out, "neo4j-admin database import full neo4j --multiline-fields=true --array-delimiter=';' \\")?;
    let tables = FILES.iter().filter(|file| file.ends_with(".csv"));
    let arguments: Vec<String> = tables
        .map(|file| format!("  --{}={file}", if file.starts_with("nodes") { "nodes" } else { "relationships" }))
        .collect();
    writeln!(out, "{}", arguments.join(" \\\n"))
}
