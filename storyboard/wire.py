"""The words that client and studio share: actions, statuses, error codes, limits, templates.

Facts from the guide (sections in comments); no behavior.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """Every action of the API in all its generations, by its path below the service's address.

    Those up to `partner/checkConfiguration` are the guide's (§§5-9).
    """

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
    INIT_CONFIGURATION = "partner/initConfiguration"
    VIDEO_PREVIEW_URL = "video/previewUrl"
    CATALOG_TEMPLATES = "avatar-template/list"
    AVATAR_CREATE = "avatar/create"
    AVATAR_LIST = "avatar/list"
    AVATAR_UPDATE = "avatar/update"
    AVATAR_CLONE = "avatar/clone"
    AVATAR_DELETE = "avatar/delete"


CATALOG_ACTIONS: Final = (
    Action.CATALOG_TEMPLATES,
    Action.AVATAR_CREATE,
    Action.AVATAR_GET,
    Action.AVATAR_LIST,
    Action.AVATAR_UPDATE,
    Action.AVATAR_CLONE,
    Action.AVATAR_DELETE,
)
"""What the newest generation has in a service of its own: the catalog of avatars."""

GUIDE_ACTIONS: Final = tuple(Action)[: tuple(Action).index(Action.CHECK_CONFIGURATION) + 1]
"""What the guide has, all in one service."""

NEXT_ACTIONS: Final = (
    *(action for action in GUIDE_ACTIONS if action.value.startswith("video/")),
    Action.VIDEO_PREVIEW_URL,
    Action.INIT_CONFIGURATION,
)
"""What the newest generation has beside the catalog."""


class ErrorCode(Enum):
    """Every error code of the guide (§12), the Kaltura-wide ones a session can meet, and what the
    newest generation has beside them."""

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
    VIDEO_GENERATION_ALREADY_IN_PROGRESS = "VIDEO_GENERATION_ALREADY_IN_PROGRESS"
    VIDEO_REQUIRED = "VIDEO_REQUIRED"
    TOO_MANY_URLS = "TOO_MANY_URLS"
    URLS_NOT_SUPPORTED = "URLS_NOT_SUPPORTED"
    URL_NOT_ACCESSIBLE = "URL_NOT_ACCESSIBLE"
    URL_CONTENT_TYPE_NOT_SUPPORTED = "URL_CONTENT_TYPE_NOT_SUPPORTED"
    URL_PREVIEW_FAILED = "URL_PREVIEW_FAILED"
    USER_BRIEF_REQUIRED = "USER_BRIEF_REQUIRED"
    PRESENTATION_REQUIRED = "PRESENTATION_REQUIRED"
    SLIDE_NOT_FOUND = "SLIDE_NOT_FOUND"
    ENTRY_NOT_FOUND = "ENTRY_NOT_FOUND"
    ENTRY_NOT_ENRICHED = "ENTRY_NOT_ENRICHED"
    AVATAR_VOD_NOT_CONFIGURED = "AVATAR_VOD_NOT_CONFIGURED"
    OBJECT_NOT_FOUND_OR_STATUS_CHANGED = "OBJECT_NOT_FOUND_OR_STATUS_CHANGED"
    FAILED_TO_STREAM = "FAILED_TO_STREAM"
    AVATAR_INVALID_BACKGROUND_ID = "AVATAR_INVALID_BACKGROUND_ID"
    AVATAR_MISSING_VISUAL_RESOLUTION = "AVATAR_MISSING_VISUAL_RESOLUTION"


_CODES: Final = tuple(ErrorCode)
NEXT_CODES: Final = _CODES[_CODES.index(ErrorCode.VIDEO_GENERATION_ALREADY_IN_PROGRESS) :]
"""The codes that only the newest generation has; the last two are those of the catalog."""

_UNSURE: Final = frozenset(
    {ErrorCode.OBJECT_NOT_FOUND_OR_STATUS_CHANGED, ErrorCode.FAILED_TO_STREAM}
)
"""What may follow a call that had its effect: the status may have changed by that very call."""

REFUSALS: Final = frozenset(code.value for code in ErrorCode if code not in _UNSURE) | {
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
        "VIDEO_GENERATION_ALREADY_IN_PROGRESS",
        "VIDEO_IS_BEING_GENERATED",
        "VIDEO_IS_PROCESSING",
        "VIDEO_NOT_FOUND",
    }
)
"""Codes about a video that is there, or should be: they refuse no `video/add`. A studio that cannot
read back what it made may answer one."""


HIGHLIGHTS: Final = "session-highlights"
"""The format that the newest generation makes of one entry alone."""

NEW_FORMATS: Final = MappingProxyType({"video-explainer": "explainer-video"})
"""Formats of compositions that the newest generation has under another name."""

OLD_FORMATS: Final = MappingProxyType({new: old for old, new in NEW_FORMATS.items()})

COMPOSE_NOTICE: Final = "noticed: "
"""What the reason of a composed video begins with: a local studio tells what its scenes do not."""

MAX_SCENES: Final = 20
MAX_SOURCES: Final = 5
MAX_COMPOSE_SECONDS: Final = 1200
MAX_START_SECONDS: Final = 86_400
"""Ours: no clip is longer than a day, and a later start is a mistake."""
MAX_SESSION_DAYS: Final = 10 * 365
"""Ours, of a local studio: whoever asks for more has mistaken a unit."""
BROLL_FRAME_RATES: Final = (25, 30)
"""Frames a second of the clips that generations take; known from those that failed."""

RATE_WORDS: Final = " or ".join(str(rate) for rate in BROLL_FRAME_RATES)
"""The frame rates in words."""

MIN_SPEECH_SECONDS: Final = 1.5
"""Speech that a scene needs; known from generations that failed."""

MAX_NARRATION: Final = 5_000
"""Ours, in characters: more than five minutes of one scene is a mistake."""
SAY: Final = "say"
"""Ours: what a scene's narration has beside its text, how words are said. Only the local studio is
sent it: Kaltura's API has no such field."""
MAX_SAID_WORDS: Final = 500
TITLE: Final = "title"
"""Ours: what a scene's narration has beside its text, if its presenter's name and role are shown.
Only the local studio is sent it: Kaltura's API has no such field."""
MAX_LOCALE: Final = 35
"""Ours, in characters: RFC 5646 (4.4.1) has room for any tag without extensions in it."""
LOCALE: Final = "locale"
"""Ours: what a scene's narration has beside its text, if it is read in another way than the studio
would recognize: the locale's tag. Only the local studio is sent it: Kaltura's API has no field."""
LOCAL_STUDIO: Final = ("x-storyboard", "local studio")
"""The header of each answer of a local studio, which Kaltura has not, and its value."""

BURN_CAPTIONS: Final = "burnCaptions"
"""Ours: what `video/generate` has beside the id, if captions are to be a part of the picture."""
MAX_TITLE: Final = 200
"""Ours, in characters, of a name and of a role."""
MAX_BRIEF: Final = 5_000
MAX_NAME: Final = 500
"""Ours, in characters."""


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

CATALOG_URL: Final = "https://api.avatar.us.kaltura.ai/v1"
"""Where the newest generation's catalog of avatars is; no public page names one elsewhere."""

GUIDE, LATER, NEXT = "guide", "later", "next"
PROFILES: Final = (GUIDE, LATER, NEXT)
"""The generations of the API that are known: the guide's, and those of its later revisions."""
LOOPING_PROFILES: Final = frozenset({LATER, NEXT})
"""Those in which a clip that is shorter than its narration begins again, and fails no film."""

STUDIO_PORT: Final = 8390
"""Where `storyboard studio` listens if not told otherwise."""

KALTURA_DOMAIN: Final = ".kaltura.com"
"""What the names of all of Kaltura's hosts end with."""

SERVICE_HOST: Final = "www.kaltura.com"
"""Where sessions are had, of all regions."""

POLL_SECONDS: Final = 10.0
"""As the guide polls (§9): a film takes minutes, and each look lists all videos."""


def is_broll_rate(fps: float, rates: Sequence[int] = BROLL_FRAME_RATES) -> bool:
    """Whether a clip has one of the frame rates."""
    return any(abs(fps - rate) <= _RATE_ROUNDING for rate in rates)


MAX_FILM_BYTES: Final = 32 << 30
"""Of one film that is saved, or compared with what was saved: an hour at 20 Mbit/s has 9 GB."""

MAX_MEDIA_BYTES: Final = 4 << 30
"""Of one file that the local studio takes. A choice: more is no b-roll, and slow to read."""
