//! Ctrl-C and SIGTERM: the run ends at once, and what was being written is taken away.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::say;

/// The file that is being written beside its place. A signal handler has no other way to know it.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Held while a file is moved to its place, so that a signal finds it there or not.
pub(super) fn kept() -> MutexGuard<'static, Option<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file is being written.
pub(super) fn begun(path: &Path) {
    *kept() = Some(path.to_owned());
}

/// The file is in its place.
pub(super) fn finished(mut unfinished: MutexGuard<'static, Option<PathBuf>>) {
    *unfinished = None;
}

/// Ends the process with 128 and the number of the signal, as shells expect it.
#[cfg(unix)]
pub(super) fn watch() {
    use signal_hook::{
        consts::{SIGINT, SIGTERM},
        iterator::Signals,
    };
    // Without signals to watch, the system ends the process as it would have.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            end(signal);
        }
    });
}

#[cfg(not(unix))]
pub(super) fn watch() {}

#[cfg(unix)]
#[expect(clippy::exit, reason = "the run is given up")]
fn end(signal: i32) {
    let unfinished = kept();
    if let Some(path) = &*unfinished {
        // If it cannot be removed there is nothing else to be done about it.
        let _ = fs::remove_file(path);
    }
    say("interrupted: what was not finished is not written");
    std::process::exit(128 + signal);
}
