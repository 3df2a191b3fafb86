//! The files of the page. They lie in `page/` and are part of the program.

use crate::api::{Kind, concepts};
use demarche_graph::vocabulary::dm;
use std::hash::Hasher;
use std::sync::LazyLock;

/// A file of the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asset {
    /// Its media type.
    pub content_type: &'static str,
    /// Its bytes.
    pub body: &'static [u8],
    /// Its content-security policy.
    pub policy: &'static str,
}

/// Nothing but what this server has, and no script or style inside of documents: what articles say can never run.
const STRICT: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The editor's library writes styles into the document; scripts are as strict there.
const EDITOR: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

impl Asset {
    /// What tells this version of the file from others.
    pub fn tag(&self) -> String {
        let mut hasher = std::hash::DefaultHasher::new();
        hasher.write(self.body);
        format!("\"{:016x}\"", hasher.finish())
    }
}

/// Names and contents of files in `page/`.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../page/", $name)))),*]
    };
}

const FILES: &[(&str, &[u8])] = files![
    "api.js",
    "app.js",
    "article.js",
    "charts.js",
    "corrections.js",
    "dom.js",
    "editor.css",
    "editor.js",
    "force.js",
    "graph_result.js",
    "home.js",
    "icon.svg",
    "lists.js",
    "marks.js",
    "meeting.js",
    "named.js",
    "network.js",
    "parts.js",
    "picture.js",
    "search.js",
    "shell.js",
    "statement.js",
    "still.js",
    "style.css",
    "theme.js",
    "timeline.js",
    "vendor/yasgui.min.css",
    "vendor/yasgui.min.js",
];

/// What the page shows besides things: parts of addresses.
const VIEWS: &[&str] = &[
    "",
    "articles",
    "bodies",
    "decisions",
    "meetings",
    "network",
    "people",
    "places",
    "search",
    "statements",
    "timeline",
];

/// A whole document: what a page adds to the head and its main part, in the shell that all pages have.
fn document(page: &str) -> String {
    let (head, main) = page.split_once(MAIN).unwrap_or((page, ""));
    include_str!("../page/shell.html").replacen(HEAD, head, 1).replacen(MAIN, main, 1)
}

/// Where the shell has what differs from page to page; the second also stands between the two in a page's own file.
const HEAD: &str = "<!-- head -->\n";
const MAIN: &str = "<!-- main -->\n";

/// The page that shows whatever its address names.
static INDEX: LazyLock<String> = LazyLock::new(|| document(include_str!("../page/index.html")));

/// The page on which to ask in SPARQL.
static QUERIES: LazyLock<String> = LazyLock::new(|| document(include_str!("../page/editor.html")));

/// The words of the ontology's schemes, for the page's scripts.
const VOCABULARY: &str = "vocabulary.js";

static WORDS: LazyLock<String> = LazyLock::new(|| {
    let list = |name: &str, scheme| format!("export const {name} = {};\n", serde_json::json!(concepts(scheme)));
    format!("// The words of the ontology.\n\n{}{}", list("STATUSES", dm::STATUSES), list("STANCES", dm::STANCES))
});

/// The file of a path: an asset, the editor, or the page that shows what the path names.
pub(crate) fn find(path: &str) -> Option<Asset> {
    let html = "text/html; charset=utf-8";
    let path = path.strip_prefix('/')?;
    if let Some(name) = path.strip_prefix("assets/") {
        let body = match FILES.iter().find(|(known, _)| *known == name) {
            Some((_, body)) => body,
            None if name == VOCABULARY => WORDS.as_bytes(),
            None => return None,
        };
        return Some(Asset { content_type: content_type(name), body, policy: STRICT });
    }
    if path == "editor" {
        return Some(Asset { content_type: html, body: QUERIES.as_bytes(), policy: EDITOR });
    }
    let shell = Asset { content_type: html, body: INDEX.as_bytes(), policy: STRICT };
    (VIEWS.contains(&path) || is_thing(path)).then_some(shell)
}

/// Whether a path is that of a thing: `/person/joe-biden`.
pub(crate) fn is_thing(path: &str) -> bool {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.split_once('/')
        .is_some_and(|(kind, name)| Kind::of_word(kind).is_some() && !name.is_empty() && !name.contains('/'))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_of_the_page_is_served() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("page");
        for name in ["", "vendor"] {
            for file in std::fs::read_dir(folder.join(name)).expect("the folder is there") {
                let file = file.expect("it can be read").path();
                let name = file.strip_prefix(&folder).expect("it lies there").to_string_lossy().into_owned();
                let known = FILES.iter().any(|(known, _)| *known == name);
                let has_own_way =
                    file.is_dir() || name.ends_with(".html") || name.ends_with("LICENSE") || name.ends_with("SOURCE");
                assert!(known || has_own_way, "{name} lies in page/ and is not served");
            }
        }
    }

    #[test]
    fn scripts_have_the_words_of_the_ontology() {
        let words = find("/assets/vocabulary.js").map(|asset| String::from_utf8_lossy(asset.body)).unwrap_or_default();
        assert!(words.contains("export const STATUSES = [\"held\",\"ongoing\","), "{words}");
        assert!(words.contains("export const STANCES = [\"") && words.contains("\"promise\""), "{words}");
    }

    #[test]
    fn things_and_views_have_the_page_and_nothing_else_has() {
        for path in ["/", "/people", "/person/joe-biden", "/article/3f9a", "/assets/app.js", "/editor"] {
            assert!(find(path).is_some(), "{path}");
        }
        for path in ["", "/no", "/person", "/person/a/b", "/assets/", "/assets/../Cargo.toml", "/tenure/4c1f"] {
            assert!(find(path).is_none(), "{path}");
        }
    }

    #[test]
    fn all_pages_have_one_shell() {
        for path in ["/", "/editor"] {
            let page = find(path).map(|asset| String::from_utf8_lossy(asset.body)).unwrap_or_default();
            for part in ["<!doctype html>", "<title>", "<nav id=\"nav\"", "<main id=\"main\"", "</html>"] {
                assert_eq!(page.matches(part).count(), 1, "{path}: {part}");
            }
            assert!(!page.contains("<!--"), "{path}");
        }
    }

    #[test]
    fn only_the_editor_may_write_styles_into_its_document() {
        for path in ["/", "/person/joe-biden", "/editor"] {
            let policy = find(path).map(|asset| asset.policy).unwrap_or_default();
            assert!(policy.starts_with("default-src 'self'") && !policy.contains("script-src"), "{path}");
            assert_eq!(policy.contains("unsafe"), path == "/editor", "{path}");
        }
    }
}
