"""What each part of a presenter shows of a pose, and in which part it lies. Knows no drawing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from storyboard.studio.stage.pose import Pose
from storyboard.studio.stage.presenter import Part

HOLDER: Mapping[Part, Part] = MappingProxyType(
    {Part.ARMS: Part.BODY, Part.HEAD: Part.BODY, Part.MOUTH: Part.HEAD, Part.EYES: Part.HEAD}
)
"""In which part another one lies, in the order of drawing."""


def shown(part: Part, pose: Pose) -> Pose:
    """Return what a part shows of a pose, all else being at rest.

    The middle of the way between two mouths is the same from both ends.
    """
    tilt, lift, nod = pose.tilt, pose.lift, pose.nod
    match part:
        case Part.BODY:
            return Pose(lift=lift)
        case Part.ARMS:
            return Pose(lift=lift, gesture=pose.gesture, reach=pose.reach)
        case Part.HEAD:
            return Pose(tilt=tilt, lift=lift, nod=nod)
        case Part.MOUTH:
            mouth, after = pose.mouth, pose.after
            if after is not None and after < mouth:
                mouth, after = after, mouth
            return Pose(mouth, tilt=tilt, lift=lift, nod=nod, after=after)
        case Part.EYES:
            return Pose(eyes=pose.eyes, tilt=tilt, lift=lift, nod=nod, brows=pose.brows)
        case _:
            assert_never(part)
