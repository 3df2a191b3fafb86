//! What is headline, dateline, body and boilerplate.
//!
//! Web pages come as lines of text in which the article stands between navigation, by-lines, captions, teasers of other
//! articles and comment forms. What tells them apart is the shape of a line (length, final stop, capitals), its place, and
//! the set phrases of web pages (`data/lexicon/boilerplate.tsv`).

mod boilerplate;
mod captions;
mod transcript;

use boilerplate::{drop_boilerplate, without_credit};
use demarche_record::Article;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;
use transcript::{TURN, Transcript};

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
        let mut blocks = Vec::with_capacity(paragraphs.len() + 1);
        let given = article.title.as_deref().unwrap_or_default();
        if title.is_none_or(|i| !text[paragraphs[i].clone()].split_whitespace().eq(given.split_whitespace())) {
            let heading = statement_heading(article);
            blocks.extend(heading.map(|bytes| Block { bytes, kind: BlockKind::Title, speaker: None }));
        }
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

/// The heading of a page that is one statement ("Statement by President Lee"), where only the front matter has it: it tells
/// whose words the page holds. YAML folds long lines and may escape no-break spaces.
fn statement_heading(article: &Article) -> Option<Range<usize>> {
    static GENRE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:\S+\s+){0,2}(?:statement|message|letter|address|remarks)\s+(?:by|from|of)\s")
            .expect("a fixed pattern")
    });
    let title = article.title.as_deref().filter(|title| GENRE.is_match(title))?;
    let words: Vec<String> = title.split_whitespace().take(12).map(regex::escape).collect();
    let front = &article.text[..article.content.start];
    (4..=words.len()).rev().find_map(|n| {
        let pattern = Regex::new(&words[..n].join(r"(?:\s|\\_)+")).expect("escaped words make a pattern");
        pattern.find(front).map(|found| found.range())
    })
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
    let narrow = broken >= 3 && broken * 10 >= followed.len() * 6 && widest <= 110;
    let wrapped = narrow || widest <= 200 && is_wrapped_wide(text, &lines, widest);
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

/// Whether lines are wrapped at a width beyond that of a page: most are nearly as wide as the widest, and most break off within
/// a sentence, as no line does that is a paragraph by itself.
fn is_wrapped_wide(text: &str, lines: &[(Range<usize>, bool)], widest: usize) -> bool {
    let followed = lines.windows(2).filter(|pair| !pair[1].1).map(|pair| &text[pair[0].0.clone()]);
    let (mut all, mut wide, mut broken_off) = (0, 0, 0);
    for line in followed {
        all += 1;
        wide += usize::from(line.chars().count() * 10 >= widest * 8);
        broken_off += usize::from(!ends_sentence(line));
    }
    wide >= 3 && wide * 10 >= all * 6 && broken_off * 10 >= all * 6
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
