"""Tables to files and streams: CSV, JSON lines, Parquet.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, and runs it.
Names and texts come from articles, so in CSV such a text is written with an apostrophe before it.
Nothing is lost by that: a text that has apostrophes before such a sign gets one more, so taking one
away from every cell of ``'…=`` gives the data back. Numbers are never changed, nor are texts that
are a number or a single sign; JSON lines and Parquet hold everything as it is.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from ._replacing import replacing

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FORMATS", "csv_text", "format_of", "protected", "write_csv", "write_table"]

#: The formats of a table, and the suffixes that stand for them.
FORMATS = {"csv": (".csv",), "jsonl": (".jsonl", ".ndjson"), "parquet": (".parquet",)}

STDOUT = "-"

#: What a spreadsheet takes for a formula (and what it is told apart from): in some languages the
#: wide forms of the signs too. A single sign and a number are none.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20](?=.)", re.DOTALL)
_NUMBER = re.compile(r"[+-](\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def format_of(path: str, format: str | None) -> str:
    """Return the format of a file: the one asked for, or that of its suffix, or CSV.

    Raises
    ------
    ValueError
        If the suffix stands for none and no format is asked for.
    """
    if format is not None:
        return format
    suffix = Path(path).suffix.lower()
    for name, suffixes in FORMATS.items():
        if suffix in suffixes:
            return name
    if path == STDOUT:
        return "csv"
    raise ValueError(f"{path}: its suffix is none of a table; say --format csv, jsonl or parquet")


# ---- CSV -----------------------------------------------------------------------------------------


def protected(text: str) -> str:
    """Return a text as CSV holds it: with an apostrophe before what looks like a formula.

    >>> [protected(text) for text in ("=1+1", "-5", "-", "'=1+1", "Russia")]
    ["'=1+1", '-5', '-', "''=1+1", 'Russia']
    """
    risky = _FORMULA.match(text) is not None and _NUMBER.fullmatch(text) is None
    return f"'{text}" if risky else text


def _protect(frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return a table that no spreadsheet takes for formulas, and how many cells were changed."""
    import pandas as pd

    changed: dict[int, Any] = {}
    n_cells = 0
    for place, dtype in enumerate(frame.dtypes):
        if pd.api.types.is_numeric_dtype(dtype) or pd.api.types.is_datetime64_any_dtype(dtype):
            continue
        column = frame.iloc[:, place]
        try:
            codes, values = pd.factorize(column)  # far fewer texts than cells
        except TypeError:  # cells that cannot be compared, as lists are
            codes, values = np.arange(len(column)), column.to_numpy(dtype=object)
        safe = [protected(value) if isinstance(value, str) else value for value in values]
        risky = [i for i, value in enumerate(values) if isinstance(value, str) and safe[i] != value]
        if not risky:
            continue
        held = column.astype(object)
        marks = pd.Series(codes).isin(risky).to_numpy()
        held[marks] = [safe[code] for code in codes[marks]]
        n_cells += int(marks.sum())
        changed[place] = held
    names = [protected(name) if isinstance(name, str) else name for name in frame.columns]
    if changed or names != list(frame.columns):
        columns = [changed.get(place, frame.iloc[:, place]) for place in range(len(names))]
        frame = pd.concat(columns, axis=1) if columns else frame
        frame.columns = pd.Index(names)
    return frame, n_cells


def write_csv(file: IO[str], frame: pd.DataFrame) -> int:
    """Write a table as CSV; return how many cells got an apostrophe."""
    safe, n_cells = _protect(frame)
    safe.to_csv(file, index=False, lineterminator="\n")
    return n_cells


def csv_text(frame: pd.DataFrame) -> str:
    """Return a table as CSV."""
    file = io.StringIO()
    write_csv(file, frame)
    return file.getvalue()


# ---- any format ----------------------------------------------------------------------------------


def write_table(frame: pd.DataFrame, path: str, format: str) -> int:
    """Write a table to a file, whole or not at all, or to standard output (``"-"``).

    Returns how many cells got an apostrophe.
    """
    if format == "csv":
        return _write_csv_to(path, frame)
    content = _bytes_of(frame, format)
    if path == STDOUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        with replacing(path, binary=True) as (file,):
            file.write(content)
    return 0


def _write_csv_to(path: str, frame: pd.DataFrame) -> int:
    """Write CSV row by row: a reader who has seen enough need not wait for the last one."""
    if path != STDOUT:
        with replacing(path) as (file,):
            return write_csv(file, frame)
    output = io.TextIOWrapper(
        sys.stdout.buffer, encoding="utf-8", errors="replace", newline="", write_through=True
    )
    try:
        n_cells = write_csv(output, frame)
        output.flush()
    finally:
        output.detach()  # what it wraps is not ours to close
    return n_cells


def _bytes_of(frame: pd.DataFrame, format: str) -> bytes:
    if format == "jsonl":
        text: str = frame.to_json(
            orient="records", lines=True, force_ascii=False, date_format="iso", double_precision=15
        )
        return text.encode("utf-8", "replace")
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise ImportError("Parquet needs pyarrow: pip install 'coactor[arrow]'") from None
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    return buffer.getvalue()
