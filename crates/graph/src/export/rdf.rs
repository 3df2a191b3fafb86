//! Writing quads in the formats of RDF.

use crate::error::{Kind, StoreError};
use crate::export::jsonld;
use crate::namespace::Namespace;
use crate::quads::quad_order;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{GraphName, Literal, Quad, Term};
use std::io::{self, Write};
use std::path::Path;

/// Formats of RDF.
///
/// N-Quads, TriG and JSON-LD hold named graphs: what all articles together say, and one graph for each article with its
/// own reports and the offsets of the words. Turtle, N-Triples and RDF/XML hold one graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// N-Triples, `.nt`.
    NTriples,
    /// N-Quads, `.nq`.
    NQuads,
    /// Turtle, `.ttl`.
    Turtle,
    /// TriG, `.trig`.
    TriG,
    /// RDF/XML, `.rdf`.
    RdfXml,
    /// JSON-LD 1.1 with the context of `ontology/context.jsonld` in it, `.jsonld`.
    JsonLd,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 6] = [Self::NTriples, Self::NQuads, Self::Turtle, Self::TriG, Self::RdfXml, Self::JsonLd];

    /// The ending of files in this format, which is also its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::NTriples => "nt",
            Self::NQuads => "nq",
            Self::Turtle => "ttl",
            Self::TriG => "trig",
            Self::RdfXml => "rdf",
            Self::JsonLd => "jsonld",
        }
    }

    /// The media type under which it is sent.
    pub fn media_type(self) -> &'static str {
        self.rdf().media_type()
    }

    /// The format of a name or file ending.
    ///
    /// # Errors
    /// When there is none of that name; the message lists those that there are.
    pub fn from_name(name: &str) -> Result<Self, StoreError> {
        let lower = name.to_ascii_lowercase();
        let found = Self::ALL.into_iter().find(|format| format.name() == lower);
        found.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            Kind::Unknown(format!("there is no RDF format {name:?}; there are {names}")).into()
        })
    }

    /// The format of a file by its ending.
    ///
    /// # Errors
    /// When the ending is no format's.
    pub fn from_path(path: &Path) -> Result<Self, StoreError> {
        Self::from_name(&path.extension().unwrap_or_default().to_string_lossy())
    }

    /// Whether the format can tell graphs apart.
    pub fn has_graphs(self) -> bool {
        matches!(self, Self::NQuads | Self::TriG | Self::JsonLd)
    }

    /// The format as Oxigraph names it.
    pub(crate) fn rdf(self) -> RdfFormat {
        match self {
            Self::NTriples => RdfFormat::NTriples,
            Self::NQuads => RdfFormat::NQuads,
            Self::Turtle => RdfFormat::Turtle,
            Self::TriG => RdfFormat::TriG,
            Self::RdfXml => RdfFormat::RdfXml,
            Self::JsonLd => RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() },
        }
    }
}

/// Writes quads: sorted, each once, so that the same quads give the same bytes. Formats without graphs get all of them
/// in one graph.
///
/// # Errors
/// When the writer fails.
pub fn write_quads(
    mut quads: Vec<Quad>,
    format: Format,
    names: &Namespace,
    mut writer: impl Write,
) -> Result<(), StoreError> {
    if !format.has_graphs() {
        for quad in &mut quads {
            quad.graph_name = GraphName::DefaultGraph;
        }
    }
    if format == Format::RdfXml {
        quads.iter_mut().for_each(|quad| fit_for_xml(&mut quad.object));
    }
    quads.sort_by(quad_order);
    quads.dedup();
    if format == Format::JsonLd {
        jsonld::write(&quads, names, &mut writer).map_err(Kind::Write)?;
    } else {
        let mut serializer = RdfSerializer::from_format(format.rdf());
        for (prefix, iri) in names.prefixes() {
            // The IRIs of articles and their stretches read better whole than with every `#`, `=` and `,` escaped.
            if prefix != "id" && prefix != "article" {
                serializer = serializer.with_prefix(prefix, iri).map_err(StoreError::engine)?;
            }
        }
        let mut out = match format {
            Format::RdfXml => serializer.for_writer(Box::new(CarriageReturns(&mut writer)) as Box<dyn Write>),
            _ => serializer.for_writer(Box::new(&mut writer) as Box<dyn Write>),
        };
        for quad in &quads {
            out.serialize_quad(quad).map_err(Kind::Write)?;
        }
        out.finish().map_err(Kind::Write)?;
    }
    writer.flush().map_err(Kind::Write)?;
    Ok(())
}

/// Writes each carriage return as a character reference: readers of XML take a bare one for a line feed. All of them are in
/// literals, for Oxigraph ends its own lines with line feeds.
struct CarriageReturns<W>(W);

impl<W: Write> Write for CarriageReturns<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut parts = bytes.split(|&byte| byte == b'\r');
        self.0.write_all(parts.next().unwrap_or_default())?;
        for part in parts {
            self.0.write_all(b"&#13;")?;
            self.0.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// XML has no way to write most control characters: a space stands for each.
fn fit_for_xml(object: &mut Term) {
    let Term::Literal(literal) = object else { return };
    let no_xml = |c: char| matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}');
    if literal.value().contains(no_xml) {
        let value = literal.value().replace(no_xml, " ");
        *literal = match literal.language() {
            Some(language) => Literal::new_language_tagged_literal_unchecked(value, language),
            None => Literal::new_typed_literal(value, literal.datatype()),
        };
    }
}
