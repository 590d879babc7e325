"""What the sections of a report share: who is who, in which units they stand, which pairs count."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ._results import plural
from ._svg import short
from .cooccurrence import FEW_DOCS_EXPECTED, FEW_DOCS_IN_CORPUS

if TYPE_CHECKING:
    import pandas as pd
    import scipy.sparse

    from .analysis import Analysis

__all__ = ["ALPHA", "ENOUGH", "NAME", "Found", "Group", "Who", "one_line"]

#: Letters shown of a name.
NAME = 60
#: Classes of actors with a colour of their own; the rest share one.
GROUPS = 6
#: An actor is compared by tone if so many sentences name it.
ENOUGH = 10
#: A pair is said to meet more or less often than chance explains where q is below this.
ALPHA = 0.05

IntArray = npt.NDArray[np.int64]

#: What HTML must not hold: control characters, lone surrogates, two that are no characters.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def one_line(text: str) -> str:
    """Write a text on one line, without what cannot be printed."""
    return UNPRINTABLE.sub("\ufffd", re.sub(r"\s+", " ", text))


class Who(NamedTuple):
    """An actor as a page shows it: its label, and its class as a number that has a colour."""

    label: str
    group: int


class Group(NamedTuple):
    """A class of actors, and the number of its colour."""

    number: int
    name: str


class Texts(NamedTuple):
    """What all texts are together: a hash of them in their order, and how many are copies."""

    fingerprint: str
    n_copies: int


@dataclass(frozen=True, eq=False)
class Found:
    """What was found, in numbers that several sections speak of."""

    analysis: Analysis
    documents: pd.DataFrame
    by_actor: pd.DataFrame  # by mentions falling
    pairs: pd.DataFrame  # by count falling; q and z where they were tested
    test: pd.DataFrame  # the clustered test; empty where there are too few documents
    n_tested: int
    actors: Mapping[str, Who]
    groups: Sequence[Group]
    unit: str
    n_texts: int  # documents with a word
    n_sentences: int
    n_named: int  # sentences that name anyone
    n_units: int
    n_units_named: int

    @classmethod
    def of(cls, analysis: Analysis) -> Found:
        """Count what the sections need."""
        documents, by_actor, pairs = analysis.corpus.documents, analysis.by_actor, analysis.pairs
        n_texts = int((documents["n_tokens"] > 0).sum())
        table, test, n_tested = _tested(analysis, n_texts)
        actors, groups = _people(by_actor)
        return cls(
            analysis=analysis,
            documents=documents,
            by_actor=by_actor,
            pairs=table,
            test=test,
            n_tested=n_tested,
            actors=actors,
            groups=groups,
            unit=str(analysis.config["unit"]),
            n_texts=n_texts,
            n_sentences=int(documents["n_sentences"].sum()),
            n_named=int(np.count_nonzero(np.bincount(analysis._names.indices))),
            n_units=int(pairs.n_units),
            n_units_named=int(pairs.n_units - pairs.n_empty),
        )

    @property
    def measures(self) -> bool:
        """Whether there are enough documents for more than counts."""
        return self.n_texts >= FEW_DOCS_IN_CORPUS

    @cached_property
    def closer(self) -> pd.DataFrame:
        """The pairs that meet more often than chance explains, by count falling."""
        return self.pairs[(self.pairs["q"] < ALPHA) & (self.pairs["z"] > 0)]

    @cached_property
    def apart(self) -> pd.DataFrame:
        """The pairs that meet less often than chance explains, where enough was expected."""
        test = self.test
        return test[(test["q"] < ALPHA) & (test["z"] < 0) & (test["flag"] == "")]

    @property
    def untested(self) -> str:
        """Say of how many pairs that meet the test says nothing, and why; empty if of none."""
        n_met = len(self.pairs)
        left_out = n_met - self.test.attrs.get("n_met", 0)
        below = self.test.attrs.get("n_met_below", 0)
        few = self.test.attrs.get("n_met_untested", 0) - below
        reasons = (
            (below, f"expected in less than one {self.unit}"),
            (few, f"expected in fewer than {FEW_DOCS_EXPECTED} documents"),
            (left_out, "not of the actors named most"),
        )
        said = [f"{n:,} {'is' if n == 1 else 'are'} {why}" for n, why in reasons if n]
        if not said or not self.measures:
            return ""
        total = below + few + left_out
        return (
            f"{total:,} of the {plural(n_met, 'pair')} that meet {'was' if total == 1 else 'were'} "
            f"not tested: {', '.join(said)}."
        )

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

    # -- where actors stand, by number --

    @cached_property
    def doc_of_sentence(self) -> IntArray:
        """The document of each sentence."""
        counts = self.documents["n_sentences"].to_numpy(dtype=np.int64)
        return np.repeat(np.arange(len(counts)), counts)

    @cached_property
    def unit_of_sentence(self) -> IntArray:
        """The unit of each sentence."""
        if self.unit == "sentence":
            return np.arange(len(self.doc_of_sentence))
        if self.unit == "document":
            return self.doc_of_sentence
        return self.analysis.corpus._sentence_paragraphs

    @cached_property
    def _by_unit(self) -> scipy.sparse.csc_array:
        import scipy.sparse

        if self.unit == "sentence":
            return self.analysis._names
        return scipy.sparse.csc_array(self.analysis.mentions.to_scipy(unit=self.unit))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The column of each actor."""
        return {actor: i for i, actor in enumerate(self.analysis.mentions.actors)}

    def units_of(self, actor: str) -> IntArray:
        """The units that name an actor, ascending."""
        units, i = self._by_unit, self.numbers[actor]
        held: IntArray = units.indices[units.indptr[i] : units.indptr[i + 1]].astype(np.int64)
        return held

    def units_of_pair(self, a: str, b: str) -> IntArray:
        """The units that name both, ascending."""
        return np.intersect1d(self.units_of(a), self.units_of(b), assume_unique=True)

    @cached_property
    def doc_of_unit(self) -> IntArray:
        """The document of each unit."""
        if self.unit == "document":
            return np.arange(len(self.documents))
        if self.unit == "sentence":
            return self.doc_of_sentence
        counts = self.documents["n_paragraphs"].to_numpy(dtype=np.int64)
        return np.repeat(np.arange(len(counts)), counts)

    # -- the texts --

    @cached_property
    def texts(self) -> Texts:
        """Read all texts once: which are copies, and what they hash to."""
        corpus = self.analysis.corpus
        whole = hashlib.blake2b(digest_size=8)
        seen: set[bytes] = set()
        n_copies = 0
        words = (self.documents["n_tokens"] > 0).tolist()
        for doc, (held, missing) in enumerate(zip(words, self.documents["missing"], strict=True)):
            text = corpus._text(doc).encode("utf-8", "surrogatepass")
            digest = hashlib.blake2b(text, digest_size=16).digest()
            whole.update(b"\0" * 16 if missing else digest)
            if held:
                n_copies += digest in seen
                seen.add(digest)
        return Texts(whole.hexdigest(), n_copies)


def _tested(analysis: Analysis, n_texts: int) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Return the table of pairs with z and q of the clustered test, the test, and its size."""
    pairs = analysis.pairs.to_frame()
    if n_texts < FEW_DOCS_IN_CORPUS or pairs.empty:
        pairs = pairs.assign(z=np.nan, q=np.nan)
        return pairs, pairs.iloc[:0], 0
    test = analysis._test
    tested = test[["a", "b", "z", "q", "flag"]].rename(columns={"flag": "known"})
    table = pairs.merge(tested, on=["a", "b"], how="left", sort=False)
    # The test knows more of a pair than the table of counts does.
    table["flag"] = table.pop("known").fillna(table["flag"])
    return table, test, int(test.attrs["n_tests"])


def _people(by_actor: pd.DataFrame) -> tuple[dict[str, Who], list[Group]]:
    """Give each actor its label and the colour of its class; classes named most come first."""
    mentions: Counter[str] = Counter()
    for name, n in zip(by_actor["class"], by_actor["n_mentions"], strict=True):
        mentions[name] += n
    ordered = sorted(filter(None, mentions), key=lambda name: (-mentions[name], name))
    numbers = {name: number for number, name in enumerate(ordered[:GROUPS])}
    groups = [Group(number, short(name, NAME)) for name, number in numbers.items()]
    columns: Any = (by_actor[name] for name in ("actor", "label", "class"))
    actors = {
        actor: Who(short(one_line(label), NAME), numbers.get(name, GROUPS))
        for actor, label, name in zip(*columns, strict=True)
    }
    if any(who.group == GROUPS for who in actors.values()):
        groups.append(Group(GROUPS, "other"))
    return actors, groups
