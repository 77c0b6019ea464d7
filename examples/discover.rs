//! Who is named, without a list: `cargo run --release --example discover`.

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::path::PathBuf;

use sociogram::{
    Counting, Pipeline, Roster,
    actor::Discovery,
    source::{self, Files},
};

fn main() {
    let mut pipeline = Pipeline::new(Roster::default(), Counting::default());
    pipeline.discovery = Some(Discovery::default());
    let files = Files::of(&[PathBuf::from("examples/articles")], None);
    let (network, report) = pipeline.build(source::stream(files, None));
    println!("{} articles", report.books.read);
    for actor in network.graph.node_weights() {
        println!("{:3}  {}: {:?}", actor.mentions, actor.name, actor.seen);
    }
    for doubt in &network.doubts {
        println!("{} = {}? {}", doubt.actors.0, doubt.actors.1, doubt.reason);
    }
}
