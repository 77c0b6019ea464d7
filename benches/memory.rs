//! Peak memory of `build` over a growing input, streamed as it is made: `cargo bench --bench memory`, or with other sizes in MB
//! `cargo bench --bench memory -- 10000`. Every article names two people four times. Linux only: it reads `/proc`.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may panic and print"
)]

use std::{
    env, fs,
    io::{BufWriter, Write},
    process::{Command, Stdio},
};

/// Megabytes of JSON Lines that are streamed into the command.
const SIZES: [usize; 3] = [50, 200, 800];

mod generated;

fn main() {
    // Cargo itself adds `--bench`.
    let asked: Vec<usize> = env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    println!("{:>8}  {:>12}", "MB read", "peak MiB");
    for size in sizes {
        match peak(size) {
            Some(kib) => println!("{size:>8}  {:>12}", kib / 1024),
            None => println!("{size:>8}  not measured: this needs Linux and its /proc"),
        }
    }
}

fn peak(megabytes: usize) -> Option<u64> {
    let roster = tempfile::Builder::new().suffix(".toml").tempfile().ok()?;
    fs::write(roster.path(), generated::toml(generated::PEOPLE)).ok()?;
    let mut child = Command::new(env!("CARGO_BIN_EXE_sociogram"))
        .args([
            "build",
            "-",
            "--input-format",
            "jsonl",
            "--evidence",
            "20",
            "--copies",
            "count",
            "--format",
            "json",
            "--actors",
        ])
        .arg(roster.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let status = format!("/proc/{}/status", child.id());
    let mut input = BufWriter::new(child.stdin.take()?);
    let (mut written, mut most) = (0, 0);
    for (article, text) in generated::Texts::new(1, 4).enumerate() {
        if written >= megabytes * 1_000_000 {
            break;
        }
        let line = generated::line(article, &text);
        input.write_all(line.as_bytes()).ok()?;
        written += line.len();
        if article % 500 == 0 {
            most = most.max(resident(&status)?);
        }
    }
    input.flush().ok()?;
    most = most.max(resident(&status)?);
    drop(input);
    child.wait().ok()?;
    Some(most)
}

/// The most memory that the process ever had in use, in KiB.
fn resident(status: &str) -> Option<u64> {
    let status = fs::read_to_string(status).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}
