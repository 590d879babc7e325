"""The page: its numbers are those of the tables, it needs nothing, and it cannot be broken."""

from coactor import Actors, analyze
from coactor.report import render

ACTORS = Actors({"RUS": ["Russia"], "USA": ["United States"], "IRN": ["Iran"]})
TEXTS = ["Russia warned the United States. Iran thanked Russia.", "Russia met Iran."]


def test_first_paragraph_names_the_strongest_pair_with_its_counts():
    assert "RUS and IRN share 2 sentences in 2 of 2 documents" in render(
        analyze(TEXTS, actors=ACTORS)
    )


def test_nobody_found_is_a_page_that_says_so():
    assert "Nobody was found" in render(analyze(["It rained."], actors=ACTORS))
