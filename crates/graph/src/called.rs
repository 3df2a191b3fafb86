//! Finding a thing of the graph by what people call it.

use crate::error::{Kind, StoreError};
use crate::namespace::Namespace;
use crate::reach::Reach;
use crate::vocabulary::{dm, owl, rdf, rdfs, skos};
use demarche_resolve::{Key, fold};
use oxigraph::model::{GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef};
use oxigraph::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// How many candidates a message has.
const CANDIDATES: usize = 5;

/// What an item of Wikidata is called in RDF.
const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// The thing of one of the classes that is meant by its IRI, the IRI of the same thing elsewhere, a Wikidata identifier
/// (`Q6279`), its key (`person/joe-biden`, `person:joe-biden`), its name or another name in use, whatever their case and
/// accents, the end of a name (a surname), or words that only its name has.
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
    let mut found = seeker.exactly(asked)?;
    let folded = fold(asked);
    if found.is_empty() {
        let labels = seeker.labels()?;
        let words: Vec<&str> = folded.split('-').collect();
        let ending = format!("-{folded}");
        let has_words = |label: &str| words.iter().all(|word| label.split('-').any(|part| part == *word));
        let ways: [&dyn Fn(&str) -> bool; 3] =
            [&|label| label == folded, &|label| label.ends_with(&ending), &|label| has_words(label)];
        let fitting = |fits: &dyn Fn(&str) -> bool| -> BTreeSet<NamedNode> {
            labels.iter().filter(|(_, labels)| labels.iter().any(|l| fits(&fold(l)))).map(|(n, _)| n.clone()).collect()
        };
        found = ways.into_iter().map(fitting).find(|found| !found.is_empty()).unwrap_or_default();
        if found.is_empty() {
            return Err(seeker.nothing(asked, &seeker.similar(&labels, &folded)));
        }
    }
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (one, other) => Err(seeker.several(asked, one.into_iter().chain(other).chain(found))),
    }
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
        let same = self.subjects(owl::SAME_AS, Some(iri.as_ref().into()))?;
        let mut same = same.into_iter();
        match (same.next(), same.next()) {
            (Some(one), None) => Ok(one),
            (None, _) => {
                let labels = self.labels()?;
                let name = iri.as_str().rsplit('/').next().unwrap_or_default();
                let hint = match iri.as_str().starts_with(self.names.base()) {
                    true => self.similar(&labels, &fold(name)),
                    false => Vec::new(),
                };
                Err(self.nothing(asked, &hint))
            }
            (one, other) => Err(self.several(asked, one.into_iter().chain(other).chain(same))),
        }
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

    /// All names of all things of the classes; the first is the one that it goes by.
    fn labels(&self) -> Result<BTreeMap<NamedNode, Vec<String>>, StoreError> {
        let mut labels = BTreeMap::new();
        for class in self.classes {
            for node in self.graph.quads_for_pattern(
                None,
                Some(rdf::TYPE),
                Some((*class).into()),
                Some(GraphNameRef::DefaultGraph),
            ) {
                let NamedOrBlankNode::NamedNode(node) = node.map_err(StoreError::engine)?.subject else { continue };
                let mut of_node = texts(self.graph, &node, rdfs::LABEL)?;
                of_node.extend(texts(self.graph, &node, skos::ALT_LABEL)?);
                labels.insert(node, of_node);
            }
        }
        Ok(labels)
    }

    /// Names that are much like the one asked for, the likest first.
    fn similar(&self, labels: &BTreeMap<NamedNode, Vec<String>>, asked: &str) -> Vec<String> {
        let likeness = |label: &String| {
            let folded = fold(label);
            let parts = folded.split('-').map(|part| strsim::jaro_winkler(part, asked));
            parts.fold(strsim::jaro_winkler(&folded, asked), f64::max)
        };
        let mut similar: Vec<(f64, &str)> = labels
            .values()
            .filter_map(|labels| {
                let likest = labels.iter().map(likeness).fold(0.0, f64::max);
                Some((likest, labels.first()?.as_str())).filter(|(likeness, _)| *likeness > 0.8)
            })
            .collect();
        similar.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        similar.into_iter().take(CANDIDATES).map(|(_, name)| name.to_owned()).collect()
    }

    fn nothing(&self, asked: &str, similar: &[String]) -> StoreError {
        let hint = match similar {
            [] => "no name is like it".to_owned(),
            similar => format!("did you mean {}?", similar.join(", ")),
        };
        Kind::Unknown(format!("no {} in the store is called {asked:?}; {hint}", self.kind)).into()
    }

    /// The candidates, those of most articles first, with the key that means just one.
    fn several(&self, asked: &str, found: impl Iterator<Item = NamedNode>) -> StoreError {
        let mut candidates: Vec<(u64, String)> = found
            .map(|node| {
                // What cannot be read leaves a gap in a message that is about something else.
                let text = |property| texts(self.graph, &node, property).ok()?.into_iter().next();
                let articles: u64 = text(dm::SOURCE_COUNT).and_then(|count| count.parse().ok()).unwrap_or_default();
                let key = node.as_str().strip_prefix(self.names.base()).unwrap_or(node.as_str());
                let articles_noun = if articles == 1 { "article" } else { "articles" };
                let label = text(rdfs::LABEL).unwrap_or_default();
                (articles, format!("{label} ({key}, {articles} {articles_noun})"))
            })
            .collect();
        candidates.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let more = match candidates.len().saturating_sub(CANDIDATES) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let named: Vec<String> = candidates.into_iter().take(CANDIDATES).map(|(_, text)| text).collect();
        let message = format!("{asked:?} may be any of {}{more}: ask for one of these by its key", named.join(", "));
        Kind::Unknown(message).into()
    }
}
