//! What stands on a page beside the article: by-lines, teasers, set phrases, comment forms, credits and captions.

use super::captions::is_caption;
use super::transcript::TURN;
use super::{ends_sentence, trim};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Without the credit of a picture at the end of its caption ("Image: …", "(Photo by …)").
pub(super) fn without_credit(text: &str, bytes: Range<usize>) -> Range<usize> {
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
    let table = include_str!("../../../../data/lexicon/boilerplate.tsv");
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

pub(super) fn drop_boilerplate(text: &str, paragraphs: &mut Vec<Range<usize>>) {
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
            None if COUNTED_COMMENTS.is_match(line) && here * 3 >= total => {
                drop[i..].fill(true);
                break;
            }
            None if PICTURE_NUMBER.is_match(line) => {
                drop[i] = true;
                if let Some(next) = drop.get_mut(i + 1) {
                    *next = paragraphs[i + 1].len() <= 300;
                }
            }
            None if BYLINE.is_match(line) || LINK.is_match(line) => drop[i] = true,
            // Where the whole article is one paragraph, it may end with that line.
            None if CONTRIBUTORS.is_match(line) && line.len() <= CONTRIBUTORS_AT_MOST => drop[i] = true,
            None if i + 3 >= n && i > 1 && ABOUT_AUTHOR.is_match(line) && !line.contains(" said") => drop[i] = true,
            None => {}
        }
    }
    drop_captions(text, paragraphs, &mut drop);
    drop_authors(text, paragraphs, &mut drop);
    let mut kept = drop.iter();
    paragraphs.retain(|_| !kept.next().copied().unwrap_or(false));
}

/// Captions, in an article that is told in the past: what a picture shows is told in the present.
fn drop_captions(text: &str, paragraphs: &[Range<usize>], drop: &mut [bool]) {
    let all = paragraphs.iter().map(|p| &text[p.clone()]);
    let (past, present) = all.fold((0, 0), |(past, present), line| {
        (past + TOLD_IN_THE_PAST.find_iter(line).count(), present + TOLD_IN_THE_PRESENT.find_iter(line).count())
    });
    if past < 3 || past <= present {
        return;
    }
    for (paragraph, drop) in paragraphs.iter().zip(drop) {
        *drop |= is_caption(&text[paragraph.clone()]);
    }
}

static TOLD_IN_THE_PAST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:said|told|was|were|had)\b").expect("a fixed pattern"));

static TOLD_IN_THE_PRESENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:says|tells|is|are|has)\b").expect("a fixed pattern"));

/// "By Ann Lee", "(Reporting by …; editing by …)".
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:(?:By|BY|by|Written\ by|Posted\ by|Published\ by|Reported\ by|Story\ by|Author:|Written\ and\ edited\ by|Text:)\s+(?:\p{Lu}[\p{L}.'’-]*)(?:[\s,&|/]+(?:and\s+|in\s+|at\s+|for\s+|de\s+|van\s+|von\s+|al-)?[\p{Lu}\d@][\p{L}\d.'’:-]*){0,14}[\s|•·,–—-]*$
          |\(?(?:Additional\ )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Tt]ranslated)\ by\ [^\n]{3,200}$)",
    )
    .expect("a fixed pattern")
});

/// "3 Comments", "12 thoughts on …": below are the readers.
static COUNTED_COMMENTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i:\(?\d{1,5}\)?\s+(?:comments?|responses?|replies|thoughts? on\b.*|reactions?)|comments?\s*\(\d{1,5}\)):?$")
        .expect("a fixed pattern")
});

/// "1 of 12", "3 / 8": the caption of that picture follows.
static PICTURE_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\(?\d{1,3}\s*(?:of|/)\s*\d{1,3}\)?$").expect("a fixed pattern"));

/// Bytes of a paragraph that only says who else worked on the article.
const CONTRIBUTORS_AT_MOST: usize = 300;

/// "Ann Lee and Bo Berg contributed to this report", "Ann Lee reported from Bern, and Bo Berg from Oslo.",
/// "Correction: …".
static CONTRIBUTORS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)\bcontributed\ (?:(?:additional\ )?(?:reporting|research)\ )?(?:to|for)\ this\ (?:report|article|story|piece)\b
          |^\p{Lu}[\p{L}.'’-]+(?:\ \p{Lu}[\p{L}.'’-]+){1,3}\ reported\ from\ [^.]{2,60}(?:,\ and\ \p{Lu}[^.]{2,80}\ from\ [^.]{2,60})?\.$
          |^(?:Correction|Clarification|Editor['’]?s['’]?\ [Nn]ote|CORRECTION)\b[^.]{0,40}:\ ",
    )
    .expect("a fixed pattern")
});

/// "Ann Lee is a reporter in Bern.", "Ann Lee covers rivers. Follow her on …", at the end of an article.
static ABOUT_AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^\p{Lu}[\p{L}.'’-]+(?:\ (?:de\ |van\ |von\ |al-)?\p{Lu}[\p{L}.'’-]+){1,3}(?:\ \(@?\w+\))?,?\ (?:
            (?:is|was|has\ been)\ (?:an?|the|our|chief|senior)\ [^.]{0,80}\b(?:reporter|correspondent|editor|columnist|journalist|writer|producer|intern|contributor)\b
            |(?:covers|writes\ (?:about|on|for)|reports\ (?:on|about|for|from))\b)
          |\b(?:Follow|Reach|Contact|Email)\ (?:him|her|them|me|\p{Lu}\p{L}+)\ (?:on|at|via)\b",
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
