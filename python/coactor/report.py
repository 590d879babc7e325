"""One page about a corpus: who appears with whom, and in what tone.

    Analysis ─► numbers (each section a function) ─► words (templates/report.html) ─► a page

The page is complete in itself: no script, nothing from outside, drawings as inline SVG, tables to
take along as links that hold them. It leads with sentences and with what to know before believing
them. However large the corpus, it stays small: the top of every list is shown, and how much is not.
The same input gives the same bytes.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from markupsafe import Markup

from . import _report_evidence as evidence
from ._actor_report import NOTES
from ._inference import FEW_UNITS
from ._output import csv_text
from ._report_numbers import ALPHA, ENOUGH, NAME, UNPRINTABLE, Found, one_line
from ._report_time import timeline
from ._report_tone import tone
from ._results import plural, text_array
from ._svg import Edge, Node, bar, diverging, network, short, tiles
from ._version import __version__
from ._wording import about_rollup
from .analysis import TESTED_ACTORS
from .cooccurrence import FEW_DOCS_EXPECTED, FEW_DOCS_IN_CORPUS
from .mentions import MENTION_KINDS

if TYPE_CHECKING:
    import jinja2
    import pandas as pd

    from .analysis import Analysis
    from .mentions import Mentions

__all__ = ["render"]

# How much of each list a page shows.
TOP_ACTORS, TOP_PAIRS, TOP_EVIDENCE, TOP_EDGES, TOP_TILES = 15, 20, 10, 30, 13
TOP_QUOTED, TOP_REMARKS, TOP_GROUPS, TOP_APART = 6, 3, 12, 3
#: Rows and bytes of a table that a page carries along.
CARRIED_ROWS, CARRIED_BYTES = 5_000, 500_000
#: Letters shown of a document's or a file's name, and of a setting.
SOURCE, SETTING = 90, 300


def render(analysis: Analysis, *, text: bool = True, seed: int = 0) -> str:
    """Return the page of an analysis: HTML, any text of the corpus in it escaped.

    Parameters
    ----------
    analysis : Analysis
    text, seed
        As in `Analysis.report`.
    """
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed < 0:
        raise ValueError(f"seed must be a whole number from 0 on, got {seed!r}")
    found = Found.of(analysis)
    page = _template().render(
        version=__version__,
        found=found,
        config=analysis.config,
        alpha=ALPHA,
        tested_actors=TESTED_ACTORS,
        seed=int(seed),
        text=text,
        first=_first(found),
        who=_who(found, text, int(seed)),
        time=timeline(found),
        pairs=_pairs(found, text, int(seed)),
        drawings=_drawings(found),
        tone=tone(found),
        data=_data(found),
        carried=_carried(found),
        methods=analysis.methods().split("\n\n"),
        settings=list(_settings(analysis.config)),
    )
    return UNPRINTABLE.sub("\ufffd", page)


@cache
def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("coactor"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "number": lambda n: f"{n:,}",
        "plural": plural,
        "percent_of": _percent,
        "q": _q,
        "the": _the,
        "source": _source,
        "upper_first": _upper_first,
    }
    environment.globals |= {"bar": bar, "diverging": diverging}
    return environment.get_template("report.html")


def _percent(part: float, whole: float) -> str:
    """Write a share so that neither a little becomes nothing nor almost all becomes all."""
    if not whole:
        return "–"
    share = 100 * part / whole
    if 0 < share < 1:
        return "<1%"
    if 99 < share < 100:
        return ">99%"
    return f"{share:.0f}%"


def _q(value: float) -> str:
    """Write a q value so that a small one does not become nothing."""
    if value != value:
        return "–"
    if value < 0.001:
        return "<.001"
    return f"{value:.3f}"[1:] if value < 0.0995 else f"{min(value, 1.0):.2f}".removeprefix("0")


def _source(sources: str, noun: str) -> str:
    """Say where dictionaries or a lexicon are from: files by their names, without the folders."""
    said = {"given": f"a {noun} made in Python", "starter": "coactor’s starter"}
    names = (said.get(name) or PurePath(name).name or name for name in sources.split(", "))
    return short(one_line(", ".join(names)), SOURCE)


#: Last words of names that English wants an article for.
_ARTICLE = frozenset(
    "Agency Alliance Army Authority Bank Brotherhood Caliphate Commission Committee Council Court "
    "Emirates Front Fund Houthis Islands Kingdom League Movement Nations Netherlands Organisation "
    "Organization Pact Philippines Republic States Taliban Treaty Union".split()
)


def _the(label: str) -> Markup:
    """Put an article before names that are not said without one.

    The name is kept to itself: one that runs from right to left would else take along the numbers
    beside it.
    """
    last = label.rsplit(" ", 1)[-1]
    article = "the " if last in _ARTICLE and not label.lower().startswith("the ") else ""
    return Markup("{}<bdi>{}</bdi>").format(article, label)


def _upper_first(text: str) -> str:
    """Begin a sentence: the first letter, which may stand within an element, becomes a capital."""
    begun = re.sub(r"^((?:<[^>]*>)*)(.)", lambda found: found[1] + found[2].upper(), str(text))
    return Markup(begun) if isinstance(text, Markup) else begun


# ---- before you rely on it -----------------------------------------------------------------------


def _first(found: Found) -> dict[str, Any]:
    actors = found.analysis.actors
    remarks = actors.report[~actors.report["kind"].isin(NOTES)]  # what may be a mistake
    n_names = int((actors._alias_actor >= 0).sum())
    return {
        "few_docs": FEW_DOCS_IN_CORPUS,
        "n_copies": found.texts.n_copies,
        "n_missing": int(found.documents["missing"].sum()),
        "n_undated": int(found.documents["date"].isna().sum()),
        "n_actors": len(actors),
        "n_names": n_names,
        "n_unused": n_names - len(np.unique(found.analysis.mentions._alias)),
        "n_remarks": len(remarks),
        "remarks": [
            f"{short(row.alias or row.actor, NAME)}: {short(row.detail, SETTING)}"
            for row in remarks.head(TOP_REMARKS).itertuples(index=False)
        ],
        "n_patterns": len(found.analysis.lexicon),
    }


# ---- who -----------------------------------------------------------------------------------------


def _who(found: Found, text: bool, seed: int) -> dict[str, Any]:
    top = found.by_actor.head(TOP_ACTORS)
    rows = [
        {"who": found.actors[row.actor], "n_docs": row.n_docs, "n_mentions": row.n_mentions}
        for row in top.itertuples(index=False)
    ]
    quoted = top["actor"].head(TOP_QUOTED if text else 0)
    return {
        "rows": rows,
        "n_mentions": int(found.by_actor["n_mentions"].sum()),
        "legend": found.legend(top["actor"]),
        "quoted": [
            {"who": found.actors[actor], "quotes": evidence.of_actor(found, actor, seed)}
            for actor in quoted
        ],
        "quotes": evidence.QUOTES,
    }


# ---- pairs, and passages that hold them ----------------------------------------------------------


def _pairs(found: Found, text: bool, seed: int) -> dict[str, Any]:
    shown = found.pairs.head(TOP_PAIRS)
    rows = [_pair(found, row) for row in shown.itertuples(index=False)]
    if text:
        for row in rows[:TOP_EVIDENCE]:
            row["evidence"] = evidence.of_pair(found, row["a"], row["b"], seed)
    apart = found.apart
    most_apart = apart.sort_values("expected", ascending=False, kind="stable").head(TOP_APART)
    return {
        "rows": rows,
        "any_few": bool(shown["flag"].str.contains("few_docs").any()),
        "few_expected": FEW_DOCS_EXPECTED,
        "few_units": FEW_UNITS,
        "n_closer": len(found.closer),
        "n_apart": len(apart),
        "apart": [
            {**row._asdict(), "first": found.actors[row.a], "second": found.actors[row.b]}
            for row in most_apart.itertuples(index=False)
        ],
        "outstanding": _outstanding(found),
        "quotes": evidence.QUOTES,
    }


def _pair(found: Found, row: Any) -> dict[str, Any]:
    """Put together what a row of the table of pairs says; `lift_named`: with N of named units."""
    return {
        **row._asdict(),
        "first": found.actors[row.a],
        "second": found.actors[row.b],
        "lift_named": row.count * found.n_units_named / (row.n_a * row.n_b),
        "evidence": [],
    }


def _outstanding(found: Found) -> dict[str, Any] | None:
    """Choose the pair that stands out most against chance, by the test and however N is counted."""
    table = found.closer[found.closer["count"] >= ENOUGH]
    table = table.sort_values("lift", ascending=False, kind="stable")
    pairs = (_pair(found, row) for row in table.itertuples(index=False))
    return next((pair for pair in pairs if pair["lift_named"] > 1), None)


# ---- network and heat map ------------------------------------------------------------------------


def _drawings(found: Found) -> dict[str, Any]:
    """Draw the pairs that the test lets pass, boldly, and the most frequent ones beside them."""
    strong = found.closer.head(TOP_EDGES)
    rest = found.pairs.drop(strong.index).head(TOP_EDGES - len(strong))
    rest = rest[~rest.index.isin(found.closer.index)]
    drawn = {*strong["a"], *strong["b"], *rest["a"], *rest["b"]}
    ids = [actor for actor in found.by_actor["actor"] if actor in drawn]
    met = _met(found)
    return {
        "n_strong": len(strong),
        "n_weak": len(rest),
        "network": _draw_network(found, ids, strong, rest) if ids else "",
        "legend": found.legend(ids),
        "n_tiles": min(len(met), TOP_TILES),
        "tiles": _draw_tiles(found, met[:TOP_TILES]) if ids else "",
    }


def _met(found: Found) -> list[str]:
    """List the actors that meet anyone, those named most first."""
    met = set(found.pairs["a"]) | set(found.pairs["b"])
    return [actor for actor in found.by_actor["actor"] if actor in met]


def _draw_network(
    found: Found, ids: Sequence[str], strong: pd.DataFrame, rest: pd.DataFrame
) -> Markup:
    sizes = found.by_actor.set_index("actor")["n_mentions"]
    number = {actor: i for i, actor in enumerate(ids)}
    nodes = [Node(found.actors[id].label, float(sizes[id]), found.actors[id].group) for id in ids]
    edges = [
        Edge(number[row.a], number[row.b], int(row.count), kind)
        for table, kind in ((strong, "strong"), (rest, "weak" if found.n_tested else "some"))
        for row in table.itertuples()
    ]
    named = "; ".join(
        f"{nodes[edge.first].label} and {nodes[edge.second].label} {edge.times:,}"
        for edge in edges[:5]
    )
    bold = (
        f", {len(strong)} of them more often together than chance explains" if len(strong) else ""
    )
    description = (
        f"{plural(len(nodes), 'actor')} and {plural(len(edges), 'pair')}{bold}. First by shared "
        f"{found.unit}s: {named}. The table of pairs has the numbers."
    )
    return network(nodes, edges, "Network of actors", description)


def _draw_tiles(found: Found, ids: Sequence[str]) -> Markup:
    labels = [found.actors[actor].label for actor in ids]
    where = {actor: place for place, actor in enumerate(found.analysis.pairs.actors)}
    rows = [where[actor] for actor in ids]
    counts = found.analysis.pairs.to_scipy()[rows][:, rows].toarray()
    title = f"Shared {found.unit}s of the {len(ids)} actors named most"
    return tiles(labels, counts, title, f"A staircase of counts: {', '.join(labels)}.")


# ---- the data ------------------------------------------------------------------------------------


def _data(found: Found) -> dict[str, Any]:
    documents, mentions = found.documents, found.analysis.mentions
    n_tokens = documents["n_tokens"]
    return {
        "n_empty": int(((n_tokens == 0) & ~documents["missing"]).sum()),
        "n_tokens": int(n_tokens.sum()),
        "n_paragraphs": int(documents["n_paragraphs"].sum()),
        "median": int(n_tokens[n_tokens > 0].median()) if found.n_texts else 0,
        "fingerprint": found.texts.fingerprint,
        "rollup": about_rollup(found.analysis.pairs),
        "n_mentions": len(mentions),
        "kinds": _kinds(mentions),
        "n_locative": int(mentions._locative().sum()),
        "groups": [_group_table(found, name) for name in found.analysis.corpus._by],
    }


def _kinds(mentions: Mentions) -> list[tuple[str, int]]:
    """Count mentions by the kind of name that found them, the most frequent first."""
    counts = np.bincount(mentions._kind, minlength=len(MENTION_KINDS)).tolist()
    held = [(kind, n) for kind, n in zip(MENTION_KINDS, counts, strict=True) if n]
    return sorted(held, key=lambda kind: -kind[1])


def _group_table(found: Found, name: str) -> dict[str, Any]:
    """Count documents and mentions by a column of the corpus, the largest groups first."""
    documents, mentions = found.documents, found.analysis.mentions
    n_mentions = np.bincount(mentions._doc, minlength=len(documents))
    values = [
        "(none)" if missing else short(one_line(str(value)), NAME)
        for value, missing in zip(documents[name], documents[name].isna(), strict=True)
    ]
    table = documents.assign(value=text_array(values), n_mentions=n_mentions)
    grouped = table.groupby("value", sort=True)[["n_sentences", "n_mentions"]].sum()
    grouped["n_docs"] = table.groupby("value", sort=True).size()
    grouped = grouped.sort_values("n_docs", ascending=False, kind="stable")
    return {
        "name": short(one_line(name), NAME),
        "n": len(grouped),
        "rows": grouped.head(TOP_GROUPS).reset_index().to_dict("records"),
    }


# ---- tables to take along ------------------------------------------------------------------------


class Carried(NamedTuple):
    """A table that the page carries: as a link that holds it."""

    name: str
    what: str
    n: int
    of: int
    size: int
    link: str


def _carried(found: Found) -> list[Carried]:
    label = dict(zip(found.by_actor["actor"], found.by_actor["label"], strict=True))
    pairs = found.pairs.head(CARRIED_ROWS).round(6)
    for side in ("a", "b"):
        pairs[f"label_{side}"] = text_array(label[actor] for actor in pairs[side])
    return [
        _carry("actors.csv", "actor", found.by_actor.head(CARRIED_ROWS), len(found.by_actor)),
        _carry("pairs.csv", "pair", pairs, len(found.pairs)),
    ]


def _carry(name: str, what: str, frame: pd.DataFrame, total: int) -> Carried:
    """Write a table into a link, so many rows of it as are small enough."""
    n = len(frame)
    content = csv_text(frame).encode("utf-8", "replace")
    while len(content) > CARRIED_BYTES:
        n = int(0.95 * n * CARRIED_BYTES / len(content))
        content = csv_text(frame.head(n)).encode("utf-8", "replace")
    link = "data:text/csv;charset=utf-8;base64," + base64.b64encode(content).decode("ascii")
    return Carried(name, what, n, total, len(content), link)


# ---- settings ------------------------------------------------------------------------------------


class Setting(NamedTuple):
    name: str
    value: str


def _settings(config: Mapping[str, Any], within: str = "") -> Iterable[Setting]:
    """List settings, those within settings by a dotted name; the version but once."""
    for name, value in config.items():
        if isinstance(value, Mapping):
            yield from _settings(value, f"{within}{name}.")
        elif name != "version" or not within:
            if name in ("actors_from", "lexicon_from"):
                value = _source(value, "dictionary" if name == "actors_from" else "lexicon")
            if isinstance(value, (list, tuple)):
                value = ", ".join(map(str, value))
            text = "none" if value is None or value == "" else str(value)
            yield Setting(short(f"{within}{name}", NAME), short(text, SETTING))
