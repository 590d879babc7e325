"""Check the rules of csrc/README.md: python tools/check_layers.py [ROOT]

Prints one line for each violation, `file:line why`, and exits with 1 if there is any. A rule is a
function from the tree to violations; RULES, at the end, lists them all.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

# The arrow of the core: a header of one group includes none of a later group. What is not listed
# here may stand anywhere, as long as includes make no circle.
ARROW = (
    "base piece mem utf8 texts unicode unicode_classes unicode_tables uax29 kernels bounds".split()
    + "accents accents_table".split(),
    "english shape scan vocab sentences layout pieces spans tokens tokenize join subset".split(),
    "quotes locative fold strings dict draft dict_freeze dict_build dict_file".split()
    + "mention typemap bind hits walk match".split(),
    "incidence cooc plain_pairs unit_pairs word_windows clustered".split()
    + "lexicon score wordkey letters contrast afinn".split()
    + "vader_words vader_plain vader_tokens vader_rules vader".split(),
)

# Who may include what from outside the project: (where, forbidden there, why).
FORBIDDEN = (
    (r"csrc/core/", r"Python\.h|numpy/", "the core knows no Python"),
    (
        r"csrc/core/",
        r"stdio\.h|unistd\.h|fcntl\.h|windows\.h|locale\.h",
        "the core knows no system",
    ),
    (r"csrc/core/", r"pthread\.h|threads\.h", "threads live in csrc/par"),
    (r"csrc/par/", r"Python\.h|numpy/", "csrc/par knows no Python"),
    (r"csrc/ext/", r"pthread\.h|threads\.h|windows\.h", "threads live in csrc/par"),
    (r"csrc/ext/(?!arrays\.c$)", r"numpy/", "only csrc/ext/arrays.c knows NumPy"),
)

# Who may include which of our own headers: (where, allowed there, why).
ALLOWED = (
    (r"csrc/core/", r"csrc/core/", "the core includes the core only"),
    (r"csrc/par/", r"csrc/par/|csrc/core/(base|mem)\.h$", "par includes core/base.h, core/mem.h"),
    (r"csrc/ext/", r"csrc/", "the extension includes csrc only"),
)

# Where `#if` may stand, besides the include guard of a header.
CONDITIONAL = re.compile(r"csrc/(core/base\.h|core/simd/.*|par/.*|ext/module\.c)")

# Tables that Python's C API takes through pointers that are not const.
PYTHON_TABLES = (
    r"PyMethodDef|PyGetSetDef|PyMemberDef|PyModuleDef|PyModuleDef_Slot|PyType_Slot|PyType_Spec|"
    r"PyStructSequence_Desc|PyStructSequence_Field"
)

# Files that could state the version a second time; a changelog has to.
VERSION_FILE = "python/coactor/_version.py"
VERSION_GLOBS = (
    *("pyproject.toml", "setup.py", "Makefile", "CITATION.cff"),
    *("python/**/*.py", "python/**/*.pyi", "csrc/**/*.c", "csrc/**/*.h"),
)


class Violation(NamedTuple):
    file: str
    line: int
    why: str


class Source:
    """One C file: its lines, and the code in them without comments and texts."""

    def __init__(self, root: Path, path: Path) -> None:
        self.name = path.relative_to(root).as_posix()
        self.stem = path.stem
        self.text = path.read_text(encoding="utf-8")

    @cached_property
    def code(self) -> str:
        """The text with comments blanked and literals emptied; every line keeps its number."""
        pattern = r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"

        def blank(match: re.Match[str]) -> str:
            found = match.group()
            return found[0] * 2 if found[0] in "\"'" else "\n" * found.count("\n") or " "

        # The name of an included header is a literal too, but has to stay.
        kept = re.sub(r'(#[ \t]*include[ \t]*)"([^"\n]*)"', r"\1<\2>", self.text)
        return re.sub(pattern, blank, kept, flags=re.DOTALL)

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        return list(enumerate(self.code.splitlines(), 1))

    @cached_property
    def includes(self) -> list[tuple[int, str]]:
        """(line, name as written) of each include."""
        found = ((n, re.match(r"\s*#\s*include\s*<([^>]+)>", line)) for n, line in self.lines)
        return [(n, match.group(1)) for n, match in found if match]


class Tree:
    """The C files under a root."""

    def __init__(self, root: Path) -> None:
        self.root = root
        paths = sorted(path for path in (root / "csrc").rglob("*") if path.suffix in (".c", ".h"))
        self.sources = [Source(root, path) for path in paths]
        self.by_name = {source.name: source for source in self.sources}

    def find(self, source: Source, include: str) -> str | None:
        """The name of our own header that an include means, or None where it is a system's."""
        for folder in ((self.root / source.name).parent, self.root / "csrc"):
            path = (folder / include).resolve()
            if path.is_relative_to(self.root) and path.is_file():
                return path.relative_to(self.root).as_posix()
        return None

    def links(self, source: Source) -> Iterator[tuple[int, str]]:
        """(line, name) of each header of our own that a file includes."""
        for line, include in source.includes:
            name = self.find(source, include)
            if name is not None:
                yield line, name


def outside_includes(tree: Tree) -> Iterator[Violation]:
    """No file includes a header of the system or of a library that its layer must not know."""
    for source in tree.sources:
        for where, forbidden, why in FORBIDDEN:
            for line, include in source.includes:
                if re.match(where, source.name) and re.match(forbidden, include):
                    yield Violation(source.name, line, f"includes <{include}>, but {why}")


def own_includes(tree: Tree) -> Iterator[Violation]:
    """Between the layers, includes point one way."""
    for source in tree.sources:
        for where, allowed, why in ALLOWED:
            for line, name in tree.links(source):
                if re.match(where, source.name) and not re.match(allowed, name):
                    yield Violation(source.name, line, f"includes {name}, but {why}")


def arrow(tree: Tree) -> Iterator[Violation]:
    """Within the core, no file includes a header of a later stage."""
    stage = {stem: number for number, group in enumerate(ARROW) for stem in group}
    for source in tree.sources:
        if not source.name.startswith("csrc/core/") or source.stem not in stage:
            continue
        for line, name in tree.links(source):
            if stage.get(Path(name).stem, 0) > stage[source.stem]:
                yield Violation(source.name, line, f"includes {name}, a later stage of the arrow")


def circles(tree: Tree) -> Iterator[Violation]:
    """No header includes itself, not even by way of others."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            source = tree.by_name.get(waiting.pop())
            new = {name for _, name in tree.links(source)} - seen if source else set()
            seen |= new
            waiting += new
        return seen

    for source in tree.sources:
        for line, name in tree.links(source):
            if source.name == name or source.name in reached(name):
                yield Violation(source.name, line, f"includes {name}, which leads back here")


def companions(tree: Tree) -> Iterator[Violation]:
    """One noun, one header, one source, one test."""
    for source in tree.sources:
        match = re.fullmatch(r"csrc/(core|par)/(\w+)\.c", source.name)
        if match is None:
            continue
        for file in (f"csrc/{match.group(1)}/{source.stem}.h", f"tests/c/test_{source.stem}.c"):
            if not (tree.root / file).is_file():
                yield Violation(source.name, 1, f"has no {file}")


def conditionals(tree: Tree) -> Iterator[Violation]:
    """Conditional compilation stays in the files made for it."""
    for source in tree.sources:
        if CONDITIONAL.fullmatch(source.name):
            continue
        guard = re.search(r"#\s*ifndef\s+(\w+)\s*\n\s*#\s*define\s+\1\b", source.code)
        guard_line = source.code.count("\n", 0, guard.start()) + 1 if guard else 0
        for line, code in source.lines:
            if re.match(r"\s*#\s*(if|ifdef|ifndef|elif|else)\b", code) and line != guard_line:
                yield Violation(source.name, line, "conditional compilation has no place here")


class Declaration(NamedTuple):
    line: int
    depth: int
    text: str  # up to its `{` or its `;`


def declarations(source: Source) -> Iterator[Declaration]:
    """Every statement of a file, at file scope (depth 0) and inside of braces."""
    directive = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
    code = directive.sub(lambda match: "\n" * match.group().count("\n"), source.code)
    depth, line, start, text = 0, 1, 1, ""
    for sign in code:
        if sign in "{};":
            if sign != "}":
                yield Declaration(start, depth, " ".join(text.split()))
            depth += {"{": 1, "}": -1}.get(sign, 0)
            text = ""
        else:
            if not text.strip():
                start = line
            text += sign
        line += sign == "\n"


def is_mutable_variable(declaration: Declaration) -> bool:
    """Does this declare a variable that lives as long as the program, and can be changed?"""
    text = re.sub(r"\[[^\]]*\]", "", declaration.text.split("=", 1)[0]).strip()
    if text.startswith("typedef ") or (declaration.depth > 0 and not text.startswith("static ")):
        return False
    if "(" in text:  # a function, or else a pointer to one: type (*name)(...)
        return re.match(r"[^(]*\(\s*\*\s*(?!const\b)\w", text) is not None
    text = text.split(",", 1)[0]
    if re.match(r"((static|extern) )?(struct|enum|union) \w+$", text):
        return False  # a type
    if not re.fullmatch(r"[A-Za-z_][\w\s*]*[\s*]\w+", text):
        return False  # not `type name`
    _, star, last = text.rpartition("*")
    return re.search(r"\bconst\b", last if star else text) is None


def mutable_variables(tree: Tree) -> Iterator[Violation]:
    """Nothing in core or ext outlives a call and can change."""
    for source in tree.sources:
        if not re.match(r"csrc/(core|ext)/", source.name):
            continue
        for declaration in declarations(source):
            text = declaration.text
            if not is_mutable_variable(declaration):
                continue
            if source.name.startswith("csrc/ext/"):
                # Python's C API wants these tables and the keywords of a function like that.
                if re.match(rf"(static |extern )?(struct )?({PYTHON_TABLES})\b", text):
                    continue
                if declaration.depth > 0 and re.match(r"static char \*", text):
                    continue
            if source.name.startswith("csrc/core/simd/") and "_Atomic" in text:
                continue  # the set of kernels, chosen once
            why = f"a variable that outlives the call and can change: {text[:60]}"
            yield Violation(source.name, declaration.line, why)


def one_version(tree: Tree) -> Iterator[Violation]:
    """The version stands in one place."""
    path = tree.root / VERSION_FILE
    match = re.search(r'__version__ = "([^"]+)"', path.read_text(encoding="utf-8"))
    if match is None:
        yield Violation(VERSION_FILE, 1, 'has no line __version__ = "..."')
        return
    literal = re.compile(rf"(?<![\w.]){re.escape(match.group(1))}(?![\w.])")
    for file in sorted({file for pattern in VERSION_GLOBS for file in tree.root.glob(pattern)}):
        name = file.relative_to(tree.root).as_posix()
        if name == VERSION_FILE:
            continue
        for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if literal.search(text):
                yield Violation(name, line, f"states the version, which {VERSION_FILE} does")


RULES: tuple[Callable[[Tree], Iterator[Violation]], ...] = (
    outside_includes,
    own_includes,
    arrow,
    circles,
    companions,
    conditionals,
    mutable_variables,
    one_version,
)


def check(root: Path) -> list[Violation]:
    """All violations in the tree under `root`, in the order of files and lines."""
    tree = Tree(root.resolve())
    return sorted({violation for rule in RULES for violation in rule(tree)})


def main(arguments: list[str]) -> int:
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[1]
    violations = check(root)
    for file, line, why in violations:
        print(f"{file}:{line} {why}")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
