//! Annotations with the story of each article: known once all are read, so the lines wait in a file without a name.

use std::{
    fs::File,
    io::{self, BufWriter, Seek, SeekFrom, Write},
};

use sociogram::{
    Pipeline, Report,
    source::Item,
    story::{self, Signature},
};

/// Writes the annotations of `items` to standard output; of a story that several tell, all have the same.
pub(super) fn annotate(pipeline: &Pipeline, items: impl Iterator<Item = Item> + Send) -> (io::Result<()>, Report) {
    let mut waiting = match tempfile::tempfile() {
        Ok(file) => BufWriter::new(file),
        Err(error) => return (Err(error), Report::default()),
    };
    let (mut length, mut copies, mut failed) = (0, Vec::new(), None);
    let report = pipeline.annotate(items, true, |annotated| {
        copies.extend(annotated.copies.into_iter().map(|(at, signature)| (length + at as u64, signature)));
        length += annotated.lines.len() as u64;
        failed = waiting.write_all(annotated.lines.as_bytes()).err();
        failed.is_none()
    });
    let written = failed.map_or_else(|| waiting.into_inner().map_err(io::IntoInnerError::into_error), Err);
    (written.and_then(|file| write(file, &copies)), report)
}

fn write(mut file: File, copies: &[(u64, Signature)]) -> io::Result<()> {
    let signatures: Vec<&Signature> = copies.iter().map(|(_, signature)| signature).collect();
    for ((at, signature), story) in copies.iter().zip(story::stories(&signatures)) {
        if story != signature.words {
            file.seek(SeekFrom::Start(*at))?;
            file.write_all(story::shown(story).as_bytes())?;
        }
    }
    file.seek(SeekFrom::Start(0))?;
    let mut out = io::stdout().lock();
    io::copy(&mut file, &mut out)?;
    out.flush()
}
