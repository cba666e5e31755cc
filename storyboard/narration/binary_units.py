"""What powers of 1024 bytes are called, by the name of the power of 1000 beside them. No text."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

BINARY_UNITS: Final = MappingProxyType({"KiB": "KB", "MiB": "MB", "GiB": "GB", "TiB": "TB"})
"""Each sign, and that of the decimal unit beside it."""

_PREFIX: Final = re.compile(
    "(?i:(?<=ki)lo|(?<=m)[eé]ga|(?<=gi)ga|(?<=t)[eé]ra)"
    "|(?<=キ)ロ|(?<=[メギ])ガ|(?<=テ)ラ|킬로|(?<=[메기])가|(?<=테)라"
)
_BINARY: Final = MappingProxyType(
    {
        "lo": "bi", "ga": "bi", "ega": "ebi", "éga": "ébi", "era": "ebi", "éra": "ébi",
        "ロ": "ビ", "ガ": "ビ", "ラ": "ビ", "킬로": "키비", "가": "비", "라": "비",
    }
)  # fmt: skip
"""How the prefix of 1024 ends where that of 1000 ends otherwise: mega, mebi."""


def binary_name(decimal: str) -> str:
    """Return what says a power of 1024: mebibytes for megabytes; Chinese has one word for both."""
    return _PREFIX.sub(lambda found: _BINARY[found[0]], decimal)
