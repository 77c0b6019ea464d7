//! What is seen in one article: `cargo run --release --example annotate`.

#![allow(clippy::print_stdout, reason = "an example prints")]

use sociogram::{
    Document, Place, Roster, ZoneKind,
    article::{self, Limits},
    mention::Finder,
    sentence,
    source::Media,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = "examples/articles/2025-07-09-eastgate-post.txt";
    let place = Place { path: path.to_owned(), ..Place::default() };
    let document = Document { media: Media::Text, place, bytes: std::fs::read(path)?, ..Document::default() };
    let article = article::of(document, &Limits::default()).map_err(|incident| incident.reason)?;
    println!("{:?}, {:?}", article.title, article.published);

    let finder = Finder::new(&Roster::read(&["examples/actors.toml"])?);
    let names = finder.find(&article.text, article.language.as_deref());
    for sentence in sentence::of(&article).iter().filter(|sentence| sentence.zone == ZoneKind::Body) {
        let here = names.mentions.iter().filter(|mention| sentence.span.contains(mention.span));
        println!("{:2} names: {}", here.count(), sentence.span.of(&article.text));
    }
    Ok(())
}
