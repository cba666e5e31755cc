"""Draws eyes, brows, nose, cheeks and the traces of age. Knows no outline and no hair."""

from __future__ import annotations

from random import Random

from storyboard.studio.stage.figure.head import face_outline
from storyboard.studio.stage.figure.palette import darker, luminance, mix
from storyboard.studio.stage.figure.person import HairStyle, Presenter
from storyboard.studio.stage.vector import Sheet, dot, fill, stroke

EYE_LINE = 390.0


def draw_brows(presenter: Presenter, rise: float) -> str:
    """Draw the eyebrows, `rise` above their place."""
    sheet = Sheet("b")
    color = brow_color(presenter)
    b = presenter.brows
    base = 343.0 - rise
    for side in (-1, 1):
        x = presenter.gaze.spread
        points = [
            (x - 34, base + 2 + b.frown * 0.4),
            (x - 14, base - 2 - b.arch * 0.5),
            (x + 16, base - b.arch - 2),
            (x + 39, base + 4),
        ]
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = ((side * px, py) for px, py in points)
        t = b.thickness
        d = (
            f"M{ax:.1f},{ay:.1f}C{bx:.1f},{by:.1f} {cx:.1f},{cy:.1f} {dx:.1f},{dy:.1f}"
            f"C{cx - side * 4:.1f},{cy + t * 0.62:.1f} {bx:.1f},{by + t:.1f} "
            f"{ax - side * 1.5:.1f},{ay + t * 0.72:.1f}"
            f"Q{ax - side * 4:.1f},{ay + t * 0.3:.1f} {ax:.1f},{ay:.1f}Z"
        )
        paint = sheet.linear(ax, 0, dx, 0, (0, color, 0.28), (0.28, color, 0.92), (1, color, 0.9))
        sheet.add(fill(d, paint))
    return sheet.text()


def brow_color(presenter: Presenter) -> str:
    """Return the color of brows, which fair and gray hair do not share."""
    hair = presenter.hair_color
    if presenter.hair in (HairStyle.HIJAB, HairStyle.BALD):
        return "#33261f" if luminance(hair) < 0.62 else "#8f8d8c"
    light = luminance(hair)
    if light > 0.6 and presenter.age > 0.5:
        return mix(hair, "#6e6a68", 0.6)
    return mix(hair, "#2a1a12", 0.45) if light > 0.3 else darker(hair, 0.12)


def draw_nose(presenter: Presenter) -> str:
    """Draw the nose by its shadows, its wings and its light."""
    sheet = Sheet("n")
    skin, nose = presenter.skin, presenter.nose
    foot, w = nose.foot, nose.width
    side = sheet.linear(
        5, 0, 27, 0, (0, skin.shade, 0.0), (0.38, skin.shade, 0.66), (1, skin.shade, 0.0)
    )
    sheet.add(
        fill(
            f"M6,356C16,384 15,412 {w * 0.72:.1f},{foot - 26:.1f}C{w + 8:.1f},{foot - 16:.1f} "
            f"{w + 6:.1f},{foot:.1f} {w * 0.5:.1f},{foot + 2:.1f}C4,{foot - 14:.1f} 3,400 6,356Z",
            side,
        )
    )
    sheet.glow(0, foot + 10, w + 14, 13, skin.deep, 0.34)
    sheet.glow(-3, foot - 44, 8, 46, skin.light, 0.75)
    sheet.glow(-3, foot - 15, 13 * nose.tip, 11 * nose.tip, skin.light, 0.85)
    for s in (-1, 1):
        wing = (
            f"M{s * (w - 3):.1f},{foot - 20:.1f}C{s * (w + 4):.1f},{foot - 15:.1f} "
            f"{s * (w + 4):.1f},{foot - 2:.1f} "
            f"{s * (w - 5):.1f},{foot - 1:.1f}"
        )
        sheet.add(stroke(wing, skin.deep, 2.6, 0.62 if s > 0 else 0.42))
        sheet.add(dot(s * w * 0.5, foot - 0.5, w * 0.25, 3.4, darker(skin.deep, 0.3), 0.75))
    sheet.add(
        stroke(
            f"M{-w * 0.34:.1f},{foot + 1:.1f}Q0,{foot + 6:.1f} {w * 0.34:.1f},{foot + 1:.1f}",
            skin.deep,
            2.4,
            0.6,
        )
    )
    philtrum = f"M-5,{foot + 12:.1f}Q-4,{foot + 20:.1f} -7,{foot + 25:.1f}"
    sheet.add(
        stroke(philtrum, skin.shade, 2.2, 0.5),
        stroke(philtrum, skin.shade, 2.2, 0.5, 'transform="scale(-1 1)"'),
    )
    return sheet.text()


def draw_complexion(presenter: Presenter) -> str:
    """Draw blush, freckles and the lines of age."""
    sheet = Sheet("c")
    skin, age = presenter.skin, presenter.age
    clip = sheet.clip(face_outline(presenter.face))
    blush = 0.34 if presenter.woman else 0.20
    for side in (-1, 1):
        sheet.glow(side * 76, 448, 44, 32, skin.blush, blush, clip)
        sheet.glow(side * 74 - 4, 424, 30, 13, skin.light, 0.35)
        if age > 0.3:
            fold = f"M{side * 36},466C{side * 52},480 {side * 60},496 {side * 59},516"
            sheet.add(stroke(fold, skin.deep, 2.6, 0.62 * (age - 0.15)))
        if age > 0.5:
            for dy, rise in ((-4, -5), (3, 2), (10, 9)):
                x = side * (presenter.gaze.spread + 35)
                sheet.add(
                    stroke(
                        f"M{x},{EYE_LINE + dy * 0.7:.1f}l{side * 10},{rise * 0.6:.1f}",
                        skin.deep,
                        1.8,
                        0.5 * (age - 0.2),
                    )
                )
    if age > 0.55:
        for y, half in ((286, 52), (304, 60)):
            sheet.add(
                stroke(
                    f"M{-half},{y}C-20,{y - 5} 20,{y - 5} {half},{y}",
                    skin.deep,
                    2.2,
                    0.36 * (age - 0.3),
                )
            )
    if presenter.freckles:
        random = Random(presenter.id)
        for _ in range(34):
            across, down = random.gauss(0, 52), random.gauss(442, 12)
            size, tint = 1.1 + random.random() * 1.1, 0.16 + 0.2 * random.random()
            sheet.add(dot(across, down, size, size, skin.deep, tint))
    return sheet.text()
