"""What a presenter's face and head do in one frame. Knows no drawing and no sound."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mouth(StrEnum):
    """The mouth shapes that speech is drawn with."""

    REST = "rest"
    MBP = "MBP"
    KST = "KST"
    EH = "EH"
    AA = "AA"
    AO = "AO"
    UW = "UW"
    FV = "FV"
    LTH = "LTH"


class Eyes(StrEnum):
    """How far the eyes are open."""

    OPEN = "open"
    HALF = "half"
    CLOSED = "closed"


class Gesture(StrEnum):
    """What the hands do: they lie in each other, one or both show the palm, or they stress."""

    REST = "rest"
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    BEAT = "beat"


MAX_REACH = 12
"""Steps from rest to the height of a gesture."""

MAX_LIFT = 3
"""Steps of a whole breath."""


@dataclass(frozen=True, slots=True)
class Pose:
    """One frame's pose; few distinct poses make a cheap film, so movements are in small steps.

    `tilt` turns the head, in steps of a quarter of a degree from -12 to 12; `lift` moves chest and
    head with the breath, in steps of 1/960 of the presenter's height, 0 to `MAX_LIFT`. `nod`
    lowers the head and `brows` raises the eyebrows, in steps of about 1/700 of the height, 0 to 3.
    `after` is the mouth that this one comes from: the frame shows the middle of the way. `reach` is
    how far a gesture has come, 0 to `MAX_REACH`; at rest it is 0.
    """

    mouth: Mouth = Mouth.REST
    eyes: Eyes = Eyes.OPEN
    tilt: int = 0
    lift: int = 0
    nod: int = 0
    brows: int = 0
    after: Mouth | None = None
    gesture: Gesture = Gesture.REST
    reach: int = 0
