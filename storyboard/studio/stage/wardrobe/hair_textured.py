"""Cuts short hair that stands: tousled, curly, twisted. Knows no face but its width."""

from __future__ import annotations

from math import sin

from storyboard.studio.stage.figure.person import Presenter
from storyboard.studio.stage.vector import Sheet, fill, group, stroke
from storyboard.studio.stage.wardrobe.hair_material import Hair, Tone, curls, ring
from storyboard.studio.stage.wardrobe.hair_short import short_cut


def tousled(presenter: Presenter) -> Hair:
    """Medium and loose, falling over the forehead."""
    w = presenter.face.width
    top = (
        f"C{-w + 14},186 {-w + 40},166 -60,152C-50,138 -20,140 -6,146C14,130 46,136 58,150"
        f"C88,150 {w - 6},182 {w},236"
    )
    front = (
        f"C{w - 20},292 {w - 26},280 {w - 34},266C{w - 50},290 66,292 52,298C60,282 56,272 46,262"
        f"C30,286 6,296 -22,300C-12,284 -14,270 -20,258C-40,276 -62,288 {-w + 38},290"
        f"C{-w + 34},296 {-w + 22},304 {-w + 17},318"
    )
    cut = short_cut(presenter, top, front, 142, 412, 15)
    left = (-10, 150, -60, 190, -66, 240, -84, 292)
    cut.comb((-40, 150, -96, 170, -w + 8, 240, -w - 2, 400), left, 8)
    middle = (50, 152, 40, 190, 60, 230, 46, 298)
    cut.comb((-10, 150, -40, 190, -20, 240, -30, 298), middle, 7)
    right = (60, 150, w, 180, w + 6, 260, w + 2, 400)
    cut.comb((40, 150, 90, 180, 96, 230, 84, 280), right, 6)
    cut.gloss((-92, 226, -60, 184, 40, 176, 92, 222), 22, 0.32)
    return Hair(cap=cut.sheet.text(), shade=cut.outline, top=134, reach=w + 24)


def short_curls(presenter: Presenter) -> Hair:
    """A head of loose curls, short at the sides."""
    w = presenter.face.width
    top = f"C{-w + 26},180 -60,168 0,166C60,168 {w - 26},180 {w - 10},234"
    cut = short_cut(presenter, top, _straight_front(w, 244, 42), 150, swell=7)
    curls(cut.sheet, cut.tone, ring(0, 238, w - 6, 76, 27, 0.49, 1.01, 13))
    curls(cut.sheet, cut.tone, ring(0, 236, w - 36, 48, 25, 0.46, 1.04, 11))
    curls(cut.sheet, cut.tone, ring(0, 246, w - 52, 12, 21, 0.5, 1.0, 8))
    return Hair(cap=cut.sheet.text(), shade=cut.outline, top=124)


def short_afro(presenter: Presenter) -> Hair:
    """A short rounded afro with a crisp line at the forehead."""
    w = presenter.face.width
    top = f"C{-w + 16},182 -84,146 0,144C84,146 {w - 16},182 {w - 10},236"
    cut = short_cut(presenter, top, _straight_front(w, 246, 30), 146, 396, 6)
    texture = Sheet("ht")
    for row, y in enumerate(range(160, 250, 13)):
        for column, x in enumerate(range(-int(w), int(w) + 1, 15)):
            color = cut.tone.light if (row * 18 + column) % 3 == 0 else cut.tone.deep
            dx, dy = 7 * sin(row * 12.9 + column * 7.1), 5 * sin(row * 5.3 + column * 3.7)
            texture.add(
                f'<circle cx="{x + dx:.1f}" cy="{y + dy:.1f}" r="3.9" fill="none" '
                f'stroke="{color}" stroke-width="2" stroke-opacity="0.3"/>'
            )
    cut.sheet.add(group(texture.text(), cut.clip))
    cut.sheet.glow(-40, 182, 66, 30, cut.tone.light, 0.32, cut.clip)
    return Hair(cap=cut.sheet.text(), shade=cut.outline, top=138)


def flat_top(presenter: Presenter) -> Hair:
    """Twists on top, faded sides."""
    w = presenter.face.width
    top = f"C{-w + 26},190 -60,176 0,174C60,176 {w - 26},190 {w - 12},234"
    cut = short_cut(presenter, top, _straight_front(w, 250, 36), 150, 394, 2)
    crown = f"M{-w + 16},250C{-w - 4},180 -70,152 0,150C70,152 {w + 4},180 {w - 16},250Z"
    cut.sheet.add(fill(crown, cut.tone.deep))
    for row, (y, half, count) in enumerate(
        ((176, w - 46, 8), (200, w - 24, 11), (226, w - 22, 11))
    ):
        for i in range(count):
            x = -half + 2 * half * i / (count - 1)
            tip_x = x * 1.12 + 5 * sin(i * 4.1 + row)
            tip_y = y - 24 + 9 * (x / half) ** 2 + 4 * sin(i * 2.7 + row)
            _twist(cut.sheet, x, float(y), tip_x, tip_y, cut.tone)
    return Hair(cap=cut.sheet.text(), shade=cut.outline, top=130)


def _straight_front(w: float, y: float, inset: float) -> str:
    """Return a forehead's path that is almost level at the height `y`."""
    return (
        f"C{w - 23},283 {w - inset + 9},262 {w - inset},250C55,{y} -55,{y} {-w + inset},250"
        f"C{-w + inset - 9},262 {-w + 23},283 {-w + 17},318"
    )


def _twist(sheet: Sheet, x: float, y: float, tip_x: float, tip_y: float, tone: Tone) -> None:
    """Draw one twist of hair from its root to its tip."""
    paint = sheet.linear(
        x - 6, tip_y - 8, x + 9, y, (0, tone.light, 1), (0.45, tone.base, 1), (1, tone.deep, 1)
    )
    d = f"M{x:.1f},{y:.1f}L{tip_x:.1f},{tip_y:.1f}"
    sheet.add(stroke(d, tone.deep, 25), stroke(d, paint, 20))
    for share in (0.15, 0.5, 0.85):
        px, py = x + (tip_x - x) * share, y + (tip_y - y) * share
        turn = f"M{px - 8:.1f},{py + 3:.1f}Q{px:.1f},{py + 5:.1f} {px + 8:.1f},{py - 4:.1f}"
        sheet.add(stroke(turn, tone.deep, 2.2, 0.6))
