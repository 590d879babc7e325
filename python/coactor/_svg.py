"""Drawings for a page: bars, columns, a network, counts as tiles; plain SVG, made of text.

Nothing here names a colour. Shapes carry classes (``c0`` ... for classes of actors, ``negative``,
``heat``), the style sheet of the page gives them colours for light and dark, and SVG in a page
inherits its font. Widths of words are estimated, on the generous side, since the reader's fonts are
not known.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

__all__ = ["Edge", "Node", "bar", "columns", "diverging", "network", "short", "tiles"]

FONT = 13.0
#: Width of an ordinary letter and of an East Asian one, as a share of the font size.
LETTER, WIDE_LETTER = 0.6, 1.05

Box = tuple[float, float, float, float]  # left, top, right, bottom


class Node(NamedTuple):
    """An actor in a network: its label, how large it is drawn (any scale), its class by number."""

    label: str
    size: float
    group: int


class Edge(NamedTuple):
    """A pair in a network: its nodes by number, how often they meet, and how it is drawn.

    `kind` is ``strong``, ``weak`` (thin and broken) or ``some`` where nothing tells them apart.
    """

    first: int
    second: int
    times: int
    kind: str


def short(text: str, length: int) -> str:
    """Cut a text to at most `length` characters, the last of them an ellipsis if it was longer."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _width(text: str, size: float = FONT) -> float:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return size * (LETTER * (len(text) - wide) + WIDE_LETTER * wide)


def _n(value: float) -> str:
    """Write a coordinate: one digit behind the point is a tenth of a pixel."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def _svg(
    name: str, size: tuple[float, float], title: str, desc: str, parts: Iterable[str]
) -> Markup:
    width, height = map(_n, size)
    head = Markup(
        '<svg class="{name}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-labelledby="{name}-title {name}-desc">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{desc}</desc>'
    ).format(name=name, width=width, height=height, title=title, desc=desc)
    return head + Markup("").join(map(Markup, parts)) + Markup("</svg>")


# ---- bars ----------------------------------------------------------------------------------------


def bar(share: float, kind: str = "plain") -> Markup:
    """Draw a bar as wide as its place allows, filled to `share`; the number stands beside it.

    >>> print(bar(0.5))  # doctest: +ELLIPSIS
    <svg class="bar" aria-hidden="true"><rect class="track" .../><rect class="plain" x="0%" ...
    """
    return _bar("bar", [(kind, 0.0, min(max(share, 0.0), 1.0))])


def diverging(negative: float, positive: float, most: float = 1.0) -> Markup:
    """Draw two shares away from the middle: negative to the left, positive to the right.

    Half of the bar stands for `most`. What is neither is not drawn: it would only push the others
    about. The numbers stand beside it.
    """
    left, right = (min(max(share / most, 0.0), 1.0) / 2 for share in (negative, positive))
    parts = [("negative", 0.5 - left, left), ("positive", 0.5, right)]
    zero = '<rect class="zero" x="50%" width="1.5" height="100%" transform="translate(-.75)"/>'
    return _bar("bar diverging", parts, zero)


def _bar(name: str, parts: Sequence[tuple[str, float, float]], above: str = "") -> Markup:
    """Draw parts (class, from, share of the width) on a track."""
    rects = "".join(
        f'<rect class="{kind}" x="{100 * at:.4g}%" width="{100 * share:.4g}%" height="100%"/>'
        for kind, at, share in parts
        if share > 0
    )
    track = '<rect class="track" width="100%" height="100%"/>'
    return Markup(f'<svg class="{name}" aria-hidden="true">{track}{rects}{above}</svg>')


# ---- columns -------------------------------------------------------------------------------------

#: Width of a column and its height, in units of the drawing, which stretches to its place.
COLUMN, COLUMN_HEIGHT = 10, 100


def columns(values: Sequence[float | None], titles: Sequence[str], label: str) -> Markup:
    """Draw a column for each value, the highest as high as the place; None is no value: a stroke.

    The drawing stretches with the page, so it holds no text; `label` says all of it in a sentence,
    `titles` each column.
    """
    most = max((value for value in values if value is not None), default=0.0) or 1.0
    parts = []
    for i, (value, title) in enumerate(zip(values, titles, strict=True)):
        kind, height = ("unknown", 4.0) if value is None else ("plain", 100 * value / most)
        parts.append(
            Markup(
                '<g><title>{}</title><rect class="hover" x="{}" width="{}" height="{}"/>'
                '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/></g>'
            ).format(
                title, i * COLUMN, COLUMN, COLUMN_HEIGHT, kind, i * COLUMN + 1,
                _n(COLUMN_HEIGHT - height), COLUMN - 2, _n(height),
            )
        )  # fmt: skip
    head = Markup(
        '<svg class="columns" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" '
        'aria-label="{}">'
    ).format(len(values) * COLUMN, COLUMN_HEIGHT, label)
    return head + Markup("").join(parts) + Markup("</svg>")


# ---- tiles ---------------------------------------------------------------------------------------

TILE = 36.0


def tiles(labels: Sequence[str], counts: Any, title: str, desc: str) -> Markup:
    """Draw how often each two meet, as a staircase: labels on the diagonal, no half drawn twice.

    ::

        Russia
        [36]   Taliban
        [20]   [15]    ISIS-K        row and column of an actor meet at its name
    """
    largest = max((int(counts[i][j]) for i in range(len(labels)) for j in range(i)), default=0)
    names = [short(label, 26) for label in labels]
    parts = []
    for i, name in enumerate(names):
        y = i * TILE
        for j in range(i):
            parts.append(_tile(j * TILE, y, int(counts[i][j]), largest, names[i], names[j]))
        parts.append(
            Markup('<text class="name" x="{}" y="{}">{}</text>').format(
                _n(i * TILE + 7), _n(y + TILE / 2 + FONT * 0.35), name
            )
        )
    width = max((i * TILE + 7 + _width(name) for i, name in enumerate(names)), default=TILE)
    return _svg("tiles", (width + 4, max(len(labels), 1) * TILE), title, desc, parts)


def _tile(x: float, y: float, count: int, largest: int, row: str, column: str) -> Markup:
    if count == 0:
        number, kind, fill = "·", "none", 0.0
    else:
        number, kind, fill = _compact(count), "some", 0.08 + 0.92 * math.sqrt(count / largest)
    middle = TILE / 2
    return Markup(
        '<g><title>{row} and {column}: {count}</title>'
        '<rect class="heat" x="{x}" y="{y}" width="{w}" height="{w}" rx="2" fill-opacity="{fill}"/>'
        '<text class="{kind}" x="{tx}" y="{ty}" text-anchor="middle">{number}</text></g>'
    ).format(
        row=row, column=column, count=f"{count:,}", x=_n(x + 1), y=_n(y + 1), w=_n(TILE - 2),
        fill=f"{fill:.2f}", kind=kind, tx=_n(x + middle), ty=_n(y + middle + 4), number=number,
    )  # fmt: skip


def _compact(count: int) -> str:
    """Write a count in at most four characters."""
    for size, letter in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if count >= size:
            value = count / size
            return f"{value:.1f}{letter}" if value < 9.95 else f"{value:.0f}{letter}"
    return str(count)


# ---- network -------------------------------------------------------------------------------------

WIDTH, HEIGHT = 880.0, 580.0
#: Free space at the sides, for labels, and above and below.
SIDE, EDGE = 130.0, 34.0
SMALLEST, LARGEST = 5.0, 24.0  # radii
#: Width of lines; THIN is the widest of those that are weak.
THINNEST, THIN, THICKEST = 0.8, 3.0, 9.0
#: Free space that is kept between two circles.
APART = 22.0


def network(nodes: Sequence[Node], edges: Sequence[Edge], title: str, desc: str) -> Markup:
    """Draw actors as circles (area by size) and pairs as lines (width by count).

    The same input gives the same drawing: the layout starts from a fixed seed.
    """
    most = max((node.size for node in nodes), default=1.0) or 1.0
    radii = [SMALLEST + (LARGEST - SMALLEST) * math.sqrt(node.size / most) for node in nodes]
    places = _layout(radii, edges)
    labels = _place_labels(nodes, places, radii, edges)
    parts = [*_lines(nodes, places, edges), *_circles(nodes, places, radii)]
    for node, (x, y, anchor) in zip(nodes, labels, strict=True):
        parts.append(
            Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(
                _n(x), _n(y), anchor, short(node.label, 26)
            )
        )
    return _svg("network", (WIDTH, HEIGHT), title, desc, parts)


def _lines(nodes: Sequence[Node], places: Any, edges: Sequence[Edge]) -> Iterable[Markup]:
    largest = max((edge.times for edge in edges), default=1)
    for i, j, count, kind in sorted(edges, key=lambda edge: (edge.kind == "strong", edge.times)):
        share, most = count / largest, THIN if kind == "weak" else THICKEST
        yield Markup(
            '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}" stroke-width="{}">'
            "<title>{} and {}: {}</title></line>"
        ).format(
            kind, *map(_n, (*places[i], *places[j], THINNEST + (most - THINNEST) * share)),
            nodes[i].label, nodes[j].label, f"{count:,}",
        )  # fmt: skip


def _circles(nodes: Sequence[Node], places: Any, radii: Sequence[float]) -> Iterable[Markup]:
    for node, (x, y), radius in zip(nodes, places, radii, strict=True):
        yield Markup(
            '<circle class="c{}" cx="{}" cy="{}" r="{}"><title>{}: {}</title></circle>'
        ).format(node.group, _n(x), _n(y), _n(radius), node.label, f"{node.size:,.0f}")


def _layout(radii: Sequence[float], edges: Sequence[Edge]) -> Any:
    """Find a place for each circle: by steps between actors, then the box, then elbows."""
    import networkx as nx
    import numpy as np

    graph = nx.Graph()
    graph.add_nodes_from(range(len(radii)))
    graph.add_edges_from((edge.first, edge.second) for edge in edges)
    # Parts without a line between them would fly apart: a thread holds each to the largest.
    first, *others = sorted(
        nx.connected_components(graph), key=lambda part: (-len(part), min(part))
    )
    graph.add_edges_from((min(first), min(part)) for part in others)
    found = nx.kamada_kawai_layout(graph)
    places = np.array([found[i] for i in range(len(radii))], dtype=np.float64)
    middle = (places.min(axis=0) + places.max(axis=0)) / 2
    spread = np.maximum(np.ptp(places, axis=0), 1e-9)
    room = np.array([WIDTH - 2 * SIDE, HEIGHT - 2 * EDGE])
    places = (places - middle) / spread * room + np.array([WIDTH / 2, HEIGHT / 2])
    return _push_apart(places, np.array(radii))


def _push_apart(places: Any, radii: Any) -> Any:
    import numpy as np

    needed = radii[:, None] + radii[None, :] + APART
    low, high = [SIDE, EDGE], [WIDTH - SIDE, HEIGHT - EDGE]
    for _ in range(120):
        gap = places[:, None, :] - places[None, :, :]
        distance = np.sqrt((gap**2).sum(axis=2))
        np.fill_diagonal(distance, np.inf)
        lacking = np.clip(needed - distance, 0.0, None)
        if not lacking.any():
            break
        push = gap / np.maximum(distance, 1e-6)[:, :, None] * (0.3 * lacking)[:, :, None]
        places = np.clip(places + push.sum(axis=1), low, high)
    return places


def _place_labels(
    nodes: Sequence[Node],
    places: Any,
    radii: Sequence[float],
    edges: Sequence[Edge],
) -> list[tuple[float, float, str]]:
    """Choose for each label the side of its circle where it is least in the way of others."""
    circles = [
        (x - r, y - r, x + r, y + r) for (x, y), r in zip(places.tolist(), radii, strict=True)
    ]
    lines = [(*places[edge.first].tolist(), *places[edge.second].tolist()) for edge in edges]
    sides = [
        _sides(short(node.label, 26), x, y, r)
        for node, (x, y), r in zip(nodes, places.tolist(), radii, strict=True)
    ]
    chosen: dict[int, int] = {}
    for _ in range(4):  # the first round places, the others mend
        for i in sorted(range(len(nodes)), key=lambda i: -radii[i]):
            taken = [sides[k][side][1] for k, side in chosen.items() if k != i]
            others = circles[:i] + circles[i + 1 :]
            costs = [
                _cost(box, taken, others, lines) + 2.0 * rank
                for rank, (_, box) in enumerate(sides[i])
            ]
            chosen[i] = costs.index(min(costs))
    return [sides[i][chosen[i]][0] for i in range(len(nodes))]


def _sides(
    label: str, x: float, y: float, radius: float
) -> list[tuple[tuple[float, float, str], Box]]:
    """List the places of a label around its circle, the best first, and the boxes they take."""
    width, gap, ascent, descent = _width(label), radius + 5, FONT * 0.75, FONT * 0.25
    slant = radius * 0.72 + 4
    sides = []
    for dx, dy, anchor in (
        (gap, 0.35 * FONT, "start"),
        (-gap, 0.35 * FONT, "end"),
        (0.0, gap + ascent, "middle"),
        (0.0, -gap - descent / 2, "middle"),
        (slant, slant + ascent * 0.7, "start"),
        (-slant, slant + ascent * 0.7, "end"),
        (slant, -slant, "start"),
        (-slant, -slant, "end"),
    ):
        left = x + dx - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        box = (left, y + dy - ascent, left + width, y + dy + descent)
        sides.append(((x + dx, y + dy, anchor), box))
    return sides


def _cost(
    box: Box, labels: Sequence[Box], circles: Sequence[Box], lines: Sequence[tuple[float, ...]]
) -> float:
    outside = max(0.0, 2 - box[0]) + max(0.0, box[2] - WIDTH + 2) + max(0.0, 2 - box[1])
    outside += max(0.0, box[3] - HEIGHT + 2)
    overlaps = 3 * sum(_overlap(box, other) for other in labels)
    overlaps += 2 * sum(_overlap(box, other) for other in circles)
    crossings = sum(_crosses(box, line) for line in lines)
    return 100 * outside + overlaps + 6 * crossings


def _overlap(a: Box, b: Box) -> float:
    """Measure the area that two boxes share, each widened by a breath."""
    width = min(a[2], b[2]) - max(a[0], b[0]) + 4
    height = min(a[3], b[3]) - max(a[1], b[1]) + 3
    return width * height if width > 0 and height > 0 else 0.0


def _crosses(box: Box, line: tuple[float, ...]) -> bool:
    """Test whether a line runs through a box, at a dozen of its points."""
    x1, y1, x2, y2 = line
    return any(
        box[0] < x1 + (x2 - x1) * step < box[2] and box[1] < y1 + (y2 - y1) * step < box[3]
        for step in (k / 40 for k in range(1, 40))
    )
