"""What the commands of the command line do. Each returns what is to be said when it is done."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._output import STDOUT, format_of
from ._output import write_table as write_frame
from ._replacing import check_target

if TYPE_CHECKING:
    import pandas as pd

    from .analysis import Analysis
    from .corpus import Corpus
    from .mentions import Mentions

#: The column of text, where no option says another one.
TEXT = "text"

#: The sign for standard input, and what it is called in messages and as a document.
STDIN, STDIN_NAME = "-", "stdin"


# ---- reading -------------------------------------------------------------------------------------


def _corpus(options: argparse.Namespace) -> Corpus:
    from .corpus import Corpus

    text: list[str] = options.text
    with _files(options) as files:
        return Corpus.read(
            files,
            text=text if len(text) > 1 else text[0],
            id=options.id,
            date=options.date,
            by=_columns_of_by(options),
            date_format=options.date_format,
            encoding=options.encoding,
            mode=getattr(options, "mode", "news"),
            threads=options.threads,
            progress=_on_terminal(),
        )


def _columns_of_by(options: argparse.Namespace) -> list[str]:
    """Return the columns that a report shows; tables make their groups later."""
    return options.by if "tables" in options else []


@contextmanager
def _files(options: argparse.Namespace) -> Iterator[list[str]]:
    """Give the files to read; what comes from standard input is put into one."""
    names: list[str] = options.files
    if STDIN not in names:
        yield names
        return
    if names.count(STDIN) > 1:
        raise ValueError("- stands for standard input, which can be read only once")
    if sys.stdin is None:
        raise ValueError("- stands for standard input, which is closed")
    content = sys.stdin.buffer.read()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{STDIN_NAME}{_suffix(content, options)}"
        path.write_bytes(content)
        try:
            yield [str(path) if name == STDIN else name for name in names]
        except ValueError as error:
            raise ValueError(str(error).replace(str(path), "standard input")) from None


def _suffix(content: bytes, options: argparse.Namespace) -> str:
    """Tell what standard input holds.

    Parquet begins with its mark, JSON lines with a brace, and CSV with a line that names the
    columns of text; anything else is one text, unless an option speaks of columns: then it is CSV.
    """
    if content.startswith(b"PAR1"):
        return ".parquet"
    begin = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if begin.startswith(b"{"):
        return ".jsonl"
    names = [name.strip(b' \t\r"') for name in begin.split(b"\n", 1)[0].split(b",")]
    named = options.text != [TEXT] or options.id or options.date
    return ".csv" if named or all(name.encode() in names for name in options.text) else ".txt"


def _dictionary(options: argparse.Namespace) -> Any:
    from .analysis import _dictionary

    return _dictionary(options.actors)[0]


def _found(corpus: Corpus, options: argparse.Namespace) -> Mentions:
    mentions = corpus.mentions(_dictionary(options), progress=_on_terminal())
    quotes = getattr(options, "quotes", "keep")
    return mentions if quotes == "keep" else mentions.filter(quotes=quotes)


# ---- tables --------------------------------------------------------------------------------------


def tokens(corpus: Corpus, options: argparse.Namespace) -> pd.DataFrame:
    """A row a token."""
    import numpy as np

    every = corpus.tokens
    frame = every.to_frame()
    docs = frame["doc"].to_numpy()
    sentences = np.searchsorted(every.sentence_offsets, np.arange(len(frame)), side="right") - 1
    frame.insert(1, "sentence", sentences - corpus._doc_sentences[docs])
    frame["doc"] = corpus._labels(docs)
    return frame


def mentions(corpus: Corpus, options: argparse.Namespace) -> pd.DataFrame:
    """A row a mention, or an actor in a group."""
    found = _found(corpus, options)
    return found.frequencies(by=options.by) if options.by else found.to_frame()


def pairs(corpus: Corpus, options: argparse.Namespace) -> pd.DataFrame:
    """A row a pair, in each group."""
    counted = _found(corpus, options).cooccur(
        unit=options.unit, by=options.by or None, rollup=options.rollup
    )
    return counted.test() if options.test else counted.to_frame()


def tone(corpus: Corpus, options: argparse.Namespace) -> pd.DataFrame:
    """A row a document or sentence, or a group of them."""
    from .analysis import _words

    lexicon = _words(options.lexicon)[0]
    mask = None if options.actors is None else corpus.mentions(_dictionary(options))
    scored = corpus.tone(lexicon, unit=options.unit, mask=mask, quotes=options.quotes)
    frame = scored.to_frame()
    if not options.by:
        return frame
    return _tone_of_groups(corpus, frame, lexicon, options)


def _tone_of_groups(
    corpus: Corpus, frame: pd.DataFrame, lexicon: Any, options: argparse.Namespace
) -> pd.DataFrame:
    """Add units up: …group, n, n_scored, negative, neutral, positive, tone; or categories, words.

    `n` are units, `n_scored` those with a hit, whose mean is `tone`; the three counts go by the
    threshold of the lexicon, and a unit without a hit is neutral. A document without text is none.
    """
    import numpy as np

    taken = ("n", "n_scored", "negative", "neutral", "positive", "tone", "words")
    number, keys = corpus._grouped(options.by, (*taken, *lexicon.categories))
    if options.unit == "sentence":
        number = np.repeat(number, np.diff(corpus._doc_sentences))
    else:
        held = ~corpus._missing
        frame, number = frame[held], number[held]
    grouped: dict[str, Any] = {"n": np.bincount(number, minlength=len(keys))}
    if lexicon.categories:
        for name in (*lexicon.categories, "words"):
            grouped[name] = np.bincount(number, weights=frame[name], minlength=len(keys))
    else:
        values = frame["compound" if "compound" in frame else "tone"].to_numpy(dtype=np.float64)
        scored = ~np.isnan(values)
        sign = np.where(scored & (np.abs(values) >= lexicon.threshold), np.sign(values), 0)
        grouped["n_scored"] = np.bincount(number[scored], minlength=len(keys))
        for name, value in (("negative", -1), ("neutral", 0), ("positive", 1)):
            grouped[name] = np.bincount(number[sign == value], minlength=len(keys))
        total = np.bincount(number[scored], weights=values[scored], minlength=len(keys))
        with np.errstate(invalid="ignore"):
            grouped["tone"] = total / grouped["n_scored"]
    table = keys.assign(**grouped)
    return table[table["n"] > 0].reset_index(drop=True)


def kwic(corpus: Corpus, options: argparse.Namespace) -> pd.DataFrame:
    """A row a place of a phrase, of an actor, or of a pair."""
    draw = {"sample": options.sample, "seed": options.seed}
    if options.actors is None:
        return corpus.kwic(options.phrase, window=options.window, **draw)
    ids = [id.strip() for id in options.phrase.split(",")]
    found = _found(corpus, options)
    if len(ids) == 1:
        return found.kwic(ids[0], window=options.window, **draw)
    if len(ids) > 2:
        raise ValueError(f"{options.phrase!r}: with --actors give an actor, or two as RUS,TALIBAN")
    return found.cooccur(unit=options.unit, actors="all").kwic(*ids, **draw)


def write_table(options: argparse.Namespace) -> str:
    """Make a table and write it."""
    targets = [] if options.output == STDOUT else [check_target(options.output)]
    kind = format_of(options.output, options.format)
    if options.output == STDOUT:
        _check_stdout(kind)
    _check_targets(targets, options)
    make: Callable[..., pd.DataFrame] = options.make
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always", UserWarning)
        frame = make(_corpus(options), options)
    n_cells = write_frame(frame, options.output, kind)
    said = [str(warning.message) for warning in raised]
    return "; ".join(filter(None, (*said, _about_apostrophes(n_cells))))


def _about_apostrophes(n: int) -> str:
    if not n:
        return ""
    cells = "1 cell begins" if n == 1 else f"{n:,} cells begin"
    return (
        f"{cells} with an apostrophe, so that no spreadsheet takes it for a formula; "
        "jsonl and parquet hold the text as it is"
    )


def _check_stdout(kind: str) -> None:
    if sys.stdout is None:
        raise ValueError("standard output is closed; write to a file with -o FILE")
    if kind == "parquet" and sys.stdout.isatty():
        raise ValueError("Parquet is no text for a terminal; write to a file with -o FILE")


def _on_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


# ---- the report ----------------------------------------------------------------------------------


def report(options: argparse.Namespace) -> str:
    """Write the page and its tables."""
    from .analysis import _analyze

    _check_output(options)
    found = _analyze(
        lambda: _corpus(options),
        actors=options.actors,
        lexicon=options.lexicon,
        unit=options.unit,
        quotes=options.quotes,
        rollup=options.rollup,
        threads=options.threads,
        progress=_on_terminal(),
    )
    how = {"text": options.quoting, "seed": options.seed}
    if options.output == STDOUT:
        n_cells = _print_page(found, options.tables, how)
    else:
        n_cells = found._write(options.output, options.tables, **how)
    return "; ".join(filter(None, (_summary(found, options), _about_apostrophes(n_cells))))


def _print_page(found: Analysis, tables: str | None, how: dict[str, Any]) -> int:
    from .report import render

    page = render(found, **how).encode("utf-8")
    n_cells = 0 if tables is None else found._write(None, tables)
    sys.stdout.buffer.write(page)
    sys.stdout.buffer.flush()
    return n_cells


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


def _check_output(options: argparse.Namespace) -> None:
    """Refuse before the work what could not be written, or is read or written already."""
    from .analysis import TABLES, check_folder

    targets: list[Path] = []
    if options.tables is not None:
        check_folder(options.tables)
        targets.extend(Path(options.tables) / name for name in TABLES)
    if options.output == STDOUT:
        _check_stdout("html")
    else:
        targets.append(check_target(options.output))
    _check_targets(targets, options)


def _check_targets(targets: list[Path], options: argparse.Namespace) -> None:
    from ._files import expand

    files = [name for name in options.files if name != STDIN]
    given = [*(getattr(options, "actors", None) or ()), getattr(options, "lexicon", None)]
    sources = [*(expand(files) if files else ()), *filter(None, given)]
    taken = {os.path.realpath(source) for source in sources}
    for target in targets:
        if os.path.realpath(target) in taken:
            raise ValueError(f"{target} is read or written already; write to another place")
        taken.add(os.path.realpath(target))


# ---- dictionaries --------------------------------------------------------------------------------


def _print(text: str) -> None:
    """Print text; what the terminal has no character for is written as its number."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


def check_actors(options: argparse.Namespace) -> str:
    """Print the report of a dictionary."""
    from ._actor_report import check_text
    from .actors import Actors
    from .analysis import STARTER

    _check_stdout("text")
    named = options.file == STARTER and options.format is None and not os.path.exists(options.file)
    actors = Actors.world() if named else Actors.read(options.file, format=options.format)
    _print(check_text(actors, options.file))
    return ""
