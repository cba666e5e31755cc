"""How a text is read out, as text and JSON. No decisions."""

from __future__ import annotations

from storyboard.commands.read_text import TextReading
from storyboard.views.json_text import json_text
from storyboard.views.wording import printable


def render_reading_text(reading: TextReading) -> str:
    """Return the words that are said, and a line of the signs that are not."""
    told = f"not spoken: {printable(' '.join(reading.unspoken))}\n" if reading.unspoken else ""
    return f"{printable(reading.spoken)}\n{told}"


def render_reading_json(reading: TextReading) -> str:
    """Return `{"language", "spoken", "unspoken": […]}`."""
    return json_text(
        {
            "language": reading.language,
            "spoken": reading.spoken,
            "unspoken": list(reading.unspoken),
        }
    )
