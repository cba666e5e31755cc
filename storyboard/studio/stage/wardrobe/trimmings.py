"""Draws what outfits share: shirt fronts, ribbed edges, necklaces. Knows no outfit."""

from __future__ import annotations

from storyboard.studio.stage.figure.palette import darker, lighter
from storyboard.studio.stage.figure.person import Pattern
from storyboard.studio.stage.vector import Sheet, dot, group, stroke
from storyboard.studio.stage.wardrobe.cloth import FLOOR, Build, button, drape, round_neck, v_neck
from storyboard.studio.stage.wardrobe.weaves import weave


def blouse_front(sheet: Sheet, build: Build, color: str, depth: float) -> None:
    """Draw the round front of what is worn under a jacket."""
    d = build.torso(round_neck(build, depth), spread=-22)
    drape(sheet, d, color, build, folds=False)


def shirt_front(
    sheet: Sheet,
    build: Build,
    color: str,
    open_to: float,
    spread: float = -22.0,
    pattern: Pattern = Pattern.PLAIN,
) -> None:
    """Draw a shirt's body, open to a height; a narrow one lies under a jacket, without folds."""
    d = build.torso(v_neck(build, open_to), spread=spread)
    clip = drape(sheet, d, color, build, folds=spread > -10)
    woven(sheet, clip, build, color, pattern)


def woven(sheet: Sheet, clip: str, build: Build, color: str, pattern: Pattern) -> None:
    """Draw a pattern on a torso."""
    if pattern is not Pattern.PLAIN:
        half = round(build.shoulder)
        sheet.add(group(weave(pattern, color, (-half, 630, half, round(FLOOR))), clip))


def placket(sheet: Sheet, color: str, top: float, end: float = FLOOR) -> None:
    """Draw the band that a shirt buttons on, from `top` down to `end`."""
    dark = darker(color, 0.5)
    sheet.add(
        stroke(f"M-15,{top + 18}L-16,{end}", dark, 2, 0.35),
        stroke(f"M15,{top + 18}L15,{end}", dark, 2.4, 0.5),
    )
    y = top + 62
    while y < end:
        sheet.add(button(0, y, lighter(color, 0.35), 5.5))
        y += 88


def ribbing(sheet: Sheet, build: Build, color: str, depth: float, width: float) -> None:
    """Draw the knitted edge of a round neckline."""
    n = build.neck + 20
    edge = (
        f"M{-n},634C{-n + 8},{depth - 12} {-n * 0.5:.1f},{depth} 0,{depth}"
        f"C{n * 0.5:.1f},{depth} {n - 8},{depth - 12} {n},634"
    )
    shadow = f'transform="translate(0 7)" {_BUTT}'
    sheet.add(_rim(edge, darker(color, 0.8), width + 4, 0.22, shadow))
    sheet.add(_rim(edge, darker(color, 0.20), width * 2, 1.0, _BUTT))
    sheet.add(_rim(edge, lighter(color, 0.10), width * 1.2, 0.5, _BUTT))


def _rim(d: str, paint: str, width: float, opacity: float, extra: str) -> str:
    """Return a line that ends straight, as knitted edges do."""
    return (
        f'<path d="{d}" fill="none" stroke="{paint}" stroke-width="{width:g}" '
        f'stroke-opacity="{opacity:g}" {extra}/>'
    )


_BUTT = 'stroke-linecap="butt"'


def necklace(sheet: Sheet, build: Build, metal: str, depth: float, pendant: bool) -> None:
    """Draw a chain with a pendant, or a string of pearls."""
    n = build.neck + 12
    chain = (
        f"M{-n},640C{-n * 0.8:.1f},{depth - 24} -34,{depth} 0,{depth}C34,{depth} "
        f"{n * 0.8:.1f},{depth - 24} {n},640"
    )
    sheet.add(stroke(chain, darker(metal, 0.55), 4, 0.35), stroke(chain, metal, 2.6))
    if pendant:
        sheet.add(
            dot(0, depth + 9, 9, 10, darker(metal, 0.2)),
            dot(0, depth + 8, 7.5, 8.5, metal),
            dot(-2, depth + 5, 2.4, 2.6, "#ffffff", 0.8),
        )
    else:
        for i in range(-9, 10):
            t = i / 9
            y = depth - (depth - 652) * abs(t) ** 2.3
            sheet.add(
                dot(n * 0.93 * t, y, 5.2, 5.2, metal),
                dot(n * 0.93 * t - 1.5, y - 1.5, 1.7, 1.7, "#ffffff", 0.75),
            )
