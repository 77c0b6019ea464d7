#!/usr/bin/env python3
"""Saved pages a second, one thread each, in one run: the whole way to edges against the extraction of the Python package trafilatura.

    pip install trafilatura lxml_html_clean
    cargo build --release && python3 benches/pages.py FOLDER -a ROSTER     (FOLDER: saved pages, .html)

Seconds of CPU are compared, the best of three runs on either side.
"""
import argparse
import pathlib
import resource
import subprocess
import time

import trafilatura

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("-a", "--actors", required=True)
parser.add_argument("--binary", default="target/release/sociogram")
options = parser.parse_args()
pages = [path.read_bytes() for path in sorted(options.folder.rglob("*.html"))]


def peer():
    start = time.process_time()
    for page in pages:
        trafilatura.extract(page)
    return time.process_time() - start


def ours():
    start = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    command = [options.binary, "build", options.folder, "--actors", options.actors, "--threads", "1", "--format", "json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - start


theirs, own = min(peer() for _ in range(3)), min(ours() for _ in range(3))
print(f"{len(pages)} pages: trafilatura {trafilatura.__version__} {len(pages) / theirs:.1f} pages/s, sociogram {len(pages) / own:.1f} pages/s, "
      f"{theirs / own:.1f} times as many")
