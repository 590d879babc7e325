"""What notebooks show: short, escaped tables that are good in light and in dark.

A page never holds a script or an address, and stays under `HTML_BYTES` whatever it is about. It
takes its colours from where it stands: letters inherit theirs, lines and grounds are translucent.
So it needs not know whether its surroundings are dark (a notebook's theme is not that of the
system, which is all that CSS could ask for).
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["HTML_ROWS", "cell", "escaped", "frame", "page", "tables"]

#: The most of a table that is shown: rows, columns, letters of a cell and of a title.
HTML_ROWS, HTML_COLUMNS, HTML_LETTERS, HTML_TITLE = 50, 20, 80, 1000
#: The most bytes of a page, and of its rows, which leaves room for all around them.
HTML_BYTES, ROWS_BYTES = 200_000, 170_000

#: Rules for the inside of one `div`: the class keeps them from anything else on the page.
STYLE = """
.coactor{overflow-x:auto;max-width:100%}
.coactor table{border-collapse:collapse;border:0;font-size:.9em;margin:.2em 0 .6em;color:inherit}
.coactor caption{caption-side:top;text-align:left;padding:.2em 0 .4em;color:inherit;font-size:1em}
.coactor caption span{opacity:.75}
.coactor tr,.coactor thead,.coactor tbody{background:none;border:0}
.coactor th,.coactor td{padding:.2em .7em;text-align:left;vertical-align:top;white-space:pre-wrap;
border:0;border-bottom:1px solid rgba(128,128,128,.3);color:inherit;max-width:30em;
overflow-wrap:anywhere}
.coactor thead th{font-weight:600;border-bottom:1px solid currentColor;white-space:nowrap}
.coactor .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
"""


def escaped(text: str) -> str:
    """Return text as HTML; what UTF-8 cannot hold becomes a question mark."""
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"))


def cell(value: Any, decimals: int | None = None) -> str:
    """Return one cell of a page: escaped, and short whatever it holds."""
    if isinstance(value, (float, np.floating)):
        return _number(float(value), decimals)
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return "–"
    text = str(value)
    if type(value).__name__ == "Timestamp":
        text = text.removesuffix(" 00:00:00")
    if len(text) > HTML_LETTERS:
        text = text[:HTML_LETTERS] + "…"
    return escaped(text)


def _number(value: float, decimals: int | None) -> str:
    if value != value:
        return "–"
    text = f"{value:.3g}" if decimals is None else f"{value:.{decimals}f}"
    return text.replace("-", "−")


def _decimals(column: pd.Series) -> int | None:
    """Return how many decimals say enough of every number of a column; None if none do."""
    if column.dtype.kind != "f":
        return None
    values = np.abs(column.to_numpy(dtype=np.float64, na_value=np.nan))
    values = values[np.isfinite(values) & (values != 0)]
    if len(values) == 0:
        return 0
    least, most = float(values.min()), float(values.max())
    if (values == np.round(values)).all() and most < 1e12:
        return 0
    decimals = 3 if most < 1 else 2 if most < 1000 else 1
    return decimals if least >= 0.5 * 10.0**-decimals and most < 1e9 else None


def frame(content: str) -> str:
    """Put what is shown into a box with the style."""
    return f'<div class="coactor"><style>{STYLE}</style>{content}</div>'


def page(title: str, head: pd.DataFrame, n_rows: int, more: str = "to_frame()") -> str:
    """Return the first rows of a table under a title of one line.

    Parameters
    ----------
    title : str
    head : DataFrame
        At least as many of the first rows as are shown, if there are so many.
    n_rows : int
        How many there are in all.
    more : str
        What gives all of them.
    """
    return frame(_table(title, head, n_rows, more, ROWS_BYTES))


def tables(parts: list[tuple[str, pd.DataFrame, int, str]], rows: int) -> str:
    """Return several tables below each other, each with so many rows at most."""
    size = ROWS_BYTES // len(parts)
    return frame("".join(_table(t, head.head(rows), n, m, size) for t, head, n, m in parts))


def _table(title: str, head: pd.DataFrame, n_rows: int, more: str, size: int) -> str:
    columns = list(head.columns[:HTML_COLUMNS])
    kinds = [' class="n"' if _is_number(head.dtypes.iloc[i]) else "" for i in range(len(columns))]
    names = "".join(
        f'<th scope="col"{kind}>{cell(name)}</th>'
        for name, kind in zip(columns, kinds, strict=True)
    )
    rows: list[str] = []
    shown = [head.iloc[:HTML_ROWS, i] for i in range(len(columns))]
    decimals = [_decimals(column) for column in shown]
    for values in zip(*shown, strict=True):
        cells = zip(values, kinds, decimals, strict=True)
        row = "".join(f"<td{kind}>{cell(value, digits)}</td>" for value, kind, digits in cells)
        row = f"<tr>{row}</tr>"
        size -= len(row.encode())
        if size < 0:
            break
        rows.append(row)
    left = _left(n_rows - len(rows), len(head.columns) - len(columns), more)
    if len(title) > HTML_TITLE:
        title = title[:HTML_TITLE] + "…"
    return (
        f"<table><caption>{escaped(title)}{left}</caption><thead><tr>{names}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _left(rows: int, columns: int, more: str) -> str:
    """Say how much is not shown."""
    parts = [
        f"{n:,} more {noun}{'' if n == 1 else 's'}"
        for n, noun in ((rows, "row"), (columns, "column"))
        if n > 0
    ]
    if not parts:
        return ""
    where = f": {escaped(more)}" if more else ""
    return f"<br><span>… and {' and '.join(parts)}{where}</span>"


def _is_number(dtype: Any) -> bool:
    return getattr(dtype, "kind", "O") in "iuf"
