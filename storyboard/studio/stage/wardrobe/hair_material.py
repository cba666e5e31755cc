"""Hair as material: masses with light, combed strands, curls. Knows no cut."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from storyboard.studio.stage.figure.palette import darker, lighter, luminance, mix
from storyboard.studio.stage.vector import Curve, Sheet, between, dot, fill, flipped, group, stroke

Spot = tuple[float, float, float]
"""Where a curl is: x, y, radius."""


@dataclass(frozen=True, slots=True)
class Hair:
    """Drawn hair in layers: behind the body, under the face, over the face, over all.

    `shade` is the outline that throws a shadow on the forehead;
    `reach` is half the width, `top` and `bottom` the heights that it spans.
    """

    back: str = ""
    under: str = ""
    cap: str = ""
    front: str = ""
    shade: str = ""
    reach: float = 150.0
    top: float = 150.0
    bottom: float = 620.0
    hides_ears: bool = False


@dataclass(frozen=True, slots=True)
class Tone:
    """The tones of one hair color."""

    base: str

    @property
    def dark(self) -> str:
        """Hair in its own shade."""
        return darker(self.base, 0.42)

    @property
    def deep(self) -> str:
        """The gaps between strands."""
        return darker(self.base, 0.62)

    @property
    def light(self) -> str:
        """Hair in the light; dark hair shines cool, fair hair warm."""
        if luminance(self.base) < 0.2:
            return mix(self.base, "#8d8794", 0.34)
        return lighter(self.base, 0.38)


@dataclass(frozen=True, slots=True)
class Cut:
    """Hair in the making: one mass of it by its outline, which strands and light stay within."""

    sheet: Sheet
    outline: str
    clip: str
    tone: Tone

    @classmethod
    def of(cls, sheet: Sheet, outline: str, tone: Tone, top: float, bottom: float) -> Cut:
        """Draw a mass of hair, to be combed."""
        clip = sheet.clip(outline)
        mass(sheet, outline, tone, top, bottom)
        return cls(sheet, outline, clip, tone)

    def comb(self, first: Curve, last: Curve, count: int = 9, weight: float = 1.0) -> None:
        """Draw strands between two guides."""
        comb(self.sheet, self.clip, first, last, self.tone, count, weight)

    def comb_both(self, first: Curve, last: Curve, count: int = 9, weight: float = 1.0) -> None:
        """Draw strands between two guides, and between their mirror images."""
        self.comb(first, last, count, weight)
        self.comb(flipped(first), flipped(last), count, weight)

    def gloss(self, guide: Curve, width: float, opacity: float = 0.3) -> None:
        """Draw a band of light along a guide."""
        gloss(self.sheet, self.clip, guide, width, self.tone, opacity)

    def shade(self, paint: str) -> None:
        """Draw a gradient over all of it."""
        self.sheet.add(group(fill(self.outline, paint), self.clip))


def mass(sheet: Sheet, d: str, tone: Tone, top: float, bottom: float) -> None:
    """Draw a mass of hair, light above and dark below."""
    paint = sheet.linear(
        -60,
        top,
        50,
        bottom,
        (0, mix(tone.base, tone.light, 0.45), 1),
        (0.4, tone.base, 1),
        (1, tone.dark, 1),
    )
    rim = sheet.linear(
        -110,
        top,
        120,
        bottom,
        (0, tone.light, 0.5),
        (0.45, tone.light, 0.14),
        (1, tone.light, 0.06),
    )
    sheet.add(fill(d, paint), stroke(d, rim, 2.6))


def comb(
    sheet: Sheet,
    clip: str,
    first: Curve,
    last: Curve,
    tone: Tone,
    count: int = 9,
    weight: float = 1.0,
) -> None:
    """Draw strands between two guides: dark gaps, and light ones near the first third."""
    strands = []
    for i in range(count):
        share = (i + 0.5) / count
        wobble = 0.35 * sin(i * 2.4) / count
        d = between(first, last, share + wobble)
        shine = i % 3 == 1
        color = tone.light if shine else tone.deep
        width = (2.6 if shine else 2.0 + 1.4 * abs(sin(i * 1.7))) * weight
        strands.append(stroke(d, color, width, 0.42 if shine else 0.34))
    sheet.add(group("".join(strands), clip))


def gloss(
    sheet: Sheet, clip: str, guide: Curve, width: float, tone: Tone, opacity: float = 0.3
) -> None:
    """Draw a band of light along a guide, soft by layers."""
    d = between(guide, guide, 0)
    layers = "".join(
        stroke(d, tone.light, width * share, opacity * 0.36) for share in (1.0, 0.72, 0.46, 0.24)
    )
    sheet.add(group(layers, clip))


def curls(sheet: Sheet, tone: Tone, spots: tuple[Spot, ...]) -> None:
    """Draw curls as coils of strands, the far ones first; each spot is x, y, radius."""
    lit, shaded = mix(tone.base, tone.light, 0.2), mix(tone.base, tone.deep, 0.62)
    for index, (x, y, r) in enumerate(spots):
        paint = sheet.radial(
            x - r * 0.25, y - r * 0.35, r * 1.4, r * 1.4,
            (0, lit, 1), (0.5, tone.base, 1), (1, shaded, 1),
        )  # fmt: skip
        sheet.add(dot(x, y, r, r, paint))
        for turn, (share, sweep) in enumerate(((0.86, 2.8), (0.6, 3.4), (0.32, 3.8))):
            color = tone.light if (turn + index) % 2 else tone.deep
            coil = _arc(x, y, r * share, index * 2.1 + turn * 1.3, sweep)
            sheet.add(stroke(coil, color, max(1.6, r * 0.08), 0.32))


def _arc(x: float, y: float, r: float, start: float, sweep: float) -> str:
    """Return the path along a circle, clockwise from an angle; both in radians."""
    x0, y0 = x + r * cos(start), y + r * sin(start)
    x1, y1 = x + r * cos(start + sweep), y + r * sin(start + sweep)
    return f"M{x0:.1f},{y0:.1f}A{r:.1f},{r:.1f} 0 {int(sweep > pi)} 1 {x1:.1f},{y1:.1f}"


def ring(
    x: float, y: float, rx: float, ry: float, size: float, start: float, end: float, count: int
) -> tuple[Spot, ...]:
    """Return spots along an ellipse from angle to angle (turns, 0 to the right, clockwise)."""
    spots = []
    for i in range(count):
        angle = 2 * pi * (start + (end - start) * i / max(1, count - 1))
        wave = 1.0 + 0.16 * sin(i * 2.3)
        spots.append((x + rx * cos(angle), y + ry * sin(angle), size * wave))
    return tuple(spots)
