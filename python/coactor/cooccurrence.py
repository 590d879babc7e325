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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._arrow import arrow_stream
from ._columns import n_threads
from ._counted import Counted
from ._counting import Counting
from ._display import HTML_ROWS, page
from ._incidence import unique
from ._making import added, counted, counted_again, narrowed, of_mentions, two_modes
from ._matrices import dense, labelled, sparse
from ._measures import MEASURES, Measure
from ._pair_tables import FEW_DOCS_EXPECTED, tidy
from ._sources import evidence
from ._table import tabulate_matrix
from ._testing import family_test
from ._version import __version__
from ._wording import FEW_DOCS_IN_CORPUS

if TYPE_CHECKING:
    import networkx
    import pandas as pd
    import scipy.sparse
    from matplotlib.axes import Axes

    from .mentions import Mentions

__all__ = ["FEW_DOCS_EXPECTED", "FEW_DOCS_IN_CORPUS", "MEASURES", "Cooccurrence", "Measure"]

#: The units that texts fall into.
UNITS = ("document", "paragraph", "sentence")


class Cooccurrence(Counted):
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

    __slots__ = ()

    # ---- making ----

    @classmethod
    def _from_mentions(cls, mentions: Mentions, **settings: Any) -> Cooccurrence:
        """Count what ``mentions.cooccur`` asks for."""
        return of_mentions(cls, mentions, **settings)

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

        Raises
        ------
        TypeError
            If `mentions` or `concepts` are no Mentions.
        ValueError
            If they are of two corpora, an id is in both, or an option does not go with another one.

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
        spans, marks, split = two_modes(mentions, concepts, rollup)
        use = mentions.corpus._use(threads)
        settings = {"actors": None, "rollup": rollup}
        return counted(cls, spans, counting, marks, settings, use, split)

    @classmethod
    def from_incidence(
        cls, csr: Any, actors: Iterable[Any], *, docs: Any = None, threads: int | None = None
    ) -> Cooccurrence:
        """Count pairs in a matrix of units × actors from elsewhere.

        Parameters
        ----------
        csr : SciPy sparse matrix or array of any format, or dense 2-D array
            Mentions of each actor (columns) in each unit (rows). A unit names an actor where the
            count is positive; a cell that is stored twice holds the sum. It is not changed, nor may
            another thread change it meanwhile.
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
        field, table = tabulate_matrix(csr, docs, len(labels), counting, use)
        return cls(
            tuple(labels),
            tuple(labels),
            counting,
            field,
            None,
            table,
            (),
            {},
            {"version": __version__, **counting.settings(), "actors": "all", "rollup": None},
            use,
        )

    def __add__(self, other: Cooccurrence) -> Cooccurrence:
        """Return the co-occurrence of both corpora, whose documents are taken to differ."""
        if not isinstance(other, Cooccurrence):
            return NotImplemented
        return added(self, other)

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

        Raises
        ------
        ValueError
            If an actor is not among those of this result.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Rome called Oslo. Oslo called Rome and Lima. Nobody spoke."])
        >>> actors = ca.Actors({"R": ["Rome"], "O": ["Oslo"], "L": ["Lima"]})
        >>> pairs = corpus.mentions(actors).cooccur()
        >>> pairs.select(actors=["R", "L"]).to_frame()[["a", "b", "count"]].values.tolist()
        [['R', 'L', 1]]
        """
        return narrowed(self, actors, pairs, min_expected)

    def pooled(self) -> Cooccurrence:
        """Return the same without groups: every document counts once, dated or not.

        Returns
        -------
        Cooccurrence

        Examples
        --------
        >>> import coactor as ca
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"text": ["Rome met Oslo."] * 3, "outlet": ["x", "x", "y"]})
        >>> mentions = ca.Corpus(frame).mentions(ca.Actors({"R": ["Rome"], "O": ["Oslo"]}))
        >>> pairs = mentions.cooccur(by="outlet")
        >>> pairs.to_frame()["count"].tolist(), pairs.pooled().to_frame()["count"].tolist()
        ([2, 1], [3])
        """
        counting = replace(self._counting, by=(), rolling=None, step=1)
        return counted_again(
            self,
            _counting=counting,
            _field=replace(self._field, keys=None),
            _config={**self._config, **counting.settings()},
        )

    # ---- matrices ----

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

        Raises
        ------
        ValueError
            If there is no such group, or there are groups and none is named.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Rome called Oslo. Oslo called Rome and Lima. Nobody spoke."])
        >>> actors = ca.Actors({"R": ["Rome"], "O": ["Oslo"], "L": ["Lima"]})
        >>> pairs = corpus.mentions(actors).cooccur()
        >>> pairs.to_scipy().nnz
        6
        """
        return sparse(self, group)

    def to_numpy(self, *, group: Any = None) -> npt.NDArray[Any]:
        """Return the counts as a dense matrix, otherwise as `to_scipy` gives them.

        Parameters
        ----------
        group : optional
            Which one, where there are groups.

        Returns
        -------
        ndarray, shape (actors, actors)
            int64; float64 for fractional and distance.

        Raises
        ------
        ValueError
            Above 10**8 cells (10,000 actors), or where there are groups and none is named.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Rome called Oslo. Oslo called Rome and Lima. Nobody spoke."])
        >>> actors = ca.Actors({"R": ["Rome"], "O": ["Oslo"], "L": ["Lima"]})
        >>> pairs = corpus.mentions(actors).cooccur()
        >>> pairs.to_numpy().tolist()
        [[0, 2, 1], [2, 0, 1], [1, 1, 0]]
        """
        _, cells = self._cells(group)
        return dense(self, cells, self._scaled(cells.sums))

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

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Rome called Oslo. Oslo called Rome and Lima. Nobody spoke."])
        >>> actors = ca.Actors({"R": ["Rome"], "O": ["Oslo"], "L": ["Lima"]})
        >>> pairs = corpus.mentions(actors).cooccur()
        >>> pairs.matrix("jaccard").round(2)
             R    O    L
        R  NaN  1.0  0.5
        O  1.0  NaN  0.5
        L  0.5  0.5  NaN
        """
        return labelled(self, measure, group)

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
            counting (``measures="units"`` shows them); to those that hold both in this order, where
            counts are directed. For windows jaccard, expected and lift are
            NaN: pairs of mentions are no units.

        Raises
        ------
        ValueError
            If a measure is not known, not defined for windows or ordered counts, or changes with N
            while groups differ in it; if `zeros` comes with a `min_count` above 1, or the table
            would have more than 10**8 cells.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Rome called Oslo. Oslo called Rome and Lima. Nobody spoke."])
        >>> actors = ca.Actors({"R": ["Rome"], "O": ["Oslo"], "L": ["Lima"]})
        >>> pairs = corpus.mentions(actors).cooccur()
        >>> columns = ["a", "b", "count", "jaccard", "expected", "lift", "npmi"]
        >>> pairs.to_frame(measures="npmi")[columns].round(2)
           a  b  count  jaccard  expected  lift  npmi
        0  R  O      2      1.0      1.33   1.5  1.00
        1  O  L      1      0.5      0.67   1.5  0.37
        2  R  L      1      0.5      0.67   1.5  0.37
        """
        return tidy(self, measures, min_count, zeros, meta)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand `to_frame()` to any library that reads Arrow."""
        return arrow_stream(self.to_frame(), requested_schema)

    # ---- inference ----

    def test(
        self,
        *,
        cluster: str = "doc",
        strata: str | Sequence[str] = (),
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
        a nominal 5 %, where tests that take units to be independent reject over 40 %. That is of
        all pairs together: the variance is estimated from what was seen, so it comes out small
        where few meetings were seen, and z calls too many pairs that meet less often than
        expected, too few that meet more often. Where fewer than five meetings are expected that
        is so strong that such rows are flagged.

        Parameters
        ----------
        cluster : str
            ``"doc"``, or a column of the corpus whose equal values are one cluster.
        strata : str or list of str
            Columns of the corpus, or periods such as ``"month"``: documents that differ in them are
            not compared. E and the variance are those of each stratum, summed, so that two actors
            who both come up in the same months, or outlets, are not associated by that alone. A
            cluster lies in one stratum. Documents without a value are a stratum too.
        adjust : {"BH", "BY", "holm"}
            How q corrects for the number of pairs: Benjamini and Hochberg, Benjamini and Yekutieli,
            Holm. The family is all pairs × groups that are tested.
        alternative : {"two-sided", "greater", "less"}
        min_expected : float
            Test pairs that at least as many units are expected to hold, whether they meet or not: a
            filter on margins alone.
        few_docs : {"flag", "keep"}
            Pairs for which fewer than five clusters are expected to hold both are flagged
            ``few_docs``, and have no p and q unless kept: z is not to be trusted there.
        threads : int, optional
            How many may work. Default: as counted with. The result is the same for any number.

        Returns
        -------
        pandas.DataFrame
            …group, a, b, count, expected, n_docs (clusters that have a unit with both), z, p, q,
            flag; z is NaN where nothing varies. For ``count="product"`` n_i and n_j are mentions.

            ``flag`` holds ``few_docs``, or ``few_expected`` where there is a p and the count is
            below an expected count of less than five, or both with a blank between them (where
            few documents are kept), or nothing. Rows with
            ``few_expected`` keep p and q and stay in the family, but do not show that a pair
            avoids each other: of independent pairs expected once or twice, p < .01 comes up in
            20 to 45 % of those that meet less often.

            ``.attrs`` has ``n_tests``, the size of the family; ``n_met``, how many pairs × groups
            meet; ``n_met_untested``, how many of these have no p; and ``n_met_below``, how many of
            these have no row, since fewer than `min_expected` are expected: "no pair" of those
            tested may be few of those that meet.

        Warns
        -----
        UserWarning
            Where there are fewer than 20 clusters, once a call: z does not follow the normal
            distribution there.

        Raises
        ------
        ValueError
            For windows, directed counts and rules other than binary and product, with the reason;
            for an unknown column or choice; where a cluster lies in several strata. With fewer than
            two clusters z is NaN.

        Examples
        --------
        >>> import coactor as ca
        >>> texts = ["Rome met Oslo. Lima slept."] * 9 + ["Rome slept. Oslo slept. Lima rose."] * 12
        >>> actors = ca.Actors({"R": ["Rome"], "O": ["Oslo"], "L": ["Lima"]})
        >>> tested = ca.Corpus(texts).mentions(actors).cooccur().test()
        >>> tested[["a", "b", "count", "expected", "z"]].round(1).values.tolist()
        [['R', 'O', 9, 8.2, 0.4], ['O', 'L', 0, 8.2, -23.2], ['R', 'L', 0, 8.2, -23.2]]
        """
        return family_test(
            self, cluster, strata, adjust, alternative, min_expected, few_docs, threads
        )

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

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Rome called Oslo. Oslo called Rome and Lima. Nobody spoke."])
        >>> actors = ca.Actors({"R": ["Rome"], "O": ["Oslo"], "L": ["Lima"]})
        >>> pairs = corpus.mentions(actors).cooccur()
        >>> pairs.kwic("R", "O")[["left", "first", "middle", "second", "right"]].values.tolist()
        [['', 'Rome', ' called ', 'Oslo', '.'], ['', 'Oslo', ' called ', 'Rome', ' and Lima.']]
        """
        return evidence(self, a, b, where, group, sample, seed)

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

        Raises
        ------
        ValueError
            If the measure is not known, or cannot be computed for these counts.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Rome called Oslo. Oslo called Rome and Lima. Nobody spoke."])
        >>> actors = ca.Actors({"R": ["Rome"], "O": ["Oslo"], "L": ["Lima"]})
        >>> pairs = corpus.mentions(actors).cooccur()
        >>> graph = pairs.to_networkx(measure="lift")
        >>> graph.edges["R", "O"]["count"], graph.edges["R", "O"]["weight"]
        (2, 1.5)
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
            ``…_map.txt`` and ``…_network.txt``). Of counts by a period, ``.gexf`` holds the whole
            and when each actor and pair is there, unless `group` names one.
        format : str, optional
            One of these suffixes, where the name has another.
        measure, min_count, group
            As in `to_networkx`.

        Returns
        -------
        list of Path
            The files that were written.

        Raises
        ------
        OSError
            If the folder does not exist or cannot be written to: the message names it.
        ValueError
            If the suffix or the measure is not known: the message lists those that are.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Rome called Oslo. Oslo called Rome and Lima. Nobody spoke."])
        >>> actors = ca.Actors({"R": ["Rome"], "O": ["Oslo"], "L": ["Lima"]})
        >>> pairs = corpus.mentions(actors).cooccur()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     [path.name for path in pairs.write(pathlib.Path(folder, "network.csv"))]
        ['network.csv', 'network_nodes.csv']
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
            ``network``: actors by size of occurrence, pairs by width (the strongest, four for
            each actor on average, and the strongest of each actor), colours by class of the
            actors, or by community where they have none.
            ``heatmap``: the matrix, ordered so that who meets the same stands together.
            ``time``: a line for a pair, or for the most frequent pairs, over the period of
            ``by=``.
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

        Raises
        ------
        ImportError
            Without matplotlib, with the command that installs it.
        ValueError
            If `kind`, `measure` or an actor is not known, or pairs are drawn over time that
            were not counted by a period.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Rome called Oslo. Oslo called Rome and Lima. Nobody spoke."])
        >>> actors = ca.Actors({"R": ["Rome"], "O": ["Oslo"], "L": ["Lima"]})
        >>> pairs = corpus.mentions(actors).cooccur()
        >>> axes = pairs.plot("heatmap", measure="jaccard")
        """
        from ._plots_pairs import draw

        return draw(self, kind, measure, top, min_count, pair, group, seed, ax)

    def _strongest(self, n: int) -> pd.DataFrame:
        """Return the rows of `to_frame` for the pairs that meet in most units."""
        marks = np.zeros(len(self), dtype=np.bool_)
        marks[np.argsort(-self._table.units, kind="stable")[:n]] = True
        return replace(self, _table=self._table.keep(marks)).to_frame()

    def _repr_html_(self) -> str:
        return page(repr(self), self._strongest(HTML_ROWS), len(self))
