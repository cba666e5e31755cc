"""What to do about each code that a studio tells: those of the API, and those of a failed film."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from storyboard.wire import MAX_SOURCES, MIN_SPEECH_SECONDS, RATE_WORDS, ErrorCode

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
        ErrorCode.INVALID_KS: "set another session in KALTURA_KS, or unset it and give a "
        "secret that starts one",
        ErrorCode.EXPIRED_KS: "get a new session, or give a secret that renews it",
        ErrorCode.MISSING_KS: "set KALTURA_KS, or a secret that starts a session, such as "
        "KALTURA_ADMIN_SECRET",
        ErrorCode.SERVICE_FORBIDDEN: "ask for the account's right to use the VOD Avatar Studio",
        ErrorCode.VIDEO_GENERATION_ALREADY_IN_PROGRESS: "wait until the other film is made, then "
        "apply again",
        ErrorCode.VIDEO_REQUIRED: "name a video with captions in `compose`",
        ErrorCode.TOO_MANY_URLS: f"name at most {MAX_SOURCES} addresses",
        ErrorCode.URLS_NOT_SUPPORTED: "name entries: only `video-explainer` reads addresses",
        ErrorCode.URL_NOT_ACCESSIBLE: "name a page that opens without a login",
        ErrorCode.URL_CONTENT_TYPE_NOT_SUPPORTED: "name a page of text",
        ErrorCode.URL_PREVIEW_FAILED: "name a page that opens without a login",
        ErrorCode.USER_BRIEF_REQUIRED: "give `compose` entries, or a `userBrief`",
        ErrorCode.PRESENTATION_REQUIRED: "name one presentation in `compose`",
        ErrorCode.SLIDE_NOT_FOUND: "name a slide that the presentation has",
        ErrorCode.ENTRY_NOT_FOUND: "see that the entry exists, and that it is your account's",
        ErrorCode.ENTRY_NOT_ENRICHED: "wait until Kaltura has read the entry, then apply again",
        ErrorCode.AVATAR_VOD_NOT_CONFIGURED: "ask Kaltura for the VOD Avatar feature; `storyboard "
        "doctor` shows what the account has",
        ErrorCode.OBJECT_NOT_FOUND_OR_STATUS_CHANGED: "apply again: the video changed meanwhile",
        ErrorCode.FAILED_TO_STREAM: "run the command again",
        ErrorCode.AVATAR_INVALID_BACKGROUND_ID: "write the color as #RRGGBB",
        ErrorCode.AVATAR_MISSING_VISUAL_RESOLUTION: "give the avatar a background",
    }
)
"""What to do about each error code."""


LOST_FILE: Final = (
    "have who runs the studio restore the file from a backup; or put a medium in again with "
    "`storyboard studio media add --entry-id ENTRY FILE`, or make the film again"
)

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
        "composer-busy": "wait some minutes, and apply again",
        "composer-died": "free memory, and apply again",
        "composer-failed": "see the log of the composer of STORYBOARD_COMPOSER_URL",
        "composer-length": "have the composer write about as many `words` as it is told",
        "composer-nonsense": "correct what the composer of STORYBOARD_COMPOSER_URL answers",
        "composer-not-there": "correct the path of STORYBOARD_COMPOSER_URL",
        "composer-refused": "give STORYBOARD_COMPOSER_TOKEN what the composer asks for",
        "composer-slow": "ask for a shorter `duration` or of fewer entries, and apply again",
        "composer-too-much": "compose of fewer or shorter entries",
        "composer-unreachable": "start the composer of STORYBOARD_COMPOSER_URL, or unset that",
        "disk-full": "free room on the disk: `storyboard studio cache` tells what films take",
        "document-too-large": "split the document, or take a shorter one",
        "document-unreadable": "save the document again as text, or without a password",
        "documents-not-installed": "install the extra that reads documents, and apply again",
        "FILE_MISSING": LOST_FILE,
        "file-missing": LOST_FILE,
        "files": "see that the disk works, and that the studio's folder may be written",
        "in-point-past-end": "start the clip earlier: `startTime` is in seconds of the clip",
        "internal": "report it: `storyboard studio journal` has what led to it",
        "narration-empty": "give the scene a narration",
        "no-scenes": "give the video at least one scene",
        "narration-too-long": "say fewer words, or shorten what `say` has for them",
        "no-font": "install a font that has the letters, and FriBiDi for those that join: "
        "`storyboard check` tells which",
        "no-voice": "see which voice speaks the locale, if any: `storyboard doctor`",
        "not-kept": "see what the log of the local studio says of its database and files, and "
        "apply again",
        "renderer-died": "free memory, or render less at once: `storyboard doctor`",
        "slide-unreadable": "save the presentation again as a PDF without a password",
        "speech-too-short": f"say more: a scene needs {MIN_SPEECH_SECONDS:g} s of speech",
    }
)
"""What to do about each failure that only a local studio tells, beside those of the guide."""


_OPERATORS: Final = frozenset({"disk-full", "files", "not-kept"})
"""Failures of a studio's machine, which are mended there."""

_ASK: Final = "ask who runs the studio: its log says why; then apply again"


def failure_hint(code: str, *, is_own: bool) -> str | None:
    """Return what to do about a failure of a studio that is one's own, or that others run."""
    return _ASK if code in _OPERATORS and not is_own else hint_for(code)


def hint_for(code: str) -> str | None:
    """Return what to do about an error code or a failure; None for one that no table has."""
    if code in ErrorCode.__members__:
        return HINTS[ErrorCode(code)]
    return FAILURE_HINTS.get(code)
