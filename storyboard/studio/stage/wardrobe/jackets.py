"""Tailors what is worn open over a shirt: blazers, a waistcoat. Knows not who wears it."""

from __future__ import annotations

from storyboard.studio.stage.figure.palette import darker, lighter
from storyboard.studio.stage.figure.person import Clothes
from storyboard.studio.stage.vector import Sheet, fill, group, stroke
from storyboard.studio.stage.wardrobe.cloth import FLOOR, Build, button, drape, lapels, shirt_collar
from storyboard.studio.stage.wardrobe.trimmings import (
    blouse_front,
    necklace,
    placket,
    ribbing,
    shirt_front,
)


def _jacket(sheet: Sheet, build: Build, color: str, close: float) -> None:
    n = build.neck + 20
    neckline = f"C{n + 10},700 40,{close - 120} 0,{close}C-40,{close - 120} {-n - 10},700 {-n},634"
    clip = drape(sheet, build.torso(neckline, spread=8), color, build)
    dark = darker(color, 0.6)
    front = f"M0,{close}C-6,{close + 60} -8,1200 -10,{FLOOR}"
    sheet.add(
        group(
            stroke(front, dark, 4, 0.6)
            + group(stroke(front, lighter(color, 0.3), 2, 0.3), 'transform="translate(-4 0)"'),
            clip,
        )
    )
    pocket = f"M{-build.shoulder + 148},936l96,-12"
    sheet.add(stroke(pocket, dark, 4, 0.5))
    sheet.add(button(10, close + 46, darker(color, 0.45), 9))
    sheet.add(button(10, close + 176, darker(color, 0.45), 9))


def blazer_shirt_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in a blazer over an open shirt."""
    shirt_front(sheet, build, clothes.under, 726)
    placket(sheet, clothes.under, 748)
    _jacket(sheet, build, clothes.cloth, 958)
    shirt_collar(sheet, build, clothes.under, 738, 74)
    lapels(sheet, build, clothes.cloth, 958)


def blazer_tie_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in a suit with a tie and a pocket square."""
    shirt_front(sheet, build, clothes.under, 664)
    _tie(sheet, clothes.trim, 676)
    _jacket(sheet, build, clothes.cloth, 968)
    shirt_collar(sheet, build, clothes.under, 676, 70)
    _knot(sheet, clothes.trim, 676)
    lapels(sheet, build, clothes.cloth, 968)
    s = build.shoulder
    x = s - 196
    sheet.add(
        fill(
            f"M{x},900L{x + 16},876L{x + 36},892L{x + 58},872L{x + 72},890L{x + 70},900Z",
            lighter(clothes.trim, 0.6),
        )
    )
    sheet.add(stroke(f"M{x - 10},904l94,-7", darker(clothes.cloth, 0.6), 4, 0.6))


def _tie(sheet: Sheet, color: str, top: float) -> None:
    d = f"M-17,{top + 40}L17,{top + 40}L42,1130L0,1190L-42,1130Z"
    tone = sheet.linear(
        -36, 0, 40, 0, (0, lighter(color, 0.14), 1), (0.5, color, 1), (1, darker(color, 0.35), 1)
    )
    clip = sheet.clip(d)
    stripes = "".join(
        stroke(f"M-60,{y + 50}L60,{y}", lighter(color, 0.5), 5, 0.30) for y in range(700, 1200, 46)
    )
    sheet.add(fill(d, tone), group(stripes, clip))


def _knot(sheet: Sheet, color: str, top: float) -> None:
    d = f"M-27,{top - 4}Q0,{top - 12} 27,{top - 4}L17,{top + 44}Q0,{top + 50} -17,{top + 44}Z"
    tone = sheet.linear(
        -20, top, 24, top + 40, (0, lighter(color, 0.18), 1), (1, darker(color, 0.35), 1)
    )
    sheet.add(
        fill(d, tone),
        stroke(f"M-16,{top + 45}Q0,{top + 50} 16,{top + 45}", darker(color, 0.6), 3, 0.6),
    )


def blazer_top_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in a blazer over a round top, with a pendant."""
    blouse_front(sheet, build, clothes.under, 772)
    _jacket(sheet, build, clothes.cloth, 974)
    lapels(sheet, build, clothes.cloth, 974, 84, peak=True)
    necklace(sheet, build, clothes.trim, 724, pendant=True)


def blazer_tee_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in a blazer over a T-shirt."""
    blouse_front(sheet, build, clothes.under, 694)
    ribbing(sheet, build, clothes.under, 694, 9)
    _jacket(sheet, build, clothes.cloth, 978)
    lapels(sheet, build, clothes.cloth, 978, 86)


def waistcoat_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in a waistcoat and a tie."""
    shirt_front(sheet, build, clothes.under, 664, 4)
    s = build.shoulder
    _tie(sheet, clothes.trim, 676)
    n, color = build.neck + 20, clothes.cloth
    vest = (
        f"M{n + 14},644C{n - 6},740 44,820 0,900C-44,820 {-n + 6},740 {-n - 14},644"
        f"L{-s + 96},692C{-s + 126},800 {-s + 60},900 {-s + 84},{FLOOR}"
        f"L{s - 84},{FLOOR}C{s - 60},900 {s - 126},800 {s - 96},692Z"
    )
    sheet.add(group(fill(vest, darker(color, 0.9), 0.3), 'transform="translate(2 6)"'))
    clip = drape(sheet, vest, color, build, folds=False)
    sheet.add(group(stroke(f"M0,900C-6,960 -6,1040 -6,{FLOOR}", darker(color, 0.6), 4, 0.6), clip))
    sheet.add(stroke(vest.split("L")[0], darker(color, 0.5), 3, 0.6))
    sheet.add(button(8, 946, darker(color, 0.4), 7.5), button(9, 1024, darker(color, 0.4), 7.5))
    shirt_collar(sheet, build, clothes.under, 676, 70)
    _knot(sheet, clothes.trim, 676)
