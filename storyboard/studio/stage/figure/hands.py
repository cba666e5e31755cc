"""Draws a hand between rest and open palm. Knows no arm and no time.

A hand is drawn along x: the wrist at the origin, the fingers to the right, the thumb above. It is
built of round strokes, each with a thin contour, so that fingers part without being outlined.
"""

from __future__ import annotations

from math import cos, radians, sin

from storyboard.studio.stage.figure.palette import Skin, mix
from storyboard.studio.stage.vector import Sheet, dot, fill, stroke

_PALM = 84.0
"""From the wrist to the knuckles."""

_FINGERS = ((-27.0, 76.0, 25.0), (-9.0, 88.0, 26.0), (10.0, 83.0, 25.0), (28.0, 64.0, 22.0))
"""Of each finger, from the forefinger on: place across the knuckles, length, thickness."""


def draw_hand(sheet: Sheet, skin: Skin, openness: float, nails: str | None) -> None:
    """Draw a hand; at `openness` 0 it lies with bent fingers, at 1 it shows its palm."""
    tone = mix(skin.base, skin.light, 0.22 * openness)
    line = mix(skin.base, skin.deep, 0.62)
    thumb = _thumb(openness)
    if openness < 0.5:
        _digit(sheet, thumb, 27.0, tone, line)
    for place, length, thick in reversed(_FINGERS):
        _digit(sheet, _finger(place, length, openness), thick, tone, line)
    _palm(sheet, skin, tone, line, openness)
    if openness >= 0.5:
        _digit(sheet, thumb, 27.0, tone, line)
        sheet.add(stroke("M30,-34C46,-22 52,-4 40,20", skin.deep, 2.4, 0.30 * openness))
        sheet.add(stroke("M72,-26C58,-14 50,4 52,28", skin.deep, 2.0, 0.20 * openness))
        sheet.glow(48, 8, 34, 26, skin.blush, 0.30 * openness)
    elif nails is not None:
        for place, length, _ in _FINGERS:
            x, y = _tip(place, length, openness)
            sheet.add(dot(x - 2, y - 1, 6.5, 5.0, nails, 0.9))


def _digit(sheet: Sheet, d: str, thick: float, tone: str, line: str) -> None:
    sheet.add(stroke(d, line, thick + 3.6), stroke(d, tone, thick))
    light = 'transform="translate(-1 -3)"'
    sheet.add(stroke(d, mix(tone, "#ffffff", 0.22), thick * 0.34, 0.45, light))


def _palm(sheet: Sheet, skin: Skin, tone: str, line: str, openness: float) -> None:
    """Draw the palm, or the back of the hand, and the wrist that goes into the sleeve."""
    d = (
        f"M0,-27C10,-29 16,-36 26,-40C50,-46 74,-44 {_PALM},-37C94,-20 94,22 {_PALM - 4},38"
        f"C64,46 32,42 16,33C10,29 6,27 0,27C-36,27 -36,-27 0,-27Z"
    )
    paint = sheet.linear(
        20, -44, 34, 46, (0, mix(tone, skin.light, 0.4), 1), (0.5, tone, 1), (1, skin.shade, 1)
    )
    edge = f"M0,27C6,27 10,29 16,33C32,42 64,46 {_PALM - 4},38"
    upper = "M0,-27C10,-29 16,-36 26,-40"
    sheet.add(fill(d, paint), stroke(edge, line, 2.2, 0.8), stroke(upper, line, 2.0, 0.6))
    if openness < 0.5:
        for place, _, _ in _FINGERS[1:]:
            between = f"M{_PALM - 20},{place - 9}L{_PALM + 4},{place - 9}"
            sheet.add(stroke(between, skin.deep, 2.0, 0.28))


def _finger(place: float, length: float, openness: float) -> str:
    """Return a finger's middle line: bent at rest, straight and spread in an open hand."""
    x, y = _tip(place, length, openness)
    reach = length * 0.5
    turn = radians(_spread(place) * openness)
    bend = 5.0 * (1 - openness)
    return (
        f"M{_PALM - 16},{place:.1f}Q{_PALM - 16 + reach * cos(turn):.1f},"
        f"{place + reach * sin(turn) - bend:.1f} {x:.1f},{y:.1f}"
    )


def _tip(place: float, length: float, openness: float) -> tuple[float, float]:
    turn = radians(_spread(place) * openness + 9.0 * (1 - openness))
    shown = length * (0.78 + 0.34 * openness)
    return _PALM - 16 + shown * cos(turn), place + shown * sin(turn)


def _spread(place: float) -> float:
    """Return the degrees that a finger turns outwards in an open hand."""
    return place * 0.42


def _thumb(openness: float) -> str:
    turn = radians(-18 - 34 * openness)
    length = 62 + 8 * openness
    x, y = 22 + length * cos(turn), -24 + length * sin(turn)
    bx, by = 22 + 0.55 * length * cos(turn - 0.25), -24 + 0.55 * length * sin(turn - 0.25)
    return f"M18,-20Q{bx:.1f},{by:.1f} {x:.1f},{y:.1f}"
