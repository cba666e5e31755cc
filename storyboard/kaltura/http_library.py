"""Imports HTTPX without the command line that it brings: that loads what draws on terminals.

It is half of the import's time, some 40 ms of each command that asks a studio, and no request needs
it. Where it is not found, HTTPX does without.
"""

from __future__ import annotations

import sys

_COMMAND_LINE = "httpx._main"

if "httpx" not in sys.modules:
    sys.modules[_COMMAND_LINE] = None  # type: ignore[assignment]  # what imports it is told so

import httpx as httpx  # noqa: E402

if sys.modules.get(_COMMAND_LINE, httpx) is None:
    del sys.modules[_COMMAND_LINE]
