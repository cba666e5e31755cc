"""The ids that the studio gives out, in the shapes that Kaltura's have."""

from __future__ import annotations

import re
import secrets
import string
from random import Random
from typing import Final

_ALPHABET = string.digits + string.ascii_lowercase
ENTRY_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,200}")
"""An id that an entry may be put under: Kaltura's own (`1_abcd1234`), or a draft's (`1_de`)."""


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
