"""The words that client and studio share: actions, statuses, error codes, limits, templates.

Facts from the guide (sections in comments); no behaviour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Final


class VideoStatus(Enum):
    """A video's place in its life (guide §3)."""

    DRAFT = "draft"
    COMPOSING = "composing"
    COMPOSED = "composed"
    COMPOSE_ERROR = "compose-error"
    GENERATING = "generating"
    READY = "ready"
    GENERATE_ERROR = "generate-error"


class Action(Enum):
    """Every action of the API, by its path below `/api/v1/` (guide §§5-9)."""

    TEMPLATE_LIST = "avatarTemplate/list"
    AVATAR_UPSERT = "avatar/upsert"
    AVATAR_GET = "avatar/get"
    AVATAR_PREVIEW = "avatar/preview"
    VIDEO_ADD = "video/add"
    VIDEO_GET = "video/get"
    VIDEO_UPDATE = "video/update"
    VIDEO_LIST = "video/list"
    VIDEO_DELETE = "video/delete"
    VIDEO_COMPOSE = "video/compose"
    VIDEO_PREVIEW_AUDIO = "video/previewAudio"
    VIDEO_PREVIEW_AUDIO_STREAM = "video/previewAudioStream"
    VIDEO_GENERATE = "video/generate"
    VIDEO_RESET_STATUS = "video/resetStatus"
    CHECK_CONFIGURATION = "partner/checkConfiguration"


class ErrorCode(Enum):
    """Every error code of the guide (§12), and the Kaltura-wide ones a session can meet."""

    VIDEO_IS_PROCESSING = "VIDEO_IS_PROCESSING"
    VIDEO_CANNOT_COMPOSE = "VIDEO_CANNOT_COMPOSE"
    VIDEO_CANNOT_GENERATE = "VIDEO_CANNOT_GENERATE"
    VIDEO_IS_BEING_GENERATED = "VIDEO_IS_BEING_GENERATED"
    CANNOT_RESET_STATUS = "CANNOT_RESET_STATUS"
    SCENE_NOT_FOUND = "SCENE_NOT_FOUND"
    SCENE_EMPTY_NARRATION = "SCENE_EMPTY_NARRATION"
    CAPTIONS_NOT_FOUND = "CAPTIONS_NOT_FOUND"
    TOO_MANY_SOURCES = "TOO_MANY_SOURCES"
    AVATAR_NOT_FOUND = "AVATAR_NOT_FOUND"
    AVATAR_TEMPLATE_NOT_FOUND = "AVATAR_TEMPLATE_NOT_FOUND"
    BACKGROUND_NOT_FOUND = "BACKGROUND_NOT_FOUND"
    VIDEO_AVATAR_NOT_CONFIGURED = "VIDEO_AVATAR_NOT_CONFIGURED"
    INVALID_STATUS_TRANSITION = "INVALID_STATUS_TRANSITION"
    INVALID_KS = "INVALID_KS"
    EXPIRED_KS = "EXPIRED_KS"
    MISSING_KS = "MISSING_KS"
    SERVICE_FORBIDDEN = "SERVICE_FORBIDDEN"


HINTS: Final[Mapping[ErrorCode, str]] = MappingProxyType(
    {
        ErrorCode.VIDEO_IS_PROCESSING: "wait until its film is made: `storyboard wait`",
        ErrorCode.VIDEO_CANNOT_COMPOSE: "see its status: `storyboard status`; then apply again",
        ErrorCode.VIDEO_CANNOT_GENERATE: "see its status: `storyboard status`; then apply again",
        ErrorCode.VIDEO_IS_BEING_GENERATED: "wait until its film is made: `storyboard wait`",
        ErrorCode.CANNOT_RESET_STATUS: "see its status: `storyboard status`; then apply again",
        ErrorCode.SCENE_NOT_FOUND: "plan again: its scenes were changed meanwhile",
        ErrorCode.SCENE_EMPTY_NARRATION: "give the scene a narration",
        ErrorCode.CAPTIONS_NOT_FOUND: "give an entry of `compose` captions in Kaltura, or for the "
        "local studio a .vtt or .srt file beside its `media`",
        ErrorCode.TOO_MANY_SOURCES: "show at most 5 different entries in one video",
        ErrorCode.AVATAR_NOT_FOUND: "apply again: the avatar is created again",
        ErrorCode.AVATAR_TEMPLATE_NOT_FOUND: "see which templates there are: `storyboard avatars`",
        ErrorCode.BACKGROUND_NOT_FOUND: "correct the background's id, or use a color",
        ErrorCode.VIDEO_AVATAR_NOT_CONFIGURED: "apply again: the video gets its avatar",
        ErrorCode.INVALID_STATUS_TRANSITION: "see its status: `storyboard status`; apply again",
        ErrorCode.INVALID_KS: "check the credentials: `storyboard doctor`",
        ErrorCode.EXPIRED_KS: "get a new session, or give a secret that renews it",
        ErrorCode.MISSING_KS: "give credentials: `storyboard doctor` says which",
        ErrorCode.SERVICE_FORBIDDEN: "ask for the account's right to use the VOD Avatar Studio",
    }
)
"""What to do about each error code."""


def hint_for(code: str) -> str | None:
    """Return what to do about an error code; None for one that the guide does not have."""
    return HINTS[ErrorCode(code)] if code in ErrorCode.__members__ else None


TEMPLATE_IDS: Final = (
    "adam", "amir", "ben", "cristina", "david", "derek", "dylan", "elizabeth", "gloria",
    "harper", "harry", "henry", "james", "jane", "jason", "jennifer", "julia", "kevin",
    "larry", "lisa", "maria", "maya", "mia", "miguel", "ming", "rita", "sam", "sara",
    "sharon", "sophia", "taylor", "theodore", "tim", "victoria", "william", "yasmin",
)  # fmt: skip
"""The 36 presenters, in the guide's order (§5)."""

DEFAULT_TEMPLATE: Final = "jane"
DEFAULT_BACKGROUND_COLOR: Final = "#CEEEDB"
CONTROL_HEADER: Final = "x-storyboard-control"
"""Says that a local studio's control plane is why a call is made: its journal leaves that out."""

MAX_SCENES: Final = 20
MAX_SOURCES: Final = 5
MAX_COMPOSE_SECONDS: Final = 1200
MAX_START_SECONDS: Final = 86_400
"""Ours: no clip is longer than a day, and a later start is a mistake."""
BROLL_FRAME_RATES: Final = (25, 30)
"""Frames a second of the clips that generations take; known from those that failed."""

_RATE_ROUNDING: Final = 0.01
"""What a container may round by; 29.97 is another rate than 30."""

REGIONS: Final = ("nvp1", "irp2", "frp2", "cap2", "sgp2", "syp2")
POLL_SECONDS: Final = 10.0


def is_broll_rate(fps: float, rates: Sequence[int] = BROLL_FRAME_RATES) -> bool:
    """Whether a clip has one of the frame rates."""
    return any(abs(fps - rate) <= _RATE_ROUNDING for rate in rates)
