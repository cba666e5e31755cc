"""The catalog's objects as the wire shows them, and the ids that it has for presenters.

The catalog numbers what the guide names: a template, its voice and its face each have an id of 24
hex digits, the same in every workspace. Backgrounds are written its way too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from storyboard.studio.api.payloads import timestamp
from storyboard.studio.behavior.rights import PORTRAITS
from storyboard.studio.records.avatars import Avatar
from storyboard.wire import TEMPLATE_IDS


def _id(kind: str, name: str) -> str:
    return hashlib.sha256(f"{kind} {name}".encode()).hexdigest()[:24]


TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {_id("template", name): name for name in TEMPLATE_IDS}
)
"""The catalog's id of each template → the guide's."""


def template_payload(name: str, public_url: str) -> dict[str, Any]:
    """Return a template: what it is called, and its parts."""
    return {
        "id": _id("template", name),
        "name": name.capitalize(),
        "voice": {"id": _id("voice", name)},
        "face": _face(name, public_url),
    }


def avatar_payload(avatar: Avatar, public_url: str) -> dict[str, Any]:
    """Return an avatar; its tags are never shown, only looked for."""
    name = avatar.template_id
    return {
        "id": avatar.id,
        "name": avatar.name,
        "templateId": _id("template", name),
        "voice": {"id": _id("voice", name)},
        "face": _face(name, public_url),
        "background": _background(avatar.background),
        "previewImageUrl": f"{public_url}{PORTRAITS}{avatar.id}.png",
        "createdAt": timestamp(avatar.created_at),
        "updatedAt": timestamp(avatar.updated_at),
    }


def _face(name: str, public_url: str) -> dict[str, str]:
    image = f"{public_url}/v1/studio/templates/{name}.png"
    return {"id": _id("face", name), "imageUrl": image}


def _background(background: Mapping[str, Any]) -> dict[str, str]:
    if background["type"] == "color":
        return {"type": "color", "value": background["color"]}
    return {"type": "visual", "value": background.get("id") or background["entryId"]}
