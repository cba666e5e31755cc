"""Which of a studio's videos are one storyboard in several locales, as their names tell.

`Welcome (en)` and `Welcome (de)` are, if they have as many scenes. A tag has to be spelled as tags
are: `Report (IT)` is more often a department than Italian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.export.naming import storyboard_id
from storyboard.export.taken import Taken
from storyboard.locales import parse_tag
from storyboard.templates.expressions import is_template
from storyboard.texts import normal_text

_TAGGED: Final = re.compile(
    r"(?P<before>.*\S ?[(\[] ?|.*\S [-–—|/] |.*[^\s@]@)"
    r"(?P<tag>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})(?P<after> ?[)\]]|)"
)
_CLOSERS: Final = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Group:
    """What becomes one storyboard: its videos, each with its locale, the source's first.

    A single video has no locale, unless it was told one. `name` has `{{ locale }}` in it where
    names differ by that.
    """

    id: str
    videos: tuple[Taken, ...]
    locales: tuple[str, ...] = ()
    name_around: tuple[str, str] | None = None


def group_videos(videos: Sequence[Taken], *, by_locale: bool, apart: frozenset[str]) -> list[Group]:
    """Return the storyboards in the order of their videos, each with an id.

    `apart` are the ids of videos that have to have a storyboard of their own.
    """
    families: dict[object, list[tuple[Taken, str]]] = {}
    for video in videos:
        key, tag = _family(video) if by_locale and video.remote.id not in apart else (None, "")
        families.setdefault(key or video.remote.id, []).append((video, tag))
    taken: set[str] = set()
    groups = []
    for key, members in families.items():
        for group in _groups(key, members, taken):
            taken.add(group.id)
            groups.append(group)
    return groups


def _family(video: Taken) -> tuple[object, str]:
    """Return what the locales of one storyboard have in common, and the locale."""
    found = _TAGGED.fullmatch(normal_text(video.name))
    if found is None or any(is_template(scene.narration or "") for scene in video.scenes):
        return None, ""
    before, tag, after = found["before"], found["tag"], found["after"]
    closer = _CLOSERS.get(before.strip()[-1], "")
    if after.strip() != closer or parse_tag(tag) != tag:
        return None, ""
    return (before, after, len(video.scenes)), tag


def _groups(key: object, members: Sequence[tuple[Taken, str]], taken: set[str]) -> Iterator[Group]:
    tags = [tag for _, tag in members]
    if len(members) > 1 and len(set(tags)) == len(tags) and isinstance(key, tuple):
        before, after = str(key[0]), str(key[1])
        id_ = storyboard_id(before, members[0][0].remote.id, taken)
        yield Group(id_, tuple(v for v, _ in members), tuple(tags), (before, after))
        return
    used = set(taken)
    for video, _ in members:
        id_ = storyboard_id(video.name, video.remote.id, used)
        used.add(id_)
        yield Group(id_, (video,))
