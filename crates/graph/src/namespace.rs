//! The IRIs of the graph.

use crate::quads::mode_word;
use crate::vocabulary::{dct, dm, edtf, nif, owl, prov, rdf, rdfs, schema, skos, xsd};
use demarche_record::Span;
use demarche_resolve::{Claim, Key};
use oxigraph::model::{IriParseError, NamedNode};

/// The base under which all resources of a graph are named, `https://w3id.org/demarche/id/` unless told otherwise.
///
/// ```
/// use demarche_graph::Namespace;
///
/// let names = Namespace::new("https://example.org/news")?;
/// assert_eq!(names.article("doc:3f9a").as_str(), "https://example.org/news/article/3f9a");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namespace {
    base: String,
}

impl Default for Namespace {
    fn default() -> Self {
        Self { base: Self::DEFAULT.to_owned() }
    }
}

impl Namespace {
    /// The base that is used when none is given.
    pub const DEFAULT: &'static str = "https://w3id.org/demarche/id/";

    /// A base of one's own: an absolute IRI. It ends in `/` or `#`; where it does not, a `/` is added.
    ///
    /// # Errors
    /// When it is no absolute IRI.
    pub fn new(base: &str) -> Result<Self, IriParseError> {
        let base = if base.ends_with(['/', '#']) { base.to_owned() } else { format!("{base}/") };
        Ok(Self { base: NamedNode::new(base)?.into_string() })
    }

    /// The base.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The IRI of something in the corpus: `…/person/joe-biden`.
    pub fn of(&self, key: &Key) -> NamedNode {
        // A key is ASCII letters, digits, `-` and `/`, so that base and key together are an IRI.
        NamedNode::new_unchecked(format!("{}{key}", self.base))
    }

    /// The IRI of an article, which is also that of its named graph: `…/article/3f9a…`.
    pub fn article(&self, record_id: &str) -> NamedNode {
        let name = hyphenated(record_id.strip_prefix("doc:").unwrap_or(record_id));
        NamedNode::new_unchecked(format!("{}article/{name}", self.base))
    }

    /// The IRI of a stretch of an article (RFC 5147, code points): `…/article/3f9a…#char=120,163`.
    pub fn mention(&self, record_id: &str, span: &Span) -> NamedNode {
        let article = self.article(record_id).into_string();
        NamedNode::new_unchecked(format!("{article}#char={},{}", span.start(), span.end()))
    }

    /// The graph of the decisions on identity: `…/graph/decisions`.
    pub fn decisions(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}graph/decisions", self.base))
    }

    /// The graph of what readers have set right: `…/graph/corrections`.
    pub fn corrections(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}graph/corrections", self.base))
    }

    /// The graph of the measures of the network: `…/graph/network`.
    pub fn network(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}graph/network", self.base))
    }

    /// A correction, named by a digest of what it says: `…/correction/4c1f…`.
    pub(crate) fn correction(&self, digest: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}correction/{digest}", self.base))
    }

    /// What one article says of a meeting or statement: `…/report/4c1f…`.
    pub(crate) fn report(&self, fingerprint: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}report/{fingerprint}", self.base))
    }

    /// The part of somebody in a meeting or in the report of one: `…/participation/4c1f…-person-joe-biden`.
    pub(crate) fn participation(&self, meeting: &NamedNode, agent: &Key) -> NamedNode {
        let meeting = meeting.as_str().rsplit('/').next().unwrap_or_default();
        NamedNode::new_unchecked(format!("{}participation/{meeting}-{}", self.base, hyphenated(agent.as_str())))
    }

    /// What some reports say of a meeting and others do not: `…/version/4c1f…-place-geneva`.
    pub(crate) fn version(&self, meeting: &NamedNode, claim: &Claim) -> NamedNode {
        let meeting = meeting.as_str().rsplit('/').next().unwrap_or_default();
        let claim = match claim {
            Claim::Participants(agents) => agents.iter().map(Key::as_str).collect::<Vec<_>>().join("-"),
            Claim::Place(place) => place.to_string(),
            Claim::Mode(mode) => format!("mode-{}", mode_word(*mode)),
            Claim::When(when) => format!("when-{}", when.value),
            Claim::Status(status) => format!("status-{status}"),
        };
        NamedNode::new_unchecked(format!("{}version/{meeting}-{}", self.base, hyphenated(&claim)))
    }

    /// A decision, named by a digest of what it decides of what: `…/decision/4c1f…`.
    pub(crate) fn decision(&self, digest: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}decision/{digest}", self.base))
    }

    /// The prefixes that queries may use without declaring them, and that the exports declare: the vocabularies, `id:`
    /// for the base, and one for each kind of thing, so that one can write `person:joe-biden`. Sorted.
    pub fn prefixes(&self) -> Vec<(&'static str, String)> {
        let mut prefixes: Vec<(&'static str, String)> = vec![
            ("dct", dct::NAMESPACE.to_owned()),
            ("dm", dm::NAMESPACE.to_owned()),
            ("edtf", edtf::NAMESPACE.to_owned()),
            ("id", self.base.clone()),
            ("nif", nif::NAMESPACE.to_owned()),
            ("owl", owl::NAMESPACE.to_owned()),
            ("prov", prov::NAMESPACE.to_owned()),
            ("rdf", rdf::NAMESPACE.to_owned()),
            ("rdfs", rdfs::NAMESPACE.to_owned()),
            ("schema", schema::NAMESPACE.to_owned()),
            ("skos", skos::NAMESPACE.to_owned()),
            ("xsd", xsd::NAMESPACE.to_owned()),
        ];
        for kind in [
            "article",
            "correction",
            "decision",
            "encounter",
            "meeting",
            "organization",
            "participation",
            "person",
            "place",
            "report",
            "statement",
            "tenure",
            "version",
        ] {
            prefixes.push((kind, format!("{}{kind}/", self.base)));
        }
        prefixes.sort();
        prefixes
    }
}

/// The text as a part of an IRI: whatever is no ASCII letter or digit becomes `-`.
pub(crate) fn hyphenated(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}
