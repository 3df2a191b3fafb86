//! The terms as a page that people read.

use super::terms::{OURS, Ontology, Sort, Term};
use anyhow::Result;
use std::fmt::Write;

/// The page: the classes with the properties that each has, the properties, the schemes with their concepts, and what the
/// graph uses of other vocabularies.
pub fn write(ontology: &Ontology) -> Result<String> {
    let mut text = String::new();
    head(ontology, &mut text)?;
    classes(ontology, &mut text)?;
    properties(ontology, &mut text)?;
    schemes(ontology, &mut text)?;
    others(ontology, &mut text)?;
    namespaces(ontology, &mut text)?;
    Ok(text)
}

fn head(ontology: &Ontology, text: &mut String) -> Result<()> {
    writeln!(text, "<!-- Made from demarche.ttl by `cargo ontology`: edit that file. -->\n")?;
    writeln!(text, "# {}\n\n{}\n", ontology.title, ontology.description)?;
    writeln!(text, "Namespace `{}`, prefix `{OURS}:`; version <{}>;", ontology.prefixes[OURS], ontology.version)?;
    writeln!(text, "licence <{}>. The same for machines: [demarche.ttl](demarche.ttl).\n", ontology.license)?;
    let count = |wanted: fn(&Term) -> bool| ontology.terms.iter().filter(|term| term.is_ours() && wanted(term)).count();
    writeln!(
        text,
        "[Classes](#classes) ({}) · [Properties](#properties) ({}) · [Schemes](#schemes) ({} concepts) · [Terms of others](#terms-of-others)",
        count(|term| term.sort == Sort::Class),
        count(Term::is_property),
        count(|term| term.sort == Sort::Concept),
    )?;
    Ok(())
}

fn classes(ontology: &Ontology, text: &mut String) -> Result<()> {
    writeln!(text, "\n## Classes")?;
    for class in ontology.terms.iter().filter(|term| term.is_ours() && term.sort == Sort::Class) {
        let iri = ontology.iri(class);
        writeln!(text, "\n### {}{}\n\n{}\n", anchor(class), qualified(class), escaped(&class.comment))?;
        let ours = |wanted: fn(&Term) -> &Vec<String>| -> Vec<String> {
            let properties = ontology.terms.iter().filter(|term| term.is_ours() && term.is_property());
            properties.filter(|term| wanted(term).contains(&iri)).map(link).collect()
        };
        let narrower = ontology.terms.iter().filter(|term| term.is_ours() && term.broader.contains(&iri));
        for (says, terms) in [
            ("Is also", named(ontology, &class.broader)),
            ("Close to", ties(ontology, class)),
            ("Kinds", narrower.map(link).collect()),
            ("Has", ours(|property| &property.domain)),
            ("Is the value of", ours(|property| &property.range)),
        ] {
            if !terms.is_empty() {
                writeln!(text, "- {says}: {}", terms.join(", "))?;
            }
        }
    }
    Ok(())
}

fn properties(ontology: &Ontology, text: &mut String) -> Result<()> {
    writeln!(text, "\n## Properties\n")?;
    writeln!(text, "| property | of | to | says | special case of | close to |\n|---|---|---|---|---|---|")?;
    for term in ontology.terms.iter().filter(|term| term.is_ours() && term.is_property()) {
        let (from, to) = (named(ontology, &term.domain), named(ontology, &term.range));
        let to = match (to.is_empty(), term.sort) {
            (false, _) => to.join(", "),
            (true, Sort::DatatypeProperty) => "a literal".to_owned(),
            (true, _) => "anything".to_owned(),
        };
        writeln!(
            text,
            "| {}{} | {} | {to}{} | **{}.** {} | {} | {} |",
            anchor(term),
            qualified(term),
            if from.is_empty() { "anything".to_owned() } else { from.join(", ") },
            if term.symmetric { ", in both directions" } else { "" },
            cell(term.label.as_deref().unwrap_or_default()),
            cell(&term.comment),
            named(ontology, &term.broader).join(", "),
            ties(ontology, term).join(", "),
        )?;
    }
    Ok(())
}

fn schemes(ontology: &Ontology, text: &mut String) -> Result<()> {
    writeln!(
        text,
        "\n## Schemes\n\nConcepts of SKOS; each stands in the graph with its label where something has it."
    )?;
    for scheme in ontology.terms.iter().filter(|term| term.is_ours() && term.sort == Sort::Scheme) {
        let label = scheme.label.as_deref().unwrap_or_default();
        let iri = ontology.iri(scheme);
        writeln!(text, "\n### {}{}: {label}\n\n{}\n", anchor(scheme), qualified(scheme), escaped(&scheme.comment))?;
        writeln!(text, "| concept | label | means | close to |\n|---|---|---|---|")?;
        for concept in ontology.terms.iter().filter(|term| term.scheme.as_ref() == Some(&iri)) {
            writeln!(
                text,
                "| {}{} | {} | {} | {} |",
                anchor(concept),
                qualified(concept),
                cell(concept.label.as_deref().unwrap_or_default()),
                cell(&concept.comment),
                ties(ontology, concept).join(", "),
            )?;
        }
    }
    Ok(())
}

fn others(ontology: &Ontology, text: &mut String) -> Result<()> {
    writeln!(text, "\n## Terms of others\n\nTheir owners define them; this is what they are used for here.\n")?;
    writeln!(text, "| term | to | used for |\n|---|---|---|")?;
    for term in ontology.terms.iter().filter(|term| !term.is_ours()) {
        let to = named(ontology, &term.range).join(", ");
        writeln!(text, "| {} | {to} | {} |", qualified(term), cell(&term.comment))?;
    }
    Ok(())
}

fn namespaces(ontology: &Ontology, text: &mut String) -> Result<()> {
    writeln!(text, "\n## Namespaces\n\n| prefix | namespace |\n|---|---|")?;
    for (prefix, namespace) in &ontology.prefixes {
        writeln!(text, "| `{prefix}:` | `{namespace}` |")?;
    }
    Ok(())
}

/// Terms by their IRIs, ours with a link.
fn named(ontology: &Ontology, iris: &[String]) -> Vec<String> {
    let name = |iri: &String| match ontology.terms.iter().find(|term| term.is_ours() && ontology.iri(term) == *iri) {
        Some(term) => link(term),
        None => match ontology.compact(iri) {
            Some((prefix, local)) => format!("`{prefix}:{local}`"),
            None => format!("<{iri}>"),
        },
    };
    iris.iter().map(name).collect()
}

/// What comes close to a term elsewhere, and its codes.
fn ties(ontology: &Ontology, term: &Term) -> Vec<String> {
    let mut ties = named(ontology, &term.close);
    ties.extend(term.notations.iter().map(|code| format!("`{code}`")));
    ties
}

/// Where links to a term lead: its local name, so that the IRI of a term may lead to this page as it is.
fn anchor(term: &Term) -> String {
    format!("<a id=\"{}\"></a>", term.local)
}

fn qualified(term: &Term) -> String {
    format!("`{}:{}`", term.prefix, term.local)
}

fn link(term: &Term) -> String {
    format!("[{}](#{})", qualified(term), term.local)
}

/// A text as Markdown shows it, letter by letter.
fn escaped(text: &str) -> String {
    text.replace('<', "&lt;").replace('*', r"\*").replace('_', r"\_")
}

/// The same within a table.
fn cell(text: &str) -> String {
    escaped(text).replace('|', r"\|")
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn what_a_table_would_take_for_its_own_is_escaped() {
        assert_eq!(cell("a | b_c <d>"), r"a \| b\_c &lt;d>");
    }
}
