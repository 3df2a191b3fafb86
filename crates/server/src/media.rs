//! Media types, and which of them a client wants.

use demarche_graph::Format;
use oxigraph::sparql::results::QueryResultsFormat;

/// Formats of rows and of yes and no, the one that is given to who takes any first.
pub(crate) const RESULTS: [(QueryResultsFormat, &str); 4] = [
    (QueryResultsFormat::Json, "application/sparql-results+json"),
    (QueryResultsFormat::Xml, "application/sparql-results+xml"),
    (QueryResultsFormat::Csv, "text/csv"),
    (QueryResultsFormat::Tsv, "text/tab-separated-values"),
];

/// Formats of triples, likewise.
pub(crate) const GRAPHS: [(Format, &str); 6] = [
    (Format::Turtle, "text/turtle"),
    (Format::NTriples, "application/n-triples"),
    (Format::JsonLd, "application/ld+json"),
    (Format::RdfXml, "application/rdf+xml"),
    (Format::TriG, "application/trig"),
    (Format::NQuads, "application/n-quads"),
];

/// Other names by which clients ask for the formats of rows.
const RESULTS_TOO: [(QueryResultsFormat, &str); 3] = [
    (QueryResultsFormat::Json, "application/json"),
    (QueryResultsFormat::Xml, "application/xml"),
    (QueryResultsFormat::Xml, "text/xml"),
];

/// Other names by which clients ask for the formats of triples. Some know only formats of rows whatever they ask, and yet read
/// triples as what they are said to be: rdflib's `SPARQLStore`.
const GRAPHS_TOO: [(Format, &str); 7] = [
    (Format::JsonLd, "application/json"),
    (Format::RdfXml, "application/xml"),
    (Format::RdfXml, "text/xml"),
    (Format::Turtle, "application/x-turtle"),
    (Format::NTriples, "text/plain"),
    (Format::Turtle, "application/sparql-results+json"),
    (Format::Turtle, "application/sparql-results+xml"),
];

/// The `Content-Type` of rows.
pub(crate) fn of_results(format: QueryResultsFormat) -> String {
    match format {
        QueryResultsFormat::Csv => "text/csv; charset=utf-8; header=present".to_owned(),
        QueryResultsFormat::Tsv => "text/tab-separated-values; charset=utf-8".to_owned(),
        format => format.media_type().to_owned(),
    }
}

/// The `Content-Type` of triples.
pub(crate) fn of_graph(format: Format) -> String {
    let known = GRAPHS.iter().find(|(known, _)| *known == format);
    match known.map_or("text/plain", |(_, media_type)| media_type) {
        text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
        other => other.to_owned(),
    }
}

/// The format of rows that a client wants most, if it takes any that there is.
pub(crate) fn wanted_results(accept: &Accept) -> Option<QueryResultsFormat> {
    accept.best(RESULTS.iter().chain(&RESULTS_TOO).copied())
}

/// The format of triples that a client wants most, if it takes any that there is.
pub(crate) fn wanted_graph(accept: &Accept) -> Option<Format> {
    accept.best(GRAPHS.iter().chain(&GRAPHS_TOO).copied())
}

/// Whether a client would rather have a page than any data: people do, with their browsers.
pub(crate) fn wants_page(accept: &Accept) -> bool {
    let data = RESULTS.iter().map(|(_, media_type)| media_type).chain(GRAPHS.iter().map(|(_, media_type)| media_type));
    accept.quality("text/html") > data.map(|media_type| accept.quality(media_type)).max().unwrap_or_default()
}

/// What a client takes: the field `Accept` (RFC 9110, section 12.5.1).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Accept {
    ranges: Vec<Range>,
}

/// A range of media types: `text/turtle`, `text/*` or `*/*`.
#[derive(Debug, Clone, PartialEq)]
struct Range {
    kind: String,
    subtype: String,
    /// How much it is wanted, from 0 (not at all) to 1000.
    quality: u16,
}

impl Accept {
    /// Reads a field. Where there is none, or none that can be read, the client takes anything.
    pub fn parse(field: Option<&str>) -> Self {
        let ranges: Vec<Range> = field.unwrap_or_default().split(',').filter_map(Range::parse).collect();
        let any = Range { kind: "*".to_owned(), subtype: "*".to_owned(), quality: 1000 };
        Self { ranges: if ranges.is_empty() { vec![any] } else { ranges } }
    }

    /// The best of what is there; among equals the first.
    pub fn best<T: Copy>(&self, there: impl IntoIterator<Item = (T, &'static str)>) -> Option<T> {
        let mut best = None;
        for (value, media_type) in there {
            let quality = self.quality(media_type);
            if quality > best.map_or(0, |(quality, _)| quality) {
                best = Some((quality, value));
            }
        }
        best.map(|(_, value)| value)
    }

    /// How much a media type is wanted: as the closest range says.
    pub fn quality(&self, media_type: &str) -> u16 {
        let (kind, subtype) = media_type.split_once('/').unwrap_or((media_type, ""));
        let close = |range: &&Range| match (&*range.kind, &*range.subtype) {
            ("*", _) => 1,
            (_, "*") => 2,
            _ => 3,
        };
        let fits = |range: &&Range| {
            range.kind == "*" || range.kind == kind && (range.subtype == "*" || range.subtype == subtype)
        };
        self.ranges.iter().filter(fits).max_by_key(close).map_or(0, |range| range.quality)
    }
}

impl Range {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, subtype) = match parts.next()? {
            // Some clients of Java say this for "anything".
            "*" => ("*", "*"),
            name => name.split_once('/')?,
        };
        let mut quality = 1000;
        for part in parts {
            if let Some((name, value)) = part.split_once('=')
                && name.trim().eq_ignore_ascii_case("q")
            {
                let value: f32 = value.trim().parse().ok().filter(|value| (0.0..=1.0).contains(value))?;
                quality = (value * 1000.0).round() as u16;
            }
        }
        Some(Self { kind: kind.to_ascii_lowercase(), subtype: subtype.to_ascii_lowercase(), quality })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(accept: &str) -> Option<&'static str> {
        wanted_results(&Accept::parse(Some(accept))).map(|format| format.media_type())
    }

    fn graph(accept: &str) -> Option<&'static str> {
        wanted_graph(&Accept::parse(Some(accept))).map(Format::name)
    }

    #[test]
    fn the_format_is_the_one_that_is_wanted_most() {
        assert_eq!(results("*/*"), Some("application/sparql-results+json"));
        assert_eq!(results("text/*"), Some("text/csv; charset=utf-8"));
        assert_eq!(
            results("text/csv;q=0.5, application/sparql-results+xml;q=0.9"),
            Some("application/sparql-results+xml")
        );
        assert_eq!(results("application/json"), Some("application/sparql-results+json"));
        assert_eq!(results("TEXT/CSV ; Q=1"), Some("text/csv; charset=utf-8"));
        assert_eq!(graph("application/rdf+xml, text/turtle;q=0.9"), Some("rdf"));
        assert_eq!(graph("text/plain"), Some("nt"));
        assert_eq!(graph("*"), Some("ttl"));
    }

    #[test]
    fn what_is_refused_is_not_given() {
        assert_eq!(results("image/png"), None);
        assert_eq!(results("*/*;q=0"), None);
        assert_eq!(results("*/*, application/sparql-results+json;q=0"), Some("application/sparql-results+xml"));
        assert_eq!(results("*/*;q=0.1, text/*;q=0.5"), Some("text/csv; charset=utf-8"));
    }

    #[test]
    fn browsers_get_pages_and_programs_get_data() {
        let page = |accept: &str| wants_page(&Accept::parse(Some(accept)));
        assert!(page("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
        assert!(page("text/html"));
        for data in ["*/*", "text/*", "text/turtle, text/html;q=0.5", "application/sparql-results+json, */*;q=0.1", ""]
        {
            assert!(!page(data), "{data}");
        }
    }

    #[test]
    fn who_says_nothing_takes_anything() {
        for accept in [None, Some(""), Some("nonsense"), Some("text/csv;q=many")] {
            assert!(wanted_results(&Accept::parse(accept)).is_some(), "{accept:?}");
        }
    }
}
