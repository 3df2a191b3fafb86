//! Time expressions of English news as TIMEX3 values and intervals of days.
//!
//! [`find`] reads a text once and gives every [`Expression`] with the meaning that its words have by themselves, a [`Form`];
//! [`Form::resolve`] puts that meaning on the calendar, given the day of writing. Nothing is guessed: without an anchor a
//! weekday stays `XXXX-WXX-3` and has no days.
//!
//! ```
//! use demarche_time::{Context, Days, Direction, find};
//!
//! let text = "They met on Tuesday and will meet again early next month.";
//! let found = find(text);
//! assert_eq!(&text[found[0].bytes.clone()], "Tuesday");
//! assert_eq!(&text[found[1].bytes.clone()], "early next month");
//!
//! let written = Days::day("2021-12-09".parse().unwrap());
//! let context = Context { anchor: Some(written), direction: Direction::Past, ..Context::default() };
//! assert_eq!(found[0].form.resolve(&context).value, "2021-12-07");
//! let soon = found[1].form.resolve(&context);
//! assert_eq!(soon.value, "2022-01");
//! assert_eq!(soon.days.unwrap().latest.to_string(), "2022-01-16");
//!
//! assert_eq!(found[0].form.resolve(&Context::default()).value, "XXXX-WXX-2");
//! ```
//!
//! The vocabulary and the holidays are tables in `data/`; `data/examples.tsv` says line by line what comes out.

mod calendar;
mod form;
mod grammar;
mod resolve;
mod token;
mod words;

pub use calendar::{Days, Season, Unit};
pub use form::{Count, Form, Item, Origin, Part, Period, Side, TimeOfDay, Which, Year};
pub use grammar::{Expression, Kind, find};
pub use jiff::Span;
pub use jiff::civil::{Date, Weekday};
pub use resolve::{Context, Direction, Resolved};
