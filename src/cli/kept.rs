//! What must not be written: a file that is read, and a file twice.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};

use super::Usage;

/// A file to write, and the flag that says so.
#[derive(Clone, Debug)]
pub(super) struct Output {
    pub(super) flag: &'static str,
    pub(super) path: PathBuf,
}

impl Output {
    /// What `-o` and `--report` say.
    pub(super) fn all(written: Vec<PathBuf>, report: Option<&Path>) -> Vec<Self> {
        let written = written.into_iter().map(|path| Self { flag: "-o", path });
        written.chain(report.map(|path| Self { flag: "--report", path: path.to_owned() })).collect()
    }
}

/// Fails where one of `outputs` is written twice, or is one of the files that are read. What these are is asked for only where an
/// output is there already.
pub(super) fn check(outputs: &[Output], read: impl FnOnce() -> Vec<PathBuf>) -> Result<()> {
    let written: Vec<(&Output, File)> = outputs.iter().filter_map(|it| Some((it, written_to(&it.path)?))).collect();
    for (index, (output, file)) in written.iter().enumerate() {
        if written.iter().take(index).any(|(_, before)| before == file) {
            bail!(Usage(format!("`{}` would be written twice; give each output a name of its own", shown(output))));
        }
    }
    if written.iter().all(|(_, file)| matches!(file, File::New(_))) {
        return Ok(());
    }
    for input in read() {
        let Some(file) = read_from(&input) else { continue };
        if let Some((output, _)) = written.iter().find(|(_, written)| *written == file) {
            bail!(Usage(refusal(output, &input)));
        }
    }
    Ok(())
}

fn shown(output: &Output) -> String {
    output.path.display().to_string()
}

fn refusal(Output { flag, path }: &Output, input: &Path) -> String {
    let (path, input) = (path.display().to_string(), input.display().to_string());
    let what = match input.as_str() {
        "-" => format!("`{path}` is standard input"),
        _ if path == input => format!("`{path}` is read in this run"),
        _ => format!("`{path}` is the same file as `{input}`, which is read in this run"),
    };
    format!("{what} and would be lost; choose another {flag}")
}

/// A file on disk, by whatever path, link or hard link.
#[derive(PartialEq, Eq)]
enum File {
    Known(Key),
    /// Where it will be.
    New(PathBuf),
}

#[cfg(unix)]
type Key = (u64, u64);
#[cfg(not(unix))]
type Key = PathBuf;

#[cfg(unix)]
fn key(path: &Path) -> io::Result<Option<Key>> {
    use std::os::unix::fs::MetadataExt;
    let known = fs::metadata(path)?;
    Ok(known.is_file().then(|| (known.dev(), known.ino())))
}

#[cfg(not(unix))]
fn key(path: &Path) -> io::Result<Option<Key>> {
    let known = fs::metadata(path)?;
    known.is_file().then(|| fs::canonicalize(path)).transpose()
}

/// Nothing where it is a device or standard output.
fn written_to(path: &Path) -> Option<File> {
    if path.as_os_str() == "-" {
        return None;
    }
    match key(path) {
        Ok(known) => known.map(File::Known),
        Err(_) => Some(File::New(place_of(path))),
    }
}

/// The path of a file that is not there, with its folder as it is.
fn place_of(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (fs::canonicalize(folder), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

fn read_from(path: &Path) -> Option<File> {
    let stdin = Path::new("/dev/stdin");
    let path = if path.as_os_str() == "-" { stdin } else { path };
    key(path).ok().flatten().map(File::Known)
}
