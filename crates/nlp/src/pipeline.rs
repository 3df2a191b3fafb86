//! From text to [`Analysis`]: all components in their order.

use crate::analysis::{Analysis, Entity, Token};
use crate::attribute_ruler::AttributeRuler;
use crate::embed::{Embed, Form};
use crate::encode::{Encoder, EncoderRoom};
use crate::labels::Tag;
use crate::lemmatizer::Lemmatizer;
use crate::lexeme::{Lexeme, Norms};
use crate::model::{ModelConfig, ModelError, ModelFiles, Weights};
use crate::ner::{Bounds, EntityRecogniser};
use crate::parser::{Parse, Parser};
use crate::tagger::Tagger;
use crate::tokenizer::{Tokenizer, Word};
use crate::transition::StateRoom;
use crate::{hash, model};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Word forms whose vectors are remembered, for each thread that analyses; of the default model they take about 30 MB.
const REMEMBERED: usize = 1 << 15;

/// Words of a text that is so long that the room it needed (some 6 kB a word) is not kept.
const LONG: usize = 1 << 14;

/// English analysis: tokens, tags, lemmas, dependency trees, sentences and named entities.
///
/// One pipeline serves any number of threads. What it says of a text depends on the text alone.
pub struct Pipeline {
    config: ModelConfig,
    weights: Cow<'static, [u8]>,
    tokenizer: Tokenizer,
    norms: Norms,
    shared: Network,
    tagger: Tagger,
    parser: Parser,
    ner: Network,
    recogniser: EntityRecogniser,
    ruler: AttributeRuler,
    lemmatizer: Lemmatizer,
    /// Rooms that no thread uses at the moment.
    rooms: Mutex<Vec<Room>>,
}

/// From word forms to vectors in context.
#[derive(Debug)]
struct Network {
    embed: Embed,
    encoder: Encoder,
}

impl Network {
    fn read(weights: &Weights<'_>, config: &model::Tok2VecConfig, prefix: &str) -> Result<Self, ModelError> {
        let embed = Embed::read(weights, config, prefix)?;
        let encoder = Encoder::read(weights, prefix, embed.width(), config.padding)?;
        Ok(Self { embed, encoder })
    }
}

/// What identifies a word form: its letters, a norm of its own, whether a space follows.
type FormKey = (u64, Option<u64>, bool);

/// What is kept from text to text: buffers, and the vectors of the word forms met so far. They are what the network would give
/// again, so nothing of an earlier text shows in a later one.
#[derive(Default)]
struct Room {
    known: FxHashMap<FormKey, usize>,
    /// For each known form its vector in the shared network, then that in the recogniser's.
    vectors: Vec<f32>,
    is_space: Vec<bool>,
    encoder: EncoderRoom,
    state: StateRoom,
    scores: Vec<f32>,
}

/// What the networks say of the words of a text.
#[derive(Debug)]
struct Annotation {
    tags: Vec<Tag>,
    parse: Parse,
    entities: Vec<Entity>,
}

impl Pipeline {
    /// The pipeline of the model in the binary, `en_core_web_md` 3.8. It is loaded at the first call.
    ///
    /// ```
    /// let analysis = demarche_nlp::Pipeline::english().analyze("Ms. Ito met the minister in Oslo. He smiled.");
    /// assert_eq!(analysis.sentences().len(), 2);
    /// assert_eq!(analysis.words(analysis.entities()[0].tokens.clone()), "Ito");
    /// ```
    #[cfg(feature = "embedded-model")]
    pub fn english() -> &'static Self {
        static ENGLISH: std::sync::LazyLock<Pipeline> = std::sync::LazyLock::new(|| {
            Pipeline::from_files(ModelFiles::embedded()).expect("the tests load the embedded model")
        });
        &ENGLISH
    }

    /// Loads a model from a folder that `cargo xtask import-model` has made.
    ///
    /// # Errors
    /// When a file of the model cannot be read or is not of the form that this version reads.
    pub fn load(folder: impl AsRef<Path>) -> Result<Self, ModelError> {
        Self::from_files(ModelFiles::read(folder.as_ref())?)
    }

    fn from_files(files: ModelFiles) -> Result<Self, ModelError> {
        let table = |name: &'static str| move |e: &dyn fmt::Display| ModelError::table(name, e);
        let weights = Weights::new(&files.weights)?;
        let config = weights.config().clone();
        let shared = Network::read(&weights, &config.tok2vec, "tok2vec")?;
        let ner = Network::read(&weights, &config.ner_tok2vec, "ner.tok2vec")?;
        let width = shared.embed.width();
        Ok(Self {
            tokenizer: Tokenizer::from_json(&files.tokenizer).map_err(|e| table("tokenizer.json")(&e))?,
            norms: Norms::from_json(&files.lexeme_norm).map_err(|e| table("lexeme_norm.json")(&e))?,
            tagger: Tagger::read(&weights, width)?,
            parser: Parser::read(&weights, width)?,
            recogniser: EntityRecogniser::read(&weights, ner.embed.width())?,
            ruler: AttributeRuler::from_json(&files.attribute_ruler).map_err(|e| table("attribute_ruler.json")(&e))?,
            lemmatizer: Lemmatizer::from_json(&files.lemmatizer).map_err(|e| table("lemmatizer.json")(&e))?,
            shared,
            ner,
            config,
            weights: files.weights,
            rooms: Mutex::default(),
        })
    }

    /// Name and version of the model, as `en_core_web_md 3.8.0`.
    pub fn model_name(&self) -> String {
        format!("{} {}", self.config.name, self.config.version)
    }

    /// What splits text into tokens, for those who need no more of it.
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// Analyses a text as a whole. Any text has an analysis.
    pub fn analyze(&self, text: &str) -> Analysis {
        let words = self.tokenizer.tokenize(text);
        let annotation = self.annotate(text, &words);
        self.assemble(text, &words, annotation)
    }

    /// Runs the networks.
    fn annotate(&self, text: &str, words: &[Word]) -> Annotation {
        // A lock that a panicking thread held is as good as any: rooms are put back whole or not at all.
        let room = self.rooms.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut room = room.unwrap_or_default();
        let forms = self.embed(text, words, &mut room);
        let Room { vectors, is_space, encoder, state, scores, .. } = &mut room;
        let is_space: Vec<bool> = forms.iter().map(|&f| is_space[f]).collect();
        let (width, ner_width) = (self.shared.embed.width(), self.ner.embed.width());
        let vector = |form: usize, part: Range<usize>| {
            let at = form * (width + ner_width);
            &vectors[at + part.start..at + part.end]
        };
        let encoded = self.shared.encoder.apply(forms.iter().map(|&f| vector(f, 0..width)), encoder);
        let tags = self.tagger.apply(encoded, scores);
        let parse = self.parser.apply(encoded, &is_space, state);
        let in_ner = forms.iter().map(|&f| vector(f, width..width + ner_width));
        let encoded = self.ner.encoder.apply(in_ner, encoder);
        let bounds = Bounds { is_space: &is_space, starts: &parse.starts };
        let entities = self.recogniser.apply(encoded, bounds, state);
        if words.len() < LONG {
            self.rooms.lock().unwrap_or_else(PoisonError::into_inner).push(room);
        }
        Annotation { tags, parse, entities }
    }

    /// The places of the words' forms among those of the room; forms that are not known yet are embedded.
    fn embed(&self, text: &str, words: &[Word], room: &mut Room) -> Vec<usize> {
        if room.known.len() > REMEMBERED {
            room.known.clear();
            room.vectors.clear();
            room.is_space.clear();
        }
        let first = room.known.len();
        let mut new: Vec<Form> = Vec::new();
        let forms = words
            .iter()
            .map(|word| {
                let letters = &text[word.start..word.end];
                let key = (hash::string_id(letters), word.norm, word.space_after);
                *room.known.entry(key).or_insert_with(|| {
                    let lexeme = Lexeme::new(letters, word.norm, &self.norms);
                    new.push(Form { lexeme, space_after: word.space_after });
                    first + new.len() - 1
                })
            })
            .collect();
        room.is_space.extend(new.iter().map(|f| f.lexeme.is_space));
        let (width, ner_width) = (self.shared.embed.width(), self.ner.embed.width());
        let step = width + ner_width;
        room.vectors.resize((first + new.len()) * step, 0.0);
        let fresh = &mut room.vectors[first * step..];
        self.shared.embed.apply(&self.weights, &new, |form, vector| {
            fresh[form * step..form * step + width].copy_from_slice(vector);
        });
        self.ner.embed.apply(&self.weights, &new, |form, vector| {
            fresh[form * step + width..(form + 1) * step].copy_from_slice(vector);
        });
        forms
    }

    /// Applies the rules and puts the analysis together.
    fn assemble(&self, text: &str, words: &[Word], annotation: Annotation) -> Analysis {
        let Annotation { tags, parse: Parse { heads, deps, starts }, entities } = annotation;
        let readings = self.ruler.readings(text, words, &tags, &deps);
        let tokens = words
            .iter()
            .zip(readings)
            .zip(heads)
            .map(|((word, reading), head)| Token {
                start: word.start,
                end: word.end,
                space_after: word.space_after,
                tag: reading.tag,
                pos: reading.pos,
                lemma: match reading.lemma {
                    Some(lemma) => lemma.into(),
                    None => self.lemmatizer.lemma(&text[word.start..word.end], reading.pos, reading.morph),
                },
                head,
                dep: reading.dep,
            })
            .collect();
        let mut sentences = Vec::new();
        let mut start = 0;
        for end in 1..=starts.len() {
            if end == starts.len() || starts[end] {
                sentences.push(start..end);
                start = end;
            }
        }
        Analysis::new(text.to_owned(), tokens, sentences, entities)
    }
}

impl fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pipeline").field(&self.model_name()).finish()
    }
}
