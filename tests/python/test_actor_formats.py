"""Formats of dictionaries: what is read, reported, and refused with file and line."""

import json
import os
import re
from pathlib import Path

import pandas as pd
import pytest
import yaml

from coactor import Actors, Corpus
from coactor._actor_report import check_text

DATA = Path(os.environ["COACTOR_DATA"]) if "COACTOR_DATA" in os.environ else None
needs_data = pytest.mark.skipif(DATA is None, reason="COACTOR_DATA names no folder of dictionaries")


def put(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(actors):
    return actors.to_frame()[["actor", "alias"]].values.tolist()


def noted(actors, *kinds):
    report = actors.report
    held = report[report["kind"].isin(kinds)] if kinds else report
    return held[["kind", "line"]].values.tolist()


# ---- TABARI and PETRARCH -------------------------------------------------------------------------

ACTORS = """# a comment

FREDONIA_  [FRD]
+FREDONIAN_ ; old comment
+FREDONIA'S_ARMY_(FDA)_   # and another
SYLVANIA_ [SYL] <!-- a comment
over two lines --> # more
+SYLVAN_\t
RUFUS_FIREFLY_  ; CountryInfo.txt
+FIREFLY_
\t[FRDGOV 20011222-20140929]
\t[FRDELI <011222]\t[FRDELI >140929]
\t#[FRDOPP] not a code
\t[FRD]
TRENTINO_
\t [SYLGOV <17041975]
\t[SYLGOV 20121207-20120802]
\t[SYLMIL 2004017]
THE_NULL_MINISTRY_ []
NO_CODE_AT_ALL
US_ [USA]
+USA_
UN_Secy_Gen [IGO]
LAST_ACTOR [LST]"""


@pytest.fixture
def tabari(tmp_path):
    return Actors.read(put(tmp_path, "small.actors", ACTORS))


def test_an_actors_file_is_read_whole(tabari):
    assert rows(tabari) == [
        *[["FRD", "FREDONIA"], ["FRD", "FREDONIAN"], ["FRD", "FREDONIA'S ARMY"], ["FRD", "FDA"]],
        *[["SYL", "SYLVANIA"], ["SYL", "SYLVAN"]],
        *[["RUFUS_FIREFLY", "RUFUS FIREFLY"], ["RUFUS_FIREFLY", "FIREFLY"]],
        *[["TRENTINO", "TRENTINO"], ["", "THE NULL MINISTRY"], ["", "NO CODE AT ALL"]],
        *[["USA", "US"], ["USA", "USA"], ["IGO", "UN Secy Gen"], ["LST", "LAST ACTOR"]],
    ]
    parents = dict(tabari.to_frame()[["actor", "parent"]].values.tolist())
    assert parents["RUFUS_FIREFLY"] == (
        "FRDGOV:2001-12-22..2014-09-29;FRDELI:..2001-12-22;FRDELI:2014-09-29..;FRD"
    )
    assert parents["TRENTINO"] == "SYLGOV" and parents["FRD"] == ""


def test_every_line_is_counted_once(tabari):
    counts = tabari.report.attrs["counts"]
    lines = [name for name in counts if name.endswith(("lines", "primary phrases", "synonyms"))]
    assert counts["lines"] == len(ACTORS.split("\n"))
    assert sum(counts[name] for name in lines if name != "lines") == counts["lines"]


def test_the_report_of_an_actors_file_names_lines(tabari):
    assert noted(tabari, "bad_date") == [["bad_date", 16], ["bad_date", 17], ["bad_date", 18]]
    assert noted(tabari, "no_code") == [["no_code", 19], ["no_code", 20]]
    assert ["ordinary_word", 21] in noted(tabari)
    text = check_text(tabari, "small.actors")
    assert "bad_date (3)" in text and "line 16: " in text and "dated codes" in text


def test_a_file_in_capitals_matches_titles_and_capitals_but_no_small_words(tabari):
    text = (
        "Fredonia, FREDONIA and fredonia; Rufus Firefly; us Us US; Army of fda FDA; "
        "the UN Secy Gen; Last Actor, last actor, LAST ACTOR"
    )
    found = Corpus([text]).mentions(tabari).to_frame()["text"].tolist()
    assert found == [
        *["Fredonia", "FREDONIA", "Rufus Firefly", "US", "FDA", "UN Secy Gen", "Last Actor"],
        "LAST ACTOR",
    ]


def test_small_words_may_be_small_in_titles(tmp_path):
    actors = Actors.read(
        put(tmp_path, "a.actors", "ISLAMIC_REPUBLIC_OF_FREDONIA [FRD]\nAL_FREDO [X]")
    )
    text = "Islamic Republic of Fredonia, islamic republic of fredonia, al-Fredo, al-fredo"
    found = Corpus([text]).mentions(actors).to_frame()["text"].tolist()
    assert found == ["Islamic Republic of Fredonia", "al-Fredo"]


def test_the_date_of_the_document_selects_the_code(tabari):
    frame = pd.DataFrame(
        {"text": ["Firefly"] * 4, "date": ["1999-01-01", "2005-01-01", "2020-01-01", None]}
    )
    mentions = Corpus(frame, date="date").mentions(tabari)
    assert mentions.rollup("parent").to_frame()["actor"].tolist() == [
        *["FRDELI", "FRDGOV", "FRDELI", "FRD"]
    ]
    assert set(mentions.rollup(3).to_frame()["actor"]) == {"FRD"}


def test_dirt_becomes_rows_of_the_report(tmp_path):
    dirty = "\n".join(
        [
            "+ORPHAN_",
            "\t[NONE]",
            "GO\0OD_ [GUD]",
            "BA\ufffdD_ [BAD]",
            "___ [X]",
            "\tnothing",
            "A_\t[",
        ]
    )
    actors = Actors.read(put(tmp_path, "dirty.actors.txt", dirty.encode() + b"\nB\xff_ [BBB]\n"))
    assert rows(actors) == [
        ["GUD", "GOOD"],
        ["BAD", "BAD"],
        ["", "nothing"],
        ["", "A"],
        ["BBB", "B"],
    ]
    assert noted(actors, "malformed", "character") == [
        *[["malformed", 1], ["malformed", 2], ["character", 3], ["character", 4], ["malformed", 5]],
        *[["malformed", 7], ["character", 8]],
    ]


AGENTS = """!PERSON! = MAN, WOMAN
FARMER [~AGR]
CITY_ [~CIV]
BOSS [~ELI]
CHAMBER_OF_TRADE {CHAMBERS_OF_TRADE} [~BUS]
RIOT_POLICE {} [~COP]
CATTLE!PERSON! [~AGR]
OPEN [~ENV}
no code here
X!NONE! [~X]
"""


def test_codes_that_lead_back_to_their_phrase_are_left_out(tmp_path):
    text = "AFG_ [AFG >20010101]\nX_ [Y >20010101]\nY_ [X >20010101]\nZ_ [X >20010101]\n"
    actors = Actors.read(put(tmp_path, "a.actors", text))
    assert actors.to_frame()["parent"].tolist() == ["", "", "X:2001-01-01..", "X:2001-01-01.."]
    held = actors.report[["kind", "alias", "line"]].values.tolist()
    assert ["malformed", "AFG", 1] in held
    assert ["malformed", "X", 2] in held


def test_an_agents_file_has_plurals_and_sets(tmp_path):
    actors = Actors.read(put(tmp_path, "a.agents", AGENTS))
    held = {}
    for actor, alias in rows(actors):
        held.setdefault(actor, []).append(alias)
    assert held == {
        "~AGR": ["farmer", "farmers", "cattleman", "cattlewoman"],
        "~CIV": ["city", "cities"],
        "~ELI": ["boss", "bosses"],
        "~BUS": ["chamber of trade", "chambers of trade"],
        "~COP": ["riot police"],
        "~ENV": ["open", "opens"],
    }
    assert noted(actors, "malformed") == [["malformed", n] for n in (8, 9, 10)]
    assert len(Corpus(["Farmers, FARMERS and farmers"]).mentions(actors)) == 3


@needs_data
@pytest.mark.parametrize(
    "name", ["Countries.actors", "International.actors", "MilNonState.actors", "agents"]
)
def test_the_published_files_load_with_every_line_accounted_for(name):
    path = DATA / "petrarch" / f"Phoenix.{name}.txt"
    actors = Actors.read(path)
    counts = actors.report.attrs["counts"]
    headings = ("comment lines", "blank lines", "primary phrases", "synonyms", "code lines")
    headings += ("malformed lines", "agents", "substitution sets")
    assert sum(counts.get(heading, 0) for heading in headings) == counts["lines"]
    n_lines = len(path.read_bytes().decode("utf-8", "replace").splitlines())
    assert abs(counts["lines"] - n_lines) <= 1
    assert len(actors.to_frame()) >= counts["phrases"]


def test_overlapping_dates_need_not_be_neighbours():
    parent = "B:2010..2011;A:2000..2020;C:2012..2013;A:2014..2015"
    report = Actors({"X": {"parent": parent, "aliases": ["Xanadu"]}}).report
    details = report.loc[report["kind"] == "overlapping_dates", "detail"].tolist()
    assert [detail.split(" are")[0] for detail in details] == ["B and A", "A and C"]


def test_aliases_that_match_the_same_are_ambiguous_however_they_are_written():
    table = {"A": ["ISIS-K", "U.S."], "B": ["ISIS–K", {"text": "U.S", "priority": 1}]}
    report = Actors(table | {"C": [{"text": "isis k", "case": "fold"}]}).report
    held = report.loc[report["kind"] == "ambiguous", ["actor", "alias", "detail"]].values.tolist()
    assert held == [
        ["B", "ISIS–K", "matches the same as 'ISIS-K' of A, which wins"],
        ["A", "U.S.", "matches the same as 'U.S' of B, which wins"],
        ["C", "isis k", "matches the same as 'ISIS-K' of A, which wins"],
        ["C", "isis k", "matches the same as 'ISIS–K' of B, which wins"],
    ]


@needs_data
def test_newsmaps_file_has_three_levels():
    actors = Actors.read(DATA / "newsmap_english.yml")
    parents = actors.parents()
    assert parents["ET"] == "AFRICA.EAST" and parents["AFRICA.EAST"] == "AFRICA"
    found = Corpus(["Ethiopians in Addis Ababa and Réunion"]).mentions(actors).to_frame()
    assert found["actor"].tolist() == ["ET", "ET", "RE"]


# ---- quanteda ------------------------------------------------------------------------------------

LEVELS = """
WEST:
  SEA:
    'NO': [Norway, Norwegian*, Oslo]
    SE: [Sweden]
  LAND:
    CH: [Swiss*]
EAST:
  SEA: [Japan*]
"""


def test_levels_are_parents(tmp_path):
    actors = Actors.read(put(tmp_path, "a.yml", LEVELS))
    assert actors.ids == ["WEST.SEA", "NO", "SE", "LAND", "CH", "EAST.SEA"]
    assert actors.parents() == {
        "WEST.SEA": "WEST",
        "NO": "WEST.SEA",
        "SE": "WEST.SEA",
        "LAND": "WEST",
        "CH": "LAND",
        "EAST.SEA": "EAST",
    }
    mentions = Corpus(["Norwegians, NORWEGIAN, norwegians, Oslo, Japanese"]).mentions(actors)
    assert mentions.to_frame()["actor"].tolist() == ["NO", "NO", "NO", "EAST.SEA"]
    assert mentions.rollup().rollup({"WEST.SEA": "WEST"}).to_frame()["actor"].tolist() == [
        *["WEST", "WEST", "WEST", "EAST"]
    ]
    for suffix in (".yml", ".csv", ".json"):
        actors.write(tmp_path / f"again{suffix}")
        again = Actors.read(tmp_path / f"again{suffix}")
        pd.testing.assert_frame_equal(again.to_frame(), actors.to_frame())


def test_flat_dictionaries_of_quanteda_are_lists(tmp_path):
    path = put(tmp_path, "a.yml", "tax: [tax*, income]\nwar: [war*]\n")
    assert rows(Actors.read(path, format="quanteda")) == rows(Actors.read(path))


# ---- LIWC ----------------------------------------------------------------------------------------

LIWC = "%\n1\tState\n2\tArmy\n%\nmali*\t1\t2\nbrigade\t2\nle monde\t1\n"


def test_a_liwc_file_has_categories_and_stems(tmp_path):
    actors = Actors.read(put(tmp_path, "a.dic", LIWC))
    assert rows(actors) == [
        *[["State", "mali*"], ["State", "le monde"], ["Army", "mali*"], ["Army", "brigade"]]
    ]
    mentions = Corpus(["MALIAN Brigade; Le Monde"]).mentions(actors, overlap="nested")
    assert mentions.to_frame()["actor"].tolist() == ["State", "Army", "Army", "State"]


# ---- dates, parents and everything else, there and back ------------------------------------------

FULL = {
    "MMR": {
        "label": "Myanmar",
        "class": "state",
        "home": "MMR",
        "aliases": ["Myanmar", {"text": "Burma", "end": "1989-06-18", "priority": -1}],
    },
    "KABUL": {
        "parent": [{"AFG": "..2021-08-14"}, {"TALIBAN": "2021-08-15.."}, "ASIA"],
        "aliases": [{"text": "Kabul", "kind": "capital", "case": "exact", "start": "1990"}],
    },
    "GROUP": {"parent": "ASIA", "aliases": []},
    "_opaque": ["Kabul Post", {"text": "the kabul times", "case": "fold"}],
}


@pytest.mark.parametrize("suffix", [".yml", ".yaml", ".csv", ".json"])
def test_what_is_written_is_read_again(tmp_path, suffix):
    actors = Actors(FULL)
    actors.write(tmp_path / f"a{suffix}")
    again = Actors.read(tmp_path / f"a{suffix}")
    pd.testing.assert_frame_equal(again.to_frame(), actors.to_frame())
    assert again.config == actors.config
    again.write(tmp_path / f"b{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_a_frame_there_and_back():
    actors = Actors(FULL)
    pd.testing.assert_frame_equal(Actors(actors.to_frame()).to_frame(), actors.to_frame())
    assert list(actors.to_frame()) == [
        *["actor", "label", "class", "parent", "home", "alias", "kind", "case"],
        *["start", "end", "priority"],
    ]


def test_json_is_read(tmp_path):
    actors = Actors.read(put(tmp_path, "a.json", json.dumps(FULL)))
    pd.testing.assert_frame_equal(actors.to_frame(), Actors(FULL).to_frame())


def test_a_liwc_category_without_patterns_is_reported_and_left_out(tmp_path):
    actors = Actors.read(put(tmp_path, "a.dic", "%\n1\tState\n2\tArmy\n%\nmali\t1\n"))
    assert actors.ids == ["State"]
    assert ["empty", "Army", 3] in actors.report[["kind", "actor", "line"]].values.tolist()


# ---- slips ---------------------------------------------------------------------------------------

SLIPS = {
    "alias": ("RUS: {alias: [Russia]}\n", 1, "actor 'RUS': unknown key 'alias'", "'aliases'"),
    "one_of_many": ("CHN: [China]\nRUS:\n  Aliases: [Russia]\n", 3, "'Aliases'", "'aliases'"),
    "deep": ("EUROPE:\n  RUS: {alias: [Russia]}\n", 2, "actor 'RUS'", "'aliases'"),
    "with_others": ("RUS: {lable: Russia, aliases: [R]}\n", 1, "key 'lable'", "'label'"),
    "of_an_alias": ("RUS: [{txt: Russia}]\n", 1, "key 'txt' of an alias", "'text'"),
    "opaque": ("A: [x]\nopaque: [Moscow Times]\n", 2, "'opaque' is no actor", "'_opaque'"),
    "opague": ("A: [x]\n_opague: [Moscow Times]\n", 2, "'_opague' is no actor", "'_opaque'"),
    "private": ("A: [x]\n_note: [y]\n", 2, "'_note' is no actor", "'_opaque'"),
    "beside_levels": ("AFRICA: {MLI: [Mali]}\n_opaque: [Mali Times]\n", 2, "'_opaque'", "levels"),
}


@pytest.mark.parametrize("name", list(SLIPS))
def test_a_key_that_is_misspelt_is_no_actor(tmp_path, name):
    content, line, *words = SLIPS[name]
    for path in (
        put(tmp_path, "a.yml", content),
        put(tmp_path, "a.json", json.dumps(yaml.safe_load(content))),
    ):
        with pytest.raises(ValueError) as error:
            Actors.read(path)
        number = line if path.suffix == ".yml" else 1
        assert str(error.value).startswith(f"{path}:{number}: ")
        for word in words:
            assert word in str(error.value)


def test_a_key_like_the_name_of_a_field_is_a_level_where_the_format_says_so(tmp_path):
    path = put(tmp_path, "a.yml", "RUS: {alias: [Russia]}\n")
    assert rows(Actors.read(path, format="quanteda")) == [["alias", "Russia"]]
    for name in ("Rome", "homs", "clash", "Labour", "Kalias"):
        assert len(Actors.read(put(tmp_path, "b.yml", f"A: {{{name}: [x]}}\n"))) == 1


def test_an_id_that_would_be_read_as_a_slip_is_written_as_csv_alone(tmp_path):
    for id in ("_x", "Opaque"):
        actors = Actors(pd.DataFrame({"actor": [id], "alias": ["x"]}))
        for suffix in (".yml", ".json"):
            with pytest.raises(ValueError, match=f"an actor is called '{id}', which .* a slip of"):
                actors.write(tmp_path / f"a{suffix}")
        actors.write(tmp_path / "a.csv")
        assert Actors.read(tmp_path / "a.csv").ids == [id]


# ---- what is refused -----------------------------------------------------------------------------

BAD = {
    "anchor": ("a.yml", "A: [x]\nB: &b [y]\n", 2, "anchors and aliases"),
    "bomb": ("a.yml", "A: &a [x, x]\nB: [*a, *a]\n", 1, "anchors and aliases"),
    "twice": ("a.yml", "A: [x]\nA: [y]\n", 2, "second time"),
    "deep": ("a.yml", "A:\n  " + "[" * 50 + "]" * 50, 2, "20 deep"),
    "bytes": ("a.yml", b"A: [x]\nB: [\xff]\n", 2, "not utf-8"),
    "nul": ("a.yml", b"A: [x]\nB: [y\0]\n", 2, "NUL"),
    "control": ("a.yml", b"A: [x]\nB: [y\x01]\n", 2, "not YAML"),
    "long": ("a.yml", f"A: [x]\nB: [y, {'z' * 1001}]\n", 2, "1,001 characters"),
    "long_id": ("a.yml", f"A: [x]\n{'z' * 1001}: [y]\n", 2, "1,001 characters"),
    "date": ("a.yml", "A:\n  - x\n  - {text: y, start: 2021-13-01}\n", 3, "no ISO 8601 date"),
    "reversed": ("a.yml", "A:\n  - {text: y, start: 2021, end: 2020}\n", 2, "before it begins"),
    "parent": ("a.yml", "A: {parent: 'B:2021-01-41..', aliases: [x]}\n", 1, "no ISO 8601 date"),
    "csv_bytes": ("a.csv", b"actor,alias\nA,x\nB,\xe9\n", 3, "not utf-8"),
    "csv_date": ("a.csv", "actor,alias,start\nA,x,\nA,y,soon\n", 3, "no ISO 8601 date"),
    "csv_quote": ("a.csv", 'actor,alias\nA,x\nB,"y\n', 3, ""),
    "json": ("a.json", '{"A": ["x"],\n "B": ["y"}\n', 2, "not JSON"),
    "json_twice": ("a.json", '{"A": ["x"],\n "A": ["y"]}\n', 2, "again"),
    "json_key": ("a.json", '{"A": ["x"],\n "B": {"label": "y",\n "alias": ["z"]}}\n', 2, "'alias'"),
    "json_none": ("a.json", '{"A": ["x"],\n "B": []}\n', 2, "no aliases"),
    "csv_head": ("a.csv", "actor,name\nA,x\n", 1, "no column 'alias'"),
    "csv_fields": ("a.csv", "actor,label,alias\nA,,x\n,Post,y\n", 3, "no actor; give it an id"),
    "json_list": ("a.json", '["A"]\n', 1, "expected actors"),
    "json_kind": ("a.json", '{"A": ["x"],\n "B": [{"text": "y", "kind": "z"}]}\n', 2, "'z'"),
    "dic_head": ("a.dic", "1\tState\n%\n", 1, "expected a line with %"),
    "dic_number": ("a.dic", "%\n1\tState\n%\nmali\t2\n", 4, "not in the head"),
    "dic_none": ("a.dic", "%\n1\tState\n%\nmali\n", 4, "no category"),
    "dic_twice": ("a.dic", "%\n1\tState\n1\tArmy\n%\n", 3, "second time"),
    "dic_open": ("a.dic", "%\n1\tState\n", 3, "two lines with %"),
    "circle": (
        "a.yml",
        "C: [z]\nA: {parent: B, aliases: [x]}\nB: {parent: A, aliases: [y]}\n",
        2,
        "circle",
    ),
    "two_parents": ("a.yml", "A: {parent: [B, C], aliases: [x]}\n", 1, "only one parent may be"),
    "field": ("a.yml", "A: [x]\nB: {home: {a: b}, aliases: [y]}\n", 2, "home must be a text"),
    "long_label": ("a.yml", f"A: {{label: {'z' * 10001}, aliases: [x]}}", 1, "10,001 characters"),
    "long_parent": ("a.yml", f"A: {{parent: {'z' * 10001}, aliases: [x]}}", 1, "10,001 characters"),
    "list": ("a.yml", "- A\n", 1, "expected actors as"),
    "documents": ("a.yml", "A: [x]\n---\nB: [y]\n", 2, "expected a single document"),
    "csv_columns": ("a.csv", "actor,alias,kind,alias\nA,x,,y\n", 1, "two columns are called"),
    "csv_blank": ("a.csv", "actor,alias\nA,x\n  ,y\n", 3, "must not be blank"),
    "csv_circle": ("a.csv", "actor,parent,alias\nA,B,x\nB,A,y\n", 2, "circle"),
    "json_number": (
        "a.json",
        '{"A": ["x"],\n "B": [1]}\n',
        2,
        "must be a text or a mapping, got 1",
    ),
    "json_null": ("a.json", '{"A": ["x"],\n "B": null}\n', 2, "no aliases"),
}


@pytest.mark.parametrize("name", list(BAD))
def test_a_bad_file_is_refused_with_its_line(tmp_path, name):
    file, content, line, words = BAD[name]
    path = put(tmp_path, file, content)
    with pytest.raises((TypeError, ValueError)) as error:
        Actors.read(path)
    message = str(error.value)
    assert message.startswith(f"{path}:{line}: "), message
    assert words in message


def test_a_file_of_absurd_size_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("coactor._actor_files.MAX_BYTES", 10)
    with pytest.raises(ValueError, match=r"a\.yml:1: 13 bytes are too many"):
        Actors.read(put(tmp_path, "a.yml", "A: [x, y, z]\n"))


def test_names_of_absurd_length_in_tabaris_files_are_reported_and_left_out(tmp_path):
    text = f"A_ [AAA]\n+{'x' * 1001}_\n{'y' * 1001}_ [BBB]\n+Z_\nC_ [{'c' * 1001}]\n"
    actors = Actors.read(put(tmp_path, "a.actors", text))
    assert rows(actors) == [["AAA", "A"], ["", "C"]]
    assert noted(actors, "malformed") == [["malformed", n] for n in (2, 3, 4, 5)]
    codes = "".join(f"\t[{'c' * 900}{n} >20010101]\n" for n in range(20))
    actors = Actors.read(put(tmp_path, "a.actors", f"A_\n{codes}"))
    assert noted(actors, "malformed") == [["malformed", 1]]
    path = tmp_path / "a.csv"
    actors.write(path)
    assert Actors.read(path).parents("2002-01-01") == actors.parents("2002-01-01") != {}


def test_a_phrase_that_is_none_does_not_leave_its_synonyms_to_the_actor_above(tmp_path):
    actors = Actors.read(put(tmp_path, "a.actors", "A_ [AAA]\n___ [BBB]\n+B_\n\t[CCC]\n"))
    assert rows(actors) == [["AAA", "A"]]
    assert noted(actors, "malformed") == [["malformed", n] for n in (2, 3, 4)]


def test_columns_and_rows_of_a_table_that_are_not_heard_are_reported(tmp_path):
    text = "actor,alias,kinf,parent\nA,x,name,P:..2000\nA,y,,Q:..2000\nA,z,,P:..2000\n"
    actors = Actors.read(put(tmp_path, "a.csv", text))
    held = actors.report[["kind", "line", "detail"]].values.tolist()
    assert held[0][:2] == ["column_ignored", 1] and "'kinf'" in held[0][2]
    assert held[1][:2] == ["conflict", 3] and "'Q:..2000'" in held[1][2]
    assert "2 problems" in repr(actors)  # this one, and that P is no actor


def test_what_a_format_cannot_hold_is_refused_before_it_is_written(tmp_path):
    frame = pd.DataFrame({"actor": ["_opaque"], "alias": ["x"]})
    for suffix in (".yml", ".json"):
        with pytest.raises(ValueError, match="'_opaque', which is where"):
            Actors(frame).write(tmp_path / f"a{suffix}")
    Actors(frame).write(tmp_path / "a.csv")
    assert rows(Actors.read(tmp_path / "a.csv")) == [["_opaque", "x"]]
    with pytest.raises(ValueError, match=r"holds NUL, which \.csv cannot hold"):
        Actors({"A": ["x\0y"]}).write(tmp_path / "b.csv")
    assert not (tmp_path / "b.csv").exists()


@pytest.mark.parametrize("suffix", [".yml", ".csv", ".json"])
def test_carriage_returns_and_quotes_come_back(tmp_path, suffix):
    names = ["a\rb", "\r\nc", ' "d', "e,\n", "\u2028f", "#g", "- h", "\u0085i"]
    actors = Actors({"A\r": {"label": "\r", "aliases": names}, "B": names[::-1]})
    actors.write(tmp_path / f"a{suffix}")
    assert Actors.read(tmp_path / f"a{suffix}").to_frame().equals(actors.to_frame())


def test_dates_of_a_table_may_be_those_of_pandas():
    frame = pd.DataFrame({"actor": "A", "alias": ["x", "y"]})
    frame["start"] = pd.to_datetime(["2021-08-15", None])
    assert Actors(frame).to_frame()["start"].tolist() == ["2021-08-15", ""]
    frame["start"] += pd.Timedelta(hours=1)
    with pytest.raises(ValueError, match=r"table: row 0: actor 'A'.*01:00:00' is no ISO"):
        Actors(frame)


def test_circles_need_one_day_in_common():
    apart = {
        "A": {"parent": "B:..1999", "aliases": ["a"]},
        "B": {"parent": "A:2000..", "aliases": ["b"]},
    }
    assert Actors(apart).parents("1990-01-01") == {"A": "B"}
    for parent in ("A:1999..", "A"):
        with pytest.raises(ValueError, match="circle: A -> B -> A"):
            Actors({**apart, "B": {"parent": parent, "aliases": ["b"]}})
    with pytest.raises(ValueError, match="circle: A -> A"):
        Actors({"A": {"parent": "A", "aliases": ["a"]}})


# ---- report --------------------------------------------------------------------------------------


def test_the_report_says_what_may_go_wrong():
    actors = Actors(
        {
            "GEO": {"parent": "A:..2000;B:1990..", "aliases": ["Georgia", "Georgia", "march"]},
            "GA": ["Georgia", {"text": "US", "priority": 1}],
            "USA": ["US", "US Army"],
            "A": ["Axis"],
        }
    )
    held = actors.report.values.tolist()
    assert [row[:3] for row in held] == [
        *[
            ["repeated", "GEO", "Georgia"],
            ["ambiguous", "GA", "Georgia"],
            ["ambiguous", "USA", "US"],
        ],
        *[["unknown_parent", "GEO", ""], ["overlapping_dates", "GEO", ""], ["nested", "GA", "US"]],
        *[["ordinary_word", "GEO", "march"], ["ordinary_word", "GA", "US"]],
        ["ordinary_word", "USA", "US"],
    ]
    assert "which wins" in held[1][4] and "'US Army' of USA" in held[5][4]
    assert "5 problems" in repr(actors)
    assert held[4][4] == "A and B are parents at the same time; A counts then"
    text = check_text(actors)
    assert re.search(r"4  actors\n", text) and "ambiguous (2)" in text


def test_the_command_line_prints_the_report(tmp_path, capsys):
    from coactor.cli import main

    path = put(tmp_path, "small.actors.txt", ACTORS)
    assert main(["actors", "check", str(path)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{path}: Actors(") and "malformed" not in out
    assert "no_code (2)" in out and "line 19: " in out
    assert main(["actors", "check", str(put(tmp_path, "bad.yml", "A: [x\n"))]) == 1
    assert "bad.yml:2: not YAML" in capsys.readouterr().err
    assert main(["actors", "check", str(path), "--format", "agents"]) == 0
