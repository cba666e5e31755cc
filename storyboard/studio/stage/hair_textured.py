"""Cuts short hair that stands: tousled, curly, twisted. Knows no face but its width."""

from __future__ import annotations

from math import sin

from storyboard.studio.stage.hair_short import fade, sides_of, temples_of
from storyboard.studio.stage.person import Presenter
from storyboard.studio.stage.tresses import Hair, Tone, comb, curls, gloss, mass, ring
from storyboard.studio.stage.vector import Sheet, fill, group, stroke


def tousled(presenter: Presenter) -> Hair:
    """Medium and loose, falling over the forehead."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = sides_of(w, 412, 15)
    top = (
        f"C{-w + 14},186 {-w + 40},166 -60,152C-50,138 -20,140 -6,146C14,130 46,136 58,150"
        f"C88,150 {w - 6},182 {w},236"
    )
    front = (
        f"C{w - 20},292 {w - 26},280 {w - 34},266C{w - 50},290 66,292 52,298C60,282 56,272 46,262"
        f"C30,286 6,296 -22,300C-12,284 -14,270 -20,258C-40,276 -62,288 {-w + 38},290"
        f"C{-w + 34},296 {-w + 22},304 {-w + 17},318"
    )
    d = left + top + right + temples_of(w, 412, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 142, 400)
    comb(
        sheet,
        clip,
        (-40, 150, -96, 170, -w + 8, 240, -w - 2, 400),
        (-10, 150, -60, 190, -66, 240, -84, 292),
        tone,
        8,
    )
    comb(
        sheet,
        clip,
        (-10, 150, -40, 190, -20, 240, -30, 298),
        (50, 152, 40, 190, 60, 230, 46, 298),
        tone,
        7,
    )
    comb(
        sheet,
        clip,
        (40, 150, 90, 180, 96, 230, 84, 280),
        (60, 150, w, 180, w + 6, 260, w + 2, 400),
        tone,
        6,
    )
    gloss(sheet, clip, (-92, 226, -60, 184, 40, 176, 92, 222), 22, tone, 0.32)
    return Hair(cap=sheet.text(), shade=d, top=134, reach=w + 24)


def short_curls(presenter: Presenter) -> Hair:
    """A head of loose curls, short at the sides."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = sides_of(w, swell=7)
    top = f"C{-w + 26},180 -60,168 0,166C60,168 {w - 26},180 {w - 10},234"
    front = (
        f"C{w - 24},284 {w - 30},262 {w - 42},250C50,244 -50,244 {-w + 42},250C{-w + 30},262 "
        f"{-w + 24},284 {-w + 17},318"
    )
    d = left + top + right + temples_of(w, 398, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 150, 390)
    fade(sheet, clip, d, presenter)
    curls(sheet, tone, ring(0, 236, w - 2, 78, 27, 0.5, 1.0, 12))
    curls(sheet, tone, ring(0, 236, w - 36, 48, 25, 0.47, 1.03, 10))
    curls(sheet, tone, ring(0, 244, w - 58, 8, 22, 0.5, 1.0, 7))
    return Hair(cap=sheet.text(), shade=d, top=124)


def short_afro(presenter: Presenter) -> Hair:
    """A short rounded afro with a crisp line at the forehead."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = sides_of(w, 396, 6)
    top = f"C{-w + 16},182 -84,146 0,144C84,146 {w - 16},182 {w - 10},236"
    front = (
        f"C{w - 22},280 {w - 24},262 {w - 30},250C60,246 -60,246 {-w + 30},250"
        f"C{-w + 24},262 {-w + 22},280 {-w + 17},318"
    )
    d = left + top + right + temples_of(w, 396, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 146, 380)
    fade(sheet, clip, d, presenter)
    spots = [
        (x + 9 * sin(y), y, 7.0)
        for y in range(160, 250, 13)
        for x in range(-int(w), int(w) + 1, 15)
    ]
    texture = Sheet("ht")
    for i, (x, y, r) in enumerate(spots):
        colour = tone.light if i % 3 == 0 else tone.deep
        texture.add(
            f'<circle cx="{x:.1f}" cy="{y}" r="{r * 0.55:.1f}" fill="none" stroke="{colour}" '
            'stroke-width="2" stroke-opacity="0.3"/>'
        )
    sheet.add(group(texture.text(), clip))
    sheet.glow(-40, 182, 66, 30, tone.light, 0.32, clip)
    return Hair(cap=sheet.text(), shade=d, top=138)


def flat_top(presenter: Presenter) -> Hair:
    """Twists on top, faded sides."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = sides_of(w, 394, 2)
    top = f"C{-w + 26},190 -60,176 0,174C60,176 {w - 26},190 {w - 12},234"
    front = (
        f"C{w - 24},284 {w - 28},262 {w - 36},250C50,250 -50,250 {-w + 36},250C{-w + 28},262 "
        f"{-w + 24},284 {-w + 17},318"
    )
    d = left + top + right + temples_of(w, 394, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 150, 390)
    fade(sheet, clip, d, presenter)
    crown = f"M{-w + 16},250C{-w - 4},180 -70,152 0,150C70,152 {w + 4},180 {w - 16},250Z"
    sheet.add(fill(crown, tone.deep))
    for row, (y, half, count) in enumerate(
        ((176, w - 46, 8), (200, w - 24, 11), (226, w - 22, 11))
    ):
        for i in range(count):
            x = -half + 2 * half * i / (count - 1)
            tip_x = x * 1.12 + 5 * sin(i * 4.1 + row)
            tip_y = y - 24 + 9 * (x / half) ** 2 + 4 * sin(i * 2.7 + row)
            _twist(sheet, x, float(y), tip_x, tip_y, tone)
    return Hair(cap=sheet.text(), shade=d, top=130)


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
