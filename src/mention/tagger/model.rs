//! The weights: a table of features, each with what it says for and against the labels.
//!
//! The file, all numbers little-endian: four bytes `sgn1`; the digest of the word lists (u64) that the features look into; 49
//! transitions (i32); the number of common words (u32) and their keys, each as the distance from the last one (LEB128); the number
//! of rows (u32); then the rows in order of their keys, each with the distance of its key from the
//! last one (LEB128), a byte with a bit for each weight that is not 0, and these weights (i8).

use rustc_hash::FxHashSet;

use super::list::Lists;

/// Labels: outside of names, and the first and a further word of a person, an organisation and a place.
pub const LABELS: usize = 7;
/// Weights of a row: that of the label outside is 0.
const WEIGHTS: usize = LABELS - 1;
const MAGIC: &[u8; 4] = b"sgn1";
/// Bits of a feature's key.
const KEY_BITS: u32 = 28;
/// Fewest slots of a table, so that place and check together are the whole key.
const FEWEST: usize = 1 << (KEY_BITS - 16);

/// A feature and its weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The key of the feature, below 2^28.
    pub key: u32,
    /// What it says for each label but the one outside of names.
    pub weights: [i8; WEIGHTS],
}

/// Why bytes are no model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no model of names: {0}")]
pub struct ModelError(&'static str);

/// The weights of a tagger. The default has none and finds nothing.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub(super) transitions: Transitions,
    pub(super) common: Common,
    /// As many slots as a power of two; a slot's check is 0 where it is empty.
    slots: Vec<Slot>,
    mask: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    check: u16,
    weights: [i8; WEIGHTS],
}

/// Words that are often written in small letters, by the keys of their digests.
#[derive(Clone, Debug, Default)]
pub struct Common(FxHashSet<u32>);

impl Common {
    /// The words with these digests.
    pub fn new(digests: impl IntoIterator<Item = u64>) -> Self {
        Self(digests.into_iter().map(key).collect())
    }

    /// Whether the word with this digest is among them.
    pub(super) fn has(&self, lower: u64) -> bool {
        self.0.contains(&key(lower))
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        let mut keys: Vec<u32> = self.0.iter().copied().collect();
        keys.sort_unstable();
        bytes.extend(u32::try_from(keys.len()).unwrap_or_default().to_le_bytes());
        let mut last = 0;
        for key in keys {
            put_number(key - last, bytes);
            last = key;
        }
    }
}

/// Weights from one label to the next.
pub type Transitions = [[i32; LABELS]; LABELS];

impl Model {
    /// The model of these transitions (from, to) and rows.
    pub fn new(transitions: Transitions, common: Common, rows: &[Row]) -> Self {
        let size = (rows.len() * 2).next_power_of_two().max(FEWEST);
        let mut model = Self { transitions, common, slots: vec![Slot::default(); size], mask: size - 1 };
        rows.iter().for_each(|row| model.insert(row));
        model
    }

    /// The model in a file's bytes.
    ///
    /// # Errors
    /// [`ModelError`] for bytes that are no model, are cut off, or were trained with other word lists.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut input = Input(bytes);
        if input.take::<4>()? != *MAGIC {
            return Err(ModelError("it does not begin with sgn1"));
        }
        if u64::from_le_bytes(input.take()?) != Lists::all().digest {
            return Err(ModelError("it was trained with other word lists; train it again"));
        }
        let mut transitions = Transitions::default();
        for weight in transitions.as_flattened_mut() {
            *weight = i32::from_le_bytes(input.take()?);
            if weight.unsigned_abs() > 1 << 16 {
                return Err(ModelError("a transition is out of range"));
            }
        }
        let common = input.common()?;
        let rows = input.rows()?;
        Ok(Self::new(transitions, common, &rows))
    }

    /// The bytes of the file that holds these transitions and rows; the rows sorted by key, without doubles.
    pub fn write(transitions: &Transitions, common: &Common, rows: &[Row]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(Lists::all().digest.to_le_bytes());
        transitions.as_flattened().iter().for_each(|weight| bytes.extend(weight.to_le_bytes()));
        common.write(&mut bytes);
        bytes.extend(u32::try_from(rows.len()).unwrap_or_default().to_le_bytes());
        let mut last = 0;
        for row in rows {
            put_number(row.key.saturating_sub(last), &mut bytes);
            last = row.key;
            let set = row.weights.iter().enumerate().filter(|(_, weight)| **weight != 0);
            bytes.push(set.fold(0, |mask, (at, _)| mask | 1 << at));
            bytes.extend(row.weights.iter().filter(|weight| **weight != 0).map(|weight| weight.to_le_bytes()[0]));
        }
        bytes
    }

    /// Adds the weights of a feature to the scores of the labels.
    pub(super) fn add(&self, key: u32, scores: &mut [i32; LABELS]) {
        let (check, mut at) = (check(key), key as usize & self.mask);
        while let Some(slot) = self.slots.get(at).filter(|slot| slot.check != 0) {
            if slot.check == check {
                let [_, scores @ ..] = scores;
                scores.iter_mut().zip(slot.weights).for_each(|(score, weight)| *score += i32::from(weight));
                return;
            }
            at = (at + 1) & self.mask;
        }
    }

    fn insert(&mut self, row: &Row) {
        let (check, mut at) = (check(row.key), row.key as usize & self.mask);
        while self.slots.get(at).is_some_and(|slot| slot.check != 0 && slot.check != check) {
            at = (at + 1) & self.mask;
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Slot { check, weights: row.weights };
        }
    }
}

/// The key of a feature with this digest.
pub(super) fn key(digest: u64) -> u32 {
    (digest >> (64 - KEY_BITS)) as u32
}

/// The part of a key that tells rows in one place apart; never 0.
fn check(key: u32) -> u16 {
    ((key >> (KEY_BITS - 16)) as u16).max(1)
}

/// What is left of a file.
struct Input<'a>(&'a [u8]);

impl Input<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(ModelError("it is cut off"))?;
        self.0 = rest;
        Ok(*taken)
    }

    fn common(&mut self) -> Result<Common, ModelError> {
        let count = u32::from_le_bytes(self.take()?);
        let mut common = Common::default();
        let mut last: u32 = 0;
        for _ in 0..count {
            last = last.saturating_add(self.number()?);
            common.0.insert(last);
        }
        Ok(common)
    }

    fn rows(&mut self) -> Result<Vec<Row>, ModelError> {
        let count = u32::from_le_bytes(self.take()?) as usize;
        if count > self.0.len() {
            return Err(ModelError("it is cut off"));
        }
        let mut rows = Vec::with_capacity(count);
        let mut last = 0;
        for _ in 0..count {
            let row = self.row(last)?;
            last = row.key;
            rows.push(row);
        }
        if self.0.is_empty() { Ok(rows) } else { Err(ModelError("it goes on after its last row")) }
    }

    fn row(&mut self, last: u32) -> Result<Row, ModelError> {
        let key = last.checked_add(self.number()?).filter(|key| *key < 1 << KEY_BITS);
        let key = key.ok_or(ModelError("a key is out of range"))?;
        let [mask] = self.take()?;
        let mut weights = [0; WEIGHTS];
        for (at, weight) in weights.iter_mut().enumerate() {
            if mask >> at & 1 == 1 {
                *weight = i8::from_le_bytes(self.take()?);
            }
        }
        Ok(Row { key, weights })
    }

    fn number(&mut self) -> Result<u32, ModelError> {
        let mut number = 0;
        for shift in [0, 7, 14, 21] {
            let [byte] = self.take()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(ModelError("a key is out of range"))
    }
}

/// Adds a number, seven bits a byte (LEB128).
fn put_number(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(0x80 | (number & 0x7f) as u8);
        number >>= 7;
    }
    bytes.push(number as u8);
}
