//! What the words of an article say about the day on which it was written.

use super::header::Header;
use crate::document::Document;
use crate::entities::{Entities, EntityId, Mention, Role};
use crate::meetings::Meetings;
use crate::times::{self, Time};
use demarche_nlp::{Analysis, Dep, Pos};
use demarche_record::{MentionKind, Published, Status};
use demarche_time::{Date, Days, Direction, Form, Origin, Part, Period, Unit, Which, Year};
use std::collections::BTreeSet;

/// The years in which an article can have been written.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2099;

/// How far a day of the month without a year lies from the day of writing at most, in days, where its weekday is told too.
const NEAR: i64 = 200;

/// A hint, and the days that it allows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// The days, in order.
    pub days: Vec<Days>,
    /// The hint in words, as the reason of a diagnostic.
    pub reason: String,
    /// Who is called by a present office, if it is that.
    pub holder: Option<String>,
    /// Whether it is a weekday with its day of the month.
    pub is_weekday: bool,
}

impl Evidence {
    pub fn new(days: Vec<Days>, reason: String) -> Self {
        Self { days, reason, holder: None, is_weekday: false }
    }

    /// Not later than a day.
    pub fn until(day: Date) -> Self {
        Self::new(vec![Days::between(first(), day)], format!("the page bears the date {day}"))
    }
}

impl Header {
    /// The hint for which the date is refused, if it is. The article's own date stands against a single office, which the
    /// writer may not have meant as a present one; a line that may be the page's does not.
    pub fn refused<'e>(&self, hints: &'e [Evidence]) -> Option<&'e Evidence> {
        let against = || hints.iter().filter(|hint| !self.is_possible(hint));
        let holders = || against().filter(|hint| hint.holder.is_some());
        let all = hints.iter().filter(|hint| hint.holder.is_some()).count();
        if !self.is_of_the_article {
            return against().next();
        }
        let most = holders().count() >= 2 && 2 * holders().count() > all;
        against().find(|hint| hint.is_weekday).or_else(|| holders().next().filter(|_| most))
    }

    /// Whether a hint allows the date; nobody takes or leaves office so punctually that days count.
    fn is_possible(&self, hint: &Evidence) -> bool {
        let slack = if hint.holder.is_some() { 31 } else { 0 };
        hint.days.iter().any(|days| {
            let (from, to) = (Days::between(days.earliest, self.day), Days::between(days.latest, self.day));
            days.contains(self.day)
                || self.day < days.earliest && from.len() <= slack
                || self.day > days.latest && to.len() <= slack
        })
    }
}

fn first() -> Date {
    Date::constant(1900, 1, 1)
}

fn last() -> Date {
    Date::constant(2100, 12, 31)
}

/// All hints of an article, each once.
pub fn of(document: &Document, entities: &Entities) -> Vec<Evidence> {
    let times = times::find(document, &Published::default());
    let mut hints: BTreeSet<Evidence> = offices(document, entities, &times).into_iter().collect();
    for (i, time) in times.iter().enumerate() {
        hints.extend(weekday(document, time));
        hints.extend(told(document, time));
        hints.extend(times.get(i + 1).and_then(|next| beside(document, time, next)));
    }
    hints.into_iter().collect()
}

/// Offices that people are given: held at present, or once and no longer.
fn offices(document: &Document, entities: &Entities, times: &[Time]) -> Vec<Evidence> {
    let mut hints = Vec::new();
    for (i, person) in entities.people.iter().enumerate() {
        for role in &person.roles {
            let held = entities.days_held(i, role);
            let (Some(begin), Some(end)) = (held.first(), held.last()) else { continue };
            let words = document.analysis.words(role.tokens.clone()).to_lowercase();
            if role.former {
                // "then-", "late" and the like do not say that the office is past by now.
                if (has(&words, "former") || has(&words, "ex")) && end.latest < last() {
                    let days = Days::between(begin.latest, last());
                    hints.push(Evidence::new(vec![days], format!("{} is called \"{words}\"", person.name)));
                }
            } else if is_present(document, entities, i, role) && !is_history(document, role.tokens.start, times) {
                let reason = format!("{} is called \"{words}\" and held that office {}", person.name, in_words(&held));
                hints.push(Evidence { holder: Some(person.name.clone()), ..Evidence::new(held, reason) });
            }
        }
    }
    hints
}

fn has(words: &str, word: &str) -> bool {
    words.split(|c: char| !c.is_alphabetic()).any(|w| w == word)
}

/// Whether a role says what somebody is, not what somebody was, may be or will be.
///
/// It has to stand beside the name, and both together have to do something or be met: "adviser to Secretary of State X",
/// "as secretary of state", "a President X" and "President X's policies" tell of any time, and "Secretary X" is a courtesy
/// that outlasts the office.
fn is_present(document: &Document, entities: &Entities, person: usize, role: &Role) -> bool {
    let a = &document.analysis;
    let words = a.words(role.tokens.clone()).to_lowercase();
    const NOT_YET: [&str; 8] = ["elect", "designate", "incoming", "nominee", "candidate", "future", "next", "shadow"];
    if role.former || NOT_YET.into_iter().any(|word| has(&words, word)) || words == "secretary" {
        return false;
    }
    let before = role.tokens.start.checked_sub(1).map(|i| a.word(i).to_lowercase());
    if matches!(before.as_deref(), Some("as" | "a" | "an" | "any" | "another" | "former" | "then")) {
        return false;
    }
    let before = role.tokens.start.checked_sub(2).map(|i| a.word(i).to_lowercase());
    if before.as_deref() == Some("as") {
        return false;
    }
    let beside = |m: &&Mention| {
        let (name, title) = (&m.tokens, &role.tokens);
        let gap = name.start.saturating_sub(title.end) + title.start.saturating_sub(name.end);
        m.kind == MentionKind::Name && m.entities == [EntityId::Person(person)] && gap <= 3
    };
    let reach = role.tokens.start.saturating_sub(8)..role.tokens.end + 12;
    entities.within(reach).find(beside).is_some_and(|name| is_in_action(a, name.head))
}

/// Whether a noun is an argument of a verb, or of a word that says with whom something is done.
fn is_in_action(a: &Analysis, head: usize) -> bool {
    let mut noun = head;
    while matches!(a[noun].dep, Dep::Conj | Dep::Appos | Dep::Compound | Dep::Nmod) && a[noun].head != noun {
        noun = a[noun].head;
    }
    match a[noun].dep {
        Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Dative | Dep::Root | Dep::Attr => true,
        Dep::Pobj => {
            let preposition = a[noun].head;
            matches!(&*a.word(preposition).to_lowercase(), "with" | "between" | "by")
                || matches!(a[a[preposition].head].pos, Pos::Verb | Pos::Aux)
        }
        _ => false,
    }
}

/// Whether the sentence of a token tells of a year by its number: "President Richard Nixon went to China in 1972".
fn is_history(document: &Document, token: usize, times: &[Time]) -> bool {
    let sentence = document.analysis.sentence_of(token);
    times.iter().any(|time| {
        sentence.contains(&time.tokens.start)
            && matches!(time.form, Form::Calendar(Period::Year(_) | Period::Decade(_), _))
    })
}

fn in_words(held: &[Days]) -> String {
    let stretches = held.iter().map(|days| match (days.earliest, days.latest) {
        (from, to) if to >= last() => format!("since {from}"),
        (from, to) => format!("from {from} to {to}"),
    });
    stretches.collect::<Vec<_>>().join(" and ")
}

/// A weekday with a day of the month: near those years in which the one falls on the other, and not before a day that is
/// told as past.
fn weekday(document: &Document, time: &Time) -> Option<Evidence> {
    let Form::Calendar(Period::Day { year: Year::Open, month, day, weekday: Some(weekday) }, _) = time.form else {
        return None;
    };
    let near = demarche_time::Span::new().days(NEAR);
    let days = YEARS
        .filter_map(|year| Date::new(year, month, day).ok())
        .filter(|date| date.weekday() == weekday)
        .filter_map(|date| {
            let from = if time.direction == Direction::Past { date } else { date.checked_sub(near).ok()? };
            Some(Days::between(from, date.checked_add(near).ok()?))
        });
    let words = &document.article.text[time.bytes.clone()];
    let hint = Evidence::new(days.collect(), format!("\"{words}\" falls into other years"));
    Some(Evidence { is_weekday: true, ..hint })
}

/// What a single expression tells: a past date with its year lies before, "June this year" in the year of writing.
fn told(document: &Document, time: &Time) -> Option<Evidence> {
    if time.direction != Direction::Past {
        return None;
    }
    let words = &document.article.text[time.bytes.clone()];
    if time.form.is_absolute() {
        let is_near = matches!(
            time.form,
            Form::Calendar(
                Period::Day { .. } | Period::Month { .. } | Period::Season { .. } | Period::Quarter { .. },
                _
            )
        );
        let days = time.resolved.days.filter(|_| is_near)?;
        let after = Days::between(days.earliest, last());
        return Some(Evidence::new(vec![after], format!("it tells of {words} as past")));
    }
    let begin = |year: i16| -> Option<Date> {
        let on = |period: Period| Form::Calendar(period, Which::Unmarked).resolve(&demarche_time::Context::default());
        let days = match time.form {
            Form::Calendar(Period::Month { year: Year::Relative(0), month }, _)
            | Form::Calendar(Period::Month { year: Year::Open, month }, Which::This) => {
                on(Period::Month { year: Year::Given(year), month }).days
            }
            Form::Calendar(Period::Season { year: Year::Relative(0), season }, _)
            | Form::Calendar(Period::Season { year: Year::Open, season }, Which::This) => {
                on(Period::Season { year: Year::Given(year), season }).days
            }
            Form::Calendar(Period::Day { year: Year::Relative(0), month, day, .. }, _) => {
                Date::new(year, month, day).ok().map(Days::day)
            }
            _ => None,
        };
        days.map(|days| days.earliest)
    };
    let days: Vec<Days> = YEARS
        .filter_map(begin)
        .filter_map(|from| Some(Days::between(from, Date::new(from.year(), 12, 31).ok()?)))
        .collect();
    (!days.is_empty()).then(|| Evidence::new(days, format!("it tells of {words} as past")))
}

/// Two expressions side by side that mean the same: "earlier this month, on December 7", "yesterday, 3 May".
fn beside(document: &Document, time: &Time, next: &Time) -> Option<Evidence> {
    let between = document.article.text.get(time.bytes.end..next.bytes.start)?;
    if !matches!(between.trim_matches([',', '(', ' ', '\u{a0}']), "" | "on" | "—" | "–") {
        return None;
    }
    let (first, second) = if is_day(&time.form).is_some() { (next, time) } else { (time, next) };
    let (month, day) = is_day(&second.form)?;
    let words = &document.article.text[time.bytes.start..next.bytes.end];
    let days: Vec<Days> = match &first.form {
        Form::Shift { unit: Unit::Month, by, origin: Origin::Writing } => months(month, -by),
        // "Earlier this month": that day has come, and the month has not ended.
        Form::PartOf(form, part @ (Part::Before | Part::After)) => match **form {
            Form::Shift { unit: Unit::Month, by: 0, origin: Origin::Writing } => {
                let dates = YEARS.filter_map(|year| Date::new(year, month, day).ok());
                let side = |date: Date| match part {
                    Part::Before => Days::between(date, date.last_of_month()),
                    _ => Days::between(date.first_of_month(), date),
                };
                dates.map(side).collect()
            }
            _ => return None,
        },
        Form::Shift { unit: Unit::Day, by, origin: Origin::Writing } => {
            let span = demarche_time::Span::new().days(-i64::from(*by));
            YEARS.filter_map(|year| Date::new(year, month, day).ok()?.checked_add(span).ok()).map(Days::day).collect()
        }
        _ => return None,
    };
    Some(Evidence::new(days, format!("it says \"{words}\"")))
}

/// A day of the month without a year.
fn is_day(form: &Form) -> Option<(i8, i8)> {
    match *form {
        Form::Calendar(Period::Day { year: Year::Open, month, day, .. }, _) => Some((month, day)),
        _ => None,
    }
}

/// The months so many after a month, of all years.
fn months(month: i8, after: i32) -> Vec<Days> {
    let span = demarche_time::Span::new().months(after);
    let firsts = YEARS.filter_map(|year| Date::new(year, month, 1).ok()?.checked_add(span).ok());
    firsts.map(|first| Days::between(first, first.last_of_month())).collect()
}

/// Past meetings between people who are called by their present offices: they met while they were in office.
pub fn of_meetings(document: &Document, entities: &Entities, meetings: &Meetings) -> Vec<Evidence> {
    let mut hints = BTreeSet::new();
    for meeting in meetings.meetings.iter().filter(|meeting| meeting.status == Status::Held) {
        let Some((month, day)) = meeting.time.as_ref().and_then(|time| month_and_day(&time.value)) else {
            continue;
        };
        let holders = meeting.participants.iter().filter_map(|&(id, _)| match id {
            EntityId::Person(i) => Some((i, present(document, entities, i)?)),
            _ => None,
        });
        let holders: Vec<_> = holders.collect();
        if holders.len() < 2 {
            continue;
        }
        for (i, held) in holders {
            // Written after the first such day in office.
            let since = |days: Days| {
                let mut met =
                    (days.earliest.year()..=days.latest.year()).filter_map(|year| Date::new(year, month, day).ok());
                met.find(|date| days.contains(*date)).map(|date| Days::between(date, days.latest))
            };
            let days: Vec<Days> = held.into_iter().filter_map(since).collect();
            let name = &entities.people[i].name;
            hints.insert(Evidence::new(days, format!("{name} met others in office on a {month}-{day}")));
        }
    }
    hints.into_iter().collect()
}

/// The days of the office that somebody is given as a present one.
fn present(document: &Document, entities: &Entities, person: usize) -> Option<Vec<Days>> {
    let mut roles = entities.people[person].roles.iter().filter(|role| is_present(document, entities, person, role));
    roles.find_map(|role| Some(entities.days_held(person, role)).filter(|held| !held.is_empty()))
}

/// Month and (first possible) day of `XXXX-12-07`, `XXXX-12`.
fn month_and_day(value: &str) -> Option<(i8, i8)> {
    let mut fields = value.strip_prefix("XXXX-")?.split('-');
    let month = fields.next()?.parse().ok()?;
    let day = match fields.next() {
        Some(day) => day.parse().ok()?,
        None => 1,
    };
    (1..=12).contains(&month).then_some((month, day))
}
