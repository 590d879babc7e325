"""Who appears with whom: counts of pairs of actors, and what to make of them.

    unit         names             pair         count   n_docs
    sentence 0   RUS, TALIBAN      RUS TALIBAN      2        2
    sentence 1   (nobody)          RUS ISISK        1        1
    sentence 2   RUS, TALIBAN,     TALIBAN ISISK    1        1
                 ISISK

A unit (document, paragraph or sentence) counts a pair once, however often it names the two. How
many units there are, those that name nobody included, is stated wherever a measure needs it.
"""

from __future__ import annotations

import html
import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ._incidence import IntArray, Pairs, n_distinct, number_docs, positive_cells, some, unique
from ._measures import MEASURES, Measure, jaccard, lift, measure_named, ratio
from ._version import __version__

if TYPE_CHECKING:
    import pandas as pd
    import scipy.sparse

    from .mentions import Mentions

__all__ = ["MEASURES", "Cooccurrence", "Measure"]

UNITS = ("document", "paragraph", "sentence")
UNIVERSES = ("text", "actors")

#: Below this many documents a corpus shows counts; measures would be read for more than they say.
FEW_DOCS_IN_CORPUS = 20
#: A pair expected in fewer documents than this is flagged: its statistics are not to be trusted.
FEW_DOCS_EXPECTED = 5
#: Cells of a dense table that are still made without asking.
MAX_CELLS = 10**8
#: Rows and letters of a label that a notebook shows.
HTML_ROWS, HTML_LABEL = 20, 60


# ---- input ---------------------------------------------------------------------------------------


def _one_of(name: str, value: object, allowed: Sequence[str]) -> None:
    if value not in allowed:
        choices = ", ".join(repr(choice) for choice in allowed)
        raise ValueError(f"{name}={value!r} is not known; choose one of {choices}")


def _whole(name: str, value: int) -> int:
    try:
        return operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, not {value!r}") from None


def _unit_numbers(mentions: Mentions, unit: str) -> IntArray:
    by_unit: dict[str, IntArray] = {
        "document": mentions._doc,
        "paragraph": mentions._paragraph,
        "sentence": mentions._sentence,
    }
    return by_unit[unit]


def _universe_size(mentions: Mentions, unit: str, universe: str) -> tuple[int, int]:
    """Count the units that make up N, and the documents that they lie in."""
    if universe == "actors":
        return n_distinct(_unit_numbers(mentions, unit)), n_distinct(mentions._doc)
    corpus = mentions.corpus
    n_docs = int(np.count_nonzero(np.diff(corpus._doc_tokens)))
    n_units = {
        "document": n_docs,
        "paragraph": int(corpus._doc_paragraphs[-1]),
        "sentence": int(corpus._doc_sentences[-1]),
    }
    return n_units[unit], n_docs


def _chosen(mentions: Mentions, actors: str | Sequence[str] | None) -> npt.NDArray[np.bool_]:
    """Mark the actors of the dictionary that the result is about."""
    numbers = {actor: i for i, actor in enumerate(mentions.actors)}
    marks = np.zeros(len(numbers), dtype=np.bool_)
    if actors is None:
        marks[mentions._actor] = True
    elif isinstance(actors, str):
        if actors != "all":
            raise ValueError(f'actors={actors!r}: give a list of actor ids, "all" or None')
        marks[:] = True
    else:
        unknown = [actor for actor in actors if actor not in numbers]
        if unknown:
            raise ValueError(f"actors: not in the dictionary: {some(unknown)}")
        marks[[numbers[actor] for actor in actors]] = True
    return marks


# ---- output --------------------------------------------------------------------------------------


def _text_column(values: Sequence[Any]) -> pd.Series:
    """Make a column of text (labels that are no text stay what they are)."""
    import pandas as pd

    column = np.empty(len(values), dtype=object)
    column[:] = values
    if not all(isinstance(value, str) for value in values):
        return pd.Series(column)
    try:
        return pd.Series(column, dtype="str")
    except UnicodeEncodeError:  # a lone surrogate, which Arrow's strings cannot hold
        return pd.Series(column, dtype=pd.StringDtype("python", na_value=np.nan))


def _picked(values: Sequence[Any], which: IntArray) -> pd.Series:
    """Make a column of text that holds few different values, given by their numbers."""
    return _text_column(values).take(which).reset_index(drop=True)


def _plural(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _refuse_size(cells: int, instead: str) -> None:
    if cells > MAX_CELLS:
        raise ValueError(f"this table would have {cells:,} cells; {instead}")


def _cell(value: Any) -> str:
    """One cell of a page, escaped, and short whatever it holds."""
    if isinstance(value, float):
        return "" if value != value else f"{value:.3g}"
    text = str(value)
    if len(text) > HTML_LABEL:
        text = text[:HTML_LABEL] + "…"
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"))


class _Meeting(NamedTuple):
    """The nearest mentions of a pair in one unit, as rows of the mentions; `first` is earlier."""

    first: int
    second: int
    first_is_a: bool


def _nearest(
    rows: IntArray, is_a: npt.NDArray[np.bool_], units: IntArray, starts: IntArray, ends: IntArray
) -> Iterator[_Meeting]:
    """Find in each unit the two mentions with the smallest gap; of equal gaps the earliest.

    Mentions come by unit and start. Of any two one starts first, so it is enough to look from each
    mention back to that one of the other actor which reaches furthest to the right. It need not be
    the last: spans from outside may overlap.
    """
    unit, best, best_gap = -1, None, 0
    reach: list[int | None] = [None, None]
    for k, row in enumerate(rows.tolist()):
        if units[row] != unit:
            if best is not None:
                yield best
            unit, best, reach = units[row], None, [None, None]
        mine = int(is_a[k])
        other = reach[1 - mine]
        if other is not None:
            gap = max(0, int(starts[row] - ends[other]))
            if best is None or gap < best_gap:
                best, best_gap = _Meeting(other, row, mine == 0), gap
        furthest = reach[mine]
        if furthest is None or ends[row] > ends[furthest]:
            reach[mine] = row
    if best is not None:
        yield best


# ---- the result ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cooccurrence:
    """Counts of pairs of actors: binary, undirected, each unit counts a pair once.

    Made by ``mentions.cooccur(unit="sentence")`` or `Cooccurrence.from_incidence`; frozen.

    Attributes
    ----------
    n_units : int
        N, the number of units that every measure refers to; see `universe`.
    n_empty : int
        How many of them name none of `actors`.
    universe : str
        ``"text"``: N counts every unit with a token. ``"actors"``: every unit that names an actor
        of the dictionary. ``"rows"``: every row of the matrix handed to `from_incidence`. The
        choice can turn attraction into avoidance, so it is printed wherever N matters.

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

    n_units: int
    n_empty: int
    universe: str
    _n_docs: int
    _labels: tuple[Any, ...]
    _pairs: Pairs
    _config: dict[str, Any]
    _mentions: Mentions | None

    @classmethod
    def _from_mentions(
        cls,
        mentions: Mentions,
        unit: str,
        universe: str,
        actors: str | Iterable[str] | None,
        threads: int | None,
    ) -> Cooccurrence:
        """Count what ``mentions.cooccur`` asks for; `threads` None: all that may be used."""
        _one_of("unit", unit, UNITS)
        _one_of("universe", universe, UNIVERSES)
        if actors is not None and not isinstance(actors, str):
            actors = list(actors)
        chosen = _chosen(mentions, actors)
        kept = chosen[mentions._actor]
        place = (np.cumsum(chosen) - 1).astype(np.int32)
        units = _unit_numbers(mentions, unit)[kept]
        labels = tuple(np.array(mentions.actors, dtype=object)[chosen])
        pairs = Pairs.of(
            units, mentions._doc[kept], place[mentions._actor[kept]], len(labels), threads
        )
        n_units, n_docs = _universe_size(mentions, unit, universe)
        settings = {"unit": unit, "universe": universe, "actors": actors}
        return cls(
            n_units=n_units,
            n_empty=n_units - n_distinct(units),
            universe=universe,
            _n_docs=n_docs,
            _labels=labels,
            _pairs=pairs,
            _config={**mentions.config, **settings, "count": "binary", "directed": False},
            _mentions=mentions,
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
        labels = unique(actors)
        matrix = positive_cells(csr, len(labels))
        n_rows = matrix.shape[0]
        numbers, n_docs = number_docs(docs, n_rows)
        # The core wants documents together; which row comes first within one is all the same.
        order = np.argsort(numbers, kind="stable")
        matrix = matrix[order]
        units = np.repeat(np.arange(n_rows, dtype=np.int64), np.diff(matrix.indptr))
        pairs = Pairs.of(
            units, numbers[order][units], matrix.indices.astype(np.int32), len(labels), threads
        )
        return cls(
            n_units=n_rows,
            n_empty=n_rows - n_distinct(units),
            universe="rows",
            _n_docs=n_docs,
            _labels=tuple(labels),
            _pairs=pairs,
            _config={
                "version": __version__,
                "unit": "row",
                "universe": "rows",
                "actors": "all",
                "count": "binary",
                "directed": False,
            },
            _mentions=None,
        )

    @property
    def actors(self) -> list[Any]:
        """The ids of the actors, in the dictionary's order: that of every matrix."""
        return list(self._labels)

    @property
    def occurrences(self) -> pd.Series:
        """The number of units that hold each actor (n_i): int64, by actor id."""
        import pandas as pd

        index = pd.Index(_text_column(self._labels), name="actor")
        return pd.Series(self._pairs.occurrences.copy(), index=index, name="occurrences")

    @property
    def config(self) -> dict[str, Any]:
        """Every setting that led here, and the version."""
        return dict(self._config)

    def __len__(self) -> int:
        """The number of pairs that meet."""
        return len(self._pairs.counts)

    # -- matrices --

    def to_scipy(self) -> scipy.sparse.csr_array:
        """Return the counts as a sparse matrix.

        Returns
        -------
        scipy.sparse.csr_array
            int64, actors × actors in the order of `actors`, symmetric, with a zero diagonal.
        """
        import scipy.sparse

        pairs, n = self._pairs, len(self._labels)
        upper = scipy.sparse.coo_array((pairs.counts, (pairs.first, pairs.second)), shape=(n, n))
        matrix = scipy.sparse.csr_array(upper + upper.T)
        matrix.sort_indices()
        return matrix

    def to_numpy(self) -> IntArray:
        """Return the counts as a dense matrix, otherwise as `to_scipy` gives them.

        Raises
        ------
        ValueError
            Above 10**8 cells (10,000 actors).
        """
        pairs, n = self._pairs, len(self._labels)
        _refuse_size(n * n, "to_scipy() gives the same counts in little memory")
        matrix = np.zeros((n, n), dtype=np.int64)
        matrix[pairs.first, pairs.second] = pairs.counts
        matrix[pairs.second, pairs.first] = pairs.counts
        return matrix

    def matrix(self, measure: str = "count") -> pd.DataFrame:
        """Return a square table of one measure.

        Parameters
        ----------
        measure : str
            ``"count"``, ``"jaccard"``, ``"lift"``, ``"npmi"`` or ``"g2"``; see `MEASURES`.

        Returns
        -------
        pandas.DataFrame
            Actors × actors in the order of `actors`, symmetric. Counts are int64 with a zero
            diagonal (`occurrences` has the units of an actor by itself), measures are float64 with
            NaN on the diagonal and wherever they are 0/0.

        Raises
        ------
        ValueError
            If the measure is not known, or above 10**8 cells (10,000 actors).
        """
        import pandas as pd

        function = measure_named(measure).of
        counts = self.to_numpy()
        if measure == "count":
            values: npt.NDArray[Any] = counts
        else:
            n_i = self._pairs.occurrences.astype(np.float64)
            values = function(
                counts.astype(np.float64),
                n_i[:, None],
                n_i[None, :],
                np.asarray(self.n_units, dtype=np.float64),
            )
            np.fill_diagonal(values, np.nan)
        labels = pd.Index(_text_column(self._labels))
        table = pd.DataFrame(values, index=labels, columns=labels)
        table.attrs["config"] = self.config
        return table

    # -- tables --

    def to_frame(
        self,
        *,
        measures: str | Iterable[str] | None = None,
        min_count: int = 1,
        zeros: bool = False,
    ) -> pd.DataFrame:
        """Return a table with one row a pair.

        What needs no N comes first. Read `expected` and `lift` with `n_units` and `universe` in
        mind, and not at all where `flag` says ``few_docs``.

        Parameters
        ----------
        measures : str or list of str, optional
            Measures to add behind the columns below; see `MEASURES`.
        min_count : int
            Leave out pairs that meet in fewer units. For reading only: a pair that is left out is
            not a pair that never meets.
        zeros : bool
            Whether pairs that never meet get a row too.

        Returns
        -------
        pandas.DataFrame
            By `count` falling, then `a`, `b` as text:

            ========================  ====================================================
            ``a``, ``b``              the actors' ids, in the order of `actors`
            ``count``                 units that hold both
            ``n_docs``                distinct documents of these units
            ``n_a``, ``n_b``          units that hold each
            ``share_a``, ``share_b``  ``count`` as a share of ``n_a``, of ``n_b``
            ``jaccard``               of the units with either, the share with both
            ``expected``              ``n_a * n_b / n_units``: the count if the actors were
                                      spread over the units independently of each other
            ``lift``                  ``count / expected``
            ``flag``                  ``few_docs`` where, by the documents of each actor, fewer
                                      than five documents are expected to hold both; or empty
            ========================  ====================================================

        Raises
        ------
        ValueError
            If a measure is not known, `zeros` comes with a `min_count` above 1, or the table would
            have more than 10**8 cells.
        """
        import pandas as pd

        names = [measures] if isinstance(measures, str) else list(measures or ())
        extra = {name: measure_named(name) for name in names}
        min_count = _whole("min_count", min_count)
        if zeros and min_count > 1:
            raise ValueError(f"zeros=True and min_count={min_count} contradict each other")
        first, second, count, n_docs = self._with_zeros() if zeros else self._met(min_count)
        rank = self._text_rank()
        order = np.lexsort((rank[second], rank[first], -count))
        first, second, count, n_docs = first[order], second[order], count[order], n_docs[order]

        n_i, n_j = self._pairs.occurrences[first], self._pairs.occurrences[second]
        a, of_i, of_j = (values.astype(np.float64) for values in (count, n_i, n_j))
        n = np.full(len(a), self.n_units, dtype=np.float64)
        columns = {
            "a": _picked(self._labels, first),
            "b": _picked(self._labels, second),
            "count": count,
            "n_docs": n_docs,
            "n_a": n_i,
            "n_b": n_j,
            "share_a": ratio(a, of_i),
            "share_b": ratio(a, of_j),
            "jaccard": jaccard(a, of_i, of_j, n),
            "expected": ratio(of_i * of_j, n),
            "lift": lift(a, of_i, of_j, n),
            "flag": _picked(["", "few_docs"], self._few_docs(first, second)),
        }
        for name, measure in extra.items():
            columns.setdefault(name, measure.of(a, of_i, of_j, n))
        table = pd.DataFrame(columns)
        table.attrs["config"] = self.config
        return table

    def _met(self, min_count: int) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        pairs = self._pairs
        kept = pairs.counts >= min_count
        return pairs.first[kept], pairs.second[kept], pairs.counts[kept], pairs.docs[kept]

    def _with_zeros(self) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        pairs, n = self._pairs, len(self._labels)
        _refuse_size(12 * (n * (n - 1) // 2), "leave out the pairs that never meet (zeros=False)")
        first, second = np.triu_indices(n, 1)
        count = np.zeros(len(first), dtype=np.int64)
        n_docs = np.zeros(len(first), dtype=np.int64)
        # Where a pair stands in the upper triangle, written row by row.
        at = pairs.first * (2 * n - pairs.first - 1) // 2 + pairs.second - pairs.first - 1
        count[at] = pairs.counts
        n_docs[at] = pairs.docs
        return first, second, count, n_docs

    def _text_rank(self) -> IntArray:
        """Rank the actors by their labels as text."""
        rank = np.empty(len(self._labels), dtype=np.int64)
        in_order = sorted(range(len(self._labels)), key=lambda i: str(self._labels[i]))
        rank[in_order] = np.arange(len(in_order))
        return rank

    def _few_docs(self, first: IntArray, second: IntArray) -> IntArray:
        """Mark with 1 the pairs expected in too few documents, by the actors' documents alone."""
        docs = self._pairs.actor_docs.astype(np.float64)
        few = docs[first] * docs[second] < FEW_DOCS_EXPECTED * float(self._n_docs)
        return few.astype(np.int64)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand `to_frame()` to any library that reads Arrow."""
        try:
            import pyarrow
        except ImportError as error:
            raise ImportError(
                'handing tables on as Arrow needs pyarrow: pip install "coactor[arrow]"'
            ) from error
        frame = self.to_frame()
        frame.attrs = {}
        table = pyarrow.Table.from_pandas(frame, preserve_index=False)
        return table.__arrow_c_stream__(requested_schema)

    # -- evidence --

    def kwic(self, a: str, b: str, *, sample: int | None = None, seed: int = 0) -> pd.DataFrame:
        """Show a pair in context: one row for every unit that holds both.

        Parameters
        ----------
        a, b : str
            Two actors, in either order.
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

        Raises
        ------
        ValueError
            If an actor is not in `actors`, `a` is `b`, `sample` is negative, or there is no text,
            since the counts came from a matrix.
        """
        mentions = self._mentions
        if mentions is None:
            raise ValueError("kwic needs the text, but these counts came from a matrix")
        self._check_pair(a, b)
        numbers = [mentions.actors.index(a), mentions.actors.index(b)]
        rows = np.flatnonzero(np.isin(mentions._actor, numbers))
        is_a = mentions._actor[rows] == numbers[0]
        units = _unit_numbers(mentions, self._config["unit"])
        meetings = list(_nearest(rows, is_a, units, mentions._start, mentions._end))
        if sample is not None:
            sample = _whole("sample", sample)
            if sample < 0:
                raise ValueError(f"sample must not be negative, got {sample}")
            if sample < len(meetings):
                drawn = np.random.default_rng(seed).choice(len(meetings), sample, replace=False)
                meetings = [meetings[k] for k in np.sort(drawn).tolist()]
        return self._concordance(mentions, meetings)

    def _check_pair(self, a: str, b: str) -> None:
        for name, actor in (("a", a), ("b", b)):
            if actor not in self._labels:
                known = some(self._labels)
                raise ValueError(f"{name}={actor!r} is not among the actors: {known}")
        if a == b:
            raise ValueError(f"a and b are both {a!r}; a pair needs two actors")

    def _concordance(self, mentions: Mentions, meetings: list[_Meeting]) -> pd.DataFrame:
        import pandas as pd

        corpus = mentions.corpus
        first = np.array([meeting.first for meeting in meetings], dtype=np.int64)
        second = np.array([meeting.second for meeting in meetings], dtype=np.int64)
        first_is_a = np.array([meeting.first_is_a for meeting in meetings], dtype=np.bool_)
        a, b = np.where(first_is_a, first, second), np.where(first_is_a, second, first)
        docs, start, end = mentions._doc[first], mentions._start, mentions._end
        begins = _sentence_begins(corpus, mentions._sentence[first])
        stops = _sentence_stops(corpus, mentions._sentence[second])
        texts: list[list[str]] = [[], [], [], [], []]
        text, text_doc = "", -1
        for k, (i, j) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
            if docs[k] != text_doc:
                text_doc = docs[k]
                text = corpus._text(int(text_doc))
            bounds = [
                (begins[k], start[i]),
                (start[i], end[i]),
                (end[i], start[j]),  # empty where the spans overlap
                (start[j], end[j]),
                (max(end[i], end[j]), stops[k]),
            ]
            for column, (begin, stop) in zip(texts, bounds, strict=True):
                column.append(text[begin:stop])
        left, first_text, middle, second_text, right = map(_text_column, texts)
        table = pd.DataFrame(
            {
                "doc": corpus._labels(docs),
                "sentence": mentions._sentence[first] - corpus._doc_sentences[docs],
                "a_start": start[a],
                "a_end": end[a],
                "b_start": start[b],
                "b_end": end[b],
                "left": left,
                "first": first_text,
                "middle": middle,
                "second": second_text,
                "right": right,
            }
        )
        table.attrs["config"] = self.config
        return table

    # -- words about it --

    def methods(self) -> str:
        """Describe in plain English what was counted and how: a paragraph for a methods section."""
        unit = self._config["unit"]
        universe = {
            "text": f"N = {self.n_units:,} counts every {unit} with at least one word",
            "actors": f"N = {self.n_units:,} counts every {unit} that names at least one actor of "
            "the dictionary",
            "rows": f"N = {self.n_units:,} counts every row of the matrix",
        }[self.universe]
        documents = _plural(self._n_docs, "document")
        return (
            f"Co-occurrence was counted with coactor {__version__} by {unit}: a {unit} counts a "
            "pair of actors once if it names both, however often and in whatever order. "
            f"{universe}, in {documents}; {self.n_empty:,} of them name none of the "
            f"{_plural(len(self._labels), 'actor')}. {_plural(len(self), 'pair')} of actors "
            f"{'meets' if len(self) == 1 else 'meet'} at least once. The expected count of a pair "
            "is n_a n_b / N, with n_a and n_b the numbers of units that name each: what "
            "independent actors would show; lift is the count divided by it. The Jaccard index is "
            "the share of the units naming either actor that name both, and does not depend on N. "
            f"Pairs expected in fewer than {FEW_DOCS_EXPECTED} documents, given how many documents "
            "name each, are flagged few_docs."
        )

    def _warning(self) -> str:
        """Say the most important thing to know before reading a number; empty if there is none."""
        if self.n_units == 0:
            return f"no {self._config['unit']} to count"
        if len(self) == 0:
            return "no two actors meet"
        if self._n_docs < FEW_DOCS_IN_CORPUS:
            return f"fewer than {FEW_DOCS_IN_CORPUS} documents: read counts, not measures"
        if self.n_empty > 0.9 * self.n_units:
            return "over 90 % of the units name no actor, which makes every lift large"
        return ""

    def __repr__(self) -> str:
        unit = self._config["unit"]
        of = "" if unit == "document" else f" of {_plural(self._n_docs, 'document')}"
        warning = self._warning()
        pairs, actors = _plural(len(self), "pair"), _plural(len(self._labels), "actor")
        return (
            f"Cooccurrence({pairs} of {actors} in {_plural(self.n_units, unit)}{of}, "
            f"{self.n_empty:,} empty, universe={self.universe!r}"
            f"{'; ' + warning if warning else ''})"
        )

    def _repr_html_(self) -> str:
        """The strongest pairs, for notebooks: short, and with every text escaped."""
        strongest = np.argsort(-self._pairs.counts, kind="stable")[:HTML_ROWS]
        least = int(self._pairs.counts[strongest].min(initial=1))
        table = self.to_frame(min_count=least).head(HTML_ROWS)
        head = "".join(f"<th>{html.escape(name)}</th>" for name in table.columns)
        rows = "".join(
            "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row) + "</tr>"
            for row in table.itertuples(index=False)
        )
        more = len(self) - len(table)
        foot = f"<p>… and {_plural(more, 'pair')} more: to_frame()</p>" if more else ""
        return (
            f"<div><p>{html.escape(repr(self))}</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{foot}</div>"
        )


def _sentence_begins(corpus: Any, sentences: IntArray) -> IntArray:
    """Code point at which each sentence begins: where its first token does."""
    return np.asarray(corpus.tokens.start[corpus._sentence_tokens[sentences]], dtype=np.int64)


def _sentence_stops(corpus: Any, sentences: IntArray) -> IntArray:
    """Code point at which each sentence ends: where its last token does."""
    return np.asarray(corpus.tokens.end[corpus._sentence_tokens[sentences + 1] - 1], dtype=np.int64)
