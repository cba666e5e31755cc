"""Weaves patterns into cloth: stripes, checks, dots. Knows no garment: whoever draws one clips."""

from __future__ import annotations

from storyboard.studio.stage.figure.palette import darker, lighter, luminance
from storyboard.studio.stage.figure.person import Pattern
from storyboard.studio.stage.vector import dot, stroke

Box = tuple[int, int, int, int]

_STRIPE, _CHECK, _DOT = 30, 66, 38
"""From one to the next. Finer ones flicker where the picture is small."""


def weave(pattern: Pattern, color: str, box: Box) -> str:
    """Return what a pattern adds to cloth of a color within a box (x0, y0, x1, y1)."""
    x0, y0, x1, y1 = box
    dark = luminance(color) > 0.42
    ink = darker(color, 0.42) if dark else lighter(color, 0.5)
    match pattern:
        case Pattern.PLAIN:
            return ""
        case Pattern.STRIPES:
            xs = range(x0 - x0 % _STRIPE, x1, _STRIPE)
            return "".join(stroke(f"M{x},{y0}L{x},{y1}", ink, 5, 0.30) for x in xs)
        case Pattern.CHECK:
            down = (f"M{x},{y0}L{x},{y1}" for x in range(x0 - x0 % _CHECK, x1, _CHECK))
            across = (f"M{x0},{y}L{x1},{y}" for y in range(y0 - y0 % _CHECK, y1, _CHECK))
            bands = [*down, *across]
            return "".join(stroke(d, ink, 20, 0.13) + stroke(d, ink, 4, 0.20) for d in bands)
        case Pattern.DOTS:
            return "".join(
                dot(x + (_DOT // 2 if row % 2 else 0), y, 4.6, 4.6, ink, 0.5)
                for row, y in enumerate(range(y0 - y0 % _DOT, y1, _DOT))
                for x in range(x0 - x0 % _DOT, x1, _DOT)
            )
