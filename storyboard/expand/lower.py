"""Turns values in their long form into typed ones; the schema `video` has accepted them before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storyboard.broll import Broll
from storyboard.language.place import Place
from storyboard.video import Avatar, Background, Compose


def lower_avatar(form: Mapping[str, Any]) -> Avatar:
    """Return an avatar."""
    return Avatar(form["templateId"], Background.from_payload(form["background"]))


def lower_broll(form: Mapping[str, Any]) -> Broll:
    """Return a scene's clip."""
    return Broll(form["entryId"], form["startTime"])


def lower_compose(form: Mapping[str, Any], entries: Place) -> Compose:
    """Return what the studio is asked to write; `entries` is where its sources are named."""
    return Compose(
        format_type=form["formatType"],
        duration=form["duration"],
        entry_ids=tuple(form["entryIds"]),
        user_brief=form.get("userBrief"),
        generate_name=form.get("generateName"),
        entry_spans=tuple(entries.at(index).span for index in range(len(form["entryIds"]))),
    )
