//! What to call a thing.

use crate::corpus::When;
use demarche_record::Status;

/// Names in a row: "A", "A and B", "A, B and C"; of more than four the first three "and 2 others".
pub(crate) fn enumeration(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] if names.len() <= 4 => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {} others", names[..3].join(", "), names.len() - 3),
    }
}

/// A time in words: "16 June 2021", "summer 2021", "14 to 16 June 2021". A value that is not a day, a month, a
/// season, a year or an interval of such is told by its days ("a weekend" is two), or stands as it is. Where the year is not
/// known it is left out: "7 December", "June", "a Wednesday".
pub(crate) fn time_in_words(when: &When) -> String {
    let in_words = |from: &str, to: &str| {
        let (from, to) = (value_in_words(from)?, value_in_words(to)?);
        Some(if from == to { from } else { format!("{} to {to}", without_common_end(&from, &to)) })
    };
    let (from, to) = when.value.split_once('/').unwrap_or((&when.value, &when.value));
    let days = || in_words(when.earliest.as_deref()?, when.latest.as_deref()?);
    in_words(from, to).or_else(days).unwrap_or_else(|| when.value.clone())
}

/// What the end of an interval says anyway is left out at its beginning: "14 June 2021" before "16 June 2021" is "14".
fn without_common_end(from: &str, to: &str) -> String {
    let (mut from, mut to): (Vec<&str>, Vec<&str>) = (from.split(' ').collect(), to.split(' ').collect());
    if from.len() == to.len() {
        while from.len() > 1 && from.last() == to.last() {
            from.pop();
            to.pop();
        }
    }
    from.join(" ")
}

fn value_in_words(value: &str) -> Option<String> {
    let value = value.split('T').next().unwrap_or(value);
    let parts: Vec<&str> = value.split('-').collect();
    let is_year = |year: &str| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    match parts[..] {
        [year] if is_year(year) => Some(year.to_owned()),
        [year, part] if is_year(year) => {
            let part = month_name(part).or_else(|| season_name(part))?;
            Some(format!("{part} {year}"))
        }
        [year, month, day] if is_year(year) => {
            Some(format!("{} {} {year}", day.parse::<u8>().ok()?, month_name(month)?))
        }
        _ if value.bytes().all(|b| matches!(b, b'X' | b'W' | b'-')) => Some("day unknown".to_owned()),
        ["XXXX", part] => Some(month_name(part).or_else(|| season_name(part))?.to_owned()),
        ["XXXX", "WXX", day] => Some(format!("a {}", weekday_name(day)?)),
        ["XXXX", month, day] => Some(format!("{} {}", day.parse::<u8>().ok()?, month_name(month)?)),
        _ => None,
    }
}

fn weekday_name(day: &str) -> Option<&'static str> {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let number: usize = day.parse().ok()?;
    DAYS.get(number.checked_sub(1)?).copied()
}

fn month_name(month: &str) -> Option<&'static str> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let number: usize = month.parse().ok()?;
    MONTHS.get(number.checked_sub(1)?).copied()
}

fn season_name(season: &str) -> Option<&'static str> {
    match season {
        "SP" => Some("spring"),
        "SU" => Some("summer"),
        "FA" => Some("autumn"),
        "WI" => Some("winter"),
        _ => None,
    }
}

/// "Joe Biden and Vladimir Putin, Geneva, June 2021"; what is not past and asserted says so in brackets.
pub(crate) fn meeting_label(names: &[&str], place: Option<&str>, when: Option<&When>, status: Status) -> String {
    let mut label = enumeration(names);
    for part in place.map(str::to_owned).into_iter().chain(when.map(time_in_words)) {
        label.push_str(", ");
        label.push_str(&part);
    }
    if status != Status::Held {
        label.push_str(" (");
        label.push_str(status.as_str());
        label.push(')');
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(value: &str) -> When {
        When { value: value.to_owned(), earliest: None, latest: None }
    }

    #[test]
    fn labels_read_like_news() {
        let label = |value| meeting_label(&["Ann Lee", "Bo Ek"], Some("Riga"), Some(&when(value)), Status::Held);
        assert_eq!(label("2021-06"), "Ann Lee and Bo Ek, Riga, June 2021");
        assert_eq!(label("2021-06-06T15:00"), "Ann Lee and Bo Ek, Riga, 6 June 2021");
        assert_eq!(label("2021-SU"), "Ann Lee and Bo Ek, Riga, summer 2021");
        assert_eq!(label("2021-06-06/2021-07"), "Ann Lee and Bo Ek, Riga, 6 June 2021 to July 2021");
        assert_eq!(label("2021-06-06/2021-06-08"), "Ann Lee and Bo Ek, Riga, 6 to 8 June 2021");
        assert_eq!(label("2021-06-30/2021-07-02"), "Ann Lee and Bo Ek, Riga, 30 June to 2 July 2021");
        assert_eq!(label("2021-06/2021-07"), "Ann Lee and Bo Ek, Riga, June to July 2021");
        assert_eq!(label("2020-12-31/2021-01-01"), "Ann Lee and Bo Ek, Riga, 31 December 2020 to 1 January 2021");
        assert_eq!(label("2021-W23"), "Ann Lee and Bo Ek, Riga, 2021-W23");
        assert_eq!(label("XXXX-12-07"), "Ann Lee and Bo Ek, Riga, 7 December");
        assert_eq!(label("XXXX-06"), "Ann Lee and Bo Ek, Riga, June");
        assert_eq!(label("XXXX-WXX-3"), "Ann Lee and Bo Ek, Riga, a Wednesday");
        assert_eq!(label("XXXX-XX"), "Ann Lee and Bo Ek, Riga, day unknown");
        let weekend =
            When { earliest: Some("2021-06-12".into()), latest: Some("2021-06-13".into()), ..when("2021-W23-WE") };
        assert_eq!(time_in_words(&weekend), "12 to 13 June 2021");
        let many = meeting_label(&["A", "B", "C", "D", "E"], None, None, Status::Planned);
        assert_eq!(many, "A, B, C and 2 others (planned)");
        assert_eq!(enumeration(&["A", "B", "C"]), "A, B and C");
    }
}
