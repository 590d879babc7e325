"""Arrow data as no honest library makes it: an error with the row, everything released."""

import numpy as np
import pyarrow as pa
import pytest
from producers import ArrayExporter, Batch, Exporter, Schema, offsets, views

from coactor import Corpus, tokenize

VALID = b"\xff"
STRINGS = [None, offsets(0, 2, 5), b"abcde"]
LARGE = [None, offsets(0, 2, 5, large=True), b"abcde"]
FAR = b"a text that is longer than twelve bytes"


def indexed(codes, values=STRINGS, n_values=2, kind="i"):
    schema = Schema(kind, dictionary=Schema("u"))
    batch = Batch(
        len(codes),
        [None, np.array(codes, dtype=np.int32).tobytes()],
        dictionary=Batch(n_values, values),
    )
    return schema, batch


def framed(length, child, **more):
    return Schema("+s", children=[Schema("u", "text")]), Batch(
        length, [None], children=[child], **more
    )


# ---- what is right -------------------------------------------------------------------------------

FAR_VIEWS = [None, views(b"short", (len(FAR), 0, 0)), FAR, offsets(len(FAR), large=True)]
RIGHT = {
    "small": (Schema("u"), Batch(2, STRINGS), ["ab", "cde"]),
    "large": (Schema("U"), Batch(2, LARGE), ["ab", "cde"]),
    "from_the_middle": (Schema("u"), Batch(1, STRINGS, offset=1), ["cde"]),
    "missing": (Schema("u"), Batch(2, [b"\x02", *STRINGS[1:]]), [None, "cde"]),
    "validity_that_no_null_needs": (
        Schema("u"),
        Batch(2, [b"\0", *STRINGS[1:]], null_count=0),
        ["ab", "cde"],
    ),
    "view": (Schema("vu"), Batch(2, FAR_VIEWS), ["short", FAR.decode()]),
    "short_views_without_sizes": (Schema("vu"), Batch(1, [None, views(b"short")]), ["short"]),
    "dictionary": (*indexed([1, 0, 1]), ["cde", "ab", "cde"]),
    "nulls": (Schema("n"), Batch(3), [None, None, None]),
    "no_rows": (Schema("u"), Batch(0, [None, None, None]), []),
    "no_rows_and_no_buffers": (Schema("U"), Batch(0), []),
    "no_bytes": (Schema("u"), Batch(2, [None, offsets(0, 0, 0), None]), ["", ""]),
    "struct": (*framed(2, Batch(2, STRINGS)), ["ab", "cde"]),
    "struct_from_the_middle": (*framed(1, Batch(2, STRINGS), offset=1), ["cde"]),
}


@pytest.mark.parametrize("kind", [Exporter, ArrayExporter])
@pytest.mark.parametrize("name", list(RIGHT))
def test_what_is_right_is_read_and_released_when_it_is_no_longer_needed(name, kind):
    schema, batch, texts = RIGHT[name]
    column = kind(schema, [batch])
    corpus = Corpus(column)
    assert [
        None if m else corpus.text(i) for i, m in enumerate(corpus.documents["missing"])
    ] == texts
    assert "array" not in column.released
    del corpus
    assert sorted(column.released) == sorted(
        ["array", "schema"] + (["stream"] if kind is Exporter else [])
    )


def test_batches_stand_one_behind_the_other():
    column = Exporter(Schema("u"), [Batch(2, STRINGS), Batch(0), Batch(1, STRINGS, offset=1)])
    assert tokenize(column).to_list() == [["ab"], ["cde"], ["cde"]]
    assert column.released.count("array") == 3


# ---- what is wrong -------------------------------------------------------------------------------

WRONG = {
    "offsets_that_fall": (
        Schema("u"),
        Batch(3, [None, offsets(0, 5, 3, 5), b"abcde"]),
        1,
        "offsets fall",
    ),
    "an_offset_beyond_the_last": (
        Schema("u"),
        Batch(2, [None, offsets(0, 2**30, 5), b"abcde"]),
        *(0, "offsets fall"),
    ),
    "a_negative_offset": (
        Schema("u"),
        Batch(1, [None, offsets(-4, 5), b"abcde"]),
        0,
        "offsets fall",
    ),
    "large_offsets_that_fall": (
        Schema("U"),
        Batch(2, [None, offsets(0, 2**40, 5, large=True), b"abcde"]),
        *(0, "offsets fall"),
    ),
    "no_offsets": (Schema("u"), Batch(2, [None, None, b"abcde"]), 0, "a buffer is missing"),
    "no_data": (Schema("u"), Batch(2, [None, offsets(0, 2, 5), None]), 0, "data buffer is missing"),
    "two_buffers_of_three": (Schema("u"), Batch(2, STRINGS, n_buffers=2), 0, "a buffer is missing"),
    "no_buffers": (Schema("U"), Batch(2), 0, "a buffer is missing"),
    "a_negative_length": (Schema("u"), Batch(-1, STRINGS), 0, "negative length or offset"),
    "a_negative_start": (Schema("u"), Batch(1, STRINGS, offset=-1), 0, "negative length or offset"),
    "a_length_that_wraps": (
        Schema("u"),
        Batch(2**62, STRINGS, offset=2**63 - 2**61),
        *(0, "negative length or offset"),
    ),
    "not_utf_8": (
        Schema("u"),
        Batch(2, [None, offsets(0, 2, 5), b"abc\xffe"]),
        1,
        "invalid UTF-8 at byte 1",
    ),
    "half_a_character": (
        Schema("u"),
        Batch(2, [None, offsets(0, 1, 2), "é".encode()]),
        0,
        "invalid UTF-8 at byte 0",
    ),
    "not_utf_8_in_a_view": (
        Schema("vu"),
        Batch(1, [None, views(b"a\x80")]),
        0,
        "invalid UTF-8 at byte 1",
    ),
    "an_index_beyond_the_dictionary": (*indexed([0, 2]), 1, "index is out of range"),
    "a_negative_index": (*indexed([0, 1, -1]), 2, "index is out of range"),
    "a_dictionary_shorter_than_it_says": (
        *indexed([0], [None, offsets(0, 9, 5), b"abcde"]),
        *(0, "offsets fall"),
    ),
    "no_dictionary": (
        Schema("i", dictionary=Schema("u")),
        Batch(1, [None, offsets(0)]),
        *(0, "an array is missing"),
    ),
    "no_indices": (
        Schema("i", dictionary=Schema("u")),
        Batch(1, [None, None], dictionary=Batch(2, STRINGS)),
        *(0, "a buffer is missing"),
    ),
    "a_view_into_no_buffer": (
        Schema("vu"),
        Batch(2, [None, views(b"ok", (20, 1, 0)), FAR, offsets(len(FAR), large=True)]),
        *(1, "points outside of its buffers"),
    ),
    "a_view_into_a_negative_buffer": (
        Schema("vu"),
        Batch(1, [None, views((20, -1, 0)), FAR, offsets(len(FAR), large=True)]),
        *(0, "points outside of its buffers"),
    ),
    "a_view_beyond_the_end": (
        Schema("vu"),
        Batch(1, [None, views((20, 0, len(FAR) - 19)), FAR, offsets(len(FAR), large=True)]),
        *(0, "points outside of its buffers"),
    ),
    "a_view_before_the_start": (
        Schema("vu"),
        Batch(1, [None, views((20, 0, -1)), FAR, offsets(len(FAR), large=True)]),
        *(0, "points outside of its buffers"),
    ),
    "a_view_of_negative_length": (
        Schema("vu"),
        Batch(1, [None, views((-20, 0, 0)), FAR, offsets(len(FAR), large=True)]),
        *(0, "negative length"),
    ),
    "a_far_view_without_sizes": (
        Schema("vu"),
        Batch(1, [None, views((20, 0, 0))]),
        *(0, "points outside of its buffers"),
    ),
    "a_view_into_a_buffer_that_is_missing": (
        Schema("vu"),
        Batch(1, [None, views((20, 0, 0)), None, offsets(len(FAR), large=True)]),
        *(0, "points outside of its buffers"),
    ),
    "a_struct_without_its_field": (*framed(2, None), 0, "an array is missing"),
    "a_struct_without_any_field": (
        Schema("+s", children=[Schema("u", "text")]),
        Batch(2, [None]),
        *(0, "an array is missing"),
    ),
    "a_field_shorter_than_its_struct": (*framed(3, Batch(2, STRINGS)), 0, "shorter than the one"),
    "a_field_shorter_than_the_start": (
        *framed(2, Batch(2, STRINGS), offset=1),
        *(0, "shorter than the one"),
    ),
    "a_text_of_eight_gigabytes": (
        Schema("U"),
        Batch(2, [None, offsets(0, 5, 2**33, large=True), b"abcde"]),
        *(1, "is too large: at most 2147483647 characters"),
    ),
}


@pytest.mark.parametrize("kind", [Exporter, ArrayExporter])
@pytest.mark.parametrize("name", list(WRONG))
def test_what_is_wrong_is_an_error_with_its_row_and_all_is_released(name, kind):
    schema, batch, row, why = WRONG[name]
    column = kind(schema, [batch])
    with pytest.raises(ValueError, match=rf"row {row}\b.*{why}"):
        tokenize(column)
    assert sorted(column.released) == sorted(
        ["array", "schema"] + (["stream"] if kind is Exporter else [])
    )


def test_the_row_counts_from_the_first_batch():
    schema, batch, _, why = WRONG["offsets_that_fall"]
    column = Exporter(schema, [Batch(2, STRINGS), batch])
    with pytest.raises(ValueError, match=rf"row 3: .*{why}"):
        tokenize(column)
    assert column.released.count("array") == 2


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_of_many_bad_rows_the_first_is_named_on_any_number_of_threads(threads):
    rows = [b"x" * 10_000] * 300
    for bad in (120, 121, 170, 299):
        rows[bad] = b"x" * 77 + b"\xff"
    column = pa.array(rows).cast(pa.binary())
    column = pa.Array.from_buffers(pa.string(), len(rows), column.buffers())
    with pytest.raises(ValueError, match="row 120: invalid UTF-8 at byte 77"):
        tokenize(column, threads=threads)


@pytest.mark.parametrize(
    "format", ["l", "z", "Z", "vz", "+l", "+L", "+vl", "b", "tdD", "w:4", "+r"]
)
def test_another_type_is_refused_before_any_row_is_read(format):
    column = Exporter(Schema(format), [Batch(1, STRINGS)])
    with pytest.raises(TypeError, match="expected strings"):
        tokenize(column)
    assert sorted(column.released) == ["schema", "stream"]


@pytest.mark.parametrize(
    "schema",
    [
        Schema("i", dictionary=Schema("l")),
        Schema("f", dictionary=Schema("u")),
        Schema("i", dictionary=Schema("i", dictionary=Schema("u"))),
    ],
    ids=["of_numbers", "by_floats", "of_dictionaries"],
)
def test_a_dictionary_of_something_else_is_refused(schema):
    column = Exporter(schema, [Batch(1, STRINGS, dictionary=Batch(2, STRINGS))])
    with pytest.raises(TypeError, match="expected strings"):
        tokenize(column)
    assert sorted(column.released) == ["schema", "stream"]


# ---- streams that fail ---------------------------------------------------------------------------


def test_a_stream_that_fails_half_way_says_where_and_why():
    column = Exporter(Schema("u"), [Batch(2, STRINGS)] * 3, fail_at=2)
    with pytest.raises(OSError, match="Arrow stream failed at row 4: the line is dead"):
        tokenize(column)
    assert sorted(column.released) == ["array", "array", "schema", "stream"]


def test_a_stream_that_fails_at_once_has_nothing_to_release_but_itself():
    column = Exporter(Schema("u"), [], fail_schema=True)
    with pytest.raises(OSError, match="Arrow stream failed at row 0: the line is dead"):
        tokenize(column)
    assert column.released == ["stream"]


def test_without_a_message_the_code_of_a_failure_is_explained():
    column = Exporter(Schema("u"), [Batch(2, STRINGS)], fail_at=0, code=28, message=None)
    with pytest.raises(OSError, match="failed at row 0: No space left"):
        tokenize(column)


def test_a_reader_that_raises_half_way_says_so():
    def batches():
        yield pa.record_batch({"text": ["Kabul"]})
        raise RuntimeError("the line is dead")

    reader = pa.RecordBatchReader.from_batches(pa.schema([("text", pa.string())]), batches())
    with pytest.raises((OSError, RuntimeError), match="the line is dead"):
        tokenize(reader)


# ---- capsules ------------------------------------------------------------------------------------


class Twice:
    """A column that hands out the same capsule every time."""

    def __init__(self, column, method):
        self.made = getattr(column, method)()
        setattr(Twice, method, lambda self, requested_schema=None: self.made)
        self.method = method

    def close(self):
        delattr(Twice, self.method)


@pytest.mark.parametrize(
    ("kind", "method", "what"),
    [(Exporter, "__arrow_c_stream__", "stream"), (ArrayExporter, "__arrow_c_array__", "array")],
)
def test_what_was_consumed_before_is_refused(kind, method, what):
    column = kind(Schema("u"), [Batch(2, STRINGS)])
    twice = Twice(column, method)
    try:
        assert tokenize(twice).to_list() == [["ab"], ["cde"]]
        released = list(column.released)
        with pytest.raises(ValueError, match=f"Arrow {what} was consumed before"):
            tokenize(twice)
        assert column.released == released
    finally:
        twice.close()


@pytest.mark.parametrize("made", [None, 7, (), (1, 2), "capsule"])
@pytest.mark.parametrize("method", ["__arrow_c_stream__", "__arrow_c_array__"])
def test_what_is_no_capsule_is_refused(made, method):
    column = type("Odd", (), {method: lambda self, requested_schema=None: made})()
    with pytest.raises((TypeError, ValueError)):
        tokenize(column)


def test_an_exporter_that_raises_hands_its_own_error_on():
    def fail(self, requested_schema=None):
        raise PermissionError("not yours")

    with pytest.raises(PermissionError, match="not yours"):
        tokenize(type("Odd", (), {"__arrow_c_stream__": fail})())
