"""Draws what stands in rooms: walls, windows, lamps, plants. Knows no room."""

from __future__ import annotations

from math import sin
from random import Random

from storyboard.studio.stage.figure.palette import darker, lighter, mix
from storyboard.studio.stage.vector import Sheet, dot, fill, stroke


def slab(
    x: float, y: float, w: float, h: float, paint: str, opacity: float = 1.0, r: float = 0
) -> str:
    """Return a rectangle, `r` round at its corners."""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{r:g}" fill="{paint}" '
        f'fill-opacity="{opacity:g}"/>'
    )


def backcloth(sheet: Sheet, paint: str) -> None:
    """Cover the picture from edge to edge, and a little beyond."""
    sheet.add(slab(-60, -60, 2040, 1200, paint))


def walls(sheet: Sheet, top: str, bottom: str, lit: str, x: float = 620) -> None:
    """Draw a wall from corner to corner, lit at `x`."""
    backcloth(sheet, sheet.linear(0, 0, 300, 1080, (0, top, 1), (1, bottom, 1)))
    sheet.glow(x, 320, 1100, 760, lit, 0.55)


def floorboards(sheet: Sheet, y: float, color: str) -> None:
    """Draw the floor from `y` down."""
    sheet.add(
        slab(
            -60,
            y,
            2040,
            1140 - y,
            sheet.linear(0, y, 0, 1080, (0, darker(color, 0.1), 1), (1, lighter(color, 0.06), 1)),
        )
    )


def potted_plant(sheet: Sheet, x: float, y: float, size: float, leaf: str, pot: str) -> None:
    """Draw a plant whose pot stands at x, y."""
    random = Random(f"{x}")
    for i in range(22):
        a = (i - 10.5) * 0.15
        length = size * (0.72 + 0.4 * random.random())
        tx, ty = x + length * sin(a * 1.1), y - length * (1.0 - 0.25 * abs(a))
        w = size * 0.10
        tone = mix(leaf, "#0f2b1a" if i % 2 else "#b9d98a", 0.12 + 0.3 * random.random())
        sheet.add(
            fill(
                (
                    f"M{x:.0f},{y:.0f}Q{(x + tx) / 2 - w:.0f},{(y + ty) / 2 - w:.0f} "
                    f"{tx:.0f},{ty:.0f}"
                    f"Q{(x + tx) / 2 + w * 1.4:.0f},{(y + ty) / 2 + w:.0f} {x:.0f},{y:.0f}Z"
                ),
                tone,
            )
        )
    half = size * 0.26
    tone = sheet.linear(
        x - half, 0, x + half, 0, (0, lighter(pot, 0.2), 1), (1, darker(pot, 0.35), 1)
    )
    sheet.add(
        fill(
            (
                f"M{x - half:.0f},{y - 12:.0f}L{x + half:.0f},{y - 12:.0f}"
                f"L{x + half * 0.74:.0f},{y + size * 0.5:.0f}"
                f"L{x - half * 0.74:.0f},{y + size * 0.5:.0f}Z"
            ),
            tone,
        )
    )


def window_view(
    sheet: Sheet,
    x: float,
    y: float,
    w: float,
    h: float,
    sky: str,
    ground: str,
    frame: str,
    panes: int,
) -> None:
    """Draw a window with the sky behind it."""
    sheet.add(slab(x - 14, y - 14, w + 28, h + 28, frame))
    sheet.add(
        slab(
            x,
            y,
            w,
            h,
            sheet.linear(0, y, 0, y + h, (0, sky, 1), (0.7, lighter(sky, 0.5), 1), (1, ground, 1)),
        )
    )
    for i in range(1, panes):
        sheet.add(slab(x + w * i / panes - 6, y, 12, h, frame))


def hanging_lamp(sheet: Sheet, x: float, drop: float, shade: str) -> None:
    """Draw a lamp that hangs down to `drop`, and its light."""
    sheet.add(stroke(f"M{x},-20L{x},{drop - 60}", darker(shade, 0.4), 5))
    sheet.add(
        fill(
            (
                f"M{x - 26},{drop - 62}L{x + 26},{drop - 62}C{x + 50},{drop - 40} "
                f"{x + 74},{drop - 10} {x + 80},{drop}L{x - 80},{drop}C{x - 74},{drop - 10} "
                f"{x - 50},{drop - 40} {x - 26},{drop - 62}Z"
            ),
            shade,
        )
    )
    sheet.add(dot(x, drop + 2, 66, 12, "#fff3cf"))
    sheet.glow(x, drop + 40, 240, 190, "#ffe9b8", 0.5)


def desk_with_screen(sheet: Sheet, x: float, y: float, w: float, wood: str) -> None:
    """Draw a desk with a screen on it."""
    sheet.add(
        slab(x, y, w, 22, sheet.linear(0, y, 0, y + 22, (0, lighter(wood, 0.2), 1), (1, wood, 1)))
    )
    sheet.add(
        slab(x + 24, y + 22, 16, 260, darker(wood, 0.4)),
        slab(x + w - 40, y + 22, 16, 260, darker(wood, 0.4)),
    )
    sheet.add(
        slab(x + w * 0.3, y - 150, 230, 134, "#2b323c", r=8),
        slab(
            x + w * 0.3 + 8,
            y - 142,
            214,
            118,
            sheet.linear(0, y - 142, 0, y, (0, "#8fb7d8", 1), (1, "#4c7396", 1)),
        ),
    )
    sheet.add(slab(x + w * 0.3 + 104, y - 18, 22, 18, "#2b323c"))
