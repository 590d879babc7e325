"""Print the strongest pairs of a pairs.csv as an aligned table: python tools/show_pairs.py FILE"""

from __future__ import annotations

import csv
import sys
from itertools import islice
from pathlib import Path

COLUMNS = ("a", "b", "count", "n_docs", "share_a", "share_b")
ROWS = 10


def cell(column: str, value: str) -> str:
    """Shares as percentages, everything else as it stands."""
    return f"{float(value):.0%}" if column.startswith("share_") and value else value


def lay_out(rows: list[list[str]]) -> str:
    """Columns as wide as their widest cell: names to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        padded = [
            text.ljust(width) if column < 2 else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def main(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(islice(csv.DictReader(file), ROWS))
    print(lay_out([list(COLUMNS), *([cell(name, row[name]) for name in COLUMNS] for row in rows)]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
