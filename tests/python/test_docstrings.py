"""Every public name says what goes in, what comes out, and shows it on an example that runs."""

import inspect
from operator import attrgetter

import pytest
from numpydoc.validate import validate

import coactor
import coactor.pandas

#: What a docstring must not lack, by numpydoc's codes: it is there and has a summary of one line;
#: parameters are those of the signature, each described; results and an example are there.
CHECKS = {"GL03", "GL08", "SS01", "SS02", "SS03", "SS06", "PR01", "PR02", "PR07", "RT01", "EX01"}

#: Classes that others make: their parameters are no business of a user.
MADE = {"Analysis", "Cooccurrence", "Mentions", "Tokens", "Tone"}
MADE |= {"pandas.DataFrameAccessor", "pandas.SeriesAccessor"}

#: What is imported when asked for, and so is not in the list of names.
LAZY = ["ActorVectorizer", "ToneVectorizer", "pandas.DataFrameAccessor", "pandas.SeriesAccessor"]


def thing_of(name):
    return attrgetter(name)(coactor)


def public_names():
    for name in [*coactor.__all__, *LAZY]:
        if not name.startswith("__"):
            yield name
            if inspect.isclass(thing_of(name)):
                yield from (f"{name}.{member}" for member in members(thing_of(name)))


def members(thing):
    """Public members that can have a docstring: a slot has none, the class describes it."""
    held = ((name, value) for name, value in vars(thing).items() if not name.startswith("_"))
    return [name for name, value in held if not inspect.ismemberdescriptor(value)]


def is_callable(name):
    found = thing_of(name)
    owner, _, member = name.rpartition(".")
    if owner and inspect.isclass(thing_of(owner)):
        found = vars(thing_of(owner))[member]
    return callable(getattr(found, "__func__", found))


def gaps(name):
    wanted = set(CHECKS)
    if name in MADE:
        wanted -= {"PR01"}
    if not is_callable(name) or name.endswith(".methods"):
        wanted -= {"EX01"}
    return [
        f"{code}: {text}" for code, text in validate(f"coactor.{name}")["errors"] if code in wanted
    ]


@pytest.mark.parametrize("name", list(public_names()))
def test_a_public_name_is_documented(name):
    assert gaps(name) == []


#: What says in its summary whose arguments it takes, and so whose errors it has.
PASSED_ON = ("pandas.", "ActorVectorizer", "ToneVectorizer")
#: What takes anything, or what is checked where the object was made.
NEVER_REFUSE = {"Mentions.to_frame"}


def takes_arguments(name):
    return bool(set(inspect.signature(thing_of(name)).parameters) - {"self", "cls"})


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in public_names()
        if is_callable(name)
        and takes_arguments(name)
        and not name.startswith(PASSED_ON)
        and name not in MADE | NEVER_REFUSE
    ],
)
def test_what_takes_arguments_says_what_it_refuses(name):
    assert "\nRaises\n------\n" in inspect.getdoc(thing_of(name))


def test_a_gap_is_noticed(monkeypatch):
    monkeypatch.setattr(coactor.sentences, "__doc__", "Return something.")
    assert [gap.split(":")[0] for gap in gaps("sentences")] == ["PR01", "RT01", "EX01"]
