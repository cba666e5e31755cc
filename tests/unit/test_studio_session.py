"""KS v2, byte by byte: against another implementation of its cipher, and as a round trip."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.studio.records.session import (
    InvalidSession,
    Session,
    mint,
    parse_privileges,
    verify,
)

SECRET = "0123456789abcdef0123456789abcdef"
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
names = st.from_regex(r"[a-z]{1,12}", fullmatch=True)


@given(
    user=texts, privileges=st.dictionaries(names, texts, max_size=4), kind=st.sampled_from([0, 2])
)
def test_what_is_minted_is_verified(user: str, privileges: dict[str, str], kind: int) -> None:
    session = Session(990_000_001, user, kind, 2_000_000_000, privileges)
    token = mint(SECRET, session)
    found = verify(SECRET, token)
    assert token.startswith("djJ8")
    assert (found.partner_id, found.user_id, found.type) == (990_000_001, user, kind)
    assert (found.expiry, found.privileges) == (2_000_000_000, privileges)
    with pytest.raises(InvalidSession):
        verify(SECRET[::-1], token)


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    with pytest.raises(InvalidSession):
        verify(SECRET, text)


@given(st.binary(max_size=80))
def test_no_ciphertext_breaks_the_parser(cipher: bytes) -> None:
    with pytest.raises(InvalidSession):
        verify(SECRET, base64.urlsafe_b64encode(b"v2|1|" + cipher).decode())


def test_the_standard_alphabet_is_taken_too() -> None:
    token = mint(SECRET, Session(1, "x" * 100, 0, 2_000_000_000), lambda n: b"\xfb" * n)
    assert verify(SECRET, token.replace("-", "+").replace("_", "/")).user_id == "x" * 100


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_openssl_reads_it() -> None:
    token = mint(SECRET, Session(7, "a b@c", 2, 99, {"urirestrict": "/api/*"}), lambda n: b"R" * n)
    version, partner, cipher = base64.urlsafe_b64decode(token).split(b"|", 2)
    assert (version, partner) == (b"v2", b"7")
    key = hashlib.sha1(SECRET.encode()).hexdigest()[:32]
    command = ["openssl", "enc", "-d", "-aes-128-cbc", "-nopad", "-K", key, "-iv", "0" * 32]
    plain = subprocess.run(command, input=cipher, capture_output=True, check=True).stdout
    body = plain.rstrip(b"\0")[20:]
    assert body == b"R" * 16 + b"urirestrict=%2Fapi%2F%2A&_e=99&_t=2&_u=a+b%40c"
    assert plain[:20] == hashlib.sha1(body).digest()


def test_privileges_are_read_as_the_service_writes_them() -> None:
    assert parse_privileges("sview:*,urirestrict:/a|/b*,*, edit") == {
        "sview": "*",
        "urirestrict": "/a|/b*",
        "all": "*",
        "edit": "",
    }


def test_a_token_is_read_once_and_a_forged_one_each_time() -> None:
    token = mint(SECRET, Session(101, "ana", 0, 2_000_000_000, {"edit": "*"}))
    assert verify(SECRET, token) is verify(SECRET, token)
    with pytest.raises(TypeError):
        verify(SECRET, token).privileges["all"] = "*"  # type: ignore[index]
    for secret in (SECRET + "x", SECRET):
        forged = token if secret != SECRET else token[:-4] + "AAAA"
        for _ in range(2):
            with pytest.raises(InvalidSession):
                verify(secret, forged)
