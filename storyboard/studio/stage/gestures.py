"""What hands do in a speech: a palm opens at a list, a small beat stresses, else they rest.

Knows no sounds and no drawing. Hands are at rest where a speech begins and where it ends, so that
those of one presenter follow each other without a jump.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import Final

from storyboard.studio.stage.phrases import Phrases
from storyboard.studio.stage.pose import MAX_REACH, Gesture

Moment = tuple[Gesture, int]
"""A gesture and how far it has come."""

_RISE, _FALL = 0.44, 0.60
"""Seconds in which hands rise and sink. Looked at: quicker is nervous."""

_APART: Final = 3.5
"""Seconds between a beat and the next gesture, at least."""

_BEAT_SECONDS: Final = 0.24
_REST: Final[Moment] = (Gesture.REST, 0)


def gestures(
    phrases: Phrases, accents: Sequence[int], frames: int, fps: int, lead: float, random: Random
) -> list[Moment]:
    """Return what the hands do in each frame of a speech that begins at `lead`."""
    moments = [_REST] * frames
    side = random.choice((Gesture.LEFT, Gesture.RIGHT))
    for items in phrases.lists:
        begins = [round((second + lead) * fps) for second in items]
        shape = Gesture.BOTH if len(items) > 4 else side
        _lay(moments, shape, begins[0], begins[-1], fps, begins[1:-1])
        side = Gesture.LEFT if side is Gesture.RIGHT else Gesture.RIGHT
    apart = round(_APART * fps)
    for accent in accents:
        if not apart // 3 <= accent < frames - apart // 3:
            continue  # before or behind it, too, there may be a gesture
        near = moments[max(0, accent - apart) : accent + apart]
        if all(moment == _REST for moment in near) and random.random() < 0.6:
            _lay(moments, Gesture.BEAT, accent, accent + round(_BEAT_SECONDS * fps), fps)
    return moments


def _lay(
    moments: list[Moment],
    gesture: Gesture,
    begin: int,
    end: int,
    fps: int,
    items: Iterable[int] = (),
) -> None:
    """Write a gesture that stands from `begin` to `end`; none where it has no time to come and go.

    The hand sinks a little where each further item begins, as if it laid them side by side.
    """
    rise, fall = round(_RISE * fps), round(_FALL * fps)
    last = len(moments) - 2
    end = min(end, last - fall)
    first = max(1, begin - rise)
    if end - first < rise or any(moment != _REST for moment in moments[first : end + fall]):
        return
    for frame in range(first, end + fall):
        share = min((frame - first) / rise, (end + fall - frame) / fall, 1.0)
        reach = round(MAX_REACH * share * share * (3 - 2 * share))
        moments[frame] = (gesture, reach) if reach else _REST
    for item in items:
        for frame in range(max(item - 3, first + rise), min(item + 5, end)):
            moments[frame] = gesture, MAX_REACH - 1
