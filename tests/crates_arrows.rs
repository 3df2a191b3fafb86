//! The crates depend on each other only as the design's map allows.

use cargo_metadata::MetadataCommand;
use std::path::Path;

/// Each package and the ones that it may use; `None` is all of them.
const MAP: &[(&str, Option<&[&str]>)] = &[
    ("demarche-record", Some(&[])),
    ("demarche-nlp", Some(&[])),
    ("demarche-time", Some(&["demarche-record"])),
    ("demarche-extract", Some(&["demarche-nlp", "demarche-time", "demarche-record"])),
    ("demarche-resolve", Some(&["demarche-record"])),
    ("demarche-graph", Some(&["demarche-record", "demarche-resolve"])),
    ("demarche-ontology", Some(&[])),
    ("demarche-ingest", Some(&["demarche-record"])),
    ("demarche-server", Some(&["demarche-graph"])),
    ("demarche", None),
    ("xtask", Some(&["demarche-extract", "demarche-ingest", "demarche-nlp", "demarche-record"])),
];

#[test]
fn the_crates_depend_on_each_other_as_the_map_allows() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(manifest).no_deps().exec().expect("cargo metadata runs");
    let members: Vec<_> = metadata.workspace_packages().iter().map(|package| package.name.to_string()).collect();

    let mut wrong = Vec::new();
    for package in metadata.workspace_packages() {
        let Some((_, allowed)) = MAP.iter().find(|(name, _)| *name == package.name.as_str()) else {
            wrong.push(format!("{} is not on the map: say here what it may use", package.name));
            continue;
        };
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            let ours = members.iter().any(|member| member == name);
            if ours && allowed.is_some_and(|allowed| !allowed.contains(&name)) {
                wrong.push(format!("{} must not use {name}", package.name));
            }
        }
    }
    let absent: Vec<_> = MAP.iter().filter(|(name, _)| !members.iter().any(|member| member == name)).collect();
    assert!(wrong.is_empty() && absent.is_empty(), "{wrong:#?}\non the map but not in the workspace: {absent:?}");
}
