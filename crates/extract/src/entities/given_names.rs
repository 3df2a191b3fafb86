//! Given names: which sex bears them, and their short forms.

use super::Gender;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

static GENDERS: LazyLock<FxHashMap<String, Gender>> = LazyLock::new(|| {
    let mut genders = FxHashMap::default();
    for table in
        [include_str!("../../../../data/names/given_world.tsv"), include_str!("../../../../data/names/given_us.tsv")]
    {
        for row in table.lines().filter(|l| !l.starts_with('#')) {
            if let Some((name, gender)) = row.split_once('\t') {
                let gender = if gender == "f" { Gender::Female } else { Gender::Male };
                genders.entry(deunicode::deunicode(name)).or_insert(gender);
            }
        }
    }
    genders
});

static NICKNAMES: LazyLock<FxHashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let table = include_str!("../../../../data/names/nicknames.tsv");
    let rows = table.lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t')).map(|(short, long)| (short, long.split(';').collect())).collect()
});

static FAMILY_FIRST: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let table = include_str!("../../../../data/names/family_first.tsv");
    table.lines().filter(|l| !l.starts_with('#')).collect()
});

/// The sex that nearly all bearers of a given name have; `name` in lower case without diacritics.
pub fn gender(name: &str) -> Option<Gender> {
    GENDERS.get(name).copied()
}

/// Whether it is a given name.
pub fn is_given(name: &str) -> bool {
    GENDERS.contains_key(name)
}

/// Whether a name is a family name of a people that puts it first; in lower case without diacritics.
pub fn is_family_first(name: &str) -> bool {
    FAMILY_FIRST.contains(name)
}

/// Whether one given name is a short form of the other, or both are of the same; lower case without diacritics.
pub fn same_but_short(a: &str, b: &str) -> bool {
    let stands_for = |short: &str, long: &str| NICKNAMES.get(short).is_some_and(|l| l.contains(&long));
    stands_for(a, b)
        || stands_for(b, a)
        || NICKNAMES
            .get(a)
            .is_some_and(|of_a| NICKNAMES.get(b).is_some_and(|of_b| of_a.iter().any(|n| of_b.contains(n))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_gender_where_they_do() {
        assert_eq!(gender("emily"), Some(Gender::Female));
        assert_eq!(gender("volodymyr"), Some(Gender::Male));
        assert_eq!(gender("łukasz"), None, "names are asked for without diacritics");
        assert_eq!(gender("lukasz"), Some(Gender::Male));
        assert!(same_but_short("joe", "joseph") && same_but_short("william", "bill") && !same_but_short("joe", "jane"));
    }
}
