"""Moves forearms and hands: where wrists are in a gesture, and on the way there. Knows no time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import atan2, degrees, hypot
from typing import Final

from storyboard.studio.stage.figure.hands import draw_hand
from storyboard.studio.stage.figure.person import Presenter
from storyboard.studio.stage.pose import MAX_REACH, Gesture
from storyboard.studio.stage.vector import Sheet, group, on_side
from storyboard.studio.stage.wardrobe.cloth import Build
from storyboard.studio.stage.wardrobe.sleeves import ELBOW_Y, elbow_x, forearm

ARMS_TOP = 905.0
"""No forearm and no hand comes higher, so that heads and arms move without meeting."""

ARMS_REACH = 172.0
"""How far beyond the shoulders hands come at most."""

_HAND = 1.2
"""How large hands are drawn: a hand is as long as a face from chin to brow."""

_FLAT: Final = 0.5
"""How narrow a hand is seen from its edge."""


@dataclass(frozen=True, slots=True)
class _Arm:
    """A forearm and hand on the right: the wrist, where the hand points, how open it is (0 to 1).

    Degrees run clockwise from the right.
    """

    x: float
    y: float
    angle: float
    openness: float

    def towards(self, other: _Arm, share: float) -> _Arm:
        """Return the arm that is `share` of the way to another."""

        def mixed(a: float, b: float) -> float:
            return a + (b - a) * share

        return _Arm(
            mixed(self.x, other.x),
            mixed(self.y, other.y),
            mixed(self.angle, other.angle),
            mixed(self.openness, other.openness),
        )


_UPPER, _LOWER = _Arm(88.0, 1278.0, 186.0, 0.0), _Arm(92.0, 1290.0, 188.0, 0.0)
"""Two hands at rest: one lies on the other."""


def draw_arms(presenter: Presenter, gesture: Gesture, reach: int) -> str:
    """Draw forearms and hands over the upper arms, `reach` steps of `MAX_REACH` into a gesture."""
    sheet = Sheet("a")
    over = 1 if presenter.right_handed else -1
    for side in (-over, over):
        resting = _UPPER if side == over else _LOWER
        rest = replace(resting, y=resting.y + presenter.hands)
        there = _in_gesture(Build.of(presenter), gesture, side, rest)
        drawn = _arm(presenter, rest.towards(there, reach / MAX_REACH), side)
        sheet.add(on_side(drawn, side))
    return sheet.text()


def _in_gesture(build: Build, gesture: Gesture, side: int, rest: _Arm) -> _Arm:
    """Return an arm at the height of a gesture, as if it were the right one."""
    opened = _Arm(build.shoulder - 38, 1086.0, 325.0, 1.0)
    match gesture:
        case Gesture.REST:
            return rest
        case Gesture.LEFT:
            return opened if side < 0 else rest
        case Gesture.RIGHT:
            return opened if side > 0 else rest
        case Gesture.BOTH:
            return opened
        case Gesture.BEAT:
            return _Arm(128.0, rest.y - 56, 210.0, 0.12)


def _arm(presenter: Presenter, arm: _Arm, side: int) -> str:
    """Return a forearm from its elbow to the wrist, and the hand, as those on the right."""
    sheet = Sheet("al" if side < 0 else "ar")
    x, y = elbow_x(Build.of(presenter)), ELBOW_Y
    length, turn = hypot(arm.x - x, arm.y - y), degrees(atan2(arm.y - y, arm.x - x))
    nails = presenter.lips.paint if presenter.woman else None
    # Seen from its back the thumb is above, from its palm inwards: between, it shows its edge.
    turned = 2 * arm.openness - 1
    wide = max(_FLAT, abs(turned)) * (1 if turned > 0 else -1)
    hand = Sheet(f"{sheet.prefix}h")
    draw_hand(hand, presenter.skin, arm.openness, nails)
    sheet.add(
        group(
            hand.text(),
            f'transform="translate({arm.x:.1f} {arm.y:.1f}) rotate({arm.angle:.1f}) '
            f'scale({_HAND} {wide * _HAND:.3f})"',
        )
    )
    sleeve = forearm(sheet, presenter, length)
    sheet.add(group(sleeve, f'transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f})"'))
    return sheet.text()
