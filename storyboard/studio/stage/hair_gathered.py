"""Gathers hair: buns, a ponytail, hair behind the ears. Knows no face but its width."""

from __future__ import annotations

from storyboard.studio.stage.person import Presenter
from storyboard.studio.stage.tresses import Hair, Tone, comb, gloss, mass
from storyboard.studio.stage.vector import Curve, Sheet, fill, stroke


def _gathered(presenter: Presenter, sheet: Sheet, part: float = 0.0) -> str:
    """Draw hair drawn back tightly over the skull; return its outline."""
    w, tone = presenter.face.width, Tone(presenter.hair_colour)
    d = (
        f"M{-w - 3},392C{-w - 14},320 {-w - 8},250 {-w + 18},212C{-w + 50},168 -50,160 0,160"
        f"C50,160 {w - 50},168 {w - 18},212C{w + 8},250 {w + 14},320 {w + 3},392"
        f"C{w - 6},376 {w - 8},352 {w - 12},330C{w - 22},280 {w - 56},246 {part},226"
        f"C{-w + 56},246 {-w + 22},280 {-w + 12},330C{-w + 8},352 {-w + 6},376 {-w - 3},392Z"
    )
    clip = sheet.clip(d)
    mass(sheet, d, tone, 160, 392)
    first: Curve = (part, 226, -60, 220, -w + 10, 290, -w - 2, 380)
    last: Curve = (part, 168, -60, 160, -w - 6, 230, -w - 8, 350)
    comb(sheet, clip, first, last, tone, 9)
    right: Curve = (part, 226, 60, 220, w - 10, 290, w + 2, 380)
    far: Curve = (part, 168, 60, 160, w + 6, 230, w + 8, 350)
    comb(sheet, clip, right, far, tone, 9)
    gloss(sheet, clip, (-84, 226, -50, 196, -20, 188, -6, 190), 22, tone, 0.46)
    gloss(sheet, clip, (84, 226, 50, 196, 20, 188, 6, 190), 18, tone, 0.36)
    if part:
        sheet.add(
            stroke(f"M{part},228Q{part * 0.8:.1f},196 {part * 0.7:.1f},166", tone.deep, 3, 0.6)
        )
    return d


def _bun(sheet: Sheet, x: float, y: float, rx: float, ry: float, tone: Tone) -> None:
    paint = sheet.radial(
        x - rx * 0.3,
        y - ry * 0.4,
        rx * 1.5,
        ry * 1.5,
        (0, tone.light, 1),
        (0.4, tone.base, 1),
        (1, tone.deep, 1),
    )
    d = f"M{x - rx},{y}A{rx},{ry} 0 1 1 {x + rx},{y}A{rx},{ry} 0 1 1 {x - rx},{y}Z"
    sheet.add(fill(d, paint))
    clip = sheet.clip(d)
    comb(
        sheet,
        clip,
        (x - rx, y + 8, x - rx * 0.4, y - ry * 1.3, x + rx * 0.4, y - ry * 1.3, x + rx, y + 8),
        (x - rx, y + ry, x - rx * 0.3, y + ry * 0.3, x + rx * 0.3, y + ry * 0.3, x + rx, y + ry),
        tone,
        8,
    )


def top_bun(presenter: Presenter) -> Hair:
    """All gathered in a bun on top."""
    tone, sheet, behind = Tone(presenter.hair_colour), Sheet("h"), Sheet("hb")
    _bun(behind, 4, 124, 62, 54, tone)
    d = _gathered(presenter, sheet)
    sheet.add(stroke("M-42,166Q4,150 50,166", tone.deep, 6, 0.5))
    return Hair(behind.text(), cap=sheet.text(), shade=d, top=64)


def low_bun(presenter: Presenter) -> Hair:
    """A side parting, gathered low in the neck."""
    w, tone, sheet, behind = (
        presenter.face.width,
        Tone(presenter.hair_colour),
        Sheet("h"),
        Sheet("hb"),
    )
    _bun(behind, w * 0.62, 508, 66, 58, tone)
    d = _gathered(presenter, sheet, part=-36.0)
    return Hair(behind.text(), cap=sheet.text(), shade=d, top=152, reach=w + 30)


def ponytail(presenter: Presenter) -> Hair:
    """Drawn back; the tail falls over one shoulder."""
    w, tone, sheet, front = (
        presenter.face.width,
        Tone(presenter.hair_colour),
        Sheet("h"),
        Sheet("hf"),
    )
    d = _gathered(presenter, sheet, part=30.0)
    tail = (
        f"M{w * 0.3:.1f},470C{w - 10},440 {w + 26},500 {w + 40},560"
        f"C{w + 62},630 {w + 52},720 {w + 6},800C{w - 4},770 {w - 34},740 {w - 30},676"
        f"C{w - 28},630 {w - 26},590 {w * 0.3:.1f},560Z"
    )
    clip = front.clip(tail)
    mass(front, tail, tone, 450, 800)
    first: Curve = (w * 0.4, 540, w - 20, 570, w - 40, 680, w - 2, 790)
    last: Curve = (w * 0.6, 462, w + 40, 510, w + 66, 680, w + 8, 796)
    comb(front, clip, first, last, tone, 12)
    gloss(front, clip, (w + 4, 556, w + 26, 600, w + 28, 640, w + 22, 690), 24, tone, 0.4)
    return Hair(
        under=front.text(),
        cap=sheet.text(),
        shade=d,
        top=152,
        reach=w + 70,
        bottom=806,
    )


def shoulder_man(presenter: Presenter) -> Hair:
    """A man's hair to the shoulders, behind the ears."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    back = (
        f"M0,176C-120,170 {-w - 24},260 {-w - 26},400C{-w - 40},480 {-w - 36},560 "
        f"{-w - 50},636Q{-w - 26},668 {-w - 6},640Q{-w + 10},662 {-w + 34},634Q-60,650 0,640"
        f"Q60,650 {w - 34},634Q{w - 10},662 {w + 6},640Q{w + 26},668 {w + 50},636"
        f"C{w + 36},560 {w + 40},480 {w + 26},400C{w + 24},260 120,170 0,176Z"
    )
    behind = Sheet("hb")
    clip = behind.clip(back)
    mass(behind, back, tone, 180, 650)
    for s in (-1, 1):
        comb(
            behind,
            clip,
            (s * (w - 40), 400, s * (w - 10), 480, s * (w - 20), 560, s * (w - 30), 640),
            (s * (w + 20), 380, s * (w + 34), 480, s * (w + 28), 560, s * (w + 40), 630),
            tone,
            8,
        )
    d = (
        f"M{-w - 6},400C{-w - 26},320 {-w - 16},240 {-w + 16},206C{-w + 50},160 -40,152 0,156"
        f"C40,152 {w - 50},160 {w - 16},206C{w + 16},240 {w + 26},320 {w + 6},400"
        f"C{w - 10},380 {w - 4},330 {w - 24},290C{w - 40},262 40,240 6,214C-30,240 "
        f"{-w + 40},262 {-w + 24},290C{-w + 4},330 {-w + 10},380 {-w - 6},400Z"
    )
    clip = sheet.clip(d)
    mass(sheet, d, tone, 156, 400)
    for s in (-1, 1):
        comb(
            sheet,
            clip,
            (6, 212, s * 60, 250, s * (w - 10), 310, s * (w - 4), 396),
            (6, 158, s * 80, 156, s * (w + 14), 240, s * (w + 10), 390),
            tone,
            10,
        )
    gloss(sheet, clip, (-90, 236, -60, 200, -30, 190, -10, 192), 24, tone, 0.42)
    return Hair(behind.text(), cap=sheet.text(), shade=d, reach=w + 50, top=146, bottom=656)
