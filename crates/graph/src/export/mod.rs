//! Writing a store out: one file a format, behind one list of formats.
//!
//! What RDF formats write is the graph ([`Store::export`], [`Store::export_part`]); what the others write is what a
//! [`Selection`] chooses of the corpus: pictures through a [`Diagram`](crate::Diagram), all else through [`Selected`].

mod annotation;
mod calendar;
mod follow_the_money;
mod gexf;
mod graphml;
mod jsonld;
mod neo4j;
mod property_graph;
mod rdf;
mod selected;
mod spreadsheet;
mod turtle;

pub use property_graph::View;
pub use rdf::{Format, read_quads, write_quads};
pub use selected::Selected;
pub(crate) use selected::diagram;

use crate::diagram::{Layout, Selection};
use crate::error::{Kind, StoreError};
use crate::store::Store;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Everything that a store can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// A format of RDF.
    Rdf(Format),
    /// Graphviz's DOT.
    Dot,
    /// A picture for browsers.
    Svg,
    /// A picture.
    #[cfg(feature = "png")]
    Png,
    /// A picture in Markdown.
    Mermaid,
    /// GraphML.
    GraphMl,
    /// GEXF.
    Gexf,
    /// A table of the meetings.
    MeetingsCsv,
    /// A table of the statements.
    StatementsCsv,
    /// A folder with both tables.
    Csv,
    /// A folder of tables for the import of Neo4j.
    Neo4j,
    /// Entities of FollowTheMoney.
    FollowTheMoney,
    /// A calendar of the meetings.
    Calendar,
    /// The extraction records.
    Records,
    /// The meetings with every place where they are told of.
    Meetings,
}

/// What to write, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportOptions {
    /// What is written. Pictures keep to its number of nodes, and show statements only where it asks for them.
    pub selection: Selection,
    /// How a picture is laid out.
    pub layout: Layout,
    /// What the things of a graph are: of pictures, GraphML and GEXF.
    pub view: View,
    /// Whether the triples that say who met whom bear the meeting, its place and its time: RDF 1.2, in Turtle, TriG,
    /// N-Triples and N-Quads of the whole.
    pub annotated: bool,
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self { selection: Selection::everything(), layout: Layout::Map, view: View::Events, annotated: false }
    }
}

impl ExportFormat {
    /// All formats, in the order in which they are listed.
    pub const ALL: &[ExportFormat] = &[
        Self::Rdf(Format::Turtle),
        Self::Rdf(Format::TriG),
        Self::Rdf(Format::NTriples),
        Self::Rdf(Format::NQuads),
        Self::Rdf(Format::RdfXml),
        Self::Rdf(Format::JsonLd),
        Self::Dot,
        Self::Svg,
        #[cfg(feature = "png")]
        Self::Png,
        Self::Mermaid,
        Self::GraphMl,
        Self::Gexf,
        Self::Csv,
        Self::MeetingsCsv,
        Self::StatementsCsv,
        Self::Neo4j,
        Self::FollowTheMoney,
        Self::Calendar,
        Self::Meetings,
        Self::Records,
    ];

    /// Its name, as `--format` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rdf(format) => format.name(),
            Self::Dot => "dot",
            Self::Svg => "svg",
            #[cfg(feature = "png")]
            Self::Png => "png",
            Self::Mermaid => "mermaid",
            Self::GraphMl => "graphml",
            Self::Gexf => "gexf",
            Self::MeetingsCsv => "meetings-csv",
            Self::StatementsCsv => "statements-csv",
            Self::Csv => "csv",
            Self::Neo4j => "neo4j",
            Self::FollowTheMoney => "ftm",
            Self::Calendar => "ics",
            Self::Records => "jsonl",
            Self::Meetings => "meetings",
        }
    }

    /// How names of files in it end; none where the name of a file does not tell.
    pub fn ending(self) -> Option<&'static str> {
        match self {
            Self::Mermaid => Some("mmd"),
            Self::MeetingsCsv => Some("meetings.csv"),
            Self::StatementsCsv => Some("statements.csv"),
            Self::FollowTheMoney => Some("ftm.json"),
            Self::Csv | Self::Neo4j | Self::Meetings => None,
            other => Some(other.name()),
        }
    }

    /// What it is and what it is for, in a few words.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Rdf(Format::Turtle) => "Turtle, RDF to be read: the facts of all articles together",
            Self::Rdf(Format::TriG) => "TriG: the same with a named graph for each article, its reports and spans",
            Self::Rdf(Format::NTriples) => "N-Triples, a triple a line: the facts of all articles together",
            Self::Rdf(Format::NQuads) => "N-Quads, a quad a line: everything, for other RDF stores",
            Self::Rdf(Format::RdfXml) => "RDF/XML, for older RDF tools: the facts of all articles together",
            Self::Rdf(Format::JsonLd) => "JSON-LD with its context: everything, for programs that read JSON",
            Self::Dot => "DOT: a picture to be laid out by Graphviz",
            Self::Svg => "SVG: a picture with links, for browsers and documents",
            #[cfg(feature = "png")]
            Self::Png => "PNG: the same picture for everything else",
            Self::Mermaid => "Mermaid: a picture in Markdown (GitHub, GitLab, Obsidian)",
            Self::GraphMl => "GraphML: the network for yEd, Cytoscape, networkx, igraph",
            Self::Gexf => "GEXF: the network with its times, for Gephi and its timeline",
            Self::MeetingsCsv => "CSV for spreadsheets, one row for each meeting",
            Self::StatementsCsv => "CSV for spreadsheets, one row for each statement",
            Self::Csv => "a folder with both of these tables",
            Self::Neo4j => "a folder of CSV for Neo4j's import, with its command",
            Self::FollowTheMoney => "FollowTheMoney entities, one a line, for Aleph and OpenSanctions' tools",
            Self::Calendar => "iCalendar: the meetings of known days, for calendars",
            Self::Records => "the extraction records, one a line in JSON",
            Self::Meetings => "the meetings, one a line in JSON, each with every place where it is told of",
        }
    }

    /// The media type under which it is sent; none of a folder.
    pub fn media_type(self) -> Option<&'static str> {
        match self {
            Self::Rdf(format) => Some(format.media_type()),
            Self::Dot => Some("text/vnd.graphviz"),
            Self::Svg => Some("image/svg+xml"),
            #[cfg(feature = "png")]
            Self::Png => Some("image/png"),
            Self::Mermaid => Some("text/vnd.mermaid"),
            Self::GraphMl => Some("application/graphml+xml"),
            Self::Gexf => Some("application/gexf+xml"),
            Self::MeetingsCsv | Self::StatementsCsv => Some("text/csv"),
            Self::FollowTheMoney => Some("application/json+ftm"),
            Self::Calendar => Some("text/calendar"),
            Self::Records | Self::Meetings => Some("application/jsonl"),
            Self::Csv | Self::Neo4j => None,
        }
    }

    /// The files of a format that is a folder; none of one that is a file.
    pub fn files(self) -> &'static [&'static str] {
        match self {
            Self::Csv => &["meetings.csv", "statements.csv"],
            Self::Neo4j => neo4j::FILES,
            _ => &[],
        }
    }

    /// Whether it is a picture, which has room for so much only.
    pub fn is_picture(self) -> bool {
        match self {
            Self::Dot | Self::Svg | Self::Mermaid => true,
            #[cfg(feature = "png")]
            Self::Png => true,
            _ => false,
        }
    }

    /// Whether [`Selected::write`] and [`Selected::write_file`] write it: neither RDF nor a picture nor the records.
    pub fn is_of_selected(self) -> bool {
        !matches!(self, Self::Rdf(_) | Self::Records) && !self.is_picture()
    }

    /// The format of a name.
    ///
    /// # Errors
    /// When there is none of that name; the message lists those that there are.
    pub fn from_name(name: &str) -> Result<Self, StoreError> {
        let lower = name.to_ascii_lowercase();
        let found = Self::ALL.iter().copied().find(|format| format.name() == lower);
        found.ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|format| format.name()).collect();
            Kind::Unknown(format!("there is no format {name:?}; there are {}", names.join(", "))).into()
        })
    }

    /// The format of a file by the end of its name, if that tells it.
    pub fn from_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        let ends = |ending: &str| {
            name.strip_suffix(ending).is_some_and(|stem| stem.is_empty() || !stem.ends_with(char::is_alphanumeric))
        };
        Self::ALL.iter().copied().find(|format| format.ending().is_some_and(ends))
    }
}

impl Store {
    /// Writes the store in a format that is one file.
    ///
    /// # Errors
    /// When the selection names nothing or several things, a record cannot be read, the format is a folder, or the
    /// writer fails.
    pub fn export_as(
        &self,
        format: ExportFormat,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), StoreError> {
        let ExportOptions { selection, layout, view, annotated } = options;
        let mut out = BufWriter::new(out);
        let picture = || -> Result<crate::Diagram, StoreError> {
            let diagram = self.diagram(selection)?;
            let diagram = if *view == View::Network { diagram.network() } else { diagram };
            Ok(diagram.with_layout(*layout))
        };
        match format {
            ExportFormat::Rdf(format) if selection.is_partial() => self.export_part(selection, format, &mut out)?,
            ExportFormat::Rdf(format) => self.export_graph(format, *annotated, &mut out)?,
            ExportFormat::Dot => put(&mut out, picture()?.to_dot().as_bytes())?,
            ExportFormat::Svg => put(&mut out, picture()?.to_svg().as_bytes())?,
            #[cfg(feature = "png")]
            ExportFormat::Png => {
                let png = picture()?.to_png(crate::PngSize::default()).map_err(StoreError::engine)?;
                put(&mut out, &png)?;
            }
            ExportFormat::Mermaid => put(&mut out, picture()?.to_mermaid().as_bytes())?,
            ExportFormat::Records => {
                for record in self.records()? {
                    json_line(&record, &mut out)?;
                }
            }
            other => self.select(selection)?.write(other, *view, &mut out)?,
        }
        out.flush().map_err(Kind::Write)?;
        Ok(())
    }
}

impl Selected {
    /// Writes what was chosen in a format that is one file and no picture and no RDF.
    ///
    /// # Errors
    /// When the format is another one, or the writer fails.
    pub fn write(&self, format: ExportFormat, view: View, out: &mut dyn Write) -> Result<(), StoreError> {
        let written = match format {
            ExportFormat::GraphMl => graphml::write(self, view, out),
            ExportFormat::Gexf => gexf::write(self, view, out),
            ExportFormat::MeetingsCsv => spreadsheet::write_meetings(self, out),
            ExportFormat::StatementsCsv => spreadsheet::write_statements(self, out),
            ExportFormat::FollowTheMoney => follow_the_money::write(self, out),
            ExportFormat::Calendar => calendar::write(self, out),
            ExportFormat::Meetings => return self.occasions().try_for_each(|occasion| json_line(&occasion, out)),
            other => return Err(folder(other)),
        };
        Ok(written.map_err(Kind::Write)?)
    }

    /// Writes one of the files of a format that is a folder ([`ExportFormat::files`]).
    ///
    /// # Errors
    /// When the format has no such file, or the writer fails.
    pub fn write_file(&self, format: ExportFormat, file: &str, out: &mut dyn Write) -> Result<(), StoreError> {
        let written = match (format, file) {
            (ExportFormat::Csv, "meetings.csv") => spreadsheet::write_meetings(self, out),
            (ExportFormat::Csv, "statements.csv") => spreadsheet::write_statements(self, out),
            (ExportFormat::Neo4j, file) => neo4j::write(self, file, out),
            _ => Err(io::Error::new(io::ErrorKind::NotFound, format!("{file} is no file of {}", format.name()))),
        };
        Ok(written.map_err(Kind::Write)?)
    }
}

fn folder(format: ExportFormat) -> StoreError {
    Kind::Unknown(format!("{} is not written as one file from a selection", format.name())).into()
}

fn put(out: &mut dyn Write, bytes: &[u8]) -> Result<(), StoreError> {
    Ok(out.write_all(bytes).map_err(Kind::Write)?)
}

fn json_line(value: &impl serde::Serialize, out: &mut dyn Write) -> Result<(), StoreError> {
    serde_json::to_writer(&mut *out, value).map_err(|error| Kind::Write(error.into()))?;
    put(out, b"\n")
}
