//! How much a rate changed between two sides, and how surely. What counts is articles (or stories), never sentences: those of
//! one article are not independent, and a test over sentences calls change what is only one article that says a name often.

use statrs::distribution::{Binomial, Discrete, DiscreteCDF};

use crate::measure::real;

/// The width of the interval, in standard errors: 95 % of a normal distribution.
const WIDE: f64 = 1.96;

/// So many of so many articles (stories).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    /// Those that name the actor, or both actors in one unit.
    pub count: u64,
    /// All that were read.
    pub of: u64,
}

impl Share {
    /// From 0 to 1; 0 of none is 0.
    pub fn rate(self) -> f64 {
        if self.of == 0 { 0.0 } else { real(self.count) / real(self.of) }
    }
}

/// How a rate changed from one side to the other. With the sides exchanged, ratios are turned over and chances stay, to the last
/// bit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateChange {
    /// The rate after by the rate before: infinite where there was none before; not a number where there is none at all.
    pub ratio: f64,
    /// The binary logarithm of the ratio, half an article added to each of the four counts: finite always.
    pub log2_ratio: f64,
    /// The interval that holds the ratio with 95 % confidence, by the normal distribution of its logarithm, half an article
    /// added to both counts.
    pub interval: (f64, f64),
    /// The chance of a difference so great or greater if the rates are the same, of just so great half: two-sided conditional
    /// mid-p.
    pub p: f64,
    /// The same, of just so great in full: exact, and too careful.
    pub p_exact: f64,
    /// Likelihood ratio of the two rates being different against their being the same, positive: a score to rank by.
    pub g2: f64,
}

impl RateChange {
    /// The change from `before` to `after`. Both sides must have articles, else nothing is known of the ratio.
    ///
    /// The counts are taken as Poisson with the articles as exposure: given their sum, the one is binomial with the share of its
    /// articles (Przyborowski & Wilenski 1940, <https://doi.org/10.1093/biomet/31.3-4.313>); mid-p after Lancaster (1961),
    /// <https://doi.org/10.1080/01621459.1961.10482105>. Of rates near one (an actor in nearly every article) this is too
    /// careful, never too bold.
    pub fn of(before: Share, after: Share) -> Self {
        let (p, p_exact) = chances(before.min(after), before.max(after));
        let half = |share: Share| (real(share.count) + 0.5, real(share.of) + 0.5);
        let ((one, all), (other, every)) = (half(before), half(after));
        let middle = other.ln() - one.ln() + (real(before.of).ln() - real(after.of).ln());
        let far = WIDE * (1.0 / one + 1.0 / other).sqrt();
        Self {
            ratio: after.rate() / before.rate(),
            log2_ratio: (other / every).log2() - (one / all).log2(),
            interval: ((middle - far).exp(), (middle + far).exp()),
            p,
            p_exact,
            g2: g2(before.min(after), before.max(after)),
        }
    }
}

/// Mid-p and exact p. The order of the two makes no difference but for rounding, which is why the caller fixes it.
fn chances(one: Share, other: Share) -> (f64, f64) {
    let sum = one.count + other.count;
    let exposure = real(other.of) / (real(one.of) + real(other.of));
    let Some(binomial) = Binomial::new(exposure, sum).ok().filter(|_| sum > 0) else { return (1.0, 1.0) };
    let just = binomial.pmf(other.count);
    let below = binomial.cdf(other.count) - just / 2.0;
    let above = if other.count == 0 { 1.0 } else { binomial.sf(other.count - 1) } - just / 2.0;
    // What is as unlikely but for rounding counts.
    let as_rare: f64 = (0..=sum).map(|count| binomial.pmf(count)).filter(|it| *it <= just * (1.0 + 1e-7)).sum();
    ((2.0 * below.min(above)).clamp(0.0, 1.0), as_rare.min(1.0))
}

fn g2(one: Share, other: Share) -> f64 {
    let (sum, all) = (real(one.count + other.count), real(one.of) + real(other.of));
    let part = |share: Share| match share.count {
        0 => 0.0,
        count => real(count) * (real(count) * all / (sum * real(share.of))).ln(),
    };
    (2.0 * (part(one) + part(other))).max(0.0)
}
