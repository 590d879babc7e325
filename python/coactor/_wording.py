"""Words about pairs: a paragraph for a methods section, a line for a prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._pair_tables import FEW_DOCS_EXPECTED
from ._results import plural
from ._version import __version__

if TYPE_CHECKING:
    from ._counted import Counted

__all__ = ["FEW_DOCS_IN_CORPUS", "about_rollup", "line", "paragraph"]

#: Below this many documents a corpus shows counts; measures would be read for more than they say.
FEW_DOCS_IN_CORPUS = 20

_N_COUNTS = {
    "text": "every {unit} with at least one word",
    "actors": "every {unit} that names at least one actor of the dictionary",
    "rows": "every row of the matrix",
}


def paragraph(pairs: Counted) -> str:
    """Describe in plain English what was counted and how."""
    counting = pairs._counting
    met = (
        f"{plural(len(pairs), 'pair')} of actors "
        f"{'meets' if len(pairs) == 1 else 'meet'} at least once."
    )
    parts = [
        f"Co-occurrence was counted with coactor {__version__} by {counting.unit_name}.",
        counting.describe(),
        _about_modes(pairs),
        _about_size(pairs),
        about_rollup(pairs),
        _about_groups(pairs),
        *map(_about_step, pairs._config.get("select", [])),
        met if pairs._groups is None else "",
    ]
    if not counting.is_window:
        parts.append(
            "The expected count of a pair is n_a n_b / N, where n_a and n_b units name the one and "
            "the other: as many as if actors occurred independently of each other. Lift is the "
            "number of units that name both, divided by it. The Jaccard index is the share of "
            "those units that name both among those that name either, and does not depend on N."
        )
    parts.append(
        f"Pairs expected in fewer than {FEW_DOCS_EXPECTED} documents, given how many documents "
        "name each actor, are flagged (few_docs)."
    )
    return " ".join(part for part in parts if part)


def _about_size(pairs: Counted) -> str:
    documents = plural(pairs._n_docs, "document")
    actors = plural(len(pairs._labels), "actor")
    if pairs._counting.is_window:
        return f"The corpus has {documents}; {actors} are counted."
    counts = _N_COUNTS[pairs.universe].format(unit=pairs._counting.unit_name)
    return (
        f"N = {pairs.n_units:,} counts {counts}, in {documents}; {pairs.n_empty:,} of these units "
        f"{'names' if pairs.n_empty == 1 else 'name'} none of the {actors}."
    )


def _about_modes(pairs: Counted) -> str:
    if pairs._split is None:
        return ""
    actors = plural(pairs._split, "actor")
    concepts = plural(len(pairs._labels) - pairs._split, "concept")
    return f"A pair is one of {actors} with one of {concepts}; both are called actors below."


def about_rollup(pairs: Counted) -> str:
    """Say how actors were rolled up, and how often that joined two; empty if they were not."""
    rollup = pairs._config["rollup"]
    if rollup is None:
        return ""
    how = (
        {"parent": "their parents on the date of the document"}.get(rollup)
        if isinstance(rollup, str)
        else None
    )
    if how is None:
        how = f"the first {rollup} letters of their codes" if isinstance(rollup, int) else "a table"
    n = int(pairs.suppressed.sum())
    return (
        f"Actors were rolled up by {how} before counting; {plural(n, 'time')} this made one actor "
        "of several in one unit, which are then no pair."
    )


def _about_groups(pairs: Counted) -> str:
    groups, counting = pairs._groups, pairs._counting
    if groups is None:
        return ""
    undated = int(groups.keys.isna().any(axis=1).sum())
    text = f"Counts are given for {plural(len(groups), 'group')} by {', '.join(groups.names)}"
    if counting.rolling is not None:
        text += f", each of {counting.rolling} periods, {counting.step} apart"
    if undated:
        text += "; documents without a value are a group of their own"
    if groups.outside:
        text += f"; {plural(groups.outside, 'document')} lie in none of them"
    own = (
        "" if counting.is_window else " Expected counts and measures refer to the N of each group."
    )
    return f"{text}.{own}"


def _about_step(step: dict[str, Any]) -> str:
    """Say what one selection kept."""
    kept = []
    if step["actors"] is not None:
        kept.append(f"pairs of {plural(len(step['actors']), 'chosen actor')}")
    if step["pairs"] is not None:
        kept.append(plural(len(step["pairs"]), "chosen pair"))
    if step["min_expected"] is not None:
        kept.append(f"pairs expected in at least {step['min_expected']:g} units")
    return f"The results are about {' and '.join(kept)} alone." if kept else ""


def _warning(pairs: Counted) -> str:
    """Say the most important thing to know before reading a number; empty if there is none."""
    if pairs.n_units == 0:
        return f"no {pairs._counting.unit} to count"
    if len(pairs) == 0:
        return "no two actors meet"
    if pairs._n_docs < FEW_DOCS_IN_CORPUS:
        return f"fewer than {FEW_DOCS_IN_CORPUS} documents: read counts, not measures"
    if pairs.n_empty > 0.9 * pairs.n_units:
        return "over 90 % of the units name no actor, which makes every lift large"
    return ""


def line(pairs: Counted) -> str:
    """Say in one line what was counted, how much, and what to know before reading it."""
    counting = pairs._counting
    documents = plural(pairs._n_docs, "document")
    if counting.is_window:
        where = f"windows of {counting.window} words in {documents}"
    else:
        units = plural(int(pairs.n_units), counting.unit)
        if counting.span > 1:
            units = f"{int(pairs.n_units):,} windows of {counting.span} sentences"
        of = "" if counting.unit == "document" else f" of {documents}"
        where = f"{units}{of}, {pairs.n_empty:,} empty"
    groups = "" if pairs._groups is None else f", {plural(len(pairs._groups), 'group')}"
    rule = "" if counting.count == "binary" else f", count={counting.count!r}"
    directed = ", directed" if counting.directed else ""
    warning = _warning(pairs)
    met, actors = plural(len(pairs), "pair"), plural(len(pairs._labels), "actor")
    return (
        f"Cooccurrence({met} of {actors} in {where}{groups}{rule}{directed}, "
        f"universe={pairs.universe!r}{'; ' + warning if warning else ''})"
    )
