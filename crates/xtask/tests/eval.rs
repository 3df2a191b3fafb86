//! `xtask eval` on a set of one article whose annotations we made to differ from what is read in three places.

use std::path::Path;
use std::process::Command;

/// What `xtask eval tests/set ARGUMENTS` prints, without scorers at hand.
fn eval(arguments: &[&str]) -> String {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let elsewhere = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("eval")
        .arg(crate_folder.join("tests/set"))
        .args(arguments)
        .env("DEMARCHE_SHARED", elsewhere.path())
        .output()
        .expect("xtask runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn each_difference_stands_beside_the_parse_and_the_rule() {
    let out = eval(&[]);
    assert!(out.contains("No figures: no scorers at"), "{out}");
    let sorts: Vec<&str> = out.lines().filter(|line| line.starts_with("##### ")).collect();
    assert_eq!(
        sorts,
        [
            "##### person missed: 1, the first 1",
            "##### statement missed: 1, the first 1",
            "##### statement differs: 1, the first 1",
        ],
        "{out}"
    );
    // What people marked and nobody found.
    assert!(out.contains("The plan is ⟦a gift to the ferry companies⟧."), "{out}");
    // What both marked, with the speaker that was found, the rule and its confidence.
    assert!(out.contains("s1 by Paul Okafor (direct); found: by Ann Lindqvist"), "{out}");
    assert!(out.contains("“{⟦We will not wait another ten years⟧},”"), "{out}");
    assert!(out.contains("s1 QuotationThenCue 0."), "{out}");
    // The parse: mark, word by depth, tag, relation, head.
    let row = out.lines().find(|line| line.contains("· wait ")).expect("the verb has a row");
    assert!(row.split_whitespace().collect::<Vec<_>>().join(" ").contains("GS · wait VB ccomp"), "{row}");
}

#[test]
fn the_view_can_be_narrowed() {
    let out = eval(&["--only", "people", "--article", "harbour"]);
    assert!(!out.contains("No figures"), "{out}");
    assert!(out.contains("person missed") && !out.contains("statement"), "{out}");
}

#[test]
fn a_set_that_is_not_there_is_named_with_the_places() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(["eval", "gold/none"]).output().expect("xtask runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && told.contains("no set gold/none") && told.contains("DEMARCHE_SHARED"),
        "{told}"
    );
}
