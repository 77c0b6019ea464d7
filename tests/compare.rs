//! What changed between two sides, against worked values; how often chance alone raises an alarm; and the laws of comparing.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "a panic is a failed test"
)]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sociogram::{
    chance::Chance,
    compare::{self, Change, Document, How, RateChange, Share, Tested},
};

fn share(count: u64, of: u64) -> Share {
    Share { count, of }
}

fn near(have: f64, want: f64) -> bool {
    have == want || (have - want).abs() <= 1e-9 * want.abs().max(1.0)
}

/// Counts and articles of both sides; ratio, its binary logarithm, the interval's ends, mid-p, exact p, G2: as scipy 1.17 has them.
const WORKED: [([u64; 4], [f64; 7]); 7] = [
    (
        [5, 1000, 15, 1000],
        [
            3.0,
            1.494_764_691_749_577_8,
            1.065_349_819_623_803,
            7.454_967_949_527_711_5,
            0.026_603_698_730_468_753,
            0.041_389_465_332_031_25,
            5.232_481_437_645_478,
        ],
    ),
    (
        [0, 1000, 3, 1000],
        [
            f64::INFINITY,
            2.807_354_922_057_604,
            0.361_558_538_112_794_2,
            135.524_389_095_504_12,
            0.125,
            0.25,
            4.158_883_083_359_671_5,
        ],
    ),
    (
        [0, 1000, 6, 1000],
        [
            f64::INFINITY,
            3.700_439_718_141_092,
            0.732_315_216_188_975_9,
            230.774_939_894_720_38,
            0.015_625,
            0.031_25,
            8.317_766_166_719_343,
        ],
    ),
    (
        [1, 500, 4, 2000],
        [1.0, -0.413_956_153_788_452_35, 0.118_175_107_343_345_04, 4.759_885_670_008_359, 0.935_04, 1.0, 0.0],
    ),
    (
        [20, 1000, 20, 2000],
        [
            0.5,
            -0.999_639_461_439_860_7,
            0.271_078_094_734_725_4,
            0.922_243_459_932_267_1,
            0.030_992_460_712_859_604,
            0.029_372_150_435_283_9,
            4.711_321_426_255_342,
        ],
    ),
    (
        [100, 10000, 150, 10000],
        [
            1.5,
            0.582_567_985_580_773_4,
            1.163_365_186_600_565,
            1.927_635_042_914_899_6,
            0.001_548_188_600_119_575_4,
            0.001_883_300_935_076_160_2,
            10.067_756_775_344_435,
        ],
    ),
    (
        [2, 100, 0, 300],
        [
            0.0,
            -3.902_097_584_419_619_3,
            0.003_200_433_068_174_158,
            1.388_700_950_706_022,
            0.0625,
            0.0625,
            5.545_177_444_479_562,
        ],
    ),
];

#[test]
fn rates_are_as_worked_by_another_program() {
    for ([k1, n1, k2, n2], want) in WORKED {
        let have = RateChange::of(share(k1, n1), share(k2, n2));
        let have = [have.ratio, have.log2_ratio, have.interval.0, have.interval.1, have.p, have.p_exact, have.g2];
        for (index, (have, want)) in have.into_iter().zip(want).enumerate() {
            assert!(near(have, want), "{k1} of {n1} to {k2} of {n2}, number {index}: {have} and not {want}");
        }
    }
}

#[test]
fn bursts_and_change_points_are_as_worked_by_another_program() {
    let weeks: Vec<Share> = [2, 3, 1, 2, 2, 3, 2, 9, 11, 8, 10, 9, 3, 2].map(|count| share(count, 100)).to_vec();
    assert_eq!(compare::change_points(&weeks), [7, 12]);
    let bursts = compare::bursts(&weeks);
    assert_eq!(bursts.len(), 1);
    assert_eq!((bursts[0].start, bursts[0].end), (7, 12));
    assert_eq!(compare::states(&weeks), [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0].map(|it| it == 1));
    // Twice as many articles of the same kind are no change.
    let busy: Vec<Share> = (0..20).map(|week| if week < 10 { share(4, 100) } else { share(40, 1000) }).collect();
    assert!(compare::change_points(&busy).is_empty() && compare::bursts(&busy).is_empty());
    // Nothing, nobody, everybody.
    for bins in [vec![], vec![share(0, 0)], vec![share(0, 5); 4], vec![share(5, 5); 4], vec![share(3, 4), share(0, 0)]]
    {
        assert!(compare::change_points(&bins).is_empty() && compare::bursts(&bins).is_empty(), "{bins:?}");
    }
}

/// Every partition is tried where the library looks only next to bins that name somebody.
fn best_partition(bins: &[Share]) -> f64 {
    let fit = |bins: &[Share]| {
        let (count, of) =
            (bins.iter().map(|it| it.count).sum::<u64>() as f64, bins.iter().map(|it| it.of).sum::<u64>() as f64);
        if count > 0.0 { count - count * (count / of).ln() } else { 0.0 }
    };
    let penalty = (bins.len() as f64).ln();
    let mut best = vec![-penalty];
    for end in 1..=bins.len() {
        best.push((0..end).map(|start| best[start] + fit(&bins[start..end]) + penalty).fold(f64::INFINITY, f64::min));
    }
    best[bins.len()]
}

fn cost_of(bins: &[Share], points: &[usize]) -> f64 {
    let ends: Vec<usize> = [0].into_iter().chain(points.iter().copied()).chain([bins.len()]).collect();
    let fit = |bins: &[Share]| {
        let (count, of) =
            (bins.iter().map(|it| it.count).sum::<u64>() as f64, bins.iter().map(|it| it.of).sum::<u64>() as f64);
        if count > 0.0 { count - count * (count / of).ln() } else { 0.0 }
    };
    ends.windows(2).map(|it| fit(&bins[it[0]..it[1]])).sum::<f64>() + (points.len() as f64) * (bins.len() as f64).ln()
}

#[test]
fn agreement_is_as_worked_by_another_program() {
    let pairs: Vec<(u8, u8)> = [0, 0, 0, 1, 1, 1, 2, 2].into_iter().zip([0, 0, 1, 1, 1, 1, 2, 2]).collect();
    let have = compare::agreement(&pairs).unwrap();
    for (have, want) in [(have.nmi, 0.755_004), (have.vi, 0.519_860), (have.ari, 0.545_455)] {
        assert!((have - want).abs() < 1e-6, "{have} and not {want}");
    }
    assert_eq!(compare::agreement::<u8, u8>(&[]), None);
    let same = compare::agreement(&[(1, 7), (1, 7), (2, 3)]).unwrap();
    assert!(near(same.nmi, 1.0) && near(same.vi, 0.0) && near(same.ari, 1.0));
    let one = compare::agreement(&[(1, 1)]).unwrap();
    assert_eq!((one.nmi, one.vi, one.ari), (1.0, 0.0, 1.0));
}

#[test]
fn groups_go_on_as_those_they_share_most_with() {
    let groups = |sets: &[(u64, &[u8])]| -> BTreeMap<u64, BTreeSet<u8>> {
        sets.iter().map(|(number, members)| (*number, members.iter().copied().collect())).collect()
    };
    let before = groups(&[(1, &[1, 2, 3, 4]), (2, &[5, 6, 7]), (3, &[8, 9])]);
    let after = groups(&[(1, &[5, 6, 7, 8]), (2, &[1, 2, 3]), (3, &[9, 10, 11, 12])]);
    let heirs: Vec<(u64, u64, f64)> =
        compare::heirs(&before, &after).into_iter().map(|it| (it.before, it.after, it.jaccard)).collect();
    assert_eq!(heirs, [(1, 2, 0.75), (2, 1, 0.75)]);
}

/// How many articles of `all` name two actors, and how many sentences do, where one article in so many names them in one to eight.
fn clustered(chance: &mut Chance, all: u64, rate: f64) -> (u64, u64) {
    let mut counts = (0, 0);
    for _ in 0..all {
        if chance.share() < rate {
            counts = (counts.0 + 1, counts.1 + 1 + chance.whole() % 8);
        }
    }
    counts
}

/// Chi-squared with one degree of freedom above its 5 % bound.
const FIVE_PER_CENT: f64 = 3.841_458_820_694_124;

#[test]
fn where_nothing_changed_one_test_in_twenty_says_so() {
    let (mut chance, runs) = (Chance(7), 6000_u32);
    for (rate, sizes) in [(0.0333, (200, 200)), (0.1, (200, 200)), (0.02, (300, 1200)), (0.1, (500, 100))] {
        let (mut by_article, mut by_sentence) = (0_u32, 0_u32);
        for _ in 0..runs {
            let (a, b) = (clustered(&mut chance, sizes.0, rate), clustered(&mut chance, sizes.1, rate));
            by_article += u32::from(RateChange::of(share(a.0, sizes.0), share(b.0, sizes.1)).p <= 0.05);
            let sentences = |count: u64, articles: u64| share(count, articles * 25);
            by_sentence +=
                u32::from(RateChange::of(sentences(a.1, sizes.0), sentences(b.1, sizes.1)).g2 > FIVE_PER_CENT);
        }
        let share = |count: u32| f64::from(count) / f64::from(runs);
        println!(
            "rate {rate}, {sizes:?} articles: false alarms {:.4}, by sentences {:.4}",
            share(by_article),
            share(by_sentence)
        );
        assert!((0.03..=0.07).contains(&share(by_article)), "{rate} {sizes:?}: {}", share(by_article));
        assert!(share(by_sentence) > 0.3, "the usual test is expected to fail: {}", share(by_sentence));
    }
}

#[test]
fn of_what_is_called_a_change_few_are_none() {
    let mut chance = Chance(11);
    let (mut shares, mut found, mut rounds) = (0.0, 0, 0);
    for _ in 0..60 {
        let (mut tests, mut truth) = (Vec::new(), Vec::new());
        for edge in 0..300 {
            let changed = edge % 6 == 0;
            let (before, after) = if changed { (0.02, 0.08) } else { (0.03, 0.03) };
            let (a, b) = (clustered(&mut chance, 400, before).0, clustered(&mut chance, 400, after).0);
            tests.push(Tested::of(share(a, 400), share(b, 400)));
            truth.push(changed);
        }
        compare::judge(tests.iter_mut().collect());
        let called: Vec<bool> = tests
            .iter()
            .zip(&truth)
            .filter(|(test, _)| test.change.is_established())
            .map(|(_, truth)| *truth)
            .collect();
        let wrong = called.iter().filter(|truth| !**truth).count();
        shares += wrong as f64 / called.len().max(1) as f64;
        found += called.iter().filter(|truth| **truth).count();
        rounds += 50;
    }
    println!(
        "false among changes: {:.4}; found {:.3} of changes",
        shares / 60.0,
        f64::from(u32::try_from(found).unwrap()) / f64::from(rounds)
    );
    assert!(shares / 60.0 <= 0.05, "{}", shares / 60.0);
    assert!(found * 10 > rounds as usize * 5, "{found} of {rounds} changes found");
}

#[test]
fn dealing_out_articles_anew_raises_as_few_alarms() {
    let mut chance = Chance(3);
    let (runs, mut alarms) = (1500_u32, 0_u32);
    for run in 0..runs {
        let mut documents = Vec::new();
        for is_after in [false, true] {
            for _ in 0..200 {
                if chance.share() < 0.0333 {
                    documents.push(Document { weight: 1 + chance.whole() % 8, is_after });
                }
            }
        }
        alarms +=
            u32::from(compare::permuted(&documents, (200, 200), How { permutations: 199, seed: run.into() }) <= 0.05);
    }
    let share = f64::from(alarms) / f64::from(runs);
    println!("false alarms by permutation: {share:.4}");
    assert!((0.03..=0.07).contains(&share), "{share}");
}

#[test]
fn thin_evidence_establishes_nothing() {
    let judged = |a, b| {
        let mut tested = Tested::of(a, b);
        compare::judge(vec![&mut tested]);
        tested
    };
    let change = |a, b| judged(a, b).change;
    assert_eq!(change(share(0, 1000), share(3, 1000)), Change::NotEstablished);
    assert_eq!(judged(share(0, 1000), share(3, 1000)).q, None);
    assert_eq!(change(share(0, 10_000), share(4, 10)), Change::NotEstablished);
    assert_eq!(change(share(0, 1000), share(6, 1000)), Change::Appeared);
    assert_eq!(change(share(6, 1000), share(0, 1000)), Change::Vanished);
    assert_eq!(change(share(5, 1000), share(15, 1000)), Change::Stronger);
    assert_eq!(change(share(100, 1000), share(50, 1000)), Change::Weaker);
    assert_eq!(change(share(50, 1000), share(50, 1000)), Change::Steady);
    assert_eq!(change(share(5, 1000), share(5, 1000)), Change::NotEstablished);
}

fn mirrored(change: Change) -> Change {
    match change {
        Change::Appeared => Change::Vanished,
        Change::Vanished => Change::Appeared,
        Change::Stronger => Change::Weaker,
        Change::Weaker => Change::Stronger,
        same => same,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_other_way_round_ratios_turn_over_and_chances_stay(
        (of_a, of_b) in (1..3000_u64, 1..3000_u64), (part_a, part_b) in (0.0..1.0_f64, 0.0..1.0_f64),
    ) {
        let count = |part: f64, of: u64| ((part.powi(3) * of as f64) as u64).min(of);
        let (a, b) = (share(count(part_a, of_a), of_a), share(count(part_b, of_b), of_b));
        let (there, back) = (RateChange::of(a, b), RateChange::of(b, a));
        prop_assert_eq!((there.p, there.p_exact, there.g2), (back.p, back.p_exact, back.g2));
        prop_assert_eq!(there.log2_ratio, -back.log2_ratio);
        prop_assert!(near(there.interval.0 * back.interval.1, 1.0) && near(there.interval.1 * back.interval.0, 1.0));
        prop_assert!((0.0..=1.0).contains(&there.p) && (0.0..=1.0).contains(&there.p_exact));
        let judged = |a, b| { let mut it = Tested::of(a, b); compare::judge(vec![&mut it]); it };
        prop_assert_eq!(judged(a, b).change, mirrored(judged(b, a).change));
        prop_assert_eq!(judged(a, a).change.is_established(), false);
    }

    #[test]
    fn permuting_is_the_same_the_other_way_round(
        weights in prop::collection::vec((1..9_u64, any::<bool>()), 0..30), more in (0..50_u64, 0..50_u64), seed: u64,
    ) {
        let documents: Vec<Document> = weights.iter().map(|it| Document { weight: it.0, is_after: it.1 }).collect();
        let turned: Vec<Document> = documents.iter().map(|it| Document { is_after: !it.is_after, ..*it }).collect();
        let after = documents.iter().filter(|it| it.is_after).count() as u64;
        let of = (documents.len() as u64 - after + more.0 + 1, after + more.1 + 1);
        let how = How { permutations: 50, seed };
        prop_assert_eq!(compare::permuted(&documents, of, how), compare::permuted(&turned, (of.1, of.0), how));
    }

    #[test]
    fn no_partition_is_better(bins in prop::collection::vec((0..2_u64, 0..12_u64, 0..40_u64), 1..24)) {
        let bins: Vec<Share> = bins.iter().map(|(some, count, more)| share(some * count, some * count + more)).collect();
        let points = compare::change_points(&bins);
        prop_assert!((cost_of(&bins, &points) - best_partition(&bins)).abs() < 1e-7, "{:?} {:?}", bins, points);
    }
}
