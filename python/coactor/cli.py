"""The command line: ``coactor report FILES -o report.html``, and tables of what is in it.

Data go to files or standard output, everything said goes to standard error. Exit status: 0 done,
1 the work failed (one line says why), 2 wrong usage, 130 interrupted, 141 nobody reads the output.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence

__all__ = ["main"]

DONE, FAILED, USAGE, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141

#: What a user, a file or the machine may do wrong: said in a line, without a traceback.
EXPECTED = (
    OSError,
    ValueError,
    TypeError,
    ImportError,
    MemoryError,
    OverflowError,
    NotImplementedError,
)

#: Arguments of functions as messages name them (``date_format=``), which are options here.
_ARGUMENT = re.compile(
    r"(?<![\w'\"-])(text|id|date|by|date_format|encoding|unit|quotes|window|sample|actors)=\s?"
)
#: Arguments that have no option: what stands behind them says enough.
_POSITION = re.compile(r"(?<![\w'\"-])(?:a|b|actor|phrase)=(?=['\"])")
#: Letters of a message: it may hold a whole text of the corpus.
LONGEST = 320


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the name of the program; default those of the process.
    """
    from ._options import parser
    from ._output import STDOUT

    try:
        options, unknown = parser().parse_known_args(argv)
        if unknown:
            options.command.error(f"unrecognized arguments: {' '.join(unknown)}")
    except SystemExit as stop:  # help, version and wrong usage: argparse has said what it says
        return int(stop.code or 0)
    try:
        said = options.run(options)
    except KeyboardInterrupt:
        _drop_output()
        to_file = getattr(options, "output", STDOUT) != STDOUT
        say(f"interrupted{', nothing was written' if to_file else ''}")
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return CLOSED_PIPE
    except EXPECTED as error:
        _drop_output()
        say(f"{_red('error:')} {_one_line(error)}")
        return FAILED
    if said:
        say(said)
    if getattr(options, "unused", None):
        say(f"{options.command.prog.split()[-1]} has no use for {', '.join(options.unused)}")
    return DONE


def say(text: str) -> None:
    """Say something to whoever sits there, if anybody does."""
    if sys.stderr is not None:
        print(f"coactor: {text}", file=sys.stderr)


def _red(word: str) -> str:
    """Paint a word on a terminal that has colours, unless NO_COLOR says no."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb"
    return word if plain or not sys.stderr.isatty() else f"\x1b[1;31m{word}\x1b[0m"


def _drop_output() -> None:
    """Forget what is still to be written: it must not be tried again when Python ends."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except (OSError, ValueError, AttributeError):  # there is no output at all
            return


def _one_line(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        # Where a file could not take its place, the second name is the one the user knows.
        place = error.filename if error.filename2 is None else error.filename2
        names = [] if place is None else [str(place)]
        return ": ".join([*names, error.strerror])
    if isinstance(error, MemoryError):
        return "out of memory; read fewer files at a time"
    text = str(error).replace("make the corpus with date=", "name their column with date=")
    text = _ARGUMENT.sub(lambda found: f"--{found[1].replace('_', '-')} ", text)
    text = " ".join(_POSITION.sub("", text).split()) or type(error).__name__
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    return text
