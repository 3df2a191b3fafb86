//! The terms as constants of Rust.

use super::terms::{OURS, Ontology, Sort, Term};
use anyhow::{Result, ensure};
use std::collections::BTreeSet;
use std::fmt::Write;

/// What stands before the terms. The names between the braces of a macro stay as they are written, so that the file is
/// as `cargo fmt` leaves it.
const HEAD: &str = r##"//! The terms that the graph is written in. Made from `ontology/demarche.ttl` by `cargo ontology`: edit that file.

use oxigraph::model::NamedNodeRef;

/// Declares the terms of a vocabulary as constants, and the list of all of them.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $module:ident, $namespace:literal, { $($(#[$comment:meta])* $name:ident = $local:literal,)* }) => {
        $(#[$doc])*
        pub mod $module {
            use super::NamedNodeRef;

            /// What the IRIs of this vocabulary begin with.
            pub const NAMESPACE: &str = $namespace;

            $(
                #[doc = concat!("`", stringify!($module), ":", $local, "`.")]
                $(#[$comment])*
                pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($namespace, $local));
            )*

            /// All terms that the graph may use.
            pub const ALL: &[NamedNodeRef<'static>] = &[$($name),*];
        }
    };
}

/// A concept of one of our schemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concept {
    /// The concept.
    pub iri: NamedNodeRef<'static>,
    /// The scheme that it belongs to.
    pub scheme: NamedNodeRef<'static>,
    /// Its label in English.
    pub label: &'static str,
}
"##;

/// The file with the constants.
pub fn write(ontology: &Ontology) -> Result<String> {
    let mut text = HEAD.to_owned();
    let ours: Vec<&Term> = ontology.terms.iter().filter(|term| term.is_ours()).collect();
    let mut prefixes: Vec<&str> = vec![OURS];
    for term in &ontology.terms {
        if !prefixes.contains(&term.prefix.as_str()) {
            prefixes.push(&term.prefix);
        }
    }
    for prefix in prefixes {
        let terms: Vec<&Term> = ontology.terms.iter().filter(|term| term.prefix == prefix).collect();
        let namespace = &ontology.prefixes[prefix];
        let about =
            if prefix == OURS { "Our own terms".to_owned() } else { format!("What the graph uses of `{prefix}:`") };
        writeln!(text, "\nvocabulary! {{\n    /// {about}, `{namespace}`.\n    {prefix}, \"{namespace}\", {{")?;
        let mut names = BTreeSet::new();
        for term in &terms {
            let name = name(term, &terms);
            ensure!(names.insert(name.clone()), "{prefix}:{} would be a second constant {name}", term.local);
            writeln!(text, "        /// {}", documentation(&term.comment))?;
            writeln!(text, "        {name} = \"{}\",", term.local)?;
        }
        writeln!(text, "    }}\n}}")?;
    }
    writeln!(text, "\n/// All concepts of our schemes.")?;
    writeln!(text, "pub const CONCEPTS: &[Concept] = &[")?;
    for term in ours.iter().filter(|term| term.sort == Sort::Concept) {
        let scheme = ours.iter().find(|other| term.scheme.as_deref() == Some(&ontology.iri(other)));
        let Some(scheme) = scheme else { anyhow::bail!("{OURS}:{} is in a scheme that is not declared", term.local) };
        let (iri, scheme, label) = (name(term, &ours), name(scheme, &ours), term.label.as_deref().unwrap_or_default());
        writeln!(text, "    Concept {{ iri: {OURS}::{iri}, scheme: {OURS}::{scheme}, label: {label:?} }},")?;
    }
    writeln!(text, "];")?;
    Ok(text)
}

/// The name of a constant: `plansToMeet` is `PLANS_TO_MEET`. A class that is called as a property is called gets `_CLASS`.
fn name(term: &Term, all: &[&Term]) -> String {
    let name = in_capitals(&term.local);
    let taken = all.iter().any(|other| other.sort != Sort::Class && in_capitals(&other.local) == name);
    if term.sort == Sort::Class && taken { format!("{name}_CLASS") } else { name }
}

fn in_capitals(local: &str) -> String {
    let mut name = String::new();
    let mut before = ' ';
    for c in local.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            name.push('_');
        }
        name.push(c.to_ascii_uppercase());
        before = c;
    }
    name
}

/// A comment as rustdoc takes it: what looks like a link, a tag or a pattern stands as it is.
fn documentation(comment: &str) -> String {
    comment.replace('[', r"\[").replace(']', r"\]").replace('<', r"\<")
}

#[cfg(test)]
mod tests {
    use super::in_capitals;

    #[test]
    fn names_are_written_as_constants_are() {
        for (local, name) in
            [("Person", "PERSON"), ("plansToMeet", "PLANS_TO_MEET"), ("EDTF", "EDTF"), ("gYear", "G_YEAR")]
        {
            assert_eq!(in_capitals(local), name);
        }
    }
}
