"""The same texts as every kind of column and frame that coactor reads; and, for what no honest
library makes, an exporter of Arrow data that says whatever it is told to."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

LONG = "Reporters in Kyiv, Minsk and Warsaw counted 10,000 people on the square. "
TEXTS = [
    "The Taliban’s envoy met U.S. officials in Kabul.",
    None,
    "",
    "Al–Qaeda thanked nobody — naïve 🇺🇸 said “no”.\n\nIran’s answer: ok",
    "short",
    LONG * 5,
    " \t\n ",
    "Kabul",
]
MISSING = [text is None for text in TEXTS]
OTHER = list(range(10, 10 + len(TEXTS)))
INTEGERS = ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")


def objects(values: Sequence[Any] = TEXTS) -> np.ndarray:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def dictionary(index: str) -> pa.DictionaryArray:
    codes = pa.array(
        [None if t is None else i for i, t in enumerate(TEXTS)], pa.type_for_alias(index)
    )
    return pa.DictionaryArray.from_arrays(codes, pa.array([t or "" for t in TEXTS]))


def struct() -> pa.StructArray:
    """The second row misses as a whole: what its field holds does not count."""
    texts = pa.array(["hidden" if text is None else text for text in TEXTS], pa.string())
    return pa.StructArray.from_arrays([texts], ["text"], mask=pa.array(MISSING))


def struct_of_sliced_field() -> pa.StructArray:
    texts = pa.array(["x", "y", *TEXTS], pa.string()).slice(1)
    return pa.StructArray.from_arrays([texts], ["text"]).slice(1)


def relation(settings: str = "", columns: str = "other, text") -> Any:
    connection = duckdb.connect()
    if settings:
        connection.execute(settings)
    connection.register("articles", pd.DataFrame({"other": OTHER, "text": objects()}))
    return connection.sql(f"select {columns} from articles order by other")


def with_missing(missing: Any) -> list[Any]:
    return [missing if text is None else text for text in TEXTS]


def string_dtype(missing: Any) -> np.ndarray:
    return np.array(with_missing(missing), dtype=np.dtypes.StringDType(na_object=missing))


COLUMNS: dict[str, Callable[[], Any]] = {
    "list": lambda: TEXTS,
    "tuple": lambda: tuple(TEXTS),
    "generator": lambda: (text for text in TEXTS),
    "iterator": lambda: iter(TEXTS),
    "dict_values": lambda: dict(enumerate(TEXTS)).values(),
    "list_with_nan": lambda: with_missing(float("nan")),
    "list_with_na": lambda: with_missing(pd.NA),
    "list_with_nat": lambda: with_missing(pd.NaT),
    "list_with_numpy_nan": lambda: with_missing(np.float64("nan")),
    "numpy_object": objects,
    "numpy_strided": lambda: np.repeat(objects(), 2)[::2],
    "numpy_masked": lambda: np.ma.array(objects(with_missing("hidden")), mask=MISSING),
    "numpy_string_none": lambda: string_dtype(None),
    "numpy_string_nan": lambda: string_dtype(float("nan")),
    "numpy_string_na": lambda: string_dtype(pd.NA),
    "numpy_string_text": lambda: string_dtype("none at all"),
    "numpy_string_strided": lambda: np.repeat(string_dtype(None), 2)[::2],
    "numpy_string_masked": lambda: np.ma.array(
        np.array(with_missing("hidden"), dtype=np.dtypes.StringDType()), mask=MISSING
    ),
    "pandas_object": lambda: pd.Series(TEXTS, dtype=object),
    "pandas_object_nan": lambda: pd.Series(TEXTS, dtype=object).fillna(np.nan),
    "pandas_str": lambda: pd.Series(TEXTS, dtype="str"),
    "pandas_str_python": lambda: pd.Series(TEXTS, dtype=pd.StringDtype("python", na_value=np.nan)),
    "pandas_string": lambda: pd.Series(TEXTS, dtype="string"),
    "pandas_string_python": lambda: pd.Series(TEXTS, dtype="string[python]"),
    "pandas_string_pyarrow": lambda: pd.Series(TEXTS, dtype="string[pyarrow]"),
    "pandas_arrow_small": lambda: pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.string())),
    "pandas_arrow_large": lambda: pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.large_string())),
    "pandas_category": lambda: pd.Series(TEXTS).astype("category"),
    "pandas_category_of_objects": lambda: pd.Series(TEXTS, dtype=object).astype("category"),
    "pandas_sparse": lambda: pd.Series(pd.arrays.SparseArray(objects())),
    "pandas_index": lambda: pd.Index(TEXTS),
    "pandas_sliced": lambda: pd.Series(["x", *TEXTS, "y"], dtype="str").iloc[1:-1],
    "pandas_joined": lambda: pd.concat([pd.Series(TEXTS[:3]), pd.Series(TEXTS[3:])]),
    "polars": lambda: pl.Series(TEXTS),
    "polars_category": lambda: pl.Series(TEXTS, dtype=pl.Categorical),
    "polars_enum": lambda: pl.Series(TEXTS, dtype=pl.Enum([t for t in TEXTS if t is not None])),
    "polars_sliced": lambda: pl.Series(["x", *TEXTS])[1:],
    "polars_chunked": lambda: pl.concat(
        [pl.Series(TEXTS[:4]), pl.Series(TEXTS[4:])], rechunk=False
    ),
    "arrow_string": lambda: pa.array(TEXTS, pa.string()),
    "arrow_large_string": lambda: pa.array(TEXTS, pa.large_string()),
    "arrow_view": lambda: pa.array(TEXTS, pa.string_view()),
    "arrow_view_sliced": lambda: pa.array(["x" * 20, *TEXTS], pa.string_view()).slice(1),
    "arrow_dictionary": lambda: pa.array(TEXTS, pa.string()).dictionary_encode(),
    "arrow_dictionary_sliced": lambda: pa.array(["x", *TEXTS]).dictionary_encode().slice(1),
    "arrow_dictionary_large": lambda: pa.array(TEXTS, pa.large_string()).dictionary_encode(),
    **{f"arrow_dictionary_{name}": lambda name=name: dictionary(name) for name in INTEGERS},
    "arrow_sliced": lambda: pa.array(["x", None, *TEXTS, "y"]).slice(2, len(TEXTS)),
    "arrow_chunked": lambda: pa.chunked_array(
        [TEXTS[:3], [], TEXTS[3:5], TEXTS[5:]], pa.large_string()
    ),
    "arrow_struct": struct,
    "arrow_struct_sliced": lambda: pa.concat_arrays([pa.array([{"text": "x"}]), struct()]).slice(1),
    "arrow_struct_of_sliced_field": struct_of_sliced_field,
    "duckdb": lambda: relation(columns="text"),
}

FRAMES: dict[str, Callable[[], Any]] = {
    "pandas": lambda: pd.DataFrame({"other": OTHER, "text": TEXTS}),
    "polars": lambda: pl.DataFrame({"text": TEXTS, "other": OTHER}),
    "arrow": lambda: pa.table({"other": OTHER, "text": TEXTS}),
    "arrow_batch": lambda: pa.record_batch({"text": ["x", *TEXTS], "other": [9, *OTHER]}).slice(1),
    "arrow_chunked": lambda: pa.concat_tables(
        [FRAMES["arrow"]().slice(0, 3), FRAMES["arrow"]().slice(3)]
    ),
    "arrow_reader": lambda: FRAMES["arrow_chunked"]().to_reader(),
    "duckdb": relation,
    "duckdb_large": lambda: relation("set arrow_large_buffer_size = true"),
    "duckdb_view": lambda: relation("set produce_arrow_string_view = true"),
}

# ---- an exporter that says whatever it is told to ------------------------------------------------


class _Schema(ctypes.Structure):
    pass


class _Array(ctypes.Structure):
    pass


class _Stream(ctypes.Structure):
    pass


_RELEASE_SCHEMA = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Schema))
_RELEASE_ARRAY = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Array))
_RELEASE_STREAM = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Stream))
_GET_SCHEMA = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Schema))
_GET_NEXT = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Array))
_GET_ERROR = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.POINTER(_Stream))

_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(_Schema))),
    ("dictionary", ctypes.POINTER(_Schema)),
    ("release", _RELEASE_SCHEMA),
    ("private_data", ctypes.c_void_p),
]
_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(_Array))),
    ("dictionary", ctypes.POINTER(_Array)),
    ("release", _RELEASE_ARRAY),
    ("private_data", ctypes.c_void_p),
]
_Stream._fields_ = [
    ("get_schema", _GET_SCHEMA),
    ("get_next", _GET_NEXT),
    ("get_last_error", _GET_ERROR),
    ("release", _RELEASE_STREAM),
    ("private_data", ctypes.c_void_p),
]

_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype = ctypes.py_object
_new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]


@dataclass
class Schema:
    """What a column says it is."""

    format: str
    name: str = ""
    children: Sequence[Schema] = ()
    dictionary: Schema | None = None


@dataclass
class Batch:
    """An array of a column: any buffers, any numbers."""

    length: int
    buffers: Sequence[bytes | None] = ()
    offset: int = 0
    null_count: int = -1
    n_buffers: int | None = None
    children: Sequence[Batch | None] = ()
    dictionary: Batch | None = None


@dataclass
class _Exporter:
    """A column of Arrow data made by hand; it counts what is released."""

    schema: Schema
    batches: Sequence[Batch]
    fail_at: int | None = None  # this batch is not given: the stream says `code` and `message`
    fail_schema: bool = False
    code: int = 5
    message: bytes | None = b"the line is dead"
    released: list[str] = field(default_factory=list)
    _kept: list[Any] = field(default_factory=list)

    def _keep(self, value: Any) -> Any:
        self._kept.append(value)
        return value

    def _fill_schema(self, schema: Schema, out: _Schema) -> None:
        out.format = self._keep(schema.format.encode())
        out.name = self._keep(schema.name.encode())
        out.n_children = len(schema.children)
        children = self._keep((ctypes.POINTER(_Schema) * max(1, len(schema.children)))())
        for i, child in enumerate(schema.children):
            held = self._keep(_Schema())
            self._fill_schema(child, held)
            children[i] = ctypes.pointer(held)
        out.children = children
        if schema.dictionary is not None:
            held = self._keep(_Schema())
            self._fill_schema(schema.dictionary, held)
            out.dictionary = ctypes.pointer(held)
        out.release = self._keep(_RELEASE_SCHEMA(self._release("schema", _RELEASE_SCHEMA)))

    def _fill_array(self, batch: Batch, out: _Array) -> None:
        out.length, out.null_count, out.offset = batch.length, batch.null_count, batch.offset
        n = len(batch.buffers)
        out.n_buffers = n if batch.n_buffers is None else batch.n_buffers
        buffers = self._keep((ctypes.c_void_p * max(1, n))())
        for i, content in enumerate(batch.buffers):
            if content is not None:
                held = self._keep(ctypes.create_string_buffer(content, max(1, len(content))))
                buffers[i] = ctypes.addressof(held)
        out.buffers = ctypes.cast(buffers, ctypes.POINTER(ctypes.c_void_p))
        out.n_children = len(batch.children)
        children = self._keep((ctypes.POINTER(_Array) * max(1, len(batch.children)))())
        for i, child in enumerate(batch.children):
            if child is not None:
                held = self._keep(_Array())
                self._fill_array(child, held)
                children[i] = ctypes.pointer(held)
        out.children = children
        if batch.dictionary is not None:
            held = self._keep(_Array())
            self._fill_array(batch.dictionary, held)
            out.dictionary = ctypes.pointer(held)
        out.release = self._keep(_RELEASE_ARRAY(self._release("array", _RELEASE_ARRAY)))

    def _release(self, what: str, kind: Any) -> Callable[[Any], None]:
        def release(pointer: Any) -> None:
            self.released.append(what)
            pointer.contents.release = ctypes.cast(None, kind)

        return release


class Exporter(_Exporter):
    """Through ``__arrow_c_stream__``."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        given = iter(enumerate(self.batches))

        def get_schema(stream: Any, out: Any) -> int:
            if self.fail_schema:
                return self.code
            ctypes.memset(out, 0, ctypes.sizeof(_Schema))
            self._fill_schema(self.schema, out.contents)
            return 0

        def get_next(stream: Any, out: Any) -> int:
            ctypes.memset(out, 0, ctypes.sizeof(_Array))
            number, batch = next(given, (None, None))
            if number is not None and number == self.fail_at:
                return self.code
            if batch is not None:
                self._fill_array(batch, out.contents)
            return 0

        message = None if self.message is None else self._keep(ctypes.c_char_p(self.message))
        stream = self._keep(_Stream())
        stream.get_schema = self._keep(_GET_SCHEMA(get_schema))
        stream.get_next = self._keep(_GET_NEXT(get_next))
        stream.get_last_error = self._keep(
            _GET_ERROR(
                lambda _: None if message is None else ctypes.cast(message, ctypes.c_void_p).value
            )
        )
        stream.release = self._keep(_RELEASE_STREAM(self._release("stream", _RELEASE_STREAM)))
        return _new_capsule(ctypes.addressof(stream), b"arrow_array_stream", None)


class ArrayExporter(_Exporter):
    """Through ``__arrow_c_array__``: one batch, without a stream."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        schema, array = self._keep(_Schema()), self._keep(_Array())
        self._fill_schema(self.schema, schema)
        self._fill_array(self.batches[0], array)
        return (
            _new_capsule(ctypes.addressof(schema), b"arrow_schema", None),
            _new_capsule(ctypes.addressof(array), b"arrow_array", None),
        )


def offsets(*values: int, large: bool = False) -> bytes:
    return np.array(values, dtype=np.int64 if large else np.int32).tobytes()


def views(*entries: tuple[int, int, int] | bytes) -> bytes:
    """Return string views: (length, buffer, offset), or bytes that fit within one."""
    made = b""
    for entry in entries:
        if isinstance(entry, bytes):
            made += offsets(len(entry)) + entry.ljust(12, b"\0")
        else:
            made += offsets(entry[0]) + b"\0" * 4 + offsets(*entry[1:])
    return made
