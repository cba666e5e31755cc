"""Cuts short hair: crops, parts, quiffs, and none at all. Knows no face but its width."""

from __future__ import annotations

from storyboard.studio.stage.figure.head import face_outline
from storyboard.studio.stage.figure.palette import mix
from storyboard.studio.stage.figure.person import Beard, Presenter
from storyboard.studio.stage.vector import Curve, Sheet, flipped
from storyboard.studio.stage.wardrobe.hair_material import Cut, Hair, Tone


def short_cut(
    presenter: Presenter,
    top: str,
    front: str,
    crown: float,
    foot: float = 398.0,
    swell: float = 8.0,
    tone: Tone | None = None,
) -> Cut:
    """Cut hair that is close at the sides and ends in sideburns at the height `foot`.

    `top` runs over the head from (12 - w, 232) to the right, `front` back over the forehead from
    (w - 17, 318) to (17 - w, 318), w being half the face's width; `crown` is where light falls.
    """
    w = presenter.face.width
    if not _meets_beard(presenter):
        foot -= 14
    outline = (
        f"M{-w - 3},{foot - 6}C{-w - swell - 4},340 {-w - swell - 2},280 {-w + 12},232{top}"
        f"C{w + swell + 2},280 {w + swell + 4},340 {w + 3},{foot - 6}"
        f"C{w + 2},{foot + 7} {w - 6},{foot + 9} {w - 9},{foot - 8}"
        f"C{w - 8},368 {w - 10},342 {w - 17},318{front}"
        f"C{-w + 10},342 {-w + 8},368 {-w + 9},{foot - 8}"
        f"C{-w + 6},{foot + 9} {-w - 2},{foot + 7} {-w - 3},{foot - 6}Z"
    )
    cut = Cut.of(Sheet("h"), outline, tone or Tone(presenter.hair_color), crown, 390)
    _fade(cut, presenter)
    return cut


def _fade(cut: Cut, presenter: Presenter) -> None:
    """Darken the sides, where the hair is cut close, and thin the sideburns out."""
    w, deep = presenter.face.width, cut.tone.deep
    cut.shade(cut.sheet.linear(-w - 6, 0, -w + 34, 0, (0, deep, 0.7), (1, deep, 0.0)))
    cut.shade(cut.sheet.linear(w - 34, 0, w + 6, 0, (0, deep, 0.0), (1, deep, 0.85)))
    if not _meets_beard(presenter):
        skin = presenter.skin.shade
        cut.shade(
            cut.sheet.linear(0, 324, 0, 392, (0, skin, 0.0), (0.6, skin, 0.4), (1, skin, 0.9))
        )


def _meets_beard(presenter: Presenter) -> bool:
    return presenter.beard in (Beard.SHORT, Beard.FULL)


def crop(presenter: Presenter) -> Hair:
    """Short all round, the top brushed forward a little."""
    w = presenter.face.width
    top = f"C{-w + 34},176 -40,160 6,160C60,160 {w - 26},178 {w - 6},234"
    front = (
        f"C{w - 24},288 {w - 34},270 {w - 46},258C60,262 40,250 22,258C6,262 -6,250 -24,257"
        f"C-44,262 -58,252 {-w + 46},262C{-w + 34},272 {-w + 24},290 {-w + 17},318"
    )
    cut = short_cut(presenter, top, front, 160)
    first: Curve = (-34, 160, -78, 176, -w + 8, 226, -w + 22, 310)
    cut.comb(first, flipped(first), 23)
    cut.gloss((-78, 208, -40, 182, 20, 180, 60, 196), 22)
    return Hair(cap=cut.sheet.text(), shade=cut.outline, top=156)


def side_part(presenter: Presenter) -> Hair:
    """Parted on one side and combed over."""
    w = presenter.face.width
    top = f"C{-w + 30},190 -92,172 -66,170C-40,148 0,144 30,148C86,154 {w - 14},180 {w - 2},236"
    front = (
        f"C{w - 22},284 {w - 34},268 {w - 44},262C56,268 -20,262 -64,216"
        f"C-76,240 {-w + 34},258 {-w + 26},276C{-w + 22},288 {-w + 20},300 {-w + 17},318"
    )
    cut = short_cut(presenter, top, front, 150)
    over: Curve = (-66, 214, -30, 150, 70, 148, w - 4, 300)
    cut.comb(over, (-62, 222, -20, 256, 50, 266, w - 30, 272), 13)
    side: Curve = (-68, 212, -96, 210, -w + 14, 250, -w + 2, 330)
    cut.comb(side, (-70, 176, -w + 10, 200, -w - 6, 260, -w - 4, 350), 6)
    cut.gloss((-44, 196, 0, 170, 50, 172, 92, 214), 24, 0.36)
    cut.sheet.add(
        f'<path d="M-66,172Q-72,196 -64,218" stroke="{cut.tone.deep}" stroke-width="3.4" '
        'fill="none" stroke-opacity="0.7"/>'
    )
    return Hair(cap=cut.sheet.text(), shade=cut.outline, top=142)


def quiff(presenter: Presenter) -> Hair:
    """Swept up from the forehead, short at the sides."""
    w = presenter.face.width
    top = (
        f"C{-w + 22},196 {-w + 20},150 -56,132C-20,112 50,108 86,134C112,150 {w - 4},190 "
        f"{w - 6},236"
    )
    front = (
        f"C{w - 24},290 {w - 34},262 {w - 42},246C60,226 20,238 -14,240C-40,242 -66,250 "
        f"{-w + 44},256C{-w + 34},264 {-w + 24},288 {-w + 17},318"
    )
    cut = short_cut(presenter, top, front, 116, swell=5)
    left: Curve = (-84, 254, -92, 190, -60, 130, 0, 116)
    cut.comb(left, (86, 240, 104, 210, 110, 160, 78, 130), 13)
    cut.gloss((-56, 206, -34, 160, 20, 140, 66, 146), 28, 0.36)
    return Hair(cap=cut.sheet.text(), shade=cut.outline, top=108)


def slick(presenter: Presenter) -> Hair:
    """Combed straight back."""
    w = presenter.face.width
    top = f"C{-w + 30},180 -60,156 0,156C60,156 {w - 30},180 {w - 10},234"
    front = (
        f"C{w - 24},284 {w - 30},262 {w - 42},246C50,226 26,226 0,236C-26,226 -50,226 "
        f"{-w + 42},246C{-w + 30},262 {-w + 24},284 {-w + 17},318"
    )
    cut = short_cut(presenter, top, front, 156, swell=6)
    first: Curve = (-w + 34, 262, -w + 40, 220, -70, 180, -40, 150)
    cut.comb(first, flipped(first), 19, 0.9)
    cut.gloss((-70, 212, -36, 192, 20, 188, 64, 202), 20, 0.42)
    return Hair(cap=cut.sheet.text(), shade=cut.outline, top=152)


def buzz(presenter: Presenter) -> Hair:
    """Clipped to a shadow on the skull."""
    w = presenter.face.width
    tone = Tone(mix(presenter.hair_color, presenter.skin.deep, 0.28))
    top = f"C{-w + 22},200 -76,180 0,180C76,180 {w - 22},200 {w - 12},232"
    front = (
        f"C{w - 24},284 {w - 28},262 {w - 36},250C70,252 40,244 0,244C-40,244 -70,252 "
        f"{-w + 36},250C{-w + 28},262 {-w + 24},284 {-w + 17},318"
    )
    cut = short_cut(presenter, top, front, 180, 392, 3, tone)
    cut.sheet.glow(-30, 214, 70, 24, tone.light, 0.34, cut.clip)
    return Hair(cap=cut.sheet.text(), shade=cut.outline, top=176)


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
    """High at the temples, brushed back, short and gray at the sides."""
    w = presenter.face.width
    top = f"C{-w + 30},190 -66,166 0,164C66,166 {w - 30},190 {w - 8},234"
    front = (
        f"C{w - 14},292 {w - 18},268 {w - 26},250C{w - 40},226 70,214 56,222C34,236 10,230 0,234"
        f"C-16,228 -36,236 -58,220C-74,212 {-w + 40},226 {-w + 26},250C{-w + 18},268 "
        f"{-w + 14},292 {-w + 17},318"
    )
    cut = short_cut(presenter, top, front, 164, 402, 10)
    cut.comb((-58, 224, -54, 196, -40, 176, -10, 164), (56, 226, 60, 196, 70, 186, 60, 170), 9)
    inner: Curve = (-w + 16, 320, -w + 12, 280, -w + 20, 240, -w + 50, 200)
    cut.comb_both(inner, (-w - 4, 396, -w - 10, 320, -w - 4, 260, -w + 30, 206), 6)
    cut.gloss((-50, 200, -20, 184, 20, 184, 50, 196), 16)
    return Hair(cap=cut.sheet.text(), shade=cut.outline, top=158)
