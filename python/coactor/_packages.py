"""Word lists of other packages, read from where they are installed, without importing them.

Importing vaderSentiment pulls in an HTTP library, importing NLTK takes a second; what is needed of
either are constants in their sources and files beside them.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from . import _core
from ._files import read_text

#: What the core calls the packages.
PORTS = {"vader": 0, "nltk_vader": 1}

SUMS = ("plain", "compensated")

#: Lists in `NLTK_LIST` of the data of NLTK.
NLTK_LIST = "vader_lexicon"


class Entry(NamedTuple):
    """One line of a word list."""

    word: str
    value: float
    line: int


class Problem(NamedTuple):
    """What reading found: a row of `Lexicon.report`."""

    kind: str
    pattern: str
    line: int
    detail: str


class WordList(NamedTuple):
    """Words with their values, in order; of one that stands there twice the last line."""

    words: dict[str, float]
    lines: dict[str, int]
    problems: list[Problem]
    source: str


@cache
def letters() -> _core.Letters:
    """Return what this Python says of letters; made once, in some 50 ms."""
    return _core.Letters()


def folder_of(package: str, pip: str) -> Path:
    """Return the folder of an installed package.

    Raises
    ------
    ImportError
        With the command that installs it.
    """
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        spec = None
    places = list(spec.submodule_search_locations or []) if spec is not None else []
    if not places:
        raise ImportError(
            f"the word lists of {package} are read from the package, which is not installed: "
            f"pip install {pip}",
            name=package,
        )
    return Path(places[0])


def constants(path: Path, names: tuple[str, ...]) -> dict[str, Any]:
    """Return constants of a Python source by name, wherever they are assigned.

    Lists, sets, dicts, numbers, texts, and names of constants above them are understood.

    Raises
    ------
    ImportError
        If one of them is not there, or is no constant.
    """
    held: dict[str, Any] = {}

    def value_of(node: ast.expr) -> Any:
        match node:
            case ast.Constant():
                return node.value
            case ast.Name(id=name) if name in held:
                return held[name]
            case ast.UnaryOp(op=ast.USub()):
                return -value_of(node.operand)
            case ast.List() | ast.Set() | ast.Tuple():
                return [value_of(item) for item in node.elts]
            case ast.Dict():
                return {
                    value_of(key): value_of(value)
                    for key, value in zip(node.keys, node.values, strict=True)
                    if key is not None
                }
        raise ValueError

    for node in ast.walk(ast.parse(read_text(path), str(path))):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                held.setdefault(node.targets[0].id, value_of(node.value))
            except ValueError:
                continue
    missing = [name for name in names if name not in held]
    if missing:
        raise ImportError(f"{path}: no constant {missing[0]}; coactor knows version 3.3.2 of it")
    return {name: held[name] for name in names}


def read_pairs(text: str, source: str, *, last_wins: bool = True) -> WordList:
    """Read lines of word TAB value; what follows a second tab is left alone.

    Raises
    ------
    ValueError
        With file, line and reason.
    """
    words: dict[str, float] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        fields = line.strip().split("\t")
        if len(fields) < 2:
            raise ValueError(f"{source}:{number}: {line.strip()!r}: expected word, tab, value")
        word = fields[0]
        value = number_of(fields[1], f"{source}:{number}: {word!r}: value")
        if word in words and words[word] != value:
            problems.append(
                Problem(
                    "duplicate",
                    word,
                    number,
                    f"{value:g} here, {words[word]:g} in line {lines[word]}; the last one counts",
                )
            )
        words[word], lines[word] = value, number
    if not words:
        raise ValueError(f"{source}: the list is empty")
    return WordList(words, lines, problems, source)


def number_of(text: Any, where: str) -> float:
    """Return a finite number of bearable size, or raise a ValueError that begins with `where`."""
    try:
        value = float(text)
    except (TypeError, ValueError):
        raise ValueError(f"{where} {text!r} is not a number") from None
    if not np.isfinite(value):
        raise ValueError(f"{where} {text!r} is not finite")
    if abs(value) > 1_000_000:
        raise ValueError(f"{where} {text!r} is beyond 1,000,000")
    return value


# ---- VADER ---------------------------------------------------------------------------------------


def vader_list() -> WordList:
    """Return the lexicon of the installed vaderSentiment."""
    path = folder_of("vaderSentiment", "vaderSentiment") / "vader_lexicon.txt"
    return read_pairs(read_text(path), path.name)


def _vader_emoji() -> dict[str, str]:
    path = folder_of("vaderSentiment", "vaderSentiment") / "emoji_utf8_lexicon.txt"
    emoji = {}
    for line in read_text(path).rstrip("\n").split("\n"):
        sign, description = line.strip().split("\t")[0:2]
        emoji[sign] = description
    # The package looks single characters up, so that longer sequences never match.
    return {sign: words for sign, words in emoji.items() if len(sign) == 1}


def vader_core(words: dict[str, float], *, compensated: bool, fold: bool) -> _core.Vader:
    """Return the rules of vaderSentiment with a lexicon."""
    source = folder_of("vaderSentiment", "vaderSentiment") / "vaderSentiment.py"
    rules = constants(source, ("NEGATE", "BOOSTER_DICT", "SPECIAL_CASES"))
    return _core_of(
        "vader",
        words,
        rules["BOOSTER_DICT"],
        rules["NEGATE"],
        rules["SPECIAL_CASES"],
        _vader_emoji(),
        compensated,
        fold,
    )


def nltk_list(lexicon_file: str | os.PathLike[str] | None) -> WordList:
    """Return the lexicon of NLTK's port, which is downloaded apart from the package."""
    if lexicon_file is not None:
        path = Path(lexicon_file)
        return read_pairs(read_text(path), path.name)
    for folder in _nltk_folders():
        plain = folder / "sentiment" / NLTK_LIST / f"{NLTK_LIST}.txt"
        if plain.is_file():
            return read_pairs(read_text(plain), plain.name)
        packed = folder / "sentiment" / f"{NLTK_LIST}.zip"
        if packed.is_file():
            import zipfile

            with zipfile.ZipFile(packed) as archive:
                text = archive.read(f"{NLTK_LIST}/{NLTK_LIST}.txt").decode("utf-8")
            return read_pairs(text, f"{NLTK_LIST}.txt")
    raise FileNotFoundError(
        f"the {NLTK_LIST} of NLTK is not installed: python -m nltk.downloader {NLTK_LIST}, or name "
        "the file with lexicon_file="
    )


def _nltk_folders() -> list[Path]:
    """Return where NLTK looks for its data."""
    named = [Path(part) for part in os.environ.get("NLTK_DATA", "").split(os.pathsep) if part]
    home = [Path(os.path.expanduser("~/nltk_data"))]
    own = [Path(sys.prefix, part) for part in ("nltk_data", "share/nltk_data", "lib/nltk_data")]
    shared = [
        Path(part, "nltk_data")
        for part in ("/usr/share", "/usr/local/share", "/usr/lib", "/usr/local/lib")
    ]
    return named + home + own + shared


def nltk_core(words: dict[str, float], *, compensated: bool, fold: bool) -> _core.Vader:
    """Return the rules of NLTK's port with a lexicon."""
    source = folder_of("nltk", "nltk") / "sentiment" / "vader.py"
    rules = constants(source, ("NEGATE", "BOOSTER_DICT", "SPECIAL_CASE_IDIOMS"))
    return _core_of(
        "nltk_vader",
        words,
        rules["BOOSTER_DICT"],
        rules["NEGATE"],
        rules["SPECIAL_CASE_IDIOMS"],
        {},
        compensated,
        fold,
    )


def _core_of(
    port: str,
    words: dict[str, float],
    boosters: dict[str, float],
    negations: list[str],
    idioms: dict[str, float],
    emoji: dict[str, str],
    compensated: bool,
    fold: bool,
) -> _core.Vader:
    def texts(values: Any) -> _core.Texts:
        return _core.Texts(list(values))

    def floats(values: Any) -> np.ndarray:
        return np.array(list(values), dtype=np.float64)

    return _core.Vader(
        letters(),
        PORTS[port],
        compensated,
        fold,
        texts(words),
        floats(words.values()),
        texts(boosters),
        floats(boosters.values()),
        texts(negations),
        texts(idioms),
        floats(idioms.values()),
        texts(emoji),
        texts(emoji.values()),
    )


def unreachable(words: dict[str, float], lines: dict[str, int], port: str) -> list[Problem]:
    """Return the entries that no text can reach, since tokens are lower-cased and cut at blanks."""
    problems = []
    emoji = _vader_emoji() if port == "vader" and not all(map(str.isascii, words)) else {}
    for word in words:
        why = ""
        if not word.isascii() and any(sign in emoji for sign in word):
            why = "holds an emoji, and those are replaced by their descriptions first"
        elif word != word.lower():
            why = "not in lower case, as tokens are when they are looked up"
        elif word.split() != [word]:
            why = "holds a blank, and tokens hold none"
        elif port == "vader" and len(word.strip(_PUNCTUATION)) > 2 and _is_edged(word):
            why = "begins or ends with a sign, and those are taken off longer tokens"
        if why:
            problems.append(Problem("unreachable", word, lines.get(word, 0), why))
    return problems


def _is_edged(word: str) -> bool:
    return word != word.strip(_PUNCTUATION)


_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


# ---- AFINN ---------------------------------------------------------------------------------------


def afinn_list(name: str) -> WordList:
    """Return a list of the installed afinn by the name of its file."""
    folder = folder_of("afinn", "afinn") / "data"
    names = sorted(path.stem.removeprefix("AFINN-") for path in folder.glob("AFINN-*.txt"))
    if name not in names:
        listed = ", ".join(map(repr, names))
        raise ValueError(f"name={name!r} is not known; the installed afinn has {listed}")
    path = folder / f"AFINN-{name}.txt"
    return read_pairs(read_text(path), path.name)


def afinn_core(words: dict[str, float], emoticons: dict[str, float]) -> _core.Afinn:
    """Return the search of afinn with its words."""
    return _core.Afinn(
        letters(),
        _core.Texts(list(words)),
        np.array(list(words.values()), dtype=np.float64),
        _core.Texts(list(emoticons)),
        np.array(list(emoticons.values()), dtype=np.float64),
    )
