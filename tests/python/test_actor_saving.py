"""Saving, loading, pickling and editing dictionaries."""

import copy
import pickle
import random

import pandas as pd
import pytest

from coactor import Actors, Corpus

TABLE = {
    "PUTIN": {
        "label": "Putin",
        "parent": "RUS",
        "aliases": ["Vladimir Putin", {"text": "Putin", "kind": "short"}],
    },
    "RUS": ["Russia", "Russian*", {"text": "USSR", "end": "1991"}],
    "ISISK": ["ISIS-K", "Islamic State-Khorasan", "Téhéran"],
    "_opaque": ["Russia Today"],
}
TEXT = "Putin: Russia Today says Vladimir Putin left. Russians; Islamic State – Khorasan; Teheran."


def same(one, other):
    pd.testing.assert_frame_equal(one.to_frame(), other.to_frame())
    assert one.config == other.config
    assert one.report.values.tolist() == other.report.values.tolist()
    first, second = (Corpus([TEXT]).mentions(a).to_frame() for a in (one, other))
    pd.testing.assert_frame_equal(first, second)
    assert len(first) == 5


@pytest.fixture
def actors():
    return Actors(TABLE, accents="fold", short="document")


@pytest.mark.parametrize("mmap", [True, False])
def test_what_is_saved_is_loaded(tmp_path, actors, mmap):
    actors.save(tmp_path / "a.bin")
    loaded = Actors.load(tmp_path / "a.bin", mmap=mmap)
    same(actors, loaded)
    loaded.save(tmp_path / "b.bin")
    assert (tmp_path / "a.bin").read_bytes() == (tmp_path / "b.bin").read_bytes()
    assert loaded.parents() == {"PUTIN": "RUS"}
    same(actors, loaded + Actors({}))


def test_the_same_dictionary_is_the_same_bytes(tmp_path, actors):
    actors.save(tmp_path / "a.bin")
    Actors(TABLE, accents="fold").save(tmp_path / "b.bin")
    assert (tmp_path / "a.bin").read_bytes() == (tmp_path / "b.bin").read_bytes()


def test_any_changed_byte_is_refused(tmp_path, actors):
    path = tmp_path / "a.bin"
    actors.save(path)
    good = path.read_bytes()
    rng = random.Random(1)
    for at in [*range(300), *(rng.randrange(len(good)) for _ in range(300)), len(good) - 1]:
        bad = bytearray(good)
        bad[at] ^= 1 << rng.randrange(8)
        path.write_bytes(bad)
        with pytest.raises(ValueError, match=r"a\.bin: "):
            Actors.load(path)


def test_any_other_length_is_refused(tmp_path, actors):
    path = tmp_path / "a.bin"
    actors.save(path)
    good = path.read_bytes()
    for bad in (b"", good[:7], good[:-1], good[: len(good) // 2], good + b"\0", good[8:]):
        path.write_bytes(bad)
        with pytest.raises(ValueError, match=r"a\.bin: "):
            Actors.load(path)
    with pytest.raises(FileNotFoundError):
        Actors.load(tmp_path / "none.bin")


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_dictionary_is_pickled(actors, protocol):
    same(actors, pickle.loads(pickle.dumps(actors, protocol=protocol)))


def test_pickle_5_shares_the_memory(actors):
    buffers = []
    small = pickle.dumps(actors, protocol=5, buffer_callback=buffers.append)
    assert len(small) < 200 and len(buffers) == 1
    same(actors, pickle.loads(small, buffers=buffers))
    odd = bytearray(b"x" + bytes(buffers[0].raw()))
    same(actors, pickle.loads(small, buffers=[memoryview(odd)[1:]]))


def test_a_frozen_dictionary_is_its_own_copy(actors):
    assert copy.deepcopy(actors) is actors
    assert copy.copy(actors) is actors
    assert copy.deepcopy({"a": actors})["a"] is actors


# ---- changing ------------------------------------------------------------------------------------


def test_actors_are_merged_either_way():
    actors = Actors(
        {"US": ["US"], "U.S.": ["U.S."], "USA": {"label": "US", "aliases": ["America"]}}
    )
    for merge in ({"US": "USA", "U.S.": "USA"}, {"USA": ["US", "U.S."]}):
        merged = actors.edit(merge=merge)
        assert merged.ids == ["USA"]
        assert sorted(merged.to_frame()["alias"]) == ["America", "U.S.", "US"]
        assert merged.labels == {"USA": "US"}
    assert actors.edit(merge={"US": "NEW", "U.S.": "NEW"}).ids == ["NEW", "USA"]
    assert actors.ids == ["US", "U.S.", "USA"]


def test_who_belonged_to_what_is_merged_belongs_to_what_it_is_merged_into():
    table = {"US": ["US"], "USA": {"parent": "US", "aliases": ["United States"]}}
    table |= {"BIDEN": {"parent": "US:2021-01-20..2025-01-19;DEM", "aliases": ["Joe Biden"]}}
    table |= {"HARRIS": {"parent": "US", "aliases": ["Kamala Harris"]}}
    actors = Actors(table).edit(merge={"US": "USA"})
    assert actors.parents("2022-01-01") == {"BIDEN": "USA", "HARRIS": "USA"}
    assert actors.parents() == {"BIDEN": "DEM", "HARRIS": "USA"}


def test_actors_and_aliases_are_dropped():
    actors = Actors({"A": ["x", "y"], "B": ["z"]}, opaque=["o"])
    assert actors.edit(drop=["B"]).to_frame()["alias"].tolist() == ["x", "y", "o"]
    assert actors.edit(drop=[("A", "x")]).to_frame()["alias"].tolist() == ["y", "z", "o"]
    assert actors.edit(drop=[("B", "z")]).ids == ["A"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"merge": {"C": "A"}}, "'C' is not in the dictionary"),
        ({"merge": {"A": "B", "B": "A"}}, "circle"),
        ({"merge": {"C": ["A"], "B": ["A"]}}, "cannot go into both"),
        ({"drop": ["C"]}, "'C' is not in the dictionary"),
        ({"drop": [("A", "q")]}, "'A' has no alias 'q'"),
    ],
)
def test_what_cannot_be_edited_is_refused(options, words):
    with pytest.raises(ValueError, match=words):
        Actors({"A": ["x"], "B": ["y"]}).edit(**options)


def test_a_selection_keeps_its_order_and_opaque_names():
    actors = Actors({"A": ["x"], "B": ["y"], "C": ["z"]}, opaque=["o"])
    part = actors.select(["C", "A"])
    assert part.to_frame()["actor"].tolist() == ["A", "C", ""]
    with pytest.raises(ValueError, match="'D' is not in the dictionary"):
        actors.select(["D"])


def test_a_sum_keeps_the_rules_of_case_of_both():
    both = Actors({"A": ["mali"]}, case="fold") + Actors({"B": ["Chad"]})
    assert both.to_frame()["case"].tolist() == ["fold", "smart"]
    assert Corpus(["MALI chad Chad"]).mentions(both).to_frame()["text"].tolist() == ["MALI", "Chad"]
