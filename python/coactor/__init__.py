"""coactor: who appears with whom, and in what tone.

>>> import coactor as ca
>>> corpus = ca.Corpus(["Russia warned the Taliban. The Taliban thanked Iran."])
>>> mentions = corpus.mentions(ca.Actors.world())
>>> pairs = mentions.cooccur()
>>> pairs.to_frame()[["a", "b", "count"]].values.tolist()
[['IRN', 'TALIBAN', 1], ['RUS', 'TALIBAN', 1]]
"""

from . import _core
from ._version import __version__
from .actors import Actors
from .analysis import Analysis, analyze
from .cooccurrence import Cooccurrence
from .corpus import Corpus
from .lexicon import Lexicon
from .mentions import Mentions
from .scores import agreement, score
from .tokens import Tokens, sentence_boundaries, sentences, tokenize, word_boundaries
from .tone import Tone

__unicode_version__: str = _core.UNICODE_VERSION

__all__ = [
    "Actors",
    "Analysis",
    "Cooccurrence",
    "Corpus",
    "Lexicon",
    "Mentions",
    "Tokens",
    "Tone",
    "__unicode_version__",
    "__version__",
    "agreement",
    "analyze",
    "score",
    "sentence_boundaries",
    "sentences",
    "tokenize",
    "word_boundaries",
]
