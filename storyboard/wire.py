"""The words that client and studio share: actions, statuses, error codes, limits, templates.

Facts from the guide (sections in comments); no behavior.
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


PROCESSING: Final = frozenset({VideoStatus.GENERATING, VideoStatus.COMPOSING})
"""Statuses in which scenes cannot be changed (guide §3)."""

FAILED: Final = frozenset({VideoStatus.GENERATE_ERROR, VideoStatus.COMPOSE_ERROR})
"""Statuses that tell of a film or a composition that came to nothing."""


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


REFUSALS: Final = frozenset(code.value for code in ErrorCode) | {
    "ACTION_BLOCKED",
    "NOT_EMULATED",
    "QUOTA_EXCEEDED",
    "UNAUTHORIZED",
    "UNKNOWN_ACTION",
    "VALIDATION_ERROR",
    "VIDEO_NOT_FOUND",
}
"""Codes that say for certain that nothing was done: the guide's, and those of a request that was
not let in. Any other, such as that of an error inside the studio, may follow a call that had its
effect."""

SAID_OF_A_VIDEO: Final = frozenset(
    {
        "CANNOT_RESET_STATUS",
        "CAPTIONS_NOT_FOUND",
        "INVALID_STATUS_TRANSITION",
        "SCENE_NOT_FOUND",
        "VIDEO_AVATAR_NOT_CONFIGURED",
        "VIDEO_CANNOT_COMPOSE",
        "VIDEO_CANNOT_GENERATE",
        "VIDEO_IS_BEING_GENERATED",
        "VIDEO_IS_PROCESSING",
        "VIDEO_NOT_FOUND",
    }
)
"""Codes about a video that is there, or should be: they refuse no `video/add`. A studio that cannot
read back what it made may answer one."""


MAX_SCENES: Final = 20
MAX_SOURCES: Final = 5
MAX_COMPOSE_SECONDS: Final = 1200
MAX_START_SECONDS: Final = 86_400
"""Ours: no clip is longer than a day, and a later start is a mistake."""
BROLL_FRAME_RATES: Final = (25, 30)
"""Frames a second of the clips that generations take; known from those that failed."""

RATE_WORDS: Final = " or ".join(str(rate) for rate in BROLL_FRAME_RATES)
"""The frame rates in words."""

MIN_SPEECH_SECONDS: Final = 1.5
"""Speech that a scene needs; known from generations that failed."""

MAX_NARRATION: Final = 5_000
"""Ours, in characters: more than five minutes of one scene is a mistake."""
MAX_BRIEF: Final = 5_000
MAX_NAME: Final = 500
"""Ours, in characters."""


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
        ErrorCode.TOO_MANY_SOURCES: f"show at most {MAX_SOURCES} different entries in one video",
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


TEMPLATE_IDS: Final = (
    "adam", "amir", "ben", "cristina", "david", "derek", "dylan", "elizabeth", "gloria",
    "harper", "harry", "henry", "james", "jane", "jason", "jennifer", "julia", "kevin",
    "larry", "lisa", "maria", "maya", "mia", "miguel", "ming", "rita", "sam", "sara",
    "sharon", "sophia", "taylor", "theodore", "tim", "victoria", "william", "yasmin",
)  # fmt: skip
"""The presenters, in the guide's order (§5)."""

DEFAULT_TEMPLATE: Final = "jane"
DEFAULT_BACKGROUND_COLOR: Final = "#CEEEDB"
CONTROL_HEADER: Final = "x-storyboard-control"
"""Says that a local studio's control plane is why a call is made: its journal leaves that out."""

_RATE_ROUNDING: Final = 0.01
"""What a container may round by; 29.97 is another rate than 30."""

REGIONS: Final = ("nvp1", "irp2", "frp2", "cap2", "sgp2", "syp2")
AVATAR_HOSTS: Final = MappingProxyType(
    {region: f"video-avatar.{region}.ovp.kaltura.com" for region in REGIONS}
)
"""Where each region's avatar API is (guide §2)."""

WIDGET_HOSTS: Final = MappingProxyType(
    {region: f"unisphere.{region}.ovp.kaltura.com" for region in REGIONS}
)
"""Where each region's widget for pages is (guide §14)."""

GUIDE, LATER = "guide", "later"
PROFILES: Final = (GUIDE, LATER)
"""The generations of the API that are known: the guide's, and that of its later revision."""
LOOPING_PROFILES: Final = frozenset({LATER})
"""Those in which a clip that is shorter than its narration begins again, and fails no film."""

STUDIO_PORT: Final = 8390
"""Where `storyboard studio` listens if not told otherwise."""

KALTURA_DOMAIN: Final = ".kaltura.com"
"""What the names of all of Kaltura's hosts end with."""

SERVICE_HOST: Final = "www.kaltura.com"
"""Where sessions are had, of all regions."""

POLL_SECONDS: Final = 10.0

FAILURE_HINTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "avatar-missing": "apply again: the avatar is created again",
        "backdrop-unreadable": "take another picture as the background, or convert it to PNG",
        "background-missing": "see that the background's entry exists, and that its `media` is a "
        "picture",
        "broll-missing": "see that the entry exists, and that its `media` can be read",
        "broll-no-video": "show an entry that is a video",
        "clip-frame-rate": f"convert the clip to {RATE_WORDS} frames a second, as Kaltura asks",
        "clip-missing": "apply again with the entry's `media` file in its place",
        "clip-too-short": "start the clip earlier, take a longer one, or say less",
        "clip-unreadable": "convert the clip: `ffmpeg -i FILE -r 30 NEW_FILE`, and put NEW_FILE in "
        "its entry's `media`",
        "composer-died": "free memory, and apply again",
        "composer-failed": "see the log of the composer of STORYBOARD_COMPOSER_URL",
        "composer-nonsense": "correct what the composer of STORYBOARD_COMPOSER_URL answers",
        "composer-slow": "ask for a shorter `duration` or of fewer entries, and apply again",
        "composer-unreachable": "start the composer of STORYBOARD_COMPOSER_URL, or unset that",
        "disk-full": "free room on the disk: `storyboard studio cache` tells what films take",
        "document-too-large": "split the document, or take a shorter one",
        "document-unreadable": "save the document again as text, or without a password",
        "documents-not-installed": "install the extra that reads documents, and apply again",
        "files": "see that the disk works, and that the studio's folder may be written",
        "in-point-past-end": "start the clip earlier: `startTime` is in seconds of the clip",
        "internal": "report it: `storyboard studio journal` has what led to it",
        "narration-empty": "give the scene a narration",
        "no-scenes": "give the video at least one scene",
        "no-voice": "see whether the locale can be spoken: `storyboard doctor`",
        "renderer-died": "free memory, or render less at once: `storyboard doctor`",
        "speech-too-short": f"say more: a scene needs {MIN_SPEECH_SECONDS:g} s of speech",
    }
)
"""What to do about each failure that only a local studio tells, beside those of the guide."""


def hint_for(code: str) -> str | None:
    """Return what to do about an error code or a failure; None for one that no table has."""
    if code in ErrorCode.__members__:
        return HINTS[ErrorCode(code)]
    return FAILURE_HINTS.get(code)


def is_broll_rate(fps: float, rates: Sequence[int] = BROLL_FRAME_RATES) -> bool:
    """Whether a clip has one of the frame rates."""
    return any(abs(fps - rate) <= _RATE_ROUNDING for rate in rates)


MAX_FILM_BYTES: Final = 32 << 30
"""Of one film that is saved, or compared with what was saved: an hour at 20 Mbit/s has 9 GB."""

MAX_MEDIA_BYTES: Final = 4 << 30
"""Of one file that the local studio takes. A choice: more is no b-roll, and slow to read."""
