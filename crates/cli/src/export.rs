//! `demarche export`: the graph for other tools, and pictures of it.

use crate::file::write_whole;
use crate::terminal::{complain, counted, is_terminal, output, table};
use crate::{Outcome, wrong};
use anyhow::{Context, Result};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, ValueEnum};
use demarche_graph::{ExportFormat, ExportOptions, Layout, Selected, Selection, Store, View};
use demarche_ingest::parse_date;
use demarche_record::{Basis, Status};
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche export --store kg -o graph.ttl
  demarche export --store kg -o putin.svg --person \"Vladimir Putin\" --since 2021-06 --until 2021-12
  demarche export --store kg -o timeline.svg --layout timeline --status held --min-sources 2
  demarche export --store kg -o network.gexf --view network
  demarche export --store kg -o tables/ --format csv
  demarche export --store kg --format nq | gzip > graph.nq.gz")]
pub(crate) struct Arguments {
    /// The file to write, whose ending tells the format; - for standard output; a folder for csv and neo4j
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    output: PathBuf,

    /// The folder of the store
    #[arg(long, value_name = "DIR", default_value = "kg")]
    store: PathBuf,

    /// The format, where the name of the file does not tell it
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<String>,

    /// List the formats with what each is for, and write nothing
    #[arg(long)]
    list_formats: bool,

    /// How a picture is laid out
    #[arg(long, value_enum, default_value = "map")]
    layout: LayoutName,

    /// What a picture, GraphML or GEXF shows
    #[arg(long, value_enum, default_value = "events")]
    view: ViewName,

    /// Triples that say who met whom bear the meeting, its place and its time: RDF 1.2 (ttl, trig, nt, nq)
    #[arg(long)]
    annotated: bool,

    #[command(flatten)]
    part: Part,
}

/// Which part of the graph.
#[derive(Args, Default)]
pub(crate) struct Part {
    /// Only what concerns a person, body or place: a name or an IRI
    #[arg(long, visible_alias = "person", value_name = "NAME")]
    about: Option<String>,

    /// With --about: 1 for their own meetings, 2 also for those of the people whom they met, and so on
    #[arg(long, value_name = "N", requires = "about", value_parser = clap::value_parser!(u8).range(1..))]
    hops: Option<u8>,

    /// Only what can have happened on this day (month, year) or later
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    since: Option<String>,

    /// Only what can have happened on this day (month, year) or earlier
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    until: Option<String>,

    /// Only meetings of these statuses, and no statements
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    status: Vec<Status>,

    /// Only what so many independent articles tell of
    #[arg(long, value_name = "N")]
    min_sources: Option<usize>,

    /// The most nodes [default: 120 in a picture, else all]
    #[arg(long, value_name = "N")]
    max_nodes: Option<usize>,

    /// Show statements in the picture too
    #[arg(long)]
    statements: bool,
}

impl Part {
    /// What is written in a format: pictures have room for so much only.
    fn selection(&self, format: ExportFormat) -> Selection {
        let all = if format.is_picture() { Selection::default() } else { Selection::everything() };
        Selection {
            about: self.about.clone(),
            hops: self.hops.map_or(all.hops, usize::from),
            since: self.since.clone(),
            until: self.until.clone(),
            statuses: self.status.clone(),
            min_sources: self.min_sources.unwrap_or(all.min_sources),
            statements: all.statements || self.statements,
            max_nodes: self.max_nodes.unwrap_or(all.max_nodes),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LayoutName {
    /// What hangs together lies together
    Map,
    /// Time runs downwards, each person has a lane
    Timeline,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ViewName {
    /// People, places, meetings and statements
    Events,
    /// People joined by the meetings that they had
    Network,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    if arguments.list_formats {
        return list();
    }
    let format = format(arguments)?;
    let options = options(arguments, format)?;
    let store = Store::open(&arguments.store)?;
    let mut out = output();
    let file = &arguments.output;
    if !format.files().is_empty() {
        let bytes = write_folder(file, format, &store, &options)?;
        writeln!(
            out,
            "{}: {} written, {}",
            file.display(),
            counted(format.files().len(), "file"),
            counted(bytes, "byte")
        )?;
    } else if file == Path::new("-") {
        if is_terminal() && !is_text(format) {
            let name = format.name();
            return Err(wrong(&format!("{name} is nothing for a terminal: give a file with -o, or a pipe")).into());
        }
        write(&mut out, format, &store, &options)?;
    } else {
        let bytes = write_file(file, format, &store, &options)?;
        writeln!(out, "{} written, {}", file.display(), counted(bytes, "byte"))?;
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

/// The arguments in the light of the format: what it cannot heed is wrong usage.
fn options(arguments: &Arguments, format: ExportFormat) -> Result<ExportOptions, clap::Error> {
    let Arguments { layout, view, part, .. } = arguments;
    let selection = part.selection(format);
    if format == ExportFormat::Records && (selection.is_partial() || part.max_nodes.is_some()) {
        return Err(wrong("records are written whole: leave the filters out, or write another format"));
    }
    let name = format.name();
    if part.max_nodes.is_some() && matches!(format, ExportFormat::Rdf(_)) {
        return Err(wrong(&format!("{name} has no nodes to count: leave --max-nodes out")));
    }
    let can_annotate = matches!(format, ExportFormat::Rdf(rdf) if rdf.has_annotations());
    if arguments.annotated && (!can_annotate || selection.is_partial()) {
        return Err(wrong("annotated triples are written of the whole graph, as ttl, trig, nt or nq"));
    }
    if *layout == LayoutName::Timeline && !format.is_picture() {
        return Err(wrong(&format!("{name} has no layout: a timeline is drawn as svg, png, dot or mermaid")));
    }
    if *layout == LayoutName::Timeline && *view == ViewName::Network {
        return Err(wrong("a timeline shows events: leave --view network out"));
    }
    if *view == ViewName::Network
        && !format.is_picture()
        && !matches!(format, ExportFormat::GraphMl | ExportFormat::Gexf)
    {
        return Err(wrong(&format!("{name} has one view only: --view is for pictures, graphml and gexf")));
    }
    Ok(ExportOptions {
        selection,
        layout: match layout {
            LayoutName::Map => Layout::Map,
            LayoutName::Timeline => Layout::Timeline,
        },
        view: match view {
            ViewName::Events => View::Events,
            ViewName::Network => View::Network,
        },
        annotated: arguments.annotated,
    })
}

/// Prints the formats: a table on a terminal, else tab-separated lines.
fn list() -> Result<Outcome> {
    let rows = ExportFormat::ALL.iter().map(|format| {
        let ending = format.ending().map_or_else(String::new, |ending| format!(".{ending}"));
        [format.name().to_owned(), ending, format.purpose().to_owned()]
    });
    let mut out = output();
    if is_terminal() {
        writeln!(out, "{}", table(["format", "ending", "what it is for"], rows))?;
    } else {
        for row in rows {
            writeln!(out, "{}", row.join("\t"))?;
        }
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

fn formats() -> PossibleValuesParser {
    let values = ExportFormat::ALL.iter().map(|format| PossibleValue::new(format.name()).help(format.purpose()));
    PossibleValuesParser::new(values)
}

fn first_day(text: &str) -> Result<String, demarche_ingest::DateError> {
    parse_date(text, Basis::Option).map(|date| date.earliest.unwrap_or_default())
}

fn last_day(text: &str) -> Result<String, demarche_ingest::DateError> {
    parse_date(text, Basis::Option).map(|date| date.latest.unwrap_or_default())
}

/// Whether people can read it.
fn is_text(format: ExportFormat) -> bool {
    format != ExportFormat::Png
}

fn format(arguments: &Arguments) -> Result<ExportFormat, clap::Error> {
    let known = |name: &String| ExportFormat::from_name(name).map_err(|error| wrong(&error.to_string()));
    if let Some(name) = &arguments.format {
        let format = known(name)?;
        if !format.files().is_empty() && arguments.output == Path::new("-") {
            return Err(wrong(&format!("{name} is a folder of files: name one with -o")));
        }
        return Ok(format);
    }
    ExportFormat::from_path(&arguments.output).ok_or_else(|| {
        let file = arguments.output.display();
        if arguments.output == Path::new("-") {
            return wrong("standard output does not tell the format: give --format, or a file with -o");
        }
        let is_csv = arguments.output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        if is_csv {
            return wrong(&format!(
                "{file} does not tell what is in the table: call it meetings.csv or statements.csv, or give --format \
                 meetings-csv or statements-csv"
            ));
        }
        let known: Vec<&str> = ExportFormat::ALL.iter().filter_map(|format| format.ending()).collect();
        wrong(&format!("{file} does not tell the format; end it in one of {}, or give --format", known.join(", ")))
    })
}

fn write(out: &mut dyn Write, format: ExportFormat, store: &Store, options: &ExportOptions) -> Result<()> {
    if format.is_of_selected() {
        let selected = store.select(&options.selection)?;
        selected.write(format, options.view, out)?;
        tell_left_out(&selected);
    } else {
        store.export_as(format, options, out)?;
    }
    Ok(())
}

/// Pictures say in their caption what is left out; of data it is said on standard error.
fn tell_left_out(selected: &Selected) {
    selected.left_out().iter().for_each(|sentence| complain(sentence));
}

/// Writes a part of the store into a file, whole or not at all; gives the number of bytes.
pub(crate) fn write_file(path: &Path, format: ExportFormat, store: &Store, options: &ExportOptions) -> Result<usize> {
    let mut bytes = 0;
    write_whole(path, |out| {
        let mut counting = Counting { out, bytes: 0 };
        self::write(&mut counting, format, store, options)?;
        bytes = counting.bytes;
        Ok(())
    })?;
    Ok(bytes)
}

/// Writes the files of a format that is a folder, each whole or not at all; gives the number of bytes.
fn write_folder(path: &Path, format: ExportFormat, store: &Store, options: &ExportOptions) -> Result<usize> {
    let selected = store.select(&options.selection)?;
    tell_left_out(&selected);
    std::fs::create_dir_all(path).with_context(|| format!("{}: cannot be made", path.display()))?;
    let mut bytes = 0;
    for file in format.files() {
        write_whole(&path.join(file), |out| {
            let mut counting = Counting { out, bytes: 0 };
            selected.write_file(format, file, &mut counting)?;
            bytes += counting.bytes;
            Ok(())
        })?;
    }
    Ok(bytes)
}

/// Counts what goes through it.
struct Counting<'w> {
    out: &'w mut dyn Write,
    bytes: usize,
}

impl Write for Counting<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}
