//! Which thing a reader means by a name: one way for the corpus and for the graph.

use crate::error::{Kind, StoreError};
use demarche_resolve::{Corpus, Key, fold};

/// How many candidates a message has.
const CANDIDATES: usize = 5;

/// A thing and what it is called.
#[derive(Debug, Clone)]
pub(crate) struct Called<'a, T> {
    /// What is found.
    pub thing: T,
    /// Its key (`person/joe-biden`), or its IRI where it has none.
    pub key: &'a str,
    /// The name that it goes by.
    pub name: &'a str,
    /// The other names in use.
    pub other_names: &'a [String],
}

/// The people of a corpus.
pub(crate) fn people(corpus: &Corpus) -> impl Iterator<Item = Called<'_, &Key>> {
    corpus.people.iter().map(|person| called(&person.key, &person.name, &person.other_names))
}

/// The people, bodies and places of a corpus.
pub(crate) fn everybody(corpus: &Corpus) -> impl Iterator<Item = Called<'_, &Key>> {
    let bodies = corpus.organizations.iter().map(|body| called(&body.key, &body.name, &body.other_names));
    let places = corpus.places.iter().map(|place| called(&place.key, &place.name, &place.other_names));
    people(corpus).chain(bodies).chain(places)
}

fn called<'a>(key: &'a Key, name: &'a str, other_names: &'a [String]) -> Called<'a, &'a Key> {
    Called { thing: key, key: key.as_str(), name, other_names }
}

/// How many articles tell of a person, body or place.
pub(crate) fn articles(corpus: &Corpus, key: &Key) -> usize {
    let members = corpus.person(key).map(|person| &person.members);
    let members = members.or_else(|| corpus.organization(key).map(|body| &body.members));
    let members = members.or_else(|| corpus.place(key).map(|place| &place.members));
    members.map_or(0, |members| corpus.source_count(members))
}

/// Finds by key (`person/joe-biden`, `joe-biden`), by name, whatever its case and accents, by another name in use, by the
/// end of a name (a surname), or by words that only its name has. The first of these ways that leads anywhere counts; of
/// several things that are called the same, the only person among them is meant.
///
/// # Errors
/// When nothing or more than one thing is meant. The message calls it a `kind` and has candidates, those that most
/// `articles` tell of first.
pub(crate) fn find<'a, T: Clone>(
    kind: &str,
    called: impl Iterator<Item = Called<'a, T>>,
    articles: impl Fn(&T) -> usize,
    asked: &str,
) -> Result<T, StoreError> {
    let folded = fold(asked);
    let known: Vec<Known<'a, T>> = called.map(Known::of).collect();
    let words: Vec<&str> = folded.split('-').collect();
    let ending = format!("-{folded}");
    type Way<'w, 'a, T> = &'w dyn Fn(&Known<'a, T>) -> bool;
    let by_key: Way<'_, 'a, T> = &|known| known.called.key == asked;
    let by_name: Way<'_, 'a, T> =
        &|known| known.own() == folded || known.folded.first().is_some_and(|name| *name == folded);
    let by_other_name: Way<'_, 'a, T> = &|known| known.folded.contains(&folded);
    let by_surname: Way<'_, 'a, T> = &|known| known.folded.iter().any(|name| name.ends_with(&ending));
    let by_words: Way<'_, 'a, T> =
        &|known| known.folded.iter().any(|name| words.iter().all(|word| name.split('-').any(|part| part == *word)));
    for way in [by_key, by_name, by_other_name, by_surname, by_words] {
        let found: Vec<&Known<'a, T>> = known.iter().filter(|known| way(known)).collect();
        let people: Vec<&Known<'a, T>> =
            found.iter().copied().filter(|known| known.called.key.starts_with("person/")).collect();
        match (&found[..], &people[..]) {
            ([], _) => {}
            ([only], _) | (_, [only]) => return Ok(only.called.thing.clone()),
            _ => return Err(several(asked, found.into_iter().map(|known| &known.called), articles)),
        }
    }
    let hint = hint(&known, asked);
    Err(Kind::Unknown(format!("no {kind} in the store is called {asked:?}; {hint}")).into())
}

/// Suggests keys of the corpus that are much like one that it does not have.
pub(crate) fn like_key(corpus: &Corpus, key: &Key) -> String {
    let of_kind = everybody(corpus).filter(|called| called.thing.kind() == key.kind());
    hint(&of_kind.map(Known::of).collect::<Vec<_>>(), key.as_str())
}

/// A thing whose names are folded, the one that it goes by first.
struct Known<'a, T> {
    called: Called<'a, T>,
    folded: Vec<String>,
}

impl<'a, T> Known<'a, T> {
    fn of(called: Called<'a, T>) -> Self {
        let folded =
            std::iter::once(called.name).chain(called.other_names.iter().map(String::as_str)).map(fold).collect();
        Self { called, folded }
    }

    /// What follows the kind in its key.
    fn own(&self) -> &str {
        self.called.key.rsplit('/').next().unwrap_or_default()
    }
}

/// More than one thing is meant.
pub(crate) fn several<'c, 'a: 'c, T: 'c>(
    asked: &str,
    found: impl Iterator<Item = &'c Called<'a, T>>,
    articles: impl Fn(&T) -> usize,
) -> StoreError {
    let mut candidates: Vec<(usize, String)> = found
        .map(|Called { thing, key, name, .. }| {
            let articles = articles(thing);
            let noun = if articles == 1 { "article" } else { "articles" };
            (articles, format!("{name} ({key}, {articles} {noun})"))
        })
        .collect();
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let more = match candidates.len().saturating_sub(CANDIDATES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let named: Vec<String> = candidates.into_iter().take(CANDIDATES).map(|(_, text)| text).collect();
    let message = format!("{asked:?} may be any of {}{more}: ask for one of these by its key", named.join(", "));
    Kind::Unknown(message).into()
}

/// Suggests what is much like that which was asked for, the likest first: names for a name, keys for a key.
fn hint<T>(known: &[Known<'_, T>], asked: &str) -> String {
    let (is_key, own) = asked.rsplit_once('/').map_or((false, asked), |(_, own)| (true, own));
    let own = fold(own);
    let likeness = |folded: &String| {
        let parts = folded.split('-').map(|part| strsim::jaro_winkler(part, &own));
        parts.fold(strsim::jaro_winkler(folded, &own), f64::max)
    };
    let mut similar: Vec<(f64, &str)> = known
        .iter()
        .map(|Known { called, folded }| {
            let likest = folded.iter().map(likeness).fold(0.0, f64::max);
            (likest, if is_key { called.key } else { called.name })
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        .collect();
    similar.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    similar.dedup_by_key(|(_, name)| *name);
    let similar: Vec<&str> = similar.into_iter().take(CANDIDATES).map(|(_, name)| name).collect();
    match &similar[..] {
        [] => "no name is like it".to_owned(),
        similar => format!("did you mean {}?", similar.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(things: &[(&str, &str, &[&str])], asked: &str) -> String {
        let others: Vec<Vec<String>> =
            things.iter().map(|(.., others)| others.iter().map(|name| (*name).to_owned()).collect()).collect();
        let called = things.iter().zip(&others).map(|((key, name, _), other_names)| Called {
            thing: *key,
            key,
            name,
            other_names,
        });
        find("thing", called, |key| key.len(), asked).map_or_else(|error| error.to_string(), str::to_owned)
    }

    #[test]
    fn names_are_found_by_what_people_write() {
        let things: [(&str, &str, &[&str]); 5] = [
            ("person/zoe-muller", "Zoë Müller", &["Z. Müller"]),
            ("person/jan-muller", "Jan Müller", &[]),
            ("person/george-washington", "George H. Washington", &[]),
            ("organization/jan-muller", "Jan Müller", &[]),
            ("place/washington", "Washington", &[]),
        ];
        let several = "\"Muller\" may be any of Jan Müller (organization/jan-muller, 23 articles), \
                       Jan Müller (person/jan-muller, 17 articles), Zoë Müller (person/zoe-muller, 17 articles): \
                       ask for one of these by its key";
        for (asked, told) in [
            ("zoe muller", "person/zoe-muller"),
            ("Z. Muller", "person/zoe-muller"),
            ("organization/jan-muller", "organization/jan-muller"),
            ("Jan Müller", "person/jan-muller"),
            ("Washington", "place/washington"),
            ("Washington, George", "person/george-washington"),
            ("Muller", several),
            ("Mueler", "no thing in the store is called \"Mueler\"; did you mean Jan Müller, Zoë Müller?"),
            (
                "person/jan-mueler",
                "no thing in the store is called \"person/jan-mueler\"; did you mean organization/jan-muller, person/jan-muller?",
            ),
            ("Xy", "no thing in the store is called \"Xy\"; no name is like it"),
        ] {
            assert_eq!(meant(&things, asked), told, "{asked}");
        }
    }
}
