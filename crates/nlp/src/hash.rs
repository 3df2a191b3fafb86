//! The two hashes by which spaCy's models know strings and embedding rows.
//!
//! A string is known by its 64-bit identifier: its place in spaCy's table of symbols when it is one of them (the shape `X`
//! and the word `det` are), else MurmurHash64A of its UTF-8 bytes with seed 1. An embedding table is read at four rows
//! that MurmurHash3 gives for an identifier.

/// The identifier of a string, 0 for the empty one (spaCy's `StringStore`).
pub(crate) fn string_id(string: &str) -> u64 {
    if string.is_empty() {
        return 0;
    }
    symbol(string).unwrap_or_else(|| murmur_hash_64a(string.as_bytes(), 1))
}

/// Four hashes of an identifier; modulo the number of rows they are the rows of a hash-embedding table.
///
/// This is the finalisation of MurmurHash3 for one 8-byte block, as thinc's `MurmurHash3_x86_128_uint64` computes it.
pub(crate) fn row_hashes(id: u64, seed: u32) -> [u32; 4] {
    let seed = u64::from(seed);
    let mut h1 = id.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= seed ^ 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = avalanche(h1);
    h2 = avalanche(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

fn avalanche(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// MurmurHash64A (Austin Appleby, public domain) of the bytes, read as little-endian words.
fn murmur_hash_64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut h = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (blocks, tail) = bytes.as_chunks::<8>();
    for block in blocks {
        let k = u64::from_le_bytes(*block).wrapping_mul(M);
        h = (h ^ (k ^ (k >> 47)).wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        let mut last = [0; 8];
        last[..tail.len()].copy_from_slice(tail);
        h = (h ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    h = (h ^ (h >> 47)).wrapping_mul(M);
    h ^ (h >> 47)
}

/// Runs of spaCy's symbol table: the number of the first symbol and the symbols from there on.
const SYMBOLS: [(u64, &[&str]); 4] = [
    (
        1,
        &[
            "IS_ALPHA",
            "IS_ASCII",
            "IS_DIGIT",
            "IS_LOWER",
            "IS_PUNCT",
            "IS_SPACE",
            "IS_TITLE",
            "IS_UPPER",
            "LIKE_URL",
            "LIKE_NUM",
            "LIKE_EMAIL",
            "IS_STOP",
            "IS_OOV_DEPRECATED",
            "IS_BRACKET",
            "IS_QUOTE",
            "IS_LEFT_PUNCT",
            "IS_RIGHT_PUNCT",
            "IS_CURRENCY",
        ],
    ),
    (
        64,
        &[
            "ID",
            "ORTH",
            "LOWER",
            "NORM",
            "SHAPE",
            "PREFIX",
            "SUFFIX",
            "LENGTH",
            "CLUSTER",
            "LEMMA",
            "POS",
            "TAG",
            "DEP",
            "ENT_IOB",
            "ENT_TYPE",
            "HEAD",
            "SENT_START",
            "SPACY",
            "PROB",
            "LANG",
            "ADJ",
            "ADP",
            "ADV",
            "AUX",
            "CONJ",
            "CCONJ",
            "DET",
            "INTJ",
            "NOUN",
            "NUM",
            "PART",
            "PRON",
            "PROPN",
            "PUNCT",
            "SCONJ",
            "SYM",
            "VERB",
            "X",
            "EOL",
            "SPACE",
        ],
    ),
    (
        380,
        &[
            "PERSON",
            "NORP",
            "FACILITY",
            "ORG",
            "GPE",
            "LOC",
            "PRODUCT",
            "EVENT",
            "WORK_OF_ART",
            "LANGUAGE",
            "LAW",
            "DATE",
            "TIME",
            "PERCENT",
            "MONEY",
            "QUANTITY",
            "ORDINAL",
            "CARDINAL",
        ],
    ),
    (
        398,
        &[
            "acomp",
            "advcl",
            "advmod",
            "agent",
            "amod",
            "appos",
            "attr",
            "aux",
            "auxpass",
            "cc",
            "ccomp",
            "complm",
            "conj",
            "cop",
            "csubj",
            "csubjpass",
            "dep",
            "det",
            "dobj",
            "expl",
            "hmod",
            "hyph",
            "infmod",
            "intj",
            "iobj",
            "mark",
            "meta",
            "neg",
            "nmod",
            "nn",
            "npadvmod",
            "nsubj",
            "nsubjpass",
            "num",
            "number",
            "oprd",
            "obj",
            "obl",
            "parataxis",
            "partmod",
            "pcomp",
            "pobj",
            "poss",
            "possessive",
            "preconj",
            "prep",
            "prt",
            "punct",
            "quantmod",
            "relcl",
            "rcmod",
            "root",
            "xcomp",
            "acl",
            "ENT_KB_ID",
            "MORPH",
            "ENT_ID",
            "IDX",
            "_",
        ],
    ),
];

/// The number of a symbol. The numbered symbols FLAG19 to FLAG63 and DEPRECATED001 to DEPRECATED276 fill the gaps.
fn symbol(string: &str) -> Option<u64> {
    // Symbols are short ASCII names, most words of a text are told apart from them by this alone.
    if string.len() > 17 || !string.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return None;
    }
    let numbered = |prefix: &str, width: usize, numbers: std::ops::RangeInclusive<u64>, first: u64| {
        let digits = string.strip_prefix(prefix).filter(|d| d.len() == width)?;
        let number = digits.parse().ok().filter(|n| numbers.contains(n))?;
        Some(first + number - numbers.start())
    };
    numbered("FLAG", 2, 19..=63, 19).or_else(|| numbered("DEPRECATED", 3, 1..=276, 104)).or_else(|| {
        SYMBOLS.iter().find_map(|(first, names)| names.iter().position(|&n| n == string).map(|i| first + i as u64))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_have_spacys_identifiers() {
        assert_eq!(string_id("coffee"), 3197928453018144401);
        assert_eq!(string_id("a"), 11901859001352538922);
        assert_eq!(string_id("hello world"), 2758594965276909933);
        assert_eq!(string_id("Straße"), 982213701778560299);
        assert_eq!(string_id("12345678"), 9871996032675327904);
    }

    #[test]
    fn symbols_are_known_by_their_number() {
        for (name, id) in
            [("", 0), ("X", 101), ("SPACE", 103), ("det", 415), ("num", 431), ("_", 456), ("IS_CURRENCY", 18)]
        {
            assert_eq!(string_id(name), id, "{name}");
        }
        for (name, id) in
            [("FLAG63", 63), ("DEPRECATED001", 104), ("DEPRECATED276", 379), ("PERSON", 380), ("acl", 451)]
        {
            assert_eq!(string_id(name), id, "{name}");
        }
        assert!(string_id("DEPRECATED277") > 1 << 32);
    }

    #[test]
    fn rows_are_thincs() {
        assert_eq!(row_hashes(0, 8), [0, 0, 0, 0]);
        assert_eq!(row_hashes(1, 8), [1161550108, 2247783286, 1742325162, 1224191281]);
        assert_eq!(row_hashes(101, 8), [1504371752, 1761805357, 109073980, 2642708036]);
        assert_eq!(row_hashes(string_id("coffee"), 8), [2399055680, 1118310852, 3598583520, 1677466278]);
    }
}
