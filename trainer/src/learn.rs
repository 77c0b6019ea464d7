//! The averaged structured perceptron, in whole numbers: the same articles give the same bytes on every machine.

use rustc_hash::FxHashMap;
use sociogram::{
    mention::tagger::{Common, Found, LABELS, Model, Reading, Row, Stretch, Transitions, best_labels},
    roster::ActorKind,
};

use crate::corpus::Article;

/// How often all stretches are seen.
fn env(n: &str, d: i64) -> i64 {
    std::env::var(n).ok().and_then(|v| v.parse().ok()).unwrap_or(d)
}
const ROUNDS: usize = 10;
/// What a wrong label is given in advance while learning, so that right ones win by a margin.
const MARGIN: i32 = 1;
/// Averages are kept in parts of one.
const SCALE: i64 = 3;
/// Most bytes of a model.
const LARGEST: usize = 2_000_000;
/// Features seen in fewer tokens are not kept.
const SELDOM: u32 = 2;

/// In how many articles a common word is written in small letters.
const COMMON: u32 = 3;

/// A stretch as the learner sees it.
struct Example {
    /// Features of each token, by number.
    features: Vec<Vec<u32>>,
    gold: Vec<usize>,
}

/// The examples, and the key of each feature's number.
struct Lesson {
    common: Common,
    examples: Vec<Example>,
    keys: Vec<u32>,
}

/// The bytes of a model that has learnt the names of these articles.
pub fn model(articles: &[Article]) -> Vec<u8> {
    let mut articles = articles.to_vec();
    articles.extend(crate::news::articles(env("NEWS", 1000) as usize));
    let articles = &articles[..];
    let lesson = Lesson::of(articles);
    let mut learner = Learner::new(lesson.keys.len());
    let mut order: Vec<usize> = (0..lesson.examples.len()).collect();
    let mut lot = Lot(env("SEED", 0x1234_5678_9abc_def1) as u64);
    for _ in 0..env("RUNS", 8) {
        let mut run = Learner::new(lesson.keys.len());
        for round in 0..env("ROUNDS", 4) {
            lot.shuffle(&mut order);
            let wrong = order.iter().filter_map(|&at| lesson.examples.get(at)).filter(|it| !run.learn(it)).count();
            if env("V", 0) > 0 {
                eprintln!("round {}: {wrong} of {} stretches wrong", round + 1, order.len());
            }
        }
        learner.take_in(&run);
    }
    learner.write(&lesson)
}

impl Lesson {
    fn of(articles: &[Article]) -> Self {
        let common = common(articles);
        let mut seen: FxHashMap<u32, u32> = FxHashMap::default();
        each(articles, &common, |reading, stretch, _, source| {
            for at in stretch.first..stretch.end {
                reading.features(stretch, at, |key| *seen.entry(key).or_default() += 1);
                own(reading, stretch, at, source, |key| *seen.entry(key).or_default() += 1);
            }
        });
        seen.retain(|_, count| *count >= env("SELDOM", 2) as u32);
        let mut keys: Vec<u32> = seen.keys().copied().collect();
        keys.sort_unstable();
        let numbers: FxHashMap<u32, u32> = keys.iter().copied().zip(0..).collect();
        let mut examples = Vec::new();
        each(articles, &common, |reading, stretch, labels, source| {
            let features = (stretch.first..stretch.end).map(|at| {
                let mut known = Vec::new();
                reading.features(stretch, at, |key| known.extend(numbers.get(&key)));
                own(reading, stretch, at, source, |key| known.extend(numbers.get(&key)));
                known
            });
            let gold = labels.get(stretch.first..stretch.end).unwrap_or_default().to_vec();
            examples.push(Example { features: features.collect(), gold: consistent(gold) });
        });
        Self { common, examples, keys }
    }
}

/// Words that several articles have in small letters.
fn common(articles: &[Article]) -> Common {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for article in articles {
        let reading = Reading::of(&article.text, &article.sentences, &Common::default());
        let mut words: Vec<u64> = reading.tokens.iter().filter_map(|token| token.small()).collect();
        words.sort_unstable();
        words.dedup();
        words.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
    }
    Common::new(counts.into_iter().filter(|(_, count)| *count >= env("COMMON", 3) as u32).map(|(word, _)| word))
}

fn own(reading: &Reading<'_>, stretch: Stretch, at: usize, source: u32, mut take: impl FnMut(u32)) {
    let n = env("OWN", 0) as usize;
    let mut i = 0;
    if n == 0 {
        return;
    }
    reading.features(stretch, at, |key| {
        i += 1;
        if i == 1
            || (n > 1 && matches!(i, 8 | 21))
            || (n > 2 && matches!(i, 2))
            || (n > 3 && matches!(i, 4 | 5 | 9 | 10))
        {
            take(1 << 28 | (key ^ source).wrapping_mul(0x9e37_79b1) >> 4);
        }
    });
}

/// Calls `take` with every stretch of every article and the labels of the article's tokens.
fn each(articles: &[Article], common: &Common, mut take: impl FnMut(&Reading<'_>, Stretch, &[usize], u32)) {
    for article in articles {
        let reading = Reading::of(&article.text, &article.sentences, common);
        let labels = labels(&reading, &article.names);
        let source = article.source.bytes().fold(7_u32, |d, b| d.wrapping_mul(31).wrapping_add(u32::from(b)));
        for &stretch in &reading.stretches {
            take(&reading, stretch, &labels, source);
        }
    }
}

/// The label of every token.
fn labels(reading: &Reading<'_>, names: &[Found]) -> Vec<usize> {
    let mut labels = vec![0; reading.tokens.len()];
    let mut done = 0;
    for name in names {
        let start = done + reading.tokens[done..].partition_point(|token| token.span.end <= name.span.start);
        let end = start + reading.tokens[start..].partition_point(|token| token.span.start < name.span.end);
        let tokens = reading.bare(start..end, name.kind == ActorKind::Person);
        let label = 1 + 2 * number(name.kind);
        labels[tokens.clone()].fill(label + 1);
        if let Some(first) = labels[tokens].first_mut() {
            *first = label;
        }
        done = end;
    }
    labels
}

fn number(kind: ActorKind) -> usize {
    match kind {
        ActorKind::Person => 0,
        ActorKind::Organisation => 1,
        ActorKind::Place | ActorKind::Other => 2,
    }
}

/// The labels with a first word where a name begins outside of the stretch.
fn consistent(mut labels: Vec<usize>) -> Vec<usize> {
    let mut last = 0;
    for label in &mut labels {
        if *label > 0 && *label % 2 == 0 && last != *label && last + 1 != *label {
            *label -= 1;
        }
        last = *label;
    }
    labels
}

/// Draws that are the same every time (Marsaglia's xorshift).
pub(crate) struct Lot(pub(crate) u64);

impl Lot {
    /// A number below `count`, which is not 0.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % count as u64) as usize
    }

    /// One of some.
    pub(crate) fn of<'a, T: ?Sized>(&mut self, some: &[&'a T]) -> &'a T {
        some[self.below(some.len())]
    }

    /// Fisher and Yates.
    fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            order.swap(at, self.below(at + 1));
        }
    }
}

/// Weights, and their sums over all steps.
struct Learner {
    weights: Vec<[i32; LABELS]>,
    /// Each change times the step it was made at; the average is the weight less this by the number of steps.
    early: Vec<[i64; LABELS]>,
    transitions: Transitions,
    early_transitions: [[i64; LABELS]; LABELS],
    step: i64,
    sums: Vec<[i64; LABELS]>,
    sum_transitions: [[i64; LABELS]; LABELS],
    margin: i32,
    scores: Vec<[i32; LABELS]>,
    from: Vec<[u8; LABELS]>,
    labels: Vec<usize>,
}

impl Learner {
    fn new(features: usize) -> Self {
        Self {
            weights: vec![[0; LABELS]; features],
            early: vec![[0; LABELS]; features],
            transitions: Transitions::default(),
            early_transitions: Default::default(),
            step: 0,
            sums: Vec::new(),
            sum_transitions: Default::default(),
            margin: env("MARGIN", 1) as i32,
            scores: Vec::new(),
            from: Vec::new(),
            labels: Vec::new(),
        }
    }

    /// Learns an example; whether nothing was wrong.
    fn learn(&mut self, example: &Example) -> bool {
        self.step += 1;
        self.scores.clear();
        for (features, gold) in example.features.iter().zip(&example.gold) {
            let mut scores = [self.margin; LABELS];
            scores[*gold] = 0;
            for &feature in features {
                let weights = &self.weights[feature as usize];
                scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight);
            }
            self.scores.push(scores);
        }
        best_labels(&self.scores, &self.transitions, &mut self.from, &mut self.labels);
        if self.labels == example.gold {
            return true;
        }
        self.correct(example);
        false
    }

    fn correct(&mut self, example: &Example) {
        let labels = std::mem::take(&mut self.labels);
        let (mut before, mut before_wrong) = (0, 0);
        for (at, (&gold, &wrong)) in example.gold.iter().zip(&labels).enumerate() {
            if gold != wrong {
                for &feature in &example.features[at] {
                    self.change(feature as usize, gold, 1);
                    self.change(feature as usize, wrong, -1);
                }
            }
            self.change_step((before, gold), (before_wrong, wrong));
            (before, before_wrong) = (gold, wrong);
        }
        self.change_step((before, 0), (before_wrong, 0));
        self.labels = labels;
    }

    fn change(&mut self, feature: usize, label: usize, by: i32) {
        self.weights[feature][label] += by;
        self.early[feature][label] += i64::from(by) * self.step;
    }

    fn change_step(&mut self, right: (usize, usize), wrong: (usize, usize)) {
        for ((from, to), by) in [(right, 1), (wrong, -1)] {
            self.transitions[from][to] += by;
            self.early_transitions[from][to] += i64::from(by) * self.step;
        }
    }

    /// Adds the sums of another learner.
    fn take_in(&mut self, run: &Self) {
        self.sums.resize(self.weights.len(), [0; LABELS]);
        for (at, sums) in self.sums.iter_mut().enumerate() {
            for (label, sum) in sums.iter_mut().enumerate() {
                *sum += i64::from(run.weights[at][label]) * (run.step + 1) - run.early[at][label];
            }
        }
        for from in 0..LABELS {
            for to in 0..LABELS {
                self.sum_transitions[from][to] +=
                    i64::from(run.transitions[from][to]) * (run.step + 1) - run.early_transitions[from][to];
            }
        }
        self.step += run.step + 1;
    }

    /// The average of a sum over all steps, in parts of one.
    fn average(&self, sum: i64) -> i64 {
        (2 * env("SCALE", 3) * sum + self.step).div_euclid(2 * self.step)
    }

    fn write(&self, lesson: &Lesson) -> Vec<u8> {
        let keys = &lesson.keys;
        let mut transitions = Transitions::default();
        for (from, row) in transitions.iter_mut().enumerate() {
            for (to, weight) in row.iter_mut().enumerate() {
                *weight = self.average(self.sum_transitions[from][to]) as i32;
            }
        }
        if std::env::var("RAW").is_ok() {
            let mut all: Vec<i64> = (0..keys.len())
                .flat_map(|at| {
                    let a: [i64; LABELS] = std::array::from_fn(|l| self.average(self.sums[at][l]));
                    (1..LABELS).map(move |l| (a[l] - a[0]).abs()).collect::<Vec<_>>()
                })
                .collect();
            all.sort_unstable();
            eprintln!(
                "max {:?} p99.9 {:?} p99 {:?} p90 {}",
                all.last(),
                all[all.len() * 999 / 1000],
                all[all.len() * 99 / 100],
                all[all.len() * 9 / 10]
            );
            eprintln!("{transitions:?}");
        }
        let rows: Vec<Row> = keys.iter().enumerate().map(|(at, &key)| Row { key, weights: self.row(at) }).collect();
        let mut least = 1;
        loop {
            let kept: Vec<Row> = rows.iter().copied().filter(|row| row.key < 1 << 28 && weight(row) >= least).collect();
            let bytes = Model::write(&transitions, &lesson.common, &kept);
            if bytes.len() <= LARGEST {
                eprintln!("{} of {} features kept, weight {least} and more", kept.len(), rows.len());
                return bytes;
            }
            least += 1;
        }
    }

    /// Averages less that of the label outside of names.
    fn row(&self, feature: usize) -> [i8; LABELS - 1] {
        let averages: [i64; LABELS] = std::array::from_fn(|label| self.average(self.sums[feature][label]));
        std::array::from_fn(|label| (averages[label + 1] - averages[0]).clamp(-127, 127) as i8)
    }
}

/// How much a feature can change.
fn weight(row: &Row) -> i32 {
    let spread = |of: fn(i32, i32) -> i32| row.weights.iter().map(|&it| i32::from(it)).fold(0, of);
    spread(i32::max) - spread(i32::min)
}
