"""The addresses and patterns of a command line, and what is said where one names nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from storyboard.counting import NAMES_IN_LIST, listed
from storyboard.errors import UsageError
from storyboard.locales import parse_tag
from storyboard.nearest import did_you_mean
from storyboard.shell import word
from storyboard.source.file_names import PROJECT_FILE
from storyboard.video import Address

APPLIED: Final = "applied video"
NOTHING_APPLIED: Final = "nothing was applied yet: storyboard apply"


def check_scope(scope: Sequence[str], known: Iterable[Address], *, what: str = "video") -> None:
    """Raise `UsageError` for a pattern that names none of the addresses."""
    addresses = tuple(known)
    for pattern in scope:
        if not any(address.matches((pattern,)) for address in addresses):
            raise names_none(pattern, addresses, what=what)


def names_none(pattern: str, known: Iterable[Address], *, what: str = "video") -> UsageError:
    """Return the failure of a pattern or an address that names none of those that are known."""
    if os.path.isdir(pattern):  # noqa: PTH112 — pathlib raises for too long a name
        hint = _in_folder(Path(pattern))
        return UsageError(f"'{pattern}' is a folder and names no {what}", hint=hint)
    addresses = tuple(known)
    meant = _meant(pattern, addresses) or name_one_of(addresses)
    if not addresses and what == APPLIED:
        meant = NOTHING_APPLIED
    return UsageError(f"'{pattern}' names no {what}", hint=meant)


def _in_folder(folder: Path) -> str:
    """Return what may be meant by a folder: a project, or else the storyboards that lie in it."""
    with suppress(OSError):
        names = {path.name for path in folder.glob("*.yaml")}
        if names and not any(name.endswith(PROJECT_FILE) for name in names):
            return f"to name the files in it: {word(folder)}/*.yaml"
    return f"to work on the project in it: storyboard -C {word(folder)} …"


def _meant(pattern: str, known: Sequence[Address]) -> str | None:
    """Return the hint that says how the nearest address is written, if one is near."""
    asked = Address.parse(pattern)
    same = [address for address in known if address.storyboard == asked.storyboard]
    if asked.locale is None and same:
        return name_one_of(same)
    if asked.locale is None or not known:
        return did_you_mean(pattern, dict.fromkeys(address.storyboard for address in known))
    if not asked.storyboard:
        return f"write a name or '*' before '@': '*{pattern}'"
    locales = [address.locale for address in same]
    spoken = [locale for locale in locales if locale is not None]
    if not locales:
        return did_you_mean(pattern, map(str, known))
    if not spoken:
        return f"'{asked.storyboard}' has no locales: name it without '@'"
    near = parse_tag(asked.locale.replace("_", "-"))
    if near in spoken:
        return f"did you mean '{asked.storyboard}@{near}'?"
    return f"write a locale behind '@'; '{asked.storyboard}' has {listed(spoken, NAMES_IN_LIST)}"


def name_one_of(known: Iterable[Address]) -> str | None:
    """Return the hint with some of the addresses that can be named, if there are any."""
    names = [str(address) for address in sorted(known)]
    return f"name one of: {listed(names, NAMES_IN_LIST)}" if names else None
