"""Draws one page of a PDF as a PNG, in a process of its own: FILE INDEX PICTURE.

PDFium is large, written in C++, and fed with what strangers upload. It gets little memory and time
here, and what it crashes is this process alone. Imports as little as it can, to begin at once.
"""

from __future__ import annotations

import resource
import struct
import sys
import zlib
from pathlib import Path
from typing import Final

WIDTH, HEIGHT = 1920, 1080
_SECONDS: Final = 25
"""Of a processor, for one page: whoever draws longer draws a picture that no film needs. A choice.
"""
_BYTES: Final = 2 << 30
_FILE_BYTES: Final = 64 << 20
_COLOR: Final = 2
"""PNG's number for RGB."""


def draw(source: Path, index: int, picture: Path) -> None:
    """Write the page in the middle of a white picture of the film's size, as large as it fits."""
    import pypdfium2
    from pypdfium2 import raw

    page = pypdfium2.PdfDocument(source)[index]
    width, height = page.get_size()
    scale = min(WIDTH / width, HEIGHT / height)
    wide, tall = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = pypdfium2.PdfBitmap.new_native(WIDTH, HEIGHT, raw.FPDFBitmap_BGRx)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, WIDTH, HEIGHT)
    place = (WIDTH - wide) // 2, (HEIGHT - tall) // 2, wide, tall
    flags = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
    raw.FPDF_RenderPageBitmap(bitmap, page, *place, 0, flags)
    picture.write_bytes(_png(bytes(bitmap.buffer), bitmap.stride))


def _png(pixels: bytes, stride: int) -> bytes:
    """Return rows of four bytes a pixel, the fourth of which says nothing, as a PNG."""
    colors = bytearray(3 * WIDTH * HEIGHT)
    for channel in range(3):
        colors[channel::3] = b"".join(
            pixels[row * stride + channel : row * stride + 4 * WIDTH : 4] for row in range(HEIGHT)
        )
    rows = b"".join(
        b"\0" + colors[3 * WIDTH * row : 3 * WIDTH * (row + 1)] for row in range(HEIGHT)
    )
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, _COLOR, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))


if __name__ == "__main__":
    _limit()
    draw(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
