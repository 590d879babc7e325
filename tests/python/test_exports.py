"""Networks for other programs, opened again by readers that are not ours; and pictures."""

import csv

import networkx
import numpy as np
import pandas as pd
import pytest

from coactor import Actors, Cooccurrence, Corpus, _plots_network

TEXTS = ["Ada met Bob. Cyd saw Ada.", "Bob & Co met Cyd. Ada and Bob left.", "Ada stayed."]
ACTORS = Actors(
    {
        "A": {"aliases": ["Ada"], "label": "Ada <the> “1st”", "class": "person"},
        "B-1": {"aliases": ["Bob"], "label": "Bob & Co", "class": "firm"},
        "Ç D": {"aliases": ["Cyd"]},
        "E": ["Eve"],
    }
)
EDGES = {("A", "B-1"): 2, ("A", "Ç D"): 1, ("B-1", "Ç D"): 1}


@pytest.fixture
def pairs():
    return Corpus(TEXTS).mentions(ACTORS).cooccur(actors="all")


def edges_of(graph, names=str):
    return {
        tuple(sorted(map(names, (a, b)))): weight for a, b, weight in graph.edges(data="weight")
    }


def test_the_graph_has_plain_python_numbers_and_all_actors(pairs):
    graph = pairs.to_networkx()
    assert list(graph) == ["A", "B-1", "Ç D", "E"]
    assert graph.nodes["A"] == {"label": "Ada <the> “1st”", "class": "person", "occurrences": 4}
    assert graph.edges["A", "B-1"] == {"weight": 2, "count": 2, "n_docs": 2}
    values = [v for *_, about in graph.edges(data=True) for v in about.values()]
    assert {type(value) for value in values} == {int}
    assert edges_of(graph) == EDGES
    assert edges_of(pairs.to_networkx(min_count=2)) == {("A", "B-1"): 2}


def test_a_measure_can_be_the_weight_and_directs_what_is_not_symmetric(pairs):
    jaccard = pairs.to_networkx(measure="jaccard")
    assert edges_of(jaccard)["A", "B-1"] == pytest.approx(2 / 5)
    share = pairs.to_networkx(measure="conditional")
    assert share.is_directed()
    matrix = pairs.matrix("conditional")
    for a, b, weight in share.edges(data="weight"):
        assert weight == matrix.loc[a, b]
    assert pairs.to_networkx(measure="npmi").number_of_edges() == 3


def test_directed_counts_make_a_directed_graph():
    graph = Corpus(TEXTS).mentions(ACTORS).cooccur(directed=True).to_networkx()
    found = {(a, b): weight for a, b, weight in graph.edges(data="weight")}
    assert found == {("A", "B-1"): 2, ("Ç D", "A"): 1, ("B-1", "Ç D"): 1}


@pytest.mark.parametrize(
    ("name", "read"),
    [("n.graphml", networkx.read_graphml), ("n.gexf", networkx.read_gexf)],
)
def test_xml_comes_back_with_labels_classes_and_weights(pairs, tmp_path, name, read):
    assert pairs.write(tmp_path / name) == [tmp_path / name]
    graph = read(tmp_path / name)
    assert edges_of(graph) == EDGES
    assert graph.nodes["B-1"]["class"] == "firm"
    assert graph.nodes["A"]["label"] == "Ada <the> “1st”"
    assert graph.nodes["A"]["occurrences"] == 4


def test_igraph_reads_graphml_pajek_and_dl(pairs, tmp_path):
    igraph = pytest.importorskip("igraph")

    def edges(graph, attribute):
        names = graph.vs[attribute]
        return {tuple(sorted((names[e.source], names[e.target]))): e["weight"] for e in graph.es}

    graphml = igraph.Graph.Read_GraphML(str(pairs.write(tmp_path / "n.graphml")[0]))
    assert edges(graphml, "id") == EDGES
    pajek = igraph.Graph.Read_Pajek(str(pairs.write(tmp_path / "n.net")[0]))
    attribute = "id" if "id" in pajek.vs.attributes() else "name"
    assert edges(pajek, attribute) == EDGES
    dl = pairs.select(actors=["A", "B-1", "E"]).write(tmp_path / "n.dl")[0]
    found = igraph.Graph.Read_DL(str(dl), directed=True)
    assert (found.vcount(), found.ecount()) == (3, 2)
    assert {(e.source, e.target): e["weight"] for e in found.es} == {(0, 1): 2, (1, 0): 2}
    assert [name.strip('"') for name in found.vs["name"]] == ["A", "B-1", "E"]


def test_pajek_comes_back(pairs, tmp_path):
    graph = networkx.read_pajek(pairs.write(tmp_path / "n.net")[0])
    assert edges_of(graph) == EDGES
    assert set(graph) == {"A", "B-1", "Ç D", "E"}


def test_pajek_keeps_each_actor_apart_whatever_its_id(tmp_path):
    odd = ["a b", "a\tb", "a'b", 'a"b', "", "*x", "-1 0"]
    pairs = Cooccurrence.from_incidence(np.ones((2, 7)), odd)
    path = pairs.write(tmp_path / "n.net")[0]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["*vertices 7", '1 "a b"', '2 "a b"'] and lines[8] == "*edges"
    assert lines[9:] == [f"{i} {j} 2" for i in range(1, 8) for j in range(i + 1, 8)]
    apart = pairs.select(actors=["a b", "a'b", "", "*x", "-1 0"]).write(tmp_path / "apart.net")[0]
    assert set(networkx.read_pajek(apart)) == {"a b", "a'b", "", "*x", "-1 0"}
    directed = Corpus(TEXTS).mentions(ACTORS).cooccur(directed=True).write(tmp_path / "d.net")[0]
    found = networkx.read_pajek(directed)
    assert found.is_directed() and set(found.edges()) == {
        ("A", "B-1"),
        ("Ç D", "A"),
        ("B-1", "Ç D"),
    }


def test_dl_lists_labels_and_each_pair_both_ways(pairs, tmp_path):
    lines = pairs.write(tmp_path / "n.dl")[0].read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["dl n=4", "format = edgelist1", "labels:"]
    assert lines[3:8] == ['"A"', '"B-1"', '"Ç D"', '"E"', "data:"]
    assert sorted(lines[8:]) == ["1 2 2", "1 3 1", "2 1 2", "2 3 1", "3 1 1", "3 2 1"]


def test_vosviewer_gets_a_map_and_a_network(pairs, tmp_path):
    files = pairs.write(tmp_path / "n.txt")
    assert [file.name for file in files] == ["n_map.txt", "n_network.txt"]
    nodes = pd.read_csv(files[0], sep="\t")
    assert list(nodes.columns) == ["id", "label", "cluster", "weight<Occurrences>"]
    assert nodes["label"].tolist() == ["Ada <the> “1st”", "Bob & Co", "Ç D", "E"]
    links = pd.read_csv(files[1], sep="\t", header=None)
    assert links.values.tolist() == [[1, 2, 2], [1, 3, 1], [2, 3, 1]]


def test_vosviewer_finds_clusters_of_its_own_where_actors_have_no_class(tmp_path):
    pairs = Cooccurrence.from_incidence(np.ones((2, 2)), ["A", "B"])
    nodes = pd.read_csv(pairs.write(tmp_path / "n.txt")[0], sep="\t")
    assert list(nodes.columns) == ["id", "label", "weight<Occurrences>"]


def test_gephi_gets_its_columns(pairs, tmp_path):
    files = pairs.write(tmp_path / "n.csv", measure="lift")
    assert [file.name for file in files] == ["n.csv", "n_nodes.csv"]
    with files[0].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["Source", "Target", "Type", "Weight", "count", "n_docs"]
    assert {(r["Source"], r["Target"]): int(r["count"]) for r in rows} == EDGES
    assert {r["Type"] for r in rows} == {"Undirected"}
    lift = pairs.to_frame().set_index(["a", "b"])["lift"]
    for row in rows:
        assert float(row["Weight"]) == lift[row["Source"], row["Target"]]
    assert pd.read_csv(files[1])["Id"].tolist() == pairs.actors


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".net", ".dl", ".csv", ".txt"])
def test_odd_labels_and_empty_results_can_be_written(tmp_path, suffix):
    odd = ['say "x"', "line\nbreak", "tab\tx", "\x00\x1b", "\ud800 alone", "Ünï"]
    Cooccurrence.from_incidence(np.ones((2, 6)), odd).write(tmp_path / f"odd{suffix}")
    Cooccurrence.from_incidence(np.zeros((0, 0)), []).write(tmp_path / f"none{suffix}")
    if suffix == ".graphml":
        assert networkx.read_graphml(tmp_path / "odd.graphml").number_of_edges() == 15


@pytest.mark.parametrize("options", [{}, {"rolling": 2}])
def test_gexf_over_time_says_when_each_actor_and_pair_is_there(tmp_path, options):
    frame = pd.DataFrame(
        {
            "text": ["Ada met Bob.", "Ada met Bob. Ada met Bob.", "Bob met Cyd.", "Ada met Cyd."],
            "day": ["2021-01-05", "2021-02-05", "2021-03-05", None],
        }
    )
    actors = Actors({"A": ["Ada"], "B": ["Bob"], "C": ["Cyd"]})
    mentions = Corpus(frame, date="day").mentions(actors)
    pairs = mentions.cooccur(by="month", **options)
    (path,) = pairs.write(tmp_path / "time.gexf")
    graph = networkx.read_gexf(path, version="1.2draft")
    assert graph.graph["mode"] == "dynamic"
    end = "2021-02-28" if options else "2021-01-31"
    assert graph.nodes["A"]["spells"][0] == ("2021-01-01", end)
    assert len(graph.nodes["C"]["spells"]) == 1
    edge = graph.edges["A", "B"]
    assert edge["weight"] == 3 and edge["spells"] == graph.nodes["A"]["spells"]
    assert edge["count_in_period"][0] == (3 if options else 1, "2021-01-01", end)
    assert "spells" not in graph.edges["A", "C"]  # its document has no date
    (path,) = pairs.write(tmp_path / "one.gexf", group="2021-01-01")
    one = networkx.read_gexf(path, version="1.2draft")
    assert list(one.edges) == [("A", "B")] and "spells" not in one.nodes["A"]
    with pytest.raises(ValueError, match="groups"):
        mentions.cooccur(by=["month", "day"]).write(tmp_path / "two.gexf")


def test_a_format_can_be_named_and_an_unknown_one_lists_those_there_are(pairs, tmp_path):
    assert edges_of(networkx.read_gexf(pairs.write(tmp_path / "n.xml", format=".gexf")[0])) == EDGES
    with pytest.raises(ValueError, match=r"unknown format '.xml'; there are: .graphml, .gexf"):
        pairs.write(tmp_path / "n.xml")


# ---- pictures ------------------------------------------------------------------------------------


@pytest.fixture
def pyplot():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    yield plt
    plt.close("all")


def crowd(n=80, n_units=600):
    rng = np.random.default_rng(3)
    rows = rng.random((n_units, n)) < 0.6 / np.arange(1, n + 1) ** 0.7
    return Cooccurrence.from_incidence(rows, [f"ACTOR{k:02}" for k in range(n)])


def test_everyone_who_meets_somebody_hangs_on_the_network_and_the_title_says_which_pairs(pyplot):
    # Twenty who all meet each other often, and three who each meet the first one once.
    rows = [[1] * 20 + [0] * 3] * 9 + [
        [1] + [0] * 19 + [k == n for k in range(3)] for n in range(3)
    ]
    pairs = Cooccurrence.from_incidence(rows, [f"A{k}" for k in range(23)])
    graph, n_added = _plots_network._strongest(pairs.to_networkx())
    assert min(degree for _, degree in graph.degree()) > 0
    assert graph.number_of_edges() == 4 * 23 + n_added < 193
    weakest = sorted(weight for _, _, weight in graph.edges(data="weight"))[:4]
    assert weakest == [1, 1, 1, 9]
    ax = pairs.plot()
    assert len(ax.lines) == graph.number_of_edges() and len(ax.texts) == 23
    title = (
        f"the 92 strongest of 193 pairs of these actors, and the strongest of each of {n_added} "
    )
    assert ax.get_title().split("\n")[1].startswith(title)
    few = pairs.select(actors=[f"A{k}" for k in range(4)]).plot()
    assert "\n" not in few.get_title() and len(few.lines) == 6


@pytest.mark.parametrize("name", ["net.gexf", "net.csv", "net.txt"])
def test_a_folder_that_does_not_exist_is_named_and_nothing_written(pairs, tmp_path, name):
    with pytest.raises(FileNotFoundError, match=r"the folder .*no.such.* does not exist; make it"):
        pairs.write(tmp_path / "no" / "such" / name)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(IsADirectoryError, match=r"folder\.csv is a folder; name the file"):
        pairs.write(tmp_path / "folder.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"]


def test_fifty_names_of_a_network_do_not_cover_each_other(pyplot):
    ax = crowd().plot(seed=1)
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text().startswith("ACTOR")]
    assert len(boxes) == 50
    covered = sum(one.overlaps(other) for k, one in enumerate(boxes) for other in boxes[k + 1 :])
    assert covered <= 2


def test_the_same_seed_gives_the_same_picture(pyplot):
    one, other = (crowd().plot(seed=1).collections[0].get_offsets() for _ in range(2))
    assert np.array_equal(one, other)


@pytest.mark.parametrize("kind", ["network", "heatmap"])
def test_a_picture_of_a_group_says_which_and_its_own_n(pyplot, kind):
    frame = pd.DataFrame({"text": TEXTS, "date": ["2024-03-05", None, "2024-04-01"]})
    pairs = Corpus(frame, date="date").mentions(ACTORS).cooccur(by="month")
    march = pairs.plot(kind, group="2024-03").get_title()
    assert march == "sentences that name both, month 2024-03, N = 2 (universe='text')"
    assert ", without month, N = 2 (" in pairs.plot(kind, group=np.nan).get_title()
    assert ", N = 5 (" in pairs.pooled().plot(kind).get_title()


def test_a_picture_says_that_pairs_are_ordered_and_windows_roll(pyplot):
    frame = pd.DataFrame({"text": TEXTS, "date": ["2024-03-05", "2024-03-06", "2024-04-01"]})
    mentions = Corpus(frame, date="date").mentions(ACTORS)
    ordered = mentions.cooccur(directed=True).plot().get_title()
    assert ordered.startswith("sentences that name one before the other, N = 5")
    rolling = mentions.cooccur(by="month", rolling=2).plot("time").get_title()
    assert rolling.startswith("sentences that name both, in windows of 2 months")


def test_the_heat_map_shows_every_actor_once_and_blanks_who_never_meets(pyplot):
    pairs = crowd(30, 60)
    ax = pairs.plot("heatmap", measure="npmi")
    names = [text.get_text() for text in ax.get_yticklabels()]
    assert sorted(names) == pairs.actors
    shown = np.asarray(ax.images[0].get_array().filled(np.nan), dtype=float)
    wanted = pairs.matrix("npmi").loc[names, names].to_numpy()
    met = pairs.matrix().loc[names, names].to_numpy() > 0
    assert np.allclose(shown[met], wanted[met]) and np.isnan(shown[~met]).all()


def test_the_time_line_is_that_of_the_pair(pyplot):
    frame = pd.DataFrame({"text": TEXTS, "date": ["2024-01-05", "2024-02-05", "2024-04-01"]})
    pairs = Corpus(frame, date="date").mentions(ACTORS).cooccur(by="month")
    ax = pairs.plot("time", pair=("B-1", "A"))
    assert str(ax.lines[0].get_ydata().tolist()) == "[1.0, 1.0, nan, 0.0]"  # no text in March
    assert len(pairs.plot("time").lines) == 3
    with pytest.raises(ValueError, match="by one period"):
        pairs.pooled().plot("time")


@pytest.mark.parametrize("kind", ["network", "heatmap"])
@pytest.mark.parametrize("n", [0, 1, 2])
def test_little_can_be_drawn_too(pyplot, kind, n):
    ax = Cooccurrence.from_incidence(np.ones((3, n)), [f"${k}" for k in range(n)]).plot(kind)
    ax.figure.canvas.draw()


def test_directed_pairs_and_given_axes_can_be_drawn(pyplot):
    pairs = Corpus(TEXTS).mentions(ACTORS).cooccur(directed=True)
    _, axes = pyplot.subplots(1, 2)
    assert pairs.plot(ax=axes[0]) is axes[0]
    assert pairs.plot("heatmap", ax=axes[1]) is axes[1]
    axes[0].figure.canvas.draw()
    with pytest.raises(ValueError, match="kind='pie'"):
        pairs.plot("pie")
