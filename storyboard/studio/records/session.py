"""Kaltura Sessions (KS), version 2: made and verified offline with this workspace's secret.

The token is base64 of `v2|<partner>|<AES-128-CBC of SHA-1 + fields>`. Knows no HTTP.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from storyboard.studio.behavior.rights import SessionKind
from storyboard.whole_numbers import whole_number

ADMIN, USER = 2, 0
MAX_LENGTH = 8192
"""Characters of a token; a longer one is none."""
_ZERO_IV = bytes(16)
_READ_BEFORE: Final = 256
"""Tokens whose sessions are kept: each call of a user names the same one, and is asked twice whose
it is, which was a tenth of what it took."""

WIDGET: Final = "widget"
"""The privilege that makes a session anonymous."""

PAGE: Final = "studiopage"
"""The privilege, this studio's own, that keeps a session to what the page looks at."""

FILE: Final = "downloadasset"
"""The privilege that keeps a session to the asset that it names: it stands in an address."""

APP_TOKEN: Final = "apptoken"
"""The privilege that names the app token which the session was exchanged for."""

_PLAYBACK: Final = "PLAYBACK_BASE_ROLE"
"""The role that Kaltura's players have."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Whose objects a session sees: all are private to partner and user (guide §4)."""

    partner_id: int
    user_id: str

    @property
    def values(self) -> dict[str, Any]:
        """Return what a statement on this user's rows is given."""
        return {"partner_id": self.partner_id, "user_id": self.user_id}


@dataclass(frozen=True, slots=True)
class Session:
    """What a KS says; `expiry` in unix seconds, `hash` names this very token for revocation."""

    partner_id: int
    user_id: str
    type: int
    expiry: int
    privileges: Mapping[str, str] = field(default_factory=dict)
    hash: str = ""

    @property
    def principal(self) -> Principal:
        """Return whose objects this session sees."""
        return Principal(self.partner_id, self.user_id)

    @property
    def is_admin(self) -> bool:
        """Return whether the token is of an admin type (1 and 2 are)."""
        return self.type >= 1

    @property
    def kind(self) -> SessionKind:
        """Return what the session may do: a privilege that narrows it weighs more than its type."""
        if PAGE in self.privileges:
            return SessionKind.PAGE
        if FILE in self.privileges:
            return SessionKind.FILE
        role = self.privileges.get("setrole")
        if WIDGET in self.privileges or role == _PLAYBACK:
            return SessionKind.WIDGET
        if role is not None:
            return SessionKind.ROLE
        return SessionKind.ADMIN if self.is_admin else SessionKind.USER

    def may_read(self, asset_id: str) -> bool:
        """Return whether the session is not that of another file."""
        return self.privileges.get(FILE, asset_id) == asset_id

    @property
    def actions_limit(self) -> int | None:
        """Return how many actions the session is good for, `None` for any number.

        A limit that is no number allows none: what was to narrow a session must not widen it.
        """
        limit = self.privileges.get("actionslimit")
        return None if limit is None else whole_number(limit) or 0

    def allows_address(self, address: str) -> bool:
        """Check `iprestrict` against the caller's address; `/` parts exact addresses."""
        restriction = self.privileges.get("iprestrict")
        return restriction is None or address in restriction.split("/")

    def allows_uri(self, uri: str) -> bool:
        """Check `urirestrict` against path and query; `|` parts alternatives, `*` ends a prefix."""
        restriction = self.privileges.get("urirestrict")
        if restriction is None:
            return True
        return any(
            uri.startswith(pattern[:-1]) if pattern.endswith("*") else uri == pattern
            for pattern in restriction.split("|")
        )


class InvalidSession(Exception):
    """The token is no session of this secret; the text names the reason, never the token."""


def mint(secret: str, session: Session, random: Callable[[int], bytes] = os.urandom) -> str:
    """Return the KS for a session."""
    fields = [(name, value) for name, value in session.privileges.items()]
    fields += [("_e", str(session.expiry)), ("_t", str(session.type)), ("_u", session.user_id)]
    body = random(16) + urlencode(fields).encode()
    signed = hashlib.sha1(body).digest() + body
    cipher = _cipher(secret).encryptor()
    encrypted = cipher.update(signed + bytes(-len(signed) % 16)) + cipher.finalize()
    outer = b"v2|%d|" % session.partner_id + encrypted
    return base64.urlsafe_b64encode(outer).decode()


def verify(secret: str, token: str) -> Session:
    """Return what a KS says, once its signature holds; raises `InvalidSession`.

    Expiry and restrictions are the caller's: they need a clock and a request.
    """
    if len(token) > MAX_LENGTH:
        raise InvalidSession("INVALID_STR")
    return _verified(secret, token)


def parse_privileges(text: str) -> dict[str, str]:
    """Read `name:value,name` as `session/start` takes it; `*` stands for everything."""
    found: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, value = part.partition(":")
        found["all" if name == "*" else name] = "*" if name == "*" else value
    return found


@lru_cache(maxsize=_READ_BEFORE)
def _verified(secret: str, token: str) -> Session:
    """Return the same for the same token; one that is none is looked at each time."""
    try:
        plain = token.replace("-", "+").replace("_", "/")
        outer = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
        version, partner, encrypted = outer.split(b"|", 2)
    except (binascii.Error, ValueError) as cause:
        raise InvalidSession("INVALID_STR") from cause
    partner_id = whole_number(partner)
    if version != b"v2" or partner_id is None or not encrypted or len(encrypted) % 16:
        raise InvalidSession("INVALID_STR")
    cipher = _cipher(secret).decryptor()
    signed = (cipher.update(encrypted) + cipher.finalize()).rstrip(b"\0")
    signature, body = signed[:20], signed[20:]
    if not hmac.compare_digest(hashlib.sha1(body).digest(), signature):
        raise InvalidSession("INVALID_HASH")
    return _parse(partner_id, signature.hex(), body[16:].decode("utf-8", "replace"))


def _parse(partner_id: int, digest: str, text: str) -> Session:
    fields = dict(parse_qsl(text, keep_blank_values=True))
    expiry, kind = whole_number(fields.pop("_e", "0")), whole_number(fields.pop("_t", "0"))
    if expiry is None or kind is None:
        raise InvalidSession("INVALID_STR")
    user = fields.pop("_u", "")
    return Session(partner_id, user, kind, expiry, MappingProxyType(fields), digest)


def _cipher(secret: str) -> Cipher[CBC]:
    return Cipher(AES(hashlib.sha1(secret.encode()).digest()[:16]), CBC(_ZERO_IV))
