"""What the studio sends back, as values. Knows the wire's field names, no transport."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storyboard.kaltura.compositions import by_entries
from storyboard.kaltura.fields import (
    MalformedReply,
    id_of,
    list_of,
    mapping_of,
    name_of,
    number_of,
    object_of,
    optional_id,
    optional_text,
    text_of,
    words_of,
)
from storyboard.whole_numbers import whole_number
from storyboard.wire import VideoStatus

_MOST_SCENES = 1000
"""Fifty times what a video may have (guide §6): whoever sends more means no video."""


_CHECKS = ("results", "checks", "objects")
"""Where an object may have its list of checks: the guide does not tell."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Whose objects a session sees: every object is private to partner and user (guide §4).

    `user_id` is empty where neither settings nor studio tell it; `studio` is the API's base URL.
    """

    partner_id: int
    user_id: str
    studio: str

    @property
    def named(self) -> str:
        """Whose objects they are, for people."""
        user = f"user '{self.user_id}'" if self.user_id else "an unnamed user"
        return f"{user} of partner {self.partner_id} at {self.studio}"

    def body(self) -> dict[str, Any]:
        """Return it as files keep it and commands print it, a JSON object."""
        return {"partnerId": self.partner_id, "userId": self.user_id, "studio": self.studio}

    @classmethod
    def of_body(cls, body: Mapping[str, Any]) -> Principal:
        """Read what `body` returns; raises `KeyError`, `TypeError` or `ValueError`."""
        return cls(int(body["partnerId"]), str(body["userId"]), str(body["studio"]))


@dataclass(frozen=True, slots=True)
class FilmShare:
    """How far a film is, from 0 to 1; of `scenes` that need rendering some are ready.

    A job that `lacks_worker` is begun by none of the studio's processes that live.
    """

    share: float
    scenes_ready: int = 0
    scenes: int = 0
    lacks_worker: bool = False


@dataclass(frozen=True, slots=True)
class RemoteTemplate:
    """An AI presenter that the account may use."""

    id: str
    name: str

    @classmethod
    def parse(cls, body: Any) -> RemoteTemplate:
        """Read a template object; raises `MalformedReply`."""
        fields = object_of(body, "template")
        return cls(id_of(fields), name_of(fields))


@dataclass(frozen=True, slots=True)
class RemoteAvatar:
    """A configured avatar; `background` is the wire's object."""

    id: str
    template_id: str
    background: Mapping[str, Any]

    @classmethod
    def parse(cls, body: Any) -> RemoteAvatar:
        """Read an avatar object; raises `MalformedReply`."""
        fields = object_of(body, "avatar")
        background = mapping_of(fields, "background")
        return cls(id_of(fields), text_of(fields, "templateId"), background)


@dataclass(frozen=True, slots=True)
class RemoteVideo:
    """A video as the studio holds it; `scenes` are the wire's objects, in order.

    `reason` is why it failed, or what its composition noticed: a local studio tells it, in part.
    """

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
    reason: str = ""

    @classmethod
    def parse(cls, body: Any) -> RemoteVideo:
        """Read a video object; raises `MalformedReply`."""
        fields = object_of(body, "video")
        return cls(
            id=id_of(fields),
            name=name_of(fields),
            avatar_id=optional_id(fields, "avatarId"),
            scenes=_scenes(fields.get("scenes")),
            status=_status(fields.get("status")),
            entry_id=optional_id(fields, "entryId"),
            created_at=text_of(fields, "createdAt"),
            updated_at=text_of(fields, "updatedAt"),
            user_id=text_of(fields, "userId"),
            compose_params=by_entries(mapping_of(fields, "composeParams")) or None,
            reason=words_of(fields, "reason"),
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
        fields = object_of(body, "entry")
        return cls(
            id=id_of(fields),
            name=name_of(fields),
            # `duration` is in whole seconds, and a saved film is compared with what is told here.
            duration=number_of(fields, "msDuration") / 1000 or number_of(fields, "duration"),
            status=_entry_status(fields),
            download_url=optional_text(fields, "downloadUrl"),
        )


@dataclass(frozen=True, slots=True)
class RemoteCheck:
    """One of the account's own checks: whether it holds, and what the studio says about it."""

    name: str
    valid: bool
    said: str

    @classmethod
    def parse_all(cls, body: Any) -> tuple[RemoteCheck, ...]:
        """Read a list of checks, or an object that has one; raises `MalformedReply`."""
        told = body
        if isinstance(body, dict):
            told = next((body[key] for key in _CHECKS if body.get(key) is not None), [])
        return tuple(map(cls._parse, list_of({"objects": [] if told is None else told})))

    @classmethod
    def _parse(cls, fields: Mapping[str, Any]) -> RemoteCheck:
        name = name_of(fields) or text_of(fields, "id") or "unnamed"
        said = text_of(fields, "message") or text_of(fields, "description")
        return cls(name, fields.get("valid") is True, said)


def _status(told: Any) -> VideoStatus:
    try:
        return VideoStatus(told)
    except ValueError as cause:
        raise MalformedReply(f"unknown video status {str(told)[:60]!r}") from cause


def _entry_status(fields: Mapping[str, Any]) -> int:
    """Read the number of an entry's status; Kaltura has words for a few, which are none of ours."""
    return whole_number(text_of(fields, "status")) or 0


def _scenes(told: Any) -> tuple[Mapping[str, Any], ...]:
    """Read the scenes of a video as the objects that they are on the wire, each field checked."""
    scenes = [] if told is None else told
    if not isinstance(scenes, list) or not all(isinstance(scene, dict) for scene in scenes):
        raise MalformedReply("the video's scenes are not a list of objects")
    if len(scenes) > _MOST_SCENES:
        raise MalformedReply(f"the video has {len(scenes):,} scenes")
    for scene in scenes:
        text_of(scene, "layoutType")
        narration, broll = mapping_of(scene, "narration"), mapping_of(scene, "broll")
        text_of(narration, "text")
        optional_id(narration, "avatarId")
        optional_id(broll, "entryId")
        # A number in quotes, as some of Kaltura's services write it; the plan compares numbers.
        if isinstance(broll.get("startTime"), str):
            scene["broll"] = {**broll, "startTime": number_of(broll, "startTime")}
        number_of(broll, "startTime")
    return tuple(scenes)
