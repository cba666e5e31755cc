"""Draws the mouth: nine shapes of speech, and the ways between them. Knows no timing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import product
from types import MappingProxyType

from storyboard.studio.stage.figure.palette import darker, lighter, mix
from storyboard.studio.stage.figure.person import Lips, Presenter
from storyboard.studio.stage.pose import Mouth
from storyboard.studio.stage.vector import Sheet, dot, fill, group, stroke

MOUTH_Y = 505.0
"""Where the lips meet."""

_LIPS_ALONE = 12.5
"""The widest opening that the lips make without the jaw: an s, a u, and the way to them."""


@dataclass(frozen=True, slots=True)
class MouthShape:
    """A mouth as numbers, so that the way from one to another has a middle.

    Width and lips are factors; `opening` and `smile` are lengths; the rest runs from 0 to 1.
    """

    width: float = 1.0
    opening: float = 0.0
    upper: float = 1.0
    lower: float = 1.0
    round: float = 0.0
    teeth: float = 0.0
    bite: float = 0.0
    tongue: float = 0.0
    smile: float = 3.0

    def towards(self, other: MouthShape, share: float) -> MouthShape:
        """Return the shape that is `share` of the way to another."""
        values = (
            (getattr(self, part.name), getattr(other, part.name)) for part in fields(MouthShape)
        )
        return MouthShape(*(a + (b - a) * share for a, b in values))


SHAPES: Mapping[Mouth, MouthShape] = MappingProxyType(
    {
        Mouth.REST: MouthShape(1.04, 0.0, smile=9.5),
        Mouth.MBP: MouthShape(0.98, 0.0, 0.82, 0.82, smile=7.5),
        Mouth.KST: MouthShape(1.01, 7.0, 0.92, 0.92, 0.1, 0.9, smile=8.5),
        Mouth.EH: MouthShape(1.04, 12.5, 0.94, 0.94, 0.2, 0.8, tongue=0.4, smile=8.5),
        Mouth.AA: MouthShape(0.99, 21.0, 0.95, 0.95, 0.45, 0.7, tongue=0.55, smile=8.0),
        Mouth.AO: MouthShape(0.83, 18.0, 1.0, 1.02, 0.8, 0.4, tongue=0.3, smile=5.5),
        Mouth.UW: MouthShape(0.7, 8.5, 1.08, 1.12, 0.9, 0.0, smile=3.5),
        Mouth.FV: MouthShape(0.98, 6.0, 0.9, 0.7, 0.1, 0.9, bite=1.0, smile=7.0),
        Mouth.LTH: MouthShape(0.99, 11.0, 0.94, 0.94, 0.25, 0.7, tongue=0.9, smile=8.0),
    }
)


def shape_of(mouth: Mouth, coming_from: Mouth | None) -> MouthShape:
    """Return a mouth's shape, or the middle of the way to it."""
    shape = SHAPES[mouth]
    return shape if coming_from is None else SHAPES[coming_from].towards(shape, 0.5)


def jaw_drop(shape: MouthShape) -> float:
    """Return how far the chin sinks with the mouth: lips part a little before the jaw moves."""
    return max(0.0, shape.opening - _LIPS_ALONE) * 0.55


def moves_jaw(mouth: Mouth, coming_from: Mouth | None) -> bool:
    """Tell whether more than the lips looks different from a mouth at rest."""
    return jaw_drop(shape_of(mouth, coming_from)) > 0


def lips_reach(lips: Lips) -> tuple[float, float, float]:
    """Return half the width, the top and the bottom of all mouths that leave the jaw alone."""
    still = [
        _MouthLine.of(lips, shape_of(mouth, after))
        for mouth, after in product(Mouth, (None, *Mouth))
        if not moves_jaw(mouth, after)
    ]
    return (
        max(max(line.half + 5.1, 38.0) for line in still),
        min(min(line.top, line.corner) for line in still) - 4.0,
        max(line.bottom for line in still) + 30.0,
    )


def draw_mouth(presenter: Presenter, shape: MouthShape) -> str:
    """Draw lips, teeth and tongue."""
    sheet = Sheet("m")
    lips = presenter.lips
    paint = lips.paint or presenter.skin.lip
    line = _MouthLine.of(lips, shape)
    sheet.glow(0, line.bottom + 17, 38, 13, presenter.skin.deep, 0.34)
    if shape.opening > 2.0:
        _draw_inside(sheet, line, shape)
    _draw_lips(sheet, line, paint)
    if shape.opening <= 2.0:
        dark = mix(paint, "#2a0a10", 0.72)
        sheet.add(stroke(line.seam, dark, 3.4, 0.9))
    for side in (-1, 1):
        sheet.add(dot(side * (line.half + 1.5), line.corner, 3.6, 2.8, presenter.skin.deep, 0.5))
    return sheet.text()


@dataclass(frozen=True, slots=True)
class _MouthLine:
    """The four edges of the lips as path parts, from the left corner to the right and back."""

    half: float
    corner: float
    inner_top: float
    inner_bottom: float
    top: float
    bottom: float
    ease: float

    @classmethod
    def of(cls, lips: Lips, shape: MouthShape) -> _MouthLine:
        top, bottom = MOUTH_Y - shape.opening * 0.22, MOUTH_Y + shape.opening * 0.78
        return cls(
            half=lips.width * shape.width,
            corner=MOUTH_Y - shape.smile - lips.smile + shape.opening * 0.18,
            inner_top=top,
            inner_bottom=bottom,
            top=top - 10.0 * lips.fullness * shape.upper,
            bottom=bottom + 14.5 * lips.fullness * shape.lower,
            ease=shape.round,
        )

    def arc(self, y: float, *, back: bool = False, flat: float = 0.0) -> str:
        """Return the curve through (0, y) from corner to corner."""
        near = self.half * (0.62 + 0.38 * self.ease)
        hold = self.half * (0.34 + 0.2 * self.ease + flat)
        lean = self.corner + (y - self.corner) * (0.8 - 0.22 * self.ease)
        w = -self.half if back else self.half
        n, h = (-near, -hold) if back else (near, hold)
        return (
            f"C{-n:.2f},{lean:.2f} {-h:.2f},{y:.2f} 0,{y:.2f}"
            f"C{h:.2f},{y:.2f} {n:.2f},{lean:.2f} {w:.2f},{self.corner:.2f}"
        )

    @property
    def start(self) -> str:
        return f"M{-self.half:.2f},{self.corner:.2f}"

    @property
    def inside(self) -> str:
        return self.start + self.arc(self.inner_top) + self.arc(self.inner_bottom, back=True) + "Z"

    @property
    def seam(self) -> str:
        return self.start + self.arc(self.inner_top + 1.0)

    @property
    def bow(self) -> str:
        """The upper lip's outer edge, with its two peaks."""
        peak, dip, w = self.top, self.top + 4.2, self.half
        lean = self.corner + (peak - self.corner) * 0.62
        return (
            f"C{-w * 0.72:.2f},{lean:.2f} {-w * 0.42:.2f},{peak:.2f} {-w * 0.2:.2f},{peak:.2f}"
            f"C{-w * 0.1:.2f},{peak:.2f} {-w * 0.06:.2f},{dip:.2f} 0,{dip:.2f}"
            f"C{w * 0.06:.2f},{dip:.2f} {w * 0.1:.2f},{peak:.2f} {w * 0.2:.2f},{peak:.2f}"
            f"C{w * 0.42:.2f},{peak:.2f} {w * 0.72:.2f},{lean:.2f} {w:.2f},{self.corner:.2f}"
        )


def _draw_lips(sheet: Sheet, line: _MouthLine, paint: str) -> None:
    upper = line.start + line.bow + line.arc(line.inner_top + 0.6, back=True) + "Z"
    lower = (
        line.start + line.arc(line.inner_bottom - 0.6) + line.arc(line.bottom, back=True, flat=0.06)
    )
    lower += "Z"
    shade = sheet.linear(
        0,
        line.top,
        0,
        line.inner_top + 2,
        (0, mix(paint, "#3a0d14", 0.08), 1),
        (1, mix(paint, "#3a0d14", 0.36), 1),
    )
    body = sheet.linear(
        0,
        line.inner_bottom - 2,
        0,
        line.bottom,
        (0, mix(paint, "#3a0d14", 0.16), 1),
        (0.45, lighter(paint, 0.10), 1),
        (1, mix(paint, "#3a0d14", 0.14), 1),
    )
    sheet.add(fill(upper, shade), fill(lower, body))
    middle = line.inner_bottom + (line.bottom - line.inner_bottom) * 0.42
    sheet.glow(-line.half * 0.12, middle, line.half * 0.42, 4.2, lighter(paint, 0.7), 0.5)


def _draw_inside(sheet: Sheet, line: _MouthLine, shape: MouthShape) -> None:
    top, bottom, w = line.inner_top, line.inner_bottom, line.half
    dark = sheet.linear(0, top, 0, bottom, (0, "#2b0a0f", 1), (1, "#6b1f26", 1))
    clip = sheet.clip(line.inside)
    parts = [fill(line.inside, dark)]
    if shape.tongue > 0.05:
        lift = bottom - (bottom - top) * (0.16 + 0.26 * shape.tongue)
        tone = sheet.linear(0, lift - 8, 0, bottom + 6, (0, "#d97a78", 1), (1, "#a8434a", 1))
        parts.append(dot(0, lift + 13, w * 0.6, 15, tone))
        parts.append(stroke(f"M0,{lift + 3:.1f}L0,{bottom:.1f}", "#8e333c", 2, 0.4))
    if shape.teeth > 0.05:
        depth = min(3.0 + 8.5 * shape.teeth, (bottom - top) * (1.0 - 0.12 * (1 - shape.bite)))
        edge = top + depth
        tooth = sheet.linear(
            0, top - 3, 0, edge, (0, "#cfc4bb", 1), (0.5, "#fbf8f3", 1), (1, "#f3ece4", 1)
        )
        reach, back = w * 0.76, top - 14
        parts.append(
            fill(
                f"M{-reach:.1f},{back:.1f}L{reach:.1f},{back:.1f}L{reach:.1f},{top + 1:.1f}"
                f"C{reach * 0.9:.1f},{edge:.1f} {reach * 0.5:.1f},{edge + 1:.1f} 0,{edge + 1:.1f}"
                f"C{-reach * 0.5:.1f},{edge + 1:.1f} {-reach * 0.9:.1f},{edge:.1f} "
                f"{-reach:.1f},{top + 1:.1f}Z",
                tooth,
            )
        )
        for x in (-0.42, -0.21, 0.0, 0.21, 0.42):
            parts.append(
                stroke(f"M{w * x:.1f},{top:.1f}L{w * x:.1f},{edge - 1:.1f}", "#c9bdb3", 0.9, 0.5)
            )
    parts.append(stroke(line.start + line.arc(top), darker("#2b0a0f", 0.3), 4, 0.35))
    sheet.add(group("".join(parts), clip))
