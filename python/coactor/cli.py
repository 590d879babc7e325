"""The command line: ``coactor report FILES -o report.html``, and tables of what is in it.

Data go to files or standard output, everything said goes to standard error. Exit status: 0 done,
1 the work failed (one line says why), 2 wrong usage, 130 interrupted, 141 nobody reads the output.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._output import FORMATS, STDOUT, format_of
from ._replacing import check_target
from ._version import __version__

if TYPE_CHECKING:
    import pandas as pd

    from .analysis import Analysis
    from .corpus import Corpus

__all__ = ["main"]

DONE, FAILED, USAGE, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141
UNITS = ("sentence", "paragraph", "document")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the name of the program; default those of the process.
    """
    try:
        options = _parser().parse_args(argv)
    except SystemExit as stop:  # help, version and wrong usage: argparse has said what it says
        return int(stop.code or 0)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        _say("interrupted, nothing was written")
        return INTERRUPTED
    except BrokenPipeError:
        # Whatever is still in the buffer must not be tried again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    except (OSError, ValueError, TypeError, ImportError, MemoryError) as error:
        _say(f"error: {_one_line(error)}")
        return FAILED


def _say(text: str) -> None:
    print(f"coactor: {text}", file=sys.stderr)


def _one_line(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        names = [str(name) for name in (error.filename,) if name is not None]
        return ": ".join([*names, error.strerror])
    return " ".join(str(error).split()) or type(error).__name__


# ---- arguments -----------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="coactor", description="Who appears with whom in news text, and in what tone."
    )
    parser.add_argument("--version", action="version", version=f"coactor {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    report = commands.add_parser(
        "report",
        help="write a page (and tables) about a corpus",
        description="Read text, find actors, count who appears with whom, score the tone, and "
        "write one self-contained HTML page.",
        epilog="example: coactor report articles/*.txt --actors actors.yml -o report.html",
    )
    _add_input(report)
    _add_settings(report, "actors", "lexicon", "unit")
    _add_output(report)
    report.set_defaults(run=_report)
    for name, (run, settings, text) in TABLE_COMMANDS.items():
        table = commands.add_parser(name, help=text, description=f"Write {text}.")
        if name == "kwic":
            table.add_argument(
                "phrase", metavar="PHRASE", help="words to look for; * for any letters"
            )
        _add_input(table)
        _add_settings(table, *settings)
        _add_table(table)
        table.set_defaults(run=_write_table, make=run)
    _add_actors(commands)
    return parser


def _add_actors(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    actors = commands.add_parser("actors", help="look at a dictionary of actors")
    verbs = actors.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = verbs.add_parser(
        "check",
        help="report what a dictionary holds, and what may be wrong with it",
        description="Read a dictionary and print its report: counts, then rows with their lines.",
    )
    check.add_argument("file", metavar="FILE", help="dictionary of any format that is read")
    check.add_argument("--format", metavar="NAME", help="its format (default: by the suffix)")
    check.set_defaults(run=_check_actors)


def _check_actors(options: argparse.Namespace) -> int:
    from ._actor_report import check_text
    from .actors import Actors

    actors = Actors.read(options.file, format=options.format)
    sys.stdout.write(check_text(actors, options.file))
    sys.stdout.flush()
    return DONE


def _add_input(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what to read")
    group.add_argument(
        "files",
        nargs="+",
        metavar="FILES",
        help=".txt (one document a file), .csv or .jsonl (one a row), folders, globs",
    )
    group.add_argument(
        "--text",
        type=_columns,
        default=["text"],
        metavar="COL[,COL]",
        help="columns of tables that hold the text, joined in this order (default: text)",
    )
    group.add_argument("--id", metavar="COL", help="column that names the documents")
    group.add_argument("--date", metavar="COL", help="column of dates, as 2024-05-31")
    group.add_argument(
        "--date-format", metavar="FORMAT", help="how dates are written, as %%d.%%m.%%Y"
    )
    group.add_argument(
        "--encoding", default="utf-8", metavar="NAME", help="of text files (default: utf-8)"
    )


def _at_least(least: int) -> Callable[[str], int]:
    """Return what reads a whole number from `least` on."""

    def read(value: str) -> int:
        number = int(value) if value.isascii() and value.isdigit() else -1
        if number < least:
            raise argparse.ArgumentTypeError(f"{value!r} is not a whole number from {least} on")
        return number

    return read


#: What can be set, by the name of the option.
SETTINGS: dict[str, dict[str, Any]] = {
    "actors": {
        "metavar": "FILE",
        "help": "dictionary, .yml or .csv (default: a starter dictionary)",
    },
    "lexicon": {
        "metavar": "FILE",
        "help": "lexicon of tone, .csv (default: a starter lexicon)",
    },
    "unit": {
        "choices": UNITS,
        "default": "sentence",
        "help": "what two actors must share to be a pair (default: sentence)",
    },
    "tone-unit": {
        "dest": "unit",
        "choices": ("document", "sentence"),
        "default": "document",
        "help": "what gets a row (default: document)",
    },
    "mode": {
        "choices": ("news", "uax29"),
        "default": "news",
        "help": "tokens as news needs them, or exactly as UAX #29 (default: news)",
    },
    "window": {
        "type": _at_least(0),
        "default": 8,
        "metavar": "N",
        "help": "tokens to the left and to the right (default: 8)",
    },
    "sample": {"type": _at_least(0), "metavar": "N", "help": "at most so many, drawn at random"},
    "seed": {
        "type": _at_least(0),
        "default": 0,
        "metavar": "N",
        "help": "of --sample (default: 0)",
    },
}


def _add_settings(parser: argparse.ArgumentParser, *names: str) -> None:
    group = parser.add_argument_group("how to look at it")
    for name in names:
        option = "unit" if name == "tone-unit" else name
        group.add_argument(f"--{option}", **SETTINGS[name])
    group.add_argument("--threads", type=_at_least(1), metavar="N", help="default: all there are")


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what to write")
    group.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="the page; - for standard output",
    )
    group.add_argument(
        "--tables",
        metavar="DIR",
        help="folder for documents.csv, mentions.csv, pairs.csv, tone.csv and actors.csv",
    )


def _add_table(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what to write")
    group.add_argument(
        "-o", "--output", default=STDOUT, metavar="FILE", help="default: standard output"
    )
    group.add_argument(
        "--format", choices=tuple(FORMATS), help="default: by the suffix of FILE, else csv"
    )


def _columns(value: str) -> list[str]:
    names = [name.strip() for name in value.split(",")]
    if not all(names):
        raise argparse.ArgumentTypeError(f"{value!r} names an empty column")
    return names


# ---- tables --------------------------------------------------------------------------------------


def _tokens(corpus: Corpus, options: argparse.Namespace) -> pd.DataFrame:
    import numpy as np

    tokens = corpus.tokens
    frame = tokens.to_frame()
    docs = frame["doc"].to_numpy()
    sentences = np.searchsorted(tokens.sentence_offsets, np.arange(len(frame)), side="right") - 1
    frame.insert(1, "sentence", sentences - corpus._doc_sentences[docs])
    frame["doc"] = corpus._labels(docs)
    return frame


def _mentions(corpus: Corpus, options: argparse.Namespace) -> pd.DataFrame:
    from .analysis import _dictionary

    return corpus.mentions(_dictionary(options.actors)[0]).to_frame()


def _pairs(corpus: Corpus, options: argparse.Namespace) -> pd.DataFrame:
    from .analysis import _dictionary

    return corpus.mentions(_dictionary(options.actors)[0]).cooccur(unit=options.unit).to_frame()


def _tone(corpus: Corpus, options: argparse.Namespace) -> pd.DataFrame:
    from .analysis import _words

    return corpus.tone(_words(options.lexicon)[0], unit=options.unit).to_frame()


def _kwic(corpus: Corpus, options: argparse.Namespace) -> pd.DataFrame:
    return corpus.kwic(
        options.phrase, window=options.window, sample=options.sample, seed=options.seed
    )


#: The commands that write a table: what makes it, its settings, what it is.
TABLE_COMMANDS: dict[str, tuple[Callable[..., pd.DataFrame], tuple[str, ...], str]] = {
    "tokens": (_tokens, ("mode",), "a table of tokens: doc, sentence, token, type, kind, span"),
    "mentions": (_mentions, ("actors",), "a table of mentions: who is named where"),
    "pairs": (_pairs, ("actors", "unit"), "a table of pairs: who appears with whom"),
    "kwic": (_kwic, ("window", "sample", "seed"), "a table of the places of a phrase in context"),
    "tone": (_tone, ("lexicon", "tone-unit"), "a table of tone, a row a document or sentence"),
}


def _write_table(options: argparse.Namespace) -> int:
    from ._output import write_table

    kind = format_of(options.output, options.format)
    if options.output != STDOUT:
        _check_targets([check_target(options.output)], options)
    write_table(options.make(_read(options), options), options.output, kind)
    return DONE


# ---- the report ----------------------------------------------------------------------------------


def _report(options: argparse.Namespace) -> int:
    from .analysis import _analyze

    _check_output(options)
    found = _analyze(
        lambda: _read(options),
        actors=options.actors,
        lexicon=options.lexicon,
        unit=options.unit,
        threads=options.threads,
        progress=sys.stderr.isatty(),
    )
    if options.output == STDOUT:
        _print_page(found, options.tables)
    else:
        found._write(options.output, options.tables)
    _say(_summary(found, options))
    return DONE


def _read(options: argparse.Namespace) -> Corpus:
    from .corpus import Corpus

    mode = getattr(options, "mode", "news")
    return Corpus.read(
        options.files,
        text=options.text if len(options.text) > 1 else options.text[0],
        id=options.id,
        date=options.date,
        date_format=options.date_format,
        encoding=options.encoding,
        mode=mode,
        threads=options.threads,
    )


def _check_output(options: argparse.Namespace) -> None:
    """Refuse before the work what could not be written, or is read or written already."""
    from .analysis import TABLES, check_folder

    targets: list[Path] = []
    if options.tables is not None:
        check_folder(options.tables)
        targets.extend(Path(options.tables) / name for name in TABLES)
    if options.output != STDOUT:
        targets.append(check_target(options.output))
    _check_targets(targets, options)


def _check_targets(targets: list[Path], options: argparse.Namespace) -> None:
    from ._files import expand

    given = (getattr(options, name, None) for name in ("actors", "lexicon"))
    sources = [*expand(options.files), *filter(None, given)]
    taken = {os.path.realpath(source) for source in sources}
    for target in targets:
        if os.path.realpath(target) in taken:
            raise ValueError(f"{target} is read or written already; write to another place")
        taken.add(os.path.realpath(target))


def _print_page(found: Analysis, tables: str | None) -> None:
    from .report import render

    page = render(found).encode("utf-8")
    if tables is not None:
        found.tables(tables)
    sys.stdout.buffer.write(page)
    sys.stdout.buffer.flush()


def _summary(found: Analysis, options: argparse.Namespace) -> str:
    from ._results import plural

    counts = ", ".join(
        (
            plural(len(found.corpus), "document"),
            plural(len(found.mentions), "mention"),
            plural(len(found.by_actor), "actor"),
            plural(len(found.pairs), "pair"),
        )
    )
    places = [] if options.output == STDOUT else [str(options.output)]
    if options.tables is not None:
        places.append(f"tables in {options.tables}")
    return f"{counts}{': ' if places else ''}{', '.join(places)}"
