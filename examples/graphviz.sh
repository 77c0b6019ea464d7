#!/usr/bin/env bash
# The network of the example articles, drawn by Graphviz in several ways: examples/graphviz.sh [FOLDER], with Graphviz installed.
set -euo pipefail
folder=$(realpath "${1:-.}")
cd "$(dirname "$0")/.."
sociogram=${SOCIOGRAM:-sociogram}

"$sociogram" build examples/articles --actors examples/actors.toml -o "$folder/talks.json" -o "$folder/talks.dot"

# As the file says: neato, short lines for strong ties.
dot -Tsvg "$folder/talks.dot" -o "$folder/talks.neato.svg"
# In a circle.
dot -Glayout=circo -Tsvg "$folder/talks.dot" -o "$folder/talks.circo.svg"
# The five strongest edges only, as a PDF.
"$sociogram" export "$folder/talks.json" --top 5 -f dot | dot -Tpdf -o "$folder/talks.top5.pdf"

ls "$folder"/talks.*
