"""Six sentences in three documents, as a matrix of who is named how often."""

# The third names nobody, D occurs once and alone.
HAND = [
    # A  B  C  D
    [1, 2, 0, 0],
    [1, 1, 1, 0],
    [0, 0, 0, 0],
    [3, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
]


HAND_DOCS = ["d1", "d1", "d1", "d2", "d2", "d3"]
