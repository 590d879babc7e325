"""What to say of an actor that is asked for and is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from ._results import plain

if TYPE_CHECKING:
    from .actors import Actors

__all__ = ["did_you_mean", "who_is_meant"]

#: Ids that a message lists, and the most among which similar ones are looked for.
LISTED, COMPARED = 10, 10_000


def did_you_mean(given: Any, known: Iterable[str], least: float = 0.6) -> str:
    """Return ``; did you mean 'aliases'?``, or nothing where none of them is like it."""
    folded = {text.casefold(): text for text in reversed(list(known))}
    close = get_close_matches(str(given).casefold(), list(folded), 1, least)
    return f"; did you mean {folded[close[0]]!r}?" if close else ""


def who_is_meant(given: Any, ids: Sequence[str], dictionary: Actors | None) -> str:
    """Return the end of a message: whose name this is, which id is like it, or which there are."""
    if dictionary is not None and (owners := _owners(given, dictionary)):
        return f"; {plain(given)!r} is a name of {' and of '.join(map(repr, owners))}"
    similar = did_you_mean(given, ids) if len(ids) <= COMPARED else ""
    if similar or not ids:
        return similar
    more = f" and {len(ids) - LISTED:,} more" if len(ids) > LISTED else ""
    return f"; its ids are {', '.join(map(repr, ids[:LISTED]))}{more}"


def _owners(given: Any, dictionary: Actors) -> list[str]:
    """Return the ids of the actors that have a name, in whatever case it is given."""
    if not isinstance(given, str):
        return []
    numbers, ids = dictionary._alias_actor.tolist(), dictionary.ids
    wanted = given.casefold()
    held = zip(dictionary._alias_texts, numbers, strict=True)
    return list(dict.fromkeys(ids[i] for text, i in held if i >= 0 and text.casefold() == wanted))
