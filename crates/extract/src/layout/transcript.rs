//! The turns of a transcript.

use super::trim;
use regex::Regex;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// "MS. PSAKI:  Good morning.", "Q  Thank you." A label is in capitals, or it is known to open many lines.
pub(super) static TURN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?P<q>Q|Q\.|QUESTION|REPORTER)(?::\s*|\s+)|(?P<caps>\p{Lu}[\p{Lu}\d .,'’\-–]{1,60}(?:\s?\([^()]{1,40}\))?(?:\s?\[[^\[\]]{1,40}\])?):(?:\s+|$))")
        .expect("a fixed pattern")
});

static NAMED_TURN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[*_]{0,3}(?P<name>(?:\p{Lu}[\p{L}.'’-]*)(?:\s+\p{Lu}[\p{L}.'’-]*){0,4})[*_]{0,3}:[*_]{0,3}\s+\S")
        .expect("a fixed pattern")
});

/// Which labels open the turns of a transcript.
pub(super) struct Transcript {
    capitals: bool,
    names: Vec<String>,
}

impl Transcript {
    pub(super) fn of(text: &str, paragraphs: &[Range<usize>]) -> Self {
        let mut turns = 0;
        let mut labelled: FxHashMap<&str, usize> = FxHashMap::default();
        let mut order: Vec<&str> = Vec::new();
        for p in paragraphs {
            let line = &text[p.clone()];
            if TURN.is_match(line) {
                turns += 1;
            } else if let Some(name) = NAMED_TURN.captures(line).and_then(|c| c.name("name")) {
                let count = labelled.entry(name.as_str()).or_default();
                *count += 1;
                if *count == 1 {
                    order.push(name.as_str());
                }
            }
        }
        // Two who speak in turn, of whom the second may have spoken once: then full names are enough.
        let often = |name: &str| labelled[name] >= 2;
        let in_turn = order.len() >= 2 && order.iter().any(|name| often(name));
        let names = order.into_iter().filter(|name| often(name) || in_turn && name.contains(' '));
        let names: Vec<String> = names.map(str::to_owned).collect();
        let enough = names.len() >= 2 || names.len() == 1 && turns >= 1;
        Self { capitals: turns >= 2 || enough, names: if enough { names } else { Vec::new() } }
    }

    /// The label and the words after it, when a turn starts with this paragraph.
    pub(super) fn turn(&self, text: &str, bytes: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
        let line = &text[bytes.clone()];
        let (label, end) = if let Some(found) = self.capitals.then(|| TURN.captures(line)).flatten() {
            let label = found.name("q").or_else(|| found.name("caps"))?;
            (label.range(), found.get(0)?.end())
        } else {
            let found = NAMED_TURN.captures(line)?.name("name")?;
            if !self.names.iter().any(|n| n == found.as_str()) {
                return None;
            }
            let marks = line[found.end()..].find(|c| !matches!(c, '*' | '_' | ':')).unwrap_or(0);
            (found.range(), found.end() + marks)
        };
        let label = trim(text, bytes.start + label.start..bytes.start + label.end);
        Some((label, trim(text, bytes.start + end..bytes.end)))
    }
}
