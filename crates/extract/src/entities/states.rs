//! States and well-known bodies: what the news calls them, and what they are.

use demarche_record::OrganizationKind;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A state (or a territory that acts like one in the news).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// ISO 3166-1 alpha-2 code.
    pub iso: &'static str,
    /// Item of Wikidata, "Q…".
    pub wikidata: &'static str,
    /// Usual short English name.
    pub name: &'static str,
    /// Other names.
    pub aliases: Vec<&'static str>,
    /// Adjective and names of its people, in the singular ("Polish", "Pole").
    pub demonyms: Vec<&'static str>,
    /// Capital and seat of government in their spellings; empty where the name of the state says it.
    pub capitals: Vec<&'static str>,
}

/// A body that the news names again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Usual name.
    pub name: &'static str,
    /// What sort.
    pub kind: OrganizationKind,
    /// Code of the state that it belongs to.
    pub state: Option<&'static str>,
    /// Item of Wikidata, "Q…".
    pub wikidata: Option<&'static str>,
    /// Whether it is a seat that stands for a head of state or government ("the Kremlin").
    pub is_seat: bool,
}

/// What a name from the gazetteer stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// A state by its name.
    State(&'static State),
    /// A state's people or what belongs to it ("Russian", "Russians").
    Demonym(&'static State),
    /// A capital.
    Capital(&'static State),
    /// A body.
    Body(&'static Body),
}

/// Names by their first word; longest first.
type Names = FxHashMap<&'static str, Vec<(Vec<&'static str>, Listed)>>;

struct Gazetteer {
    states: Vec<State>,
    bodies: Vec<Body>,
}

fn split(cell: &'static str) -> Vec<&'static str> {
    cell.split(';').filter(|s| !s.is_empty()).collect()
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let rows = |table: &'static str| table.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    let states = rows(include_str!("../../../../data/gazetteer/states.tsv")).map(|row| {
        let mut cells = row.split('\t');
        let mut cell = || cells.next().unwrap_or("");
        State {
            iso: cell(),
            wikidata: cell(),
            name: cell(),
            aliases: split(cell()),
            demonyms: split(cell()),
            capitals: split(cell()),
        }
    });
    Gazetteer {
        states: states.collect(),
        bodies: rows(include_str!("../../../../data/gazetteer/bodies.tsv")).map(body).collect(),
    }
});

/// Names of bodies beside the rows that they stand in.
static BODY_NAMES: LazyLock<Vec<(Vec<&'static str>, usize)>> = LazyLock::new(|| {
    let rows =
        include_str!("../../../../data/gazetteer/bodies.tsv").lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    rows.enumerate()
        .map(|(i, row)| {
            let mut cells = row.split('\t');
            let mut names = vec![cells.next().unwrap_or("")];
            names.extend(split(cells.next().unwrap_or("")));
            (names, i)
        })
        .collect()
});

fn body(row: &'static str) -> Body {
    let cells: Vec<&'static str> = row.split('\t').collect();
    let cell = |i: usize| cells.get(i).copied().unwrap_or("");
    let some = |s: &'static str| (!s.is_empty()).then_some(s);
    let kind = match cell(2) {
        "government" => OrganizationKind::Government,
        "international" => OrganizationKind::International,
        "media" => OrganizationKind::Media,
        "party" => OrganizationKind::Party,
        "company" => OrganizationKind::Company,
        _ => OrganizationKind::Other,
    };
    Body { name: cell(0), kind, state: some(cell(3)), wikidata: some(cell(4)), is_seat: cell(5) == "seat" }
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names::default();
    let mut add = |name: &'static str, what: Listed| {
        let words: Vec<&'static str> = pieces(name).collect();
        if let Some(&first) = words.first() {
            names.entry(first).or_default().push((words, what));
        }
    };
    for state in &GAZETTEER.states {
        add(state.name, Listed::State(state));
        state.aliases.iter().for_each(|alias| add(alias, Listed::State(state)));
        state.demonyms.iter().for_each(|demonym| add(demonym, Listed::Demonym(state)));
        state.capitals.iter().for_each(|capital| add(capital, Listed::Capital(state)));
    }
    for (row_names, i) in BODY_NAMES.iter() {
        row_names.iter().for_each(|name| add(name, Listed::Body(&GAZETTEER.bodies[*i])));
    }
    // No hash order gets out: each entry is sorted by itself. With equal names the earlier row wins.
    #[allow(clippy::iter_over_hash_type, reason = "each value is sorted by itself, whatever the order of the keys")]
    for entries in names.values_mut() {
        entries.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    names
});

/// The words of a name as the tokenizer cuts them: at spaces, around hyphens and before "'s".
pub fn pieces(name: &str) -> impl Iterator<Item = &str> {
    name.split(' ').flat_map(|word| {
        let hyphen = word.find('-').filter(|&i| i > 1 && i + 1 < word.len());
        match hyphen {
            Some(i) => vec![&word[..i], &word[i..=i], &word[i + 1..]],
            None => match word.strip_suffix(',') {
                Some(bare) => vec![bare, ","],
                None => vec![word],
            },
        }
    })
}

/// The longest listed name at the start of `words`, and how many words it has.
pub fn longest<'w>(words: impl Fn(usize) -> Option<&'w str>) -> Option<(usize, Listed)> {
    let first = words(0)?;
    if let Some(entries) = NAMES.get(first) {
        let found = entries.iter().find(|(name, _)| (1..name.len()).all(|i| words(i) == Some(name[i])));
        if let Some((name, what)) = found {
            return Some((name.len(), *what));
        }
    }
    // The plural of a demonym.
    let singular = first.strip_suffix('s')?;
    let people = NAMES.get(singular)?.iter().find(|(name, what)| name.len() == 1 && matches!(what, Listed::Demonym(_)));
    people.map(|(_, what)| (1, *what))
}

/// What a whole name stands for.
pub fn listed(name: &str) -> Option<Listed> {
    let words: Vec<&str> = pieces(name).collect();
    let (length, what) = longest(|i| words.get(i).copied())?;
    (length == words.len()).then_some(what)
}

/// The state with a code.
pub fn by_iso(iso: &str) -> Option<&'static State> {
    GAZETTEER.states.iter().find(|s| s.iso == iso)
}

impl Listed {
    /// The state that it is, belongs to, or is the capital of.
    pub fn state(self) -> Option<&'static State> {
        match self {
            Listed::State(state) | Listed::Demonym(state) | Listed::Capital(state) => Some(state),
            Listed::Body(body) => body.state.and_then(by_iso),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_known_by_name_alias_people_and_capital() {
        for (name, iso) in [
            ("Russia", "RU"),
            ("U.S.", "US"),
            ("Poles", "PL"),
            ("Guinea-Bissau", "GW"),
            ("Kyiv", "UA"),
            ("Kremlin", "RU"),
        ] {
            assert_eq!(listed(name).and_then(Listed::state).map(|s| s.iso), Some(iso), "{name}");
        }
        assert!(matches!(listed("South Sudan"), Some(Listed::State(s)) if s.iso == "SS"));
        assert!(matches!(listed("Russian"), Some(Listed::Demonym(_))));
        assert!(matches!(listed("Ottawa"), Some(Listed::Capital(_))));
        assert_eq!(listed("Springfield"), None);
    }

    #[test]
    fn every_row_of_the_gazetteer_is_whole() {
        assert!(GAZETTEER.states.len() > 190);
        for state in &GAZETTEER.states {
            assert!(state.iso.len() == 2 && state.wikidata.starts_with('Q') && !state.name.is_empty(), "{state:?}");
        }
    }
}
