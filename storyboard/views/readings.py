"""How a text is read out, as text and JSON. No decisions."""

from __future__ import annotations

from storyboard.commands.read_text import TextReading
from storyboard.views.json_text import json_text
from storyboard.views.wording import printable


def render_reading_text(reading: TextReading) -> str:
    """Return the words that are said, a line of the signs that are not, and one of the voices."""
    told = f"not spoken: {printable(' '.join(reading.unspoken))}\n" if reading.unspoken else ""
    voices = f"voice: {printable(', '.join(reading.voices))}\n" if reading.voices else ""
    return f"{printable(reading.spoken)}\n{told}{voices}"


def render_reading_json(reading: TextReading) -> str:
    """Return `{"language", "spoken", "unspoken": […]}`, with `voices` where any are told."""
    told = {
        "language": reading.language,
        "spoken": reading.spoken,
        "unspoken": list(reading.unspoken),
    }
    return json_text(told | ({"voices": list(reading.voices)} if reading.voices else {}))
