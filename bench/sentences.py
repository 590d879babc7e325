"""Sentence ends, against Universal Dependencies treebanks and beside other splitters.

    python bench/sentences.py --data FOLDER

FOLDER holds ``en_pud-ud-test.conllu`` and ``en_ewt-ud-dev.conllu``; one that is absent is skipped
with a line. Documents are rebuilt from the sentences and split again, in three layouts: a document
on one line, five hundred sentences on one line, and paragraphs apart where the treebank marks them.
Printed is F1 over the sentence ends within documents (or paragraphs); the last end is given away
with the text and does not count. Splitters that are not installed are left out.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

Splitter = Callable[[str], list[str]]
Document = list[list[str]]  # paragraphs of sentences

TREEBANKS = ("en_pud-ud-test.conllu", "en_ewt-ud-dev.conllu")
LONG_PARAGRAPH = 500


def read_treebank(path: Path) -> list[Document]:
    """Read the documents of a CoNLL-U file."""
    documents: list[Document] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc"):
            documents.append([[]])
        elif line.startswith("# newpar") and documents[-1][-1]:
            documents[-1].append([])
        elif line.startswith("# text = "):
            documents[-1][-1].append(line.removeprefix("# text = ").strip())
    return documents


def on_one_line(documents: list[Document]) -> Iterator[list[str]]:
    """Yield the sentences of each document."""
    for document in documents:
        yield [sentence for paragraph in document for sentence in paragraph]


def in_long_paragraphs(documents: list[Document]) -> Iterator[list[str]]:
    """Yield five hundred sentences at a time, whatever document they are of."""
    sentences = [sentence for document in on_one_line(documents) for sentence in document]
    for first in range(0, len(sentences), LONG_PARAGRAPH):
        yield sentences[first : first + LONG_PARAGRAPH]


def in_paragraphs(documents: list[Document]) -> Iterator[list[str]]:
    """Yield the sentences of each paragraph."""
    for document in documents:
        yield from document


LAYOUTS = {
    "document": on_one_line,
    str(LONG_PARAGRAPH): in_long_paragraphs,
    "paragraph": in_paragraphs,
}


def ends(sentences: list[str]) -> list[int]:
    """Return how many characters that are not white space stand before each inner end."""
    return list(accumulate(len("".join(sentence.split())) for sentence in sentences))[:-1]


def score(splitter: Splitter, texts: list[list[str]]) -> tuple[float, float]:
    """Return F1 in per cent and characters a second."""
    right = found = wanted = 0
    began = time.perf_counter()
    answers = [splitter(" ".join(sentences)) for sentences in texts]
    seconds = time.perf_counter() - began
    for sentences, answer in zip(texts, answers, strict=True):
        gold, got = set(ends(sentences)), set(ends(answer))
        right, found, wanted = right + len(gold & got), found + len(got), wanted + len(gold)
    size = sum(len(sentence) + 1 for sentences in texts for sentence in sentences)
    return 100 * 2 * right / max(1, found + wanted), size / seconds


def coactor_splitter() -> Splitter:
    import coactor

    return lambda text: [text[start:end] for start, end in coactor.sentences(text)]


def blingfire_splitter() -> Splitter:
    import blingfire

    def split(text: str) -> list[str]:
        _, offsets = blingfire.text_to_sentences_and_offsets(text)
        return [text[start:end] for start, end in offsets]

    return split


def syntok_splitter() -> Splitter:
    import syntok.segmenter

    def split(text: str) -> list[str]:
        lasts = [
            sentence[-1].offset + len(sentence[-1].value)
            for paragraph in syntok.segmenter.process(text)
            for sentence in paragraph
        ]
        return [text[start:end] for start, end in zip([0, *lasts[:-1]], lasts, strict=True)]

    return split


def sentencex_splitter() -> Splitter:
    import sentencex

    return lambda text: list(sentencex.segment("en", text))


def pysbd_splitter() -> Splitter:
    import pysbd

    return pysbd.Segmenter(language="en", clean=False).segment


SPLITTERS = {
    "coactor": coactor_splitter,
    "blingfire": blingfire_splitter,
    "syntok": syntok_splitter,
    "sentencex": sentencex_splitter,
    "pysbd": pysbd_splitter,
}


def show_errors(documents: list[Document], layout: str) -> None:
    """Print where coactor and the treebank differ."""
    splitter = coactor_splitter()
    for sentences in LAYOUTS[layout](documents):
        text = " ".join(sentences)
        gold = list(accumulate(len(sentence) + 1 for sentence in sentences))[:-1]
        starts = [text.index(part) for part in splitter(text)[:1]]
        import coactor

        starts = [start for start, _ in coactor.sentences(text)][1:]
        for at in sorted(set(gold) ^ set(starts)):
            kind = "missed" if at in set(gold) else "wrong "
            print(f"{kind} {text[max(0, at - 60) : at]}|{text[at : at + 50]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the treebanks")
    parser.add_argument("--only", choices=SPLITTERS, help="measure one splitter")
    parser.add_argument("--errors", choices=LAYOUTS, help="show where coactor differs instead")
    arguments = parser.parse_args()
    treebanks = {}
    for name in TREEBANKS:
        if (arguments.data / name).exists():
            treebanks[name.split("-")[0]] = read_treebank(arguments.data / name)
        else:
            print(f"{name} is not in {arguments.data}: skipped")
    if arguments.errors:
        for documents in treebanks.values():
            show_errors(documents, arguments.errors)
        return
    columns = [(bank, layout) for bank in treebanks for layout in LAYOUTS]
    print(f"{'':10}", *(f"{bank + ' ' + layout:>17}" for bank, layout in columns), f"{'MB/s':>8}")
    for name, make in SPLITTERS.items():
        if arguments.only not in (None, name):
            continue
        try:
            splitter = make()
        except ImportError:
            print(f"{name:10} is not installed")
            continue
        figures = [
            score(splitter, list(LAYOUTS[layout](treebanks[bank]))) for bank, layout in columns
        ]
        rate = sum(speed for _, speed in figures) / max(1, len(figures)) / 1e6
        print(f"{name:10}", *(f"{f1:17.2f}" for f1, _ in figures), f"{rate:8.2f}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
