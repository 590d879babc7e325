"""Pictures of mentions: how often actors are named, in all, over time, in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._groups import PERIODS
from ._plots import (
    COLOURS,
    MARKERS,
    MAX_LINES,
    all_periods,
    axes,
    bars,
    beside,
    empty,
    in_percent,
    legend,
    lines,
    names_of,
    note,
    tidy,
)
from ._results import one_of, plural

if TYPE_CHECKING:
    import matplotlib.axes
    import pandas as pd

    from .mentions import Mentions

__all__ = ["draw"]

#: What can be drawn, and how it is called.
MEASURES = {
    "n_mentions": "mentions",
    "n_sentences": "sentences that name the actor",
    "n_docs": "documents that name the actor",
    "share_docs": "share of the documents that name the actor",
}


def draw(
    mentions: Mentions,
    by: str | None,
    measure: str,
    top: int,
    ax: matplotlib.axes.Axes | None,
) -> matplotlib.axes.Axes:
    """Draw what `Mentions.plot` documents."""
    one_of("measure", measure, tuple(MEASURES))
    if by is not None and not isinstance(by, str):
        raise TypeError(f"by: a picture has one kind of group; expected a name, got {by!r}")
    if top < 1:
        raise ValueError(f"top must be at least 1, got {top}")
    table = mentions.frequencies(by=by)
    total = mentions.frequencies().sort_values(measure, ascending=False, kind="stable")
    ids = total["actor"].head(top).tolist()
    left = len(total) - len(ids)
    if by is None:
        ax = axes(ax, 7.5, 1.3 + 0.26 * max(len(ids), 2))
        return _bars(ax, mentions, total.head(top), measure, left)
    if by in PERIODS and table[by].dtype.kind == "M":
        return _over_time(axes(ax, 9, 4.5), mentions, table, total, by, measure, top)
    ax = axes(ax, 8.5, 1.5 + 0.26 * max(len(ids), 2))
    return _in_groups(ax, mentions, table, ids, by, measure, left)


def _named(axis: Any, measure: str) -> None:
    """Say what an axis counts."""
    axis.set_label_text(MEASURES[measure])
    if measure == "share_docs":
        in_percent(axis)


def _bars(
    ax: matplotlib.axes.Axes, mentions: Mentions, rows: pd.DataFrame, measure: str, left: int
) -> matplotlib.axes.Axes:
    if len(rows) == 0:
        return empty(ax, "no actor is named")
    places = bars(ax, names_of(rows["actor"], mentions.labels))
    ax.barh(places, rows[measure], height=0.72, color=COLOURS[0])
    form = "{:.0%}" if measure == "share_docs" else "{:,}"
    beside(ax, places, [form.format(value) for value in rows[measure].tolist()])
    _named(ax.xaxis, measure)
    tidy(ax, "x")
    ax.spines["left"].set_visible(False)
    if left > 0:
        note(ax, f"and {plural(left, 'actor')} named less often")
    return ax


def _over_time(
    ax: matplotlib.axes.Axes,
    mentions: Mentions,
    table: pd.DataFrame,
    total: pd.DataFrame,
    by: str,
    measure: str,
    top: int,
) -> matplotlib.axes.Axes:
    """Draw a line for each of the actors named most; periods without a document are gaps."""
    import pandas as pd

    ids = total["actor"].head(min(top, MAX_LINES)).tolist()
    corpus = mentions.corpus
    held = np.diff(corpus._doc_tokens) > 0
    with_text = corpus._groups(by)[by][held].dropna()
    if len(with_text) == 0 or len(ids) == 0:
        return empty(ax, "no actor is named on a day that is known")
    when = all_periods(with_text, by)
    wide = table[table[by].notna() & table["actor"].isin(ids)].pivot(
        index=by, columns="actor", values=measure
    )
    wide = wide.reindex(index=when, columns=ids).astype(np.float64).fillna(0.0)
    wide[~when.isin(pd.DatetimeIndex(with_text))] = np.nan
    lines(ax, when, wide.to_numpy(), names_of(ids, mentions.labels), by)
    _named(ax.yaxis, measure)
    parts = []
    if len(total) > len(ids):
        parts.append(f"the {len(ids)} named most of {plural(len(total), 'actor')}")
    undated = int((corpus._groups(by)[by][held].isna()).sum())
    if undated:
        parts.append(f"{plural(undated, 'document')} without a date left out")
    if parts:
        note(ax, "; ".join(parts))
    return ax


def _in_groups(
    ax: matplotlib.axes.Axes,
    mentions: Mentions,
    table: pd.DataFrame,
    ids: list[str],
    by: str,
    measure: str,
    left: int,
) -> matplotlib.axes.Axes:
    """Draw a row an actor, with a sign for each of the groups that hold most documents."""
    if not ids:
        return empty(ax, "no actor is named")
    sizes = table.groupby(by, dropna=False, observed=True)["docs_in_group"].first()
    groups = sizes.sort_values(ascending=False, kind="stable").index[:MAX_LINES]
    places = bars(ax, names_of(ids, mentions.labels))
    row = dict(zip(ids, places.tolist(), strict=True))
    for k, group in enumerate(groups):
        of_group = table[by].isna() if group != group else table[by] == group
        held = table[of_group & table["actor"].isin(ids)].set_index("actor")[measure]
        values = held.reindex(ids).fillna(0).to_numpy(dtype=np.float64)
        at = [row[actor] for actor in ids]
        name = "(none)" if group != group else names_of([group], {})[0]
        ax.plot(values, at, MARKERS[k], color=COLOURS[k], ms=6, mec="none", alpha=0.9, label=name)
    _named(ax.xaxis, measure)
    ax.grid(axis="y", lw=0.4, alpha=0.4)
    tidy(ax, "x")
    ax.set_xlim(left=0)
    legend(ax, by, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    parts = []
    if left > 0:
        parts.append(f"and {plural(left, 'actor')} named less often")
    if len(sizes) > len(groups):
        parts.append(f"the {len(groups)} largest of {plural(len(sizes), 'group')}")
    if parts:
        note(ax, "; ".join(parts))
    return ax
