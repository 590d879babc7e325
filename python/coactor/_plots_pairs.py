"""Pictures of pairs: a heat map, lines over time; the network has a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._groups import PERIODS
from ._plots import (
    MAX_LINES,
    FloatArray,
    all_periods,
    axes,
    empty,
    letters,
    lines,
    literal,
    names_of,
    titled,
)
from ._plots_network import draw_network
from ._results import one_of, plural

if TYPE_CHECKING:
    import matplotlib.axes

    from .cooccurrence import Cooccurrence

__all__ = ["draw"]

#: From so many times the least to the most count on, shades follow the logarithm.
SKEWED = 20


def draw(
    pairs: Cooccurrence,
    kind: str,
    measure: str,
    top: int,
    min_count: int,
    pair: tuple[str, str] | None,
    group: Any,
    seed: int,
    ax: matplotlib.axes.Axes | None,
) -> matplotlib.axes.Axes:
    """Draw what `Cooccurrence.plot` documents."""
    one_of("kind", kind, ("network", "heatmap", "time"))
    pairs._known([measure])
    if kind == "time":
        return _time(pairs, measure, top, pair, ax)
    if pair is not None:
        raise ValueError(f'pair= is for kind="time", not for kind={kind!r}')
    if kind == "heatmap":
        return _heatmap(pairs, measure, top, min_count, group, ax)
    title = _title(pairs, measure, group)
    return draw_network(pairs, measure, title, top, min_count, group, seed, ax)


def _what(pairs: Cooccurrence, measure: str) -> str:
    """Say what a number of the picture counts."""
    counting = pairs._counting
    if measure != "count":
        return f"{measure} by {counting.unit_name}"
    if counting.count == "binary" and counting.span == 1:
        order = "one before the other" if counting.directed else "both"
        return f"{counting.unit}s that name {order}"
    return f"count ({counting.count}) by {counting.unit_name}"


def _title(pairs: Cooccurrence, measure: str, group: Any) -> str:
    what, number = _what(pairs, measure), pairs._group_number(group)
    if pairs._groups is not None:
        what += f", {pairs._groups.title(number)}"
    if pairs._counting.is_window:
        return what
    return f"{what}, N = {int(pairs._table.n_units[number]):,} (universe={pairs.universe!r})"


def _labels(pairs: Cooccurrence) -> dict[Any, str]:
    return {actor: pairs._about_actor(actor)[0] for actor in pairs.actors}


# ---- heat map ------------------------------------------------------------------------------------


def _heatmap(
    pairs: Cooccurrence,
    measure: str,
    top: int,
    min_count: int,
    group: Any,
    ax: matplotlib.axes.Axes | None,
) -> matplotlib.axes.Axes:
    _, cells = pairs._cells(group)
    met = pairs._dense(cells, cells.units).astype(np.float64)
    table = pairs.matrix(measure, group=group).astype(np.float64)
    rows, columns = _most(met, top)
    side = 3.2 + 0.16 * max(len(rows), len(columns), 10)
    ax = axes(ax, side * 1.1, side)
    if met.size == 0:
        return empty(ax, "no two actors meet")
    # Who never meets stays blank: as a number, it would outshine all others.
    table = table.where(met >= max(min_count, 1)).iloc[rows, columns]
    values = table.to_numpy().copy()
    values[~np.isfinite(values)] = np.nan
    if pairs._split is None:
        np.fill_diagonal(values, np.nan)
        order = _by_likeness(values)
        values, table = values[np.ix_(order, order)], table.iloc[order, order]
    image = _shade(ax, values)
    labels = _labels(pairs)
    size = min(letters(ax, values.shape[0]), letters(ax, values.shape[1], across=True))
    across, down = (names_of(names, labels) for names in (table.columns, table.index))
    ax.set_xticks(range(values.shape[1]), across, rotation=90, fontsize=size)
    ax.set_yticks(range(values.shape[0]), down, fontsize=size)
    literal((*ax.get_xticklabels(), *ax.get_yticklabels()))
    ax.tick_params(length=0)
    if pairs._counting.directed:
        ax.set_ylabel("earlier")
        ax.set_xlabel("later")
    ax.figure.colorbar(image, ax=ax, label=_what(pairs, measure), shrink=0.6, aspect=30)
    hidden = max(met.shape[0] - len(rows), met.shape[1] - len(columns))
    remark = f"without {plural(hidden, 'actor')} that meet others less often" if hidden > 0 else ""
    titled(ax, _title(pairs, measure, group), remark)
    return ax


def _shade(ax: matplotlib.axes.Axes, values: FloatArray) -> Any:
    """Draw the cells: around zero in two colours, else from dark to bright, blank where NaN."""
    from matplotlib.colors import LogNorm, Normalize

    most = float(np.nanmax(np.abs(values), initial=0.0)) or 1.0
    held = values[values > 0]
    norm: Normalize
    if np.nanmin(values, initial=0.0) < 0:
        shades, norm = "RdBu_r", Normalize(-most, most)
    elif len(held) and most > SKEWED * held.min():
        shades, norm = "viridis", LogNorm(float(held.min()), most)
    else:
        shades, norm = "viridis", Normalize(0.0, most)
    image = ax.imshow(values, cmap=shades, norm=norm, interpolation="nearest")
    ax.set_facecolor("0.9")
    for edge in (*ax.spines.values(),):
        edge.set_visible(False)
    if max(values.shape, default=0) <= 80:
        rows, columns = values.shape
        ax.hlines(np.arange(1, rows) - 0.5, -0.5, columns - 0.5, color="w", lw=0.5)
        ax.vlines(np.arange(1, columns) - 0.5, -0.5, rows - 0.5, color="w", lw=0.5)
    return image


def _most(values: FloatArray, top: int) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return which rows and columns have most in them, in their order."""
    strength = np.nan_to_num(np.abs(values), nan=0.0, posinf=0.0)
    if values.shape[0] == values.shape[1]:
        total = strength.sum(axis=0) + strength.sum(axis=1)
        kept = np.sort(np.argsort(-total, kind="stable")[:top])
        return kept, kept
    rows, columns = (
        np.sort(np.argsort(-strength.sum(axis=k), kind="stable")[:top]) for k in (1, 0)
    )
    return rows, columns


def _by_likeness(values: FloatArray) -> npt.NDArray[Any]:
    """Order actors so that those who meet the same ones stand together."""
    from scipy.cluster.hierarchy import leaves_list, linkage

    if len(values) < 3:
        return np.arange(len(values))
    profile = np.nan_to_num(values, nan=0.0)
    profile = np.hstack([profile, profile.T])
    scale = np.sqrt((profile**2).sum(axis=1, keepdims=True))
    profile = profile / np.where(scale == 0, 1.0, scale)
    tree = linkage(profile, method="average", optimal_ordering=len(values) <= 200)
    return np.asarray(leaves_list(tree))


# ---- time ----------------------------------------------------------------------------------------


def _time(
    pairs: Cooccurrence,
    measure: str,
    top: int,
    pair: tuple[str, str] | None,
    ax: matplotlib.axes.Axes | None,
) -> matplotlib.axes.Axes:
    """Draw a line a pair; periods without a document are gaps."""
    groups = pairs._groups
    names = () if groups is None else groups.names
    if groups is None or len(names) != 1 or names[0] not in PERIODS:
        raise ValueError(
            'kind="time" needs pairs counted by one period and nothing else, such as by="month"'
        )
    wanted, n_pairs = _wanted(pairs, top, pair)
    ax = axes(ax, 9, 4.5)
    period = names[0]
    remark = f"the {len(wanted)} most frequent of {plural(n_pairs, 'pair')}"
    length = pairs._counting.rolling
    by = f"by {period}" if length is None else f"in windows of {plural(length, period)}"
    titled(ax, f"{_what(pairs, measure)}, {by}", remark if len(wanted) < n_pairs else "")
    ax.set_ylabel(_what(pairs, measure))
    known = groups.keys[period].dropna()
    if not wanted or len(known) == 0:
        return empty(ax, "no two actors meet on a day that is known")
    frame = pairs.select(pairs=wanted).to_frame(measures=[measure], zeros=True)
    frame = frame[frame[period].notna()]
    when = all_periods(known, period) if pairs._counting.rolling is None else known.sort_values()
    values = np.full((len(when), len(wanted)), np.nan)
    for k, (a, b) in enumerate(wanted):
        either = (frame["a"] == a) & (frame["b"] == b)
        if not pairs._counting.directed:
            either |= (frame["a"] == b) & (frame["b"] == a)
        values[:, k] = frame[either].set_index(period)[measure].reindex(when).to_numpy(np.float64)
    named = list(dict.fromkeys(actor for both in wanted for actor in both))
    called = dict(zip(named, names_of(named, _labels(pairs)), strict=True))
    arrow = "→" if pairs._counting.directed else "–"
    lines(ax, when, values, [f"{called[a]} {arrow} {called[b]}" for a, b in wanted], period)
    return ax


def _wanted(
    pairs: Cooccurrence, top: int, pair: tuple[str, str] | None
) -> tuple[list[tuple[Any, Any]], int]:
    """Return the pairs to draw, and how many there are."""
    if pair is not None:
        pairs._check_pair(*pair)
        return [(pair[0], pair[1])], 1
    pooled = pairs.pooled()
    strongest = pooled.to_frame().head(min(top, MAX_LINES))
    return list(zip(strongest["a"], strongest["b"], strict=True)), len(pooled)
