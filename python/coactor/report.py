"""One page about a corpus: who appears with whom, and in what tone.

    Analysis ─► numbers (each section a function here) ─► words (templates/report.html) ─► a page

The page is complete in itself: no script, nothing from outside, drawings as inline SVG. It leads
with sentences and with what to know before believing them. However large the corpus, it stays
small: the top of every list is shown, and how much is not. The same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ._actor_report import NOTES
from ._results import plural
from ._svg import Node, bar, network, short, stacked, tiles
from ._version import __version__
from .cooccurrence import FEW_DOCS_EXPECTED, FEW_DOCS_IN_CORPUS

if TYPE_CHECKING:
    import jinja2
    import pandas as pd
    from markupsafe import Markup

    from .analysis import Analysis

__all__ = ["render"]

# How much of each list a page shows.
TOP_ACTORS, TOP_PAIRS, TOP_EVIDENCE, TOP_EDGES, TOP_TILES, TOP_TONE = 15, 20, 10, 25, 13, 12
TOP_WORDS, TOP_CATEGORIES, TOP_REMARKS, QUOTES = 3, 8, 3, 3
#: Sentences of a pair that are looked at to find three good ones.
LOOKED_AT = 200
#: Letters shown of a name, a document's name, a setting, and on each side of a quoted mention.
NAME, DOC, SETTING, QUOTE = 60, 90, 300, 220
#: Classes of actors with a colour of their own; the rest share one.
GROUPS = 6
#: An actor is compared by tone, a pair by lift, if so many sentences (units) hold it.
ENOUGH = 10


def render(analysis: Analysis) -> str:
    """Return the page of an analysis: HTML, any text of the corpus in it escaped."""
    found = _Found.of(analysis)
    page = _template().render(
        version=__version__,
        found=found,
        config=analysis.config,
        first=_first(found),
        who=_who(found),
        pairs=_pairs(found),
        drawings=_drawings(found),
        tone=_tone(found),
        methods=analysis.methods().split("\n\n"),
        settings=list(_settings(analysis.config)),
    )
    return _UNPRINTABLE.sub("\ufffd", page)


#: What HTML must not hold: control characters, lone surrogates, two that are no characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


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
        "the": _the,
        "source": lambda name: "an object of your own" if name == "given" else short(name, DOC),
        "upper_first": lambda text: text[:1].upper() + text[1:],
    }
    environment.globals |= {"bar": bar, "stacked": stacked}
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


#: Last words of names that English wants an article for.
_ARTICLE = frozenset(
    "Agency Alliance Army Authority Bank Brotherhood Caliphate Commission Committee Council Court "
    "Emirates Front Fund Houthis Islands Kingdom League Movement Nations Netherlands Organisation "
    "Organization Pact Philippines Republic States Taliban Treaty Union".split()
)


def _the(label: str) -> str:
    """Put an article before names that are not said without one."""
    last = label.rsplit(" ", 1)[-1]
    return f"the {label}" if last in _ARTICLE and not label.lower().startswith("the ") else label


# ---- what all sections need ----------------------------------------------------------------------


class Who(NamedTuple):
    """An actor as a page shows it: its label, and its class as a number that has a colour."""

    label: str
    group: int


class Group(NamedTuple):
    """A class of actors, and the number of its colour."""

    number: int
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What was found, in numbers that several sections speak of."""

    analysis: Analysis
    documents: pd.DataFrame
    by_actor: pd.DataFrame  # by mentions falling
    pairs: pd.DataFrame  # by count falling
    actors: Mapping[str, Who]
    groups: Sequence[Group]
    unit: str
    n_texts: int  # documents with a word
    n_sentences: int
    n_named: int  # sentences that name anyone
    n_units_named: int

    @classmethod
    def of(cls, analysis: Analysis) -> _Found:
        documents, by_actor, pairs = analysis.corpus.documents, analysis.by_actor, analysis.pairs
        actors, groups = _people(by_actor)
        return cls(
            analysis=analysis,
            documents=documents,
            by_actor=by_actor,
            pairs=pairs.to_frame(),
            actors=actors,
            groups=groups,
            unit=str(analysis.config["unit"]),
            n_texts=int((documents["n_tokens"] > 0).sum()),
            n_sentences=int(documents["n_sentences"].sum()),
            n_named=len(np.unique(analysis.mentions._sentence)),
            n_units_named=pairs.n_units - pairs.n_empty,
        )

    @property
    def measures(self) -> bool:
        """Whether there are enough documents for more than counts."""
        return self.n_texts >= FEW_DOCS_IN_CORPUS

    @property
    def n_units(self) -> int:
        return self.analysis.pairs.n_units

    @property
    def span(self) -> str:
        """The first and last date of documents; empty if none has one."""
        known = self.documents["date"].dropna()
        days = sorted(
            {f"{day:%Y-%m-%d}" for day in (known.min(), known.max())} if len(known) else ()
        )
        return " to ".join(days)

    def legend(self, whose: Iterable[str]) -> list[Group]:
        """List the classes of these actors; nothing if there is but one."""
        numbers = {self.actors[actor].group for actor in whose}
        shown = [group for group in self.groups if group.number in numbers]
        return shown if len(shown) > 1 else []


def _people(by_actor: pd.DataFrame) -> tuple[dict[str, Who], list[Group]]:
    """Give each actor its label and the colour of its class; classes named most come first."""
    mentions: Counter[str] = Counter()
    for name, n in zip(by_actor["class"], by_actor["n_mentions"], strict=True):
        mentions[name] += n
    ordered = sorted(filter(None, mentions), key=lambda name: (-mentions[name], name))
    numbers = {name: number for number, name in enumerate(ordered[:GROUPS])}
    groups = [Group(number, short(name, NAME)) for name, number in numbers.items()]
    columns = (by_actor[name] for name in ("actor", "label", "class"))
    actors = {
        actor: Who(short(label, NAME), numbers.get(name, GROUPS))
        for actor, label, name in zip(*columns, strict=True)
    }
    if any(who.group == GROUPS for who in actors.values()):
        groups.append(Group(GROUPS, "other"))
    return actors, groups


# ---- read this first -----------------------------------------------------------------------------


def _first(found: _Found) -> dict[str, Any]:
    actors = found.analysis.actors
    remarks = actors.report[~actors.report["kind"].isin(NOTES)]  # what may be a mistake
    n_names = int((actors._alias_actor >= 0).sum())
    return {
        "few_docs": FEW_DOCS_IN_CORPUS,
        "n_copies": _copies(found),
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


def _copies(found: _Found) -> int:
    """Count the documents whose text another one before them has."""
    corpus = found.analysis.corpus
    seen: set[bytes] = set()
    held = np.flatnonzero((found.documents["n_tokens"] > 0).to_numpy())
    for doc in held.tolist():
        text = corpus._text(doc).encode("utf-8", "surrogatepass")
        seen.add(hashlib.blake2b(text, digest_size=16).digest())
    return len(held) - len(seen)


# ---- who -----------------------------------------------------------------------------------------


def _who(found: _Found) -> dict[str, Any]:
    top = found.by_actor.head(TOP_ACTORS)
    rows = [
        {"who": found.actors[row.actor], "n_docs": row.n_docs, "n_mentions": row.n_mentions}
        for row in top.itertuples(index=False)
    ]
    n_mentions = int(found.by_actor["n_mentions"].sum())
    return {"rows": rows, "n_mentions": n_mentions, "legend": found.legend(top["actor"])}


# ---- pairs, and sentences that hold them ---------------------------------------------------------


def _pairs(found: _Found) -> dict[str, Any]:
    shown = found.pairs.head(TOP_PAIRS)
    rows = [_pair(found, row) for row in shown.itertuples(index=False)]
    for row, pair in zip(rows[:TOP_EVIDENCE], shown.itertuples(index=False), strict=False):
        row["evidence"] = _evidence(found, pair.a, pair.b)
    return {
        "rows": rows,
        "any_few": bool((shown["flag"] != "").any()),
        "few_expected": FEW_DOCS_EXPECTED,
        "outstanding": _outstanding(found),
        "quotes": QUOTES,
    }


def _pair(found: _Found, row: Any) -> dict[str, Any]:
    """Put together what a row of the table of pairs says; `lift_named`: with N of named units."""
    return {
        **row._asdict(),
        "first": found.actors[row.a],
        "second": found.actors[row.b],
        "lift_named": row.count * found.n_units_named / (row.n_a * row.n_b),
        "evidence": [],
    }


def _outstanding(found: _Found) -> dict[str, Any] | None:
    """Choose the pair that stands out against chance, if it does so whichever way N is counted."""
    if not found.measures:
        return None
    table = found.pairs[(found.pairs["flag"] == "") & (found.pairs["count"] >= ENOUGH)]
    table = table.sort_values("lift", ascending=False, kind="stable")
    pairs = (_pair(found, row) for row in table.itertuples(index=False))
    return next((pair for pair in pairs if pair["lift_named"] > 1), None)


class Piece(NamedTuple):
    """A part of a quotation: `mark` is ``a`` or ``b`` where it names an actor of the pair."""

    text: str
    mark: str


class Quote(NamedTuple):
    doc: str
    pieces: list[Piece]


def _evidence(found: _Found, a: str, b: str) -> list[Quote]:
    """Choose passages of a pair, spread over the corpus.

    Another document comes before another passage of the same one, and what reads well before what
    is very short or long; no wording is shown twice.
    """
    table = found.analysis.pairs.kwic(a, b, sample=LOOKED_AT, seed=0)
    rows = list(table.itertuples(index=False))
    unfit: dict[str, tuple[int, int]] = {}  # of each wording: how unfit, and its first place
    for place, row in enumerate(rows):
        text = _line(row.left + row.first + row.middle + row.second + row.right)
        unfit.setdefault(text, (max(0, 60 - len(text), len(text) - 280), place))
    seen: Counter[Any] = Counter()
    ranks: dict[int, tuple[int, int]] = {}
    for much, place in sorted(unfit.values()):
        ranks[place] = (seen[rows[place].doc], much)
        seen[rows[place].doc] += 1
    worst = sorted(ranks.values())[:QUOTES][-1]
    good = [rows[place] for place in sorted(ranks) if ranks[place] <= worst]
    n = min(QUOTES, len(good))
    return [_quote(good[(2 * k + 1) * len(good) // (2 * n)]) for k in range(n)]


def _quote(row: Any) -> Quote:
    first, second = ("a", "b") if row.a_start <= row.b_start else ("b", "a")
    pieces = (
        Piece(_clip(_line(row.left).lstrip(), 0, QUOTE), ""),
        Piece(short(_line(row.first), NAME), first),
        Piece(_clip(_line(row.middle), QUOTE, QUOTE), ""),
        Piece(short(_line(row.second), NAME), second),
        Piece(_clip(_line(row.right).rstrip(), QUOTE, 0), ""),
    )
    return Quote(short(str(row.doc), DOC), [piece for piece in pieces if piece.text])


def _line(text: str) -> str:
    """Write a text on one line, without what cannot be printed."""
    return _UNPRINTABLE.sub("\ufffd", re.sub(r"\s+", " ", text))


def _clip(text: str, head: int, tail: int) -> str:
    """Keep so many letters of the beginning and of the end, up to blanks, if a text is longer."""
    if len(text) <= head + tail:
        return text
    before = text[:head].rsplit(" ", 1)[0]
    after = text[len(text) - tail :].split(" ", 1)[-1]
    return f"{before} … {after}"


# ---- network and heat map ------------------------------------------------------------------------


def _drawings(found: _Found) -> dict[str, Any]:
    edges = found.pairs.head(TOP_EDGES)
    drawn = set(edges["a"]) | set(edges["b"])
    ids = [actor for actor in found.by_actor["actor"] if actor in drawn]
    return {
        "n_edges": len(edges),
        "network": _draw_network(found, ids, edges) if ids else "",
        "legend": found.legend(ids),
        "n_tiles": min(len(_met(found)), TOP_TILES),
        "tiles": _draw_tiles(found, _met(found)[:TOP_TILES]) if ids else "",
    }


def _met(found: _Found) -> list[str]:
    """List the actors that meet anyone, those named most first."""
    met = set(found.pairs["a"]) | set(found.pairs["b"])
    return [actor for actor in found.by_actor["actor"] if actor in met]


def _draw_network(found: _Found, ids: Sequence[str], edges: pd.DataFrame) -> Markup:
    sizes = found.by_actor.set_index("actor")["n_mentions"]
    number = {actor: i for i, actor in enumerate(ids)}
    nodes = [Node(found.actors[id].label, float(sizes[id]), found.actors[id].group) for id in ids]
    lines = [(number[row.a], number[row.b], int(row.count)) for row in edges.itertuples()]
    strongest = "; ".join(
        f"{nodes[i].label} and {nodes[j].label} {count:,}" for i, j, count in lines[:5]
    )
    description = (
        f"{plural(len(nodes), 'actor')} and {plural(len(lines), 'pair')}. Strongest, by shared "
        f"{found.unit}s: {strongest}."
    )
    return network(nodes, lines, "Network of actors", description)


def _draw_tiles(found: _Found, ids: Sequence[str]) -> Markup:
    labels = [found.actors[actor].label for actor in ids]
    where = {actor: place for place, actor in enumerate(found.analysis.pairs.actors)}
    rows = [where[actor] for actor in ids]
    counts = found.analysis.pairs.to_scipy()[rows][:, rows].toarray()
    title = f"Shared {found.unit}s of the {len(ids)} actors named most"
    return tiles(labels, counts, title, f"A staircase of counts: {', '.join(labels)}.")


# ---- tone ----------------------------------------------------------------------------------------


def _tone(found: _Found) -> dict[str, Any]:
    """Say how the sentences that name an actor are judged, or for categories what they hold."""
    lexicon = found.analysis.lexicon
    top = found.by_actor.head(TOP_TONE)
    categories = lexicon.categories[:TOP_CATEGORIES] if lexicon.categories else []
    count_of = _categories_of(found, categories) if categories else _words_of(found)
    rows = [
        {**row, "who": found.actors[row["actor"]], **count_of(row["actor"])}
        for row in top.to_dict("records")
    ]
    return {
        "rows": rows,
        "categories": [short(name, NAME) for name in categories],
        "threshold": lexicon.threshold,
        "extremes": [] if categories else _extremes(rows),
    }


def _words_of(found: _Found) -> Any:
    """Make the function that names the words which weigh most around an actor."""
    hits = found.analysis.tone.hits()
    numbers = found.analysis.tone._hits["sentence"]
    words = hits["text"].map(lambda text: short(_line(text).casefold(), NAME))
    hits["word"] = words.where(~hits["negated"], "not " + words)

    def heaviest(actor: str) -> dict[str, Any]:
        mine = hits[np.isin(numbers, found.analysis._sentences_of(actor))]
        sums = mine.groupby("word")["contribution"].agg(["sum", "size"])
        return {"words_negative": _top(sums, -1), "words_positive": _top(sums, 1)}

    return heaviest


def _top(sums: pd.DataFrame, sign: int) -> str:
    """Write the words of one sign that weigh most, and how often they occur."""
    words = (sign * sums[sums["sum"] * sign > 0]["sum"]).sort_values(ascending=False, kind="stable")
    sizes = sums.loc[words.index[:TOP_WORDS], "size"]
    return ", ".join(f"{word}\u00a0×\u202f{n:,}" if n > 1 else word for word, n in sizes.items())


def _extremes(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Choose the actors with the largest and the smallest share of negative sentences."""

    def share(row: Mapping[str, Any]) -> float:
        return float(row["negative"] / row["n_sentences"])

    known = [row for row in rows if row["n_sentences"] >= ENOUGH]
    extremes = [max(known, key=share), min(known, key=share)] if known else []
    return extremes if len({share(row) for row in extremes}) > 1 else []


def _categories_of(found: _Found, names: Sequence[str]) -> Any:
    """Make the function that counts the words of each category around an actor."""
    counts = found.analysis.tone.to_frame()[list(names)].to_numpy()

    def count(actor: str) -> dict[str, Any]:
        sums = counts[found.analysis._sentences_of(actor)].sum(axis=0)
        return {"counts": [int(value) for value in sums]}

    return count


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
            if isinstance(value, (list, tuple)):
                value = ", ".join(map(str, value))
            text = "none" if value is None or value == "" else str(value)
            yield Setting(short(f"{within}{name}", NAME), short(text, SETTING))
