"""What each part of a presenter shows of a pose, and in which part it lies. Knows no drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import assert_never

from storyboard.studio.stage.pose import Pose
from storyboard.studio.stage.presenter import Part, covers

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


def redrawn(before: Pose | None, pose: Pose) -> Iterator[Part]:
    """Yield the parts to draw, in order, where `before` is on screen.

    A drawn part shows at rest what lies in it, or under its edge. Where that rests, and nothing was
    drawn since, it is not drawn again; where it does not, it is. Where a wide open mouth gives way
    to one that the jaw has no part in, the head has to be there again.
    """
    drawn: list[Part] = []
    there: set[Part] = set()
    for part in Part:
        seen, holder = shown(part, pose), HOLDER.get(part)
        rests = holder is not None and seen == shown(holder, pose)
        if rests and holder in there:
            there.add(part)
            continue
        bare = part is Part.HEAD and before is not None and not covers(pose, before)
        under = not rests and any(each is not Part.ARMS for each in drawn)
        if before is None or under or bare or seen != shown(part, before):
            drawn.append(part)
            there = {part}
            yield part
