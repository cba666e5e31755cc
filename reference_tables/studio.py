"""The tables about the local studio: switches, statuses, actions, presenters, languages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reference_tables.markdown import code, table
from storyboard.studio.api.fields import Field
from storyboard.studio.api.requests import request_fields
from storyboard.studio.behavior.conditions import codes_of
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.profiles import PROFILES
from storyboard.studio.behavior.rights import EVERYBODY, RIGHTS, SessionKind
from storyboard.studio.behavior.switches import SWITCHES
from storyboard.studio.behavior.transitions import Refused, rules
from storyboard.studio.stage.figure.presenters import CAST
from storyboard.studio.stage.rooms.rooms import LIBRARY_IDS
from storyboard.studio.voice.languages import SPOKEN
from storyboard.wire import (
    CATALOG_ACTIONS,
    GUIDE_ACTIONS,
    NEXT,
    NEXT_ACTIONS,
    REGIONS,
    Action,
    VideoStatus,
)


def switches() -> str:
    """List the switches; the first value is the default."""
    return table(
        ("switch", "values", "meaning", "what is known"),
        (
            (
                code(switch.name),
                " · ".join(code(value) for value in switch.values),
                switch.meaning,
                f"{switch.certainty.value}: {switch.source}",
            )
            for switch in SWITCHES
        ),
    )


def profiles() -> str:
    """List the profiles with the switches that each sets otherwise than the guide."""
    return table(
        ("profile", "switches", "from where"),
        (
            (
                code(profile.name),
                " ".join(code(f"{name}={value}") for name, value in profile.settings.items())
                or "the defaults",
                profile.source,
            )
            for profile in PROFILES
        ),
    )


def statuses() -> str:
    """Show what each operation does to a video in each status, with every switch at its default."""
    return table(
        ("operation", *(code(status.value) for status in VideoStatus)),
        (
            (
                code(operation.value),
                *(
                    code(cell.code.value) if isinstance(cell, Refused) else cell.value
                    for cell in (row[status] for status in VideoStatus)
                ),
            )
            for operation, row in rules(Contract()).items()
        ),
    )


def actions() -> str:
    """List the actions with their fields and the error codes that each may answer."""
    return _actions(GUIDE_ACTIONS, Contract())


def next_actions() -> str:
    """List the same of the newest generation, but for its catalog."""
    return _actions(NEXT_ACTIONS, Contract(profile=NEXT))


def catalog_actions() -> str:
    """List the same of the newest generation's catalog of avatars."""
    return _actions(CATALOG_ACTIONS, Contract(profile=NEXT))


def _actions(there: Iterable[Action], contract: Contract) -> str:
    return table(
        ("action", "fields", "error codes"),
        (
            (
                code(action.value),
                ", ".join(_field(*item) for item in request_fields(action, contract).items()),
                ", ".join(code(found.value) for found in codes_of(action, contract)),
            )
            for action in there
        ),
    )


def rights() -> str:
    """Tell which kinds of session may use which actions, services and paths."""
    together: dict[frozenset[SessionKind], list[str]] = {}
    for row, kinds in RIGHTS.items():
        together.setdefault(kinds, []).append(re.sub(r":\w+}", "}", row))
    return table(
        ("who", "actions, services and paths"),
        (
            (
                ", ".join(kind.value for kind in SessionKind if kind in kinds)
                if kinds != EVERYBODY
                else "everybody",
                " ".join(code(row) for row in rows),
            )
            for kinds, rows in together.items()
        ),
    )


def presenters() -> str:
    """List the avatar templates."""
    return " ".join(code(name) for name in CAST)


def backgrounds() -> str:
    """List the pictures of the library."""
    return " ".join(code(name) for name in LIBRARY_IDS)


def languages() -> str:
    """List the languages that have a voice."""
    return table(
        ("tag", "language", "voice"),
        (
            (
                code(language.tag),
                language.name,
                "espeak-ng" if language.espeak else "neural (hibari-tts)",
            )
            for language in SPOKEN
        ),
    )


def regions() -> str:
    """List Kaltura's regions."""
    return ", ".join(code(region) for region in REGIONS)


def _field(name: str, field: Field) -> str:
    return code(name) if field.required else f"[{code(name)}]"
