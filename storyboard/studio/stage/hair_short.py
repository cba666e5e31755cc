"""Cuts short hair: crops, parts, quiffs, curls, and none at all. Knows no face but its width."""

from __future__ import annotations

from math import sin

from storyboard.studio.stage.palette import mix
from storyboard.studio.stage.person import Presenter
from storyboard.studio.stage.tresses import Hair, Tone, comb, curls, gloss, mass, ring
from storyboard.studio.stage.vector import Curve, Sheet, fill, flipped, group


def _sides(w: float, foot: float = 398.0, swell: float = 8.0) -> tuple[str, str]:
    """Return the outer left side upwards and the outer right side downwards, from the sideburns."""
    left = f"M{-w - 3},{foot}C{-w - swell - 4},340 {-w - swell - 2},280 {-w + 12},232"
    right = f"C{w + swell + 2},280 {w + swell + 4},340 {w + 3},{foot}"
    return left, right


def _temples(w: float, foot: float, forehead: str) -> str:
    """Return the inner edge: right sideburn, temple, the forehead's path, left temple, sideburn."""
    return (
        f"L{w - 9},{foot}C{w - 7},368 {w - 10},342 {w - 17},318{forehead}"
        f"C{-w + 10},342 {-w + 7},368 {-w + 9},{foot}Z"
    )


def _fade(sheet: Sheet, clip: str, d: str, w: float, tone: Tone) -> None:
    """Darken the sides, where the hair is cut close."""
    left = sheet.linear(-w - 6, 0, -w + 34, 0, (0, tone.deep, 0.75), (1, tone.deep, 0.0))
    right = sheet.linear(w - 34, 0, w + 6, 0, (0, tone.deep, 0.0), (1, tone.deep, 0.9))
    sheet.add(group(fill(d, left) + fill(d, right), clip))


def crop(presenter: Presenter) -> Hair:
    """Short all round, the top brushed forward a little."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = _sides(w)
    top = f"C{-w + 34},176 -40,160 6,160C60,160 {w - 26},178 {w - 6},234"
    front = (
        f"C{w - 24},288 {w - 34},270 {w - 46},258C60,262 40,250 22,258C6,262 -6,250 -24,257"
        f"C-44,262 -58,252 {-w + 46},262C{-w + 34},272 {-w + 24},290 {-w + 17},318"
    )
    d = left + top + right + _temples(w, 398, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 160, 390)
    _fade(sheet, clip, d, w, tone)
    first: Curve = (-w + 10, 250, -w + 30, 200, -70, 190, -58, 262)
    last: Curve = (w - 10, 240, w - 30, 190, 70, 184, 66, 262)
    comb(sheet, clip, first, last, tone, 17)
    gloss(sheet, clip, (-78, 208, -40, 182, 20, 180, 60, 196), 22, tone)
    return Hair(cap=sheet.text(), shade=d, top=156)


def side_part(presenter: Presenter) -> Hair:
    """Parted on one side and combed over."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = _sides(w)
    top = f"C{-w + 30},190 -92,172 -66,170C-40,148 0,144 30,148C86,154 {w - 14},180 {w - 2},236"
    front = (
        f"C{w - 22},284 {w - 34},268 {w - 44},262C56,268 -20,262 -64,216"
        f"C-76,240 {-w + 34},258 {-w + 26},276C{-w + 22},288 {-w + 20},300 {-w + 17},318"
    )
    d = left + top + right + _temples(w, 398, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 150, 390)
    _fade(sheet, clip, d, w, tone)
    comb(
        sheet,
        clip,
        (-66, 214, -30, 150, 70, 148, w - 4, 300),
        (-62, 222, -20, 256, 50, 266, w - 30, 272),
        tone,
        13,
    )
    comb(
        sheet,
        clip,
        (-68, 212, -96, 210, -w + 14, 250, -w + 2, 330),
        (-70, 176, -w + 10, 200, -w - 6, 260, -w - 4, 350),
        tone,
        6,
    )
    gloss(sheet, clip, (-44, 196, 0, 170, 50, 172, 92, 214), 24, tone, 0.36)
    sheet.add(
        f'<path d="M-66,172Q-72,196 -64,218" stroke="{tone.deep}" stroke-width="3.4" '
        'fill="none" stroke-opacity="0.7"/>'
    )
    return Hair(cap=sheet.text(), shade=d, top=142)


def quiff(presenter: Presenter) -> Hair:
    """Swept up from the forehead, short at the sides."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = _sides(w, swell=5)
    top = (
        f"C{-w + 22},196 {-w + 20},150 -56,132C-20,112 50,108 86,134C112,150 {w - 4},190 "
        f"{w - 6},236"
    )
    front = (
        f"C{w - 24},290 {w - 34},262 {w - 42},246C60,226 20,238 -14,240C-40,242 -66,250 "
        f"{-w + 44},256"
        f"C{-w + 34},264 {-w + 24},288 {-w + 17},318"
    )
    d = left + top + right + _temples(w, 398, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 116, 390)
    _fade(sheet, clip, d, w, tone)
    comb(
        sheet,
        clip,
        (-84, 254, -92, 190, -60, 130, 0, 116),
        (86, 240, 104, 210, 110, 160, 78, 130),
        tone,
        13,
    )
    gloss(sheet, clip, (-56, 206, -34, 160, 20, 140, 66, 146), 28, tone, 0.36)
    return Hair(cap=sheet.text(), shade=d, top=108)


def slick(presenter: Presenter) -> Hair:
    """Combed straight back."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = _sides(w, swell=6)
    top = f"C{-w + 30},180 -60,156 0,156C60,156 {w - 30},180 {w - 10},234"
    front = (
        f"C{w - 24},284 {w - 30},262 {w - 42},246C50,226 26,226 0,236C-26,226 -50,226 "
        f"{-w + 42},246"
        f"C{-w + 30},262 {-w + 24},284 {-w + 17},318"
    )
    d = left + top + right + _temples(w, 398, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 156, 390)
    _fade(sheet, clip, d, w, tone)
    first: Curve = (-w + 34, 262, -w + 40, 220, -70, 180, -40, 150)
    comb(sheet, clip, first, flipped(first), tone, 19, 0.9)
    gloss(sheet, clip, (-70, 212, -36, 192, 20, 188, 64, 202), 20, tone, 0.42)
    return Hair(cap=sheet.text(), shade=d, top=152)


def buzz(presenter: Presenter) -> Hair:
    """Clipped to a shadow on the skull."""
    w, sheet = presenter.face.width, Sheet("h")
    tone = Tone(mix(presenter.hair_colour, presenter.skin.deep, 0.28))
    left, right = _sides(w, 392, 1)
    top = f"C{-w + 32},196 -62,188 0,188C62,188 {w - 32},196 {w - 12},232"
    front = (
        f"C{w - 24},284 {w - 28},262 {w - 36},250C70,252 40,244 0,244C-40,244 -70,252 "
        f"{-w + 36},250"
        f"C{-w + 28},262 {-w + 24},284 {-w + 17},318"
    )
    d = left + top + right + _temples(w, 392, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 188, 390)
    _fade(sheet, clip, d, w, tone)
    sheet.glow(-30, 214, 70, 24, tone.light, 0.34, clip)
    return Hair(cap=sheet.text(), shade=d, top=184)


def bald(presenter: Presenter) -> Hair:
    """No hair on top; a shine instead."""
    sheet = Sheet("h")
    skin = presenter.skin
    sheet.glow(-34, 236, 54, 26, "#fff8ee", 0.42)
    sheet.glow(-44, 228, 20, 9, "#ffffff", 0.55)
    sheet.glow(0, 214, 100, 12, skin.shade, 0.25)
    return Hair(cap=sheet.text(), top=198)


def receding(presenter: Presenter) -> Hair:
    """High at the temples, brushed back, short and grey at the sides."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = _sides(w, 402, 10)
    top = f"C{-w + 30},190 -66,166 0,164C66,166 {w - 30},190 {w - 8},234"
    front = (
        f"C{w - 14},292 {w - 18},268 {w - 26},250C{w - 40},226 70,214 56,222C34,236 10,230 0,234"
        f"C-16,228 -36,236 -58,220C-74,212 {-w + 40},226 {-w + 26},250C{-w + 18},268 "
        f"{-w + 14},292 {-w + 17},318"
    )
    d = left + top + right + _temples(w, 402, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 164, 400)
    _fade(sheet, clip, d, w, tone)
    comb(
        sheet,
        clip,
        (-58, 224, -54, 196, -40, 176, -10, 164),
        (56, 226, 60, 196, 70, 186, 60, 170),
        tone,
        9,
    )
    comb(
        sheet,
        clip,
        (-w + 16, 320, -w + 12, 280, -w + 20, 240, -w + 50, 200),
        (-w - 4, 396, -w - 10, 320, -w - 4, 260, -w + 30, 206),
        tone,
        6,
    )
    comb(
        sheet,
        clip,
        (w - 16, 320, w - 12, 280, w - 20, 240, w - 50, 200),
        (w + 4, 396, w + 10, 320, w + 4, 260, w - 30, 206),
        tone,
        6,
    )
    gloss(sheet, clip, (-50, 200, -20, 184, 20, 184, 50, 196), 16, tone, 0.3)
    return Hair(cap=sheet.text(), shade=d, top=158)


def tousled(presenter: Presenter) -> Hair:
    """Medium and loose, falling over the forehead."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = _sides(w, 412, 15)
    top = (
        f"C{-w + 14},186 {-w + 40},166 -60,152C-50,138 -20,140 -6,146C14,130 46,136 58,150"
        f"C88,150 {w - 6},182 {w},236"
    )
    front = (
        f"C{w - 20},292 {w - 26},280 {w - 34},266C{w - 50},290 66,292 52,298C60,282 56,272 46,262"
        f"C30,286 6,296 -22,300C-12,284 -14,270 -20,258C-40,276 -62,288 {-w + 38},290"
        f"C{-w + 34},296 {-w + 22},304 {-w + 17},318"
    )
    d = left + top + right + _temples(w, 412, front)
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
    left, right = _sides(w, swell=7)
    top = f"C{-w + 26},180 -60,168 0,166C60,168 {w - 26},180 {w - 10},234"
    front = (
        f"C{w - 24},284 {w - 30},262 {w - 42},250C50,244 -50,244 {-w + 42},250C{-w + 30},262 "
        f"{-w + 24},284 {-w + 17},318"
    )
    d = left + top + right + _temples(w, 398, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 150, 390)
    _fade(sheet, clip, d, w, tone)
    curls(sheet, tone, ring(0, 236, w - 2, 78, 27, 0.5, 1.0, 12))
    curls(sheet, tone, ring(0, 236, w - 36, 48, 25, 0.47, 1.03, 10))
    curls(sheet, tone, ring(0, 244, w - 58, 8, 22, 0.5, 1.0, 7))
    return Hair(cap=sheet.text(), shade=d, top=124)


def short_afro(presenter: Presenter) -> Hair:
    """A short rounded afro with a crisp line at the forehead."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = _sides(w, 396, 6)
    d = (
        left + f"C{-w - 8},176 -70,146 0,144C70,146 {w + 8},176 {w - 8},238" + right
        + _temples(w, 396, (f"C{w - 22},280 {w - 24},262 {w - 30},250C60,246 -60,246 {-w + 30},250C{-w + 24},262 "
f"{-w + 22},280 {-w + 17},318"))
    )  # fmt: skip
    clip = sheet.clip(d)
    mass(sheet, d, tone, 146, 380)
    _fade(sheet, clip, d, w, tone)
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
    left, right = _sides(w, 394, 2)
    top = f"C{-w + 26},190 -60,176 0,174C60,176 {w - 26},190 {w - 12},234"
    front = (
        f"C{w - 24},284 {w - 28},262 {w - 36},250C50,250 -50,250 {-w + 36},250C{-w + 28},262 "
        f"{-w + 24},284 {-w + 17},318"
    )
    d = left + top + right + _temples(w, 394, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 150, 390)
    _fade(sheet, clip, d, w, tone)
    for row, (y, half, count) in enumerate(
        ((182, w - 28, 9), (206, w - 20, 10), (232, w - 26, 10))
    ):
        for i in range(count):
            x = -half + 2 * half * i / (count - 1)
            lean = x * 0.16
            length = 40 - 6 * abs(x) / half + 4 * sin(i * 2.7 + row)
            tip_x, tip_y = x + lean, y - length
            paint = sheet.linear(
                x, tip_y, x + 8, y, (0, tone.light, 1), (0.4, tone.base, 1), (1, tone.deep, 1)
            )
            sheet.add(
                f'<path d="M{x:.1f},{y}L{tip_x:.1f},{tip_y:.1f}" stroke="{tone.deep}" '
                'stroke-width="23" stroke-linecap="round"/>'
                f'<path d="M{x:.1f},{y}L{tip_x:.1f},{tip_y:.1f}" stroke="{paint}" stroke-width="19" '
                'stroke-linecap="round"/>'
            )
    return Hair(cap=sheet.text(), shade=d, top=124)
