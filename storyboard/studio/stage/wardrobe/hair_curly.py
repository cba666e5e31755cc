"""Cuts long curly hair: an afro, a mane, braids. Knows no face but its width."""

from __future__ import annotations

from math import sin

from storyboard.studio.stage.figure.person import Presenter
from storyboard.studio.stage.vector import Curve, Sheet, fill, stroke
from storyboard.studio.stage.wardrobe.hair_material import Cut, Hair, Spot, Tone, curls, mass, ring


def afro(presenter: Presenter) -> Hair:
    """A full round afro."""
    w, tone, sheet, behind = (
        presenter.face.width,
        Tone(presenter.hair_color),
        Sheet("h"),
        Sheet("hb"),
    )
    curls(behind, tone, ring(0, 300, w + 62, 176, 46, 0.36, 1.14, 25))
    curls(behind, tone, ring(0, 300, w + 26, 140, 52, 0.34, 1.16, 20))
    d = (
        f"M{-w - 6},380C{-w - 20},270 -100,190 0,186C100,190 {w + 20},270 {w + 6},380"
        f"C{w - 8},330 {w - 26},286 {w - 44},262C50,246 -50,246 {-w + 44},262C{-w + 26},286 "
        f"{-w + 8},330 {-w - 6},380Z"
    )
    mass(sheet, d, tone, 150, 380)
    curls(sheet, tone, ring(0, 300, w + 30, 128, 38, 0.46, 1.04, 15))
    curls(sheet, tone, ring(0, 312, w - 8, 98, 30, 0.48, 1.02, 15))
    curls(sheet, tone, ring(0, 316, w - 26, 66, 21, 0.52, 0.98, 15))
    return Hair(behind.text(), cap=sheet.text(), shade=d, reach=w + 116, top=74, hides_ears=True)


def long_curls(presenter: Presenter) -> Hair:
    """A mane of curls past the shoulders."""
    w, tone, sheet, behind, front = (
        presenter.face.width,
        Tone(presenter.hair_color),
        Sheet("h"),
        Sheet("hb"),
        Sheet("hf"),
    )
    mane = (
        f"M0,190C-150,190 {-w - 60},330 {-w - 60},470L{-w - 40},660L{w + 40},660L{w + 60},470"
        f"C{w + 60},330 150,190 0,190Z"
    )
    behind.add(fill(mane, tone.deep))
    for s in (-1, 1):
        spots = tuple(
            (s * (w + 44 + 16 * sin(y / 40)), float(y), 42.0) for y in range(330, 680, 34)
        )
        curls(behind, tone, spots)
    d = (
        f"M{-w - 4},400C{-w - 26},270 -110,184 0,178C110,184 {w + 26},270 {w + 4},400"
        f"C{w - 6},340 {w - 22},296 {w - 44},272C60,250 10,246 -16,226C-40,250 -70,262 "
        f"{-w + 40},280C{-w + 22},300 {-w + 6},340 {-w - 4},400Z"
    )
    mass(sheet, d, tone, 170, 400)
    curls(sheet, tone, ring(0, 310, w + 26, 130, 36, 0.45, 1.05, 15))
    curls(sheet, tone, ring(0, 320, w - 4, 106, 28, 0.47, 1.03, 15))
    curls(sheet, tone, ring(0, 330, w - 14, 88, 19, 0.5, 1.0, 15))
    for s in (-1, 1):
        for x, top, end, size in _LOCKS:
            curls(front, tone, _lock(s, w + x, top, end, size))
    return Hair(
        behind.text(),
        cap=sheet.text(),
        front=front.text(),
        shade=d,
        reach=w + 108,
        top=128,
        bottom=740,
        hides_ears=True,
    )


_LOCKS = (
    (46.0, 372.0, 650.0, 27.0),
    (22.0, 352.0, 716.0, 28.0),
    (2.0, 340.0, 690.0, 23.0),
)
"""The locks at the side of curly hair: distance from the cheek, root, tip, size of the curls."""


def _lock(s: int, x: float, top: float, end: float, size: float) -> tuple[Spot, ...]:
    """Return the curls of a lock that swings downwards and grows thin."""
    count = int((end - top) / (size * 1.02)) + 1
    spots = []
    for i in range(count):
        t = i / (count - 1)
        sway = 9 * sin(i * 1.9 + x) + 14 * t * t
        spots.append((s * (x + sway), top + (end - top) * t, size * (1.04 - 0.34 * t)))
    return tuple(spots)


def braids(presenter: Presenter) -> Hair:
    """Box braids from a center parting, over both shoulders."""
    w, tone = presenter.face.width, Tone(presenter.hair_color)
    outline = (
        f"M{-w - 8},400C{-w - 30},280 {-w + 14},158 0,156C{w - 14},158 {w + 30},280 "
        f"{w + 8},400C{w - 4},340 {w - 26},270 0,214C{-w + 26},270 {-w + 4},340 {-w - 8},400Z"
    )
    cap = Cut.of(Sheet("h"), outline, tone, 156, 400)
    first: Curve = (0, 214, -60, 240, 12 - w, 310, 2 - w, 390)
    cap.comb_both(first, (0, 160, -90, 160, -w - 16, 270, -w - 10, 390), 12, 1.5)
    front, behind = Sheet("hf"), Sheet("hb")
    behind.add(
        fill(
            (
                f"M0,180C-130,180 {-w - 26},280 {-w - 26},430L{-w - 20},700L{w + 20},700"
                f"L{w + 26},430"
                f"C{w + 26},280 130,180 0,180Z"
            ),
            tone.deep,
        )
    )
    for s in (-1, 1):
        for k, (x0, x1, end) in enumerate(
            (
                (w + 10, w + 50, 730),
                (w + 4, w + 26, 790),
                (w - 1, w + 3, 812),
                (w - 6, w - 20, 776),
            )
        ):
            _braid(front, s * x0, s * x1, 330 + 14 * k, end, tone)
    return Hair(
        behind.text(),
        cap=cap.sheet.text(),
        front=front.text(),
        shade=cap.outline,
        reach=w + 72,
        top=146,
        bottom=830,
        hides_ears=True,
    )


def _braid(sheet: Sheet, x0: float, x1: float, top: float, end: float, tone: Tone) -> None:
    links = int((end - top) / 19)
    for i in range(links):
        t = i / (links - 1)
        x = x0 + (x1 - x0) * t * t
        y = top + (end - top) * t
        r = 10.5 - 2.5 * t
        paint = tone.base if i % 2 else tone.dark
        sheet.add(f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{r:.1f}" ry="12.5" fill="{paint}"/>')
        sheet.add(
            stroke(
                f"M{x - r * 0.7:.1f},{y - 5:.1f}Q{x:.1f},{y + 2:.1f} {x + r * 0.6:.1f},{y + 9:.1f}",
                tone.deep,
                2,
                0.6,
            )
        )
        sheet.add(
            stroke(
                f"M{x - r * 0.3:.1f},{y - 7:.1f}L{x + r * 0.3:.1f},{y - 3:.1f}",
                tone.light,
                1.8,
                0.5,
            )
        )
