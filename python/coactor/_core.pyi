"""Types of the C extension. Private: use the package."""

from collections.abc import Callable
from typing import Any, final

import numpy as np
import numpy.typing as npt

_Int64 = npt.NDArray[np.int64]
_Int32 = npt.NDArray[np.int32]
_Uint8 = npt.NDArray[np.uint8]
_Float64 = npt.NDArray[np.float64]
#: Row pointers, others, units, sums, documents.
_Pairs = tuple[_Int64, _Int32, npt.NDArray[Any], _Int64 | None, _Int64 | None]

KINDS: tuple[str, ...]
UNICODE_VERSION: str

@final
class Texts:
    def __new__(cls, column: Any, name: str | None = None, threads: int = 1, /) -> Texts: ...
    def __len__(self) -> int: ...
    def __getitem__(self, row: int, /) -> str | None: ...
    def missing(self) -> _Uint8: ...
    def slices(self, rows: _Int64, starts: _Int64, ends: _Int64, /) -> list[str]: ...

@final
class Tokens:
    def __len__(self) -> int: ...
    def ids(self) -> _Int32: ...
    def starts(self) -> _Int32: ...
    def ends(self) -> _Int32: ...
    def kinds(self) -> _Uint8: ...
    def words_before(self) -> _Int64: ...
    def doc_tokens(self) -> _Int64: ...
    def doc_sentences(self) -> _Int64: ...
    def doc_paragraphs(self) -> _Int64: ...
    def sentences(self) -> _Int64: ...
    def paragraphs(self) -> _Int64: ...
    def vocabulary(self) -> list[str]: ...
    def folded(self) -> _Int32: ...
    def joined(self) -> tuple[_Int32, _Int64, list[str]]: ...
    def validate(self) -> str | None: ...

@final
class Dictionary:
    def __new__(
        cls,
        aliases: Texts,
        entries: _Int32,
        priorities: _Int32,
        rules: _Uint8,
        globs: bool,
        seed: int,
        accents: bool = False,
        shorts: _Uint8 | None = None,
        from_days: _Int32 | None = None,
        to_days: _Int32 | None = None,
        /,
    ) -> Dictionary: ...
    def problems(self) -> _Uint8: ...
    def size(self) -> int: ...
    def meta(self) -> memoryview | None: ...
    def to_bytes(self, meta: Any, /) -> bytearray: ...
    @classmethod
    def open(cls, buffer: Any, /) -> Dictionary: ...
    def validate(self) -> str | None: ...

def tokenize(texts: Texts, mode: int, seed: int, threads: int, /) -> Tokens: ...
def lists(ids: _Int32, offsets: _Int64, types: list[str], /) -> list[list[str]]: ...
def watch(
    watcher: Callable[[int, int], object] | None, /
) -> Callable[[int, int], object] | None: ...
def kernels() -> str: ...
def force_kernels(name: str | None, /) -> None: ...
def word_boundaries(text: str, /) -> _Int64: ...
def sentence_boundaries(text: str, /) -> _Int64: ...
def sentences(text: str, /) -> list[tuple[int, int]]: ...
def find(tokens: Tokens, dictionary: Dictionary, threads: int, /) -> tuple[_Int64, ...]: ...
def find_with(
    tokens: Tokens,
    dictionary: Dictionary,
    overlap: int,
    shorts: int,
    acronyms: bool,
    losers: bool,
    days: _Int32 | None,
    threads: int,
    /,
) -> tuple[Any, ...]: ...
def quotes(tokens: Tokens, threads: int, /) -> tuple[_Int64, ...]: ...
def locative(
    tokens: Tokens, docs: _Int64, sentences: _Int64, firsts: _Int64, ends: _Int64, /
) -> _Uint8: ...
def subset(tokens: Tokens, docs: _Int64, seed: int, /) -> Tokens: ...
def score(
    tokens: Tokens,
    dictionary: Dictionary,
    weights: _Float64,
    shifters: Dictionary | None,
    roles: _Int32,
    factors: _Float64,
    reach: int,
    negated: float,
    before: float,
    behind: float,
    mask_first: _Int64,
    mask_end: _Int64,
    only_sums: bool,
    threads: int,
    /,
) -> tuple[Any, ...]: ...

@final
class Letters:
    def __new__(cls) -> Letters: ...
    def lower(self, text: str, /) -> str: ...
    def validate(self) -> str | None: ...

@final
class Vader:
    def __new__(
        cls,
        letters: Letters,
        port: int,
        compensated: bool,
        fold: bool,
        words: Texts,
        word_values: _Float64,
        boosters: Texts,
        booster_values: _Float64,
        negations: Texts,
        idioms: Texts,
        idiom_values: _Float64,
        emoji: Texts,
        descriptions: Texts,
        /,
    ) -> Vader: ...
    def validate(self) -> str | None: ...

@final
class Afinn:
    def __new__(
        cls,
        letters: Letters,
        words: Texts,
        values: _Float64,
        emoticons: Texts,
        emoticon_values: _Float64,
        /,
    ) -> Afinn: ...
    def validate(self) -> str | None: ...

# Texts are taken whole, or slice by slice (doc, start, end); a mask leaves words out.
def vader_scores(
    vader: Vader,
    texts: Texts,
    whole: bool,
    docs: _Int64,
    starts: _Int64,
    ends: _Int64,
    mask_docs: _Int64,
    mask_starts: _Int64,
    mask_ends: _Int64,
    threads: int,
    /,
) -> tuple[_Float64, ...]: ...
def vader_hits(
    vader: Vader,
    texts: Texts,
    whole: bool,
    docs: _Int64,
    starts: _Int64,
    ends: _Int64,
    mask_docs: _Int64,
    mask_starts: _Int64,
    mask_ends: _Int64,
    threads: int,
    /,
) -> tuple[Any, ...]: ...
def afinn_scores(
    afinn: Afinn,
    texts: Texts,
    whole: bool,
    docs: _Int64,
    starts: _Int64,
    ends: _Int64,
    mask_docs: _Int64,
    mask_starts: _Int64,
    mask_ends: _Int64,
    threads: int,
    /,
) -> tuple[_Float64, ...]: ...
def afinn_hits(
    afinn: Afinn,
    texts: Texts,
    whole: bool,
    docs: _Int64,
    starts: _Int64,
    ends: _Int64,
    mask_docs: _Int64,
    mask_starts: _Int64,
    mask_ends: _Int64,
    threads: int,
    /,
) -> tuple[Any, ...]: ...
def locate(
    tokens: Tokens, docs: _Int64, starts: _Int64, ends: _Int64, /
) -> tuple[_Int64, _Int64]: ...
def incidence(
    units: _Int64, docs: _Int64, actors: _Int32, starts: _Int64 | None, n_actors: int, /
) -> tuple[_Int64, _Int32, _Int32, _Int64 | None, _Int64 | None, _Int64, _Int64]: ...
def count_units(
    indptr: _Int64,
    actors: _Int32,
    counts: _Int32 | None,
    firsts: _Int64 | None,
    lasts: _Int64 | None,
    named: _Int32 | None,
    docs: _Int64 | None,
    n_actors: int,
    rule: int,
    directed: bool,
    threads: int,
    /,
) -> tuple[_Pairs, _Int64, _Int64 | None]: ...
def mirror(
    indptr: _Int64, indices: _Int32, values: _Int64 | None, few: _Int32 | None, /
) -> tuple[_Int64, _Int32, _Int64]: ...
def count_windows(
    segments: _Int64,
    docs: _Int64,
    firsts: _Int64,
    ends: _Int64,
    actors: _Int32,
    repeats: _Uint8 | None,
    n_actors: int,
    reach: int,
    weights: _Int64 | None,
    directed: bool,
    threads: int,
    /,
) -> tuple[_Pairs, _Int64]: ...
def cluster_sums(
    indptr: _Int64,
    actors: _Int32,
    counts: _Int32 | None,
    row_clusters: _Int64,
    entry_clusters: _Int64,
    entry_actors: _Int32,
    sizes: _Int64,
    n_actors: int,
    threads: int,
    /,
) -> tuple[_Int64, _Int32, _Int64]: ...
