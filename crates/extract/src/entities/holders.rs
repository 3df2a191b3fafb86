//! Office-holders of the gazetteer among the article's people.
//!
//! An article on world politics need not say who the American president is. A person is recognised by the full name; by a
//! surname only when the article gives the office too, or when it is the uncommon surname of a leader or foreign minister
//! beside others who held office at the same time, the body or state is named, and no other role is given. What is known
//! from here is used to resolve "the Russian president", for gender and identifiers; it is never written as a role.

mod tenures;

use super::people::{nearly, parts, same_full};
use super::roles::{Office, Offices};
use super::states::{self, Listed};
use super::titles::{self, Title, same_office};
use super::{Entities, EntityId, Gender, given_names};
use crate::document::Document;
use demarche_record::OrganizationKind;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;
pub use tenures::{days_held, serves};

/// Somebody who held office.
struct Holder {
    name: &'static str,
    parts: Vec<String>,
    gender: Gender,
    wikidata: Option<&'static str>,
    tenures: Vec<Tenure>,
}

impl Holder {
    /// Whether the family name stands first: "Xi Jinping", "Lee Hsien Loong", but "Carrie Lam".
    fn is_family_first(&self) -> bool {
        self.tenures.iter().any(|t| match t.of {
            "CN" | "KP" | "KR" | "TW" => true,
            "HK" | "SG" => self.parts.len() > 2,
            _ => false,
        })
    }
}

/// One office of theirs. `from` and `until` are ISO days, months or years, as exactly as they are known: from the first
/// day of the one to the last day of the other. `until` is empty while the office lasts.
struct Tenure {
    title: Title,
    of: &'static str,
    from: &'static str,
    until: &'static str,
}

/// Whether an ISO date can lie before another or be the same; the coarser of the two says how closely they are compared.
fn no_later(a: &str, b: &str) -> bool {
    let length = a.len().min(b.len());
    a.as_bytes()[..length] <= b.as_bytes()[..length]
}

impl Tenure {
    fn covers(&self, day: &str) -> bool {
        no_later(self.from, day) && (self.until.is_empty() || no_later(day, self.until))
    }

    fn overlaps(&self, other: &Tenure) -> bool {
        let before_end = |from: &str, until: &str| until.is_empty() || no_later(from, until);
        before_end(other.from, self.until) && before_end(self.from, other.until)
    }

    fn state(&self) -> Option<&'static states::State> {
        states::by_iso(self.of).or_else(|| states::listed(self.of).and_then(Listed::state))
    }

    /// Whether an office that the article gives can be this one. A name that few bear is telling.
    fn is_told_by(&self, told: &Office, is_telling: bool, entities: &Entities) -> bool {
        let of_the_same = match told.of {
            // "President Putin", "Foreign Minister Lee" where the state is named, "spokesman Price" where the body is.
            None if self.is_prominent() => is_telling || self.is_in(entities),
            // Companies have vice presidents too.
            None if told.title.group == "vice president" && told.title.phrase == "vice president" => {
                entities.organizations.iter().all(|o| o.kind != OrganizationKind::Company)
            }
            None => self.entity(entities).is_some(),
            Some(of) if self.entity(entities) == Some(of) => true,
            Some(of) => entities.state_of(of).is_some_and(|s| self.state().is_some_and(|own| own.iso == s.iso)),
        };
        of_the_same && same_office(told.title, self.title) >= 2
    }

    /// Whether the holders of the office are named without saying who they are.
    fn is_prominent(&self) -> bool {
        const PROMINENT: &[&str] =
            &["president", "prime minister", "chancellor", "supreme leader", "leader", "foreign minister"];
        PROMINENT.contains(&self.title.group)
    }

    /// The state or body as an entity of the article, if it is named there.
    fn entity(&self, entities: &Entities) -> Option<EntityId> {
        match states::by_iso(self.of) {
            Some(state) => entities.state(state.iso),
            None => entities.organizations.iter().position(|o| o.listed == Some(self.of)).map(EntityId::Organization),
        }
    }

    /// Whether the article speaks of the state or body, or of what belongs to the state.
    fn is_in(&self, entities: &Entities) -> bool {
        self.entity(entities).is_some()
            || self.state().is_some_and(|s| {
                entities.places.iter().any(|p| p.country.as_deref() == Some(s.iso))
                    || entities.organizations.iter().any(|o| o.state.is_some_and(|of| of.iso == s.iso))
            })
    }
}

static HOLDERS: LazyLock<Vec<Holder>> = LazyLock::new(|| {
    let mut holders: Vec<Holder> = Vec::new();
    let table = include_str!("../../../../data/gazetteer/holders.tsv");
    for row in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let mut cells = row.split('\t');
        let mut cell = || cells.next().unwrap_or("");
        let (name, gender, title, of, from, until, wikidata) = (cell(), cell(), cell(), cell(), cell(), cell(), cell());
        let words: Vec<&str> = title.split(' ').collect();
        let found = titles::ending(|back| words.len().checked_sub(back + 1).map(|i| words[i]));
        // The whole of it: a deputy is no minister.
        let Some((_, title)) = found.filter(|(length, _)| *length == words.len()) else { continue };
        let tenure = Tenure { title, of, from, until };
        match holders.iter_mut().find(|h| h.name == name) {
            Some(holder) => holder.tenures.push(tenure),
            None => holders.push(Holder {
                name,
                parts: parts(name),
                gender: if gender == "f" { Gender::Female } else { Gender::Male },
                wikidata: (!wikidata.is_empty()).then_some(wikidata),
                tenures: vec![tenure],
            }),
        }
    }
    holders
});

static COMMON_SURNAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../../data/names/common_surnames.tsv").lines().filter(|l| !l.starts_with('#')).collect()
});

/// Whether a word is the surname of an office-holder; as it is written, with its capital.
pub fn is_surname(word: &str) -> bool {
    let [part] = &parts(word)[..] else { return false };
    // Words and names that as such, without a given name, tell nothing ("Fox", "Hunt", "The Hague").
    const AMBIGUOUS: &[&str] = &[
        "barrow", "cook", "english", "fox", "hague", "holder", "hunt", "lagos", "lake", "little", "lugo", "power",
        "santos", "sessions", "snow", "straw", "toledo", "waltz",
    ];
    word.starts_with(char::is_uppercase)
        && part.len() >= 4
        && !AMBIGUOUS.contains(&part.as_str())
        && titles::of_word(part).is_none()
        && states::listed(word).is_none()
        && HOLDERS.iter().any(|h| h.parts.len() > 1 && h.parts.last() == Some(part))
}

/// The full name, taken apart, and the gender of the one who held an office of that title on a day under a surname; on any day
/// where none is given.
pub fn in_office(surname: &str, title: Title, day: Option<&str>) -> Option<(&'static [String], Gender)> {
    let held = |h: &&Holder| {
        h.parts.len() > 1
            && h.parts.last().is_some_and(|last| last == surname)
            && h.tenures.iter().any(|t| day.is_none_or(|day| t.covers(day)) && same_office(title, t.title) >= 2)
    };
    let mut holders = HOLDERS.iter().filter(held);
    let holder = holders.next().filter(|_| holders.next().is_none())?;
    Some((&holder.parts, holder.gender))
}

/// Recognises office-holders and adds what is known of them to the people and their offices.
pub fn recognise(document: &Document, entities: &mut Entities, offices: &mut Offices) {
    let day = document.article.published.value.as_deref();
    let names: Vec<Vec<String>> = entities.people.iter().map(|p| parts(&p.name)).collect();
    let mut known: Vec<Option<&Holder>> = vec![None; names.len()];
    for (i, name) in names.iter().enumerate() {
        // "Elizabeth" alone is not Elizabeth II, nor is "Francis" the pope.
        let fits = |h: &&Holder| match h.parts.len() {
            1 => h.name.contains(' ') && h.name == entities.people[i].name,
            _ => h.parts == *name || same_full(&h.parts, name),
        };
        let agrees = |h: &&Holder| entities.people[i].gender.is_none_or(|g| g == h.gender);
        // Word by word the same, before what may be a shorter form of two ("George W. Bush", "George H. W. Bush").
        let only = |fits: &dyn Fn(&&Holder) -> bool| {
            let mut fitting = HOLDERS.iter().filter(fits);
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let same = only(&|h| h.parts.len() > 1 && h.parts == *name);
        known[i] = same.or_else(|| only(&fits)).filter(agrees);
    }
    // Surnames with the office, then surnames in the company of others.
    for by_office in [true, false] {
        for (i, name) in names.iter().enumerate() {
            let [surname] = name.as_slice() else { continue };
            if known[i].is_some() || surname.len() < 2 {
                continue;
            }
            let is_common = COMMON_SURNAMES.contains(surname.as_str());
            let bears = |h: &&Holder| {
                let last = h.parts.last().is_some_and(|l| l == surname || surname.len() >= 6 && nearly(l, surname));
                last || h.parts.len() > 1 && h.is_family_first() && h.parts[0] == *surname
            };
            // A family name that is a given name too ("Li") tells no gender.
            let gender = entities.people[i].gender.filter(|g| given_names::gender(surname) != Some(*g));
            let agrees = |h: &&Holder| gender.is_none_or(|g| g == h.gender);
            let in_office = |h: &&Holder| day.is_none_or(|day| h.tenures.iter().any(|t| t.covers(day)));
            let fits = |h: &&Holder| {
                if by_office {
                    let mut held = h.tenures.iter().filter(|t| day.is_none_or(|day| t.covers(day)));
                    held.any(|t| offices[i].iter().any(|told| t.is_told_by(told, !is_common, entities)))
                } else {
                    let together =
                        |other: &Holder| other.tenures.iter().any(|o| h.tenures.iter().any(|t| t.overlaps(o)));
                    offices[i].is_empty()
                        && surname.len() >= 4
                        && !is_common
                        && in_office(h)
                        && h.tenures.iter().any(|t| t.is_prominent() && t.is_in(entities))
                        && known.iter().flatten().any(|other| together(other))
                        && known.iter().flatten().all(|other| other.name != h.name)
                }
            };
            let candidates: Vec<&Holder> = HOLDERS.iter().filter(|h| bears(h) && agrees(h) && fits(h)).collect();
            if let [holder] = candidates.as_slice() {
                known[i] = Some(holder);
            }
        }
    }
    for (i, holder) in known.iter().enumerate() {
        let Some(holder) = holder else { continue };
        let person = &mut entities.people[i];
        person.gender = Some(holder.gender);
        person.wikidata = holder.wikidata;
        if holder.parts.len() > names[i].len() && holder.parts.ends_with(&names[i])
            || names[i].len() == 1 && holder.parts.len() > 1
        {
            person.name = holder.name.to_owned();
            // Called by the given name too ("Thank you, Karine").
            let given = (0..names.len())
                .find(|&k| k != i && names[k].len() == 1 && names[k][0] == holder.parts[0] && offices[k].is_empty());
            if let Some(k) = given {
                for mention in &mut entities.mentions {
                    for id in mention.entities.iter_mut().filter(|id| **id == EntityId::Person(k)) {
                        *id = EntityId::Person(i);
                    }
                }
            }
        }
        // Without a date the office that somebody is best known for.
        let held = holder.tenures.iter().enumerate().filter(|(k, t)| day.map_or(*k == 0, |day| t.covers(day)));
        for (_, tenure) in held {
            offices[i].push(Office { title: tenure.title, of: tenure.entity(entities), told: false });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// The rows of the table, cell by cell.
    fn rows() -> Vec<Vec<&'static str>> {
        let table = include_str!("../../../../data/gazetteer/holders.tsv");
        table.lines().filter(|l| !l.starts_with('#')).map(|row| row.split('\t').collect()).collect()
    }

    /// A date of `YYYY`, `YYYY-MM` or `YYYY-MM-DD` as days of a calendar of 31-day months: its first and its last day.
    fn span(date: &str) -> Option<(i32, i32)> {
        let numbers: Vec<i32> = date.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
        let widths = date.split('-').map(str::len);
        let ordinal = |year, month, day| (year * 12 + month - 1) * 31 + day;
        let is_whole = widths.eq([4, 2, 2].into_iter().take(numbers.len()))
            && numbers.get(1).is_none_or(|m| (1..=12).contains(m))
            && numbers.get(2).is_none_or(|d| (1..=31).contains(d));
        match *numbers.as_slice() {
            [year] if is_whole => Some((ordinal(year, 1, 1), ordinal(year, 12, 31))),
            [year, month] if is_whole => Some((ordinal(year, month, 1), ordinal(year, month, 31))),
            [year, month, day] if is_whole => Some((ordinal(year, month, day), ordinal(year, month, day))),
            _ => None,
        }
    }

    #[test]
    fn every_row_is_well_formed_and_read() {
        let rows = rows();
        assert!(rows.len() >= 480, "{} tenures", rows.len());
        assert_eq!(HOLDERS.iter().map(|h| h.tenures.len()).sum::<usize>(), rows.len(), "a title is unknown");
        for row in &rows {
            let [name, gender, _, of, from, until, wikidata] = row[..] else { panic!("seven cells: {row:?}") };
            assert!(!name.is_empty() && name == name.trim() && matches!(gender, "m" | "f"), "{row:?}");
            assert!(states::by_iso(of).is_some() || states::listed(of).is_some() || of == "SU", "{row:?}");
            let (first, _) = span(from).unwrap_or_else(|| panic!("no date: {row:?}"));
            let last = if until.is_empty() { i32::MAX } else { span(until).unwrap_or_else(|| panic!("{row:?}")).1 };
            assert!(first < last, "it ends before it begins: {row:?}");
            let digits = wikidata.strip_prefix('Q').unwrap_or("");
            assert!(wikidata.is_empty() || digits.parse::<u32>().is_ok_and(|n| n > 0), "{row:?}");
        }
    }

    #[test]
    fn no_row_stands_twice_and_an_identifier_is_of_one_person() {
        let mut seen = BTreeSet::new();
        let (mut names, mut genders) = (BTreeMap::new(), BTreeMap::new());
        for row in rows() {
            assert!(seen.insert(row[..6].to_vec()), "twice: {row:?}");
            assert_eq!(*genders.entry(row[0]).or_insert(row[1]), row[1], "{row:?}");
            if !row[6].is_empty() {
                assert_eq!(*names.entry(row[6]).or_insert(row[0]), row[0], "{row:?}");
            }
        }
    }

    #[test]
    fn an_office_of_one_holder_is_held_by_one_at_a_time() {
        // Offices that several hold at once, or that the table lists under one title for different posts.
        const SHARED: &[&str] = &[
            "aide",
            "ambassador",
            "deputy foreign minister",
            "deputy secretary",
            "diplomat",
            "envoy",
            "general",
            "leader",
            "minister",
            "spokesperson",
        ];
        let title = |phrase: &str| {
            let words: Vec<&str> = phrase.split(' ').collect();
            let found = titles::ending(|back| words.len().checked_sub(back + 1).map(|i| words[i]));
            found.expect("another test says so").1
        };
        let rows = rows();
        let mut at_once = String::new();
        for (i, a) in rows.iter().enumerate() {
            for b in rows[..i].iter().filter(|b| a[0] != b[0] && a[3] == b[3]) {
                let group = title(a[2]).group;
                if group != title(b[2]).group || SHARED.contains(&group) {
                    continue;
                }
                // The shortest that the two can have been: a month or a year counts for no overlap in itself.
                let begin = |row: &[&str]| span(row[4]).expect("another test says so").1;
                let end = |row: &[&str]| if row[5].is_empty() { i32::MAX } else { span(row[5]).expect("a date").0 };
                let days = end(a).min(end(b)) - begin(a).max(begin(b));
                if days > 3 {
                    at_once += &format!("{days} days:\n{a:?}\n{b:?}\n");
                }
            }
        }
        assert!(at_once.is_empty(), "{at_once}");
    }

    #[test]
    fn the_rows_of_a_person_stand_together() {
        let rows = rows();
        let mut left = BTreeSet::new();
        for pair in rows.windows(2).filter(|pair| pair[0][0] != pair[1][0]) {
            assert!(left.insert(pair[0][0]), "{} stands in two places", pair[0][0]);
        }
    }

    #[test]
    fn a_tenure_covers_its_days() {
        let merkel = HOLDERS.iter().find(|h| h.name == "Angela Merkel").expect("she is listed");
        assert!(merkel.tenures[0].covers("2021-12-08") && !merkel.tenures[0].covers("2021-12-09"));
    }

    #[test]
    fn a_month_or_a_year_counts_from_its_first_to_its_last_day() {
        let (_, title) = titles::ending(|back| ["spokesman"].get(back).copied()).expect("a title");
        let tenure = Tenure { title, of: "US", from: "2021-04", until: "2023" };
        for (day, covered) in [
            ("2021-03-31", false),
            ("2021-04-01", true),
            ("2023-12-31", true),
            ("2024-01-01", false),
            ("2021", true),
            ("2020", false),
        ] {
            assert_eq!(tenure.covers(day), covered, "{day}");
        }
    }
}
