"""Reads the text of documents: plain text, Markdown, PDF, DOCX. Knows no ranking and no store.

PDF and DOCX need the packages of the extra `documents`; they are read with limits, since what is
uploaded may be meant to exhaust a reader.
"""

from __future__ import annotations

import logging
import re
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zlib import error as ZlibError

from storyboard.decoding import NotText, decode_text
from storyboard.distribution import install_command
from storyboard.strict_json import UNSTORABLE
from storyboard.studio.compose.markdown import MARK, marked, placed, read_markdown
from storyboard.studio.compose.request import ComposeError, Heading

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_BYTES: Final = 50_000_000
MAX_UNPACKED_BYTES: Final = 200_000_000
MAX_XML_BYTES: Final = 40_000_000
"""Of a DOCX: more than any book has, pictures left out."""

MAX_SECONDS: Final = 60.0
MAX_PAGES: Final = 2_000
MAX_CHARACTERS: Final = 2_000_000
"""More text than this is cut: it is ten times what twenty minutes of film could choose from."""

_BROKEN: Final = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError,
                  ZlibError)  # fmt: skip
"""What readers raise of files that are broken on purpose."""

_TITLE_LINE: Final = re.compile(r"[^\W_a-zß-ÿ][^\n.!?:;]{2,70}")


class DocumentKind(Enum):
    """The documents that can be read, by their suffix."""

    TEXT = "txt"
    MARKDOWN = "md"
    PDF = "pdf"
    DOCX = "docx"


def recognize_document(head: bytes, name: str) -> DocumentKind | None:
    """Return what a file is by its first bytes, and by its name where they are plain text."""
    if head.startswith(b"%PDF-"):
        return DocumentKind.PDF
    suffix = name.rpartition(".")[2].lower()
    if head.startswith(b"PK\x03\x04"):
        return DocumentKind.DOCX if suffix == "docx" else None
    if b"\0" in head or suffix not in ("txt", "text", "md", "markdown"):
        return None
    return DocumentKind.TEXT if suffix in ("txt", "text") else DocumentKind.MARKDOWN


def read_document(path: Path, kind: DocumentKind) -> str:
    """Return a document's text, paragraphs parted by blank lines; raises `ComposeError`."""
    return read_with_headings(path, kind)[0]


def read_with_headings(path: Path, kind: DocumentKind) -> tuple[str, tuple[Heading, ...]]:
    """Return a document's text without its headings, and these; raises `ComposeError`."""
    if path.stat().st_size > MAX_BYTES:
        raise ComposeError("document-too-large", f"more than {MAX_BYTES // 1_000_000} MB")
    match kind:
        case DocumentKind.TEXT:
            return _headed(_plain(path))
        case DocumentKind.MARKDOWN:
            return read_markdown(_plain(path))
        case DocumentKind.PDF:
            return _limited(_pdf_pages(path)), ()
        case DocumentKind.DOCX:
            titles: list[str] = []
            return placed(_limited(_docx_paragraphs(path, titles)), titles)


def _headed(text: str) -> tuple[str, tuple[Heading, ...]]:
    """Return a plain text without the lines that stand alone above a paragraph, and these."""
    titles: list[str] = []
    paragraphs = re.split(r"(\n\s*\n)", text)
    for at in range(0, len(paragraphs) - 2, 2):
        is_title = _TITLE_LINE.fullmatch(paragraphs[at].strip()) is not None
        if is_title and len(paragraphs[at + 2]) > len(paragraphs[at]):
            paragraphs[at] = marked(paragraphs[at], titles)
    return placed("".join(paragraphs), titles)


def _plain(path: Path) -> str:
    try:
        text = decode_text(path.read_bytes())
    except NotText as cause:
        raise ComposeError("document-unreadable", str(cause)) from cause
    return text.replace("\r\n", "\n").replace("\0", "").replace(MARK, "")[:MAX_CHARACTERS]


def count_pages(path: Path) -> int:
    """Return how many pages a PDF has, of those that are read; raises `ComposeError`."""
    with _opened_pdf(path) as reader:
        return min(MAX_PAGES, len(reader.pages))


def read_pages(path: Path) -> list[str]:
    """Return the words of each page of a PDF, in its own lines; raises `ComposeError`."""
    return [UNSTORABLE.sub("", page) for page in _pdf_pages(path)]


def _pdf_pages(path: Path) -> Iterator[str]:
    deadline = time.monotonic() + MAX_SECONDS

    def look(*_: object) -> None:
        if time.monotonic() > deadline:
            raise ComposeError("document-too-large", f"more than {MAX_SECONDS:.0f} s of reading")

    with _opened_pdf(path) as reader:
        for number, page in enumerate(reader.pages):
            if number >= MAX_PAGES:
                return
            look()
            yield _unwrapped(page.extract_text(visitor_operand_before=look))


@contextmanager
def _opened_pdf(path: Path) -> Iterator[PdfReader]:
    with _package("pypdf"):
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ComposeError("document-unreadable", "the PDF has a password")
        yield reader
    except (PyPdfError, *_BROKEN) as cause:
        raise ComposeError("document-unreadable", f"the PDF cannot be read: {cause}") from cause


def _docx_paragraphs(path: Path, titles: list[str]) -> Iterator[str]:
    """Yield the paragraphs, and what stands for each heading."""
    with _package("docx"):
        from docx import Document
        from docx.opc.exceptions import OpcError
    try:
        with zipfile.ZipFile(path) as archive:
            _check_unpacked(archive)
        for paragraph in Document(str(path)).paragraphs:
            style = (paragraph.style.name if paragraph.style is not None else "") or ""
            if style.startswith(("Heading", "Title")) and paragraph.text.strip():
                yield marked(paragraph.text, titles)
            elif not style.startswith(("Heading", "Title", "TOC")):
                yield paragraph.text.replace(MARK, "")
    except (OpcError, zipfile.BadZipFile, OSError, EOFError, SyntaxError, *_BROKEN) as cause:
        raise ComposeError("document-unreadable", f"the DOCX cannot be read: {cause}") from cause


def _check_unpacked(archive: zipfile.ZipFile) -> None:
    """Unpack an archive once, piece by piece, since it may lie about its sizes."""
    members = archive.infolist()
    xml = sum(m.file_size for m in members if m.filename.endswith((".xml", ".rels")))
    if xml > MAX_XML_BYTES or sum(m.file_size for m in members) > MAX_UNPACKED_BYTES:
        raise ComposeError("document-too-large", "the DOCX unpacks to too much")
    for member in members:
        with archive.open(member) as file:
            while file.read(65_536):
                pass


def _unwrapped(page: str) -> str:
    """Join lines that a page broke, and words that it hyphenated."""
    text = re.sub(r"(\w)-\n(?=[a-zà-ÿ])", r"\1", page.replace("\0", ""))
    return re.sub(r"[ \t]+", " ", text)


def _limited(parts: Iterable[str]) -> str:
    kept: list[str] = []
    size = 0
    for part in parts:
        kept.append(UNSTORABLE.sub("", part))
        size += len(part)
        if size > MAX_CHARACTERS:
            break
    return "\n\n".join(part for part in kept if part.strip())[:MAX_CHARACTERS]


@contextmanager
def _package(name: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as cause:
        raise ComposeError(
            "documents-not-installed",
            f"the package '{name}' reads these documents: {install_command('documents')}",
        ) from cause
