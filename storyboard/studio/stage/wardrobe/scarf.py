"""Folds a headscarf about the face. Knows no face but its width and its chin."""

from __future__ import annotations

from storyboard.studio.stage.figure.palette import darker, lighter
from storyboard.studio.stage.figure.person import Presenter
from storyboard.studio.stage.vector import Sheet, fill, group, stroke
from storyboard.studio.stage.wardrobe.hair_material import Hair


def hijab(presenter: Presenter) -> Hair:
    """A headscarf, folded about the face and over the chest; its color is the hair's."""
    w, cloth, sheet, behind = presenter.face.width, presenter.hair_color, Sheet("h"), Sheet("hb")
    shade, light = darker(cloth, 0.34), lighter(cloth, 0.34)
    end = presenter.face.chin_y
    outer = (
        f"M0,146C-90,146 {-w - 30},210 {-w - 34},340C{-w - 38},430 {-w - 40},500 {-w - 62},590"
        f"C{-w - 110},650 -190,690 -196,742C-130,800 90,826 186,752"
        f"C196,700 {w + 110},650 {w + 62},590C{w + 40},500 {w + 38},430 {w + 34},340"
        f"C{w + 30},210 90,146 0,146Z"
    )
    opening = (
        f"M0,232C{w * 0.72:.1f},232 {w - 4},290 {w - 5},372C{w - 6},440 {w - 26},500 "
        f"{w - 62},538C40,{end + 2} 20,{end + 9} 0,{end + 9}"
        f"C-20,{end + 9} -40,{end + 2} {-w + 62},538C{-w + 26},500 {-w + 6},440 {-w + 5},372"
        f"C{-w + 4},290 {-w * 0.72:.1f},232 0,232Z"
    )
    paint = sheet.linear(-w - 60, 170, w + 60, 760, (0, light, 1), (0.35, cloth, 1), (1, shade, 1))
    sheet.add(f'<path d="{outer}{opening}" fill="{paint}" fill-rule="evenodd"/>')
    rim = sheet.linear(-w, 240, w, 520, (0, light, 1), (1, shade, 1))
    sheet.add(stroke(opening, shade, 11, 0.45), stroke(opening, rim, 5))
    clip = sheet.clip(outer)
    ink, shine = darker(cloth, 0.5), lighter(cloth, 0.5)
    for start, bend, end_at, width in _folds(w):
        d = f"M{start[0]},{start[1]}{bend} {end_at[0]},{end_at[1]}"
        sheet.add(group(_fold(sheet, d, (*start, *end_at), width, ink, shine), clip))
    behind.add(fill(outer, shade))
    sheet.glow(-64, 196, 80, 34, light, 0.5, clip)
    return Hair(
        behind.text(), front=sheet.text(), shade="", reach=212, top=138, bottom=812, hides_ears=True
    )


_Point = tuple[float, float]


def _folds(w: float) -> tuple[tuple[_Point, str, _Point, float], ...]:
    """Return the folds: start, bend, end, width."""
    return (
        ((-w + 2, 440), f"C{-w + 14},560 -20,622", (190, 652), 7.0),
        ((-w - 12, 400), f"C{-w - 6},580 -40,668", (196, 706), 8.0),
        ((-w - 26, 440), f"C{-w - 34},620 -70,724", (150, 770), 8.0),
        ((w - 2, 440), f"C{w - 16},550 50,606", (-60, 644), 6.0),
        ((w + 18, 410), f"C{w + 22},540 {w - 6},610", (10, 668), 6.0),
        ((-116, 216), "C-30,150 70,176", (w, 330), 5.0),
        ((-80, 176), "C20,140 100,180", (w + 18, 330), 4.0),
    )


def _fold(
    sheet: Sheet,
    d: str,
    ends: tuple[float, float, float, float],
    width: float,
    ink: str,
    shine: str,
) -> str:
    """Return a fold of cloth: a soft furrow with light along its upper edge, thin at its ends."""
    furrow, edge = (
        sheet.linear(*ends, (0, color, 0), (0.3, color, depth), (0.7, color, depth), (1, color, 0))
        for color, depth in ((ink, 0.085), (shine, 0.075))
    )
    dark = "".join(stroke(d, furrow, width * share) for share in (3.0, 2.3, 1.6, 1.0, 0.5))
    light = "".join(stroke(d, edge, width * share) for share in (2.4, 1.6, 0.8))
    return dark + group(light, f'transform="translate({-width * 0.8:g} {-width * 1.5:g})"')
