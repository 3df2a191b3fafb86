//! The date that stands over an article, or in its URL or file name.

use crate::document::Document;
use crate::layout::BlockKind;
use demarche_record::Basis;
use demarche_time::{Context, Date, Days, Expression, Form, Kind, Period, Year, find as times};

/// A date that stands over an article or in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The day.
    pub day: Date,
    /// Where it stands.
    pub basis: Basis,
    /// Whether it is the article's: a line above the headline may be the page's.
    pub is_of_the_article: bool,
}

/// The date of a dateline or header, else of the URL or file name, else of a line above the headline.
pub fn find(document: &Document) -> Option<Header> {
    let article = document.article;
    let in_name = || named(article.url.as_deref()).or_else(|| named(Some(&article.source)));
    let of_article = |day: Date, basis: Basis| Header { day, basis, is_of_the_article: true };
    header(document)
        .map(|day| of_article(day, Basis::Dateline))
        .or_else(|| in_name().map(|day| of_article(day, Basis::Url)))
        .or_else(|| above(document).map(|day| Header { day, basis: Basis::Dateline, is_of_the_article: false }))
}

/// A line above the headline that is only a date.
fn above(document: &Document) -> Option<Date> {
    let first = document.layout.blocks.first().filter(|block| block.kind == BlockKind::Dateline)?;
    let text = &document.article.text[first.bytes.clone()];
    times(text).iter().filter(|e| is_alone(e, text)).find_map(full_date)
}

/// Whether no other words stand beside a date.
fn is_alone(date: &Expression, line: &str) -> bool {
    let rest = [&line[..date.bytes.start], &line[date.bytes.end..]];
    !rest.into_iter().any(|rest| rest.contains(char::is_alphabetic))
}

/// The full date of an expression, if it is one.
fn full_date(expression: &Expression) -> Option<Date> {
    match &expression.form {
        Form::Calendar(Period::Day { year: Year::Given(_), .. }, _) => {}
        Form::Time(Some(day), _) if matches!(**day, Form::Calendar(Period::Day { year: Year::Given(_), .. }, _)) => {}
        _ => return None,
    }
    expression.form.resolve(&Context::default()).days.filter(Days::is_day).map(|days| days.earliest)
}

/// A full date in a dateline, or in a line under the headline that holds little else. A line above the headline is the
/// page's, not the article's.
fn header(document: &Document) -> Option<Date> {
    let mut seen = false;
    for block in document.layout.blocks.iter().take(6) {
        let text = &document.article.text[block.bytes.clone()];
        let dates = || times(text).into_iter().filter(|e| matches!(e.kind, Kind::Date | Kind::Time));
        match block.kind {
            BlockKind::Dateline => {
                // A dateline with a place, or one under the headline.
                let alone = dates().next().is_some_and(|e| is_alone(&e, text));
                if (seen || !alone)
                    && let Some(day) = dates().find_map(|e| full_date(&e))
                {
                    return Some(day);
                }
            }
            BlockKind::Paragraph if seen && text.len() <= 60 => {
                if let Some(day) = dates().find_map(|e| full_date(&e).filter(|_| e.bytes.len() * 2 >= text.len())) {
                    return Some(day);
                }
            }
            BlockKind::Paragraph if opening(text).is_some() => {
                return opening(text);
            }
            _ => {}
        }
        seen = true;
    }
    None
}

/// A dateline that opens a paragraph: "WASHINGTON, Dec. 11, 2016 — The secretary …"
fn opening(text: &str) -> Option<Date> {
    let first = text.get(..text.char_indices().nth(80).map_or(text.len(), |(i, _)| i))?;
    let end = ["—", "–", " - ", "--"].iter().filter_map(|dash| first.find(dash)).min()?;
    let line = &first[..end];
    let place = line.split([',', '(']).next()?.trim();
    let capitals = place.len() >= 3 && place.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '/'));
    capitals.then(|| times(line).iter().find_map(full_date)).flatten()
}

/// A date in a URL or file name: "/2021/12/07/", "2021-12-07-talks.txt".
fn named(name: Option<&str>) -> Option<Date> {
    let name = name?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i16>().ok()).flatten();
    let parts: Vec<&str> = name.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    parts.windows(3).find_map(|w| {
        let [year, month, day] = [w[0], w[1], w[2]];
        let fits = year.len() == 4 && month.len() == 2 && day.len() == 2 && name.contains(year);
        let date = fits.then(|| Some((digits(year)?, digits(month)?, digits(day)?))).flatten()?;
        let joined = ["-", "/", "_"].iter().any(|mark| name.contains(&format!("{year}{mark}{month}{mark}{day}")));
        let (month, day) = (i8::try_from(date.1).ok()?, i8::try_from(date.2).ok()?);
        (joined && (1900..2100).contains(&date.0)).then(|| Date::new(date.0, month, day).ok()).flatten()
    })
}
