"""What files call entries and avatars whose values stand there plainly. Renders nothing.

What an expression decides may be another value tomorrow, so it is no name for a value of today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from storyboard.expand.cast import layered
from storyboard.expand.lower import lower_avatar
from storyboard.language.forms import long_avatar
from storyboard.language.place import Written
from storyboard.source.schema import accepts_property
from storyboard.templates.scanning import has_template
from storyboard.video import Avatar


def plain_entries(tables: Iterable[Mapping[str, Written]]) -> Mapping[str, str]:
    """Return the ids behind the names of tables, of which the last one wins."""
    values = {name: fields.get("entryId") for name, fields in layered(tables).items()}
    return {
        name: written.value
        for name, written in values.items()
        if written and isinstance(written.value, str) and not has_template(written.value)
    }


def plain_avatars(
    avatars: Mapping[str, Written], entries: Mapping[str, str]
) -> Mapping[Avatar, str]:
    """Return the names of avatars; `entries` has the ids that backgrounds name."""
    found = {name: _avatar(written.value, entries) for name, written in avatars.items()}
    return {avatar: name for name, avatar in found.items() if avatar is not None}


def _avatar(value: Any, entries: Mapping[str, str]) -> Avatar | None:
    long = long_avatar(value)
    match long:
        case {"background": {"entryId": str(name)} as background}:
            background = {**background, "entryId": entries.get(name, name)}
            long = {**long, "background": background}
    if has_template(long) or not accepts_property("video", "", "avatar", long):
        return None
    return lower_avatar(long)
