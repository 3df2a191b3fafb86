//! Annotated articles: the formats of the sets, read into one shape. All ranges are bytes of the article's text.

use anyhow::{Context, Result, bail};
use demarche_ingest::{Input, Reader};
use demarche_record::{Article, SourceText};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Bytes of one stretch of text, or of several that belong together.
pub type Stretches = Vec<Range<usize>>;

/// An article with what people found in it.
pub struct Annotated {
    /// The name that the scorers know it by.
    pub name: String,
    /// The article, with its date unless the set is read without.
    pub article: Article,
    /// What people found; empty for what the set does not annotate.
    pub gold: Gold,
}

/// What people found in an article. `None` is what the set does not annotate.
#[derive(Default)]
pub struct Gold {
    /// All people.
    pub people: Option<Vec<Person>>,
    /// All statements.
    pub statements: Option<Vec<Statement>>,
    /// All meetings, or the main one alone.
    pub meetings: Option<Vec<Meeting>>,
    /// Whether there may be other meetings than those annotated.
    pub other_meetings: bool,
    /// All time expressions.
    pub times: Option<Vec<Time>>,
    /// The byte up to which time expressions are annotated, if not all of the text is.
    pub times_until: Option<usize>,
}

/// A person.
pub struct Person {
    /// The name.
    pub name: String,
    /// Its forms in the article.
    pub forms: Vec<String>,
    /// Where the forms stand.
    pub mentions: Stretches,
}

/// A statement.
pub struct Statement {
    /// Where its content stands; several places where the same words occur again.
    pub places: Vec<Stretches>,
    /// Who says it, by name; an empty name is nobody. `None` where the set gives words instead.
    pub speaker: Option<String>,
    /// The words that name who says it, where the set gives them.
    pub source: Stretches,
    /// Kind and cue, for the reader.
    pub note: String,
    /// Right if found, no loss if not.
    pub optional: bool,
}

/// A meeting.
pub struct Meeting {
    /// Where it is told; several places where the same words occur again.
    pub evidence: Stretches,
    /// Who takes part.
    pub participants: Vec<String>,
    /// Status, mode, place and time, for the reader.
    pub note: String,
    /// Right if found, no loss if not.
    pub optional: bool,
}

/// A time expression.
pub struct Time {
    /// Where it stands.
    pub bytes: Range<usize>,
    /// Its values, any of which is right.
    pub values: Vec<String>,
}

/// Reads a set: a folder with `set.json` and `gold.jsonl` beside `text/`, or `cases.jsonl`; or a folder of `NAME.json` beside `NAME.txt`.
/// With `undated` the articles' dates are not told.
pub fn read(folder: &Path, undated: bool) -> Result<Vec<Annotated>> {
    let kind = match std::fs::read_to_string(folder.join("set.json")) {
        Ok(json) => parse::<Kind>(&json).with_context(|| format!("{}/set.json", folder.display()))?.kind,
        Err(_) => "gold".to_owned(),
    };
    let loader = Loader { folder, undated };
    let articles = match kind.as_str() {
        "gold" => loader.files()?,
        "statements" => loader.lines("gold.jsonl", Loader::attributions)?,
        "readouts" => loader.lines("gold.jsonl", Loader::readout)?,
        "timex" | "meantime" => loader.lines("gold.jsonl", Loader::timex)?,
        "dates_cases" => loader.lines("cases.jsonl", Loader::date_case)?,
        // Of other kinds the scorers alone know what is right.
        _ if folder.join("cases.jsonl").is_file() => loader.lines("cases.jsonl", Loader::case)?,
        _ => loader.lines("gold.jsonl", Loader::plain)?,
    };
    if articles.is_empty() {
        bail!("{}: no annotated articles in it", folder.display());
    }
    Ok(articles)
}

fn parse<T: DeserializeOwned>(json: &str) -> Result<T> {
    Ok(serde_json::from_str(json)?)
}

struct Loader<'a> {
    folder: &'a Path,
    undated: bool,
}

impl Loader<'_> {
    /// One JSON file an article.
    fn files(&self) -> Result<Vec<Annotated>> {
        let listing = std::fs::read_dir(self.folder).with_context(|| self.folder.display().to_string())?;
        let mut files: Vec<PathBuf> = listing.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        files.retain(|file| file.extension().is_some_and(|e| e == "json"));
        files.sort();
        files.iter().map(|file| self.full(file).with_context(|| file.display().to_string())).collect()
    }

    /// One line an article.
    fn lines<T: DeserializeOwned>(
        &self,
        file: &str,
        read: fn(&Self, T) -> Result<Annotated>,
    ) -> Result<Vec<Annotated>> {
        let path = self.folder.join(file);
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines
            .map(|(i, line)| read(self, parse(line)?).with_context(|| format!("{}:{}", path.display(), i + 1)))
            .collect()
    }

    /// The article in a file of the set, as the product reads it.
    fn article(&self, name: &str, published: Option<&str>) -> Result<Article> {
        let beside = self.folder.join(name);
        let path = if beside.is_file() { beside } else { self.folder.join("text").join(name) };
        Ok(self.reader(published)?.read(&Input::File(path))?)
    }

    fn reader(&self, published: Option<&str>) -> Result<Reader> {
        Ok(match published.filter(|_| !self.undated) {
            Some(date) => Reader::new().published(date)?,
            None => Reader::new(),
        })
    }

    fn full(&self, file: &Path) -> Result<Annotated> {
        let full: Full = parse(&std::fs::read_to_string(file)?)?;
        let article = self.article(&full.doc, full.published.as_deref())?;
        let text = &article.text;
        let statement = |s: FullStatement, optional| {
            let rest: Stretches = s.more.iter().filter_map(|more| occurrences(text, more).into_iter().next()).collect();
            let place = |first: Range<usize>| std::iter::once(first).chain(rest.iter().cloned()).collect();
            Statement {
                places: occurrences(text, &s.content).into_iter().map(place).collect(),
                note: s.kind.unwrap_or_default(),
                speaker: Some(s.speaker.unwrap_or_default()),
                source: Vec::new(),
                optional,
            }
        };
        let meeting = |m: FullMeeting, optional| {
            let told = [("status", m.status), ("mode", m.mode), ("place", m.place), ("when", m.when)];
            let told = told.into_iter().filter_map(|(field, value)| Some(format!("{field} {}", value?)));
            Meeting {
                evidence: m.evidence.map_or_else(Vec::new, |evidence| occurrences(text, &evidence)),
                participants: m.participants,
                note: told.collect::<Vec<_>>().join(", "),
                optional,
            }
        };
        let person = |p: FullPerson| Person {
            mentions: p.mentions.iter().chain([&p.name]).flat_map(|form| occurrences(text, form)).collect(),
            forms: p.mentions,
            name: p.name,
        };
        let gold = Gold {
            people: Some(full.people.into_iter().map(person).collect()),
            statements: Some(
                (full.statements.into_iter().map(|s| statement(s, false)))
                    .chain(full.optional_statements.into_iter().map(|s| statement(s, true)))
                    .collect(),
            ),
            meetings: Some(
                (full.meetings.into_iter().map(|m| meeting(m, false)))
                    .chain(full.optional_meetings.into_iter().map(|m| meeting(m, true)))
                    .collect(),
            ),
            ..Gold::default()
        };
        Ok(Annotated { name: full.doc, article, gold })
    }

    fn attributions(&self, line: Attributions) -> Result<Annotated> {
        let article = self.article(&line.doc, line.published.as_deref())?;
        let bytes = Bytes(SourceText::new(&article.text));
        let statement = |s: &Attribution| Statement {
            places: vec![bytes.all(&s.content)],
            speaker: None,
            source: bytes.all(&s.source),
            note: format!("{}, cue {:?}", s.kind, s.cue_text),
            optional: false,
        };
        let statements = line.statements.iter().map(statement).collect();
        Ok(Annotated { name: line.doc, gold: Gold { statements: Some(statements), ..Gold::default() }, article })
    }

    fn readout(&self, line: Readout) -> Result<Annotated> {
        let article = self.article(&line.doc, line.published.as_deref())?;
        let names = std::iter::once(line.host).chain(line.counterparts).map(|who| who.name);
        let told = [("mode", line.mode), ("day", line.day)];
        let told = told.into_iter().filter_map(|(field, value)| Some(format!("{field} {}", value?)));
        // The readout as a whole tells of it.
        let whole = 0..article.text.len();
        let meeting = Meeting {
            evidence: vec![whole],
            participants: names.collect(),
            note: std::iter::once("status held".to_owned()).chain(told).collect::<Vec<_>>().join(", "),
            optional: false,
        };
        let gold = Gold { meetings: Some(vec![meeting]), other_meetings: true, ..Gold::default() };
        Ok(Annotated { name: line.doc, article, gold })
    }

    fn timex(&self, line: Timexes) -> Result<Annotated> {
        let article = self.article(&line.doc, line.published.as_deref())?;
        let bytes = Bytes(SourceText::new(&article.text));
        let time = |t: Timex| Time { bytes: bytes.of([t.start, t.end]), values: vec![t.value] };
        let times = Some(line.timex.into_iter().map(time).collect());
        let times_until = line.annotated_until.map(|end| bytes.of([0, end]).end);
        Ok(Annotated { name: line.doc, gold: Gold { times, times_until, ..Gold::default() }, article })
    }

    fn plain(&self, line: Plain) -> Result<Annotated> {
        let article = self.article(&line.doc, line.published.as_deref())?;
        Ok(Annotated { name: line.doc, article, gold: Gold::default() })
    }

    fn case(&self, case: Case) -> Result<Annotated> {
        let plain = |c: char| if c.is_alphanumeric() || matches!(c, '_' | '.' | '-') { c } else { '_' };
        let name = case.id.chars().map(plain).collect::<String>() + ".txt";
        let reader = self.reader(case.published.as_deref())?;
        let article = reader.read_bytes(Path::new(&name), case.text.as_bytes())?;
        Ok(Annotated { name, article, gold: Gold::default() })
    }

    fn date_case(&self, case: DateCase) -> Result<Annotated> {
        let Annotated { name, article, .. } = self.case(case.case)?;
        let bytes = Bytes(SourceText::new(&article.text));
        let time = |t: Expected| Time {
            bytes: bytes.of([t.start, t.end]),
            values: std::iter::once(t.timex).chain(t.accept.into_iter().filter_map(|a| a.timex)).collect(),
        };
        let times = case.expected.into_iter().map(time).collect();
        Ok(Annotated { name, gold: Gold { times: Some(times), ..Gold::default() }, article })
    }
}

/// Every place of `words` in `text`, white space and the shape of quotation marks aside.
fn occurrences(text: &str, words: &str) -> Stretches {
    let exact: Stretches = text.match_indices(words).map(|(at, found)| at..at + found.len()).collect();
    if !exact.is_empty() || words.trim().is_empty() {
        return if words.trim().is_empty() { Vec::new() } else { exact };
    }
    let like = |c: char| match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        other => other,
    };
    // The text without white space, each character with the bytes that it stands at.
    let dense: Vec<(char, Range<usize>)> = (text.char_indices().filter(|(_, c)| !c.is_whitespace()))
        .map(|(at, c)| (like(c), at..at + c.len_utf8()))
        .collect();
    let wanted: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).map(like).collect();
    (dense.windows(wanted.len()))
        .filter(|window| window.iter().map(|(c, _)| c).eq(&wanted))
        .map(|window| window[0].1.start..window[window.len() - 1].1.end)
        .collect()
}

/// From the code points that the sets count in to bytes.
struct Bytes<'a>(SourceText<'a>);

impl Bytes<'_> {
    fn of(&self, [start, end]: [usize; 2]) -> Range<usize> {
        self.0.byte(start)..self.0.byte(end)
    }

    fn all(&self, stretches: &[[usize; 2]]) -> Stretches {
        stretches.iter().map(|&stretch| self.of(stretch)).collect()
    }
}

#[derive(Deserialize)]
struct Kind {
    kind: String,
}

#[derive(Deserialize)]
struct Full {
    doc: String,
    published: Option<String>,
    people: Vec<FullPerson>,
    #[serde(default)]
    meetings: Vec<FullMeeting>,
    #[serde(default)]
    optional_meetings: Vec<FullMeeting>,
    #[serde(default)]
    statements: Vec<FullStatement>,
    #[serde(default)]
    optional_statements: Vec<FullStatement>,
}

#[derive(Deserialize)]
struct FullPerson {
    name: String,
    #[serde(default)]
    mentions: Vec<String>,
}

#[derive(Deserialize)]
struct FullMeeting {
    participants: Vec<String>,
    status: Option<String>,
    mode: Option<String>,
    place: Option<String>,
    when: Option<String>,
    evidence: Option<String>,
}

#[derive(Deserialize)]
struct FullStatement {
    speaker: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    content: String,
    #[serde(default)]
    more: Vec<String>,
}

#[derive(Deserialize)]
struct Attributions {
    doc: String,
    published: Option<String>,
    statements: Vec<Attribution>,
}

#[derive(Deserialize)]
struct Attribution {
    #[serde(rename = "type")]
    kind: String,
    source: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
    #[serde(default)]
    cue_text: String,
}

#[derive(Deserialize)]
struct Readout {
    doc: String,
    published: Option<String>,
    host: Named,
    counterparts: Vec<Named>,
    mode: Option<String>,
    day: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Timexes {
    doc: String,
    published: Option<String>,
    timex: Vec<Timex>,
    annotated_until: Option<usize>,
}

#[derive(Deserialize)]
struct Timex {
    start: usize,
    end: usize,
    value: String,
}

#[derive(Deserialize)]
struct Plain {
    doc: String,
    published: Option<String>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    text: String,
    published: Option<String>,
}

#[derive(Deserialize)]
struct DateCase {
    #[serde(flatten)]
    case: Case,
    expected: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    start: usize,
    end: usize,
    timex: String,
    #[serde(default)]
    accept: Vec<Accepted>,
}

#[derive(Deserialize)]
struct Accepted {
    timex: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_over_line_breaks_and_other_quotation_marks() {
        let text = "He said: “It is\n over.” It is over.";
        assert_eq!(occurrences(text, "It is over"), vec![text.find("It is over").expect("there")..text.len() - 1]);
        let found = occurrences(text, "\"It is over.\"");
        assert_eq!(found.iter().map(|r| &text[r.clone()]).collect::<Vec<_>>(), ["“It is\n over.”"]);
        assert!(occurrences(text, "").is_empty());
    }
}
