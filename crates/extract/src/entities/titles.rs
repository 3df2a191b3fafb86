//! Titles: offices, ranks, honorifics, professions and other words for people.

use super::Gender;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What sort of word a title is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleKind {
    /// "Mr.": says nothing of what somebody does.
    Honorific,
    /// "president".
    Office,
    /// "general".
    Rank,
    /// "journalist".
    Profession,
    /// "wife": of another person.
    Relation,
    /// "man".
    Person,
}

/// A word or phrase for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Title {
    /// In lower case, singular.
    pub phrase: &'static str,
    /// What sort.
    pub kind: TitleKind,
    /// The gender that the word tells.
    pub gender: Option<Gender>,
    /// Titles of one group can name the same person ("spokeswoman", "press secretary").
    pub group: &'static str,
}

/// Titles by their last word, longest first: the head of an English noun phrase stands last.
type Titles = FxHashMap<&'static str, Vec<(Vec<&'static str>, Title)>>;

static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    let table = include_str!("../../../../data/lexicon/titles.tsv");
    let mut titles = Titles::default();
    for row in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let mut cells = row.split('\t');
        let mut cell = || cells.next().unwrap_or("");
        let phrase = cell();
        let kind = match cell() {
            "honorific" => TitleKind::Honorific,
            "office" => TitleKind::Office,
            "rank" => TitleKind::Rank,
            "relation" => TitleKind::Relation,
            "person" => TitleKind::Person,
            _ => TitleKind::Profession,
        };
        let gender = match cell() {
            "m" => Some(Gender::Male),
            "f" => Some(Gender::Female),
            _ => None,
        };
        let title = Title { phrase, kind, gender, group: cell() };
        let words: Vec<&'static str> = super::states::pieces(phrase).collect();
        if let Some(&last) = words.last() {
            titles.entry(last).or_default().push((words, title));
        }
    }
    #[allow(clippy::iter_over_hash_type, reason = "each value is sorted by itself, whatever the order of the keys")]
    for entries in titles.values_mut() {
        entries.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    titles
});

/// The longest title whose last word is `word(0)`; `word(1)` is the one before it, and so on. Words are in lower case and
/// singular. Gives the number of words too.
pub fn ending<'w>(word: impl Fn(usize) -> Option<&'w str>) -> Option<(usize, Title)> {
    let entries = TITLES.get(word(0)?)?;
    let found = entries.iter().find(|(words, _)| words.iter().rev().enumerate().all(|(i, w)| word(i) == Some(w)));
    found.map(|(words, title)| (words.len(), *title))
}

/// The title that a single word is.
pub fn of_word(word: &str) -> Option<Title> {
    TITLES.get(word)?.iter().find(|(words, _)| words.len() == 1).map(|(_, title)| *title)
}

/// Whether two titles can be of one office: 3 the same words, 2 of one group, 1 one names a sort of the other, 0 no.
pub fn same_office(a: Title, b: Title) -> u32 {
    if a.phrase == b.phrase {
        return 3;
    }
    if a.group == b.group {
        return 2;
    }
    let (short, long) = if a.phrase.len() <= b.phrase.len() { (a, b) } else { (b, a) };
    let within = long.phrase.split([' ', '-']).any(|w| w == short.phrase);
    let vice =
        |t: Title| t.phrase.starts_with("vice") || t.phrase.starts_with("deputy") || t.phrase.starts_with("under");
    if within && vice(a) == vice(b) && !(short.phrase == "president" && long.phrase != "president-elect") {
        return 2;
    }
    const LEADERS: &[&str] = &[
        "president",
        "prime minister",
        "chancellor",
        "chief executive",
        "monarch",
        "prince",
        "leader",
        "supreme leader",
        "head of state",
        "governor",
        "dictator",
    ];
    let leader = |t: Title| LEADERS.contains(&t.group);
    let generic_leader =
        |t: Title| t.group == "leader" || t.phrase == "head of state" || t.phrase == "head of government";
    if generic_leader(a) && leader(b) || generic_leader(b) && leader(a) {
        return 1;
    }
    const HEADS: &[&str] = &["head", "director", "chair", "ceo", "commander"];
    if HEADS.contains(&a.group) && HEADS.contains(&b.group) {
        return 1;
    }
    let official = |t: Title| matches!(t.phrase, "official" | "diplomat" | "politician");
    let office = |t: Title| t.kind == TitleKind::Office;
    let lawmaker = |t: Title| matches!(t.group, "lawmaker" | "senator" | "representative");
    u32::from(official(a) && office(b) || official(b) && office(a) || lawmaker(a) && lawmaker(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_title_is_found() {
        let words = ["former", "deputy", "prime", "minister"];
        let (length, title) = ending(|i| words.iter().rev().nth(i).copied()).expect("a title");
        assert_eq!((length, title.phrase, title.kind), (3, "deputy prime minister", TitleKind::Office));
        assert_eq!(of_word("spokeswoman").and_then(|t| t.gender), Some(Gender::Female));
        assert_eq!(of_word("spokeswoman").map(|t| t.group), of_word("spokesperson").map(|t| t.group));
        assert!(of_word("table").is_none());
    }
}
