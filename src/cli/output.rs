//! Files that are replaced whole, and what may go to a terminal.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::Path,
};

use anyhow::{Context, Result};

use super::interrupt;

/// Writes to `path`, or to standard output. A file is written beside its place and then moved there, so that the old content
/// stays until the new is complete; devices and pipes are written directly.
pub(super) fn write(
    path: Option<&Path>,
    content: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> Result<()> {
    let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
        let mut out = BufWriter::new(io::stdout());
        return content(&mut out).and_then(|()| out.flush()).context("cannot write to standard output");
    };
    let written = match fs::canonicalize(path) {
        Ok(real) if !real.is_file() => direct(&real, content),
        Ok(real) => replace(&real, content),
        Err(_) => replace(path, content),
    };
    written.with_context(|| format!("cannot write {}", path.display()))
}

fn direct(path: &Path, content: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(fs::OpenOptions::new().write(true).open(path)?);
    content(&mut out)?;
    out.flush()
}

fn replace(path: &Path, content: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sociogram-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    interrupt::begun(file.path());
    if let Ok(known) = fs::metadata(path) {
        file.as_file().set_permissions(known.permissions())?;
    }
    let mut out = BufWriter::new(file);
    content(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    let unfinished = interrupt::kept();
    file.persist(path).map_err(|error| error.error)?;
    interrupt::finished(unfinished);
    Ok(())
}

/// Whether the reader of standard output went away, as `head` does.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe))
}

/// `text` without control characters, which could steer a terminal; line ends stay.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}
