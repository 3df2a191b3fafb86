//! What the analysis labels as a name, with mended borders and sorts.

use super::{Finder, Head, NOT_ALONE, NOT_NAMES, Name, Named, PARTICLES, head};
use crate::entities::states::{self, Listed};
use crate::entities::titles::{self, Title, TitleKind};
use crate::entities::{given_names, holders};
use crate::layout::BlockKind;
use demarche_nlp::{Dep, EntityLabel, Tag};
use std::ops::Range;

impl Finder<'_> {
    /// What the analysis labels, with mended borders.
    pub(super) fn labelled(&self, listed: &[(Range<usize>, Listed)]) -> Vec<Name> {
        let mut names = Vec::new();
        for entity in self.analysis.entities() {
            match entity.label {
                EntityLabel::Person => self.people_in(entity.tokens.clone(), &mut names),
                EntityLabel::Organization => {
                    for tokens in self.parts_of_body(entity.tokens.clone()) {
                        let covers = |l: &Range<usize>| l.start <= tokens.start && tokens.end <= l.end;
                        let known = |(l, what): &(Range<usize>, Listed)| {
                            *l == tokens || matches!(what, Listed::Body(_)) && covers(l)
                        };
                        if listed.iter().any(known) {
                            continue;
                        }
                        match self.opens_dateline(&tokens) {
                            true => self.place(tokens, EntityLabel::GeoPolitical, &mut names),
                            false => self.body(tokens, &mut names),
                        }
                    }
                }
                EntityLabel::GeoPolitical | EntityLabel::Location | EntityLabel::Facility => {
                    let tokens = self.without_border(entity.tokens.clone());
                    let known = listed
                        .iter()
                        .any(|(l, _)| l.start < tokens.end && tokens.start < l.end && l.len() >= tokens.len());
                    if !tokens.is_empty() && !known {
                        self.place(tokens, entity.label, &mut names);
                    }
                }
                _ => {}
            }
        }
        names
    }

    /// What is labelled as a body, with whole words at its borders: in "GENEVA (River News) –" the town and who reports are
    /// two, and in "the Baltic-Nordic Council" both halves of the first word belong to it.
    fn parts_of_body(&self, tokens: Range<usize>) -> Vec<Range<usize>> {
        let word = |i| self.words.get(i);
        let bracket = tokens.clone().find(|&i| word(i) == "(").filter(|&i| !(i..tokens.end).any(|i| word(i) == ")"));
        let parts = match bracket {
            Some(i) => vec![tokens.start..i, i + 1..tokens.end],
            None => vec![tokens],
        };
        let whole = |part: Range<usize>| {
            let has_head = part.len() > 1 && matches!(head(word(part.end - 1)), Some(Head::Body(_)));
            if has_head { self.with_first_half(part.start)..part.end } else { part }
        };
        let parts = parts.into_iter().map(|part| self.without_border(part)).filter(|part| !part.is_empty());
        parts.map(whole).collect()
    }

    /// Where the word with a hyphen begins whose second half is this token: "Baltic" of "Baltic-Nordic", both with a capital.
    pub(super) fn with_first_half(&self, token: usize) -> usize {
        let is_half = token >= 2
            && matches!(self.words.get(token - 1), "-" | "–")
            && !self.analysis[token - 1].space_after
            && !self.analysis[token - 2].space_after
            && self.words.is_capitalised(token - 2);
        if is_half { token - 2 } else { token }
    }

    /// Whether it is the place with which a dateline begins.
    fn opens_dateline(&self, tokens: &Range<usize>) -> bool {
        let (block, layout) = self.document.block_of(tokens.start);
        layout.kind == BlockKind::Dateline && self.document.block_tokens[block].start == tokens.start
    }

    pub(super) fn place(&self, tokens: Range<usize>, label: EntityLabel, names: &mut Vec<Name>) {
        let first = self.words.get(tokens.start);
        let continent = matches!(first, "asia" | "africa" | "europe" | "antarctica");
        if self.words.is_capitalised(tokens.start) && (continent || !NOT_NAMES.contains(&first)) {
            names.push(Name { tokens, what: Named::Place(label) });
        }
    }

    pub(super) fn body(&self, tokens: Range<usize>, names: &mut Vec<Name>) {
        let last = self.words.get(tokens.end - 1);
        if head(last) == Some(Head::Thing)
            || tokens.len() == 1 && (NOT_NAMES.contains(&last) || NOT_ALONE.contains(&last))
        {
            return;
        }
        // "Secretary Blinken" taken for a body: a title and one or two words that are none.
        if let Some((end, title)) = self.words.title_starting(tokens.start, tokens.end) {
            let rest = end..tokens.end;
            let is_person = !rest.is_empty()
                && rest.len() <= 3
                && title.kind != TitleKind::Profession
                && rest.clone().all(|i| self.is_name_word(i))
                && head(last).is_none()
                && titles::of_word(last).is_none();
            if is_person {
                names.push(Name { tokens: rest, what: Named::Person });
                return;
            }
            if rest.is_empty() {
                return;
            }
        }
        if !(tokens.clone()).any(|i| self.words.is_capitalised(i)) {
            return;
        }
        // "the Biden-Harris Administration": the people stand for themselves, the phrase is found with the nominals.
        if matches!(last, "administration" | "government") && holders::is_surname(self.analysis.word(tokens.start)) {
            let people = (tokens.start..tokens.end - 1).filter(|&i| holders::is_surname(self.analysis.word(i)));
            names.extend(people.map(|i| Name { tokens: i..i + 1, what: Named::Person }));
            return;
        }
        // "National Security" before "Advisor": part of a title.
        let sentence = self.analysis.sentence_of(tokens.start);
        let in_title = (tokens.end..sentence.end.min(tokens.end + 3))
            .any(|i| self.words.title_ending(i, sentence.start).is_some_and(|(first, _)| first <= tokens.start));
        if in_title {
            return;
        }
        // "the Secretary of the National Council Ann Lee" taken for one body: the name stands after the council.
        let council =
            (tokens.start..tokens.end - 1).rev().find(|&i| matches!(head(self.words.get(i)), Some(Head::Body(_))));
        if let Some(council) = council {
            let rest = council + 1..tokens.end;
            let of_title = self.title_of(tokens.start, sentence.start);
            let named = (2..=3).contains(&rest.len())
                && rest.clone().all(|i| self.is_name_word(i) && head(self.words.get(i)).is_none());
            if of_title && named {
                names.push(Name { tokens: tokens.start..council + 1, what: Named::Organization });
                names.push(Name { tokens: rest, what: Named::Person });
                return;
            }
        }
        // "Lorenzo Rubini": a given name and one or two other names.
        if (2..=3).contains(&tokens.len())
            && given_names::is_given(&deunicode::deunicode(self.words.get(tokens.start)))
            && tokens
                .clone()
                .all(|i| self.is_name_word(i) && self.analysis.word(i).chars().skip(1).any(char::is_lowercase))
            && tokens
                .clone()
                .skip(1)
                .all(|i| head(self.words.get(i)).is_none() && titles::of_word(self.words.get(i)).is_none())
            && tokens.clone().all(|i| states::listed(self.analysis.word(i)).is_none())
            && (tokens.start == 0 || self.words.get(tokens.start - 1) != "the")
            && !matches!(self.analysis[tokens.end - 1].dep, Dep::Compound | Dep::Amod | Dep::Nmod)
        {
            names.push(Name { tokens, what: Named::Person });
            return;
        }
        // "Franklin D. Roosevelt": a given name and an initial.
        if tokens.len() >= 3
            && tokens.len() <= 4
            && given_names::is_given(self.words.get(tokens.start))
            && tokens.clone().all(|i| self.is_name_word(i))
        {
            let initial = self.analysis.word(tokens.start + 1);
            if initial.len() == 2 && initial.ends_with('.') && head(last).is_none() {
                names.push(Name { tokens, what: Named::Person });
                return;
            }
        }
        names.push(Name { tokens, what: Named::Organization });
    }

    /// Whether "<title> of (the)" stands right before a token.
    pub(super) fn title_of(&self, token: usize, from: usize) -> bool {
        let mut i = token;
        while i > from && matches!(self.analysis[i - 1].tag, Tag::Dt) {
            i -= 1;
        }
        i >= from + 2 && self.words.get(i - 1) == "of" && self.words.title_ending(i - 2, from).is_some()
    }

    /// The names of people in a run of tokens that is labelled as a person: titles stripped, pairs parted.
    pub(super) fn people_in(&self, tokens: Range<usize>, names: &mut Vec<Name>) {
        let mut start = tokens.start;
        for i in tokens.clone() {
            let word = self.words.get(i);
            let parts = matches!(
                word,
                "and" | "&" | "," | "/" | ";" | ":" | "(" | ")" | "\"" | "“" | "”" | "or" | "'s" | "—" | "with" | "to"
            );
            if parts {
                self.person(start..i, names);
                start = i + 1;
            }
        }
        self.person(start..tokens.end, names);
    }

    pub(super) fn person(&self, tokens: Range<usize>, names: &mut Vec<Name>) {
        let mut tokens = self.without_border(tokens);
        while !tokens.is_empty() {
            let i = tokens.start;
            if let Some((end, title)) = self.words.title_starting(i, tokens.end) {
                if end + 1 == tokens.end && end == i + 1 && self.is_given_name(i, title) {
                    break;
                }
                tokens.start = end;
                continue;
            }
            let at = |k: usize| (i + k < tokens.end).then(|| self.analysis.word(i + k));
            if let Some((length, what)) = states::longest(at) {
                let before_title = self.words.title_starting(i + length, self.analysis.len()).is_some();
                if matches!(what, Listed::Demonym(_)) && length < tokens.len() || before_title || length == tokens.len()
                {
                    tokens.start += length;
                    continue;
                }
            }
            let word = self.words.get(i);
            let particle = PARTICLES.contains(&word) && tokens.len() > 1 && word != "of" && word != "-";
            if self.is_name_word(i) || particle {
                break;
            }
            tokens.start += 1;
        }
        while !tokens.is_empty() && !self.is_name_word(tokens.end - 1) {
            tokens.end -= 1;
        }
        if tokens.is_empty() || tokens.len() > 10 {
            return;
        }
        // A lower-case word inside that is no particle ends the name before it.
        if let Some(stop) = tokens
            .clone()
            .find(|&i| !self.is_name_word(i) && !PARTICLES.contains(&self.words.get(i)) && self.analysis.word(i) != ".")
        {
            let left = self.without_border(tokens.start..stop);
            if !left.is_empty() && self.is_name_word(left.end - 1) {
                names.push(Name { tokens: left, what: Named::Person });
            }
            return;
        }
        // "the Biden-Putin call": two surnames.
        if tokens.len() == 3
            && matches!(self.analysis.word(tokens.start + 1), "-" | "–")
            && !given_names::is_given(self.words.get(tokens.start))
        {
            let known = |i: usize| {
                let word = self.analysis.word(i);
                let same = |j: usize| !tokens.contains(&j) && self.analysis.word(j) == word;
                holders::is_surname(word) || (0..self.analysis.len()).any(same)
            };
            if known(tokens.start) && known(tokens.end - 1) {
                names.push(Name { tokens: tokens.start..tokens.start + 1, what: Named::Person });
                names.push(Name { tokens: tokens.end - 1..tokens.end, what: Named::Person });
                return;
            }
        }
        let last = self.words.get(tokens.end - 1);
        match head(last) {
            _ if tokens.len() > 1 && given_names::is_given(self.words.get(tokens.start)) && last.len() <= 4 => {}
            Some(Head::Thing) if tokens.len() > 1 => return,
            Some(Head::Body(_)) if tokens.len() > 1 && !self.after_title(tokens.start) => {
                names.push(Name { tokens, what: Named::Organization });
                return;
            }
            Some(Head::Place)
                if tokens.len() > 1 && last != "park" && last != "hall" && !self.after_title(tokens.start) =>
            {
                names.push(Name { tokens, what: Named::Place(EntityLabel::Facility) });
                return;
            }
            _ => {}
        }
        if tokens.len() == 1 && (NOT_ALONE.contains(&last) || self.is_stage_direction(tokens.start))
            || self.analysis.words(tokens.clone()).chars().filter(|c| c.is_alphabetic()).count() < 2
        {
            return;
        }
        names.push(Name { tokens, what: Named::Person });
    }

    /// Whether a word stands alone between brackets wherever it stands: "(Laughter.)", "[Applause]".
    fn is_stage_direction(&self, token: usize) -> bool {
        let word = self.analysis.word(token);
        let bracketed = |i: usize| {
            let after = if i + 1 < self.analysis.len() && self.words.get(i + 1) == "." { i + 2 } else { i + 1 };
            i > 0
                && after < self.analysis.len()
                && matches!((self.words.get(i - 1), self.words.get(after)), ("(", ")") | ("[", "]"))
        };
        bracketed(token) && (0..self.analysis.len()).all(|i| self.analysis.word(i) != word || bracketed(i))
    }

    /// Whether a title word is a given name here ("Dean Acheson", "Earl Warren").
    pub(super) fn is_given_name(&self, token: usize, title: Title) -> bool {
        let royal = matches!(title.group, "prince" | "princess" | "monarch" | "pope");
        !royal && self.words.is_capitalised(token) && given_names::is_given(self.words.get(token))
    }
}
