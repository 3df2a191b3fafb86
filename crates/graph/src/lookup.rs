//! Which thing of the corpus a reader means by a name.

use demarche_resolve::{Corpus, Key, Kind, fold};

/// What a name can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meant<'a> {
    /// One thing.
    One(&'a Key),
    /// Several, in the order in which they were given.
    Several(Vec<&'a Key>),
    /// Nothing; up to five names that are much like it, the likest first.
    Nothing(Vec<&'a str>),
}

/// A thing and what it is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Called<'a> {
    pub key: &'a Key,
    pub name: &'a str,
    pub other_names: &'a [String],
}

/// The people of a corpus.
pub(crate) fn people(corpus: &Corpus) -> impl Iterator<Item = Called<'_>> {
    corpus.people.iter().map(|person| Called { key: &person.key, name: &person.name, other_names: &person.other_names })
}

/// The people, bodies and places of a corpus.
pub(crate) fn everybody(corpus: &Corpus) -> impl Iterator<Item = Called<'_>> {
    let bodies = corpus.organizations.iter();
    let bodies = bodies.map(|body| Called { key: &body.key, name: &body.name, other_names: &body.other_names });
    let places = corpus.places.iter();
    let places = places.map(|place| Called { key: &place.key, name: &place.name, other_names: &place.other_names });
    people(corpus).chain(bodies).chain(places)
}

/// Finds by key (`person/joe-biden`, `joe-biden`), by name, whatever its case and accents, by another name in use, or
/// by the surname where only one bears it. A name wins over other names, these over surnames.
pub(crate) fn find<'a>(called: impl Iterator<Item = Called<'a>>, asked: &str) -> Meant<'a> {
    let called: Vec<Called> = called.collect();
    if let Some(found) = called.iter().find(|thing| thing.key.as_str() == asked) {
        return Meant::One(found.key);
    }
    let folded = fold(asked);
    let ending = format!("-{folded}");
    let names = |thing: &Called<'a>| std::iter::once(thing.name).chain(thing.other_names.iter().map(String::as_str));
    type Test<'t, 'a> = &'t dyn Fn(&Called<'a>) -> bool;
    let by_name: Test<'_, 'a> = &|thing| thing.key.name() == folded || fold(thing.name) == folded;
    let by_other_name: Test<'_, 'a> = &|thing| thing.other_names.iter().any(|name| fold(name) == folded);
    let by_surname: Test<'_, 'a> = &|thing| names(thing).any(|name| fold(name).ends_with(&ending));
    for test in [by_name, by_other_name, by_surname] {
        let found: Vec<&Key> = called.iter().filter(|thing| test(thing)).map(|thing| thing.key).collect();
        match found[..] {
            [] => {}
            [one] => return Meant::One(one),
            _ => {
                let mut people = found.iter().filter(|key| key.kind() == Kind::Person);
                return match (people.next(), people.next()) {
                    (Some(only), None) => Meant::One(only),
                    _ => Meant::Several(found),
                };
            }
        }
    }
    Meant::Nothing(similar(&called, &folded))
}

/// Up to five names that are much like the one asked for, the likest first.
fn similar<'a>(called: &[Called<'a>], asked: &str) -> Vec<&'a str> {
    let likeness = |folded: &str| {
        let parts = folded.split('-').map(|part| strsim::jaro_winkler(part, asked));
        parts.fold(strsim::jaro_winkler(folded, asked), f64::max)
    };
    let mut similar: Vec<(f64, &str)> = called
        .iter()
        .map(|thing| (likeness(thing.key.name()), thing.name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .collect();
    similar.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    similar.dedup_by_key(|(_, name)| *name);
    similar.into_iter().take(5).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(things: &[(&str, &str, &[&str])], asked: &str) -> String {
        let keys: Vec<Key> = things.iter().map(|(key, ..)| Key::parse(key).expect("a key")).collect();
        let others: Vec<Vec<String>> =
            things.iter().map(|(.., others)| others.iter().map(|name| (*name).to_owned()).collect()).collect();
        let called = things.iter().zip(&keys).zip(&others).map(|(((_, name, _), key), other_names)| Called {
            key,
            name,
            other_names,
        });
        match find(called, asked) {
            Meant::One(key) => key.to_string(),
            Meant::Several(keys) => keys.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(" | "),
            Meant::Nothing(similar) => format!("? {}", similar.join(", ")),
        }
    }

    #[test]
    fn names_are_found_by_what_people_write() {
        let things: [(&str, &str, &[&str]); 5] = [
            ("person/zoe-muller", "Zoë Müller", &["Z. Müller"]),
            ("person/jan-muller", "Jan Müller", &[]),
            ("person/george-washington", "George Washington", &[]),
            ("organization/jan-muller", "Jan Müller", &[]),
            ("place/washington", "Washington", &[]),
        ];
        for (asked, key) in [
            ("zoe muller", "person/zoe-muller"),
            ("Z. Muller", "person/zoe-muller"),
            ("organization/jan-muller", "organization/jan-muller"),
            ("Jan Müller", "person/jan-muller"),
            ("Washington", "place/washington"),
            ("Muller", "person/zoe-muller | person/jan-muller | organization/jan-muller"),
            ("Mueler", "? Jan Müller, Zoë Müller"),
            ("Xy", "? "),
        ] {
            assert_eq!(meant(&things, asked), key, "{asked}");
        }
    }
}
