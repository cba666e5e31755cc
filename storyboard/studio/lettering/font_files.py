"""Which font files there are: those that come with the package, then those of the machine.

Knows folders and file names. What a file has in it is the matter of `letter_sets`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_OWN: Final = Path(__file__).parent / "fonts"
_ENDINGS: Final = (".ttf", ".otf", ".ttc", ".otc")
_DEPTH: Final = 4
"""Folders below a folder of fonts that are looked into."""

_PREFERRED: Final = (
    "notosans", "notosanscjk", "sourcehansans", "pingfang", "hiraginosans", "yugothic", "yugoth",
    "msyh", "msjh", "malgun", "applesdgothicneo", "segoeui", "nirmala", "leelawui", "gadugi",
    "geezapro", "sfarabic", "arialhb", "arial", "helveticaneue", "thonburi", "wqy", "droidsans",
    "dejavusans", "liberationsans", "freesans",
)  # fmt: skip
"""Families of clear letters without serifs, as their files are called."""

_WEIGHTS: Final = re.compile(
    r"(?:semi|demi|extra|ultra)?(?:bold|light)|regular|medium|black|thin|heavy|bd$", re.I
)
_ODD: Final = re.compile(
    r"italic|oblique|mono|serif|condensed|narrow|display|emoji|symbol|math|naskh|kufi|nastaliq|"
    r"looped|unjoined|signwriting|\bui\b",
    re.I,
)
"""What is no upright face of the usual width: taken only if nothing else has the letters."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file, which its name recommends, or not."""

    path: Path

    def rank(self, script: str, *, bold: bool) -> tuple[bool, int, bool, str]:
        """Return by what files are ordered, the best first, for letters of a script."""
        name = self.path.stem.replace("-", "").replace("_", "").replace(" ", "").lower()
        family = _WEIGHTS.sub("", name)
        place = _family_place(family, script)
        is_bold = "bold" in name or name.endswith("bd")
        is_usual = not _WEIGHTS.search(name.replace("regular", "").replace("bold", ""))
        fits = is_bold is bold and is_usual
        return bool(_ODD.search(name)), place, not fits, self.path.name


def _family_place(family: str, script: str) -> int:
    if family == f"notosans{script.lower()}":
        return 0
    ranks = (n for n, known in enumerate(_PREFERRED, 1) if family.startswith(known))
    exact = next((n for n, known in enumerate(_PREFERRED, 1) if family == known), None)
    return exact if exact is not None else max(ranks, default=len(_PREFERRED)) + len(_PREFERRED)


def own_files() -> tuple[FontFile, ...]:
    """Return the files that come with the package: Latin, Greek and Cyrillic."""
    return tuple(FontFile(path) for path in sorted(_OWN.glob("*.ttf")))


@lru_cache(maxsize=4)
def machine_files(folders: tuple[Path, ...] | None = None) -> tuple[FontFile, ...]:
    """Return the files of the machine; a font that is installed later serves the next process."""
    places = machine_folders() if folders is None else folders
    return tuple(FontFile(path) for folder in places for path in _files(folder))


def machine_folders(system: str = sys.platform) -> tuple[Path, ...]:
    """Return where an operating system keeps its fonts."""
    home = _home()
    if system == "win32":
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        return (windows / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts")
    if system == "darwin":
        library = Path("Library/Fonts")
        return (Path("/System") / library, Path("/") / library, home / library)
    return (
        Path("/usr/share/fonts"), Path("/usr/local/share/fonts"),
        home / ".local/share/fonts", home / ".fonts",
    )  # fmt: skip


def _home() -> Path:
    """Return the user's folder; one that is not there for a user whom the system does not know."""
    try:
        return Path.home()
    except RuntimeError:
        return Path("/nonexistent")


def _files(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders.sort()
        if len(Path(where).relative_to(folder).parts) >= _DEPTH:
            folders.clear()
        found = (Path(where, name) for name in sorted(names))
        yield from (path for path in found if path.suffix.lower() in _ENDINGS)
