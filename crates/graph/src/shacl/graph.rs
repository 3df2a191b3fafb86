//! Triples in memory, by number: what millions of small questions are asked of.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{BlankNode, NamedOrBlankNode, Quad, Term};
use std::collections::HashMap;

/// The number of a term in a graph.
pub(super) type Id = u32;

/// The graph that is looked at. Named graphs do not count: it is the union of all, each triple once. Terms are as they
/// were written, also numbers (an Oxigraph store keeps their values only).
pub struct DataGraph {
    terms: Vec<Term>,
    ids: HashMap<Term, Id>,
    /// Subject, predicate, object; sorted.
    spo: Vec<[Id; 3]>,
    /// Predicate, object, subject; sorted.
    pos: Vec<[Id; 3]>,
    /// Object, subject, predicate; sorted.
    osp: Vec<[Id; 3]>,
}

impl DataGraph {
    /// The union of some sources. Blank nodes of one source are none of another's; they are called by numbers, so that
    /// reports are the same at every run.
    pub fn new<S: IntoIterator<Item = Quad>>(sources: impl IntoIterator<Item = S>) -> Self {
        Self::with_blanks("b", sources)
    }

    pub(super) fn with_blanks<S: IntoIterator<Item = Quad>>(
        prefix: &str,
        sources: impl IntoIterator<Item = S>,
    ) -> Self {
        let mut graph = Self { terms: vec![], ids: HashMap::new(), spo: vec![], pos: vec![], osp: vec![] };
        let mut blanks = 0;
        for source in sources {
            let mut names: HashMap<BlankNode, BlankNode> = HashMap::new();
            let mut named = |node: BlankNode| {
                names
                    .entry(node)
                    .or_insert_with(|| {
                        blanks += 1;
                        BlankNode::new_unchecked(format!("{prefix}{blanks}"))
                    })
                    .clone()
            };
            for quad in source {
                let subject = match quad.subject {
                    NamedOrBlankNode::NamedNode(node) => Term::NamedNode(node),
                    NamedOrBlankNode::BlankNode(node) => Term::BlankNode(named(node)),
                };
                let object = match quad.object {
                    Term::BlankNode(node) => Term::BlankNode(named(node)),
                    other => other,
                };
                let triple = [graph.intern(subject), graph.intern(quad.predicate.into()), graph.intern(object)];
                graph.spo.push(triple);
            }
        }
        graph.spo.sort_unstable();
        graph.spo.dedup();
        graph.pos = graph.spo.iter().map(|&[s, p, o]| [p, o, s]).collect();
        graph.pos.sort_unstable();
        graph.osp = graph.spo.iter().map(|&[s, p, o]| [o, s, p]).collect();
        graph.osp.sort_unstable();
        graph
    }

    /// The number of triples.
    pub fn len(&self) -> usize {
        self.spo.len()
    }

    /// Whether there are no triples.
    pub fn is_empty(&self) -> bool {
        self.spo.is_empty()
    }

    /// The number of a term, which it gets if it has none.
    pub(super) fn intern(&mut self, term: Term) -> Id {
        if let Some(id) = self.ids.get(&term) {
            return *id;
        }
        let id = Id::try_from(self.terms.len()).expect("a graph in memory has fewer than four thousand million terms");
        self.terms.push(term.clone());
        self.ids.insert(term, id);
        id
    }

    pub(super) fn id(&self, term: &Term) -> Option<Id> {
        self.ids.get(term).copied()
    }

    pub(super) fn term(&self, id: Id) -> &Term {
        &self.terms[id as usize]
    }

    pub(super) fn objects(&self, subject: Id, predicate: Id) -> impl Iterator<Item = Id> {
        starting(&self.spo, &[subject, predicate]).iter().map(|triple| triple[2])
    }

    pub(super) fn subjects(&self, predicate: Id, object: Id) -> impl Iterator<Item = Id> {
        starting(&self.pos, &[predicate, object]).iter().map(|triple| triple[2])
    }

    /// Predicates and objects of a subject.
    pub(super) fn outgoing(&self, subject: Id) -> impl Iterator<Item = (Id, Id)> {
        starting(&self.spo, &[subject]).iter().map(|triple| (triple[1], triple[2]))
    }

    /// The triples with these parts, as subject, predicate, object.
    pub(super) fn matching(
        &self,
        subject: Option<Id>,
        predicate: Option<Id>,
        object: Option<Id>,
    ) -> Box<dyn Iterator<Item = [Id; 3]> + '_> {
        let spo = |part| Box::new(starting(&self.spo, part).iter().copied());
        match (subject, predicate, object) {
            (Some(s), Some(p), Some(o)) => spo(&[s, p, o]),
            (Some(s), Some(p), None) => spo(&[s, p]),
            (Some(s), None, None) => spo(&[s]),
            (None, None, None) => spo(&[]),
            (None, Some(p), Some(o)) => Box::new(starting(&self.pos, &[p, o]).iter().map(|&[p, o, s]| [s, p, o])),
            (None, Some(p), None) => Box::new(starting(&self.pos, &[p]).iter().map(|&[p, o, s]| [s, p, o])),
            (None, None, Some(o)) => Box::new(starting(&self.osp, &[o]).iter().map(|&[o, s, p]| [s, p, o])),
            (Some(s), None, Some(o)) => Box::new(starting(&self.osp, &[o, s]).iter().map(|&[o, s, p]| [s, p, o])),
        }
    }

    /// The members of an RDF list; none where it is no list.
    pub(super) fn list(&self, head: Id) -> Option<Vec<Id>> {
        let [first, rest, nil] = [rdf::FIRST, rdf::REST, rdf::NIL].map(|term| self.id(&term.into()));
        let mut members = Vec::new();
        let mut at = head;
        while Some(at) != nil {
            members.push(self.objects(at, first?).next()?);
            at = self.objects(at, rest?).next()?;
            if members.len() > self.len() {
                return None;
            }
        }
        Some(members)
    }
}

/// The part of a sorted index that begins with these numbers.
fn starting<'i>(index: &'i [[Id; 3]], part: &[Id]) -> &'i [[Id; 3]] {
    let from = index.partition_point(|triple| triple[..part.len()] < *part);
    let rest = &index[from..];
    &rest[..rest.partition_point(|triple| triple[..part.len()] == *part)]
}
