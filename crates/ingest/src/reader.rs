//! From an input to an article.

use crate::date::{DateError, parse_date};
use crate::decode::{decode, warning};
use crate::{Error, Input, Manifest, front_matter};
use demarche_record::{Article, Basis, Published};
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// Turns inputs into articles, with what is known of them from outside.
#[derive(Debug, Clone)]
pub struct Reader {
    published: Option<Published>,
    manifest: Manifest,
    with_text: bool,
    limit: u64,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// A reader that knows nothing from outside, and takes articles of up to 16 MiB.
    pub fn new() -> Self {
        Self { published: None, manifest: Manifest::default(), with_text: false, limit: 16 << 20 }
    }

    /// The date of all articles, which goes before manifest and front matter. For the forms see [`parse_date`].
    ///
    /// # Errors
    /// When it is no date.
    pub fn published(mut self, date: &str) -> Result<Self, DateError> {
        self.published = Some(parse_date(date, Basis::Option)?);
        Ok(self)
    }

    /// A manifest, which goes before front matter.
    #[must_use]
    pub fn manifest(mut self, manifest: Manifest) -> Self {
        self.manifest = manifest;
        self
    }

    /// Whether the records of the articles shall carry the text.
    #[must_use]
    pub fn with_text(mut self, with_text: bool) -> Self {
        self.with_text = with_text;
        self
    }

    /// The largest article to be read, in bytes.
    #[must_use]
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limit = bytes;
        self
    }

    /// Reads an input.
    ///
    /// # Errors
    /// When it cannot be read, is larger than the limit or no text.
    pub fn read(&self, input: &Input) -> Result<Article, Error> {
        match input {
            Input::Stdin => {
                let path = Path::new("-");
                let bytes = self.bytes(std::io::stdin().lock(), path, None)?;
                self.article(path, bytes)
            }
            Input::File(path) => {
                let io = |source| Error::Io { path: path.clone(), source };
                let file = File::open(path).map_err(io)?;
                let size = file.metadata().map_err(io)?.len();
                let bytes = self.bytes(file, path, Some(size))?;
                self.article(path, bytes)
            }
        }
    }

    /// Makes an article of bytes that are at hand, as if they were the content of the file `path`.
    ///
    /// # Errors
    /// When they are more than the limit or no text.
    pub fn read_bytes(&self, path: &Path, bytes: &[u8]) -> Result<Article, Error> {
        let bytes = self.bytes(bytes, path, Some(bytes.len() as u64))?;
        self.article(path, bytes)
    }

    fn bytes(&self, reader: impl Read, path: &Path, size: Option<u64>) -> Result<Vec<u8>, Error> {
        let too_large = |size| Error::TooLarge { path: path.to_owned(), size, limit: self.limit };
        if let Some(size) = size.filter(|&size| size > self.limit) {
            return Err(too_large(size));
        }
        let mut bytes = Vec::new();
        // A pipe or a device tells no size: one byte beyond the limit shows that it is too large.
        reader
            .take(self.limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|source| Error::Io { path: path.to_owned(), source })?;
        if bytes.len() as u64 > self.limit {
            return Err(too_large(bytes.len() as u64));
        }
        Ok(bytes)
    }

    fn article(&self, path: &Path, bytes: Vec<u8>) -> Result<Article, Error> {
        let mut diagnostics = Vec::new();
        let text = decode(bytes, &mut diagnostics)
            .map_err(|reason| Error::Binary { path: path.to_owned(), reason: reason.0 })?;
        let (front, content) = front_matter::read(&text, &mut diagnostics);
        let body = text[content.clone()].trim_start();
        if body.is_empty() {
            diagnostics.push(warning("D0107", "there is no text in it".to_owned()));
        } else if looks_like_html(body) {
            let message = "this looks like HTML, whose tags are read as text; save the page as plain text";
            diagnostics.push(warning("D0106", message.to_owned()));
        }
        let row = self.manifest.row(path).cloned().unwrap_or_default();
        Ok(Article {
            source: source_of(path),
            title: row.title.or(front.title),
            publisher: row.publisher.or(front.publisher),
            url: row.url.or(front.url),
            published: self.published.clone().or(row.published).or(front.published).unwrap_or_default(),
            with_text: self.with_text,
            text,
            content,
            diagnostics,
        })
    }
}

fn looks_like_html(text: &str) -> bool {
    ["<!doctype html", "<html"]
        .iter()
        .any(|opening| text.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening)))
}

/// The path as it was given, without `./` and with the same separators on every system.
fn source_of(path: &Path) -> String {
    let plain: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    let plain = plain.to_string_lossy();
    if cfg!(windows) { plain.replace('\\', "/") } else { plain.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn option_goes_before_manifest_before_front_matter() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        fs::write(&file, "---\ntitle: Front\ndate: 2021-01-03\npublisher: The Front\n---\nText.").unwrap();
        let list = folder.path().join("manifest.csv");
        fs::write(&list, "source,published,title\na.md,2021-01-02,Listed\n").unwrap();
        let input = Input::File(file);
        let known = |reader: &Reader| {
            let article = reader.read(&input).unwrap();
            (article.published.value.unwrap(), article.published.basis, article.title.unwrap(), article.publisher)
        };
        let front = Some("The Front".to_owned());
        let reader = Reader::new();
        assert_eq!(known(&reader), ("2021-01-03".into(), Basis::Metadata, "Front".into(), front.clone()));
        let reader = reader.manifest(Manifest::read(&list).unwrap());
        assert_eq!(known(&reader), ("2021-01-02".into(), Basis::Metadata, "Listed".into(), front.clone()));
        let reader = reader.published("2021-01").unwrap();
        assert_eq!(known(&reader), ("2021-01".into(), Basis::Option, "Listed".into(), front));
        assert!(Reader::new().published("soon").is_err());
    }

    #[test]
    fn a_file_that_cannot_be_read_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        let input = Input::File(file.clone());
        assert!(matches!(Reader::new().read(&input), Err(Error::Io { .. })));
        fs::write(&file, b"a\0b").unwrap();
        assert!(matches!(Reader::new().read(&input), Err(Error::Binary { .. })));
        fs::write(&file, "long").unwrap();
        assert!(matches!(Reader::new().limit(3).read(&input), Err(Error::TooLarge { size: 4, limit: 3, .. })));
        assert_eq!(Reader::new().limit(4).read(&input).unwrap().text, "long");
    }

    #[test]
    fn a_file_has_one_name_however_it_is_given() {
        for (given, expected) in
            [("./a/./b.txt", "a/b.txt"), ("../a.txt", "../a.txt"), ("/x/a.txt", "/x/a.txt"), ("-", "-")]
        {
            assert_eq!(Reader::new().read_bytes(Path::new(given), b"Text").unwrap().source, expected);
        }
    }

    #[test]
    fn oddities_are_diagnostics() {
        let codes = |bytes: &[u8]| -> Vec<String> {
            let article = Reader::new().read_bytes(Path::new("a.txt"), bytes).unwrap();
            article.diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect()
        };
        assert_eq!(codes(b"---\ntitle: A\n---\n \n"), ["D0107"]);
        assert_eq!(codes(b"\n<!DOCTYPE HTML><p>Text"), ["D0106"]);
        assert!(codes(b"Text").is_empty());
    }
}
