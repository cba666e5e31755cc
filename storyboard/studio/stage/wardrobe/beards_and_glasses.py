"""Draws beards and glasses: what lies on a face. Knows no hair and no clothes."""

from __future__ import annotations

from storyboard.studio.stage.figure.features import EYE_LINE
from storyboard.studio.stage.figure.head import face_outline
from storyboard.studio.stage.figure.mouths import MOUTH_Y
from storyboard.studio.stage.figure.palette import mix
from storyboard.studio.stage.figure.person import Beard, Glasses, HairStyle, Presenter
from storyboard.studio.stage.vector import Curve, Sheet, fill, flipped, group, stroke
from storyboard.studio.stage.wardrobe.hair_material import Tone, comb

_EAR = 388.0
"""Where a beard begins, under the sideburns."""


def draw_beard(presenter: Presenter, drop: float) -> str:
    """Draw the beard, to lie under the mouth; it sinks with the jaw."""
    sheet = Sheet("w")
    tone = Tone(presenter.hair_color)
    match presenter.beard:
        case Beard.NONE:
            return ""
        case Beard.STUBBLE:
            shade = mix(presenter.skin.deep, tone.base, 0.55)
            clip = sheet.clip(face_outline(presenter.face, drop))
            layers = (fill(_jaw(presenter, drop, up, 0), shade, 0.044) for up in range(-14, 26, 4))
            sheet.add(group("".join(layers), clip))
        case Beard.MOUSTACHE:
            d = _moustache(presenter)
            sheet.add(fill(d, tone.base), stroke(d, tone.dark, 1.5, 0.4))
        case Beard.GOATEE:
            _hairy(sheet, _goatee(presenter, drop), tone)
        case Beard.SHORT:
            _hairy(sheet, _jaw(presenter, drop, 6.0, 3.0), tone, 0.9)
        case Beard.FULL:
            _hairy(sheet, _jaw(presenter, drop, 0.0, 17.0), tone)
    return sheet.text()


def _hairy(sheet: Sheet, d: str, tone: Tone, opacity: float = 1.0) -> None:
    paint = sheet.linear(
        -70,
        430,
        50,
        590,
        (0, mix(tone.base, tone.light, 0.30), opacity * 0.75),
        (0.25, mix(tone.base, tone.light, 0.14), opacity),
        (0.6, tone.base, opacity),
        (1, tone.dark, opacity),
    )
    sheet.add(fill(d, paint))
    clip = sheet.clip(d)
    outer: Curve = (-124, 410, -104, 500, -66, 560, -14, 586)
    inner: Curve = (-22, 474, -56, 490, -40, 540, -4, 570)
    comb(sheet, clip, outer, inner, tone, 11, 0.75)
    comb(sheet, clip, flipped(outer), flipped(inner), tone, 11, 0.75)


def _jaw(presenter: Presenter, drop: float, trim: float, length: float) -> str:
    """Return a beard from ear to ear under the nose, `trim` off its cheeks, `length` below."""
    f, foot = presenter.face, presenter.nose.foot
    end, out, cheek = f.chin_y + drop + length, 1.0 + length * 0.35, 446.0 + trim
    foot += max(0.0, trim - 6.0) * 0.4
    side = -1.0 if presenter.hair is HairStyle.BALD else 9.0

    def half(s: int) -> tuple[str, str]:
        down = (
            f"C{s * (f.width + out):.1f},440 {s * (f.jaw + 16 + out):.1f},476 "
            f"{s * (f.jaw + out):.1f},{497 + drop * 0.4:.1f}C{s * (f.jaw - 18 + out):.1f},"
            f"{540 + drop * 0.6:.1f} {s * (f.chin + 6):.1f},{end:.1f} 0,{end:.1f}"
        )
        up = (
            f"C{s * (f.width - 6):.1f},{cheek - 8:.1f} {s * (f.width - 14):.1f},{cheek + 22:.1f} "
            f"{s * 74},{cheek + 30:.1f}C{s * 58},{cheek + 34:.1f} {s * 46},{foot + 16} "
            f"{s * 24},{foot + 11}C{s * 14},{foot + 9} {s * 6},{foot + 11} 0,{foot + 15}"
        )
        return down, up

    right_down, right_up = half(1)
    left_down, left_up = half(-1)
    chin_to_ear = _reversed(left_down, -f.width - 1)
    nose_to_ear = _reversed(right_up, f.width - side)
    return (
        f"M{f.width + 1:.1f},{_EAR}{right_down}{chin_to_ear}L{side - f.width:.1f},{_EAR}"
        f"{left_up}{nose_to_ear}Z"
    )


def _reversed(curves: str, start: float) -> str:
    """Return a path's curves run backwards to where they began, at the height of the ears."""
    numbers = [pair for curve in curves.split("C")[1:] for pair in curve.split(" ")]
    points = [*reversed(numbers[:-1]), f"{start:.1f},{_EAR}"]
    triples = (points[i : i + 3] for i in range(0, len(points), 3))
    return "".join("C" + " ".join(triple) for triple in triples)


def _moustache(presenter: Presenter) -> str:
    top, low, half = presenter.nose.foot + 11, MOUTH_Y - 5, presenter.lips.width + 11
    right = (
        f"C14,{top - 3} 36,{top + 3} {half - 5},{low - 6}C{half + 3},{low} {half + 4},{low + 6} "
        f"{half + 2},{low + 14}C{half - 8},{low + 10} {half - 16},{low + 3} 20,{low}"
        f"C12,{low - 1} 5,{low} 0,{low + 1}"
    )
    left = (
        f"C-5,{low} -12,{low - 1} -20,{low}C{-half + 16},{low + 3} {-half + 8},{low + 10} "
        f"{-half - 2},{low + 14}C{-half - 4},{low + 6} {-half - 3},{low} {-half + 5},{low - 6}"
        f"C-36,{top + 3} -14,{top - 3} 0,{top + 3}"
    )
    return f"M0,{top + 3}{right}{left}Z"


def _goatee(presenter: Presenter, drop: float) -> str:
    end, top = presenter.face.chin_y + drop + 3, presenter.nose.foot + 11
    half = presenter.lips.width + 12
    return (
        f"M0,{top + 3}C14,{top - 3} {half - 14},{top} {half - 3},{MOUTH_Y - 8}"
        f"C{half + 4},{MOUTH_Y + 8} {half + 2},{MOUTH_Y + 26} {half - 6},{end - 24:.1f}"
        f"C{half - 16},{end - 4:.1f} 24,{end:.1f} 0,{end:.1f}C-24,{end:.1f} "
        f"{-half + 16},{end - 4:.1f} "
        f"{-half + 6},{end - 24:.1f}C{-half - 2},{MOUTH_Y + 26} {-half - 4},{MOUTH_Y + 8} "
        f"{-half + 3},{MOUTH_Y - 8}C{-half + 14},{top} -14,{top - 3} 0,{top + 3}Z"
    )


def draw_glasses(presenter: Presenter) -> str:
    """Draw frames, bridge, arms and the light on the lenses."""
    if presenter.glasses is Glasses.NONE:
        return ""
    sheet = Sheet("g")
    x, y, ink = presenter.gaze.spread, EYE_LINE + 3, presenter.glasses_color
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
