//! Who "he", "the spokeswoman" and "the two leaders" are.
//!
//! One pass in reading order, with what is known so far; each sort of phrase has its own rule, the precise ones first, and
//! a phrase that no rule can settle stays a mention without entities. For "he" and "she", syntax and agreement exclude
//! ([`binding`]) and the rest is ranked ([`ranking`]).

mod binding;
mod groups;
mod nominals;
mod pronouns;
pub mod ranking;
mod sides;

use super::roles::{Offices, Phrases};
use super::states::State;
use super::words::Words;
use super::{Entities, EntityId, Mention};
use crate::document::Document;
use crate::quotations::Quotations;
use demarche_nlp::{Analysis, Dep, Pos, Tag};
use demarche_record::MentionKind;
use std::ops::Range;

/// Resolves nominals and pronouns and adds them to the mentions.
pub fn resolve(
    document: &Document,
    quotations: &Quotations,
    words: &Words,
    entities: &mut Entities,
    offices: &mut Offices,
) {
    let analysis = &document.analysis;
    let n = analysis.len();
    let mut sentence_of = vec![0; n];
    for (s, sentence) in analysis.sentences().iter().enumerate() {
        sentence_of[sentence.clone()].fill(s);
    }
    let mut quote_of = vec![None; n];
    for (q, quotation) in quotations.spans.iter().enumerate() {
        quote_of[quotation.tokens.start.min(n)..quotation.tokens.end.min(n)].fill(Some(q));
    }
    let mut told = 0;
    let told_of = analysis.sentences().iter().map(|sentence| {
        let before = told;
        told += usize::from(
            sentence.clone().any(|t| quote_of[t].is_none() && !matches!(analysis[t].pos, Pos::Punct | Pos::Space)),
        );
        before
    });
    let told_of = told_of.collect();
    let mut resolver = Resolver {
        document,
        analysis,
        words,
        phrases: Phrases::of(document, words),
        sentence_of,
        quote_of,
        told_of,
        entities,
        offices,
        past: Vec::new(),
        named: Vec::new(),
        by_person: Vec::new(),
    };
    resolver.run();
}

/// A mention that was passed.
#[derive(Debug, Clone)]
struct Passed {
    entities: Vec<EntityId>,
    head: usize,
    tokens: Range<usize>,
    sentence: usize,
    kind: MentionKind,
}

struct Resolver<'a> {
    document: &'a Document<'a>,
    analysis: &'a Analysis,
    words: &'a Words<'a>,
    phrases: Phrases<'a>,
    sentence_of: Vec<usize>,
    quote_of: Vec<Option<usize>>,
    /// For each sentence, how many before it are not wholly quoted.
    told_of: Vec<usize>,
    entities: &'a mut Entities,
    offices: &'a mut Offices,
    past: Vec<Passed>,
    /// How often each person is named in the whole article.
    named: Vec<usize>,
    /// The last place where each person was mentioned, as an index into `past`.
    by_person: Vec<Option<usize>>,
}

impl Resolver<'_> {
    fn run(&mut self) {
        self.by_person = vec![None; self.entities.people.len()];
        self.named = vec![0; self.entities.people.len()];
        let known = self.entities.mentions.clone();
        for mention in known.iter().filter(|m| m.kind == MentionKind::Name) {
            if let [EntityId::Person(person)] = mention.entities.as_slice() {
                self.named[*person] += 1;
            }
        }
        let mut covered = vec![false; self.analysis.len()];
        let mut headed = vec![false; self.analysis.len()];
        for mention in &known {
            if mention.kind == MentionKind::Name {
                covered[mention.tokens.clone()].fill(true);
            }
            if mention.tokens.len() > 1 || mention.kind == MentionKind::Name {
                headed[mention.head] = true;
            }
        }
        let mut next_known = 0;
        let mut added = Vec::new();
        for t in 0..self.analysis.len() {
            while next_known < known.len() && known[next_known].head.max(known[next_known].tokens.start) <= t {
                self.pass(&known[next_known]);
                next_known += 1;
            }
            if covered[t] && !self.is_capital_title(t) {
                continue;
            }
            if let Some(mention) = self.pronoun(t) {
                self.pass(&mention);
                added.push(mention);
            } else if !headed[t]
                && let Some(mention) = self.nominal(t)
            {
                self.pass(&mention);
                added.push(mention);
            }
        }
        for mention in added {
            if self.entities.of_tokens(mention.tokens.clone()).is_none() {
                self.entities.add(mention);
            }
        }
    }

    /// "the President" is a name to the tagger, not here.
    fn is_capital_title(&self, token: usize) -> bool {
        self.analysis[token].pos == Pos::Propn && self.words.title_ending(token, token).is_some()
    }

    fn pass(&mut self, mention: &Mention) {
        for id in &mention.entities {
            if let EntityId::Person(p) = id {
                self.by_person[*p] = Some(self.past.len());
            }
        }
        self.past.push(Passed {
            entities: mention.entities.clone(),
            head: mention.head,
            tokens: mention.tokens.clone(),
            sentence: self.sentence_of[mention.head],
            kind: mention.kind,
        });
    }

    fn is_subject(&self, mut head: usize) -> bool {
        while self.analysis[head].dep == Dep::Conj {
            head = self.analysis[head].head;
        }
        matches!(self.analysis[head].dep, Dep::Nsubj | Dep::Nsubjpass)
    }

    fn is_argument(&self, head: usize) -> bool {
        matches!(
            self.analysis[head].dep,
            Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj | Dep::Dative | Dep::Poss | Dep::Conj
        )
    }

    fn is_seat(&self, id: EntityId) -> bool {
        matches!(id, EntityId::Organization(o) if self.entities.organizations[o].is_seat)
    }

    fn determiner(&self, phrase: &Range<usize>, role: usize) -> Option<&str> {
        (phrase.start < role).then(|| self.words.get(phrase.start))
    }

    /// States that a phrase names, or whose bodies it names.
    fn states_in(&self, tokens: Range<usize>) -> Vec<(&'static State, EntityId)> {
        let mut found: Vec<(&'static State, EntityId)> = Vec::new();
        for mention in self.entities.within(tokens) {
            if let Some(&id) = mention.entities.first()
                && !matches!(id, EntityId::Person(_))
                && let Some(state) = self.entities.state_of(id)
                && found.iter().all(|(s, _)| s.iso != state.iso)
            {
                found.push((state, id));
            }
        }
        found
    }

    /// Modifiers and determiner before a noun: where they start without and with the determiner.
    fn modifiers(&self, t: usize, from: usize) -> (usize, usize) {
        let mut start = t;
        while start > from {
            let token = &self.analysis[start - 1];
            let inside = matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num) && token.tag != Tag::Cd
                || token.tag == Tag::Hyph
                || matches!(self.words.get(start - 1), "two" | "both");
            if !inside {
                break;
            }
            start -= 1;
        }
        let determiner =
            start > from && (self.analysis[start - 1].pos == Pos::Det || self.analysis[start - 1].tag == Tag::PrpPoss);
        (start, start - usize::from(determiner))
    }
}
