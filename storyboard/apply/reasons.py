"""Why a film or a composition failed, in the author's words: reads what a studio tells, if it does.

A local studio tells `code: scene 2: what is wrong`. It counts scenes from 0, and knows no ids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from storyboard.video import Video
from storyboard.wire import hint_for

_REASON: Final = re.compile(r"(?P<code>[\w-]+): (?:scene (?P<scene>\d+): )?(?P<text>.*)", re.S)

_HINTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "broll-missing": "see that the entry exists, and that its `media` can be read",
        "clip-frame-rate": "convert the clip to 25 or 30 frames a second, as Kaltura asks",
        "clip-too-short": "start the clip earlier, take a longer one, or say less",
        "in-point-past-end": "start the clip earlier: `startTime` is in seconds of the clip",
        "speech-too-short": "say at least four words: a scene needs 1.5 s of speech",
        "no-voice": "see whether the locale can be spoken: `storyboard doctor`",
        "renderer-died": "free memory, or render less at once: `storyboard doctor`",
        "files": "free the disk, or the rights of the studio's folder",
        "internal": "report it: `storyboard studio journal` has what led to it",
    }
)
"""What to do about a failure that only a local studio tells."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it failed: `text` names the scene by its id; `hint` is what to do, if that is known."""

    text: str
    hint: str | None = None


def read_reason(told: str | None, video: Video | None) -> Reason | None:
    """Return what a studio tells of a failure of a video; None where it tells nothing."""
    if told is None:
        return None
    found = _REASON.fullmatch(told)
    if found is None:
        return Reason(told)
    text, code = found["text"], found["code"]
    if found["scene"] is not None:
        text = f"scene {_scene(int(found['scene']), video)}: {text}"
    return Reason(f"{text} ({code})", _HINTS.get(code) or hint_for(code))


def _scene(index: int, video: Video | None) -> str:
    """Return a scene's id, or its number, counted from 1 as people do."""
    known = video is not None and index < len(video.scenes)
    return f"'{video.scenes[index].id}'" if video is not None and known else str(index + 1)
