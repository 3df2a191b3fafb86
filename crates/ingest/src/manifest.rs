//! Manifests: a table that says of many articles when and by whom they were published.

use crate::Error;
use crate::date::parse_date;
use demarche_record::{Basis, Published};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// What a manifest says of one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// When it was published.
    pub published: Option<Published>,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
    line: u64,
}

/// A manifest: CSV with a header or JSON Lines, with the fields `source`, `published`, `title`, `publisher`, `url`, of
/// which only `source` is needed. Sources are paths relative to the manifest's folder; other fields are ignored.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    rows: BTreeMap<PathBuf, Row>,
}

#[derive(Deserialize)]
struct RawRow {
    #[serde(default, alias = "file", alias = "path")]
    source: Option<String>,
    #[serde(default, alias = "date")]
    published: Option<String>,
    #[serde(default, alias = "headline")]
    title: Option<String>,
    #[serde(default)]
    publisher: Option<String>,
    #[serde(default)]
    url: Option<String>,
}

impl Manifest {
    /// Reads a manifest: JSON Lines if the file ends in `.jsonl`, `.ndjson` or `.json` or its first character is `{`,
    /// else CSV (tab-separated if it ends in `.tsv`).
    ///
    /// # Errors
    /// When the file cannot be read, and, with the line, when a row cannot be read, has no source, has a bad date or
    /// names a file that an earlier row named.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        let rows = match ending.as_str() {
            "jsonl" | "ndjson" | "json" => json_lines(text),
            "tsv" => comma_separated(text, b'\t'),
            _ if text.trim_start().starts_with('{') => json_lines(text),
            _ => comma_separated(text, b','),
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::from_rows(rows, folder).map_err(|(line, problem)| Error::Manifest {
            path: path.to_owned(),
            line,
            problem,
        })
    }

    /// What the manifest says of a file.
    pub fn row(&self, file: &Path) -> Option<&Row> {
        if self.rows.is_empty() {
            return None;
        }
        self.rows.get(&whereabouts(file))
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn from_rows(raw: impl Iterator<Item = Result<(u64, RawRow), Problem>>, folder: &Path) -> Result<Self, Problem> {
        let mut rows: BTreeMap<PathBuf, Row> = BTreeMap::new();
        for row in raw {
            let (line, row) = row?;
            let Some(source) = given(row.source) else {
                return Err((line, "no source; give the path of the article".to_owned()));
            };
            let published = given(row.published)
                .map(|date| parse_date(&date, Basis::Metadata))
                .transpose()
                .map_err(|error| (line, error.to_string()))?;
            let at = whereabouts(&folder.join(&source));
            if let Some(earlier) = rows.get(&at) {
                return Err((line, format!("{source:?} stands in line {} already; keep one of them", earlier.line)));
            }
            let (title, publisher, url) = (given(row.title), given(row.publisher), given(row.url));
            rows.insert(at, Row { published, title, publisher, url, line });
        }
        Ok(Self { rows })
    }
}

/// A line and what is wrong with it.
type Problem = (u64, String);

fn json_lines(text: &str) -> Box<dyn Iterator<Item = Result<(u64, RawRow), Problem>> + '_> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    Box::new(lines.map(|(number, line)| match serde_json::from_str(line) {
        Ok(row) => Ok((number, row)),
        Err(error) => Err((number, format!("{error}; write one JSON object a line"))),
    }))
}

fn comma_separated(text: &str, delimiter: u8) -> Box<dyn Iterator<Item = Result<(u64, RawRow), Problem>> + '_> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
    let known = match reader.headers() {
        Ok(headers) => headers.iter().any(|name| ["source", "file", "path"].contains(&name)),
        Err(error) => return Box::new(std::iter::once(Err(csv_problem(&error)))),
    };
    if !known {
        let problem = "no column source; the first line names the columns source,published,title,publisher,url";
        return Box::new(std::iter::once(Err((1, problem.to_owned()))));
    }
    let headers = reader.headers().cloned().unwrap_or_default();
    Box::new(reader.into_records().map(move |record| {
        let record = record.map_err(|error| csv_problem(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = record.deserialize(Some(&headers)).map_err(|error| (line, error.to_string()))?;
        Ok((line, row))
    }))
}

fn csv_problem(error: &csv::Error) -> Problem {
    let line = error.position().map_or(1, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            let hint = "put \"quotation marks\" around a field with a comma";
            (line, format!("{len} fields where the header has {expected_len}; {hint}"))
        }
        _ => (line, error.to_string()),
    }
}

fn given(field: Option<String>) -> Option<String> {
    field.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// One name for a file, however it is written: the canonical path if it exists, else the absolute path without `.`
/// and `..`.
fn whereabouts(path: &Path) -> PathBuf {
    if let Ok(canonical) = path.canonicalize() {
        return canonical;
    }
    let mut plain = PathBuf::new();
    for component in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn read(name: &str, text: &str) -> Result<(Manifest, tempfile::TempDir), String> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("news")).unwrap();
        fs::write(folder.path().join("news/a.txt"), "text").unwrap();
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let manifest = Manifest::read(&path)
            .map_err(|error| error.to_string().replace(&format!("{}/", folder.path().display()), ""))?;
        Ok((manifest, folder))
    }

    #[test]
    fn csv_and_json_lines_say_the_same() {
        let csv = "source,published,title,publisher,url,remark\nnews/a.txt,2021-06,\"Talks, then\",,https://example.org/a,x\n";
        let json = "{\"source\": \"./news/../news/a.txt\", \"published\": \"2021-06\", \"title\": \"Talks, then\", \
                    \"url\": \"https://example.org/a\", \"publisher\": null}\n\n{\"source\": \"news/absent.txt\"}\n";
        let tsv = "file\tdate\theadline\turl\nnews/a.txt\t2021-06\tTalks, then\thttps://example.org/a\n";
        for (name, text) in [("m.csv", csv), ("m.jsonl", json), ("m.tsv", tsv), ("m", json)] {
            let (manifest, folder) = read(name, text).unwrap();
            let row = manifest.row(&folder.path().join("news/./a.txt")).unwrap();
            assert_eq!(row.published.as_ref().unwrap().latest.as_deref(), Some("2021-06-30"));
            assert_eq!(row.title.as_deref(), Some("Talks, then"));
            assert_eq!((row.publisher.as_deref(), row.url.as_deref()), (None, Some("https://example.org/a")));
            assert_eq!(manifest.row(&folder.path().join("news/b.txt")), None);
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (name, text, expected) in [
            ("m.csv", "source,published\na.txt,2021\nb.txt,June\n", "m.csv:3: \"June\" is no date"),
            ("m.csv", "source,title\na.txt,Talks, then\n", "m.csv:2: 3 fields where the header has 2"),
            ("m.csv", "name,published\na.txt,2021\n", "m.csv:1: no column source"),
            ("m.csv", "source,title\na.txt,A\n./a.txt,B\n", "m.csv:3: \"./a.txt\" stands in line 2 already"),
            ("m.csv", "source,title\n,A\n", "m.csv:2: no source"),
            ("m.jsonl", "{\"source\": \"a.txt\"}\n{source: b.txt}\n", "m.jsonl:2: key must be a string"),
            ("m.jsonl", "{\"title\": \"A\"}\n", "m.jsonl:1: no source"),
        ] {
            let message = read(name, text).map(|_| ()).unwrap_err();
            assert!(message.starts_with(expected), "{message}");
        }
        assert!(matches!(Manifest::read(Path::new("no/such/manifest.csv")), Err(Error::Io { .. })));
    }
}
