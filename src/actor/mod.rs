//! Who each mention is: within the article.

mod listed;

pub use listed::resolve;
