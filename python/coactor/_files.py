"""Files of text and tables, read strictly: what cannot be read is named, with its place."""

from __future__ import annotations

import csv
import glob
import io
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._columns import names_of
from ._results import plural

if TYPE_CHECKING:
    import pandas as pd

#: Name of the column that holds the names of text files.
FILE = "file"

#: What separates the fields of a CSV that has no commas in its header.
SEPARATORS = (";", "\t")


def existing(path: Path) -> Path:
    """Return the path of a file; a FileNotFoundError or ValueError where there is none."""
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file")
    if path.is_dir():
        raise ValueError(f"{path}: is a folder, expected a file")
    return path


def decoded(raw: bytes, path: Path, encoding: str = "utf-8", hint: str = "") -> str:
    """Return bytes of a file as text, without a byte order mark.

    Raises
    ------
    ValueError
        With the file and the line of the first byte that does not fit.
    """
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ValueError(
            f"{path}:{line}: byte {error.start} is not {encoding}; is this a text file?{hint}"
        ) from None
    except LookupError:
        raise ValueError(f"encoding={encoding!r} is not known") from None
    if "\0" in text:
        at = text.index("\0")
        line = text.count("\n", 0, at) + 1
        raise ValueError(f"{path}:{line}: holds NUL at character {at}; not a text file")
    return text.removeprefix("\ufeff")


def read_text(path: Path, encoding: str = "utf-8") -> str:
    """Return the text of a file as it is, without a byte order mark.

    Raises
    ------
    FileNotFoundError, ValueError
        With the file and the line of the first byte that does not fit.
    """
    hint = " give encoding= if it is in another one, such as encoding='cp1252'"
    return decoded(existing(path).read_bytes(), path, encoding, hint)


def csv_records(reader: Any, source: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records of a strict CSV reader, each with the line it begins in.

    Raises
    ------
    ValueError
        With the file and the line in which a record that cannot be read begins.
    """
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = str(error)
            if problem == "unexpected end of data":
                problem = "a quotation mark is opened here and never closed"
            raise ValueError(f"{source}:{line}: {problem}") from None
        yield line, row


def separator_of(text: str, wanted: Sequence[str]) -> str:
    """Return what separates the fields of a CSV: a comma, unless its header leaves no doubt.

    That is where the first line holds no comma, and all columns wanted between semicolons or tabs.
    """
    header = re.split("[\r\n]", text, maxsplit=1)[0]
    for mark in SEPARATORS if "," not in header else ():
        names = next(csv.reader([header], delimiter=mark), [])
        if len(names) > 1 and set(wanted) <= set(names):
            return mark
    return ","


def other_separator(names: Sequence[str]) -> str:
    """Return what a message asks where one column has the names of several."""
    found = [mark for mark in (*SEPARATORS, "|") if len(names) == 1 and mark in str(names[0])]
    return f"; fields are parted by commas here, not by {found[0]!r}" if found else ""


def _read_csv(path: Path, encoding: str, wanted: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    text = read_text(path, encoding)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator_of(text, wanted), strict=True
    )
    limit = csv.field_size_limit(2**31 - 1)
    try:
        records = csv_records(reader, str(path))
        _, header = next((record for record in records if record[1]), (1, []))
        if not header:
            raise ValueError(f"{path}: is empty, expected a line of column names")
        held = []
        for line, row in records:
            if row and len(row) != len(header):
                fields, hint = plural(len(row), "field"), other_separator(header)
                raise ValueError(f"{path}:{line}: {fields}, expected {len(header)}{hint}")
            if row:
                held.append(row)
    finally:
        csv.field_size_limit(limit)
    twice = [name for name, times in Counter(header).items() if times > 1]
    if twice:
        raise ValueError(f"{path}: several columns have the name {twice[0]!r}")
    columns = {
        name: [row[i] if row[i] != "" else None for row in held] for i, name in enumerate(header)
    }
    return pd.DataFrame(columns, dtype=object)


def _read_jsonl(path: Path, encoding: str, wanted: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for number, line in enumerate(read_text(path, encoding).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"{path}:{number}: not JSON: {error.msg}") from None
        if not isinstance(row, dict):
            raise ValueError(f"{path}:{number}: expected an object, got {type(row).__name__}")
        rows.append(row)
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pd.DataFrame({name: [row.get(name) for row in rows] for name in names}, dtype=object)


def _read_parquet(path: Path, encoding: str, wanted: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    try:
        return pd.read_parquet(path)
    except ImportError:
        raise ImportError("reading .parquet needs pyarrow: pip install 'coactor[arrow]'") from None
    except Exception as error:  # the reader's own errors are of many types
        raise ValueError(f"{path}: cannot be read as Parquet: {error}") from None


#: A reader takes a file, its encoding, and the columns that it must have.
READERS: dict[str, Callable[[Path, str, Sequence[str]], pd.DataFrame]] = {
    ".csv": _read_csv,
    ".jsonl": _read_jsonl,
    ".parquet": _read_parquet,
}
SUFFIXES = (".txt", *READERS)


def is_readable(path: Path) -> bool:
    """Whether the suffix of a file, in whatever case, is of a kind that is read."""
    return path.suffix.lower() in SUFFIXES


def _files_below(folder: Path) -> list[Path]:
    """Return the files of a folder that can be read, in order.

    Raises
    ------
    OSError
        If a folder within it cannot be opened: no document is left out in silence.
    ValueError
        If there are none.
    """

    def fail(error: OSError) -> None:
        raise error

    found = [
        Path(place, name) for place, _, names in os.walk(folder, onerror=fail) for name in names
    ]
    held = sorted(path for path in found if is_readable(path) and path.is_file())
    if not held:
        raise ValueError(f"{folder}: the folder holds no {', '.join(SUFFIXES)} files")
    return held


def _matches(pattern: str) -> list[Path]:
    """Return what a glob stands for, folders among it being all that is in them."""
    found = [Path(name) for name in sorted(glob.glob(pattern, recursive=True))]
    if not found:
        raise FileNotFoundError(f"{pattern}: no file matches")
    return [file for path in found for file in (_files_below(path) if path.is_dir() else [path])]


def expand(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    """Return the files that paths, folders and globs stand for, each once, in order.

    A file named twice is refused: one is too many, or another one was meant. One that is named and
    lies in a folder that is named, too, is no such slip.
    """
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    files: list[Path] = []
    named: set[str] = set()
    for item in given:
        if not str(item):
            raise ValueError("paths: '' names no file")
        path = Path(item)
        if path.is_dir():
            found = _files_below(path)
        elif path.exists():
            found = [path]
            if os.path.abspath(path) in named:
                raise ValueError(f"paths: {path} is given twice; give each file once")
            named.add(os.path.abspath(path))
        elif glob.has_magic(str(item)):
            found = _matches(str(item))
        else:
            raise FileNotFoundError(f"{item}: no such file or folder")
        files.extend(found)
    if not files:
        raise ValueError("paths: no file was given")
    for path in files:
        if not is_readable(path):
            raise ValueError(f"{path}: unknown kind of file; expected one of {', '.join(SUFFIXES)}")
    first: dict[str, Path] = {}
    for path in files:
        first.setdefault(os.path.abspath(path), path)
    return list(first.values())


def unique_tails(paths: Sequence[Path]) -> list[str]:
    """Return for each path the shortest tail, in whole parts, that no other path has."""
    parts = [path.absolute().parts for path in paths]
    tails = ["/".join(p) for p in parts]
    left = set(range(len(parts)))
    for length in range(1, max(map(len, parts), default=0)):
        here = ["/".join(p[-length:]) for p in parts]
        times = Counter(here)
        for i in [i for i in left if times[here[i]] == 1]:
            tails[i] = here[i]
            left.remove(i)
        if not left:
            break
    return tails


def read_frame(
    paths: str | Path | Iterable[str | Path], *, text: str | Sequence[str], encoding: str
) -> tuple[pd.DataFrame, str | None]:
    """Return the documents of files as a frame, and its column with names, if it has one."""
    import pandas as pd

    files = expand(paths)
    n_text = sum(path.suffix.lower() == ".txt" for path in files)
    fields = names_of(text, "text")
    if n_text == len(files):
        texts = [read_text(path, encoding) for path in files]
        return pd.DataFrame({FILE: unique_tails(files), fields[0]: texts}, dtype=object), FILE
    if n_text:
        raise ValueError("paths: text files and tables cannot be read into one corpus")
    frames = []
    for path in files:
        frame = READERS[path.suffix.lower()](path, encoding, fields)
        for name in fields:
            if name not in frame.columns:
                listed = ", ".join(map(repr, frame.columns)) or "none"
                hint = other_separator(list(frame.columns))
                raise ValueError(f"{path}: no column {name!r}; the columns are {listed}{hint}")
        frames.append(frame)
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True), None
