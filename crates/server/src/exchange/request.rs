//! Requests to a worker and its answers.

use demarche_graph::Format;
use oxigraph::sparql::results::QueryResultsFormat;
use serde::{Deserialize, Serialize};

/// What a worker is asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Request {
    /// A query in SPARQL.
    Query(Query),
    /// A whole graph: that of an IRI, or the default graph.
    Graph {
        /// The IRI.
        graph: Option<String>,
        /// The format to write it in.
        #[serde(with = "graph_format")]
        format: Format,
        /// How long the answer may be.
        bounds: Bounds,
    },
    /// What the graph says of one thing.
    Thing {
        /// Its IRI.
        iri: String,
        /// The format to write it in.
        #[serde(with = "graph_format")]
        format: Format,
        /// How long the answer may be.
        bounds: Bounds,
    },
    /// The diagram of who met whom.
    Picture(Picture),
    /// A call of the JSON interface.
    Api(ApiRequest),
}

/// A query in SPARQL.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Query {
    /// Its text.
    pub text: String,
    /// The graphs that together are the default graph, by their IRIs.
    pub default_graphs: Vec<String>,
    /// The graphs that GRAPH finds, by their IRIs.
    pub named_graphs: Vec<String>,
    /// The format for rows and for yes or no; none where the client takes no such format.
    #[serde(with = "results_format")]
    pub results: Option<QueryResultsFormat>,
    /// The format for triples; none likewise.
    #[serde(with = "wanted_graph_format")]
    pub triples: Option<Format>,
    /// How long the answer may be.
    pub bounds: Bounds,
}

/// How long an answer may be.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Bounds {
    /// Rows or triples.
    pub rows: usize,
    /// Bytes.
    pub bytes: usize,
}

/// A part of the diagram.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Picture {
    /// How it is drawn.
    pub format: PictureFormat,
    /// IRI or name of somebody or something whose meetings are shown.
    pub about: Option<String>,
    /// The first day.
    pub since: Option<String>,
    /// The last day.
    pub until: Option<String>,
    /// Whether statements are shown too.
    pub statements: bool,
}

/// How a diagram is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum PictureFormat {
    /// For browsers.
    Svg,
    /// For Graphviz.
    Dot,
}

/// A call of the JSON interface: `GET /api/people?name=Ada&limit=3` has the path `people` and two parameters.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ApiRequest {
    /// What stands behind `/api/`, without percent-encoding.
    pub path: String,
    /// The parameters in the order in which they stand.
    pub parameters: Vec<(String, String)>,
}

/// A document to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answer {
    /// Its media type, with parameters.
    pub content_type: String,
    /// Its bytes; they travel as the body of the frame.
    #[serde(skip)]
    pub body: Vec<u8>,
}

impl Answer {
    /// A document of a media type.
    pub fn new(content_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self { content_type: content_type.into(), body: body.into() }
    }

    /// A document in JSON.
    pub fn json(value: &impl Serialize) -> Result<Self, Failed> {
        let body = serde_json::to_vec(value).map_err(|error| Failed::new(Failure::Broken, error.to_string()))?;
        Ok(Self::new("application/json", body))
    }
}

/// What a worker says of a request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Served {
    /// The answer.
    pub answer: Result<Answer, Failed>,
    /// Whether the worker goes now: it has taken much memory, or has no graph.
    pub last: bool,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{reason}")]
pub(crate) struct Failed {
    /// Whose fault it is.
    pub failure: Failure,
    /// A sentence for the client.
    pub reason: String,
}

impl Failed {
    /// A failure with its reason.
    pub fn new(failure: Failure, reason: impl Into<String>) -> Self {
        Self { failure, reason: reason.into() }
    }
}

/// What sort of failure; each has its HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Failure {
    /// The request cannot be understood.
    BadRequest,
    /// Its body is in a format that is not read here.
    UnknownMedia,
    /// It does not bear the token that it needs.
    Unauthorized,
    /// It asks for what this server does not do for it.
    Refused,
    /// There is no such thing.
    NotFound,
    /// There is no answer in a format that the client takes.
    NotAcceptable,
    /// The answer would be longer than allowed.
    TooLarge,
    /// The work took more time than allowed.
    OutOfTime,
    /// The work took more memory than allowed.
    OutOfMemory,
    /// There is too much to do at the moment.
    Busy,
    /// Our own fault.
    Broken,
}

/// Formats of rows by their media types.
mod results_format {
    use super::{Deserialize, QueryResultsFormat};
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(format: &Option<QueryResultsFormat>, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(format.map_or("", |format| format.media_type()))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<QueryResultsFormat>, D::Error> {
        Ok(QueryResultsFormat::from_media_type(&String::deserialize(from)?))
    }
}

/// A format of triples by its name.
mod graph_format {
    use super::{Deserialize, Format};
    use serde::de::Error;
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(format: &Format, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(format.name())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Format, D::Error> {
        Format::from_name(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

/// The same, or none.
mod wanted_graph_format {
    use super::{Deserialize, Format};
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(format: &Option<Format>, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(format.map_or("", Format::name))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Format>, D::Error> {
        Ok(Format::from_name(&String::deserialize(from)?).ok())
    }
}
