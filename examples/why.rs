//! The sentences behind an edge of a saved network: `cargo run --release --example why`.

#![allow(clippy::print_stdout, reason = "an example prints")]

use sociogram::export;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let network = export::read("output/talks.json", &std::fs::read("output/talks.json")?)?;
    let find = |name| network.find(name).map_err(|near| format!("no {name}; near: {near:?}"));
    if let Some(edge) = network.between(find("Trump")?, find("Putin")?) {
        for shown in &edge.evidence {
            println!("{:?} {} [{}-{}]\n  {}", shown.published, shown.path, shown.start, shown.end, shown.text);
        }
    }
    Ok(())
}
