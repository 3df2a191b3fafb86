//! Words, numbers, numeric dates and clock times of a text: what the grammar reads.

use crate::words::{Meaning, Words, Writing};
use jiff::civil::Date;
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum What {
    /// A word of the vocabulary.
    Word(Meaning),
    /// A number in digits and how many digits it has; no thousands separators, no fraction.
    Digits(u32, u8),
    /// Any other number in digits: "1,500", "2.5".
    Number(f64),
    /// "7th".
    Ordinal(u32),
    /// "1990s", "'90s" (with the century only where it is written).
    Decade(i16),
    /// "2021-12-07", "12/7/2021".
    Date(Date),
    /// "17:30"; hour, minute, and seconds if written.
    Clock(i8, i8, Option<i8>),
    /// "5pm": hour, minute.
    Hour(i8, i8),
    /// A punctuation mark, or the first byte of anything else.
    Mark(u8),
    /// A word that is no part of a time expression, unless in the name of a holiday.
    Other,
    /// An empty line, or the end.
    Break,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) what: What,
    /// The word in lower case where it is in the vocabulary, else empty.
    pub(crate) word: &'static str,
    /// The second reading of "second".
    pub(crate) ordinal: Option<u32>,
    /// Written with a capital.
    pub(crate) capital: bool,
    /// White space before it.
    pub(crate) spaced: bool,
    pub(crate) writing: Writing,
}

impl Token {
    pub(crate) fn bytes(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Cuts a text into tokens.
pub(crate) fn tokens(text: &str, words: &Words) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut lower = String::with_capacity(32);
    let mut i = 0;
    let mut spaced = true;
    while i < bytes.len() {
        let b = bytes[i];
        if b.is_ascii_whitespace() {
            let from = i;
            while i < bytes.len() && bytes[i].is_ascii_whitespace() {
                i += 1;
            }
            if bytes[from..i].iter().filter(|&&b| b == b'\n').count() > 1 {
                found.push(plain(from, i, What::Break));
            }
            spaced = true;
            continue;
        }
        let mut token = if b.is_ascii_digit() {
            digits(text, i)
        } else if b.is_ascii_alphabetic() {
            word(text, i, words, &mut lower)
        } else if b == b'\'' || text[i..].starts_with('’') {
            apostrophe(text, i, words)
        } else if b.is_ascii() {
            plain(i, i + 1, What::Mark(b))
        } else {
            let c = text[i..].chars().next().unwrap_or(' ');
            if c.is_alphabetic() {
                let end = text[i..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |n| i + n);
                plain(i, end, What::Other)
            } else if c.is_whitespace() {
                i += c.len_utf8();
                spaced = true;
                continue;
            } else {
                let mark = if matches!(c, '–' | '—' | '‑' | '−') { b'-' } else { b };
                plain(i, i + c.len_utf8(), What::Mark(mark))
            }
        };
        token.spaced = spaced;
        i = token.end;
        spaced = false;
        found.push(token);
    }
    found
}

fn plain(start: usize, end: usize, what: What) -> Token {
    Token { start, end, what, word: "", ordinal: None, capital: false, spaced: false, writing: Writing::Any }
}

fn word(text: &str, start: usize, words: &Words, lower: &mut String) -> Token {
    let bytes = text.as_bytes();
    let mut end = start;
    while end < bytes.len() && bytes[end].is_ascii_alphabetic() {
        end += 1;
    }
    // A letter beyond ASCII belongs to the word, which then is none of ours.
    if text[end..].chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_ascii_digit()) {
        let end = text[end..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |n| end + n);
        return plain(start, end, What::Other);
    }
    // "a.m.", "p.m."
    if matches!(bytes[start], b'a' | b'p' | b'A' | b'P')
        && end == start + 1
        && bytes.get(end) == Some(&b'.')
        && bytes.get(end + 1).is_some_and(|b| b.eq_ignore_ascii_case(&b'm'))
        && !bytes.get(end + 2).is_some_and(u8::is_ascii_alphanumeric)
    {
        end += 2;
        if bytes.get(end) == Some(&b'.') {
            end += 1;
        }
        lower.clear();
        lower.push_str(if bytes[start].eq_ignore_ascii_case(&b'a') { "a.m." } else { "p.m." });
    } else {
        if end - start > words.longest {
            return Token { capital: bytes[start].is_ascii_uppercase(), ..plain(start, end, What::Other) };
        }
        lower.clear();
        lower.push_str(&text[start..end]);
        lower.make_ascii_lowercase();
    }
    let capital = bytes[start].is_ascii_uppercase();
    match words.get(lower) {
        Some(entry)
            if entry.writing == Writing::Any
                || capital
                || entry.writing == Writing::BesideNumber && beside_number(bytes, start, end) =>
        {
            Token {
                start,
                end,
                what: if entry.meaning == Meaning::InHoliday { What::Other } else { What::Word(entry.meaning) },
                word: entry.word,
                ordinal: entry.ordinal,
                capital,
                spaced: false,
                writing: entry.writing,
            }
        }
        _ => Token { capital, ..plain(start, end, What::Other) },
    }
}

/// Whether a digit stands next to a word: "20 dec", "2019-aug-1".
fn beside_number(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = bytes[..start].iter().rev().take(4).find(|b| !matches!(b, b' ' | b'-' | b'/'));
    let after = bytes[end..].iter().take(3).find(|b| !matches!(b, b' ' | b'-' | b'/' | b'.'));
    before.is_some_and(u8::is_ascii_digit) || after.is_some_and(u8::is_ascii_digit)
}

fn apostrophe(text: &str, start: usize, words: &Words) -> Token {
    let mark = if text.as_bytes()[start] == b'\'' { 1 } else { '’'.len_utf8() };
    let rest = &text.as_bytes()[start + mark..];
    // "'90s"
    if rest.len() >= 3
        && rest[0].is_ascii_digit()
        && rest[1] == b'0'
        && rest[2] == b's'
        && !rest.get(3).is_some_and(u8::is_ascii_alphanumeric)
    {
        return plain(start, start + mark + 3, What::Decade(i16::from(rest[0] - b'0') * 10));
    }
    if rest.first().is_some_and(|b| b.eq_ignore_ascii_case(&b's'))
        && !rest.get(1).is_some_and(u8::is_ascii_alphanumeric)
    {
        let possessive = words.get(if mark == 1 { "'s" } else { "’s" });
        return Token {
            word: possessive.map_or("", |entry| entry.word),
            ..plain(start, start + mark + 1, What::Word(Meaning::Plain))
        };
    }
    let word = words.get("'").map_or("", |entry| entry.word);
    Token { word, ..plain(start, start + mark, What::Mark(b'\'')) }
}

/// A run of digits with what belongs to it.
fn digits(text: &str, start: usize) -> Token {
    let bytes = text.as_bytes();
    if let Some(token) = numeric_date(text, start) {
        return token;
    }
    let mut end = start;
    while end < bytes.len() && bytes[end].is_ascii_digit() {
        end += 1;
    }
    let length = end - start;
    let value: u32 = text[start..end].parse().unwrap_or(u32::MAX);
    let rest = &text[end..];
    let digit_at = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    // "17:30", "5.30pm"
    if length <= 2
        && value < 25
        && (rest.starts_with(':') || rest.starts_with('.'))
        && digit_at(end + 1)
        && digit_at(end + 2)
        && !digit_at(end + 3)
    {
        let minute = (bytes[end + 1] - b'0') * 10 + (bytes[end + 2] - b'0');
        let meridiem = meridiem(&text[end + 3..]);
        if minute < 60 && (rest.starts_with(':') || meridiem.is_some()) {
            let minute = minute as i8;
            if let Some((pm, length)) = meridiem {
                if let Some(hour) = hour(value, pm) {
                    return plain(start, end + 3 + length, What::Hour(hour, minute));
                }
            } else {
                let seconds =
                    (bytes.get(end + 3) == Some(&b':') && digit_at(end + 4) && digit_at(end + 5) && !digit_at(end + 6))
                        .then(|| ((bytes[end + 4] - b'0') * 10 + (bytes[end + 5] - b'0')) as i8);
                let end = if seconds.is_some() { end + 6 } else { end + 3 };
                return plain(start, end, What::Clock(value as i8, minute, seconds));
            }
        }
    }
    // "1,500", "2.5"
    let mut number_end = end;
    while bytes.get(number_end) == Some(&b',')
        && (1..=3).all(|k| digit_at(number_end + k))
        && !digit_at(number_end + 4)
        && length <= 3
    {
        number_end += 4;
    }
    if bytes.get(number_end) == Some(&b'.') && digit_at(number_end + 1) {
        number_end += 1;
        while digit_at(number_end) {
            number_end += 1;
        }
    }
    if number_end > end {
        let value: String = text[start..number_end].chars().filter(|c| *c != ',').collect();
        return plain(start, number_end, What::Number(value.parse().unwrap_or(0.0)));
    }
    let suffix: String =
        rest.chars().take_while(char::is_ascii_alphabetic).take(3).collect::<String>().to_ascii_lowercase();
    if matches!(suffix.as_str(), "st" | "nd" | "rd" | "th") {
        return plain(start, end + 2, What::Ordinal(value));
    }
    if suffix == "s"
        && value.is_multiple_of(10)
        && (length == 4 && (1000..2100).contains(&value) || length == 2 && value > 0)
    {
        return plain(start, end + 1, What::Decade(value as i16));
    }
    if length <= 2
        && let Some((pm, length)) = meridiem(rest)
        && let Some(hour) = hour(value, pm)
    {
        return plain(start, end + length, What::Hour(hour, 0));
    }
    if !suffix.is_empty() {
        // "737s", "3rdparty", "5G": a name or a measure.
        let end = rest.find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |n| end + n);
        return plain(start, end, What::Other);
    }
    plain(start, end, What::Digits(value, length.min(255) as u8))
}

/// "am" or "pm" in its spellings at the start of `rest`: whether it is the afternoon, and its length.
fn meridiem(rest: &str) -> Option<(bool, usize)> {
    let space = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
    let rest = &rest.as_bytes()[space..];
    if space > 2 {
        return None;
    }
    let pm = match rest.first()?.to_ascii_lowercase() {
        b'a' => false,
        b'p' => true,
        _ => return None,
    };
    let length = if rest.get(1) == Some(&b'.') && rest.get(2).is_some_and(|b| b.eq_ignore_ascii_case(&b'm')) {
        if rest.get(3) == Some(&b'.') { 4 } else { 3 }
    } else if rest.get(1).is_some_and(|b| b.eq_ignore_ascii_case(&b'm')) {
        2
    } else {
        return None;
    };
    (!rest.get(length).is_some_and(u8::is_ascii_alphanumeric)).then_some((pm, space + length))
}

fn hour(hour: u32, pm: bool) -> Option<i8> {
    let hour = i8::try_from(hour).ok().filter(|h| (1..=12).contains(h))?;
    Some(hour % 12 + if pm { 12 } else { 0 })
}

/// Dates in digits only: year first; else month first unless that cannot be.
fn numeric_date(text: &str, start: usize) -> Option<Token> {
    let bytes = text.as_bytes();
    if start > 0 && matches!(bytes[start - 1], b'/' | b'.' | b',' | b':' | b'$' | b'#' | b'_') {
        return None;
    }
    let mut at = start;
    let mut fields = [0i16; 3];
    let mut lengths = [0; 3];
    let mut separator = 0;
    for k in 0..3 {
        let from = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() && at - from < 5 {
            fields[k] = fields[k].checked_mul(10)?.checked_add(i16::from(bytes[at] - b'0'))?;
            at += 1;
        }
        lengths[k] = at - from;
        if !(1..=4).contains(&lengths[k]) {
            return None;
        }
        if k < 2 {
            let mark = *bytes.get(at)?;
            if !matches!(mark, b'-' | b'/' | b'.') || k == 1 && mark != separator {
                return None;
            }
            // After a dash the date is the second of two: "10/1/2018-10/7/2018".
            if mark == b'-' && start > 0 && bytes[start - 1] == b'-' {
                return None;
            }
            separator = mark;
            at += 1;
        }
    }
    let ends = |i: usize| {
        !bytes.get(i).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b == separator && separator != b'.')
    };
    let (year, month, day) = if lengths[0] == 4 {
        (fields[0], fields[1], fields[2])
    } else if lengths[0] <= 2 && lengths[1] <= 2 && (lengths[2] == 4 || lengths[2] == 2 && separator == b'/') {
        let year = match (lengths[2], fields[2]) {
            (4, year) => year,
            (_, short @ 0..40) => 2000 + short,
            (_, short) => 1900 + short,
        };
        // A point between day, month and year is the European way.
        let day_first = fields[0] > 12 || separator == b'.';
        if day_first { (year, fields[1], fields[0]) } else { (year, fields[0], fields[1]) }
    } else {
        return None;
    };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    // "2021-12-07T10:35:00Z"
    if bytes.get(at) == Some(&b'T') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
        return Some(plain(start, at, What::Date(date)));
    }
    (ends(at) && (1000..2200).contains(&year)).then(|| plain(start, at, What::Date(date)))
}
