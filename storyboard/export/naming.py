"""What storyboards, entries and avatars of a studio are called in files: short, safe and unique.

A name in a studio is anybody's text. What comes of it here has small letters, digits and hyphens.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from storyboard.expand.scene_ids import free_name, slug
from storyboard.language.scene_form import is_short
from storyboard.source.file_names import is_portable
from storyboard.video import Avatar

_WORDS: Final = 10
_LETTERS: Final = 60
_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{2,4}$")
"""Of a media file: entries are often called like the file that was uploaded."""

_ASCII: Final = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O"}
    | {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D"}
)
"""Letters that are no letter with a mark, so that nothing of ASCII would be left of them."""

_Thing = TypeVar("_Thing", bound=Hashable)


def storyboard_id(name: str, video_id: str, taken: Collection[str]) -> str:
    """Return the id, and the file's name, of the storyboard for a video of a name."""
    stem = slug(
        name.translate(_ASCII), words=_WORDS, letters=_LETTERS
    ) or f"video-{slug(video_id)}".rstrip("-")
    if not is_portable(stem):  # a device of Windows, such as `con`
        stem = f"{stem}-video"
    return free_name(stem, taken)


@dataclass(frozen=True, slots=True)
class Things:
    """What one storyboard names: entries by id, and avatars, each as often as it does."""

    entries: tuple[str, ...]
    avatars: tuple[Avatar, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Names of entries, by id, and of avatars; and which of them the project file defines.

    `shared` are those that several storyboards name, in order; a storyboard defines the others.
    `elsewhere` is all that no storyboard defines itself.
    """

    entries: Mapping[str, str] = field(default_factory=dict)
    avatars: Mapping[Avatar, str] = field(default_factory=dict)
    shared_entries: tuple[str, ...] = ()
    shared_avatars: tuple[Avatar, ...] = ()
    elsewhere: frozenset[str | Avatar] = frozenset()


def name_cast(
    storyboards: Sequence[Things],
    told: Mapping[str, str],
    known: Cast | None = None,
) -> Cast:
    """Name each entry of the storyboards, and each avatar that is used twice.

    `told` are the names that entries have in the account, by id. What is `known` keeps its name,
    and no other thing gets that.
    """
    known = known or Cast()

    def entry_name(id_: str) -> str:
        return slug(_SUFFIX.sub("", told.get(id_, ""))) or "clip"

    entries, shared_entries = _named(
        [things.entries for things in storyboards], known.entries, entry_name
    )

    def avatar_name(avatar: Avatar) -> str:
        value = avatar.background.value
        return f"{avatar.template_id}-{slug(entries.get(value, value))}".rstrip("-")

    uses = Counter(avatar for things in storyboards for avatar in things.avatars)
    avatars, shared_avatars = _named(
        [[a for a in each.avatars if uses[a] > 1 and not is_short(a)] for each in storyboards],
        known.avatars,
        avatar_name,
    )
    elsewhere = frozenset[str | Avatar](
        (*known.entries, *known.avatars, *shared_entries, *shared_avatars)
    )
    return Cast(entries, avatars, shared_entries, shared_avatars, elsewhere)


def _named(
    storyboards: Sequence[Iterable[_Thing]],
    known: Mapping[_Thing, str],
    name_of: Callable[[_Thing], str],
) -> tuple[dict[_Thing, str], tuple[_Thing, ...]]:
    """Return a name for each thing, and which things several storyboards have.

    A name means one thing in the project file and in a storyboard; in two storyboards it may mean
    two, so that a clip without a name is not the fiftieth.
    """
    each = [tuple(dict.fromkeys(things)) for things in storyboards]
    counts = Counter(thing for things in each for thing in things)
    names = dict(known)
    shared = tuple(thing for thing in counts if counts[thing] > 1 and thing not in known)
    for thing in shared:
        names[thing] = free_name(name_of(thing), set(names.values()))
    common = frozenset(names.values())
    for things in each:
        taken = set(common)
        for thing in things:
            if thing not in names:
                names[thing] = free_name(name_of(thing), taken)
                taken.add(names[thing])
    return names, shared
