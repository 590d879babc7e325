"""Pictures of tone: of units, of actors, of the words that make it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._plots import TONES, axes, bars, beside, empty, legend, names_of, note, tidy
from ._results import one_of, plural
from ._totals import names_of_groups

if TYPE_CHECKING:
    import matplotlib.axes
    import pandas as pd

    from ._targets import MentionTone
    from .tone import Tone

__all__ = ["draw", "draw_actors"]

KINDS = ("tone", "influence")

#: Bars of a histogram, about.
BINS = 40


def draw(
    tone: Tone, kind: str, by: Any, top: int, ax: matplotlib.axes.Axes | None
) -> matplotlib.axes.Axes:
    """Draw what `Tone.plot` documents."""
    one_of("kind", kind, KINDS)
    if by is not None:
        _check_by(tone, kind)
        return _groups(tone, by, top, ax)
    if kind == "influence":
        return _influence(tone, top, ax)
    if tone.lexicon.categories:
        return _categories(tone, top, ax)
    return _distribution(tone, axes(ax, 7.5, 4.0))


def draw_actors(
    tone: MentionTone, kind: str, by: Any, top: int, ax: matplotlib.axes.Axes | None
) -> matplotlib.axes.Axes:
    """Draw what `MentionTone.plot` documents."""
    one_of("kind", kind, KINDS)
    if by is not None:
        _check_by(tone, kind)
        return _groups(tone, by, top, ax)
    return _influence(tone, top, ax) if kind == "influence" else _shares(tone, top, ax)


def _check_by(tone: Tone, kind: str) -> None:
    """Raise a ValueError where a picture has no groups."""
    if kind != "tone":
        raise ValueError(f"by= goes with kind='tone', not with kind={kind!r}")
    if tone.lexicon.categories:
        raise ValueError("by= needs weights; this lexicon counts categories (see totals)")


def _distribution(tone: Tone, ax: matplotlib.axes.Axes) -> matplotlib.axes.Axes:
    """Draw how many units have which tone, in the colours of its sign."""
    values = tone._tone
    held = values[~np.isnan(values)]
    without = len(values) - len(held)
    if len(held) == 0:
        return empty(ax, "no unit has a tone")
    limit = tone.lexicon.threshold
    reach = max(float(np.abs(held).max()), limit) or 1.0
    # The threshold is an edge, so that no bar holds two signs.
    width = limit / max(round(limit * BINS / (2 * reach)), 1) if limit > 0 else 2 * reach / BINS
    edges = width * np.arange(-np.ceil(reach / width) - 1, np.ceil(reach / width) + 2)
    edges[edges < 0] += 1e-9 * width  # -threshold itself is negative, as threshold is positive
    sign = np.where(np.abs(held) < limit, 0, np.sign(held))
    parts = [held[sign == s] for s in (-1, 0, 1)]
    names = [
        f"{name}: {len(part):,} ({len(part) / len(held):.0%})"
        for name, part in zip(("negative", "neutral", "positive"), parts, strict=True)
    ]
    ax.hist(parts, bins=edges.tolist(), stacked=True, color=TONES, label=names, edgecolor="none")
    for place in sorted({-limit, limit} - {0.0}):
        ax.axvline(place, lw=0.8, ls=":", color="0.5")
    ax.set_xlabel("compound" if "compound" in tone._table else "tone")
    ax.set_ylabel(f"{tone.unit}s")
    tidy(ax, "y")
    legend(ax)
    if without:
        note(ax, f"{plural(without, tone.unit)} without a score left out")
    return ax


def _shares(tone: MentionTone, top: int, ax: matplotlib.axes.Axes | None) -> matplotlib.axes.Axes:
    """Draw the shares of the actors named most."""
    if top < 1:
        raise ValueError(f"top must be at least 1, got {top}")
    table = tone.totals("actor").sort_values("n", ascending=False, kind="stable")
    left = max(len(table) - top, 0)
    table = table.head(top)
    names = names_of(table["actor"], tone._mentions.labels)
    remark = f"and {plural(left, 'actor')} named less often" if left else ""
    return _leaning(ax, table, names, "mention", remark, "no actor is named")


def _groups(tone: Tone, by: Any, top: int, ax: matplotlib.axes.Axes | None) -> matplotlib.axes.Axes:
    """Draw the shares of the largest groups, in the order of the groups."""
    if top < 1:
        raise ValueError(f"top must be at least 1, got {top}")
    table = tone.totals(by)
    largest = np.argsort(-table["n"].to_numpy(), kind="stable")[:top]
    left = max(len(table) - top, 0)
    table = table.take(np.sort(largest))
    names = names_of_groups(table, by)
    remark = f"and {plural(left, 'smaller group')}" if left else ""
    return _leaning(ax, table, names, tone.unit, remark, f"there is no {tone.unit}")


def _leaning(
    ax: matplotlib.axes.Axes | None,
    table: pd.DataFrame,
    names: list[str],
    unit: str,
    remark: str,
    without: str,
) -> matplotlib.axes.Axes:
    """Draw the shares of negative, neutral and positive units, a bar a row.

    Neutral lies across zero, half to each side, so that a bar leans to the side it is on.
    """
    ax = axes(ax, 8.5, 1.5 + 0.26 * max(len(table), 2))
    if len(table) == 0:
        return empty(ax, without)
    places = bars(ax, names)
    n = table["n"].to_numpy(dtype=np.float64)
    negative, neutral, positive = (
        table[name].to_numpy(dtype=np.float64) / n for name in ("negative", "neutral", "positive")
    )
    begins = (-neutral / 2 - negative, -neutral / 2, neutral / 2)
    widths = (negative, neutral, positive)
    for name, colour, begin, width in zip(
        ("negative", "neutral", "positive"), TONES, begins, widths, strict=True
    ):
        ax.barh(places, width, left=begin, height=0.74, color=colour, label=name)
    ax.axvline(0, lw=0.8, color="0.5")
    ax.set_xlim(-1, 1)
    ax.set_xticks([-1, -0.5, 0, 0.5, 1], ["100%", "50%", "0", "50%", "100%"])
    ax.set_xlabel("\n".join(filter(None, [f"share of the {unit}s", remark])))
    beside(ax, places, [f"n = {int(k):,}" for k in n])
    tidy(ax, "x")
    ax.spines["left"].set_visible(False)
    legend(ax, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, borderaxespad=0.2)
    return ax


def _influence(tone: Tone, top: int, ax: matplotlib.axes.Axes | None) -> matplotlib.axes.Axes:
    """Draw what the words that weigh most contribute in sum."""
    if top < 1:
        raise ValueError(f"top must be at least 1, got {top}")
    table = tone._influence(top).sort_values("contribution", ascending=False, kind="stable")
    ax = axes(ax, 7.5, 1.3 + 0.26 * max(len(table), 2))
    if len(table) == 0:
        return empty(ax, "no word of the lexicon is in the text")
    places = bars(ax, names_of(table["word"], {}))
    values = table["contribution"].to_numpy()
    ax.barh(places, values, height=0.72, color=[TONES[0 if v < 0 else 2] for v in values])
    ax.axvline(0, lw=0.8, color="0.5")
    beside(ax, places, [f"{int(n):,} ×" for n in table["count"]])
    ax.set_xlabel("what the word adds to the sum of the tone")
    tidy(ax, "x")
    ax.spines["left"].set_visible(False)
    return ax


def _categories(tone: Tone, top: int, ax: matplotlib.axes.Axes | None) -> matplotlib.axes.Axes:
    """Draw how often the words of each category stand in the corpus."""
    names = list(tone.lexicon.categories)
    counts = tone._table[names].sum().to_numpy(dtype=np.float64)
    order = np.argsort(-counts, kind="stable")[:top]
    ax = axes(ax, 7.5, 1.3 + 0.26 * max(len(order), 2))
    words = max(float(tone._table["words"].sum()), 1.0)
    places = bars(ax, names_of([names[i] for i in order], {}))
    ax.barh(places, 1000 * counts[order] / words, height=0.72, color=TONES[2])
    beside(ax, places, [f"{int(counts[i]):,}" for i in order])
    ax.set_xlabel("hits in 1,000 words")
    tidy(ax, "x")
    ax.spines["left"].set_visible(False)
    if len(names) > len(order):
        note(ax, f"and {len(names) - len(order):,} rarer categories")
    return ax
