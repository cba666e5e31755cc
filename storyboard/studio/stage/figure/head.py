"""Draws the head's outline, ears and neck, with the light on them. Knows no features."""

from __future__ import annotations

from storyboard.studio.stage.figure.person import Earrings, Face, Presenter
from storyboard.studio.stage.vector import Sheet, dot, fill, group, mirrored, stroke

EAR_Y = 398.0
NECK_PIVOT = 585.0
"""The height about which the head turns."""


def face_outline(face: Face, drop: float = 0.0) -> str:
    """Return the closed path of the face, the chin sunk by `drop`."""
    w, jaw, chin, end = face.width, face.jaw, face.chin, face.chin_y + drop
    corner = 494.0 + drop * 0.4
    lean = 17.0 + (w - jaw) * 0.1

    def half(s: int) -> tuple[str, str]:
        down = (
            f"C{s * w * 0.74:.1f},203 {s * w:.1f},262 {s * w:.1f},352"
            f"C{s * w:.1f},408 {s * (jaw + lean):.1f},{corner - 37:.1f} {s * jaw:.1f},{corner:.1f}"
            f"C{s * (jaw - lean * 1.1):.1f},{corner + 38:.1f} {s * chin:.1f},{end:.1f} 0,{end:.1f}"
        )
        up = (
            f"C{s * chin:.1f},{end:.1f} {s * (jaw - lean * 1.1):.1f},{corner + 38:.1f} "
            f"{s * jaw:.1f},{corner:.1f}C{s * (jaw + lean):.1f},{corner - 37:.1f} {s * w:.1f},408 "
            f"{s * w:.1f},352C{s * w:.1f},262 {s * w * 0.74:.1f},203 0,203"
        )
        return down, up

    return "M0,203" + half(1)[0] + half(-1)[1] + "Z"


def draw_ears(presenter: Presenter) -> str:
    """Draw both ears, to lie under the face."""
    sheet = Sheet("r")
    skin, x = presenter.skin, presenter.face.width
    tone = sheet.linear(
        x - 6, 0, x + 24, 0, (0, skin.shade, 1), (0.6, skin.base, 1), (1, skin.blush, 1)
    )
    d = (
        f"M{x - 10},{EAR_Y - 26}C{x - 2},{EAR_Y - 48} {x + 25},{EAR_Y - 46} {x + 22},{EAR_Y - 10}"
        f"C{x + 21},{EAR_Y + 8} {x + 14},{EAR_Y + 20} {x + 8},{EAR_Y + 32}"
        f"C{x + 3},{EAR_Y + 41} {x - 8},{EAR_Y + 38} {x - 12},{EAR_Y + 26}Z"
    )
    fold = (
        f"M{x + 1},{EAR_Y - 22}C{x + 8},{EAR_Y - 33} {x + 17},{EAR_Y - 26} "
        f"{x + 14},{EAR_Y - 6}C{x + 12},{EAR_Y + 6} {x + 8},{EAR_Y + 8} {x + 5},{EAR_Y + 16}"
    )
    inner = f"M{x + 2},{EAR_Y - 10}C{x + 8},{EAR_Y - 14} {x + 9},{EAR_Y - 2} {x + 3},{EAR_Y + 4}"
    ear = fill(d, tone) + stroke(fold, skin.deep, 2.6, 0.5) + stroke(inner, skin.deep, 3.4, 0.4)
    sheet.add(mirrored(ear))
    return sheet.text()


def draw_earrings(presenter: Presenter) -> str:
    """Draw what hangs from the ears, to lie over the hair's back and under its front."""
    sheet = Sheet("j")
    x, y, metal = presenter.face.width + 4, EAR_Y + 35, presenter.metal
    shine = dot(x - 1.6, y - 1.6, 1.8, 1.8, "#ffffff", 0.85)
    match presenter.earrings:
        case Earrings.NONE:
            return ""
        case Earrings.STUD:
            jewel = dot(x, y, 5, 5, metal) + shine
        case Earrings.PEARL:
            pearl = sheet.radial(x - 2, y, 9, 9, (0, "#ffffff", 1), (1, "#cfc6bd", 1))
            jewel = dot(x, y + 2, 7.5, 7.5, pearl)
        case Earrings.HOOP:
            jewel = (
                f'<circle cx="{x}" cy="{y + 17}" r="17" fill="none" stroke="{metal}" '
                'stroke-width="4.2"/>'
            )
            jewel += stroke(f"M{x - 13},{y + 8}Q{x - 8},{y + 1} {x},{y + 1}", "#fff3d0", 1.6, 0.8)
        case Earrings.DROP:
            jewel = dot(x, y, 4, 4, metal) + stroke(f"M{x},{y}L{x},{y + 16}", metal, 2)
            jewel += fill(
                (
                    f"M{x},{y + 12}C{x + 9},{y + 26} {x + 6},{y + 34} {x},{y + 34}"
                    f"C{x - 6},{y + 34} "
                    f"{x - 9},{y + 26} {x},{y + 12}Z"
                ),
                metal,
            )
            jewel += dot(x - 2, y + 26, 1.8, 4, "#ffffff", 0.6)
    sheet.add(mirrored(jewel))
    return sheet.text()


def draw_face(presenter: Presenter, drop: float, hair_shade: str) -> str:
    """Draw the face's skin: light from the left above, shade on the right and under the hair."""
    sheet = Sheet("f")
    skin, w = presenter.skin, presenter.face.width
    outline = face_outline(presenter.face, drop)
    clip = sheet.clip(outline)
    tone = sheet.linear(
        -w * 0.8, 220, w, 540, (0, skin.light, 1), (0.34, skin.base, 1), (0.7, skin.base, 1),
        (1, skin.shade, 1),
    )  # fmt: skip
    sheet.add(fill(outline, tone))
    right = sheet.linear(
        w * 0.35, 0, w, 0, (0, skin.shade, 0.0), (0.6, skin.shade, 0.38), (1, skin.shade, 0.95)
    )
    left = sheet.linear(-w, 0, -w * 0.62, 0, (0, skin.shade, 0.62), (1, skin.shade, 0.0))
    jaw = sheet.linear(
        0, 490, 0, presenter.face.chin_y + drop, (0, skin.shade, 0.0), (1, skin.shade, 0.55)
    )
    sheet.add(group(fill(outline, right) + fill(outline, left) + fill(outline, jaw), clip))
    sheet.glow(-22, 292, 78, 56, skin.light, 0.55, clip)
    sheet.glow(-2, presenter.face.chin_y - 22 + drop, 30, 17, skin.light, 0.42, clip)
    if hair_shade:
        one = fill(hair_shade, skin.deep, 0.062)
        falls = ((1 + 0.5 * i, 2 + 2.4 * i) for i in range(9))
        shadow = "".join(group(one, f'transform="translate({x:g} {y:g})"') for x, y in falls)
        sheet.add(group(shadow, clip))
    return sheet.text()


def draw_neck(presenter: Presenter) -> str:
    """Draw neck and upper chest, with the shadow of the chin."""
    sheet = Sheet("k")
    skin, n = presenter.skin, presenter.neck
    d = (
        f"M{-n},440L{-n + 1},590C{-n - 1},632 {-n - 26},652 {-n - 92},676L-190,860L190,860"
        f"L{n + 92},676"
        f"C{n + 26},652 {n + 1},632 {n - 1},590L{n},440Z"
    )
    tone = sheet.linear(
        -n - 30, 0, n + 40, 0, (0, skin.base, 1), (0.4, skin.base, 1), (1, skin.shade, 1)
    )
    sheet.add(fill(d, tone))
    clip = sheet.clip(d)
    chin = presenter.face.chin_y
    dark = sheet.linear(
        0,
        chin - 20,
        0,
        chin + 88,
        (0, skin.deep, 0.85),
        (0.45, skin.deep, 0.52),
        (1, skin.deep, 0.0),
    )
    j = presenter.face.jaw
    under = (
        f"M{-j - 30},440L{-j - 10},{chin - 50}C{-j + 10},{chin + 30} -44,{chin + 66} 8,{chin + 70}"
        f"C52,{chin + 68} {j},{chin + 36} {j + 20},{chin - 40}L{j + 30},440Z"
    )
    sheet.add(group(fill(under, dark), clip))
    edge = sheet.linear(-n - 2, 0, -n + 22, 0, (0, skin.deep, 0.4), (1, skin.deep, 0.0))
    far = sheet.linear(n - 34, 0, n + 4, 0, (0, skin.deep, 0.0), (1, skin.deep, 0.55))
    sheet.add(fill(d, edge), fill(d, far))
    for s in (-1, 1):
        sheet.add(
            stroke(f"M{s * 14},686C{s * 40},672 {s * 84},674 {s * 124},690", skin.deep, 3.0, 0.30)
        )
        sheet.add(
            stroke(
                f"M{s * (n - 16)},606C{s * (n - 22)},640 {s * 30},664 {s * 13},680",
                skin.deep,
                2.6,
                0.12,
            )
        )
    sheet.glow(-46, 712, 60, 22, skin.light, 0.4, clip)
    return sheet.text()
