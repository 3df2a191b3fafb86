//! States and bodies by their names.

use crate::fold::fold;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const STATES: &str = include_str!("../../../data/gazetteer/states.tsv");
const BODIES: &str = include_str!("../../../data/gazetteer/bodies.tsv");
const HOLDERS: &str = include_str!("../../../data/gazetteer/holders.tsv");

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

fn values(row: &[&'static str], column: usize) -> impl Iterator<Item = &'static str> {
    row.get(column).copied().unwrap_or_default().split(';').filter(|value| !value.is_empty())
}

/// Folded names and demonyms of states → ISO 3166-1 alpha-2 code.
static CODES: LazyLock<BTreeMap<String, &str>> = LazyLock::new(|| {
    let mut codes = BTreeMap::new();
    for row in rows(STATES) {
        for name in (2..=4).flat_map(|column| values(&row, column)) {
            codes.entry(fold(name)).or_insert(row[0]);
        }
    }
    for (word, code) in [("us", "US"), ("uk", "GB"), ("american", "US"), ("british", "GB")] {
        codes.entry(word.to_owned()).or_insert(code);
    }
    codes
});

/// Folded names and aliases of bodies → folded name, code of the state.
static KNOWN: LazyLock<BTreeMap<String, (String, &str)>> = LazyLock::new(|| {
    let mut known = BTreeMap::new();
    for row in rows(BODIES) {
        let state = row.get(3).copied().unwrap_or_default();
        for name in values(&row, 0).chain(values(&row, 1)) {
            known.entry(fold(name)).or_insert((fold(row[0]), state));
        }
    }
    known
});

/// IRIs of Wikidata → the name under which the gazetteer has the person, body or state.
static NAMES: LazyLock<BTreeMap<String, &str>> = LazyLock::new(|| {
    let of = |item: &str| format!("http://www.wikidata.org/entity/{item}");
    let mut names = BTreeMap::new();
    for (table, name, item) in [(HOLDERS, 0, 6), (BODIES, 0, 4), (STATES, 2, 1)] {
        for row in rows(table) {
            if let (Some(name), Some(item)) = (row.get(name), row.get(item).filter(|item| item.starts_with('Q'))) {
                names.entry(of(item)).or_insert(*name);
            }
        }
    }
    names
});

/// The name under which the gazetteer has what an IRI stands for.
pub(crate) fn name_of(iri: &str) -> Option<&'static str> {
    NAMES.get(iri).copied()
}

/// The code of a state by its folded name or demonym.
pub(crate) fn state(folded: &str) -> Option<&'static str> {
    CODES.get(folded).copied()
}

/// The name of a body in a form that its usual variants share, and the code of its state where the name or the gazetteer
/// tells it: "Russian Foreign Ministry" and "Ministry of Foreign Affairs of Russia" are both `affairs-foreign-ministry` of RU.
pub(crate) fn body(folded: &str) -> (String, Option<&'static str>) {
    let known = |name: &str| KNOWN.get(name).map(|(name, state)| (name.clone(), *state));
    if let Some((name, state)) = known(folded) {
        return (name, (!state.is_empty()).then_some(state));
    }
    let words: Vec<&str> = folded.split('-').collect();
    let mut found = None;
    for length in (1..=3.min(words.len().saturating_sub(1))).rev() {
        let (head, tail) = (&words[..length], &words[words.len() - length..]);
        let before_tail = words.get(words.len() - length - 1).copied();
        if let Some(code) = state(&head.join("-")) {
            found = Some((words[length..].to_vec(), code));
        } else if before_tail == Some("of")
            && words.len() > length + 1
            && let Some(code) = state(&tail.join("-"))
        {
            found = Some((words[..words.len() - length - 1].to_vec(), code));
        }
        if found.is_some() {
            break;
        }
    }
    let (words, code) = found.map_or((words, None), |(words, code)| (words, Some(code)));
    if let Some((name, state)) = known(&words.join("-")).filter(|(_, state)| code.is_none_or(|code| code == *state)) {
        return (name, code.or((!state.is_empty()).then_some(state)));
    }
    // What is said of a ministry in one order in English is said in another by its own state.
    let is_office = words.iter().any(|word| matches!(*word, "ministry" | "department" | "office" | "bureau"));
    let mut words: Vec<&str> = words
        .into_iter()
        .filter(|word| !is_office || !matches!(*word, "of" | "for" | "the" | "and"))
        .map(|word| if word == "defence" { "defense" } else { word })
        .collect();
    if is_office {
        words.retain(|word| *word != "affairs");
        words.sort_unstable();
    }
    (words.join("-"), code)
}

/// Words of which the names of bodies are made that every state has: alone they do not tell which state's.
const GENERIC: [&str; 44] = [
    "administration",
    "affairs",
    "agency",
    "agriculture",
    "army",
    "assembly",
    "bank",
    "cabinet",
    "central",
    "commission",
    "committee",
    "coast",
    "council",
    "court",
    "defense",
    "department",
    "economy",
    "education",
    "embassy",
    "energy",
    "finance",
    "foreign",
    "forces",
    "government",
    "guard",
    "health",
    "high",
    "interior",
    "intelligence",
    "justice",
    "legislature",
    "military",
    "ministry",
    "national",
    "navy",
    "office",
    "opposition",
    "parliament",
    "police",
    "president",
    "presidency",
    "security",
    "service",
    "supreme",
];

/// Whether a body's name says what it is and not whose.
pub(crate) fn is_generic(body: &str) -> bool {
    body.split('-').all(|word| GENERIC.contains(&word) || matches!(word, "of" | "for" | "the" | "and"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_have_states() {
        let parts = |name: &str| body(&fold(name));
        assert_eq!(parts("Russian Foreign Ministry"), ("foreign-ministry".to_owned(), Some("RU")));
        assert_eq!(parts("Ministry of Foreign Affairs of Russia"), ("foreign-ministry".to_owned(), Some("RU")));
        assert_eq!(parts("Foreign Ministry"), ("foreign-ministry".to_owned(), None));
        assert_eq!(parts("U.S. Department of State"), ("state-department".to_owned(), Some("US")));
        assert_eq!(parts("the State Department"), ("state-department".to_owned(), Some("US")));
        assert_eq!(parts("Acme Foods"), ("acme-foods".to_owned(), None));
        assert_eq!(parts("Bank of England").0, "bank-of-england");
    }

    #[test]
    fn identifiers_have_names() {
        assert_eq!(name_of("http://www.wikidata.org/entity/Q6279"), Some("Joe Biden"));
        assert_eq!(name_of("http://www.wikidata.org/entity/Q7184"), Some("NATO"));
        assert_eq!(name_of("http://www.wikidata.org/entity/Q1"), None);
    }

    #[test]
    fn some_names_do_not_tell_whose() {
        assert!(is_generic("foreign-ministry") && is_generic("parliament") && is_generic("council-of-ministry"));
        assert!(!is_generic("gazprom") && !is_generic("security-pact"));
    }
}
