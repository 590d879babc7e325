"""What all results share: choosing among names, columns of text, hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from ._accessors import register_if_loaded

if TYPE_CHECKING:
    import pandas as pd

Integer = TypeVar("Integer", bound=np.integer[Any])


def one_of(argument: str, value: object, allowed: Sequence[str]) -> None:
    """Raise a ValueError that lists what is allowed unless `value` is in it."""
    if value not in allowed:
        choices = ", ".join(repr(choice) for choice in allowed)
        raise ValueError(f"{argument}={value!r} is not known; choose one of {choices}")


def text_array(values: Iterable[Any]) -> pd.Series:
    """Return a pandas Series of strings: dtype `str`, or object where labels are no text."""
    import pandas as pd

    register_if_loaded()
    held = list(values)
    column = np.empty(len(held), dtype=object)
    column[:] = held
    if not all(isinstance(value, str) for value in held):
        return pd.Series(column)
    try:
        return pd.Series(column, dtype="str")
    except UnicodeEncodeError:  # a lone surrogate, which Arrow's strings cannot hold
        return pd.Series(column, dtype=object)


def picked(values: Sequence[Any], which: np.ndarray) -> pd.Series:
    """Return `values[i]` for each i of `which` as a column of text."""
    return text_array(values).take(which).reset_index(drop=True)


def distinct(values: npt.NDArray[Integer]) -> npt.NDArray[Integer]:
    """Return the distinct values of an array of integers, ascending.

    As `numpy.unique`, which hashes since NumPy 2.3: numbers that count up, as all of ours do,
    then take it ten to twenty times as long as sorting them.
    """
    held = np.sort(values)
    return held[np.flatnonzero(np.diff(held, prepend=held[:1] - 1))]


def plural(n: int, noun: str) -> str:
    """Return the number and the noun: 1 category, 2 categories, 2 aliases, 2 days."""
    if n == 1:
        return f"{n:,} {noun}"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{n:,} {noun[:-1]}ies"
    return f"{n:,} {noun}" + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def plain(value: Any) -> Any:
    """Return a value for a message: NumPy's numbers as Python's, those in a tuple too."""
    if type(value) is tuple:
        return tuple(map(plain, value))
    return value.item() if isinstance(value, np.generic) else value


def whole(argument: str, value: Any, least: int = 0) -> int:
    """Return a whole number; raise a TypeError or ValueError that names the argument."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{argument} must be a whole number, got {value!r}")
    if value < least:
        known = "not be negative" if least == 0 else f"be at least {least}"
        raise ValueError(f"{argument} must {known}, got {value}")
    return int(value)


def digest(parts: Iterable[str]) -> str:
    """Return a short hash of texts, the same on every machine."""
    state = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        state.update(len(encoded).to_bytes(8, "little") + encoded)
    return state.hexdigest()[:16]
