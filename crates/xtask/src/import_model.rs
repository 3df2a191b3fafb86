//! `cargo xtask import-model`: from the wheel of an English spaCy model to a model folder of demarche-nlp.

use crate::thinc::{Array, Network, Node, field, message, npy_matrix, text};
use anyhow::{Context, Result, anyhow, bail, ensure};
use demarche_nlp::{CONFIG_KEY, FORMAT, HashEmbedConfig, ModelConfig, Tok2VecConfig};
use half::f16;
use rmpv::Value;
use safetensors::tensor::{Dtype, TensorView};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// The parts of speech that have lemma tables, by the identifier under which spaCy writes them.
const LEMMA_POS: [(u64, &str); 5] = [
    (12_401_032_943_472_870_168, "adj"),
    (10_054_248_821_341_768_113, "adv"),
    (16_833_663_260_455_505_849, "noun"),
    (6_360_137_228_241_296_794, "verb"),
    (445, "punct"),
];

/// spaCy's numbers of the token attributes that tokenizer exceptions set.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// A wheel and where in it the model lies.
struct Wheel {
    archive: ZipArchive<File>,
    root: String,
}

impl Wheel {
    fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        let archive =
            ZipArchive::new(file).with_context(|| format!("{} is not a wheel (a ZIP archive)", path.display()))?;
        let root = archive
            .file_names()
            .filter_map(|n| Some(n.ok()?.strip_suffix("config.cfg")?.to_owned()))
            .min_by_key(|n| n.len())
            .with_context(|| format!("{} holds no spaCy model: it has no config.cfg", path.display()))?;
        Ok(Self { archive, root })
    }

    fn read(&mut self, name: &str) -> Result<Vec<u8>> {
        self.find(name)?
            .with_context(|| format!("the model has no {name}; only tok2vec pipelines of spaCy 3 can be imported"))
    }

    fn find(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let name = format!("{}{name}", self.root);
        let mut bytes = Vec::new();
        match self.archive.by_name(&name) {
            Ok(mut file) => file.read_to_end(&mut bytes).with_context(|| format!("cannot read {name}"))?,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(e) => return Err(e).with_context(|| format!("cannot read {name}")),
        };
        Ok(Some(bytes))
    }

    fn json(&mut self, name: &str) -> Result<Json> {
        serde_json::from_slice(&self.read(name)?).with_context(|| format!("{name} is not JSON"))
    }

    fn network(&mut self, name: &str) -> Result<Network> {
        Network::read(&self.read(name)?).with_context(|| format!("cannot read {name}"))
    }
}

/// The tensors of the model file, in the order of their names.
#[derive(Default)]
struct Tensors(BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)>);

impl Tensors {
    fn dense(&mut self, name: impl Into<String>, array: &Array) {
        let bytes = array.values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.0.insert(name.into(), (Dtype::F32, array.shape.clone(), bytes));
    }

    /// Rows that are summed or looked up; half precision is enough for them (see the parity tests of demarche-nlp).
    fn table(&mut self, name: impl Into<String>, array: &Array) {
        let bytes = array.values.iter().flat_map(|v| f16::from_f32(*v).to_le_bytes()).collect();
        self.0.insert(name.into(), (Dtype::F16, array.shape.clone(), bytes));
    }

    fn serialize(&self, config: &ModelConfig) -> Result<Vec<u8>> {
        let views = self
            .0
            .iter()
            .map(|(name, (dtype, shape, bytes))| Ok((name, TensorView::new(*dtype, shape.clone(), bytes)?)))
            .collect::<Result<Vec<_>>>()?;
        let metadata = HashMap::from([(CONFIG_KEY.to_owned(), serde_json::to_string(config)?)]);
        Ok(safetensors::serialize(views, Some(metadata))?)
    }
}

/// Imports a wheel into a folder, by default `data/model/NAME`; returns the folder.
pub fn import_model(path: &Path, out: Option<PathBuf>) -> Result<PathBuf> {
    let mut wheel = Wheel::open(path)?;
    let meta = wheel.json("meta.json")?;
    let meta_text = |key: &str| meta[key].as_str().with_context(|| format!("meta.json has no {key:?}"));
    let (lang, version) = (meta_text("lang")?, meta_text("version")?);
    ensure!(lang == "en", "this is a model for {lang:?}; only English models can be imported");
    let name = format!("{lang}_{}", meta_text("name")?);

    let mut tensors = Tensors::default();
    let vectors = npy_matrix(&wheel.read("vocab/vectors")?).context("cannot read vocab/vectors")?;
    if !vectors.values.is_empty() {
        vector_keys(&message(&wheel.read("vocab/key2row")?)?, vectors.shape[0], &mut tensors)?;
    }
    let shared = wheel.network("tok2vec/model")?;
    let tagger = wheel.network("tagger/model")?;
    let parser = wheel.network("parser/model")?;
    let ner = wheel.network("ner/model")?;
    let config = ModelConfig {
        format: FORMAT,
        name: name.clone(),
        version: version.to_owned(),
        tok2vec: tok2vec(&shared, &vectors, "tok2vec", &mut tensors)?,
        tags: tags(&wheel.json("tagger/cfg")?)?,
        parser_moves: moves(&wheel.read("parser/moves")?, &["S", "D", "L", "R", "B"])?,
        ner_tok2vec: tok2vec(&ner, &vectors, "ner.tok2vec", &mut tensors)?,
        ner_moves: moves(&wheel.read("ner/moves")?, &["M", "B", "I", "L", "U", "O"])?,
    };
    layer(tagger.only("softmax")?, "tagger", &mut tensors)?;
    transition_model(&parser, "parser", config.parser_moves.len(), &mut tensors)?;
    transition_model(&ner, "ner", config.ner_moves.len(), &mut tensors)?;

    let out = out.unwrap_or_else(|| PathBuf::from("data/model").join(&name));
    std::fs::create_dir_all(&out).with_context(|| format!("cannot make the folder {}", out.display()))?;
    let mut files: Vec<(&str, Vec<u8>)> = vec![
        ("model.safetensors", tensors.serialize(&config)?),
        ("tokenizer.json", lines(&tokenizer(&message(&wheel.read("tokenizer")?)?)?)?),
        ("lexeme_norm.json", lines(&lexeme_norm(&message(&wheel.read("vocab/lookups.bin")?)?)?)?),
        ("attribute_ruler.json", attribute_ruler(&message(&wheel.read("attribute_ruler/patterns")?)?)?),
        ("lemmatizer.json", lines(&lemmatizer(&message(&wheel.read("lemmatizer/lookups/lookups.bin")?)?)?)?),
        ("LICENSE", license(&mut wheel, &meta)?),
        ("SOURCE", source(path, &meta)?.into_bytes()),
    ];
    files.sort_by_key(|(name, _)| *name);
    let mut sums = String::new();
    for (name, bytes) in &files {
        let path = out.join(name);
        std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        writeln!(sums, "{}  {name}", hex(&Sha256::digest(bytes)))?;
    }
    std::fs::write(out.join("SHA256SUMS"), sums).with_context(|| format!("cannot write into {}", out.display()))?;
    Ok(out)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut s, b| {
        let _ = write!(s, "{b:02x}");
        s
    })
}

/// The keys of the static vectors: sorted, the upper 16 bits as starts of buckets, the lower 48 as bytes.
fn vector_keys(keys: &Value, rows: usize, tensors: &mut Tensors) -> Result<()> {
    let keys = keys.as_map().context("vocab/key2row is not a map")?;
    let mut sorted = keys
        .iter()
        .map(|(key, row)| {
            let key = key.as_u64().context("a key of the vectors that is no number")?;
            let row = row.as_u64().and_then(|r| u16::try_from(r).ok()).context("a row of the vectors beyond 65,535")?;
            ensure!(usize::from(row) < rows, "row {row} of {rows} vectors");
            Ok((key, row))
        })
        .collect::<Result<Vec<_>>>()?;
    sorted.sort_unstable();
    let starts = (0..=1u64 << 16).flat_map(|bucket| {
        let start = sorted.partition_point(|(key, _)| key >> 48 < bucket);
        u32::try_from(start).unwrap_or(u32::MAX).to_le_bytes()
    });
    tensors.0.insert("vectors.starts".to_owned(), (Dtype::U32, vec![(1 << 16) + 1], starts.collect()));
    let rest = sorted.iter().flat_map(|(key, _)| key.to_le_bytes().into_iter().take(6)).collect();
    tensors.0.insert("vectors.keys".to_owned(), (Dtype::U8, vec![sorted.len(), 6], rest));
    let rows = sorted.iter().flat_map(|(_, row)| row.to_le_bytes()).collect();
    tensors.0.insert("vectors.rows".to_owned(), (Dtype::U16, vec![sorted.len()], rows));
    Ok(())
}

/// `vectors · projectionᵀ`: what the network makes of each static vector before it knows the word's other attributes.
fn fold(vectors: &Array, projection: &Array) -> Result<Array> {
    let &[width, inner] = projection.shape.as_slice() else { bail!("the projection of the vectors is no matrix") };
    ensure!(vectors.shape[1] == inner, "vectors of width {} for a projection of {inner}", vectors.shape[1]);
    let values = vectors
        .values
        .chunks_exact(inner)
        .flat_map(|vector| {
            projection.values.chunks_exact(inner).map(move |weights| {
                vector.iter().zip(weights).map(|(v, w)| f64::from(*v) * f64::from(*w)).sum::<f64>() as f32
            })
        })
        .collect();
    Ok(Array { shape: vec![vectors.shape[0], width], values })
}

/// MultiHashEmbed and MaxoutWindowEncoder.
fn tok2vec(network: &Network, vectors: &Array, prefix: &str, tensors: &mut Tensors) -> Result<Tok2VecConfig> {
    let columns = network.only("extract_features")?.attr("columns")?;
    let columns = columns.as_array().context("attributes that are no list")?;
    let mut attributes = Vec::new();
    for (i, node) in network.named("hashembed").enumerate() {
        let column = usize::try_from(node.number("column")?)?;
        let attribute = columns.get(column).and_then(text).context("an embedding of a column that is not extracted")?;
        let seed = u32::try_from(node.number("seed")?)?;
        attributes.push(HashEmbedConfig { attribute: attribute.to_owned(), seed });
        tensors.table(format!("{prefix}.embed.{i}"), &node.param("E")?);
    }
    let static_vectors = network.named("static_vectors").next();
    if let Some(node) = static_vectors {
        ensure!(!vectors.values.is_empty(), "the network needs static vectors and the model has none");
        tensors.table(format!("{prefix}.vectors"), &fold(vectors, &node.param("W")?)?);
    }
    let maxouts: Vec<&Node> = network.named("maxout").collect();
    let norms: Vec<&Node> = network.named("layernorm").collect();
    ensure!(!maxouts.is_empty() && maxouts.len() == norms.len(), "maxout layers without layer normalisation");
    for node in network.named("expand_window") {
        ensure!(node.number("window_size")? == 1, "a window of more than one token on each side");
    }
    ensure!(
        network.named("expand_window").count() + 1 == maxouts.len(),
        "an encoder that is not made of maxout windows"
    );
    let shapes = maxouts.iter().map(|m| Ok(m.param("W")?.shape)).collect::<Result<Vec<_>>>()?;
    let input = |i: usize| shapes[i].last().copied().unwrap_or(0);
    let width = shapes[0][0];
    let concatenated = width * (attributes.len() + usize::from(static_vectors.is_some()));
    let mixer = (0..maxouts.len())
        .find(|&i| input(i) == concatenated)
        .with_context(|| format!("no layer that mixes {concatenated} inputs"))?;
    for (block, i) in (0..maxouts.len()).filter(|&i| i != mixer).enumerate() {
        ensure!(input(i) == 3 * width, "an encoder layer of {} inputs", input(i));
        maxout(maxouts[i], norms[i], &format!("{prefix}.encode.{block}"), tensors)?;
    }
    maxout(maxouts[mixer], norms[mixer], &format!("{prefix}.mix"), tensors)?;
    let padding = usize::try_from(network.reference("encode")?.number("pad")?)?;
    Ok(Tok2VecConfig { attributes, static_vectors: static_vectors.is_some(), padding })
}

fn maxout(maxout: &Node, norm: &Node, prefix: &str, tensors: &mut Tensors) -> Result<()> {
    layer(maxout, prefix, tensors)?;
    tensors.dense(format!("{prefix}.norm.scale"), &norm.param("G")?);
    tensors.dense(format!("{prefix}.norm.shift"), &norm.param("b")?);
    Ok(())
}

fn layer(node: &Node, prefix: &str, tensors: &mut Tensors) -> Result<()> {
    tensors.dense(format!("{prefix}.weight"), &node.param("W")?);
    tensors.dense(format!("{prefix}.bias"), &node.param("b")?);
    Ok(())
}

/// The state network of a parser or entity recogniser.
fn transition_model(network: &Network, prefix: &str, moves: usize, tensors: &mut Tensors) -> Result<()> {
    let hidden = network.only("precomputable_affine")?;
    layer(hidden, &format!("{prefix}.hidden"), tensors)?;
    tensors.dense(format!("{prefix}.hidden.padding"), &hidden.param("pad")?);
    let upper = network.reference("upper")?;
    ensure!(upper.name == "linear", "a state network without an upper layer; use_upper must be true");
    let output = upper.param("W")?;
    ensure!(output.shape[0] == moves, "{} outputs for {moves} actions", output.shape[0]);
    layer(upper, &format!("{prefix}.output"), tensors)?;
    let reduce = network
        .named("linear")
        .find(|n| !std::ptr::eq(*n, upper))
        .context("the network has no linear layer under its state network")?;
    layer(reduce, &format!("{prefix}.reduce"), tensors)
}

fn tags(cfg: &Json) -> Result<Vec<String>> {
    serde_json::from_value(cfg["labels"].clone()).context("tagger/cfg has no labels")
}

/// The actions of a transition system in the order of the network's output: by kind, then from the most frequent label down,
/// labels of one frequency in falling order of their letters.
fn moves(bytes: &[u8], kinds: &[&str]) -> Result<Vec<String>> {
    let value = message(bytes)?;
    let labels = field(&value, "moves").and_then(text).context("a list of actions without moves")?;
    let labels: BTreeMap<usize, HashMap<String, i64>> = serde_json::from_str(labels)?;
    let mut moves = Vec::new();
    for (kind, labels) in labels {
        let kind = kinds.get(kind).with_context(|| format!("unknown kind of action {kind}"))?;
        let mut labels: Vec<_> = labels.into_iter().map(|(label, count)| (count, label)).collect();
        ensure!(labels.iter().all(|(count, _)| *count >= 0), "actions that were added after the training");
        labels.sort_unstable_by(|a, b| b.cmp(a));
        // The entity recogniser writes its only labelless actions `O` and `U-`, the parser `S` and `D`.
        moves.extend(labels.into_iter().map(|(_, label)| match (label.is_empty(), *kind) {
            (true, "U") => "U-".to_owned(),
            (true, kind) => kind.to_owned(),
            (false, kind) => format!("{kind}-{label}"),
        }));
    }
    Ok(moves)
}

fn to_json(value: &Value) -> Result<Json> {
    Ok(match value {
        Value::Nil => Json::Null,
        Value::Boolean(b) => json!(b),
        Value::Integer(i) => i.as_i64().map(Json::from).or(i.as_u64().map(Json::from)).context("an odd number")?,
        Value::Array(a) => Json::Array(a.iter().map(to_json).collect::<Result<_>>()?),
        Value::Map(m) => {
            let mut map = Map::new();
            for (key, value) in m {
                let key = match key {
                    Value::Integer(i) => i.to_string(),
                    key => text(key).context("a key that is neither text nor number")?.to_owned(),
                };
                map.insert(key, to_json(value)?);
            }
            Json::Object(map)
        }
        other => json!(text(other).with_context(|| format!("cannot write {other} as JSON"))?),
    })
}

/// JSON with each entry of the outer two levels on a line of its own, keys sorted: small, and its changes can be read.
fn lines(value: &Json) -> Result<Vec<u8>> {
    fn write(value: &Json, depth: usize, out: &mut String) -> Result<()> {
        match value {
            Json::Object(map) if depth < 2 && !map.is_empty() => {
                out.push_str("{\n");
                for (i, (key, value)) in map.iter().enumerate() {
                    if i > 0 {
                        out.push_str(",\n");
                    }
                    write!(out, "{}:", serde_json::to_string(key)?)?;
                    write(value, depth + 1, out)?;
                }
                out.push_str("\n}");
            }
            other => out.push_str(&serde_json::to_string(other)?),
        }
        Ok(())
    }
    let mut out = String::new();
    write(value, 0, &mut out)?;
    out.push('\n');
    Ok(out.into_bytes())
}

/// Patterns and exceptions; an exception is a list of tokens, each with its letters and, if it has one, its norm.
fn tokenizer(value: &Value) -> Result<Json> {
    let mut exceptions = Map::new();
    for (string, tokens) in field(value, "exceptions").and_then(Value::as_map).context("no tokenizer exceptions")? {
        let tokens = tokens
            .as_array()
            .context("an exception that is no list")?
            .iter()
            .map(|token| {
                let mut parts = Map::new();
                for (attribute, value) in token.as_map().context("an exception without tokens")? {
                    let name = match attribute.as_u64() {
                        Some(ORTH) => "orth",
                        Some(NORM) => "norm",
                        _ => bail!("an exception sets attribute {attribute}; only ORTH and NORM are read"),
                    };
                    parts.insert(name.to_owned(), to_json(value)?);
                }
                Ok(Json::Object(parts))
            })
            .collect::<Result<_>>()?;
        exceptions.insert(text(string).context("an exception without text")?.to_owned(), Json::Array(tokens));
    }
    let pattern = |key: &str| field(value, key).map_or(Ok(Json::Null), to_json);
    Ok(json!({
        "prefix_search": pattern("prefix_search")?,
        "suffix_search": pattern("suffix_search")?,
        "infix_finditer": pattern("infix_finditer")?,
        "token_match": pattern("token_match")?,
        "url_match": pattern("url_match")?,
        "faster_heuristics": pattern("faster_heuristics")?,
        "exceptions": exceptions,
    }))
}

/// Norms by the identifier of the word.
fn lexeme_norm(lookups: &Value) -> Result<Json> {
    to_json(field(lookups, "lexeme_norm").context("vocab/lookups.bin has no lexeme_norm")?)
}

/// The patterns in their order, one to a line.
fn attribute_ruler(patterns: &Value) -> Result<Vec<u8>> {
    let patterns = patterns.as_array().context("the attribute ruler has no list of patterns")?;
    let patterns = patterns.iter().map(|p| Ok(serde_json::to_string(&to_json(p)?)?)).collect::<Result<Vec<_>>>()?;
    Ok(format!("[\n{}\n]\n", patterns.join(",\n")).into_bytes())
}

/// Rules, exceptions and index of the lemmatizer by part of speech; the index is sorted.
fn lemmatizer(lookups: &Value) -> Result<Json> {
    let mut tables = Map::new();
    for table in ["lemma_rules", "lemma_exc", "lemma_index"] {
        let mut by_pos = Map::new();
        let entries = field(lookups, table).and_then(Value::as_map).with_context(|| format!("no table {table}"))?;
        for (pos, value) in entries {
            let id = pos.as_u64().context("a part of speech that is no number")?;
            let (_, name) = LEMMA_POS
                .iter()
                .find(|(known, _)| *known == id)
                .ok_or_else(|| anyhow!("{table} has a part of speech {id} that is not known here"))?;
            let mut value = to_json(value)?;
            if let (Json::Array(words), "lemma_index") = (&mut value, table) {
                words.sort_unstable_by(|a, b| a.as_str().cmp(&b.as_str()));
            }
            by_pos.insert((*name).to_owned(), value);
        }
        tables.insert(table.to_owned(), Json::Object(by_pos));
    }
    Ok(Json::Object(tables))
}

const MIT: &str = include_str!("mit-license.txt");
const WORDNET: &str = include_str!("wordnet-license.txt");

/// The licence file of the model; if the wheel has none and the model is under the MIT licence, its text with the author.
/// After it stands the licence of WordNet, from which the lemma tables come: as the wheel has it, or as it is known here.
fn license(wheel: &mut Wheel, meta: &Json) -> Result<Vec<u8>> {
    let mut license = match wheel.find("LICENSE")? {
        Some(license) => license,
        None => {
            let name = meta["license"].as_str().unwrap_or("none");
            ensure!(name == "MIT", "the wheel has no LICENSE and the model's licence is {name:?}, not MIT");
            let author = meta["author"].as_str().context("meta.json has no author")?;
            MIT.replace("AUTHOR", author).into_bytes()
        }
    };
    if let Some(sources) = wheel.find("LICENSES_SOURCES")? {
        license.extend(b"\n\n");
        license.extend(sources);
    } else {
        license.extend(b"\n\nThe lemma tables come from WordNet 3.0, under this licence:\n\n");
        license.extend(WORDNET.as_bytes());
    }
    Ok(license)
}

fn source(path: &Path, meta: &Json) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut out = String::new();
    let meta_text = |key: &str| meta[key].as_str().unwrap_or("unknown").to_owned();
    writeln!(out, "{}_{} {}", meta_text("lang"), meta_text("name"), meta_text("version"))?;
    writeln!(out, "{}", meta_text("description"))?;
    writeln!(out, "Author: {} <{}>, {}", meta_text("author"), meta_text("url"), meta_text("email"))?;
    writeln!(out, "Licence: {} (see LICENSE)", meta_text("license"))?;
    let wheel = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    writeln!(out, "Imported by `cargo xtask import-model` from the wheel {wheel}")?;
    writeln!(out, "SHA-256 of the wheel: {}", hex(&Sha256::digest(&bytes)))?;
    writeln!(out, "\nThe model was trained on, and its tables were made from:")?;
    for source in meta["sources"].as_array().into_iter().flatten() {
        let field = |key: &str| source[key].as_str().unwrap_or("unknown").to_owned();
        writeln!(out, "- {}: {} (licence: {}; {})", field("name"), field("author"), field("license"), field("url"))?;
    }
    writeln!(
        out,
        "\nWhat was changed: the tables of the embeddings are kept in half precision, the static vectors are multiplied"
    )?;
    writeln!(out, "with the projection that the networks put on them, the rule tables are written as JSON.")?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_ordered_by_frequency_and_then_by_falling_label() {
        let value = Value::Map(vec![("moves".into(), r#"{"1":{"":1},"0":{"a":5,"b":5,"c":9}}"#.into())]);
        let mut bytes = Vec::new();
        rmpv::encode::write_value(&mut bytes, &value).unwrap();
        assert_eq!(moves(&bytes, &["L", "O"]).unwrap(), ["L-c", "L-b", "L-a", "O"]);
    }

    #[test]
    fn vectors_are_folded() {
        let vectors = Array { shape: vec![2, 2], values: vec![1.0, 2.0, 3.0, 4.0] };
        let projection = Array { shape: vec![1, 2], values: vec![10.0, 1.0] };
        assert_eq!(fold(&vectors, &projection).unwrap().values, [12.0, 34.0]);
    }

    #[test]
    fn keys_are_split_into_buckets() {
        let keys = Value::Map(vec![((7u64 << 48 | 5).into(), 1.into()), (3.into(), 0.into())]);
        let mut tensors = Tensors::default();
        vector_keys(&keys, 2, &mut tensors).unwrap();
        let start = |bucket: usize| tensors.0["vectors.starts"].2[bucket * 4];
        assert_eq!((start(0), start(1), start(7), start(8)), (0, 1, 1, 2));
        assert_eq!(tensors.0["vectors.keys"].2, [3, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0]);
        assert_eq!(tensors.0["vectors.rows"].2, [0, 0, 1, 0]);
    }

    /// `DEMARCHE_MD_WHEEL` names the wheel that `SOURCE` beside the model names.
    #[test]
    fn the_model_in_the_repository_can_be_made_again() {
        let Some(wheel) = std::env::var_os("DEMARCHE_MD_WHEEL") else {
            eprintln!("skipped: DEMARCHE_MD_WHEEL is not set");
            return;
        };
        let out = tempfile::tempdir().unwrap();
        import_model(Path::new(&wheel), Some(out.path().to_owned())).unwrap();
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/model/en_core_web_md");
        let sums = |folder: &Path| std::fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
        assert_eq!(sums(out.path()), sums(&kept));
    }

    #[test]
    fn a_file_that_is_no_wheel_is_refused_with_a_reason() {
        let error = Wheel::open(Path::new("Cargo.toml")).map(|_| ()).unwrap_err();
        assert!(format!("{error:#}").contains("not a wheel"), "{error:#}");
    }
}
