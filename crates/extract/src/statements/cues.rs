//! The cue lexicon: words that tell of speaking or writing, and the frames in which they take what is said.

use crate::document::Document;
use demarche_nlp::{Dep, Pos, Tag};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// `data/lexicon/cues.tsv`; its header explains the columns.
const CUES: &str = include_str!("../../../../data/lexicon/cues.tsv");

/// A cue word with the frames that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Dictionary form; two words for a verb with particle, adjective or preposition.
    pub lemma: &'static str,
    /// What the speaker does.
    pub stance: &'static str,
    /// A finite clause without "that".
    pub clause: bool,
    /// A finite clause with "that".
    pub that: bool,
    /// A clause with whether, if, what, how.
    pub wh: bool,
    /// An infinitive with the speaker as subject.
    pub infinitive: bool,
    /// An infinitive with its own subject.
    pub object_infinitive: bool,
    /// A gerund.
    pub gerund: bool,
    /// A noun phrase.
    pub noun_phrase: bool,
    /// The direct object is whom it is said to.
    pub addressee_object: bool,
    /// Object and "as …" together.
    pub as_phrase: bool,
    /// Object and predicate together.
    pub predicate: bool,
    /// Object and "of …" together.
    pub accusation: bool,
    /// May introduce or follow a quotation.
    pub quotation: bool,
    /// Prepositions whose phrase is what is said.
    pub prepositions: Vec<&'static str>,
}

/// The lexicon, by lemma.
pub struct Cues {
    verbs: FxHashMap<&'static str, Cue>,
    /// Second words of two-word verbs, by the first.
    seconds: FxHashMap<&'static str, Vec<&'static str>>,
    nouns: FxHashMap<&'static str, Cue>,
}

/// The lexicon that is built in.
pub static LEXICON: LazyLock<Cues> = LazyLock::new(|| Cues::read(CUES));

impl Cues {
    fn read(table: &'static str) -> Self {
        let mut cues = Cues { verbs: FxHashMap::default(), seconds: FxHashMap::default(), nouns: FxHashMap::default() };
        for line in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let mut fields = line.split('\t');
            let mut field = || fields.next().unwrap_or_default();
            let (lemma, part, stance, frames) = (field(), field(), field(), field());
            let has = |frame: &str| frames.split(' ').any(|f| f == frame);
            let prepositions = ["of", "about", "on", "for", "against", "with", "to", "at"];
            let cue = Cue {
                lemma,
                stance,
                clause: has("clause"),
                that: has("clause") || has("that"),
                wh: has("wh"),
                infinitive: has("inf"),
                object_infinitive: has("obj-inf"),
                gerund: has("ger"),
                noun_phrase: has("np"),
                addressee_object: has("obj") || has("obj-inf"),
                as_phrase: has("as"),
                predicate: has("pred"),
                accusation: has("accuse"),
                quotation: has("quote"),
                prepositions: prepositions.into_iter().filter(|p| has(p)).collect(),
            };
            if part == "n" {
                cues.nouns.insert(lemma, cue);
            } else {
                if let Some((first, second)) = lemma.split_once(' ') {
                    cues.seconds.entry(first).or_default().push(second);
                }
                cues.verbs.insert(lemma, cue);
            }
        }
        cues
    }

    /// The verb cue at a token, with the second word of a two-word verb.
    pub fn verb(&'static self, document: &Document, token: usize) -> Option<(&'static Cue, Option<usize>)> {
        let a = &document.analysis;
        let t = &a[token];
        let verbal = matches!(t.tag, Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz);
        if !verbal || matches!(t.dep, Dep::Amod | Dep::Compound) {
            return None;
        }
        if let Some(seconds) = self.seconds.get(&*t.lemma) {
            for second in seconds {
                let beside = a.children(token).iter().copied().filter(|&c| c > token && c <= token + 5);
                for c in beside.chain((token + 1 < a.len()).then_some(token + 1)) {
                    let fits = a.word(c).eq_ignore_ascii_case(second)
                        && (matches!(a[c].pos, Pos::Adp | Pos::Adv | Pos::Adj | Pos::Part | Pos::Sconj)
                            || *second == "it");
                    if fits && let Some((_, cue)) = self.verbs.get_key_value(&*format!("{} {second}", t.lemma)) {
                        return Some((cue, Some(c)));
                    }
                }
            }
        }
        self.verbs.get(&*t.lemma).map(|cue| (cue, None))
    }

    /// The noun cue at a token.
    pub fn noun(&'static self, document: &Document, token: usize) -> Option<&'static Cue> {
        let t = &document.analysis[token];
        matches!(t.tag, Tag::Nn | Tag::Nns).then(|| self.nouns.get(&*t.lemma)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_is_well_formed() {
        let known = "clause that wh inf obj-inf ger np obj as pred accuse quote of about on for against with to at";
        let stances = "state claim stress add explain reply ask suggest demand order warn promise agree announce confirm \
                       admit deny accuse criticise complain praise predict joke";
        for line in CUES.lines().filter(|l| !l.starts_with('#')) {
            let fields: Vec<_> = line.split('\t').collect();
            assert_eq!(fields.len(), 5, "{line}");
            assert!(["v", "n"].contains(&fields[1]), "{line}");
            assert!(stances.split_whitespace().any(|s| s == fields[2]), "{line}");
            assert!(fields[3].split(' ').all(|f| known.split(' ').any(|k| k == f)), "{line}");
        }
        assert!(LEXICON.verbs.len() + LEXICON.nouns.len() >= 250);
        assert!(LEXICON.verbs["deny"].gerund && LEXICON.verbs["tell"].addressee_object);
    }
}
