//! Peak memory of `build` over a growing input: `cargo bench --bench memory`. Linux only: it reads `/proc`.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may panic and print"
)]

use std::{
    fs,
    io::{BufWriter, Write},
    process::{Command, Stdio},
};

/// Megabytes of JSON Lines that are streamed into the command.
const SIZES: [usize; 3] = [50, 200, 800];

fn main() {
    println!("{:>8}  {:>12}", "MB read", "peak MiB");
    for size in SIZES {
        match peak(size) {
            Some(kib) => println!("{size:>8}  {:>12}", kib / 1024),
            None => println!("{size:>8}  not measured: this needs Linux and its /proc"),
        }
    }
}

fn peak(megabytes: usize) -> Option<u64> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sociogram"))
        .args([
            "build",
            "-",
            "--input-format",
            "jsonl",
            "--actors",
            "examples/actors.toml",
            "--evidence",
            "20",
            "--copies",
            "count",
            "--format",
            "json",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let status = format!("/proc/{}/status", child.id());
    let mut input = BufWriter::new(child.stdin.take()?);
    let text =
        "Officials gave few details. Donald Trump met Vladimir Putin, and Rutte called Merz. Nobody asked Macron. "
            .repeat(20);
    let (mut written, mut article, mut most) = (0, 0_u64, 0);
    while written < megabytes * 1_000_000 {
        let line = format!("{{\"id\":\"{article}\",\"published\":\"2025-03-14\",\"text\":\"{text}\"}}\n");
        input.write_all(line.as_bytes()).ok()?;
        written += line.len();
        article += 1;
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
