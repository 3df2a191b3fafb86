//! Dependency trees and sentences: an arc-eager transition parser with a `Break` action, then the undoing of projectivisation.
//!
//! The transition system is spaCy's (`arc_eager.pyx`, `_state.pxd` of 3.8): arc-eager (Nivre 2003), non-monotonic as in Honnibal
//! and Johnson (2015): a word without a head that is reduced goes back to the buffer. Crossing arcs were lifted to the head's
//! head in training and their labels decorated (`prep||dobj`: a `prep` of the nearest `dobj` below); they are put back afterwards
//! (Nivre and Nilsson 2005).

use crate::labels::{Dep, UnknownLabel};
use crate::model::{ModelError, Weights};
use crate::transition::{StateNetwork, StateRoom};
use std::ops::Range;

/// Words of a state that the network sees.
const PLACES: usize = 8;

/// Rounds in which the edges of subtrees are sought, as in spaCy; trees with crossing arcs can need some.
const ROUNDS: usize = 12;

/// Kinds of action, in the order in which models have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

const MOVES: [(Move, &str); 5] =
    [(Move::Shift, "S"), (Move::Reduce, "D"), (Move::Left, "L"), (Move::Right, "R"), (Move::Break, "B")];

/// The label of an arc: a relation and, if the arc was lifted, the relation of the word that it was lifted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ArcLabel {
    dep: Dep,
    lifted_from: Option<Dep>,
}

impl ArcLabel {
    const NONE: Self = Self { dep: Dep::None, lifted_from: None };

    fn read(label: &str) -> Result<Self, UnknownLabel> {
        let (dep, lifted_from) = match label.split_once("||") {
            Some((dep, from)) => (dep, Some(from.parse()?)),
            None => (label, None),
        };
        Ok(Self { dep: dep.parse()?, lifted_from })
    }
}

/// What the parser says of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parse {
    /// Heads; a root is its own.
    pub heads: Vec<usize>,
    /// Relations to the heads.
    pub deps: Vec<Dep>,
    /// Whether a sentence starts at a word.
    pub starts: Vec<bool>,
}

/// The parser of a model.
#[derive(Debug)]
pub(crate) struct Parser {
    network: StateNetwork,
    labels: Vec<ArcLabel>,
    /// Where the actions of each kind lie among all actions.
    ranges: [Range<usize>; 5],
}

impl Parser {
    /// Reads the parser over vectors of `width`.
    pub fn read(weights: &Weights<'_>, width: usize) -> Result<Self, ModelError> {
        let moves = &weights.config().parser_moves;
        let mut labels = Vec::with_capacity(moves.len());
        let mut ranges = [const { 0..0 }; 5];
        let mut last = 0;
        for (i, name) in moves.iter().enumerate() {
            let (kind, label) = name.split_once('-').unwrap_or((name, ""));
            let unknown = || ModelError::table("model.safetensors", format!("unknown or misplaced action {name:?}"));
            let kind = MOVES.iter().position(|(_, n)| *n == kind).filter(|k| *k >= last).ok_or_else(unknown)?;
            last = kind;
            if ranges[kind].is_empty() {
                ranges[kind] = i..i;
            }
            ranges[kind].end = i + 1;
            labels.push(ArcLabel::read(label)?);
        }
        if ranges.iter().any(Range::is_empty) {
            return Err(ModelError::table("model.safetensors", "the parser has not all kinds of action"));
        }
        Ok(Self { network: StateNetwork::read(weights, "parser", width, PLACES, moves.len())?, labels, ranges })
    }

    /// Parses encoded words. `is_space` tells which of them are white space.
    pub fn apply(&self, words: &[f32], is_space: &[bool], room: &mut StateRoom) -> Parse {
        self.network.prepare(words, room);
        let mut state = State::new(is_space.len());
        while !state.is_final() {
            let scores = self.network.score(&state.context(), room);
            let Some(action) = self.best(scores, &state) else { break };
            state.apply(action.0, self.labels[action.1]);
        }
        state.finish(is_space)
    }

    /// The valid action of the highest score, the first of equal ones.
    fn best(&self, scores: &[f32], state: &State) -> Option<(Move, usize)> {
        let mut best: Option<(Move, usize)> = None;
        for ((kind, _), range) in MOVES.iter().zip(&self.ranges) {
            if state.allows(*kind) {
                for action in range.clone() {
                    if best.is_none_or(|(_, b)| scores[action] > scores[b]) {
                        best = Some((*kind, action));
                    }
                }
            }
        }
        best
    }
}

/// A partial parse: words on the stack, words still to come, arcs.
#[derive(Debug)]
struct State {
    length: usize,
    stack: Vec<usize>,
    /// Words that went back to the buffer; the last one is the first of the buffer.
    returned: Vec<usize>,
    /// The first word that was never on the stack.
    next: usize,
    /// Words that went back once and may not be shifted again.
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
    heads: Vec<Option<usize>>,
    labels: Vec<ArcLabel>,
    /// The dependent before each word that was attached last.
    last_left: Vec<Option<usize>>,
    /// The dependent after each word that was attached last.
    last_right: Vec<Option<usize>>,
    /// The dependent after the head that was attached before this word.
    before: Vec<Option<usize>>,
}

impl State {
    fn new(length: usize) -> Self {
        let mut starts = vec![false; length];
        if let Some(first) = starts.first_mut() {
            *first = true;
        }
        Self {
            length,
            stack: Vec::with_capacity(32),
            returned: Vec::new(),
            next: 0,
            unshiftable: vec![false; length],
            starts,
            heads: vec![None; length],
            labels: vec![ArcLabel::NONE; length],
            last_left: vec![None; length],
            last_right: vec![None; length],
            before: vec![None; length],
        }
    }

    /// The word at a depth of the stack.
    fn stacked(&self, depth: usize) -> Option<usize> {
        self.stack.len().checked_sub(depth + 1).map(|i| self.stack[i])
    }

    /// The word at a place of the buffer.
    fn buffered(&self, place: usize) -> Option<usize> {
        match self.returned.len().checked_sub(place + 1) {
            Some(i) => Some(self.returned[i]),
            None => Some(self.next + place - self.returned.len()).filter(|w| *w < self.length),
        }
    }

    fn buffer_length(&self) -> usize {
        self.length - self.next + self.returned.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_length() == 0
    }

    /// The words that the network sees.
    fn context(&self) -> [Option<usize>; PLACES] {
        let (b0, s0) = (self.buffered(0), self.stacked(0));
        [
            b0,
            self.buffered(1),
            s0,
            self.stacked(1),
            self.stacked(2),
            b0.and_then(|w| self.last_left[w]),
            s0.and_then(|w| self.last_left[w]),
            s0.and_then(|w| self.last_right[w]),
        ]
    }

    fn allows(&self, kind: Move) -> bool {
        let starts = |word: Option<usize>| word.is_some_and(|w| self.starts[w]);
        match kind {
            Move::Shift => {
                self.stack.is_empty()
                    || (self.buffer_length() >= 2
                        && !starts(self.buffered(0))
                        && !self.buffered(0).is_some_and(|w| self.unshiftable[w]))
            }
            Move::Reduce => !self.stack.is_empty(),
            Move::Left | Move::Right => !self.stack.is_empty() && self.buffer_length() > 0 && !starts(self.buffered(0)),
            Move::Break => match (self.buffered(0), self.buffered(1)) {
                (Some(b0), Some(b1)) => b1 == b0 + 1 && !self.starts[b1],
                _ => false,
            },
        }
    }

    /// Does an action that [`State::allows`].
    fn apply(&mut self, kind: Move, label: ArcLabel) {
        match kind {
            Move::Shift => self.shift(),
            Move::Reduce => {
                let Some(s0) = self.stack.pop() else { return };
                if self.heads[s0].is_none() && !self.stack.is_empty() {
                    self.unshiftable[s0] = true;
                    self.returned.push(s0);
                }
            }
            Move::Left => {
                if let (Some(b0), Some(s0)) = (self.buffered(0), self.stack.pop()) {
                    self.attach(b0, s0, label);
                    self.unshiftable[b0] = false;
                }
            }
            Move::Right => {
                if let (Some(b0), Some(s0)) = (self.buffered(0), self.stacked(0)) {
                    self.attach(s0, b0, label);
                    self.shift();
                }
            }
            Move::Break => {
                if let Some(b1) = self.buffered(1) {
                    self.starts[b1] = true;
                }
            }
        }
    }

    fn shift(&mut self) {
        let word = self.returned.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(word);
    }

    fn attach(&mut self, head: usize, child: usize, label: ArcLabel) {
        // A word that has a head already hangs to the right of it and was attached to it last: what the head got later has
        // been taken from the stack before this word could be on top again.
        if let Some(old) = self.heads[child]
            && self.last_right[old] == Some(child)
        {
            self.last_right[old] = self.before[child];
        }
        if head > child {
            self.last_left[head] = Some(child);
        } else {
            self.before[child] = self.last_right[head];
            self.last_right[head] = Some(child);
        }
        self.heads[child] = Some(head);
        self.labels[child] = label;
    }

    /// The tree: words without head are roots, lifted arcs go back.
    fn finish(self, is_space: &[bool]) -> Parse {
        let heads = self.heads.iter().enumerate().map(|(i, head)| head.unwrap_or(i)).collect();
        let mut tree = Tree::new(heads, self.labels);
        tree.lower(is_space);
        tree.parse()
    }
}

/// A tree of words with the edges of all subtrees.
struct Tree {
    heads: Vec<usize>,
    labels: Vec<ArcLabel>,
    left: Vec<usize>,
    right: Vec<usize>,
}

impl Tree {
    fn new(heads: Vec<usize>, mut labels: Vec<ArcLabel>) -> Self {
        for (i, label) in labels.iter_mut().enumerate() {
            if heads[i] == i {
                *label = ArcLabel { dep: Dep::Root, lifted_from: None };
            }
        }
        let mut tree = Self { left: Vec::new(), right: Vec::new(), heads, labels };
        tree.find_edges();
        tree
    }

    /// Finds the first and last word of each subtree.
    fn find_edges(&mut self) {
        let length = self.heads.len();
        self.left = (0..length).collect();
        self.right = (0..length).collect();
        for _ in 0..ROUNDS {
            for i in 0..length {
                self.widen(i);
            }
            for i in (0..length).rev() {
                self.widen(i);
            }
            if self.heads_lie_in_sentences() {
                break;
            }
        }
    }

    fn widen(&mut self, word: usize) {
        let head = self.heads[word];
        self.left[head] = self.left[head].min(self.left[word]);
        self.right[head] = self.right[head].max(self.right[word]);
    }

    /// Where the subtrees of roots start.
    fn starts(&self) -> Vec<bool> {
        let mut starts = vec![false; self.heads.len()];
        for (i, &head) in self.heads.iter().enumerate() {
            if head == i {
                starts[self.left[i]] = true;
            }
        }
        starts
    }

    fn heads_lie_in_sentences(&self) -> bool {
        let starts = self.starts();
        let mut start = 0;
        for end in 0..starts.len() {
            if (end > 0 && starts[end]) || end + 1 == starts.len() {
                // As in spaCy, the first word of the next sentence still passes for a head.
                if self.heads[start..end].iter().any(|head| !(start..=end).contains(head)) {
                    return false;
                }
                start = end;
            }
        }
        true
    }

    /// Hangs each lifted word below its head again: under the first word with the relation that its label names, level by
    /// level.
    fn lower(&mut self, is_space: &[bool]) {
        let mut lowered = false;
        for word in 0..self.heads.len() {
            if let Some(from) = self.labels[word].lifted_from {
                self.heads[word] = self.find_below(self.heads[word], word, from, is_space);
                self.labels[word].lifted_from = None;
                lowered = true;
            }
        }
        if lowered {
            self.find_edges();
        }
    }

    /// The first word with a relation below `head`, else `head` itself.
    fn find_below(&self, head: usize, word: usize, dep: Dep, is_space: &[bool]) -> usize {
        let mut level = vec![head];
        while !level.is_empty() {
            let mut below = Vec::new();
            for &parent in &level {
                let children = (self.left[parent]..=self.right[parent])
                    .filter(|&c| self.heads[c] == parent && c != parent && c != word && !is_space[c]);
                for child in children {
                    if self.labels[child] == (ArcLabel { dep, lifted_from: None }) {
                        return child;
                    }
                    below.push(child);
                }
            }
            level = below;
        }
        head
    }

    fn parse(self) -> Parse {
        let mut starts = self.starts();
        // No arc leaves a sentence. (spaCy leaves such arcs alone when the search for edges has not ended after its rounds.)
        for (i, &head) in self.heads.iter().enumerate() {
            starts[i.min(head) + 1..=i.max(head)].fill(false);
        }
        if let Some(first) = starts.first_mut() {
            *first = true;
        }
        Parse { heads: self.heads, deps: self.labels.iter().map(|l| l.dep).collect(), starts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(label: &str) -> ArcLabel {
        ArcLabel::read(label).unwrap()
    }

    fn run(length: usize, actions: &[(Move, &str)]) -> State {
        let mut state = State::new(length);
        for (kind, name) in actions {
            assert!(state.allows(*kind), "{kind:?} is not allowed in {state:?}");
            state.apply(*kind, label(name));
        }
        state
    }

    #[test]
    fn actions_build_a_tree() {
        // She met him .
        let state = run(
            4,
            &[
                (Move::Shift, ""),
                (Move::Left, "nsubj"),
                (Move::Shift, ""),
                (Move::Right, "dobj"),
                (Move::Reduce, ""),
                (Move::Right, "punct"),
                (Move::Reduce, ""),
                (Move::Reduce, ""),
            ],
        );
        assert!(state.is_final());
        let parse = state.finish(&[false; 4]);
        assert_eq!(parse.heads, [1, 1, 1, 1]);
        assert_eq!(parse.deps, [Dep::Nsubj, Dep::Root, Dep::Dobj, Dep::Punct]);
        assert_eq!(parse.starts, [true, false, false, false]);
    }

    #[test]
    fn the_network_sees_buffer_stack_and_last_dependents() {
        let state = run(4, &[(Move::Shift, ""), (Move::Left, "nsubj"), (Move::Shift, ""), (Move::Right, "dobj")]);
        assert_eq!(state.context(), [Some(3), None, Some(2), Some(1), None, None, None, None]);
        let state = run(3, &[(Move::Shift, ""), (Move::Left, "nsubj")]);
        assert_eq!(state.context(), [Some(1), Some(2), None, None, None, Some(0), None, None]);
    }

    #[test]
    fn a_break_ends_a_sentence() {
        let mut state = run(3, &[(Move::Break, ""), (Move::Shift, "")]);
        assert!(!state.allows(Move::Left) && !state.allows(Move::Right) && !state.allows(Move::Shift));
        for kind in [Move::Reduce, Move::Shift, Move::Right, Move::Reduce, Move::Reduce] {
            assert!(state.allows(kind));
            state.apply(kind, label("punct"));
        }
        let parse = state.finish(&[false; 3]);
        assert_eq!(parse.starts, [true, true, false]);
        assert_eq!(parse.heads, [0, 1, 1]);
    }

    #[test]
    fn a_word_without_head_goes_back_and_is_not_shifted_again() {
        let mut state = run(3, &[(Move::Shift, ""), (Move::Shift, ""), (Move::Reduce, "")]);
        assert_eq!((state.buffered(0), state.buffered(1), state.buffer_length()), (Some(1), Some(2), 2));
        assert!(!state.allows(Move::Shift));
        assert!(state.allows(Move::Break));
        state.apply(Move::Left, label("det"));
        assert!(state.allows(Move::Shift));
    }

    #[test]
    fn a_new_arc_replaces_the_old_one() {
        let state = run(3, &[(Move::Shift, ""), (Move::Right, "dobj"), (Move::Left, "nsubj")]);
        assert_eq!(state.heads, [None, Some(2), None]);
        assert_eq!((state.last_right[0], state.last_left[2]), (None, Some(1)));
    }

    #[test]
    fn a_lifted_word_is_lowered() {
        // 3 was lifted from 2, the object of 1, to 1.
        let labels = ["nsubj", "ROOT", "dobj", "prep||dobj"].map(label).to_vec();
        let mut tree = Tree::new(vec![1, 1, 1, 1], labels);
        tree.lower(&[false; 4]);
        let parse = tree.parse();
        assert_eq!(parse.heads, [1, 1, 1, 2]);
        assert_eq!(parse.deps[3], Dep::Prep);
    }

    #[test]
    fn a_crossing_arc_keeps_a_sentence_together() {
        // 0 hangs on 3, over the root 1.
        let labels = ["nsubj", "ROOT", "dobj", "ROOT"].map(label).to_vec();
        let parse = Tree::new(vec![3, 1, 1, 3], labels).parse();
        assert_eq!(parse.starts, [true, false, false, false]);
    }

    #[test]
    fn an_empty_text_has_no_words() {
        let state = State::new(0);
        assert!(state.is_final());
        assert_eq!(state.finish(&[]).heads.len(), 0);
    }
}
