#!/usr/bin/env python3
"""How many sentences name two of 50 people: sociogram against one line of Polars and of DuckDB, one thread each, in one run.

    pip install polars duckdb
    cargo build --release
    cargo bench --bench corpus -- roster 50 > actors.toml
    cargo bench --bench corpus -- jsonl 200 10 4 > corpus.jsonl
    python3 benches/ratios.py corpus.jsonl actors.toml

The lines count by a regular expression, cut sentences at every full stop and know no surname from another word; on the generated
corpus all three must come to the same number. Seconds of CPU are compared, the best of five runs of each, by turns and each in a
process of its own; sociogram makes the whole network with its evidence in that time.
"""
import argparse
import json
import resource
import subprocess
import sys
import tomllib

SENTENCE = r"[^.!?\n]+[.!?\n]"
POLARS = """
import polars as pl
print(pl.scan_ndjson({corpus!r}).select(pl.col("text").str.extract_all({sentence!r}).explode().str.extract_all({names!r}).list.n_unique() >= 2).sum().collect(engine="streaming").item())
"""
DUCKDB = """
import duckdb
duckdb.execute("SET threads = 1; SET enable_progress_bar = false")
print(duckdb.execute("SELECT count(*) FROM (SELECT unnest(regexp_extract_all(text, ?)) AS sentence FROM read_json(?, format = 'newline_delimited')) WHERE list_unique(regexp_extract_all(sentence, ?)) >= 2", [{sentence!r}, {corpus!r}, {names!r}]).fetchone()[0])
"""

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("corpus")
parser.add_argument("actors")
parser.add_argument("--binary", default="target/release/sociogram")
parser.add_argument("--copies", default="count", help="as sociogram has it (default: count)")
options = parser.parse_args()
surnames = [actor["aliases"][0] for actor in tomllib.load(open(options.actors, "rb"))["actor"]]
names = r"\b(?:" + "|".join(sorted(surnames, key=lambda name: (-len(name), name))) + r")\b"


ENVIRONMENT = {"PATH": "/usr/bin:/bin", "POLARS_MAX_THREADS": "1"}


def seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, run.stdout


def edges(out):
    return sum(edge["sentences"] for edge in json.loads(out)["edges"])


def peer(line):
    return [sys.executable, "-c", line.format(corpus=options.corpus, sentence=SENTENCE, names=names)], int


ours = [options.binary, "build", options.corpus, "--actors", options.actors, "--threads", "1", "--evidence", "20"]
ours += ["--copies", options.copies, "--quiet", "--format", "json"]
commands = {"sociogram": (ours, edges), "Polars": peer(POLARS), "DuckDB": peer(DUCKDB)}
best, counts = {}, {}
for _ in range(5):
    for name, (command, number) in commands.items():
        taken, out = seconds(command)
        best[name], counts[name] = min(taken, best.get(name, taken)), number(out)
text = sum(len(json.loads(line)["text"].encode()) for line in open(options.corpus, "rb"))
print(f"{text / 1e6:.0f} MB of text, {counts['sociogram']} sentences name two people")
for name, taken in best.items():
    ratio = "" if name == "sociogram" else f"  sociogram is {taken / best['sociogram']:.1f} times as fast"
    print(f"{name:9}  {taken:6.2f} s of CPU  {text / taken / 1e6:6.0f} MB/s{ratio}")
if len(set(counts.values())) > 1:
    sys.exit(f"they count differently: {counts}")
