//! The best labels of a stretch, and the names they make.

use super::{
    model::{LABELS, Model},
    reading::{Reading, Stretch},
};
use crate::roster::ActorKind;

/// A name by its tokens, with what speaks for each kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    /// First and one past the last token.
    pub(super) first: usize,
    pub(super) end: usize,
    /// Person, organisation, place: 0, 1, 2.
    pub(super) number: usize,
    /// The sums of the weights that speak for each kind.
    pub(super) scores: [i32; 3],
}

impl Name {
    pub(super) fn kind(&self) -> ActorKind {
        match self.number {
            0 => ActorKind::Person,
            1 => ActorKind::Organisation,
            _ => ActorKind::Place,
        }
    }
}

/// All names of an article, in order.
pub(super) fn names(model: &Model, reading: &Reading<'_>) -> Vec<Name> {
    let mut names = Vec::new();
    let mut table = Table::default();
    for &stretch in &reading.stretches {
        table.fill(model, reading, stretch);
        table.decode(model);
        table.names(stretch.first, &mut names);
    }
    names
}

/// Scores of labels for the tokens of a stretch; kept to be filled again.
#[derive(Debug, Default)]
struct Table {
    scores: Vec<[i32; LABELS]>,
    from: Vec<[u8; LABELS]>,
    labels: Vec<usize>,
}

impl Table {
    fn fill(&mut self, model: &Model, reading: &Reading<'_>, stretch: Stretch) {
        self.scores.clear();
        for at in stretch.first..stretch.end {
            let mut scores = [0; LABELS];
            reading.features(stretch, at, |feature| model.add(feature, &mut scores));
            self.scores.push(scores);
        }
    }

    fn decode(&mut self, model: &Model) {
        best(&self.scores, &model.transitions, &mut self.from, &mut self.labels);
    }

    fn names(&self, offset: usize, names: &mut Vec<Name>) {
        for (at, (&label, scores)) in self.labels.iter().zip(&self.scores).enumerate() {
            let token = offset + at;
            if label == 0 {
                continue;
            }
            let number = (label - 1) / 2;
            let inside = label % 2 == 0;
            let speaks = |kind: usize| scores.get(1 + 2 * kind + usize::from(inside)).copied().unwrap_or_default();
            let scores = [speaks(0), speaks(1), speaks(2)];
            match names.last_mut() {
                Some(name) if inside && name.end == token => {
                    name.end = token + 1;
                    name.scores.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
                }
                _ => names.push(Name { first: token, end: token + 1, number, scores }),
            }
        }
    }
}

/// Whether `label` may follow `before`: inside a name only after the name's first or another inside.
fn may_follow(before: usize, label: usize) -> bool {
    label == 0 || label % 2 == 1 || before == label || before + 1 == label
}

/// The labels with the highest sum of scores and transitions (Viterbi); a stretch begins and ends outside of names.
pub fn best(
    scores: &[[i32; LABELS]],
    transitions: &[[i32; LABELS]; LABELS],
    from: &mut Vec<[u8; LABELS]>,
    labels: &mut Vec<usize>,
) {
    labels.clear();
    from.clear();
    const NEVER: i32 = i32::MIN / 2;
    let mut sums = [NEVER; LABELS];
    sums[0] = 0;
    for here in scores {
        let (mut next, mut back) = ([NEVER; LABELS], [0_u8; LABELS]);
        for (label, ((sum, origin), score)) in next.iter_mut().zip(&mut back).zip(here).enumerate() {
            for (before, (so_far, step)) in sums.iter().zip(transitions).enumerate() {
                let value = so_far + step.get(label).copied().unwrap_or_default();
                if value > *sum && may_follow(before, label) {
                    (*sum, *origin) = (value, u8::try_from(before).unwrap_or_default());
                }
            }
            *sum += score;
        }
        sums = next;
        from.push(back);
    }
    let ends = sums.iter().zip(transitions).map(|(sum, step)| sum + step[0]);
    // Of equal ones the first, on every machine.
    let mut label = ends.enumerate().rev().max_by_key(|(_, sum)| *sum).map_or(0, |(label, _)| label);
    for back in from.iter().rev() {
        labels.push(label);
        label = back.get(label).copied().unwrap_or_default().into();
    }
    labels.reverse();
}
