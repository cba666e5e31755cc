"""Draws one page of a PDF as a PNG, in a process of its own: FILE INDEX PICTURE.

PDFium is large, written in C++, and fed with what strangers upload. It gets little memory and time
here, and what it crashes is this process alone.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from typing import Final

import numpy as np

from storyboard.studio.stage.preview import png

WIDTH, HEIGHT = 1920, 1080
_SECONDS: Final = 25
_BYTES: Final = 2 << 30
_FILE_BYTES: Final = 64 << 20


def draw(source: Path, index: int, picture: Path) -> None:
    """Write the page in the middle of a white picture of the film's size, as large as it fits."""
    import pypdfium2

    document = pypdfium2.PdfDocument(source)
    page = document[index]
    width, height = page.get_size()
    scale = min(WIDTH / width, HEIGHT / height)
    shown = page.render(scale=scale, rev_byteorder=True, no_smoothtext=False).to_numpy()
    shown = shown[:HEIGHT, :WIDTH, :3]
    whole = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    top, left = (HEIGHT - shown.shape[0]) // 2, (WIDTH - shown.shape[1]) // 2
    whole[top : top + shown.shape[0], left : left + shown.shape[1]] = shown
    picture.write_bytes(png(whole))


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))


if __name__ == "__main__":
    _limit()
    draw(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
