//! What is headline, dateline, body and boilerplate.
//!
//! Web pages come as lines of text in which the article stands between navigation, by-lines, captions, teasers of other
//! articles and comment forms. What tells them apart is the shape of a line (length, final stop, capitals), its place, and
//! the set phrases of web pages (`data/lexicon/boilerplate.tsv`).

use demarche_record::Article;
use regex::Regex;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The parts of an article, in the order of the text. Boilerplate is left out of the blocks.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Headlines and paragraphs that belong to the article.
    pub blocks: Vec<Block>,
}

/// A paragraph or headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Bytes of the source text, without white space around. Hard-wrapped lines of one paragraph are one block.
    pub bytes: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
    /// In a transcript: the index of the [`BlockKind::Speaker`] block whose turn this paragraph belongs to.
    pub speaker: Option<usize>,
}

/// Sorts of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// The headline.
    Title,
    /// Place, agency or day before the first words ("MOSCOW (Reuters) —"), or a line that is only a date.
    Dateline,
    /// The label before a turn in a transcript, without its colon ("MS. PSAKI", "Q").
    Speaker,
    /// A paragraph of the article.
    Paragraph,
}

impl Layout {
    /// Finds the parts of an article.
    pub fn of(article: &Article) -> Self {
        let text = article.text.as_str();
        let mut paragraphs = paragraphs(text, article.content.clone());
        drop_boilerplate(text, &mut paragraphs);
        let title = find_title(article, &paragraphs);
        if let Some(title) = title {
            drop_repetitions(text, &mut paragraphs, title);
        }
        let transcript = Transcript::of(text, &paragraphs);
        let mut blocks = Vec::with_capacity(paragraphs.len());
        let mut speaker = None;
        let mut seen_body = 0;
        for (i, bytes) in paragraphs.into_iter().enumerate() {
            if Some(i) == title {
                blocks.push(Block { bytes, kind: BlockKind::Title, speaker: None });
                continue;
            }
            if DATE_LINE.is_match(&text[bytes.clone()]) {
                blocks.push(Block { bytes, kind: BlockKind::Dateline, speaker: None });
                continue;
            }
            if let Some((label, rest)) = transcript.turn(text, &bytes) {
                speaker = Some(blocks.len());
                blocks.push(Block { bytes: label, kind: BlockKind::Speaker, speaker: None });
                if !rest.is_empty() {
                    blocks.push(Block { bytes: rest, kind: BlockKind::Paragraph, speaker });
                }
                continue;
            }
            let mut start = bytes.start;
            if seen_body < 3
                && speaker.is_none()
                && let Some(end) = dateline(&text[bytes.clone()])
            {
                let line = trim(text, start..start + end);
                blocks.push(Block { bytes: line, kind: BlockKind::Dateline, speaker: None });
                start += end;
            }
            seen_body += 1;
            let bytes = trim(text, start..without_credit(text, bytes).end);
            if !bytes.is_empty() {
                blocks.push(Block { bytes, kind: BlockKind::Paragraph, speaker });
            }
        }
        Self { blocks }
    }
}

/// The range without white space at its ends.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    if range.start >= range.end {
        return range.start..range.start;
    }
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// Lines that are not empty, or the paragraphs of hard-wrapped text.
fn paragraphs(text: &str, content: Range<usize>) -> Vec<Range<usize>> {
    let mut lines: Vec<(Range<usize>, bool)> = Vec::new();
    let mut after_blank = true;
    let mut at = content.start;
    for line in text[content].split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let bytes = trim(text, at..at + line.len());
        at += line.len();
        // A carriage return before a line feed ends the same line.
        if bytes.is_empty() {
            after_blank |= line != "\n" || !text[..bytes.start.min(text.len())].ends_with('\r');
            continue;
        }
        lines.push((bytes, std::mem::take(&mut after_blank)));
    }
    let width = |r: &Range<usize>| text[r.clone()].chars().count();
    let followed: Vec<usize> = lines.windows(2).filter(|pair| !pair[1].1).map(|pair| width(&pair[0].0)).collect();
    let broken = followed.iter().filter(|w| (50..=90).contains(*w)).count();
    let widest = lines.iter().map(|(r, _)| width(r)).max().unwrap_or(0);
    let wrapped = broken >= 3 && broken * 10 >= followed.len() * 6 && widest <= 110;
    let mut found: Vec<Range<usize>> = Vec::with_capacity(lines.len());
    let mut last_width = 0;
    for (bytes, after_blank) in lines {
        let indented = text[..bytes.start].ends_with("  ") || text[..bytes.start].ends_with('\t');
        let line = &text[bytes.clone()];
        let item = LIST_ITEM.is_match(line) || TURN.is_match(line);
        let goes_on = wrapped && !after_blank && !indented && !item;
        let this_width = width(&bytes);
        match found.last_mut() {
            Some(last) if goes_on && !(ends_sentence(&text[last.clone()]) && last_width * 10 < widest * 7) => {
                last.end = bytes.end;
            }
            _ => found.push(bytes),
        }
        last_width = this_width;
    }
    for bytes in &mut found {
        *bytes = without_markup(text, bytes.clone());
    }
    found.retain(|bytes| !bytes.is_empty());
    found
}

fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '*', '_', ' ']);
    line.ends_with(['.', '!', '?', '…', ':', ';'])
}

/// Without Markdown's marks for headings, quotations and list items at the start.
fn without_markup(text: &str, bytes: Range<usize>) -> Range<usize> {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:#{1,6}\s+|>\s*|[-*+•·▪●]\s+|={3,}|-{3,}|\*{3,}|_{3,})+").expect("a fixed pattern")
    });
    let start = MARK.find(&text[bytes.clone()]).map_or(0, |m| m.end());
    let rest = trim(text, bytes.start + start..bytes.end);
    let closing = text[rest.clone()].trim_end_matches('#');
    trim(text, rest.start..rest.start + closing.len())
}

static LIST_ITEM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[-*+•·▪●]|\(?\d{1,2}[.)])\s").expect("a fixed pattern"));

const MONTH: &str = r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)";

/// A line that is nothing but a date or a time of day.
static DATE_LINE: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day|\.)?";
    Regex::new(&format!(
        r"(?ix)^\(?(?:(?:published|posted|updated|last\ updated|modified|date)(?:\ on|\ at)?:?\s*)?
          (?:(?:{day},?\s+)?(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}),?(?:\s+\d{{4}})?
            |\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|{day}
            |\d{{1,2}}[:.]\d{{2}}\s*(?:[ap]\.?m\.?)?(?:\s+[a-z]{{2,4}})?)
          (?:[\s,|–—-]+(?:at\s+)?\d{{1,2}}[:.h]\d{{2}}(?:[:.]\d{{2}})?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[a-z]{{2,5}}\)?)?)?\)?$"
    ))
    .expect("a fixed pattern")
});

/// Length in bytes of the dateline at the start of a paragraph, if it has one.
fn dateline(paragraph: &str) -> Option<usize> {
    static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
        let place = r"[A-Z][\p{L}.'’-]*(?:[ ,/-]+(?:(?:de|del|la|le|el|of|and|upon|am)\s+)?[A-Z0-9][\p{L}\d.'’]*){0,6}";
        let caps = r"\p{Lu}[\p{Lu}.'’-]+(?:[ /-]+\p{Lu}[\p{Lu}.'’-]*){0,4}(?:,\s*[A-Z][\p{L}.]+(?:\s[A-Z][\p{L}.]+)?)?";
        Regex::new(&format!(
            r"^(?:{place}(?:,\s*(?i:{MONTH})\s+\d{{1,2}}(?:,?\s+\d{{4}})?)?\s*\([^()\n]{{2,40}}\)\s*(?:—|–|--|-|:|―)\s*
              |{caps}(?:,\s*(?i:{MONTH})\s+\d{{1,2}}(?:,?\s+\d{{4}})?)?\s*(?:—|–|--|\s-|―)\s+
              |\({place}\)\s+[-–—]?\s*)"
        ).replace("\n              ", ""))
        .expect("a fixed pattern")
    });
    let end = DATELINE.find(paragraph)?.end();
    (end <= 90 && end < paragraph.len()).then_some(end)
}

/// Without the credit of a picture at the end of its caption ("Image: …", "(Photo by …)").
fn without_credit(text: &str, bytes: Range<usize>) -> Range<usize> {
    static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?x)(?:\s|^)\(?(?:(?:Image|Photo|Picture|Photograph|Credit|File\ photo|Video|Illustration)(?:\ credit)?s?:|(?:Photo|Image|Photograph|Picture|Illustration|Video)s?\ (?:by|courtesy)\ |AP\ Photo/|Getty\ Images)[^.\n]{0,80}\.?\)?$")
            .expect("a fixed pattern")
    });
    match CREDIT.find(&text[bytes.clone()]) {
        Some(credit) => trim(text, bytes.start..bytes.start + credit.start()),
        None => bytes,
    }
}

/// What a set phrase of web pages says of the lines around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phrase {
    /// The article is over: nothing below belongs to it.
    End,
    /// This line, and when it holds nothing else the teaser on the next, is not the article.
    Teaser,
    /// This line is not the article.
    Line,
}

/// The set phrases, in lower case, and whether one must be the whole line.
static PHRASES: LazyLock<Vec<(String, bool, Phrase)>> = LazyLock::new(|| {
    let table = include_str!("../../../data/lexicon/boilerplate.tsv");
    let rows = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let (phrase, scope, what) = (cells.next()?, cells.next()?, cells.next()?);
        let what = match what {
            "end" => Phrase::End,
            "teaser" => Phrase::Teaser,
            _ => Phrase::Line,
        };
        Some((phrase.to_owned(), scope == "whole", what))
    })
    .collect()
});

fn phrase_of(line: &str) -> Option<(Phrase, bool)> {
    if line.chars().count() > 400 {
        return None;
    }
    let short = line.chars().count() <= 200;
    let lower = line.to_lowercase().replace('’', "'");
    let lower = lower.trim_start_matches(['*', '_', '[', '(', '►', '»', '>', '▶', '|', '•', ' ', '–', '—', '-']);
    let bare = lower.trim_end_matches([':', '.', '…', '!', '*', '_', '»', ']', ')', ' ', '>', '→', '-', '–']);
    PHRASES.iter().find_map(|(phrase, whole, what)| {
        let matches = if *whole {
            bare == phrase
        } else {
            (short || *what == Phrase::End)
                && lower.strip_prefix(phrase.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        matches.then(|| (*what, bare.len() <= phrase.len() + 1))
    })
}

fn drop_boilerplate(text: &str, paragraphs: &mut Vec<Range<usize>>) {
    let n = paragraphs.len();
    let long = |r: &Range<usize>| {
        let line = &text[r.clone()];
        line.chars().count() >= 160 && ends_sentence(line) && !line.ends_with('…') && !line.ends_with("...")
    };
    let mut drop = vec![false; n];
    let total: usize = paragraphs.iter().map(|p| p.len()).sum();
    let mut before = 0;
    for i in 0..n {
        let line = &text[paragraphs[i].clone()];
        let here = before;
        before += line.len();
        if drop[i] {
            continue;
        }
        match phrase_of(line) {
            Some((Phrase::End, _)) => {
                drop[i] = true;
                let more = paragraphs[i + 1..].iter().filter(|p| long(p)).count();
                let whole = paragraphs.iter().filter(|p| long(p)).count();
                if here * 4 >= total && (more * 3 <= whole || more <= 1) {
                    drop[i..].fill(true);
                    break;
                }
            }
            Some((Phrase::Teaser, alone)) => {
                drop[i] = true;
                if alone && i + 1 < n && !ends_sentence(&text[paragraphs[i + 1].clone()]) {
                    drop[i + 1] = true;
                }
            }
            Some((Phrase::Line, _)) => drop[i] = true,
            None if BYLINE.is_match(line) || LINK.is_match(line) => drop[i] = true,
            None => {}
        }
    }
    drop_authors(text, paragraphs, &mut drop);
    let mut kept = drop.iter();
    paragraphs.retain(|_| !kept.next().copied().unwrap_or(false));
}

/// "By Ann Lee", "(Reporting by …; editing by …)".
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:(?:By|BY|by|Written\ by|Posted\ by|Published\ by|Reported\ by|Story\ by|Author:|Written\ and\ edited\ by|Text:)\s+(?:\p{Lu}[\p{L}.'’-]*)(?:[\s,&|/]+(?:and\s+|in\s+|at\s+|for\s+|de\s+|van\s+|von\s+|al-)?[\p{Lu}\d@][\p{L}\d.'’:-]*){0,14}[\s|•·,–—-]*$
          |\(?(?:Additional\ )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Tt]ranslated)\ by\ [^\n]{3,200}$)",
    )
    .expect("a fixed pattern")
});

/// A line that is only an address of the web or of mail, or a handle.
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:https?://\S+|www\.\S+|\S+@\S+\.\w+|@\w+|[#©].{0,80}|[^\w\s]*)$").expect("a fixed pattern")
});

/// Lines of one to three capitalised words and nothing else: names of authors and agencies, menu entries. An author's
/// name may stand twice (picture and text) and be followed by a line about him.
fn drop_authors(text: &str, paragraphs: &[Range<usize>], drop: &mut [bool]) {
    static CAPITALISED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\p{Lu}[\p{L}.'’-]*(?:\s+(?:de\s+|van\s+|von\s+|bin\s+|al-)?\p{Lu}[\p{L}.'’-]*){0,3}$")
            .expect("a fixed pattern")
    });
    let kept: Vec<usize> = (0..paragraphs.len()).filter(|&i| !drop[i]).collect();
    for (k, &i) in kept.iter().enumerate() {
        let line = &text[paragraphs[i].clone()];
        if k == 0 || !CAPITALISED.is_match(line) || TURN.is_match(line) {
            continue;
        }
        drop[i] = true;
        let twin = k > 0 && text[paragraphs[kept[k - 1]].clone()] == *line;
        if twin && let Some(&next) = kept.get(k + 1) {
            let about = &text[paragraphs[next].clone()];
            if about.split_whitespace().count() <= 60 && !about.contains("said") {
                drop[next] = true;
            }
        }
    }
}

/// Index of the headline among the paragraphs.
fn find_title(article: &Article, paragraphs: &[Range<usize>]) -> Option<usize> {
    let text = article.text.as_str();
    let first = paragraphs.iter().position(|p| !DATE_LINE.is_match(&text[p.clone()]))?;
    let line = &text[paragraphs[first].clone()];
    if article.title.as_deref().is_some_and(|title| bare(title) == bare(line)) {
        return Some(first);
    }
    let heading = text[..paragraphs[first].start].ends_with("# ");
    if heading {
        return Some(first);
    }
    let next = paragraphs.get(first + 1)?;
    if TURN.is_match(line) || dateline(line).is_some() || line.starts_with(['"', '“']) && ends_sentence(line) {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let repeated = paragraphs[first + 1..].iter().any(|p| bare(&text[p.clone()]) == bare(line));
    let capitals = words.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
    let short = words.len() <= 30 && line.chars().count() <= 220;
    let title = repeated
        || !ends_sentence(line)
        || words.len() <= 16 && (capitals * 3 >= words.len() * 2 || next.len() * 10 >= line.len() * 13);
    (short && title).then_some(first)
}

/// Letters and digits of a line in lower case.
fn bare(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Later lines that say the headline again (captions of the picture), whole or cut.
fn drop_repetitions(text: &str, paragraphs: &mut Vec<Range<usize>>, title: usize) {
    let headline = bare(&text[paragraphs[title].clone()]);
    let mut i = 0;
    paragraphs.retain(|p| {
        i += 1;
        if i - 1 == title || p.len() > 400 {
            return true;
        }
        let line = bare(&text[p.clone()]);
        let cut =
            line.chars().count() >= 25 && line.len() * 2 >= headline.len() && nearly_starts_with(&headline, &line);
        headline.is_empty() || !(line == headline || cut)
    });
}

/// Whether `whole` starts with `part` but for a letter or two (articles put in or left out).
fn nearly_starts_with(whole: &str, part: &str) -> bool {
    if whole.starts_with(part) {
        return true;
    }
    let length = part.chars().count();
    let start: String = whole.chars().take(length).collect();
    strsim::levenshtein(&start, part) * 12 <= length
}

/// "MS. PSAKI:  Good morning.", "Q  Thank you." A label is in capitals, or it is known to open many lines.
static TURN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?P<q>Q|Q\.|QUESTION|REPORTER)(?::\s*|\s+)|(?P<caps>\p{Lu}[\p{Lu}\d .,'’\-–]{1,60}(?:\s?\([^()]{1,40}\))?(?:\s?\[[^\[\]]{1,40}\])?):(?:\s+|$))")
        .expect("a fixed pattern")
});

static NAMED_TURN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[*_]{0,3}(?P<name>(?:\p{Lu}[\p{L}.'’-]*)(?:\s+\p{Lu}[\p{L}.'’-]*){0,4})[*_]{0,3}:[*_]{0,3}\s+\S")
        .expect("a fixed pattern")
});

/// Which labels open the turns of a transcript.
struct Transcript {
    capitals: bool,
    names: Vec<String>,
}

impl Transcript {
    fn of(text: &str, paragraphs: &[Range<usize>]) -> Self {
        let mut turns = 0;
        let mut labelled: FxHashMap<&str, usize> = FxHashMap::default();
        let mut order: Vec<&str> = Vec::new();
        for p in paragraphs {
            let line = &text[p.clone()];
            if TURN.is_match(line) {
                turns += 1;
            } else if let Some(name) = NAMED_TURN.captures(line).and_then(|c| c.name("name")) {
                let count = labelled.entry(name.as_str()).or_default();
                *count += 1;
                if *count == 1 {
                    order.push(name.as_str());
                }
            }
        }
        // Two who speak in turn, of whom the second may have spoken once: then full names are enough.
        let often = |name: &str| labelled[name] >= 2;
        let in_turn = order.len() >= 2 && order.iter().any(|name| often(name));
        let names = order.into_iter().filter(|name| often(name) || in_turn && name.contains(' '));
        let names: Vec<String> = names.map(str::to_owned).collect();
        let enough = names.len() >= 2 || names.len() == 1 && turns >= 1;
        Self { capitals: turns >= 2 || enough, names: if enough { names } else { Vec::new() } }
    }

    /// The label and the words after it, when a turn starts with this paragraph.
    fn turn(&self, text: &str, bytes: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
        let line = &text[bytes.clone()];
        let (label, end) = if let Some(found) = self.capitals.then(|| TURN.captures(line)).flatten() {
            let label = found.name("q").or_else(|| found.name("caps"))?;
            (label.range(), found.get(0)?.end())
        } else {
            let found = NAMED_TURN.captures(line)?.name("name")?;
            if !self.names.iter().any(|n| n == found.as_str()) {
                return None;
            }
            let marks = line[found.end()..].find(|c| !matches!(c, '*' | '_' | ':')).unwrap_or(0);
            (found.range(), found.end() + marks)
        };
        let label = trim(text, bytes.start + label.start..bytes.start + label.end);
        Some((label, trim(text, bytes.start + end..bytes.end)))
    }
}
