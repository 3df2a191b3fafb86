//! The label sets of the English models: fine-grained tags, parts of speech, dependency relations, entity types.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A label that the loaded model has and this version does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {set} label {label:?}: this version reads the label sets of spaCy's English models 3.8")]
pub struct UnknownLabel {
    /// Which label set.
    pub set: &'static str,
    /// The label.
    pub label: String,
}

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident, $set:literal, { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "the label sets are documented by their annotation guidelines")]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every label of the set.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The label as the annotation scheme writes it.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownLabel;
            fn from_str(label: &str) -> Result<Self, UnknownLabel> {
                match label {
                    $($text => Ok($name::$variant),)+
                    _ => Err(UnknownLabel { set: $set, label: label.to_owned() }),
                }
            }
        }
    };
}

labels!(
    /// Penn Treebank tags, as in OntoNotes.
    Tag, "tag", {
        None = "", Dollar = "$", OpenQuote = "``", CloseQuote = "''", Comma = ",", OpenBracket = "-LRB-",
        CloseBracket = "-RRB-", Period = ".", Colon = ":", Add = "ADD", Afx = "AFX", Cc = "CC", Cd = "CD", Dt = "DT",
        Ex = "EX", Fw = "FW", Hyph = "HYPH", In = "IN", Jj = "JJ", Jjr = "JJR", Jjs = "JJS", Ls = "LS", Md = "MD",
        Nfp = "NFP", Nn = "NN", Nnp = "NNP", Nnps = "NNPS", Nns = "NNS", Pdt = "PDT", Pos = "POS", Prp = "PRP",
        PrpPoss = "PRP$", Rb = "RB", Rbr = "RBR", Rbs = "RBS", Rp = "RP", Sym = "SYM", To = "TO", Uh = "UH",
        Vb = "VB", Vbd = "VBD", Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT", Wp = "WP",
        WpPoss = "WP$", Wrb = "WRB", Xx = "XX", Space = "_SP",
    }
);

labels!(
    /// Universal parts of speech.
    Pos, "part-of-speech", {
        None = "", Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ",
        Sym = "SYM", Verb = "VERB", X = "X", Space = "SPACE",
    }
);

labels!(
    /// Dependency relations of the ClearNLP / CLEAR style.
    Dep, "dependency", {
        None = "", Root = "ROOT", Acl = "acl", Acomp = "acomp", Advcl = "advcl", Advmod = "advmod", Agent = "agent",
        Amod = "amod", Appos = "appos", Attr = "attr", Aux = "aux", Auxpass = "auxpass", Case = "case", Cc = "cc",
        Ccomp = "ccomp", Compound = "compound", Conj = "conj", Csubj = "csubj", Csubjpass = "csubjpass",
        Dative = "dative", Dep = "dep", Det = "det", Dobj = "dobj", Expl = "expl", Intj = "intj", Mark = "mark",
        Meta = "meta", Neg = "neg", Nmod = "nmod", Npadvmod = "npadvmod", Nsubj = "nsubj", Nsubjpass = "nsubjpass",
        Nummod = "nummod", Oprd = "oprd", Parataxis = "parataxis", Pcomp = "pcomp", Pobj = "pobj", Poss = "poss",
        Preconj = "preconj", Predet = "predet", Prep = "prep", Prt = "prt", Punct = "punct", Quantmod = "quantmod",
        Relcl = "relcl", Xcomp = "xcomp",
    }
);

labels!(
    /// Entity types of OntoNotes.
    EntityLabel, "entity", {
        Cardinal = "CARDINAL", Date = "DATE", Event = "EVENT", Facility = "FAC", GeoPolitical = "GPE",
        Language = "LANGUAGE", Law = "LAW", Location = "LOC", Money = "MONEY", Group = "NORP", Ordinal = "ORDINAL",
        Organization = "ORG", Percent = "PERCENT", Person = "PERSON", Product = "PRODUCT", Quantity = "QUANTITY",
        Time = "TIME", WorkOfArt = "WORK_OF_ART",
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_read_back_as_they_are_written() {
        for &dep in Dep::ALL {
            assert_eq!(dep.as_str().parse(), Ok(dep));
        }
        for &tag in Tag::ALL {
            assert_eq!(tag.as_str().parse(), Ok(tag));
        }
        assert!("nsubj:outer".parse::<Dep>().is_err());
    }
}
