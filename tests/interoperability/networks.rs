//! The formats beside RDF, read by the tools that they are written for: the same things, and as many links between them.
//!
//! A reader of these is called `READER OUT FILE…` and writes to `OUT/FILE.json` the IRIs of the things that it found (or
//! their names, where the format has no IRIs) and how many links there are: `{"things": [], "links": 0}`.

use crate::corpora::{Corpus, corpora};
use crate::tools::Tool;
use demarche_graph::vocabulary::{dm, prov, rdf};
use jiff::civil::Date;
use oxigraph::model::{NamedNodeRef, Quad, Term};
use serde::Deserialize;
use std::collections::BTreeSet;

/// What a reader found.
#[derive(Deserialize)]
struct Found {
    things: Vec<String>,
    links: usize,
}

const AGENTS_AND_PLACES: [NamedNodeRef; 3] = [dm::PERSON, dm::ORGANIZATION, dm::PLACE_CLASS];
const EVENTS: [NamedNodeRef; 2] = [dm::MEETING_CLASS, dm::STATEMENT];

/// What joins two of these.
const LINKS: [NamedNodeRef; 6] = [dm::PARTICIPANT, dm::PLACE, dm::SPEAKER, dm::ADDRESSEE, dm::ABOUT, dm::OF];

#[test]
fn networkx_reads_graphml_and_gexf() {
    hand_to(&Tool::NETWORKX, &["graphml", "gexf"], everything);
}

#[test]
fn igraph_reads_graphml() {
    hand_to(&Tool::IGRAPH, &["graphml"], everything);
}

/// There is no Neo4j among the packages that can be installed: its tables are read as what they are.
#[test]
fn the_tables_for_neo4j_are_whole() {
    hand_to(&Tool::CSV, &["tables"], |corpus| {
        let facts = Facts::of(corpus);
        let told =
            facts.of_class(&EVENTS).map(|event| facts.objects(&event, prov::WAS_DERIVED_FROM).len()).sum::<usize>();
        let things =
            facts.of_class(&AGENTS_AND_PLACES).chain(facts.of_class(&EVENTS)).chain(facts.of_class(&[dm::ARTICLE]));
        // Who met is joined once, and said in both directions.
        (things.collect(), facts.links(&LINKS) + facts.links(&[dm::MET]) / 2 + told)
    });
}

/// A picture shows the meetings, who takes part in them and where they are.
#[test]
fn graphviz_draws_dot() {
    hand_to(&Tool::GRAPHVIZ, &["dot"], |corpus| {
        let facts = Facts::of(corpus);
        let meetings: BTreeSet<String> = facts.of_class(&[dm::MEETING_CLASS]).collect();
        let drawn = [dm::PARTICIPANT, dm::PLACE];
        let around = meetings.iter().flat_map(|meeting| drawn.map(|link| facts.objects(meeting, link)));
        (meetings.iter().cloned().chain(around.flatten()).collect(), facts.links(&drawn))
    });
}

/// A calendar has the meetings that nobody denies and that must have been on one of few days.
#[test]
fn icalendar_reads_the_calendar() {
    hand_to(&Tool::ICALENDAR, &["ics"], |corpus| {
        let facts = Facts::of(corpus);
        let day = |meeting: &str, which| facts.objects(meeting, which).first()?.parse::<Date>().ok();
        let dated = facts.of_class(&[dm::MEETING_CLASS]).filter(|meeting| {
            let (first, last) = (day(meeting, dm::EARLIEST), day(meeting, dm::LATEST));
            let few = first.zip(last).is_some_and(|(first, last)| (last - first).get_days() < 7);
            few && facts.objects(meeting, dm::STATUS) != [dm::DENIED.as_str()]
        });
        (dated.collect(), 0)
    });
}

#[test]
fn followthemoney_takes_all_values() {
    hand_to(&Tool::FOLLOW_THE_MONEY, &["ftm.json"], |corpus| {
        let facts = Facts::of(corpus);
        let things = facts.of_class(&AGENTS_AND_PLACES).chain(facts.of_class(&[dm::MEETING_CLASS, dm::ARTICLE]));
        let things: BTreeSet<String> = things.map(|iri| in_ftm(&iri)).collect();
        (things, 0)
    });
}

/// All things, and what joins them.
fn everything(corpus: &Corpus) -> (BTreeSet<String>, usize) {
    let facts = Facts::of(corpus);
    (facts.of_class(&AGENTS_AND_PLACES).chain(facts.of_class(&EVENTS)).collect(), facts.links(&LINKS))
}

/// Has a tool read the files of some endings of each corpus; compares what it found with the things and links that are
/// expected, and prints it.
fn hand_to(tool: &Tool, endings: &[&str], expected: impl Fn(&Corpus) -> (BTreeSet<String>, usize)) {
    let Some(mut reader) = tool.command() else { return };
    let corpora = corpora();
    let out = tempfile::tempdir().unwrap();
    let files = corpora.all.iter().flat_map(|corpus| endings.iter().map(|ending| corpus.network(ending)));
    let output = reader.arg(out.path()).args(files).output().unwrap();
    assert!(output.status.success(), "{}: {}", tool.name, String::from_utf8_lossy(&output.stderr));

    let mut line = format!("{:<14}", tool.name);
    for corpus in &corpora.all {
        line += &format!("  {}:", corpus.name);
        let (things, links) = expected(corpus);
        for ending in endings {
            let file = corpus.network(ending).file_name().unwrap().display().to_string();
            let found = std::fs::read(out.path().join(format!("{file}.json"))).unwrap();
            let found: Found = serde_json::from_slice(&found).unwrap();
            assert_eq!(
                found.things.len(),
                things.len(),
                "{} reads {file}: {:?}\nnot {things:?}",
                tool.name,
                found.things
            );
            assert_eq!(found.things.into_iter().collect::<BTreeSet<_>>(), things, "{} reads {file}", tool.name);
            assert_eq!(found.links, links, "{} reads {file}: links", tool.name);
            line += &format!(" {ending} {} things, {links} links", things.len());
        }
    }
    println!("{line}");
}

/// What all articles of a corpus together say.
struct Facts {
    quads: Vec<Quad>,
}

impl Facts {
    fn of(corpus: &Corpus) -> Self {
        Self { quads: corpus.facts() }
    }

    /// The things of these classes.
    fn of_class(&self, classes: &[NamedNodeRef]) -> impl Iterator<Item = String> {
        let typed = self.quads.iter().filter(|quad| quad.predicate == rdf::TYPE);
        let found = typed.filter(|quad| classes.iter().any(|class| quad.object == Term::from(*class)));
        found.map(|quad| iri(&quad.subject.clone().into())).collect::<BTreeSet<_>>().into_iter()
    }

    /// The values that a property of a thing has.
    fn objects(&self, thing: &str, property: NamedNodeRef) -> Vec<String> {
        let has =
            self.quads.iter().filter(|quad| quad.predicate == property && iri(&quad.subject.clone().into()) == thing);
        has.map(|quad| iri(&quad.object)).collect()
    }

    /// How many triples have one of these properties.
    fn links(&self, properties: &[NamedNodeRef]) -> usize {
        self.quads.iter().filter(|quad| properties.contains(&quad.predicate.as_ref())).count()
    }
}

/// The name of an entity in FollowTheMoney: the last two parts of the IRI.
fn in_ftm(iri: &str) -> String {
    let parts: Vec<&str> = iri.rsplitn(3, '/').take(2).collect();
    format!("{}-{}", parts[1], parts[0])
}

/// An IRI, or the value of a literal.
fn iri(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}
