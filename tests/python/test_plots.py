"""Pictures: what they show, that one can read them, and that they leave nothing behind."""

import sys
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import coactor as ca
from coactor import _plots, _plots_network

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")

import matplotlib.pyplot as plt  # noqa: E402

WORDS = {"praised": 1.0, "helped": 0.5, "brutal": -1.0, "raid": -0.5}


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def crowd(n, n_docs=400):
    """A corpus that names `n` actors, the first ones most, over thirty months."""
    rng = np.random.default_rng(5)
    tone, texts = list(WORDS), []
    for _ in range(n_docs):
        named = np.flatnonzero(rng.random(n) < 0.1 + 0.6 / np.arange(1, n + 1) ** 0.8)
        met = " met ".join(f"Republic{k:02}" for k in named)
        texts.append(f"{met} and {tone[rng.integers(4)]} it. Nobody else was there.")
    frame = pd.DataFrame({"text": texts, "outlet": rng.choice(["Dawn", "Post"], n_docs)})
    frame["date"] = pd.date_range("2022-01-01", "2024-06-28", periods=n_docs)
    names = {
        f"R{k:02}": {"label": f"Republic {k:02} of the North", "aliases": [f"Republic{k:02}"]}
        for k in range(n)
    }
    for k, name in enumerate(names.values()):
        name["class"] = f"class {k % 5}"
    return ca.Corpus(frame, date="date", by="outlet").mentions(ca.Actors(names))


CROWDS = {n: crowd(n) for n in (5, 60)}
LEXICON = ca.Lexicon(WORDS, negation=False)
PICTURES = {
    "mentions": lambda m, **o: m.plot(top=60, **o),
    "mentions over time": lambda m, **o: m.plot(by="month", top=60, **o),
    "mentions by column": lambda m, **o: m.plot(by="outlet", top=60, **o),
    "network": lambda m, **o: m.cooccur().plot(top=60, **o),
    "directed network": lambda m, **o: m.cooccur(directed=True).plot(top=60, **o),
    "heat map": lambda m, **o: m.cooccur().plot("heatmap", top=60, **o),
    "heat map of npmi": lambda m, **o: m.cooccur().plot("heatmap", measure="npmi", top=60, **o),
    "pairs over time": lambda m, **o: m.cooccur(by="month").plot("time", **o),
    "tone of documents": lambda m, **o: m.corpus.tone(LEXICON).plot(**o),
    "tone of actors": lambda m, **o: m.tone(LEXICON).plot(top=60, **o),
    "influence": lambda m, **o: m.corpus.tone(LEXICON).plot("influence", **o),
    "influence on actors": lambda m, **o: m.tone(LEXICON).plot("influence", **o),
    "categories": lambda m, **o: m.corpus.tone(ca.Lexicon({"war": ["raid"]})).plot(**o),
}


def boxes(texts):
    """Where texts are drawn, those that are seen."""
    return [t.get_window_extent() for t in texts if t.get_text().strip() and t.get_visible()]


def overlaps(found):
    """Pairs of boxes that share more than a hair."""
    return sum(
        min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
        for a, b in combinations(found, 2)
    )


# ---- readable ------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", list(CROWDS))
@pytest.mark.parametrize("name", list(PICTURES))
def test_no_name_covers_another_at_five_and_at_sixty_actors(name, n):
    ax = PICTURES[name](CROWDS[n])
    ax.figure.canvas.draw()
    for axis in (ax.xaxis, ax.yaxis):
        if axis.get_visible() and ax.axison:
            upright = axis is ax.xaxis and "heat map" in name
            drawn = [t.get_window_extent() for t in axis.get_ticklabels() if t.get_text()]
            if upright:  # side by side: their bottoms and tops are alike
                drawn.sort(key=lambda box: box.x0)
            assert overlaps(drawn) == 0
    assert overlaps(boxes(ax.texts)) == 0
    if ax.get_legend() is not None:
        assert len(ax.get_legend().get_texts()) <= _plots.MAX_LINES
        assert overlaps(boxes(ax.get_legend().get_texts())) == 0


@pytest.mark.parametrize("n", list(CROWDS))
@pytest.mark.parametrize("name", list(PICTURES))
def test_nothing_that_is_written_lies_outside_the_figure(name, n):
    ax = PICTURES[name](CROWDS[n])
    ax.figure.canvas.draw()
    whole = ax.figure.bbox
    drawn = boxes([*ax.texts, ax.title, ax.xaxis.label, ax.yaxis.label])
    if ax.get_legend() is not None:
        drawn += boxes(ax.get_legend().get_texts())
    for box in drawn:
        assert box.x0 > whole.x0 - 1 and box.x1 < whole.x1 + 1
        assert box.y0 > whole.y0 - 1 and box.y1 < whole.y1 + 1


@pytest.mark.parametrize("name", ["mentions", "heat map", "tone of actors"])
def test_sixty_names_can_be_read_on_axes_that_are_given(name):
    _, ax = plt.subplots(figsize=(6, 6))
    PICTURES[name](CROWDS[60], ax=ax)
    ax.figure.canvas.draw()
    drawn = [text.get_window_extent() for text in ax.get_yticklabels()]
    assert len(drawn) == 60 and overlaps(drawn) == 0


#: What dichromats see of light (Viénot, Brettel and Mollon 1999), for linear RGB.
SEEN = {
    "all": np.eye(3),
    "no red": np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]]),
    "no green": np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]),
}


@pytest.mark.parametrize("seen", list(SEEN))
def test_colours_differ_for_those_who_see_no_red_or_no_green(seen):
    def looks(colour):
        linear = np.array(matplotlib.colors.to_rgb(colour)) ** 2.2
        return np.clip(SEEN[seen] @ linear, 0, 1) ** (1 / 2.2)

    for colours in (_plots.TONES, _plots.COLOURS):
        for one, other in combinations(colours, 2):
            assert np.linalg.norm(looks(one) - looks(other)) > 0.14
    assert len(set(_plots.MARKERS)) == _plots.MAX_LINES == len(set(_plots.COLOURS))
    assert np.linalg.norm(looks(_plots.TONES[0]) - looks(_plots.TONES[2])) > 0.5


# ---- nothing left behind -------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(PICTURES))
def test_given_axes_are_drawn_on_and_nothing_else_is_made_or_set(name):
    figure, (ax, other) = plt.subplots(1, 2)
    plt.sca(other)
    before, settings = plt.get_fignums(), dict(matplotlib.rcParams)
    assert PICTURES[name](CROWDS[5], ax=ax) is ax
    assert plt.get_fignums() == before and dict(matplotlib.rcParams) == settings
    assert plt.gca() is other and plt.gcf() is figure
    assert not other.has_data()


@pytest.mark.parametrize("name", list(PICTURES))
def test_without_axes_one_figure_is_made(name):
    ax = PICTURES[name](CROWDS[5])
    assert plt.get_fignums() == [ax.figure.number]


@pytest.mark.parametrize("name", list(PICTURES))
def test_without_matplotlib_the_error_names_the_command_that_installs_it(name, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(ImportError, match=r'pip install "coactor\[plot\]"'):
        PICTURES[name](CROWDS[5])


@pytest.mark.parametrize("name", list(PICTURES))
@pytest.mark.parametrize("texts", [["nothing"], [None]])
def test_nothing_can_be_drawn_too(name, texts):
    frame = pd.DataFrame({"text": texts, "outlet": "Dawn", "date": pd.Timestamp("2024-01-01")})
    corpus = ca.Corpus(frame, date="date", by="outlet")
    PICTURES[name](corpus.mentions(ca.Actors({"A": ["Kabul"]}))).figure.canvas.draw()


# ---- what is shown -------------------------------------------------------------------------------


NAMES = {"RUS": {"label": "Russia", "aliases": ["Moscow"]}, "MIN": ["Minsk"], "KAB": ["Kabul"]}


def small(undated=False):
    texts = [
        "Moscow praised Minsk.",
        "Moscow met Minsk. A brutal raid hit Moscow.",
        None,
        "Kabul was praised by Moscow.",
    ]
    days = ["2024-01-05", "2024-01-20", "2024-02-20", "2024-03-01"]
    if undated:
        days[0] = None
    frame = pd.DataFrame({"text": texts, "date": days, "outlet": ["Dawn", "Post", "Post", None]})
    return ca.Corpus(frame, date="date").mentions(ca.Actors(NAMES))


def test_a_bar_is_as_long_as_its_actor_is_named_often():
    ax = small().plot()
    assert [bar.get_width() for bar in ax.patches] == [4, 2, 1]
    assert [t.get_text() for t in ax.get_yticklabels()] == ["Russia", "MIN", "KAB"]
    assert [t.get_text() for t in ax.texts] == ["4", "2", "1"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the first on top
    shares = small().plot(measure="share_docs", top=1)
    assert [t.get_text() for t in shares.texts] == ["100%", "and 2 actors named less often"]


def test_a_line_over_time_is_zero_where_nobody_is_named_and_a_gap_where_nothing_is_written():
    ax = small().plot(by="month")
    lines = {line.get_label(): str(line.get_ydata().tolist()) for line in ax.lines}
    assert lines == {
        "Russia": "[3.0, nan, 1.0]",
        "MIN": "[2.0, nan, 0.0]",
        "KAB": "[0.0, nan, 1.0]",
    }
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["Russia", "MIN", "KAB"]
    undated = small(undated=True).plot(by="month")
    assert undated.texts[0].get_text() == "1 document without a date left out"


def test_groups_are_told_apart_by_sign_and_colour():
    ax = small().plot(by="outlet")
    drawn = {line.get_label(): line.get_xdata().tolist() for line in ax.lines}
    assert drawn == {"Post": [2, 1, 0], "Dawn": [1, 1, 0], "(none)": [1, 0, 1]}
    assert len({line.get_marker() for line in ax.lines}) == 3
    assert ax.get_legend().get_title().get_text() == "outlet"


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"by": ["month", "outlet"]}, TypeError, "one kind of group"),
        (
            {"measure": "tone"},
            ValueError,
            "measure='tone' is not known; choose one of 'n_mentions'",
        ),
        ({"top": 0}, ValueError, "top must be at least 1, got 0"),
        ({"by": "colour"}, ValueError, "colour"),
    ],
)
def test_what_cannot_be_drawn_is_said(options, error, message):
    with pytest.raises(error, match=message):
        small().plot(**options)


def test_shares_of_tone_add_up_and_neutral_lies_across_zero():
    ax = small().tone(LEXICON).plot()
    table = small().tone(LEXICON).totals("actor").sort_values("n", ascending=False)
    n = len(table)
    negative, neutral, positive = (ax.patches[k * n : (k + 1) * n] for k in range(3))
    for k, row in enumerate(table.itertuples()):
        assert negative[k].get_width() == row.negative / row.n
        assert positive[k].get_width() == row.positive / row.n
        middle = neutral[k].get_x() + neutral[k].get_width() / 2
        assert middle == pytest.approx(0) and neutral[k].get_width() == row.neutral / row.n
        assert negative[k].get_x() + negative[k].get_width() == pytest.approx(neutral[k].get_x())
    assert [t.get_text() for t in ax.texts] == [f"n = {k}" for k in table["n"]]


def test_tone_of_groups_is_drawn_in_their_order():
    frame = pd.DataFrame(
        {"text": ["Kabul praised Oslo.", "A raid on Oslo.", "x"], "day": ["2021", "2020", "2020"]}
    )
    corpus = ca.Corpus(frame, date="day", date_format="%Y")
    tone = corpus.tone(LEXICON)
    ax = tone.plot(by="year")
    assert [t.get_text() for t in ax.get_yticklabels()] == ["2020", "2021"]
    assert [t.get_text() for t in ax.texts] == ["n = 2", "n = 1"]
    assert ax.get_xlabel() == "share of the documents"
    mentions = corpus.mentions(ca.Actors({"K": ["Kabul"], "O": ["Oslo"]})).tone(LEXICON)
    ax = mentions.plot(by=["year", "actor"], top=2)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["2020, O", "2021, K"]
    assert ax.get_xlabel() == "share of the mentions\nand 1 smaller group"
    with pytest.raises(ValueError, match="by= goes with kind='tone', not with kind='influence'"):
        tone.plot("influence", by="year")


def test_no_bar_of_the_distribution_holds_two_signs():
    texts = ["praised", "brutal", "raid praised", "helped", "helped raid brutal", "x"]
    lexicon = ca.Lexicon({**WORDS, "x": 0.05, "slightly": -0.05}, threshold=0.05, negation=False)
    ax = ca.Corpus([*texts, "slightly", "y"]).tone(lexicon).plot()
    held = [[(b.get_x(), b.get_height()) for b in part if b.get_height()] for part in ax.containers]
    for one, other in combinations(held, 2):
        assert not {x for x, _ in one} & {x for x, _ in other}
    assert [sum(h for _, h in part) for part in held] == [3, 0, 4]
    legend = [t.get_text() for t in ax.get_legend().get_texts()]
    assert legend == ["negative: 3 (43%)", "neutral: 0 (0%)", "positive: 4 (57%)"]
    assert ax.texts[0].get_text() == "1 document without a score left out"


def test_influence_shows_what_each_word_adds():
    tone = small().corpus.tone(LEXICON)
    ax = tone.plot("influence")
    added = tone.hits().assign(word=lambda hits: hits["text"].str.lower()).groupby("word")
    shown = [t.get_text() for t in ax.get_yticklabels()]
    assert shown[0] == "praised" and set(shown) == {"praised", "brutal", "raid"}
    wanted = added["contribution"].sum()[shown]
    assert [bar.get_width() for bar in ax.patches] == pytest.approx(wanted.tolist())


def test_categories_are_counted_in_a_thousand_words():
    lexicon = ca.Lexicon({"war": ["raid", "brutal"], "joy": ["praised"]})
    ax = ca.Corpus(["A brutal raid, praised by none"]).tone(lexicon).plot()
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([2000 / 6, 1000 / 6])
    with pytest.raises(ValueError, match="influence needs weights"):
        ca.Corpus(["x"]).tone(lexicon).plot("influence")


def test_labels_are_shown_cut_and_ids_where_labels_are_alike():
    names = {
        "A": {"label": "The same", "aliases": ["Kabul"]},
        "B": {"label": "The same", "aliases": ["Minsk"]},
        "C": {"label": "A label\n" + "long " * 20, "aliases": ["Oslo"]},
    }
    ax = ca.Corpus(["Kabul, Minsk, Oslo"]).mentions(ca.Actors(names)).plot()
    assert [t.get_text() for t in ax.get_yticklabels()] == [
        "A",
        "B",
        "A label long long long long…",
    ]


def test_pairs_over_time_carry_the_labels_of_their_actors():
    ax = small().cooccur(by="month").plot("time")
    legend = [t.get_text() for t in ax.get_legend().get_texts()]
    assert legend == ["Russia – MIN", "Russia – KAB"]
    directed = small().cooccur(by="month", directed=True).plot("time", pair=("KAB", "RUS"))
    assert [t.get_text() for t in directed.get_legend().get_texts()] == ["KAB → Russia"]


def test_a_heat_map_of_skewed_counts_follows_the_logarithm():
    rows = np.zeros((60, 3), dtype=int)
    rows[:, :2], rows[0, 2] = 1, 1
    pairs = ca.Cooccurrence.from_incidence(rows, ["A", "B", "C"])
    assert type(pairs.plot("heatmap").images[0].norm).__name__ == "LogNorm"
    assert type(CROWDS[5].cooccur().plot("heatmap").images[0].norm).__name__ == "Normalize"


def test_nodes_in_a_crowd_give_way_to_each_other_within_the_room():
    from coactor import _plots_network as network

    names = [f"Republic {k:02} of the North" for k in range(40)]
    nodes = network._Nodes(names, np.full(40, 100.0), 8.5)
    room = np.array([700.0, 650.0])
    crowded = 0.5 + 0.02 * np.random.default_rng(1).normal(size=(40, 2))
    places = network._apart(crowded, nodes, room)
    lift = np.array([0.0, 0.6 * nodes.size])
    gaps = np.abs(places[:, None] - places[None]) - (nodes.half[:, None] + nodes.half[None])
    np.fill_diagonal(gaps[:, :, 0], 1.0)
    assert (gaps.max(axis=2) > -1.0).all()
    assert (places + lift >= nodes.half - 1e-9).all()
    assert (places + lift <= room - nodes.half + 1e-9).all()


def test_nodes_and_lines_are_as_large_as_their_numbers_say():
    widths = _plots_network.scaled(np.array([90.0, 95.0, 100.0]), 0.5, 6.0)
    assert widths.min() > 0.8 * widths.max()
    signed = _plots_network.scaled(np.array([-1.0, 0.0, 1.0]), 0.0, 1.0)
    assert signed.tolist() == [0.0, 0.5, 1.0]


def test_shares_are_written_in_percent():
    ax = CROWDS[5].plot(by="month", measure="share_docs")
    ax.figure.draw_without_rendering()
    assert [label.get_text()[-1] for label in ax.get_yticklabels()] == ["%"] * len(ax.get_yticks())
