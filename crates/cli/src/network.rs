//! `demarche network`: how people stand in the network of meetings, and over whom two are linked.

use crate::Outcome;
use crate::terminal::{self, FAINT, NAME, coloured_output, counted, output};
use anyhow::Result;
use clap::{Args, ValueEnum};
use demarche_graph::{
    ChainLink, MeetingNetwork, Members, NetworkMeasures, NetworkOptions, Standing, Store, write_quads,
};
use demarche_record::Status;
use std::io::Write;
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "\
Two are linked when they took part in the same meeting. Degree: with how many others (json and csv have it weighted, too: the
meetings with each of them); betweenness: the share of shortest chains between others that lead over somebody (0 to 1, exact);
closeness: how near the others are (0 to 1); communities: groups that meet more among themselves than with others (Louvain).

Examples:
  demarche network --store kg --top 20
  demarche network --store kg --members states --since 2021 --until 2021
  demarche network --store kg --path \"Joe Biden\" \"Sergei Lavrov\"    the shortest chain, with meetings and articles
  demarche network --store kg --format csv > network.csv             all members
  demarche network --store kg --write                                into the graph …/graph/network")]
pub(crate) struct Arguments {
    /// The folder of the store
    #[arg(long, value_name = "DIR", default_value = "kg")]
    store: PathBuf,

    /// How many members to print, those with the highest betweenness first [default: 20 in a table, else all]
    #[arg(long, value_name = "N")]
    top: Option<usize>,

    /// The shortest chain of meetings between two
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    path: Vec<String>,

    /// Who counts as a member
    #[arg(long, value_enum, default_value_t)]
    members: Of,

    /// Meetings of these statuses count
    #[arg(long, value_name = "STATUS", value_delimiter = ',', default_values_t = [Status::Held, Status::Ongoing])]
    status: Vec<Status>,

    /// Only meetings that may have been on this day, month or year, or later
    #[arg(long, value_name = "DATE")]
    since: Option<String>,

    /// Only meetings that may have been on this day, month or year, or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<String>,

    /// How to print it [default: table on a terminal, else json]
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Write the measures of all members into the store, in the graph …/graph/network, in place of those that are there. They
    /// go when the articles or the corrections change
    #[arg(long, conflicts_with = "path")]
    write: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Of {
    /// People
    #[default]
    People,
    /// States, where an article says that they themselves talk ("Russia and Ukraine held talks"), not the people who talk for them
    States,
    /// People, bodies and states
    All,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people
    Table,
    /// One JSON object
    Json,
    /// Comma-separated values with a header
    Csv,
    /// Turtle, in the terms of the graph
    Ttl,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let members = match arguments.members {
        Of::People => Members::People,
        Of::States => Members::States,
        Of::All => Members::All,
    };
    let options = NetworkOptions { members, statuses: arguments.status.clone(), ..NetworkOptions::default() };
    let options = options.during(arguments.since.as_deref(), arguments.until.as_deref())?;
    let mut store = Store::open(&arguments.store)?;
    let network = store.network(options)?;
    let format = arguments.format.unwrap_or(if terminal::is_terminal() { Format::Table } else { Format::Json });
    if let [from, to] = &arguments.path[..] {
        return chain(&network.chain(&store, from, to)?, (from, to), format);
    }
    let mut measures = network.measures();
    if arguments.write {
        store.write_network(&network, &measures)?;
        let built = store.commit()?;
        let mut out = output();
        writeln!(out, "{} in {}", counted(measures.members.len(), "member"), store.names().network().as_str())?;
        writeln!(out, "{} holds {}", arguments.store.display(), counted(built.quads, "quad"))?;
        out.flush()?;
        return Ok(Outcome::Complete);
    }
    let all = measures.members.len();
    let top = arguments.top.unwrap_or(if format == Format::Table { 20 } else { all });
    measures.members.truncate(top);
    let mut out = output();
    match format {
        Format::Table => table(&mut out, &measures)?,
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&measures)?)?,
        Format::Csv => csv(&mut out, &measures)?,
        Format::Ttl => turtle(&mut out, &store, &network, &measures)?,
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

fn table(out: &mut impl Write, measures: &NetworkMeasures) -> Result<()> {
    // What fits 80 columns; json and csv have all.
    let header = ["name", "degree", "meetings", "betweenness", "closeness", "community"];
    let row = |member: &Standing| {
        [
            member.name.clone(),
            member.degree.to_string(),
            member.meetings.to_string(),
            format!("{:.4}", member.betweenness),
            format!("{:.4}", member.closeness),
            member.community.to_string(),
        ]
    };
    let NetworkMeasures { summary, members } = measures;
    if !members.is_empty() {
        writeln!(out, "{}", terminal::table(header, members.iter().map(row)))?;
    }
    writeln!(
        out,
        "{} with {} in {}; {}; {}, modularity {:.3}",
        counted(summary.members, "member"),
        counted(summary.links, "link"),
        counted(summary.meetings, "meeting"),
        counted(summary.components, "component"),
        match summary.communities {
            1 => "1 community".to_owned(),
            several => format!("{several} communities"),
        },
        summary.modularity
    )?;
    Ok(())
}

fn csv(out: &mut impl Write, measures: &NetworkMeasures) -> Result<()> {
    writeln!(out, "iri,name,degree,weighted_degree,meetings,betweenness,closeness,community,component")?;
    for member in &measures.members {
        let Standing { iri, degree, weighted_degree, meetings, betweenness, closeness, community, component, .. } =
            member;
        let (iri, name) = (field(iri), field(&member.name));
        writeln!(
            out,
            "{iri},{name},{degree},{weighted_degree},{meetings},{betweenness},{closeness},{community},{component}"
        )?;
    }
    Ok(())
}

/// A text as a field of CSV (RFC 4180).
fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn turtle(out: &mut impl Write, store: &Store, network: &MeetingNetwork, measures: &NetworkMeasures) -> Result<()> {
    let quads = network.quads(measures, store.names());
    Ok(write_quads(quads, demarche_graph::Format::Turtle, store.names(), out)?)
}

fn chain(links: &[ChainLink], ends: (&str, &str), format: Format) -> Result<Outcome> {
    match format {
        Format::Table => {}
        Format::Json => {
            let mut out = output();
            writeln!(out, "{}", serde_json::to_string_pretty(links)?)?;
            out.flush()?;
            return Ok(Outcome::Complete);
        }
        Format::Csv => {
            let mut out = output();
            writeln!(out, "step,from,to,earliest,meeting,iri,article")?;
            for (step, link) in links.iter().enumerate() {
                for meeting in &link.meetings {
                    for article in &meeting.articles {
                        let earliest = meeting.earliest.as_deref().unwrap_or_default();
                        let fields = [&link.from, &link.to, earliest, &meeting.label, &meeting.iri, article].map(field);
                        writeln!(out, "{},{}", step + 1, fields.join(","))?;
                    }
                }
            }
            out.flush()?;
            return Ok(Outcome::Complete);
        }
        Format::Ttl => return Err(crate::wrong("a chain is printed as table, json or csv").into()),
    }
    let mut out = coloured_output();
    if links.is_empty() {
        writeln!(out, "No chain of meetings leads from {} to {}.", ends.0, ends.1)?;
    }
    for link in links {
        writeln!(out, "{NAME}{}{NAME:#} met {NAME}{}{NAME:#}", link.from, link.to)?;
        for meeting in &link.meetings {
            writeln!(out, "  {}", meeting.label)?;
            writeln!(out, "    {FAINT}{}{FAINT:#}", meeting.articles.join(", "))?;
        }
    }
    out.flush()?;
    Ok(Outcome::Complete)
}
