"""A picture of 1,000 actors: our own SVG against Graphviz's sfdp, on the same networks in the same run.

python3 benches/picture.py [BINARY], with Graphviz installed. Each program gets the network in its own format; of three runs each, in turns, the
fastest counts. Ours draws the backbone of more than 150 edges, and says so; sfdp draws all.
"""
import json, pathlib, random, subprocess, sys, tempfile, time

BINARY = sys.argv[1] if len(sys.argv) > 1 else "target/release/sociogram"


def network(actors, edges):
    """Ties within and between groups of very unequal actors, from a fixed seed."""
    chance = random.Random(1)
    group = [chance.randrange(25) for _ in range(actors)]
    often = [1 / (rank + 1) ** 0.8 for rank in range(actors)]
    weights = {}
    while len(weights) < edges:
        a, b = sorted(chance.choices(range(actors), often, k=2))
        if a != b and (group[a] == group[b] or chance.random() < 0.1):
            weights[a, b] = weights.get((a, b), 0) + 1
    strength = [1] * actors
    for (a, b), weight in weights.items():
        strength[a], strength[b] = strength[a] + weight, strength[b] + weight
    return strength, weights


def files(folder, strength, weights):
    name = lambda index: f"Given Surname{index}"
    nodes = [dict(id=name(i), name=name(i), kind="person", mentions=n, sentences=n, articles=1) for i, n in enumerate(strength)]
    edges = [dict(source=name(a), target=name(b), weight=w, sentences=w, articles=1, first=None, last=None) for (a, b), w in weights.items()]
    json.dump(dict(schema=1, directed=False, multigraph=False, nodes=nodes, edges=edges), open(folder / "network.json", "w"))
    lines = [f'  n{i} [label="{name(i)}"];' for i in range(len(strength))] + [f"  n{a} -- n{b} [weight={w}];" for (a, b), w in weights.items()]
    (folder / "network.dot").write_text("\n".join(["graph {", *lines, "}"]))


def seconds(*command):
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


for actors, edges in [(1000, 1200), (1000, 3000)]:
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        files(folder, *network(actors, edges))
        commands = [[BINARY, "export", folder / "network.json", "-o", folder / "ours.svg"],
                    ["sfdp", "-Tsvg", folder / "network.dot", "-o", folder / "sfdp.svg"],
                    ["sfdp", "-Goverlap=prism", "-Tsvg", folder / "network.dot", "-o", folder / "apart.svg"]]
        ours, sfdp, apart = (min(times) for times in zip(*[[seconds(*it) for it in commands] for _ in range(3)]))
        drawn = (folder / "ours.svg").read_text().count("<circle id=")
        print(f"{actors} actors, {edges} edges ({drawn} actors drawn here): ours {ours:.2f} s, sfdp {sfdp:.2f} s ({ours / sfdp:.2f} times), "
              f"with labels apart {apart:.2f} s ({ours / apart:.2f} times)")
        assert ours <= 2 * sfdp, "slower than twice sfdp"
