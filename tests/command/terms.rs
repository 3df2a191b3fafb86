//! The graph of the sample articles, all of it, is written in the terms that the ontology declares, as it declares them.

use crate::{Desk, sample};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const DM: &str = "https://w3id.org/demarche#";
const OWL: &str = "http://www.w3.org/2002/07/owl#";

/// What readers have set right in the sample: a correction of each sort.
const CORRECTIONS: &str = r#"
[[same]]
things = ["person/psaki", "person/jen-psaki"]
because = "The press secretary."

[[different]]
things = ["person/joe-biden", "person/jake-sullivan"]

[[rename]]
thing = "place/geneva"
name = "Genève"

[[drop]]
thing = "person/wendy-sherman"

[[set]]
thing = "place/geneva"
country = "CH"
"#;

/// Two articles that do not agree on the place.
const DISPUTE: [(&str, &str, &str); 2] = [
    (
        "bergen.txt",
        "2031-05-06",
        "President Mara Lindqvist of Norway met President Teodor Banić of Croatia in Bergen on 5 May 2031.",
    ),
    (
        "zagreb.txt",
        "2031-05-07",
        "President Mara Lindqvist of Norway met President Teodor Banić of Croatia in Zagreb on 5 May 2031.",
    ),
];

/// Everything that a store can hold: what was read, corrections of it, the measures of its network, and a graph that was
/// loaded, which is another store's. With what exports in RDF 1.2 say besides.
fn whole_graph() -> Vec<Quad> {
    let desk = Desk::new();
    desk.write("right.toml", CORRECTIONS);
    let manifest = format!("{}/manifest.csv", sample());
    desk.output(&["build", &sample(), "--manifest", &manifest, "--corrections", "right.toml", "--store", "kg"]);
    for (file, day, text) in DISPUTE {
        desk.write(file, text);
        desk.output(&["build", file, "--published", day, "--store", "kg"]);
    }
    // Records of others may tell from when to when an office was held; the extraction leaves that open.
    let mut record: serde_json::Value =
        serde_json::from_str(&desk.output(&["extract", "bern.md", "--format", "jsonl"])).unwrap();
    for role in record["people"].as_array_mut().unwrap().iter_mut().flat_map(|p| p["roles"].as_array_mut().unwrap()) {
        (role["from"], role["to"]) = ("2029".into(), "2031-05".into());
    }
    desk.write("terms.jsonl", format!("{record}\n"));
    desk.output(&["build", "--records", "terms.jsonl", "--store", "kg"]);
    desk.output(&["build", "lindholm.txt", "--store", "other"]);
    desk.output(&["export", "--store", "other", "-o", "other.nq"]);
    desk.output(&["load", "other.nq", "--store", "kg"]);
    desk.output(&["network", "--store", "kg", "--write"]);
    desk.output(&["export", "--store", "kg", "-o", "all.nq"]);
    desk.output(&["export", "--store", "kg", "--annotated", "-o", "annotated.nt"]);
    let quads = |name: &str, format| -> Vec<Quad> {
        RdfParser::from_format(format).for_slice(desk.read(name).as_bytes()).map(Result::unwrap).collect()
    };
    let mut all = quads("all.nq", RdfFormat::NQuads);
    let annotated = quads("annotated.nt", RdfFormat::NTriples);
    let known: BTreeSet<String> =
        all.iter().map(|quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object)).collect();
    all.extend(
        annotated.into_iter().filter(|q| !known.contains(&format!("{} {} {}", q.subject, q.predicate, q.object))),
    );
    all
}

/// What the ontology says of terms, by predicate and subject.
struct Ontology {
    quads: Vec<Quad>,
}

impl Ontology {
    fn read() -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ontology/demarche.ttl");
        let text = std::fs::read(file).unwrap();
        Self { quads: RdfParser::from_format(RdfFormat::Turtle).for_slice(&text).map(Result::unwrap).collect() }
    }

    fn declared(&self) -> BTreeSet<String> {
        self.quads.iter().map(|quad| name(&quad.subject)).collect()
    }

    fn objects(&self, subject: &str, predicate: &str) -> Vec<&Term> {
        let found = self.quads.iter().filter(|q| name(&q.subject) == subject && q.predicate.as_str() == predicate);
        found.map(|quad| &quad.object).collect()
    }

    /// The classes that a property is of, or has values of: those named, or the members of a union.
    fn classes(&self, property: &str, predicate: &str) -> Vec<String> {
        let mut classes = Vec::new();
        for object in self.objects(property, predicate) {
            match object {
                Term::BlankNode(_) => {
                    for list in self.objects(&object.to_string(), &format!("{OWL}unionOf")) {
                        self.list(&list.to_string(), &mut classes);
                    }
                }
                named => classes.push(bare(named)),
            }
        }
        classes
    }

    fn list(&self, head: &str, members: &mut Vec<String>) {
        members.extend(self.objects(head, rdf::FIRST.as_str()).into_iter().map(bare));
        for rest in self.objects(head, rdf::REST.as_str()) {
            self.list(&rest.to_string(), members);
        }
    }

    /// A class with all that are above it.
    fn upwards(&self, class: &str, found: &mut BTreeSet<String>) {
        if found.insert(class.to_owned()) {
            for broader in self.objects(class, rdfs::SUB_CLASS_OF.as_str()) {
                self.upwards(&bare(broader), found);
            }
        }
    }
}

fn name(node: &NamedOrBlankNode) -> String {
    match node {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

fn bare(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        other => other.to_string(),
    }
}

#[test]
fn every_term_of_the_sample_graph_is_declared() {
    let (ontology, quads) = (Ontology::read(), whole_graph());
    let mut used: BTreeSet<String> = BTreeSet::new();
    for quad in &quads {
        used.insert(quad.predicate.as_str().to_owned());
        match &quad.object {
            Term::Literal(literal) => _ = used.insert(literal.datatype().as_str().to_owned()),
            Term::NamedNode(node) if quad.predicate == rdf::TYPE || node.as_str().starts_with(DM) => {
                used.insert(node.as_str().to_owned());
            }
            _ => {}
        }
        let subject = name(&quad.subject);
        if subject.starts_with(DM) {
            used.insert(subject);
        }
    }
    let declared = ontology.declared();
    let unknown: Vec<&String> = used.difference(&declared).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    // And there is nothing that nobody says: all classes and properties of ours occur.
    let ours = declared.iter().filter(|term| term.starts_with(DM)).filter(|term| {
        let kind = ontology.objects(term, rdf::TYPE.as_str());
        kind.iter().any(|kind| kind.to_string().starts_with(&format!("<{OWL}")))
    });
    let mut classes = BTreeSet::new();
    used.iter().for_each(|class| ontology.upwards(class, &mut classes));
    let never: Vec<&String> = ours.filter(|term| !classes.contains(*term)).collect();
    assert_eq!(never, Vec::<&String>::new(), "declared, and never used");
}

#[test]
fn what_the_sample_graph_says_is_within_domains_and_ranges() {
    let (ontology, quads) = (Ontology::read(), whole_graph());
    let mut classes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for quad in quads.iter().filter(|quad| quad.predicate == rdf::TYPE) {
        ontology.upwards(&bare(&quad.object), classes.entry(name(&quad.subject)).or_default());
    }
    // What a scheme is, and that what is disputed is a property, the ontology says.
    for quad in ontology.quads.iter().filter(|quad| quad.predicate == rdf::TYPE) {
        let found = classes.entry(name(&quad.subject)).or_default();
        match bare(&quad.object) {
            scheme if scheme.ends_with("#ConceptScheme") => _ = found.insert(scheme),
            property if property.ends_with("Property") => _ = found.insert(rdf::PROPERTY.as_str().to_owned()),
            _ => {}
        }
    }
    let none = BTreeSet::new();
    let of = |node: &str| classes.get(node).unwrap_or(&none);
    let mut wrong: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut note = |what: String, quad: &Quad| wrong.entry(what).or_insert((0, quad.to_string())).0 += 1;
    let mut checked = 0;
    for quad in &quads {
        let property = quad.predicate.as_str();
        let domain = ontology.classes(property, rdfs::DOMAIN.as_str());
        let range = ontology.classes(property, rdfs::RANGE.as_str());
        checked += usize::from(!domain.is_empty()) + usize::from(!range.is_empty());
        let subject = of(&name(&quad.subject));
        if !domain.is_empty() && !domain.iter().any(|class| subject.contains(class)) {
            note(format!("{property} of {subject:?}"), quad);
        }
        let fits = |class: &String| match &quad.object {
            Term::Literal(literal) => literal.datatype().as_str() == class,
            node => of(&bare(node)).contains(class),
        };
        if !range.is_empty() && !range.iter().any(fits) {
            let found = match &quad.object {
                Term::Literal(literal) => literal.datatype().to_string(),
                node => format!("{:?}", of(&bare(node))),
            };
            note(format!("{property} to {found}"), quad);
        }
    }
    assert!(checked > 10_000, "{checked}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
