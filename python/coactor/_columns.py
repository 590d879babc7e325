"""A column of text, however it comes, as what the core takes.

Everything that holds text becomes a `_core.Texts`: Arrow buffers and `str` objects are read where
they lie. Frames of any library give up their columns by name.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._accessors import register_if_loaded
from ._results import plain

if TYPE_CHECKING:
    import pandas as pd

#: Keeps a text from choosing types that collide; never shows in a result.
SEED = int.from_bytes(os.urandom(8), "little")

#: How the core begins to say that a stream holds a table.
SEVERAL_COLUMNS = "Arrow table has several columns"

#: More are never started; there are not so many pieces of work.
MOST_THREADS = 2**16

Column = Any  # whatever `texts_of` takes


def n_threads(threads: int | None) -> int:
    """Return the number of threads to use: as given, or the CPUs this process may use."""
    if threads is None:
        count = getattr(os, "process_cpu_count", None)
        if count is not None:
            return int(count() or 1)
        if hasattr(os, "sched_getaffinity"):
            return len(os.sched_getaffinity(0))
        return os.cpu_count() or 1
    if isinstance(threads, bool) or not isinstance(threads, (int, np.integer)):
        raise TypeError(f"threads must be an int or None, got {threads!r}")
    if threads < 1:
        raise ValueError(f"threads must be at least 1, got {threads}")
    return min(int(threads), MOST_THREADS)


def is_pandas(value: object, name: str) -> bool:
    """Whether `value` is a pandas object of type `name`, without importing pandas."""
    found = any(
        base.__name__ == name and base.__module__.split(".")[0] == "pandas"
        for base in type(value).__mro__
    )
    if found:
        register_if_loaded()
    return found


def is_frame(value: object) -> bool:
    """Whether `value` has named columns (pandas, polars, pyarrow and the like)."""
    if is_pandas(value, "DataFrame"):
        return True
    return hasattr(value, "columns") and (
        hasattr(value, "column_names") or hasattr(value, "get_column") or hasattr(value, "schema")
    )


def column_names(frame: Any) -> list[str]:
    """Return the names of a frame's columns."""
    names = getattr(frame, "column_names", None)
    return list(names) if names is not None else list(frame.columns)


def column_of(frame: Any, name: str, argument: str, hint: str = "") -> Any:
    """Return column `name` of a frame; a ValueError that lists the columns if there is none."""
    names = column_names(frame)
    if name not in names:
        listed = ", ".join(map(repr, names[:20])) or "none"
        raise ValueError(f"{argument}={name!r}: no such column; the columns are {listed}{hint}")
    if names.count(name) > 1:
        raise ValueError(f"{argument}={name!r}: several columns have this name")
    return frame[name]


def names_of(by: Any, argument: str) -> list[Any]:
    """Return names of columns, one (a number is one too) or several; refuse a column of values."""
    if isinstance(by, (str, int, np.integer)):
        return [by]
    is_column = hasattr(by, "dtype") or hasattr(by, "type")
    if not isinstance(by, Iterable) or (is_column and not is_pandas(by, "Index")):
        got = f"a {type(by).__name__}; give the name of a column" if is_column else repr(by)
        raise TypeError(f"{argument}: expected a column or a list of columns, got {got}")
    return list(by)


def as_list(column: Any) -> list[Any]:
    """Return the values of a column of any library as a list."""
    for method in ("to_pylist", "tolist", "to_list"):
        if hasattr(column, method):
            return list(getattr(column, method)())
    return list(column)


def has_pyarrow() -> bool:
    """Whether pyarrow is installed, without importing it."""
    return importlib.util.find_spec("pyarrow") is not None


def refuse_lazy(data: Any, argument: str) -> None:
    """Refuse what has columns but no rows yet, or rows that only its own library can reach."""
    kind = type(data).__name__
    if kind == "LazyFrame":
        raise TypeError(f"{argument}: a LazyFrame holds no rows yet; call .collect() first")
    if hasattr(data, "columns") and not (is_frame(data) or exports_arrow(data)):
        raise TypeError(
            f"{argument}: a {kind} of {type(data).__module__.split('.')[0]} is not read; "
            "make a pandas, polars or pyarrow one of it"
        )


def exports_arrow(data: Any) -> bool:
    """Whether `data` hands itself over through the Arrow PyCapsule interface."""
    return hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__")


def frame_of(data: Any, threads: int, named: bool, argument: str = "data") -> Any:
    """Return data with columns as a frame that can be read more than once; the rest as it is.

    Results of a query (DuckDB, Ibis) and readers of batches are fetched, once. So is what is known
    by its Arrow stream alone, if it has several columns or `named` says that some are asked for.
    """
    refuse_lazy(data, argument)
    if is_pandas(data, "DataFrame") or not exports_arrow(data):
        return data
    if any(hasattr(data, name) for name in ("column_names", "get_column")):
        return data
    if any(hasattr(data, name) for name in ("columns", "read_all")):
        return _fetched(data)
    if any(hasattr(data, name) for name in ("dtype", "type")):
        return data  # a column, which knows what it holds
    if not named:
        try:
            return _core.Texts(data, None, threads)
        except ValueError as error:
            if not str(error).startswith(SEVERAL_COLUMNS):
                raise
    return _fetched(data)


def _fetched(data: Any) -> Any:
    if not has_pyarrow():
        kind = type(data).__name__
        raise ImportError(f"reading a {kind} needs pyarrow: pip install 'coactor[arrow]'")
    import pyarrow

    return pyarrow.table(data)


def _only_missing(series: pd.Series) -> bool:
    """Whether a Series of any type holds nothing at all; the first row mostly tells."""
    return (not len(series) or is_missing(series.array[0])) and bool(series.isna().all())


def _series_source(series: pd.Series, argument: str) -> Any:
    """Return what the core can read of a pandas Series."""
    import pandas as pd

    dtype = series.dtype
    if not pd.api.types.is_object_dtype(dtype) and _only_missing(series):
        return [None] * len(series)
    if not isinstance(dtype, pd.api.extensions.ExtensionDtype):
        if dtype.kind == "O":
            return series.to_numpy()
        raise TypeError(f"{argument}: the column holds {dtype}, expected text")
    in_python = getattr(dtype, "storage", None) == "python" or isinstance(dtype, pd.SparseDtype)
    if not in_python and has_pyarrow() and hasattr(series, "__arrow_c_stream__"):
        return series
    return series.astype(object).to_numpy()


def _series_texts(column: Any, argument: str, threads: int) -> _core.Texts:
    try:
        return _core.Texts(_series_source(column, argument), None, threads)
    except UnicodeEncodeError:  # a category with a lone surrogate, which pyarrow cannot hold
        return _core.Texts(column.astype(object).to_numpy())
    except (TypeError, ValueError) as error:
        if type(error) not in (TypeError, ValueError):
            raise
        message = _with_label(str(error), index_of(column))
        raise _explained(type(error)(message), column, argument) from None


def _array_source(array: np.ndarray, argument: str) -> Any:
    """Return what the core can read of a NumPy array."""
    if array.ndim != 1:
        raise TypeError(f"{argument}: expected one dimension, got {array.ndim}")
    if array.dtype.kind not in "OUT":
        raise TypeError(f"{argument}: the array holds {array.dtype}, expected text")
    return array if array.dtype.kind == "T" and type(array) is np.ndarray else array.tolist()


def texts_of(column: Column, argument: str = "text", threads: int = 1) -> _core.Texts:
    """Return a column of text as the core takes it.

    Raises
    ------
    TypeError
        If `column` is one text, no column, or holds something that is neither text nor missing.
    ValueError
        If a producer of Arrow data says what cannot be, or a text is too large.
    """
    if isinstance(column, _core.Texts):
        return column
    if isinstance(column, (str, bytes)):
        raise TypeError(
            f"{argument}: expected a column of texts, got one {type(column).__name__}; "
            "put it into a list"
        )
    if is_pandas(column, "Series") or is_pandas(column, "Index"):
        return _series_texts(column, argument, threads)
    if isinstance(column, np.ndarray):
        return _core.Texts(_array_source(column, argument))
    refuse_lazy(column, argument)
    if exports_arrow(column):
        try:
            return _core.Texts(column, None, threads)
        except (TypeError, ValueError) as error:
            if type(error) not in (TypeError, ValueError):
                raise
            raise _explained(error, column, argument) from None
    if isinstance(column, (Mapping, Set)) or not isinstance(column, Iterable):
        advice = "; make a DataFrame of it" if isinstance(column, Mapping) else ""
        kind = type(column).__name__
        raise TypeError(f"{argument}: expected a column of texts, got {kind}{advice}")
    return _core.Texts(column)


def _explained(error: Exception, column: Any, argument: str) -> Exception:
    """Say what a column holds in the words of its library, beside Arrow's code for it."""
    message = str(error)
    held = getattr(column, "dtype", getattr(column, "type", None))
    if held is None or hasattr(column, "columns"):
        return error
    if message.startswith(SEVERAL_COLUMNS):
        return TypeError(f"{argument}: the column holds {held}, expected strings")
    found = re.match(r"Arrow column has format ('.*?'), expected strings \(.*?\)(.*)", message)
    if found is None:
        return error
    return TypeError(
        f"{argument}: the column holds {held} (Arrow format {found[1]}), expected strings{found[2]}"
    )


def _with_label(message: str, index: pd.Index | None) -> str:
    """Put the label of a row behind the number that a message of the core names."""
    return re.sub(
        r"row (\d+)(?=:| holds| is)", lambda m: row_name(int(m[1]), index), message, count=1
    )


def index_of(column: Any) -> pd.Index | None:
    """Return the pandas index of a Series or DataFrame, None for everything else."""
    register_if_loaded()
    if is_pandas(column, "Series") or is_pandas(column, "DataFrame"):
        return column.index
    return None


def is_missing(value: Any) -> bool:
    """Whether a single value stands for missing text."""
    # First by name: what compares with NA is NA, which is neither true nor false.
    return value is None or type(value).__name__ in ("NAType", "NaTType") or bool(value != value)


def has_labels(index: pd.Index | None) -> bool:
    """Whether rows have names of their own, which are not just their numbers."""
    return index is not None and type(index).__name__ != "RangeIndex"


def row_name(row: int, index: pd.Index | None) -> str:
    """Return what a message calls a row: its number, and its label where it has one."""
    if index is None or not has_labels(index):
        return f"row {row}"
    return f"row {row} ({plain(index[row])!r})"


def text_column(frame: Any, text: str | Sequence[str]) -> Column:
    """Return the column with the text of a frame, or several of them joined by a blank line."""
    names = names_of(text, "text")
    columns = [column_of(frame, name, "text") for name in names]
    if not columns:
        raise ValueError("text=[]: name at least one column")
    if len(columns) == 1:
        return columns[0]
    return join_fields([as_list(column) for column in columns], index_of(frame))


def join_fields(columns: list[list[Any]], index: pd.Index | None = None) -> list[str | None]:
    """Join the fields of each row by a blank line; a row whose fields all miss is missing."""
    joined: list[str | None] = []
    for row, fields in enumerate(zip(*columns, strict=True)):
        held = [field for field in fields if not is_missing(field)]
        for field in held:
            if not isinstance(field, str):
                raise TypeError(
                    f"text: {row_name(row, index)} holds {field!r} ({type(field).__name__}), "
                    "expected str or a missing value"
                )
        joined.append("\n\n".join(held) if held else None)
    return joined
