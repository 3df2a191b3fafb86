//! Pages for people: paragraphs of a width, indented, with the words of articles set off from the rest.

use crate::terminal::{FAINT, HEADING, NAME, WORDS};
use anstyle::Style;
use demarche_graph::{Dispute, DisputeVersion};
use demarche_record::{Mode, StatementKind};
use demarche_resolve::Disputed;
use std::io::{self, Write};
use textwrap::{Options, WordSplitter};

/// A page under construction.
pub(crate) struct Page<'a> {
    out: &'a mut dyn Write,
    width: usize,
}

impl<'a> Page<'a> {
    /// A page of at most `width` columns.
    pub(crate) fn new(out: &'a mut dyn Write, width: usize) -> Self {
        Self { out, width }
    }

    /// What the page is about, and what is known of that.
    pub(crate) fn title(&mut self, title: &str, known: &str) -> io::Result<()> {
        self.paragraph(0, HEADING, title)?;
        self.paragraph(0, FAINT, known)
    }

    /// The heading of a list, which may turn out to be empty.
    pub(crate) fn heading(&mut self, heading: &str, empty: bool) -> io::Result<()> {
        writeln!(self.out, "\n{HEADING}{heading}{HEADING:#}")?;
        if empty { writeln!(self.out, "  {FAINT}none{FAINT:#}") } else { Ok(()) }
    }

    /// The thing that the following lines are about.
    pub(crate) fn item(&mut self, text: &str) -> io::Result<()> {
        self.paragraph(2, NAME, text)
    }

    /// What is told of it.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        self.paragraph(4, Style::new(), text)
    }

    /// Words of an article and where they stand.
    pub(crate) fn words(&mut self, words: &str, at: &str) -> io::Result<()> {
        let lines = self.wrap(4, &format!("“{}” {}", one_line(words), unbroken(at)));
        // What follows the closing mark is not the article's.
        let (text, at) = lines.split_at(lines.rfind('”').map_or(lines.len(), |mark| mark + '”'.len_utf8()));
        writeln!(self.out, "{WORDS}{text}{WORDS:#}{FAINT}{}{FAINT:#}", at.replace(HARD_SPACE, " "))
    }

    /// The end of the page.
    pub(crate) fn end(self) -> io::Result<()> {
        writeln!(self.out)
    }

    fn paragraph(&mut self, indent: usize, style: Style, text: &str) -> io::Result<()> {
        for line in self.wrap(indent, text).lines() {
            writeln!(self.out, "{style}{line}{style:#}")?;
        }
        Ok(())
    }

    fn wrap(&self, indent: usize, text: &str) -> String {
        let indent = " ".repeat(indent);
        let options = Options::new(self.width).initial_indent(&indent).subsequent_indent(&indent).break_words(false);
        // Dates and file names have hyphens: they are to be found again as they are.
        let options = options.word_splitter(WordSplitter::NoHyphenation);
        textwrap::fill(text, options)
    }
}

/// Wrapping does not break a line here.
const HARD_SPACE: char = '\u{A0}';

fn unbroken(text: &str) -> String {
    text.replace(' ', &HARD_SPACE.to_string())
}

/// Words on one line: white space in the source may be a line break.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A list in words: `A, B and C`.
pub(crate) fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// What the articles say differently of a meeting, and who says what: `the place is disputed: Oslo (a.txt); Bergen (b.txt)`.
pub(crate) fn disputed(dispute: &Dispute) -> String {
    let version = |version: &DisputeVersion| {
        let claimed = match version.claimed_by.is_empty() {
            true => String::new(),
            false => format!(", as {} says", list(&version.claimed_by)),
        };
        format!("{} ({}{claimed})", version.claim, list(&version.articles))
    };
    let versions: Vec<String> = dispute.versions.iter().map(version).collect();
    let what = match dispute.on {
        Disputed::Participants => "who took part",
        Disputed::Place => "the place",
        Disputed::Mode => "how they talked",
        Disputed::When => "the day",
        Disputed::Status => "whether it took place",
    };
    format!("{what} is told differently: {}", versions.join("; "))
}

/// The days that a time can mean; a year, a month or a day is written as such.
pub(crate) fn days(value: &str, earliest: Option<&str>, latest: Option<&str>) -> String {
    let calendar = value.chars().all(|c| c.is_ascii_digit() || c == '-');
    match (earliest, latest) {
        _ if calendar => value.to_owned(),
        (Some(earliest), Some(latest)) if earliest == latest => earliest.to_owned(),
        (Some(earliest), Some(latest)) => format!("{earliest} to {latest}"),
        _ => value.to_owned(),
    }
}

/// From when until when something was so; empty where neither is known.
pub(crate) fn period(from: Option<&str>, until: Option<&str>) -> String {
    match (from, until) {
        (None, None) => String::new(),
        (Some(from), None) => format!(" from {from}"),
        (None, Some(until)) => format!(" until {until}"),
        (Some(from), Some(until)) => format!(" from {from} until {until}"),
    }
}

/// The sort of an occasion and how people talked there: `summit in person`.
pub(crate) fn occasion(kind: &str, mode: Option<Mode>) -> String {
    let mode = match mode {
        None => return kind.to_owned(),
        Some(Mode::InPerson) => "in person",
        Some(Mode::Phone) => "by phone",
        Some(Mode::Video) => "by video",
        Some(Mode::Written) => "in writing",
    };
    format!("{kind} {mode}")
}

/// How a statement is reported.
pub(crate) fn manner(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Direct => "in quotes",
        StatementKind::Indirect => "reported",
        StatementKind::Mixed => "partly in quotes",
    }
}

/// What a speaker did: `said`, or `did not say`.
pub(crate) fn said(cue: Option<&str>, lemma: Option<&str>, negated: bool) -> String {
    match (cue, negated) {
        (_, true) => format!("did not {}", lemma.unwrap_or("say")),
        (Some(cue), false) => one_line(cue),
        (None, false) => "said".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_their_place_are_set_apart() {
        let mut out = Vec::new();
        Page::new(&mut out, 24).words("We are\nnot there yet", "[3–22] a b.txt").unwrap();
        let plain = anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string();
        assert_eq!(plain, "    “We are not there\n    yet” [3–22] a b.txt\n");
    }

    #[test]
    fn a_time_is_written_at_its_precision() {
        assert_eq!(days("2021-06", Some("2021-06-01"), Some("2021-06-30")), "2021-06");
        assert_eq!(days("2021-12-07T10:00", Some("2021-12-07"), Some("2021-12-07")), "2021-12-07");
        assert_eq!(days("2021-W49", Some("2021-12-06"), Some("2021-12-12")), "2021-12-06 to 2021-12-12");
        assert_eq!(days("XXXX-06", None, None), "XXXX-06");
    }

    #[test]
    fn a_list_reads_like_one() {
        assert_eq!(list(&["A"]), "A");
        assert_eq!(list(&["A", "B", "C"]), "A, B and C");
    }
}
