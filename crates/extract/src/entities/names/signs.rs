//! Single names that the analysis takes for bodies or places, or passes over, and whose company tells that they are people.
//!
//! All that an article says of a name is weighed together: who marries, smiles, has a mother or is "himself" is a person;
//! what stands after "the" or "in" hardly ever is.

use super::{Finder, NOT_ALONE, Name, Named, PARTICLES, head};
use crate::entities::states::{self, Listed};
use crate::entities::titles::{self, TitleKind};
use crate::entities::{given_names, holders};
use demarche_nlp::{Dep, EntityLabel, Pos, Tag};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Where a name stands beside a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Beside {
    Subject,
    Passive,
    Object,
    Owner,
}

/// Weights by lemma.
static SIGNS: LazyLock<FxHashMap<&'static str, Vec<(Beside, f64)>>> = LazyLock::new(|| {
    let table = include_str!("../../../../../data/lexicon/person_signs.tsv");
    let mut signs: FxHashMap<&'static str, Vec<(Beside, f64)>> = FxHashMap::default();
    for row in table.lines().filter(|l| !l.starts_with('#')) {
        let mut cells = row.split('\t');
        let (Some(lemma), Some(beside), Some(weight)) = (cells.next(), cells.next(), cells.next()) else { continue };
        let beside = match beside {
            "subject" => Beside::Subject,
            "passive" => Beside::Passive,
            "object" => Beside::Object,
            _ => Beside::Owner,
        };
        signs.entry(lemma).or_default().push((beside, weight.parse().unwrap_or(0.0)));
    }
    signs
});

fn sign(lemma: &str, beside: Beside) -> f64 {
    let signs = SIGNS.get(lemma).map_or(&[][..], Vec::as_slice);
    signs.iter().find(|(b, _)| *b == beside).map_or(0.0, |&(_, weight)| weight)
}

/// From how much on a name is a person's, and how far the signs for it must outweigh those against it.
const ENOUGH: f64 = 2.0;
const OUTWEIGH: f64 = 1.5;

impl Finder<'_> {
    /// Turns names whose company tells that they are people into names of people, and adds those without a label.
    pub(super) fn known_by_company(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        let n = self.analysis.len();
        let mut taken = vec![false; n];
        for tokens in names.iter().map(|n| &n.tokens).chain(listed.iter().map(|(tokens, _)| tokens)) {
            taken[tokens.clone()].fill(true);
        }
        let mut person = vec![false; n];
        for name in names.iter().filter(|n| n.what == Named::Person) {
            person[name.tokens.clone()].fill(true);
        }
        let labels = self.labels();
        let free = (0..n).filter(|&i| {
            !taken[i]
                && matches!(self.analysis[i].tag, Tag::Nnp)
                && labels[i].is_none_or(|e| {
                    !matches!(
                        self.analysis.entities()[e].label,
                        EntityLabel::WorkOfArt
                            | EntityLabel::Law
                            | EntityLabel::Event
                            | EntityLabel::Date
                            | EntityLabel::Time
                            | EntityLabel::Group
                    )
                })
                && !self.beside_name_word(i)
                && !self.in_title_case(i)
        });
        let mut occurrences: Vec<(String, Range<usize>, Option<usize>)> = Vec::new();
        for (k, name) in names.iter().enumerate() {
            if matches!(name.what, Named::Organization | Named::Place(_)) && self.may_be_person(&name.tokens) {
                occurrences.push((self.text(&name.tokens), name.tokens.clone(), Some(k)));
            }
        }
        for i in free.filter(|&i| self.may_be_person(&(i..i + 1))) {
            occurrences.push((self.analysis.word(i).to_owned(), i..i + 1, None));
        }
        let mut weighed: FxHashMap<&str, (f64, f64)> = FxHashMap::default();
        let mut labelled: FxHashMap<String, f64> = FxHashMap::default();
        for name in names.iter().filter(|n| n.what == Named::Person) {
            *labelled.entry(self.text(&name.tokens)).or_default() += 1.0;
        }
        for (text, tokens, name) in &occurrences {
            let place = name.is_some_and(|k| matches!(names[k].what, Named::Place(_)));
            let (for_it, against) = weighed.entry(text).or_insert_with(|| {
                let labels = labelled.get(text.as_str()).copied().unwrap_or(0.0);
                (self.by_itself(tokens) + labels.min(1.0), 0.0)
            });
            let (more_for, more_against) = self.company(tokens, place, &person);
            *for_it += more_for;
            *against += more_against;
        }
        let mut more = Vec::new();
        for (text, tokens, name) in &occurrences {
            let (for_it, against) = weighed[text.as_str()];
            if for_it < ENOUGH || for_it < OUTWEIGH * against {
                continue;
            }
            match name {
                Some(k) => names[*k].what = Named::Person,
                None => more.push(Name { tokens: tokens.clone(), what: Named::Person }),
            }
        }
        names.extend(more);
    }

    /// Single words labelled as people of whom the article only says what is said of companies: "shares of Norlund".
    pub(super) fn companies_by_company(&self, names: &mut [Name]) {
        let nobody = vec![false; self.analysis.len()];
        let mut weighed: FxHashMap<String, (f64, f64)> = FxHashMap::default();
        for name in names.iter().filter(|n| n.what == Named::Person) {
            let (for_it, against) = weighed.entry(self.text(&name.tokens)).or_default();
            let alone = name.tokens.len() == 1 && !self.after_title(name.tokens.start);
            let (more_for, more_against) = self.company(&name.tokens, false, &nobody);
            *for_it += if alone { more_for } else { f64::INFINITY };
            *against += more_against;
        }
        for name in names.iter_mut().filter(|n| n.what == Named::Person) {
            let (for_it, against) = weighed[&self.text(&name.tokens)];
            if for_it == 0.0 && against >= ENOUGH && self.by_itself(&name.tokens) == 0.0 {
                name.what = Named::Organization;
            }
        }
    }

    /// Whether a capitalised word of the same phrase stands right before or after.
    fn beside_name_word(&self, i: usize) -> bool {
        let proper = |j: usize| self.analysis[j].pos == Pos::Propn && self.words.is_capitalised(j);
        let sentence = self.analysis.sentence_of(i);
        i > sentence.start && proper(i - 1) && self.analysis[i - 1].head == i
            || i + 1 < sentence.end
                && proper(i + 1)
                && (self.analysis[i].head == i + 1 || self.analysis[i + 1].head == i)
    }

    /// Whether the words of a name can be a surname or a given name.
    fn may_be_person(&self, tokens: &Range<usize>) -> bool {
        let words = tokens.clone().filter(|&i| !PARTICLES.contains(&self.words.get(i))).count();
        let last = self.words.get(tokens.end - 1);
        let word = self.analysis.word(tokens.end - 1);
        words == 1
            && self.is_name_word(tokens.end - 1)
            && word.chars().count() >= 3
            && word.split(['-', '\'', '’']).all(|part| part.chars().skip(1).all(char::is_lowercase))
            && !NOT_ALONE.contains(&last)
            && head(last).is_none()
            && titles::of_word(last).is_none()
            && states::listed(word).is_none()
    }

    /// What a name tells without company: it is a given name, or an office-holder's surname.
    fn by_itself(&self, tokens: &Range<usize>) -> f64 {
        let at = tokens.end - 1;
        let given = tokens.len() == 1 && given_names::is_given(&deunicode::deunicode(self.words.get(at)));
        let surname = holders::is_surname(self.analysis.word(at));
        f64::from(u8::from(given)) + f64::from(u8::from(surname))
    }

    /// The weight of what stands beside one occurrence of a name, for and against a person; `place` is its label.
    fn company(&self, tokens: &Range<usize>, place: bool, person: &[bool]) -> (f64, f64) {
        let analysis = self.analysis;
        let at = tokens.end - 1;
        let token = &analysis[at];
        let sentence = analysis.sentence_of(at);
        let (mut for_it, mut against) = (0.0_f64, 0.0_f64);
        let mut tell = |weight: f64| {
            if weight > 0.0 {
                for_it += weight;
            } else {
                against -= weight;
            }
        };
        let next = |k: usize| (tokens.end + k < sentence.end).then(|| self.words.get(tokens.end + k));
        // What it does and what is done to it; a conjunct does what the first does.
        let mut first = at;
        while analysis[first].dep == Dep::Conj && matches!(analysis[analysis[first].head].pos, Pos::Propn | Pos::Pron) {
            first = analysis[first].head;
        }
        let governor = &analysis[analysis[first].head];
        match analysis[first].dep {
            Dep::Nsubj => tell(sign(&governor.lemma, Beside::Subject)),
            Dep::Nsubjpass => tell(sign(&governor.lemma, Beside::Passive)),
            Dep::Dobj | Dep::Dative => tell(sign(&governor.lemma, Beside::Object)),
            Dep::Poss if first == at => {
                let owned = self.words.get(token.head);
                let kin = titles::of_word(owned).is_some_and(|t| t.kind == TitleKind::Relation);
                tell(if kin { 2.0 } else { sign(&governor.lemma.to_lowercase(), Beside::Owner) });
            }
            Dep::Pobj | Dep::Agent if first == at => match self.words.get(token.head) {
                "in" | "near" | "across" | "throughout" | "outside" | "inside" => tell(-1.5),
                "at" | "from" | "to" | "into" | "around" => tell(-0.7),
                // "shares of Norlund".
                "of" => tell(sign(&analysis[analysis[token.head].head].lemma, Beside::Owner).min(0.0)),
                _ => {}
            },
            Dep::Compound | Dep::Nmod | Dep::Amod if first == at => tell(-0.7),
            _ => {}
        }
        if first != at && person[first] || analysis.children_by(at, Dep::Conj).any(|c| person[c]) {
            tell(1.0);
        }
        // "Dover, Ohio": the second is where the first is.
        let listed_after = tokens.start >= sentence.start + 2
            && self.words.get(tokens.start - 1) == ","
            && analysis[tokens.start - 2].pos == Pos::Propn
            && matches!(token.dep, Dep::Appos | Dep::Npadvmod);
        if listed_after && place {
            tell(-2.0);
        } else if place {
            tell(-0.5);
        }
        if tokens.start > sentence.start && matches!(self.words.get(tokens.start - 1), "the" | "a" | "an") {
            tell(-2.0);
        }
        // "Lee, 45,", "Lee, who", "Lee himself", "Lee, Ohio".
        let comma = usize::from(next(0) == Some(","));
        let age = next(comma).is_some_and(|w| w.len() == 2 && w.bytes().all(|b| b.is_ascii_digit()));
        if comma == 1 && age && next(2) == Some(",") {
            tell(3.0);
        }
        let relative = analysis.children_by(at, Dep::Relcl).next().is_some() && token.dep != Dep::Pobj;
        if next(comma) == Some("who") && relative || matches!(next(comma), Some("himself" | "herself")) {
            tell(2.0);
        }
        // "Lee was a violinist", "Lee, a violinist,".
        let somebody = |i: usize| {
            self.words.title_ending(i, sentence.start).is_some_and(|(_, title)| {
                title.kind != TitleKind::Honorific
                    && !matches!(title.group, "leader" | "rival" | "member" | "ally" | "partner" | "head" | "source")
                    && !matches!(
                        title.phrase,
                        "producer" | "developer" | "publisher" | "operator" | "contractor" | "manager"
                    )
            })
        };
        let predicate = matches!(analysis[first].dep, Dep::Nsubj)
            && matches!(&*governor.lemma, "be" | "become")
            && analysis.children_by(analysis[first].head, Dep::Attr).any(somebody);
        if predicate || comma == 1 && analysis.children_by(at, Dep::Appos).any(somebody) {
            tell(2.0);
        }
        let place_after =
            comma == 1 && tokens.end + 1 < sentence.end && states::listed(analysis.word(tokens.end + 1)).is_some();
        if place_after {
            tell(-2.0);
        }
        if matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass) && self.taken_up(tokens, token.head, person) {
            tell(2.0);
        }
        (for_it, against)
    }

    /// Whether "his" or "her" in the clause of a subject takes it up, for nobody else is named in the sentence before:
    /// "Lee met his wife in May".
    fn taken_up(&self, subject: &Range<usize>, verb: usize, person: &[bool]) -> bool {
        let analysis = self.analysis;
        let sentence = analysis.sentence_of(verb);
        let gendered = |&i: &usize| matches!(self.words.get(i), "his" | "her" | "himself" | "herself" | "he" | "she");
        let Some(pronoun) = (subject.end..sentence.end.min(subject.end + 30)).find(gendered) else { return false };
        let own_clause = analysis
            .ancestors(pronoun)
            .find(|&a| matches!(analysis[a].pos, Pos::Verb | Pos::Aux) && analysis[a].dep != Dep::Conj)
            .is_some_and(|a| a == verb);
        let somebody = |i: usize| person[i] || analysis[i].pos == Pos::Noun && self.words.title_ending(i, i).is_some();
        own_clause && !(sentence.start..pronoun).any(|i| !subject.contains(&i) && somebody(i))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_read() {
        let table = include_str!("../../../../../data/lexicon/person_signs.tsv");
        let rows = table.lines().filter(|l| !l.starts_with('#')).count();
        let read: usize = SIGNS.values().map(Vec::len).sum();
        assert_eq!(rows, read);
        assert!(SIGNS.values().flatten().all(|&(_, weight)| weight != 0.0), "a weight is no number");
        assert_eq!(sign("marry", Beside::Subject), 2.0);
        assert!(sign("shareholder", Beside::Owner) < 0.0);
    }
}
