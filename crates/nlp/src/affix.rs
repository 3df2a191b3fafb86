//! The punctuation rules of spaCy's English tokenizer: what is split off the front, off the end and inside a chunk.
//!
//! Written from the pattern lists of spaCy 3.8 (`lang/punctuation.py`, `lang/en/punctuation.py`) as code, because they look
//! behind and ahead, which the `regex` crate does not. All lengths and positions are in bytes.

use crate::char_class::{is_alpha, is_alpha_lower, is_alpha_upper, is_icon};
use std::ops::Range;

/// Length of the prefix of a chunk, 0 for none.
pub(crate) fn prefix_length(chunk: &str) -> usize {
    let Some(first) = chunk.chars().next() else { return 0 };
    match first {
        '.' => dots(chunk),
        '+' if chunk[1..].starts_with(|c: char| c.is_ascii_digit()) => 0,
        '+' | '§' | '%' | '=' | '—' | '–' => first.len_utf8(),
        'U' | 'C' | 'A' => {
            COUNTRY_DOLLARS.iter().find(|dollar| chunk.starts_with(**dollar)).map_or(0, |dollar| dollar.len())
        }
        _ if first.is_ascii_alphanumeric() => 0,
        _ if is_punct(first) || is_quote(first) || is_currency(first) || is_icon(first) => first.len_utf8(),
        _ => 0,
    }
}

/// Length of the longest suffix of a chunk, 0 for none.
pub(crate) fn suffix_length(chunk: &str) -> usize {
    let mut from_end = chunk.chars().rev();
    let Some(last) = from_end.next() else { return 0 };
    let before = from_end.next();
    let mut length = match last {
        '.' => final_dots(chunk, before, from_end.next()),
        's' | 'S' => match before {
            Some(apostrophe @ ('\'' | '’')) => 1 + apostrophe.len_utf8(),
            _ => 0,
        },
        '…' if before == Some('…') => 2 * last.len_utf8(),
        '—' | '–' => last.len_utf8(),
        _ if last.is_ascii_alphanumeric() => 0,
        _ if is_punct(last) || is_quote(last) || is_icon(last) => last.len_utf8(),
        _ => 0,
    };
    // What follows the last digit: a plus, a currency, a unit. It is searched near the end only, or a long chunk of
    // punctuation would be read again for each of its characters.
    let near = chunk.len().saturating_sub(LONGEST_UNIT + 1);
    if let Some(digit) = chunk.as_bytes()[near..].iter().rposition(u8::is_ascii_digit) {
        let tail = &chunk[near + digit + 1..];
        if tail.len() > length && (tail == "+" || is_currency_name(tail) || UNITS.contains(&tail)) {
            length = tail.len();
        }
    }
    length
}

/// The length of the full stop or the run of dots that can be split off a chunk that ends with a dot.
fn final_dots(chunk: &str, before: Option<char>, second_before: Option<char>) -> usize {
    match before {
        None => 0,
        Some('.') => chunk.len() - chunk.trim_end_matches('.').len(),
        Some(c) if may_end_before_stop(c) => 1,
        // After two capitals a stop ends a sentence, after one it makes an initial.
        Some(c) if is_alpha_upper(c) && second_before.is_some_and(is_alpha_upper) => 1,
        Some('F' | 'C' | 'K') if second_before == Some('°') => 1,
        Some(_) => 0,
    }
}

/// Whether a full stop after this character is a token of its own.
fn may_end_before_stop(c: char) -> bool {
    // The bar separates alternatives in spaCy's list of punctuation, which it puts into the class as it is.
    c.is_ascii_digit()
        || is_alpha_lower(c)
        || matches!(c, '%' | '²' | '-' | '+')
        || is_punct(c)
        || is_quote(c)
        || c == '|'
}

/// The infixes of a chunk, in order.
pub(crate) fn infixes(chunk: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = None;
    while let Some(c) = chunk[at..].chars().next() {
        let length = infix_length(&chunk[at..], c, before);
        if length > 0 {
            found.push(at..at + length);
            before = chunk[at..at + length].chars().next_back();
            at += length;
        } else {
            before = Some(c);
            at += c.len_utf8();
        }
    }
    found
}

/// Length of the infix that `rest` begins with (its first character is `c`, the one before it `before`), 0 for none.
fn infix_length(rest: &str, c: char, before: Option<char>) -> usize {
    if c.is_ascii_alphanumeric() {
        return 0;
    }
    let after = |length: usize| rest[length..].chars().next();
    let follows = |class: fn(char) -> bool| before.is_some_and(class);
    match c {
        '.' if dots(rest) > 0 => dots(rest),
        '.' if follows(|b| is_alpha_lower(b) || is_quote(b))
            && after(1).is_some_and(|a| is_alpha_upper(a) || is_quote(a)) =>
        {
            1
        }
        '…' => c.len_utf8(),
        '+' | '-' | '*' | '^'
            if follows(|b| b.is_ascii_digit()) && after(1).is_some_and(|a| a.is_ascii_digit() || a == '-') =>
        {
            1
        }
        ',' if follows(is_alpha) && after(1).is_some_and(is_alpha) => 1,
        ':' | '<' | '>' | '=' | '/'
            if follows(|b| is_alpha(b) || b.is_ascii_digit()) && after(1).is_some_and(is_alpha) =>
        {
            1
        }
        '-' | '–' | '—' | '~' if follows(|b| is_alpha(b) || b.is_ascii_digit()) => HYPHENS
            .iter()
            .map(|hyphen| hyphen.len())
            .zip(HYPHENS)
            .find(|&(length, hyphen)| rest.starts_with(hyphen) && after(length).is_some_and(is_alpha))
            .map_or(0, |(length, _)| length),
        _ if is_icon(c) => c.len_utf8(),
        _ => 0,
    }
}

/// Length of an ellipsis of dots (two or more) at the front, else 0.
fn dots(text: &str) -> usize {
    let dots = text.bytes().take_while(|&b| b == b'.').count();
    if dots >= 2 { dots } else { 0 }
}

fn is_punct(c: char) -> bool {
    PUNCT.contains(c)
}

fn is_quote(c: char) -> bool {
    QUOTES.contains(c)
}

fn is_currency(c: char) -> bool {
    c == '$' || (!c.is_ascii() && CURRENCY.contains(c))
}

fn is_currency_name(text: &str) -> bool {
    let mut chars = text.chars();
    (chars.next().is_some_and(is_currency) && chars.next().is_none()) || COUNTRY_DOLLARS.contains(&text)
}

const PUNCT: &str = "…,:;!?¿؟¡()[]{}<>_#*&。？！，、；：～·।،۔؛٪";
const QUOTES: &str = "'\"”“`‘´’‚,„»«「」『』（）〔〕【】《》\u{3008}\u{3009}\u{2329}\u{232a}⟦⟧";
const CURRENCY: &str = "£€¥฿₽﷼₴₠₡₢₣₤₥₦₧₨₩₪₫₭₮₯₰₱₲₳₵₶₷₸₹₺₻₼₾₿";
const COUNTRY_DOLLARS: [&str; 3] = ["US$", "C$", "A$"];
/// In the order in which they are tried.
const HYPHENS: [&str; 7] = ["-", "–", "—", "--", "---", "——", "~"];
/// Length of the longest unit or currency in bytes.
const LONGEST_UNIT: usize = 10;
/// Units of measure that are split off a number.
const UNITS: [&str; 103] = [
    "km",
    "km²",
    "km³",
    "m",
    "m²",
    "m³",
    "dm",
    "dm²",
    "dm³",
    "cm",
    "cm²",
    "cm³",
    "mm",
    "mm²",
    "mm³",
    "ha",
    "µm",
    "nm",
    "yd",
    "in",
    "ft",
    "kg",
    "g",
    "mg",
    "µg",
    "t",
    "lb",
    "oz",
    "m/s",
    "km/h",
    "kmh",
    "mph",
    "hPa",
    "Pa",
    "mbar",
    "mb",
    "MB",
    "kb",
    "KB",
    "gb",
    "GB",
    "tb",
    "TB",
    "T",
    "G",
    "M",
    "K",
    "%",
    "км",
    "км²",
    "км³",
    "м",
    "м²",
    "м³",
    "дм",
    "дм²",
    "дм³",
    "см",
    "см²",
    "см³",
    "мм",
    "мм²",
    "мм³",
    "нм",
    "кг",
    "г",
    "мг",
    "м/с",
    "км/ч",
    "кПа",
    "Па",
    "мбар",
    "Кб",
    "КБ",
    "кб",
    "Мб",
    "МБ",
    "мб",
    "Гб",
    "ГБ",
    "гб",
    "Тб",
    "ТБ",
    "тбكم",
    "كم²",
    "كم³",
    "م",
    "م²",
    "م³",
    "سم",
    "سم²",
    "سم³",
    "مم",
    "مم²",
    "مم³",
    "كم",
    "غرام",
    "جرام",
    "جم",
    "كغ",
    "ملغ",
    "كوب",
    "اكواب",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(chunk: &str) -> Vec<&str> {
        infixes(chunk).into_iter().map(|r| &chunk[r]).collect()
    }

    #[test]
    fn prefixes() {
        for (chunk, prefix) in [
            ("“No", "“"),
            ("...and", "..."),
            (".5", ""),
            ("+44", ""),
            ("+a", "+"),
            ("US$5", "US$"),
            ("USA", ""),
            ("£5", "£"),
            ("-5", ""),
            ("—but", "—"),
            ("", ""),
        ] {
            assert_eq!(&chunk[..prefix_length(chunk)], prefix, "{chunk}");
        }
    }

    #[test]
    fn suffixes() {
        for (chunk, suffix) in [
            ("said.", "."),
            ("J.", ""),
            ("NATO.", "."),
            ("US.", "."),
            ("well...", "..."),
            ("Biden's", "'s"),
            ("Biden’s", "’s"),
            ("20km²", "km²"),
            ("5%", "%"),
            ("5US$", "US$"),
            ("18+", "+"),
            ("20°C.", "."),
            ("no……", "……"),
            ("end”.", "."),
            ("6m", "m"),
            ("m", ""),
            ("", ""),
        ] {
            assert_eq!(&chunk[chunk.len() - suffix_length(chunk)..], suffix, "{chunk}");
        }
    }

    #[test]
    fn units_are_no_longer_than_is_searched() {
        assert_eq!(UNITS.iter().chain(&COUNTRY_DOLLARS).map(|unit| unit.len()).max(), Some(LONGEST_UNIT));
        assert_eq!(suffix_length("5اكواب"), LONGEST_UNIT);
    }

    #[test]
    fn infixes_in_order() {
        assert_eq!(parts("well-known"), ["-"]);
        assert_eq!(parts("10-20"), ["-"]);
        assert_eq!(parts("2020-21-22"), ["-", "-"]);
        assert_eq!(parts("war--and"), ["--"]);
        assert_eq!(parts("ended.The"), ["."]);
        assert_eq!(parts("e.g"), Vec::<&str>::new());
        assert_eq!(parts("and/or"), ["/"]);
        assert_eq!(parts("9/11"), Vec::<&str>::new());
        assert_eq!(parts("a,b"), [","]);
        assert_eq!(parts("so...what"), ["..."]);
    }
}
