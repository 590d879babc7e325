"""Pictures of pairs: a network, a heat map, lines over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._exports import graph_of
from ._groups import PERIODS
from ._results import one_of

if TYPE_CHECKING:
    import matplotlib.axes
    import networkx

    from .cooccurrence import Cooccurrence

__all__ = ["draw"]

FloatArray = npt.NDArray[np.float64]

#: Lines of one picture that can still be told apart.
MAX_LINES = 8
#: Names of one network that can still be read.
MAX_EDGES_PER_NODE = 6


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
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError('plots need matplotlib: pip install "coactor[plot]"') from error
    one_of("kind", kind, ("network", "heatmap", "time"))
    pairs._known([measure])
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 4.5) if kind == "time" else (9, 9), layout="constrained")
    if kind == "time":
        return _time(pairs, measure, top, pair, ax)
    if pair is not None:
        raise ValueError(f'pair= is for kind="time", not for kind={kind!r}')
    if kind == "heatmap":
        return _heatmap(pairs, measure, top, min_count, group, ax)
    return _network(pairs, measure, top, min_count, group, seed, ax)


def _title(pairs: Cooccurrence, measure: str) -> str:
    counting = pairs._counting
    what = counting.count if measure == "count" else measure
    if counting.is_window:
        return f"{what} by {counting.unit_name}"
    return f"{what} by {counting.unit_name}, N = {pairs.n_units:,} (universe={pairs.universe!r})"


def _scaled(values: FloatArray, low: float, high: float) -> FloatArray:
    """Spread values from `low` to `high`; all alike: the middle."""
    least, most = (float(f(values)) for f in (np.min, np.max)) if len(values) else (0.0, 0.0)
    if most <= least:
        return np.full(len(values), (low + high) / 2)
    return low + (high - low) * (values - least) / (most - least)


def _busiest(graph: networkx.Graph, top: int) -> networkx.Graph:
    """Return the part of the graph with the `top` actors that occur most and meet somebody."""
    met = [node for node in graph if graph.degree(node)]
    met.sort(key=lambda node: -graph.nodes[node]["occurrences"])
    part = graph.subgraph(met[:top])
    # In the order of the actors: a subgraph has that of a set, which changes from run to run.
    made = graph.__class__()
    held = set(part)
    made.add_nodes_from((n, dict(graph.nodes[n])) for n in graph if n in held)
    made.add_edges_from(
        (a, b, about) for a, b, about in graph.edges(data=True) if a in held and b in held
    )
    return made


def _nobody(ax: matplotlib.axes.Axes) -> matplotlib.axes.Axes:
    ax.text(0.5, 0.5, "no two actors meet", ha="center", transform=ax.transAxes)
    return ax


def _network(
    pairs: Cooccurrence,
    measure: str,
    top: int,
    min_count: int,
    group: Any,
    seed: int,
    ax: matplotlib.axes.Axes,
) -> matplotlib.axes.Axes:
    import matplotlib.pyplot as plt
    import networkx

    graph = _busiest(graph_of(pairs, measure, min_count, group), top)
    ax.set_axis_off()
    ax.set_title(_title(pairs, measure))
    if len(graph) == 0:
        return _nobody(ax)
    edges = sorted(graph.edges(data="weight"), key=lambda edge: edge[2])
    place = _places(graph, seed)
    shown = edges[-MAX_EDGES_PER_NODE * len(graph) :]
    weights = np.array([weight for _, _, weight in shown], dtype=np.float64)
    widths, alphas = _scaled(weights, 0.4, 6.0), _scaled(weights, 0.15, 0.6)
    for (a, b, _), width, alpha in zip(shown, widths.tolist(), alphas.tolist(), strict=True):
        if graph.is_directed():
            arrow = {"arrowstyle": "-|>", "lw": width / 2, "alpha": alpha, "color": "0.4"}
            arrow |= {"shrinkA": 9, "shrinkB": 11, "connectionstyle": "arc3,rad=0.1"}
            ax.annotate("", xy=place[b], xytext=place[a], arrowprops=arrow)
        else:
            ends = zip(place[a], place[b], strict=True)
            ax.plot(*ends, lw=width, alpha=alpha, color="0.45", solid_capstyle="round", zorder=1)
    groups, names = _colours(graph)
    size = np.sqrt([about["occurrences"] for _, about in graph.nodes(data=True)])
    areas = _scaled(size.astype(np.float64), 40.0, 700.0)
    colours = plt.get_cmap("tab10")(np.array(groups) % 10)
    points = np.array([place[node] for node in graph])
    ax.scatter(points[:, 0], points[:, 1], areas, colours, edgecolors="white", zorder=2)
    for node, area in zip(graph, areas.tolist(), strict=True):
        _name(ax, str(node), place[node], area)
    for number, name in enumerate(names[:10]):
        ax.scatter([], [], color=plt.get_cmap("tab10")(number % 10), label=name)
    if len(names) > 1:
        ax.legend(loc="lower left", frameon=False, fontsize=9, title=None)
    ax.margins(0.08)
    hidden = len(edges) - len(shown)
    if hidden > 0:
        text = f"the {len(shown):,} strongest of {len(edges):,} pairs"
        ax.text(1, 0, text, ha="right", fontsize=8, color="0.4", transform=ax.transAxes)
    networkx.freeze(graph)
    return ax


def _name(ax: matplotlib.axes.Axes, name: str, at: FloatArray, area: float) -> None:
    from matplotlib.patheffects import withStroke

    ax.annotate(
        name if len(name) <= 24 else name[:23] + "…",
        at,
        xytext=(0, np.sqrt(area) / 2 + 2),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=8.5,
        zorder=3,
        parse_math=False,
        path_effects=[withStroke(linewidth=2.5, foreground="white")],
    )


def _places(graph: networkx.Graph, seed: int) -> dict[Any, FloatArray]:
    """Lay the graph out, then push apart what would cover each other's names."""
    import networkx

    flat = graph.to_undirected()
    for _, _, about in flat.edges(data=True):
        about["pull"] = float(np.log1p(max(about["weight"], 0.0)))
    laid = networkx.spring_layout(
        flat, weight="pull", k=2.5 / np.sqrt(len(flat)), iterations=200, seed=seed
    )
    points = np.array([laid[node] for node in graph], dtype=np.float64)
    points -= points.mean(axis=0)
    points /= max(float(np.abs(points).max()), 1e-9)
    room = np.array([0.16, 0.075])  # of a short name, where the picture is 2 wide
    for _ in range(200):
        gap = points[:, None, :] - points[None, :, :]
        short = np.clip(1.0 - np.abs(gap) / room, 0.0, None).min(axis=2)
        np.fill_diagonal(short, 0.0)
        if not short.any():
            break
        away = np.where(gap == 0, 0.0, np.sign(gap)) * short[:, :, None] * room
        points += 0.25 * away.sum(axis=1)
    return dict(zip(graph, points, strict=True))


def _colours(graph: networkx.Graph) -> tuple[list[int], list[str]]:
    """Number the nodes by class, or by community where no two classes are known."""
    import networkx

    classes = [about["class"] for _, about in graph.nodes(data=True)]
    if len(set(classes)) > 1:
        names = sorted(set(classes), key=lambda name: (-classes.count(name), name))
        return [names.index(name) for name in classes], [name or "(no class)" for name in names]
    flat = networkx.Graph()
    flat.add_nodes_from(graph)
    for a, b, weight in graph.edges(data="weight"):
        flat.add_edge(a, b, weight=max(weight, 0.0))
    found = networkx.community.greedy_modularity_communities(flat, weight="weight")
    of = {node: k for k, nodes in enumerate(found) for node in nodes}
    return [of[node] for node in graph], [f"community {k + 1}" for k in range(len(found))]


def _heatmap(
    pairs: Cooccurrence,
    measure: str,
    top: int,
    min_count: int,
    group: Any,
    ax: matplotlib.axes.Axes,
) -> matplotlib.axes.Axes:
    _, cells = pairs._cells(group)
    met = pairs._dense(cells, cells.units).astype(np.float64)
    table = pairs.matrix(measure, group=group).astype(np.float64)
    rows, columns = _most(met, top)
    if met.size == 0:
        return _nobody(ax)
    # Who never meets stays blank: as a number, it would outshine all others.
    table = table.where(met >= max(min_count, 1)).iloc[rows, columns]
    values = table.to_numpy().copy()
    values[~np.isfinite(values)] = np.nan
    square = pairs._split is None
    if square:
        np.fill_diagonal(values, np.nan)
        order = _by_likeness(values)
        values, table = values[np.ix_(order, order)], table.iloc[order, order]
    signed = bool(np.nanmin(values, initial=0.0) < 0)
    limit = float(np.nanmax(np.abs(values), initial=0.0)) or 1.0
    shades = {"cmap": "RdBu_r", "vmin": -limit} if signed else {"cmap": "viridis", "vmin": 0.0}
    image = ax.imshow(values, vmax=limit, interpolation="nearest", **shades)
    ax.set_facecolor("0.93")
    size = 9 if max(values.shape, default=0) <= 30 else 7
    ax.set_xticks(range(values.shape[1]), map(str, table.columns), rotation=90, fontsize=size)
    ax.set_yticks(range(values.shape[0]), map(str, table.index), fontsize=size)
    for text in (*ax.get_xticklabels(), *ax.get_yticklabels()):
        text.set_parse_math(False)
    if pairs._counting.directed:
        ax.set_ylabel("earlier")
        ax.set_xlabel("later")
    ax.figure.colorbar(image, ax=ax, label=measure, shrink=0.75)
    ax.set_title(_title(pairs, measure))
    return ax


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
    return leaves_list(linkage(profile, method="average", optimal_ordering=len(values) <= 200))


def _time(
    pairs: Cooccurrence,
    measure: str,
    top: int,
    pair: tuple[str, str] | None,
    ax: matplotlib.axes.Axes,
) -> matplotlib.axes.Axes:
    groups = pairs._groups
    names = () if groups is None else groups.names
    periods = [name for name in names if name in PERIODS]
    if groups is None or len(names) != 1 or not periods:
        raise ValueError(
            'kind="time" needs pairs counted by one period and nothing else, such as by="month"'
        )
    chosen = pairs.pooled()
    if pair is not None:
        pairs._check_pair(*pair)
        wanted = [tuple(pair)]
    else:
        strongest = chosen.to_frame().head(min(top, MAX_LINES))
        wanted = list(zip(strongest["a"], strongest["b"], strict=True))
    frame = pairs.select(pairs=wanted).to_frame(measures=[measure], zeros=True)
    period = names[0]
    for a, b in wanted:
        either = (frame["a"] == a) & (frame["b"] == b)
        if not pairs._counting.directed:
            either |= (frame["a"] == b) & (frame["b"] == a)
        line = frame[either & frame[period].notna()].sort_values(period)
        ax.plot(line[period], line[measure], marker="o", ms=3.5, lw=1.4, label=f"{a} – {b}")
    for text in ax.legend(frameon=False, fontsize=9).get_texts() if wanted else ():
        text.set_parse_math(False)
    ax.set_ylabel(measure)
    ax.set_title(f"{measure} by {pairs._counting.unit_name}, by {period}")
    ax.spines[["top", "right"]].set_visible(False)
    ax.figure.autofmt_xdate()
    return ax
