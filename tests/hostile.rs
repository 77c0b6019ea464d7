//! Inputs that would harm a run, in a folder and on their own: nothing is lost in silence, nothing hangs.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a panic is a failed test"
)]

use std::{fs, io::Write, path::Path, process::Command};

use serde_json::Value;

const ROSTER: &str = "tests/containers/actors.toml";

/// A page of the web archive cases.
const PAGE: &str =
    "<html><body><article><h1>Talks</h1><p>Ada Byron met Bo Chen in Riga on Monday.</p></article></body></html>";

/// The exit code, the sentences of all edges, and the report, of reading `paths` with one thread.
fn build(folder: &Path, paths: &[&str]) -> (i32, u64, Value) {
    let report = folder.join("report.json");
    let mut command = Command::new(env!("CARGO_BIN_EXE_sociogram"));
    command.args(["build", "--actors", ROSTER, "--format", "json", "--threads", "1", "--report"]).arg(&report);
    let output = command.args(paths.iter().map(|path| folder.join("in").join(path))).output().unwrap();
    let network: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let edges = network["edges"].as_array().cloned().unwrap_or_default();
    let sentences = edges.iter().map(|edge| edge["sentences"].as_u64().unwrap()).sum();
    let report: Value = serde_json::from_slice(&fs::read(report).unwrap()).unwrap();
    let books = |name: &str| report[name].as_u64().unwrap();
    assert_eq!(books("found"), books("read") + books("skipped") + books("duplicate") + books("refused"), "{report}");
    (output.status.code().unwrap(), sentences, report)
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    folder
}

fn write(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) {
    fs::write(folder.path().join("in").join(name), bytes).unwrap();
}

fn line(id: u32, text: &str) -> String {
    format!("{{\"id\":\"{id}\",\"text\":\"{text}\"}}\n")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn record(length: &str) -> Vec<u8> {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}<!-- {length} -->");
    let length = if length.is_empty() { block.len().to_string() } else { length.to_owned() };
    format!("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n").into_bytes()
}

#[cfg(unix)]
#[test]
fn links_and_devices_in_a_folder_are_passed_over_and_named() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let inside = folder.path().join("in");
    write(&folder, "a.txt", b"Ada Byron met Bo Chen.");
    symlink("self.txt", inside.join("self.txt")).unwrap();
    symlink("/dev/zero", inside.join("zero.txt")).unwrap();
    symlink("..", inside.join("up")).unwrap();
    symlink("/nonexistent", inside.join("dangling.txt")).unwrap();
    assert!(Command::new("mkfifo").arg(inside.join("pipe.txt")).status().unwrap().success());
    let (code, sentences, report) = build(folder.path(), &[""]);
    assert_eq!((code, sentences, report["skipped"].as_u64()), (0, 1, Some(5)), "{report}");
    for name in ["self.txt", "zero.txt", "up", "dangling.txt", "pipe.txt"] {
        assert!(report.to_string().contains(name), "{name}: {report}");
    }
}

#[cfg(unix)]
#[test]
fn a_device_that_is_named_is_not_read() {
    let folder = folder();
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("in/zero.txt")).unwrap();
    let (code, _, report) = build(folder.path(), &["zero.txt"]);
    assert_eq!((code, report["refused"].as_u64()), (1, Some(1)));
    assert_eq!(report["records"][0]["kind"], "unsupported");
}

/// A frame of zstd that holds a few bytes as they are, without a checksum.
fn zstd(bytes: &[u8]) -> Vec<u8> {
    let length = u8::try_from(bytes.len()).unwrap();
    let block = (u32::from(length) << 3 | 1).to_le_bytes();
    [&[0x28, 0xb5, 0x2f, 0xfd, 0x20, length], &block[..3], bytes].concat()
}

#[test]
fn packed_bytes_without_a_checksum_are_read_and_noted() {
    let folder = folder();
    write(&folder, "a.jsonl.zst", &zstd(line(1, "Ada Byron met Bo Chen.").as_bytes()));
    write(&folder, "b.jsonl.gz", &gzip(line(2, "Ada Byron saw Bo Chen.").as_bytes()));
    let (code, sentences, report) = build(folder.path(), &[""]);
    assert_eq!((code, sentences, report["records"].as_array().map(Vec::len)), (0, 2, Some(1)), "{report}");
    assert_eq!((&report["records"][0]["status"], &report["records"][0]["kind"]), (&"noted".into(), &"corrupt".into()));
}

#[test]
fn pages_one_behind_the_other_are_articles_each() {
    let folder = folder();
    let page = |words: &str| {
        format!("<!DOCTYPE html><html><body><article><h1>Talks</h1><p>{words}</p></article></body></html>\n")
    };
    let pages = page("Ada Byron met Bo Chen in Riga on Monday.") + &page("On Tuesday Ada Byron met Bo Chen again.");
    write(&folder, "two.html", pages.as_bytes());
    let (code, sentences, report) = build(folder.path(), &[""]);
    assert_eq!((code, sentences, report["read"].as_u64()), (0, 2, Some(2)), "{report}");
}

#[test]
fn behind_a_damaged_member_the_next_is_read() {
    let folder = folder();
    let mut broken = gzip(line(2, "Cleo Dias met Bo Chen.").repeat(3).as_bytes());
    let middle = broken.len() / 2;
    broken[middle] ^= 0x55;
    let packed = [
        gzip(line(1, "Ada Byron met Bo Chen.").as_bytes()),
        broken,
        gzip(line(3, "Ada Byron saw Bo Chen.").as_bytes()),
    ];
    write(&folder, "x.jsonl.gz", &packed.concat());
    let (code, sentences, report) = build(folder.path(), &["x.jsonl.gz"]);
    assert_eq!(code, 3, "{report}");
    assert!(sentences >= 2, "{report}");
}

#[test]
fn behind_a_wrong_length_the_next_record_is_read() {
    for length in ["20", "900", "99999999999999999999", "-5", "abc", "9000000000000000000"] {
        let folder = folder();
        let archive = [record(""), record(length), b"\x01\x02rubbish".to_vec(), record("")];
        // The last of the three would be a copy of the first.
        let archive =
            [archive[..3].concat(), String::from_utf8(archive[3].clone()).unwrap().replace("met", "saw").into_bytes()];
        write(&folder, "x.warc", &archive.concat());
        let (_, sentences, report) = build(folder.path(), &["x.warc"]);
        assert!(sentences >= 2, "{length}: {report}");
        assert!(report["records"].as_array().is_some_and(|records| !records.is_empty()), "{length}: {report}");
    }
}

#[test]
fn what_unpacks_without_end_is_refused() {
    let folder = folder();
    write(&folder, "bomb.txt.gz", &gzip(&vec![b' '; 80 << 20]));
    write(
        &folder,
        "nested.gz.gz.gz.gz.gz.txt",
        &(0..6).fold(b"Ada Byron met Bo Chen.".to_vec(), |bytes, _| gzip(&bytes)),
    );
    let (code, sentences, report) = build(folder.path(), &["bomb.txt.gz", "nested.gz.gz.gz.gz.gz.txt"]);
    assert_eq!((code, sentences, report["refused"].as_u64()), (1, 0, Some(2)), "{report}");
    assert!(report["records"].as_array().unwrap().iter().all(|record| record["kind"] == "limit"), "{report}");
}

#[test]
fn a_list_of_names_makes_no_edges() {
    let folder = folder();
    let names: Vec<String> =
        (0..60).map(|index| format!("Name{} Surname{index}", char::from(b'a' + index % 26))).collect();
    let actors = names.iter().map(|name| format!("[[actor]]\nname = \"{name}\"\n")).collect::<Vec<_>>().concat();
    let roster = folder.path().join("roster.toml");
    fs::write(&roster, actors).unwrap();
    write(&folder, "x.txt", format!("{} attended.\n\n{} met {}.", names.join(" and "), names[0], names[1]).as_bytes());
    let mut command = Command::new(env!("CARGO_BIN_EXE_sociogram"));
    command.args(["build", "--format", "json", "--actors"]).arg(roster).arg(folder.path().join("in/x.txt"));
    let output = command.output().unwrap();
    let network: Value = serde_json::from_slice(&output.stdout).unwrap();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(words.contains("names more than 50 actors"), "{words}");
    assert!(network["edges"].as_array().unwrap().len() <= 1, "{words}");
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_the_old_output() {
    use std::{process::Stdio, thread, time::Duration};
    let folder = folder();
    let out = folder.path().join("n.json");
    fs::write(&out, "old").unwrap();
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sociogram"));
        command.args(["build", "-", "--input-format", "jsonl", "--actors", ROSTER, "-o"]).arg(&out);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // Waiting would close it, and the run would end by itself.
        let input = child.stdin.take();
        thread::sleep(Duration::from_millis(500));
        Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code));
        drop(input);
        assert_eq!(fs::read_to_string(&out).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside it");
    }
}
