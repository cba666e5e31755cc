"""Resolved videos and their payloads as JSON. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from storyboard.video import Avatar, Video
from storyboard.views.json_text import json_text
from storyboard.views.long_form import long_form


def render_videos_json(videos: Sequence[Video], avatar_ids: Mapping[str, str]) -> str:
    """Return `{"videos": [{"address", "video", "payloads"}]}`; see `payloads_of`."""
    shown = [
        {
            "address": str(video.address),
            "held": [hold.reason for hold in video.holds],
            "fingerprint": video.fingerprint,
            "video": long_form(video),
            "payloads": payloads_of(video, avatar_ids),
        }
        for video in videos
    ]
    return json_text({"videos": shown})


def payloads_of(video: Video, avatar_ids: Mapping[str, str]) -> dict[str, Any]:
    """Return the bodies that an apply would send, by action.

    `avatar_ids` maps avatars' fingerprints to ids where the state knows them; the studio gives
    the others when it is asked.
    """
    ids = {a: avatar_ids.get(a.fingerprint, _unknown(a)) for a in video.avatars}
    payloads: dict[str, Any] = {
        "avatar/upsert": [avatar.payload() for avatar in video.avatars],
        "video/add": video.payload(ids),
    }
    if video.compose is not None:
        payloads["video/compose"] = video.compose.payload()
    return payloads


def _unknown(avatar: Avatar) -> str:
    return f"(known after apply: {avatar.template_id} on {avatar.background.value})"
