"""What the studio sends back, as values. Knows the wire's field names, no transport."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storyboard.wire import VideoStatus


class MalformedReply(ValueError):
    """The reply is JSON but not the object that the action promises."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Whose objects a session sees: every object is private to partner and user (guide §4).

    `user_id` is empty where neither settings nor studio tell it; `studio` is the API's base URL.
    """

    partner_id: int
    user_id: str
    studio: str


@dataclass(frozen=True, slots=True)
class FilmShare:
    """How far a film is, from 0 to 1; of `scenes` that need rendering some are ready."""

    share: float
    scenes_ready: int = 0
    scenes: int = 0


@dataclass(frozen=True, slots=True)
class RemoteTemplate:
    """An AI presenter that the account may use."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class RemoteAvatar:
    """A configured avatar; `background` is the wire's object."""

    id: str
    template_id: str
    background: Mapping[str, Any]

    @classmethod
    def parse(cls, body: Any) -> RemoteAvatar:
        """Read an avatar object; raises `MalformedReply`."""
        fields = _object(body, "avatar")
        return cls(
            _text(fields, "id"), str(fields.get("templateId", "")), fields.get("background") or {}
        )


@dataclass(frozen=True, slots=True)
class RemoteVideo:
    """A video as the studio holds it; `scenes` are the wire's objects, in order."""

    id: str
    name: str
    avatar_id: str | None
    scenes: tuple[Mapping[str, Any], ...]
    status: VideoStatus
    entry_id: str | None
    created_at: str
    updated_at: str
    user_id: str = ""
    compose_params: Mapping[str, Any] | None = None

    @classmethod
    def parse(cls, body: Any) -> RemoteVideo:
        """Read a video object; raises `MalformedReply`."""
        fields = _object(body, "video")
        try:
            status = VideoStatus(fields.get("status"))
        except ValueError as cause:
            raise MalformedReply(f"unknown video status {fields.get('status')!r}") from cause
        scenes = fields.get("scenes") or []
        if not isinstance(scenes, list) or not all(isinstance(scene, dict) for scene in scenes):
            raise MalformedReply("the video's scenes are not a list of objects")
        params = fields.get("composeParams")
        return cls(
            id=_text(fields, "id"),
            name=str(fields.get("name") or ""),
            avatar_id=_optional_text(fields, "avatarId"),
            scenes=tuple(scenes),
            status=status,
            entry_id=_optional_text(fields, "entryId"),
            created_at=str(fields.get("createdAt") or ""),
            updated_at=str(fields.get("updatedAt") or ""),
            user_id=str(fields.get("userId") or ""),
            compose_params=params if isinstance(params, dict) else None,
        )


@dataclass(frozen=True, slots=True)
class RemoteEntry:
    """A media entry; `duration` in seconds, `status` as Kaltura numbers it (2 is ready)."""

    id: str
    name: str
    duration: float
    status: int
    download_url: str | None

    @classmethod
    def parse(cls, body: Any) -> RemoteEntry:
        """Read a media entry; raises `MalformedReply`."""
        fields = _object(body, "entry")
        milliseconds = fields.get("msDuration")
        seconds = milliseconds / 1000 if milliseconds else float(fields.get("duration") or 0)
        return cls(
            id=_text(fields, "id"),
            name=str(fields.get("name") or ""),
            duration=seconds,
            status=int(fields.get("status") or 0),
            download_url=_optional_text(fields, "downloadUrl"),
        )


def parse_objects(body: Any) -> list[dict[str, Any]]:
    """Read a list reply's `objects`; raises `MalformedReply`."""
    objects = body.get("objects") if isinstance(body, dict) else None
    if not isinstance(objects, list) or not all(isinstance(item, dict) for item in objects):
        raise MalformedReply("the reply is no list of objects")
    return objects


def _object(body: Any, noun: str) -> Mapping[str, Any]:
    if not isinstance(body, dict) or "id" not in body:
        raise MalformedReply(f"the reply is no {noun} object")
    return body


def _text(fields: Mapping[str, Any], key: str) -> str:
    value = fields.get(key)
    if not isinstance(value, str | int) or value == "":
        raise MalformedReply(f"the reply has no {key}")
    return str(value)


def _optional_text(fields: Mapping[str, Any], key: str) -> str | None:
    value = fields.get(key)
    return None if value in (None, "") else str(value)
