"""Draws beards and glasses: what lies on a face. Knows no hair and no clothes."""

from __future__ import annotations

from storyboard.studio.stage.features import EYE_Y
from storyboard.studio.stage.mouths import MOUTH_Y
from storyboard.studio.stage.palette import darker, mix
from storyboard.studio.stage.person import Beard, Glasses, HairStyle, Presenter
from storyboard.studio.stage.skull import face_outline
from storyboard.studio.stage.tresses import Tone, comb
from storyboard.studio.stage.vector import Sheet, fill, flipped, group, stroke


def draw_beard(presenter: Presenter, drop: float) -> str:
    """Draw the beard, to lie under the mouth; it sinks with the jaw."""
    if presenter.beard is Beard.NONE:
        return ""
    sheet = Sheet("w")
    colour = presenter.hair_colour
    if presenter.hair is HairStyle.BALD:
        colour = darker(colour, 0.1)
    tone = Tone(colour)
    clip = sheet.clip(face_outline(presenter.face, drop))
    match presenter.beard:
        case Beard.STUBBLE:
            shade = mix(presenter.skin.deep, tone.base, 0.5)
            sheet.add(
                group(
                    fill(_jawline(presenter, drop, 446.0, 0.0), shade, 0.20)
                    + fill(_jawline(presenter, drop, 462.0, 0.0), shade, 0.16),
                    clip,
                )
            )
            sheet.add(fill(_moustache(presenter, 0.8), shade, 0.22))
        case Beard.MOUSTACHE:
            _hairy(sheet, _moustache(presenter, 1.15), tone, "")
        case Beard.GOATEE:
            _hairy(sheet, _goatee(presenter, drop), tone, "")
            _hairy(sheet, _moustache(presenter, 0.9), tone, "")
        case Beard.SHORT:
            _hairy(sheet, _jawline(presenter, drop, 452.0, 2.0), tone, "", 0.9)
            _hairy(sheet, _moustache(presenter, 1.0), tone, "", 0.92)
        case Beard.FULL:
            _hairy(sheet, _jawline(presenter, drop, 440.0, 15.0), tone, "")
            _hairy(sheet, _moustache(presenter, 1.2), tone, "")
        case Beard.NONE:
            pass
    return sheet.text()


def _hairy(sheet: Sheet, d: str, tone: Tone, attributes: str, opacity: float = 1.0) -> None:
    paint = sheet.linear(
        -60,
        440,
        60,
        590,
        (0, mix(tone.base, tone.light, 0.22), opacity),
        (0.5, tone.base, opacity),
        (1, tone.dark, opacity),
    )
    sheet.add(group(fill(d, paint), attributes))
    clip = sheet.clip(d)
    for guide in ((-112, 430, -100, 500, -60, 560, -10, 580),):
        mirror = flipped(guide)
        near = (-60, 480, -50, 520, -30, 540, -4, 566)
        comb(sheet, clip, guide, near, tone, 8, 0.8)
        comb(sheet, clip, mirror, flipped(near), tone, 8, 0.8)


def _jawline(presenter: Presenter, drop: float, cheek: float, length: float) -> str:
    """Return a beard along the jaw, with room for the mouth."""
    f = presenter.face
    w, jaw, end = f.width, f.jaw, f.chin_y + drop + length
    out = 2.0 + length * 0.35

    def side(s: int) -> list[tuple[float, float]]:
        return [
            (s * (w + 1), 396), (s * (w + out), 440), (s * (jaw + 16 + out), 476), (s * (jaw + out), 497 + drop * 0.4),
            (s * (jaw - 18 + out), 540 + drop * 0.6), (s * (f.chin + 6), end), (0, end),
        ]  # fmt: skip

    r, m = side(1), side(-1)
    lip = MOUTH_Y + 26 + drop * 2.1
    return (
        f"M{m[0][0]:.1f},{m[0][1]}C{m[1][0]:.1f},{m[1][1]} {m[2][0]:.1f},{m[2][1]} "
        f"{m[3][0]:.1f},{m[3][1]:.1f}"
        f"C{m[4][0]:.1f},{m[4][1]:.1f} {m[5][0]:.1f},{m[5][1]:.1f} 0,{end:.1f}"
        f"C{r[5][0]:.1f},{r[5][1]:.1f} {r[4][0]:.1f},{r[4][1]:.1f} {r[3][0]:.1f},{r[3][1]:.1f}"
        f"C{r[2][0]:.1f},{r[2][1]} {r[1][0]:.1f},{r[1][1]} {r[0][0]:.1f},{r[0][1]}"
        f"C{w - 8:.1f},{cheek - 10} {w - 22:.1f},{cheek + 28} 72,{cheek + 36}C60,{cheek + 40} "
        f"58,{MOUTH_Y + 2} 52,{MOUTH_Y + 10}"
        f"C40,{lip:.1f} 24,{lip + 4:.1f} 0,{lip + 4:.1f}C-24,{lip + 4:.1f} -40,{lip:.1f} "
        f"-52,{MOUTH_Y + 10}"
        f"C-58,{MOUTH_Y + 2} -60,{cheek + 40} -72,{cheek + 36}C{-w + 22:.1f},{cheek + 28} "
        f"{-w + 8:.1f},{cheek - 10} {m[0][0]:.1f},{m[0][1]}Z"
    )


def _moustache(presenter: Presenter, weight: float) -> str:
    top = presenter.nose.foot + 11
    low, half = MOUTH_Y - 8, presenter.lips.width + 13
    thick = 7 * weight
    return (
        f"M0,{top + 4}C14,{top - 2} 34,{top + 4} {half - 6},{low - thick * 0.6:.1f}"
        f"C{half + 3},{low + 6} {half + 3},{low + 16} {half - 1},{low + 24 * weight:.1f}"
        f"C{half - 12},{low + 12} {half - 18},{low + 4} 22,{low + 1}C12,{low - 1} 5,{low + 1} "
        f"0,{low + 3}"
        f"C-5,{low + 1} -12,{low - 1} -22,{low + 1}C{-half + 18},{low + 4} "
        f"{-half + 12},{low + 12} {-half + 1},{low + 24 * weight:.1f}"
        f"C{-half - 3},{low + 16} {-half - 3},{low + 6} {-half + 6},{low - thick * 0.6:.1f}"
        f"C-34,{top + 4} -14,{top - 2} 0,{top + 4}Z"
    )


def _goatee(presenter: Presenter, drop: float) -> str:
    end = presenter.face.chin_y + drop + 4
    top = MOUTH_Y + 24 + drop * 2.1
    return (
        f"M-54,{MOUTH_Y + 6}C-58,{end - 34:.1f} -44,{end:.1f} 0,{end:.1f}C44,{end:.1f} "
        f"58,{end - 34:.1f} 54,{MOUTH_Y + 6}"
        f"C48,{top - 8:.1f} 30,{top + 2:.1f} 0,{top + 2:.1f}C-30,{top + 2:.1f} "
        f"-48,{top - 8:.1f} -54,{MOUTH_Y + 6}Z"
    )


def draw_glasses(presenter: Presenter) -> str:
    """Draw frames, bridge, arms and the light on the lenses."""
    if presenter.glasses is Glasses.NONE:
        return ""
    sheet = Sheet("g")
    x, y, ink = presenter.gaze.spread, EYE_Y + 3, presenter.glasses_colour
    width = 5.6
    match presenter.glasses:
        case Glasses.ROUND:
            lens, half = _rounded(x, y, 43, 41, 41), 43
        case Glasses.SQUARE:
            lens, half = _rounded(x, y, 46, 33, 15), 46
        case Glasses.CAT:
            half = 48
            lens = (
                f"M{x - 42},{y - 24}C{x - 10},{y - 36} {x + 30},{y - 34} {x + 53},{y - 39}"
                f"C{x + 54},{y - 14} {x + 46},{y + 30} {x + 4},{y + 32}C{x - 32},{y + 33} "
                f"{x - 46},{y + 6} {x - 42},{y - 24}Z"
            )
            width = 6.6
        case _:
            lens, half, width = _rounded(x, y, 44, 30, 24), 44, 2.6
    sheen = sheet.linear(
        x - 40,
        y - 30,
        x + 30,
        y + 30,
        (0, "#ffffff", 0.26),
        (0.32, "#ffffff", 0.04),
        (0.36, "#ffffff", 0.12),
        (0.5, "#ffffff", 0.0),
        (1, "#ffffff", 0.05),
    )
    frame = stroke(lens, ink, width) + stroke(
        f"M{x + half - 1},{y - 10}L{presenter.face.width + 6},{y - 14}", ink, width
    )
    shadow = stroke(lens, presenter.skin.deep, width, 0.28)
    for flip in ("", 'transform="scale(-1 1)"'):
        sheet.add(
            group(group(shadow, 'transform="translate(2 5)"') + fill(lens, sheen) + frame, flip)
        )
    inner = x - half + (2 if presenter.glasses is not Glasses.CAT else 6)
    sheet.add(stroke(f"M{-inner},{y - 8}Q0,{y - 22} {inner},{y - 8}", ink, width))
    return sheet.text()


def _rounded(x: float, y: float, rx: float, ry: float, r: float) -> str:
    k = r * 0.45
    a, b, c, d = x - rx, x + rx, y - ry, y + ry
    return (
        f"M{a + r},{c}L{b - r},{c}C{b - k},{c} {b},{c + k} {b},{c + r}L{b},{d - r}"
        f"C{b},{d - k} {b - k},{d} {b - r},{d}"
        f"L{a + r},{d}C{a + k},{d} {a},{d - k} {a},{d - r}L{a},{c + r}C{a},{c + k} "
        f"{a + k},{c} {a + r},{c}Z"
    )
