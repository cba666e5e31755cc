"""Pages of hosts that the operator allows: what is in them may be anybody's."""

from __future__ import annotations

import pytest

from storyboard.origins import origin_of
from storyboard.studio.compose import web_pages
from storyboard.studio.compose.web_pages import Page, PageError, Pages
from tests.support.wire_server import Answer, wire_server

HTML = {"content-type": "text/html"}
WORDS = "<p>Gr\u00fc\u00dfe an alle."


def read(url: str) -> Page:
    origin = origin_of(url)
    return Pages(frozenset({(origin.host, origin.port)})).read(f"{url}/page")


def answered(content: bytes, content_type: str = "text/html") -> Page:
    with wire_server(Answer(raw=content, headers={"content-type": content_type})) as server:
        return read(server.url)


@pytest.mark.parametrize("place", ["http://[", "//[::1", "http://a b/", "file:///etc/passwd"])
def test_an_address_that_is_none_leads_nowhere(place: str) -> None:
    with (
        wire_server(Answer(raw=b"", status=302, headers={"location": place})) as server,
        pytest.raises(PageError, match="not one of a page"),
    ):
        read(server.url)
    content = f'<meta property="og:image" content="{place}"><title>T</title>'
    assert answered(content.encode()) == Page("T", "", "")


@pytest.mark.parametrize(
    "content", [b"<![x[", b"&#" + b"9" * 5_000 + b";", b"<a b='&#" + b"9" * 5_000 + b"'>"]
)
def test_marks_that_are_broken_on_purpose_are_told(content: bytes) -> None:
    with pytest.raises(PageError, match="the HTML of the page cannot be read"):
        answered(content)


@pytest.mark.parametrize(
    "charset",
    [
        "",
        "utf-8",
        "idna",
        "punycode",
        "undefined",
        "unicode_escape",
        "hex",
        "zlib",
        "nothing",
        "a b",
    ],
)
def test_an_encoding_that_no_page_has_is_not_believed(charset: str) -> None:
    page = answered(WORDS.encode(), f"text/html; charset={charset}")
    assert page.text == "Gr\u00fc\u00dfe an alle."


@pytest.mark.parametrize("charset", ["latin-1", "windows-1252", "utf-16", "utf-32"])
def test_the_encoding_of_a_page_is_its_own(charset: str) -> None:
    page = answered(WORDS.encode(charset), f"text/html; charset={charset}")
    assert page.text == "Gr\u00fc\u00dfe an alle."


@pytest.mark.parametrize(
    "content",
    [b"<!--" * 600_000, b"<a" * 900_000, b"<nav>" * 400_000 + b"</form>" * 400_000],
    ids=["comments", "elements", "layers"],
)
def test_no_page_keeps_its_reader_busy(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each would take an hour or more."""
    monkeypatch.setattr(web_pages, "TIMEOUT_SECONDS", 0.3)
    with pytest.raises(PageError):
        answered(content)
