//! `demarche export`: the graph for other tools, and pictures of it.

use crate::file::write_whole;
use crate::terminal::{counted, output};
use crate::{Outcome, wrong};
use anyhow::Result;
use clap::{Args, ValueEnum};
use demarche_graph::{Diagram, Format as RdfFormat, PngSize, Selection, Store};
use demarche_ingest::parse_date;
use demarche_record::Basis;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche export --store kg -o graph.ttl
  demarche export --store kg -o putin.svg --about \"Vladimir Putin\" --since 2021-06 --until 2021-12
  demarche export --store kg -o meetings.jsonl --format meetings
  demarche export --store kg -o - --format nq | gzip > graph.nq.gz")]
pub(crate) struct Arguments {
    /// The file to write, whose ending tells the format; - for standard output
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,

    /// The folder of the store
    #[arg(long, value_name = "DIR", default_value = "kg")]
    store: PathBuf,

    /// The format, where the ending does not tell it
    #[arg(long, value_enum)]
    format: Option<Format>,

    #[command(flatten)]
    part: Part,
}

/// Which part of the graph.
#[derive(Args, Default)]
pub(crate) struct Part {
    /// Only what concerns a person, body or place: a name or an IRI
    #[arg(long, value_name = "NAME")]
    about: Option<String>,

    /// Only what can have happened on this day (month, year) or later
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    since: Option<String>,

    /// Only what can have happened on this day (month, year) or earlier
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    until: Option<String>,

    /// Show statements in the picture too
    #[arg(long)]
    statements: bool,
}

impl Part {
    fn is_all(&self) -> bool {
        self.about.is_none() && self.since.is_none() && self.until.is_none()
    }

    fn selection(&self) -> Selection {
        Selection {
            about: self.about.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
            statements: self.statements,
            ..Selection::default()
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Turtle: the facts of all articles together
    Ttl,
    /// N-Triples: the same
    Nt,
    /// N-Quads: with a named graph for each article
    Nq,
    /// TriG: the same
    Trig,
    /// RDF/XML: the facts of all articles together
    Rdf,
    /// JSON-LD: with a named graph for each article
    Jsonld,
    /// A picture for Graphviz
    Dot,
    /// A picture for browsers
    Svg,
    /// A picture
    Png,
    /// The extraction records, one a line
    Jsonl,
    /// The meetings, one a line in JSON, each with every place in the articles where it is told of
    Meetings,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let format = format(arguments)?;
    if matches!(format, Format::Jsonl | Format::Meetings) && !arguments.part.is_all() {
        return Err(wrong(
            "records and meetings are written whole: leave --about, --since and --until out, or write another format",
        )
        .into());
    }
    let store = Store::open(&arguments.store)?;
    let mut out = output();
    if arguments.output == Path::new("-") {
        write(&mut out, format, &store, &arguments.part)?;
    } else {
        let bytes = write_file(&arguments.output, format, &store, &arguments.part)?;
        writeln!(out, "{} written, {}", arguments.output.display(), counted(bytes, "byte"))?;
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

fn first_day(text: &str) -> Result<String, demarche_ingest::DateError> {
    parse_date(text, Basis::Option).map(|date| date.earliest.unwrap_or_default())
}

fn last_day(text: &str) -> Result<String, demarche_ingest::DateError> {
    parse_date(text, Basis::Option).map(|date| date.latest.unwrap_or_default())
}

fn format(arguments: &Arguments) -> Result<Format, clap::Error> {
    if let Some(format) = arguments.format {
        return Ok(format);
    }
    let ending = arguments.output.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    Format::from_str(ending, true).map_err(|_| {
        let known: Vec<_> = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
        let known: Vec<_> = known.iter().map(|value| value.get_name()).collect();
        let (file, known) = (arguments.output.display(), known.join(", "));
        wrong(&format!("{file} does not tell the format; end it in one of {known}, or give --format"))
    })
}

/// Writes a part of the store into a file, whole or not at all; gives the number of bytes.
pub(crate) fn write_file(path: &Path, format: Format, store: &Store, part: &Part) -> Result<usize> {
    let mut bytes = Vec::new();
    write(&mut bytes, format, store, part)?;
    write_whole(path, |out| Ok(out.write_all(&bytes)?))?;
    Ok(bytes.len())
}

fn write(out: &mut dyn Write, format: Format, store: &Store, part: &Part) -> Result<()> {
    match format {
        Format::Dot => out.write_all(picture(store, part)?.to_dot().as_bytes())?,
        Format::Svg => out.write_all(picture(store, part)?.to_svg().as_bytes())?,
        Format::Png => out.write_all(&picture(store, part)?.to_png(PngSize::default())?)?,
        Format::Jsonl => {
            for record in store.records()? {
                serde_json::to_writer(&mut *out, &record)?;
                out.write_all(b"\n")?;
            }
        }
        Format::Meetings => {
            for occasion in store.occasions()? {
                serde_json::to_writer(&mut *out, &occasion)?;
                out.write_all(b"\n")?;
            }
        }
        Format::Ttl => graph(out, RdfFormat::Turtle, store, part)?,
        Format::Nt => graph(out, RdfFormat::NTriples, store, part)?,
        Format::Nq => graph(out, RdfFormat::NQuads, store, part)?,
        Format::Trig => graph(out, RdfFormat::TriG, store, part)?,
        Format::Rdf => graph(out, RdfFormat::RdfXml, store, part)?,
        Format::Jsonld => graph(out, RdfFormat::JsonLd, store, part)?,
    }
    Ok(())
}

fn graph(out: &mut dyn Write, format: RdfFormat, store: &Store, part: &Part) -> Result<()> {
    if part.is_all() {
        store.export(format, out)?;
    } else {
        store.export_part(&part.selection(), format, out)?;
    }
    Ok(())
}

fn picture(store: &Store, part: &Part) -> Result<Diagram> {
    let corpus = store.corpus()?;
    let title = match &part.about {
        Some(name) => format!("{name}: who met whom"),
        None => "Who met whom".to_owned(),
    };
    let all = Diagram::of_corpus(&corpus, store.names(), title);
    Ok(all.select(&part.selection())?)
}
