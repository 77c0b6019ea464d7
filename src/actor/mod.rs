//! Who each mention is: within the article.

mod body;
mod discover;
mod listed;
mod name;
mod nobody;
mod person;
mod pronoun;

pub use discover::{Discovery, discover};
pub use listed::{leave_to_find, resolve, resolve_in};
pub use name::{Likeness, Name, genders_agree, initials, is_spelt_alike, skeleton};
pub use pronoun::read_pronouns;
