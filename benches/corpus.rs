//! The invented news of the benchmarks as files, to measure whole commands with:
//! `cargo bench --bench corpus -- jsonl 1000 10 > corpus.jsonl` writes 1000 MB of JSON Lines of which one article in 10 names two
//! people, `cargo bench --bench corpus -- roster 50 > actors.toml` the people.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may panic and print"
)]

use std::io::{self, BufWriter, Write};

mod generated;

const USAGE: &str = "cargo bench --bench corpus -- jsonl MEGABYTES EVERY | html PAGES EVERY FOLDER | roster PEOPLE";

fn main() {
    // Cargo itself adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let number = |word: &str| word.parse().expect(USAGE);
    let done = match *words {
        ["jsonl", megabytes, every] => jsonl(number(megabytes) * 1_000_000, number(every)),
        ["html", pages, every, folder] => html(number(pages), number(every), folder),
        ["roster", people] => roster(number(people)),
        _ => {
            println!("{USAGE}");
            Ok(())
        }
    };
    // Whoever reads may have seen enough.
    if let Err(error) = done
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        panic!("{error}");
    }
}

fn jsonl(most: usize, every: usize) -> io::Result<()> {
    let (mut out, mut written) = (BufWriter::with_capacity(1 << 20, io::stdout().lock()), 0);
    for (index, text) in generated::Texts::new(every).enumerate() {
        if written >= most {
            break;
        }
        let line = generated::line(index, &text);
        written += line.len();
        out.write_all(line.as_bytes())?;
    }
    out.flush()
}

fn html(pages: usize, every: usize, folder: &str) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (index, text) in generated::Texts::new(every).take(pages).enumerate() {
        std::fs::write(format!("{folder}/{index:06}.html"), generated::page(index, &text))?;
    }
    Ok(())
}

fn roster(count: usize) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (name, surname) in generated::people(count) {
        writeln!(out, "[[actor]]\nname = \"{name}\"\nkind = \"person\"\naliases = [\"{surname}\"]\n")?;
    }
    out.flush()
}
