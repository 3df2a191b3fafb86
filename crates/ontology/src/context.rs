//! The terms as a JSON-LD context.

use super::terms::{OURS, Ontology, Sort, Term};
use anyhow::{Result, ensure};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The language of labels and texts.
const LANGUAGE: &str = "en";

/// The file with the context: the prefixes of the terms, then each property with how its values are written.
pub fn write(ontology: &Ontology) -> Result<String> {
    let mut text = String::from("{\n  \"@context\": {\n    \"@version\": 1.1,\n");
    write!(text, "    \"@vocab\": \"{}\"", ontology.prefixes[OURS])?;
    let used: BTreeSet<&str> = ontology.terms.iter().map(|term| term.prefix.as_str()).collect();
    for prefix in used {
        write!(text, ",\n    \"{prefix}\": \"{}\"", ontology.prefixes[prefix])?;
    }
    text.push_str(",\n");
    let ours: Vec<&Term> = ontology.terms.iter().filter(|term| term.is_ours()).collect();
    let mut names = BTreeSet::new();
    let others = ontology.terms.iter().filter(|term| !term.is_ours());
    for term in others.chain(ours.iter().copied()).filter(|term| term.is_property() && term.local != "type") {
        let name = name(term, &ours);
        ensure!(
            names.insert(name.clone()),
            "{}:{} would be a second {name:?}: give it a label",
            term.prefix,
            term.local
        );
        write!(text, ",\n    \"{name}\": {{\"@id\": \"{}:{}\"{}}}", term.prefix, term.local, values(term, ontology))?;
    }
    text.push_str("\n  }\n}\n");
    // The blank line between prefixes and properties stands behind a comma.
    Ok(text.replacen(",\n,\n", ",\n\n", 1))
}

/// The name in JSON: the local name, or where one of ours has it, the label.
fn name(term: &Term, ours: &[&Term]) -> String {
    let taken = !term.is_ours() && ours.iter().any(|other| other.local == term.local);
    match &term.label {
        Some(label) if taken => label.clone(),
        _ => term.local.clone(),
    }
}

/// How values are written: IRIs, concepts and dates as strings, texts as strings in English. Numbers, truth values and
/// plain strings are JSON's own.
fn values(term: &Term, ontology: &Ontology) -> String {
    let range = term.range.first().and_then(|iri| ontology.compact(iri));
    match (term.sort, range) {
        (Sort::ObjectProperty, Some(("skos", _))) => r#", "@type": "@vocab""#.to_owned(),
        (Sort::ObjectProperty, _) => r#", "@type": "@id""#.to_owned(),
        (_, Some(("rdf", "langString"))) => format!(r#", "@language": "{LANGUAGE}""#),
        (_, Some(("xsd", datatype @ ("date" | "decimal")))) => format!(r#", "@type": "xsd:{datatype}""#),
        _ if matches!((&*term.prefix, &*term.local), ("rdfs", "label") | ("skos", "altLabel")) => {
            format!(r#", "@language": "{LANGUAGE}""#)
        }
        _ if matches!((&*term.prefix, &*term.local), ("owl", "sameAs")) => r#", "@type": "@id""#.to_owned(),
        _ => String::new(),
    }
}
