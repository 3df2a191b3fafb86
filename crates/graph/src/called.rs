//! Finding a thing of the graph by what people call it.

use crate::error::StoreError;
use crate::lookup::{self, Called};
use crate::namespace::Namespace;
use crate::reach::Reach;
use crate::vocabulary::{dm, owl, rdf, rdfs, skos};
use demarche_resolve::Key;
use oxigraph::model::{GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef};
use oxigraph::store::Store;
use std::collections::BTreeSet;

/// What an item of Wikidata is called in RDF.
const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// The thing of one of the classes that is meant by its IRI, the IRI of the same thing elsewhere, a Wikidata identifier
/// (`Q6279`), its key (`person/joe-biden`, `person:joe-biden`), or by its names as [`lookup::find`] has it.
///
/// # Errors
/// When nothing or more than one thing is meant; the message has candidates.
pub(crate) fn find(
    graph: &Store,
    names: &Namespace,
    kind: &str,
    classes: &[NamedNodeRef<'_>],
    asked: &str,
) -> Result<NamedNode, StoreError> {
    let seeker = Seeker { graph, names, kind, classes };
    let asked = asked.trim().trim_start_matches('<').trim_end_matches('>');
    if let Some(iri) = seeker.iri(asked) {
        return seeker.by_iri(&iri, asked);
    }
    let exactly = seeker.exactly(asked)?;
    seeker.among(if exactly.is_empty() { seeker.all()? } else { exactly }, asked)
}

/// What is asked of a graph to find a thing by its name.
pub(crate) fn reach() -> Reach {
    Reach::these(
        &[rdf::TYPE, rdfs::LABEL, skos::ALT_LABEL, owl::SAME_AS, dm::SOURCE_COUNT],
        &[dm::PERSON, dm::ORGANIZATION, dm::PLACE_CLASS, dm::MEETING_CLASS],
    )
}

/// The values of a property in the default graph.
pub(crate) fn values(graph: &Store, node: &NamedNode, property: NamedNodeRef<'_>) -> Result<Vec<Term>, StoreError> {
    graph
        .quads_for_pattern(Some(node.as_ref().into()), Some(property), None, Some(GraphNameRef::DefaultGraph))
        .map(|quad| quad.map(|quad| quad.object).map_err(StoreError::engine))
        .collect()
}

/// Those of them that are literals.
pub(crate) fn texts(graph: &Store, node: &NamedNode, property: NamedNodeRef<'_>) -> Result<Vec<String>, StoreError> {
    let literal = |term| match term {
        Term::Literal(literal) => Some(literal.value().to_owned()),
        _ => None,
    };
    Ok(values(graph, node, property)?.into_iter().filter_map(literal).collect())
}

struct Seeker<'a> {
    graph: &'a Store,
    names: &'a Namespace,
    kind: &'a str,
    classes: &'a [NamedNodeRef<'a>],
}

impl Seeker<'_> {
    /// The IRI that a text is or stands for, if it is one.
    fn iri(&self, asked: &str) -> Option<NamedNode> {
        let digits = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
        if asked.strip_prefix('Q').is_some_and(digits) {
            return Some(NamedNode::new_unchecked(format!("{WIKIDATA}{asked}")));
        }
        for page in
            ["https://www.wikidata.org/wiki/", "http://www.wikidata.org/wiki/", "https://www.wikidata.org/entity/"]
        {
            if let Some(item) = asked.strip_prefix(page) {
                return NamedNode::new(format!("{WIKIDATA}{item}")).ok();
            }
        }
        let key = Key::parse(asked).or_else(|| Key::parse(&asked.replacen(':', "/", 1)));
        match key {
            Some(key) => Some(self.names.of(&key)),
            None => NamedNode::new(asked).ok().filter(|_| asked.contains("://")),
        }
    }

    fn by_iri(&self, iri: &NamedNode, asked: &str) -> Result<NamedNode, StoreError> {
        if self.is_of_class(iri.as_ref())? {
            return Ok(iri.clone());
        }
        let mut same = self.subjects(owl::SAME_AS, Some(iri.as_ref().into()))?;
        match same.len() {
            0 => self.among(self.all()?, asked),
            1 => Ok(same.pop_first().expect("there is one")),
            _ => {
                let found = self.named(same)?;
                Err(lookup::several(asked, found.iter().map(Named::called).collect::<Vec<_>>().iter(), |node| {
                    self.articles(node)
                }))
            }
        }
    }

    /// The one of these things that is meant.
    fn among(&self, nodes: BTreeSet<NamedNode>, asked: &str) -> Result<NamedNode, StoreError> {
        let named = self.named(nodes)?;
        let called = named.iter().map(Named::called);
        lookup::find(self.kind, called, |node| self.articles(node), asked).cloned()
    }

    fn is_of_class(&self, node: NamedNodeRef<'_>) -> Result<bool, StoreError> {
        for class in self.classes {
            let quad = oxigraph::model::QuadRef::new(node, rdf::TYPE, *class, GraphNameRef::DefaultGraph);
            if self.graph.contains(quad).map_err(StoreError::engine)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The things of the classes that have a property with this value.
    fn subjects(
        &self,
        property: NamedNodeRef<'_>,
        value: Option<TermRef<'_>>,
    ) -> Result<BTreeSet<NamedNode>, StoreError> {
        let mut found = BTreeSet::new();
        for quad in self.graph.quads_for_pattern(None, Some(property), value, Some(GraphNameRef::DefaultGraph)) {
            if let NamedOrBlankNode::NamedNode(node) = quad.map_err(StoreError::engine)?.subject
                && self.is_of_class(node.as_ref())?
            {
                found.insert(node);
            }
        }
        Ok(found)
    }

    /// Who bears just this name, else just this other name.
    fn exactly(&self, asked: &str) -> Result<BTreeSet<NamedNode>, StoreError> {
        let label = Literal::new_language_tagged_literal_unchecked(asked, crate::quads::LANGUAGE);
        for property in [rdfs::LABEL, skos::ALT_LABEL] {
            let found = self.subjects(property, Some(label.as_ref().into()))?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(BTreeSet::new())
    }

    /// All things of the classes.
    fn all(&self) -> Result<BTreeSet<NamedNode>, StoreError> {
        let mut all = BTreeSet::new();
        for class in self.classes {
            for quad in self.graph.quads_for_pattern(
                None,
                Some(rdf::TYPE),
                Some((*class).into()),
                Some(GraphNameRef::DefaultGraph),
            ) {
                if let NamedOrBlankNode::NamedNode(node) = quad.map_err(StoreError::engine)?.subject {
                    all.insert(node);
                }
            }
        }
        Ok(all)
    }

    /// What these things are called; those that have no name are left out.
    fn named(&self, nodes: BTreeSet<NamedNode>) -> Result<Vec<Named>, StoreError> {
        let mut named = Vec::new();
        for node in nodes {
            let mut other_names = texts(self.graph, &node, rdfs::LABEL)?;
            other_names.extend(texts(self.graph, &node, skos::ALT_LABEL)?);
            if other_names.is_empty() {
                continue;
            }
            let name = other_names.remove(0);
            let key = node.as_str().strip_prefix(self.names.base()).unwrap_or(node.as_str()).to_owned();
            named.push(Named { node, key, name, other_names });
        }
        Ok(named)
    }

    /// How many articles tell of a thing. What cannot be read leaves a gap in a message that is about something else.
    fn articles(&self, node: &NamedNode) -> usize {
        let count = texts(self.graph, node, dm::SOURCE_COUNT).unwrap_or_default();
        count.first().and_then(|count| count.parse().ok()).unwrap_or_default()
    }
}

/// A thing of the graph with its names.
struct Named {
    node: NamedNode,
    key: String,
    name: String,
    other_names: Vec<String>,
}

impl Named {
    fn called(&self) -> Called<'_, &NamedNode> {
        Called { thing: &self.node, key: &self.key, name: &self.name, other_names: &self.other_names }
    }
}
