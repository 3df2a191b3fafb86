//! When an article was written: what is known from outside, else its dateline or header, else its URL or file name, else
//! what its own words allow.
//!
//! **Inference.** Each hint of the text ([`evidence`]) allows some days: an office that somebody holds at present, one that
//! is said to be past, a weekday with its day of the month, "June this year". The days that most hints allow
//! ([`agreement`]) are the interval in which the article was written. What stands alone against the others is left out and
//! reported; where too much is, nothing is inferred. A date of the page is refused where the text contradicts it.

mod agreement;
mod evidence;
mod header;

use crate::document::Document;
use crate::entities::Entities;
use crate::meetings::Meetings;
use crate::times;
use agreement::Agreement;
use demarche_record::{Basis, Diagnostic, Published, Severity};
use demarche_time::Days;
use evidence::Evidence;

/// The widest interval that still tells something, in days: a dozen years.
const WIDEST: i64 = 12 * 366;

/// When an article was written, and what was odd about it.
#[derive(Debug, Clone, Default)]
pub struct Dating {
    /// The date with what it rests on.
    pub published: Published,
    /// Dates that were refused, hints that were left out.
    pub diagnostics: Vec<Diagnostic>,
    evidence: Vec<Evidence>,
}

/// Dates an article.
pub fn date(document: &Document, entities: &Entities) -> Dating {
    let given = &document.article.published;
    if given.value.is_some() || given.earliest.is_some() {
        return Dating { published: given.clone(), ..Dating::default() };
    }
    let mut dating = Dating { evidence: evidence::of(document, entities), ..Dating::default() };
    match header::find(document) {
        Some(header) => match header.refused(&dating.evidence) {
            None if header.is_of_the_article => dating.published = on(Days::day(header.day), header.basis),
            // A page may show the day of reading; it was not written later than that.
            None => {
                dating.evidence.push(Evidence::until(header.day));
                dating.infer();
            }
            Some(hint) => {
                let message = format!("the date {} is not the article's: {}; it is not used", header.day, hint.reason);
                dating.diagnostics.push(warning("D0301", message));
                dating.infer();
            }
        },
        None => dating.infer(),
    }
    dating
}

impl Dating {
    /// A closer date where meetings of office-holders leave only some days: presidents whom the article calls so met on "7
    /// December" while they were presidents. None where they tell nothing new.
    pub fn narrowed(&self, document: &Document, entities: &Entities, meetings: &Meetings) -> Option<Self> {
        let before = times::days_of(&self.published)?;
        if self.published.basis != Basis::Inferred {
            return None;
        }
        let found = evidence::of_meetings(document, entities, meetings);
        let mut narrowed = self.clone();
        narrowed.diagnostics.clear();
        narrowed.evidence.extend(found);
        narrowed.infer();
        let after = times::days_of(&narrowed.published)?;
        let is_closer = before.earliest <= after.earliest && after.latest <= before.latest && before != after;
        is_closer.then_some(narrowed)
    }

    /// Takes the days that most hints allow.
    fn infer(&mut self) {
        let Some(Agreement { days, left_out }) = agreement::of(&self.evidence) else { return };
        if days.len() > WIDEST {
            return;
        }
        for hint in left_out {
            let message = format!("when the article was written is inferred without this: {}", hint.reason);
            self.diagnostics.push(warning("D0302", message));
        }
        self.published = on(days, Basis::Inferred);
    }
}

/// A date at the precision of its days: a day, a month, a year or an EDTF interval.
fn on(days: Days, basis: Basis) -> Published {
    let Days { earliest, latest } = days;
    let month = earliest == earliest.first_of_month() && latest == earliest.last_of_month();
    let year = earliest == earliest.first_of_year() && latest == earliest.last_of_year();
    let value = if days.is_day() {
        earliest.to_string()
    } else if month {
        format!("{:04}-{:02}", earliest.year(), earliest.month())
    } else if year {
        format!("{:04}", earliest.year())
    } else {
        format!("{earliest}/{latest}")
    };
    Published { value: Some(value), earliest: Some(earliest.to_string()), latest: Some(latest.to_string()), basis }
}

fn warning(code: &str, message: String) -> Diagnostic {
    Diagnostic { code: code.to_owned(), severity: Severity::Warning, message, start: None, end: None }
}
