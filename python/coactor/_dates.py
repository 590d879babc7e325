"""Dates of documents, however they come, as what the text says: points in time without a zone."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ._results import plain

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["UNIT", "dates_of"]

#: Every column of dates has one resolution, whatever it was read from, and if it is empty.
UNIT = "us"

#: A date with a time and a time zone, in ISO 8601 or nearly so; what is before the zone.
ZONED = re.compile(
    r"(\d{4}\S*[T ]\d\d[\d:.,]*) ?(?:[Zz]|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)", re.ASCII
)

#: What a message shows of formats.
EXAMPLE = 'date_format="%d/%m/%Y" for 31/12/2020'


def dates_of(
    values: pd.Series, name: str, date_format: str | None, label_of: Callable[[int], Any]
) -> pd.Series:
    """Return a column as dates; a ValueError with the row for what is none.

    A time zone is dropped, not converted: a text of half past eleven in the evening belongs to the
    day that its place had then, which is the day that it speaks of.

    Parameters
    ----------
    values : Series
        Numbered from 0.
    name : str
        Of the column, for messages.
    date_format : str, optional
        `strptime` format of what is no ISO 8601.
    label_of : function
        What messages call a row, by its number.
    """
    import pandas as pd

    _check_format(date_format)
    if isinstance(values.dtype, pd.PeriodDtype):
        return values.dt.start_time.dt.as_unit(UNIT)
    if isinstance(values.dtype, pd.DatetimeTZDtype) or values.dtype.kind == "M":
        return pd.to_datetime(values).dt.tz_localize(None).astype(f"datetime64[{UNIT}]")
    if date_format is None:
        _check_no_numbers(values, name, label_of)
    held = pd.Series([_plain(value, date_format) for value in values.astype(object)], dtype=object)
    parsed = _parsed(held, date_format)
    bad = np.flatnonzero(parsed.isna() & held.notna())
    if len(bad):
        row = int(bad[0])
        wanted = f"does not match date_format={date_format!r}"
        if date_format is None:
            wanted = "is no ISO 8601 date; give date_format="
        raise ValueError(
            f"date={name!r}: row {label_of(row)!r} holds {plain(values[row])!r}, which {wanted}"
        )
    return parsed.dt.tz_localize(None).dt.as_unit(UNIT)


def _check_format(date_format: str | None) -> None:
    if date_format is None:
        return
    if not isinstance(date_format, str):
        raise TypeError(f"date_format: expected a text, got {type(date_format).__name__}")
    if "%" not in date_format:
        raise ValueError(
            f"date_format={date_format!r} is no strptime format, whose parts begin with %; "
            f"give for example {EXAMPLE}"
        )


def _check_no_numbers(values: pd.Series, name: str, label_of: Callable[[int], Any]) -> None:
    """Refuse numbers: 2020 may be a year, or seconds since 1970."""
    import pandas as pd

    known = values.dropna()
    if pd.api.types.is_numeric_dtype(values.dtype):
        if len(known):
            raise ValueError(
                f"date={name!r}: the column holds {values.dtype}, expected dates"
                f"{_about_number(known.iloc[0])}"
            )
        return
    for row, value in known.items() if values.dtype == object else ():
        if isinstance(value, (int, float, np.number)):
            raise ValueError(
                f"date={name!r}: row {label_of(row)!r} holds the number {plain(value)!r}, expected "
                f"a date{_about_number(value)}"
            )


def _about_number(value: Any) -> str:
    """Say what a number may be that stands where a date should."""
    if isinstance(value, (bool, np.bool_)):
        return ""
    if 1000 <= value <= 9999:
        return '; if these are years, give date_format="%Y"'
    if 10_000_000 <= value <= 99_999_999:
        return '; if these are dates such as 20201231, give date_format="%Y%m%d"'
    return "; make dates of them first, with pandas.to_datetime(…, unit=…)"


def _plain(value: Any, date_format: str | None) -> Any:
    """Return a value without its time zone, None for one that is missing."""
    if isinstance(value, str):
        value = value.strip()
        zoned = ZONED.fullmatch(value) if date_format is None and len(value) > 10 else None
        return zoned[1] if zoned else value or None
    import pandas as pd

    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, pd.Period):
        return value.start_time
    if isinstance(
        value, (int, float, np.integer, np.floating)
    ):  # a column of whole numbers with a gap is float
        number = float(value)
        if number != number:
            return None
        return str(int(value)) if number.is_integer() else str(value)
    return value


def _parsed(held: pd.Series, date_format: str | None) -> pd.Series:
    """Return the dates of texts and of what is a date already; NaT for what is neither."""
    import pandas as pd

    if date_format is not None and "%z" in date_format.lower():
        return _without_zones(held, date_format)
    wanted = date_format or "ISO8601"
    try:
        return pd.to_datetime(held, format=wanted, errors="coerce", utc=True)
    except ValueError as error:
        raise ValueError(f"date_format={date_format!r}: {error}") from None


def _without_zones(held: pd.Series, date_format: str) -> pd.Series:
    """Parse dates with zones one by one: a column of pandas has one zone, these may have many."""
    import pandas as pd

    @cache
    def one(value: Any) -> Any:
        try:
            return pd.to_datetime(value, format=date_format).tz_localize(None)
        except ValueError:
            return pd.NaT

    dates = [pd.NaT if value is None else one(value) for value in held]
    return pd.Series(dates, dtype=f"datetime64[{UNIT}]")
