"""Dictionaries of actors: how they are read, written and joined, and what is said of bad ones."""

import json
import re

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coactor import Actors, Corpus
from coactor._actor_report import NOTES

COLUMNS = [
    *("actor", "label", "class", "parent", "home", "alias", "kind", "case"),
    *("start", "end", "priority"),
]

TABLE = {
    "USA": ["United States", "U.S."],
    "ISISK": {
        "label": "Islamic State – Khorasan",
        "class": "armed group",
        "parent": "ISIS",
        "home": "AFG",
        "aliases": [
            "ISIS-K",
            {"text": "Daesh", "kind": "metonym", "case": "fold", "priority": 2},
        ],
    },
    "ISIS": {"aliases": ("ISIS", {"text": "Islamic State", "kind": "official"})},
    "_opaque": ["Washington Post", {"text": "voice of america", "case": "fold"}],
}
YAML = """
USA: [United States, U.S.]
ISISK:
  label: Islamic State – Khorasan
  class: armed group
  parent: ISIS
  home: AFG
  aliases:
    - ISIS-K
    - {text: Daesh, kind: metonym, case: fold, priority: 2}
ISIS:
  aliases: [ISIS, {text: Islamic State, kind: official}]   # order counts
_opaque:
  - Washington Post
  - {text: voice of america, case: fold}
"""
CSV = """actor,alias,label,class,parent,home,kind,case,priority,start,end
USA,United States,,,,,,,,,
USA,U.S.,,,,,,,,,
ISISK,ISIS-K,Islamic State – Khorasan,armed group,ISIS,AFG,,,,,
ISIS,ISIS,,,,,,,,,
ISISK,Daesh,,,,,metonym,fold,2,,
ISIS,Islamic State,,,,,official,,,,
,Washington Post,,,,,,,,,
,voice of america,,,,,,fold,,,
"""
KHORASAN = ["ISISK", "Islamic State – Khorasan", "armed group", "ISIS", "AFG"]
ROWS = [
    ["USA", "USA", "", "", "", "United States", "name", "smart", "", "", 0],
    ["USA", "USA", "", "", "", "U.S.", "name", "smart", "", "", 0],
    [*KHORASAN, "ISIS-K", "name", "smart", "", "", 0],
    [*KHORASAN, "Daesh", "metonym", "fold", "", "", 2],
    ["ISIS", "ISIS", "", "", "", "ISIS", "name", "smart", "", "", 0],
    ["ISIS", "ISIS", "", "", "", "Islamic State", "official", "smart", "", "", 0],
    ["", "", "", "", "", "Washington Post", "name", "smart", "", "", 0],
    ["", "", "", "", "", "voice of america", "name", "fold", "", "", 0],
]


def put(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def from_frame(folder):
    return Actors(Actors(TABLE).to_frame())


def from_frame_with_gaps(folder):
    rows = pd.read_csv(put(folder, "gaps.csv", CSV), dtype=object)
    return Actors(rows.where(rows.notna(), None))


SOURCES = {
    "dict": lambda folder: Actors(TABLE),
    "dict_and_opaque": lambda folder: Actors(
        {actor: TABLE[actor] for actor in ("USA", "ISISK", "ISIS")}, opaque=TABLE["_opaque"]
    ),
    "frame": from_frame,
    "frame_with_gaps": from_frame_with_gaps,
    "yml": lambda folder: Actors.read(put(folder, "a.yml", YAML)),
    "yaml": lambda folder: Actors.read(str(put(folder, "a.YAML", YAML))),
    "yaml_by_name": lambda folder: Actors.read(put(folder, "a.txt", YAML), format="yaml"),
    "json_is_yaml": lambda folder: Actors.read(put(folder, "a.yml", json.dumps(TABLE))),
    "csv": lambda folder: Actors.read(put(folder, "a.csv", CSV)),
    "csv_with_mark": lambda folder: Actors.read(put(folder, "a.csv", "\ufeff" + CSV)),
    "csv_dos": lambda folder: Actors.read(put(folder, "a.csv", CSV.replace("\n", "\r\n"))),
    "yml_again": lambda folder: written(Actors(TABLE), folder / "b.yml"),
    "yaml_again": lambda folder: written(Actors(TABLE), folder / "b.yaml"),
    "csv_again": lambda folder: written(Actors(TABLE), folder / "b.csv"),
}


def written(actors, path):
    """Write a dictionary and read it again."""
    actors.write(path)
    return Actors.read(path)


@pytest.mark.parametrize("name", list(SOURCES))
def test_every_source_gives_the_same_dictionary(tmp_path, name):
    actors = SOURCES[name](tmp_path)
    frame = actors.to_frame()
    assert list(frame) == COLUMNS
    assert frame.values.tolist() == ROWS
    assert frame["priority"].dtype == np.int64
    assert all(frame[column].dtype == "str" for column in COLUMNS[:-1])
    assert actors.ids == ["USA", "ISISK", "ISIS"]
    assert actors.labels == {"USA": "USA", "ISISK": "Islamic State – Khorasan", "ISIS": "ISIS"}
    assert actors.classes["ISISK"] == "armed group"
    assert len(actors) == 3
    assert repr(actors) == "Actors(3 actors, 6 aliases, 2 opaque names)"
    assert actors.config["n_aliases"] == 8
    text = "The Washington Post, Voice of America and the U.S. say DAESH is ISIS–K?"
    found = Corpus([text]).mentions(actors).to_frame()
    assert found[["actor", "alias", "kind", "text"]].values.tolist() == [
        ["USA", "U.S.", "name", "U.S."],
        ["ISISK", "Daesh", "metonym", "DAESH"],
        ["ISISK", "ISIS-K", "name", "ISIS–K"],
    ]


def test_a_dictionary_says_what_it_is():
    actors = Actors(TABLE)
    assert "3 actors and 6 names" in actors.methods() and "2 more names" in actors.methods()
    assert actors.config["hash"] in actors.methods()
    assert actors.config["hash"] != Actors({"USA": ["U.S."]}).config["hash"]
    assert Actors({"A": ["b"]}, case="fold").config["hash"] != Actors({"A": ["b"]}).config["hash"]
    page = Actors({f"<i>{n}": ["<b>"] for n in range(60)})._repr_html_()
    assert "<b>" not in page and "<i>" not in page and "10 more" in page


# ---- scalars of YAML are texts -------------------------------------------------------------------


def test_in_yaml_every_scalar_is_a_text(tmp_path):
    text = "NO: [Norway, on, 1990, 1_000, 0x1F, ~x, 12:30:45, null and void, 'yes', 1.5e3, 010]\n"
    actors = Actors.read(put(tmp_path, "a.yml", text))
    assert actors.ids == ["NO"]
    assert actors.to_frame()["alias"].tolist() == [
        *["Norway", "on", "1990", "1_000", "0x1F", "~x", "12:30:45", "null and void", "yes"],
        *["1.5e3", "010"],
    ]


def test_empty_fields_of_yaml_are_empty(tmp_path):
    text = "A:\n  label:\n  class: null\n  parent: ~\n  home: ''\n  aliases: [a]\n"
    row = Actors.read(put(tmp_path, "a.yml", text)).to_frame().values.tolist()[0]
    assert row == ["A", "A", "", "", "", "a", "name", "smart", "", "", 0]


def test_nested_aliases_say_how_many_there_are_of_two_actors():
    actors = Actors(
        {"A": ["Mali", "Malian"], "B": ["Mali Army", "Malian Army"], "C": ["New Mali"], "D": ["x"]}
    )
    report = actors.report.query("kind == 'nested'")
    assert report[["actor", "alias", "detail"]].values.tolist() == [
        ["A", "Mali", "within 'Mali Army' of B; the first of 2 of these two actors"],
        ["A", "Mali", "within 'New Mali' of C"],
    ]


def test_an_empty_dictionary_names_nobody(tmp_path):
    for actors in (Actors({}), Actors.read(put(tmp_path, "a.yml", "{}\n"))):
        assert repr(actors) == "Actors(0 actors, 0 aliases; without actors it finds nobody)"
        assert len(Corpus(["Kabul"]).mentions(actors)) == 0
        assert list(actors.to_frame()) == COLUMNS
        for suffix in (".yml", ".csv"):
            assert len(written(actors, tmp_path / f"b{suffix}")) == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *[("a.yml", ""), ("a.yml", "# nothing\n"), ("a.json", " \n"), ("a.csv", "")],
        *[("a.actors", "# nothing\n\n"), ("a.agents", ""), ("a.dic", "")],
    ],
)
def test_a_file_that_holds_nothing_is_no_dictionary(tmp_path, name, content):
    path = put(tmp_path, name, content)
    with pytest.raises(ValueError, match=r"holds no actors|no column 'actor'|two lines with %"):
        Actors.read(path)


# ---- writing and reading again -------------------------------------------------------------------

TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"], max_codepoint=0xFFFF), min_size=1)
PLAIN = TEXT.filter(lambda text: text.strip() != "")
FIELD = st.one_of(st.just(""), PLAIN)
ALIAS = st.fixed_dictionaries(
    {
        "text": PLAIN,
        "kind": st.sampled_from(["name", "official", "acronym", "demonym", "person", "short"]),
        "case": st.sampled_from(["", "smart", "exact", "fold"]),
        "priority": st.integers(-5, 5),
    }
)
ENTRY = st.fixed_dictionaries(
    {"label": FIELD, "class": FIELD, "parent": FIELD, "home": FIELD}
    | {"aliases": st.lists(ALIAS, min_size=1, max_size=3)}
)
IDS = PLAIN.filter(lambda text: not text.startswith("_"))
TABLES = st.dictionaries(IDS, ENTRY, max_size=4)


@pytest.mark.parametrize("suffix", [".yml", ".csv"])
@settings(max_examples=100, derandomize=True, deadline=None)
@given(TABLES, st.lists(ALIAS, max_size=2))
def test_what_is_written_is_read_again(tmp_path_factory, suffix, table, opaque):
    assume(not any(entry["parent"] in table for entry in table.values()))  # it may be a circle
    actors = Actors(table, opaque=opaque)
    path = tmp_path_factory.mktemp("again") / f"a{suffix}"
    again = written(actors, path)
    pd.testing.assert_frame_equal(again.to_frame(), actors.to_frame())
    assert again.config["hash"] == actors.config["hash"]
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_what_is_written_as_yaml_is_yaml_to_others(tmp_path):
    Actors(TABLE).write(tmp_path / "a.yml")
    read = yaml.safe_load((tmp_path / "a.yml").read_text(encoding="utf-8"))
    assert list(read) == ["USA", "ISISK", "ISIS", "_opaque"]
    assert read["ISISK"]["aliases"][1]["priority"] == 2


def test_an_unknown_format_is_refused_and_writes_nothing(tmp_path):
    for name in ("a.xls", "a"):
        with pytest.raises(ValueError, match=r"unknown format.*\.yml, \.yaml, \.csv"):
            Actors(TABLE).write(tmp_path / name)
        with pytest.raises(ValueError, match=r"unknown format.*\.yml, \.yaml, \.csv"):
            Actors.read(put(tmp_path, name, YAML))
        (tmp_path / name).unlink()
    with pytest.raises(ValueError, match="unknown format"):
        Actors.read(put(tmp_path, "a.yml", YAML), format="xml")
    with pytest.raises(FileNotFoundError):
        Actors(TABLE).write(tmp_path / "none" / "a.yml")
    assert [path.name for path in tmp_path.iterdir()] == ["a.yml"]


# ---- errors --------------------------------------------------------------------------------------

BAD_TABLES = {
    "no_aliases": ({"A": []}, ValueError, ["actor 'A'", "no aliases", "at least one"]),
    "no_aliases_in_fields": ({"A": {"label": "x"}}, ValueError, ["actor 'A'", "no aliases"]),
    "none": ({"A": None}, ValueError, ["actor 'A'", "no aliases"]),
    "one_text": ({"A": "Kabul"}, TypeError, ["actor 'A'", "list of aliases, got one text"]),
    "aliases_one_text": ({"A": {"aliases": "x"}}, TypeError, ["actor 'A'", "must be a list, got"]),
    "aliases_number": ({"A": {"aliases": 5}}, TypeError, ["actor 'A'", "must be a list, got 5"]),
    "number": ({"A": ["x", 5]}, TypeError, ["actor 'A'", "a text or a mapping, got 5"]),
    "empty_text": ({"A": ["x", ""]}, ValueError, ["actor 'A'", "alias without text"]),
    "blank_text": ({"A": [" \t"]}, ValueError, ["actor 'A'", "alias without text"]),
    "no_text": ({"A": [{"kind": "name"}]}, ValueError, ["actor 'A'", "alias without text"]),
    "id_number": ({5: ["x"]}, TypeError, ["id must be a text, got 5"]),
    "id_empty": ({"": ["x"]}, TypeError, ["id must be a text, got ''"]),
    "key": ({"A": {"alias": ["x"]}}, ValueError, ["actor 'A'", "'alias'", "label, class, parent"]),
    "alias_key": ({"A": [{"txt": "x"}]}, ValueError, ["actor 'A'", "'txt'", "text, kind, case"]),
    "kind": ({"A": [{"text": "x", "kind": "nickname"}]}, ValueError, ["'nickname'", "demonym"]),
    "case": ({"A": [{"text": "x", "case": "any"}]}, ValueError, ["'any'", "smart, exact, fold"]),
    "priority": ({"A": [{"text": "x", "priority": "high"}]}, ValueError, ["'x'", "a whole number"]),
    "opaque_text": ({"_opaque": "Post"}, TypeError, ["_opaque", "list of names, got 'Post'"]),
    "opaque_empty": ({"_opaque": [""]}, ValueError, ["_opaque", "alias without text"]),
    "list": (["A"], TypeError, ["table", "a dict or a DataFrame, got list"]),
    "nothing": (None, TypeError, ["table", "got NoneType"]),
    "frame": (
        pd.DataFrame({"actor": ["A"]}),
        ValueError,
        ["table", "no column 'alias'", "'actor'"],
    ),
    "frame_row": (
        pd.DataFrame({"actor": ["A", "B"], "alias": ["x", None]}),
        ValueError,
        ["table: row 1: ", "actor 'B'", "alias without text"],
    ),
}


@pytest.mark.parametrize("name", list(BAD_TABLES))
def test_a_bad_table_is_an_error_that_names_the_actor(name):
    table, kind, words = BAD_TABLES[name]
    with pytest.raises(kind) as error:
        Actors(table)
    for word in words:
        assert word in str(error.value)


def test_bad_options_are_named():
    with pytest.raises(ValueError, match=r"case='any'.*'smart', 'exact', 'fold'"):
        Actors({"A": ["x"]}, case="any")
    with pytest.raises(TypeError, match="opaque: expected a list of names, got one text"):
        Actors({"A": ["x"]}, opaque="Post")
    with pytest.raises(TypeError, match="actors: expected Actors, got dict"):
        Corpus(["x"]).mentions({"A": ["x"]})


BAD_FILES = {
    "unclosed": ("a.yml", "A: [x]\nB: [y\nC: [z]\n", 3, ["not YAML"]),
    "tab": ("a.yml", "A: [x]\nB:\n\t- y\n", 3, ["not YAML"]),
    "colon": ("a.yml", "A: [x]\nB: [y]: z\n", 2, ["not YAML"]),
    "two_documents": ("a.yml", "A: [x]\n---\nB: [y]\n", 2, ["not YAML"]),
    "anchor": ("a.yml", "A: &a [x]\nB: *a\n", 1, ["anchors and aliases"]),
    "bomb": ("a.yml", "A: [x]\nB: [&b y, *b]\n", 2, ["anchors and aliases"]),
    "twice": ("a.yml", "A: [x]\nB: [y]\nA: [z]\n", 3, ["'A'", "second time"]),
    "twice_inside": ("a.yml", "A:\n  label: x\n  label: y\n  aliases: [z]\n", 3, ["'label'"]),
    "no_aliases": ("a.yml", "A: [x]\nB: []\n", 2, ["actor 'B'", "no aliases"]),
    "one_text": ("a.yml", "A: [x]\nB: y\n", 2, ["actor 'B'", "a list"]),
    "key": ("a.yml", "A: [x]\nB:\n  color: red\n  aliases: [y]\n", 3, ["actor 'B'", "'color'"]),
    "kind": ("a.yml", "A:\n  - x\n  - {text: y, kind: z}\n", 3, ["actor 'A'", "'z'", "demonym"]),
    "opaque": ("a.yml", "A: [x]\n_opaque: y\n", 2, ["_opaque", "list of names"]),
    "list": ("a.yml", "- x\n- y\n", 1, ["expected actors as"]),
    "scalar": ("a.yml", "just words\n", 1, ["expected actors as"]),
    "csv_columns": ("a.csv", "name,alias\nA,x\n", 1, ["no column 'actor'", "'name', 'alias'"]),
    "csv_empty": ("a.csv", "", 1, ["no column 'actor'", "none"]),
    "csv_alias": ("a.csv", "actor,alias\nA,x\nB,\n", 3, ["actor 'B'", "alias without text"]),
    "csv_opaque": ("a.csv", "actor,alias\nA,x\n,\n", 3, ["opaque name", "alias without text"]),
    "csv_short": ("a.csv", "actor,alias\nA,x\nB\n", 3, ["actor 'B'", "alias without text"]),
    "csv_kind": ("a.csv", "actor,alias,kind\nA,x,\nA,y,z\n", 3, ["actor 'A'", "'z'"]),
    "csv_dates": ("a.csv", "actor,alias,start\nA,x,\nA,y,soon\n", 3, ["soon"]),
    "csv_lines": ("a.csv", 'actor,alias\nA,"x\ny"\nB,\n', 4, ["actor 'B'"]),
}


@pytest.mark.parametrize("name", list(BAD_FILES))
def test_a_bad_file_is_an_error_with_its_line(tmp_path, name):
    file, text, line, words = BAD_FILES[name]
    path = put(tmp_path, file, text)
    with pytest.raises(ValueError if name not in ONE_TYPE_ERRORS else TypeError) as error:
        Actors.read(path)
    message = str(error.value)
    assert message.startswith(f"{path}:{line}: " if line else f"{path}: "), message
    for word in words:
        assert word in message


ONE_TYPE_ERRORS = ("one_text", "opaque")


def test_an_actor_stands_in_the_dictionary_once():
    frame = pd.DataFrame({"actor": ["A", "B", "A"], "alias": ["x", "y", "z"]})
    assert Actors(frame).to_frame()["alias"].tolist() == ["x", "z", "y"]


# ---- report --------------------------------------------------------------------------------------


def test_the_report_lists_what_may_be_a_mistake(tmp_path):
    text = "A: [Georgia, Kura, Kura, '?!', '-']\nB:\n  parent: Z\n  aliases: [Georgia, Rioni]\n"
    text += "_opaque: [Rioni]\n"
    actors = Actors.read(put(tmp_path, "a.yml", text))
    report = actors.report
    assert list(report) == ["kind", "actor", "alias", "line", "detail"]
    assert report["line"].dtype == np.int64
    mistakes = report[~report["kind"].isin(NOTES)].reset_index(drop=True)
    assert mistakes[["kind", "actor", "alias", "line"]].values.tolist() == [
        ["repeated", "A", "Kura", 1],
        ["empty", "A", "-", 1],
        ["ambiguous", "B", "Georgia", 4],
        ["ambiguous", "", "Rioni", 5],
        ["unknown_parent", "B", "", 3],
    ]
    assert "also an alias of A" in mistakes["detail"][2]
    assert "5 problems, see .report" in repr(actors)
    clean = Actors(TABLE).report
    assert set(clean["kind"]) <= set(NOTES) and list(clean) == list(report)


# ---- a + b ---------------------------------------------------------------------------------------


def test_a_sum_has_the_actors_of_both_and_unites_their_aliases():
    more = Actors(
        {
            "ISISK": {"label": "ISIS-K", "aliases": ["IS-K", "ISIS-K"]},
            "NATO": ["NATO"],
            "_opaque": ["Radio Free Europe"],
        }
    )
    first = Actors(TABLE)
    both = first + more
    assert both.ids == ["USA", "ISISK", "ISIS", "NATO"]
    frame = both.to_frame()
    held = {actor: list(group) for actor, group in frame.groupby("actor", sort=False)["alias"]}
    assert held == {
        "USA": ["United States", "U.S."],
        "ISISK": ["ISIS-K", "Daesh", "IS-K"],
        "ISIS": ["ISIS", "Islamic State"],
        "": ["Washington Post", "voice of america", "Radio Free Europe"],
        "NATO": ["NATO"],
    }
    assert both.labels["ISISK"] == "ISIS-K"
    assert both.classes["ISISK"] == "armed group"
    assert first.to_frame().values.tolist() == ROWS
    assert (first + Actors({})).to_frame().values.tolist() == ROWS
    with pytest.raises(TypeError):
        first + {"A": ["x"]}


# ---- world ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world():
    return Actors.world()


def test_the_world_has_no_problems(world):
    assert set(world.report["kind"]) <= set(NOTES)
    assert "problem" not in repr(world)
    frame = world.to_frame()
    states = frame[frame["class"] == "state"]
    assert states["actor"].nunique() >= 193
    assert not frame.duplicated(["actor", "alias"]).any()
    assert frame["alias"].str.strip().eq(frame["alias"]).all()
    assert set(frame["class"]) - {""} >= {"state", "organisation"}


def test_the_world_is_written_and_read_again(world, tmp_path):
    for suffix in (".yml", ".csv"):
        again = written(world, tmp_path / f"world{suffix}")
        pd.testing.assert_frame_equal(again.to_frame(), world.to_frame())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moscow told Washington that U.S. and Russian envoys met.", ["RUS", "USA", "USA", "RUS"]),
        ("The Taliban took Kabul.", ["TALIBAN", "AFG"]),
        ("They told us it is a turkey from us.", []),
        ("A Washington Post reporter", []),
        ("NATO and the United Nations", ["NATO", "UN"]),
        ("Guinea-Bissau, Equatorial Guinea, Papua New Guinea", ["GNB", "GNQ", "PNG"]),
        ("North Korea, South Korea", ["PRK", "KOR"]),
        ("Democratic Republic of the Congo", ["COD"]),
        ("South Sudan and Sudan", ["SSD", "SDN"]),
    ],
)
def test_the_world_is_found(world, text, expected):
    assert Corpus([text]).mentions(world).to_frame()["actor"].tolist() == expected


def named(world, text):
    return Corpus([text]).mentions(world).to_frame()["actor"].tolist()


@pytest.mark.parametrize(
    "name",
    [
        *["ISS-K", "ISS\u2013K", "ISIS\u2013K", "ISIS-K", "ISIS\u2011K", "Isis-K", "IS-K", "ISKP"],
        *["ISK", "Islamic State\u2013Khorasan", "Islamic State-Khorasan", "Islamic State Khorasan"],
        "Islamic State \u2013 Khorasan Province",
        "Islamic State of Iraq and Syria\u2013Khorasan",
        "Islamic State of Iraq and Syria \u2013 Khorasan",
        "Islamic State in Iraq and the Levant - Khorasan Province",
        "Islamic State\u2019s Khorasan Province",
        "Islamic State group's Khorasan branch",
        "so-called Islamic State Khorasan Province",
        "Khorasan Province of the Islamic State",
    ],
)
def test_the_world_has_one_actor_for_every_spelling_of_the_khorasan_branch(world, name):
    assert named(world, f"The {name} struck.") == ["ISISK"]


def test_the_world_rolls_branches_up_to_their_group(world):
    mentions = Corpus(["ISIS-K, ISWAP and AQAP met the Haqqani network in Crimea."]).mentions(world)
    assert mentions.rollup().to_frame()["actor"].tolist() == [
        *["ISIS", "ISIS", "ALQAEDA", "TALIBAN", "UKR"]
    ]


def test_the_world_takes_no_branch_of_the_islamic_state_for_the_whole(world):
    text = (
        "IS-Sahel, ISIS\u2013Somalia, ISIL-Libya, IS West Africa Province, "
        "Islamic State \u2013 Sinai"
    )
    assert named(world, text) == ["ISGS", "ISSOM", "ISLIBYA", "ISWAP", "ISSINAI"]


def test_a_description_is_no_name_in_the_world(world):
    assert named(world, "Islamic State\u2019s Afghan branch") == ["ISIS", "AFG"]
    assert named(world, "the Islamic State in Syria") == ["ISIS", "SYR"]
    assert named(world, "Lebanon\u2019s Hezbollah") == ["LBN", "HEZBOLLAH"]
    assert named(world, "Pakistan\u2019s Taliban") == ["TTP"]


def test_the_world_knows_is_from_the_verb(world):
    assert named(world, "They fought IS, ISIL and Daesh.") == ["ISIS"] * 3
    assert named(world, "It is late. Is it? THIS IS LATE, AND WHO IS HE? It IS late.") == []


@pytest.mark.parametrize(
    "text",
    [
        "US$5 million, US$ 5 million, US $5m, AU$3 and 500 million ISK",
        "the Washington Post, the Moscow Times, Voice of America and The Times of London",
        "Kabul International Airport",
        "the Moscow process, the Moscow format and the Astana process",
        "the Camp David Accords, the Oslo peace accords, the Minsk deal and the Helsinki Final Act",
        "an American Indian, Indian tribes, an Indian reservation and North American Indians",
        "Mr. Jordan, Mr Jordan, Barbara Jordan, Chad Smith, Steve Israel and Lisa Monaco",
        "Athens, Georgia, and Georgia, Alabama, Texas; the governor of Georgia",
        "Warsaw, Indiana; East Palestine, Ohio; New Mexico; British Columbia; the Quad Cities",
        "They speak Polish and are fluent in German. The Mexican-American school.",
        "women and romans finish and polish a turkey",
    ],
)
def test_names_of_other_things_are_opaque_in_the_world(world, text):
    assert named(world, text) == []


def test_the_world_has_no_persons_and_says_so():
    assert Actors.world(groups=["person"]).ids == []
    assert "no persons" in " ".join(Actors.world.__doc__.split())


def test_every_alias_of_the_world_is_found_in_its_own_text(world):
    frame = world.to_frame()
    mentions = Corpus(frame["alias"]).mentions(world).to_frame().set_index("doc")
    named = frame[frame["actor"] != ""]
    found = mentions.reindex(named.index)
    assert found["text"].tolist() == named["alias"].tolist()
    assert found["actor"].tolist() == named["actor"].tolist()
    assert not re.search(r"\d{4}", " ".join(named["alias"]))
