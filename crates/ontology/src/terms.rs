//! The ontology, read.

use anyhow::{Context, Result, bail, ensure};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedOrBlankNode, Quad, Term as RdfTerm};
use std::collections::BTreeMap;
use std::path::Path;

const OWL: &str = "http://www.w3.org/2002/07/owl#";
const DCT: &str = "http://purl.org/dc/terms/";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

/// The prefix of our own terms.
pub const OURS: &str = "dm";

/// All terms of the ontology.
pub struct Ontology {
    /// What it is called, by `dct:title`.
    pub title: String,
    /// What it is about, by `dct:description`.
    pub description: String,
    /// The IRI of this version of it.
    pub version: String,
    /// The IRI of its licence.
    pub license: String,
    /// Prefix → namespace, as the file declares them.
    pub prefixes: BTreeMap<String, String>,
    /// The terms in the order of the file.
    pub terms: Vec<Term>,
}

/// What sort of term it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Class,
    ObjectProperty,
    DatatypeProperty,
    /// Any other property.
    Property,
    Datatype,
    Scheme,
    Concept,
}

/// A term of ours, or one of others that the graph uses.
pub struct Term {
    pub prefix: String,
    pub local: String,
    pub sort: Sort,
    pub label: Option<String>,
    /// The comment of one of ours; of one of others the note on what it is used for.
    pub comment: String,
    /// Of a property: the classes of the things that have it (IRIs); of any sort where there are none.
    pub domain: Vec<String>,
    /// Of a property: the classes or datatypes of its values (IRIs).
    pub range: Vec<String>,
    /// Of a property: whether it holds in both directions.
    pub symmetric: bool,
    /// The classes or properties that it is a special case of (IRIs).
    pub broader: Vec<String>,
    /// What comes close to it in other vocabularies (IRIs).
    pub close: Vec<String>,
    /// Its codes in other schemes, such as `CAMEO:04`.
    pub notations: Vec<String>,
    /// Of a concept: the IRI of its scheme.
    pub scheme: Option<String>,
}

impl Term {
    /// Whether it is one of our own.
    pub fn is_ours(&self) -> bool {
        self.prefix == OURS
    }

    /// Whether it is a property of any sort.
    pub fn is_property(&self) -> bool {
        matches!(self.sort, Sort::ObjectProperty | Sort::DatatypeProperty | Sort::Property)
    }
}

impl Ontology {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        let mut parser = RdfParser::from_format(RdfFormat::Turtle).for_slice(&text);
        let quads: Vec<Quad> =
            parser.by_ref().collect::<Result<_, _>>().with_context(|| format!("{}: is no Turtle", path.display()))?;
        let prefixes = parser.prefixes().map(|(name, iri)| (name.to_owned(), iri.to_owned())).collect();
        let graph = Graph(quads);
        Self::of(&graph, prefixes).with_context(|| path.display().to_string())
    }

    fn of(graph: &Graph, prefixes: BTreeMap<String, String>) -> Result<Self> {
        let head = graph.instance(&format!("{OWL}Ontology")).context("no owl:Ontology is declared")?;
        let said = |predicate: &str| -> Result<String> {
            let (texts, iris) = (graph.literals(head, predicate), graph.iris(head, predicate));
            texts.into_iter().chain(iris).next().with_context(|| format!("<{head}> has no <{predicate}>"))
        };
        let mut ontology = Self {
            title: said(&format!("{DCT}title"))?,
            description: said(&format!("{DCT}description"))?,
            version: said(&format!("{OWL}versionIRI"))?,
            license: said(&format!("{DCT}license"))?,
            prefixes,
            terms: Vec::new(),
        };
        let mut seen = vec![head];
        for quad in &graph.0 {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            if seen.contains(&subject.as_str()) {
                continue;
            }
            seen.push(subject.as_str());
            let term = ontology.term(graph, subject.as_str())?;
            ontology.terms.push(term);
        }
        Ok(ontology)
    }

    fn term(&self, graph: &Graph, iri: &str) -> Result<Term> {
        let Some((prefix, local)) = self.compact(iri) else { bail!("<{iri}> has no prefix: declare one") };
        let sort = sort(graph, iri).with_context(|| format!("{prefix}:{local} is of no known sort"))?;
        let note = if prefix == OURS { rdfs::COMMENT.as_str().to_owned() } else { format!("{SKOS}scopeNote") };
        let comment = graph.literals(iri, &note);
        ensure!(comment.len() == 1, "{prefix}:{local} has {} values of <{note}>: give one", comment.len());
        let label = graph.literals(iri, rdfs::LABEL.as_str()).into_iter().next();
        ensure!(prefix != OURS || label.is_some(), "{prefix}:{local} has no rdfs:label");
        let scheme = graph.iris(iri, &format!("{SKOS}inScheme")).into_iter().next();
        ensure!(sort != Sort::Concept || scheme.is_some(), "{prefix}:{local} is in no scheme: say skos:inScheme");
        Ok(Term {
            prefix: prefix.to_owned(),
            local: local.to_owned(),
            sort,
            label,
            comment: comment.into_iter().next().unwrap_or_default(),
            domain: graph.classes(iri, rdfs::DOMAIN.as_str()),
            range: graph.classes(iri, rdfs::RANGE.as_str()),
            symmetric: graph.is_a(iri, &format!("{OWL}SymmetricProperty")),
            broader: [rdfs::SUB_CLASS_OF, rdfs::SUB_PROPERTY_OF]
                .iter()
                .flat_map(|predicate| graph.iris(iri, predicate.as_str()))
                .collect(),
            close: ["closeMatch", "relatedMatch"]
                .iter()
                .flat_map(|local| graph.iris(iri, &format!("{SKOS}{local}")))
                .collect(),
            notations: graph.literals(iri, &format!("{SKOS}notation")),
            scheme,
        })
    }

    /// An IRI as prefix and local name.
    pub fn compact<'i>(&self, iri: &'i str) -> Option<(&str, &'i str)> {
        let fitting =
            self.prefixes.iter().filter_map(|(prefix, base)| Some((prefix, base, iri.strip_prefix(&**base)?)));
        let (prefix, _, local) = fitting.max_by_key(|(_, base, _)| base.len())?;
        Some((prefix, local))
    }

    /// The IRI of a term.
    pub fn iri(&self, term: &Term) -> String {
        format!("{}{}", self.prefixes[&term.prefix], term.local)
    }
}

/// The first of the sorts that a term is declared as. `rdf:type` is a property without being declared.
fn sort(graph: &Graph, iri: &str) -> Option<Sort> {
    let sorts = [
        (format!("{OWL}Class"), Sort::Class),
        (format!("{OWL}ObjectProperty"), Sort::ObjectProperty),
        (format!("{OWL}DatatypeProperty"), Sort::DatatypeProperty),
        (format!("{OWL}AnnotationProperty"), Sort::Property),
        (rdf::PROPERTY.as_str().to_owned(), Sort::Property),
        (rdfs::DATATYPE.as_str().to_owned(), Sort::Datatype),
        (format!("{SKOS}ConceptScheme"), Sort::Scheme),
        (format!("{SKOS}Concept"), Sort::Concept),
    ];
    let declared = sorts.into_iter().find(|(class, _)| graph.is_a(iri, class)).map(|(_, sort)| sort);
    declared.or((iri == rdf::TYPE.as_str()).then_some(Sort::Property))
}

/// The statements of the file.
struct Graph(Vec<Quad>);

impl Graph {
    /// The objects of a subject (`_:` before the name of a blank node) and a predicate.
    fn objects(&self, subject: &str, predicate: &str) -> impl Iterator<Item = &RdfTerm> {
        let found = self.0.iter().filter(move |quad| {
            quad.predicate.as_str() == predicate
                && match &quad.subject {
                    NamedOrBlankNode::NamedNode(node) => node.as_str() == subject,
                    NamedOrBlankNode::BlankNode(node) => subject.strip_prefix("_:") == Some(node.as_str()),
                }
        });
        found.map(|quad| &quad.object)
    }

    /// The first node of a class.
    fn instance(&self, class: &str) -> Option<&str> {
        self.0.iter().find_map(|quad| match &quad.subject {
            NamedOrBlankNode::NamedNode(node) if self.is_a(node.as_str(), class) => Some(node.as_str()),
            _ => None,
        })
    }

    fn is_a(&self, subject: &str, class: &str) -> bool {
        self.iris(subject, rdf::TYPE.as_str()).iter().any(|found| found == class)
    }

    fn literals(&self, subject: &str, predicate: &str) -> Vec<String> {
        let literal = |term: &RdfTerm| match term {
            RdfTerm::Literal(literal) => Some(literal.value().to_owned()),
            _ => None,
        };
        self.objects(subject, predicate).filter_map(literal).collect()
    }

    fn iris(&self, subject: &str, predicate: &str) -> Vec<String> {
        self.objects(subject, predicate).filter_map(iri).collect()
    }

    /// Classes that are named, or the members of a union of such.
    fn classes(&self, subject: &str, predicate: &str) -> Vec<String> {
        let mut classes = Vec::new();
        for object in self.objects(subject, predicate) {
            match object {
                RdfTerm::BlankNode(node) => {
                    let union = format!("_:{}", node.as_str());
                    for list in self.objects(&union, &format!("{OWL}unionOf")) {
                        classes.extend(self.list(list));
                    }
                }
                other => classes.extend(iri(other)),
            }
        }
        classes
    }

    fn list(&self, head: &RdfTerm) -> Vec<String> {
        let RdfTerm::BlankNode(node) = head else { return Vec::new() };
        let node = format!("_:{}", node.as_str());
        let mut members = self.iris(&node, rdf::FIRST.as_str());
        members.extend(self.objects(&node, rdf::REST.as_str()).flat_map(|rest| self.list(rest)));
        members
    }
}

fn iri(term: &RdfTerm) -> Option<String> {
    match term {
        RdfTerm::NamedNode(node) => Some(node.as_str().to_owned()),
        _ => None,
    }
}
