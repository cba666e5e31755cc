"""What a person does in the browser studio to one of the videos of a case, while it is applied."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.proof.scenarios import STRANGER
from tests.support.tiny_studio import TinyStudio


def _one(studio: TinyStudio) -> dict[str, Any] | None:
    """Return the oldest video that is not the stranger's."""
    ours = [item for item in studio.videos.values() if item["name"] != STRANGER]
    return min(ours, key=lambda item: str(item["createdAt"]), default=None)


def _edits(studio: TinyStudio) -> bool:
    video = _one(studio)
    if video is None or not video["scenes"]:
        return False
    scenes = json.loads(json.dumps(video["scenes"]))
    scenes[0]["narration"]["text"] = "From the browser."
    return "code" not in studio._video_update({"id": video["id"], "scenes": scenes})


def _renames(studio: TinyStudio) -> bool:
    video = _one(studio)
    if video is None:
        return False
    studio._video_update({"id": video["id"], "name": "From the browser"})
    return True


def _deletes(studio: TinyStudio) -> bool:
    video = _one(studio)
    if video is None:
        return False
    del studio.videos[video["id"]]
    return True


def _films(studio: TinyStudio) -> bool:
    video = _one(studio)
    if video is None or "code" in studio._video_generate({"id": video["id"]}):
        return False
    studio._end_film(video)
    return True


DEEDS: Mapping[str, Callable[[TinyStudio], bool]] = {
    "edits": _edits,
    "renames": _renames,
    "deletes": _deletes,
    "films": _films,
}
"""Each is tried before every request, from its own on, until the studio lets it happen."""
