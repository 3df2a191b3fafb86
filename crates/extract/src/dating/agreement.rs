//! The days that most hints allow.

use super::evidence::Evidence;
use demarche_time::{Date, Days};
use std::collections::BTreeSet;

/// Days, and the hints that do not allow them.
pub struct Agreement<'e> {
    /// From the first to the last of the days that most hints allow.
    pub days: Days,
    /// The hints that speak against them.
    pub left_out: Vec<&'e Evidence>,
}

/// How many people have to be called by an office at least: one may be a namesake, or spoken of as in the past.
const HOLDERS: usize = 2;

/// Days so few that two offices have them in common only when one of them passes from hand to hand.
const HANDOVER: i64 = 7;

/// The days that most hints allow; none where fewer than [`HOLDERS`] office-holders or no end bound them, or where more
/// than a quarter of the hints stands against them.
pub fn of(evidence: &[Evidence]) -> Option<Agreement<'_>> {
    // What is allowed changes only on these days.
    let turns: BTreeSet<Date> = evidence
        .iter()
        .flat_map(|hint| &hint.days)
        .flat_map(|days| [Some(days.earliest), days.latest.tomorrow().ok()])
        .flatten()
        .collect();
    let allows = |hint: &Evidence, day: Date| hint.days.iter().any(|days| days.contains(day));
    let votes = |day: Date| evidence.iter().filter(|hint| allows(hint, day)).count();
    let most = turns.iter().map(|&day| votes(day)).max()?;
    let best: Vec<Date> = turns.iter().copied().filter(|&day| votes(day) == most).collect();
    let earliest = *best.first()?;
    // The last stretch lasts until the next turn.
    let latest = turns.range(*best.last()?..).nth(1)?.yesterday().ok()?;
    let days = Days::between(earliest, latest);
    // Days that different hints allow, each as many, are no agreement.
    let within = |hint: &Evidence| best.iter().all(|&day| allows(hint, day));
    let left_out: Vec<&Evidence> = evidence.iter().filter(|hint| !within(hint)).collect();
    let holders: BTreeSet<&str> =
        evidence.iter().filter(|hint| within(hint)).filter_map(|hint| hint.holder.as_deref()).collect();
    let only_offices = evidence.iter().all(|hint| hint.holder.is_some());
    let bounded = holders.len() >= HOLDERS && !(only_offices && days.len() <= HANDOVER);
    let open = days.latest.year() >= 2100 || days.earliest.year() <= 1900;
    (bounded && !open && left_out.len() * 4 <= evidence.len()).then_some(Agreement { days, left_out })
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_time::Span;
    use proptest::prelude::*;

    fn held(name: &str, from: Date, days: i64) -> Evidence {
        let until = from.checked_add(Span::new().days(days)).expect("a day of this century");
        Evidence { holder: Some(name.to_owned()), ..Evidence::new(vec![Days::between(from, until)], name.to_owned()) }
    }

    #[test]
    fn two_holders_bound_each_other() {
        let (ann, bo) = (held("Ann", Date::constant(2001, 1, 1), 900), held("Bo", Date::constant(2002, 1, 1), 900));
        assert!(of(std::slice::from_ref(&ann)).is_none());
        let agreement = [ann, bo.clone()];
        let days = of(&agreement).expect("both held office").days;
        assert_eq!((days.earliest.to_string(), days.latest.to_string()), ("2002-01-01".into(), "2003-06-20".into()));
        // Who left office before the other took it agrees with nobody.
        assert!(of(&[held("Cy", Date::constant(1990, 1, 1), 900), bo]).is_none());
    }

    proptest! {
        #[test]
        fn what_is_inferred_is_allowed_by_most(tenures in prop::collection::vec((0i64..9000, 1i64..4000), 0..9)) {
            let start = Date::constant(1990, 1, 1);
            let from = |days| start.checked_add(Span::new().days(days)).expect("a day of this century");
            let evidence: Vec<Evidence> =
                tenures.iter().enumerate().map(|(i, &(since, days))| held(&i.to_string(), from(since), days)).collect();
            if let Some(Agreement { days, left_out }) = of(&evidence) {
                prop_assert!(days.earliest <= days.latest);
                prop_assert!(4 * left_out.len() <= evidence.len());
                let allowing = |day: Date| evidence.iter().filter(|hint| hint.days[0].contains(day)).count();
                prop_assert!(evidence.iter().all(|hint| allowing(hint.days[0].earliest) <= allowing(days.earliest)));
                prop_assert_eq!(allowing(days.earliest), allowing(days.latest));
            }
        }
    }
}
