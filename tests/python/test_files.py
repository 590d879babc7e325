"""Files of text and tables: what is read, and what is said of files that cannot be."""

import json
import os
import re

import pandas as pd
import pytest

from coactor import Actors, Corpus, Lexicon

TEXT = "Café “Moscow”, Kabul.\r\nNo 🇺🇸 flag —\rok"


def put(folder, name, content, encoding="utf-8"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def texts_of(corpus):
    return [corpus._text(number) for number in range(len(corpus))]


def raises(kind, *words):
    """A context in which an error of this kind, with all these words, must be raised."""
    pattern = "".join(f"(?=.*{re.escape(str(word))})" for word in words)
    return pytest.raises(kind, match=f"(?s){pattern}")


# ---- text files ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-8-sig", b"\xef\xbb\xbf"),
        ("utf-16", b""),
        ("utf-16-le", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-32", b""),
    ],
)
def test_text_is_read_as_it_is_in_its_encoding_without_a_byte_order_mark(tmp_path, encoding, mark):
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    path = put(tmp_path, "a.txt", mark + TEXT.encode(codec))
    corpus = Corpus.read(path, encoding=encoding)
    assert corpus.text("a.txt") == TEXT
    assert corpus.mentions(Actors({"RUS": ["Moscow"]})).to_frame()["start"].tolist() == [6]


def test_other_encodings_are_read_when_they_are_named(tmp_path):
    path = put(tmp_path, "a.txt", "Größe: 5 €".encode("cp1252"))
    assert Corpus.read(path, encoding="cp1252").text("a.txt") == "Größe: 5 €"
    with raises(ValueError, path, "byte 2 is not utf-8", "encoding="):
        Corpus.read(path)
    with raises(ValueError, "encoding='klingon' is not known"):
        Corpus.read(path, encoding="klingon")


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ["byte 0 is not utf-8"]),
        (b"text\n1\x002\n", ["NUL at character 6", "not a text file"]),
        (b"text\nfine\n" + b"caf\xe9\n", ["byte 13 is not utf-8"]),
    ],
)
def test_a_file_that_is_no_text_is_named_with_the_place(tmp_path, name, content, words):
    path = put(tmp_path, name, content)
    with raises(ValueError, path, *words):
        Corpus.read(path)


@pytest.mark.parametrize("read", [Actors.read, Lexicon.read], ids=["actors", "lexicon"])
def test_dictionaries_are_read_as_strictly(tmp_path, read):
    with raises(FileNotFoundError, tmp_path / "none.csv", "no such file"):
        read(tmp_path / "none.csv")
    path = put(tmp_path, "a.csv", b"\xff\xfe")
    with raises(ValueError, path, "byte 0 is not utf-8"):
        read(path)
    (tmp_path / "folder.csv").mkdir()
    with raises(ValueError, tmp_path / "folder.csv", "is a folder"):
        read(tmp_path / "folder.csv")


# ---- which files ---------------------------------------------------------------------------------


def test_folders_globs_and_paths_stand_for_files_each_once_in_order(tmp_path):
    for name in ("b/two.txt", "a/one.txt", "a/deep/three.txt"):
        put(tmp_path, name, name)
    put(tmp_path, "a/notes.md", b"\xff")
    everything = ["a/deep/three.txt", "a/one.txt", "b/two.txt"]
    assert texts_of(Corpus.read(tmp_path)) == everything
    assert texts_of(Corpus.read(str(tmp_path))) == everything
    assert texts_of(Corpus.read(f"{tmp_path}/*/*.txt")) == ["a/one.txt", "b/two.txt"]
    assert texts_of(Corpus.read(f"{tmp_path}/**/*.txt")) == everything
    one = tmp_path / "a" / "one.txt"
    assert texts_of(Corpus.read([tmp_path / "b", one, tmp_path])) == [
        *["b/two.txt", "a/one.txt", "a/deep/three.txt"]
    ]


def test_a_text_file_is_named_by_the_shortest_tail_of_its_path_that_is_its_own(tmp_path):
    for name in ("x/day.txt", "y/day.txt", "x/z/day.txt"):
        put(tmp_path, name, "Kabul")
    put(tmp_path, "only.txt", "Kabul")
    names = Corpus.read([tmp_path / "only.txt", tmp_path / "x" / "day.txt"]).documents["doc"]
    assert names.tolist() == ["only.txt", "day.txt"]
    corpus = Corpus.read([tmp_path / "x", tmp_path / "y"])
    assert corpus.documents["doc"].tolist() == ["x/day.txt", "z/day.txt", "y/day.txt"]
    mentions = corpus.mentions(Actors({"A": ["Kabul"]}))
    assert mentions.to_frame()["doc"].tolist() == ["x/day.txt", "z/day.txt", "y/day.txt"]
    assert Corpus.read(tmp_path).documents["doc"].is_unique


def test_a_name_with_the_signs_of_a_glob_is_a_name_first(tmp_path):
    put(tmp_path, "[a].txt", "signs")
    put(tmp_path, "a.txt", "letter")
    assert texts_of(Corpus.read(tmp_path / "[a].txt")) == ["signs"]


def test_paths_that_lead_nowhere_are_named(tmp_path):
    (tmp_path / "empty").mkdir()
    with raises(FileNotFoundError, tmp_path / "none.txt", "no such file or folder"):
        Corpus.read(tmp_path / "none.txt")
    with raises(ValueError, tmp_path / "empty", "holds no .txt, .csv, .jsonl, .parquet files"):
        Corpus.read(tmp_path / "empty")
    with raises(FileNotFoundError, "*.txt", "no file matches"):
        Corpus.read(f"{tmp_path}/*.txt")
    with raises(ValueError, "no file was given"):
        Corpus.read([])
    path = put(tmp_path, "a.docx", "x")
    with raises(ValueError, path, "unknown kind of file", ".txt, .csv, .jsonl, .parquet"):
        Corpus.read(path)


def test_a_file_that_is_named_twice_is_refused(tmp_path):
    for name in ("a.txt", "a.csv"):
        path = put(tmp_path, name, "text\nKabul\n")
        with raises(ValueError, "paths:", path, "is given twice"):
            Corpus.read([path, str(path)])
    one = put(tmp_path, "b/b.txt", "Kabul")
    assert len(Corpus.read([one, one.parent, f"{one.parent}/*.txt"])) == 1


def test_texts_and_tables_do_not_mix(tmp_path):
    put(tmp_path, "a.txt", "x")
    put(tmp_path, "b.csv", "text\ny\n")
    with raises(ValueError, "text files and tables"):
        Corpus.read(tmp_path)


# ---- tables --------------------------------------------------------------------------------------

FRAME = pd.DataFrame(
    {
        "id": ["n1", "n2", "n3"],
        "text": ['Kabul said: "no, never".\nMoscow, too', None, "Café — 🇺🇸"],
        "date": ["1962-10-27", "1962-10-28", None],
        "outlet": ["x", "y", "x"],
    }
)


def write_csv(path):
    FRAME.to_csv(path, index=False)


def write_csv_with_mark(path):
    FRAME.to_csv(path, index=False, encoding="utf-8-sig", quoting=1)


def write_csv_dos(path):
    FRAME.to_csv(path, index=False, lineterminator="\r\n")


def write_jsonl(path):
    rows = FRAME.astype(object).where(FRAME.notna(), None).to_dict("records")
    path.write_text("".join(json.dumps(row) + "\n\n" for row in rows), encoding="utf-8")


def write_jsonl_with_mark(path):
    rows = FRAME.astype(object).where(FRAME.notna(), None).to_dict("records")
    lines = [json.dumps({k: v for k, v in row.items() if v}, ensure_ascii=False) for row in rows]
    path.write_text("\r\n".join(lines), encoding="utf-8-sig", newline="")


def write_parquet(path):
    FRAME.to_parquet(path)


@pytest.mark.parametrize(
    ("write", "suffix"),
    [
        (write_csv, ".csv"),
        (write_csv_with_mark, ".csv"),
        (write_csv_dos, ".csv"),
        (write_jsonl, ".jsonl"),
        (write_jsonl_with_mark, ".jsonl"),
        (write_parquet, ".parquet"),
    ],
)
def test_a_table_gives_a_document_a_row(tmp_path, write, suffix):
    path = tmp_path / f"notes{suffix}"
    write(path)
    corpus = Corpus.read(path, id="id", date="date", by="outlet")
    documents = corpus.documents
    assert documents["doc"].tolist() == ["n1", "n2", "n3"]
    assert documents["missing"].tolist() == [False, True, False]
    assert documents["outlet"].tolist() == ["x", "y", "x"]
    assert documents["date"].isna().tolist() == [False, False, True]
    assert corpus.text("n1") == FRAME["text"][0]
    assert corpus.text("n3") == FRAME["text"][2]


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_table_whose_header_leaves_no_doubt_is_read_whatever_separates_it(tmp_path, mark):
    rows = [["id", "body", "text"], ["u1", "a, b", f'"c{mark}d"'], ["u2", "", "e"]]
    path = put(tmp_path, "a.csv", "".join(mark.join(row) + "\r\n" for row in rows))
    corpus = Corpus.read(path, text=["body", "text"], id="id")
    assert [corpus.text("u1"), corpus.text("u2")] == [f"a, b\n\nc{mark}d", "e"]
    with raises(ValueError, path, "2 fields", f"parted by commas here, not by {mark!r}"):
        Corpus.read(path, text="other")
    path = put(tmp_path, "d.csv", f"id{mark}body\n1{mark}x\n")
    with raises(ValueError, path, "no column 'text'", f"parted by commas here, not by {mark!r}"):
        Corpus.read(path)
    table = put(tmp_path, "b.csv", f"actor{mark}alias\nMLI{mark}Mali, the\n")
    assert Actors.read(table).to_frame()["alias"].tolist() == ["Mali, the"]
    wrong = put(tmp_path, "c.csv", f"actor{mark}name\nMLI{mark}Mali\n")
    with raises(
        ValueError, f"{wrong}:1", "no column 'actor'", f"parted by commas here, not by {mark!r}"
    ):
        Actors.read(wrong)


def test_a_header_with_a_comma_is_separated_by_commas(tmp_path):
    path = put(tmp_path, "a.csv", "text,note;text\nKabul;Moscow,x\n")
    assert texts_of(Corpus.read(path)) == ["Kabul;Moscow"]
    path = put(tmp_path, "b.csv", "text\nKabul;Moscow\n")
    assert texts_of(Corpus.read(path)) == ["Kabul;Moscow"]


def test_several_tables_are_one_corpus(tmp_path):
    put(tmp_path, "a.csv", "text,outlet\nKabul,x\n")
    put(tmp_path, "b.jsonl", '{"text": "Moscow"}\n{"text": "Minsk", "outlet": "y"}\n')
    corpus = Corpus.read(tmp_path)
    assert texts_of(corpus) == ["Kabul", "Moscow", "Minsk"]
    assert corpus.documents["doc"].tolist() == [0, 1, 2]
    counts = corpus.mentions(Actors({"AFG": ["Kabul"], "BLR": ["Minsk"]})).counts(by="outlet")
    assert counts.loc["x"].tolist() == [1, 0] and counts.loc["y"].tolist() == [0, 1]


def test_fields_of_a_table_are_read_as_text_and_numbers_stay_as_written(tmp_path):
    path = put(tmp_path, "a.csv", "title,body,code\n007,1e5,NA\nnull,nan,-\n")
    corpus = Corpus.read(path, text=["title", "body"], id="code")
    assert texts_of(corpus) == ["007\n\n1e5", "null\n\nnan"]
    assert corpus.documents["doc"].tolist() == ["NA", "-"]


def test_a_long_field_is_read(tmp_path):
    path = put(tmp_path, "a.csv", "text\n" + "Kabul " * 50_000 + "\n")
    assert Corpus.read(path).documents["n_tokens"].tolist() == [50_000]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "", ["is empty", "column names"]),
        ("a.csv", "body,when\nx,y\n", ["no column 'text'", "'body', 'when'"]),
        ("a.csv", "text,n\nfine,1\na,b,c\n", [":3: 3 fields, expected 2"]),
        ("a.csv", "text,n\nshort\n", [":2: 1 field, expected 2"]),
        ("a.csv", "text,text\na,b\n", ["several columns have the name 'text'"]),
        ("a.csv", 'text,n\n"open,1\n', [":2: a quotation mark is opened"]),
        ("a.csv", 'text,n\n"a"b,1\n', ["expected after"]),
        ("a.jsonl", '{"text": "a"}\n{"text": \n', [":2: not JSON"]),
        ("a.jsonl", '{"text": "a"}\n\n["b"]\n', [":3: expected an object, got list"]),
        ("a.jsonl", '{"body": "a"}\n', ["no column 'text'", "'body'"]),
        ("a.jsonl", "", ["no column 'text'", "the columns are none"]),
        ("a.parquet", "no parquet", ["cannot be read as Parquet"]),
        ("a.parquet", "", ["cannot be read as Parquet"]),
    ],
)
def test_a_broken_table_is_named_with_the_place(tmp_path, name, content, words):
    path = put(tmp_path, name, content)
    with raises(ValueError, path, *words):
        Corpus.read(path)


def test_ids_that_repeat_in_a_table_are_an_error(tmp_path):
    path = put(tmp_path, "a.csv", "id,text\nn1,a\nn2,b\nn1,c\n")
    with raises(ValueError, "id='id'", "'n1'", "rows 0 and 2", "unique"):
        Corpus.read(path, id="id")


def test_a_value_that_is_no_text_is_an_error_with_its_row(tmp_path):
    path = put(tmp_path, "a.jsonl", '{"text": "a"}\n{"text": 5}\n')
    with raises(TypeError, "row 1", "5 (int)"):
        Corpus.read(path)


def test_a_table_with_a_header_alone_is_an_empty_corpus(tmp_path):
    corpus = Corpus.read(put(tmp_path, "a.csv", "text,outlet\n"))
    assert repr(corpus) == "Corpus(0 documents, 0 sentences, 0 tokens)"


def test_an_empty_text_file_is_a_document_without_tokens_that_is_not_missing(tmp_path):
    documents = Corpus.read([put(tmp_path, "a.txt", ""), put(tmp_path, "b.txt", "Hm.")]).documents
    assert documents["n_tokens"].tolist() == [0, 2]
    assert documents["missing"].tolist() == [False, False]


def test_a_suffix_in_capitals_is_the_same_suffix(tmp_path):
    put(tmp_path, "A.TXT", "Moscow.")
    put(tmp_path, "b.txt", "Kabul.")
    assert Corpus.read(tmp_path).documents["doc"].tolist() == ["A.TXT", "b.txt"]
    assert texts_of(Corpus.read(put(tmp_path, "T.CSV", "text\nIran\n"))) == ["Iran"]


def test_a_folder_that_cannot_be_opened_is_an_error_and_no_document_is_left_out(
    tmp_path, monkeypatch
):
    put(tmp_path, "a.txt", "Moscow.")
    put(tmp_path, "closed/b.txt", "Kabul.")
    scan = os.scandir

    def refuse(path="."):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with raises(PermissionError, "closed"):
        Corpus.read(tmp_path)


def test_a_folder_that_a_glob_stands_for_is_read_as_a_folder(tmp_path):
    put(tmp_path, "news/one/a.txt", "Moscow.")
    put(tmp_path, "news/b.txt", "Kabul.")
    assert Corpus.read(str(tmp_path / "news" / "*")).documents["doc"].tolist() == ["b.txt", "a.txt"]


def test_an_empty_path_is_not_this_folder():
    with raises(ValueError, "paths: '' names no file"):
        Corpus.read("")


def test_a_table_may_begin_with_empty_lines(tmp_path):
    assert texts_of(Corpus.read(put(tmp_path, "a.csv", "\n\ntext\nIran\n"))) == ["Iran"]
