"""Lexicons: words with weights or categories, and the rule that makes a score of their hits."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core, _lexicon_files, _packages, _shifters
from ._columns import SEED, Column, index_of, is_pandas
from ._lexicon_files import Table
from ._packages import Problem, WordList
from ._results import digest, one_of, page, picked, plural, text_array
from ._version import __version__

if TYPE_CHECKING:
    import pandas as pd

    from .actors import Actors
    from .corpus import Corpus
    from .mentions import Mentions

__all__ = ["Lexicon", "agreement", "score"]

SCALES = ("relation",)

PROBLEMS = {
    1: ("empty", "no word in it; it matches nothing"),
    2: ("too_long", "more than 64 words; it matches nothing"),
    3: ("repeated", "the same pattern stands above"),
}

#: |tone| from which a sentence counts as positive or negative: a tenth of the strongest word, so
#: that hits which all but cancel out leave it neutral.
CONFLICT_THRESHOLD = 0.1

#: The same for VADER, as its authors recommend.
VADER_THRESHOLD = 0.05

#: What the sign of a category is where nothing else is said; neg_positive is "not good".
POLES = {
    "positive": 1.0,
    "pos": 1.0,
    "negative": -1.0,
    "neg": -1.0,
    "neg_positive": -1.0,
    "neg_negative": 1.0,
}

Sums = Mapping[str, np.ndarray]


def _ratio(over: np.ndarray, under: np.ndarray) -> np.ndarray:
    """Return over / under, NaN where under is 0."""
    result = np.full(len(under), np.nan)
    np.divide(over, under, out=result, where=under != 0)
    return result


def _logit(sums: Sums) -> np.ndarray:
    odds: np.ndarray = np.log(sums["positive"] + 0.5) - np.log(0.5 - sums["negative"])
    return np.where(sums["hits"] > 0, odds, np.nan)


#: How the sums of a unit become its tone; NaN without a hit. `positive` and `negative` are the sums
#: of contributions of either sign, `weight` counts hits.
RULES: dict[str, Callable[[Sums], np.ndarray]] = {
    "mean": lambda s: _ratio(s["score"], s["weight"]),
    "sum": lambda s: np.where(s["hits"] > 0, s["score"], np.nan),
    "share": lambda s: _ratio(s["score"], np.where(s["hits"] > 0, s["words"], 0)),
    "relative": lambda s: _ratio(s["score"], s["positive"] - s["negative"]),
    "logit": _logit,
}

#: What each rule is, for the methods section.
RULE_TEXTS = {
    "mean": "the mean contribution of the hits of a sentence",
    "sum": "the sum of the contributions of the hits",
    "share": "the sum of the contributions of the hits, divided by the number of words",
    "relative": "(positive - negative) / (positive + negative), the sums of contributions",
    "logit": "log(positive + 0.5) - log(negative + 0.5), the sums of contributions",
}


class Lexicon:
    """A frozen lexicon: patterns with weights, or categories of patterns.

    Parameters
    ----------
    table : dict, DataFrame
        Dict of pattern → number, or of category → list of patterns, or a DataFrame with columns
        pattern and weight (or category). A pattern is a word, a phrase, or has ``*`` for any
        letters (``abandon*``); it matches in any case, and the longest one wins. A weight of 0
        makes a phrase neutral (``United States``), so that its words are no hits.
    rule : {"mean", "sum", "share", "relative", "logit"}
        How hits become a tone; with P and N the sums of positive and negative contributions:
        their mean; P - N; (P - N) / words; (P - N) / (P + N); log(P + .5) - log(N + .5). Under
        ``mean`` the tone of a document is the mean over its sentences with a hit, so that length
        does not drown it; the other rules take a document as a whole. Categories are counted,
        unless `poles` gives them a sign or the rule asks for one.
    poles : dict of category → number, optional
        Makes weights of categories. Under ``share``, ``relative`` and ``logit``: positive 1,
        negative -1, neg_positive -1, neg_negative 1.
    negation : bool or list of str, optional
        Whether a negator up to `reach` words before a hit, in the same sentence and with nothing
        but words between, turns it to -0.74 of its weight (Hutto and Gilbert 2014, VADER, ICWSM);
        a list names other negators (``*n't``). Default: yes for weights, no for categories.
    intensifiers : bool or dict of word → factor, optional
        Whether words right before a hit make it stronger (``very``: 1.25) or weaker (``slightly``:
        0.75). Default as for negation.
    contrast : bool or list of str, optional
        Whether hits before a ``but`` in their sentence count half, and those behind it one and a
        half times (the same source). Default as for negation.
    reach : int
        Tokens before a hit in which a negator counts.
    nested : bool, optional
        Whether patterns of different categories exclude each other: the longest one wins, as
        within a category. Default: only where there are categories like neg_positive, whose
        ``not good`` must not be counted as ``good`` too.
    threshold : float
        A tone counts as positive or negative from this distance to 0.

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
        negation: bool | Sequence[str] | None = None,
        intensifiers: bool | Mapping[str, float] | None = None,
        contrast: bool | Sequence[str] | None = None,
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
        self._build(
            read,
            "own",
            rule=rule,
            poles=poles,
            negation=negation,
            intensifiers=intensifiers,
            contrast=contrast,
            reach=reach,
            nested=nested,
            threshold=threshold,
        )

    def _build(
        self,
        table: Table,
        name: str,
        *,
        rule: str = "mean",
        poles: Mapping[str, float] | None = None,
        negation: Any = None,
        intensifiers: Any = None,
        contrast: Any = None,
        reach: int = _shifters.REACH,
        nested: bool | None = None,
        threshold: float = 0.0,
        source: str | None = None,
    ) -> None:
        one_of("rule", rule, tuple(RULES))
        if not table.patterns:
            raise ValueError("table: the lexicon is empty")
        if not (math.isfinite(threshold) and threshold >= 0):
            raise ValueError(f"threshold must be 0 or more, got {threshold!r}")
        if isinstance(reach, bool) or not isinstance(reach, int) or not 0 <= reach <= 1000:
            raise ValueError(f"reach must be a number of tokens, got {reach!r}")
        self.rule, self.threshold, self.name, self.reach = rule, float(threshold), name, reach
        groups = list(dict.fromkeys(group for group in table.groups if group))
        if nested is None:
            nested = any(group.removeprefix("neg_") in groups for group in _negated(groups))
        signs = _signs(groups, rule, poles)
        self._patterns, self._lines = table.patterns, table.lines
        self._weights = np.array(table.weights, dtype=np.float64)
        number = {category: i for i, category in enumerate(groups)}
        self._groups = np.array([number.get(g, 0) for g in table.groups], dtype=np.int64)
        if signs is not None:
            self._weights = np.array([signs[g] for g in table.groups], dtype=np.float64)
        self._poles = signs
        self.categories = groups if signs is None else []
        self._from_categories = bool(groups)
        self._shift(negation, intensifiers, contrast)
        self._problems, self._source = list(table.problems), source
        self._text_core: Any = None
        self._nested = bool(nested) or not groups
        self._prepare(len(groups))

    def _shift(self, negation: Any, intensifiers: Any, contrast: Any) -> None:
        """Set what words around a hit do to it."""
        default = not self._from_categories

        def chosen(value: Any, given: Any) -> Any:
            value = default if value is None else value
            if isinstance(value, str):
                raise TypeError(f"expected True, False or several words, got {value!r}")
            return (given if value else type(given)()) if isinstance(value, bool) else value

        negators = list(chosen(negation, _shifters.NEGATORS))
        factors = {
            word: _packages.number_of(factor, f"intensifiers: {word!r}: factor")
            for word, factor in dict(chosen(intensifiers, _shifters.INTENSIFIERS)).items()
        }
        contrasts = list(chosen(contrast, _shifters.CONTRASTS))
        if self.categories:
            negators, factors, contrasts = [], {}, []
        self.negation, self.intensifiers = bool(negators), bool(factors)
        self.contrast = bool(contrasts)
        self._shifters = _shifters.build(negators, factors, contrasts)
        self._shifter_words = (negators, factors, contrasts)

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
            self._core_by_group = [(every, self._dictionary(every))]
            if self._poles is not None and self._same:
                self._refuse_two_poles()
        else:
            parts = [every[self._groups == i] for i in range(n_groups)]
            self._core_by_group = [(part, self._dictionary(part)) for part in parts]

    def _refuse_two_poles(self) -> None:
        for leader, others in self._same.items():
            if any(self._weights[i] != self._weights[leader] for i in others):
                raise ValueError(f"table: {self._patterns[leader]!r} stands in two opposite poles")
        self._same = {}

    def _dictionary(self, numbers: np.ndarray) -> _core.Dictionary:
        patterns = [self._patterns[i] for i in numbers]
        n = len(patterns)
        return _core.Dictionary(
            _core.Texts(patterns),
            np.zeros(n, dtype=np.int32),
            np.zeros(n, dtype=np.int32),
            np.full(n, 2, dtype=np.uint8),
            True,
            SEED,
        )

    @classmethod
    def _of(cls, table: Table, name: str, **options: Any) -> Lexicon:
        self = cls.__new__(cls)
        self._build(table, name, **options)
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
        negation: bool | Sequence[str] | None = None,
        intensifiers: bool | Mapping[str, float] | None = None,
        contrast: bool | Sequence[str] | None = None,
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
        rule, poles, negation, intensifiers, contrast, reach, nested, threshold
            As in `Lexicon`.

        Raises
        ------
        FileNotFoundError, ValueError
            With the file, the line and the reason.
        """
        if _lexicon_files.is_pair(path):
            first, second = path
            table, name = _lexicon_files.from_lists(first, second, encoding), Path(first).name
        else:
            path = Path(path)  # type: ignore[arg-type]
            table, name = _lexicon_files.from_file(path, format, encoding), path.name
        return cls._of(
            table,
            name,
            rule=rule,
            poles=poles,
            negation=negation,
            intensifiers=intensifiers,
            contrast=contrast,
            reach=reach,
            nested=nested,
            threshold=threshold,
            source=name,
        )

    @classmethod
    def conflict(cls, *, scale: str = "relation") -> Lexicon:
        """Return the lexicon of cooperation and conflict between political actors.

        Its scale is the relation that a word puts between two actors, from -1 (wage war) to 1
        (make peace). Lemmas are listed, their inflections are generated.

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
        return cls._of(table, f"conflict ({scale})", threshold=CONFLICT_THRESHOLD)

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

        Raises
        ------
        ImportError, FileNotFoundError
            If NLTK, or its lexicon, is not installed.
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
        words = dict(given.words)
        for word, value in (lexicon or {}).items():
            if not isinstance(word, str):
                raise TypeError(f"lexicon: {word!r} is no word; expected a str")
            if value is None:
                words.pop(word, None)
            else:
                words[word] = _packages.number_of(value, f"lexicon: {word!r}: valence")
        held = WordList(words, given.lines, given.problems, given.source)
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
        self._shifters, self._shifter_words = None, ([], {}, [])
        self._core_by_group, self._same, self._nested = [], {}, True
        self._problems, self._source = list(words.problems), words.source
        return self

    #: Settings that only some lexicons have.
    _extra: Mapping[str, Any] = {}

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
        match it).
        """
        import pandas as pd

        rows = [tuple(problem) for problem in self._all_problems]
        if self._source is not None:
            read = f"{plural(len(self), 'entry').replace('entrys', 'entries')} from {self._source}"
            rows.insert(0, ("entries", "", 0, read))
        frame = pd.DataFrame(rows, columns=["kind", "pattern", "line", "detail"])
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
        """Return a row a pattern: pattern, weight or category, kind (word, phrase, glob)."""
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
        return pd.DataFrame(columns)

    @cached_property
    def _hash(self) -> str:
        lines = zip(self._patterns, self._weights.tolist(), self._groups.tolist(), strict=True)
        return digest(f"{p}\t{w!r}\t{g}" for p, w, g in lines)

    @property
    def config(self) -> dict[str, Any]:
        """Settings and a hash of the content."""
        negators, factors, contrasts = self._shifter_words
        return {
            "version": __version__,
            "name": self.name,
            "rule": self.rule,
            "negation": self.negation,
            "intensifiers": self.intensifiers,
            "contrast": self.contrast,
            "reach": self.reach,
            "shifters": digest(
                [*negators, "", *(f"{w}\t{f!r}" for w, f in factors.items()), "", *contrasts]
            ),
            "threshold": self.threshold,
            "n_patterns": len(self._patterns),
            "hash": self._hash,
            **self._extra,
        }

    def methods(self) -> str:
        """Return a paragraph for a methods section."""
        source = f"{self.name} ({plural(len(self._patterns), 'pattern')}, hash {self._hash})"
        if self.rule in ("vader", "nltk_vader"):
            package = "vaderSentiment" if self.rule == "vader" else "NLTK"
            return (
                f"Tone was scored with VADER (Hutto and Gilbert 2014) as the package {package} "
                f"computes it, lexicon {source}; from {self.threshold:g} on the compound score "
                "counts as positive or negative."
            )
        if self.rule == "afinn":
            return (
                f"Tone was scored with AFINN (Nielsen 2011) as the package afinn computes it, "
                f"lexicon {source}: the sum of the weights of the words found."
            )
        if self.categories:
            many = len(self.categories)
            noun = "1 category" if many == 1 else f"{many:,} categories"
            return f"Words were counted in {noun} of the lexicon {source}."
        shifts = [
            f"a negator up to {self.reach} words before a hit turns it to -0.74 of its weight"
            if self.negation
            else "negation was not considered"
        ]
        if self.intensifiers:
            shifts.append("words right before it strengthen or weaken it")
        if self.contrast:
            shifts.append("hits before a contrast count 0.5, behind it 1.5 times")
        mean = " The tone of a document is the mean of its sentences with a hit."
        return (
            f"Tone was scored with the lexicon {source}: {RULE_TEXTS[self.rule]}; "
            f"{', '.join(shifts)}; a tone counts as positive or negative from {self.threshold:g} "
            f"on.{mean if self.rule == 'mean' else ''}"
        )

    def __len__(self) -> int:
        return len(self._patterns)

    def __repr__(self) -> str:
        problems = len(self._all_problems)
        warning = f"; {plural(problems, 'problem')}, see .report" if problems else ""
        many = len(self.categories)
        what = "with weights"
        if many:
            what = f"in {many} {'category' if many == 1 else 'categories'}"
        return f"Lexicon({plural(len(self), 'pattern')} {what}, rule {self.rule}{warning})"

    def _repr_html_(self) -> str:
        return page(repr(self), self.to_frame(), len(self))


def _negated(groups: Iterable[str]) -> list[str]:
    return [group for group in groups if group.startswith("neg_")]


def _signs(
    groups: list[str], rule: str, poles: Mapping[str, float] | None
) -> dict[str, float] | None:
    """Return the weight of each category where categories have one."""
    if not groups:
        if poles is not None:
            raise ValueError("poles: the table has weights, and no categories to give a sign")
        return None
    if poles is None:
        if rule in ("mean", "sum"):
            return None  # counted
        known = {group: POLES[group.lower()] for group in groups if group.lower() in POLES}
        if len(known) != len(groups):
            unknown = next(group for group in groups if group not in known)
            raise ValueError(
                f"rule={rule!r}: is category {unknown!r} positive or negative? give poles="
            )
        return known
    unknown_poles = [name for name in poles if name not in groups]
    if unknown_poles:
        raise ValueError(f"poles: no category {unknown_poles[0]!r}; there are {', '.join(groups)}")
    return {
        group: _packages.number_of(poles.get(group, 0.0), f"poles: {group!r}: weight")
        for group in groups
    }


def score(
    column: Column,
    lexicon: Lexicon,
    *,
    mask: Mentions | Actors | None = None,
    threads: int | None = None,
) -> pd.DataFrame:
    """Score the tone of each text of a column.

    Parameters
    ----------
    column : column of text
    lexicon : Lexicon
    mask : Mentions or Actors, optional
        Names whose words carry no tone.
    threads : int, optional

    Returns
    -------
    DataFrame
        A row a text, with the index of the column. For VADER neg, neu, pos, compound; for a
        lexicon of categories a column a category, and words; otherwise score, weight, tone,
        positive, negative, hits, words. Missing texts give NaN.

    Examples
    --------
    >>> import coactor as ca
    >>> lexicon = ca.Lexicon({"ally": 1, "attack": -1})
    >>> ca.score(["An ally.", "No attack on the ally.", None], lexicon)["score"].tolist()
    [1.0, 1.74, nan]
    """
    from .tone import score_column

    if not isinstance(lexicon, Lexicon):
        raise TypeError(f"lexicon: expected Lexicon, got {type(lexicon).__name__}")
    frame, config = score_column(column, lexicon, mask, threads)
    index = index_of(column)
    if index is not None:
        frame.index = index
    frame.attrs["config"] = config
    return frame


def agreement(
    corpus: Corpus,
    lexicons: Mapping[str, Lexicon] | Sequence[Lexicon],
    *,
    unit: str = "document",
    threads: int | None = None,
) -> pd.DataFrame:
    """Compare how several lexicons score the same corpus.

    Parameters
    ----------
    corpus : Corpus
    lexicons : dict of name → Lexicon, or sequence of Lexicon
        At least two; those in a sequence go by their own names.
    unit : {"document", "sentence"}
    threads : int, optional

    Returns
    -------
    DataFrame
        lexicon_a, lexicon_b, correlation (Pearson's), same_sign (the share of the units to which
        both give the same sign, 0 under a lexicon's threshold), n (units that both have scored):
        a row a pair.

    Examples
    --------
    >>> import coactor as ca
    >>> corpus = ca.Corpus(["A good ally.", "A bad war.", "A good war.", "No word."])
    >>> both = {"a": ca.Lexicon({"good": 1, "bad": -1}), "b": ca.Lexicon({"ally": 1, "war": -2})}
    >>> ca.agreement(corpus, both).round(2).values.tolist()
    [['a', 'b', 0.5, 0.67, 3]]
    """
    from .tone import compare

    if not isinstance(lexicons, Mapping):
        named: dict[str, Lexicon] = {}
        for lexicon in lexicons:
            if not isinstance(lexicon, Lexicon):
                raise TypeError(f"lexicons: expected Lexicon, got {type(lexicon).__name__}")
            if lexicon.name in named:
                raise ValueError(f"lexicons: two are named {lexicon.name!r}; give a dict of names")
            named[lexicon.name] = lexicon
        lexicons = named
    if len(lexicons) < 2:
        raise ValueError("lexicons: give at least two")
    return compare(corpus, lexicons, unit, threads)
