"""Documents that scenes are composed from: a text within limits, or the one error with a code.

An input is a file, after a line with its name. A DOCX may be given as its text part alone, since a
changed byte of an archive only breaks its checksum: `=== text.xml`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storyboard.studio.compose.documents import (
    MAX_CHARACTERS,
    read_document,
    recognize_document,
)
from storyboard.studio.compose.request import ComposeError
from tests.fuzz.parts import split_files
from tests.fuzz.surface import Broken, Law, Surface, words

_RELS = "http://schemas.openxmlformats.org"
_TYPES = f"""<Types xmlns="{_RELS}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType=
"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_START = f"""<Relationships xmlns="{_RELS}/package/2006/relationships"><Relationship Id="r"
Type="{_RELS}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""


@contextmanager
def _opened(folder: Path) -> Iterator[Law]:
    def law(text: bytes) -> None:
        for name, content in list(split_files(text).items())[:1]:
            with suppress(ComposeError):
                _read(folder, name, content)

    yield law


def _read(folder: Path, name: str, content: bytes) -> None:
    path = folder / "document"
    if name == "text.xml":
        _write_docx(path, content)
        name = "a.docx"
    else:
        path.write_bytes(content)
    kind = recognize_document(path.read_bytes()[:4096], name)
    if kind is None:
        return
    text = read_document(path, kind)
    if len(text) > MAX_CHARACTERS:
        raise Broken("more text than the limit")


def _write_docx(path: Path, text: bytes) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _START)
        archive.writestr("word/document.xml", text)


SURFACE = Surface(
    "documents",
    _opened,
    (
        *words("""# ## > - * 1. ``` ~~~ --- *** | [a](b) ![a](b) [a]: <!-- --> <b> ** __ _ ` ~~
        %PDF-1.4 obj endobj stream endstream trailer startxref %%EOF xref /Type /Page /Pages /Kids
        /Count /Contents /Font /Length /Filter /FlateDecode /ASCIIHexDecode /LZWDecode /RunLength
        /DecodeParms /Predictor /Columns /Parent /Root /Prev /ObjStm /XRef /W /Index /Encrypt
        /ToUnicode /Encoding /Differences R << >> BT ET Tj TJ Td Tf Do q Q beginbfchar endbfchar
        1 0 2 0 R 3 0 R -1 999999999 <w:p> </w:p> <w:r> <w:t> </w:t> <w:pStyle w:val="Heading1"/>
        <!DOCTYPE a [<!ENTITY e "x">]> &e; <?xml version="1.0"?> <w:tbl> xml:space="preserve" """),
        b"\n\n", b"=== a.md\n", b"=== a.pdf\n", b"=== text.xml\n", b"=== a.docx\n", b"=== a.txt\n",
    ),
    rounds=2000,
)  # fmt: skip
