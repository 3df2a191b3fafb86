//! Parts of speech, morphological features and some lemmas from tags, relations and words (spaCy's `AttributeRuler`).
//!
//! A rule matches a token or a few tokens in a row by tag, relation and form and sets attributes of one of them. Rules see
//! what tagger and parser said, not each other's results; later rules win over earlier ones, attribute by attribute.

use crate::labels::{Dep, Pos, Tag, UnknownLabel};
use crate::lexeme::is_space;
use crate::tokenizer::Word;
use regex::Regex;
use serde::Deserialize;
use std::borrow::Cow;
use std::str::FromStr;

/// A table of rules that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RulerError {
    /// The table is not JSON of the expected form, or has a kind of condition that is not known here.
    #[error("not a list of attribute rules: {0}")]
    Json(#[from] serde_json::Error),
    /// A rule sets a label that is not known here.
    #[error("rule {rule}: {source}")]
    Label {
        /// Number of the rule, from 0.
        rule: usize,
        /// What is not known.
        source: UnknownLabel,
    },
    /// A regular expression that the `regex` crate does not read.
    #[error("rule {rule}: {source}")]
    Regex {
        /// Number of the rule, from 0.
        rule: usize,
        /// What is wrong with it.
        source: regex::Error,
    },
    /// A rule sets the attributes of a token that its pattern does not have.
    #[error("rule {rule}: its pattern has no token {index}")]
    Index {
        /// Number of the rule, from 0.
        rule: usize,
        /// The token.
        index: i64,
    },
}

#[derive(Deserialize)]
struct StoredRule {
    patterns: Vec<Vec<StoredToken>>,
    attrs: StoredAttributes,
    index: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "UPPERCASE")]
struct StoredToken {
    tag: Option<Condition>,
    dep: Option<Condition>,
    lower: Option<Condition>,
    is_space: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "UPPERCASE")]
struct StoredAttributes {
    tag: Option<String>,
    dep: Option<String>,
    pos: Option<String>,
    morph: Option<String>,
    lemma: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Condition {
    Is(String),
    Predicate(Predicate),
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Predicate {
    In(Vec<String>),
    NotIn(Vec<String>),
    Regex(String),
}

/// What is known of a token after the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading<'rules> {
    /// Tag: the tagger's, unless a rule sets another.
    pub tag: Tag,
    /// Relation: the parser's, unless a rule sets another.
    pub dep: Dep,
    /// Part of speech; [`Pos::None`] if no rule sets one.
    pub pos: Pos,
    /// Morphological features in the form `Number=Sing|Person=3`, sorted; empty if there are none.
    pub morph: &'rules str,
    /// The lemma, if a rule sets it.
    pub lemma: Option<&'rules str>,
}

/// The rules of a model.
#[derive(Debug)]
pub(crate) struct AttributeRuler {
    rules: Vec<Rule>,
    patterns: Vec<Pattern>,
    /// For each tag the patterns whose first token may have it.
    by_first_tag: Vec<Vec<usize>>,
}

#[derive(Debug)]
struct Rule {
    tag: Option<Tag>,
    dep: Option<Dep>,
    pos: Option<Pos>,
    morph: Option<String>,
    lemma: Option<String>,
}

#[derive(Debug)]
struct Pattern {
    tokens: Vec<TokenPattern>,
    /// The token whose attributes are set.
    target: usize,
    rule: usize,
}

/// Conditions on a token; sets of labels are bit masks by the label's number.
#[derive(Debug)]
struct TokenPattern {
    tags: u64,
    deps: u64,
    lower: Option<WordCondition>,
    is_space: Option<bool>,
}

#[derive(Debug)]
enum WordCondition {
    In(Vec<String>),
    NotIn(Vec<String>),
    Matches(Regex),
}

impl AttributeRuler {
    /// Reads the model's `attribute_ruler.json`. A condition on a label that this version does not know is never met.
    ///
    /// # Errors
    /// When the table has another form, sets an unknown label, has a bad regular expression or a wrong index.
    pub(crate) fn from_json(table: &[u8]) -> Result<Self, RulerError> {
        let stored: Vec<StoredRule> = serde_json::from_slice(table)?;
        let mut rules = Vec::with_capacity(stored.len());
        let mut patterns = Vec::with_capacity(stored.len());
        for (rule, StoredRule { patterns: alternatives, attrs, index }) in stored.into_iter().enumerate() {
            for tokens in alternatives {
                let target = if index < 0 { index + tokens.len() as i64 } else { index };
                let target = usize::try_from(target).ok().filter(|&t| t < tokens.len());
                let target = target.ok_or(RulerError::Index { rule, index })?;
                let tokens = tokens.into_iter().map(|token| token.read()).collect::<Result<_, _>>();
                let tokens = tokens.map_err(|source| RulerError::Regex { rule, source })?;
                patterns.push(Pattern { tokens, target, rule });
            }
            rules.push(attrs.read().map_err(|source| RulerError::Label { rule, source })?);
        }
        let may_begin = |tag: &Tag| {
            (0..patterns.len()).filter(|&p| patterns[p].tokens[0].tags & 1 << *tag as u64 != 0).collect::<Vec<_>>()
        };
        let by_first_tag = Tag::ALL.iter().map(may_begin).collect();
        Ok(Self { rules, patterns, by_first_tag })
    }

    /// What the rules say of the words of a text with these tags and relations, word by word.
    ///
    /// # Panics
    /// When there are fewer tags or relations than words.
    pub(crate) fn readings(&self, text: &str, words: &[Word], tags: &[Tag], deps: &[Dep]) -> Vec<Reading<'_>> {
        let lower: Vec<Cow<str>> = words.iter().map(|w| lower_case(&text[w.start..w.end])).collect();
        // For each word and attribute the last rule that sets it.
        let mut last = vec![Deciding::default(); words.len()];
        for start in 0..words.len() {
            for &pattern in &self.by_first_tag[tags[start] as usize] {
                let Pattern { tokens, target, rule } = &self.patterns[pattern];
                let end = start + tokens.len();
                let fits = |(token, i): (&TokenPattern, usize)| token.fits(tags[i], deps[i], &lower[i]);
                if end <= words.len() && tokens.iter().zip(start..end).all(fits) {
                    last[start + target].heed(*rule, &self.rules[*rule]);
                }
            }
        }
        let by = |rule: Option<usize>| rule.map(|rule| &self.rules[rule]);
        last.into_iter()
            .zip(tags.iter().zip(deps))
            .map(|(last, (&tag, &dep))| Reading {
                tag: by(last.tag).and_then(|r| r.tag).unwrap_or(tag),
                dep: by(last.dep).and_then(|r| r.dep).unwrap_or(dep),
                pos: by(last.pos).and_then(|r| r.pos).unwrap_or(Pos::None),
                morph: by(last.morph).and_then(|r| r.morph.as_deref()).unwrap_or(""),
                lemma: by(last.lemma).and_then(|r| r.lemma.as_deref()),
            })
            .collect()
    }
}

/// Numbers of the rules that decide the attributes of a word.
#[derive(Debug, Clone, Copy, Default)]
struct Deciding {
    tag: Option<usize>,
    dep: Option<usize>,
    pos: Option<usize>,
    morph: Option<usize>,
    lemma: Option<usize>,
}

impl Deciding {
    fn heed(&mut self, number: usize, rule: &Rule) {
        let decide = |slot: &mut Option<usize>, sets: bool| {
            if sets {
                *slot = (*slot).max(Some(number));
            }
        };
        decide(&mut self.tag, rule.tag.is_some());
        decide(&mut self.dep, rule.dep.is_some());
        decide(&mut self.pos, rule.pos.is_some());
        decide(&mut self.morph, rule.morph.is_some());
        decide(&mut self.lemma, rule.lemma.is_some());
    }
}

impl StoredAttributes {
    fn read(self) -> Result<Rule, UnknownLabel> {
        Ok(Rule {
            tag: self.tag.map(|tag| tag.parse()).transpose()?,
            dep: self.dep.map(|dep| dep.parse()).transpose()?,
            pos: self.pos.map(|pos| pos.parse()).transpose()?,
            // "_" is the sign for no features.
            morph: self.morph.map(|morph| if morph == "_" { String::new() } else { morph }),
            lemma: self.lemma,
        })
    }
}

impl StoredToken {
    fn read(self) -> Result<TokenPattern, regex::Error> {
        let lower = match self.lower {
            None => None,
            Some(Condition::Is(word)) => Some(WordCondition::In(vec![word])),
            Some(Condition::Predicate(Predicate::In(words))) => Some(WordCondition::In(words)),
            Some(Condition::Predicate(Predicate::NotIn(words))) => Some(WordCondition::NotIn(words)),
            Some(Condition::Predicate(Predicate::Regex(regex))) => Some(WordCondition::Matches(Regex::new(&regex)?)),
        };
        Ok(TokenPattern {
            tags: mask(self.tag, |tag: Tag| tag as u64, Tag::ALL)?,
            deps: mask(self.dep, |dep: Dep| dep as u64, Dep::ALL)?,
            lower,
            is_space: self.is_space,
        })
    }
}

/// The labels that a condition admits, as bits.
fn mask<L: FromStr + Copy + ToString>(
    condition: Option<Condition>,
    bit: fn(L) -> u64,
    all: &[L],
) -> Result<u64, regex::Error> {
    let union = |labels: &[String]| labels.iter().filter_map(|l| l.parse().ok()).fold(0, |m, l| m | 1 << bit(l));
    Ok(match condition {
        None => u64::MAX,
        Some(Condition::Is(label)) => union(&[label]),
        Some(Condition::Predicate(Predicate::In(labels))) => union(&labels),
        Some(Condition::Predicate(Predicate::NotIn(labels))) => !union(&labels),
        Some(Condition::Predicate(Predicate::Regex(regex))) => {
            let regex = Regex::new(&regex)?;
            all.iter().filter(|l| regex.is_match(&l.to_string())).fold(0, |m, &l| m | 1 << bit(l))
        }
    })
}

impl TokenPattern {
    fn fits(&self, tag: Tag, dep: Dep, lower: &str) -> bool {
        self.tags & 1 << tag as u64 != 0
            && self.deps & 1 << dep as u64 != 0
            && self.is_space.is_none_or(|space| space == (!lower.is_empty() && lower.chars().all(is_space)))
            && match &self.lower {
                None => true,
                Some(WordCondition::In(words)) => words.iter().any(|w| w == lower),
                Some(WordCondition::NotIn(words)) => words.iter().all(|w| w != lower),
                Some(WordCondition::Matches(regex)) => regex.is_match(lower),
            }
    }
}

/// The word in lower case, without a copy if it is.
pub(crate) fn lower_case(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &[u8] = br#"[
        {"patterns": [[{"TAG": "VBZ"}]], "attrs": {"POS": "VERB", "MORPH": "Tense=Pres"}, "index": 0},
        {"patterns": [[{"TAG": "_SP"}]], "attrs": {"POS": "SPACE", "MORPH": "_"}, "index": 0},
        {"patterns": [[{"TAG": "NIL"}]], "attrs": {"POS": "X"}, "index": 0},
        {"patterns": [[{"LOWER": {"IN": ["is", "'s"]}}]], "attrs": {"LEMMA": "be", "POS": "AUX"}, "index": 0},
        {"patterns": [[{"DEP": "expl"}, {"LOWER": {"REGEX": "^'?i?s$"}}]], "attrs": {"POS": "VERB"}, "index": -1},
        {"patterns": [[{"DEP": {"NOT_IN": ["det", ""]}, "TAG": {"IN": ["DT", "WDT"]}}]], "attrs": {"POS": "PRON"}, "index": 0},
        {"patterns": [[{"IS_SPACE": true, "DEP": {"NOT_IN": [""]}}]], "attrs": {"DEP": "dep"}, "index": 0},
        {"patterns": [[{"IS_SPACE": true}]], "attrs": {"TAG": "_SP", "POS": "SPACE", "MORPH": "_"}, "index": 0}
    ]"#;

    fn readings<'r>(ruler: &'r AttributeRuler, text: &str, tags: &[Tag], deps: &[Dep]) -> Vec<Reading<'r>> {
        let mut words = Vec::new();
        for word in text.split(' ') {
            let start = words.last().map_or(0, |w: &Word| w.end + 1);
            words.push(Word { start, end: start + word.len(), space_after: true, norm: None });
        }
        ruler.readings(text, &words, tags, deps)
    }

    #[test]
    fn later_rules_win_attribute_by_attribute() {
        let ruler = AttributeRuler::from_json(RULES).expect("the rules are well formed");
        let found = readings(&ruler, "It Is", &[Tag::Prp, Tag::Vbz], &[Dep::Nsubj, Dep::Root]);
        let untouched = Reading { tag: Tag::Prp, dep: Dep::Nsubj, pos: Pos::None, morph: "", lemma: None };
        assert_eq!(found[0], untouched);
        let is = Reading { tag: Tag::Vbz, dep: Dep::Root, pos: Pos::Aux, morph: "Tense=Pres", lemma: Some("be") };
        assert_eq!(found[1], is);
    }

    #[test]
    fn patterns_of_several_tokens_set_the_one_they_point_at() {
        let ruler = AttributeRuler::from_json(RULES).expect("the rules are well formed");
        let found = readings(&ruler, "There is", &[Tag::Ex, Tag::Vbz], &[Dep::Expl, Dep::Root]);
        assert_eq!(found.iter().map(|r| r.pos).collect::<Vec<_>>(), [Pos::None, Pos::Verb]);
    }

    #[test]
    fn what_is_not_in_a_set_of_relations() {
        let ruler = AttributeRuler::from_json(RULES).expect("the rules are well formed");
        let found = readings(&ruler, "this those", &[Tag::Dt, Tag::Dt], &[Dep::Nsubj, Dep::Det]);
        assert_eq!(found.iter().map(|r| r.pos).collect::<Vec<_>>(), [Pos::Pron, Pos::None]);
    }

    #[test]
    fn white_space_gets_its_tag_and_relation() {
        let ruler = AttributeRuler::from_json(RULES).expect("the rules are well formed");
        let found = readings(&ruler, "The \n", &[Tag::Dt, Tag::Nn], &[Dep::Det, Dep::Punct]);
        assert_eq!(found[1], Reading { tag: Tag::Space, dep: Dep::Dep, pos: Pos::Space, morph: "", lemma: None });
        let alone = readings(&ruler, "\n", &[Tag::Nn], &[Dep::None]);
        assert_eq!(alone[0].dep, Dep::None);
    }

    #[test]
    fn unknown_conditions_and_wrong_indices_are_errors() {
        let unknown = br#"[{"patterns": [[{"ORTH": "a"}]], "attrs": {}, "index": 0}]"#;
        assert!(matches!(AttributeRuler::from_json(unknown), Err(RulerError::Json(_))));
        let beyond = br#"[{"patterns": [[{"LOWER": "a"}]], "attrs": {}, "index": 1}]"#;
        assert!(matches!(AttributeRuler::from_json(beyond), Err(RulerError::Index { rule: 0, index: 1 })));
        let pos = br#"[{"patterns": [[{"LOWER": "a"}]], "attrs": {"POS": "NONSENSE"}, "index": 0}]"#;
        assert!(matches!(AttributeRuler::from_json(pos), Err(RulerError::Label { rule: 0, .. })));
    }
}
