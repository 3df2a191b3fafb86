//! From what a user names to a list of inputs.

use crate::Error;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Something to be read as an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input, named `-`.
    Stdin,
}

/// Endings of the files that are taken from a folder, in lower case.
const ENDINGS: [&str; 4] = ["txt", "text", "md", "markdown"];

/// Lists the inputs in the order given: a file as it is, whatever its ending; a folder as all the articles in it and
/// below, sorted by path, hidden ones left out; `-` as standard input. What is named twice stands once.
pub fn find<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Vec<Result<Input, Error>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for path in paths {
        let path = path.as_ref();
        if path == Path::new("-") {
            if seen.insert(path.to_owned()) {
                found.push(Ok(Input::Stdin));
            }
            continue;
        }
        let files = if path.is_dir() { files_in(path) } else { vec![Ok(path.to_owned())] };
        for file in files {
            match file {
                // A file that is not there is an error once it is read.
                Ok(file) => {
                    if seen.insert(file.canonicalize().unwrap_or_else(|_| file.clone())) {
                        found.push(Ok(Input::File(file)));
                    }
                }
                Err(error) => found.push(Err(error)),
            }
        }
    }
    found
}

fn files_in(folder: &Path) -> Vec<Result<PathBuf, Error>> {
    let entries = WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b"."));
    let mut files = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_article(entry.path()) => files.push(Ok(entry.into_path())),
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let source = std::io::Error::from(error);
                files.push(Err(Error::Io { path, source }));
            }
        }
    }
    if files.is_empty() {
        files.push(Err(Error::NoArticles { path: folder.to_owned() }));
    }
    files
}

fn is_article(path: &Path) -> bool {
    path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| {
        let ending = ending.to_ascii_lowercase();
        ENDINGS.contains(&ending.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(found: Vec<Result<Input, Error>>, folder: &Path) -> Vec<String> {
        found
            .into_iter()
            .map(|input| match input {
                Ok(Input::File(path)) => path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"),
                Ok(Input::Stdin) => "-".to_owned(),
                Err(error) => format!("error: {error}"),
            })
            .collect()
    }

    #[test]
    fn a_folder_is_its_articles_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        fs::create_dir_all(at.join("b/.hidden")).unwrap();
        for file in ["c.MD", "a.txt", "b/z.markdown", "b/y.text", "b/page.html", "b/.hidden/x.txt", ".x.txt", "m.csv"] {
            fs::write(at.join(file), "text").unwrap();
        }
        assert_eq!(names(find([at]), at), ["a.txt", "b/y.text", "b/z.markdown", "c.MD"]);
    }

    #[test]
    fn what_is_named_twice_stands_once() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        fs::write(at.join("a.txt"), "text").unwrap();
        fs::write(at.join("b.dat"), "text").unwrap();
        let given = [at.join("b.dat"), at.to_owned(), at.join("../").join(at.file_name().unwrap()).join("a.txt")];
        assert_eq!(names(find(given), at), ["b.dat", "a.txt"]);
        assert_eq!(find(["-", "-"]).len(), 1);
    }

    #[test]
    fn a_folder_without_articles_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(find([folder.path()])[..], [Err(Error::NoArticles { .. })]));
    }
}
