//! Widths of text in the bundled font, and breaking text into lines.

use std::sync::OnceLock;
use ttf_parser::Face;

pub(crate) const REGULAR: &[u8] = include_bytes!("../../../../data/fonts/DejaVuSans.ttf");
pub(crate) const BOLD: &[u8] = include_bytes!("../../../../data/fonts/DejaVuSans-Bold.ttf");

/// The families that the SVG asks for. Verdana is as wide as DejaVu Sans where that is absent.
pub(crate) const FAMILIES: &str = "DejaVu Sans, Verdana, sans-serif";

/// Weight and size of letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Letters {
    pub(crate) bold: bool,
    /// Size of the em in pixels.
    pub(crate) size: f64,
}

impl Letters {
    pub(crate) const fn regular(size: f64) -> Self {
        Self { bold: false, size }
    }

    pub(crate) const fn bold(size: f64) -> Self {
        Self { bold: true, size }
    }

    /// Distance of two baselines in pixels.
    pub(crate) fn leading(self) -> f64 {
        self.size * 1.28
    }

    /// Width of a line in pixels: the sum of the advances, as the bundled font has no kerning. A character that the
    /// font lacks counts one em.
    pub(crate) fn width(self, text: &str) -> f64 {
        let face = face(self.bold);
        let em = f64::from(face.units_per_em());
        let advance = |c: char| {
            let glyph = face.glyph_index(c)?;
            face.glyph_hor_advance(glyph).map(|units| f64::from(units) / em)
        };
        text.chars().map(|c| advance(c).unwrap_or(1.0)).sum::<f64>() * self.size
    }

    /// Breaks text into at most `most` lines no wider than `width` pixels; what does not fit gives way to an ellipsis.
    pub(crate) fn wrap(self, text: &str, width: f64, most: usize) -> Vec<String> {
        let mut lines = break_lines(text, |line| self.width(line) <= width);
        if lines.len() > most.max(1) {
            lines.truncate(most.max(1));
            if let Some(last) = lines.last_mut() {
                while !last.is_empty() && self.width(last) + self.width("…") > width {
                    last.pop();
                }
                let kept = last.trim_end_matches([' ', ',', '.', ';', ':', '-']).len();
                last.truncate(kept);
                last.push('…');
            }
        }
        lines
    }
}

/// Breaks text into lines of at most so many characters.
pub(crate) fn wrap_columns(text: &str, columns: usize) -> Vec<String> {
    break_lines(text, |line| line.chars().count() <= columns)
}

fn face(bold: bool) -> &'static Face<'static> {
    static FACES: OnceLock<[Face<'static>; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        [REGULAR, BOLD].map(|data| Face::parse(data, 0).expect("the bundled font is whole: a test reads it"))
    });
    &faces[usize::from(bold)]
}

/// Breaks at white space and after hyphens and slashes; a word that does not fit a line of its own is cut.
fn break_lines(text: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut spaced = !line.is_empty();
        for part in word.split_inclusive(['-', '–', '/', '—']) {
            let mut longer = line.clone();
            if spaced {
                longer.push(' ');
            }
            longer.push_str(part);
            spaced = false;
            if fits(&longer) {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in part.chars() {
                line.push(c);
                if !fits(&line) && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, c.to_string()));
                }
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_bundled_font_has_the_letters_of_names() {
        for face in [face(false), face(true)] {
            let missing: String = "AZaz09“”‘’«»—–…Łódź Þórður Ţuğ Đặng Ωμέγα Київ Ђорђе Հայ საქ €£₴"
                .chars()
                .filter(|&c| face.glyph_index(c).is_none())
                .collect();
            assert_eq!(missing, "");
        }
    }

    #[test]
    fn a_bold_word_is_wider() {
        assert!(Letters::bold(13.0).width("Geneva") > Letters::regular(13.0).width("Geneva"));
        assert_eq!(Letters::regular(13.0).width(""), 0.0);
    }

    #[test]
    fn lines_break_between_words_and_after_hyphens() {
        assert_eq!(
            wrap_columns("Anna-Lena Bergström-Öhman of the ministry", 16),
            ["Anna-Lena", "Bergström-Öhman", "of the ministry"]
        );
        assert_eq!(wrap_columns("Donaudampfschifffahrt", 8), ["Donaudam", "pfschiff", "fahrt"]);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let lines = Letters::regular(12.0).wrap("one two three four five six seven", 60.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'), "{lines:?}");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(text in "[a-zA-Zé Ł-]{0,200}", width in 20.0f64..200.0) {
            let letters = Letters::regular(12.0);
            let lines = letters.wrap(&text, width, usize::MAX);
            for line in &lines {
                prop_assert!(letters.width(line) <= width);
            }
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
