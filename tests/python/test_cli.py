"""The command line: where data and messages go, exit statuses, and refusals before any work."""

import json
import os
import signal
import subprocess
import sys

import pandas as pd
import pytest

import coactor.analysis
from coactor import __version__
from coactor._replacing import check_target
from coactor.cli import main

NOTES = "id,date,text\nn1,1962-10-14,Russia warned the United States.\nn2,,Iran thanked Russia.\n"
ACTORS = "RUS: [Russia]\nUSA: [United States]\nIRN: [Iran]\n"
TABLES = ["actors.csv", "documents.csv", "mentions.csv", "pairs.csv", "tone.csv"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to work in, with a corpus, a dictionary and a lexicon."""
    monkeypatch.chdir(tmp_path)
    put("notes.csv", NOTES)
    put("actors.yml", ACTORS)
    put("lexicon.csv", "pattern,weight\nwarned,-1\nthanked,1\n")
    return tmp_path


def put(name, content):
    with open(name, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode("utf-8"))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def report(*arguments):
    return main(["report", *map(str, arguments)])


def refused(capsys, folder, *arguments):
    """Run what must fail: return what it says, and see that it left everything as it was."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    entries = sorted(folder.rglob("*"))
    status = report(*arguments)
    said = capsys.readouterr()
    assert status == 1
    assert said.out == ""
    assert said.err.startswith("coactor: error: ") and said.err.count("\n") == 1
    assert sorted(folder.rglob("*")) == entries
    assert {path: path.read_bytes() for path in before} == before
    return said.err.removeprefix("coactor: error: ").removesuffix("\n")


def run(*arguments, **options):
    """Run ``python -m coactor`` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "coactor", *arguments], capture_output=True, check=False, **options
    )


# ---- what it writes ------------------------------------------------------------------------------


def test_a_report_and_its_tables_are_written_and_named_on_standard_error(folder, capsys):
    options = ["--id", "id", "--date", "date", "--actors", "actors.yml", "--lexicon", "lexicon.csv"]
    assert report("notes.csv", *options, "-o", "page.html", "--tables", "t") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "coactor: 2 documents, 4 mentions, 3 actors, 2 pairs: page.html, tables in t\n"
    )
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and page.endswith("</html>")
    assert names(folder / "t") == TABLES
    assert pd.read_csv("t/documents.csv")["doc"].tolist() == ["n1", "n2"]
    assert pd.read_csv("t/pairs.csv")[["a", "b", "count"]].values.tolist() == [
        ["RUS", "IRN", 1],
        ["RUS", "USA", 1],
    ]
    assert pd.read_csv("t/actors.csv")[["actor", "negative", "positive"]].values.tolist() == [
        ["RUS", 1, 1],
        ["IRN", 0, 1],
        ["USA", 1, 0],
    ]


def test_a_dash_sends_the_page_alone_to_standard_output(folder, capsysbinary):
    assert report("notes.csv", "-o", "page.html") == 0
    capsysbinary.readouterr()
    assert report("notes.csv", "-o", "-", "--tables", "t") == 0
    said = capsysbinary.readouterr()
    assert said.out == (folder / "page.html").read_bytes()
    assert said.err == b"coactor: 2 documents, 4 mentions, 3 actors, 2 pairs: tables in t\n"
    assert "-" not in names(folder) and names(folder / "t") == TABLES


def test_folders_and_globs_are_read_and_documents_named_after_files(folder):
    (folder / "news").mkdir()
    put("news/one.txt", "Russia met Iran.")
    put("news/two.txt", "\ufeffIran waited.")
    put("news/other.pdf", b"%PDF")
    assert report("news", "-o", "a.html", "--tables", "a") == 0
    assert report("news/*.txt", "-o", "b.html", "--tables", "b") == 0
    assert pd.read_csv("a/documents.csv")["doc"].tolist() == ["one.txt", "two.txt"]
    assert (folder / "a.html").read_bytes() == (folder / "b.html").read_bytes()


def test_several_columns_are_joined(folder):
    put("heads.csv", "head,body\nRussia,met Iran\n")
    assert report("heads.csv", "--text", "head, body", "-o", "p.html", "--tables", "t") == 0
    assert pd.read_csv("t/mentions.csv")["paragraph"].tolist() == [0, 1]


def test_the_unit_is_that_of_the_option(folder):
    put("one.txt", "Russia spoke. Iran spoke.")
    for unit, n in (("sentence", 0), ("paragraph", 1), ("document", 1)):
        assert report("one.txt", "--unit", unit, "-o", "p.html", "--tables", "t") == 0
        assert len(pd.read_csv("t/pairs.csv")) == n


def test_a_roll_up_makes_a_person_and_the_state_one_actor(folder):
    put("one.txt", "Putin thanked Russia. Putin met Iran.")
    put("rus.yml", "RUS: [Russia]\nRUSPUT: {parent: RUS, aliases: [Putin]}\nIRN: [Iran]\n")
    how = ("--actors", "rus.yml", "-o", "p.html", "--tables", "t")
    for rollup, pairs in (((), 2), (("--rollup", "parent"), 1), (("--rollup", "3"), 1)):
        assert report("one.txt", *rollup, *how) == 0
        assert len(pd.read_csv("t/pairs.csv")) == pairs


def test_one_and_two_threads_write_the_same_bytes(folder):
    written = []
    for n in (1, 2):
        assert report("notes.csv", "--threads", n, "-o", "p.html", "--tables", "t") == 0
        paths = [folder / "p.html", *(folder / "t" / name for name in TABLES)]
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]


def test_a_corpus_that_names_nobody_is_still_a_page(folder, capsys):
    put("rain.txt", "It rained.")
    assert report("rain.txt", "-o", "page.html") == 0
    assert "0 mentions, 0 actors, 0 pairs" in capsys.readouterr().err
    assert "Nobody was found" in (folder / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name, content", [("a.txt", ""), ("a.csv", "id,text\n"), ("a.jsonl", '{"text": null}')]
)
def test_a_corpus_without_text_is_still_a_page(folder, name, content):
    put(name, content)
    assert report(name, "-o", "page.html", "--tables", "t") == 0
    assert "There is no text to read" in (folder / "page.html").read_text(encoding="utf-8")
    assert pd.read_csv("t/pairs.csv").empty


def test_hostile_text_passes_through_to_page_and_tables(folder):
    rows = [{"text": "Russia met \ud800\x01 Iran.\r\n<script>"}, {"text": None}, {}]
    put("notes.jsonl", "\n".join(map(json.dumps, rows)))
    assert report("notes.jsonl", "-o", "page.html", "--tables", "t") == 0
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert "<script>" not in page and "\x01" not in page
    assert pd.read_csv("t/documents.csv")["missing"].tolist() == [False, True, True]


def test_what_stood_there_before_is_replaced(folder):
    put("page.html", "old bytes")
    (folder / "t").mkdir()
    put("t/pairs.csv", "old bytes")
    put("t/notes.txt", "mine")
    assert report("notes.csv", "-o", "page.html", "--tables", "t") == 0
    assert b"old bytes" not in (folder / "page.html").read_bytes()
    assert b"old bytes" not in (folder / "t" / "pairs.csv").read_bytes()
    assert names(folder / "t") == sorted([*TABLES, "notes.txt"])


def test_a_file_that_is_no_file_is_written_to_directly(folder):
    assert report("notes.csv", "-o", os.devnull) == 0
    assert not os.path.isfile(os.devnull)


# ---- bad input: one line, exit 1, nothing changed ------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.csv", None, "missing.csv: no such file or folder"),
        ("*.nothing", None, "*.nothing: no file matches"),
        ("bad.txt", b"Caf\xe9", "bad.txt:1: byte 3 is not utf-8; is this a text file?"),
        ("bad.txt", b"\x7fELF\0\0", "bad.txt:1: holds NUL at character 4; not a text file"),
        ("bad.csv", b"text\n\xff\xfe", "bad.csv:2: byte 5 is not utf-8; is this a text file?"),
        ("bad.csv", "", "bad.csv: is empty, expected a line of column names"),
        ("bad.csv", "id,body\n1,x\n", "bad.csv: no column 'text'; the columns are 'id', 'body'"),
        ("bad.csv", "id,text\n1\n", "bad.csv:2: 1 field, expected 2"),
        ("bad.csv", 'id,text\n1,"a\nb"\n\n2,c,d\n', "bad.csv:5: 3 fields, expected 2"),
        ("bad.csv", "a,text,a\n1,2,3\n", "bad.csv: several columns have the name 'a'"),
        (
            "bad.csv",
            "id|text\n1|Russia\n",
            "bad.csv: no column 'text'; the columns are 'id|text'; fields are parted by commas "
            "here, not by '|'",
        ),
        ("bad.jsonl", '{"text": "a"}\n{"text"\n', "bad.jsonl:2: not JSON: "),
        ("bad.docx", "x", "bad.docx: unknown kind of file; expected one of .txt, .csv, "),
    ],
)
def test_text_that_cannot_be_read_is_named(folder, capsys, name, content, words):
    if content is not None:
        put(name, content)
    assert refused(capsys, folder, name, "-o", "page.html", "--tables", "t").startswith(words)


def test_an_empty_folder_is_named(folder, capsys):
    (folder / "empty").mkdir()
    said = refused(capsys, folder, "empty", "-o", "page.html")
    assert said.startswith("empty: the folder holds no .txt, .csv, ")


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--id", "--id 'nope': no such column; the columns are 'id', 'date', 'text'"),
        ("--date", "--date 'nope': no such column; the columns are 'id', 'date', 'text'"),
        ("--text", "notes.csv: no column 'nope'; the columns are 'id', 'date', 'text'"),
    ],
)
def test_a_column_that_is_not_there_is_named_with_those_that_are(folder, capsys, option, words):
    assert refused(capsys, folder, "notes.csv", option, "nope", "-o", "page.html") == words


def test_an_id_that_repeats_and_a_date_that_is_none_are_named(folder, capsys):
    put("twice.csv", "id,text\nn1,a\nn1,b\n")
    said = refused(capsys, folder, "twice.csv", "--id", "id", "-o", "page.html")
    assert "'n1' stands in rows 0 and 1" in said
    said = refused(capsys, folder, "notes.csv", "--date", "text", "-o", "page.html")
    assert "row 0 holds 'Russia warned the United States.'" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("RUS: [Russia\nUSA: [America]\n", "bad.yml:2: not YAML: "),
        ("USA: [America]\nRUS: []\n", "bad.yml:2: actor 'RUS' has no aliases; list at least one"),
        ("RUS: [Russia]\nRUS: [Moscow]\n", "bad.yml:2: 'RUS' stands here for the second time"),
        (b"\xff\xfe\0", "bad.yml:1: byte 0 is not utf-8"),
    ],
)
def test_a_broken_dictionary_is_named_with_its_line(folder, capsys, content, words):
    put("bad.yml", content)
    said = refused(capsys, folder, "notes.csv", "--actors", "bad.yml", "-o", "page.html")
    assert said.startswith(words)


def test_a_broken_lexicon_is_named_with_its_line(folder, capsys):
    put("bad.csv", "pattern,weight\nwar,much\n")
    said = refused(capsys, folder, "notes.csv", "--lexicon", "bad.csv", "-o", "page.html")
    assert said == "bad.csv:2: 'war': weight 'much' is not a number"


@pytest.mark.parametrize("option", ["--actors", "--lexicon"])
def test_a_missing_dictionary_or_lexicon_is_named(folder, capsys, option):
    said = refused(capsys, folder, "notes.csv", option, "gone.csv", "-o", "page.html")
    assert said.startswith("gone.csv: no such file")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", "gone/page.html"], "the folder gone does not exist; make it first"),
        (["-o", "."], ". is a folder; name the file to write"),
        (["-o", "p.html", "--tables", "gone/t"], "the folder gone does not exist; make it first"),
        (["-o", "p.html", "--tables", "actors.yml"], "actors.yml is a file; name a folder"),
        (["-o", "notes.csv"], "notes.csv is read or written already; write to another place"),
        (["-o", "./actors.yml", "--actors", "actors.yml"], "actors.yml is read or written already"),
        (["-o", "pairs.csv", "--tables", "."], "pairs.csv is read or written already"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_before_any_work(
    folder, capsys, monkeypatch, arguments, words
):
    monkeypatch.setattr("coactor.analysis._analyze", None)  # would fail if it were called
    assert refused(capsys, folder, "notes.csv", *arguments).startswith(words)


# ---- work that fails half-way --------------------------------------------------------------------


def test_a_folder_that_was_made_for_tables_goes_again_if_they_fail(folder, capsys, monkeypatch):
    def fails(file, frame):
        raise KeyboardInterrupt

    before = names(folder)
    monkeypatch.setattr(coactor.analysis, "write_csv", fails)
    assert report("notes.csv", "-o", "page.html", "--tables", "t") == 130
    assert names(folder) == before


@pytest.mark.parametrize("output", ["page.html", "-"])
def test_if_the_last_table_fails_page_and_tables_stay_as_they_were(
    folder, capsys, monkeypatch, output
):
    put("page.html", "before")
    (folder / "t").mkdir()
    put("t/pairs.csv", "before")
    write = coactor.analysis.write_csv

    def fails(file, frame):
        if "label" in frame:
            raise OSError(28, "No space left on device")
        return write(file, frame)

    monkeypatch.setattr(coactor.analysis, "write_csv", fails)
    said = refused(capsys, folder, "notes.csv", "-o", output, "--tables", "t")
    assert said == "No space left on device"


def test_if_the_page_fails_no_table_is_written(folder, capsys, monkeypatch):
    def fails(found, **how):
        raise MemoryError

    monkeypatch.setattr("coactor.report.render", fails)
    for output in ("page.html", "-"):
        said = refused(capsys, folder, "notes.csv", "-o", output, "--tables", "t")
        assert said == "out of memory; read fewer files at a time"


def test_an_interrupt_ends_with_130_and_nothing_written(folder, capsys, monkeypatch):
    def interrupted(found, **how):
        raise KeyboardInterrupt

    before = names(folder)
    monkeypatch.setattr("coactor.report.render", interrupted)
    assert report("notes.csv", "-o", "page.html", "--tables", "t") == 130
    assert capsys.readouterr().err == "coactor: interrupted, nothing was written\n"
    assert names(folder) == before


def test_an_interrupt_does_not_say_that_nothing_was_written_where_rows_were(
    folder, capsys, monkeypatch
):
    def interrupted(frame, path, kind):
        print("doc,paragraph")
        raise KeyboardInterrupt

    monkeypatch.setattr("coactor._commands.write_frame", interrupted)
    assert main(["mentions", "notes.csv"]) == 130
    assert capsys.readouterr() == ("doc,paragraph\n", "coactor: interrupted\n")


# ---- usage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["draw"], "invalid choice: 'draw'"),
        (["report", "-o", "p.html"], "the following arguments are required: FILES"),
        (["report", "notes.csv"], "the following arguments are required: -o/--output"),
        (
            ["report", "notes.csv", "-o", "p.html", "--unit", "page"],
            "argument --unit: invalid choice: 'page'",
        ),
        (
            ["report", "notes.csv", "-o", "p.html", "--threads", "0"],
            "'0' is not a whole number from 1",
        ),
        (
            ["report", "notes.csv", "-o", "p.html", "--threads", "many"],
            "'many' is not a whole number",
        ),
        (["pairs", "notes.csv", "--rollup", "state"], "'state' is neither parent nor a number of"),
        (["pairs", "notes.csv", "--rollup", "0"], "'0' is neither parent nor a number of letters"),
        (["report", "notes.csv", "-o", "p.html", "--text", "a,,b"], "'a,,b' names an empty column"),
        (["report", "notes.csv", "-o", "p.html", "--colour"], "unrecognized arguments: --colour"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_wrong(folder, capsys, arguments, words):
    before = names(folder)
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == "" and words in said.err and "usage: coactor" in said.err
    assert names(folder) == before


def test_help_and_version_go_to_standard_output(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"coactor {__version__}\n"
    assert main(["report", "--help"]) == 0
    said = capsys.readouterr().out
    for option in ("--actors", "--lexicon", "--unit", "--threads", "--tables", "-o", "--text"):
        assert option in said


# ---- as a process --------------------------------------------------------------------------------


def test_python_m_coactor_is_the_command_line(folder):
    done = run("report", "notes.csv", "-o", "-")
    assert done.returncode == 0
    assert done.stdout.startswith(b"<!DOCTYPE html>") and done.stdout.endswith(b"</html>")
    assert done.stderr == b"coactor: 2 documents, 4 mentions, 3 actors, 2 pairs\n"
    assert run("report", "missing.csv", "-o", "-").returncode == 1
    assert run("report", "notes.csv").returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="closes a pipe the POSIX way")
def test_a_reader_who_leaves_is_no_error_message(folder):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "coactor", "report", "notes.csv", "-o", "-"],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="needs a name for a stream")
def test_a_stream_may_be_named_as_a_file(folder):
    for command in (["mentions", "--format", "csv"], ["report"]):
        plain = run(*command, "notes.csv", "-o", "-")
        named = run(*command, "notes.csv", "-o", "/dev/stdout")
        assert (named.returncode, named.stdout) == (0, plain.stdout)


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe with a name")
def test_a_pipe_is_written_to_whatever_its_folder_allows(folder, monkeypatch):
    os.mkfifo(folder / "pipe")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert check_target(folder / "pipe") == folder / "pipe"
    with pytest.raises(PermissionError, match="cannot be written to; choose another"):
        check_target(folder / "file")


def signals(*arguments):
    """Start a command that reads a pipe which never ends."""
    return subprocess.Popen(
        [sys.executable, "-m", "coactor", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


@pytest.mark.skipif(os.name != "posix", reason="sends a signal the POSIX way")
def test_ctrl_c_ends_a_process_with_130_and_no_file(folder):
    # The dictionary is a pipe too: once it is opened for reading, the command is at work.
    os.mkfifo(folder / "slow.yml")
    command = signals("report", "notes.csv", "--actors", "slow.yml", "-o", "page.html")
    with open("slow.yml", "wb"):
        command.send_signal(signal.SIGINT)
        out, err = command.communicate(timeout=60)
    assert (command.returncode, out) == (130, b"")
    assert err == b"coactor: interrupted, nothing was written\n"
    assert "page.html" not in names(folder)


@pytest.mark.skipif(os.name != "posix", reason="closes streams the POSIX way")
@pytest.mark.parametrize(
    ("redirection", "status", "out", "err"),
    [
        (
            ">&-",
            1,
            b"",
            b"coactor: error: standard output is closed; write to a file with -o FILE\n",
        ),
        ("2>&-", 0, b"doc,paragraph", b""),
        ("<&-", 0, b"doc,paragraph", b""),
    ],
)
def test_a_stream_that_is_closed_is_no_traceback(folder, redirection, status, out, err):
    command = f"{sys.executable} -m coactor mentions notes.csv {redirection}"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert (done.returncode, done.stdout[: len(out)], done.stderr) == (status, out, err)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
@pytest.mark.parametrize("command", [["mentions"], ["report", "-o", "-"]])
def test_a_full_device_is_one_line_and_1(folder, command):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "coactor", *command, "notes.csv"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == b"coactor: error: No space left on device\n"


def test_a_terminal_without_the_characters_gets_their_numbers(folder):
    put("names.yml", "AFG: [Kábul]\nBFG: [Kábul]\n")
    done = run("actors", "check", "names.yml", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"K\\xe1bul" in done.stdout


def test_a_file_that_cannot_take_its_place_is_named_as_the_user_named_it(
    folder, capsys, monkeypatch
):
    def refuse(source, target):
        raise PermissionError(13, "Permission denied", str(source), None, str(target))

    monkeypatch.setattr(os, "replace", refuse)
    said = refused(capsys, folder, "notes.csv", "-o", "page.html")
    assert said.endswith("page.html: Permission denied")


def on_terminal(*arguments, **environment):
    """Run a command with a terminal as standard error; return what it shows there."""
    pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")
    termios = pytest.importorskip("termios")
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, 80))
    held = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    command = subprocess.Popen(
        [sys.executable, "-m", "coactor", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=slave,
        env={**held, **environment},
    )
    os.close(slave)
    shown = b""
    try:
        while chunk := os.read(master, 4096):
            shown += chunk
    except OSError:  # how Linux says that the other end is closed
        pass
    command.wait(timeout=60)
    os.close(master)
    return shown.decode("utf-8")


def test_an_error_is_red_on_a_terminal_unless_no_color_is_set(folder):
    wrong = ["mentions", "gone.csv"]
    assert "\x1b[1;31merror:\x1b[0m gone.csv: no such file" in on_terminal(*wrong, TERM="xterm")
    for environment in ({"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}, {}):
        assert on_terminal(*wrong, **environment) == (
            "coactor: error: gone.csv: no such file or folder\r\n"
        )


def test_progress_is_shown_on_a_terminal_alone(folder):
    assert "scoring tone" in on_terminal("report", "notes.csv", "-o", "page.html", TERM="xterm")
    assert "finding actors" in on_terminal("mentions", "notes.csv", TERM="xterm")
    assert run("mentions", "notes.csv").stderr == b""


COMMANDS = [[], ["actors"], ["actors", "check"]] + [
    [name] for name in ("report", "mentions", "pairs", "tone", "tokens", "kwic")
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("columns", ["40", "80", "300"])
def test_every_help_is_one_screen(capsys, monkeypatch, command, columns):
    monkeypatch.setenv("COLUMNS", columns)
    assert main([*command, "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 30 and max(map(len, lines)) < 80
    assert lines[0].startswith(" ".join(["usage: coactor", *command]))


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("report", "by actors lexicon unit quotes threads seed tables no-text output"),
        ("mentions", "by actors quotes threads format output"),
        ("pairs", "by actors unit quotes test threads format output"),
        ("tone", "by actors lexicon unit quotes threads format output"),
        ("tokens", "mode threads format output"),
        ("kwic", "actors unit window sample seed threads format output"),
    ],
)
def test_every_command_takes_what_it_can_use(capsys, command, options):
    assert main([command, "--help"]) == 0
    said = capsys.readouterr().out
    for option in ("text", "id", "date", "date-format", "encoding", *options.split()):
        assert f"--{option} " in said


def test_an_unknown_option_shows_the_usage_of_its_command(capsys):
    assert main(["pairs", "notes.csv", "--measure", "npmi"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("usage: coactor pairs FILES [options]\n")
    assert said.endswith("coactor pairs: error: unrecognized arguments: --measure npmi\n")


# ---- what a page is made of ----------------------------------------------------------------------


def test_a_page_can_be_made_without_text_and_with_another_seed(folder):
    texts = [f"Russia warned Iran in note {n}." for n in range(30)]
    put("many.jsonl", "\n".join(json.dumps({"text": text}) for text in texts))
    pages = []
    for more in ([], ["--seed", "5"], ["--no-text"], ["--no-text", "--seed", "5"]):
        assert report("many.jsonl", "-o", "page.html", *more) == 0
        pages.append((folder / "page.html").read_text(encoding="utf-8"))
    drawn = [{n for n in range(30) if f" in note {n}." in page} for page in pages]
    assert len(drawn[0]) == 3 == len(drawn[1]) and drawn[0] != drawn[1]
    assert drawn[2] == drawn[3] == set()


def test_a_report_counts_documents_by_columns(folder, capsys):
    put("notes.csv", "outlet,text\nA,Russia met Iran.\nB,Iran.\n")
    assert report("notes.csv", "--by", "outlet", "-o", "page.html", "--tables", "t") == 0
    assert "By <bdi>outlet</bdi>" in (folder / "page.html").read_text(encoding="utf-8")
    assert pd.read_csv("t/documents.csv")["outlet"].tolist() == ["A", "B"]
    capsys.readouterr()
    put("dates.csv", "date,text\n1962-10-14,Russia met Iran.\n")
    said = refused(capsys, folder, "dates.csv", "--by", "date", "-o", "page.html")
    assert said == "--by 'date': the table of documents has a column of this name; rename yours"


def test_formulas_in_tables_are_counted(folder, capsys):
    put("notes.csv", "id,text\n=1+1,Russia met Iran.\n")
    assert report("notes.csv", "--id", "id", "-o", "page.html", "--tables", "t") == 0
    # in documents, twice in mentions, in tone
    assert "tables in t; 4 cells begin with an apostrophe" in capsys.readouterr().err
    assert pd.read_csv("t/documents.csv")["doc"].tolist() == ["'=1+1"]


@pytest.mark.parametrize("lexicon", ["vader", "conflict", "afinn"])
def test_lexicons_are_known_by_name(folder, lexicon):
    pytest.importorskip({"vader": "vaderSentiment", "afinn": "afinn"}.get(lexicon, "pandas"))
    assert report("notes.csv", "--lexicon", lexicon, "-o", "page.html") == 0
    assert lexicon in (folder / "page.html").read_text(encoding="utf-8").lower()


def test_a_name_that_is_neither_a_file_nor_a_lexicon_is_told_what_there_is(folder, capsys):
    said = refused(capsys, folder, "notes.csv", "--lexicon", "liwc", "-o", "page.html")
    assert said == "liwc: no such file; name one, or a lexicon: conflict, vader, afinn"


def test_a_message_that_holds_a_whole_text_is_cut(folder, capsys):
    put("long.csv", f"day,text\n{'so ' * 500},Russia.\n")
    said = refused(capsys, folder, "long.csv", "--date", "day", "-o", "page.html")
    assert len(said) < 350 and said.startswith("--date 'day': row 0 holds 'so so ")
    assert said.endswith("which is no ISO 8601 date; give --date-format")
