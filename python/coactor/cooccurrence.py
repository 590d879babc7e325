"""Who appears with whom: counts of pairs of actors, and what to make of them.

    unit         names             pair         count   n_docs
    sentence 0   RUS, TALIBAN      RUS TALIBAN      2        2
    sentence 1   (nobody)          RUS ISISK        1        1
    sentence 2   RUS, TALIBAN,     TALIBAN ISISK    1        1
                 ISISK

A unit counts a pair once, however often it names the two, unless told otherwise. How many units
there are, those that name nobody included, is stated wherever a measure needs it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from . import _core
from ._arrow import arrow_stream
from ._columns import n_threads
from ._counting import Counting, whole
from ._groups import Groups, group_documents
from ._incidence import Field, IntArray, Rows, Spots, number_docs, read_incidence, some, unique
from ._inference import Margins, clustered_test, common_pairs
from ._measures import MEASURES, Measure, jaccard, lift, measures_named, ratio
from ._results import cell, picked, plural, text_array
from ._sources import concordance, meetings
from ._spans import Spans
from ._table import Table, tabulate
from ._version import __version__

if TYPE_CHECKING:
    import networkx
    import pandas as pd
    import scipy.sparse
    from matplotlib.axes import Axes

    from .mentions import Mentions

__all__ = ["MEASURES", "Cooccurrence", "Measure"]

#: The units that texts fall into.
UNITS = ("document", "paragraph", "sentence")

#: Below this many documents a corpus shows counts; measures would be read for more than they say.
FEW_DOCS_IN_CORPUS = 20
#: A pair expected in fewer documents than this is flagged: its statistics are not to be trusted.
FEW_DOCS_EXPECTED = 5
#: Cells of a dense table that are still made without asking.
MAX_CELLS = 10**8
#: Rows that a notebook shows.
HTML_ROWS = 20


def _refuse_size(cells: int, instead: str) -> None:
    if cells > MAX_CELLS:
        raise ValueError(f"this table would have {cells:,} cells; {instead}")


def _chosen(
    labels: Sequence[Any], actor: npt.NDArray[np.int32], actors: str | Sequence[str] | None
) -> npt.NDArray[np.bool_]:
    """Mark the actors that the result is about."""
    marks = np.zeros(len(labels), dtype=np.bool_)
    if actors is None:
        marks[actor] = True
    elif isinstance(actors, str):
        if actors != "all":
            raise ValueError(f'actors={actors!r}: give a list of actor ids, "all" or None')
        marks[:] = True
    else:
        marks[_places(labels, actors, "actors: not in the dictionary")] = True
    return marks


def _places(labels: Sequence[Any], wanted: Iterable[Any], message: str) -> list[int]:
    """Return where labels stand; a ValueError lists those that do not."""
    place = {label: i for i, label in enumerate(labels)}
    wanted = list(wanted)
    unknown = [label for label in wanted if label not in place]
    if unknown:
        raise ValueError(f"{message}: {some(unknown)}")
    return [place[label] for label in wanted]


class _Selection(NamedTuple):
    """Which pairs a result has been cut down to."""

    pairs: IntArray | None = None  # first * n + second, ascending
    min_expected: float | None = None

    @property
    def is_all(self) -> bool:
        return self.pairs is None and self.min_expected is None


#: What has not been cut down.
_ALL = _Selection()


class _Pairs(NamedTuple):
    """Pairs, as a table shows them."""

    group: npt.NDArray[Any]
    first: npt.NDArray[Any]
    second: npt.NDArray[Any]
    sums: IntArray
    units: IntArray
    docs: IntArray


@dataclass(slots=True, eq=False, repr=False)
class Cooccurrence:
    """Counts of pairs of actors, and of the actors by themselves.

    Made by `Mentions.cooccur`, `Cooccurrence.from_incidence` or `Cooccurrence.between`; frozen.
    ``one + other`` is the co-occurrence of both corpora.

    Examples
    --------
    >>> from coactor import Cooccurrence
    >>> sentences = [[1, 2, 0], [0, 0, 0], [1, 1, 1], [0, 1, 0]]
    >>> pairs = Cooccurrence.from_incidence(sentences, ["RUS", "TALIBAN", "ISISK"])
    >>> pairs.matrix()
             RUS  TALIBAN  ISISK
    RUS        0        2      1
    TALIBAN    2        0      1
    ISISK      1        1      0
    >>> pairs.to_frame()[["a", "b", "count", "n_a", "n_b", "jaccard", "expected", "lift"]].round(2)
             a        b  count  n_a  n_b  jaccard  expected  lift
    0      RUS  TALIBAN      2    2    3     0.67      1.50  1.33
    1      RUS    ISISK      1    2    1     0.50      0.50  2.00
    2  TALIBAN    ISISK      1    3    1     0.33      0.75  1.33
    """

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
    _selection: _Selection = _ALL
    _split: int | None = None  # of two modes, how many actors the first one has

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in self.__slots__ or hasattr(self, name):
            raise AttributeError(f"a Cooccurrence is frozen: {name} cannot be set")
        object.__setattr__(self, name, value)

    # ---- making ----

    @classmethod
    def _of(
        cls,
        spans: Spans,
        counting: Counting,
        chosen: npt.NDArray[np.bool_],
        settings: dict[str, Any],
        threads: int,
        split: int | None = None,
    ) -> Cooccurrence:
        labels = tuple(label for label, mark in zip(spans.labels, chosen, strict=True) if mark)
        field = spans.field(counting, chosen)
        groups = None if field.keys is None else group_documents(field.keys, counting)
        if split is not None:
            split = int(np.count_nonzero(chosen[:split]))
        return cls(
            labels,
            spans.labels,
            counting,
            field,
            groups,
            tabulate(field, groups, counting, split, threads),
            (spans,),
            spans.about,
            {**spans.settings, **counting.settings(), **settings},
            threads,
            _split=split,
        )

    @classmethod
    def _from_mentions(
        cls,
        mentions: Mentions,
        *,
        actors: str | Iterable[str] | None,
        rollup: str | int | Mapping[str, str] | None,
        threads: int,
        **settings: Any,
    ) -> Cooccurrence:
        """Count what ``mentions.cooccur`` asks for."""
        counting = Counting.checked(**settings)
        wanted = actors if actors is None or isinstance(actors, str) else list(actors)
        spans = Spans.of(mentions, rollup)
        chosen = _chosen(spans.labels, spans.actor, wanted)
        about = rollup if rollup is None or isinstance(rollup, (str, int)) else dict(rollup)
        return cls._of(spans, counting, chosen, {"actors": wanted, "rollup": about}, threads)

    @classmethod
    def between(
        cls,
        mentions: Mentions,
        concepts: Mentions,
        *,
        unit: str = "sentence",
        window: int | None = None,
        span: int = 1,
        within: str | None = None,
        count: str | None = None,
        decay: str | Sequence[float] = "inverse",
        by: str | Sequence[str] | None = None,
        rolling: int | None = None,
        step: int = 1,
        rollup: str | int | Mapping[str, str] | None = None,
        universe: str = "text",
        threads: int | None = None,
    ) -> Cooccurrence:
        """Count which actors appear with which concepts: two modes.

        Parameters
        ----------
        mentions, concepts : Mentions
            Of one corpus. No id may be in both: a name would stand with itself.
        unit, window, span, within, count, decay, by, rolling, step, universe, threads
            As in `Mentions.cooccur`. ``universe="actors"``: units that name an actor or a concept.
        rollup
            As in `Mentions.cooccur`; of `mentions` alone.

        Returns
        -------
        Cooccurrence
            ``a`` is an actor and ``b`` a concept; matrices have actors as rows, concepts as
            columns. `actors` lists the ones, then the others.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Moscow offers peace. Kabul fears war. Moscow fears war."])
        >>> who = corpus.mentions(ca.Actors({"RUS": ["Moscow"], "AFG": ["Kabul"]}))
        >>> what = corpus.mentions(ca.Actors({"war": ["war"], "peace": ["peace"]}))
        >>> ca.Cooccurrence.between(who, what).matrix()
             war  peace
        RUS    1      1
        AFG    1      0
        """
        if mentions.corpus is not concepts.corpus:
            raise ValueError(
                "between needs the mentions and the concepts of one and the same corpus"
            )
        counting = Counting.checked(
            unit=unit,
            window=window,
            span=span,
            within=within,
            count=count,
            decay=decay,
            directed=False,
            universe=universe,
            by=by,
            rolling=rolling,
            step=step,
        )
        one, other = Spans.of(mentions, rollup), Spans.of(concepts)
        chosen = [_chosen(spans.labels, spans.actor, None) for spans in (one, other)]
        both = {id for id, mark in zip(one.labels, chosen[0], strict=True) if mark}.intersection(
            id for id, mark in zip(other.labels, chosen[1], strict=True) if mark
        )
        if both:
            raise ValueError(f"these ids are both actors and concepts: {some(sorted(both))}")
        use = mentions.corpus._use(threads)
        spans = Spans.of_two(one, other)
        return cls._of(
            spans, counting, np.concatenate(chosen), {"actors": None}, use, len(one.labels)
        )

    @classmethod
    def from_incidence(
        cls, csr: Any, actors: Iterable[Any], *, docs: Any = None, threads: int | None = None
    ) -> Cooccurrence:
        """Count pairs in a matrix of units × actors from elsewhere.

        Parameters
        ----------
        csr : SciPy sparse matrix or array of any format, or dense 2-D array
            Mentions of each actor (columns) in each unit (rows). A unit names an actor where the
            count is positive; a cell that is stored twice holds the sum. It is not changed.
        actors : list of str
            A label for each column, unique. All of them stay, also those that never occur.
        docs : sequence, optional
            A label for each row: the document it lies in. Without it each row is a document.
        threads : int, optional
            How many threads may work; None: the processors this process may use. The result is the
            same for any number.

        Returns
        -------
        Cooccurrence
            With N the number of rows, also of those without a mention.

        Raises
        ------
        TypeError
            If the matrix does not hold numbers, or `actors` is a single text.
        ValueError
            If a count is negative or not finite, a label comes twice or is missing, or the sizes of
            `csr`, `actors` and `docs` do not agree.

        Examples
        --------
        >>> import scipy.sparse
        >>> matrix = scipy.sparse.csr_array([[1, 1], [3, 1], [0, 2]])
        >>> pairs = Cooccurrence.from_incidence(matrix, ["RUS", "USA"], docs=["d1", "d1", "d2"])
        >>> pairs.to_frame()[["a", "b", "count", "n_docs"]]
             a    b  count  n_docs
        0  RUS  USA      2       1
        """
        labels, use = unique(actors), n_threads(threads)
        counting = Counting(unit="row", universe="rows")

        def counted(quick: bool) -> tuple[Field, Table]:
            rows = read_incidence(csr, len(labels), quick=quick)
            units = np.broadcast_to(np.int64(1), rows.n)  # a million ones, in eight bytes
            if docs is not None:
                numbers, names = number_docs(docs, rows.n)
                # The core wants documents together; which row comes first in one is all the same.
                order = np.argsort(numbers, kind="stable")
                rows = replace(rows.take(order), docs=numbers[order])
                units = np.bincount(numbers, minlength=len(names)).astype(np.int64)
            field = Field(len(labels), rows, None, units, None)
            return field, tabulate(field, None, counting, None, use)

        try:  # The count looks at every index anyway: whether they ascend is found out there.
            field, table = counted(docs is None)
        except ValueError:
            if docs is not None:
                raise
            field, table = counted(False)
        settings = {**counting.settings(), "actors": "all", "rollup": None}
        return cls(
            tuple(labels),
            tuple(labels),
            counting,
            field,
            None,
            table,
            (),
            {},
            {"version": __version__, **settings},
            use,
        )

    def _again(self, **changes: Any) -> Cooccurrence:
        """Return the result with some parts replaced, counted once more."""
        made = replace(self, **changes)
        keys, counting = made._field.keys, made._counting
        groups = None if keys is None else group_documents(keys, counting)
        table = tabulate(made._field, groups, counting, made._split, made._threads)
        return replace(made, _groups=groups, _table=table)._selected()

    def _selected(self) -> Cooccurrence:
        table = self._table
        if self._selection.is_all:
            return self
        return replace(
            self, _table=table.keep(self._allowed(table.group, table.first, table.second))
        )

    def _allowed(self, group: Any, first: Any, second: Any) -> npt.NDArray[np.bool_]:
        """Mark the pairs that are in the selection."""
        marks = np.ones(len(first), dtype=np.bool_)
        only, least = self._selection
        if only is not None:
            key = first.astype(np.int64) * len(self._labels) + second
            marks &= np.isin(key, only)
        if least is not None:
            n_i, n_j, n = self._margins(group, first, second)
            marks &= ratio(n_i * n_j, n) >= least
        return marks

    def __add__(self, other: Cooccurrence) -> Cooccurrence:
        """Return the co-occurrence of both corpora, whose documents are taken to differ."""
        if not isinstance(other, Cooccurrence):
            return NotImplemented
        if self._counting != other._counting or self._config["rollup"] != other._config["rollup"]:
            mine, theirs = self._settings(), other._settings()
            differ = ", ".join(name for name in mine if mine[name] != theirs[name])
            raise ValueError(f"these pairs were not counted in the same way: {differ} differ")
        if self._split is not None or other._split is not None:
            raise ValueError("pairs of two modes cannot be added; put the texts into one corpus")
        if not (self._selection.is_all and other._selection.is_all):
            raise ValueError("add first and select pairs afterwards: a sum needs all of them")
        order = tuple(dict.fromkeys(self._order + other._order))
        held = set(self._labels) | set(other._labels)
        labels = tuple(label for label in order if label in held)
        parts = [
            part._field.renumber(part._numbers_in(labels), len(labels)) for part in (self, other)
        ]
        return self._again(
            _labels=labels,
            _order=order,
            _field=_joined(parts),
            _sources=self._sources + other._sources,
            _about={**other._about, **self._about},
            _config={**self._config, "added": [self.config, other.config]},
        )

    def _settings(self) -> dict[str, Any]:
        return {**self._counting.settings(), "rollup": self._config["rollup"]}

    def _numbers_in(self, labels: Sequence[Any]) -> npt.NDArray[np.int32]:
        return np.array(_places(labels, self._labels, "actors"), dtype=np.int32)

    def select(
        self,
        *,
        actors: Iterable[Any] | None = None,
        pairs: Iterable[tuple[Any, Any]] | None = None,
        min_expected: float | None = None,
    ) -> Cooccurrence:
        """Return the result for some actors or pairs; N stays what it was.

        Parameters
        ----------
        actors : list, optional
            Actors to keep, in the order they have.
        pairs : list of (a, b), optional
            Pairs to keep, in either order unless `directed`.
        min_expected : float, optional
            Keep pairs that as many units are expected to hold: a filter on margins alone, so it
            does not favour pairs that happened to meet.

        Returns
        -------
        Cooccurrence
            ``to_frame(zeros=True)`` and `test` are about the selected pairs alone.
        """
        made = self
        if actors is not None:
            chosen = np.zeros(len(self._labels), dtype=np.bool_)
            chosen[_places(self._labels, actors, "actors: not among those of this result")] = True
            made = made._only(chosen)
        only, least = made._selection
        if pairs is not None:
            wanted = made._pair_keys(pairs)
            only = wanted if only is None else np.intersect1d(only, wanted)
        if min_expected is not None:
            if self._counting.is_window:
                raise ValueError("min_expected needs N, the number of units; windows have none")
            least = max(float(min_expected), -np.inf if least is None else least)
        return replace(made, _selection=_Selection(only, least))._selected()

    def _only(self, chosen: npt.NDArray[np.bool_]) -> Cooccurrence:
        number = np.where(chosen, np.cumsum(chosen) - 1, -1).astype(np.int32)
        labels = tuple(np.array([*self._labels, None], dtype=object)[:-1][chosen])
        only = self._selection.pairs
        if only is not None:
            first, second = (number[part].astype(np.int64) for part in divmod(only, len(chosen)))
            held = (first >= 0) & (second >= 0)
            only = np.sort(first[held] * len(labels) + second[held])
        return self._again(
            _labels=labels,
            _field=self._field.keep(number),
            _split=None if self._split is None else int(np.count_nonzero(chosen[: self._split])),
            _selection=_Selection(only, self._selection.min_expected),
        )

    def _pair_keys(self, pairs: Iterable[tuple[Any, Any]]) -> IntArray:
        keys = []
        for pair in pairs:
            if isinstance(pair, str) or len(pair) != 2:
                raise ValueError(f"pairs: expected two actors, got {pair!r}")
            first, second = _places(self._labels, pair, "pairs: not among the actors")
            if first == second:
                raise ValueError(f"pairs: {pair[0]!r} twice; a pair needs two actors")
            if not self._counting.directed and first > second:
                first, second = second, first
            keys.append(first * len(self._labels) + second)
        return np.unique(np.array(keys, dtype=np.int64))

    def pooled(self) -> Cooccurrence:
        """Return the same without groups: every document counts once, dated or not."""
        counting = replace(self._counting, by=(), rolling=None, step=1)
        return self._again(
            _counting=counting,
            _field=replace(self._field, keys=None),
            _config={**self._config, **counting.settings()},
        )

    # ---- what it is about ----

    @property
    def actors(self) -> list[Any]:
        """The ids of the actors, in the dictionary's order: that of every matrix."""
        return list(self._labels)

    @property
    def n_units(self) -> int | float:
        """N, the number of units that measures refer to; see `universe`; NaN for windows."""
        n = int(self._field.doc_units.sum())
        return float("nan") if self._counting.is_window else n

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
    def _n_docs(self) -> int:
        return int(np.count_nonzero(self._field.doc_units))

    @property
    def occurrences(self) -> pd.Series:
        """The number of units that hold each actor (n_i), for windows its mentions: int64."""
        field = self._field
        held = field.rows.actors if field.rows is not None else field.spots.actors  # type: ignore[union-attr]
        return self._by_actor(np.bincount(held, minlength=field.n_actors), "occurrences")

    @property
    def self_pairs(self) -> pd.Series:
        """How often each actor stands with itself: kept apart, in no matrix.

        Units that name it twice or more; for ``count="product"`` and for counts of mentions its
        pairs of mentions. The ``ACR`` of ``Name (ACR)`` is no second mention. Not for fractions of
        a unit; where distance weighs, float64.
        """
        counting = self._counting
        if counting.by_place:
            whole_table = self._table if self._groups is None else self.pooled()._table
            values = np.zeros(len(self._labels), dtype=np.int64)
            if whole_table.selves is not None:
                values[whole_table.key] = whole_table.selves
            scaled = values if counting.scale == 1 else values / counting.scale
            return self._by_actor(scaled, "self_pairs")
        if not self._sources:
            return self._by_actor(self._rows_with_two(), "self_pairs")
        return self._from_sources(lambda spans: spans.self_pairs(counting), "self_pairs")

    @property
    def suppressed(self) -> pd.Series:
        """The units in which the roll-up made one actor of several: pairs that are not counted."""
        return self._from_sources(lambda spans: spans.joined(self._counting), "suppressed")

    def _rows_with_two(self) -> IntArray:
        rows = self._field.rows
        if rows is None or rows.counts is None:
            return np.zeros(len(self._labels), dtype=np.int64)
        return np.bincount(rows.actors[rows.counts > 1], minlength=len(self._labels))

    def _from_sources(self, values_of: Any, name: str) -> pd.Series:
        place = {label: i for i, label in enumerate(self._labels)}
        values = np.zeros(len(self._labels), dtype=np.int64)
        for spans in self._sources:
            for label, value in zip(spans.labels, values_of(spans).tolist(), strict=True):
                if label in place:
                    values[place[label]] += value
        return self._by_actor(values, name)

    def _by_actor(self, values: npt.NDArray[Any], name: str) -> pd.Series:
        import pandas as pd

        if values.dtype != np.float64:
            values = values.astype(np.int64)
        return pd.Series(values, index=pd.Index(text_array(self._labels), name="actor"), name=name)

    @property
    def groups(self) -> pd.DataFrame:
        """…group, n_units, n_empty, n_docs: a row a group, one in all where there are none."""
        import pandas as pd

        table = self._table
        keys = pd.DataFrame(index=range(1)) if self._groups is None else self._groups.keys
        frame = keys.copy()
        for name in ("n_units", "n_empty"):
            values = getattr(table, name)
            whole_numbers = not self._counting.is_window
            frame[name] = values.astype(np.int64) if whole_numbers else values
        frame["n_docs"] = table.n_docs
        return frame

    @property
    def config(self) -> dict[str, Any]:
        """Every setting that led here, and the version."""
        return dict(self._config)

    def __len__(self) -> int:
        """The number of pairs that meet; in several groups, of pairs and groups."""
        return len(self._table.first)

    def _group_number(self, group: Any) -> int:
        """Return the number of a group given by its key; needed where there are several."""
        import pandas as pd

        groups = self._groups
        if groups is None or (group is None and len(groups) == 1):
            if group is not None:
                raise ValueError(f"group={group!r}: these pairs were counted without by=")
            return 0
        if group is None:
            raise ValueError(
                f"these pairs are in {len(groups)} groups ({', '.join(groups.names)}): name one "
                "with group=, or take pooled()"
            )
        key = group if isinstance(group, tuple) else (group,)
        if len(key) != len(groups.names):
            raise ValueError(f"group={group!r}: give a value for each of {list(groups.names)!r}")
        marks = np.ones(len(groups), dtype=np.bool_)
        for name, value in zip(groups.names, key, strict=True):
            column = groups.keys[name]
            if pd.isna(value):
                marks &= column.isna().to_numpy()
                continue
            wanted = pd.Timestamp(value) if column.dtype.kind == "M" else value
            marks &= (column == wanted).fillna(False).to_numpy(dtype=np.bool_)
        if not marks.any():
            raise ValueError(f"group={group!r}: no such group; see groups")
        return int(np.argmax(marks))

    # ---- matrices ----

    def _cells(self, group: Any) -> tuple[int, _Pairs]:
        """Return the pairs of one group."""
        number, table = self._group_number(group), self._table
        begin, stop = np.searchsorted(table.group, [number, number + 1])
        names = ("group", "first", "second", "sums", "units", "docs")
        return number, _Pairs(*(getattr(table, name)[begin:stop] for name in names))

    def _scaled(self, sums: IntArray) -> npt.NDArray[Any]:
        return sums if self._counting.scale == 1 else sums / self._counting.scale

    @property
    def _shape(self) -> tuple[int, int]:
        n = len(self._labels)
        return (n, n) if self._split is None else (self._split, n - self._split)

    def to_scipy(self, *, group: Any = None) -> scipy.sparse.csr_array:
        """Return the counts as a sparse matrix.

        Parameters
        ----------
        group : optional
            Which one, where there are groups: a key, or a tuple of them.

        Returns
        -------
        scipy.sparse.csr_array
            int64 (float64 for fractional and distance), actors × actors in the order of `actors`,
            symmetric unless directed, with a zero diagonal; of two modes actors × concepts.
        """
        import scipy.sparse

        _, pairs = self._cells(group)
        shape, values = self._shape, self._scaled(pairs.sums)
        second = pairs.second - np.int32(self._split or 0)
        indptr = np.searchsorted(pairs.first, np.arange(shape[0] + 1)).astype(np.int64)
        if self._counting.directed or self._split is not None:
            cells = (values.copy(), second.astype(np.int32), indptr)
            return scipy.sparse.csr_array(cells, shape=shape)
        whole_indptr, indices, cells = _core.mirror(indptr, second, values.view(np.int64))
        return scipy.sparse.csr_array(
            (cells.view(values.dtype), indices, whole_indptr), shape=shape
        )

    def to_numpy(self, *, group: Any = None) -> npt.NDArray[Any]:
        """Return the counts as a dense matrix, otherwise as `to_scipy` gives them.

        Raises
        ------
        ValueError
            Above 10**8 cells (10,000 actors), or where there are groups and none is named.
        """
        _, pairs = self._cells(group)
        return self._dense(pairs, self._scaled(pairs.sums))

    def _dense(self, pairs: _Pairs, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        shape = self._shape
        _refuse_size(shape[0] * shape[1], "to_scipy() gives the same counts in little memory")
        matrix = np.zeros(shape, dtype=values.dtype)
        second = pairs.second - (self._split or 0)
        matrix[pairs.first, second] = values
        if not self._counting.directed and self._split is None:
            matrix[second, pairs.first] = values
        return matrix

    def matrix(self, measure: str = "count", *, group: Any = None) -> pd.DataFrame:
        """Return a measure for all pairs as a table, in the order of `actors`.

        Parameters
        ----------
        measure : str
            ``"count"``, or a name of `MEASURES`.
        group : optional
            Which one, where there are groups.

        Returns
        -------
        pandas.DataFrame
            Square; symmetric unless the counts are directed or the measure is not; with diagonal 0
            for counts and NaN for measures. Of two modes actors × concepts. Pairs that were not
            selected are 0 as counts, NaN as measures.

        Raises
        ------
        ValueError
            If the measure is not known or not defined for windows, above 10**8 cells, or where
            there are groups and none is named.
        """
        import pandas as pd

        known = self._known([measure])
        number, pairs = self._cells(group)
        if measure == "count":
            values = self._dense(pairs, self._scaled(pairs.sums))
        else:
            values = self._dense(pairs, pairs.units.astype(np.float64))
            n_i = self._margin("occurrences", number, np.arange(len(self._labels)))
            split = self._split
            rows, columns = (n_i, n_i) if split is None else (n_i[:split], n_i[split:])
            n = np.asarray(self._table.n_units[number])
            values = known[measure].of(values, rows[:, None], columns[None, :], n)
            if split is None:
                np.fill_diagonal(values, np.nan)
            self._blank(values, number)
        names = text_array(self._labels)
        index, split = pd.Index(names), self._split
        table = pd.DataFrame(
            values,
            index=index if split is None else index[:split],
            columns=index if split is None else index[split:],
        )
        table.attrs["config"] = self.config
        return table

    def _blank(self, values: npt.NDArray[np.float64], group: int) -> None:
        """Write NaN where a pair was not selected: no measure of it is known, not one of 0."""
        if self._selection.is_all:
            return
        row, column = (axis.ravel() for axis in np.indices(values.shape))
        other = column + (self._split or 0)
        first, second = row, other
        if not self._counting.directed:
            first, second = np.minimum(row, other), np.maximum(row, other)
        kept = self._allowed(np.full(len(row), group), first, second)
        values[~kept.reshape(values.shape)] = np.nan

    def _known(self, names: Iterable[str], unequal: bool = False) -> dict[str, Measure]:
        wanted = [name for name in names if name != "count"]
        return measures_named(wanted, windows=self._counting.is_window, unequal=unequal)

    def _margin(self, which: str, group: Any, actor: Any) -> npt.NDArray[np.float64]:
        return self._table.margin(which, group, actor).astype(np.float64)

    def _margins(self, group: Any, first: Any, second: Any) -> tuple[Any, Any, Any]:
        """Return n_i, n_j and N of pairs as float64."""
        n_i, n_j = (self._margin("occurrences", group, which) for which in (first, second))
        return n_i, n_j, self._table.n_units[group]

    # ---- tables ----

    def to_frame(
        self,
        *,
        measures: str | Iterable[str] | None = None,
        min_count: int = 1,
        zeros: bool = False,
        meta: bool = False,
    ) -> pd.DataFrame:
        """Return a table with one row a pair, in each group.

        What needs no N comes first. Read `expected` and `lift` with `n_units` and `universe` in
        mind, and not at all where `flag` says ``few_docs``.

        Parameters
        ----------
        measures : str or list of str, optional
            Measures to add behind the columns below; see `MEASURES`.
        min_count : int
            Leave out pairs that meet in fewer units (windows: pairs of mentions). For reading
            only: a pair that is left out is not a pair that never meets.
        zeros : bool
            Whether pairs that never meet get a row too.
        meta : bool
            Whether to add label_a, label_b, class_a, class_b.

        Returns
        -------
        pandas.DataFrame
            By group, then `count` falling, then `a`, `b` as text:

            ========================  ====================================================
            …group                    the columns of ``by=``
            ``a``, ``b``              the actors' ids, in the order of `actors`
            ``count``                 by the rule of counting; units that hold both if binary
            ``n_docs``                distinct documents of these units
            ``n_a``, ``n_b``          units that hold each (windows: mentions)
            ``share_a``, ``share_b``  ``count`` as a share of ``n_a``, of ``n_b``
            ``jaccard``               of the units with either, the share with both
            ``expected``              ``n_a * n_b / n_units``: the units with both if the actors
                                      were spread over the units independently of each other
            ``lift``                  units with both / ``expected``
            ``flag``                  ``few_docs`` where, by the documents of each actor, fewer
                                      than five documents are expected to hold both; or empty
            ========================  ====================================================

            Jaccard, lift and the measures refer to the units that hold both, whatever the rule of
            counting (``measures="units"`` shows them). For windows jaccard, expected and lift are
            NaN: pairs of mentions are no units.

        Raises
        ------
        ValueError
            If a measure is not known, not defined for windows, or grows with N while groups differ
            in N; if `zeros` comes with a `min_count` above 1, or the table would have more than
            10**8 cells.
        """
        import pandas as pd

        names = [measures] if isinstance(measures, str) else list(measures or ())
        table = self._table
        unequal = len(set(table.n_units.tolist())) > 1
        extra = self._known(names, unequal)
        min_count = whole("min_count", min_count)
        if zeros and min_count > 1:
            raise ValueError(f"zeros=True and min_count={min_count} contradict each other")
        pairs = self._with_zeros() if zeros else self._met(min_count)
        count = self._scaled(pairs.sums)
        rank = self._text_rank()
        order = np.lexsort((rank[pairs.second], rank[pairs.first], -count, pairs.group))
        pairs, count = _Pairs(*(column[order] for column in pairs)), count[order]

        group, first, second = pairs.group, pairs.first, pairs.second
        n_i, n_j, n = self._margins(group, first, second)
        a = pairs.units.astype(np.float64)
        windows = self._counting.is_window
        undefined = np.full(len(a), np.nan)
        columns: dict[str, Any] = {
            "a": picked(self._labels, first),
            "b": picked(self._labels, second),
            "count": count,
            "n_docs": pairs.docs,
            "n_a": n_i.astype(np.int64),
            "n_b": n_j.astype(np.int64),
            "share_a": ratio(count.astype(np.float64), n_i),
            "share_b": ratio(count.astype(np.float64), n_j),
            "jaccard": undefined if windows else jaccard(a, n_i, n_j, n),
            "expected": ratio(n_i * n_j, n),
            "lift": undefined if windows else lift(a, n_i, n_j, n),
            "flag": picked(["", "few_docs"], self._few_docs(group, first, second)),
        }
        for name, measure in extra.items():
            columns.setdefault(name, measure.of(a, n_i, n_j, n))
        if meta:
            about = [self._about_actor(label) for label in self._labels]
            for k, name in enumerate(("label", "class")):
                for side, which in (("a", first), ("b", second)):
                    columns[f"{name}_{side}"] = picked([text[k] for text in about], which)
        frame = pd.DataFrame({**self._group_columns(group), **columns})
        frame.attrs["config"] = self.config
        return frame

    def _about_actor(self, actor: Any) -> tuple[str, str]:
        """Return label and class of an actor."""
        return self._about.get(actor, (str(actor), ""))

    def _group_columns(self, group: npt.NDArray[Any]) -> dict[str, Any]:
        if self._groups is None:
            return {}
        keys = self._groups.keys
        return {name: keys[name].take(group).reset_index(drop=True) for name in keys.columns}

    def _met(self, min_count: int) -> _Pairs:
        table = self._table.keep(self._table.units >= min_count)
        return _Pairs(table.group, table.first, table.second, table.sums, table.units, table.docs)

    def _with_zeros(self) -> _Pairs:
        n, split, table = len(self._labels), self._split, self._table
        n_groups = len(table.n_units)
        size = n * (n - 1) // 2 if split is None else split * (n - split)
        size *= (2 if self._counting.directed else 1) * n_groups
        _refuse_size(12 * size, "leave out the pairs that never meet (zeros=False)")
        if split is not None:
            first = np.repeat(np.arange(split), n - split)
            second = np.tile(np.arange(split, n), split)
        elif self._counting.directed:
            first, second = np.nonzero(~np.eye(n, dtype=np.bool_))
        else:
            first, second = np.triu_indices(n, 1)
        group = np.repeat(np.arange(n_groups), len(first))
        first, second = np.tile(first, n_groups), np.tile(second, n_groups)
        if not self._selection.is_all:
            kept = self._allowed(group, first, second)
            group, first, second = group[kept], first[kept], second[kept]
        at = np.searchsorted((group * n + first) * n + second, table.pair_key())
        filled = []
        for column in (table.sums, table.units, table.docs):
            values = np.zeros(len(first), dtype=np.int64)
            values[at] = column
            filled.append(values)
        return _Pairs(group, first, second, *filled)

    def _text_rank(self) -> IntArray:
        """Rank the actors by their labels as text."""
        rank = np.empty(len(self._labels), dtype=np.int64)
        in_order = sorted(range(len(self._labels)), key=lambda i: str(self._labels[i]))
        rank[in_order] = np.arange(len(in_order))
        return rank

    def _few_docs(self, group: Any, first: Any, second: Any) -> IntArray:
        """Mark with 1 the pairs expected in too few documents, by the actors' documents alone."""
        of_i, of_j = (self._margin("actor_docs", group, which) for which in (first, second))
        return (of_i * of_j < FEW_DOCS_EXPECTED * self._table.n_docs[group]).astype(np.int64)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand `to_frame()` to any library that reads Arrow."""
        return arrow_stream(self.to_frame(), requested_schema)

    # ---- inference ----

    def test(
        self,
        *,
        cluster: str = "doc",
        adjust: str = "BH",
        alternative: str = "two-sided",
        min_expected: float = 1.0,
        few_docs: str = "flag",
        threads: int | None = None,
    ) -> pd.DataFrame:
        """Test whether pairs meet more or less often than independent actors would.

        Sentences of one document are not independent of each other, so the variance is that of
        clusters: with a, n_i, n_j, N over units, E = n_i n_j / N, and a_d, n_id, n_jd, N_d of each
        cluster d, v_d = a_d - E (n_id / n_i + n_jd / n_j - N_d / N) sums to a - E, and
        z = (a - E) / sqrt(D / (D - 1) * sum (v_d - mean v)^2), D being the number of clusters with
        a unit in N. Simulated with independent actors in clustered documents it rejects 6 to 8 % at
        a nominal 5 %, where tests that take units to be independent reject over 40 %.

        Parameters
        ----------
        cluster : str
            ``"doc"``, or a column of the corpus whose equal values are one cluster.
        adjust : {"BH", "BY", "holm"}
            How q corrects for the number of pairs: Benjamini and Hochberg, Benjamini and Yekutieli,
            Holm. The family is all pairs × groups that are tested; ``.attrs["n_tests"]`` has its
            size.
        alternative : {"two-sided", "greater", "less"}
        min_expected : float
            Test pairs that at least as many units are expected to hold, whether they meet or not: a
            filter on margins alone.
        few_docs : {"flag", "keep"}
            Pairs for which fewer than five clusters are expected to hold both are flagged
            ``few_docs``, and have no p and q unless kept: z is not to be trusted there.

        Returns
        -------
        pandas.DataFrame
            …group, a, b, count, expected, n_docs (clusters that have a unit with both), z, p, q,
            flag; z is NaN where nothing varies.

        Raises
        ------
        ValueError
            For windows, directed counts and rules other than binary: the test is about units that
            hold both; for two modes; for an unknown column or choice; where fewer than two
            clusters are left nothing is an error, but z is NaN.
        """
        import pandas as pd

        counting = self._counting
        if counting.is_window or counting.count != "binary" or counting.directed:
            raise ValueError(
                "the test is about units that hold both actors: it needs binary, undirected counts "
                "of documents, paragraphs or sentences"
            )
        if self._split is not None:
            raise ValueError("the test is about actors of one kind; two modes cannot be tested yet")
        if not float(min_expected) >= 0.0:
            raise ValueError(f"min_expected must be a number of at least 0, got {min_expected!r}")
        clusters = self._clusters(cluster)
        use = self._threads if threads is None else n_threads(threads)
        families, results = [], []
        for number in range(len(self._table.n_units)):
            occurrences = self._table.margin(
                "occurrences", np.full(len(self._labels), number), np.arange(len(self._labels))
            )
            n = float(self._table.n_units[number])
            first, second = common_pairs(occurrences, n, float(min_expected), MAX_CELLS // 10)
            group = np.full(len(first), number)
            if not self._selection.is_all:
                kept = self._allowed(group, first, second)
                group, first, second = group[kept], first[kept], second[kept]
            docs = None if self._groups is None else self._groups.docs[number]
            margins = Margins.of(self._field, docs, clusters, use)
            results.append(margins.statistics(first, second))
            families.append((group, first, second))
        group, first, second = (
            np.concatenate([np.zeros(0, np.int64), *(family[k] for family in families)])
            for k in range(3)
        )
        columns, n_tests = clustered_test(results, adjust, alternative, few_docs)
        rank = self._text_rank()
        order = np.lexsort((rank[second], rank[first], -columns["count"], group))
        frame = pd.DataFrame(
            {
                **self._group_columns(group[order]),
                "a": picked(self._labels, first[order]),
                "b": picked(self._labels, second[order]),
                **{name: values[order] for name, values in columns.items() if name != "few"},
                "flag": picked(["", "few_docs"], columns["few"][order].astype(np.int64)),
            }
        )
        frame.attrs["config"] = {
            **self.config,
            "cluster": cluster,
            "adjust": adjust,
            "alternative": alternative,
            "min_expected": float(min_expected),
            "few_docs": few_docs,
        }
        frame.attrs["n_tests"] = n_tests
        return frame

    def _clusters(self, cluster: str) -> IntArray | None:
        """Return the cluster of each document; None where each is its own."""
        import pandas as pd

        if cluster == "doc":
            return None
        if not self._sources:
            raise ValueError(
                f'cluster={cluster!r} names a column, but a matrix has none; use "doc"'
            )
        columns = [spans.corpus._groups(cluster).iloc[:, 0] for spans in self._sources]
        column = pd.concat(columns, ignore_index=True)
        missing = column.isna().to_numpy()
        codes = pd.factorize(column)[0].astype(np.int64)
        # Documents without a value are no cluster together: each is one of its own.
        codes[missing] = codes.max(initial=-1) + 1 + np.arange(int(missing.sum()))
        return codes

    # ---- evidence ----

    def kwic(
        self,
        a: str,
        b: str,
        *,
        where: Any = None,
        group: Any = None,
        sample: int | None = None,
        seed: int = 0,
    ) -> pd.DataFrame:
        """Show a pair in context: one row for every unit that holds both.

        Parameters
        ----------
        a, b : str
            Two actors, in either order unless the counts are directed.
        where : dict or mask, optional
            Documents to look at: column → value, or True or False for each (of one corpus).
        group : optional
            Show the cell of that group, where there are groups; otherwise of all documents.
        sample : int, optional
            Show so many units, drawn at random with `seed`, still in corpus order.
        seed : int
            Same seed, same draw.

        Returns
        -------
        pandas.DataFrame
            doc, sentence (of the earlier mention), a_start, a_end, b_start, b_end (code points in
            the document), and the text: ``left``, from the beginning of that sentence; ``first``
            and ``second``, the two mentions that stand nearest to each other in the unit;
            ``middle``, what is between them; ``right``, up to the end of the later one's sentence.
            For windows a row for each pair of mentions. So there are as many rows as units that
            hold both: as the count says, if it is binary or of windows.

        Raises
        ------
        ValueError
            If an actor is not in `actors`, `a` is `b`, `sample` is negative, or there is no text,
            since the counts came from a matrix.
        """
        import pandas as pd

        if not self._sources:
            raise ValueError("kwic needs the text, but these counts came from a matrix")
        self._check_pair(a, b)
        if sample is not None and whole("sample", sample) < 0:
            raise ValueError(f"sample must not be negative, got {sample}")
        if where is not None and len(self._sources) > 1:
            raise ValueError("where= needs one corpus, but these counts are of several")
        held = self._docs_of(group)
        found, offset = [], 0
        for spans in self._sources:
            n_docs = spans.corpus.n_docs
            docs = None if held is None else held[offset : offset + n_docs]
            if where is not None:
                chosen = spans.corpus._docs_where(where)
                docs = chosen if docs is None else docs & chosen
            offset += n_docs
            if a in spans.labels and b in spans.labels:
                pair = spans.labels.index(a), spans.labels.index(b)
                found.append((spans, meetings(spans, *pair, self._counting, docs)))
            else:
                found.append((spans, []))
        found = _sampled(found, sample, seed)
        shown = [concordance(spans, part) for spans, part in found]
        filled = [frame for frame in shown if len(frame)] or shown[:1]
        table = filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)
        table.attrs["config"] = self.config
        return table

    def _docs_of(self, group: Any) -> npt.NDArray[np.bool_] | None:
        if group is None:
            return None
        number = self._group_number(group)
        marks = np.zeros(len(self._field.doc_units), dtype=np.bool_)
        if self._groups is not None:
            marks[self._groups.docs[number]] = True
        return marks

    def _check_pair(self, a: str, b: str) -> None:
        for name, actor in (("a", a), ("b", b)):
            if actor not in self._labels:
                known = some(self._labels)
                raise ValueError(f"{name}={actor!r} is not among the actors: {known}")
        if a == b:
            raise ValueError(f"a and b are both {a!r}; a pair needs two actors")

    # ---- elsewhere ----

    def to_networkx(
        self, *, measure: str = "count", min_count: int = 1, group: Any = None
    ) -> networkx.Graph[Any]:
        """Return a graph: a node an actor, an edge a pair that meets.

        Parameters
        ----------
        measure : str
            The edges' ``weight``: ``"count"`` or a name of `MEASURES`. Pairs for which it is NaN or
            infinite get no edge.
        min_count : int
            Leave out pairs that meet in fewer units.
        group : optional
            Which one, where there are groups.

        Returns
        -------
        networkx.Graph
            A DiGraph where counts are directed. Nodes have ``label``, ``class``, ``occurrences``
            (and of two modes ``bipartite``, 0 or 1), edges ``weight``, ``count``, ``n_docs``; all
            of them plain Python.
        """
        from ._exports import graph_of

        return graph_of(self, measure, min_count, group)

    def write(
        self,
        path: str | Path,
        *,
        format: str | None = None,
        measure: str = "count",
        min_count: int = 1,
        group: Any = None,
    ) -> list[Path]:
        """Write the network to a file for another program, by its suffix.

        Parameters
        ----------
        path : str or path
            ``.graphml`` and ``.gexf`` (Gephi, Cytoscape), ``.net`` (Pajek), ``.dl`` (UCINET),
            ``.csv`` (Gephi's edge list, and ``…_nodes.csv`` beside it), ``.txt`` (VOSviewer:
            ``…_map.txt`` and ``…_network.txt``).
        format : str, optional
            One of these suffixes, where the name has another.
        measure, min_count, group
            As in `to_networkx`.

        Returns
        -------
        list of Path
            The files that were written.
        """
        from ._exports import write

        return write(self, Path(path), format, measure, min_count, group)

    def plot(
        self,
        kind: str = "network",
        *,
        measure: str = "count",
        top: int = 50,
        min_count: int = 1,
        pair: tuple[str, str] | None = None,
        group: Any = None,
        seed: int = 0,
        ax: Axes | None = None,
    ) -> Axes:
        """Draw the pairs.

        Parameters
        ----------
        kind : {"network", "heatmap", "time"}
            ``network``: actors by size of occurrence, pairs by width, colours by class of the
            actors, or by community where they have none. ``heatmap``: the matrix, ordered so that
            who meets the same stands together. ``time``: a line for a pair, or for the most
            frequent pairs, over the period of ``by=``.
        measure : str
            Width, colour or height.
        top : int
            So many actors, those that occur most (``time``: so many pairs, eight at most).
        min_count : int
            Leave out pairs that meet in fewer units.
        pair : (str, str), optional
            The pair whose time line to draw.
        group : optional
            Which group to draw (not for ``time``).
        seed : int
            Of the layout: same seed, same picture.
        ax : matplotlib Axes, optional
            Where to draw; otherwise a new figure.

        Returns
        -------
        matplotlib Axes
        """
        from ._plots import draw

        return draw(self, kind, measure, top, min_count, pair, group, seed, ax)

    # ---- words about it ----

    def methods(self) -> str:
        """Describe in plain English what was counted and how: a paragraph for a methods section."""
        counting, documents = self._counting, plural(self._n_docs, "document")
        actors = plural(len(self._labels), "actor")
        if counting.is_window:
            size = f"The corpus has {documents}; {actors} are counted."
        else:
            unit = counting.unit_name
            universe = {
                "text": f"N = {self.n_units:,} counts every {unit} with at least one word",
                "actors": f"N = {self.n_units:,} counts every {unit} that names at least one actor "
                "of the dictionary",
                "rows": f"N = {self.n_units:,} counts every row of the matrix",
            }[self.universe]
            size = (
                f"{universe}, in {documents}; {self.n_empty:,} of them name none of the {actors}."
            )
        met = (
            f"{plural(len(self), 'pair')} of actors "
            f"{'meets' if len(self) == 1 else 'meet'} at least once."
        )
        parts = [
            f"Co-occurrence was counted with coactor {__version__} by {counting.unit_name}.",
            counting.describe(),
            size,
            self._about_rollup(),
            self._about_groups(),
            met if self._groups is None else "",
        ]
        if not counting.is_window:
            parts.append(
                "The expected count of a pair is n_a n_b / N, with n_a and n_b the numbers of "
                "units that name each: what independent actors would show; lift is the units that "
                "name both divided by it. The Jaccard index is the share of the units naming "
                "either actor that name both, and does not depend on N."
            )
        parts.append(
            f"Pairs expected in fewer than {FEW_DOCS_EXPECTED} documents, given how many documents "
            "name each, are flagged few_docs."
        )
        return " ".join(part for part in parts if part)

    def _about_rollup(self) -> str:
        rollup = self._config["rollup"]
        if rollup is None:
            return ""
        how = {"parent": "their parents"}.get(rollup) if isinstance(rollup, str) else None
        if how is None:
            how = (
                f"the first {rollup} letters of their codes"
                if isinstance(rollup, int)
                else "a table"
            )
        n = int(self.suppressed.sum())
        return (
            f"Actors were rolled up by {how} before counting; {n:,} times this made one actor of "
            "several in one unit, which is no pair."
        )

    def _about_groups(self) -> str:
        groups = self._groups
        if groups is None:
            return ""
        undated = int(groups.keys.isna().any(axis=1).sum())
        text = f"Counts are given for {plural(len(groups), 'group')} by {', '.join(groups.names)}"
        if self._counting.rolling is not None:
            text += f", each of {self._counting.rolling} periods, {self._counting.step} apart"
        if undated:
            text += "; documents without a value are a group of their own"
        if groups.outside:
            text += f"; {plural(groups.outside, 'document')} lie in none of them"
        return text + "."

    def _warning(self) -> str:
        """Say the most important thing to know before reading a number; empty if there is none."""
        if self.n_units == 0:
            return f"no {self._counting.unit} to count"
        if len(self) == 0:
            return "no two actors meet"
        if self._n_docs < FEW_DOCS_IN_CORPUS:
            return f"fewer than {FEW_DOCS_IN_CORPUS} documents: read counts, not measures"
        if self.n_empty > 0.9 * self.n_units:
            return "over 90 % of the units name no actor, which makes every lift large"
        return ""

    def __repr__(self) -> str:
        counting = self._counting
        documents = plural(self._n_docs, "document")
        if counting.is_window:
            where = f"windows of {counting.window} words in {documents}"
        else:
            units = plural(int(self.n_units), counting.unit)
            if counting.span > 1:
                units = f"{int(self.n_units):,} windows of {counting.span} sentences"
            of = "" if counting.unit == "document" else f" of {documents}"
            where = f"{units}{of}, {self.n_empty:,} empty"
        groups = "" if self._groups is None else f", {plural(len(self._groups), 'group')}"
        rule = "" if counting.count == "binary" else f", count={counting.count!r}"
        directed = ", directed" if counting.directed else ""
        warning = self._warning()
        pairs, actors = plural(len(self), "pair"), plural(len(self._labels), "actor")
        return (
            f"Cooccurrence({pairs} of {actors} in {where}{groups}{rule}{directed}, "
            f"universe={self.universe!r}{'; ' + warning if warning else ''})"
        )

    def _repr_html_(self) -> str:
        """The strongest pairs, for notebooks: short, and with every text escaped."""
        units = self._table.units
        strongest = np.argsort(-units, kind="stable")[:HTML_ROWS]
        table = self.to_frame(min_count=int(units[strongest].min(initial=1))).head(HTML_ROWS)
        head = "".join(f"<th>{html.escape(name)}</th>" for name in table.columns)
        rows = "".join(
            "<tr>" + "".join(f"<td>{cell(value)}</td>" for value in row) + "</tr>"
            for row in table.itertuples(index=False)
        )
        more = len(self) - len(table)
        foot = f"<p>… and {plural(more, 'pair')} more: to_frame()</p>" if more > 0 else ""
        return (
            f"<div><p>{html.escape(repr(self))}</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{foot}</div>"
        )


def _joined(parts: Sequence[Field]) -> Field:
    """Put what was counted in several corpora together."""
    import pandas as pd

    sizes = [len(part.doc_units) for part in parts]
    offsets = [0, *np.cumsum(sizes)[:-1].tolist()]
    rows = [part.rows for part in parts if part.rows is not None]
    spots = [part.spots for part in parts if part.spots is not None]
    keys = [part.keys for part in parts if part.keys is not None]
    return Field(
        parts[0].n_actors,
        Rows.join(rows, offsets) if rows else None,
        Spots.join(spots, offsets) if spots else None,
        np.concatenate([part.doc_units for part in parts]),
        pd.concat(keys, ignore_index=True) if keys else None,
    )


def _sampled(found: list[Any], sample: int | None, seed: int) -> list[Any]:
    """Draw some meetings at random; they keep their order."""
    total = sum(len(part) for _, part in found)
    if sample is None or sample >= total:
        return found
    drawn = np.zeros(total, dtype=np.bool_)
    drawn[np.random.default_rng(seed).choice(total, sample, replace=False)] = True
    kept, offset = [], 0
    for spans, part in found:
        marks = drawn[offset : offset + len(part)].tolist()
        kept.append((spans, [item for item, mark in zip(part, marks, strict=True) if mark]))
        offset += len(part)
    return kept
