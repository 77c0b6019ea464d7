//! Who each mention is: within the article.

mod listed;
mod name;

pub use listed::resolve;
pub use name::{Likeness, Name, genders_agree, initials, is_spelt_alike, plain_words, skeleton};
