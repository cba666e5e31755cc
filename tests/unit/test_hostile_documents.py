"""Documents that are broken, closed or without an end are errors with a code, soon."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from storyboard.studio.compose.documents import DocumentKind, read_document
from storyboard.studio.compose.request import ComposeError
from tests.support.passing_time import soon

docx = pytest.importorskip("docx")
pypdf = pytest.importorskip("pypdf")

SHOWN = b"BT /F1 12 Tf 10 50 Td (Water cools the servers.) Tj ET"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARAGRAPH = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"


def write_pdf(path: Path, content: bytes, pages: bytes = b"3 0 R") -> Path:
    packed = zlib.compress(content, 9)
    font = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources" + font + b">>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + pages + b"]/Count %d>>" % pages.count(b"R"),
        page,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    )
    written = b"%PDF-1.4\n"
    for number, each in enumerate(objects, 1):
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    path.write_bytes(written + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n0\n%%EOF")
    return path


def write_docx(path: Path, body: str, head: str = "") -> Path:
    template = BytesIO()
    docx.Document().save(template)
    text = f"{head}<w:document xmlns:w='{WORDS}'><w:body>{body}</w:body></w:document>"
    with (
        zipfile.ZipFile(template) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for member in source.infolist():
            is_text = member.filename == "word/document.xml"
            made.writestr(member.filename, text if is_text else source.read(member))
    return path


def refused(path: Path) -> str:
    with soon(10), pytest.raises(ComposeError) as caught:
        read_document(path, DocumentKind(path.suffix[1:]))
    return caught.value.code


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(9, 9)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    assert refused(tmp_path / "a.pdf") == "document-unreadable"


def test_a_pdf_of_pictures_says_nothing(tmp_path: Path) -> None:
    picture = b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"
    path = write_pdf(tmp_path / "a.pdf", picture)
    assert read_document(path, DocumentKind.PDF).strip() == ""


def test_a_pdf_that_unpacks_to_too_much(tmp_path: Path) -> None:
    assert refused(write_pdf(tmp_path / "a.pdf", b" " * 200_000_000)) == "document-unreadable"


def test_a_pdf_whose_pages_go_round(tmp_path: Path) -> None:
    assert refused(write_pdf(tmp_path / "a.pdf", SHOWN, b"2 0 R")) == "document-unreadable"


def test_a_pdf_without_an_end_is_read_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_pdf(tmp_path / "a.pdf", SHOWN * 20_000)
    monkeypatch.setattr("storyboard.studio.compose.documents.MAX_SECONDS", 0.5)
    assert refused(path) == "document-too-large"


def test_a_docx_that_unpacks_to_too_much(tmp_path: Path) -> None:
    assert refused(write_docx(tmp_path / "a.docx", PARAGRAPH * 1_200_000)) == "document-too-large"


def test_a_docx_that_lies_about_its_size(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", PARAGRAPH * 1_200_000)
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("word/document.xml").file_size
    lie = path.read_bytes().replace(size.to_bytes(4, "little"), (999).to_bytes(4, "little"))
    path.write_bytes(lie)
    assert refused(path) == "document-unreadable"


def test_a_docx_of_endless_entities(tmp_path: Path) -> None:
    entities = "".join(
        f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in zip("abcde", "bcdef", strict=True)
    )
    head = f'<!DOCTYPE x [<!ENTITY a "{"a" * 9_999}">{entities}]>'
    assert refused(write_docx(tmp_path / "a.docx", "<w:p>&f;</w:p>", head)) == "document-unreadable"


def test_a_docx_that_asks_for_a_file_gets_none(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("never spoken")
    head = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    body = "<w:p><w:r><w:t>Hello &a; there.</w:t></w:r></w:p>"
    path = write_docx(tmp_path / "a.docx", body, head)
    assert "never" not in read_document(path, DocumentKind.DOCX)


def test_a_text_without_an_end_is_cut(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("no end to this " * 200_000)
    assert len(read_document(tmp_path / "a.txt", DocumentKind.TEXT)) == 2_000_000
