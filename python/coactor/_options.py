"""What the command line takes: commands, options, and a help of one screen for each."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from . import _commands
from ._output import FORMATS, STDOUT
from ._version import __version__

__all__ = ["parser"]

#: Columns of a help, and those of its options.
WIDTH, OPTIONS_WIDTH = 79, 21


class _Help(argparse.RawDescriptionHelpFormatter):
    """A help as wide everywhere, so that it is one screen everywhere."""

    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, **{**options, "width": WIDTH, "max_help_position": OPTIONS_WIDTH})

    def _format_action_invocation(self, action: argparse.Action) -> str:
        """Write ``-o, --output FILE``: what an option takes, once."""
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        return f"{', '.join(action.option_strings)} {action.metavar}"


def _columns(value: str) -> list[str]:
    names = [name.strip() for name in value.split(",")]
    if not all(names):
        raise argparse.ArgumentTypeError(f"{value!r} names an empty column")
    return names


def _named(value: str) -> str:
    if not value:
        raise argparse.ArgumentTypeError("a name is empty")
    return value


class _Unused(argparse.Action):
    """Takes an option that other commands have, so that one set of options does for them all.

    What it has no influence on is said, but of the seed, where nothing is drawn at random.
    """

    def __call__(self, parser: Any, namespace: Any, values: Any, option: str | None = None) -> None:
        if option != "--seed":
            namespace.unused = [*(getattr(namespace, "unused", None) or []), option]


def _at_least(least: int) -> Callable[[str], int]:
    """Return what reads a whole number from `least` on."""

    def read(value: str) -> int:
        number = int(value) if value.isascii() and value.isdigit() else -1
        if number < least:
            raise argparse.ArgumentTypeError(f"{value!r} is not a whole number from {least} on")
        return number

    return read


def _rollup(value: str) -> str | int:
    if value == "parent":
        return value
    if value.isascii() and value.isdigit() and int(value) > 0:
        return int(value)
    raise argparse.ArgumentTypeError(f"{value!r} is neither parent nor a number of letters")


#: Every option, by its name. Helps are one line each.
OPTIONS: dict[str, dict[str, Any]] = {
    "--text": {
        "type": _columns,
        "default": [_commands.TEXT],
        "metavar": "COL,...",
        "help": "columns that hold the text, joined in this order (text)",
    },
    "--id": {"metavar": "COL", "help": "column that names the documents"},
    "--date": {"metavar": "COL", "help": "column of dates, as 2024-05-31"},
    "--date-format": {"metavar": "FMT", "help": "how dates are written, as %%d.%%m.%%Y"},
    "--encoding": {"default": "utf-8", "metavar": "NAME", "help": "of text files (utf-8)"},
    "--by": {
        "type": _columns,
        "default": [],
        "metavar": "COL,...",
        "help": "a row a group: columns, or day, week, month, quarter, year",
    },
    "--actors": {
        "action": "append",
        "type": _named,
        "metavar": "FILE",
        "help": "dictionary; repeat to join; default: world, a starter",
    },
    "--lexicon": {
        "type": _named,
        "metavar": "FILE",
        "help": "lexicon of tone; or conflict (default), vader, afinn",
    },
    "--unit": {
        "choices": ("sentence", "paragraph", "document"),
        "default": "sentence",
        "metavar": "UNIT",
        "help": "of a pair: sentence (default), paragraph or document",
    },
    "--quotes": {
        "choices": ("keep", "drop", "only"),
        "default": "keep",
        "metavar": "HOW",
        "help": "quoted speech: keep (default), drop, or only",
    },
    "--rollup": {
        "type": _rollup,
        "metavar": "HOW",
        "help": "count actors as their parent, or by N letters of the code",
    },
    "--mode": {
        "choices": ("news", "uax29"),
        "default": "news",
        "metavar": "MODE",
        "help": "news (default), or exactly the segments of uax29",
    },
    "--test": {"action": "store_true", "help": "test each pair against chance: z, p, q"},
    "--window": {
        "type": _at_least(0),
        "default": 8,
        "metavar": "N",
        "help": "tokens to the left and to the right (8)",
    },
    "--sample": {"type": _at_least(0), "metavar": "N", "help": "at most so many, at random"},
    "--seed": {
        "type": _at_least(0),
        "default": 0,
        "metavar": "N",
        "help": "of what is drawn at random (0)",
    },
    "--threads": {"type": _at_least(1), "metavar": "N", "help": "how many may work (all)"},
    "--format": {
        "choices": tuple(FORMATS),
        "metavar": "NAME",
        "help": "csv, jsonl or parquet; default: by the suffix of FILE",
    },
    "--tables": {
        "type": _named,
        "metavar": "DIR",
        "help": "folder for documents, mentions, pairs, tone, actors.csv",
    },
    "--no-text": {
        "action": "store_false",
        "dest": "quoting",
        "help": "quote no passage, as licences of texts may ask",
    },
}

REPORT = tuple("--by --actors --lexicon --unit --quotes --rollup --threads --seed".split())
INPUT = ("--text", "--id", "--date", "--date-format", "--encoding")

#: The same option where it means something a little different.
CHANGES: dict[str, dict[str, dict[str, Any]]] = {
    "report": {"--by": {"help": "columns to count documents by, as outlet"}},
    "tone": {
        "--unit": {
            "choices": ("document", "sentence"),
            "default": "document",
            "help": "what gets a row: document (default) or sentence",
        },
        "--actors": {"help": "dictionary of names that carry no tone; or world"},
    },
    "kwic": {"--actors": {"help": "PHRASE is an actor of it, or two: RUS,TALIBAN"}},
}

#: What every command takes, whether or not it has a use for it.
COMMON = ("--by", "--actors", "--lexicon", "--unit", "--quotes", "--format", "--threads", "--seed")

#: The commands that write a table: what makes it, what it is, its settings, an example.
TABLES: dict[str, tuple[Callable[..., Any], str, tuple[str, ...], str]] = {
    "mentions": (
        _commands.mentions,
        "table: who is named where, or with --by how often",
        ("--by", "--actors", "--quotes"),
        "mentions news.csv --date day --by month",
    ),
    "pairs": (
        _commands.pairs,
        "table: who appears with whom, and how often",
        ("--by", "--actors", "--unit", "--quotes", "--rollup", "--test"),
        "pairs news.csv --unit paragraph --test -o pairs.csv",
    ),
    "tone": (
        _commands.tone,
        "table: tone of documents or sentences, or with --by of groups",
        ("--by", "--actors", "--lexicon", "--unit", "--quotes"),
        "tone news.csv --date day --by month",
    ),
    "tokens": (
        _commands.tokens,
        "table: tokens with sentence, type, kind and place",
        ("--mode",),
        "tokens article.txt | head",
    ),
    "kwic": (
        _commands.kwic,
        "table: a phrase, an actor or a pair in context",
        ("--actors", "--unit", "--quotes", "--window", "--sample", "--seed"),
        "kwic 'cease-fire*' news.csv --sample 20",
    ),
}


def parser() -> argparse.ArgumentParser:
    """Return the parser; ``options.run(options)`` does what was asked for."""
    top = argparse.ArgumentParser(
        prog="coactor",
        description="Who appears with whom in news text, and in what tone.",
        formatter_class=_Help,
        epilog="coactor COMMAND --help says more. It all begins with:\n"
        "  coactor report articles/*.txt -o report.html",
    )
    top.add_argument("--version", action="version", version=f"coactor {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_report(commands)
    for name in TABLES:
        _add_table(commands, name)
    _add_actors(commands)
    return top


def _command(commands: Any, name: str, usage: str, about: str, example: str) -> Any:
    made = commands.add_parser(
        name,
        help=about[0].lower() + about[1:],
        usage=f"coactor {usage}",
        description=f"{about[0].upper()}{about[1:]}.",
        epilog=f"example: coactor {example}",
        formatter_class=_Help,
        add_help=False,
        allow_abbrev=False,
    )
    return made


def _add_report(commands: Any) -> None:
    report = _command(
        commands,
        "report",
        "report FILES -o FILE [options]",
        "write a page about a corpus: who, with whom, in what tone",
        "report articles/*.txt --actors actors.yml -o report.html",
    )
    _add_input(report)
    _add(report, "how to look at it", "report", REPORT)
    group = report.add_argument_group("what to write")
    group.add_argument(
        "-o",
        "--output",
        required=True,
        type=_named,
        metavar="FILE",
        help="the page; - for standard output",
    )
    _fill(group, "report", ("--tables", "--no-text"))
    _take(report, (*REPORT, "--tables"))
    report.set_defaults(run=_commands.report, command=report)


def _add_table(commands: Any, name: str) -> None:
    make, about, settings, example = TABLES[name]
    first = "PHRASE " if name == "kwic" else ""
    table = _command(commands, name, f"{name} {first}FILES [options]", about, example)
    if name == "kwic":
        table.add_argument(
            "phrase", metavar="PHRASE", help="words to look for; * for any letters of a word"
        )
    _add_input(table)
    _add(table, "how to look at it", name, (*settings, "--threads"))
    group = table.add_argument_group("what to write")
    group.add_argument(
        "-o",
        "--output",
        default=STDOUT,
        type=_named,
        metavar="FILE",
        help="default: standard output",
    )
    _fill(group, name, ("--format",))
    _take(table, (*settings, "--threads", "--format"))
    table.set_defaults(run=_commands.write_table, make=make, command=table)


def _add_actors(commands: Any) -> None:
    actors = commands.add_parser(
        "actors", help="look at a dictionary of actors", formatter_class=_Help
    )
    verbs = actors.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = verbs.add_parser(
        "check",
        help="what a dictionary holds, and what may be wrong with it",
        usage="coactor actors check FILE [--format NAME]",
        description="Read a dictionary and print its report: counts, then rows with their lines.",
        epilog="example: coactor actors check actors.yml",
        formatter_class=_Help,
    )
    check.add_argument("file", metavar="FILE", help="dictionary of any format that is read")
    check.add_argument(
        "--format", metavar="NAME", help="its format, where the suffix does not say it"
    )
    check.set_defaults(run=_commands.check_actors, command=check)


def _add_input(command: Any) -> None:
    group = command.add_argument_group("what to read")
    group.add_argument(
        "files",
        nargs="+",
        type=_named,
        metavar="FILES",
        help=".txt .csv .jsonl .parquet, folders, globs; - is stdin",
    )
    _fill(group, "", INPUT)


def _add(command: Any, title: str, name: str, options: tuple[str, ...]) -> None:
    _fill(command.add_argument_group(title), name, options)


def _take(command: Any, used: tuple[str, ...]) -> None:
    """Add the common options that a command has no use for; its help is silent about them."""
    for option in COMMON:
        if option not in used:
            choices = OPTIONS[option].get("choices")
            command.add_argument(
                option,
                action=_Unused,
                choices=choices,
                type=OPTIONS[option].get("type"),
                dest="unused",
                help=argparse.SUPPRESS,
            )


def _fill(group: Any, command: str, options: tuple[str, ...]) -> None:
    for option in options:
        group.add_argument(
            option, **{**OPTIONS[option], **CHANGES.get(command, {}).get(option, {})}
        )
    if options[-1] in ("--format", "--no-text"):
        group.add_argument("-h", "--help", action="help", help="show this")
