//! How often what a rule finds is right: measured on annotated articles, read from `data/lexicon/confidence.tsv`.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Confidence by kind of fact and rule.
static MEASURED: LazyLock<FxHashMap<(&str, &str), f64>> = LazyLock::new(|| {
    include_str!("../../../data/lexicon/confidence.tsv")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut fields = line.split('\t');
            let mut field = || fields.next().expect("confidence.tsv has three fields a line; a test reads them all");
            let key = (field(), field());
            (key, field().parse().expect("a confidence is a number"))
        })
        .collect()
});

/// The confidence of what `rule` finds; `kind` is "statement", "speaker" or "meeting".
///
/// # Panics
/// When the table has no line for the rule; a test goes through all rules.
pub fn of(kind: &'static str, rule: &'static str) -> f64 {
    *MEASURED.get(&(kind, rule)).expect("every rule has a line in confidence.tsv")
}

/// Declares the rules for a kind of fact: an enum whose members know their names and confidence.
macro_rules! rules {
    ($(#[$about:meta])* pub enum $Rule:ident for $kind:literal { $($(#[$example:meta])* $rule:ident,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $Rule {
            $($(#[$example])* $rule,)+
        }

        impl $Rule {
            /// Every rule.
            #[cfg(test)]
            pub const ALL: &[Self] = &[$(Self::$rule),+];

            /// Its name in `confidence.tsv`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$rule => stringify!($rule),)+
                }
            }

            /// How often what it finds is right, measured; see `CONFIDENCE.md` beside the crate.
            pub fn confidence(self) -> f64 {
                crate::confidence::of($kind, self.name())
            }
        }
    };
}
pub(crate) use rules;

#[cfg(test)]
mod tests {
    use super::MEASURED;
    use crate::{meetings, statements};

    #[test]
    fn every_rule_has_one_line_and_every_line_a_rule() {
        let statements = statements::Rule::ALL.iter().map(|rule| rule.confidence());
        let links = statements::Link::ALL.iter().map(|link| link.confidence());
        let meetings = meetings::Rule::ALL.iter().map(|rule| rule.confidence());
        let confidences: Vec<f64> = statements.chain(links).chain(meetings).collect();
        assert!(confidences.iter().all(|c| (0.0..=1.0).contains(c)));
        assert_eq!(confidences.len(), MEASURED.len());
    }
}
