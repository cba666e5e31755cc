"""Where catalogs are: `locales/<tag>/`, then the storyboard's id or the included file's path."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

FOLDER: Final = "locales"
EVERY_CATALOG: Final = f"{FOLDER}/**/*.po"
"""A glob that finds the catalogs, those that no locale reads among them."""


def catalog_path(tag: str, storyboard: str) -> str:
    """Return the file of a storyboard's own texts in one locale."""
    return f"{FOLDER}/{tag}/{storyboard}.po"


def shared_catalog_path(tag: str, included: str) -> str:
    """Return the file of an included file's texts in one locale.

    A file at the project's root keeps its suffix, so that it never meets a storyboard's catalog.
    """
    path = PurePosixPath(included)
    name = path.with_suffix("") if path.parent.name else path
    return f"{FOLDER}/{tag}/{name}.po"


def split_path(path: str) -> tuple[str, str] | None:
    """Return the folder's tag and the rest of a catalog's path, without `.po`; None for others."""
    folder, _, rest = path.partition("/")
    tag, slash, name = rest.partition("/")
    if folder != FOLDER or not slash or not name.endswith(".po"):
        return None
    return tag, name.removesuffix(".po")
