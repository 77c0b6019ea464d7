//! Articles to a network: `cargo run --release --example build`.

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::path::PathBuf;

use sociogram::{
    Counting, Pipeline, Roster,
    source::{self, Files},
};

fn main() -> Result<(), sociogram::Error> {
    let roster = Roster::read(&["examples/actors.toml"])?;
    let files = Files::of(&[PathBuf::from("examples/articles")], None);
    let (network, report) =
        Pipeline::new(roster, Counting::default()).build(source::stream(files, source::Reading::default()));
    println!("{} articles", report.books.read);
    for (one, other, edge) in network.strongest() {
        println!("{:3}  {} - {}", edge.weight, one.name, other.name);
    }
    Ok(())
}
