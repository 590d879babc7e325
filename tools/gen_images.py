"""Draw the picture of the README from the bundled sample: python tools/gen_images.py [--check]

The drawing depends on the version of matplotlib, so `--check` does not compare the lines: it asks
whether the pairs that the picture says it shows are those that are counted today.
"""

from __future__ import annotations

import argparse
import html
import sys
from pathlib import Path

import coactor as ca

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
PICTURE = ROOT / "docs" / "images" / "network.svg"
TOP, MIN_COUNT = 18, 4


def count() -> ca.Cooccurrence:
    """Count who shares sentences with whom in the sample, persons as their states."""
    corpus = ca.Corpus.read(EXAMPLES / "cold_war.csv", text=["title", "text"], id="id")
    actors = ca.Actors.read(EXAMPLES / "cold_war.yml")
    return corpus.mentions(actors).cooccur(unit="sentence", rollup="parent")


def describe(pairs: ca.Cooccurrence) -> str:
    """Say in words what the picture shows: for readers who cannot see it, and for the check."""
    shown = pairs.select(actors=pairs.occurrences.nlargest(TOP).index)
    rows = shown.to_frame(min_count=MIN_COUNT)[["a", "b", "count"]].values.tolist()
    listed = ", ".join(f"{a} and {b} {count}" for a, b, count in rows)
    return f"Sentences that name both: {listed}."


def draw(pairs: ca.Cooccurrence) -> None:
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    # Letters stay letters, and the same input gives the same bytes.
    plt.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "coactor"})
    figure, ax = plt.subplots(figsize=(8, 5.5), layout="constrained")
    pairs.plot(top=TOP, min_count=MIN_COUNT, ax=ax)
    ax.set_title("")
    for text in ax.texts:
        text.set_path_effects([])  # an outline would turn letters into curves
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE, metadata={"Date": None, "Description": describe(pairs)})
    lines = PICTURE.read_text(encoding="utf-8").splitlines()
    PICTURE.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say whether it is out of date")
    options = parser.parse_args()
    pairs = count()
    if not options.check:
        draw(pairs)
        return 0
    if PICTURE.exists() and describe(pairs) in html.unescape(PICTURE.read_text(encoding="utf-8")):
        return 0
    print(f"{PICTURE} shows other pairs than are counted today; run tools/gen_images.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
