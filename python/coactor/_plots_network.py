"""The network of pairs: who meets whom, laid out so that every name can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ._exports import graph_of
from ._plots import COLOURS, FloatArray, axes, empty, legend, literal, names_of, titled
from ._results import plural

if TYPE_CHECKING:
    import matplotlib.axes
    import networkx

    from .cooccurrence import Cooccurrence

__all__ = ["draw_network"]

#: Edges that are shown for each actor: more only make a ball of wool.
MAX_EDGES_PER_NODE = 4
#: Areas of nodes in square points, by how often the actor occurs.
AREAS = (30.0, 520.0)
#: Rounds in which nodes and names give way to each other, and the air between them, in points.
ROUNDS, AIR = 400, 2.0
#: Classes that have a name in the legend; the rest share the last colour.
CLASSES = len(COLOURS) - 1


class _Nodes(NamedTuple):
    """What is drawn of each actor, in points."""

    names: list[str]
    areas: FloatArray
    size: float  # of the letters

    @property
    def radius(self) -> FloatArray:
        return np.sqrt(self.areas / np.pi)

    @property
    def half(self) -> FloatArray:
        """Half the width and height of each circle with its name above."""
        width = 0.62 * self.size * np.array([len(name) for name in self.names])
        return np.column_stack(
            [np.maximum(width / 2, self.radius) + AIR, self.radius + 0.6 * self.size + AIR]
        )


def draw_network(
    pairs: Cooccurrence,
    measure: str,
    title: str,
    top: int,
    min_count: int,
    group: Any,
    seed: int,
    ax: matplotlib.axes.Axes | None,
) -> matplotlib.axes.Axes:
    """Draw the actors that occur most, and the strongest pairs among them."""
    whole = _busiest(graph_of(pairs, measure, min_count, group), top)
    graph, n_added = _strongest(whole)
    side = 6.0 if len(graph) <= 15 else 9.0
    ax = axes(ax, side * 1.15, side)
    ax.set_axis_off()
    titled(ax, title)
    if len(graph) == 0:
        return empty(ax, "no two actors meet")
    room = _room(ax)
    labels = dict(graph.nodes(data="label"))
    size = np.array([float(n) for _, n in graph.nodes(data="occurrences")])
    nodes = _Nodes(names_of(graph, labels), scaled(size, *AREAS), 8.5 if len(graph) <= 40 else 7.5)
    points = _apart(_places(graph, seed), nodes, room)
    ax.set_xlim(0, room[0])
    ax.set_ylim(0, room[1])
    _edges(ax, graph, points, nodes)
    _circles(ax, graph, points, nodes)
    titled(ax, title, _about_edges(whole, graph, n_added))
    return ax


def _about_edges(graph: networkx.Graph, shown: networkx.Graph, n_added: int) -> str:
    """Say which pairs are drawn, if not all."""
    total = graph.number_of_edges()
    if shown.number_of_edges() == total:
        return ""
    strongest = shown.number_of_edges() - n_added
    added = f", and the strongest of each of {plural(n_added, 'other')}" if n_added else ""
    return f"the {strongest:,} strongest of {total:,} pairs of these actors{added}"


def _room(ax: matplotlib.axes.Axes) -> FloatArray:
    """Return the width and height of the Axes in points."""
    figure = ax.get_figure(root=True)
    if figure is not None and figure.get_layout_engine() is not None:
        figure.draw_without_rendering()  # which places the Axes
    box = ax.get_window_extent()
    size: FloatArray = np.array([box.width, box.height]) * 72.0 / ax.figure.dpi
    return size


def _busiest(graph: networkx.Graph, top: int) -> networkx.Graph:
    """Return the part of the graph with the `top` actors that occur most and meet somebody."""
    met = [node for node in graph if graph.degree(node)]
    met.sort(key=lambda node: -graph.nodes[node]["occurrences"])
    held = set(met[:top])
    # In the order of the actors: a subgraph has that of a set, which changes from run to run.
    made = graph.__class__()
    made.add_nodes_from((n, dict(graph.nodes[n])) for n in graph if n in held)
    made.add_edges_from(
        (a, b, about) for a, b, about in graph.edges(data=True) if a in held and b in held
    )
    return made


def _strongest(graph: networkx.Graph) -> tuple[networkx.Graph, int]:
    """Return the graph with its strongest edges, and the best one of each actor without any.

    Nobody floats alone who meets somebody. Returns how many edges had to be added for that, too.
    """
    edges = sorted(graph.edges(data=True), key=lambda edge: edge[2]["weight"], reverse=True)
    n = MAX_EDGES_PER_NODE * len(graph)
    strongest, rest, added = edges[:n], edges[n:], []
    held = {node for a, b, _ in strongest for node in (a, b)}
    for edge in rest:
        if not held.issuperset(edge[:2]):
            added.append(edge)
            held.update(edge[:2])
    shown = graph.__class__()
    shown.add_nodes_from(graph.nodes(data=True))
    shown.add_edges_from([*strongest, *added])
    return shown, len(added)


def scaled(values: FloatArray, low: float, high: float) -> FloatArray:
    """Spread values from `low`, for zero or what is least below it, to `high`; alike: the middle.

    From zero, so that what differs by a little does not look as if it differed by a lot.
    """
    least, most = (float(f(values)) for f in (np.min, np.max)) if len(values) else (0.0, 0.0)
    if most <= least:
        return np.full(len(values), (low + high) / 2)
    least = min(least, 0.0)
    return low + (high - low) * (values - least) / (most - least)


# ---- places --------------------------------------------------------------------------------------


def _places(graph: networkx.Graph, seed: int) -> FloatArray:
    """Lay the graph out, in a square from 0 to 1."""
    import networkx

    flat = graph.to_undirected()
    for _, _, about in flat.edges(data=True):
        about["pull"] = float(np.log1p(max(about["weight"], 0.0)))
    laid = networkx.spring_layout(
        flat, weight="pull", k=3.0 / np.sqrt(len(flat)), iterations=300, seed=seed
    )
    points = np.array([laid[node] for node in graph], dtype=np.float64)
    # By rank for one half: a crowd in the middle gets room, and its shape stays.
    ranks = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable")
    points -= points.min(axis=0)
    points /= np.maximum(points.max(axis=0), 1e-9)
    even: FloatArray = ranks / max(len(points) - 1, 1)
    return (points + even) / 2 if len(points) > 2 else points


def _apart(places: FloatArray, nodes: _Nodes, room: FloatArray) -> FloatArray:
    """Push apart circles and names that cover each other, within the room there is.

    Of two boxes that overlap, each gives way along the side where less is needed; where that has
    not been enough for long, as between two walls, along the other side too.
    """
    half = nodes.half
    # The centre of the box lies above that of the circle, since the name does.
    lift = np.array([0.0, 0.6 * nodes.size])
    low, high = half, np.maximum(room - half, half)
    centres = low + places * (high - low)
    need = half[:, None, :] + half[None, :, :]
    others = ~np.eye(len(centres), dtype=np.bool_)
    for turn in range(ROUNDS):
        gap = centres[:, None, :] - centres[None, :, :]
        over = need - np.abs(gap)
        covered = np.asarray((over > 0).all(axis=2)) & others
        if not covered.any():
            break
        axis = np.argmin(over, axis=2)
        if turn > ROUNDS // 4 and turn % 2:
            axis = 1 - axis
        way = np.where(gap != 0, np.sign(gap), _order_signs(len(centres))[:, :, None])
        push = np.zeros_like(gap)
        for k in (0, 1):
            push[:, :, k] = np.where(covered & (axis == k), way[:, :, k] * over[:, :, k], 0.0)
        centres = np.clip(centres + 0.3 * push.sum(axis=1), low, high)
    below: FloatArray = centres - lift
    return below


def _order_signs(n: int) -> FloatArray:
    """Which way to go where two lie in one place: the later one up and to the right."""
    numbers = np.arange(n, dtype=np.float64)
    return np.sign(np.subtract.outer(numbers, numbers))


# ---- drawing -------------------------------------------------------------------------------------


def _edges(
    ax: matplotlib.axes.Axes, graph: networkx.Graph, points: FloatArray, nodes: _Nodes
) -> None:
    """Draw the pairs, the strongest on top."""
    number = {node: k for k, node in enumerate(graph)}
    shown = sorted(graph.edges(data="weight"), key=lambda edge: edge[2])
    weights = np.array([weight for _, _, weight in shown], dtype=np.float64)
    widths, alphas = scaled(weights, 0.5, 6.0), scaled(weights, 0.35, 0.7)
    for (a, b, _), width, alpha in zip(shown, widths.tolist(), alphas.tolist(), strict=True):
        one, other = points[number[a]], points[number[b]]
        if not graph.is_directed():
            ends = zip(one, other, strict=True)
            ax.plot(*ends, lw=width, alpha=alpha, color="0.5", solid_capstyle="round", zorder=1)
            continue
        arrow = {"arrowstyle": "-|>", "lw": width / 2, "alpha": alpha, "color": "0.5"}
        arrow |= {"mutation_scale": 6 + width, "connectionstyle": "arc3,rad=0.12"}
        arrow |= {"shrinkA": nodes.radius[number[a]], "shrinkB": nodes.radius[number[b]] + 1}
        ax.annotate("", xy=tuple(other), xytext=tuple(one), arrowprops=arrow, zorder=1)


def _circles(
    ax: matplotlib.axes.Axes, graph: networkx.Graph, points: FloatArray, nodes: _Nodes
) -> None:
    from matplotlib.patheffects import withStroke

    ground = ax.get_facecolor()
    groups, names = _classes(graph)
    colours = [COLOURS[k] for k in groups]
    ax.scatter(
        points[:, 0], points[:, 1], nodes.areas, c=colours, edgecolors=[ground], lw=1, zorder=2
    )
    halo = [withStroke(linewidth=2.5, foreground=ground)]
    for name, place, radius in zip(nodes.names, points, nodes.radius.tolist(), strict=True):
        text = ax.annotate(
            name,
            (float(place[0]), float(place[1])),
            xytext=(0, radius + 1.0),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=nodes.size,
            zorder=3,
            path_effects=halo,
        )
        literal([text])
    if len(names) > 1:
        for k, name in enumerate(names):
            ax.scatter([], [], color=COLOURS[k], label=name)
        legend(ax, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=4)


def _classes(graph: networkx.Graph) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Number the nodes by class, or by community where no two classes are known."""
    import networkx

    classes = [about or "(no class)" for _, about in graph.nodes(data="class")]
    if len(set(classes)) == 1:
        flat = networkx.Graph()
        flat.add_nodes_from(graph)
        for a, b, weight in graph.edges(data="weight"):
            flat.add_edge(a, b, weight=max(weight, 0.0))
        found = networkx.community.greedy_modularity_communities(flat, weight="weight")
        of = {node: f"community {k + 1}" for k, nodes in enumerate(found) for node in nodes}
        classes = [of[node] for node in graph]
    names = sorted(set(classes), key=lambda name: (-classes.count(name), name))
    numbers = np.array([names.index(name) for name in classes], dtype=np.int64)
    if len(names) > CLASSES:
        names = [*names[:CLASSES], "others"]
    return np.minimum(numbers, CLASSES), names_of(names, {})
