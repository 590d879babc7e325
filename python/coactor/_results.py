"""What all results share: choosing among names, tables, hashes, short notebook pages."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ._accessors import register_if_loaded

if TYPE_CHECKING:
    import pandas as pd

HTML_ROWS = 20
HTML_LETTERS = 80


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


def plural(n: int, noun: str) -> str:
    """Return the number and the noun: 1 category, 2 categories, 2 aliases, 2 days."""
    if n == 1:
        return f"{n:,} {noun}"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{n:,} {noun[:-1]}ies"
    return f"{n:,} {noun}" + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def digest(parts: Iterable[str]) -> str:
    """Return a short hash of texts, the same on every machine."""
    state = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        state.update(len(encoded).to_bytes(8, "little") + encoded)
    return state.hexdigest()[:16]


def cell(value: Any) -> str:
    """Return one cell of a page: escaped, and short whatever it holds."""
    if isinstance(value, (float, np.floating)):
        return "" if value != value else f"{value:.3g}"
    text = str(value)
    if len(text) > HTML_LETTERS:
        text = text[:HTML_LETTERS] + "…"
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"))


def page(title: str, frame: pd.DataFrame, n_rows: int) -> str:
    """Return a bounded, script-free table for a notebook under a one-line title."""
    head = "".join(f"<th scope='col'>{cell(name)}</th>" for name in frame.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell(value)}</td>" for value in row) + "</tr>"
        for row in frame.head(HTML_ROWS).itertuples(index=False)
    )
    more = f"<p>… and {n_rows - HTML_ROWS:,} more</p>" if n_rows > HTML_ROWS else ""
    return (
        f"<div><p>{cell(title) if len(title) <= HTML_LETTERS else html.escape(title)}</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}</div>"
    )
