"""Whether this run is `make shake` or `shake-browser`, so that what passes by chance fails."""

from __future__ import annotations

import os

SHAKEN = bool(os.environ.get("STORYBOARD_TEST_SHAKEN"))
