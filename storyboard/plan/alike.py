"""Which of a studio's videos may be a desired one that no state knows, by name and by what is said.

Studios store other names than the ones sent. What one does to a name is told by what it holds: a
name that is cut, or has lost or changed some characters, and whose video says the same.
"""

from __future__ import annotations

import html
import re
from collections.abc import Hashable, Iterable, Iterator
from typing import Final

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.nonce_mark import nonce_of
from storyboard.plan.shown import desired_shown, remote_shown
from storyboard.texts import normal_text
from storyboard.video import Video

_SHORTEST_CUT: Final = 57
"""Bytes of a name that may be a longer one, cut. Names were seen cut at 60 and 90 characters, and
at 60 bytes; a space or a letter of several bytes at the cut may go too."""


_SIGNS: Final = re.compile(r"[\W_]+")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]+")


class Namesakes:
    """The videos of a studio by all that may tell whose they are; built once, asked often."""

    def __init__(self, videos: Iterable[RemoteVideo]) -> None:
        self._by_name: dict[str, list[RemoteVideo]] = {}
        self._by_words: dict[Hashable, list[RemoteVideo]] = {}
        self._long: list[tuple[str, RemoteVideo]] = []
        for video in videos:
            name = normal_text(video.name)
            self._by_name.setdefault(name, []).append(video)
            # The mark is gone as soon as the add has ended, and an open one is found by its nonce
            # alone.
            if nonce_of(video.name) is not None:
                continue
            if len(name.encode(errors="replace")) >= _SHORTEST_CUT:
                self._long.append((name, video))
            words = _folded(scene.narration for scene in remote_shown(video, {}).scenes)
            if any(words):
                self._by_words.setdefault(words, []).append(video)

    def of(self, video: Video) -> tuple[RemoteVideo, ...]:
        """Return the videos that may be the desired one: those of its very name, else the others.

        A marked video is none: an add that is open is known by its nonce.
        """
        name = normal_text(video.name)
        same = self._by_name.get(name, ())
        return tuple(same or {each.id: each for each in self._changed(video, name)}.values())

    def _changed(self, video: Video, name: str) -> Iterator[RemoteVideo]:
        if len(name.encode(errors="replace")) > _SHORTEST_CUT:
            yield from (each for held, each in self._long if name.startswith(held))
        if not self._by_words:  # all that is planned would be folded, for a studio that has nothing
            return
        words = _folded(scene.narration for scene in desired_shown(video).scenes)
        for each in self._by_words.get(words, ()):
            if any(
                held and wanted.startswith(held) and (held == wanted or _is_long(each.name))
                for held, wanted in zip(_folds(each.name), _folds(video.name), strict=True)
            ):
                yield each


def _is_long(name: str) -> bool:
    return len(name.encode(errors="replace")) >= _SHORTEST_CUT


def _folded(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(_folds(text)[0] for text in texts)


def _folds(text: str) -> tuple[str, str]:
    """Return the small letters and digits of a text, and those of ASCII: what any studio keeps."""
    # Some services store `&` as `&amp;`, and never say so.
    plain = html.unescape(normal_text(text)).casefold()
    kept = _SIGNS.sub("", plain)
    return kept, _NOT_ASCII.sub("", kept)
