//! Which of many tests are findings: q-values.

use super::real;

/// The false discovery rate at which each of `p` would count as a finding, in their order: q-values of Benjamini & Hochberg
/// (1995), <https://doi.org/10.1111/j.2517-6161.1995.tb02031.x>. `tests` is how many tests were made; those that are not in `p`
/// count as p = 1. From 0 to 1.
pub fn benjamini_hochberg(p: &[f64], tests: u64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    let at = |index: &usize| p.get(*index).copied().unwrap_or(1.0);
    order.sort_by(|a, b| at(a).total_cmp(&at(b)));
    let tests = real(tests.max(p.len() as u64));
    let (mut q, mut least) = (vec![1.0; p.len()], 1.0_f64);
    for (rank, index) in order.iter().enumerate().rev() {
        least = least.min(at(index) * tests / real(rank as u64 + 1));
        if let Some(cell) = q.get_mut(*index) {
            *cell = least;
        }
    }
    q
}
