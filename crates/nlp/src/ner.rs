//! Named entities: a transition system over the words from left to right (spaCy's `BiluoPushDown`): a word begins an entity, is
//! in it, is the last or the only one of it, or is outside of all.

use crate::analysis::Entity;
use crate::labels::EntityLabel;
use crate::model::{ModelError, Weights};
use crate::transition::{StateNetwork, StateRoom};

/// Words of a state that the network sees: the next one, the first of the open entity, the one before.
const PLACES: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Begin(EntityLabel),
    In(EntityLabel),
    Last(EntityLabel),
    Unit(EntityLabel),
    Out,
    /// Models have an action that blocks words, which is never valid.
    Never,
}

impl Move {
    fn read(name: &str) -> Result<Self, ModelError> {
        Ok(match name.split_once('-') {
            None if name == "O" => Self::Out,
            Some(("U", "")) => Self::Never,
            Some(("B", label)) => Self::Begin(label.parse()?),
            Some(("I", label)) => Self::In(label.parse()?),
            Some(("L", label)) => Self::Last(label.parse()?),
            Some(("U", label)) => Self::Unit(label.parse()?),
            _ => return Err(ModelError::table("model.safetensors", format!("unknown action {name:?}"))),
        })
    }
}

/// An entity whose end is not known yet.
#[derive(Debug, Clone, Copy)]
struct Open {
    start: usize,
    label: EntityLabel,
}

/// What the rules need to know of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds<'a> {
    /// Whether a word is white space.
    pub is_space: &'a [bool],
    /// Whether a sentence starts at a word.
    pub starts: &'a [bool],
}

impl Bounds<'_> {
    /// Whether an action may be done at a word.
    fn allow(&self, action: Move, word: usize, open: Option<Open>) -> bool {
        let continues = || word + 1 < self.starts.len() && !self.starts[word + 1];
        match (action, open) {
            (Move::Begin(_), None) => continues() && !self.is_space[word],
            (Move::Unit(_), None) => !self.is_space[word],
            (Move::Out, None) => true,
            (Move::In(label), Some(open)) => open.label == label && continues(),
            (Move::Last(label), Some(open)) => open.label == label,
            _ => false,
        }
    }
}

/// The entity recogniser of a model.
#[derive(Debug)]
pub(crate) struct EntityRecogniser {
    network: StateNetwork,
    moves: Vec<Move>,
}

impl EntityRecogniser {
    /// Reads the recogniser over vectors of `width`.
    pub fn read(weights: &Weights<'_>, width: usize) -> Result<Self, ModelError> {
        let moves = weights.config().ner_moves.iter().map(|m| Move::read(m)).collect::<Result<Vec<_>, _>>()?;
        let network = StateNetwork::read(weights, "ner", width, PLACES, moves.len())?;
        Ok(Self { network, moves })
    }

    /// The entities among encoded words.
    pub fn apply(&self, words: &[f32], bounds: Bounds<'_>, room: &mut StateRoom) -> Vec<Entity> {
        self.network.prepare(words, room);
        let mut entities = Vec::new();
        let mut open: Option<Open> = None;
        for word in 0..bounds.starts.len() {
            let state = [Some(word), open.map(|o| o.start), open.map(|_| word - 1)];
            let scores = self.network.score(&state, room);
            let action = self.best(scores, |action| bounds.allow(action, word, open));
            match action.unwrap_or(Move::Out) {
                Move::Begin(label) => open = Some(Open { start: word, label }),
                Move::In(_) => {}
                Move::Last(label) => {
                    entities.extend(open.take().map(|o| Entity { tokens: o.start..word + 1, label }));
                }
                Move::Unit(label) => entities.push(Entity { tokens: word..word + 1, label }),
                Move::Out | Move::Never => open = None,
            }
        }
        entities
    }

    /// The valid action of the highest score, the first of equal ones.
    fn best(&self, scores: &[f32], valid: impl Fn(Move) -> bool) -> Option<Move> {
        let mut best: Option<(f32, Move)> = None;
        for (&score, &action) in scores.iter().zip(&self.moves) {
            if best.is_none_or(|(b, _)| score > b) && valid(action) {
                best = Some((score, action));
            }
        }
        best.map(|(_, action)| action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSON: EntityLabel = EntityLabel::Person;

    #[test]
    fn entities_stay_within_sentences_and_do_not_start_on_white_space() {
        let bounds = Bounds { is_space: &[false, true, false, false], starts: &[true, false, false, true] };
        assert!(bounds.allow(Move::Begin(PERSON), 0, None));
        assert!(!bounds.allow(Move::Begin(PERSON), 1, None));
        assert!(!bounds.allow(Move::Unit(PERSON), 1, None));
        assert!(!bounds.allow(Move::Begin(PERSON), 2, None), "the next word is in another sentence");
        assert!(!bounds.allow(Move::Begin(PERSON), 3, None), "there is no next word");
        assert!(bounds.allow(Move::Unit(PERSON), 3, None));
    }

    #[test]
    fn an_open_entity_goes_on_under_its_label_or_ends() {
        let bounds = Bounds { is_space: &[false; 3], starts: &[true, false, false] };
        let open = Some(Open { start: 0, label: PERSON });
        assert!(bounds.allow(Move::In(PERSON), 1, open));
        assert!(!bounds.allow(Move::In(EntityLabel::Date), 1, open));
        assert!(!bounds.allow(Move::In(PERSON), 2, open), "there is no next word");
        assert!(bounds.allow(Move::Last(PERSON), 2, open));
        assert!(!bounds.allow(Move::Out, 1, open));
        assert!(!bounds.allow(Move::Never, 1, None));
    }
}
