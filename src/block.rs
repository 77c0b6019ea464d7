//! Text looked at in blocks of bytes, many in one step.

use wide::u8x16;

/// Bytes of a block.
pub(crate) const BLOCK: usize = 32;

/// The block that `bytes` begin with; behind their end, where that comes before, are zeros.
pub(crate) fn block(bytes: &[u8]) -> [u8; BLOCK] {
    bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut block = [0; BLOCK];
        block.iter_mut().zip(bytes).for_each(|(here, byte)| *here = *byte);
        block
    })
}

/// The bytes of a block, in order, whose highest bit `marked` sets; it is given sixteen at a time.
pub(crate) fn ones(block: &[u8; BLOCK], marked: impl Fn(u8x16) -> u8x16) -> Ones {
    let (halves, _) = block.as_chunks::<16>();
    let mask = |half: &[u8; 16]| marked(u8x16::new(*half)).move_mask().cast_unsigned();
    Ones(halves.iter().rev().fold(0, |bits, half| bits << 16 | mask(half)))
}

/// Bytes of a block: one bit for each, the first the lowest.
#[derive(Default)]
pub(crate) struct Ones(u32);

impl Iterator for Ones {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let first = (self.0 != 0).then(|| self.0.trailing_zeros() as usize);
        self.0 &= self.0.wrapping_sub(1);
        first
    }
}

/// A piece of a text: ASCII, and what stands behind it.
pub(crate) struct Piece<'t> {
    letters: [u8; BLOCK],
    length: usize,
    /// The characters that follow up to the next of ASCII.
    pub(crate) beyond: &'t str,
}

impl Piece<'_> {
    /// The bytes of ASCII as they count in words: letters and digits, the letters small, and zero for all else.
    pub(crate) fn plain(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or_default()
    }
}

/// `text` in pieces, each of a block at most and what is beyond ASCII behind it.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let block = (!rest.is_empty()).then(|| block(rest.as_bytes()))?;
        // Bytes beyond ASCII have the highest bit.
        let length = ones(&block, |bytes| bytes).next().unwrap_or(BLOCK).min(rest.len());
        let after = rest.get(length..)?;
        let (beyond, after) = after.split_at_checked(after.bytes().take_while(|byte| !byte.is_ascii()).count())?;
        rest = after;
        Some(Piece { letters: block.map(plain_letter), length, beyond })
    })
}

/// What a byte counts as; without a branch, so that a block of them takes a few steps.
fn plain_letter(byte: u8) -> u8 {
    let small = byte | 0x20;
    let is_letter = small.wrapping_sub(b'a') < 26;
    let is_digit = byte.wrapping_sub(b'0') < 10;
    if is_letter | is_digit { small } else { 0 }
}
