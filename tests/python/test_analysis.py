"""Everything in one call: what it takes, what it gives, and that it says what it did."""

from coactor import Actors, analyze

ACTORS = Actors({"RUS": ["Russia"], "USA": ["United States"], "IRN": ["Iran"]})
TEXTS = ["Russia warned the United States. Iran thanked Russia.", "Russia met Iran."]


def test_a_list_of_texts_gives_mentions_pairs_and_tone():
    found = analyze(TEXTS, actors=ACTORS)
    assert found.mentions.to_frame()["actor"].tolist() == ["RUS", "USA", "IRN", "RUS", "RUS", "IRN"]
    assert found.pairs.to_frame()[["a", "b", "count"]].values.tolist() == [
        ["RUS", "IRN", 2],
        ["RUS", "USA", 1],
    ]
    assert len(found.tone.to_frame()) == 3
