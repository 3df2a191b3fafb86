//! Writing files.

use anyhow::{Context, Result};
use std::io::{BufWriter, Write};
use std::path::Path;

/// Writes a file whole or not at all: what stood there stays until the new content is complete.
pub(crate) fn write_whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let failed = || format!("{}: cannot be written", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Those of any new file; the system takes away what the user's mask says.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = BufWriter::new(builder.prefix(".demarche-").tempfile_in(folder).with_context(failed)?);
    write(&mut file)?;
    let file = file.into_inner().map_err(|error| error.into_error()).with_context(failed)?;
    file.persist(path).with_context(failed)?;
    Ok(())
}
