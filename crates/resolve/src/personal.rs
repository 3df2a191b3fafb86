//! The parts of a personal name, and whether two names can be of one person.

use crate::fold::{fold, is_bare_surname};
use crate::spelling::{Likeness, likeness, same_consonants, skeleton};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const NICKNAMES: &str = include_str!("../../../data/names/nicknames.tsv");
const GIVEN_NAMES: [&str; 2] =
    [include_str!("../../../data/names/given_us.tsv"), include_str!("../../../data/names/given_world.tsv")];
const FAMILY_FIRST: &str = include_str!("../../../data/names/family_first.tsv");

/// Short forms and the given names that they stand for.
static SHORT_FORMS: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let lines = NICKNAMES.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(short, full)| (short, full.split(';').collect())).collect()
});

/// Family names of peoples that put them first.
static FAMILIES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| FAMILY_FIRST.lines().filter(|line| !line.starts_with('#')).collect());

/// Given names, folded.
static GIVEN: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let lines = GIVEN_NAMES.iter().flat_map(|table| table.lines()).filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split('\t').next()).map(fold).collect()
});

/// Whether a folded word is a given name, whatever else it may be.
pub(crate) fn is_given_name(word: &str) -> bool {
    GIVEN.contains(word) || SHORT_FORMS.contains_key(word)
}

/// A folded personal name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonalName {
    /// Given names and initials, in order; none for a bare surname.
    pub given: Vec<String>,
    /// Words of the surname, particles among them.
    pub family: Vec<String>,
    /// `jr`, `sr`, `ii` …
    pub suffix: Option<String>,
}

const SUFFIXES: [&str; 6] = ["jr", "sr", "ii", "iii", "iv", "junior"];

impl PersonalName {
    /// Takes a folded name apart.
    pub fn of(folded: &str) -> Self {
        let mut words: Vec<String> = folded.split('-').map(str::to_owned).collect();
        let is_suffix = |word: &String| SUFFIXES.contains(&word.as_str());
        let suffix = if words.len() > 1 && words.last().is_some_and(is_suffix) { words.pop() } else { None };
        let suffix = suffix.map(|word| if word == "junior" { "jr".to_owned() } else { word });
        if is_bare_surname(&words.join("-")) {
            return Self { given: Vec::new(), family: words, suffix };
        }
        if is_family_first(&words) {
            let given = words.split_off(1);
            return Self { given, family: words, suffix };
        }
        // "Ursula von der Leyen": from the first particle on, the words are the surname.
        let from = (1..words.len()).find(|&i| is_bare_surname(&words[i..].join("-"))).unwrap_or(words.len() - 1);
        let family = words.split_off(from);
        // "H.W." is one word after folding.
        let initials = |word: &String| word.len() == 2 && !word.contains(|c| "aeiouy".contains(c));
        let split = |word: String| match initials(&word) {
            true => word.chars().map(String::from).collect(),
            false => vec![word],
        };
        Self { given: words.into_iter().flat_map(split).collect(), family, suffix }
    }

    /// Whether it has no given name.
    pub fn is_bare(&self) -> bool {
        self.given.is_empty()
    }

    /// What all spellings of the surname have in common, and so the block of the name.
    pub fn block(&self) -> String {
        skeleton(self.family.last().map_or("", String::as_str))
    }
}

/// "Xi Jinping", "Kim Jong-un", "Moon Jae-in": the first word is a family name of East Asia, and the others are syllables as
/// its given names have them.
fn is_family_first(words: &[String]) -> bool {
    match words {
        [first, rest @ ..] if FAMILIES.contains(first.as_str()) && !rest.is_empty() => {
            match rest {
                // "Yoon Suk Yeol": one syllable each tells enough to allow for the endings that English words have too.
                [one, other] => [one, other].iter().all(|word| is_syllables(word, 2) || is_closed_syllable(word)),
                [one] => is_syllables(one, 2),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Whether a word is one syllable of romanised Korean or Vietnamese that ends as none of Chinese does: "yeol", "nam".
fn is_closed_syllable(word: &str) -> bool {
    ["l", "m", "t"].iter().any(|coda| word.strip_suffix(coda).is_some_and(|open| is_syllables(open, 1)))
}

/// Whether a word is at most so many syllables of romanised Chinese, Korean or Vietnamese.
fn is_syllables(word: &str, most: usize) -> bool {
    fn syllables(word: &str, left: usize) -> bool {
        const ONSETS: [&str; 27] = [
            "zh", "ch", "sh", "ph", "th", "kh", "ng", "nh", "hw", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k",
            "h", "j", "q", "x", "r", "z", "s", "",
        ];
        const CODAS: [&str; 5] = ["ng", "n", "k", "p", ""];
        if word.is_empty() {
            return true;
        }
        if left == 0 {
            return false;
        }
        for onset in ONSETS.iter().chain(&["c", "y", "w"]) {
            let Some(rest) = word.strip_prefix(onset) else { continue };
            let vowels = rest.bytes().take_while(|b| b"aeiouyw".contains(b)).count().min(3);
            for end in 1..=vowels {
                if CODAS.iter().any(|coda| rest[end..].strip_prefix(coda).is_some_and(|rest| syllables(rest, left - 1)))
                {
                    return true;
                }
            }
        }
        false
    }
    syllables(word, most)
}

/// Whether two names of one block can be of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// They cannot, and this is why.
    No(String),
    /// They can: how well the names agree, of 100, and how.
    Yes(u8, String),
}

/// How well two names agree. The figures are set so that what a reader would take for one name stands above 70 by itself.
pub(crate) fn agreement(a: &PersonalName, b: &PersonalName) -> Agreement {
    use Agreement::No;
    let compound = is_tail(&a.all(), b) || is_tail(&b.all(), a);
    let family = match (a.family.last(), b.family.last()) {
        (Some(x), Some(y)) => likeness(x, y),
        _ => None,
    };
    let Some(family) = family else { return No("the surnames differ".to_owned()) };
    if let (Some(x), Some(y)) = (&a.suffix, &b.suffix)
        && x != y
    {
        return No(format!("one is {x}., the other {y}."));
    }
    if a.is_bare() || b.is_bare() {
        let (bare, full) = if a.is_bare() { (a, b) } else { (b, a) };
        if bare.family.len() > 1 && bare.family != full.family && !compound {
            return No("the surnames differ".to_owned());
        }
        // "Salman" is the father of "Mohammed bin Salman".
        let is_father = |word: &String| matches!(word.as_str(), "bin" | "ibn" | "bint");
        if bare.family.len() == 1 && full.family.len() == 2 && full.family.first().is_some_and(is_father) {
            return No("the surnames differ".to_owned());
        }
        // A bare word says too little for its spelling to be forgiven as well.
        if family != Likeness::Same && bare.family.iter().all(|word| word.len() < 7) {
            return No("the surnames differ".to_owned());
        }
        let is_given = bare.family.len() == 1
            && is_given_name(&bare.family[0])
            && !(full.family == bare.family && FAMILIES.contains(bare.family[0].as_str()));
        return lowered(if is_given { 52 } else { 60 }, family, "the surname alone".to_owned());
    }
    if compound {
        return lowered(80, family, "one name is the end of the other".to_owned());
    }
    let (score, words) = match given(&a.given, &b.given) {
        Ok(found) => found,
        Err(why) => return No(why),
    };
    let score = if a.suffix == b.suffix { score } else { score.min(90) };
    lowered(score, family, words)
}

fn lowered(score: u8, family: Likeness, mut words: String) -> Agreement {
    let (less, how) = match family {
        Likeness::Same => (0, ""),
        Likeness::Transliterated => (3, "the surname transliterated otherwise"),
        Likeness::Transposed => (20, "two letters of the surname have changed places"),
        Likeness::Slip => (32, "the surname differs by one letter"),
    };
    if less > 0 {
        words = format!("{words}, {how}");
    }
    Agreement::Yes(score.saturating_sub(less), words)
}

impl PersonalName {
    fn all(&self) -> Vec<&str> {
        self.given.iter().chain(&self.family).map(String::as_str).collect()
    }
}

/// "López Obrador" is the end of "Andrés Manuel López Obrador"; but "Salman bin Abdulaziz" is the father of "Khalid bin Salman bin
/// Abdulaziz".
fn is_tail(short: &[&str], full: &PersonalName) -> bool {
    let full = full.all();
    let is_father = |word: &&str| matches!(*word, "bin" | "ibn" | "ben" | "bint" | "abu");
    short.len() >= 2
        && full.len() > short.len()
        && full.ends_with(short)
        && !is_father(&full[full.len() - short.len() - 1])
}

/// How well the given names agree, or why they do not.
fn given(a: &[String], b: &[String]) -> Result<(u8, String), String> {
    let (first, middle) = (first_given(&a[0], &b[0]), middles(&a[1..], &b[1..]));
    let (one, other) = (a.join(" "), b.join(" "));
    let Some((score, how)) = first else {
        // "J. Edgar Hoover", "W. Averell Harriman": the second name is the one in use.
        let initial_first =
            |x: &[String], y: &[String]| x.len() == 2 && x[0].len() == 1 && y.len() == 1 && x[1] == y[0];
        if initial_first(a, b) || initial_first(b, a) {
            return Ok((85, "an initial left out".to_owned()));
        }
        return Err(format!("the given names {} and {} differ", titled(&one), titled(&other)));
    };
    match middle {
        Middle::Equal if a.len() > 1 && score < 70 && (a[0].len() == 1 || b[0].len() == 1) => {
            Ok((score + 8, "the initials of both given names".to_owned()))
        }
        Middle::Equal => Ok((score, how)),
        Middle::Fits => Ok((score.saturating_sub(4), format!("{how}, the initials fit"))),
        Middle::OneHasMore => Ok((score.saturating_sub(15), format!("{how}, one name has a middle name more"))),
        Middle::Differ => Err(format!("the middle names of {} and {} differ", titled(&one), titled(&other))),
    }
}

/// A folded name with capitals.
fn titled(words: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    words.split(' ').filter(|word| !word.is_empty()).map(capital).collect::<Vec<_>>().join(" ")
}

fn first_given(a: &str, b: &str) -> Option<(u8, String)> {
    if a == b {
        return Some((97, "the same given name".to_owned()));
    }
    if a.len() == 1 || b.len() == 1 {
        return (a[..1] == b[..1]).then(|| (66, "the initial of the given name".to_owned()));
    }
    let stands_for = |short: &str, full: &str| SHORT_FORMS.get(short).is_some_and(|names| names.contains(&full));
    let shared = || {
        let (x, y) = (SHORT_FORMS.get(a)?, SHORT_FORMS.get(b)?);
        x.iter().find(|name| y.contains(name))
    };
    if stands_for(a, b) || stands_for(b, a) || shared().is_some() {
        return Some((90, format!("{} is short for {}", titled(a.min_len(b)), titled(a.max_len(b)))));
    }
    let like = likeness(a, b);
    if like != Some(Likeness::Transposed) && same_consonants(a, b) {
        return Some((86, "the given name transliterated otherwise".to_owned()));
    }
    match like? {
        Likeness::Same => None,
        Likeness::Transliterated => Some((92, "the given name transliterated otherwise".to_owned())),
        Likeness::Transposed => Some((77, "two letters of the given name have changed places".to_owned())),
        Likeness::Slip => Some((66, "the given name differs by one letter".to_owned())),
    }
}

/// The shorter and the longer of two words.
trait ByLength {
    fn min_len<'s>(&'s self, other: &'s str) -> &'s str;
    fn max_len<'s>(&'s self, other: &'s str) -> &'s str;
}

impl ByLength for str {
    fn min_len<'s>(&'s self, other: &'s str) -> &'s str {
        if (self.len(), self) <= (other.len(), other) { self } else { other }
    }

    fn max_len<'s>(&'s self, other: &'s str) -> &'s str {
        if (self.len(), self) <= (other.len(), other) { other } else { self }
    }
}

enum Middle {
    Equal,
    Fits,
    OneHasMore,
    Differ,
}

/// Each name in the shorter row has to fit that in its place in the longer.
fn middles(a: &[String], b: &[String]) -> Middle {
    if a == b {
        return Middle::Equal;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let fits = |x: &String, y: &String| {
        x == y || (x.len() == 1 || y.len() == 1) && x[..1] == y[..1] || likeness(x, y) == Some(Likeness::Transliterated)
    };
    if !short.iter().zip(long).all(|(name, other)| fits(name, other)) {
        return Middle::Differ;
    }
    // "George H. Bush" and "George H. W. Bush" fit; a row without any middle name tells less.
    if short.is_empty() { Middle::OneHasMore } else { Middle::Fits }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(folded: &str) -> PersonalName {
        PersonalName::of(folded)
    }

    fn score(a: &str, b: &str) -> Option<u8> {
        match agreement(&name(a), &name(b)) {
            Agreement::Yes(score, _) => Some(score),
            Agreement::No(_) => None,
        }
    }

    #[test]
    fn surnames_are_found() {
        for (folded, family) in [
            ("joe-biden", "biden"),
            ("joseph-r-biden-jr", "biden"),
            ("ursula-von-der-leyen", "von-der-leyen"),
            ("xi-jinping", "xi"),
            ("kim-jong-un", "kim"),
            ("moon-jae-in", "moon"),
            ("kim-darroch", "darroch"),
            ("lee-hamilton", "hamilton"),
            ("yoon-suk", "yoon"),
            ("yoon-suk-yeol", "yoon"),
            ("kim-wilson", "wilson"),
            ("putin", "putin"),
        ] {
            assert_eq!(name(folded).family.join("-"), family, "{folded}");
        }
        assert_eq!(name("george-hw-bush").given, ["george", "h", "w"]);
        assert_eq!(name("joe-biden").given, ["joe"]);
    }

    #[test]
    fn what_a_reader_takes_for_one_name_stands_above_70() {
        for (a, b) in [
            ("joe-biden", "joseph-r-biden-jr"),
            ("volodymyr-zelenskyy", "volodomir-zelensky"),
            ("andres-manuel-lopez-obrador", "lopez-obrador"),
            ("george-h-bush", "george-hw-bush"),
            ("muhammad-khan", "mohammed-khan"),
            ("bob-casey", "robert-casey"),
            ("vladimir-putin", "valdimir-putin"),
            ("yoon-suk", "yoon-suk-yeol"),
            ("gw-bush", "george-w-bush"),
        ] {
            assert!(score(a, b).is_some_and(|score| score >= 70), "{a} {b}: {:?}", score(a, b));
        }
    }

    #[test]
    fn what_can_be_two_people_does_not() {
        for (a, b) in [
            ("george-w-bush", "george-hw-bush"),
            ("joe-biden", "jill-biden"),
            ("joe-biden", "hunter-biden"),
            ("cale-smith-jr", "cale-smith-sr"),
            ("khalid-bin-hamad-bin-isa-amiri", "hamad-bin-isa-amiri"),
            ("valentina-orlova", "valentino-orlova"),
            ("rashid", "omar-bin-rashid"),
        ] {
            assert_eq!(score(a, b), None, "{a} {b}");
        }
        for (a, b) in [("biden", "joe-biden"), ("j-biden", "joe-biden"), ("lee", "ann-lee")] {
            assert!(score(a, b).is_some_and(|score| score < 70), "{a} {b}: {:?}", score(a, b));
        }
    }
}
