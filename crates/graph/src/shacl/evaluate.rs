//! Shapes against a graph.

use super::compare::{compare, is_well_formed};
use super::error::ShaclError;
use super::graph::{DataGraph, Id};
use super::parse::SH;
use super::path::Path;
use super::report::{Report, Violation};
use super::shape::{Constraint, Shape, ShapeId, Shapes, Target};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{Literal, NamedNode, Term};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

impl Shapes {
    /// What in a graph does not hold to these shapes. The results are sorted.
    ///
    /// # Errors
    /// When a query of a shape cannot be evaluated.
    pub fn validate(&self, graph: &mut DataGraph) -> Result<Report, ShaclError> {
        for shape in &self.shapes {
            for target in &shape.targets {
                if let Target::Node(node) = target {
                    // A node is looked at even where the graph says nothing of it.
                    graph.intern(node.clone());
                }
            }
        }
        let evaluation = Evaluation { shapes: &self.shapes, graph, classes: RefCell::default() };
        let mut found = Vec::new();
        for (id, shape) in self.shapes.iter().enumerate() {
            for focus in evaluation.focus_nodes(shape) {
                evaluation.shape(id, focus, &mut found)?;
            }
        }
        Ok(Report::new(found))
    }
}

struct Evaluation<'e> {
    shapes: &'e [Shape],
    graph: &'e DataGraph,
    /// Classes that have been asked for, with those below them.
    classes: RefCell<HashMap<Id, Rc<HashSet<Id>>>>,
}

impl Evaluation<'_> {
    /// The nodes that a shape is for, each once.
    fn focus_nodes(&self, shape: &Shape) -> Vec<Id> {
        let graph = self.graph;
        let mut found: Vec<Id> = Vec::new();
        for target in &shape.targets {
            match target {
                Target::Node(node) => found.extend(graph.id(node)),
                Target::Class(class) => {
                    let (Some(class), Some(kind)) = (graph.id(class), graph.id(&rdf::TYPE.into())) else { continue };
                    let mut classes: Vec<Id> = self.with_subclasses(class).iter().copied().collect();
                    classes.sort_unstable();
                    found.extend(classes.into_iter().flat_map(|class| graph.subjects(kind, class)));
                }
                Target::SubjectsOf(predicate) => {
                    let triples = graph.id(predicate).map(|predicate| graph.matching(None, Some(predicate), None));
                    found.extend(triples.into_iter().flatten().map(|[subject, ..]| subject));
                }
                Target::ObjectsOf(predicate) => {
                    let triples = graph.id(predicate).map(|predicate| graph.matching(None, Some(predicate), None));
                    found.extend(triples.into_iter().flatten().map(|[_, _, object]| object));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn with_subclasses(&self, class: Id) -> Rc<HashSet<Id>> {
        if let Some(known) = self.classes.borrow().get(&class) {
            return Rc::clone(known);
        }
        let below = Path::ZeroOrMore(Box::new(Path::Inverse(Box::new(Path::Predicate(rdfs::SUB_CLASS_OF.into())))));
        let classes = Rc::new(below.values(self.graph, class).into_iter().collect::<HashSet<_>>());
        self.classes.borrow_mut().insert(class, Rc::clone(&classes));
        classes
    }

    fn is_instance(&self, node: Id, class: &Term) -> bool {
        let (Some(class), Some(kind)) = (self.graph.id(class), self.graph.id(&rdf::TYPE.into())) else { return false };
        let classes = self.with_subclasses(class);
        self.graph.objects(node, kind).any(|found| classes.contains(&found))
    }

    /// Looks at a node by a shape.
    fn shape(&self, id: ShapeId, focus: Id, found: &mut Vec<Violation>) -> Result<(), ShaclError> {
        let shape = &self.shapes[id];
        if shape.deactivated {
            return Ok(());
        }
        let values = match &shape.path {
            Some(path) => path.values(self.graph, focus),
            None => vec![focus],
        };
        let mut check = Check { evaluation: self, shape, focus, values: &values, found };
        shape.constraints.iter().try_for_each(|constraint| check.constraint(constraint))
    }

    fn conforms(&self, id: ShapeId, focus: Id) -> Result<bool, ShaclError> {
        let mut found = Vec::new();
        self.shape(id, focus, &mut found)?;
        Ok(found.is_empty())
    }

    /// How many of some shapes a node is of.
    fn count(&self, shapes: &[ShapeId], focus: Id) -> Result<usize, ShaclError> {
        let mut count = 0;
        for shape in shapes {
            count += usize::from(self.conforms(*shape, focus)?);
        }
        Ok(count)
    }
}

/// One focus node and its value nodes, by one shape.
struct Check<'c> {
    evaluation: &'c Evaluation<'c>,
    shape: &'c Shape,
    focus: Id,
    values: &'c [Id],
    found: &'c mut Vec<Violation>,
}

impl Check<'_> {
    fn term(&self, id: Id) -> &Term {
        self.evaluation.graph.term(id)
    }

    fn violation(&self, component: &str, value: Option<&Term>, message: String) -> Violation {
        let mut messages = self.shape.messages.clone();
        if messages.is_empty() {
            messages.push(Literal::new_simple_literal(message));
        }
        Violation {
            focus: self.term(self.focus).clone(),
            path: self.shape.path.clone(),
            value: value.cloned(),
            shape: self.shape.node.clone(),
            constraint: None,
            component: NamedNode::new_unchecked(format!("{SH}{component}ConstraintComponent")),
            severity: self.shape.severity.clone(),
            messages,
        }
    }

    /// One violation for each value that is not as it should be.
    fn each(
        &mut self,
        component: &str,
        message: impl Fn() -> String,
        is_right: impl Fn(&Self, Id) -> Result<bool, ShaclError>,
    ) -> Result<(), ShaclError> {
        for value in self.values {
            if !is_right(self, *value)? {
                let violation = self.violation(component, Some(self.term(*value)), message());
                self.found.push(violation);
            }
        }
        Ok(())
    }

    /// A violation of the values as a whole, where they are not as they should be.
    fn whole(&mut self, component: &str, is_right: bool, message: impl Fn() -> String) {
        if !is_right {
            let violation = self.violation(component, None, message());
            self.found.push(violation);
        }
    }

    fn constraint(&mut self, constraint: &Constraint) -> Result<(), ShaclError> {
        let count = self.values.len() as u64;
        match constraint {
            Constraint::Class(class) => self.each(
                "Class",
                || format!("it is not a {class}"),
                |check, value| Ok(check.evaluation.is_instance(value, class)),
            )?,
            Constraint::Datatype(datatype) => {
                self.literals("Datatype", &format!("it is no {datatype}"), |literal| {
                    literal.datatype() == datatype.as_ref() && is_well_formed(literal)
                })?
            }
            Constraint::NodeKind(kind) => self.each(
                "NodeKind",
                || "it is of another kind of node".to_owned(),
                |check, value| {
                    Ok(match check.term(value) {
                        Term::NamedNode(_) => kind.iri,
                        Term::BlankNode(_) => kind.blank,
                        Term::Literal(_) => kind.literal,
                        _ => false,
                    })
                },
            )?,
            Constraint::MinCount(least) => {
                self.whole("MinCount", count >= *least, || format!("{count} values, and at least {least} are needed"));
            }
            Constraint::MaxCount(most) => {
                self.whole("MaxCount", count <= *most, || format!("{count} values, and at most {most} are allowed"));
            }
            Constraint::MinExclusive(bound) => {
                self.bounded("MinExclusive", bound, "more than", &[Ordering::Greater])?
            }
            Constraint::MinInclusive(bound) => {
                self.bounded("MinInclusive", bound, "at least", &[Ordering::Greater, Ordering::Equal])?;
            }
            Constraint::MaxExclusive(bound) => self.bounded("MaxExclusive", bound, "less than", &[Ordering::Less])?,
            Constraint::MaxInclusive(bound) => {
                self.bounded("MaxInclusive", bound, "at most", &[Ordering::Less, Ordering::Equal])?;
            }
            Constraint::MinLength(least) => self.texts(
                "MinLength",
                || format!("it has fewer than {least} characters"),
                |text| text.chars().count() as u64 >= *least,
            )?,
            Constraint::MaxLength(most) => self.texts(
                "MaxLength",
                || format!("it has more than {most} characters"),
                |text| text.chars().count() as u64 <= *most,
            )?,
            Constraint::Pattern(pattern) => {
                self.texts("Pattern", || format!("it does not match {pattern}"), |text| pattern.is_match(text))?;
            }
            Constraint::LanguageIn(languages) => {
                let message = format!("its language is none of {}", languages.join(", "));
                self.literals("LanguageIn", &message, |literal| {
                    let language = literal.language().map(str::to_ascii_lowercase);
                    language.is_some_and(|language| languages.iter().any(|range| is_in_range(&language, range)))
                })?;
            }
            Constraint::UniqueLang => self.unique_languages(),
            Constraint::Equals(other) => self.equals(other),
            Constraint::Disjoint(other) => {
                let others: HashSet<Id> = self.others(other).into_iter().collect();
                self.each(
                    "Disjoint",
                    || format!("it is also a value of {other}"),
                    |_, value| Ok(!others.contains(&value)),
                )?;
            }
            Constraint::LessThan(other) => self.less("LessThan", other, &[Ordering::Less]),
            Constraint::LessThanOrEquals(other) => {
                self.less("LessThanOrEquals", other, &[Ordering::Less, Ordering::Equal]);
            }
            Constraint::Not(shape) => self.each(
                "Not",
                || "it is of a shape that it must not be of".to_owned(),
                |check, value| Ok(!check.evaluation.conforms(*shape, value)?),
            )?,
            Constraint::And(shapes) => self.each(
                "And",
                || "it is not of all shapes that it must be of".to_owned(),
                |check, value| Ok(check.evaluation.count(shapes, value)? == shapes.len()),
            )?,
            Constraint::Or(shapes) => self.each(
                "Or",
                || "it is of none of the shapes that it may be of".to_owned(),
                |check, value| Ok(check.evaluation.count(shapes, value)? > 0),
            )?,
            Constraint::Xone(shapes) => self.each(
                "Xone",
                || "it is not of exactly one of the shapes".to_owned(),
                |check, value| Ok(check.evaluation.count(shapes, value)? == 1),
            )?,
            Constraint::Node(shape) => {
                let name = &self.evaluation.shapes[*shape].node;
                self.each(
                    "Node",
                    || format!("it is not of the shape {name}"),
                    |check, value| check.evaluation.conforms(*shape, value),
                )?;
            }
            Constraint::Property(shape) => {
                for value in self.values {
                    self.evaluation.shape(*shape, *value, self.found)?;
                }
            }
            Constraint::Qualified { shape, siblings, min, max } => {
                let mut count = 0;
                for value in self.values {
                    let fits = self.evaluation.conforms(*shape, *value)?;
                    count += u64::from(fits && self.evaluation.count(siblings, *value)? == 0);
                }
                self.whole("QualifiedMinCount", min.is_none_or(|min| count >= min), || {
                    format!("{count} values are of the shape, too few")
                });
                self.whole("QualifiedMaxCount", max.is_none_or(|max| count <= max), || {
                    format!("{count} values are of the shape, too many")
                });
            }
            Constraint::Closed(allowed) => self.closed(allowed),
            Constraint::HasValue(value) => {
                let is_there = self.evaluation.graph.id(value).is_some_and(|value| self.values.contains(&value));
                self.whole("HasValue", is_there, || format!("{value} is not there"));
            }
            Constraint::In(members) => self.each(
                "In",
                || "it is none of the values that are allowed".to_owned(),
                |check, value| Ok(members.contains(check.term(value))),
            )?,
            Constraint::Sparql(query) => {
                for solution in query.solutions(self.evaluation.graph, self.focus)? {
                    let of_shape = self.shape.path.is_none();
                    let value = solution.value.or_else(|| of_shape.then(|| self.term(self.focus).clone()));
                    let mut violation = self.violation("SPARQL", value.as_ref(), "its query found it".to_owned());
                    violation.constraint = Some(query.node.clone());
                    violation.path = solution.path.map(Path::Predicate).or(violation.path);
                    if !solution.messages.is_empty() {
                        violation.messages = solution.messages;
                    }
                    self.found.push(violation);
                }
            }
        }
        Ok(())
    }

    fn literals(
        &mut self,
        component: &str,
        message: &str,
        is_right: impl Fn(&Literal) -> bool,
    ) -> Result<(), ShaclError> {
        self.each(
            component,
            || message.to_owned(),
            |check, value| match check.term(value) {
                Term::Literal(literal) => Ok(is_right(literal)),
                _ => Ok(false),
            },
        )
    }

    /// The text of a literal or the IRI; blank nodes have none.
    fn texts(
        &mut self,
        component: &str,
        message: impl Fn() -> String,
        is_right: impl Fn(&str) -> bool,
    ) -> Result<(), ShaclError> {
        self.each(component, message, |check, value| {
            Ok(match check.term(value) {
                Term::NamedNode(node) => is_right(node.as_str()),
                Term::Literal(literal) => is_right(literal.value()),
                _ => false,
            })
        })
    }

    fn bounded(&mut self, component: &str, bound: &Literal, words: &str, right: &[Ordering]) -> Result<(), ShaclError> {
        let message = format!("it is not {words} {}", bound.value());
        self.literals(component, &message, |literal| {
            compare(literal, bound).is_some_and(|order| right.contains(&order))
        })
    }

    fn unique_languages(&mut self) {
        let mut seen: Vec<(String, usize)> = Vec::new();
        for value in self.values {
            let Term::Literal(literal) = self.term(*value) else { continue };
            let Some(language) = literal.language().map(str::to_ascii_lowercase) else { continue };
            match seen.iter_mut().find(|(known, _)| *known == language) {
                Some((_, count)) => *count += 1,
                None => seen.push((language, 1)),
            }
        }
        seen.sort();
        for (language, count) in seen {
            self.whole("UniqueLang", count == 1, || format!("{count} values are in the language {language}"));
        }
    }

    /// The values of another property of the focus node.
    fn others(&self, predicate: &Term) -> Vec<Id> {
        let graph = self.evaluation.graph;
        graph.id(predicate).map(|predicate| graph.objects(self.focus, predicate).collect()).unwrap_or_default()
    }

    fn equals(&mut self, other: &Term) {
        let others = self.others(other);
        let only_here = self.values.iter().filter(|value| !others.contains(value));
        let only_there = others.iter().filter(|value| !self.values.contains(value));
        let violations: Vec<Violation> = only_here
            .chain(only_there)
            .map(|value| {
                let message = format!("its values are not those of {other}");
                self.violation("Equals", Some(self.term(*value)), message)
            })
            .collect();
        self.found.extend(violations);
    }

    fn less(&mut self, component: &str, other: &Term, right: &[Ordering]) {
        for value in self.values {
            for bound in self.others(other) {
                let order = match (self.term(*value), self.term(bound)) {
                    (Term::Literal(a), Term::Literal(b)) => compare(a, b),
                    _ => None,
                };
                if !order.is_some_and(|order| right.contains(&order)) {
                    let message = format!("it is not below {} of {other}", self.term(bound));
                    let violation = self.violation(component, Some(self.term(*value)), message);
                    self.found.push(violation);
                }
            }
        }
    }

    fn closed(&mut self, allowed: &[Term]) {
        for node in self.values {
            for (predicate, object) in self.evaluation.graph.outgoing(*node) {
                let predicate = self.term(predicate);
                if !allowed.contains(predicate) {
                    let message = format!("{predicate} is not allowed here");
                    let mut violation = self.violation("Closed", Some(self.term(object)), message);
                    violation.path = Some(Path::Predicate(predicate.clone()));
                    self.found.push(violation);
                }
            }
        }
    }
}

/// Whether a language is in a basic range (RFC 4647): `en-gb` is in `en`.
fn is_in_range(language: &str, range: &str) -> bool {
    range == "*" || language.strip_prefix(range).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}
