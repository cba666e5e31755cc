"""Cloth as material: a torso with light and folds, collars, lapels. Knows no outfit."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.studio.stage.figure.palette import darker, lighter
from storyboard.studio.stage.figure.person import Presenter
from storyboard.studio.stage.vector import Sheet, dot, fill, group, mirrored, stroke

FLOOR = 1420.0
"""Where cloth ends: below the picture, so that breathing shows no gap."""


@dataclass(frozen=True, slots=True)
class Build:
    """The measures of a body that clothes are cut to."""

    shoulder: float
    neck: float

    @classmethod
    def of(cls, presenter: Presenter) -> Build:
        """Return a presenter's measures."""
        return cls(presenter.shoulders, presenter.neck)

    def torso(
        self, neckline: str, spread: float = 0.0, collar: float = 20.0, top: float = 634.0
    ) -> str:
        """Return the torso's outline around a neckline.

        The neckline runs from the right side of the neck to the left one, which it leaves by
        `collar`, at the height `top`.
        """
        s, n = self.shoulder + spread, self.neck + collar
        return (
            f"M{-n},{top}C{-n - 50},{top + 24} {120 - s},680 {62 - s},702C{30 - s},716 "
            f"{20 - s},760 {24 - s},850C{34 - s},960 {76 - s},1080 {78 - s},1180"
            f"C{76 - s},1270 {50 - s},1350 {40 - s},{FLOOR}L{s - 40},{FLOOR}"
            f"C{s - 50},1350 {s - 76},1270 {s - 78},1180C{s - 76},1080 {s - 34},960 {s - 24},850"
            f"C{s - 20},760 {s - 30},716 {s - 62},702"
            f"C{s - 120},680 {n + 50},{top + 24} {n},{top}{neckline}Z"
        )


def round_neck(build: Build, depth: float) -> str:
    """Return a neckline that dips to `depth`."""
    n = build.neck + 20
    return (
        f"C{n - 8},{depth - 12} {n * 0.5:.1f},{depth} 0,{depth}C{-n * 0.5:.1f},{depth} "
        f"{-n + 8},{depth - 12} {-n},634"
    )


def v_neck(build: Build, depth: float) -> str:
    """Return a neckline that comes to a point."""
    n = build.neck + 20
    bend = max(depth - 70, 650 + 0.6 * (depth - 650))
    return (
        f"L{n - 6},650Q{n * 0.45:.1f},{bend:g} 0,{depth}Q{-n * 0.45:.1f},{bend:g} "
        f"{-n + 6},650L{-n},634"
    )


def drape(sheet: Sheet, d: str, color: str, build: Build, folds: bool = True) -> str:
    """Draw cloth over the torso with light from the left above; return its clip."""
    s = build.shoulder
    clip = sheet.clip(d)
    sheet.add(fill(d, cloth_tone(sheet, color, build)))
    for side in (-1, 1):
        # What the arms shade is below the armpits: above, sleeve and torso are one cloth.
        shaded = 0.30 if side < 0 else 0.44
        sheet.glow(side * (s - 70), 1040, 110, 210, darker(color, 0.6), shaded, clip)
    if folds:
        sheet.add(group(_folds(s, darker(color, 0.5), lighter(color, 0.4)), clip))
    neck = presenter_shadow(sheet, color)
    sheet.add(group(neck, clip))
    return clip


def cloth_tone(sheet: Sheet, color: str, build: Build, side: int = 1) -> str:
    """Return the paint of cloth in light from the left above; `side` -1 for what is mirrored."""
    s = build.shoulder
    return sheet.linear(
        -s * side,
        640,
        s * 0.9 * side,
        FLOOR,
        (0, lighter(color, 0.16), 1),
        (0.38, color, 1),
        (1, darker(color, 0.30), 1),
    )


def _folds(s: float, dark: str, light: str) -> str:
    """Return soft furrows: from the armpits inwards, and where the waist bends."""
    furrows = (
        (f"M{s - 90},884C{s - 126},896 {s - 156},924 {s - 172},962", 7.0),
        (f"M{s - 92},872C{s - 134},868 {s - 172},880 {s - 204},902", 5.0),
        (f"M{s - 82},1110C{s - 120},1128 {s - 160},1130 {s - 196},1118", 7.0),
        (f"M{s - 80},1150C{s - 116},1172 {s - 150},1180 {s - 190},1176", 6.0),
    )
    lines = ""
    for d, width in furrows:
        lines += "".join(stroke(d, dark, width * share, 0.075) for share in (2.2, 1.5, 0.9))
        lines += stroke(d, light, width * 0.7, 0.05, 'transform="translate(0 -7)"')
    return mirrored(lines)


def presenter_shadow(sheet: Sheet, color: str) -> str:
    """Return the soft shadow that the head throws on cloth."""
    dark = darker(color, 0.7)
    paint = sheet.radial(14, 650, 190, 120, (0, dark, 0.50), (0.55, dark, 0.26), (1, dark, 0.0))
    return dot(14, 650, 190, 120, paint)


def button(x: float, y: float, color: str, r: float = 6.0) -> str:
    """Return a button with its thread and shade."""
    return (
        dot(x + 1, y + 2, r, r, darker(color, 0.6), 0.4)
        + dot(x, y, r, r, lighter(color, 0.1))
        + dot(x, y, r * 0.4, r * 0.4, darker(color, 0.4), 0.6)
    )


def shirt_collar(
    sheet: Sheet, build: Build, color: str, open_to: float, spread: float = 66.0
) -> None:
    """Draw a shirt's two collar leaves, open to a height."""
    n = build.neck
    shade = darker(color, 0.22)
    stand = (
        f"M{-n - 18},612C{-n - 20},640 -40,{open_to - 34} 0,{open_to}C40,{open_to - 34} "
        f"{n + 20},640 {n + 18},612C{n - 10},648 26,{open_to - 28} 0,{open_to - 12}"
        f"C-26,{open_to - 28} {-n + 10},648 {-n - 18},612Z"
    )
    sheet.add(fill(stand, shade))
    for k in (-1, 1):
        leaf = (
            f"M{k * (n + 16)},616C{k * (n + 24)},628 {k * (n + 34)},644 {k * (n + 46)},656"
            f"L{k * spread},{open_to + 34}C{k * spread * 0.7:.1f},{open_to + 10} "
            f"{k * 22},{open_to + 6} 0,{open_to - 6}"
            f"C{k * 26},{open_to - 22} {k * (n - 8)},648 {k * (n + 16)},616Z"
        )
        tone = sheet.linear(
            -n,
            610,
            n,
            open_to + 40,
            (0, lighter(color, 0.24), 1),
            (1, darker(color, 0.14 if k < 0 else 0.26), 1),
        )
        sheet.add(group(fill(leaf, darker(color, 0.75), 0.22), 'transform="translate(2 8)"'))
        sheet.add(fill(leaf, tone), stroke(leaf, darker(color, 0.45), 1.6, 0.5))


def lapels(
    sheet: Sheet, build: Build, color: str, close: float, width: float = 92.0, peak: bool = False
) -> None:
    """Draw a jacket's lapels down to where it closes."""
    n = build.neck + 20
    for k in (-1, 1):
        notch = 748.0 if not peak else 730.0
        tip = 18.0 if peak else 0.0
        leaf = (
            f"M{k * (n - 2)},630C{k * (n + 24)},640 {k * (n + 36)},664 {k * (n + 40)},690"
            f"L{k * (n + width * 0.62)},{notch - 18}L{k * (n + width * 0.40)},{notch + 4}"
            f"L{k * (n + width + tip)},{notch + 14 - tip}C{k * (n + width * 0.8)},{notch + 110} "
            f"{k * 60},{close - 80} {k * -2},{close}"
            f"C{k * 16},{close - 110} {k * (n - 30)},740 {k * (n - 2)},630Z"
        )
        tone = sheet.linear(
            k * n,
            640,
            k * (n + width),
            860,
            (0, darker(color, 0.10), 1),
            (0.5, lighter(color, 0.10 if k < 0 else 0.04), 1),
            (1, darker(color, 0.06), 1),
        )
        sheet.add(group(fill(leaf, darker(color, 0.85), 0.34), 'transform="translate(3 9)"'))
        sheet.add(fill(leaf, tone), stroke(leaf, darker(color, 0.55), 2.0, 0.65))
        sheet.add(
            stroke(
                f"M{k * (n + 39)},690L{k * (n + width * 0.40)},{notch + 4}",
                darker(color, 0.6),
                2,
                0.6,
            )
        )
