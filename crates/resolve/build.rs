//! A digest of all that identity is decided by: what was decided by other rules or other gazetteers is not taken over.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut digest: u64 = 0xcbf2_9ce4_8422_2325;
    for folder in ["src", "../../data/gazetteer", "../../data/names"] {
        let folder = root.join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        for file in files(&folder)? {
            // FNV-1a, 64 bits (Fowler, Noll, Vo). Line ends are left out: a checkout may change them.
            for byte in fs::read(file)?.into_iter().filter(|byte| *byte != b'\r') {
                digest = (digest ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
            }
        }
    }
    println!("cargo::rustc-env=DEMARCHE_RULES={digest:016x}");
    Ok(())
}

/// The files of a folder, sorted.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}
