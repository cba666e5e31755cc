"""Reads pages of the web that are sources: title, picture, words. Asks no host that it may not.

A caller's address may lead anywhere, to this machine's own services too. So the operator names the
hosts, and no other is asked: not for a page, and not where a page leads.
"""

from __future__ import annotations

import codecs
import http.client
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

from storyboard.deadline import Deadline
from storyboard.origins import has_login, origin_or_none
from storyboard.strict_json import UNSTORABLE
from storyboard.timed_request import Reply, ask, target_of

MAX_BYTES: Final = 5_000_000
TIMEOUT_SECONDS: Final = 10.0
"""For the whole of a page, with where it leads."""

_REDIRECTS: Final = 3
"""To `https:`, to `www.`, and to where a page was moved. A choice."""
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_READ: Final = ("text/html", "application/xhtml+xml", "text/plain")
_SKIPPED: Final = frozenset(
    {"script", "style", "noscript", "template", "svg", "nav", "header", "footer", "aside", "form"}
)
_BLOCKS: Final = frozenset(
    {"p", "div", "section", "article", "li", "br", "h1", "h2", "h3", "h4", "td", "th", "blockquote"}
)
_LONGEST: Final = 2_000
_NO_CHARSETS: Final = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
)
"""Encodings that Python has and no page: some of them take hours, or fail whatever they are told.
"""

_BROKEN: Final = (AssertionError, ValueError)
"""What Python's reader of HTML raises of marks and numbers that are broken on purpose."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says; `image_url` is empty where it names no picture of itself."""

    title: str
    image_url: str
    text: str


class PageError(Exception):
    """A page cannot be read; `is_text` where it was there and is no text."""

    def __init__(self, message: str, *, is_text: bool = True) -> None:
        super().__init__(message)
        self.is_text = is_text


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of some hosts, each with its port; none where the operator names none."""

    hosts: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    def refusal(self, url: str) -> str | None:
        """Return why an address is never asked; None where it may be."""
        origin = origin_or_none(url)
        if origin is None or has_login(url):
            return "the address is not one of a page, or has a login in it"
        if (origin.host, origin.port) not in self.hosts:
            return f"this studio reads no pages of '{origin.location}'"
        return None

    def read(self, url: str) -> Page:
        """Fetch a page and return what it says; raises `PageError`."""
        with Deadline(TIMEOUT_SECONDS) as deadline:
            for _ in range(_REDIRECTS + 1):
                reply = self._reply(url, deadline)
                if reply.status not in _MOVED:
                    return _page(url, reply, deadline)
                url = _joined(url, reply.headers.get("location") or "")
        raise PageError("the page leads on and on")

    def _reply(self, url: str, deadline: Deadline) -> Reply:
        why = self.refusal(url)
        origin = origin_or_none(url)
        if why is not None or origin is None:
            raise PageError(why or "the address is not one of a page")
        headers = {"Accept": ", ".join(_READ)}
        try:
            return ask(
                origin, "GET", _target(url), headers=headers, most=MAX_BYTES, deadline=deadline
            )
        except (OSError, http.client.HTTPException) as cause:
            raise PageError(f"'{origin.location}' does not answer") from cause


def _page(url: str, reply: Reply, deadline: Deadline) -> Page:
    if reply.status != http.client.OK:
        raise PageError(f"the page answers HTTP {reply.status}")
    if len(reply.content) > MAX_BYTES:
        raise PageError("the page is too large")
    kind = reply.headers.get_content_type()
    if kind not in _READ:
        raise PageError(f"the page is {kind}, and no text", is_text=False)
    text = UNSTORABLE.sub("", reply.content.decode(_charset(reply.headers), "replace"))
    if kind == "text/plain":
        first = text.strip().partition("\n")[0]
        return Page(first[:_LONGEST], "", text)
    reader = _Reader(deadline)
    try:
        reader.feed(text)
        reader.close()
    except _BROKEN as cause:
        raise PageError("the HTML of the page cannot be read") from cause
    image = _joined(url, reader.image) if reader.image else ""
    shown = image if origin_or_none(image) else ""
    title = " ".join((reader.named or reader.title).split())
    return Page(title[:_LONGEST], shown[:_LONGEST], reader.text)


def _charset(headers: http.client.HTTPMessage) -> str:
    """Return the encoding that a page is said to have, where pages may have it."""
    with suppress(LookupError, ValueError):
        name = codecs.lookup(headers.get_content_charset("utf-8")).name
        if name not in _NO_CHARSETS:
            b"a".decode(name, "replace")  # some turn bytes into bytes
            return name
    return "utf-8"


def _joined(url: str, told: str) -> str:
    """Return where a page leads; an empty text where that is no address."""
    with suppress(ValueError):
        return urljoin(url, told)
    return ""


def _target(url: str) -> str:
    target = target_of(url)
    if not (target.isascii() and target.isprintable()) or " " in target:
        raise PageError("the address has characters that no request can have")
    return target


class _Reader(HTMLParser):
    """Collects title, picture and words of a page of HTML; raises `PageError` at the deadline.

    What a page leaves open is looked for to its end, again and again: 60 KB of it take a minute.
    """

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(convert_charrefs=True)
        self._deadline = deadline
        self.title = self.named = self.image = ""
        self._parts: list[str] = []
        self._within: list[str] = []
        self._in_title = False

    @property
    def text(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)

    def updatepos(self, i: int, j: int) -> int:
        """Go on behind what was read, which is each step of the parser, if there is time left."""
        if self._deadline.is_over:
            raise PageError("the page takes too long to read")
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._note(given.get("property") or given.get("name") or "", given.get("content", ""))
        elif tag == "title":
            self._in_title = True
        elif tag in _SKIPPED:
            self._within.append(tag)
        elif tag in _BLOCKS:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag in self._within:
            while self._within.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._within:
            self._parts.append(data)

    def _note(self, name: str, content: str) -> None:
        if name == "og:title":
            self.named = self.named or content
        elif name == "og:image":
            self.image = self.image or content
