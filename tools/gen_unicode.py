#!/usr/bin/env python3
"""Write the Unicode tables of the C core from the Unicode Character Database.

    python tools/gen_unicode.py             # write csrc/core/unicode_{classes,tables}.h
    python tools/gen_unicode.py --check     # exit 1 if they differ from what would be written

The database is a folder laid out as Debian's package unicode-data lays out /usr/share/unicode.
Its version is pinned: tables, tests and documentation speak of one version of Unicode, and never
of the one that the running Python happens to know.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, NoReturn

PINNED = "15.0.0"
CODE_POINTS = 0x110000

CATEGORY = "extracted/DerivedGeneralCategory.txt"
PROPERTIES = "PropList.txt"
DERIVED = "DerivedCoreProperties.txt"
EMOJI = "emoji/emoji-data.txt"
WORD = "auxiliary/WordBreakProperty.txt"
SENTENCE = "auxiliary/SentenceBreakProperty.txt"
FOLDING = "CaseFolding.txt"
INPUTS = (CATEGORY, PROPERTIES, DERIVED, EMOJI, WORD, SENTENCE, FOLDING)

# In the order of the tables 3 and 4 of UAX #29; what the files do not list is Other.
# fmt: off
WORD_CLASSES = (
    "Other", "CR", "LF", "Newline", "Extend", "ZWJ", "Regional_Indicator", "Format", "Katakana",
    "Hebrew_Letter", "ALetter", "Single_Quote", "Double_Quote", "MidNumLet", "MidLetter", "MidNum",
    "Numeric", "ExtendNumLet", "WSegSpace",
)
SENTENCE_CLASSES = (
    "Other", "CR", "LF", "Extend", "Sep", "Format", "Sp", "Lower", "Upper", "OLetter", "Numeric",
    "ATerm", "SContinue", "STerm", "Close",
)
# fmt: on

FLAGS = (
    ("LETTER", "general category L*"),
    ("UPPER", "Uppercase, or category Lt"),
    ("LOWER", "Lowercase"),
    ("DIGIT", "category Nd"),
    ("NUMERIC", "category Nl or No"),
    ("MARK", "category M*"),
    ("SPACE", "White_Space"),
    ("PUNCT", "category P*"),
    ("SYMBOL", "category S*"),
    ("DASH", "category Pd, and U+2212 MINUS SIGN"),
    ("PICTO", "Extended_Pictographic"),
    ("LINE", "ends a line: LF VT FF CR NEL LS PS"),
    ("OPEN", "category Ps or Pi"),
    ("CLOSE", "category Pe or Pf"),
    ("FORMAT", "category Cf"),
    ("EMOJI", "Emoji_Presentation: an emoji even without U+FE0F"),
)
LINE_ENDS = (0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
MINUS_SIGN = 0x2212


class Record(NamedTuple):
    """What is kept of a code point."""

    word: int
    sentence: int
    flags: int


class FoldRun(NamedTuple):
    """Code points first, first + step, ... that fold alike; step 0: one of several code points."""

    first: int
    length: int
    step: int
    value: int  # what to add, or the place of the folding in the table of long ones


class Tables(NamedTuple):
    """Everything that is printed."""

    version: str
    hashes: dict[str, str]
    records: list[Record]
    ascii: list[Record]
    shift: int
    limit: int
    stage1: list[int]
    stage2: list[int]
    fold_runs: list[FoldRun]
    fold_long: list[tuple[int, ...]]


def fail(message: str) -> NoReturn:
    """Leave with one line."""
    sys.exit(f"gen_unicode: {message}")


# ---- parse ---------------------------------------------------------------------------------------


def read_version(name: str, text: str) -> str:
    """Version of a file, from its first lines; emoji-data.txt has its own way of saying it."""
    stem = re.escape(Path(name).stem)
    found = re.match(rf"# {stem}-(\d+\.\d+\.\d+)\.txt\s", text)
    if found:
        return found[1]
    found = re.search(r"^# Used with Emoji Version (\d+\.\d+)", text[:2000], re.MULTILINE)
    if found and name == EMOJI:
        return found[1] + ".0"
    fail(f"{name} does not say which version of Unicode it is from")


def read_inputs(ucd: Path, version: str) -> tuple[dict[str, str], dict[str, str]]:
    """Texts and SHA-256 of the input files, all of the wanted version."""
    texts, hashes = {}, {}
    for name in INPUTS:
        path = ucd / name
        if not path.is_file():
            fail(f"{path} is missing (Debian: apt install unicode-data)")
        data = path.read_bytes()
        texts[name] = data.decode("utf-8")
        hashes[name] = hashlib.sha256(data).hexdigest()
        found = read_version(name, texts[name])
        if found != version:
            fail(f"{path} is of Unicode {found}, not {version} (see --allow-version)")
    return texts, hashes


def fields(text: str) -> Iterator[list[str]]:
    """Fields of the lines that hold data."""
    for line in text.splitlines():
        data = line.partition("#")[0].strip()
        if data:
            yield [field.strip() for field in data.split(";")]


def ranges(text: str) -> Iterator[tuple[range, str]]:
    """(code points, value) of a file with lines such as `0041..005A ; Lu`."""
    for places, value, *_rest in fields(text):
        first, _, last = places.partition("..")
        start, stop = int(first, 16), int(last or first, 16) + 1
        assert 0 <= start < stop <= CODE_POINTS, places
        yield range(start, stop), value


def value_of_each(text: str, default: str) -> list[str]:
    """The value of every code point, where a file gives at most one to each."""
    values = [default] * CODE_POINTS
    seen = bytearray(CODE_POINTS)
    for places, value in ranges(text):
        for cp in places:
            assert not seen[cp], f"U+{cp:04X} is listed twice"
            seen[cp] = 1
            values[cp] = value
    return values


def having(text: str, value: str) -> set[int]:
    """Code points with one property, where a file lists several."""
    found = {cp for places, name in ranges(text) if name == value for cp in places}
    assert found, f"nobody has {value}"
    return found


def read_foldings(text: str) -> dict[int, tuple[int, ...]]:
    """Full case folding: status C and F; S is the simple one and T for Turkic languages only."""
    foldings = {}
    for source, status, target, *_rest in fields(text):
        assert status in "CFST", status
        if status in "CF":
            cp = int(source, 16)
            assert cp not in foldings, f"U+{cp:04X} folds twice"
            foldings[cp] = tuple(int(part, 16) for part in target.split())
    return foldings


# ---- derive --------------------------------------------------------------------------------------


def flags_of_each(texts: dict[str, str], categories: list[str]) -> list[int]:
    """The flags of every code point, as bits in the order of FLAGS."""
    sets = {
        "UPPER": having(texts[DERIVED], "Uppercase"),
        "LOWER": having(texts[DERIVED], "Lowercase"),
        "SPACE": having(texts[PROPERTIES], "White_Space"),
        "PICTO": having(texts[EMOJI], "Extended_Pictographic"),
        "EMOJI": having(texts[EMOJI], "Emoji_Presentation"),
        "LINE": set(LINE_ENDS),
        "DASH": {MINUS_SIGN},
    }
    by_category = {
        "LETTER": ("Lu", "Ll", "Lt", "Lm", "Lo"),
        "UPPER": ("Lt",),
        "DIGIT": ("Nd",),
        "NUMERIC": ("Nl", "No"),
        "MARK": ("Mn", "Mc", "Me"),
        "PUNCT": ("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"),
        "SYMBOL": ("Sm", "Sc", "Sk", "So"),
        "DASH": ("Pd",),
        "OPEN": ("Ps", "Pi"),
        "CLOSE": ("Pe", "Pf"),
        "FORMAT": ("Cf",),
    }
    assert set(sets) | set(by_category) == {name for name, _ in FLAGS}
    assert len(FLAGS) <= 16, "flags are 16 bits"
    bits = {name: 1 << i for i, (name, _) in enumerate(FLAGS)}
    of_category = dict.fromkeys(set(categories), 0)
    for name, members in by_category.items():
        for category in members:
            of_category[category] |= bits[name]
    flags = [of_category[category] for category in categories]
    for name, code_points in sets.items():
        for cp in code_points:
            flags[cp] |= bits[name]
    return flags


def derive_records(texts: dict[str, str]) -> list[Record]:
    """The record of every code point."""
    words = value_of_each(texts[WORD], "Other")
    sentences = value_of_each(texts[SENTENCE], "Other")
    categories = value_of_each(texts[CATEGORY], "Cn")
    for name, values, classes in (
        (WORD, words, WORD_CLASSES),
        (SENTENCE, sentences, SENTENCE_CLASSES),
    ):
        if set(values) != set(classes):
            fail(f"{name} has other classes than expected: {set(values) ^ set(classes)}")
    word_number = {name: i for i, name in enumerate(WORD_CLASSES)}
    sentence_number = {name: i for i, name in enumerate(SENTENCE_CLASSES)}
    flags = flags_of_each(texts, categories)
    return [
        Record(word_number[w], sentence_number[s], f)
        for w, s, f in zip(words, sentences, flags, strict=True)
    ]


# ---- pack ----------------------------------------------------------------------------------------


def number_records(each: list[Record]) -> tuple[list[Record], list[int]]:
    """Distinct records, number 0 being the empty one, and the number of each code point."""
    numbers = {Record(0, 0, 0): 0}
    numbered = [numbers.setdefault(record, len(numbers)) for record in each]
    assert len(numbers) <= 256, f"{len(numbers)} distinct records do not fit a byte"
    return list(numbers), numbered


def split_blocks(values: list[int], shift: int) -> tuple[list[int], list[int]]:
    """Two stages: the block of each 2**shift values, and the distinct blocks one after another."""
    size = 1 << shift
    blocks: dict[tuple[int, ...], int] = {}
    stage1 = []
    for start in range(0, len(values), size):
        block = tuple(values[start : start + size])
        block += (0,) * (size - len(block))
        stage1.append(blocks.setdefault(block, len(blocks)))
    return stage1, [value for block in blocks for value in block]


def item_size(values: list[int]) -> int:
    """Bytes that each item of an unsigned array takes."""
    assert 0 <= min(values) and max(values) <= 0xFFFF
    return 1 if max(values) <= 0xFF else 2


def pack_stages(numbered: list[int]) -> tuple[int, int, list[int], list[int]]:
    """(shift, limit, stage 1, stage 2) of the smallest two-stage table of record numbers.

    Code points from `limit` on have record 0, so the tables end there.
    """
    used = max(cp for cp, number in enumerate(numbered) if number != 0) + 1
    best = None
    for shift in range(5, 10):
        stage1, stage2 = split_blocks(numbered[:used], shift)
        size = len(stage1) * item_size(stage1) + len(stage2)
        if best is None or size < best[0]:
            best = size, shift, len(stage1) << shift, stage1, stage2
    assert best is not None
    return best[1:]


def pack_foldings(
    foldings: dict[int, tuple[int, ...]],
) -> tuple[list[FoldRun], list[tuple[int, ...]]]:
    """Runs of equal difference, sorted; foldings to several code points are runs of their own."""
    runs: list[FoldRun] = []
    long: list[tuple[int, ...]] = []
    for cp, target in sorted(foldings.items()):
        if len(target) > 1:
            runs.append(FoldRun(cp, 1, 0, len(long)))
            long.append(target)
            continue
        run, delta = (runs[-1] if runs else None), target[0] - cp
        if run is not None and run.step != 0 and run.value == delta:
            step = cp - (run.first + (run.length - 1) * run.step)
            if step in (1, 2) and (run.length == 1 or run.step == step):
                runs[-1] = FoldRun(run.first, run.length + 1, step, delta)
                continue
        runs.append(FoldRun(cp, 1, 1, delta))
    assert all(len(target) <= 3 and max(target) <= 0xFFFF for target in long)
    assert all(run.first < 0x20000 and run.length <= 0xFFFF for run in runs)
    return runs, long


def unfold(runs: list[FoldRun], long: list[tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """The opposite of pack_foldings, to check it."""
    foldings = {}
    for first, length, step, value in runs:
        for cp in range(first, first + length * max(step, 1), max(step, 1)):
            foldings[cp] = (cp + value,) if step else long[value]
    return foldings


def make_tables(ucd: Path, version: str) -> Tables:
    """Read, derive, pack, and look every code point up again."""
    texts, hashes = read_inputs(ucd, version)
    each = derive_records(texts)
    records, numbered = number_records(each)
    shift, limit, stage1, stage2 = pack_stages(numbered)
    for cp, number in enumerate(numbered):
        place = (stage1[cp >> shift] << shift) + (cp & ((1 << shift) - 1)) if cp < limit else None
        assert number == (stage2[place] if place is not None else 0), f"U+{cp:04X}"
    foldings = read_foldings(texts[FOLDING])
    fold_runs, fold_long = pack_foldings(foldings)
    assert unfold(fold_runs, fold_long) == foldings
    assert foldings.keys() & set(range(0x80)) == set(range(ord("A"), ord("Z") + 1))
    return Tables(
        version, hashes, records, each[:0x80], shift, limit, stage1, stage2, fold_runs, fold_long
    )


# ---- print ---------------------------------------------------------------------------------------


def head(tables: Tables, name: str, what: str) -> list[str]:
    """Comment and guard at the top of a generated header."""
    guard = "CA_" + name.upper().replace(".", "_")
    return [
        f"/* {name} - {what}",
        " *",
        f" * GENERATED by tools/gen_unicode.py from Unicode {tables.version}. Do not edit this",
        " * file: change the generator and run it. SHA-256 of what it read:",
        " *",
        *(f" *   {digest}  {path}" for path, digest in sorted(tables.hashes.items())),
        " */",
        f"#ifndef {guard}",
        f"#define {guard}",
        "",
        "/* clang-format off */",
        "",
    ]


def enum(name: str, prefix: str, classes: tuple[str, ...]) -> list[str]:
    """An enumeration of classes, the last item being their number."""
    names = [prefix + item.upper() for item in classes]
    lines = [f"typedef enum {name} {{"]
    lines += [f"    {item} = {i}," for i, item in enumerate(names)]
    return [*lines, f"    {prefix}COUNT = {len(names)}", f"}} {name};", ""]


def array(kind: str, name: str, items: list[str]) -> list[str]:
    """A constant array, as many items to a line as fit."""
    lines, line = [f"{kind} {name}[{len(items)}] = {{"], "   "
    for item in items:
        if len(line) + len(item) + 2 > 100:
            lines.append(line)
            line = "   "
        line += f" {item},"
    return [*lines, line, "};", ""]


def print_classes(tables: Tables) -> str:
    """unicode_classes.h: names and sizes, for every reader of unicode.h."""
    stage1_bits = 8 * item_size(tables.stage1)
    width = max(len(name) for name, _ in FLAGS)
    lines = head(tables, "unicode_classes.h", "classes and flags of code points, sizes of tables.")
    lines += [f'#define CA_UNICODE_VERSION "{tables.version}"', ""]
    lines += ["/* Word_Break, UAX #29 table 3. */"]
    lines += enum("ca_word_break", "CA_WB_", WORD_CLASSES)
    lines += ["/* Sentence_Break, UAX #29 table 4. */"]
    lines += enum("ca_sentence_break", "CA_SB_", SENTENCE_CLASSES)
    lines += ["/* The bits of ca_property.flags. */", "enum {"]
    flags = [f"    CA_{name:{width}} = 0x{1 << i:04X}" for i, (name, _) in enumerate(FLAGS)]
    lines += [
        f"{flag}{',' if i + 1 < len(flags) else ' '} /* {meaning} */"
        for i, (flag, (_, meaning)) in enumerate(zip(flags, FLAGS, strict=True))
    ]
    lines += ["};", ""]
    lines += [
        "/* The two stages: 2**SHIFT code points to a block, all below LIMIT; beyond: record 0. */",
        f"#define CA_UNICODE_SHIFT {tables.shift}",
        f"#define CA_UNICODE_LIMIT 0x{tables.limit:X}u",
        f"#define CA_UNICODE_STAGE1_SIZE {len(tables.stage1)}",
        f"#define CA_UNICODE_STAGE2_SIZE {len(tables.stage2)}",
        f"#define CA_UNICODE_RECORDS {len(tables.records)}",
        f"typedef uint{stage1_bits}_t ca_unicode_block;",
        "",
        "#endif",
    ]
    return "\n".join(lines) + "\n"


def print_record(record: Record) -> str:
    """A ca_property."""
    return f"{{{record.word}, {record.sentence}, 0x{record.flags:04X}}}"


def sizes(tables: Tables) -> dict[str, int]:
    """Bytes of each table."""
    return {
        "stage 1": len(tables.stage1) * item_size(tables.stage1),
        "stage 2": len(tables.stage2),
        "records": 4 * len(tables.records),
        "ASCII": 4 * len(tables.ascii),
        "case folding": 12 * len(tables.fold_runs) + 6 * len(tables.fold_long),
    }


def print_tables(tables: Tables) -> str:
    """unicode_tables.h: the data, for unicode.c alone."""
    lines = head(
        tables, "unicode_tables.h", "the data behind unicode.h; only unicode.c includes it."
    )
    parts = sizes(tables)
    lines += ["/* Bytes: " + ", ".join(f"{name} {n}" for name, n in parts.items())]
    lines[-1] += f"; together {sum(parts.values())}. */"
    lines += [""]
    lines += ["/* Distinct properties: word break, sentence break, flags. */"]
    lines += array(
        "const ca_property", "ca_unicode_records", [print_record(r) for r in tables.records]
    )
    lines += ["/* Those of U+0000 to U+007F again, without a detour. */"]
    lines += array("const ca_property", "ca_unicode_ascii", [print_record(r) for r in tables.ascii])
    lines += [f"/* Block of each {1 << tables.shift} code points. */"]
    lines += array("const ca_unicode_block", "ca_unicode_stage1", [str(n) for n in tables.stage1])
    lines += ["/* Record numbers, block after block. */"]
    lines += array("const uint8_t", "ca_unicode_stage2", [str(n) for n in tables.stage2])
    lines += [
        "/* Case folding: `length` code points, `step` apart, fold to themselves + value; where",
        " * step is 0, the one code point folds to the several of fold_long[value]. */",
    ]
    runs = [f"{{0x{r.first:04X}, {r.length}, {r.step}, {r.value}}}" for r in tables.fold_runs]
    lines += array("static const fold_run", "fold_runs", runs)
    long = ["{" + ", ".join(f"0x{cp:04X}" for cp in t) + "}" for t in tables.fold_long]
    lines += array("static const fold_target", "fold_long", [f"{{{item}}}" for item in long])
    lines += ["#endif"]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Generate, then write or compare."""
    root = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description="Write the Unicode tables of the C core.")
    parser.add_argument("--ucd", type=Path, default=Path("/usr/share/unicode"), metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=root / "csrc/core/unicode_tables.h")
    parser.add_argument("--check", action="store_true", help="compare with what is there")
    parser.add_argument(
        "--allow-version", default=PINNED, metavar="X.Y.Z", help="other than pinned"
    )
    options = parser.parse_args()

    tables = make_tables(options.ucd, options.allow_version)
    classes = options.out.with_name("unicode_classes.h")
    for path, text in ((classes, print_classes(tables)), (options.out, print_tables(tables))):
        if not options.check:
            path.write_text(text, encoding="ascii")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            fail(f"{path} is not what Unicode {tables.version} gives; run tools/gen_unicode.py")
    if not options.check:
        parts = ", ".join(f"{name} {size}" for name, size in sizes(tables).items())
        print(f"Unicode {tables.version}: {sum(sizes(tables).values())} bytes ({parts}),")
        print(f"{len(tables.records)} records, blocks of {1 << tables.shift}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
