"""coactor: who appears with whom, and in what tone.

>>> import coactor as ca
>>> corpus = ca.Corpus(["Russia warned the Taliban. The Taliban thanked Iran."])
>>> mentions = corpus.mentions(ca.Actors.world())
>>> pairs = mentions.cooccur()
>>> pairs.to_frame()[["a", "b", "count"]].values.tolist()
[['IRN', 'TALIBAN', 1], ['RUS', 'TALIBAN', 1]]
"""

from typing import TYPE_CHECKING, Any

import numpy  # noqa: F401 - before the core, which would turn Ctrl-C here into an ImportError

from . import _core
from ._accessors import register_if_loaded
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

if TYPE_CHECKING:
    from ._vectorizers import ActorVectorizer as ActorVectorizer
    from ._vectorizers import ToneVectorizer as ToneVectorizer

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

#: Names that need scikit-learn, which is imported when one of them is asked for.
_LAZY = ("ActorVectorizer", "ToneVectorizer")


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import _vectorizers

    return getattr(_vectorizers, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})


register_if_loaded()
