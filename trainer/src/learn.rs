//! The averaged structured perceptron, in whole numbers: the same articles give the same bytes on every machine.

use rustc_hash::FxHashMap;
use sociogram::{
    mention::tagger::{Common, Found, LABELS, Model, Reading, Row, Stretch, Transitions, best_labels},
    roster::ActorKind,
};

use crate::{corpus::Article, news};

/// How many learners are averaged, each with an order of its own: one alone is up or down by a point.
const LEARNERS: usize = 8;
/// How often each of them sees all stretches.
const ROUNDS: usize = 4;
/// What wrong labels are given in advance while learning, so that right ones win by a margin.
const MARGIN: i32 = 1;
/// Averages are kept in parts of one.
const PARTS: i64 = 3;
/// Most bytes of a model.
const LARGEST: usize = 2_000_000;
/// Features seen in fewer tokens are not learnt.
const SELDOM: u32 = 2;
/// In how many articles a common word is written in small letters.
const COMMON: u32 = 3;
/// How many articles are invented beside those of the corpora.
const INVENTED: usize = 1000;

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

/// The bytes of a model that has learnt the names of these articles, and of invented ones.
pub(crate) fn model(articles: &[Article]) -> Vec<u8> {
    let lesson = Lesson::of(&[articles, &news::articles(INVENTED)].concat());
    let mut average = Average::new(lesson.keys.len());
    let mut order: Vec<usize> = (0..lesson.examples.len()).collect();
    let mut lot = Lot(0x1234_5678_9abc_def1);
    for _ in 0..LEARNERS {
        let mut learner = Learner::new(lesson.keys.len());
        for _ in 0..ROUNDS {
            lot.shuffle(&mut order);
            order.iter().for_each(|&at| learner.learn(&lesson.examples[at]));
        }
        average.add(&learner);
    }
    average.write(&lesson)
}

impl Lesson {
    fn of(articles: &[Article]) -> Self {
        let common = common(articles);
        let mut seen: FxHashMap<u32, u32> = FxHashMap::default();
        each(articles, &common, |reading, stretch, _| {
            for at in stretch.first..stretch.end {
                reading.features(stretch, at, |key| *seen.entry(key).or_default() += 1);
            }
        });
        seen.retain(|_, count| *count >= SELDOM);
        let mut keys: Vec<u32> = seen.keys().copied().collect();
        keys.sort_unstable();
        let numbers: FxHashMap<u32, u32> = keys.iter().copied().zip(0..).collect();
        let mut examples = Vec::new();
        each(articles, &common, |reading, stretch, labels| {
            let features = (stretch.first..stretch.end).map(|at| {
                let mut known = Vec::new();
                reading.features(stretch, at, |key| known.extend(numbers.get(&key)));
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
    Common::new(counts.into_iter().filter(|(_, count)| *count >= COMMON).map(|(word, _)| word))
}

/// Calls `take` with every stretch of every article and the labels of the article's tokens.
fn each(articles: &[Article], common: &Common, mut take: impl FnMut(&Reading<'_>, Stretch, &[usize])) {
    for article in articles {
        let reading = Reading::of(&article.text, &article.sentences, common);
        let labels = labels(&reading, &article.names);
        for &stretch in &reading.stretches {
            take(&reading, stretch, &labels);
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

/// Weights while they are learnt.
struct Learner {
    weights: Vec<[i32; LABELS]>,
    /// Each change times the step it was made at: what the sum of a weight over all steps lacks.
    early: Vec<[i64; LABELS]>,
    transitions: Transitions,
    early_transitions: [[i64; LABELS]; LABELS],
    step: i64,
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
            scores: Vec::new(),
            from: Vec::new(),
            labels: Vec::new(),
        }
    }

    fn learn(&mut self, example: &Example) {
        self.step += 1;
        self.score(example);
        best_labels(&self.scores, &self.transitions, &mut self.from, &mut self.labels);
        if self.labels != example.gold {
            self.correct(example);
        }
    }

    fn score(&mut self, example: &Example) {
        self.scores.clear();
        for (features, gold) in example.features.iter().zip(&example.gold) {
            let mut scores = [MARGIN; LABELS];
            scores[*gold] = 0;
            for &feature in features {
                let weights = &self.weights[feature as usize];
                scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight);
            }
            self.scores.push(scores);
        }
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
}

/// Sums of the weights of several learners over all their steps.
struct Average {
    weights: Vec<[i64; LABELS]>,
    transitions: [[i64; LABELS]; LABELS],
    steps: i64,
}

impl Average {
    fn new(features: usize) -> Self {
        Self { weights: vec![[0; LABELS]; features], transitions: Default::default(), steps: 0 }
    }

    fn add(&mut self, learner: &Learner) {
        let steps = learner.step + 1;
        self.steps += steps;
        let add = |sums: &mut [i64; LABELS], weights: &[i32; LABELS], early: &[i64; LABELS]| {
            for (sum, (weight, early)) in sums.iter_mut().zip(weights.iter().zip(early)) {
                *sum += i64::from(*weight) * steps - early;
            }
        };
        for (at, sums) in self.weights.iter_mut().enumerate() {
            add(sums, &learner.weights[at], &learner.early[at]);
        }
        for (at, sums) in self.transitions.iter_mut().enumerate() {
            add(sums, &learner.transitions[at], &learner.early_transitions[at]);
        }
    }

    /// A sum by the number of steps, in parts of one, rounded.
    fn of(&self, sum: i64) -> i64 {
        (2 * PARTS * sum + self.steps).div_euclid(2 * self.steps)
    }

    /// The file: all features if they fit, else those that say most.
    fn write(&self, lesson: &Lesson) -> Vec<u8> {
        let transitions = self.transitions.map(|row| row.map(|sum| self.of(sum) as i32));
        let rows: Vec<Row> =
            lesson.keys.iter().zip(&self.weights).map(|(&key, sums)| Row { key, weights: self.row(sums) }).collect();
        let mut least = 1;
        loop {
            let kept: Vec<Row> = rows.iter().copied().filter(|row| spread(row) >= least).collect();
            let bytes = Model::write(&transitions, &lesson.common, &kept);
            if bytes.len() <= LARGEST {
                return bytes;
            }
            least += 1;
        }
    }

    /// Averages less that of the label outside of names.
    fn row(&self, sums: &[i64; LABELS]) -> [i8; LABELS - 1] {
        let averages = sums.map(|sum| self.of(sum));
        std::array::from_fn(|label| (averages[label + 1] - averages[0]).clamp(-127, 127) as i8)
    }
}

/// How far the weights of a feature are apart, that of the label outside among them.
fn spread(row: &Row) -> i32 {
    let weights = row.weights.iter().map(|&weight| i32::from(weight));
    weights.clone().fold(0, i32::max) - weights.fold(0, i32::min)
}
