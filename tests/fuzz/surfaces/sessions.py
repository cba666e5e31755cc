"""Sessions of both versions: what they say, or why they are none.

An input is a token; one that begins with `v2:` or `v1:` is the text inside, which is signed first.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from storyboard.studio.records.session import (
    MAX_LENGTH,
    InvalidSession,
    mint,
    parse_privileges,
    verify,
)
from tests.fuzz.surface import Broken, Surface, without_folder, words

_SECRET: Final = "0123456789abcdef"


def _law(text: bytes) -> None:
    parse_privileges(text.decode("utf-8", "replace"))
    try:
        session = verify(_SECRET, _token(text))
    except InvalidSession:
        return
    _ = session.actions_limit
    session.allows_address("127.0.0.1")
    session.allows_uri("/api/v1/video/list?a=b")
    minted = mint(_SECRET, session, random=bytes)
    if len(minted) > MAX_LENGTH:
        return  # it was written shorter, by other escapes
    again = verify(_SECRET, minted)
    if (again.user_id, again.type, again.expiry) != (session.user_id, session.type, session.expiry):
        raise Broken("another session than was made")


def _token(text: bytes) -> str:
    """Return the input as a token, signed where it is what stands inside of one."""
    if text.startswith(b"v1:"):
        signed = hashlib.sha1(_SECRET.encode() + text[3:]).hexdigest().encode() + b"|" + text[3:]
        return base64.b64encode(signed).decode()
    if not text.startswith(b"v2:"):
        return text.decode("utf-8", "replace")
    partner, _, fields = text[3:].partition(b"|")
    body = bytes(16) + fields
    signed = hashlib.sha1(body).digest() + body
    key = AES(hashlib.sha1(_SECRET.encode()).digest()[:16])
    cipher = Cipher(key, CBC(bytes(16))).encryptor()
    encrypted = cipher.update(signed + bytes(-len(signed) % 16)) + cipher.finalize()
    return base64.urlsafe_b64encode(b"v2|" + partner + b"|" + encrypted).decode()


SURFACE = Surface(
    "sessions",
    without_folder(_law),
    (
        *words("""v1: v2: v2| djJ8 _e= _t= _u= all=* actionslimit= iprestrict= urirestrict=
        sessionid= disableentitlement widget: 101 -1 0 1 2 & = ; | %00 %ff %F0 + / - _ == 1_0"""),
        b"actionslimit=" + b"9" * 5000, b"_e=" + b"9" * 4000, b"&_u=a&_u=b",
    ),
    rounds=6000,
    longest=10_000,
)  # fmt: skip
