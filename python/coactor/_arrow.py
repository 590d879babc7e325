"""Tables out, as streams of Arrow data that every library of columns reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["arrow_stream"]


def arrow_stream(frame: pd.DataFrame, requested_schema: object = None) -> object:
    """Return a table as a capsule that every library takes that reads Arrow streams.

    Raises
    ------
    ImportError
        Without pyarrow.
    ValueError
        If a column holds what no type of Arrow does, with its name.
    """
    try:
        import pyarrow
    except ImportError:
        raise ImportError(
            "handing tables on as Arrow needs pyarrow: pip install 'coactor[arrow]'"
        ) from None
    columns = []
    for name in frame.columns:
        try:
            columns.append(pyarrow.array(frame[name]))
        except (pyarrow.ArrowException, UnicodeEncodeError) as error:
            raise ValueError(
                f"column {name!r} cannot be handed on as Arrow, "
                f"whose columns hold one type and Unicode text: {error}"
            ) from None
    table = pyarrow.table(columns, names=[str(name) for name in frame.columns])
    return table.__arrow_c_stream__(requested_schema)
