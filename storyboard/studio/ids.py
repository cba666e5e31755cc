"""The ids that the studio gives out, in the shapes that Kaltura's have."""

from __future__ import annotations

import re
import secrets
import string
from random import Random
from typing import Final

_ALPHABET = string.digits + string.ascii_lowercase
ENTRY_ID: Final = re.compile(r"[01]_[0-9a-z]{4,16}")
"""An entry id as Kaltura writes it, such as `1_abcd1234`."""


def object_id(chance: Random) -> str:
    """Return a new id for a video or an avatar: 24 hex digits."""
    return f"{chance.getrandbits(96):024x}"


def entry_id(chance: Random) -> str:
    """Return a new id for a media entry."""
    return "1_" + "".join(chance.choice(_ALPHABET) for _ in range(8))


def upload_id() -> str:
    """Return a new id for an upload token: as safe in a path as it is long."""
    return f"1_{secrets.token_hex(16)}"


def token_id() -> str:
    """Return a new id for an app token."""
    return "1_" + "".join(secrets.choice(_ALPHABET) for _ in range(8))
