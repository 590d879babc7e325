"""Lexicons: words with weights or categories, and the rule that makes a score of their hits."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from numbers import Real
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import _core, _lexicon_files, _packages, _shifters
from ._columns import is_pandas
from ._display import page
from ._lexicon_files import Table
from ._packages import Problem, WordList
from ._results import digest, one_of, picked, plural, text_array
from ._rules import RULE_TEXTS, RULES, negated, signs_of
from ._version import __version__

if TYPE_CHECKING:
    import pandas as pd


__all__ = ["Lexicon"]

SCALES = ("relation",)

PROBLEMS = {
    1: ("empty", "no word in it; it matches nothing"),
    2: ("too_long", "more than 64 words; it matches nothing"),
    3: ("repeated", "the same pattern stands above"),
}

#: |tone| from which a mention counts as positive or negative: of the thresholds that
#: bench/conflict.py tries, the one with the best macro-F1 over both sets of training data.
CONFLICT_THRESHOLD = 0.25

#: How the lexicon did there: the share of signs that were right, beside that of the largest class.
CONFLICT_STRENGTH = (
    "On the training data of NewsMTSC (8,739 mentions) and DSE (13,144 pairs of names) its sign "
    "was right in 0.54 and 0.51 of the cases, where always naming the largest class is right in "
    "0.38 and 0.65, so only results over many sentences should be relied on."
)
CONFLICT_SHORT = "; sign right in 0.54 of labelled mentions, largest class 0.38"

#: The same for VADER, as its authors recommend.
VADER_THRESHOLD = 0.05

#: Names of columns beside those of categories.
TAKEN = ("doc", "sentence", "words")

#: What is said of rules that work on the text itself.
METHODS = {
    "vader": (
        "Tone was scored with VADER (Hutto and Gilbert 2014) as the package vaderSentiment "
        "computes it, lexicon {source}; a compound score counts as positive or negative where its "
        "absolute value is at least {threshold:g}."
    ),
    "nltk_vader": (
        "Tone was scored with VADER (Hutto and Gilbert 2014) as the package NLTK computes it, "
        "lexicon {source}; a compound score counts as positive or negative where its absolute "
        "value is at least {threshold:g}."
    ),
    "afinn": (
        "Tone was scored with AFINN (Nielsen 2011) as the package afinn computes it, "
        "lexicon {source}: the sum of the weights of the words found."
    ),
}


class Options(NamedTuple):
    """What the constructor and `read` take besides the table; see `Lexicon`."""

    rule: str = "mean"
    poles: Mapping[str, float] | None = None
    negation: Any = True
    intensifiers: Any = True
    contrast: Any = True
    reach: int = _shifters.REACH
    nested: bool | None = None
    threshold: float = 0.0
    enders: bool = False

    def check(self) -> None:
        """Raise a ValueError for what no lexicon can have."""
        one_of("rule", self.rule, tuple(RULES))
        threshold = self.threshold
        if not isinstance(threshold, Real) or not 0 <= threshold < math.inf:
            raise ValueError(f"threshold must be 0 or more, got {threshold!r}")
        reach = self.reach
        if isinstance(reach, bool) or not isinstance(reach, int) or not 0 <= reach <= 1000:
            raise ValueError(f"reach must be a number of tokens, got {reach!r}")


class Lexicon:
    """A frozen lexicon: patterns with weights, or categories of patterns.

    Parameters
    ----------
    table : dict, DataFrame
        Dict of pattern → number, or of category → list of patterns, or a DataFrame with columns
        pattern and weight (or category). A pattern is a word, a phrase, or has ``*`` for any
        letters (``abandon*``); it matches in any case, and the longest one wins, of those with as
        many words the one that spells out most letters. A weight of 0 makes a phrase neutral
        (``United States``), so that its words are no hits.
    rule : {"mean", "sum", "share", "relative", "logit"}
        How hits become a tone; with P and N the sums of positive and negative contributions:
        their mean; P - N; (P - N) / words; (P - N) / (P + N); log(P + .5) - log(N + .5). Under
        ``mean`` the tone of a document is the mean over its sentences with a hit, so that length
        does not drown it; the other rules take a document as a whole. Categories are counted,
        unless `poles` gives them a sign or the rule asks for one.
    poles : dict of category → number, optional
        Makes weights of categories. Under ``share``, ``relative`` and ``logit``: positive 1,
        negative -1, neg_positive -1, neg_negative 1.
    negation : bool or list of str
        Whether a negator up to `reach` words before a hit, in the same sentence and with nothing
        but words between, turns it to -0.74 of its weight (Hutto and Gilbert 2014, VADER, ICWSM);
        ``not only`` is none. A list names other negators (``*n't``). True is for patterns with
        weights: those of categories, which bring along their own (neg_positive), are negated only
        by a list, and where they have `poles`.
    intensifiers : bool or dict of word → factor
        Whether words right before a hit make it stronger (``very``: 1.25) or weaker (``slightly``:
        0.75). True as for negation.
    contrast : bool or list of str
        Whether hits before a ``but`` in their sentence count half, and those behind it one and a
        half times (the same source). True as for negation.
    reach : int
        Tokens before a hit in which a negator counts.
    nested : bool, optional
        Whether patterns of different categories exclude each other: the longest one wins, as
        within a category. Default: only where there are categories like neg_positive, whose
        ``not good`` must not be counted as ``good`` too.
    threshold : float
        A tone counts as positive or negative from this distance to 0.

    Raises
    ------
    TypeError
        If the table is of another kind, or holds neither numbers nor lists of patterns.
    ValueError
        If the rule is not known, or a weight is not finite: with the pattern.

    Examples
    --------
    >>> import coactor as ca
    >>> lexicon = ca.Lexicon({"support*": 1.0, "wage war": -1.0})
    >>> lexicon
    Lexicon(2 patterns with weights, rule mean)
    """

    rule: str
    threshold: float
    name: str
    reach: int
    negation: bool
    intensifiers: bool
    contrast: bool
    #: Names of categories that are counted; none where patterns have weights.
    categories: list[str]

    def __init__(
        self,
        table: Mapping[str, Any] | pd.DataFrame,
        *,
        rule: str = "mean",
        poles: Mapping[str, float] | None = None,
        negation: bool | Sequence[str] = True,
        intensifiers: bool | Mapping[str, float] = True,
        contrast: bool | Sequence[str] = True,
        reach: int = _shifters.REACH,
        nested: bool | None = None,
        threshold: float = 0.0,
    ) -> None:
        if isinstance(table, Mapping):
            read = _lexicon_files.from_mapping(table)
        elif is_pandas(table, "DataFrame"):
            read = _lexicon_files.from_frame(table)
        else:
            raise TypeError(f"table: expected a dict or a DataFrame, got {type(table).__name__}")
        options = Options(rule, poles, negation, intensifiers, contrast, reach, nested, threshold)
        self._build(read, "own", options)

    def _build(self, table: Table, name: str, options: Options, source: str | None = None) -> None:
        options.check()
        if not table.patterns:
            raise ValueError("table: the lexicon is empty")
        self.rule, self.threshold = options.rule, float(options.threshold)
        self.name, self.reach = name, options.reach
        groups = list(dict.fromkeys(group for group in table.groups if group))
        nested = options.nested
        if nested is None:
            nested = any(group.removeprefix("neg_") in groups for group in negated(groups))
        signs = signs_of(groups, options.rule, options.poles)
        self._patterns, self._lines = table.patterns, table.lines
        self._weights = np.array(table.weights, dtype=np.float64)
        number = {category: i for i, category in enumerate(groups)}
        self._groups = np.array([number.get(g, 0) for g in table.groups], dtype=np.int64)
        if signs is not None:
            self._weights = np.array([signs[g] for g in table.groups], dtype=np.float64)
        self._poles = signs
        self.categories = groups if signs is None else []
        for taken in TAKEN:
            if taken in self.categories:
                raise ValueError(
                    f"table: a category is named {taken!r}, as a column of results is; rename it"
                )
        self._from_categories = bool(groups)
        self._shift(options)
        self._problems, self._source = list(table.problems), source
        self._text_core: Any = None
        self._nested = bool(nested) or not groups
        self._prepare(len(groups))
        if not groups:
            self._join_repeated(table, name, options, source)

    def _join_repeated(self, table: Table, name: str, options: Options, source: str | None) -> None:
        """Build the lexicon once more if patterns of different weights match the same."""
        ((_, core),) = self._core_by_group
        same = _shifters.repeated(self._patterns, core)
        differ = {i: at for i, at in same.items() if self._weights[i] != self._weights[at]}
        if differ:
            self._build(table.joined(differ, source or "table"), name, options, source)

    def _shift(self, options: Options) -> None:
        """Set what words around a hit do to it."""
        usual = not self._from_categories
        negators = _shifters.words_of(options.negation, "negation", _shifters.NEGATORS, usual)
        factors = _shifters.factors_of(options.intensifiers, usual)
        contrasts = _shifters.words_of(options.contrast, "contrast", _shifters.CONTRASTS, usual)
        enders = _shifters.ENDERS if options.enders else []
        if self.categories:
            negators, factors, contrasts = [], {}, []
        self.negation, self.intensifiers = bool(negators), bool(factors)
        self.contrast = bool(contrasts)
        self._shifter_words = (negators, factors, contrasts, enders)
        self._shifters = _shifters.build(*self._shifter_words)

    def _prepare(self, n_groups: int) -> None:
        """Compile the patterns: one dictionary a category, or one for all that exclude another."""
        every = np.arange(len(self._patterns))
        self._same: dict[int, list[int]] = {}
        if self._nested:
            leaders: dict[str, int] = {}
            for i, pattern in enumerate(self._patterns):
                leader = leaders.setdefault(pattern.casefold(), i)
                if leader != i:
                    self._same.setdefault(leader, []).append(i)
            every = np.array(list(leaders.values()), dtype=np.int64)
            core = self._dictionary(every)
            self._core_by_group = [(every, core)]
            for i, at in _shifters.repeated([self._patterns[i] for i in every], core).items():
                self._let_follow(int(every[i]), int(every[at]))
            if self._poles is not None and self._same:
                self._refuse_two_poles()
        else:
            parts = [every[self._groups == i] for i in range(n_groups)]
            self._core_by_group = [(part, self._dictionary(part)) for part in parts]

    def _let_follow(self, number: int, leader: int) -> None:
        """Count the hits of `leader` for a pattern that matches the same, once a category."""
        for i in (number, *self._same.pop(number, [])):
            if self._groups[i] not in self._groups[[leader, *self._same.get(leader, [])]]:
                self._same.setdefault(leader, []).append(i)

    def _refuse_two_poles(self) -> None:
        for leader, others in self._same.items():
            if any(self._weights[i] != self._weights[leader] for i in others):
                raise ValueError(f"table: {self._patterns[leader]!r} stands in two opposite poles")
        self._same = {}

    def _dictionary(self, numbers: np.ndarray) -> _core.Dictionary:
        return _shifters.dictionary([self._patterns[i] for i in numbers], globs=True)

    @classmethod
    def _of(cls, table: Table, name: str, options: Options, source: str | None = None) -> Lexicon:
        self = cls.__new__(cls)
        self._build(table, name, options, source)
        return self

    @classmethod
    def read(
        cls,
        path: str | Path | Sequence[str | Path],
        *,
        format: str | None = None,
        encoding: str = "utf-8",
        rule: str = "mean",
        poles: Mapping[str, float] | None = None,
        negation: bool | Sequence[str] = True,
        intensifiers: bool | Mapping[str, float] = True,
        contrast: bool | Sequence[str] = True,
        reach: int = _shifters.REACH,
        nested: bool | None = None,
        threshold: float = 0.0,
    ) -> Lexicon:
        """Read a lexicon from a file.

        Parameters
        ----------
        path : path, or two paths
            Two are lists of positive and of negative words, one a line (``;`` begins a comment).
        format : str, optional
            Default: by the suffix.

            =========  ==========================================================================
            csv        columns pattern and weight (or category); or the Loughran-McDonald master
                       dictionary
            txt, tsv   word, tab, weight (VADER, AFINN); or word, tab, category, tab, 0 or 1 (NRC)
            nrc        the latter
            dic        LIWC
            lc3        Lexicoder
            cat        WordStat
            ykd        Yoshikoder
            yml, yaml  quanteda's dictionaries, or pattern: weight
            =========  ==========================================================================
        encoding : str
            Of the file.
        rule, poles, negation, intensifiers, contrast, reach, nested, threshold
            As in `Lexicon`.

        Returns
        -------
        Lexicon

        Raises
        ------
        FileNotFoundError, ValueError
            With the file, the line and the reason.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import coactor as ca
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "mine.csv")
        ...     _ = path.write_text("pattern,weight\\nally,1\\nattack*,-1\\n", encoding="utf-8")
        ...     ca.Lexicon.read(path).to_frame()["pattern"].tolist()
        ['ally', 'attack*']
        """
        if _lexicon_files.is_pair(path):
            first, second = path
            table = _lexicon_files.from_lists(first, second, encoding)
            name = f"{Path(first).name}, {Path(second).name}"
        elif isinstance(path, (str, PathLike)):
            path = Path(path)
            table, name = _lexicon_files.from_file(path, format, encoding), path.name
        else:
            raise TypeError(f"path: expected a path, or two, got {path!r}")
        options = Options(rule, poles, negation, intensifiers, contrast, reach, nested, threshold)
        return cls._of(table, name, options, name)

    @classmethod
    def conflict(cls, *, scale: str = "relation") -> Lexicon:
        """Return the lexicon of cooperation and conflict between political actors.

        Its scale is the relation that a word puts between two actors, from -1 (wage war) to 1
        (make peace): what they do to each other, and what they say of each other (accusations,
        courts and scandals; praise, trust and victories). Lemmas are listed, their inflections are
        generated. Words that end something (stop, halt, end, suspend) right before what is bad turn
        it as a negator does: ``stopped the bombing``.

        Parameters
        ----------
        scale : {"relation"}
            What the weights are of.

        Returns
        -------
        Lexicon

        Raises
        ------
        ValueError
            If `scale` is not known.

        Examples
        --------
        >>> import coactor as ca
        >>> ca.score(["They invaded.", "They signed a truce."], ca.Lexicon.conflict())["tone"] > 0
        0    False
        1     True
        Name: tone, dtype: bool
        """
        from importlib.resources import files

        from ._inflect import inflect

        one_of("scale", scale, SCALES)
        text = (files("coactor") / "data" / "conflict.csv").read_text(encoding="utf-8")
        table = Table()
        for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
            if row["forms"]:
                forms = [row["lemma"], *row["forms"].split()]
            else:
                forms = inflect(row["lemma"], row["pos"])
            for form in forms:
                table.add(form, row["weight"], "", f"conflict:{number}: ", number)
        self = cls._of(
            table, f"conflict ({scale})", Options(threshold=CONFLICT_THRESHOLD, enders=True)
        )
        self._strength, self._short_strength = CONFLICT_STRENGTH, CONFLICT_SHORT
        return self

    @classmethod
    def vader(
        cls,
        *,
        lexicon: Mapping[str, float | None] | None = None,
        sum: str = "plain",
        fold: bool = False,
    ) -> Lexicon:
        """Return VADER, bit-identical to the package vaderSentiment 3.3.2.

        Its word lists are read from the installed package (``pip install vaderSentiment``), which
        is not imported.

        Parameters
        ----------
        lexicon : dict of word → valence, optional
            Added to the lexicon, or instead of what is there, as ``analyzer.lexicon.update`` does;
            None takes a word out. Words are looked up in lower case.
        sum : {"plain", "compensated"}
            How valences are added up: from left to right, as Python up to 3.11 does, or as Python
            3.12 and later do. Differs only where valences cancel out to the last bit.
        fold : bool
            Whether curly quotes and apostrophes, dashes and variation selectors are made plain
            first, which the package does not do: “don’t” does not negate there.

        Returns
        -------
        Lexicon

        Raises
        ------
        ImportError
            If the package is not installed.

        Examples
        --------
        >>> import coactor as ca
        >>> ca.score(["VADER is smart, handsome, and funny!"], ca.Lexicon.vader())["compound"][0]
        np.float64(0.8439)
        """
        return cls._vader("vader", _packages.vader_list(), lexicon, sum, fold)

    @classmethod
    def nltk_vader(
        cls,
        *,
        lexicon_file: str | Path | None = None,
        lexicon: Mapping[str, float | None] | None = None,
        sum: str = "plain",
    ) -> Lexicon:
        """Return VADER as the port in NLTK computes it, which differs in many texts.

        Parameters
        ----------
        lexicon_file : path, optional
            Default: NLTK's own, where ``python -m nltk.downloader vader_lexicon`` put it.
        lexicon, sum
            As in `vader`.

        Returns
        -------
        Lexicon

        Raises
        ------
        ImportError, FileNotFoundError
            If NLTK, or its lexicon, is not installed.

        Examples
        --------
        Any file in VADER's format will do, here one of two words:

        >>> import pathlib, tempfile
        >>> import coactor as ca
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "words.txt")
        ...     _ = path.write_text("good\\t1.9\\nbad\\t-2.5\\n", encoding="utf-8")
        ...     lexicon = ca.Lexicon.nltk_vader(lexicon_file=path)
        >>> ca.score(["A good day."], lexicon)["compound"].tolist()
        [0.4404]
        """
        _packages.folder_of("nltk", "nltk")
        words = _packages.nltk_list(lexicon_file)
        return cls._vader("nltk_vader", words, lexicon, sum, False)

    @classmethod
    def afinn(cls, name: str = "en-165", *, emoticons: bool = False) -> Lexicon:
        """Return AFINN with the search of the Python package afinn.

        Parameters
        ----------
        name : str
            Of a list of the installed package: ``"en-165"``, ``"111"``, ``"da-32"`` ...
        emoticons : bool
            Whether emoticons are looked for too.

        Returns
        -------
        Lexicon

        Raises
        ------
        ImportError
            If the package is not installed (``pip install afinn``).

        Examples
        --------
        >>> import coactor as ca
        >>> ca.score(["This is utterly excellent!", "Not good."], ca.Lexicon.afinn())["score"]
        0    3.0
        1   -2.0
        Name: score, dtype: float64
        """
        words = _packages.afinn_list(name)
        signs = _packages.afinn_list("emoticon-8") if emoticons else None
        self = cls._bare(words, "afinn", f"AFINN-{name}")
        if signs is not None:
            self._patterns = self._patterns + list(signs.words)
            self._weights = np.concatenate([self._weights, list(signs.words.values())])
            self._lines = self._lines + [signs.lines[word] for word in signs.words]
            self._groups = np.zeros(len(self._patterns), dtype=np.int64)
            upper = [sign for sign in signs.words if sign != sign.lower()]
            self._problems += [
                Problem("unreachable", sign, signs.lines[sign], "texts are lower-cased first")
                for sign in upper
            ]
            self._n_emoticons = len(signs.words)
        self._compile_afinn()
        return self

    @classmethod
    def _vader(
        cls,
        port: str,
        given: WordList,
        lexicon: Mapping[str, float | None] | None,
        sum: str,
        fold: bool,
    ) -> Lexicon:
        one_of("sum", sum, _packages.SUMS)
        if lexicon is not None and not isinstance(lexicon, Mapping):
            raise TypeError(f"lexicon: expected word: valence, got {lexicon!r}")
        words = dict(given.words)
        problems, source = list(given.problems), given.source
        for word, value in (lexicon or {}).items():
            if not isinstance(word, str):
                raise TypeError(f"lexicon: {word!r} is no word; expected a str")
            if value is not None:
                words[word] = _packages.number_of(value, f"lexicon: {word!r}: valence")
            elif words.pop(word, None) is None:
                problems.append(Problem("unknown", word, 0, "is not there to be taken out"))
        if lexicon:
            source += " and lexicon="
        held = WordList(words, given.lines, problems, source)
        self = cls._bare(held, port, port)
        self._extra = {"sum": sum, "fold": fold}
        self._compile_vader()
        self._problems += _packages.unreachable(words, given.lines, port)
        self.threshold = VADER_THRESHOLD
        self.negation = self.intensifiers = self.contrast = True
        return self

    @classmethod
    def _bare(cls, words: WordList, rule: str, name: str) -> Lexicon:
        """Return a lexicon whose rule works on the text itself."""
        self = cls.__new__(cls)
        self.rule, self.name, self.threshold, self.reach = rule, name, 0.0, _shifters.REACH
        self._patterns = list(words.words)
        self._weights = np.array(list(words.words.values()), dtype=np.float64)
        self._lines = [words.lines.get(word, 0) for word in words.words]
        self._groups = np.zeros(len(self._patterns), dtype=np.int64)
        self.categories, self._from_categories, self._poles = [], False, None
        self.negation = self.intensifiers = self.contrast = False
        self._shifters, self._shifter_words = None, ([], {}, [], [])
        self._core_by_group, self._same, self._nested = [], {}, True
        self._problems, self._source = list(words.problems), words.source
        return self

    #: Settings that only some lexicons have.
    _extra: Mapping[str, Any] = {}

    #: How well the lexicon did on labelled texts, where that is known: in full, and in short.
    _strength = _short_strength = ""

    #: How many patterns at the end are emoticons (AFINN).
    _n_emoticons = 0

    def __deepcopy__(self, memo: dict[int, Any]) -> Lexicon:
        """Return the lexicon itself: it is frozen."""
        return self

    def __copy__(self) -> Lexicon:
        return self

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is compiled: that is for this process alone."""
        compiled = ("_core_by_group", "_shifters", "_text_core")
        return {name: value for name, value in self.__dict__.items() if name not in compiled}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._shifters = _shifters.build(*self._shifter_words)
        self._text_core, self._core_by_group = None, []
        if self.rule in ("vader", "nltk_vader"):
            self._compile_vader()
        elif self.rule == "afinn":
            self._compile_afinn()
        else:
            self._prepare(int(self._groups.max()) + 1)

    def _compile_vader(self) -> None:
        make = _packages.vader_core if self.rule == "vader" else _packages.nltk_core
        words = dict(zip(self._patterns, self._weights.tolist(), strict=True))
        compensated = self._extra["sum"] == "compensated"
        self._text_core = make(words, compensated=compensated, fold=self._extra["fold"])

    def _compile_afinn(self) -> None:
        pairs = list(zip(self._patterns, self._weights.tolist(), strict=True))
        n = len(pairs) - self._n_emoticons
        self._text_core = _packages.afinn_core(dict(pairs[:n]), dict(pairs[n:]))

    @property
    def report(self) -> pd.DataFrame:
        """What reading the lexicon found: kind, pattern, line, detail.

        Kinds: entries (how many were read, for a lexicon from a file), duplicate (different
        values; the last one counts), empty, too_long, repeated, unreachable (nothing in a text can
        match it), conditional (LIWC), weight (WordStat; left out), unknown (was to be taken out).
        """
        import pandas as pd

        rows = [tuple(problem) for problem in self._all_problems]
        if self._source is not None:
            read = f"{plural(len(self), 'entry')} from {self._source}"
            rows.insert(0, ("entries", "", 0, read))
        frame = pd.DataFrame(rows, columns=["kind", "pattern", "line", "detail"])
        for name in ("kind", "pattern", "detail"):
            frame[name] = text_array(frame[name])
        frame.attrs["config"] = self.config
        return frame.astype({"line": np.int64})

    @cached_property
    def _all_problems(self) -> list[Problem]:
        found = list(self._problems)
        for numbers, core in self._core_by_group:
            problems = core.problems()
            for i in np.flatnonzero(problems):
                kind, detail = PROBLEMS[int(problems[i])]
                number = int(numbers[i])
                found.append(Problem(kind, self._patterns[number], self._lines[number], detail))
        return found

    def to_frame(self) -> pd.DataFrame:
        """Return a row a pattern.

        Returns
        -------
        DataFrame
            pattern, weight (float64) or category, kind (word, phrase, glob).

        Examples
        --------
        >>> import coactor as ca
        >>> ca.Lexicon({"attack*": -1, "make peace": 1}).to_frame().values.tolist()
        [['attack*', -1.0, 'glob'], ['make peace', 1.0, 'phrase']]
        """
        import pandas as pd

        def kind(pattern: str) -> str:
            if "*" in pattern and self._text_core is None:
                return "glob"
            return "phrase" if " " in pattern else "word"

        columns: dict[str, Any] = {"pattern": text_array(self._patterns)}
        if self.categories:
            columns["category"] = picked(self.categories, self._groups)
        else:
            columns["weight"] = self._weights
        columns["kind"] = text_array(map(kind, self._patterns))
        frame = pd.DataFrame(columns)
        frame.attrs["config"] = self.config
        return frame

    @cached_property
    def _hash(self) -> str:
        lines = zip(self._patterns, self._weights.tolist(), self._groups.tolist(), strict=True)
        return digest(f"{p}\t{w!r}\t{g}" for p, w, g in lines)

    @property
    def config(self) -> dict[str, Any]:
        """Settings and a hash of the content."""
        negators, factors, contrasts, enders = self._shifter_words
        more = ["", *enders] if enders else []
        return {
            "version": __version__,
            "name": self.name,
            "rule": self.rule,
            "negation": self.negation,
            "intensifiers": self.intensifiers,
            "contrast": self.contrast,
            "reach": self.reach,
            "shifters": digest(
                [*negators, "", *(f"{w}\t{f!r}" for w, f in factors.items()), "", *contrasts, *more]
            ),
            "threshold": self.threshold,
            "n_patterns": len(self._patterns),
            "hash": self._hash,
            **self._extra,
        }

    def methods(self) -> str:
        """Return a paragraph for a methods section.

        Returns
        -------
        str
        """
        source = f"{self.name} ({plural(len(self._patterns), 'pattern')}, hash {self._hash})"
        if self.rule in METHODS:
            return METHODS[self.rule].format(source=source, threshold=self.threshold)
        if self.categories:
            many = plural(len(self.categories), "category")
            return f"Words were counted in {many} of the lexicon {source}."
        text = (
            f"Tone was scored with the lexicon {source}: {RULE_TEXTS[self.rule]}; "
            f"{', '.join(self._shifts())}; a tone counts as positive or negative where its "
            f"absolute value is {f'at least {self.threshold:g}' if self.threshold else 'above 0'}."
        )
        if self.rule == "mean":
            text += " The tone of a document is the mean of its sentences with a hit."
        return f"{text} {self._strength}".rstrip()

    def _shifts(self) -> list[str]:
        """Say what words around a hit do to it."""
        shifts = ["negation was not considered"]
        if self.negation:
            shifts = [
                f"a negator up to {self.reach} words before a hit multiplies its weight by -0.74"
            ]
        if self._shifter_words[3]:
            shifts.append(
                "a word that ends something (such as stopped) does so right before a negative hit"
            )
        if self.intensifiers:
            shifts.append("intensifiers and their opposites right before a hit change its weight")
        if self.contrast:
            shifts.append(
                "hits before a contrast (such as but) count 0.5 times, after it 1.5 times"
            )
        return shifts

    def __len__(self) -> int:
        return len(self._patterns)

    def __repr__(self) -> str:
        problems = len(self._all_problems)
        warning = (
            f"; {plural(problems, 'problem')}, see .report" if problems else self._short_strength
        )
        many = len(self.categories)
        what = f"in {plural(many, 'category')}" if many else "with weights"
        return f"Lexicon({plural(len(self), 'pattern')} {what}, rule {self.rule}{warning})"

    def _repr_html_(self) -> str:
        return page(repr(self), self.to_frame(), len(self))
