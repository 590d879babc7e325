"""What `methods()` says of corpora, dictionaries and mentions: plain English for a methods section.

Each paragraph says what was done and with what, so that another could do it again, and what of it
came out of this corpus. Choices that were not made are not spoken of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _core
from ._actor_table import KINDS
from ._results import distinct, plural
from ._version import __version__

if TYPE_CHECKING:
    from .actors import Actors
    from .corpus import Corpus
    from .mentions import Mentions
    from .tone import Tone

__all__ = ["about_actors", "about_corpus", "about_mentions", "about_tokens", "about_tone"]

MODES = {
    "news": "the words of UAX #29 (Unicode {}), with hyphens, dashes and possessive endings as "
    "tokens of their own, and abbreviations, addresses and numbers kept whole",
    "uax29": "exactly the segments of UAX #29 (Unicode {}), white space included",
}

CASES = {
    "smart": "Names were found as they are written, in capitals, and with a capital first letter; "
    "names of up to five letters, all of them capitals, only as they are written.",
    "exact": "Names were found only as they are written.",
    "fold": "Names were found in upper and lower case alike.",
    "title": "Names were found wherever their longer words begin with a capital.",
}

SHORT = {
    "document": "Short names count only in documents that also hold a full name of the actor.",
    "after": "Short names count only after a full name of the actor in the same document.",
    "always": "Short names count wherever they occur.",
}

OVERLAPS = {
    "longest": "Where names overlap, the one that begins first counts, and of those that begin "
    "together, the longest.",
    "nested": "Where names of one actor overlap, the longest counts; names of different actors may "
    "lie within each other.",
    "all": "Where names overlap, all of them count.",
}

QUOTES = {"drop": "outside quoted speech", "only": "within quoted speech"}

LISTED = 4  # so many names are listed; of more, the number is said


def about_tokens(n: int, mode: str) -> str:
    """Say how text was split."""
    rules = MODES[mode].format(_core.UNICODE_VERSION)
    return f"The text was split into {plural(n, 'token')} with coactor {__version__}: {rules}."


def about_corpus(corpus: Corpus) -> str:
    """Say what the corpus holds, from when it is, and what it lacks."""
    missing = int(corpus._missing.sum())
    without = f" ({plural(missing, 'document')} without text)" if missing else ""
    part = corpus._settings.get("subset_of")
    of = f", chosen from {part:,}," if part is not None else ""
    text = (
        f"The corpus holds {plural(corpus.n_docs, 'document')}{without}{of} with "
        f"{plural(int(corpus._doc_sentences[-1]), 'sentence')}"
    )
    dates = None if corpus._dates is None else corpus._dates.dropna()
    if dates is not None and len(dates):
        first, last = (f"{day:%Y-%m-%d}" for day in (dates.min(), dates.max()))
        text += f", dated {first} to {last}" if first != last else f", dated {first}"
        undated = corpus.n_docs - len(dates)
        text += f" ({plural(undated, 'document')} without a date)" if undated else ""
    return f"{text}. {about_tokens(len(corpus._core), corpus.mode)}"


def about_actors(actors: Actors) -> str:
    """Say what the dictionary holds, and when a name counts."""
    options, table = actors._options, actors._table
    opaque = int((actors._alias_actor < 0).sum())
    accents = ", and so do letters with and without accents" * (options["accents"] == "fold")
    sentences = [
        f"Actors were found with a dictionary of {plural(len(actors.ids), 'actor')} and "
        f"{plural(table.n_aliases - opaque, 'name')} (hash {actors._hash}).",
        f"{CASES[options['case']]} Typographic variants of hyphens, dashes, spaces and "
        f"apostrophes count as the same{accents}.",
    ]
    if opaque:
        names = "name stands" if opaque == 1 else "names stand"
        sentences.append(
            f"{opaque:,} more {names} for no actor and {'hides' if opaque == 1 else 'hide'} any "
            "name within."
        )
    if (table.kind == KINDS.index("short")).any():
        sentences.append(SHORT[options["short"]])
    if options["acronyms"] == "document":
        sentences.append(
            "An acronym that a document introduces in brackets after a name counts as that actor "
            "in that document."
        )
    if actors._dated:
        sentences.append("Names with dates count only in documents of those dates.")
    return " ".join(sentences)


def about_mentions(mentions: Mentions) -> str:
    """Say how many mentions there are, and which were counted."""
    settings = mentions._settings
    named, docs = (len(distinct(column)) for column in (mentions._actor, mentions._doc))
    total = plural(mentions.corpus.n_docs, "document")
    count = f"{plural(len(mentions), 'mention')} of {plural(named, 'actor')}"
    if settings.get("spans") == "given":
        sentences = [f"{count} were given, not found with a dictionary; they lie in {docs:,} of "]
        sentences[0] += f"{total}."
    else:
        sentences = [f"{count} were found in {docs:,} of {total}."]
        sentences.append(OVERLAPS[settings["overlap"]])
    sentences += [_about_filter(step) for step in settings.get("filter", [])]
    if "rollup" in settings:
        sentences.append(f"Actors were replaced by {_about_rollup(settings['rollup'])}.")
    undated = settings.get("n_undated_docs", 0)
    if undated:
        sentences.append(f"{plural(undated, 'document')} had no date.")
    return " ".join(sentence for sentence in sentences if sentence)


def _about_filter(step: dict[str, Any]) -> str:
    """Say which mentions one filter kept."""
    kept = []
    if step["actors"] is not None:
        kept.append(f"of {_listed(step['actors'], 'chosen actor')}")
    if step["kinds"] is not None:
        kinds = [step["kinds"]] if isinstance(step["kinds"], str) else list(step["kinds"])
        kept.append(f"by a name of kind {' or '.join(kind or 'none' for kind in kinds)}")
    if step["quotes"] in QUOTES:
        kept.append(QUOTES[step["quotes"]])
    if step["locative"] is not None:
        behind = "after a word of place such as in or from"
        kept.append(behind if step["locative"] else f"not {behind}")
    if not kept:
        return "Some mentions were left out by hand."
    return f"These are the mentions {', '.join(kept)}."


def _listed(names: list[str], noun: str) -> str:
    return plural(len(names), noun) if len(names) > LISTED else " and ".join(map(str, names))


def _about_rollup(rollup: Any) -> str:
    if rollup == "parent":
        return "their parents on the date of the document"
    if isinstance(rollup, int):
        return f"the first {plural(rollup, 'letter')} of their codes"
    return f"a table of {plural(len(rollup), 'entry')}"


def about_tone(tone: Tone, unit: str, n: int) -> str:
    """Say what was scored, with which lexicon, and what did not count."""
    settings = tone._settings
    left_out = []
    if settings["mask"]:
        left_out.append("the words of actors' names")
    if settings["quotes"] == "drop":
        left_out.append("words within quoted speech")
    sentences = [tone.lexicon.methods(), f"{plural(n, unit)} {_was(n)} scored."]
    if left_out:
        text = " and ".join(left_out)
        sentences.append(f"{text[0].upper()}{text[1:]} were left out.")
    if settings["quotes"] == "only":
        sentences.append("Only words within quoted speech were counted.")
    return " ".join(sentences)


def _was(n: int) -> str:
    return "was" if n == 1 else "were"
