"""Reads every format back with programs that are not ours: same nodes, same edges, same weights, same names.

Run from the project's root with the packages of .ci/requirements.txt; SOCIOGRAM names another binary. The network has names that
break careless writers. What is not at hand (Graphviz, the GEXF schema) is said and passed over.
"""
import csv, io, itertools, json, math, os, pathlib, re, shutil, subprocess, sys, tempfile

import duckdb, igraph, ladybug, lxml.etree, lxml.html, networkx, numpy, polars, pydot, scipy.stats

BINARY = os.environ.get("SOCIOGRAM", "target/release/sociogram")
SCHEMAS = pathlib.Path("../shared/data/schemas")
NAMES = ['Ann "Quote" O\'Hara', "Trailing Backslash\\", "<b>&amp; Sons", "node", "Line\nBreak", "習近平", "Smile 😀 Face", "Comma, Semi; Colon",
         "=cmd()", "Cdata ]]> End", "</script>", "محمد علي", "Tab\tStop", "{brace} $1 %s", "-minus", "edge", "1.5", "Bell\x07", "\\N", "NULL",
         '"', "O\\n \\\" Both", "&lt;i&gt;", "Carriage\r\nReturn", "E\u0301milie Combined", "\u202eOverridden", "Zero\u200bWidth", "+1 (2)", "@sum", "graph",
         "Last" + " of Many Words" * 60, "Line\u2028Separated", "'quoted'", "Ⅷ ﬁ ﷺ", "Named Alone"]
EDGES = {(a, b): 1 + (a * 7 + b * 3) % 9 for a in range(len(NAMES)) for b in range(a + 1, len(NAMES) - 1) if (a + b) % 3 == 0}


def run(*args):
    done = subprocess.run([BINARY, *map(str, args)], capture_output=True)
    if done.returncode:
        raise SystemExit(f"{args}: exit {done.returncode}\n{done.stderr.decode()}")
    return done.stderr.decode()


def network(nodes, edges):
    actors = [dict(id=n, name=n, kind="person", mentions=3, sentences=9, articles=2) for n in nodes]
    links = [dict(source=nodes[a], target=nodes[b], weight=w, sentences=w, articles=1, first="2025-03-01", last="2025-03-02",
                  evidence=[dict(article="x", path="p.txt", start=0, end=3, text=f"{nodes[a]} {nodes[b]}")]) for (a, b), w in edges.items()]
    method = dict(unit="sentence", volume=dict(articles=9, stories=9, sentences=100, naming=9))
    return dict(schema=1, directed=False, multigraph=False, method=method, nodes=actors, edges=links)


WANT = {frozenset((NAMES[a], NAMES[b])): w for (a, b), w in EDGES.items()}
XML = lambda name: name.replace("\x07", "\ufffd")
XML_WANT = {frozenset(map(XML, pair)): w for pair, w in WANT.items()}
done = []


def same(reader, nodes, edges, want_nodes=NAMES, want_edges=WANT):
    nodes, edges = sorted(nodes), {frozenset(k): w for k, w in edges.items()}
    assert nodes == sorted(want_nodes), f"{reader}: names {set(nodes) ^ set(want_nodes)}"
    assert edges == want_edges, f"{reader}: edges {[(k, w, want_edges.get(k)) for k, w in edges.items() if want_edges.get(k) != w][:3]}"
    done.append(reader)


def of_graph(reader, graph, label, **want):
    names = {node: label(node, data) for node, data in graph.nodes(data=True)}
    assert not graph.is_directed() and not graph.is_multigraph(), reader
    same(reader, names.values(), {(names[a], names[b]): float(w) for a, b, w in graph.edges(data="weight")}, **want)


def formats(folder, saved):
    file = lambda ending: folder / f"hostile.{ending}"
    for ending in ["json", "dot", "gexf", "graphml", "csv", "parquet", "cyjs", "jgf", "net", "cypher", "svg", "png", "html"]:
        run("export", saved, "-o", file(ending), "--measures", "npmi,pagerank,community")
    run("export", saved, "-f", "d3", "-o", folder / "d3.json")
    run("export", saved, "-f", "neo4j", "-o", folder / "neo4j.csv")
    run("export", saved, "-o", folder / "raw.csv", "--csv-raw")

    of_graph("json networkx", networkx.node_link_graph(json.load(open(file("json"))), edges="edges"), lambda n, d: d["name"])
    of_graph("d3 networkx", networkx.node_link_graph(json.load(open(folder / "d3.json")), edges="links", directed=False, multigraph=False), lambda n, d: d["name"])
    of_graph("cyjs networkx", networkx.cytoscape_graph(json.load(open(file("cyjs")))), lambda n, d: d["name"])
    xml = dict(want_nodes=list(map(XML, NAMES)), want_edges=XML_WANT)
    of_graph("gexf networkx", networkx.read_gexf(file("gexf")), lambda n, d: d["label"], **xml)
    of_graph("graphml networkx", networkx.read_graphml(file("graphml")), lambda n, d: d["label"], **xml)
    graph = igraph.Graph.Read_GraphML(str(file("graphml")))
    same("graphml igraph", graph.vs["label"], {(graph.vs[e.source]["label"], graph.vs[e.target]["label"]): e["weight"] for e in graph.es}, **xml)
    gexf_schema(file("gexf"))

    page = json.loads(lxml.html.parse(str(file("html"))).getroot().get_element_by_id("network").text)
    names, edges = page["actors"]["name"], page["edges"]
    sources = itertools.accumulate(edges["source"])
    same("html lxml", names, {(names[a], names[b]): w for a, b, w in zip(sources, edges["target"], edges["weight"])})

    shapes(json.load(open(folder / "d3.json")), json.load(open(file("cyjs"))))
    jgf = json.load(open(file("jgf")))
    if (SCHEMAS / "jgf_v2.json").exists():
        import jsonschema
        jsonschema.validate(jgf, json.load(open(SCHEMAS / "jgf_v2.json")))
    same("jgf json", [n["label"] for n in jgf["graph"]["nodes"].values()], {(e["source"], e["target"]): e["metadata"]["weight"] for e in jgf["graph"]["edges"]})

    lossy = lambda name: "".join(c if ord(c) >= 32 and c not in "\x7f\u2028" else " " for c in name).replace('"', "'").replace("\\", "/")
    pajek = igraph.Graph.Read_Pajek(str(file("net")))
    want = {frozenset(map(lossy, pair)): w for pair, w in WANT.items()}
    key = "name" if "name" in pajek.vs.attributes() else "id"
    same("net igraph", pajek.vs[key], {(pajek.vs[e.source][key], pajek.vs[e.target][key]): e["weight"] for e in pajek.es}, list(map(lossy, NAMES)), want)
    of_graph("net networkx", networkx.Graph(networkx.read_pajek(file("net"), encoding="utf-8")), lambda n, d: n, want_nodes=list(map(lossy, NAMES)), want_edges=want)

    tables(folder)
    dot(file("dot"))
    cypher(file("cypher").read_text())
    svg = lxml.etree.parse(file("svg"))
    assert len(svg.findall(".//{*}circle[@id]")) == len({n for pair in EDGES for n in pair}), "svg"
    assert file("png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    done.extend(["svg lxml", "png"])


def shapes(d3, cyjs):
    """What d3-force and Cytoscape.js ask of their input: ends that are nodes, identifiers that are texts and unlike each other."""
    ids = [n["id"] for n in d3["nodes"]]
    assert len(set(ids)) == len(NAMES) and all(l["source"] in ids and l["target"] in ids for l in d3["links"])
    assert set(d3) >= {"nodes", "links", "method"}
    nodes, edges = [[e["data"] for e in cyjs["elements"][kind]] for kind in ["nodes", "edges"]]
    ids = [e["id"] for e in nodes + edges]
    assert all(isinstance(i, str) and i for i in ids) and len(set(ids)) == len(ids)
    assert all({e["source"], e["target"]} <= {n["id"] for n in nodes} for e in edges)
    done.append("d3 and cyjs shapes")


def gexf_schema(path):
    if not (SCHEMAS / "gexf.xsd").exists():
        print("no GEXF schema at hand: not validated")
        return
    tree = lxml.etree.parse(path)
    for element in tree.xpath("//viz:*", namespaces={"viz": "http://gexf.net/1.3/viz"}):
        element.getparent().remove(element)
    # The schema includes that of viz without a namespace of its own; elements of viz are taken out, and so is the reference.
    with tempfile.TemporaryDirectory() as folder:
        for name in ["gexf.xsd", "dynamics.xsd", "viz.xsd"]:
            shutil.copy(SCHEMAS / name, folder)
            os.chmod(pathlib.Path(folder, name), 0o644)
        schema = lxml.etree.XMLSchema(lxml.etree.parse(pathlib.Path(folder, "gexf.xsd")))
        schema.assertValid(lxml.etree.parse(io.BytesIO(lxml.etree.tostring(tree))))
    done.append("gexf schema")


def tables(folder):
    nodes, edges = [list(csv.DictReader(open(folder / f"raw.{part}.csv", newline=""))) for part in ["nodes", "edges"]]
    same("csv python", [r["Label"] for r in nodes], {(r["Source"], r["Target"]): int(r["Weight"]) for r in edges})
    assert {r["Type"] for r in edges} == {"Undirected"}
    guarded = [r["Label"] for r in csv.DictReader(open(folder / "hostile.nodes.csv", newline=""))]
    assert "'=cmd()" in guarded and "'-minus" in guarded and "node" in guarded
    text = dict(schema_overrides={"Id": polars.String, "Label": polars.String, "Source": polars.String, "Target": polars.String})
    n, e = polars.read_csv(folder / "raw.nodes.csv", **text), polars.read_csv(folder / "raw.edges.csv", **text)
    same("csv polars", n["Label"].to_list(), {(a, b): w for a, b, w in e.select("Source", "Target", "Weight").rows()})
    db = duckdb.connect()
    rows = lambda path, what: db.sql(f"select {what} from '{path}'").fetchall()
    n, e = folder / "hostile.nodes.parquet", folder / "hostile.edges.parquet"
    same("parquet duckdb", [r[0] for r in rows(n, "name")], {(a, b): w for a, b, w in rows(e, "source, target, weight")})
    frame = polars.read_parquet(e)
    same("parquet polars", polars.read_parquet(n)["name"].to_list(), {(a, b): w for a, b, w in frame.select("source", "target", "weight").rows()})
    texts = [f[c].dtype for f in [frame, polars.read_parquet(n)] for c in ["source", "target", "id", "name", "kind"] if c in f.columns]
    assert set(texts) == {polars.String}, texts
    assert [r[0] for r in rows(e, "distinct typeof(source) || typeof(weight) || typeof(npmi) || typeof(first)")] == ["VARCHARBIGINTDOUBLEDATE"]
    assert frame["npmi"].dtype == polars.Float64 and frame["first"].dtype == polars.Date and frame["weight"].dtype == polars.Int64
    assert polars.read_parquet(folder / "hostile.evidence.parquet").height == len(EDGES)
    n, e = [list(csv.DictReader(open(folder / f"neo4j.{part}.csv", newline=""))) for part in ["nodes", "edges"]]
    typed = re.compile(r"(\w+:ID|:LABEL|:START_ID|:END_ID|:TYPE|\w+(:(long|double|date|string))?)$")
    assert all(typed.match(c) for r in [n[0], e[0]] for c in r) and {r[":TYPE"] for r in e} == {"NAMED_WITH"} and {r[":LABEL"] for r in n} == {"Actor"}
    assert {r[":START_ID"] for r in e} | {r[":END_ID"] for r in e} <= {r["id:ID"] for r in n}
    same("neo4j csv", [r["name"] for r in n], {(r[":START_ID"], r[":END_ID"]): int(r["weight:long"]) for r in e})


def dot(path):
    graph, = pydot.graph_from_dot_file(str(path), encoding="utf-8")
    assert len(graph.get_edges()) == len(EDGES)
    done.append("dot pydot")
    if not shutil.which("dot"):
        print("no Graphviz at hand: dot -Tdot_json did not run")
        return
    page = json.loads(subprocess.run(["dot", "-Kdot", "-Glayout=dot", "-Tdot_json", path], capture_output=True, check=True).stdout)
    # The label stands on several lines: each end of a line is a space, or was a newline.
    shown = lambda label: re.sub(r"\\(.)|\n", lambda m: " " if m[0] in ("\\n", "\n") else m[1], label).replace("&amp;", "&")
    names = {o["_gvid"]: shown(o["label"]) for o in page["objects"]}
    plain = lambda name: "".join("\ufffd" if ord(c) < 32 and c != "\n" else c for c in name).replace("\n", " ")
    same("dot graphviz", names.values(), {(names[e["tail"]], names[e["head"]]): int(e["weight"]) for e in page["edges"]},
         list(map(plain, NAMES)), {frozenset(map(plain, pair)): w for pair, w in WANT.items()})


def cypher(script):
    with tempfile.TemporaryDirectory() as folder:
        db = ladybug.Connection(ladybug.Database(str(pathlib.Path(folder, "db"))))
        db.execute("CREATE NODE TABLE Actor(id STRING PRIMARY KEY, name STRING, kind STRING, mentions INT64, attributive INT64, sentences INT64, "
                   "articles INT64, community INT64, pagerank DOUBLE)")
        db.execute("CREATE REL TABLE NAMED_WITH(FROM Actor TO Actor, weight INT64, sentences INT64, articles INT64, first DATE, last DATE, npmi DOUBLE)")
        for statement in script.splitlines():
            db.execute(statement)
        rows = lambda query: list(iter(db.execute(query).get_all()))
        nodes = [r[0] for r in rows("MATCH (a:Actor) RETURN a.name")]
        same("cypher ladybug", nodes, {(a, b): w for a, b, w in rows("MATCH (a)-[r:NAMED_WITH]->(b) RETURN a.name, b.name, r.weight")})


def centralities(folder):
    """Against networkx; weights are powers of two, so that no path length is rounded."""
    import random
    chance = random.Random(5)
    nodes = [f"v{i:02}" for i in range(40)]
    edges = {(a, b): 2 ** chance.randrange(4) for a in range(40) for b in range(a + 1, 40) if chance.random() < 0.1}
    saved = folder / "place.json"
    saved.write_text(json.dumps(network(nodes, edges)))
    run("export", saved, "-o", folder / "placed.json", "--measures", "degree,strength,betweenness,closeness,eigenvector,pagerank,component")
    page = json.load(open(folder / "placed.json"))
    graph = networkx.node_link_graph(json.load(open(saved)), edges="edges")
    for _, _, data in graph.edges(data=True):
        data["distance"] = 1 / data["weight"]
    want = dict(degree=dict(graph.degree()), strength=dict(graph.degree(weight="weight")),
                betweenness=networkx.betweenness_centrality(graph, weight="distance"),
                closeness=networkx.closeness_centrality(graph, distance="distance"),
                eigenvector=networkx.eigenvector_centrality_numpy(graph.subgraph(max(networkx.connected_components(graph), key=len)), weight="weight"),
                pagerank=networkx.pagerank(graph, weight="weight", tol=1e-12, max_iter=1000))
    for name, numbers in want.items():
        for node in page["nodes"]:
            if node["id"] in numbers:
                assert abs(node[name] - numbers[node["id"]]) < 1e-6, (name, node["id"], node[name], numbers[node["id"]])
    assert page["method"]["density"] == networkx.density(graph)
    done.append("centralities networkx")


def communities(folder):
    for graph, floor in [(networkx.karate_club_graph(), 0.4445), (networkx.les_miserables_graph(), 0.5667)]:
        graph = networkx.relabel_nodes(graph, str)
        names = sorted(graph)
        index = {n: i for i, n in enumerate(names)}
        saved = folder / "club.json"
        saved.write_text(json.dumps(network(names, {(index[a], index[b]): int(w) for a, b, w in graph.edges(data="weight")})))
        found = []
        for seed in range(20):
            run("export", saved, "-o", folder / "found.json", "--measures", "community", "--seed", seed)
            page = json.load(open(folder / "found.json"))
            groups = {}
            for node in page["nodes"]:
                groups.setdefault(node["community"], set()).add(node["id"])
            assert all(networkx.is_connected(graph.subgraph(group)) for group in groups.values())
            modularity = networkx.community.modularity(graph, groups.values(), weight="weight")
            assert abs(modularity - page["method"]["communities"]["modularity"]) < 1e-6
            found.append(modularity)
        mean = sum(found) / len(found)
        print(f"modularity over 20 seeds: mean {mean:.4f}, floor {floor - 0.0005:.4f}")
        assert mean >= floor - 0.0005
    done.append("communities networkx")


def timeline(folder):
    """Three months of two edges; an empty month between."""
    days = {"2025-01-05": 2, "2025-01-20": 1, "2025-03-02": 4}
    edge_days = {day: dict(weight=n, sentences=n, articles=1, stories=1) for day, n in days.items()}
    actor_days = {day: dict(mentions=n, sentences=n, articles=1, stories=1) for day, n in days.items()}
    page = network(["Ada <Byron>", "Bo & Chen", "習近平"], {(0, 1): 7, (1, 2): 1})
    for node in page["nodes"]:
        node["days"] = actor_days
    page["edges"][0]["days"] = edge_days
    page["edges"][1]["days"] = {"2025-03-02": dict(weight=1, sentences=1, articles=1, stories=1)}
    page["method"]["copies_counted"] = True
    page["method"]["days"] = {day: dict(articles=2, stories=2, sentences=n, naming=1) for day, n in days.items()}
    page["method"]["volume"] = dict(articles=7, stories=7, sentences=7, naming=3)
    saved = folder / "months.json"
    saved.write_text(json.dumps(page))
    for ending in ["json", "csv", "parquet", "gexf", "svg", "png"]:
        run("timeline", saved, "--by", "month", "-o", folder / f"time.{ending}")
        if ending != "gexf":
            run("compare", saved, "--a", "2025-01", "--b", "2025-03", "-o", folder / f"change.{ending}")
    bins = json.load(open(folder / "time.json"))["bins"]
    assert [(b["start"], b["end"], b["articles"]) for b in bins] == [
        ("2025-01-01", "2025-02-01", 4), ("2025-02-01", "2025-03-01", 0), ("2025-03-01", "2025-04-01", 2)]
    graph = networkx.read_gexf(folder / "time.gexf")
    assert {data["label"] for _, data in graph.nodes(data=True)} == {"Ada <Byron>", "Bo & Chen", "習近平"}
    weights = {frozenset((graph.nodes[a]["label"], graph.nodes[b]["label"])): data for a, b, data in graph.edges(data=True)}
    data = weights[frozenset(("Ada <Byron>", "Bo & Chen"))]
    assert [(float(w), *when) for w, *when in data["Weight"]] == [(3, "2025-01-01", "2025-01-31"), (4, "2025-03-01", "2025-03-31")], data
    assert data["spells"] == [("2025-01-01", "2025-01-31"), ("2025-03-01", "2025-03-31")] and data["weight"] == 7, data
    done.append("dynamic gexf networkx")
    gexf_schema(folder / "time.gexf")
    for name, rows in [("time.bins", 3), ("time.nodes", 6), ("time.edges", 3), ("time.changes", 0), ("change.nodes", 3), ("change.edges", 2)]:
        table = list(csv.DictReader(open(folder / f"{name}.csv", newline="")))
        frame = polars.read_parquet(folder / f"{name}.parquet")
        assert len(table) == frame.height == rows and set(table[0] if table else frame.columns) == set(frame.columns), name
    assert polars.read_parquet(folder / "time.edges.parquet")["weight"].sum() == 8
    changed = networkx.node_link_graph(json.load(open(folder / "change.json")), edges="edges")
    assert {data["change"] for *_, data in changed.edges(data=True)} == {"not-established"}
    for name in ["time.heatmap", "time.networks", "time.ranks", "change"]:
        lxml.etree.parse(folder / f"{name}.svg")
        assert (folder / f"{name}.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n", name
    done.extend(["timeline and comparison csv, parquet, json", "pictures of time"])


def units(unit, article):
    """The actors of each unit of an article (the casts of its sentences, with their paragraphs) that names somebody."""
    casts = [cast for cast, _ in article]
    if unit == "paragraph":
        paragraphs = {}
        for cast, paragraph in article:
            paragraphs.setdefault(paragraph, set()).update(cast)
        casts = paragraphs.values()
    elif unit == "article":
        casts = [set().union(*casts)]
    elif unit == "window:2":
        casts = [cast | casts[max(i - 1, 0)] for i, cast in enumerate(casts) if cast]
    return [cast for cast in casts if cast]


def association(both, one, other, all):
    observed, margins = [[both, one - both], [other - both, all - one - other + both]], one * (all - one) * other * (all - other)
    pmi = math.log2(both * all / (one * other))
    measures = dict(association_strength=both / (one * other), lift=both * all / (one * other), pmi=pmi,
                    npmi=pmi / -math.log2(both / all) if both < all else 1.0, jaccard=both / (one + other - both),
                    dice=2 * both / (one + other), cosine=both / math.sqrt(one * other),
                    log_odds=math.log((both + .5) * (observed[1][1] + .5) / ((one - both + .5) * (other - both + .5))))
    if margins:
        g2, chi = [scipy.stats.chi2_contingency(observed, correction=False, lambda_=power).statistic for power in ["log-likelihood", "pearson"]]
        measures |= dict(g2=g2 if both * all >= one * other else -g2, chi_squared=chi)
    return measures


def measures(folder):
    """Every measure again, in every unit, from what `annotate` saw in the example articles."""
    roster = ["examples/articles", "--actors", "examples/actors.toml"]
    lines = subprocess.run([BINARY, "annotate", *roster], capture_output=True, check=True).stdout.splitlines()
    articles = []
    for page in map(json.loads, lines):
        casts = {i: set() for i, sentence in enumerate(page["sentences"]) if sentence["zone"] == "body"}
        for mention in page["mentions"]:
            if mention["actor"] and not mention["attributive"] and mention["sentence"] in casts:
                casts[mention["sentence"]].add(mention["actor"])
        articles.append([(cast, page["sentences"][i]["paragraph"]) for i, cast in casts.items()])
    actors = sorted(set().union(*(cast for article in articles for cast, _ in article)))
    pairs = list(itertools.combinations(actors, 2))
    tests = dict(shares_articles=[], shares_sentences=[])
    for a, b in pairs:
        counts = [[sum(it <= cast for cast, _ in article) for it in [{a, b}, {a}, {b}]] + [len(article)] for article in articles]
        both, one, other = [sum(count[i] > 0 if i else count[1] > 0 < count[2] for count in counts) for i in range(3)]
        chance = scipy.stats.hypergeom(len(articles), one, other)
        tests["shares_articles"].append(chance.sf(both) + chance.pmf(both) / 2)
        sum_of, together = numpy.array([1.0]), 0
        for shared, one, other, all in [count for count in counts if count[1] > 0 < count[2]]:
            sum_of = numpy.convolve(sum_of, scipy.stats.hypergeom.pmf(numpy.arange(min(one, other) + 1), all, one, other))
            together += shared
        tests["shares_sentences"].append(sum_of[together + 1:].sum() + sum_of[together] / 2)
    compared = 0
    for unit in ["sentence", "paragraph", "window:2", "article"]:
        run("build", *roster, "--unit", unit, "--measures", "all", "-o", folder / "unit.json")
        casts = [cast for article in articles for cast in units(unit, article)]
        for edge in json.load(open(folder / "unit.json"))["edges"]:
            a, b = edge["source"], edge["target"]
            want = association(edge["weight"], sum(a in it for it in casts), sum(b in it for it in casts), len(casts))
            places = [[[i for i, (cast, _) in enumerate(article) if it in cast] for it in [a, b]] for article in articles]
            want["newman"] = sum(1 / (len(cast) - 1) for article in articles for cast, _ in article if {a, b} <= cast)
            want["decay"] = sum(math.exp(-abs(i - j)) for one, other in places for i in one for j in other if abs(i - j) <= 5)
            for name, p in tests.items():
                index = pairs.index((a, b))
                want |= {f"{name}_p": p[index], f"{name}_q": scipy.stats.false_discovery_control(p)[index]}
            for name, number in want.items():
                assert abs(edge[name] - number) <= 1e-9 * max(1, abs(number)), (unit, a, b, name, edge[name], number)
                compared += 1
    print(f"{compared} measures of edges agree to 1e-9")
    done.append("measures scipy")


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    saved = folder / "hostile-saved.json"
    saved.write_text(json.dumps(network(NAMES, EDGES)))
    formats(folder, saved)
    measures(folder)
    centralities(folder)
    communities(folder)
    timeline(folder)
print(f"{len(done)} readings agree: {', '.join(done)}")
