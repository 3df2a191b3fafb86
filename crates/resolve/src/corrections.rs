//! What a reader has set right by hand, and the file that it is kept in.
//!
//! A file of corrections is TOML with five sorts of entries. Each names things as the corpus does, by their keys; `because`
//! may say why in all of them. The order of the entries means nothing.
//!
//! ```
//! use demarche_resolve::Corrections;
//!
//! let file = r#"
//! [[same]]
//! things = ["person/tedros", "person/tedros-adhanom-ghebreyesus"]
//! because = "He goes by his given name."
//!
//! [[different]]
//! things = ["person/bush@doc:3f9a11", "person/george-w-bush"]
//!
//! [[rename]]
//! thing = "person/volodymyr-zelensky"
//! name = "Volodymyr Zelenskyy"
//!
//! [[drop]]
//! thing = "person/psaki-circle-back"
//!
//! [[set]]
//! thing = "meeting/4c1f9a3b5e7d2086"
//! status = "held"
//! when = "2021-06-16"
//! place = "place/geneva"
//! "#;
//! let corrections = Corrections::parse(file, "corrections.toml").unwrap();
//! assert_eq!(corrections.entries().len(), 5);
//!
//! let error = Corrections::parse("[[drop]]\nthing = \"psaki\"\n", "corrections.toml").unwrap_err();
//! assert!(error.to_string().starts_with("corrections.toml:2: "), "{error}");
//! ```
//!
//! `person/bush` is the person of that key, else whatever the records call "Bush" (in `different` the other way round);
//! `person/bush@doc:3f9a11` is only what the article whose id begins so calls "Bush". A key of a meeting or statement is the key of any of its reports, so it goes on meaning the
//! same occasion when other reports join it.

use crate::corpus::When;
use crate::key::{Key, Kind};
use demarche_record::{Mode, Status};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use toml::Spanned;

/// What a reader has set right. Wins over every rule.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corrections {
    entries: Vec<Correction>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// What to do.
    pub action: Action,
    /// Why, in the words of who said so.
    pub because: Option<String>,
    /// The line of the file on which it begins, from 1; none where it is from no file.
    pub line: Option<usize>,
}

/// Sorts of corrections.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// These are one: two or more.
    Same(Vec<Reference>),
    /// No two of these are one: two or more.
    Different(Vec<Reference>),
    /// This is to be called so.
    Rename {
        /// What.
        thing: Reference,
        /// How.
        name: String,
    },
    /// This is none: an error of reading. It takes no part in anything.
    Drop(Reference),
    /// This is so.
    Set {
        /// What.
        thing: Reference,
        /// The properties that differ from what the articles say.
        values: Values,
    },
}

/// Properties that a correction sets. What is none stays as the articles have it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Values {
    /// Of a meeting: whether it took place.
    pub status: Option<Status>,
    /// Of a meeting: how they talked.
    pub mode: Option<Mode>,
    /// Of a meeting: where.
    pub place: Option<Key>,
    /// Of a meeting or statement: when.
    pub when: Option<When>,
    /// Of a statement: who said it.
    pub speaker: Option<Key>,
    /// Of a place: ISO 3166-1 alpha-2 code of its country.
    pub country: Option<String>,
    /// Of a person, body or place: its IRI elsewhere, in the place of those that the articles gave.
    pub identifier: Option<String>,
}

/// How a correction names a thing: `person/bush`, or in one article `person/bush@doc:3f9a11`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// The key of the thing, or that of one of its names or reports.
    pub key: Key,
    /// The beginning of the id of the article that is meant alone, `doc:3f9a11`.
    pub article: Option<String>,
}

impl Reference {
    /// Reads `kind/name` or `kind/name@doc:…`; tells what is wrong with anything else.
    ///
    /// # Errors
    /// A sentence for people.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (key, article) = match text.split_once('@') {
            Some((key, article)) => (key, Some(article)),
            None => (text, None),
        };
        let key = Key::parse(key).ok_or_else(|| {
            format!("{text:?} is no key: write what `kind/name` says in the graph, such as \"person/joe-biden\"")
        })?;
        if key.kind() == Kind::Tenure {
            return Err(format!("{text:?}: an office cannot be corrected by itself, correct its holder"));
        }
        if let Some(article) = article
            && !article
                .strip_prefix("doc:")
                .is_some_and(|id| id.len() >= 4 && id.bytes().all(|b| b.is_ascii_hexdigit()))
        {
            return Err(format!(
                "{text:?}: after the @ comes the id of an article, doc: and four digits of it or more"
            ));
        }
        Ok(Self { key, article: article.map(str::to_owned) })
    }

    /// Whether the reference means what the article calls so.
    pub fn is_in(&self, article: &str) -> bool {
        self.article.as_ref().is_none_or(|prefix| article.starts_with(prefix.as_str()))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.article {
            Some(article) => write!(f, "{}@{article}", self.key),
            None => write!(f, "{}", self.key),
        }
    }
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// What is wrong with a file of corrections: all of it, in the order of the lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.lines().join("\n"))]
pub struct CorrectionsError {
    /// The file's name, as given.
    pub file: String,
    /// Line (from 1) and what is wrong there; never empty.
    pub problems: Vec<(usize, String)>,
}

impl CorrectionsError {
    fn lines(&self) -> Vec<String> {
        self.problems.iter().map(|(line, problem)| format!("{}:{line}: {problem}", self.file)).collect()
    }
}

impl Corrections {
    /// Reads a file of corrections. `file` is its name, for the messages.
    ///
    /// # Errors
    /// When it is no TOML, has unknown entries or fields, a key is none, values are out of place, or entries contradict
    /// each other.
    pub fn parse(text: &str, file: &str) -> Result<Self, CorrectionsError> {
        let failed = |problems| CorrectionsError { file: file.to_owned(), problems };
        let raw: RawFile = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            failed(vec![(line, error.message().to_owned())])
        })?;
        let mut reader = Reader { text, entries: Vec::new(), problems: Vec::new() };
        reader.read(raw);
        let Reader { mut entries, mut problems, .. } = reader;
        entries.sort_by_key(|entry| entry.line);
        problems.extend(contradictions(&entries));
        problems.sort();
        if problems.is_empty() { Ok(Self { entries }) } else { Err(failed(problems)) }
    }

    /// The entries, in the order of the file.
    pub fn entries(&self) -> &[Correction] {
        &self.entries
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// These and one more.
    ///
    /// # Errors
    /// When it contradicts one that is there; then nothing is added.
    pub fn push(&mut self, correction: Correction) -> Result<(), CorrectionsError> {
        self.entries.push(correction);
        let problems = contradictions(&self.entries);
        if problems.is_empty() {
            return Ok(());
        }
        self.entries.pop();
        Err(CorrectionsError { file: "the new correction".to_owned(), problems })
    }
}

/// The entry as it stands in a file, an empty line before it: what [`Corrections::parse`] reads back.
impl fmt::Display for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let list =
            |things: &[Reference]| things.iter().map(|thing| quoted(&thing.to_string())).collect::<Vec<_>>().join(", ");
        let thing = |thing: &Reference| quoted(&thing.to_string());
        match &self.action {
            Action::Same(things) => writeln!(f, "\n[[same]]\nthings = [{}]", list(things))?,
            Action::Different(things) => writeln!(f, "\n[[different]]\nthings = [{}]", list(things))?,
            Action::Rename { thing: what, name } => {
                writeln!(f, "\n[[rename]]\nthing = {}\nname = {}", thing(what), quoted(name))?;
            }
            Action::Drop(what) => writeln!(f, "\n[[drop]]\nthing = {}", thing(what))?,
            Action::Set { thing: what, values } => {
                writeln!(f, "\n[[set]]\nthing = {}", thing(what))?;
                for (name, value) in values.in_words() {
                    writeln!(f, "{name} = {}", quoted(&value))?;
                }
            }
        }
        match &self.because {
            Some(because) => writeln!(f, "because = {}", quoted(because)),
            None => Ok(()),
        }
    }
}

impl Values {
    /// Names and values of what is set, in the order in which they are written.
    pub fn in_words(&self) -> Vec<(&'static str, String)> {
        let key = |key: &Option<Key>| key.as_ref().map(Key::to_string);
        let values = [
            ("status", self.status.map(|status| status.to_string())),
            ("mode", self.mode.map(|mode| mode_word(mode).to_owned())),
            ("place", key(&self.place)),
            ("when", self.when.as_ref().map(|when| when.value.clone())),
            ("speaker", key(&self.speaker)),
            ("country", self.country.clone()),
            ("identifier", self.identifier.clone()),
        ];
        values.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::InPerson => "in_person",
        Mode::Phone => "phone",
        Mode::Video => "video",
        Mode::Written => "written",
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    same: Vec<Spanned<RawThings>>,
    #[serde(default)]
    different: Vec<Spanned<RawThings>>,
    #[serde(default)]
    rename: Vec<Spanned<RawRename>>,
    #[serde(default)]
    drop: Vec<Spanned<RawDrop>>,
    #[serde(default)]
    set: Vec<Spanned<RawSet>>,
}

type Text = Spanned<String>;

/// Name of a property, where it stands, the kinds of things that have it.
type Field<'k> = (&'static str, Option<Range<usize>>, &'k [Kind]);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawThings {
    things: Spanned<Vec<Text>>,
    because: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRename {
    thing: Text,
    name: Text,
    because: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDrop {
    thing: Text,
    because: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSet {
    thing: Text,
    status: Option<Spanned<Status>>,
    mode: Option<Spanned<Mode>>,
    place: Option<Text>,
    when: Option<Text>,
    speaker: Option<Text>,
    country: Option<Text>,
    identifier: Option<Text>,
    because: Option<String>,
}

/// Turns what TOML says into entries, and gathers what is wrong.
struct Reader<'a> {
    text: &'a str,
    entries: Vec<Correction>,
    problems: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn read(&mut self, raw: RawFile) {
        for (list, same) in [(raw.same, true), (raw.different, false)] {
            for entry in list {
                let span = entry.span();
                let RawThings { things, because } = entry.into_inner();
                if let Some(things) = self.things(things, same) {
                    let action = if same { Action::Same(things) } else { Action::Different(things) };
                    self.entry(span, action, because);
                }
            }
        }
        for entry in raw.rename {
            let span = entry.span();
            let RawRename { thing, name, because } = entry.into_inner();
            let thing = self.one(&thing, &[Kind::Person, Kind::Organization, Kind::Place], "renamed");
            if name.get_ref().trim().is_empty() {
                self.say(name.span(), "a name needs at least one letter".to_owned());
            } else if let Some(thing) = thing {
                self.entry(span, Action::Rename { thing, name: name.into_inner() }, because);
            }
        }
        for entry in raw.drop {
            let span = entry.span();
            let RawDrop { thing, because } = entry.into_inner();
            if let Some(thing) = self.reference(&thing) {
                self.entry(span, Action::Drop(thing), because);
            }
        }
        for entry in raw.set {
            let span = entry.span();
            self.set(span, entry.into_inner());
        }
    }

    fn things(&mut self, things: Spanned<Vec<Text>>, same: bool) -> Option<Vec<Reference>> {
        let span = things.span();
        let mut read = Vec::new();
        for thing in things.get_ref() {
            read.push(self.reference(thing)?);
        }
        if read.iter().collect::<BTreeSet<_>>().len() < 2 {
            self.say(span, "name two different things or more".to_owned());
            return None;
        }
        let kind = read[0].key.kind();
        if let Some(other) = read.iter().find(|thing| thing.key.kind() != kind) {
            self.say(span, format!("{} and {other} are of different kinds", read[0]));
            return None;
        }
        if !same && kind == Kind::Statement {
            self.say(span, "statements are told apart by their words: drop one, or set its speaker".to_owned());
            return None;
        }
        Some(read)
    }

    fn set(&mut self, span: Range<usize>, raw: RawSet) {
        let Some(thing) = self.reference(&raw.thing) else { return };
        let before = self.problems.len();
        let kind = thing.key.kind();
        let meeting = [Kind::Meeting].as_slice();
        let named = [Kind::Person, Kind::Organization, Kind::Place].as_slice();
        let fields: [Field; 7] = [
            ("status", raw.status.as_ref().map(Spanned::span), meeting),
            ("mode", raw.mode.as_ref().map(Spanned::span), meeting),
            ("place", raw.place.as_ref().map(Spanned::span), meeting),
            ("when", raw.when.as_ref().map(Spanned::span), &[Kind::Meeting, Kind::Statement]),
            ("speaker", raw.speaker.as_ref().map(Spanned::span), &[Kind::Statement]),
            ("country", raw.country.as_ref().map(Spanned::span), &[Kind::Place]),
            ("identifier", raw.identifier.as_ref().map(Spanned::span), named),
        ];
        if fields.iter().all(|(_, span, _)| span.is_none()) {
            self.say(span.clone(), format!("nothing is set of {thing}"));
        }
        for (name, at, kinds) in fields {
            if let Some(at) = at
                && !kinds.contains(&kind)
            {
                self.say(at, format!("a {} has no {name}", kind.as_str()));
            }
        }
        let place = raw.place.and_then(|text| self.one(&text, &[Kind::Place], "a place"));
        let speaker =
            raw.speaker.and_then(|text| self.one(&text, &[Kind::Person, Kind::Organization, Kind::Place], "a speaker"));
        let when = raw.when.and_then(|text| {
            let when = When::parse(text.get_ref());
            if when.is_none() {
                let problem =
                    "is no time: write a day, month or year (2021-06-16, 2021-06, 2021), or two with / between";
                self.say(text.span(), format!("{:?} {problem}", text.get_ref()));
            }
            when
        });
        if let Some(country) = &raw.country
            && !(country.get_ref().len() == 2 && country.get_ref().bytes().all(|b| b.is_ascii_uppercase()))
        {
            self.say(country.span(), format!("{:?} is no code of a country such as CH", country.get_ref()));
        }
        if let Some(identifier) = &raw.identifier
            && (!identifier.get_ref().contains("://") || identifier.get_ref().contains(char::is_whitespace))
        {
            self.say(identifier.span(), format!("{:?} is no IRI", identifier.get_ref()));
        }
        if self.problems.len() > before {
            return;
        }
        let values = Values {
            status: raw.status.map(Spanned::into_inner),
            mode: raw.mode.map(Spanned::into_inner),
            place: place.map(|place| place.key),
            when,
            speaker: speaker.map(|speaker| speaker.key),
            country: raw.country.map(Spanned::into_inner),
            identifier: raw.identifier.map(Spanned::into_inner),
        };
        self.entry(span, Action::Set { thing, values }, raw.because);
    }

    fn reference(&mut self, text: &Text) -> Option<Reference> {
        Reference::parse(text.get_ref()).map_err(|problem| self.say(text.span(), problem)).ok()
    }

    fn one(&mut self, text: &Text, kinds: &[Kind], what: &str) -> Option<Reference> {
        let reference = self.reference(text)?;
        if !kinds.contains(&reference.key.kind()) {
            self.say(text.span(), format!("{reference} is a {} and cannot be {what}", reference.key.kind().as_str()));
            return None;
        }
        Some(reference)
    }

    fn entry(&mut self, span: Range<usize>, action: Action, because: Option<String>) {
        let line = Some(line_of(self.text, span.start));
        self.entries.push(Correction { action, because, line });
    }

    fn say(&mut self, span: Range<usize>, problem: String) {
        self.problems.push((line_of(self.text, span.start), problem));
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// Entries that cannot both hold: things said to be the same (through others, too) and said to be different; two names or
/// values for one thing.
fn contradictions(entries: &[Correction]) -> Vec<(usize, String)> {
    let mut problems = Vec::new();
    let line = |entry: &Correction| entry.line.unwrap_or_default();
    let mut classes: Vec<BTreeSet<&Reference>> = Vec::new();
    for entry in entries {
        if let Action::Same(things) = &entry.action {
            let mut class: BTreeSet<&Reference> = things.iter().collect();
            let (touched, rest): (Vec<_>, Vec<_>) = classes.into_iter().partition(|other| !other.is_disjoint(&class));
            class.extend(touched.into_iter().flatten());
            classes = rest;
            classes.push(class);
        }
    }
    for entry in entries {
        if let Action::Different(things) = &entry.action {
            for class in &classes {
                let both: Vec<&Reference> = things.iter().filter(|thing| class.contains(thing)).collect();
                if let [one, other, ..] = both[..] {
                    problems.push((
                        line(entry),
                        format!("{one} and {other} are said to be the same elsewhere in the file"),
                    ));
                }
            }
        }
    }
    let mut seen: Vec<(&Reference, &'static str, String, usize)> = Vec::new();
    for entry in entries {
        let (thing, values) = match &entry.action {
            Action::Rename { thing, name } => (thing, vec![("name", name.clone())]),
            Action::Set { thing, values } => (thing, values.in_words()),
            _ => continue,
        };
        for (property, value) in values {
            let other = seen.iter().find(|(other, of, said, _)| *other == thing && *of == property && *said != value);
            if let Some((.., said, first)) = other {
                problems.push((line(entry), format!("the {property} of {thing} is set to {said:?} in line {first}")));
            }
            seen.push((thing, property, value, line(entry)));
        }
    }
    problems
}
