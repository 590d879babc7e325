"""Networks for other programs: a graph of networkx, and files."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ._replacing import check_target

if TYPE_CHECKING:
    import networkx

    from ._counted import Counted
    from .cooccurrence import Cooccurrence

__all__ = ["FORMATS", "graph_of", "write"]

#: What XML cannot hold.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graph_of(pairs: Counted, measure: str, min_count: int, group: Any) -> networkx.Graph:
    """Make the graph that `Cooccurrence.to_networkx` documents."""
    import networkx

    known = pairs._known([measure])
    number, cells = pairs._cells(group)
    counts = pairs._scaled(cells.sums)
    first, second = cells.first, cells.second
    n_i, n_j, n = pairs._margins(np.full(len(first), number), first, second)
    if measure == "count":
        weights = counts
    else:
        weights = known[measure].of(cells.units.astype(np.float64), n_i, n_j, n)
    directed = pairs._counting.directed or (measure != "count" and not known[measure].symmetric)
    graph = networkx.DiGraph() if directed else networkx.Graph()
    occurrences = pairs._margin("occurrences", number, np.arange(len(pairs.actors)))
    for k, actor in enumerate(pairs.actors):
        label, kind = pairs._about_actor(actor)
        about: dict[str, Any] = {"label": label, "class": kind, "occurrences": int(occurrences[k])}
        if pairs._split is not None:
            about["bipartite"] = int(k >= pairs._split)
        graph.add_node(actor, **about)

    def connect(begin: Any, end: Any, values: Any) -> None:
        kept = np.flatnonzero((cells.units >= min_count) & np.isfinite(values))
        for k in kept.tolist():
            graph.add_edge(
                pairs.actors[begin[k]],
                pairs.actors[end[k]],
                weight=values[k].item(),
                count=counts[k].item(),
                n_docs=int(cells.docs[k]),
            )

    connect(first, second, weights)
    if directed and not pairs._counting.directed:
        back = known[measure].of(cells.units.astype(np.float64), n_j, n_i, n)
        connect(second, first, back)
    return graph


# ---- time ----------------------------------------------------------------------------------------


def graph_over_time(pairs: Cooccurrence, measure: str, min_count: int) -> networkx.Graph | None:
    """Make the graph of all periods, who is there when; None where groups are not periods.

    Nodes and edges have ``spells``, edges also the measure in each period. Documents without a
    date are in the whole, but in no spell.
    """
    if pairs._groups is None or len(pairs._groups) < 2:
        return None
    times = pairs._groups.spans()
    if times is None:
        return None
    pairs._known([measure], unequal=len(set(pairs._table.n_units.tolist())) > 1)
    graph = graph_of(pairs.pooled(), measure, min_count, None)
    graph.graph["mode"] = "dynamic"
    for number, (begin, end) in times:
        part = graph_of(pairs, measure, 1, tuple(pairs._groups.keys.iloc[number]))
        for node, about in part.nodes(data=True):
            if about["occurrences"]:
                graph.nodes[node].setdefault("spells", []).append((begin, end))
        for a, b, about in part.edges(data=True):
            if graph.has_edge(a, b):
                graph.edges[a, b].setdefault("spells", []).append((begin, end))
                over_time = graph.edges[a, b].setdefault(f"{measure}_in_period", [])
                over_time.append((about["weight"], begin, end))
    return graph


# ---- files ---------------------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    """Replace what XML cannot hold: control characters, lone surrogates."""
    return _NO_XML.sub("\ufffd", value) if isinstance(value, str) else value


def _for_xml(graph: networkx.Graph) -> networkx.Graph:
    import networkx

    clean = networkx.relabel_nodes(graph, {node: _plain(str(node)) for node in graph})
    if len(clean) < len(graph):
        raise ValueError("two actors have the same id once it is written as XML can hold it")
    for _, about in clean.nodes(data=True):
        about.update({name: _plain(value) for name, value in about.items()})
    return clean


def _graphml(graph: networkx.Graph, path: Path) -> list[Path]:
    import networkx

    networkx.write_graphml(_for_xml(graph), path)
    return [path]


def _gexf(graph: networkx.Graph, path: Path) -> list[Path]:
    import networkx

    networkx.write_gexf(_for_xml(graph), path, version="1.2draft")
    return [path]


def _pajek(graph: networkx.Graph, path: Path) -> list[Path]:
    """Write Pajek's network; by hand, as networkx leaves labels bare and joins those alike."""
    number = _numbered(graph)
    lines = [f"*vertices {len(graph)}", *(f"{number[node]} {_quoted(node)}" for node in graph)]
    lines.append("*arcs" if graph.is_directed() else "*edges")
    lines += [f"{number[a]} {number[b]} {w!r}" for a, b, w in graph.edges(data="weight")]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [path]


def _quoted(node: Any) -> str:
    """Put an id in quotation marks, without what would end them or the line."""
    return '"' + _line(str(node)).replace('"', "'") + '"'


def _line(text: str) -> str:
    """Put a label on one line, without what separates columns."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def _numbered(graph: networkx.Graph) -> dict[Any, int]:
    return {node: k for k, node in enumerate(graph, start=1)}


def _ucinet(graph: networkx.Graph, path: Path) -> list[Path]:
    """Write UCINET's DL, as a list of edges; an undirected pair stands there both ways."""
    names, number = map(_quoted, graph), _numbered(graph)
    lines = [f"dl n={len(graph)}", "format = edgelist1", "labels:", *names, "data:"]
    for a, b, weight in graph.edges(data="weight"):
        lines.append(f"{number[a]} {number[b]} {weight!r}")
        if not graph.is_directed():
            lines.append(f"{number[b]} {number[a]} {weight!r}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [path]


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.stem}{ending}{path.suffix}")


def _vosviewer(graph: networkx.Graph, path: Path) -> list[Path]:
    """Write VOSviewer's map (id, label, weight) and network (id, id, strength), by tabs.

    Classes are its clusters; without any it finds clusters of its own.
    """
    number = _numbered(graph)
    classes = sorted({about["class"] for _, about in graph.nodes(data=True)})
    cluster = {name: k for k, name in enumerate(classes, start=1)}
    classed = len(classes) > 1
    head = ["id", "label", *(["cluster"] if classed else []), "weight<Occurrences>"]
    rows = ["\t".join(head)]
    for node, about in graph.nodes(data=True):
        label = _line(str(about["label"])).replace('"', "'")
        group = f"\t{cluster[about['class']]}" if classed else ""
        rows.append(f"{number[node]}\t{label}{group}\t{about['occurrences']}")
    links = [f"{number[a]}\t{number[b]}\t{w!r}" for a, b, w in graph.edges(data="weight")]
    written = _beside(path, "_map"), _beside(path, "_network")
    for file, lines in zip(written, (rows, links), strict=True):
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return list(written)


def _gephi(graph: networkx.Graph, path: Path) -> list[Path]:
    """Write Gephi's table of edges, and the nodes beside it."""
    kind = "Directed" if graph.is_directed() else "Undirected"
    edges = [
        (a, b, kind, about["weight"], about["count"], about["n_docs"])
        for a, b, about in graph.edges(data=True)
    ]
    nodes = [
        (node, about["label"], about["class"], about["occurrences"])
        for node, about in graph.nodes(data=True)
    ]
    tables = (
        (path, ("Source", "Target", "Type", "Weight", "count", "n_docs"), edges),
        (_beside(path, "_nodes"), ("Id", "Label", "class", "occurrences"), nodes),
    )
    for file, head, rows in tables:
        with file.open("w", encoding="utf-8", errors="replace", newline="") as out:
            csv.writer(out).writerows([head, *rows])
    return [file for file, _, _ in tables]


#: The files there are, by suffix.
FORMATS: dict[str, Callable[[Any, Path], list[Path]]] = {
    ".graphml": _graphml,
    ".gexf": _gexf,
    ".net": _pajek,
    ".dl": _ucinet,
    ".csv": _gephi,
    ".txt": _vosviewer,
}


def write(
    pairs: Cooccurrence,
    path: Path,
    format: str | None,
    measure: str,
    min_count: int,
    group: Any,
) -> list[Path]:
    """Write what `Cooccurrence.write` documents."""
    suffix = path.suffix.lower() if format is None else format
    if suffix not in FORMATS:
        raise ValueError(f"{path.name}: unknown format {suffix!r}; there are: {', '.join(FORMATS)}")
    check_target(path)
    graph = None
    if suffix == ".gexf" and group is None:
        graph = graph_over_time(pairs, measure, min_count)
    if graph is None:
        graph = graph_of(pairs, measure, min_count, group)
    return FORMATS[suffix](graph, path)
