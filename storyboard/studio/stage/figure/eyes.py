"""Draws the eyes: sockets, lids, lashes, and the balls between them. Knows no brows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from storyboard.studio.stage.figure.features import EYE_LINE
from storyboard.studio.stage.figure.palette import darker, lighter, luminance, mix
from storyboard.studio.stage.figure.person import Presenter
from storyboard.studio.stage.pose import Eyes
from storyboard.studio.stage.vector import Sheet, dot, fill, group, stroke

_OPENNESS: Mapping[Eyes, float] = MappingProxyType(
    {Eyes.OPEN: 1.0, Eyes.HALF: 0.42, Eyes.CLOSED: 0.0}
)


def draw_eyes(presenter: Presenter, eyes: Eyes) -> str:
    """Draw both eyes with their sockets and lids."""
    sheet = Sheet("e")
    skin = presenter.skin
    for side in (-1, 1):
        x = side * presenter.gaze.spread
        sheet.glow(x - side * 4, EYE_LINE - 14, 46, 28, skin.shade, 0.42)
        if presenter.lips.paint is not None and presenter.woman:
            sheet.glow(
                x + side * 4,
                EYE_LINE - 14,
                38,
                17,
                mix(skin.shade, presenter.lips.paint, 0.3),
                0.45,
            )
        _draw_eye(sheet, presenter, side, _OPENNESS[eyes])
    return sheet.text()


class _Lids:
    """The edges of one eye at one opening, as path parts between its corners."""

    def __init__(self, presenter: Presenter, side: int, openness: float) -> None:
        gaze = presenter.gaze
        self.side = side
        self.x = side * gaze.spread
        self.half = 28.5 * gaze.size
        self.inner_y = EYE_LINE + 4.0
        self.outer_y = EYE_LINE + 1.0 - gaze.slant
        self.low = EYE_LINE + 13.6 * gaze.size
        high = EYE_LINE - 20.8 * gaze.size * gaze.lid
        self.high = self.low + (high - self.low) * openness - 1.5 * (1 - openness)
        self.highest = high

    def at(self, dx: float) -> float:
        """Return x for a distance outwards from the eye's center."""
        return self.x + self.side * dx

    @property
    def start(self) -> str:
        return f"M{self.at(-self.half):.2f},{self.inner_y:.2f}"

    def upper(self, rise: float = 0.0, reach: float = 0.0, level: float | None = None) -> str:
        """Return the upper lid from the inner corner to the outer."""
        high = (self.high if level is None else level) - rise
        h = self.half
        return (
            f"C{self.at(-h * 0.62):.2f},{high + 2:.2f} {self.at(h * 0.42):.2f},{high - 1.5:.2f} "
            f"{self.at(h + reach):.2f},{self.outer_y - rise * 0.55:.2f}"
        )

    @property
    def lower_back(self) -> str:
        h = self.half
        return (
            f"C{self.at(h * 0.62):.2f},{self.low - 1:.2f} {self.at(-h * 0.45):.2f},{self.low:.2f} "
            f"{self.at(-h):.2f},{self.inner_y:.2f}"
        )

    def upper_back(self, rise: float, reach: float) -> str:
        """Return the upper lid from the outer corner back to the inner."""
        h, high = self.half, self.high - rise
        return (
            f"C{self.at(h * 0.42):.2f},{high - 1.5:.2f} {self.at(-h * 0.62):.2f},{high + 2:.2f} "
            f"{self.at(-h):.2f},{self.inner_y:.2f}"
        )


def _draw_eye(sheet: Sheet, presenter: Presenter, side: int, openness: float) -> None:
    lids = _Lids(presenter, side, openness)
    wide = _Lids(presenter, side, 1.0)
    skin = presenter.skin
    if openness < 1.0:
        lid = sheet.linear(
            0,
            wide.highest,
            0,
            lids.low,
            (0, skin.shade, 1),
            (1, mix(skin.base, skin.shade, 0.45), 1),
        )
        sheet.add(fill(wide.start + wide.upper() + wide.lower_back + "Z", lid))
    if openness > 0.0:
        _draw_ball(sheet, presenter, lids)
    _draw_lashes(sheet, presenter, lids, openness)
    crease = wide.start.replace("M", "M", 1) + wide.upper(rise=9.0 * presenter.gaze.fold, reach=2.0)
    if presenter.gaze.fold > 0.2:
        sheet.add(stroke(crease, skin.deep, 2.2, 0.42 * openness + 0.14))
    under = (
        f"M{lids.at(-lids.half + 6):.1f},{lids.low + 6:.1f}"
        f"C{lids.at(-8):.1f},{lids.low + 11:.1f} {lids.at(10):.1f},{lids.low + 10:.1f} "
        f"{lids.at(lids.half - 3):.1f},{lids.low + 3:.1f}"
    )
    sheet.add(stroke(under, skin.deep, 2.0, 0.10 + 0.30 * presenter.age))


def _draw_ball(sheet: Sheet, presenter: Presenter, lids: _Lids) -> None:
    outline = lids.start + lids.upper() + lids.lower_back + "Z"
    clip = sheet.clip(outline)
    iris = presenter.gaze.iris
    size = presenter.gaze.size
    white = sheet.linear(
        0,
        EYE_LINE - 18,
        0,
        EYE_LINE + 12,
        (0, "#b9b3b6", 1),
        (0.45, "#f6f3f0", 1),
        (1, "#ece6e2", 1),
    )
    x, y, r = lids.x - lids.side * 1.0, EYE_LINE - 1.0, 14.3 * size
    ring = sheet.radial(
        x,
        y + r * 0.25,
        r,
        r,
        (0, lighter(iris, 0.42), 1),
        (0.55, iris, 1),
        (0.86, darker(iris, 0.45), 1),
        (1, darker(iris, 0.75), 1),
    )
    parts = [
        fill(outline, white),
        dot(lids.at(-lids.half + 3), lids.inner_y, 6, 4.5, "#d98f86", 0.8),
        dot(x, y, r, r, ring),
        dot(x, y, r * 0.45, r * 0.45, "#0c0a0d"),
        dot(x - 4.6 * size, y - 5.2 * size, 4.0 * size, 4.4 * size, "#ffffff", 0.95),
        dot(x + 5.0 * size, y + 5.4 * size, 2.2 * size, 2.0 * size, "#ffffff", 0.45),
    ]
    shadow = sheet.linear(
        0, lids.high + 2, 0, lids.high + 20, (0, "#1c1015", 0.62), (1, "#1c1015", 0.0)
    )
    parts.append(fill(outline, shadow))
    sheet.add(group("".join(parts), clip))
    rim = f"M{lids.at(lids.half):.1f},{lids.outer_y:.1f}" + lids.lower_back
    sheet.add(stroke(rim, presenter.skin.deep, 2.0, 0.55))


def _draw_lashes(sheet: Sheet, presenter: Presenter, lids: _Lids, openness: float) -> None:
    lashes = presenter.gaze.lashes
    dark = "#1a1114" if luminance(presenter.hair_color) < 0.5 or presenter.woman else "#4a3626"
    reach, thick = 1.0 + 4.0 * lashes, 2.7 + 2.0 * lashes
    line = (
        lids.start
        + lids.upper(reach=reach)
        + f"L{lids.at(lids.half + reach):.2f},{lids.outer_y - thick * 0.5:.2f}"
        + lids.upper_back(thick * 1.5, reach)
        + "Z"
    )
    sheet.add(fill(line, dark), stroke(lids.start + lids.upper(), dark, 1.8))
    if lashes <= 0.3:
        return
    down = 1.0 if openness > 0.2 else -0.9
    for share, length in ((0.7, 4.5), (0.87, 6.0), (1.02, 7.0)):
        x0 = lids.half * share
        y0 = lids.outer_y - (1.05 - share) * 24 * openness
        tip = (
            f"Q{lids.at(x0 + 5):.1f},{y0 - 1.5 * down:.1f} "
            f"{lids.at(x0 + 8 * lashes):.1f},{y0 - length * lashes * down:.1f}"
        )
        sheet.add(stroke(f"M{lids.at(x0):.1f},{y0:.1f}" + tip, dark, 1.7))
