"""The matcher: cases by hand, and made-up dictionaries and texts against a slow oracle.

COACTOR_LONG=1 makes up new ones each time, and many more: some minutes.
"""

import os

import oracle_match as oracle
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coactor import Actors, Corpus

LONG = os.environ.get("COACTOR_LONG") == "1"


def made_up(n):
    """How many examples to try: the same n each time, or many new ones."""
    return settings(max_examples=50 * n if LONG else n, derandomize=not LONG, deadline=None)


def names(text, aliases, **options):
    """The actors named in a text, with the text of each mention."""
    frame = Corpus([text]).mentions(Actors(aliases, **options)).to_frame()
    assert [text[s:e] for s, e in zip(frame["start"], frame["end"], strict=True)] == list(
        frame["text"]
    )
    return list(zip(frame["actor"], frame["text"], strict=True))


def finds(alias, text, **options):
    """The mentions of one alias in a text, as text."""
    return [found for _, found in names(text, {"A": [alias]}, **options)]


# ---- case ----------------------------------------------------------------------------------------

# alias, rule, what matches, what does not
CASES = [
    ("Taliban", "smart", ["Taliban", "TALIBAN"], ["taliban", "TaliBan", "TALIBan"]),
    ("turkey", "smart", ["turkey", "Turkey", "TURKEY"], ["tURKEY"]),
    ("Turkey", "smart", ["Turkey", "TURKEY"], ["turkey"]),
    ("US", "smart", ["US"], ["us", "Us", "uS"]),
    ("IS", "smart", ["IS"], ["is", "Is"]),
    ("U.S.", "smart", ["U.S.", "U.S"], ["u.s.", "US", "U. S."]),
    ("UNSC", "smart", ["UNSC"], ["unsc", "Unsc"]),
    ("AUKUS", "smart", ["AUKUS"], ["Aukus"]),
    ("UNESCO", "smart", ["UNESCO"], ["Unesco", "unesco"]),
    ("G20", "smart", ["G20"], ["g20"]),
    ("IS-K", "smart", ["IS-K", "IS–K", "IS K", "IS – K"], ["is-k", "Is-K", "ISK", "IS—K", "IS.K"]),
    ("al-Qaeda", "smart", ["al-Qaeda", "Al-Qaeda", "AL-QAEDA", "al Qaeda"], ["al-qaeda"]),
    ("van der Bellen", "smart", ["van der Bellen", "Van der Bellen"], ["Van Der Bellen"]),
    ("Ägypten", "smart", ["Ägypten", "ÄGYPTEN"], ["ägypten", "Agypten"]),
    ("éire", "smart", ["éire", "Éire", "ÉIRE"], ["eire"]),
    ("Straße", "smart", ["Straße", "STRASSE"], ["straße"]),
    ("Москва", "smart", ["Москва", "МОСКВА"], ["москва"]),
    ("Taliban", "exact", ["Taliban"], ["TALIBAN", "taliban"]),
    ("turkey", "exact", ["turkey"], ["Turkey"]),
    ("US", "fold", ["US", "us", "Us"], ["U.S."]),
    ("Straße", "fold", ["straße", "STRASSE", "Strasse"], ["Strase"]),
    ("İzmir", "fold", ["İzmir", "i\u0307zmir"], ["izmir"]),
    ("9/11", "smart", ["9/11"], ["9/12", "9 / 11"]),
]


@pytest.mark.parametrize(("alias", "case", "good", "bad"), CASES)
def test_letters_match_as_the_rule_of_case_allows(alias, case, good, bad):
    for text in good:
        assert finds(alias, f"then {text} left", case=case) == [text]
    for text in bad:
        assert finds(alias, f"then {text} left", case=case) == []


# ---- joints --------------------------------------------------------------------------------------

HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
BLANKS = [" ", "  ", "\t", "\u00a0", "\u2009", "\u3000", " \u00a0 ", "\n", "\r\n", " \n "]
BETWEEN = {  # what may stand between the words of an alias, and what may not
    "Islamic State": (
        [*BLANKS, *HYPHENS, "’s ", "'s ", "\u2018s "],
        ["", "—", " — ", "\u2015", " - ", " – ", ", ", ". ", "\n\n", "\r\n\r\n", " | ", "/", "--"],
    ),
    "Islamic-State": (
        [*BLANKS, *HYPHENS, " - ", " – ", "– ", " –", "\n–\n", " \u2212 "],
        ["", "—", " — ", ", ", "\n\n", "--", " - - ", "/"],
    ),
    "Islamic–State": ([" ", "-", "–", " – "], ["—", ""]),
    "Islamic/State": (["/", " / ", "/ "], [" ", "-", "", "—", "–/–"]),
    "Islamic & State": ([" & ", "&"], [" ", "-", " and "]),
}


@pytest.mark.parametrize("alias", list(BETWEEN))
def test_one_alias_covers_its_typographic_variants_and_no_more(alias):
    good, bad = BETWEEN[alias]
    for joint in good:
        text = f"Islamic{joint}State"
        assert finds(alias, f"The {text} fell") == [text], ascii(joint)
    for joint in bad:
        assert finds(alias, f"The Islamic{joint}State fell") == [], ascii(joint)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anti-Taliban fighters", ["Taliban"]),
        ("the Taliban-led council", ["Taliban"]),
        ("the Taliban–Iran border", ["Taliban", "Iran"]),
        ("the Taliban—Iran’s neighbours—spoke", ["Taliban", "Iran"]),
        ("the Taliban/Iran file", ["Taliban", "Iran"]),
        ("the [Taliban] (Iran)", ["Taliban", "Iran"]),
        ('“Taliban”, ‘Iran’, "Iran"', ["Taliban", "Iran", "Iran"]),
        ("Taliban’s, Iran's, Taliban‘s", ["Taliban", "Iran", "Taliban"]),
        ("Iran.", ["Iran"]),
        ("Iran...", ["Iran"]),
        ("Irans, Iranian, Talibanisation", []),
        ("Iran5, 5Iran, Iran_x, xIran", []),
        ("#Iran @Iran iran.example.org Iran@example.org", []),
        ("Tali\u00adban and Tali\u2060ban", ["Tali\u00adban", "Tali\u2060ban"]),
    ],
)
def test_a_letter_or_digit_is_no_boundary_and_a_hyphen_is_one(text, expected):
    found = [text for _, text in names(text, {"T": ["Taliban"], "I": ["Iran"]})]
    assert found == expected


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        ("U.S.", "the U.S.-led talks", ["U.S."]),
        ("U.S.", "post-U.S. plans", ["U.S."]),
        ("U.S.", "in the U.S. They left", ["U.S."]),
        ("U.S.", "U.S.’s and U.S.'s", ["U.S.", "U.S."]),
        ("U.S", "the U.S. left", ["U.S."]),
        ("U.S. Army", "the U.S. Army and the U.S Army", ["U.S. Army", "U.S Army"]),
        ("Apple Inc.", "Apple Inc and Apple Inc.", ["Apple Inc", "Apple Inc."]),
        ("O'Neill", "O’Neill, O'Neill, O＇Neill", ["O’Neill", "O'Neill", "O＇Neill"]),
        ("States", "the United States’ view", ["States"]),
        ("United States Navy", "United States’ Navy", ["United States’ Navy"]),
        ("People's Republic", "the People’s Republic", ["People’s Republic"]),
        ("Islamic State Khorasan", "Islamic State’s Khorasan", ["Islamic State’s Khorasan"]),
        ("Islamic State Khorasan", "Islamic’s State’s Khorasan", ["Islamic’s State’s Khorasan"]),
        ("Islamic State Khorasan", "Islamic State’s-Khorasan", []),
        ("Islamic State Khorasan", "Islamic State’s, Khorasan", []),
        ("Islamic State Khorasan", "ISLAMIC STATE’S KHORASAN", ["ISLAMIC STATE’S KHORASAN"]),
    ],
)
def test_stops_and_apostrophes_are_as_in_print(alias, text, expected):
    assert finds(alias, text) == expected


def test_a_name_goes_over_a_line_but_belongs_to_the_sentence_of_its_first_word():
    corpus = Corpus(["Fighters of the Islamic\nState fled. Kabul slept."])
    frame = corpus.mentions(Actors({"IS": ["Islamic State"], "AFG": ["Kabul"]})).to_frame()
    assert frame["text"].tolist() == ["Islamic\nState", "Kabul"]
    sentences = corpus.sentences().set_index("sentence")
    for row in frame.itertuples():
        assert sentences["start"][row.sentence] <= row.start < sentences["end"][row.sentence]


def test_no_name_goes_from_one_document_into_the_next():
    corpus = Corpus(["the Islamic", "State", None, "Islamic", "", "State"])
    assert len(corpus.mentions(Actors({"IS": ["Islamic State"]}))) == 0


# ---- which name wins -----------------------------------------------------------------------------

NESTED = {
    "IS": ["IS", "Islamic State"],
    "ISIS": ["ISIS", "Islamic State of Iraq and Syria"],
    "ISISK": [
        "ISIS-K",
        "IS-K",
        "Islamic State-Khorasan",
        "Islamic State of Iraq and Syria-Khorasan",
    ],
    "SYR": ["Syria"],
    "TALIBAN": ["Taliban"],
    "TTP": ["Tehrik-i-Taliban Pakistan"],
    "PAK": ["Pakistan"],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ISIS–K hit Syria", ["ISISK", "SYR"]),
        ("Islamic State of Iraq and Syria – Khorasan", ["ISISK"]),
        ("Islamic State of Iraq and Syria, Khorasan", ["ISIS"]),
        ("Islamic State of Iraq and Jordan", ["IS"]),
        ("Islamic State of Iraq and", ["IS"]),
        ("Islamic Islamic State", ["IS"]),
        ("the Tehrik–i–Taliban Pakistan", ["TTP"]),
        ("Tehrik-i-Taliban of Pakistan", ["TALIBAN", "PAK"]),
        ("IS IS-K ISIS K K", ["IS", "ISISK", "ISISK"]),
    ],
)
def test_the_longest_name_wins_across_actors_and_a_failed_one_gives_way(text, expected):
    assert [actor for actor, _ in names(text, NESTED)] == expected


def test_the_name_that_begins_first_wins_over_a_longer_one():
    assert names("a b c d", {"X": ["b c d"], "Y": ["a b"]}) == [("Y", "a b")]
    assert names("a b c d", {"X": ["c d"], "Y": ["a b"]}) == [("Y", "a b"), ("X", "c d")]


def test_of_equal_names_priority_decides_then_the_order_of_the_dictionary():
    alias = {"text": "Georgia", "priority": 1}
    assert names("Georgia", {"GEO": ["Georgia"], "US-GA": ["Georgia"]}) == [("GEO", "Georgia")]
    assert names("Georgia", {"US-GA": ["Georgia"], "GEO": ["Georgia"]}) == [("US-GA", "Georgia")]
    assert names("Georgia", {"US-GA": ["Georgia"], "GEO": [alias]}) == [("GEO", "Georgia")]
    low = {"text": "Georgia", "priority": -1}
    assert names("Georgia", {"US-GA": [low], "GEO": ["Georgia"]}) == [("GEO", "Georgia")]
    longer = {"US-GA": ["Georgia State"], "GEO": [{"text": "Georgia", "priority": 9}]}
    assert names("Georgia State", longer) == [("US-GA", "Georgia State")]


def test_case_is_looked_at_before_order():
    table = {"COUNTRY": [{"text": "Turkey", "case": "exact"}], "BIRD": [{"text": "turkey"}]}
    assert [actor for actor, _ in names("Turkey turkey TURKEY", table)] == [
        *["COUNTRY", "BIRD", "BIRD"]
    ]


def test_opaque_names_hide_what_is_inside_them():
    table = {"USA": ["Washington"], "AFG": ["Kabul"]}
    opaque = ["Washington Post", {"text": "Kabul airport", "case": "fold"}]
    text = "Washington said the Washington Post’s man at KABUL AIRPORT left Kabul."
    assert names(text, table, opaque=opaque) == [("USA", "Washington"), ("AFG", "Kabul")]
    assert names(text, {**table, "_opaque": opaque}) == [("USA", "Washington"), ("AFG", "Kabul")]


def test_a_name_of_64_words_matches_and_a_longer_one_is_reported():
    words = [f"w{i}" for i in range(65)]
    actors = Actors({"LONG": [" ".join(words[:64])], "LONGER": [" ".join(words)]})
    found = Corpus([" ".join(words)]).mentions(actors).to_frame()
    assert found["actor"].tolist() == ["LONG"]
    assert found["text"].tolist() == [" ".join(words[:64])]
    assert ["too_long", "LONGER"] in actors.report[["kind", "actor"]].values.tolist()


# ---- against the oracle --------------------------------------------------------------------------

# Few words, so that names overlap, nest and fail late; spelt in ways that test the rules of case.
WORDS = [
    "a",
    "A",
    "Ab",
    "AB",
    "ab",
    "U.S.",
    "u.s",
    "’s",
    "s",
    "O'N",
    "O’N",
    "é",
    "É",
    "9",
    "K",
    "&",
]
JOINTS = [" ", " ", " ", "-", "–", " - ", " – ", "—", " — ", "’s ", "'S ", "’ ", "/", ", ", ". "]
BREAKS = ["\n", "\r\n", " \n ", "\n\n", "\n \n", "\u00a0", "  ", "\u00ad ", "--", ""]


def spliced(words, joints, most):
    """Text of words with joints between them."""
    pieces = st.lists(st.tuples(st.sampled_from(words), st.sampled_from(joints)), max_size=most)
    return st.tuples(pieces, st.sampled_from(words)).map(
        lambda made: "".join(word + joint for word, joint in made[0]) + made[1]
    )


ALIASES = st.fixed_dictionaries(
    {
        "text": spliced(WORDS, [" ", " ", "-", "–", " - ", "/", "’s ", " & ", ""], 3),
        "case": st.sampled_from(["smart", "smart", "exact", "fold"]),
        "priority": st.sampled_from([0, 0, 0, 1, -1]),
    }
)
DICTIONARIES = st.lists(
    st.tuples(st.sampled_from(["", "X", "Y", "Z"]), ALIASES), min_size=1, max_size=8
)


def as_actors(dictionary):
    """The dictionary as `Actors` takes it: grouped by actor, opaque names under their key."""
    table = {}
    for actor, alias in dictionary:
        table.setdefault(actor or "_opaque", []).append(alias)
    return table


def as_aliases(table):
    """The same dictionary as the oracle takes it; what an actor has twice counts once, with the
    higher priority."""
    made = {}
    for actor, aliases in table.items():
        for alias in aliases:
            name = "" if actor == "_opaque" else actor
            read = oracle.Alias(alias["text"], name, alias["case"], alias["priority"], len(made))
            words = [word.casefold() if read.rule == "fold" else word for word in read.words]
            held = made.setdefault((name, *words, "|", *read.joints, read.rule), read)
            held.priority = max(held.priority, read.priority)
    return list(made.values())


@made_up(400)
@given(DICTIONARIES, st.lists(spliced(WORDS, JOINTS + BREAKS, 12), min_size=1, max_size=4))
@example([("X", {"text": "a-b", "case": "fold", "priority": 0})], ["A – b’s a b"])
def test_mentions_are_those_of_the_oracle(dictionary, texts):
    table = as_actors(dictionary)
    aliases = as_aliases(table)
    frame = Corpus(texts).mentions(Actors(table)).to_frame()
    found = list(zip(frame["doc"], frame["start"], frame["end"], frame["actor"], strict=True))
    assert found == [
        (doc, start, end, actor)
        for doc, text in enumerate(texts)
        for start, end, actor, _ in oracle.find(text, aliases)
        if actor
    ]


@made_up(100)
@given(spliced(["Abc", "DEF", "é", "x9", "U.S.", "R&D"], [" ", "-", " & ", ", "], 4))
def test_a_name_is_found_in_its_own_text(text):
    corpus = Corpus([f"{text} || {text}", text])
    for case in ("smart", "exact", "fold"):
        frame = corpus.mentions(Actors({"A": [text]}, case=case)).to_frame()
        assert frame["text"].tolist() == [text] * 3
