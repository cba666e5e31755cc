"""Which face of which font each part of a text is set in. Draws nothing.

Letters of a script stay together in one face. Signs that no face has are left out; letters that
none has cannot be set, which is told.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from storyboard.graphemes import borders
from storyboard.scripts import runs_right_to_left, script_of
from storyboard.spoken_tags import language_of
from storyboard.studio.lettering.font_files import FontFile, machine_files, own_files
from storyboard.studio.lettering.letter_sets import LetterSet, letter_sets

_CJK: Final = "CJK"
_OF_CJK: Final = frozenset(
    ["CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "BOPOMOFO", "FULLWIDTH", "IDEOGRAPHIC"]
)
"""First words of the names of letters that one face of Chinese or Japanese has together."""

_REGIONS: Final = {"zh": 2, "ko": 1, "ja": 0}
"""Which face of a collection of CJK is a language's: of Noto and of Source Han Sans."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face: a font file, and which of its faces."""

    path: Path
    index: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a text that one face sets."""

    text: str
    face: Face


class CannotSet(Exception):
    """Letters that no face has here, or that need shaping where nothing shapes; `told` says it."""

    def __init__(self, letters: str, *, wants_shaping: bool = False) -> None:
        self.letters = letters
        self.wants_shaping = wants_shaping
        script = _script_name(letters[0])
        self.told = f"no font here has the letters '{letters}'{script}"
        if wants_shaping:
            self.told = f"nothing here shapes the letters '{letters}'{script}"
        super().__init__(self.told)


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts to choose from: the package's own, and others behind them."""

    own: Sequence[FontFile]
    others: Callable[[], Sequence[FontFile]]

    def runs(self, text: str, language: str, *, bold: bool) -> tuple[Run, ...]:
        """Return a text in runs, in its own order; raises `CannotSet`."""
        scripts: dict[str, dict[str, None]] = {}
        clusters = list(_clusters(text))
        for cluster in clusters:
            if (script := _script(cluster)) is not None:
                scripts.setdefault(script, {}).update(dict.fromkeys(filter(_is_shown, cluster)))
        faces = {
            script: self._face(script, letters.keys(), language, bold)
            for script, letters in scripts.items()
        }
        return tuple(_joined(self._placed(clusters, faces, bold)))

    def _placed(self, clusters: Sequence[str], faces: dict[str, Face], bold: bool) -> Iterator[Run]:
        """Yield a run for each cluster: signs between letters are set as the letters before."""
        last, before = next(iter(faces.values()), self._own(bold)), " "
        for cluster in clusters:
            if cluster.isspace() and before.isspace():
                continue  # what stood between two spaces has no face
            script = _script(cluster)
            signs = "".join(filter(_is_shown, cluster))
            if script is not None:
                face: Face | None = faces[script]
                last = faces[script]
            else:
                face = self._of_signs(signs, last, bold)
            if face is not None:
                before = cluster
                yield Run(cluster, face)

    def _of_signs(self, signs: str, last: Face, bold: bool) -> Face | None:
        """Return the face of signs between letters; None where no font of words has them."""
        near = next((face for face in (last, self._own(bold)) if _has(face, signs)), None)
        if near is not None or any(map(_is_picture, signs)):
            return near
        ranked = sorted(self.others(), key=lambda each: each.rank("LATIN", bold=bold))
        far = (Face(file.path) for file in ranked if "emoji" not in file.path.name.lower())
        return next((face for face in far if _has(face, signs)), None)

    def _own(self, bold: bool) -> Face:
        return Face(min(self.own, key=lambda each: each.rank("LATIN", bold=bold)).path)

    def _face(self, script: str, letters: Collection[str], language: str, bold: bool) -> Face:
        own = self._own(bold)
        if _has(own, letters):
            return own
        for file in sorted(self.others(), key=lambda each: each.rank(script, bold=bold)):
            have = [n for n, s in enumerate(letter_sets(file.path)) if all(c in s for c in letters)]
            if have:
                region = _REGIONS.get(language_of(language), 0)
                return Face(file.path, region if region in have else have[0])
        raise CannotSet("".join(letters)[:12])


FONTS: Final = Fonts(own_files(), machine_files)


def set_in_runs(
    text: str, language: str, *, bold: bool, fonts: Fonts = FONTS, shapes: bool | None = None
) -> tuple[Run, ...]:
    """Return a text in runs; raises `CannotSet`, also for letters that nothing here can shape."""
    if (shaped := shaped_letters(text)) and not (shapes_text() if shapes is None else shapes):
        raise CannotSet(shaped[:12], wants_shaping=True)
    return fonts.runs(text, language, bold=bold)


@lru_cache(maxsize=1)
def shapes_text() -> bool:
    """Whether letters can be joined, ordered and stacked here: libraqm, with FriBiDi."""
    from PIL import features

    return bool(features.check("raqm") and features.check("fribidi"))


def shaped_letters(text: str) -> str:
    """Return the letters of a text that are wrong unless they are shaped, each once."""
    found = (letter for letter in text if letter > "\u0590" and _is_shaped(letter))
    return "".join(dict.fromkeys(found))


def _is_shaped(letter: str) -> bool:
    is_mark = unicodedata.category(letter) in ("Mn", "Mc") and not _is_selector(letter)
    return is_mark or runs_right_to_left(letter)


def _clusters(text: str) -> Iterator[str]:
    begins = [*borders(text), len(text)]
    for start, end in pairwise(begins):
        yield text[start:end]


def _script(cluster: str) -> str | None:
    """Return the script of a letter with its marks; None for a digit, a sign or a space."""
    if not cluster[0].isalpha():
        return None
    script = script_of(cluster[0])
    return _CJK if script in _OF_CJK else script


def _script_name(letter: str) -> str:
    """Return a script for a message, in parentheses; nothing for one without a name."""
    script = script_of(letter)
    name = script if script == _CJK else script.capitalize()
    return f" ({name})" if name else ""


def _is_shown(letter: str) -> bool:
    is_format = unicodedata.category(letter) == "Cf" or _is_selector(letter)
    return not (letter.isspace() or is_format)


def _is_selector(letter: str) -> bool:
    """Whether it chooses between forms of the letter before it: fonts list no such letter."""
    return "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"


def _is_picture(sign: str) -> bool:
    return sign >= "\U0001f000"


def _has(face: Face, letters: Collection[str]) -> bool:
    sets = letter_sets(face.path)
    found = sets[face.index] if face.index < len(sets) else LetterSet()
    return all(letter in found for letter in letters)


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    text, face = "", None
    for run in runs:
        if face is not None and run.face != face:
            yield Run(text, face)
            text = ""
        text, face = text + run.text, run.face
    if face is not None:
        yield Run(text, face)
