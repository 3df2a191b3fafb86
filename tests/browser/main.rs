//! What the page asks and what it shows: a real store, the real `demarche serve`, Debian's Chromium.

// What a test reads, it may take to be there.
#![allow(clippy::unwrap_used)]

mod api;
#[path = "../command/serve/server.rs"]
#[allow(dead_code, reason = "the tests of the command ask more of it")]
mod server;

use server::Server;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The token that the server is started with.
const TOKEN: &str = "a token for the tests";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser").canonicalize().unwrap()
}

/// What drives Chromium, as `install.sh` has installed it.
fn driver() -> Option<PathBuf> {
    let target = || PathBuf::from(env!("CARGO_TARGET_TMPDIR")).parent().map(|target| target.join("tools"));
    let tools = std::env::var_os("DEMARCHE_TOOLS").map(PathBuf::from).or_else(target)?.join("browser");
    tools.join("node_modules/playwright-core/index.mjs").canonicalize().ok()
}

fn is_there(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

/// A store of the sample articles, built where they lie.
fn sample_store(at: &Path) {
    build(at, &["--manifest", "manifest.csv", "."]);
}

/// The same, and an article whose words are meant to run as a script, and a person whose name is.
fn store(at: &Path) {
    sample_store(at);
    let corrections =
        "[[rename]]\nthing = \"person/karl-ostrow\"\nname = \"<img src=x onerror=window.broken=7> Ostrow\"\n";
    std::fs::write(at.join("corrections.toml"), corrections).unwrap();
    build(at, &[folder().join("articles/hostile.md").to_str().unwrap()]);
}

fn build(at: &Path, arguments: &[&str]) {
    let sample = folder().join("../../data/sample");
    let built = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(sample)
        .args(["build", "--with-text", "--store"])
        .arg(at)
        .args(arguments)
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
}

/// Serves a store, and takes corrections.
fn serve(store: &Path) -> Server {
    let token = store.with_extension("token");
    std::fs::write(&token, TOKEN).unwrap();
    Server::start(store.to_str().unwrap(), &["--allow-update", "--token-file", token.to_str().unwrap()])
}

/// Status and JSON of a GET.
fn json(server: &Server, target: &str) -> (u16, serde_json::Value) {
    let reply = server.get(target);
    (reply.status, serde_json::from_slice(&reply.body).unwrap_or_else(|error| panic!("{target}: {error}")))
}

#[test]
fn the_page_works_in_a_browser() {
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    let driver = driver();
    let absent = match &driver {
        None => Some("playwright-core (tests/browser/install.sh)"),
        Some(_) if !is_there("node") => Some("node (apt-get install nodejs)"),
        Some(_) if !is_there(&chromium) => Some("Chromium (apt-get install chromium)"),
        Some(_) => None,
    };
    let (Some(driver), None) = (&driver, absent) else {
        let absent = absent.unwrap_or_default();
        assert!(std::env::var_os("DEMARCHE_REQUIRE_TOOLS").is_none(), "not there: {absent}");
        return eprintln!("skipped: there is no {absent}");
    };
    let desk = tempfile::tempdir().unwrap();
    let kept = desk.path().join("kg");
    store(&kept);
    let server = serve(&kept);
    let status = Command::new("node")
        .arg(folder().join("page.mjs"))
        .args([&format!("http://{}", server.address), TOKEN, &chromium])
        .arg(driver)
        .arg(std::env::var_os("DEMARCHE_SCREENSHOTS").unwrap_or_default())
        .status()
        .unwrap();
    assert!(status.success(), "what did not work is told above");
    let corrections = std::fs::read_to_string(kept.join("corrections.toml")).unwrap();
    assert!(corrections.contains("[[rename]]\nthing = \"person/wendy-sherman\""), "{corrections}");
    for kind in ["different", "same", "drop"] {
        assert!(corrections.contains(&format!("[[{kind}]]")), "{kind}: {corrections}");
    }
}
