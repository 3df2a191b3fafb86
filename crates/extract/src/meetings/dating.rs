//! When an article was written: what is known from outside, else its dateline or header, else its file name.

use crate::document::Document;
use crate::layout::BlockKind;
use demarche_record::{Basis, Published};
use demarche_time::{Context, Date, Days, Expression, Form, Kind, Period, Year, find};

/// The article's date with what it rests on. A date of the text is only taken where it stands as a dateline or under the
/// headline, and where the article does not contradict it.
pub fn published(document: &Document) -> Published {
    let article = document.article;
    if article.published.value.is_some() || article.published.earliest.is_some() {
        return article.published.clone();
    }
    let (day, basis) = match header(document) {
        Some(day) => (day, Basis::Dateline),
        None => match named(article.url.as_deref()).or_else(|| named(Some(&article.source))) {
            Some(day) => (day, Basis::Url),
            None => return Published::default(),
        },
    };
    if contradicted(document, day) {
        return Published::default();
    }
    let day = day.to_string();
    Published { value: Some(day.clone()), earliest: Some(day.clone()), latest: Some(day), basis }
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
        let dates = || find(text).into_iter().filter(|e| matches!(e.kind, Kind::Date | Kind::Time));
        match block.kind {
            BlockKind::Dateline => {
                // A dateline with a place, or one under the headline.
                let alone = dates().next().is_some_and(|e| e.bytes.len() + 12 >= text.len());
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
    capitals.then(|| find(line).iter().find_map(full_date)).flatten()
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

/// Whether the text names a weekday with a day of the month that this date cannot have been near, or years well after it.
fn contradicted(document: &Document, day: Date) -> bool {
    document.layout.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).any(|block| {
        find(&document.article.text[block.bytes.clone()]).iter().any(|expression| match expression.form {
            Form::Calendar(Period::Day { year: Year::Open, month, day: of_month, weekday: Some(weekday) }, _) => {
                let year = day.year();
                let near =
                    [year - 1, year, year + 1].into_iter().filter_map(|year| Date::new(year, month, of_month).ok());
                let mut near = near.filter(|date| Days::between(*date, day).len() <= 200).peekable();
                near.peek().is_some() && near.all(|date| date.weekday() != weekday)
            }
            _ => false,
        })
    })
}
