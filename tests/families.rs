//! Rosters, files and saved networks that would harm a run, each on its own: an answer in time, with the place, and never a panic.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a panic is a failed test"
)]

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// Seconds in which every answer must come, on a machine that does other things as well.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the command answers to these arguments, in `folder`.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let begun = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_sociogram"));
    let child = command.args(arguments).current_dir(folder).stdin(Stdio::null());
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let read = |mut pipe: Box<dyn std::io::Read + Send>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            pipe.read_to_end(&mut bytes).map(|_| bytes)
        })
    };
    let (out, err) = (read(Box::new(out)), read(Box::new(err)));
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("no answer to {arguments:?} in {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    Output { status, stdout: out.join().unwrap().unwrap(), stderr: err.join().unwrap().unwrap() }
}

/// The exit code and what was said; whatever it was, it was no panic and no signal.
fn told(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = run(folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("panicked at"), "{arguments:?}: {said}");
    (output.status.code().unwrap_or_else(|| panic!("{arguments:?} ended by {}", output.status)), said)
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Ada Byron met Bo Chen in Riga. Ada Byron and Bo Chen left.").unwrap();
    fs::write(folder.path().join("actors.csv"), "Ada Byron\nBo Chen\n").unwrap();
    folder
}

/// Counts the sentences of all edges with a roster of this content.
fn with_roster(ending: &str, content: &[u8]) -> (i32, u64, String) {
    let folder = folder();
    let roster = format!("roster.{ending}");
    fs::write(folder.path().join(&roster), content).unwrap();
    let output = run(folder.path(), &["build", "a.txt", "-a", &roster, "--format", "json"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("panicked at"), "{said}");
    let network: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let edges = network["edges"].as_array().cloned().unwrap_or_default();
    (output.status.code().unwrap(), edges.iter().map(|edge| edge["sentences"].as_u64().unwrap()).sum(), said)
}

const PAIR: &str = "[[actor]]\nname = \"Ada Byron\"\n[[actor]]\nname = \"Bo Chen\"\n";

#[test]
fn a_roster_that_is_odd_but_clear_is_read() {
    let crowd: String = (0..30_000).fold(String::new(), |mut all, index| {
        writeln!(all, "[[actor]]\nname = \"Zed{index} Quorl{index}\"").unwrap();
        all
    });
    let names = |count: u32| (0..count).map(|index| format!("Zed{index}x")).collect::<Vec<_>>();
    let aliases = format!("[[actor]]\nname = \"Zed Quorl\"\naliases = {:?}\n", names(100_000));
    let long = format!("[[actor]]\nname = \"Zed {}\"\n", "Q".repeat(1_000_000));
    let deep = format!("[[actor]]\nname = \"Zed {}\"\n", "Q ".repeat(100_000));
    let odd = "[[actor]]\nname = \"\\u202eZed\\u0000 \\u200bQuorl\\u001b[31m\"\naliases = [\"Zed\\nQuorl\", \"(Zed+)+$\", \"<b>Zed\"]\n";
    for more in [crowd, aliases, long, deep, odd.to_owned()] {
        for content in [format!("{PAIR}{more}"), format!("\u{feff}{PAIR}{more}").replace('\n', "\r\n")] {
            let (code, sentences, said) = with_roster("toml", content.as_bytes());
            assert_eq!((code, sentences), (0, 2), "{}: {said}", &more[..more.len().min(60)]);
        }
    }
}

#[test]
fn a_csv_that_is_odd_but_clear_is_read() {
    let crowd = (0..30_000).map(|index| format!("Zed{index} Quorl{index},Q{index}x\n")).collect::<Vec<_>>().concat();
    let many = (0..100_000).map(|index| format!(",Zed{index}x")).collect::<Vec<_>>().concat();
    let aliases = format!("Zed Quorl{many}\n");
    let lines = format!("\"Zed\n{}Quorl\"\n", "line\n".repeat(100_000));
    for more in [
        crowd,
        aliases,
        lines,
        "\"Zed \"\"Z\"\" Quorl\",,,\n\n\r\n".to_owned(),
        "Zed\u{202e} Quorl\u{0},\u{1b}[0mZed\n".into(),
    ] {
        for content in
            [format!("Ada Byron\nBo Chen\n{more}"), format!("\u{feff}name,alias\r\nAda Byron,\r\nBo Chen,\r\n{more}")]
        {
            let (code, sentences, said) = with_roster("csv", content.as_bytes());
            assert_eq!((code, sentences), (0, 2), "{}: {said}", &more[..more.len().min(60)]);
        }
    }
}

#[test]
fn a_csv_with_other_separators_is_read() {
    for content in [
        "name;alias\nAda Byron;Byron\nBo Chen;\"Chen; B.\"\n",
        "Ada Byron\nBo Chen;Chen\n",
        "id\tName\tkind\nQ1\tAda Byron\tperson\nQ2\tBo Chen\t\n",
    ] {
        let (code, sentences, said) = with_roster("csv", content.as_bytes());
        assert_eq!((code, sentences), (0, 2), "{content}: {said}");
    }
}

#[test]
fn patterns_of_one_actor_may_be_many() {
    let pattern = |id: &str, name: &str| json!({ "label": "PERSON", "id": id, "pattern": name }).to_string() + "\n";
    let mut content = pattern("a", "Ada Byron") + &pattern("b", "Bo Chen");
    for index in 0..100_000 {
        content += &pattern("z", &format!("Zed{index} Quorl"));
    }
    assert_eq!(with_roster("jsonl", content.as_bytes()).1, 2);
}

/// Rosters that are not clear: their ending, their content, and what the message must say.
const UNCLEAR: &[(&str, &[u8], &str)] = &[
    ("toml", b"", "no actor"),
    ("toml", b"\x00\x00\x00\x00", "roster.toml:1"),
    ("toml", b"[[actor]]\nname = \"Ada\xff\"", "at byte 21: not UTF-8"),
    ("toml", b"\xff\xfe[\0[\0", "not UTF-8"),
    ("toml", b"[[actor]]\nname = \"Ada", "roster.toml:2"),
    ("toml", b"[[actor]]\nname = 7", "roster.toml:2"),
    ("toml", b"[[actor]]\nname = \"\"", "without letters"),
    ("toml", b"[[actor]]\nname = \"\xe2\x80\x8b\"", "without letters"),
    ("toml", b"[[actor]]\nname = \"Ada\"\naliases = \"Byron\"", "roster.toml:3"),
    ("toml", b"[[actor]]\nname = \"Ada\"\nalises = []", "unknown field `alises`"),
    ("toml", b"[[actor]]\nname = \"Ada\"\nkind = \"ship\"", "roster.toml:3"),
    ("toml", b"[[actor]]\nname = \"Ada\"\nname = \"Bo\"", "roster.toml:3"),
    ("toml", b"[[actor]]\nname = \"Ada\"\n[[actor]]\nname = \"ADA\"", "stands already at roster.toml:1"),
    ("toml", b"[[actor]]\nname = \"Ada\"\nid = \"1\"\n[[actor]]\nname = \"Bo\"\nid = \"1\"", "id `1` stands already"),
    ("toml", b"[[join]]\nnames = [\"Ada\", \"Bo\"]\n[[join]]\nnames = [\"Bo\", \"Ada\"]", "joined already"),
    ("toml", b"[[join]]\nnames = [\"Ada\", \"Bo\"]\n[[split]]\nnames = [\"Ada\", \"Bo\"]", "joined at"),
    ("toml", b"[[join]]\nnames = [\"Ada\"]", "two names or more"),
    ("csv", b"", "no actor"),
    ("csv", b"\n\n,,,\n", "no actor"),
    ("csv", b"\"Ada Byron\nBo Chen\n", "roster.csv:1: a quoted field that does not end"),
    ("csv", b"Ada\n...\n", "roster.csv:2"),
    ("csv", b"Ada\nada\n", "stands already at roster.csv:1"),
    ("csv", b"Ada\xe9\n", "at byte 3: not UTF-8"),
    (
        "csv",
        b"label;aka\nAda;Byron\n",
        "roster.csv:1: no column `name` in the first line, which has `label`, `aka`; known columns: name",
    ),
    ("csv", b"id,Person\n1,Ada\n", "roster.csv:1: no column `name`"),
    ("csv", b"id,name\n1,Ada\n2,\n", "roster.csv:3: no name in this line"),
    ("csv", b"name,kind\nAda,ship\n", "roster.csv:2: unknown kind `ship`; known: person"),
    ("jsonl", b"[1]\n", "roster.jsonl:1"),
    ("jsonl", b"{\"label\": \"PERSON\", \"pattern\": {\"a\": 1}}\n", "roster.jsonl:1"),
    ("jsonl", b"{\"label\": \"PERSON\", \"pattern\": \"Ada\"}\n{\"label\"", "roster.jsonl:2"),
    ("yaml", b"- Ada\n", "known endings: toml, csv, jsonl"),
];

#[test]
fn a_roster_that_is_not_clear_is_refused_with_its_place() {
    for (ending, content, wanted) in UNCLEAR {
        let (code, _, said) = with_roster(ending, content);
        let shown = String::from_utf8_lossy(content);
        assert!(code == 2 && said.contains(wanted), "{ending} {shown:?}: exit {code}, {said}");
    }
    let nested = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let tables = "[a.".to_owned() + &"b.".repeat(100_000) + "c]";
    let unclosed = "Zed,\"Quorl\n".to_owned() + &"line\n".repeat(200_000);
    for (ending, content) in [("toml", nested), ("toml", tables), ("csv", unclosed)] {
        assert_eq!(with_roster(ending, content.as_bytes()).0, 2);
    }
}

/// Hundreds of joins and splits over thousands of actors, which all touch each other.
#[test]
fn joins_and_splits_may_be_many() {
    let mut content = PAIR.to_owned();
    for index in 0..2_000 {
        writeln!(content, "[[actor]]\nname = \"Zed Quorl{index}\"\naliases = [\"Zed Quorl{}\"]", (index + 1) % 2_000)
            .unwrap();
    }
    for index in 0..500 {
        writeln!(content, "[[join]]\nnames = [\"Zed Quorl{index}\", \"Zed Quorl{}\"]", 1_999 - index).unwrap();
        writeln!(content, "[[split]]\nnames = [\"Zed Quorl{}\", \"Zed Quorl{}\"]", 600 + index, 1_200 + index).unwrap();
    }
    let (code, sentences, said) = with_roster("toml", content.as_bytes());
    assert!(code == 2 || code == 0 && sentences == 2, "exit {code}, {sentences} sentences: {said}");
}

#[cfg(unix)]
#[test]
fn devices_do_not_fill_the_memory() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    for ending in ["txt", "html", "jsonl", "json", "csv", "warc", "tar", "zip", "toml"] {
        symlink("/dev/zero", folder.path().join(format!("zero.{ending}"))).unwrap();
        let named = format!("zero.{ending}");
        let (code, said) = told(folder.path(), &["build", &named, "-a", "actors.csv"]);
        assert!(code == 1 && said.contains("a device"), "{named}: exit {code}, {said}");
    }
    for arguments in [
        &["build", "a.txt", "-a", "zero.toml"][..],
        &["export", "zero.json", "--format", "dot"],
        &["why", "zero.json", "Ada", "Bo"],
    ] {
        assert!(told(folder.path(), arguments).0 > 0, "{arguments:?}");
    }
}

/// Every input that cannot be read is named, and the others are read.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    use std::os::unix::{ffi::OsStrExt as _, fs::symlink};
    let folder = folder();
    let within = folder.path();
    fs::create_dir(within.join("folder.txt")).unwrap();
    symlink("loop.txt", within.join("loop.txt")).unwrap();
    fs::write(within.join(std::ffi::OsStr::from_bytes(b"na\xffme.txt")), "Ada Byron called Bo Chen.").unwrap();
    fs::write(within.join("new\nline\u{1b}[31m.txt"), "Ada Byron thanked Bo Chen.").unwrap();
    let output = run(
        within,
        &[
            "build",
            "a.txt",
            "gone.txt",
            "loop.txt",
            "folder.txt",
            ".",
            "-a",
            "actors.csv",
            "--format",
            "json",
            "--report",
            "r.json",
        ],
    );
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let report: Value = serde_json::from_slice(&fs::read(within.join("r.json")).unwrap()).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(!said.contains('\u{1b}'), "{said:?}");
    for name in ["gone.txt", "loop.txt"] {
        assert!(report.to_string().contains(name), "{name}: {report}");
    }
    let network: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(network["edges"][0]["sentences"], 4, "{report}");
}

/// Where the output cannot be written, nothing is, and what was there stays.
#[cfg(unix)]
#[test]
fn an_output_that_cannot_be_written_is_an_error() {
    let folder = folder();
    let within = folder.path();
    fs::create_dir(within.join("folder.json")).unwrap();
    fs::write(within.join("old.json"), "old").unwrap();
    let build = |output: &str| told(within, &["build", "a.txt", "-a", "actors.csv", "-o", output]);
    for output in ["gone/n.json", "folder.json", "a.txt/n.json", "n.unknown", "n", ""] {
        let (code, said) = build(output);
        assert!(code > 0 && code != 3, "{output}: exit {code}, {said}");
    }
    // What is read is never written over with something else.
    assert!(build("a.txt").0 > 0);
    assert!(fs::read_to_string(within.join("a.txt")).unwrap().starts_with("Ada"));
    assert_eq!(told(within, &["build", "gone.txt", "-a", "actors.csv", "-o", "old.json"]).0, 1);
    assert_eq!(fs::read_to_string(within.join("old.json")).unwrap(), "old");
    assert_eq!(build("old.json").0, 0);
    let left =
        fs::read_dir(within).unwrap().filter(|it| it.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'));
    assert_eq!(left.count(), 0, "nothing is left beside");
}

/// What was read stays, whatever name of it is written to.
#[cfg(unix)]
#[test]
fn no_output_replaces_what_is_read() {
    let folder = folder();
    let within = folder.path();
    let article = fs::read(within.join("a.txt")).unwrap();
    std::os::unix::fs::symlink("a.txt", within.join("link.json")).unwrap();
    fs::hard_link(within.join("a.txt"), within.join("hard.json")).unwrap();
    let whole = within.join("a.txt").display().to_string();
    for output in ["a.txt", "./a.txt", &whole, "link.json", "hard.json", "actors.csv"] {
        let (code, said) = told(within, &["build", "a.txt", "-a", "actors.csv", "-f", "json", "-o", output]);
        assert!(code == 2 && said.contains(output) && said.contains("another -o"), "{output}: exit {code}, {said}");
        let (code, said) = told(within, &["annotate", "*.txt", "-a", "actors.csv", "--report", output]);
        assert!(code == 2 && said.contains("another --report"), "{output}: exit {code}, {said}");
    }
    let part = ["partial", "a.txt", "-a", "actors.csv", "-o", "part.parquet"];
    assert_eq!((told(within, &part).0, told(within, &part).0), (0, 0), "an output may be replaced by the next");
    assert_eq!(told(within, &["merge", "part.parquet", "-f", "json", "-o", "part.parquet"]).0, 2);
    assert_eq!(fs::read(within.join("a.txt")).unwrap(), article);
}

/// What is no article says what it is.
#[test]
fn what_holds_no_article_says_so() {
    let folder = folder();
    let within = folder.path();
    fs::create_dir(within.join("void")).unwrap();
    let (code, said) = told(within, &["build", "void"]);
    assert!(code == 1 && said.contains("void: nothing to read in this folder: it is empty"), "exit {code}, {said}");
    assert_eq!(told(within, &["partial", "a.txt", "-a", "actors.csv", "-o", "part.parquet"]).0, 0);
    let (code, said) = told(within, &["build", "part.parquet"]);
    assert!(code == 1 && said.contains("give it to `sociogram merge`"), "exit {code}, {said}");
}

/// A network of two edges, as it is saved.
fn network() -> Value {
    let node = |name: &str| json!({ "id": name, "name": name, "kind": "person", "mentions": 2, "sentences": 2, "articles": 1 });
    let edge = |a: &str, b: &str| json!({ "source": a, "target": b, "weight": 2, "sentences": 2, "articles": 1, "first": null, "last": null });
    json!({ "schema": 1, "directed": false, "multigraph": false, "nodes": [node("Ada"), node("Bo"), node("Cem")],
        "edges": [edge("Ada", "Bo"), edge("Ada", "Cem")] })
}

/// Exit codes of `export` and `why` for a saved network of this content, and what the first says.
fn read_back(content: &[u8]) -> (i32, i32, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("n.json"), content).unwrap();
    let (export, said) = told(folder.path(), &["export", "n.json", "--format", "graphml"]);
    let (why, _) = told(folder.path(), &["why", "n.json", "Ada", "Bo"]);
    (export, why, said)
}

fn changed(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut network = network();
    change(&mut network);
    serde_json::to_vec(&network).unwrap()
}

#[test]
fn a_network_that_is_whole_is_read_back() {
    assert_eq!(read_back(&changed(|_| ())).0, 0, "{:?}", read_back(&changed(|_| ())));
    let empty = read_back(&changed(|it| it["edges"] = json!([])));
    assert_eq!(empty.0, 0, "{}", empty.2);
    let star = changed(|it| {
        for index in 0..50_000 {
            let (mut node, mut edge) = (it["nodes"][0].clone(), it["edges"][0].clone());
            (node["id"], node["name"]) = (json!(format!("Z{index}")), json!(format!("Z{index}")));
            edge["target"] = json!(format!("Z{index}"));
            it["nodes"].as_array_mut().unwrap().push(node);
            it["edges"].as_array_mut().unwrap().push(edge);
        }
    });
    assert_eq!(read_back(&star).0, 0, "fifty thousand edges of one actor");
}

#[test]
fn a_network_that_contradicts_itself_is_refused_with_the_reason() {
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("not a network", Vec::new()),
        ("not a network", b"null".to_vec()),
        ("not a network", b"\xff\xfe{\0}\0".to_vec()),
        ("not a network", "[".repeat(1_000_000).into_bytes()),
        ("not a network", "{\"a\":".repeat(1_000_000).into_bytes()),
        ("not a network", changed(|_| ())[..300].to_vec()),
        ("schema 2", changed(|it| it["schema"] = json!(2))),
        ("not a network", changed(|it| it["schema"] = json!("1"))),
        ("two nodes", changed(|it| it["nodes"][1]["id"] = json!("Ada"))),
        ("no node", changed(|it| it["edges"][0]["target"] = json!("Dora"))),
        ("twice", changed(|it| it["edges"][1]["target"] = json!("Bo"))),
        ("twice", changed(|it| (it["edges"][1]["source"], it["edges"][1]["target"]) = (json!("Bo"), json!("Ada")))),
        ("where it starts", changed(|it| it["edges"][0]["target"] = json!("Ada"))),
        ("not a network", changed(|it| it["edges"][0]["weight"] = json!(-1))),
        ("not a network", changed(|it| it["edges"][0]["weight"] = json!(1.5))),
        ("not a network", changed(|it| it["edges"][0]["weight"] = json!("2"))),
        ("not a network", changed(|it| it["edges"][0]["weight"] = json!(null))),
        ("not a network", changed(|it| drop(it["edges"][0].as_object_mut().unwrap().remove("weight")))),
        ("not a network", changed(|it| it["nodes"][0]["mentions"] = json!(-3))),
        ("not a network", changed(|it| it["edges"][0]["first"] = json!("2025-02-30"))),
        ("no counts", changed(|it| it["edges"][0]["weight"] = json!(u64::MAX))),
        ("no counts", changed(|it| it["nodes"][0]["sentences"] = json!(u64::MAX / 2))),
    ];
    for (wanted, content) in cases {
        let (export, why, said) = read_back(&content);
        let shown = String::from_utf8_lossy(&content[..content.len().min(80)]).into_owned();
        assert!(export == 1 && why == 1 && said.contains(wanted), "{wanted} {shown}: exit {export}, {why}, {said}");
        assert!(said.len() < 2_000, "{said}");
    }
}
