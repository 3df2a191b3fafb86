//! What a query can see: of a large graph only that need be loaded.
//!
//! A query without GRAPH and FROM sees the default graph alone, and of that no other quads than those whose predicates (and
//! classes, behind `a`) it names. Leaving out the others does not change its answer, so that it can be asked of a graph
//! that lacks them. Where a query can see more than it names (a variable as predicate, a path of no length, a pattern that
//! holds in any graph), all of it is needed.

use crate::vocabulary::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef};
use spargebra::Query;
use spargebra::algebra::{
    AggregateExpression, Expression, GraphPattern, OrderExpression, PropertyPathExpression as Path,
};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeSet;

/// The part of a graph that a query can see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Reach {
    /// Whether it looks into named graphs.
    pub named: bool,
    /// The predicates that it asks for.
    predicates: Choice<NamedNode>,
    /// The classes that it asks for; they count where `rdf:type` is among the predicates.
    classes: Choice<NamedNode>,
}

/// Some of a set, or all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Choice<T> {
    These(BTreeSet<T>),
    All,
}

impl<T> Default for Choice<T> {
    fn default() -> Self {
        Self::These(BTreeSet::new())
    }
}

impl<T: Ord> Choice<T> {
    fn add(&mut self, one: T) {
        if let Self::These(these) = self {
            these.insert(one);
        }
    }

    fn extend(&mut self, other: Self) {
        match (self, other) {
            (Self::These(these), Self::These(others)) => these.extend(others),
            (all, Self::All) => *all = Self::All,
            (Self::All, Self::These(_)) => {}
        }
    }

    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, _) => true,
            (Self::These(these), Self::These(others)) => these.is_superset(others),
            (Self::These(_), Self::All) => false,
        }
    }

    fn has(&self, one: impl Fn(&T) -> bool) -> bool {
        match self {
            Self::All => true,
            Self::These(these) => these.iter().any(one),
        }
    }
}

impl Reach {
    /// The default graph, and the named ones where `named`.
    pub fn graphs(named: bool) -> Self {
        Self { named, predicates: Choice::All, classes: Choice::All }
    }

    /// Quads of the default graph with these predicates, behind `a` with these classes.
    pub fn these(predicates: &[NamedNodeRef<'_>], classes: &[NamedNodeRef<'_>]) -> Self {
        let set = |nodes: &[NamedNodeRef<'_>]| Choice::These(nodes.iter().map(|node| node.into_owned()).collect());
        Self { named: false, predicates: set(predicates), classes: set(classes) }
    }

    /// All that this or the other reaches.
    pub fn and(mut self, other: Self) -> Self {
        self.named |= other.named;
        self.predicates.extend(other.predicates);
        self.classes.extend(other.classes);
        self
    }

    /// What a query can see.
    pub fn of(query: &Query) -> Self {
        let mut reach = Self::default();
        let (Query::Select { dataset, pattern, .. }
        | Query::Construct { dataset, pattern, .. }
        | Query::Describe { dataset, pattern, .. }
        | Query::Ask { dataset, pattern, .. }) = query;
        reach.named = dataset.is_some();
        reach.pattern(pattern);
        if matches!(query, Query::Describe { .. }) {
            reach.whole();
        }
        reach
    }

    /// Whether a graph that has this much has all that the other reaches.
    pub fn covers(&self, other: &Self) -> bool {
        (self.named || !other.named)
            && self.predicates.covers(&other.predicates)
            && (self.classes.covers(&other.classes) || !other.predicates.has(|p| p.as_ref() == rdf::TYPE))
    }

    /// All quads of the graphs that this or the other reaches into.
    pub fn widened(&self, other: &Self) -> Self {
        Self::graphs(self.named || other.named)
    }

    /// Whether every quad of these graphs is reached.
    pub fn is_whole(&self) -> bool {
        self.covers(&Self::graphs(self.named))
    }

    /// Whether it reaches a quad with such a predicate and object, both as N-Quads write them: `<…>`.
    #[cfg_attr(feature = "rocksdb", allow(dead_code, reason = "a graph on disk is at hand as a whole"))]
    pub fn has(&self, predicate: &[u8], object: impl FnOnce() -> bool) -> bool {
        self.predicates.has(|known| is(known, predicate)) && (predicate != TYPE || object())
    }

    /// Whether it reaches a class, as N-Quads write it.
    #[cfg_attr(feature = "rocksdb", allow(dead_code, reason = "a graph on disk is at hand as a whole"))]
    pub fn has_class(&self, class: &[u8]) -> bool {
        self.classes.has(|known| is(known, class))
    }

    fn whole(&mut self) {
        self.predicates = Choice::All;
        self.classes = Choice::All;
    }

    fn predicate(&mut self, predicate: &NamedNode) {
        self.predicates.add(predicate.clone());
    }

    fn triple(&mut self, triple: &TriplePattern) {
        match &triple.predicate {
            NamedNodePattern::Variable(_) => self.whole(),
            NamedNodePattern::NamedNode(predicate) => {
                self.predicate(predicate);
                if predicate.as_ref() == rdf::TYPE {
                    match &triple.object {
                        TermPattern::NamedNode(class) => self.classes.add(class.clone()),
                        _ => self.classes = Choice::All,
                    }
                }
            }
        }
    }

    fn path(&mut self, path: &Path) {
        match path {
            Path::NamedNode(predicate) => self.predicate(predicate),
            Path::Reverse(path) | Path::OneOrMore(path) => self.path(path),
            Path::Sequence(one, other) | Path::Alternative(one, other) => {
                self.path(one);
                self.path(other);
            }
            // A path of no length leads from everything to itself.
            Path::ZeroOrMore(_) | Path::ZeroOrOne(_) | Path::NegatedPropertySet(_) => self.whole(),
        }
    }

    fn pattern(&mut self, pattern: &GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => patterns.iter().for_each(|triple| self.triple(triple)),
            GraphPattern::Path { path, .. } => {
                self.path(path);
                // A class at the end of a path is not looked at.
                self.classes = Choice::All;
            }
            GraphPattern::Join { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                expression.iter().for_each(|expression| self.expression(expression));
            }
            GraphPattern::Filter { expr, inner } => {
                self.expression(expr);
                self.pattern(inner);
            }
            GraphPattern::Extend { inner, expression, .. } => {
                self.expression(expression);
                self.pattern(inner);
            }
            GraphPattern::Graph { inner, .. } => {
                self.named = true;
                self.pattern(inner);
                if !asks_for_a_quad(inner) {
                    self.whole();
                }
            }
            GraphPattern::OrderBy { inner, expression } => {
                for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                    self.expression(expression);
                }
                self.pattern(inner);
            }
            GraphPattern::Group { inner, aggregates, .. } => {
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr);
                    }
                }
                self.pattern(inner);
            }
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.pattern(inner),
            GraphPattern::Values { .. } => {}
            // SERVICE asks somebody else. Here and for what a later SPARQL may bring, all is loaded.
            _ => {
                self.named = true;
                self.whole();
            }
        }
    }

    fn expression(&mut self, expression: &Expression) {
        use Expression as E;
        match expression {
            E::Exists(pattern) => self.pattern(pattern),
            E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) => {}
            E::Or(a, b)
            | E::And(a, b)
            | E::Equal(a, b)
            | E::SameTerm(a, b)
            | E::Greater(a, b)
            | E::GreaterOrEqual(a, b)
            | E::Less(a, b)
            | E::LessOrEqual(a, b)
            | E::Add(a, b)
            | E::Subtract(a, b)
            | E::Multiply(a, b)
            | E::Divide(a, b) => {
                self.expression(a);
                self.expression(b);
            }
            E::UnaryPlus(a) | E::UnaryMinus(a) | E::Not(a) => self.expression(a),
            E::If(a, b, c) => [a, b, c].into_iter().for_each(|part| self.expression(part)),
            E::In(a, all) => {
                self.expression(a);
                all.iter().for_each(|part| self.expression(part));
            }
            E::Coalesce(all) | E::FunctionCall(_, all) => all.iter().for_each(|part| self.expression(part)),
        }
    }
}

/// `rdf:type` as N-Quads write it.
const TYPE: &[u8] = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";

fn is(node: &NamedNode, written: &[u8]) -> bool {
    written.len() == node.as_str().len() + 2 && written[1..written.len() - 1] == *node.as_str().as_bytes()
}

/// Whether a pattern has no solution in a graph that has none of the quads that it names. What holds in any graph, even in
/// one that was left out, needs all graphs to be there.
fn asks_for_a_quad(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { patterns } => !patterns.is_empty(),
        GraphPattern::Path { .. } => true,
        GraphPattern::Join { left, right } => asks_for_a_quad(left) || asks_for_a_quad(right),
        GraphPattern::Union { left, right } => asks_for_a_quad(left) && asks_for_a_quad(right),
        GraphPattern::LeftJoin { left, .. } | GraphPattern::Minus { left, .. } => asks_for_a_quad(left),
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => asks_for_a_quad(inner),
        // A count of nothing is still a row.
        GraphPattern::Group { inner, variables, .. } => !variables.is_empty() && asks_for_a_quad(inner),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spargebra::SparqlParser;

    fn reach(query: &str) -> Reach {
        let parser = SparqlParser::new().with_prefix("", "http://example.org/").unwrap();
        Reach::of(&parser.parse_query(query).unwrap())
    }

    fn sees(query: &str, predicate: &str) -> bool {
        reach(query).has(format!("<http://example.org/{predicate}>").as_bytes(), || true)
    }

    #[test]
    fn graphs_are_seen_where_they_are_named() {
        for alone in [
            "SELECT * { ?s :p ?o }",
            "ASK { ?s ?p ?o }",
            "DESCRIBE :a",
            "SELECT * { ?s :p ?o FILTER NOT EXISTS { ?s :q ?o } { SELECT ?s { ?s :r ?x } } }",
        ] {
            assert!(!reach(alone).named, "{alone}");
        }
        for named in [
            "SELECT * { GRAPH ?g { ?s :p ?o } }",
            "SELECT * { GRAPH :g { ?s :p ?o } }",
            "SELECT * FROM :g { ?s :p ?o }",
            "SELECT * FROM NAMED :g { ?s :p ?o }",
            "SELECT * { ?s :p ?o FILTER EXISTS { GRAPH ?g { ?s :q ?o } } }",
            "SELECT (SUM(IF(EXISTS { GRAPH ?g { ?s :q ?o } }, 1, 0)) AS ?n) { ?s :p ?o }",
            "SELECT * { ?s :p ?o } ORDER BY (EXISTS { GRAPH ?g { ?s :q ?o } })",
            "SELECT * { { SELECT ?s { GRAPH ?g { ?s :r ?x } } } }",
            "SELECT * { SERVICE <http://example.org/> { ?s :p ?o } }",
        ] {
            assert!(reach(named).named, "{named}");
        }
    }

    #[test]
    fn only_what_is_asked_for_is_seen() {
        for query in [
            "SELECT * { ?s :p ?o }",
            "SELECT * { ?s :x/:p|^:y ?o }",
            "SELECT * { ?s :x ?o OPTIONAL { ?o :p ?y } }",
            "SELECT * { ?s :x ?o FILTER EXISTS { ?o :p+ ?y } }",
            "SELECT (COALESCE(IF(EXISTS { ?o :p ?y }, 1, 2), 3) AS ?n) { ?s :x ?o }",
            "SELECT * { GRAPH ?g { ?s :p ?o FILTER(?o > 3) } }",
            "CONSTRUCT { ?s :q ?o } { ?s :p ?o }",
        ] {
            assert!(sees(query, "p") && !sees(query, "q"), "{query}");
        }
        for query in [
            "SELECT * { ?s ?p ?o }",
            "SELECT * { ?s :p* ?o }",
            "SELECT * { ?s :p? ?o }",
            "SELECT * { ?s !:p ?o }",
            "DESCRIBE ?s { ?s :p ?o }",
            "SELECT * { GRAPH ?g { } }",
            "SELECT * { GRAPH ?g { OPTIONAL { ?s :p ?o } } }",
            "SELECT * { GRAPH ?g { { ?s :p ?o } UNION { BIND(1 AS ?x) } } }",
            "SELECT * { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s :p ?o } } }",
        ] {
            assert!(sees(query, "p") && sees(query, "q"), "{query}");
        }
    }

    #[test]
    fn classes_are_told_apart_where_all_are_named() {
        let class = |name: &str| format!("<http://example.org/{name}>");
        let one = reach("SELECT * { ?s a :A ; :p ?o }");
        assert!(one.has_class(class("A").as_bytes()) && !one.has_class(class("B").as_bytes()));
        for all in ["SELECT * { ?s a :A, ?class }", "SELECT * { ?s a/:p :A }", "SELECT * { ?s ?p ?o }"] {
            assert!(reach(all).has_class(class("B").as_bytes()), "{all}");
        }
    }

    #[test]
    fn what_is_there_serves_what_needs_less() {
        let (small, large) = (reach("SELECT * { ?s :p ?o }"), reach("SELECT * { ?s :p/:q ?o }"));
        assert!(large.covers(&small) && !small.covers(&large));
        assert!(Reach::graphs(false).covers(&large) && !Reach::graphs(false).covers(&Reach::graphs(true)));
        assert!(small.widened(&large).is_whole() && !large.is_whole());
        let classes = reach("SELECT * { ?s a :A }");
        assert!(!classes.covers(&reach("SELECT * { ?s a :B }")) && classes.covers(&Reach::default()));
    }
}
