"""What all pictures share: axes, colours, names, sizes of letters.

A picture is drawn on the Axes that it is given, and changes nothing else: no setting of
matplotlib, no figure but that of these Axes. Only without Axes it makes a figure of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import matplotlib.axes

__all__ = [
    "COLOURS",
    "MARKERS",
    "MAX_LINES",
    "axes",
    "bars",
    "in_percent",
    "legend",
    "lines",
    "note",
    "tidy",
    "titled",
]

FloatArray = npt.NDArray[np.float64]

#: Colours that differ for every kind of colour vision, and signs that differ without colour.
COLOURS = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f3b08", "#b0b0b0",
)  # fmt: skip
MARKERS = "osD^vPXh"

#: For tone: negative, neutral, positive.
TONES = ("#d55e00", "#c8c8c8", "#0072b2")

#: Lines of one picture that can still be told apart.
MAX_LINES = len(COLOURS)

#: Letters of a name that are shown, and sizes that letters may have, in points.
NAME, SMALLEST, LARGEST = 28, 4.0, 9.5


def axes(ax: matplotlib.axes.Axes | None, width: float, height: float) -> matplotlib.axes.Axes:
    """Return the Axes to draw on: those given, or new ones of so many inches.

    Raises
    ------
    ImportError
        Without matplotlib, with the command that installs it.
    """
    if ax is not None:
        return ax
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError('plots need matplotlib: pip install "coactor[plot]"') from error
    _, made = plt.subplots(figsize=(width, height), layout="constrained")
    return made


def names_of(ids: Iterable[Any], labels: Mapping[Any, str]) -> list[str]:
    """Return what actors are called in a picture: their labels, cut; ids where two are alike."""
    listed = list(ids)
    called = [_cut(str(labels.get(id) or id)) for id in listed]
    twice = {name for name in called if called.count(name) > 1}
    return [
        _cut(str(id)) if name in twice else name for id, name in zip(listed, called, strict=True)
    ]


def _cut(name: str) -> str:
    name = " ".join(name.encode("utf-8", "replace").decode("utf-8").split())
    return name if len(name) <= NAME else name[: NAME - 1] + "…"


def literal(texts: Iterable[Any]) -> None:
    """Keep names that hold a dollar sign from being read as formulas."""
    for text in texts:
        text.set_parse_math(False)


def letters(ax: matplotlib.axes.Axes, n: int, *, across: bool = False) -> float:
    """Return the size of letters of which n lines fit beside each other."""
    box = ax.get_window_extent()
    points = (box.width if across else box.height) * 72.0 / ax.figure.dpi
    return float(np.clip(0.8 * points / max(n, 1), SMALLEST, LARGEST))


def tidy(ax: matplotlib.axes.Axes, grid: str) -> None:
    """Leave out what says nothing: the frame, and all lines but those along which one reads."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis=grid, lw=0.5, alpha=0.5)  # type: ignore[arg-type]
    ax.set_axisbelow(True)


def in_percent(axis: Any) -> None:
    """Write the numbers of an axis, shares of 1, in percent."""
    from matplotlib.ticker import PercentFormatter

    axis.set_major_formatter(PercentFormatter(1.0))


def titled(ax: matplotlib.axes.Axes, title: str, remark: str = "") -> None:
    """Write a title, and below it what is not shown."""
    ax.set_title(f"{title}\n{remark}" if remark else title, fontsize=10)


def note(ax: matplotlib.axes.Axes, text: str) -> None:
    """Write a remark small above the right end of a picture without a title."""
    ax.text(1, 1.005, text, ha="right", va="bottom", fontsize=8, alpha=0.7, transform=ax.transAxes)


def empty(ax: matplotlib.axes.Axes, text: str) -> matplotlib.axes.Axes:
    """Say why there is nothing to see."""
    ax.text(0.5, 0.5, text, ha="center", va="center", transform=ax.transAxes)
    return ax


def legend(ax: matplotlib.axes.Axes, title: str | None = None, **place: Any) -> None:
    """Add a legend without a frame, if there is anything to explain."""
    if ax.get_legend_handles_labels()[1]:
        literal(ax.legend(frameon=False, fontsize=8.5, title=title, **place).get_texts())


def bars(ax: matplotlib.axes.Axes, names: Sequence[str]) -> FloatArray:
    """Label rows, the first one on top; return where they lie."""
    places = np.arange(len(names), dtype=np.float64)
    size = letters(ax, len(names))
    literal(ax.set_yticks(places, names, fontsize=size) and ax.get_yticklabels())
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(names) - 0.4, -0.6)
    return places


def beside(ax: matplotlib.axes.Axes, places: FloatArray, texts: Sequence[str]) -> None:
    """Write a number at the right end of each row."""
    size = min(letters(ax, len(texts)), 8.0)
    for place, text in zip(places.tolist(), texts, strict=True):
        ax.annotate(
            text,
            (1.0, place),
            xytext=(4, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            fontsize=size,
            alpha=0.8,
            annotation_clip=False,
        )


def lines(
    ax: matplotlib.axes.Axes, when: Any, values: FloatArray, names: Sequence[str], period: str
) -> None:
    """Draw a line for each name over periods, the first names in front.

    Parameters
    ----------
    when : DatetimeIndex
        The first day of each period, in order.
    values : ndarray of float, shape (periods, names)
        NaN leaves a gap.
    """
    size = 4.5 if len(when) <= 60 else 0.0
    for k in reversed(range(len(names))):
        ax.plot(
            when,
            values[:, k],
            color=COLOURS[k],
            marker=MARKERS[k],
            ms=size,
            mec="none",
            lw=1.5,
            label=names[k],
            zorder=3 - k / 10,
        )
    _dates(ax, when, period)
    tidy(ax, "y")
    if len(when):
        ax.set_ylim(bottom=min(0.0, float(np.nanmin(values, initial=0.0))))
    # Drawn last to first, so that the first lies on top; the legend goes the other way round.
    legend(ax, reverse=True, loc="upper left", bbox_to_anchor=(1.0, 1.0), borderaxespad=0.3)


def _dates(ax: matplotlib.axes.Axes, when: Any, period: str) -> None:
    from matplotlib import dates

    locator: Any = dates.AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    shape: Any = dates.ConciseDateFormatter(locator)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(shape)
    ax.set_xlabel("" if period == "day" else f"first day of the {period}")


def all_periods(when: Any, period: str) -> Any:
    """Return every period from the first to the last one, as days on which they begin."""
    import pandas as pd

    from ._groups import PERIODS

    if len(when) == 0:
        return pd.DatetimeIndex([])
    span = pd.period_range(when.min(), when.max(), freq=PERIODS[period])
    return span.start_time
