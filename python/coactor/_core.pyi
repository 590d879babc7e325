"""Types of the C extension. Private: use the package."""

from typing import Any

import numpy as np
import numpy.typing as npt

_Int64 = npt.NDArray[np.int64]
_Int32 = npt.NDArray[np.int32]
_Uint8 = npt.NDArray[np.uint8]
_Float64 = npt.NDArray[np.float64]

KINDS: tuple[str, ...]
UNICODE_VERSION: str

class Texts:
    def __new__(cls, column: Any, name: str | None = None, /) -> Texts: ...
    def __len__(self) -> int: ...
    def __getitem__(self, row: int, /) -> str | None: ...
    def missing(self) -> _Uint8: ...
    def slices(self, rows: _Int64, starts: _Int64, ends: _Int64, /) -> list[str]: ...

class Tokens:
    def __len__(self) -> int: ...
    def ids(self) -> _Int32: ...
    def starts(self) -> _Int32: ...
    def ends(self) -> _Int32: ...
    def kinds(self) -> _Uint8: ...
    def doc_tokens(self) -> _Int64: ...
    def doc_sentences(self) -> _Int64: ...
    def doc_paragraphs(self) -> _Int64: ...
    def sentences(self) -> _Int64: ...
    def paragraphs(self) -> _Int64: ...
    def vocabulary(self) -> list[str]: ...
    def folded(self) -> _Int32: ...
    def to_list(self, vocabulary: list[str], /) -> list[list[str]]: ...
    def validate(self) -> str | None: ...

class Dictionary:
    def __new__(
        cls,
        aliases: Texts,
        entries: _Int32,
        priorities: _Int32,
        rules: _Uint8,
        globs: bool,
        seed: int,
        /,
    ) -> Dictionary: ...
    def problems(self) -> _Uint8: ...
    def validate(self) -> str | None: ...

def tokenize(texts: Texts, mode: int, seed: int, threads: int, /) -> Tokens: ...
def word_boundaries(texts: Texts, /) -> _Int64: ...
def sentence_boundaries(texts: Texts, /) -> _Int64: ...
def find(tokens: Tokens, dictionary: Dictionary, threads: int, /) -> tuple[_Int64, ...]: ...
def score(
    tokens: Tokens,
    dictionary: Dictionary,
    weights: _Float64,
    reach: int,
    mask_first: _Int64,
    mask_end: _Int64,
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
) -> tuple[_Int64, _Int32, _Int64, _Int64 | None, _Int64 | None, _Int64, _Int64 | None]: ...
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
) -> tuple[_Int64, _Int32, _Int64, _Int64 | None, _Int64, _Int64]: ...
def cluster_sums(
    indptr: _Int64,
    actors: _Int32,
    row_clusters: _Int64,
    entry_clusters: _Int64,
    sizes: _Int64,
    n_actors: int,
    threads: int,
    /,
) -> tuple[_Int64, _Int32, _Int64]: ...
