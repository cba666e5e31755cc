"""The media types of kept files, by how their names end. Knows no file."""

from __future__ import annotations

from typing import Final

CONTENT_TYPES: Final = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "mkv": "video/x-matroska",
    "webm": "video/webm",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def content_type(name: str) -> str:
    """Return the media type of a kept file by its name, empty where none is known."""
    return CONTENT_TYPES.get(name.rpartition(".")[2], "")
