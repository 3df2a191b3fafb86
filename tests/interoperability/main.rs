//! What we write, read by the tools of others: the same quads, and the same answers to the questions of the ontology.
//!
//! `install.sh` installs the tools; a tool that is absent is skipped with a line that says so, or, where
//! `DEMARCHE_REQUIRE_TOOLS` is set, fails the test. `cargo test --test interoperability -- --nocapture` prints the list of
//! tools and formats with what was counted.
//!
//! A small program in `readers` reads for each tool. All are called alike: `READER OUT DATASET FILE…`. Of a FILE in a format
//! of RDF it writes to `OUT/FILE.nq` what it read of it, as N-Quads. A FILE.rq is a query: it asks that of DATASET, an
//! N-Quads file, and writes the answer to `OUT/FILE.json` in SPARQL's format.

// What a test reads, it may take to be there.
#![allow(clippy::unwrap_used)]

mod answers;
#[cfg(unix)]
mod clients;
mod corpora;
mod hard;
mod networks;
mod tools;

use answers::{Answer, Question, questions};
use corpora::{corpora, quads};
use demarche_graph::Format::{self, JsonLd, NQuads, NTriples, RdfXml, TriG, Turtle};
use std::path::PathBuf;
use tools::Tool;

#[test]
fn rdflib_reads_and_answers() {
    hand_to(&Tool::RDFLIB, &Format::ALL, &questions());
}

#[test]
fn pyoxigraph_reads_and_answers() {
    hand_to(&Tool::PYOXIGRAPH, &Format::ALL, &questions());
}

/// Comunica 4.5 reads RDF/XML by pieces of 64 KiB and breaks a letter beyond ASCII that stands across the end of one.
#[test]
fn comunica_reads_and_answers() {
    hand_to(&Tool::COMUNICA, &[Turtle, NTriples, NQuads, TriG, JsonLd], &questions());
}

/// Debian's Jena comes without an implementation of the Java interface for JSON that its reader of JSON-LD asks for.
#[test]
fn jena_reads_and_answers() {
    hand_to(&Tool::JENA, &[Turtle, NTriples, NQuads, TriG, RdfXml], &questions());
}

/// A bigger server: it gets the graphs by the SPARQL Graph Store Protocol, which carries one graph at a time.
#[test]
fn virtuoso_takes_the_graphs_and_answers() {
    hand_to(&Tool::VIRTUOSO, &[NQuads], &questions());
}

#[test]
fn raptor_reads() {
    hand_to(&Tool::RAPTOR, &[Turtle, NTriples, NQuads, TriG, RdfXml], &[]);
}

#[test]
fn n3_js_reads() {
    hand_to(&Tool::N3_JS, &[Turtle, NTriples, NQuads, TriG], &[]);
}

#[test]
fn jsonld_js_reads() {
    hand_to(&Tool::JSONLD_JS, &[JsonLd], &[]);
}

/// Has a tool read the corpora in some formats and answer questions on the first one; compares and prints what came out.
fn hand_to(tool: &Tool, formats: &[Format], questions: &[Question]) {
    let Some(mut reader) = tool.command() else { return };
    let corpora = corpora();
    let out = tempfile::tempdir().unwrap();
    let asked: Vec<PathBuf> = questions.iter().map(|question| question.write(out.path())).collect();
    reader.arg(out.path()).arg(corpora.all[0].file(NQuads));
    reader.args(corpora.all.iter().flat_map(|corpus| formats.iter().map(|&format| corpus.file(format))));
    let output = reader.args(asked).output().unwrap();
    assert!(output.status.success(), "{}: {}", tool.name, String::from_utf8_lossy(&output.stderr));

    let mut line = format!("{:<10}", tool.name);
    for corpus in &corpora.all {
        line += &format!("  {}:", corpus.name);
        for &format in formats {
            let file = format!("{}.{}.nq", corpus.name, format.name());
            let found = quads(&out.path().join(&file));
            let expected = corpus.expected(format);
            let lost: Vec<_> = expected.difference(&found).take(3).collect();
            let strange: Vec<_> = found.difference(&expected).take(3).collect();
            assert!(
                lost.is_empty() && strange.is_empty(),
                "{} reads {file} otherwise: {} quads, not {}\nlost: {lost:#?}\nstrange: {strange:#?}",
                tool.name,
                found.len(),
                expected.len(),
            );
            line += &format!(" {} {}", format.name(), found.len());
        }
    }
    for question in questions {
        let found = Answer::read(&out.path().join(format!("{}.json", question.name)));
        let expected = question.ask(&corpora.all[0].file(NQuads));
        assert!(found == expected, "{} answers {} otherwise: {found:#?}\nnot {expected:#?}", tool.name, question.name);
    }
    if !questions.is_empty() {
        line += &format!("  answers: {}", questions.len());
    }
    println!("{line}");
}
