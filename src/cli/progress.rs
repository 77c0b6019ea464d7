//! How far a run is, on a terminal.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sociogram::source::{Files, Item};

/// With how much is to be read, which is not known of standard input.
const KNOWN: &str = "{bar:24} {bytes} of {total_bytes}, {bytes_per_sec}, {msg}, {eta} left";
const UNKNOWN: &str = "{spinner} {bytes}, {bytes_per_sec}, {msg}";

/// Shows how much of `files` is read while `items` are taken from it; `read` counts the bytes. Only a terminal shows it.
pub(super) fn shown<I: Iterator<Item = Item> + Send>(
    items: I,
    total: Option<u64>,
    read: Arc<AtomicU64>,
) -> impl Iterator<Item = Item> + Send + use<I> {
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(5));
    let style = ProgressStyle::with_template(if total.is_some() { KNOWN } else { UNKNOWN });
    let bar = style.map_or(bar.clone(), |style| bar.with_style(style));
    let (mut articles, last) = (0_u64, Last(bar.clone()));
    items.inspect(move |item| {
        let _ = &last;
        articles += u64::from(matches!(item, Item::Document(_)));
        if articles.is_multiple_of(16) {
            bar.set_position(read.load(Ordering::Relaxed));
            bar.set_message(format!("{articles} articles"));
        }
    })
}

/// Takes the bar away when the items end.
struct Last(ProgressBar);

impl Drop for Last {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Bytes of all files; `None` where one is no file on disk.
pub(super) fn bytes_of(files: &Files) -> Option<u64> {
    let length = |path: &PathBuf| path.metadata().ok().filter(std::fs::Metadata::is_file).map(|known| known.len());
    files.files.iter().map(length).sum()
}
