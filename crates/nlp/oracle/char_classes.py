"""Prints src/char_class.rs: spaCy's character classes as ranges. Run with spaCy 3.8 and pipe through rustfmt."""

import re
import sys

from spacy.lang import char_classes as cc


def members(char_class):
    pattern = re.compile(f"[{char_class}]")
    return [c for c in range(sys.maxunicode + 1) if not 0xD800 <= c <= 0xDFFF and pattern.match(chr(c))]


def ranges(code_points):
    """Runs with step 1 or 2 (upper and lower case alternate in long stretches of Unicode)."""
    code_points = list(code_points)
    i = 0
    while i < len(code_points):
        best = (i, 1)
        for step in (1, 2):
            j = i
            while j + 1 < len(code_points) and code_points[j + 1] == code_points[j] + step:
                j += 1
            if j > best[0]:
                best = (j, step)
        yield code_points[i], code_points[best[0]], best[1]
        i = best[0] + 1


def table(name, doc, char_class):
    rows = list(ranges(members(char_class)))
    print(f"/// {doc}\nconst {name}: &[(u32, u32, u32)] = &[")
    for first, last, step in rows:
        print(f"    ({first:#x}, {last:#x}, {step}),")
    print("];\n")


print("""//! Character classes of spaCy's tokenizer rules (`spacy/lang/char_classes.py`, 3.8, MIT, © ExplosionAI GmbH).
//!
//! Written by `oracle/char_classes.py`; they are spaCy's own choice of ranges and agree with no Unicode property.

/// A letter in the tokenizer's sense.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { within(ALPHA, c) }
}

/// A lower-case letter, or one of a script without case.
pub(crate) fn is_alpha_lower(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_lowercase() } else { within(ALPHA_LOWER, c) }
}

/// An upper-case letter, or one of a script without case.
pub(crate) fn is_alpha_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { within(ALPHA_UPPER, c) }
}

/// A symbol that is always a token of its own: dingbats, arrows, emoji.
pub(crate) fn is_icon(c: char) -> bool {
    !c.is_ascii() && within(ICON, c)
}

/// Whether one of the runs (first, last, step), which are in order, holds the character.
fn within(runs: &[(u32, u32, u32)], c: char) -> bool {
    let c = u32::from(c);
    let next = runs.partition_point(|&(first, _, _)| first <= c);
    runs[..next].last().is_some_and(|&(first, last, step)| c <= last && (c - first).is_multiple_of(step))
}
""")
table("ALPHA", "Letters.", cc.ALPHA)
table("ALPHA_LOWER", "Letters in lower case and without case.", cc.ALPHA_LOWER)
table("ALPHA_UPPER", "Letters in upper case and without case.", cc.ALPHA_UPPER)
table("ICON", "Symbols.", cc.ICONS)
