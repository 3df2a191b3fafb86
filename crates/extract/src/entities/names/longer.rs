//! Names that the analysis cut short.

use super::{Finder, Name, Named, head};
use crate::entities::given_names;
use crate::entities::states::Listed;
use demarche_nlp::{Dep, EntityLabel, Pos};
use std::ops::Range;

impl Finder<'_> {
    /// Names that the analysis cut short: a given name before, "Jr." after, "Commission on Presidential Debates".
    pub(super) fn longer(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        let n = self.analysis.len();
        let mut taken = vec![false; n];
        for tokens in names.iter().map(|n| &n.tokens).chain(listed.iter().map(|(tokens, _)| tokens)) {
            taken[tokens.clone()].fill(true);
        }
        let labels = self.labels();
        for name in names.iter_mut() {
            match name.what {
                Named::Person => {
                    let first = name.tokens.start;
                    let before = first.checked_sub(1).filter(|&i| {
                        !taken[i]
                            && self.is_name_word(i)
                            && self.analysis[i].dep == Dep::Compound
                            && name.tokens.contains(&self.analysis[i].head)
                            && self.words.title_ending(i, i).is_none()
                            && head(self.words.get(i)).is_none()
                            && labels[i].is_none()
                            && (name.tokens.len() == 1 || given_names::is_given(self.words.get(i)))
                            && self.analysis.word(i).chars().any(char::is_lowercase)
                    });
                    if let Some(i) = before {
                        name.tokens.start = i;
                    }
                    // "Kim Jong" of "Kim Jong-un".
                    while name.tokens.end + 1 < n && self.is_next_syllable(name.tokens.end + 1) {
                        name.tokens.end += 2;
                    }
                    self.second_given_name(&mut name.tokens);
                    self.surname_after_particle(&mut name.tokens);
                    let end = name.tokens.end;
                    let comma = usize::from(end < n && self.words.get(end) == ",");
                    let junior = |i: usize| i < n && matches!(self.words.get(i), "jr." | "sr." | "jr" | "sr" | "iii");
                    let numeral = |i: usize| {
                        let word = self.analysis.word(i);
                        word.len() >= 2 && word.len() <= 5 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
                    };
                    // "Alexandria “Sandy” Lee": the surname stands after a nickname.
                    if end + 3 < n
                        && matches!(self.words.get(end), "“" | "\"" | "'" | "‘" | "(")
                        && matches!(self.words.get(end + 2), "”" | "\"" | "'" | "’" | ")")
                        && self.is_name_word(end + 1)
                        && self.is_name_word(end + 3)
                        && self.analysis[end + 3].pos == Pos::Propn
                        && self.words.get(end) != "("
                    {
                        name.tokens.end = end + 4;
                    } else if end < n && numeral(end) && !taken[end] {
                        name.tokens.end = end + 1;
                    } else if name.tokens.len() > 1
                        && junior(end + comma)
                        && self.analysis.sentence_of(end - 1).contains(&(end + comma))
                    {
                        name.tokens.end = end + comma + 1;
                    }
                }
                Named::Organization | Named::Listed(Listed::Body(_)) => {
                    let end = name.tokens.end;
                    let last = self.words.get(end - 1);
                    let takes_more = matches!(
                        last,
                        "commission"
                            | "committee"
                            | "council"
                            | "ministry"
                            | "department"
                            | "office"
                            | "institute"
                            | "agency"
                            | "bureau"
                            | "board"
                            | "association"
                            | "organization"
                            | "organisation"
                            | "federation"
                            | "union"
                            | "centre"
                            | "center"
                            | "society"
                            | "secretariat"
                            | "authority"
                            | "foundation"
                            | "campaign"
                            | "coalition"
                            | "conference"
                            | "court"
                    );
                    if !takes_more || end + 1 >= n || !matches!(self.words.get(end), "on" | "for" | "of" | "against") {
                        continue;
                    }
                    let mut to = end + 1 + usize::from(self.words.get(end + 1) == "the");
                    let start = to;
                    while to < n
                        && to < start + 6
                        && (self.words.is_capitalised(to)
                            && matches!(self.analysis[to].pos, Pos::Propn | Pos::Adj | Pos::Noun)
                            || self.words.get(to) == "and"
                                && to > start
                                && to + 1 < n
                                && self.words.is_capitalised(to + 1)
                                && self.analysis[to + 1].pos == Pos::Propn)
                    {
                        to += 1;
                    }
                    let other_sort = (start..to).any(|i| {
                        labels[i].is_some_and(|e| {
                            !matches!(
                                self.analysis.entities()[e].label,
                                EntityLabel::Organization | EntityLabel::GeoPolitical | EntityLabel::Group
                            )
                        })
                    });
                    let state_after =
                        self.words.get(end) != "of" && listed.iter().any(|(tokens, _)| tokens.start == start);
                    if to > start && !other_sort && !state_after && self.analysis.sentence_of(end).contains(&(to - 1)) {
                        name.tokens.end = to;
                        name.what = Named::Organization;
                    }
                }
                _ => {}
            }
        }
        // What the longer ones took in is no name by itself.
        names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
        let mut end = 0;
        names.retain(|name| {
            let inside = name.tokens.end <= end;
            end = end.max(name.tokens.end);
            !inside
        });
    }

    /// The second syllable of a given name, or one more after it: "cha" of "Prayut Chan-o-cha".
    fn is_next_syllable(&self, token: usize) -> bool {
        let word = self.analysis.word(token);
        let goes_on = token >= 4
            && word.len() <= 5
            && word.chars().all(char::is_lowercase)
            && self.analysis.word(token - 1) == "-"
            && !self.analysis[token - 1].space_after
            && !self.analysis[token - 2].space_after
            && self.is_second_syllable(token - 2);
        goes_on || self.is_second_syllable(token)
    }

    /// "Yoon Suk" of "Yoon Suk Yeol", or "Yoon" alone: a family name that stands first has two given names of a syllable each
    /// after it.
    fn second_given_name(&self, tokens: &mut Range<usize>) {
        let is_syllable = |i: usize| {
            let word = self.analysis.word(i);
            (2..=5).contains(&word.len())
                && word.starts_with(|c: char| c.is_ascii_uppercase())
                && word.chars().skip(1).all(|c| c.is_ascii_lowercase())
                && self.is_name_word(i)
                && self.words.title_starting(i, i + 1).is_none()
                && !self.in_title_case(i)
        };
        let end = tokens.start + 3;
        let is_cut = tokens.len() < 3
            && given_names::is_family_first(self.words.get(tokens.start))
            && end <= self.analysis.sentence_of(tokens.start).end
            && (tokens.start + 1..end).all(is_syllable);
        if is_cut {
            tokens.end = end;
        }
    }

    /// "Abdel Fattah" of "Abdel Fattah El-Sisi", "El" of "El-Sisi": a particle with a capital goes on to the surname.
    fn surname_after_particle(&self, tokens: &mut Range<usize>) {
        let is_bare = tokens.len() == 1;
        let particle = if is_bare { tokens.start } else { tokens.end };
        let is_particle = |i: usize| {
            matches!(self.analysis.word(i), "Al" | "El" | "Bin" | "Ibn" | "Bint" | "Ben" | "Van" | "Von" | "De" | "Abu")
        };
        if particle + 1 >= self.analysis.len() || !is_particle(particle) {
            return;
        }
        let is_hyphen = self.analysis.word(particle + 1) == "-" && !self.analysis[particle].space_after;
        let surname = particle + 1 + usize::from(is_hyphen);
        let goes_on = (is_hyphen || !is_bare)
            && surname < self.analysis.len()
            && self.analysis.sentence_of(particle).contains(&surname)
            && self.is_name_word(surname)
            && self.analysis[surname].pos == Pos::Propn
            && !self.in_title_case(surname);
        if goes_on {
            tokens.end = surname + 1;
        }
    }
}
