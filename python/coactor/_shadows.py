"""Why a name that stands in the text is no mention: what won, and by which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from .actors import Actors

#: Why the core says that a name lost, by number.
LOST = {1: "short", 2: "date"}


def _keys(hits: Any, actor: np.ndarray) -> list[tuple[int, int, int]]:
    return list(zip(hits[3].tolist(), hits[4].tolist(), actor.tolist(), strict=True))


def shadows(
    actors: Actors, overlap: str, winners: Any, candidates: Any
) -> tuple[np.ndarray, list[str], list[str]]:
    """Return which of the candidates lost, to whom, and by which rule.

    Both are columns of the core, in the order of the corpus; opaque names are among them.
    """
    won, named = actors._alias_actor[winners[7]], actors._alias_actor[candidates[7]]
    held = set(_keys(winners, won))
    seen: set[tuple[int, int, int]] = set()
    rows: list[int] = []
    for i, key in enumerate(_keys(candidates, named)):
        if key[2] >= 0 and key not in held and key not in seen:
            seen.add(key)
            rows.append(i)
    by, rules = [], []
    order = np.argsort(winners[3], kind="stable")
    firsts, lasts = winners[3][order], winners[4][order]
    reach = np.maximum.accumulate(lasts) if len(lasts) else lasts
    for i in rows:
        reason = LOST.get(int(candidates[9][i]), "")
        low, high = int(candidates[3][i]), int(candidates[4][i])
        begin = int(np.searchsorted(reach, low, side="right"))
        end = int(np.searchsorted(firsts, high, side="left"))
        rivals = [int(order[j]) for j in range(begin, end) if lasts[j] > low]
        if overlap != "longest":
            rivals = [j for j in rivals if won[j] < 0 or won[j] == named[i]]
        winner = _rival(winners, rivals, low, high)
        by.append("" if reason or winner is None else _name(actors, winners, won, winner))
        rules.append(reason or _rule(actors, winners, won, candidates, i, winner))
    return np.array(rows, dtype=np.int64), by, rules


def _rival(winners: Any, rivals: list[int], low: int, high: int) -> int | None:
    """Return the winner that covers the span, else the first that touches it."""
    covering = [j for j in rivals if winners[3][j] <= low and winners[4][j] >= high]
    found = covering or rivals
    return found[0] if found else None


def _name(actors: Actors, winners: Any, won: np.ndarray, winner: int) -> str:
    if won[winner] >= 0:
        return actors.ids[int(won[winner])]
    return str(actors._table.text[int(winners[7][winner])])


def _rule(
    actors: Actors, winners: Any, won: np.ndarray, candidates: Any, i: int, winner: int | None
) -> str:
    if winner is None:
        return "opaque"  # hidden where spans overlap, by a name that is hidden itself
    low, high = candidates[3][i], candidates[4][i]
    first, last = winners[3][winner], winners[4][winner]
    if won[winner] < 0 and first <= low and last >= high:
        return "opaque"
    if (first, last) == (low, high):
        priority = actors._table.priority
        same = priority[winners[7][winner]] == priority[candidates[7][i]]
        return "order" if same else "priority"
    return "longer" if first <= low and last >= high else "leftmost"
