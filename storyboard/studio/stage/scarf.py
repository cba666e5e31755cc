"""Folds a headscarf about the face. Knows no face but its width and its chin."""

from __future__ import annotations

from storyboard.studio.stage.palette import darker, lighter
from storyboard.studio.stage.person import Presenter
from storyboard.studio.stage.tresses import Hair, Tone
from storyboard.studio.stage.vector import Sheet, fill, group, stroke


def hijab(presenter: Presenter) -> Hair:
    """A headscarf, folded about the face and over the chest; its colour is the hair's."""
    w, cloth, sheet, behind = presenter.face.width, presenter.hair_colour, Sheet("h"), Sheet("hb")
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
    tone = Tone(cloth)
    folds = (
        (f"M{-w + 2},470C{-w + 20},560 -20,620 150,650", 7.0),
        (f"M{-w - 12},430C{-w - 6},580 -30,660 170,700", 8.0),
        (f"M{-w - 26},470C{-w - 30},620 -60,720 120,760", 8.0),
        (f"M{w - 2},470C{w - 20},560 40,606 -20,628", 6.0),
        (f"M{w + 18},440C{w + 20},540 {w - 10},600 60,636", 6.0),
        (f"M-104,200C-30,160 60,176 {w - 4},300", 5.0),
        (f"M-60,166C20,150 90,180 {w + 14},300", 4.0),
    )
    lines = "".join(
        stroke(d, tone.deep, width, 0.20)
        + group(stroke(d, light, width * 0.6, 0.38), 'transform="translate(-3 -7)"')
        for d, width in folds
    )
    sheet.add(group(lines, clip))
    behind.add(fill(outer, shade))
    sheet.glow(-64, 196, 80, 34, light, 0.5, clip)
    return Hair(
        behind.text(), front=sheet.text(), shade="", reach=212, top=138, bottom=812, hides_ears=True
    )
