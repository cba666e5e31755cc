"""How many examples a property gets: all of them in `make search`, a share in `make test`."""

from __future__ import annotations

import os
from typing import Final

SEARCH: Final = "search"
"""The profile that takes new examples each time."""

PROFILE: Final = os.environ.get("HYPOTHESIS_PROFILE", "same")

_SHARE: Final = 4
_LEAST: Final = 5


def examples(most: int) -> int:
    """Return the number for this run: `make test` takes the same quarter each time.

    What the rest would find is found by a search, and becomes an example that every run takes.
    """
    return most if PROFILE == SEARCH else max(_LEAST, most // _SHARE)
