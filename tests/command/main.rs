//! The command from outside: real articles in, files and streams out.

// What a test reads, it may take to be there.
#![allow(clippy::unwrap_used)]

mod broken_off;
mod corrections;
mod export;
mod extract;
mod forget;
mod fusion;
mod incremental;
mod load;
mod questions;
#[cfg(unix)]
mod serve;
mod store;
mod terms;
mod usage;
mod validate;

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The command, in a folder of its own with two invented articles: `bern.md` (front matter, letters beyond ASCII) and
/// `lindholm.txt` (none of both).
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.write("bern.md", include_str!("articles/bern.md"));
        desk.write("lindholm.txt", include_str!("articles/lindholm.txt"));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn demarche(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
        command.current_dir(self.folder.path()).args(arguments).env_remove("NO_COLOR");
        command
    }

    /// What the command prints when all goes well.
    fn output(&self, arguments: &[&str]) -> String {
        let output = self.demarche(arguments).assert().success().get_output().clone();
        String::from_utf8(output.stdout).unwrap()
    }
}

/// The sample articles that the project carries.
fn sample() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/sample").canonicalize().unwrap().display().to_string()
}
