"""Pairs counted in texts: units, universe, selection, and every cell in its context."""

import numpy as np
import pandas as pd
import pytest

import coactor
from coactor import Actors, Cooccurrence, Corpus, Mentions
from coactor._sources import nearest, nearest_in_order

TEXTS = [
    "Russia met the Taliban. Nobody came. Russia left and Iran stayed.\n\nThe Taliban spoke.",
    None,
    "Iran, Russia and the Taliban talked. Russia, said Russia, trusts Iran.",
    "",
    "Nothing happened here.",
]


ALIASES = {"TALIBAN": ["Taliban"], "RUS": ["Russia"], "PAK": ["Pakistan"], "IRN": ["Iran"]}


@pytest.fixture(scope="module")
def mentions():
    return Corpus(TEXTS).mentions(Actors(ALIASES))


@pytest.mark.parametrize(
    ("unit", "counts", "n_units", "n_empty"),
    [
        # TALIBAN-RUS, TALIBAN-IRN, RUS-IRN
        ("sentence", (2, 1, 3), 7, 2),
        ("paragraph", (2, 2, 2), 4, 1),
        ("document", (2, 2, 2), 3, 1),
    ],
)
def test_each_unit_counts_what_stands_in_it(mentions, unit, counts, n_units, n_empty):
    pairs = mentions.cooccur(unit=unit)
    assert pairs.actors == ["TALIBAN", "RUS", "IRN"]
    a, b, c = counts
    assert pairs.to_numpy().tolist() == [[0, a, b], [a, 0, c], [b, c, 0]]
    assert (pairs.n_units, pairs.n_empty) == (n_units, n_empty)


def test_the_universe_is_fixed_before_actors_are_selected(mentions):
    for universe, n_units in (("text", 7), ("actors", 5)):
        whole = mentions.cooccur(universe=universe)
        some = mentions.cooccur(universe=universe, actors=["TALIBAN", "RUS"])
        assert whole.n_units == some.n_units == n_units
        assert some.universe == universe and repr(universe) in repr(some)
        row = some.to_frame().iloc[0]
        same = whole.to_frame().query("a == 'TALIBAN' and b == 'RUS'").iloc[0]
        assert row.equals(same.rename(row.name))


SELECTIONS = {
    "actors": lambda m: m.filter(actors=["TALIBAN"]),
    "kinds": lambda m: m.filter(kinds="acronym"),
    "speech": lambda m: m.filter(quotes="only"),
    "places": lambda m: m.filter(locative=True),
    "a mask": lambda m: m.filter(np.arange(len(m)) == 0),
    "a function": lambda m: m.filter(lambda frame: frame["actor"] == "IRN"),
    "two filters": lambda m: m.filter(actors=["TALIBAN", "RUS"]).filter(
        locative=False, actors="RUS"
    ),
    "roll-up, then a filter": lambda m: m.rollup({"RUS": "IRN"}).filter(actors=["IRN"]),
    "a filter, then roll-up": lambda m: m.filter(actors=["RUS"]).rollup({"RUS": "IRN"}),
}


@pytest.mark.parametrize("how", SELECTIONS)
@pytest.mark.parametrize("unit", [{}, {"unit": "paragraph"}, {"unit": "document"}, {"span": 2}])
def test_the_universe_of_actors_is_fixed_before_mentions_are_filtered(mentions, how, unit):
    whole, some = mentions.cooccur(universe="actors", **unit), SELECTIONS[how](mentions)
    pairs = some.cooccur(universe="actors", **unit)
    assert pairs.n_units == whole.n_units
    filled = mentions.cooccur(**unit).n_units - some.cooccur(**unit).n_empty
    assert pairs.n_empty == pairs.n_units - filled
    assert pairs.groups["n_docs"].tolist() == [2]


def test_the_universe_of_actors_goes_by_the_texts_of_a_subset(mentions):
    held = mentions.corpus.documents["doc"] < 2
    part = mentions.corpus.subset(held).mentions(Actors(ALIASES))
    some = part.filter(actors=["IRN"])
    assert some.cooccur(universe="actors").n_units == part.cooccur(universe="actors").n_units == 3


def test_two_filtered_modes_count_the_units_that_name_anyone_of_either_dictionary(mentions):
    who, what = (mentions.filter(actors=names) for names in (["RUS"], ["TALIBAN"]))
    assert Cooccurrence.between(who, what, universe="actors").n_units == 5
    words = mentions.corpus.mentions(Actors({"gone": ["left"], "came": ["came"]}))
    pairs = Cooccurrence.between(who, words.filter(actors=["gone"]), universe="actors")
    assert (pairs.n_units, pairs.n_empty) == (6, 2)


def test_tables_of_pairs_carry_the_settings_and_the_hash_of_the_dictionary(mentions):
    pairs = mentions.cooccur()
    expected = mentions.config["actors"]["hash"]
    assert pairs.config["mentions"]["actors"]["hash"] == expected
    some = pairs.select(actors=["RUS", "IRN"])
    with pytest.warns(UserWarning, match="rests on 3 documents"):
        tested = pairs.test(few_docs="keep")
    tables = {
        "to_frame": pairs.to_frame(),
        "matrix": pairs.matrix(),
        "test": tested,
        "groups": pairs.groups,
        "occurrences": pairs.occurrences,
        "self_pairs": pairs.self_pairs,
        "suppressed": pairs.suppressed,
        "kwic": pairs.kwic("RUS", "IRN"),
        "select": some.to_frame(),
    }
    for name, table in tables.items():
        assert table.attrs["config"]["mentions"]["actors"]["hash"] == expected, name
    assert some.config["select"][0]["actors"] == ["RUS", "IRN"]
    other = Corpus(TEXTS).mentions(Actors({**ALIASES, "USA": ["America"]})).cooccur()
    hashes = [part["mentions"]["actors"]["hash"] for part in (pairs + other).config["added"]]
    assert (
        hashes == [expected, other.config["mentions"]["actors"]["hash"]] and len(set(hashes)) == 2
    )


def test_units_without_a_selected_actor_count_as_empty(mentions):
    assert mentions.cooccur(actors=["TALIBAN"]).n_empty == 7 - 3
    assert mentions.cooccur(actors=["TALIBAN"], universe="actors").n_empty == 5 - 3
    assert mentions.cooccur(universe="actors").n_empty == 0


def test_actors_choose_who_is_in_the_table(mentions):
    assert mentions.cooccur(actors="all").actors == list(ALIASES)
    assert mentions.cooccur(actors="all").occurrences["PAK"] == 0
    assert mentions.cooccur(actors=["IRN", "PAK", "TALIBAN"]).actors == ["TALIBAN", "PAK", "IRN"]
    assert mentions.cooccur(actors=[]).actors == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"unit": "page"}, "unit='page' .* 'document', 'paragraph', 'sentence'"),
        ({"universe": "all"}, "universe='all' .* 'text', 'actors'"),
        ({"actors": ["RUS", "XXX"]}, "not in the dictionary: 'XXX'"),
        ({"actors": "RUS"}, "actors='RUS'"),
    ],
)
def test_an_option_that_is_not_known_is_an_error_that_names_it(mentions, options, message):
    with pytest.raises(ValueError, match=message):
        mentions.cooccur(**options)


def test_the_settings_are_kept(mentions):
    config = mentions.cooccur(unit="paragraph", universe="actors", actors=["RUS", "IRN"]).config
    assert config["unit"] == "paragraph" and config["universe"] == "actors"
    assert config["actors"] == ["RUS", "IRN"] and config["count"] == "binary"
    assert config["version"] == coactor.__version__


def test_the_settings_hold_those_of_mentions_with_the_hash_of_the_dictionary(mentions):
    config = mentions.cooccur().config
    assert config["mentions"] == mentions.config and config["corpus"] == mentions.corpus.config
    assert config["mentions"]["actors"]["hash"] == Actors(ALIASES).config["hash"]
    one, other = mentions.filter(actors=["RUS"]), mentions.filter(actors=["IRN"])
    two = Cooccurrence.between(one, other).config
    assert (two["mentions"], two["concepts"]) == (one.config, other.config)


def test_a_selection_is_among_the_settings_and_in_the_methods(mentions):
    pairs = mentions.cooccur().select(actors=["RUS", "IRN"])
    some = pairs.select(pairs=[("RUS", "IRN")], min_expected=0.5)
    assert some.config["select"] == [
        {"actors": ["RUS", "IRN"], "pairs": None, "min_expected": None},
        {"actors": None, "pairs": [("RUS", "IRN")], "min_expected": 0.5},
    ]
    assert "select" not in mentions.cooccur().config
    assert "about pairs of 2 chosen actors alone." in pairs.methods()
    assert "about 1 chosen pair and pairs expected in at least 0.5 units alone." in some.methods()


def test_an_empty_corpus_gives_an_empty_table():
    pairs = Corpus([]).mentions(Actors(ALIASES)).cooccur(actors="all")
    assert (pairs.n_units, len(pairs), len(pairs.actors)) == (0, 0, 4)
    assert len(pairs.kwic("RUS", "IRN")) == 0
    assert pairs.matrix("lift").isna().to_numpy().all()


@pytest.mark.parametrize("unit", ["document", "paragraph", "sentence"])
def test_context_has_one_row_for_every_unit_that_is_counted(mentions, unit):
    pairs = mentions.cooccur(unit=unit)
    for row in pairs.to_frame().itertuples():
        for a, b in ((row.a, row.b), (row.b, row.a)):
            shown = pairs.kwic(a, b)
            assert len(shown) == row[3]
            assert shown["doc"].nunique() == row.n_docs


def test_context_shows_the_text_from_sentence_to_sentence(mentions):
    shown = mentions.cooccur().kwic("RUS", "IRN")
    assert list(shown.columns) == [
        *["doc", "sentence", "a_start", "a_end", "b_start", "b_end"],
        *["left", "first", "middle", "second", "right"],
    ]
    pieces = shown[["doc", "sentence", "left", "first", "middle", "second", "right"]]
    assert pieces.values.tolist() == [
        [0, 2, "", "Russia", " left and ", "Iran", " stayed."],
        [2, 0, "", "Iran", ", ", "Russia", " and the Taliban talked."],
        [2, 1, "Russia, said ", "Russia", ", trusts ", "Iran", "."],
    ]


@pytest.mark.parametrize("unit", ["document", "sentence"])
def test_spans_of_the_context_are_code_points_of_the_document(mentions, unit):
    for row in mentions.cooccur(unit=unit).kwic("TALIBAN", "RUS").itertuples():
        text = TEXTS[row.doc]
        assert text[row.a_start : row.a_end] == "Taliban"
        assert text[row.b_start : row.b_end] == "Russia"
        assert row.left + row.first + row.middle + row.second + row.right in text


def test_a_sample_is_drawn_by_seed_and_stays_in_order(mentions):
    pairs = mentions.cooccur()
    whole = pairs.kwic("RUS", "IRN")
    pd.testing.assert_frame_equal(pairs.kwic("RUS", "IRN", sample=99), whole)
    drawn = {seed: pairs.kwic("RUS", "IRN", sample=2, seed=seed) for seed in range(12)}
    pd.testing.assert_frame_equal(drawn[3], pairs.kwic("RUS", "IRN", sample=2, seed=3))
    for frame in drawn.values():
        assert len(frame) == 2 and frame["doc"].is_monotonic_increasing
        assert frame["a_start"].isin(whole["a_start"]).all()
    assert len({tuple(frame["left"]) + tuple(frame["doc"]) for frame in drawn.values()}) > 1
    empty = pairs.kwic("RUS", "IRN", sample=0)
    assert len(empty) == 0 and empty.dtypes.equals(whole.dtypes)


@pytest.mark.parametrize(
    ("a", "b", "options", "message"),
    [
        ("RUS", "XXX", {}, "b='XXX' is not among the actors: 'TALIBAN', 'RUS', 'IRN'"),
        ("PAK", "RUS", {}, "a='PAK'"),
        ("RUS", "RUS", {}, "a pair needs two actors"),
        ("RUS", "IRN", {"sample": -1}, "sample must not be negative, got -1"),
        ("RUS", "IRN", {"sample": 1, "seed": -1}, "seed must be at least 0, got -1"),
    ],
)
def test_a_pair_that_cannot_be_shown_is_an_error_that_says_why(mentions, a, b, options, message):
    with pytest.raises(ValueError, match=message):
        mentions.cooccur().kwic(a, b, **options)


@pytest.mark.parametrize("seed", range(40))
def test_the_nearest_mentions_are_found_even_where_spans_overlap(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 25))
    units = np.sort(rng.integers(0, 4, n))
    starts = rng.integers(0, 60, n)
    ends = starts + rng.integers(1, 30, n)
    order = np.lexsort((ends, starts, units))
    units, starts, ends, is_a = units[order], starts[order], ends[order], rng.random(n) < 0.5
    found = {units[m.first]: m for m in nearest(np.arange(n), is_a, units, starts, ends)}

    def gap(i, j):
        return max(0, max(starts[i], starts[j]) - min(ends[i], ends[j]))

    for unit in range(4):
        a, b = (np.flatnonzero((units == unit) & (is_a == side)) for side in (True, False))
        assert (unit in found) == (len(a) > 0 and len(b) > 0)
        if unit in found:
            meeting = found[unit]
            assert meeting.first < meeting.second
            assert is_a[meeting.first] == meeting.first_is_a != is_a[meeting.second]
            best = min(gap(i, j) for i in a for j in b)
            assert max(0, starts[meeting.second] - ends[meeting.first]) == best


@pytest.mark.parametrize("seed", range(40))
def test_the_nearest_ordered_mentions_are_found_even_where_spans_overlap(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 25))
    units, starts = np.sort(rng.integers(0, 4, n)), rng.integers(0, 30, n)
    ends = starts + rng.integers(1, 30, n)
    order = np.lexsort((ends, starts, units))
    units, starts, ends, is_a = units[order], starts[order], ends[order], rng.random(n) < 0.5
    met = nearest_in_order(np.arange(n), is_a, units, starts, ends)
    found = {units[m.first]: m for m in met}
    for unit in range(4):
        a, b = (np.flatnonzero((units == unit) & (is_a == side)) for side in (True, False))
        gaps = [max(0, starts[j] - ends[i]) for i in a for j in b if starts[i] < starts[j]]
        assert (unit in found) == bool(gaps)
        if gaps:
            first, second, first_is_a = found[unit]
            assert first_is_a and is_a[first] and not is_a[second]
            assert starts[first] < starts[second]
            assert max(0, starts[second] - ends[first]) == min(gaps)


def test_the_context_of_ordered_pairs_is_found_without_a_look_at_every_two_mentions():
    corpus = Corpus(["Rome met Oslo . " * 20_000])
    mentions = corpus.mentions(Actors({"R": ["Rome"], "O": ["Oslo"]}))
    shown = mentions.cooccur(unit="document", directed=True).kwic("R", "O")
    assert shown[["a_start", "b_start"]].values.tolist() == [[0, 9]]


def test_spans_that_overlap_have_an_empty_middle():
    corpus = Corpus(["The Islamic State of Iraq met Iran."])
    spans = pd.DataFrame(
        {
            "doc": [0, 0],
            "start": [4, 21],
            "end": [25, 25],
            "actor": ["ISIS", "IRQ"],
        }
    )
    shown = Mentions.from_frame(corpus, spans).cooccur().kwic("IRQ", "ISIS")
    assert shown[["left", "first", "middle", "second", "right"]].values.tolist() == [
        ["The ", "Islamic State of Iraq", "", "Iraq", " met Iran."]
    ]
    assert shown[["a_start", "a_end", "b_start", "b_end"]].values.tolist() == [[21, 25, 4, 25]]


def test_context_can_be_of_some_documents(mentions):
    pairs = mentions.cooccur()
    mask = [True, False, False, False, False]
    assert pairs.kwic("RUS", "IRN", where=mask)["doc"].tolist() == [0]
    with pytest.raises(TypeError, match="where: expected a dict of column to value, or a mask"):
        pairs.kwic("RUS", "IRN", where=[1, 2])


def test_labels_and_classes_come_with_meta(mentions):
    columns = ["label_a", "label_b", "class_a", "class_b"]
    frame = mentions.cooccur().to_frame(meta=True)
    assert list(frame.columns[-4:]) == columns
    assert frame["label_a"].equals(frame["a"].rename("label_a")) and (frame["class_b"] == "").all()


@pytest.mark.parametrize("where", [{"month": None}, {"month": [None]}, {"outlet": None}])
def test_context_can_be_of_documents_without_a_value(where):
    frame = pd.DataFrame(
        {
            "text": ["Ada met Bob."] * 3,
            "day": ["2021-08-15", None, "2021-09-01"],
            "outlet": ["x", None, "y"],
        }
    )
    pairs = Corpus(frame, date="day").mentions(Actors({"A": ["Ada"], "B": ["Bob"]})).cooccur()
    assert pairs.kwic("A", "B", where=where)["doc"].tolist() == [1]
    both = {name: [None, "2021-09" if name == "month" else "y"] for name in where}
    assert pairs.kwic("A", "B", where=both)["doc"].tolist() == [1, 2]
    with pytest.raises(ValueError, match="where: month='soon' is no month"):
        pairs.kwic("A", "B", where={"month": "soon"})


def test_an_unknown_actor_is_an_error_that_lists_those_there_are(mentions):
    with pytest.raises(ValueError, match="not in the dictionary: 'X'; there are: 'TALIBAN', 'RUS'"):
        mentions.cooccur(actors=["X"])
