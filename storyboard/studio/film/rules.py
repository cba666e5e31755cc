"""Which rules a film has to keep, as whoever orders it says. Looks at no media and loads no codec.

A server orders films, and reads no clip for that: to load FFmpeg kept all calls waiting.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storyboard.wire import BROLL_FRAME_RATES, MIN_SPEECH_SECONDS


class Overrun(StrEnum):
    """What becomes of a scene whose clip is over before its narration is."""

    FAIL = "fail"
    HOLD = "hold-last-frame"
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Rules:
    """What is refused. `frame_rates` empty: none."""

    shortest_speech: float = MIN_SPEECH_SECONDS
    frame_rates: tuple[int, ...] = ()
    overrun: Overrun = Overrun.HOLD


POSSIBLE = Rules()
"""Refuses only what makes no film worth seeing; the last frame of a short clip stays."""

STRICT = Rules(frame_rates=BROLL_FRAME_RATES, overrun=Overrun.FAIL)
"""All that is known to make the service's generation fail."""
