"""How a text is read out, as text and JSON. No decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from storyboard.commands.read_text import SceneReading, TextReading
from storyboard.views.json_text import json_text
from storyboard.views.wording import printable


def render_reading_text(reading: TextReading) -> str:
    """Return the words that are said, a line of the signs that are not, and one of the voices."""
    told = f"not spoken: {printable(' '.join(reading.unspoken))}\n" if reading.unspoken else ""
    voices = f"voice: {printable(', '.join(reading.voices))}\n" if reading.voices else ""
    return f"{printable(reading.spoken)}\n{told}{voices}"


def render_reading_json(reading: TextReading) -> str:
    """Return `{"language", "spoken", "unspoken": […]}`, with `voices` where any are told."""
    voices = {"voices": list(reading.voices)} if reading.voices else {}
    return json_text(_fields(reading) | voices)


def render_scenes_text(scenes: Sequence[SceneReading]) -> str:
    """Return the same for scenes: the number and the id of each, and what is said below."""
    blocks = (
        f"{each.number} {printable(each.scene_id)}\n{render_reading_text(each.reading)}"
        for each in scenes
    )
    return "\n".join(blocks)


def render_scenes_json(scenes: Sequence[SceneReading]) -> str:
    """Return `{"scenes": [{scene, number, language, spoken, unspoken}]}`."""
    listed = [
        {"scene": each.scene_id, "number": each.number} | _fields(each.reading) for each in scenes
    ]
    return json_text({"scenes": listed})


def _fields(reading: TextReading) -> dict[str, Any]:
    return {
        "language": reading.language,
        "spoken": reading.spoken,
        "unspoken": list(reading.unspoken),
    }
