//! Rows that wait for the end of a run, packed small: in memory, and where they are many in a file without a name.

use std::{
    borrow::Cow,
    fs::File,
    io::{self, BufWriter, Read, Seek, SeekFrom, Write},
    sync::{Arc, Mutex, PoisonError},
};

use super::Row;

/// A packed [`Row`].
#[derive(Clone, Debug)]
pub(super) enum Packed {
    Here(Box<[u8]>),
    There { file: Arc<Mutex<File>>, start: u64, length: u32 },
}

/// What they hold is compared, wherever it is.
impl PartialEq for Packed {
    fn eq(&self, other: &Self) -> bool {
        self.row() == other.row()
    }
}

impl Eq for Packed {}

impl Packed {
    pub(super) fn of(row: &Row) -> Self {
        // A copy: what is shrunk in place keeps its room.
        Self::Here(postcard::to_allocvec(row).unwrap_or_default().as_slice().into())
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        if let Self::Here(bytes) = self { bytes.len() } else { 0 }
    }

    /// The row again; `None` where the file could not be read.
    pub(super) fn row(&self) -> Option<Row> {
        postcard::from_bytes(&self.packed()?).ok()
    }

    /// The row as it is packed: the same for the same row, wherever it is.
    pub(super) fn packed(&self) -> Option<Cow<'_, [u8]>> {
        match self {
            Self::Here(bytes) => Some(Cow::Borrowed(bytes)),
            Self::There { file, start, length } => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                let mut bytes = vec![0; *length as usize];
                file.seek(SeekFrom::Start(*start)).and_then(|_| file.read_exact(&mut bytes)).ok()?;
                Some(Cow::Owned(bytes))
            }
        }
    }
}

/// Moves `rows` from memory to a file that is gone when the last of them is.
///
/// # Errors
/// What the system answers; then all stay where they are.
pub(super) fn put_aside<'a>(rows: impl Iterator<Item = &'a mut Packed>) -> io::Result<()> {
    let mut out = BufWriter::new(tempfile::tempfile()?);
    let (mut written, mut end) = (Vec::new(), 0_u64);
    for row in rows {
        let Packed::Here(bytes) = &*row else { continue };
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        out.write_all(bytes)?;
        written.push((row, end, length));
        end += u64::from(length);
    }
    let file = Arc::new(Mutex::new(out.into_inner().map_err(io::IntoInnerError::into_error)?));
    for (row, start, length) in written {
        *row = Packed::There { file: Arc::clone(&file), start, length };
    }
    Ok(())
}
