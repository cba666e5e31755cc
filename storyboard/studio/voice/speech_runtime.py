"""The packages that run networks, imported so that they report to nobody. Knows no voice.

onnxruntime keeps an id of the device and a database of events below the user's cache, and sends
them to its maker a few seconds after its first session, unless a variable says no before it is
loaded. Each process that speaks comes by here, so none of them depends on what started it.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any, Final

QUIET: Final = {"ORT_DISABLE_TELEMETRY": "1"}
"""Variables that are read when the runtime is loaded; each also reaches the programs we start."""


def import_speech(module: str) -> Any:
    """Import a module that loads onnxruntime, with its reports turned off."""
    os.environ.update(QUIET)
    return import_module(module)
