//! Which names are one person's: full names, surnames, short forms and spellings of one article brought together.

use super::names::{Name, Named};
use super::titles::{Title, TitleKind};
use super::words::Words;
use super::{Gender, given_names, holders};
use crate::document::Document;
use demarche_nlp::Tag;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The names of one person in the article.
#[derive(Debug, Clone, Default)]
pub struct Cluster {
    /// The fullest name.
    pub name: String,
    /// Gender, from titles and given names.
    pub gender: Option<Gender>,
    /// Where it is named, in order.
    pub mentions: Vec<Range<usize>>,
    parts: Vec<String>,
}

/// A name taken apart: lower case, without diacritics, hyphens as spaces, without "Jr.".
pub fn parts(name: &str) -> Vec<String> {
    let folded = deunicode::deunicode(name).to_lowercase().replace(['-', '.', ','], " ").replace(['\'', '`'], "");
    let mut parts: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
    while parts.len() > 1 && parts.last().is_some_and(|p| matches!(p.as_str(), "jr" | "sr" | "ii" | "iii" | "iv")) {
        parts.pop();
    }
    parts
}

const PARTICLES: &[&str] = &[
    "al", "el", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "van", "von", "der", "den", "bin", "ibn",
    "ul", "abu", "ben", "of",
];

/// The same but for a transliteration or a slip of the pen; short words must be equal.
pub fn nearly(a: &str, b: &str) -> bool {
    let length = a.len().min(b.len());
    a == b
        || length >= 5
            && a.as_bytes()[0] == b.as_bytes()[0]
            && strsim::osa_distance(a, b) <= if length >= 8 { 2 } else { 1 }
}

/// Whether two given names can be one person's.
fn given_fits(a: &str, b: &str) -> bool {
    let initial = |short: &str, long: &str| short.len() == 1 && long.starts_with(short);
    nearly(a, b)
        || initial(a, b)
        || initial(b, a)
        || given_names::same_but_short(a, b)
        || a.len() >= 6 && strsim::osa_distance(a, b) <= 2 && a.as_bytes()[0] == b.as_bytes()[0]
}

/// Whether two full names (two parts or more) are one person's.
pub fn same_full(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let solid = |p: &[String]| p.iter().filter(|w| !PARTICLES.contains(&w.as_str())).cloned().collect::<Vec<_>>();
    let (short, long) = (solid(short), solid(long));
    let (Some(last_short), Some(last_long)) = (short.last(), long.last()) else { return false };
    if short.len() < 2 || long.len() < 2 || !nearly(last_short, last_long) {
        return false;
    }
    // "George W." and "George H. W." are two: who uses a second initial uses the same one.
    let is_initial = |word: &String| word.len() == 1;
    if short.len() > 2 && is_initial(&short[1]) && is_initial(&long[1]) && short[1] != long[1] {
        return false;
    }
    // The names before the surname, in order, in the longer one. The first ones must fit, unless a middle name is used.
    let mut rest = long[..long.len() - 1].iter();
    let in_order = short[..short.len() - 1].iter().all(|given| rest.any(|other| given_fits(given, other)));
    // "Edgar Hoover" is J. Edgar Hoover, but Boris Johnson is not Lyndon B. Johnson: a name is no middle initial.
    let is_middle =
        |given: &String| long[1..long.len() - 1].iter().any(|other| other.len() > 1 && given_fits(given, other));
    if !given_fits(&short[0], &long[0]) && !is_middle(&short[0]) {
        return false;
    }
    in_order && (last_short == last_long || short[0] == long[0] || given_fits(&short[0], &long[0]))
}

/// How well a part of a name fits a full name: 3 surname, 2 family name that stands first (East Asia), 1 a spelling of
/// the surname, 0 given name.
fn fit(part: &[String], full: &[String]) -> Option<u8> {
    if full.len() < 2 {
        return None;
    }
    let solid: Vec<&String> = part.iter().filter(|w| !PARTICLES.contains(&w.as_str())).collect();
    let [one] = solid.as_slice() else {
        return (full.len() > part.len() && full.ends_with(part)).then_some(3);
    };
    let last = &full[full.len() - 1];
    if one == &last {
        return Some(3);
    }
    if one == &&full[0] && part.len() == 1 {
        let eastern = !given_names::is_given(&full[0])
            || matches!(full[0].as_str(), "kim" | "lee" | "moon" | "park" | "xi" | "wang" | "li" | "chen");
        return Some(if eastern { 2 } else { 0 });
    }
    // A surname of two words may be used by its first ("Garcia Marquez").
    if full.len() >= 3 && one == &&full[full.len() - 2] && !given_names::is_given(one) && one.len() > 2 {
        return Some(1);
    }
    (one.len() >= 6 && nearly(one, last)).then_some(1)
}

/// A name in the document with what stands around it.
struct Form {
    tokens: Range<usize>,
    text: String,
    parts: Vec<String>,
    gender: Option<Gender>,
    relation: bool,
    bearing: Bearing,
}

/// What the title before a bare surname tells of whose it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bearing {
    /// No title, or one that tells nothing.
    Plain,
    /// An office that the gazetteer knows under that surname: full name and gender of the holder.
    Holder(&'static [String], Gender),
    /// A title of courtesy, and its gender if it has one.
    Courtesy(Option<Gender>),
}

impl Bearing {
    fn of(parts: &[String], title: Option<Title>, day: Option<&str>) -> Self {
        match (parts, title) {
            ([surname], Some(title)) if title.kind == TitleKind::Office => holders::in_office(surname, title, day)
                .map_or(Bearing::Plain, |(full, gender)| Bearing::Holder(full, gender)),
            ([_], Some(title)) if title.kind == TitleKind::Honorific => Bearing::Courtesy(title.gender),
            _ => Bearing::Plain,
        }
    }
}

/// Brings the names of people together.
pub fn cluster(document: &Document, words: &Words, names: &[Name]) -> Vec<Cluster> {
    let analysis = &document.analysis;
    let mut forms: Vec<Form> = Vec::new();
    for name in names.iter().filter(|n| n.what == Named::Person) {
        let first = name.tokens.start;
        // "the Clintons" are no person.
        let plural = analysis[name.tokens.end - 1].tag == Tag::Nnps
            && first > 0
            && words.get(first - 1) == "the"
            && name.tokens.len() == 1;
        if plural {
            continue;
        }
        let text = analysis
            .words(name.tokens.clone())
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace("\\_", " ")
            .replace(['[', ']', '*', '_'], "");
        let title =
            first.checked_sub(1).and_then(|i| words.title_ending(i, analysis.sentence_of(i).start)).map(|(_, t)| t);
        let parts = parts(&text);
        if parts.is_empty() {
            continue;
        }
        let gender = title.and_then(|t| t.gender);
        let bearing = Bearing::of(&parts, title, document.article.published.value.as_deref());
        forms.push(Form {
            tokens: name.tokens.clone(),
            text,
            parts,
            gender,
            relation: title.is_some_and(|t| t.kind == TitleKind::Relation),
            bearing,
        });
    }
    let mut clusters: Vec<(Cluster, bool)> = Vec::new();
    let mut of_form: Vec<Option<usize>> = vec![None; forms.len()];
    // Full names first, the longest first, so that short spellings find their long ones.
    let is_full = |f: &Form| f.parts.iter().filter(|p| !PARTICLES.contains(&p.as_str())).count() >= 2;
    let mut full: Vec<usize> = (0..forms.len()).filter(|&i| is_full(&forms[i])).collect();
    full.sort_by_key(|&i| (std::cmp::Reverse(forms[i].parts.len()), i));
    for i in full {
        let known = clusters.iter().position(|(c, _)| c.parts == forms[i].parts).or_else(|| {
            let mut fitting = (0..clusters.len()).filter(|&c| same_full(&clusters[c].0.parts, &forms[i].parts));
            let first = fitting.next()?;
            // Two that fit equally well ("J. Smith") leave it open.
            fitting.next().is_none().then_some(first)
        });
        let c = known.unwrap_or_else(|| {
            clusters.push((Cluster { parts: forms[i].parts.clone(), ..Cluster::default() }, false));
            clusters.len() - 1
        });
        clusters[c].1 |= forms[i].relation;
        clusters[c].0.gender = clusters[c].0.gender.or(forms[i].gender);
        of_form[i] = Some(c);
    }
    for (cluster, _) in &mut clusters {
        cluster.gender = cluster.gender.or_else(|| given_gender(&cluster.parts));
    }
    let full_clusters = clusters.len();
    // "President Biden" where only Jill and Hunter Biden are named in full is neither: the surname alone is his then.
    let mut holder_of: FxHashMap<String, (usize, Gender)> = FxHashMap::default();
    for i in 0..forms.len() {
        let Bearing::Holder(full, gender) = forms[i].bearing else { continue };
        let mut bearers = clusters[..full_clusters].iter().filter(|(c, _)| fit(&forms[i].parts, &c.parts) == Some(3));
        if of_form[i].is_some() || bearers.clone().next().is_none() || bearers.any(|(c, _)| same_full(&c.parts, full)) {
            continue;
        }
        let (c, _) = *holder_of.entry(forms[i].parts[0].clone()).or_insert_with(|| {
            let parts = forms[i].parts.clone();
            clusters.push((Cluster { parts, gender: Some(gender), ..Cluster::default() }, false));
            (clusters.len() - 1, gender)
        });
        of_form[i] = Some(c);
    }
    for i in 0..forms.len() {
        if of_form[i].is_some() {
            continue;
        }
        if let [surname] = forms[i].parts.as_slice()
            && let Some(&(c, gender)) = holder_of.get(surname)
            && match forms[i].bearing {
                Bearing::Plain => forms[i].gender.is_none_or(|g| g == gender),
                Bearing::Holder(..) => true,
                // "Dr. Biden": who holds the office is not called so.
                Bearing::Courtesy(of) => of == Some(gender),
            }
        {
            of_form[i] = Some(c);
            continue;
        }
        let form = &forms[i];
        let fits = clusters[..full_clusters].iter().map(|(c, _)| fit(&form.parts, &c.parts));
        let fits: Vec<(usize, u8)> = fits.enumerate().filter_map(|(c, f)| f.map(|f| (c, f))).collect();
        let best = fits.iter().map(|&(_, f)| f).max();
        let mut candidates: Vec<usize> = fits.iter().filter(|&&(_, f)| Some(f) == best).map(|&(c, _)| c).collect();
        if form.gender.is_some() && candidates.iter().any(|&c| clusters[c].0.gender == form.gender) {
            candidates.retain(|&c| clusters[c].0.gender == form.gender);
        }
        if candidates.len() > 1 && candidates.iter().any(|&c| !clusters[c].1) {
            // "Biden" is the president, his son is called by his full name.
            candidates.retain(|&c| !clusters[c].1);
        }
        let chosen = match candidates.as_slice() {
            [] => None,
            [one] if best != Some(0) || form.gender.is_none() => Some(*one),
            [_] => None,
            many => {
                let last_before = |c: usize| (0..i).rev().find(|&j| of_form[j] == Some(c));
                let named_before = many.iter().copied().filter(|&c| last_before(c).is_some());
                named_before.max_by_key(|&c| last_before(c)).or(many.first().copied())
            }
        };
        let chosen = chosen.or_else(|| {
            let same = |c: &Cluster| {
                c.parts == form.parts
                    || c.parts.len() == 1
                        && form.parts.len() == 1
                        && form.parts[0].len() >= 6
                        && nearly(&c.parts[0], &form.parts[0])
            };
            let is_holder = |c: usize| form.parts.len() == 1 && holder_of.values().any(|(holder, _)| *holder == c);
            (full_clusters..clusters.len()).find(|&c| same(&clusters[c].0) && !is_holder(c))
        });
        let c = chosen.unwrap_or_else(|| {
            clusters.push((Cluster { parts: form.parts.clone(), ..Cluster::default() }, false));
            clusters.len() - 1
        });
        // "Mr. X" tells more than a given name does.
        if form.gender.is_some() {
            clusters[c].0.gender = form.gender;
        }
        of_form[i] = Some(c);
    }
    for (form, c) in forms.iter().zip(&of_form) {
        if let Some(c) = *c {
            clusters[c].0.mentions.push(form.tokens.clone());
        }
    }
    for (c, (cluster, _)) in clusters.iter_mut().enumerate() {
        let of_it = forms.iter().zip(&of_form).filter(|(_, of)| **of == Some(c)).map(|(form, _)| form);
        cluster.name = fullest(of_it);
        if cluster.gender.is_none() {
            cluster.gender = given_gender(&cluster.parts);
        }
    }
    let mut clusters: Vec<Cluster> = clusters.into_iter().map(|(c, _)| c).collect();
    clusters.sort_by_key(|c| c.mentions.first().map_or(usize::MAX, |m| m.start));
    clusters
}

fn given_gender(parts: &[String]) -> Option<Gender> {
    let given: Vec<&String> = parts.iter().take(parts.len().max(2) - 1).collect();
    // In Korean and Chinese names the family name stands first and says nothing.
    if parts.len() >= 3 && matches!(parts[0].as_str(), "kim" | "lee" | "park" | "moon" | "li" | "wang" | "chen") {
        return None;
    }
    given.iter().find_map(|name| given_names::gender(name))
}

/// The form with the most parts, not in capitals where another spelling is there, the most frequent, the first.
fn fullest<'f>(forms: impl Iterator<Item = &'f Form>) -> String {
    let forms: Vec<&Form> = forms.collect();
    let capitals = |f: &Form| !f.text.chars().any(char::is_lowercase);
    let best = forms.iter().enumerate().max_by_key(|(i, f)| {
        let count = forms.iter().filter(|g| g.text == f.text).count();
        (!capitals(f), f.parts.len(), count, std::cmp::Reverse(*i))
    });
    // A name in capitals may be longer than the others ("MS. JEAN-PIERRE" beside "Pierre").
    let longest = forms.iter().map(|f| f.parts.len()).max().unwrap_or(0);
    match best {
        Some((_, f)) if f.parts.len() == longest && !capitals(f) => f.text.clone(),
        _ => forms.iter().find(|f| f.parts.len() == longest).map_or(String::new(), |f| in_title_case(&f.text)),
    }
}

/// "JEAN-PIERRE" → "Jean-Pierre"; other spellings stay.
fn in_title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut start = true;
    let recased = name.chars().flat_map(|c| {
        let cased: Vec<char> = if start { vec![c] } else { c.to_lowercase().collect() };
        start = !c.is_alphabetic();
        cased
    });
    recased.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        same_full(&parts(a), &parts(b))
    }

    #[test]
    fn spellings_of_one_name_are_one() {
        for (a, b) in [
            ("Joseph R. Biden Jr.", "Joe Biden"),
            ("Valdimir Putin", "Vladimir Putin"),
            ("Kim Jong-un", "Kim Jong Un"),
            ("Mohammed bin Salman", "Mohammad bin Salman"),
            ("Volodomir Zelensky", "Volodymyr Zelenskyy"),
            ("J. Sullivan", "Jake Sullivan"),
            ("Edgar Hoover", "J. Edgar Hoover"),
        ] {
            assert!(same(a, b), "{a} / {b}");
        }
        for (a, b) in [
            ("George W. Bush", "George H. W. Bush"),
            ("Boris Johnson", "Lyndon B. Johnson"),
            ("Bill Clinton", "Hillary Clinton"),
            ("George Bush", "Jeb Bush"),
            ("Ann Lee", "Ann Leigh-Wood"),
        ] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn a_surname_fits_better_than_a_given_name() {
        let full = parts("Haider al-Abadi");
        assert_eq!(fit(&parts("Abadi"), &full), Some(3));
        assert_eq!(fit(&parts("al-Abadi"), &full), Some(3));
        assert_eq!(fit(&parts("Haider"), &full), Some(0));
        assert_eq!(fit(&parts("Xi"), &parts("Xi Jinping")), Some(2));
        assert_eq!(fit(&parts("Zelenskiy"), &parts("Volodymyr Zelenskyy")), Some(1));
        assert_eq!(fit(&parts("Bennett"), &parts("Naftali Bennet")), Some(1));
        assert_eq!(fit(&parts("Lavrov"), &full), None);
    }

    #[test]
    fn labels_in_capitals_become_names() {
        assert_eq!(in_title_case("JEAN-PIERRE"), "Jean-Pierre");
    }
}
