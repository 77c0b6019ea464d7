//! Chance that comes out the same for the same seed, on every machine.

use crate::measure::real;

/// Numbers by chance: `SplitMix64`, Steele, Lea & Flood (2014), <https://doi.org/10.1145/2660193.2660195>. The value is the seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance(pub u64);

impl Chance {
    /// Any whole number.
    pub fn whole(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below 1.
    pub fn share(&mut self) -> f64 {
        real(self.whole() >> 11) / real(1 << 53)
    }
}
