//! Turtle and TriG to be read: prefixes in the order of their names, one block for each subject, one line for each value.

use crate::export::annotation::{Annotation, Annotations};
use crate::namespace::Namespace;
use crate::vocabulary::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes blocks of quads that have graph and subject in common.
pub(super) struct TurtleWriter {
    /// What an IRI begins with → the prefix that stands for it.
    prefixes: BTreeMap<String, &'static str>,
    /// The graph that is open.
    graph: GraphName,
}

impl TurtleWriter {
    /// Writes the prefixes.
    pub fn begin(names: &Namespace, out: &mut dyn Write) -> io::Result<Self> {
        // Nothing lies right under the base.
        let prefixes: Vec<_> = names.prefixes().into_iter().filter(|(prefix, _)| *prefix != "id").collect();
        for (prefix, iri) in &prefixes {
            writeln!(out, "@prefix {prefix}: <{iri}> .")?;
        }
        let prefixes = prefixes.into_iter().map(|(prefix, iri)| (iri, prefix)).collect();
        Ok(Self { prefixes, graph: GraphName::DefaultGraph })
    }

    /// Writes quads with one graph and one subject, sorted; shortcuts with their annotations.
    pub fn block(&mut self, quads: &[Quad], annotations: Option<&Annotations>, out: &mut dyn Write) -> io::Result<()> {
        let Some(first) = quads.first() else { return Ok(()) };
        if self.graph != first.graph_name {
            self.close(out)?;
            self.graph = first.graph_name.clone();
            match &self.graph {
                GraphName::DefaultGraph => {}
                GraphName::NamedNode(name) => write!(out, "\n{} {{", self.iri(name))?,
                GraphName::BlankNode(name) => write!(out, "\n{name} {{")?,
            }
        }
        let margin = if self.graph == GraphName::DefaultGraph { "" } else { "    " };
        write!(out, "\n{margin}{}", self.subject(&first.subject))?;
        let mut divider = " ";
        for of_predicate in quads.chunk_by(|a, b| a.predicate == b.predicate) {
            let predicate = &of_predicate[0].predicate;
            let predicate = if *predicate == rdf::TYPE { "a".to_owned() } else { self.iri(predicate) };
            write!(out, "{divider}{predicate} ")?;
            for (number, quad) in of_predicate.iter().enumerate() {
                if number > 0 {
                    write!(out, " ,\n{margin}        ")?;
                }
                out.write_all(self.term(&quad.object).as_bytes())?;
                for annotation in annotations.iter().flat_map(|annotations| annotations.of(quad)) {
                    self.annotation(&annotation, margin, out)?;
                }
            }
            divider = if margin.is_empty() { " ;\n    " } else { " ;\n        " };
        }
        writeln!(out, " .")
    }

    /// Closes the graph that is open.
    pub fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.graph != GraphName::DefaultGraph {
            writeln!(out, "}}")?;
            self.graph = GraphName::DefaultGraph;
        }
        Ok(())
    }

    /// RDF 1.2: the name of the annotated triple, and what is said of it.
    fn annotation(&self, annotation: &Annotation, margin: &str, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "\n{margin}            ~ {} {{|", self.iri(&annotation.reifier))?;
        for (number, (predicate, object)) in annotation.facts.iter().enumerate() {
            let divider = if number == 0 { "" } else { " ;" };
            let verb = if *predicate == rdf::TYPE { "a".to_owned() } else { self.iri(predicate) };
            write!(out, "{divider} {verb} {}", self.term(object))?;
        }
        write!(out, " |}}")
    }

    /// An IRI in its short form, where what follows the prefix is plain enough to need no escapes.
    fn iri(&self, node: &NamedNode) -> String {
        let iri = node.as_str();
        let cut = iri.rfind(['/', '#']).map_or(0, |found| found + 1);
        let (namespace, local) = iri.split_at(cut);
        let begins = local.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let plain = begins && local.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        match self.prefixes.get(namespace) {
            Some(prefix) if plain => format!("{prefix}:{local}"),
            _ => node.to_string(),
        }
    }

    fn subject(&self, subject: &NamedOrBlankNode) -> String {
        match subject {
            NamedOrBlankNode::NamedNode(node) => self.iri(node),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        }
    }

    fn term(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => self.iri(node),
            Term::Literal(literal) => self.literal(literal),
            Term::Triple(triple) => {
                let subject = self.subject(&triple.subject);
                format!("<<( {subject} {} {} )>>", self.iri(&triple.predicate), self.term(&triple.object))
            }
            other => other.to_string(),
        }
    }

    fn literal(&self, literal: &Literal) -> String {
        let (value, datatype) = (literal.value(), literal.datatype());
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let unsigned = value.strip_prefix('-').unwrap_or(value);
        let bare = match datatype {
            _ if literal.language().is_some() => false,
            xsd::INTEGER => digits(unsigned),
            xsd::DECIMAL => unsigned.split_once('.').is_some_and(|(whole, part)| digits(whole) && digits(part)),
            xsd::BOOLEAN => matches!(value, "true" | "false"),
            _ => false,
        };
        if bare {
            return value.to_owned();
        }
        if literal.language().is_some() || datatype == xsd::STRING {
            return literal.to_string();
        }
        format!("{}^^{}", Literal::new_simple_literal(value), self.iri(&datatype.into_owned()))
    }
}
