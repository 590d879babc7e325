"""Tables to files and streams: CSV, JSON lines, Parquet."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ._replacing import replacing

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FORMATS", "format_of", "write_table"]

#: The formats of a table, and the suffixes that stand for them.
FORMATS = {"csv": (".csv",), "jsonl": (".jsonl", ".ndjson"), "parquet": (".parquet",)}

STDOUT = "-"


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


def write_table(frame: pd.DataFrame, path: str, format: str) -> None:
    """Write a table to a file, whole or not at all, or to standard output (``"-"``)."""
    content = _bytes_of(frame, format)
    if path == STDOUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    with replacing(path, binary=True) as (file,):
        file.write(content)


def _bytes_of(frame: pd.DataFrame, format: str) -> bytes:
    if format == "csv":
        text: str = frame.to_csv(index=False, lineterminator="\n")
        return text.encode("utf-8", "replace")
    if format == "jsonl":
        text = frame.to_json(
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
