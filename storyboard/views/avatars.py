"""Presenters and what they say, as text and JSON. No decisions."""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.commands.avatars import Casting
from storyboard.commands.listen import Heard
from storyboard.counting import counted
from storyboard.video import Address
from storyboard.views.columns import line_up
from storyboard.views.json_text import json_text
from storyboard.views.wording import printable


def render_casting_text(casting: Casting) -> str:
    """Return a row a template, one more for each further background, then the pictures."""
    rows = [("template", "name", "background", "used by")]
    for presenter in casting.presenters:
        name = "not in this account" if presenter.name is None else printable(presenter.name)
        if not presenter.parts:
            rows.append((presenter.id, name, "", ""))
        for number, (avatar, addresses) in enumerate(presenter.parts.items()):
            first = ("", "") if number else (presenter.id, name)
            rows.append((*first, avatar.background.value, _used_by(addresses)))
    written = "".join(f"wrote {picture.path}\n" for picture in casting.pictures)
    return line_up(rows) + written


def render_casting_json(casting: Casting) -> str:
    """Return `{"templates": [{id, name, avatars: [{background, videos}]}], "pictures": […]}`."""
    templates = [
        {
            "id": presenter.id,
            "name": presenter.name,
            "avatars": [
                {
                    "background": avatar.background.payload(),
                    "videos": [str(address) for address in addresses],
                }
                for avatar, addresses in presenter.parts.items()
            ],
        }
        for presenter in casting.presenters
    ]
    pictures = [
        {
            "templateId": picture.avatar.template_id,
            "background": picture.avatar.background.payload(),
            "file": str(picture.path),
        }
        for picture in casting.pictures
    ]
    body = {"templates": templates, "pictures": pictures}
    return json_text(body)


def render_heard_text(heard: Sequence[Heard]) -> str:
    """Return a row a scene: seconds measured and estimated, and the file."""
    rows = [("scene", "id", "seconds", "estimate", "file")]
    for item in heard:
        seconds = "–" if item.seconds is None else f"{item.seconds:.1f}"
        cells = (str(item.number), item.scene_id, seconds, f"{item.estimate:.1f}", str(item.path))
        rows.append(cells)
    outdated = [item.scene_id for item in heard if item.is_outdated]
    note = f"the studio has another text than the files: {', '.join(outdated)}\n"
    return line_up(rows, right=(0, 2, 3)) + (note if outdated else "")


def render_heard_json(heard: Sequence[Heard]) -> str:
    """Return `{"scenes": [{scene, number, file, seconds, estimate, outdated}]}`."""
    scenes = [
        {
            "scene": item.scene_id,
            "number": item.number,
            "file": str(item.path),
            "seconds": item.seconds,
            "estimate": item.estimate,
            "outdated": item.is_outdated,
        }
        for item in heard
    ]
    return json_text({"scenes": scenes})


def _used_by(addresses: Sequence[Address]) -> str:
    if len(addresses) > 3:
        return f"{addresses[0]}, {addresses[1]} and {counted(len(addresses) - 2, 'more', 'more')}"
    return ", ".join(str(address) for address in addresses)
