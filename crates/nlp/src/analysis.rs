//! What analysis gives: tokens with tags, lemmas and heads; sentences; entities; the dependency tree to walk.

use crate::labels::{Dep, EntityLabel, Pos, Tag};
use serde::{Deserialize, Serialize};
use std::ops::{Index, Range};

/// A token: a stretch of the text and what the pipeline says of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Token {
    /// Byte offset of its first character in the analysed text.
    pub start: usize,
    /// Byte offset after its last character.
    pub end: usize,
    /// Whether a space follows it (which belongs to no token).
    pub space_after: bool,
    /// Fine-grained tag.
    pub tag: Tag,
    /// Part of speech.
    pub pos: Pos,
    /// Dictionary form.
    pub lemma: Box<str>,
    /// Index of the head token; its own index for the root of a sentence.
    pub head: usize,
    /// Relation to the head.
    pub dep: Dep,
}

/// A named entity: a run of tokens and its type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Indices of its tokens.
    pub tokens: Range<usize>,
    /// Type.
    pub label: EntityLabel,
}

/// The analysis of one text. Offsets are bytes, token references are indices into [`Analysis::tokens`].
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    text: String,
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
    entities: Vec<Entity>,
    /// Children of all tokens, in order, one after the other; those of token `i` lie at `child_starts[i]..child_starts[i + 1]`.
    children: Vec<usize>,
    child_starts: Vec<usize>,
}

impl Analysis {
    /// Puts an analysis together from its parts. `sentences` and `entities` are ranges of token indices, in order.
    ///
    /// # Panics
    /// When a head or a range lies outside the tokens.
    pub fn new(text: String, tokens: Vec<Token>, sentences: Vec<Range<usize>>, entities: Vec<Entity>) -> Self {
        let mut child_starts = vec![0; tokens.len() + 1];
        for (i, token) in tokens.iter().enumerate() {
            if token.head != i {
                child_starts[token.head + 1] += 1;
            }
        }
        for i in 0..tokens.len() {
            child_starts[i + 1] += child_starts[i];
        }
        let mut next = child_starts.clone();
        let mut children = vec![0; child_starts[tokens.len()]];
        for (i, token) in tokens.iter().enumerate() {
            if token.head != i {
                children[next[token.head]] = i;
                next[token.head] += 1;
            }
        }
        Self { text, tokens, sentences, entities, children, child_starts }
    }

    /// The analysed text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All tokens, in order; white space other than single spaces between words is a token too.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Sentences as ranges of token indices; together they cover all tokens.
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// The sentence of a token.
    ///
    /// # Panics
    /// When there is no such token.
    pub fn sentence_of(&self, token: usize) -> Range<usize> {
        let i = self.sentences.partition_point(|s| s.end <= token);
        self.sentences[i].clone()
    }

    /// Entities, in order, without overlap.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The words of a token.
    pub fn word(&self, token: usize) -> &str {
        &self.text[self.tokens[token].start..self.tokens[token].end]
    }

    /// The text of a run of tokens, with the white space between them.
    pub fn words(&self, tokens: Range<usize>) -> &str {
        &self.text[self.bytes(tokens)]
    }

    /// Bytes that a run of tokens covers; empty for an empty run.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        if tokens.is_empty() {
            return 0..0;
        }
        self.tokens[tokens.start].start..self.tokens[tokens.end - 1].end
    }

    /// The tokens that touch a range of bytes.
    pub fn tokens_in(&self, bytes: Range<usize>) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.end <= bytes.start);
        let end = self.tokens.partition_point(|t| t.start < bytes.end);
        start..end.max(start)
    }

    /// Direct dependents of a token, in order.
    pub fn children(&self, token: usize) -> &[usize] {
        &self.children[self.child_starts[token]..self.child_starts[token + 1]]
    }

    /// Direct dependents with a relation, in order.
    pub fn children_by(&self, token: usize, dep: Dep) -> impl Iterator<Item = usize> + '_ {
        self.children(token).iter().copied().filter(move |&c| self.tokens[c].dep == dep)
    }

    /// The first direct dependent with one of the relations.
    pub fn child(&self, token: usize, deps: &[Dep]) -> Option<usize> {
        self.children(token).iter().copied().find(|&c| deps.contains(&self.tokens[c].dep))
    }

    /// The token and all that depends on it, in order.
    pub fn subtree(&self, token: usize) -> Vec<usize> {
        let mut found = vec![token];
        let mut next = 0;
        while next < found.len() {
            found.extend_from_slice(self.children(found[next]));
            next += 1;
        }
        found.sort_unstable();
        found
    }

    /// The run from the first to the last token of the subtree.
    pub fn subtree_range(&self, token: usize) -> Range<usize> {
        let subtree = self.subtree(token);
        subtree[0]..subtree[subtree.len() - 1] + 1
    }

    /// Heads of a token from the nearest to the root of its sentence.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let mut current = token;
        std::iter::from_fn(move || {
            let head = self.tokens[current].head;
            (head != current).then(|| {
                current = head;
                head
            })
        })
    }
}

impl Index<usize> for Analysis {
    type Output = Token;
    fn index(&self, token: usize) -> &Token {
        &self.tokens[token]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "She met him." with `met` as root.
    fn analysis() -> Analysis {
        let token = |start, end, head, dep| Token {
            start,
            end,
            space_after: true,
            tag: Tag::None,
            pos: Pos::None,
            lemma: "".into(),
            head,
            dep,
        };
        let tokens = vec![
            token(0, 3, 1, Dep::Nsubj),
            token(4, 7, 1, Dep::Root),
            token(8, 11, 1, Dep::Dobj),
            token(11, 12, 1, Dep::Punct),
        ];
        Analysis::new("She met him.".to_owned(), tokens, std::iter::once(0..4).collect(), Vec::new())
    }

    #[test]
    fn the_tree_can_be_walked() {
        let a = analysis();
        assert_eq!(a.children(1), [0, 2, 3]);
        assert_eq!(a.child(1, &[Dep::Dobj]), Some(2));
        assert_eq!(a.subtree_range(1), 0..4);
        assert_eq!(a.ancestors(2).collect::<Vec<_>>(), [1]);
        assert_eq!(a.sentence_of(3), 0..4);
        assert_eq!(a.tokens_in(5..9), 1..3);
        assert_eq!(a.words(1..3), "met him");
    }
}
