"""Tables in and out: frames of any library as pandas', results with the settings that made them."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ._columns import as_list, column_names, column_of, frame_of, is_frame, is_pandas

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_free", "pandas_of", "series_of", "stamped"]


def stamped(frame: pd.DataFrame, config: Mapping[str, Any]) -> pd.DataFrame:
    """Return a result with a copy of the settings that made it in ``.attrs["config"]``."""
    frame.attrs["config"] = copy.deepcopy(dict(config))
    return frame


def pandas_of(data: Any, argument: str) -> pd.DataFrame | None:
    """Return a frame of any library as one of pandas, None for what is no frame."""
    import pandas as pd

    data = frame_of(data, 1, True, argument)
    if is_pandas(data, "DataFrame"):
        return data
    if not is_frame(data):
        return None
    names = column_names(data)
    return pd.DataFrame({name: as_list(column_of(data, name, argument)) for name in names})


def series_of(column: Any) -> pd.Series:
    """Return a column of any library as one of pandas, numbered from 0, with its type if empty."""
    import pandas as pd

    if is_pandas(column, "Series"):
        return column.reset_index(drop=True)
    values = as_list(column)
    if values:
        return pd.Series(values)
    held = np.asarray(column)
    return pd.Series(held, dtype=held.dtype if held.dtype.kind in "iufbMm" else "str")


def check_free(names: Iterable[str], taken: Iterable[str], result: str = "the result") -> None:
    """Refuse columns of the user that would hide columns of a result."""
    held = set(taken)
    for name in names:
        if name in held:
            raise ValueError(f"by={name!r}: {result} has a column of this name; rename yours")
