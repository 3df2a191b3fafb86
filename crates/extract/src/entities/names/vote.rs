//! One article uses one name for one thing: sorts mended by what the rest of the article says.

use super::{Finder, Head, Name, Named, PARTICLES, head};
use crate::entities::states::Listed;
use crate::entities::titles::{self, TitleKind};
use crate::entities::{given_names, holders};
use demarche_nlp::{Dep, EntityLabel, Pos};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

impl Finder<'_> {
    /// A subject taken for a body or place that the next "he" or "she" must mean, for no person is named before or between.
    pub(super) fn meant_by_pronouns(&self, names: &mut [Name]) {
        let mut person_at: Vec<usize> =
            names.iter().filter(|n| n.what == Named::Person).map(|n| n.tokens.start).collect();
        person_at.sort_unstable();
        let mut meant: Vec<String> = Vec::new();
        for name in names.iter() {
            let unlisted = matches!(name.what, Named::Organization | Named::Place(EntityLabel::GeoPolitical));
            let (start, end) = (name.tokens.start, name.tokens.end);
            let shape = name.tokens.len() <= 3
                && name.tokens.clone().all(|i| {
                    (self.is_name_word(i) || PARTICLES.contains(&self.words.get(i)))
                        && head(self.words.get(i)).is_none()
                        && titles::of_word(self.words.get(i)).is_none()
                })
                && self.analysis.word(end - 1).chars().skip(1).any(char::is_lowercase);
            let head_at =
                name.tokens.clone().rev().find(|&i| !name.tokens.contains(&self.analysis[i].head)).unwrap_or(end - 1);
            let subject = matches!(self.analysis[head_at].dep, Dep::Nsubj | Dep::Nsubjpass);
            if !unlisted || !shape || !subject || start > 0 && self.words.get(start - 1) == "the" {
                continue;
            }
            let sentence = self.analysis.sentence_of(start);
            let from = if sentence.start > 0 { self.analysis.sentence_of(sentence.start - 1).start } else { 0 };
            let until = if sentence.end < self.analysis.len() {
                self.analysis.sentence_of(sentence.end).end
            } else {
                sentence.end
            };
            let pronoun = (end..until.min(end + 40))
                .find(|&i| matches!(self.words.get(i), "he" | "she" | "his" | "her" | "him" | "himself" | "herself"));
            let Some(pronoun) = pronoun else { continue };
            let k = person_at.partition_point(|&p| p < from);
            let other = person_at.get(k).is_some_and(|&p| p < pronoun);
            let nominal = (from..pronoun).any(|i| {
                !name.tokens.contains(&i)
                    && matches!(self.analysis[i].pos, Pos::Noun)
                    && self.words.title_ending(i, i).is_some()
            });
            if !other && !nominal {
                meant.push(self.text(&name.tokens));
            }
        }
        for name in names.iter_mut() {
            let unlisted = matches!(name.what, Named::Organization | Named::Place(_));
            if unlisted && meant.contains(&self.text(&name.tokens)) {
                name.what = Named::Person;
            }
        }
    }

    /// What the words beside a name say that it is: "the village of X", "X, a town in …", "news agency X".
    pub(super) fn told_by_neighbours(&self, names: &mut [Name]) {
        const PLACES: &[&str] = &[
            "village",
            "town",
            "city",
            "province",
            "district",
            "suburb",
            "region",
            "neighborhood",
            "neighbourhood",
            "island",
            "port",
            "area",
            "settlement",
            "county",
            "oblast",
            "governorate",
            "river",
            "valley",
            "hamlet",
        ];
        const BODIES: &[&str] = &[
            "agency",
            "newspaper",
            "daily",
            "broadcaster",
            "channel",
            "network",
            "magazine",
            "website",
            "group",
            "company",
            "firm",
            "party",
            "militia",
            "movement",
            "outlet",
            "station",
            "platform",
            "app",
            "charity",
            "organization",
            "organisation",
            "giant",
            "maker",
            "ministry",
            "bank",
        ];
        let places = |i: usize| PLACES.contains(&self.words.get(i));
        let bodies = |i: usize| BODIES.contains(&self.words.get(i));
        for name in names.iter_mut() {
            if name.what != Named::Person {
                continue;
            }
            let start = name.tokens.start;
            let sentence = self.analysis.sentence_of(start);
            let back = |k: usize| start.checked_sub(k).filter(|&i| i >= sentence.start);
            let of_place = back(2).is_some_and(|i| places(i) && self.words.get(i + 1) == "of");
            let of_body = back(1).is_some_and(|i| bodies(i) && !self.words.is_capitalised(i));
            let mut apposition = name.tokens.end;
            let mut told = None;
            if apposition + 1 < sentence.end
                && self.words.get(apposition) == ","
                && self.analysis[apposition + 1].pos == Pos::Det
            {
                apposition += 2;
                while apposition < sentence.end
                    && matches!(self.analysis[apposition].pos, Pos::Adj | Pos::Noun | Pos::Propn | Pos::Punct)
                    && self.words.get(apposition) != ","
                {
                    apposition += 1;
                }
                let last = apposition - 1;
                if self.words.title_ending(last, sentence.start).is_none() {
                    told = if places(last) {
                        Some(Named::Place(EntityLabel::GeoPolitical))
                    } else {
                        bodies(last).then_some(Named::Organization)
                    };
                }
            }
            if of_place {
                told = Some(Named::Place(EntityLabel::GeoPolitical));
            } else if of_body {
                told = Some(Named::Organization);
            }
            if let Some(told) = told {
                name.what = told;
            }
        }
    }

    /// Single words that only one labelling holds for a person, and that stand where no person's name stands; and reporters
    /// who sign in the middle of the text ("our correspondent Ann Lee reports from Bern").
    pub(super) fn doubtful(&self, names: &mut Vec<Name>) {
        let mut count: FxHashMap<String, usize> = FxHashMap::default();
        for name in names.iter().filter(|n| n.what == Named::Person) {
            *count.entry(self.analysis.word(name.tokens.end - 1).to_lowercase()).or_default() += 1;
        }
        let n = self.analysis.len();
        let full = names.iter().filter(|n| n.what == Named::Person && n.tokens.len() > 1);
        let surnames: FxHashSet<String> = full.map(|n| self.words.get(n.tokens.end - 1).to_owned()).collect();
        names.retain(|name| {
            if name.what != Named::Person {
                return true;
            }
            let (first, last) = (name.tokens.start, name.tokens.end - 1);
            let end = name.tokens.end;
            // "OF" between capitals; "Laughter".
            let word = self.words.get(first);
            let is_word = PARTICLES.contains(&word) || head(word) == Some(Head::Thing) || word.ends_with('-');
            if first == last
                && is_word
                && !self.after_title(first)
                && !given_names::is_given(word)
                && !surnames.contains(word)
            {
                return false;
            }
            let signs = end + 1 < n
                && matches!(self.words.get(end), "reports" | "reporting")
                && matches!(self.words.get(end + 1), "from" | "on" | "live")
                && first > 0
                && matches!(self.words.get(first - 1), "correspondent" | "reporter" | "editor" | "," | ";" | "'s");
            if signs {
                return false;
            }
            if self.words.title_ending(last, last).is_some_and(|(_, t)| t.kind != TitleKind::Honorific)
                && self.after_title(first)
                && name.tokens.len() <= 2
                && !given_names::is_given(self.words.get(first))
            {
                return false;
            }
            if name.tokens.len() > 1
                || self.after_title(first)
                || given_names::is_given(self.words.get(first))
                || holders::is_surname(self.analysis.word(first))
            {
                return true;
            }
            if count[&self.analysis.word(last).to_lowercase()] > 1 {
                return true;
            }
            let token = &self.analysis[last];
            let modifier = matches!(token.dep, Dep::Compound | Dep::Amod | Dep::Nmod)
                && matches!(self.analysis[token.head].pos, Pos::Noun)
                && token.head > last;
            let article = first > 0 && matches!(self.words.get(first - 1), "the" | "a" | "an");
            let common = !matches!(token.pos, Pos::Propn);
            !(modifier || article || common)
        });
    }

    /// The same words name the same sort of thing all through an article: what most mentions say is right, and a name
    /// that is part of a person's full name is that person's.
    pub(super) fn vote(&self, names: &mut [Name]) {
        let class = |what: Named| match what {
            Named::Person => 0,
            Named::Organization => 1,
            Named::Place(_) => 2,
            Named::Listed(_) => 3,
        };
        let mut votes: FxHashMap<String, [usize; 4]> = FxHashMap::default();
        let mut surnames: FxHashMap<String, usize> = FxHashMap::default();
        for name in names.iter() {
            votes.entry(self.text(&name.tokens)).or_default()[class(name.what)] +=
                1 + usize::from(self.after_title(name.tokens.start));
            if name.what == Named::Person && name.tokens.len() > 1 {
                let last = name.tokens.end - 1;
                // "Kim Jong-un": the family name stands first.
                let family = if self.is_second_syllable(last) { name.tokens.start } else { last };
                *surnames.entry(self.analysis.word(family).to_owned()).or_default() += 1;
            }
        }
        for name in names.iter_mut() {
            let text = self.text(&name.tokens);
            let vote = votes[&text];
            let single = name.tokens.len() == 1;
            let is_surname = single && surnames.contains_key(&text);
            let person = vote[0];
            let other = vote[1].max(vote[2]);
            if name.what == Named::Person {
                let surname = is_surname || single && self.acts_like_a_person(&name.tokens);
                if other > person && !surname && !self.after_title(name.tokens.start) {
                    name.what =
                        if vote[1] >= vote[2] { Named::Organization } else { Named::Place(EntityLabel::GeoPolitical) };
                }
            } else if is_surname
                || person > other && person > 0
                || single
                    && matches!(name.what, Named::Organization | Named::Place(_))
                    && self.acts_like_a_person(&name.tokens)
            {
                let words_fit =
                    name.tokens.clone().all(|i| self.is_name_word(i) || PARTICLES.contains(&self.words.get(i)));
                if words_fit && !matches!(head(self.words.get(name.tokens.end - 1)), Some(Head::Body(_))) {
                    name.what = Named::Person;
                }
            }
        }
    }

    /// A single word taken for a body that is the surname of an office-holder.
    pub(super) fn acts_like_a_person(&self, tokens: &Range<usize>) -> bool {
        let at = tokens.start;
        let word = self.analysis.word(at);
        if !word.chars().skip(1).all(char::is_lowercase) || word.len() < 4 || at > 0 && self.words.get(at - 1) == "the"
        {
            return false;
        }
        holders::is_surname(word)
    }

    /// Capitalised words that are a known person's name or surname and that the analysis passed over.
    pub(super) fn repeated(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        let n = self.analysis.len();
        let mut taken = vec![false; n];
        for name in names.iter() {
            taken[name.tokens.clone()].fill(true);
        }
        for (tokens, _) in listed {
            taken[tokens.clone()].fill(true);
        }
        let mut known: FxHashMap<&str, Vec<Vec<&str>>> = FxHashMap::default();
        for name in names.iter().filter(|n| n.what == Named::Person) {
            let words: Vec<&str> = name.tokens.clone().map(|i| self.analysis.word(i)).collect();
            let surname = words[words.len() - 1];
            if surname.chars().count() >= 3 && !given_names::is_given(&surname.to_lowercase()) {
                known.entry(surname).or_default().push(vec![surname]);
            }
            // "Kim" of "Kim Jong-un": the family name stands first.
            if self.is_second_syllable(name.tokens.end - 1) {
                known.entry(words[0]).or_default().push(vec![words[0]]);
            }
            known.entry(words[0]).or_default().push(words);
        }
        #[allow(clippy::iter_over_hash_type, reason = "each value is sorted by itself, whatever the order of the keys")]
        for forms in known.values_mut() {
            forms.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        let mut i = 0;
        while i < n {
            let form = known.get(self.analysis.word(i)).and_then(|forms| {
                forms.iter().find(|form| {
                    i + form.len() <= n
                        && form.iter().enumerate().all(|(k, w)| !taken[i + k] && self.analysis.word(i + k) == *w)
                })
            });
            let Some(form) = form else {
                i += 1;
                continue;
            };
            let length = form.len();
            // A word that also is a common one must not open a sentence as such.
            // One that stands where only a noun does is none, whatever the tagger says: "Price and Lee met".
            let as_noun = matches!(self.analysis[i].dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Poss);
            let common =
                length == 1 && !as_noun && !matches!(self.analysis[i].pos, Pos::Propn | Pos::Noun | Pos::X | Pos::Adj);
            let neighbours = |j: Option<usize>| {
                j.is_some_and(|j| {
                    j < n
                        && self.analysis[j].pos == Pos::Propn
                        && self.analysis[j].head == i
                        && !taken[j]
                        && self.is_name_word(j)
                })
            };
            if !common && !neighbours(Some(i + length)) {
                names.push(Name { tokens: i..i + length, what: Named::Person });
            }
            i += length;
        }
    }
}
