"""Which of a studio's videos are one storyboard in several locales, as a state or their names tell.

`Welcome (en)` and `Welcome (de)` are, if they have as many scenes. A tag has to be spelled as tags
are: `Report (IT)` is more often a department than Italian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.export.naming import storyboard_id
from storyboard.export.taken import Taken
from storyboard.locales import parse_tag
from storyboard.spoken_tags import language_of
from storyboard.templates.scanning import is_template
from storyboard.texts import normal_text
from storyboard.video import Address

_TAGGED: Final = re.compile(
    r"(?P<before>.*\S ?[(\[] ?|.*\S [-–—|/] |.*[^\s@]@)"
    r"(?P<tag>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})(?P<after> ?[)\]]|)"
)
_SHORT: Final = 2
_CLOSERS: Final = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Group:
    """What becomes one storyboard: its videos, each with its locale, the source's first.

    A single video has no locale, unless it was told one. Names are `name_around` and the locale
    between, where that is all that they differ by.
    """

    id: str
    videos: tuple[Taken, ...]
    locales: tuple[str, ...] = ()
    name_around: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Family:
    """What videos of one storyboard have in common."""

    id: str = ""
    name_around: tuple[str, str] | None = None
    scenes: int = 0


def group_videos(
    videos: Sequence[Taken],
    known: Mapping[str, Address],
    *,
    by_locale: bool,
    apart: frozenset[str],
    locales: Sequence[str] = (),
) -> list[Group]:
    """Return the storyboards in the order of their videos, each with an id.

    `known` has addresses that videos have, by id, and `locales` in which order their storyboards
    have them. `apart` are the ids of videos that have to have a storyboard of their own.
    """
    families: dict[_Family | str, list[tuple[Taken, str]]] = {}
    for video in videos:
        told = None
        if by_locale and video.remote.id not in apart:
            address = known.get(video.remote.id)
            told = _named(video) if address is None else _told(video, address)
        family, tag = told or (video.remote.id, "")
        families.setdefault(family, []).append((video, tag))
    groups: list[Group] = []
    ids = _Ids(known)
    for each, members in families.items():
        groups += _groups(each, _ordered(members, locales), ids)
    return groups


class _Ids:
    """Gives storyboards their ids, each once."""

    def __init__(self, known: Mapping[str, Address]) -> None:
        self._known = known
        self._reserved = {address.storyboard for address in known.values()}
        self._given: set[str] = set()

    def of(self, video: Taken, name: str, wanted: str = "") -> str:
        """Return the id that is wanted or known, while it is free, else one made of a name."""
        address = self._known.get(video.remote.id)
        if not wanted and address is not None and address.locale is None:
            wanted = address.storyboard
        if not wanted or wanted in self._given:
            wanted = storyboard_id(name, video.remote.id, self._reserved | self._given)
        self._given.add(wanted)
        return wanted


def _told(video: Taken, address: Address) -> tuple[_Family, str] | None:
    """Return what a state tells of a video in a locale."""
    if address.locale is None or _is_odd(video):
        return None
    if parse_tag(address.locale) != address.locale:
        return None
    return _Family(address.storyboard, scenes=len(video.scenes)), address.locale


def _named(video: Taken) -> tuple[_Family, str] | None:
    """Return what the name tells of the locale, and what it has in common with others."""
    found = _TAGGED.fullmatch(normal_text(video.name))
    if found is None or _is_odd(video):
        return None
    before, tag, after = found["before"], found["tag"], found["after"]
    closer = _CLOSERS.get(before.strip()[-1], "")
    if after.strip() != closer or parse_tag(tag) != tag:
        return None
    if not closer and len(language_of(tag)) > _SHORT:
        return None  # `Plan for - sat` is no Santali
    return _Family(name_around=(before, after), scenes=len(video.scenes)), tag


def _is_odd(video: Taken) -> bool:
    """Whether a text of it looks like an expression, which a catalog would have to repeat."""
    return any(map(is_template, (video.name, *(scene.narration or "" for scene in video.scenes))))


def _ordered(
    members: Sequence[tuple[Taken, str]], locales: Sequence[str]
) -> list[tuple[Taken, str]]:
    def place(member: tuple[Taken, str]) -> int:
        return locales.index(member[1]) if member[1] in locales else len(locales)

    return sorted(members, key=place)


def _groups(
    family: _Family | str, members: Sequence[tuple[Taken, str]], ids: _Ids
) -> Iterator[Group]:
    videos, tags = tuple(video for video, _ in members), tuple(tag for _, tag in members)
    is_told = isinstance(family, _Family) and (len(videos) > 1 or bool(family.id))
    if isinstance(family, _Family) and is_told and len(set(tags)) == len(tags):
        around = family.name_around
        name = videos[0].name if around is None else around[0]
        yield Group(ids.of(videos[0], name, family.id), videos, tags, around)
        return
    for video in videos:
        yield Group(ids.of(video, video.name), (video,))
