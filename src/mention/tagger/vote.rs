//! One string, one kind: all mentions of a name in an article decide together what bears it.

use super::{decode::Name, reading::Reading};

/// Gives all mentions of the same words the kind that all of them together speak for.
pub(super) fn agree(_reading: &Reading<'_>, _names: &mut [Name]) {}
