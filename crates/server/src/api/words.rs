//! Words that are looked for as one types: in names, and in what articles say.

use demarche_graph::fold;

/// The fit of letters that stand within a word.
pub(super) const WITHIN: u8 = 3;

/// Words that are looked for, whatever their case and accents; each must begin a word of what is found.
pub(super) struct Words {
    /// As they stand in folded names, each with `-` before it, and after it where it is whole.
    of_names: Vec<String>,
    /// The whole as a folded name.
    phrase: String,
    /// As they stand in searched texts.
    of_texts: Vec<String>,
}

impl Words {
    pub fn of(asked: &str) -> Self {
        let mut phrase =
            if asked.chars().any(char::is_alphanumeric) { format!("-{}", fold(asked)) } else { String::new() };
        let words_of = phrase.split('-').filter(|word| !word.is_empty()).map(|word| format!("-{word}"));
        let mut of_names: Vec<String> = words_of.collect();
        if asked.trim_end().ends_with('.') {
            // A full stop ends the last word: "U.S." is not the beginning of "Ushakov".
            of_names.last_mut().into_iter().chain([&mut phrase]).for_each(|word| word.push('-'));
        }
        let of_texts = words(&lower(asked)).map(parted).collect();
        Self { of_names, phrase, of_texts }
    }

    pub fn none(&self) -> bool {
        self.of_texts.is_empty()
    }

    /// Whether all words begin words of a searched text.
    pub fn in_text(&self, searched: &str) -> bool {
        self.of_texts.iter().all(|word| searched.contains(word.as_str()))
    }

    /// Whether all words begin words of a folded name.
    pub fn in_name(&self, folded: &str) -> bool {
        self.of_names.iter().all(|word| folded.contains(word.as_str()))
    }

    /// How well a folded name fits, the best first: it is the name, begins one of its words, has all words somewhere, or
    /// the letters stand within it.
    pub fn fit(&self, folded: &str) -> Option<u8> {
        if folded.trim_end_matches('-') == self.phrase.trim_end_matches('-') {
            Some(0)
        } else if folded.contains(&self.phrase) {
            Some(1)
        } else if self.in_name(folded) {
            Some(2)
        } else {
            // A part of a word, as in compounds; short ones would stand in everything.
            (self.phrase.len() > 3 && !self.phrase.ends_with('-') && folded.contains(&self.phrase[1..]))
                .then_some(WITHIN)
        }
    }
}

/// A name's folded words, each with `-` before and after it, so that `-word` finds the beginnings of words.
pub(super) fn folded(name: &str) -> String {
    format!("-{}-", fold(name))
}

/// A text's words, each with a space before it, so that ` word` finds the beginnings of words. Marks inside of words stay,
/// so that "U.S." is not "us"; what follows a hyphen begins too; and a word with marks stands a second time without them,
/// for those who write "email" and "dont".
pub(super) fn searched(text: &str) -> String {
    let text = lower(text);
    let mut searched = String::with_capacity(text.len() + 1);
    for word in words(&text) {
        searched.push_str(&parted(word));
        let plain: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        // 3.5 is not 35, but 1,200 is 1200.
        let is_same = plain.bytes().any(|byte| byte.is_ascii_alphabetic()) || !word.contains('.');
        if plain.len() < word.len() && is_same {
            searched.push(' ');
            searched.push_str(&plain);
        }
    }
    searched
}

/// The text in lower-case ASCII; marks that are neither quotes nor dashes, such as signs of currencies, become spaces.
fn lower(text: &str) -> String {
    // Accents may stand by themselves.
    let is_mark = |c| matches!(c, '\u{300}'..='\u{36f}' | '\u{2010}'..='\u{201f}');
    let is_kept = |c: char| c.is_ascii() || c.is_alphanumeric() || is_mark(c);
    let text: String = text.chars().map(|c| if is_kept(c) { c } else { ' ' }).collect();
    deunicode::deunicode_with_tofu(&text, " ").to_ascii_lowercase()
}

/// The words of a lower-case text, without the marks around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '_'));
    parts.map(|part| part.trim_matches(|c: char| !c.is_ascii_alphanumeric())).filter(|word| !word.is_empty())
}

/// A word with a space before it and after each of its hyphens.
fn parted(word: &str) -> String {
    format!(" {}", word.replace('-', "- "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_texts_are_found_by_their_beginnings() {
        let text = "The U.S.-led talks on COVID-19 and e-mail, he didn’t say, cost 1,200 crowns—or €3.5 — in Łódź: a re\u{301}sume\u{301}.";
        for (asked, is_there) in [
            ("u.s.", true),
            ("U.S", true),
            ("us", true),
            ("led", true),
            ("COVID-19", true),
            ("covid", true),
            ("covid 19", true),
            ("covid19", true),
            ("covid-2", false),
            ("e-mail", true),
            ("email", true),
            ("mail", true),
            ("didn't", true),
            ("didnt", true),
            ("1200", true),
            ("1,200", true),
            ("3.5", true),
            ("35", false),
            ("lodz", true),
            ("resume", true),
            ("Łódź talks", true),
            ("talks rome", false),
            ("alks", false),
        ] {
            assert_eq!(Words::of(asked).in_text(&searched(text)), is_there, "{asked}");
        }
    }

    #[test]
    fn a_pronoun_is_no_state() {
        assert!(!Words::of("U.S.").in_text(&searched("It is for us to say.")));
        assert!(Words::of("us").in_text(&searched("It is for us to say.")));
    }

    #[test]
    fn what_has_no_letter_looks_for_nothing() {
        assert!(["", "  ", "—", "…?"].into_iter().all(|asked| Words::of(asked).none()));
    }

    #[test]
    fn names_fit_the_better_the_more_of_them_is_asked_for() {
        let fit = |asked: &str, name: &str| Words::of(asked).fit(&folded(name));
        assert_eq!(fit("U.S. Department of State", "US Department of State"), Some(0));
        assert_eq!(fit("U.S.", "US Department of State"), Some(1));
        assert_eq!(fit("us", "Yuri Ushakov"), Some(1));
        assert_eq!(fit("U.S.", "Yuri Ushakov"), None);
        assert_eq!(fit("department", "Department of State"), Some(1));
        assert_eq!(fit("of state", "Department of State"), Some(1));
        assert_eq!(fit("state dep", "Department of State"), Some(2));
        assert_eq!(fit("part", "Department of State"), Some(WITHIN));
        assert_eq!(fit("ar", "Department of State"), None);
    }
}
