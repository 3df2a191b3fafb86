//! The model in the repository is the one that was imported, it loads, and what cannot be a model is refused with a reason.

#![cfg(feature = "embedded-model")]

use demarche_nlp::{Analysis, ModelError, Pipeline};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

const TEXT: &str = "Ms. Ito met the minister in Oslo on Monday.";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/model/en_core_web_md")
}

/// A copy of the model folder without the file `name`.
fn copy_without(name: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder can be made");
    for file in std::fs::read_dir(folder()).expect("the model is in the repository").flatten() {
        if file.file_name() != name {
            std::fs::copy(file.path(), copy.path().join(file.file_name())).expect("the file can be copied");
        }
    }
    copy
}

#[test]
fn the_checksums_of_the_model_are_right() {
    let sums = std::fs::read_to_string(folder().join("SHA256SUMS")).unwrap();
    assert!(sums.lines().any(|line| line.ends_with("  model.safetensors")));
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        let digest = Sha256::digest(std::fs::read(folder().join(name)).unwrap());
        let found: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, sum, "{name} is not the file that was imported");
    }
}

#[test]
fn the_embedded_model_is_the_one_in_the_folder() {
    let loaded = Pipeline::load(folder()).unwrap();
    assert_eq!(loaded.model_name(), "en_core_web_md 3.8.0");
    assert_eq!(loaded.analyze(TEXT), Pipeline::english().analyze(TEXT));
}

#[test]
fn a_folder_without_weights_is_refused() {
    let folder = copy_without("model.safetensors");
    let error = Pipeline::load(folder.path()).unwrap_err();
    assert!(matches!(error, ModelError::Read { .. }));
    assert!(error.to_string().contains("model.safetensors") && error.to_string().contains("import-model"), "{error}");
}

#[test]
fn weights_that_were_cut_off_are_refused() {
    let copy = copy_without("model.safetensors");
    let weights = std::fs::read(folder().join("model.safetensors")).unwrap();
    for length in [0, 7, 100, weights.len() / 2, weights.len() - 1] {
        std::fs::write(copy.path().join("model.safetensors"), &weights[..length]).unwrap();
        assert!(matches!(Pipeline::load(copy.path()), Err(ModelError::Weights(_))), "{length} bytes");
    }
}

#[test]
fn a_table_that_is_no_json_is_refused_by_its_name() {
    let copy = copy_without("lemmatizer.json");
    std::fs::write(copy.path().join("lemmatizer.json"), "{").unwrap();
    let error = Pipeline::load(copy.path()).unwrap_err();
    assert!(error.to_string().contains("lemmatizer.json"), "{error}");
}

/// `DEMARCHE_SM_MODEL` names a folder that `cargo xtask import-model` made of en_core_web_sm, which is not in the repository.
#[test]
fn a_model_without_static_vectors_loads() {
    let Some(folder) = std::env::var_os("DEMARCHE_SM_MODEL") else {
        eprintln!("skipped: DEMARCHE_SM_MODEL is not set");
        return;
    };
    let analysis: Analysis = Pipeline::load(folder).unwrap().analyze(TEXT);
    let met = (0..analysis.len()).find(|&i| analysis.word(i) == "met").unwrap();
    assert_eq!(&*analysis[met].lemma, "meet");
    assert_eq!(analysis[met].head, met);
}
