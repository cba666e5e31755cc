"""The words that client and studio share: actions, statuses, error codes, limits, templates.

Facts from the guide (sections in comments); no behaviour.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
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
BROLL_FRAME_RATES: Final = (25, 30)
"""Frames a second of the clips that generations take; known from those that failed."""

_RATE_ROUNDING: Final = 0.01
"""What a container may round by; 29.97 is another rate than 30."""

REGIONS: Final = ("nvp1", "irp2", "frp2", "cap2", "sgp2", "syp2")
POLL_SECONDS: Final = 10.0


def is_broll_rate(fps: float, rates: Sequence[int] = BROLL_FRAME_RATES) -> bool:
    """Whether a clip has one of the frame rates."""
    return any(abs(fps - rate) <= _RATE_ROUNDING for rate in rates)
