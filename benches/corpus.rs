//! The invented news of the benchmarks as files, to measure whole commands with:
//! `cargo bench --bench corpus -- jsonl 1000 10 4 > corpus.jsonl` writes 1000 MB of JSON Lines of which one article in 10 names two
//! people in each of 4 sentences, `cargo bench --bench corpus -- roster 50 > actors.toml` the people.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may panic and print"
)]

use std::io::{self, BufWriter, Write};

mod generated;

const USAGE: &str = "cargo bench --bench corpus -- jsonl MEGABYTES EVERY NAMING | html PAGES EVERY FOLDER | warc PAGES EVERY | roster PEOPLE";

fn main() {
    // Cargo itself adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let number = |word: &str| word.parse().unwrap_or_else(|_| panic!("{USAGE}"));
    let done = match *words {
        ["jsonl", megabytes, every, naming] => jsonl(number(megabytes) * 1_000_000, (number(every), number(naming))),
        ["html", pages, every, folder] => html(number(pages), number(every), folder),
        ["warc", pages, every] => warc(number(pages), number(every)),
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

fn jsonl(most: usize, (every, naming): (usize, usize)) -> io::Result<()> {
    let (mut out, mut written) = (BufWriter::with_capacity(1 << 20, io::stdout().lock()), 0);
    for (index, text) in generated::Texts::new(every, naming).enumerate() {
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
    for (index, text) in generated::Texts::new(every, 4).take(pages).enumerate() {
        std::fs::write(format!("{folder}/{index:06}.html"), generated::page(index, &text))?;
    }
    Ok(())
}

/// The pages as a web archive, each record packed by itself (ISO 28500).
fn warc(pages: usize, every: usize) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    for (index, text) in generated::Texts::new(every, 4).take(pages).enumerate() {
        let page = generated::page(index, &text);
        let http = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{page}",
            page.len()
        );
        let record = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://gazette.example/{index}\r\n\
             WARC-Date: 2025-03-14T09:30:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{index:012}>\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        );
        let mut packed = flate2::write::GzEncoder::new(&mut out, flate2::Compression::default());
        packed.write_all(record.as_bytes())?;
        packed.finish()?;
    }
    out.flush()
}

fn roster(count: usize) -> io::Result<()> {
    io::stdout().lock().write_all(generated::toml(count).as_bytes())
}
