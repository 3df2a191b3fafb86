//! Dates as people write them into options, manifests and front matter.

use demarche_record::{Basis, Published};
use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;

/// A date that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no date: write 2021, 2021-06, 2021-06-16 or 2021-06-16T09:30:00Z")]
pub struct DateError {
    text: String,
}

/// Reads a date of publication: a year, a month, a day, or a day with a time (RFC 3339), of which the day is taken as
/// it is written, in its own time zone.
///
/// The result is as precise as what was written: for a month the days run from its first to its last.
///
/// # Errors
/// When it has another form or there is no such day.
///
/// ```
/// use demarche_ingest::parse_date;
/// use demarche_record::Basis;
///
/// let june = parse_date("2021-06", Basis::Option)?;
/// assert_eq!(june.value.as_deref(), Some("2021-06"));
/// assert_eq!(june.earliest.as_deref(), Some("2021-06-01"));
/// assert_eq!(june.latest.as_deref(), Some("2021-06-30"));
/// # Ok::<(), demarche_ingest::DateError>(())
/// ```
pub fn parse_date(text: &str, basis: Basis) -> Result<Published, DateError> {
    let text = text.trim();
    let (value, earliest, latest) = interval(text).ok_or_else(|| DateError { text: text.to_owned() })?;
    Ok(Published { value: Some(value), earliest: Some(earliest.to_string()), latest: Some(latest.to_string()), basis })
}

fn interval(text: &str) -> Option<(String, Date, Date)> {
    // The parser below also knows forms that nobody means here (`20210616`, `+002021-06-16`).
    let shape: String = text.chars().take(10).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    match shape.as_str() {
        "0000" => {
            let year = text.parse().ok()?;
            Some((text.to_owned(), Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
        }
        "0000-00" => {
            let first = Date::new(text[..4].parse().ok()?, text[5..].parse().ok()?, 1).ok()?;
            Some((text.to_owned(), first, first.last_of_month()))
        }
        "0000-00-00" => {
            // Some generators put a space before the offset: `2021-06-16 09:30:00 +0200`.
            let written = match text.get(10..) {
                Some(rest) => {
                    format!("{}{}", &text[..10], rest.replace(" +", "+").replace(" -", "-").replace(" Z", "Z"))
                }
                None => text.to_owned(),
            };
            let day = Pieces::parse(&written).ok()?.date();
            Some((day.to_string(), day, day))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Option<(String, String)> {
        let date = parse_date(text, Basis::Metadata).ok()?;
        Some((date.earliest?, date.latest?))
    }

    #[test]
    fn a_date_is_as_precise_as_it_is_written() {
        let interval = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(days("2021"), interval("2021-01-01", "2021-12-31"));
        assert_eq!(days("2020-02"), interval("2020-02-01", "2020-02-29"));
        assert_eq!(days(" 2021-12-29 "), interval("2021-12-29", "2021-12-29"));
    }

    #[test]
    fn of_a_time_the_day_is_taken_as_written() {
        let day = Some(("2021-12-29".to_owned(), "2021-12-29".to_owned()));
        for text in [
            "2021-12-29T23:30:00Z",
            "2021-12-29T23:30:00-08:00",
            "2021-12-29T00:10:00.123+03:00",
            "2021-12-29 18:00:00",
            "2021-12-29 18:00:00 +0300",
            "2021-12-29 18:00:00 -0300",
        ] {
            assert_eq!(days(text), day, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "yesterday",
            "2021-13",
            "2021-02-30",
            "20211229",
            "29.12.2021",
            "12/29/2021",
            "2021-1-2",
            "+002021-01-02",
            "2021-12-29 noon",
            "２０２１",
        ] {
            assert!(parse_date(text, Basis::Option).is_err(), "{text}");
        }
    }
}
