//! Writing quads in the formats of RDF.

use crate::error::{Kind, StoreError};
use crate::export::annotation::Annotations;
use crate::export::jsonld::JsonLdWriter;
use crate::export::turtle::TurtleWriter;
use crate::namespace::Namespace;
use crate::quads::quad_order;
use crate::reach::Reach;
use crate::store::Store;
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::{GraphName, GraphNameRef, Literal, Quad, Term};
use std::io::{self, Read, Write};
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

    /// Whether RDF 1.2's triples about triples can be written in it.
    pub fn has_annotations(self) -> bool {
        matches!(self, Self::NTriples | Self::NQuads | Self::Turtle | Self::TriG)
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

/// Reads quads.
///
/// # Errors
/// When the text is not in the format; the message has line and column.
pub fn read_quads(format: Format, reader: impl Read) -> Result<Vec<Quad>, StoreError> {
    let parser = RdfParser::from_format(format.rdf());
    parser.for_reader(reader).collect::<Result<_, _>>().map_err(|error| Kind::Text(error.to_string()).into())
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
    quads.sort_by(quad_order);
    let mut out = QuadWriter::begin(format, names, None, &mut writer)?;
    for quad in quads {
        out.put(quad)?;
    }
    out.end()
}

/// Writes quads as they come, in the order of [`quad_order`]; no more than those of one subject are kept in memory.
pub(crate) struct QuadWriter<'w> {
    format: Format,
    syntax: Syntax<'w>,
    /// Quads with graph and subject in common.
    block: Vec<Quad>,
    /// What is said of the shortcuts, if they are to be annotated.
    annotations: Option<Annotations>,
}

enum Syntax<'w> {
    Oxigraph(WriterQuadSerializer<Box<dyn Write + 'w>>),
    Turtle(TurtleWriter, &'w mut dyn Write),
    JsonLd(JsonLdWriter, &'w mut dyn Write),
}

impl<'w> QuadWriter<'w> {
    /// Begins a document.
    pub fn begin(
        format: Format,
        names: &Namespace,
        annotations: Option<Annotations>,
        out: &'w mut dyn Write,
    ) -> Result<Self, StoreError> {
        let syntax = match format {
            Format::Turtle | Format::TriG => Syntax::Turtle(TurtleWriter::begin(names, out).map_err(Kind::Write)?, out),
            Format::JsonLd => Syntax::JsonLd(JsonLdWriter::begin(names, out).map_err(Kind::Write)?, out),
            Format::NTriples | Format::NQuads | Format::RdfXml => {
                let mut serializer = RdfSerializer::from_format(format.rdf());
                for (prefix, iri) in names.prefixes() {
                    serializer = serializer.with_prefix(prefix, iri).map_err(StoreError::engine)?;
                }
                let out: Box<dyn Write> =
                    if format == Format::RdfXml { Box::new(CarriageReturns(out)) } else { Box::new(out) };
                Syntax::Oxigraph(serializer.for_writer(out))
            }
        };
        Ok(Self { format, syntax, block: Vec::new(), annotations })
    }

    /// Writes the next quad; the same as the last one is not written again.
    pub fn put(&mut self, mut quad: Quad) -> Result<(), StoreError> {
        if self.format == Format::RdfXml {
            fit_for_xml(&mut quad.object);
        }
        if let Some(last) = self.block.last() {
            if *last == quad {
                return Ok(());
            }
            if last.subject != quad.subject || last.graph_name != quad.graph_name {
                self.flush()?;
            }
        }
        self.block.push(quad);
        Ok(())
    }

    /// Ends the document.
    pub fn end(mut self) -> Result<(), StoreError> {
        self.flush()?;
        let ended = match self.syntax {
            Syntax::Oxigraph(serializer) => serializer.finish().and_then(|mut out| out.flush()),
            Syntax::Turtle(mut turtle, out) => turtle.close(out).and_then(|()| out.flush()),
            Syntax::JsonLd(json, out) => json.end(out).and_then(|()| out.flush()),
        };
        Ok(ended.map_err(Kind::Write)?)
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        let (block, annotations) = (&self.block, self.annotations.as_ref());
        let written = match &mut self.syntax {
            Syntax::Turtle(turtle, out) => turtle.block(block, annotations, out),
            Syntax::JsonLd(json, out) => json.block(block, out),
            Syntax::Oxigraph(serializer) => {
                let said = annotations.map_or_else(Vec::new, |annotations| annotations.quads(block));
                block.iter().chain(&said).try_for_each(|quad| serializer.serialize_quad(quad))
            }
        };
        self.block.clear();
        Ok(written.map_err(Kind::Write)?)
    }
}

impl Store {
    /// Writes the graph. Formats with named graphs hold all of it; Turtle, N-Triples and RDF/XML hold what all articles
    /// together say (the default graph with its labels), without the articles' own reports, the offsets of the words and
    /// the decisions. Sorted: the same records give the same bytes.
    ///
    /// # Errors
    /// When the graph cannot be loaded or the writer fails.
    pub fn export(&self, format: Format, mut writer: impl Write) -> Result<(), StoreError> {
        self.export_graph(format, false, &mut writer)
    }

    /// The same; with `annotated` the shortcuts between those who met bear meeting, place and time (RDF 1.2).
    pub(crate) fn export_graph(&self, format: Format, annotated: bool, out: &mut dyn Write) -> Result<(), StoreError> {
        let annotations = match annotated {
            true => Some(Annotations::of_graph(&self.reached(Reach::graphs(false))?, self.names())?),
            false => None,
        };
        let lines = self.lines(format.has_graphs())?;
        match (lines, format, &annotations) {
            (Some(mut lines), Format::NTriples | Format::NQuads, None) => {
                io::copy(&mut lines, out).map_err(Kind::Write)?;
                out.flush().map_err(Kind::Write)?;
                Ok(())
            }
            (Some(lines), ..) => {
                let mut writer = QuadWriter::begin(format, self.names(), annotations, out)?;
                // What we wrote ourselves need not be looked at for correct IRIs once more.
                for quad in RdfParser::from_format(RdfFormat::NQuads).lenient().for_reader(lines) {
                    writer.put(quad.map_err(StoreError::engine)?)?;
                }
                writer.end()
            }
            (None, ..) => {
                let writer = QuadWriter::begin(format, self.names(), annotations, out)?;
                self.export_loaded(format, writer)
            }
        }
    }

    /// Writes the graph as it is loaded, graph by graph.
    fn export_loaded(&self, format: Format, mut writer: QuadWriter) -> Result<(), StoreError> {
        let graph = self.reached(Reach::graphs(format.has_graphs()))?;
        let mut put = |name: GraphNameRef<'_>| -> Result<(), StoreError> {
            let quads = graph.quads_for_pattern(None, None, None, Some(name));
            let mut quads = quads.collect::<Result<Vec<Quad>, _>>().map_err(StoreError::engine)?;
            quads.sort_by(quad_order);
            quads.into_iter().try_for_each(|quad| writer.put(quad))
        };
        put(GraphNameRef::DefaultGraph)?;
        if format.has_graphs() {
            let named = graph.named_graphs().collect::<Result<Vec<_>, _>>();
            let mut named = named.map_err(StoreError::engine)?;
            named.sort_by_cached_key(|name| name.to_string().trim_matches(['<', '>']).to_owned());
            for name in &named {
                put(name.as_ref().into())?;
            }
        }
        writer.end()
    }
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
