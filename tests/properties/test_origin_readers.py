"""Who is asked and who is compared are the same: every reader of a URL sees our origin in it."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storyboard.origins import AddressFault, Origin, is_same_origin, origin_of, usable_base
from tests.support.examples import examples

PIECES = st.sampled_from(
    [
        *(
            "http",
            "https",
            "HTTP",
            "://",
            ":/",
            ":",
            "/",
            "//",
            "\\",
            "@",
            "?",
            "#",
            "%",
            "%2e",
            ".",
        ),
        *(
            "[",
            "]",
            "::1",
            "127.0.0.1",
            "0x7f",
            "127.1",
            "localhost",
            "www.kaltura.com",
            "evil.example",
        ),
        *(
            "a",
            "A",
            "-",
            "_",
            "0",
            "443",
            "80",
            "65535",
            "65536",
            " ",
            "\t",
            "\n",
            "\0",
            "\u200b",
            "а",
        ),
        *(
            "。",
            "ß",
            "xn--80a",
            "user:pw",
            "fe80::1%25eth0",
            "::ffff:7f00:1",
            "1.2.3.4.",
            "&",
            ";",
            "*",
        ),
    ]
)
TAILS = st.lists(PIECES, max_size=6).map("".join)
URLS = st.one_of(
    st.lists(PIECES, max_size=9).map("".join),
    st.tuples(st.sampled_from(["http://", "https://", "HTTPS://"]), TAILS).map("".join),
    st.tuples(st.just("https://www.kaltura.com"), TAILS).map("".join),
    st.text(max_size=40),
)


@settings(max_examples=examples(600))
@given(URLS)
@example("https://www.kaltura.com:443\\@evil.example/")
@example("https://evil.example#@www.kaltura.com/")
@example("https://evil.example?@www.kaltura.com/")
@example("https://www.kaltura.com@evil.example")
@example("http://[::ffff:7f00:1]:80/")
def test_what_is_asked_is_what_was_compared(url: str) -> None:
    try:
        origin = origin_of(url)
    except AddressFault:
        return
    sent = httpx.URL(url)
    asked = Origin(
        sent.scheme, written(sent.host), sent.port or {"http": 80, "https": 443}[sent.scheme]
    )
    assert asked == origin
    parts = urlsplit(url)
    assert (parts.scheme, written(parts.hostname or "")) == (origin.scheme, origin.host)
    assert (parts.port or origin.port) == origin.port


@settings(max_examples=examples(300))
@given(URLS)
def test_an_origin_is_read_again_as_itself(url: str) -> None:
    try:
        origin = origin_of(url)
    except AddressFault:
        return
    assert origin_of(str(origin)) == origin
    assert is_same_origin(url, str(origin))


@settings(max_examples=examples(300))
@given(URLS)
def test_a_base_of_secrets_has_nothing_but_a_host_and_a_path(url: str) -> None:
    try:
        origin = usable_base(url)
    except AddressFault:
        return
    assert origin.scheme == "https" or origin.is_loopback
    assert not set("?#\\ ") & set(url)
    assert "@" not in url.split("/")[2]


def written(host: str) -> str:
    """Return a host as `Origin` has it: an IPv6 address in its one spelling, in brackets."""
    return origin_of(f"http://[{host}]/").host if ":" in host else host
