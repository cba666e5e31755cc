"""What a session can be had with. Holds secrets, shows none, sends nothing."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from storyboard.kaltura.secrets import Secret
from storyboard.whole_numbers import whole_number


@dataclass(frozen=True, slots=True)
class GivenSession:
    """A KS that the caller holds; where it is refused, `renewal` starts another."""

    ks: Secret
    renewal: SecretLogin | AppTokenLogin | None = None


@dataclass(frozen=True, slots=True)
class SecretLogin:
    """Partner id and admin secret; `session_type` 0 is a user's, 2 an admin's (guide §4)."""

    partner_id: int
    admin_secret: Secret
    user_id: str
    session_type: int = 0


@dataclass(frozen=True, slots=True)
class AppTokenLogin:
    """An app token; the token may name its own user."""

    partner_id: int
    token_id: str
    token: Secret
    user_id: str


Credentials = GivenSession | SecretLogin | AppTokenLogin
"""The three ways to a session."""


def partner_of(ks: Secret) -> int | None:
    """Read the partner id off a KS v2 (its outer part is plain); `None` where it is unreadable."""
    # A KS is in base64 of either alphabet, and mostly without the `=` at its end.
    text = ks.reveal().replace("-", "+").replace("_", "/")
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    version, _, rest = raw.partition(b"|")
    number = rest.partition(b"|")[0] if version == b"v2" else b""
    return whole_number(number)
