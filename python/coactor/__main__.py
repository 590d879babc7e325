"""``python -m coactor`` is the same as ``coactor``."""

import sys

from .cli import main

sys.exit(main())
