"""What a count of pairs holds, and what it says by itself; `Cooccurrence` adds what to make of it.

labels      the actors, in the order of every matrix
field       what was counted: units × actors, mentions by place
groups      which documents each group holds
table       pairs by group: what the core counted
selection   which pairs are left
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._counting import Counting
from ._groups import Groups
from ._incidence import Field, some
from ._matrices import dense
from ._measures import Measure, measures_named
from ._pair_tables import by_actor, from_sources, groups_of, self_pairs
from ._selection import ALL, Selection, allowed, places
from ._spans import Spans
from ._table import Cells, Table
from ._wording import line, paragraph

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Counted"]


@dataclass(slots=True, eq=False, repr=False)
class Counted:
    """Counts of pairs of actors and of the actors by themselves; frozen."""

    _labels: tuple[Any, ...]
    _order: tuple[Any, ...]  # all labels there could be, of which _labels are some
    _counting: Counting
    _field: Field
    _groups: Groups | None
    _table: Table
    _sources: tuple[Spans, ...]  # one for each corpus; none for a matrix
    _about: dict[Any, tuple[str, str]]
    _config: dict[str, Any]
    _threads: int
    _selection: Selection = ALL
    _split: int | None = None  # of two modes, how many actors the first one has

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in Counted.__slots__ or hasattr(self, name):
            raise AttributeError(f"a Cooccurrence is frozen: {name} cannot be set")
        object.__setattr__(self, name, value)

    # ---- what it is about ----

    @property
    def actors(self) -> list[Any]:
        """The ids of the actors, in the dictionary's order: that of every matrix."""
        return list(self._labels)

    @property
    def n_units(self) -> int | float:
        """N, the number of units that measures refer to; see `universe`; NaN for windows."""
        return float("nan") if self._counting.is_window else self._field.size()[0]

    @property
    def n_empty(self) -> int | float:
        """How many units name none of `actors`; NaN for windows."""
        return self.n_units - (0 if self._field.rows is None else self._field.rows.n_filled)

    @property
    def universe(self) -> str:
        """What N counts.

        ``"text"``: every unit with a token. ``"actors"``: every unit that names an actor of the
        dictionary. ``"rows"``: every row of the matrix handed to `from_incidence`. The choice can
        turn attraction into avoidance, so it is printed wherever N matters.
        """
        return self._counting.universe

    @property
    def occurrences(self) -> pd.Series:
        """The number of units that hold each actor (n_i), for windows its mentions: int64."""
        return by_actor(self, self._field.occurrences(), "occurrences")

    @property
    def self_pairs(self) -> pd.Series:
        """How often each actor stands with itself: kept apart, in no matrix.

        Units that name it twice or more; for ``count="product"`` and for counts of mentions its
        pairs of mentions. The ``ACR`` of ``Name (ACR)`` is no second mention. Not for fractions of
        a unit; where distance weighs, float64.
        """
        return by_actor(self, self_pairs(self), "self_pairs")

    @property
    def suppressed(self) -> pd.Series:
        """The units in which the roll-up made one actor of several: pairs that are not counted."""
        joined = from_sources(self, lambda spans: spans.joined(self._counting))
        return by_actor(self, joined, "suppressed")

    @property
    def groups(self) -> pd.DataFrame:
        """…group, n_units, n_empty, n_docs: a row a group, one in all where there are none."""
        return groups_of(self)

    @property
    def config(self) -> dict[str, Any]:
        """Every setting that led here, and the version."""
        return dict(self._config)

    def __len__(self) -> int:
        """The number of pairs that meet; in several groups, of pairs and groups."""
        return len(self._table.first)

    def methods(self) -> str:
        """Describe in plain English what was counted and how: a paragraph for a methods section."""
        return paragraph(self)

    def __repr__(self) -> str:
        return line(self)

    # ---- its parts ----

    @property
    def _n_docs(self) -> int:
        return self._field.size()[1]

    def _settings(self) -> dict[str, Any]:
        return {**self._counting.settings(), "rollup": self._config["rollup"]}

    def _numbers_in(self, labels: Sequence[Any]) -> npt.NDArray[np.int32]:
        return np.array(places(labels, self._labels, "actors"), dtype=np.int32)

    def _about_actor(self, actor: Any) -> tuple[str, str]:
        """Return label and class of an actor."""
        return self._about.get(actor, (str(actor), ""))

    def _check_pair(self, a: Any, b: Any) -> None:
        for name, actor in (("a", a), ("b", b)):
            if actor not in self._labels:
                known = some(self._labels)
                raise ValueError(f"{name}={actor!r} is not among the actors: {known}")
        if a == b:
            raise ValueError(f"a and b are both {a!r}; a pair needs two actors")
        split = self._split
        if split is not None and (a in self._labels[:split]) == (b in self._labels[:split]):
            raise ValueError(f"{a!r} and {b!r} are of one mode; a pair is an actor and a concept")

    def _known(self, names: Iterable[str], unequal: bool = False) -> dict[str, Measure]:
        wanted = [name for name in names if name != "count"]
        counting = self._counting
        return measures_named(
            wanted, windows=counting.is_window, directed=counting.directed, unequal=unequal
        )

    def _group_number(self, group: Any) -> int:
        """Return the number of a group given by its key; needed where there are several."""
        if self._groups is not None:
            return self._groups.number(group)
        if group is not None:
            raise ValueError(f"group={group!r}: these pairs were counted without by=")
        return 0

    def _cells(self, group: Any) -> tuple[int, Cells]:
        """Return the pairs of one group."""
        number = self._group_number(group)
        return number, self._table.cells_of(number)

    def _scaled(self, sums: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return what the rule counts, as int64 or float64."""
        scale = self._counting.scale
        return sums.astype(np.int64, copy=False) if scale == 1 else sums / scale

    def _dense(self, cells: Cells, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return dense(self, cells, values)

    def _margin(self, which: str, group: Any, actor: Any) -> npt.NDArray[np.float64]:
        return self._table.margin(which, group, actor).astype(np.float64)

    def _margins(self, group: Any, first: Any, second: Any) -> tuple[Any, Any, Any]:
        """Return n_i, n_j and N of pairs as float64."""
        n_i, n_j = (self._margin("occurrences", group, which) for which in (first, second))
        return n_i, n_j, self._table.n_units[group]

    def _selected(self, table: Table) -> Table:
        """Return the pairs of a table that are in the selection."""
        if self._selection.is_all:
            return table
        return table.keep(allowed(self, table.group, table.first, table.second))
