"""Cuts short hair: crops, parts, quiffs, curls, and none at all. Knows no face but its width."""

from __future__ import annotations

from storyboard.studio.stage.palette import mix
from storyboard.studio.stage.person import Beard, Presenter
from storyboard.studio.stage.skull import face_outline
from storyboard.studio.stage.tresses import Hair, Tone, comb, gloss, mass
from storyboard.studio.stage.vector import Curve, Sheet, fill, flipped, group


def sides_of(w: float, foot: float = 398.0, swell: float = 8.0) -> tuple[str, str]:
    """Return the outer left side upwards and the outer right side downwards, from the sideburns."""
    left = f"M{-w - 3},{foot}C{-w - swell - 4},340 {-w - swell - 2},280 {-w + 12},232"
    right = f"C{w + swell + 2},280 {w + swell + 4},340 {w + 3},{foot}"
    return left, right


def temples_of(w: float, foot: float, forehead: str) -> str:
    """Return the inner edge: right sideburn, temple, the forehead's path, left temple, sideburn."""
    return (
        f"L{w - 9},{foot}C{w - 7},368 {w - 10},342 {w - 17},318{forehead}"
        f"C{-w + 10},342 {-w + 7},368 {-w + 9},{foot}Z"
    )


def fade(sheet: Sheet, clip: str, d: str, presenter: Presenter) -> None:
    """Darken the sides, where the hair is cut close, and thin the sideburns out."""
    w, tone = presenter.face.width, Tone(presenter.hair_colour)
    left = sheet.linear(-w - 6, 0, -w + 34, 0, (0, tone.deep, 0.7), (1, tone.deep, 0.0))
    right = sheet.linear(w - 34, 0, w + 6, 0, (0, tone.deep, 0.0), (1, tone.deep, 0.85))
    layers = fill(d, left) + fill(d, right)
    if presenter.beard not in (Beard.SHORT, Beard.FULL):
        skin = presenter.skin.shade
        foot = sheet.linear(0, 330, 0, 400, (0, skin, 0.0), (0.6, skin, 0.45), (1, skin, 0.95))
        layers += fill(d, foot)
    sheet.add(group(layers, clip))


def crop(presenter: Presenter) -> Hair:
    """Short all round, the top brushed forward a little."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = sides_of(w)
    top = f"C{-w + 34},176 -40,160 6,160C60,160 {w - 26},178 {w - 6},234"
    front = (
        f"C{w - 24},288 {w - 34},270 {w - 46},258C60,262 40,250 22,258C6,262 -6,250 -24,257"
        f"C-44,262 -58,252 {-w + 46},262C{-w + 34},272 {-w + 24},290 {-w + 17},318"
    )
    d = left + top + right + temples_of(w, 398, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 160, 390)
    fade(sheet, clip, d, presenter)
    first: Curve = (-w + 10, 250, -w + 30, 200, -70, 190, -58, 262)
    last: Curve = (w - 10, 240, w - 30, 190, 70, 184, 66, 262)
    comb(sheet, clip, first, last, tone, 17)
    gloss(sheet, clip, (-78, 208, -40, 182, 20, 180, 60, 196), 22, tone)
    return Hair(cap=sheet.text(), shade=d, top=156)


def side_part(presenter: Presenter) -> Hair:
    """Parted on one side and combed over."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = sides_of(w)
    top = f"C{-w + 30},190 -92,172 -66,170C-40,148 0,144 30,148C86,154 {w - 14},180 {w - 2},236"
    front = (
        f"C{w - 22},284 {w - 34},268 {w - 44},262C56,268 -20,262 -64,216"
        f"C-76,240 {-w + 34},258 {-w + 26},276C{-w + 22},288 {-w + 20},300 {-w + 17},318"
    )
    d = left + top + right + temples_of(w, 398, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 150, 390)
    fade(sheet, clip, d, presenter)
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
    left, right = sides_of(w, swell=5)
    top = (
        f"C{-w + 22},196 {-w + 20},150 -56,132C-20,112 50,108 86,134C112,150 {w - 4},190 "
        f"{w - 6},236"
    )
    front = (
        f"C{w - 24},290 {w - 34},262 {w - 42},246C60,226 20,238 -14,240C-40,242 -66,250 "
        f"{-w + 44},256"
        f"C{-w + 34},264 {-w + 24},288 {-w + 17},318"
    )
    d = left + top + right + temples_of(w, 398, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 116, 390)
    fade(sheet, clip, d, presenter)
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
    left, right = sides_of(w, swell=6)
    top = f"C{-w + 30},180 -60,156 0,156C60,156 {w - 30},180 {w - 10},234"
    front = (
        f"C{w - 24},284 {w - 30},262 {w - 42},246C50,226 26,226 0,236C-26,226 -50,226 "
        f"{-w + 42},246"
        f"C{-w + 30},262 {-w + 24},284 {-w + 17},318"
    )
    d = left + top + right + temples_of(w, 398, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 156, 390)
    fade(sheet, clip, d, presenter)
    first: Curve = (-w + 34, 262, -w + 40, 220, -70, 180, -40, 150)
    comb(sheet, clip, first, flipped(first), tone, 19, 0.9)
    gloss(sheet, clip, (-70, 212, -36, 192, 20, 188, 64, 202), 20, tone, 0.42)
    return Hair(cap=sheet.text(), shade=d, top=152)


def buzz(presenter: Presenter) -> Hair:
    """Clipped to a shadow on the skull."""
    w, sheet = presenter.face.width, Sheet("h")
    tone = Tone(mix(presenter.hair_colour, presenter.skin.deep, 0.28))
    left, right = sides_of(w, 392, 1)
    top = f"C{-w + 32},196 -62,188 0,188C62,188 {w - 32},196 {w - 12},232"
    front = (
        f"C{w - 24},284 {w - 28},262 {w - 36},250C70,252 40,244 0,244C-40,244 -70,252 "
        f"{-w + 36},250"
        f"C{-w + 28},262 {-w + 24},284 {-w + 17},318"
    )
    d = left + top + right + temples_of(w, 392, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 188, 390)
    fade(sheet, clip, d, presenter)
    sheet.glow(-30, 214, 70, 24, tone.light, 0.34, clip)
    return Hair(cap=sheet.text(), shade=d, top=184)


def bald(presenter: Presenter) -> Hair:
    """No hair on top; a shine instead."""
    sheet = Sheet("h")
    skin = presenter.skin
    sheet.glow(-34, 244, 52, 24, "#fff8ee", 0.42)
    sheet.glow(-44, 236, 20, 9, "#ffffff", 0.5)
    clip = sheet.clip(face_outline(presenter.face))
    sheet.glow(0, 206, 110, 22, skin.shade, 0.5, clip)
    return Hair(cap=sheet.text(), top=198)


def receding(presenter: Presenter) -> Hair:
    """High at the temples, brushed back, short and grey at the sides."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = sides_of(w, 402, 10)
    top = f"C{-w + 30},190 -66,166 0,164C66,166 {w - 30},190 {w - 8},234"
    front = (
        f"C{w - 14},292 {w - 18},268 {w - 26},250C{w - 40},226 70,214 56,222C34,236 10,230 0,234"
        f"C-16,228 -36,236 -58,220C-74,212 {-w + 40},226 {-w + 26},250C{-w + 18},268 "
        f"{-w + 14},292 {-w + 17},318"
    )
    d = left + top + right + temples_of(w, 402, front)
    clip = sheet.clip(d)
    mass(sheet, d, tone, 164, 400)
    fade(sheet, clip, d, presenter)
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
