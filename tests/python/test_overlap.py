"""Overlapping names: each mode and rule of case against trying every alias everywhere."""

import os
import random

import pytest
from oracle_overlap import alias_of, find, tokens_of

from coactor import Actors, Corpus

#: Cases (a dictionary and a text) of each mode and rule; the nightly run asks for 100,000.
CASES = int(os.environ.get("COACTOR_CASES", "3000"))
TEXTS = 50

#: Columns of mentions, without what `to_frame` makes of them.
NAMES = ("doc", "start", "end", "actor", "alias")

MODES = ["longest", "nested", "all"]
RULES = ["smart", "exact", "fold", "title"]

WORDS = ["al", "Al", "AL", "ba", "Ba", "BA", "Cedar", "cedar", "CEDAR", "us", "US", "7", "7th", "é"]
SIGNS = ["&", ","]
JOINTS = [" "] * 8 + ["-", "–", " - ", "’s ", "' ", "\n", "\n\n", " — ", ", ", "\u00a0"]
ALIAS_JOINTS = [" "] * 5 + ["-", " & "]
SIGN_JOINTS = ["’s ", "/"]  # beside a star they would be part of its word


def random_text(rng):
    parts = [rng.choice(WORDS)]
    for _ in range(rng.randrange(0, 9)):
        parts += [rng.choice(JOINTS), rng.choice(WORDS if rng.random() < 0.95 else SIGNS)]
    return "".join(parts)


def random_word(rng, globs):
    word = rng.choice(WORDS)
    if globs and word.isalpha() and rng.random() < 0.3:
        at = rng.randrange(len(word) + 1)
        return word[:at] + "*" + word[at + rng.randrange(2) :]
    return word


def random_alias(rng, globs):
    parts = [random_word(rng, globs)]
    while rng.random() < 0.5 and len(parts) < 7:
        joints = ALIAS_JOINTS if globs else ALIAS_JOINTS + SIGN_JOINTS
        parts += [rng.choice(joints), random_word(rng, globs)]
    return "".join(parts)


def random_names(rng, rules, globs):
    """(text, actor, rule, priority); actor -1 is opaque, which come last."""
    names = [
        (random_alias(rng, globs), rng.randrange(-1, 4), rng.choice(rules), rng.choice([0, 0, 1]))
        for _ in range(rng.randrange(1, 9))
    ]
    return sorted(names, key=lambda name: (name[1] < 0, name[1]))


def actors_of(names):
    def fields(name):
        return {"text": name[0], "case": name[2], "priority": name[3]}

    table = {}
    for name in names:
        if name[1] >= 0:
            table.setdefault(f"A{name[1]}", []).append(fields(name))
    return Actors(table, opaque=[fields(name) for name in names if name[1] < 0])


def without_repeated(aliases):
    """An alias of an actor that matches what an earlier one does leaves that its priority."""
    first = {}
    for alias in aliases:
        any_case = alias.rule in ("fold", "title")
        words = tuple(
            word.casefold() if any_case and (alias.rule == "fold" or "*" not in word) else word
            for word in alias.words
        )
        held = first.setdefault((alias.actor, words, *alias.joints, alias.rule), alias)
        held.priority = max(held.priority, alias.priority)
    return list(first.values())


def check(seed, mode, rules, globs):
    rng = random.Random(seed)
    names = random_names(rng, rules, globs)
    texts = [random_text(rng) for _ in range(TEXTS)]
    aliases = [alias_of(*name[:3], name[3], number) for number, name in enumerate(names)]
    aliases = without_repeated(aliases)
    actors = actors_of(names)
    mentions = Corpus(texts, threads=1).mentions(actors, overlap=mode)
    place = {id: int(id[1:]) for id in actors.ids}
    columns = zip(*(getattr(mentions, f"_{name}") for name in NAMES), strict=True)
    found = [[] for _ in texts]
    for doc, start, end, actor, alias in columns:
        found[doc].append((int(start), int(end), place[actors.ids[actor]], int(alias)))
    for text, tokens, got in zip(texts, tokens_of(texts), found, strict=True):
        expected = find(tokens, aliases, mode)
        assert sorted(got) == expected, f"{mode}, seed {seed}: {text!r} with {names}"


@pytest.mark.parametrize("rule", [*RULES, "mixed"])
@pytest.mark.parametrize("mode", MODES)
def test_names_are_those_that_trying_everything_finds(mode, rule):
    for seed in range(CASES // TEXTS):
        check(seed, mode, RULES if rule == "mixed" else [rule], globs=False)


@pytest.mark.parametrize("rule", [*RULES, "mixed"])
@pytest.mark.parametrize("mode", MODES)
def test_globs_are_those_that_trying_everything_finds(mode, rule):
    for seed in range(CASES // TEXTS):
        check(10**6 + seed, mode, RULES if rule == "mixed" else [rule], globs=True)


TABLE = {"ISISK": ["ISIS-K"], "ISIS": ["ISIS", "Islamic State"], "SYR": ["Syria"]}
TEXT = "ISIS-K, the Islamic State of Iraq and Syria, the Syria Post, and Syria."


def rows(mode, table=TABLE, text=TEXT, opaque=("Syria Post",), **options):
    mentions = Corpus([text]).mentions(Actors(table, opaque=opaque, **options), overlap=mode)
    return mentions.to_frame()[["actor", "text"]].values.tolist()


def test_longest_takes_each_word_once():
    assert rows("longest") == [
        *[["ISISK", "ISIS-K"], ["ISIS", "Islamic State"], ["SYR", "Syria"], ["SYR", "Syria"]]
    ]


def test_nested_takes_each_word_once_for_each_actor():
    assert rows("nested")[:2] == [["ISIS", "ISIS"], ["ISISK", "ISIS-K"]]
    both = {"A": ["Mali", "Mali Army"], "B": ["Army"]}
    assert rows("nested", both, "Mali Army") == [["A", "Mali Army"], ["B", "Army"]]


def test_all_takes_every_span_of_every_actor_once():
    both = {"A": ["Mali", "Mali Army", {"text": "mali", "case": "fold"}], "B": ["Army"]}
    assert rows("all", both, "Mali Army") == [["A", "Mali"], ["A", "Mali Army"], ["B", "Army"]]


@pytest.mark.parametrize("mode", MODES)
def test_an_opaque_name_hides_what_is_in_it(mode):
    assert rows(mode, {"SYR": ["Syria"]}) == [["SYR", "Syria"]] * 2


def test_an_unknown_mode_is_refused():
    with pytest.raises(ValueError, match=r"overlap='some'.*'longest', 'nested', 'all'"):
        rows("some")


@pytest.mark.parametrize("mode", MODES)
def test_results_do_not_depend_on_threads(mode):
    rng = random.Random(5)
    texts = [" ".join(random_text(rng) for _ in range(400)) for _ in range(300)]
    actors = actors_of(random_names(random.Random(3), RULES, True))
    first = Corpus(texts, threads=1).mentions(actors, overlap=mode).to_frame()
    for threads in (2, 3, 8):
        again = Corpus(texts, threads=threads).mentions(actors, overlap=mode).to_frame()
        assert again.equals(first)
