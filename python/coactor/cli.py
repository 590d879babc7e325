"""The command line: ``coactor report FILES -o report.html``.

Data go to files or standard output, everything said goes to standard error. Exit status: 0 done,
1 the work failed (one line says why), 2 wrong usage, 130 interrupted, 141 nobody reads the output.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from .analysis import Analysis
    from .corpus import Corpus

__all__ = ["main"]

DONE, FAILED, USAGE, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141
UNITS = ("sentence", "paragraph", "document")
STDOUT = "-"


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
        return _report(options)
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
    _add_settings(report)
    _add_output(report)
    return parser


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


def _add_settings(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("how to look at it")
    group.add_argument(
        "--actors", metavar="FILE", help="dictionary, .yml or .csv (default: a starter dictionary)"
    )
    group.add_argument(
        "--lexicon", metavar="FILE", help="lexicon of tone, .csv (default: a starter lexicon)"
    )
    group.add_argument(
        "--unit",
        choices=UNITS,
        default="sentence",
        help="what two actors must share to be a pair (default: sentence)",
    )
    group.add_argument("--threads", type=_threads, metavar="N", help="default: all there are")


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


def _columns(value: str) -> list[str]:
    names = [name.strip() for name in value.split(",")]
    if not all(names):
        raise argparse.ArgumentTypeError(f"{value!r} names an empty column")
    return names


def _threads(value: str) -> int:
    number = int(value) if value.isascii() and value.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number from 1 on")
    return number


# ---- the work ------------------------------------------------------------------------------------


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

    return Corpus.read(
        options.files,
        text=options.text if len(options.text) > 1 else options.text[0],
        id=options.id,
        date=options.date,
        threads=options.threads,
    )


def _check_output(options: argparse.Namespace) -> None:
    """Refuse before the work what could not be written, or would be written over what is read."""
    from ._files import expand
    from ._replacing import check_target
    from .analysis import TABLES, check_folder

    targets: list[Path] = []
    if options.tables is not None:
        check_folder(options.tables)
        targets.extend(Path(options.tables) / name for name in TABLES)
    if options.output != STDOUT:
        targets.append(check_target(options.output))
    sources = [*expand(options.files), *filter(None, (options.actors, options.lexicon))]
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
