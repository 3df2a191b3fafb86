//! Shapes read from a graph. Whatever is not understood is an error.

use super::error::ShaclError;
use super::graph::{DataGraph, Id};
use super::path::Path;
use super::shape::{Constraint, NodeKind, Shape, ShapeId, Shapes, Target};
use super::sparql::Query;
use crate::vocabulary::{owl, rdfs};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};
use regex::RegexBuilder;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What the terms of SHACL begin with.
pub(super) const SH: &str = "http://www.w3.org/ns/shacl#";

/// Terms that say nothing about what is valid, and may stand anywhere.
const MUTE: &[&str] = &[
    "name",
    "description",
    "order",
    "group",
    "defaultValue",
    "shapesGraph",
    "suggestedShapesGraph",
    "declare",
    "prefix",
    "namespace",
];

/// Terms of a shape that may stand there more than once.
const REPEATED: &[&str] = &[
    "targetNode",
    "targetClass",
    "targetSubjectsOf",
    "targetObjectsOf",
    "message",
    "class",
    "equals",
    "disjoint",
    "lessThan",
    "lessThanOrEquals",
    "not",
    "and",
    "or",
    "xone",
    "node",
    "property",
    "hasValue",
    "sparql",
];

/// Terms of a shape that may stand there once.
const SINGLE: &[&str] = &[
    "path",
    "severity",
    "deactivated",
    "datatype",
    "nodeKind",
    "minCount",
    "maxCount",
    "minExclusive",
    "minInclusive",
    "maxExclusive",
    "maxInclusive",
    "minLength",
    "maxLength",
    "pattern",
    "flags",
    "languageIn",
    "uniqueLang",
    "qualifiedValueShape",
    "qualifiedMinCount",
    "qualifiedMaxCount",
    "qualifiedValueShapesDisjoint",
    "closed",
    "ignoredProperties",
    "in",
];

/// Of these a shape needs a path.
const OF_PATHS: &[&str] =
    &["minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedMinCount", "qualifiedMaxCount"];

pub(super) fn parse<S: IntoIterator<Item = Quad>>(sources: impl IntoIterator<Item = S>) -> Result<Shapes, ShaclError> {
    let graph = DataGraph::with_blanks("shape", sources);
    let mut parser = Parser {
        graph: &graph,
        done: HashMap::new(),
        open: Vec::new(),
        understood: HashSet::new(),
        shapes: Vec::new(),
    };
    parser.refuse_imports()?;
    let ours = |local: &str| REPEATED.contains(&local) || SINGLE.contains(&local);
    let mut subjects: Vec<Id> = Vec::new();
    for [subject, predicate, object] in graph.matching(None, None, None) {
        let is_shape = match (graph.term(predicate), graph.term(object)) {
            (Term::NamedNode(p), Term::NamedNode(class)) if p.as_ref() == rdf::TYPE => {
                matches!(class.as_str().strip_prefix(SH), Some("NodeShape" | "PropertyShape"))
            }
            // A message also stands at a query, a group has an order.
            (Term::NamedNode(p), _) => {
                p.as_str().strip_prefix(SH).is_some_and(|l| l != "message" && l != "deactivated" && ours(l))
            }
            _ => false,
        };
        if is_shape {
            subjects.push(subject);
        }
    }
    subjects.dedup();
    for subject in subjects {
        parser.shape(subject)?;
    }
    parser.refuse_what_is_left()?;
    Ok(Shapes { shapes: parser.shapes.into_iter().flatten().collect() })
}

struct Parser<'g> {
    graph: &'g DataGraph,
    /// The shapes that have been read, by their nodes.
    done: HashMap<Id, ShapeId>,
    /// The shapes that are being read, the innermost last.
    open: Vec<Id>,
    /// Subjects of which every term of SHACL was understood.
    understood: HashSet<Id>,
    /// None while it is being read.
    shapes: Vec<Option<Shape>>,
}

impl Parser<'_> {
    /// Shapes elsewhere would not be looked at.
    fn refuse_imports(&self) -> Result<(), ShaclError> {
        let imports = self.graph.id(&NamedNode::new_unchecked(format!("{}imports", owl::NAMESPACE)).into());
        let here = |node: Id| self.graph.outgoing(node).next().is_some();
        let Some(predicate) = imports else { return Ok(()) };
        for [subject, _, object] in self.graph.matching(None, Some(predicate), None) {
            let is_shacl = self.graph.term(object).to_string().starts_with(&format!("<{}", SH.trim_end_matches('#')));
            if !here(object) && !is_shacl {
                return Err(ShaclError::Unsupported {
                    shape: self.graph.term(subject).to_string(),
                    term: format!("owl:imports {}", self.graph.term(object)),
                    hint: "fetch the file and give it too",
                });
            }
        }
        Ok(())
    }

    /// Terms of SHACL at nodes that are no shape.
    fn refuse_what_is_left(&self) -> Result<(), ShaclError> {
        for [subject, predicate, _] in self.graph.matching(None, None, None) {
            let Term::NamedNode(node) = self.graph.term(predicate) else { continue };
            if let Some(local) = node.as_str().strip_prefix(SH)
                && !MUTE.contains(&local)
                && !self.understood.contains(&subject)
            {
                return Err(self.unsupported(subject, local));
            }
        }
        Ok(())
    }

    fn unsupported(&self, subject: Id, local: &str) -> ShaclError {
        ShaclError::Unsupported {
            shape: self.name(subject),
            term: format!("sh:{local}"),
            hint: "take it out, or say it with SHACL Core or sh:sparql",
        }
    }

    fn malformed(&self, subject: Id, problem: impl Into<String>) -> ShaclError {
        ShaclError::Malformed { shape: self.name(subject), problem: problem.into() }
    }

    /// What to call a node: one without a name by the shape that it stands in and its path.
    fn name(&self, node: Id) -> String {
        let mut name = match self.graph.term(node) {
            Term::NamedNode(node) => return node.to_string(),
            _ => "a nameless node".to_owned(),
        };
        if let Some(path) = self.one(node, "path").ok().flatten() {
            name = match self.graph.term(path) {
                Term::NamedNode(path) => format!("the shape of {path}"),
                _ => "the shape of a path".to_owned(),
            };
        }
        let parent = self.graph.matching(None, None, Some(node)).next().map(|[subject, ..]| subject);
        match parent {
            Some(parent) if parent != node => format!("{name} in {}", self.name(parent)),
            _ => name,
        }
    }

    fn sh(&self, local: &str) -> Option<Id> {
        self.graph.id(&NamedNode::new_unchecked(format!("{SH}{local}")).into())
    }

    fn all(&self, subject: Id, local: &str) -> Vec<Id> {
        self.sh(local).map(|predicate| self.graph.objects(subject, predicate).collect()).unwrap_or_default()
    }

    fn one(&self, subject: Id, local: &str) -> Result<Option<Id>, ShaclError> {
        match self.all(subject, local)[..] {
            [] => Ok(None),
            [value] => Ok(Some(value)),
            _ => Err(self.malformed(subject, format!("sh:{local} stands more than once"))),
        }
    }

    fn literal(&self, subject: Id, local: &str) -> Result<Option<&Literal>, ShaclError> {
        match self.one(subject, local)?.map(|value| self.graph.term(value)) {
            None => Ok(None),
            Some(Term::Literal(literal)) => Ok(Some(literal)),
            Some(other) => Err(self.malformed(subject, format!("sh:{local} {other} is no literal"))),
        }
    }

    fn number(&self, subject: Id, local: &str) -> Result<Option<u64>, ShaclError> {
        let literal = self.literal(subject, local)?;
        let number = literal.map(|literal| {
            let count = literal.value().parse::<u64>();
            count.map_err(|_| self.malformed(subject, format!("sh:{local} {literal} is no number of values")))
        });
        number.transpose()
    }

    fn truth(&self, subject: Id, local: &str) -> Result<bool, ShaclError> {
        match self.literal(subject, local)?.map(Literal::value) {
            None | Some("false" | "0") => Ok(false),
            Some("true" | "1") => Ok(true),
            Some(other) => Err(self.malformed(subject, format!("sh:{local} {other:?} is neither true nor false"))),
        }
    }

    fn iri(&self, subject: Id, value: Id, local: &str) -> Result<NamedNode, ShaclError> {
        match self.graph.term(value) {
            Term::NamedNode(node) => Ok(node.clone()),
            other => Err(self.malformed(subject, format!("sh:{local} {other} is no IRI"))),
        }
    }

    fn terms(&self, subject: Id, head: Id, local: &str) -> Result<Vec<Id>, ShaclError> {
        self.graph.list(head).ok_or_else(|| self.malformed(subject, format!("sh:{local} is no list")))
    }

    /// Reads a shape, unless it has been read.
    fn shape(&mut self, node: Id) -> Result<ShapeId, ShaclError> {
        if self.open.contains(&node) {
            return Err(ShaclError::Unsupported {
                shape: self.name(node),
                term: "a shape that refers to itself".to_owned(),
                hint: "SHACL leaves open what it means: use a path with * or +",
            });
        }
        if let Some(shape) = self.done.get(&node) {
            return Ok(*shape);
        }
        if self.graph.outgoing(node).next().is_none() {
            let problem = "is referred to as a shape, and nothing is said of it: is its name spelled right?";
            return Err(self.malformed(node, problem));
        }
        for (predicate, _) in self.graph.outgoing(node) {
            let Term::NamedNode(predicate) = self.graph.term(predicate) else { continue };
            if let Some(local) = predicate.as_str().strip_prefix(SH)
                && ![MUTE, REPEATED, SINGLE].iter().any(|known| known.contains(&local))
            {
                return Err(self.unsupported(node, local));
            }
        }
        let id = self.shapes.len();
        self.shapes.push(None);
        self.done.insert(node, id);
        self.understood.insert(node);
        self.open.push(node);
        let shape = self.content(node)?;
        self.open.pop();
        self.shapes[id] = Some(shape);
        Ok(id)
    }

    fn content(&mut self, node: Id) -> Result<Shape, ShaclError> {
        let path = self.one(node, "path")?.map(|path| self.path(node, path)).transpose()?;
        if path.is_none() {
            if let Some(local) = OF_PATHS.iter().find(|local| !self.all(node, local).is_empty()) {
                return Err(self.malformed(node, format!("sh:{local} is for shapes with a sh:path")));
            }
            if self.is_a(node, NamedNode::new_unchecked(format!("{SH}PropertyShape")).as_ref()) {
                return Err(self.malformed(node, "a property shape needs a sh:path"));
            }
        }
        let severity = match self.one(node, "severity")? {
            Some(severity) => self.iri(node, severity, "severity")?,
            None => NamedNode::new_unchecked(format!("{SH}Violation")),
        };
        Ok(Shape {
            node: self.graph.term(node).clone(),
            targets: self.targets(node)?,
            constraints: self.constraints(node, path.as_ref())?,
            path,
            severity,
            messages: self.messages(node)?,
            deactivated: self.truth(node, "deactivated")?,
        })
    }

    fn messages(&self, node: Id) -> Result<Vec<Literal>, ShaclError> {
        let messages = self.all(node, "message");
        let literal = |id: Id| match self.graph.term(id) {
            Term::Literal(literal) => Ok(literal.clone()),
            other => Err(self.malformed(node, format!("sh:message {other} is no text"))),
        };
        messages.into_iter().map(literal).collect()
    }

    fn is_a(&self, node: Id, class: NamedNodeRef<'_>) -> bool {
        let [kind, class] = [rdf::TYPE, class].map(|term| self.graph.id(&term.into()));
        let (Some(kind), Some(class)) = (kind, class) else { return false };
        self.graph.objects(node, kind).any(|found| found == class)
    }

    fn targets(&self, node: Id) -> Result<Vec<Target>, ShaclError> {
        let mut targets = Vec::new();
        for (local, target) in [
            ("targetNode", Target::Node as fn(Term) -> Target),
            ("targetClass", Target::Class),
            ("targetSubjectsOf", Target::SubjectsOf),
            ("targetObjectsOf", Target::ObjectsOf),
        ] {
            for value in self.all(node, local) {
                if local != "targetNode" {
                    self.iri(node, value, local)?;
                }
                targets.push(target(self.graph.term(value).clone()));
            }
        }
        // A shape that is a class is for its instances.
        let class = NamedNode::new_unchecked(format!("{}Class", rdfs::NAMESPACE));
        let owl_class = NamedNode::new_unchecked(format!("{}Class", owl::NAMESPACE));
        if self.is_a(node, class.as_ref()) || self.is_a(node, owl_class.as_ref()) {
            targets.push(Target::Class(self.graph.term(node).clone()));
        }
        Ok(targets)
    }

    fn path(&mut self, shape: Id, node: Id) -> Result<Path, ShaclError> {
        if let Term::NamedNode(_) = self.graph.term(node) {
            return Ok(Path::Predicate(self.graph.term(node).clone()));
        }
        self.understood.insert(node);
        let paths = |parser: &mut Self, list: Id| -> Result<Vec<Path>, ShaclError> {
            let members = parser.terms(shape, list, "path")?;
            if members.len() < 2 {
                return Err(parser.malformed(shape, "a list of paths has two members or more"));
            }
            members.into_iter().map(|member| parser.path(shape, member)).collect()
        };
        let first = self.graph.id(&rdf::FIRST.into());
        if first.is_some_and(|first| self.graph.objects(node, first).next().is_some()) {
            return Ok(Path::Sequence(paths(self, node)?));
        }
        if let Some(list) = self.one(node, "alternativePath")? {
            return Ok(Path::Alternative(paths(self, list)?));
        }
        for (local, of) in [
            ("inversePath", Path::Inverse as fn(Box<Path>) -> Path),
            ("zeroOrMorePath", Path::ZeroOrMore),
            ("oneOrMorePath", Path::OneOrMore),
            ("zeroOrOnePath", Path::ZeroOrOne),
        ] {
            if let Some(inner) = self.one(node, local)? {
                return Ok(of(Box::new(self.path(shape, inner)?)));
            }
        }
        Err(self.malformed(shape, format!("sh:path {} is no path", self.graph.term(node))))
    }

    fn constraints(&mut self, node: Id, path: Option<&Path>) -> Result<Vec<Constraint>, ShaclError> {
        let mut found = Vec::new();
        let term = |parser: &Self, id: Id| parser.graph.term(id).clone();
        for class in self.all(node, "class") {
            found.push(Constraint::Class(self.iri(node, class, "class")?.into()));
        }
        if let Some(datatype) = self.one(node, "datatype")? {
            found.push(Constraint::Datatype(self.iri(node, datatype, "datatype")?));
        }
        if let Some(kind) = self.one(node, "nodeKind")? {
            found.push(Constraint::NodeKind(self.node_kind(node, kind)?));
        }
        for (local, constraint) in [
            ("minCount", Constraint::MinCount as fn(u64) -> Constraint),
            ("maxCount", Constraint::MaxCount),
            ("minLength", Constraint::MinLength),
            ("maxLength", Constraint::MaxLength),
        ] {
            found.extend(self.number(node, local)?.map(constraint));
        }
        for (local, constraint) in [
            ("minExclusive", Constraint::MinExclusive as fn(Literal) -> Constraint),
            ("minInclusive", Constraint::MinInclusive),
            ("maxExclusive", Constraint::MaxExclusive),
            ("maxInclusive", Constraint::MaxInclusive),
        ] {
            found.extend(self.literal(node, local)?.cloned().map(constraint));
        }
        found.extend(self.pattern(node)?);
        if let Some(list) = self.one(node, "languageIn")? {
            let languages = self.terms(node, list, "languageIn")?;
            let text = |id: Id| match self.graph.term(id) {
                Term::Literal(literal) => Ok(literal.value().to_ascii_lowercase()),
                other => Err(self.malformed(node, format!("sh:languageIn {other} is no language"))),
            };
            found.push(Constraint::LanguageIn(languages.into_iter().map(text).collect::<Result<_, _>>()?));
        }
        if self.truth(node, "uniqueLang")? {
            found.push(Constraint::UniqueLang);
        }
        for (local, constraint) in [
            ("equals", Constraint::Equals as fn(Term) -> Constraint),
            ("disjoint", Constraint::Disjoint),
            ("lessThan", Constraint::LessThan),
            ("lessThanOrEquals", Constraint::LessThanOrEquals),
        ] {
            for value in self.all(node, local) {
                found.push(constraint(self.iri(node, value, local)?.into()));
            }
        }
        for (local, constraint) in [
            ("not", Constraint::Not as fn(ShapeId) -> Constraint),
            ("node", Constraint::Node),
            ("property", Constraint::Property),
        ] {
            for value in self.all(node, local) {
                let shape = self.shape(value)?;
                let is_property = self.shapes[shape].as_ref().is_some_and(|shape| shape.path.is_some());
                if local == "property" && !is_property {
                    return Err(self.malformed(value, "a property shape needs a sh:path"));
                }
                found.push(constraint(shape));
            }
        }
        for (local, constraint) in [
            ("and", Constraint::And as fn(Vec<ShapeId>) -> Constraint),
            ("or", Constraint::Or),
            ("xone", Constraint::Xone),
        ] {
            for list in self.all(node, local) {
                let members = self.terms(node, list, local)?;
                let shapes: Result<_, _> = members.into_iter().map(|member| self.shape(member)).collect();
                found.push(constraint(shapes?));
            }
        }
        found.extend(self.qualified(node)?);
        found.extend(self.closed(node)?);
        for value in self.all(node, "hasValue") {
            found.push(Constraint::HasValue(term(self, value)));
        }
        if let Some(list) = self.one(node, "in")? {
            let members = self.terms(node, list, "in")?;
            found.push(Constraint::In(members.into_iter().map(|member| term(self, member)).collect()));
        }
        for query in self.all(node, "sparql") {
            found.extend(self.query(node, query, path)?.map(|query| Constraint::Sparql(Box::new(query))));
        }
        Ok(found)
    }

    fn node_kind(&self, node: Id, kind: Id) -> Result<NodeKind, ShaclError> {
        let kind = self.iri(node, kind, "nodeKind")?;
        let (iri, blank, literal) = match kind.as_str().strip_prefix(SH) {
            Some("IRI") => (true, false, false),
            Some("BlankNode") => (false, true, false),
            Some("Literal") => (false, false, true),
            Some("BlankNodeOrIRI") => (true, true, false),
            Some("BlankNodeOrLiteral") => (false, true, true),
            Some("IRIOrLiteral") => (true, false, true),
            _ => return Err(self.malformed(node, format!("sh:nodeKind {kind} is no kind of node"))),
        };
        Ok(NodeKind { iri, blank, literal })
    }

    fn pattern(&self, node: Id) -> Result<Option<Constraint>, ShaclError> {
        let Some(pattern) = self.literal(node, "pattern")? else { return Ok(None) };
        let mut builder = RegexBuilder::new(pattern.value());
        for flag in self.literal(node, "flags")?.map(Literal::value).unwrap_or_default().chars() {
            match flag {
                'i' => builder.case_insensitive(true),
                's' => builder.dot_matches_new_line(true),
                'm' => builder.multi_line(true),
                'x' => builder.ignore_whitespace(true),
                other => return Err(self.malformed(node, format!("sh:flags {other:?} is none of i, s, m, x"))),
            };
        }
        let regex = builder.build().map_err(|error| self.malformed(node, format!("sh:pattern: {error}")))?;
        Ok(Some(Constraint::Pattern(regex)))
    }

    fn qualified(&mut self, node: Id) -> Result<Option<Constraint>, ShaclError> {
        let (min, max) = (self.number(node, "qualifiedMinCount")?, self.number(node, "qualifiedMaxCount")?);
        let Some(value) = self.one(node, "qualifiedValueShape")? else {
            return match min.or(max) {
                Some(_) => {
                    Err(self.malformed(node, "sh:qualifiedMinCount and …MaxCount need a sh:qualifiedValueShape"))
                }
                None => Ok(None),
            };
        };
        let shape = self.shape(value)?;
        let mut siblings = Vec::new();
        if self.truth(node, "qualifiedValueShapesDisjoint")?
            && let (Some(property), Some(qualified)) = (self.sh("property"), self.sh("qualifiedValueShape"))
        {
            for parent in self.graph.subjects(property, node) {
                for other in self.graph.objects(parent, property) {
                    siblings.extend(self.graph.objects(other, qualified).filter(|sibling| *sibling != value));
                }
            }
        }
        siblings.sort_unstable();
        siblings.dedup();
        let siblings = siblings.into_iter().map(|sibling| self.shape(sibling)).collect::<Result<_, _>>()?;
        Ok(Some(Constraint::Qualified { shape, siblings, min, max }))
    }

    fn closed(&self, node: Id) -> Result<Option<Constraint>, ShaclError> {
        let ignored = match self.one(node, "ignoredProperties")? {
            Some(list) => self.terms(node, list, "ignoredProperties")?,
            None => Vec::new(),
        };
        if !self.truth(node, "closed")? {
            return Ok(None);
        }
        let mut allowed = ignored;
        for property in self.all(node, "property") {
            allowed.extend(self.one(property, "path")?);
        }
        let predicates = allowed.into_iter().map(|id| self.graph.term(id).clone());
        Ok(Some(Constraint::Closed(predicates.filter(Term::is_named_node).collect())))
    }

    fn query(&mut self, shape: Id, node: Id, path: Option<&Path>) -> Result<Option<Query>, ShaclError> {
        for (predicate, _) in self.graph.outgoing(node) {
            let Term::NamedNode(predicate) = self.graph.term(predicate) else { continue };
            if let Some(local) = predicate.as_str().strip_prefix(SH)
                && !["select", "message", "prefixes", "deactivated"].contains(&local)
                && !MUTE.contains(&local)
            {
                return Err(self.unsupported(node, local));
            }
        }
        self.understood.insert(node);
        let Some(select) = self.literal(node, "select")? else {
            return Err(self.malformed(shape, "sh:sparql needs a sh:select"));
        };
        if self.truth(node, "deactivated")? {
            return Ok(None);
        }
        let name = self.name(shape);
        Query::parse(
            self.graph.term(node).clone(),
            select.value(),
            &self.prefixes(node)?,
            path,
            self.messages(node)?,
            name,
        )
        .map(Some)
    }

    /// The prefixes that a query may use: those of the nodes that it names, and of what these import.
    fn prefixes(&self, query: Id) -> Result<BTreeMap<String, String>, ShaclError> {
        let mut prefixes = BTreeMap::new();
        let mut owners = self.all(query, "prefixes");
        let imports = self.graph.id(&NamedNode::new_unchecked(format!("{}imports", owl::NAMESPACE)).into());
        let mut next = 0;
        while let Some(&owner) = owners.get(next) {
            next += 1;
            for declaration in self.all(owner, "declare") {
                let (prefix, namespace) =
                    (self.literal(declaration, "prefix")?, self.literal(declaration, "namespace")?);
                let (Some(prefix), Some(namespace)) = (prefix, namespace) else {
                    return Err(self.malformed(owner, "sh:declare needs a sh:prefix and a sh:namespace"));
                };
                prefixes.insert(prefix.value().to_owned(), namespace.value().to_owned());
            }
            let imported = imports.into_iter().flat_map(|imports| self.graph.objects(owner, imports));
            let new: Vec<Id> = imported.filter(|id| !owners.contains(id)).collect();
            owners.extend(new);
        }
        Ok(prefixes)
    }
}
