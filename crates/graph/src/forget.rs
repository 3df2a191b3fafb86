//! Taking articles back by what their owner calls them.

use crate::error::{Kind, StoreError};
use crate::folder::Origin;
use crate::store::Store;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many articles a message suggests.
const SUGGESTIONS: usize = 3;

/// An article that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Forgotten {
    /// Path or URL, as it was given when the article was read.
    pub source: String,
    /// `doc:…`.
    pub id: String,
}

impl Store {
    /// Takes articles back: exactly what rested on them alone goes with [`Store::commit`]. Each is named by its path or URL
    /// as it was given, by the end of the path (`summit.txt`, `news/summit.txt`) or the beginning of its id (`doc:3f9a`)
    /// where only one article is meant. A path of which several versions were read means all of them. Either all go or
    /// none.
    ///
    /// # Errors
    /// When a name means no article or several; the message suggests some. When another process writes, or the disk fails.
    pub fn forget<S: AsRef<str>>(&mut self, names: &[S]) -> Result<Vec<Forgotten>, StoreError> {
        self.lock()?;
        let origins = self.origins()?;
        let mut found = BTreeSet::new();
        for name in names {
            for origin in meant(&origins, name.as_ref())? {
                found.insert(Forgotten { source: origin.source.clone(), id: origin.id.clone() });
            }
        }
        self.withdraw(found.iter().map(|article| article.id.as_str()))?;
        Ok(found.into_iter().collect())
    }
}

/// The articles that a name means.
fn meant<'a>(origins: &'a [Origin], name: &str) -> Result<Vec<&'a Origin>, StoreError> {
    let path = plain(name);
    let exact = |origin: &&Origin| {
        origin.id == name || plain(&origin.source) == path || origin.url.as_deref().is_some_and(|url| url == name)
    };
    let found: Vec<&Origin> = origins.iter().filter(exact).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let by_end =
        |origin: &Origin| plain(&origin.source).strip_suffix(path).is_some_and(|rest| rest.ends_with(['/', '\\']));
    let by_id = |origin: &Origin| name.len() >= "doc:".len() + 4 && origin.id.starts_with(name);
    let found: Vec<&Origin> = origins.iter().filter(|origin| by_end(origin) || by_id(origin)).collect();
    let mut by_source: BTreeMap<&str, &Origin> = BTreeMap::new();
    for origin in &found {
        by_source.insert(&origin.source, origin);
    }
    if by_source.len() > 1 {
        let mut named: Vec<String> =
            by_source.values().map(|origin| format!("{} ({})", origin.source, origin.id)).collect();
        let more = named.len().saturating_sub(SUGGESTIONS);
        named.truncate(SUGGESTIONS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!("{name:?} may be any of {}{more}: name one by its whole path or id", named.join(", "));
        return Err(Kind::Unknown(message).into());
    }
    if found.is_empty() {
        let message = format!("no article in the store is called {name:?}; {}", suggestion(origins, path));
        return Err(Kind::Unknown(message).into());
    }
    Ok(found)
}

/// A path without the parts that mean nothing.
fn plain(path: &str) -> &str {
    let mut path = path.trim();
    while let Some(rest) = path.strip_prefix("./") {
        path = rest;
    }
    path
}

fn suggestion(origins: &[Origin], name: &str) -> String {
    fn file(path: &str) -> &str {
        path.rsplit(['/', '\\']).next().unwrap_or(path)
    }
    let wanted = file(name).to_lowercase();
    let mut alike: Vec<(f64, &str)> = origins
        .iter()
        .map(|origin| {
            (strsim::normalized_levenshtein(&wanted, &file(&origin.source).to_lowercase()), origin.source.as_str())
        })
        .filter(|(alike, _)| *alike >= 0.6)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    alike.dedup();
    alike.truncate(SUGGESTIONS);
    match alike.is_empty() {
        true if origins.is_empty() => "the store is empty".to_owned(),
        true => "no path is like it".to_owned(),
        false => format!("did you mean {}?", alike.iter().map(|(_, path)| *path).collect::<Vec<_>>().join(", ")),
    }
}
