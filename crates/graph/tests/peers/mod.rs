//! Where the Python tools of others are that the tests compare with.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A Python that has a module: the one that `DEMARCHE_PYTHON` names, those that `tests/interoperability/install.sh` has made, or
/// python3. Where none has it, a line says that the test is skipped.
///
/// # Panics
/// When none has it although `DEMARCHE_REQUIRE_TOOLS` says that it has to be there.
pub fn python_with(module: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("DEMARCHE_TOOLS").map(PathBuf::from);
    let tools = folder.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tools"));
    let installed = ["python", "followthemoney"].map(|name| tools.join(name).join("bin/python"));
    let named = std::env::var_os("DEMARCHE_PYTHON").map(PathBuf::from);
    let python = named.into_iter().chain(installed).chain([PathBuf::from("python3")]).find(|python| {
        let import = Command::new(python).args(["-c", &format!("import {module}")]).stderr(Stdio::null()).status();
        import.is_ok_and(|status| status.success())
    });
    if python.is_none() {
        let message = format!("no Python has {module}: tests/interoperability/install.sh installs it");
        assert!(std::env::var_os("DEMARCHE_REQUIRE_TOOLS").is_none(), "{message}");
        eprintln!("skipped: {message}");
    }
    python
}
