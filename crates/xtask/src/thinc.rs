//! Reading what spaCy and its machine-learning library thinc write: MessagePack with arrays in it.
//!
//! A thinc model is a map of `nodes` (name, dimensions, references), `attrs` and `params`, each a list in the order of the layers.

use anyhow::{Context, Result, anyhow, bail, ensure};
use rmpv::Value;

/// A layer of a network.
pub struct Node {
    /// Its name, as `maxout` or `hashembed`; containers join the names of what they hold.
    pub name: String,
    refs: Value,
    attrs: Value,
    params: Value,
}

/// A network: its layers in the order in which they were written.
pub struct Network {
    /// The layers.
    pub nodes: Vec<Node>,
}

/// An array of 32-bit floats.
pub struct Array {
    /// Its dimensions.
    pub shape: Vec<usize>,
    /// Its values, the last dimension running fastest.
    pub values: Vec<f32>,
}

/// Decodes MessagePack.
pub fn message(bytes: &[u8]) -> Result<Value> {
    rmpv::decode::read_value(&mut &bytes[..]).context("not MessagePack")
}

/// A field of a map, by its key.
pub fn field<'v>(map: &'v Value, key: &str) -> Option<&'v Value> {
    map.as_map()?.iter().find(|(k, _)| text(k) == Some(key)).map(|(_, v)| v)
}

/// A string; those of old writers are byte strings.
pub fn text(value: &Value) -> Option<&str> {
    match value {
        Value::String(s) => s.as_str(),
        Value::Binary(b) => std::str::from_utf8(b).ok(),
        _ => None,
    }
}

fn list<'v>(model: &'v Value, key: &str) -> Result<&'v [Value]> {
    let list = field(model, key).and_then(Value::as_array).ok_or_else(|| anyhow!("no list {key:?}"))?;
    Ok(list)
}

impl Network {
    /// Reads the bytes of a `model` file.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let model = message(bytes)?;
        let (nodes, attrs, params) = (list(&model, "nodes")?, list(&model, "attrs")?, list(&model, "params")?);
        ensure!(nodes.len() == attrs.len() && nodes.len() == params.len(), "lists of layers of different lengths");
        let nodes = nodes
            .iter()
            .zip(attrs)
            .zip(params)
            .map(|((node, attrs), params)| {
                let name = field(node, "name").and_then(text).context("a layer without a name")?.to_owned();
                let refs = field(node, "refs").cloned().unwrap_or(Value::Nil);
                Ok(Node { name, refs, attrs: attrs.clone(), params: params.clone() })
            })
            .collect::<Result<_>>()?;
        Ok(Self { nodes })
    }

    /// The layers of a name.
    pub fn named<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> + 'n {
        self.nodes.iter().filter(move |n| n.name == name)
    }

    /// The only layer of a name.
    pub fn only<'n>(&'n self, name: &'n str) -> Result<&'n Node> {
        let mut found = self.named(name);
        match (found.next(), found.next()) {
            (Some(node), None) => Ok(node),
            (None, _) => bail!("the network has no layer {name:?}: its architecture is not one that is read here"),
            _ => bail!("the network has more than one layer {name:?}: its architecture is not one that is read here"),
        }
    }

    /// The layer that any layer refers to under a name.
    pub fn reference(&self, name: &str) -> Result<&Node> {
        let index = self.nodes.iter().find_map(|n| field(&n.refs, name)?.as_u64());
        index
            .and_then(|i| self.nodes.get(usize::try_from(i).ok()?))
            .ok_or_else(|| anyhow!("the network does not refer to a layer {name:?}"))
    }
}

impl Node {
    /// An attribute; it is MessagePack in MessagePack.
    pub fn attr(&self, name: &str) -> Result<Value> {
        match field(&self.attrs, name) {
            Some(Value::Binary(bytes)) => message(bytes),
            Some(value) => Ok(value.clone()),
            None => bail!("layer {:?} has no attribute {name:?}", self.name),
        }
    }

    /// A whole-number attribute.
    pub fn number(&self, name: &str) -> Result<u64> {
        self.attr(name)?.as_u64().ok_or_else(|| anyhow!("attribute {name:?} of layer {:?} is no number", self.name))
    }

    /// A parameter.
    pub fn param(&self, name: &str) -> Result<Array> {
        let value = field(&self.params, name).ok_or_else(|| anyhow!("layer {:?} has no {name:?}", self.name))?;
        array(value).with_context(|| format!("parameter {name:?} of layer {:?}", self.name))
    }
}

/// An array as `msgpack-numpy` writes it.
fn array(value: &Value) -> Result<Array> {
    let kind = field(value, "type").and_then(text).context("not an array")?;
    ensure!(kind == "<f4", "an array of {kind}, not of 32-bit floats");
    let shape = field(value, "shape").and_then(Value::as_array).context("an array without shape")?;
    let shape = shape
        .iter()
        .map(|n| n.as_u64().and_then(|n| usize::try_from(n).ok()).context("a dimension that is no number"))
        .collect::<Result<Vec<_>>>()?;
    let data = field(value, "data").and_then(Value::as_slice).context("an array without data")?;
    let values: Vec<f32> = data.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    ensure!(values.len() == shape.iter().product::<usize>(), "an array whose data do not fill its shape {shape:?}");
    Ok(Array { shape, values })
}

/// The matrix of a `.npy` file.
pub fn npy_matrix(bytes: &[u8]) -> Result<Array> {
    ensure!(bytes.starts_with(b"\x93NUMPY\x01"), "not a NumPy file of version 1");
    ensure!(bytes.len() > 10, "a NumPy file that ends in its header");
    let end = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    let header =
        bytes.get(10..end).and_then(|h| std::str::from_utf8(h).ok()).context("a NumPy header that is no text")?;
    ensure!(
        header.contains("'descr': '<f4'") && header.contains("'fortran_order': False"),
        "vectors that are not 32-bit floats in rows: {header}"
    );
    let shape = header.split_once("'shape': (").and_then(|(_, s)| s.split_once(')')).context("no shape")?.0;
    let shape = shape
        .split(',')
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .map(|s| s.parse().with_context(|| format!("a dimension {s:?}")))
        .collect::<Result<Vec<usize>>>()?;
    ensure!(shape.len() == 2, "vectors of {} dimensions", shape.len());
    let values: Vec<f32> = bytes[end..].chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    ensure!(values.len() == shape[0] * shape[1], "vectors that do not fill their shape {shape:?}");
    Ok(Array { shape, values })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_read_from_messagepack() {
        let value = Value::Map(vec![
            ("nd".into(), true.into()),
            ("type".into(), "<f4".into()),
            ("shape".into(), Value::Array(vec![1.into(), 2.into()])),
            ("data".into(), Value::Binary([1.5f32.to_le_bytes(), (-2.0f32).to_le_bytes()].concat())),
        ]);
        let mut bytes = Vec::new();
        rmpv::encode::write_value(&mut bytes, &value).unwrap();
        let array = array(&message(&bytes).unwrap()).unwrap();
        assert_eq!((array.shape, array.values), (vec![1, 2], vec![1.5, -2.0]));
    }

    #[test]
    fn a_short_array_is_refused() {
        let value = Value::Map(vec![
            ("type".into(), "<f4".into()),
            ("shape".into(), Value::Array(vec![3.into()])),
            ("data".into(), Value::Binary(vec![0; 4])),
        ]);
        assert!(array(&value).is_err());
    }

    #[test]
    fn a_numpy_matrix_is_read() {
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }\n";
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend(u16::try_from(header.len()).unwrap().to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.extend([3f32.to_le_bytes(), 4f32.to_le_bytes()].concat());
        let matrix = npy_matrix(&bytes).unwrap();
        assert_eq!((matrix.shape, matrix.values), (vec![2, 1], vec![3.0, 4.0]));
    }
}
