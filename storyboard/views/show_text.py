"""Resolved videos and their payloads for people: YAML in the long form. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from storyboard.video import Video
from storyboard.views.json_text import json_text
from storyboard.views.long_form import long_form
from storyboard.views.show_json import payloads_of


def render_videos_text(videos: Sequence[Video], avatar_ids: Mapping[str, str]) -> str:
    """Return each video as YAML that would compile to the same, then its payloads."""
    return "\n".join(line for video in videos for line in _video(video, avatar_ids))


def _as_written(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return the resolved form with the keys that a storyboard has for it."""
    written = {
        "locales" if key == "locale" else key: [value] if key == "locale" else value
        for key, value in form.items()
    }
    if not written["scenes"]:
        del written["scenes"]
    return written


def _video(video: Video, avatar_ids: Mapping[str, str]) -> Iterator[str]:
    yield f"# {video.address}  ({video.span.file}:{video.span.line})"
    for hold in video.holds:
        yield f"# held: {hold.reason}"
    form = _as_written(long_form(video))
    yield yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=100)
    for action, body in payloads_of(video, avatar_ids).items():
        bodies = body if isinstance(body, list) else [body]
        for each in bodies:
            yield f"# POST {action}"
            yield json_text(each)
