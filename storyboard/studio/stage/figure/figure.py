"""Puts a presenter together: what lies on what, and where. Draws no piece itself."""

from __future__ import annotations

from functools import lru_cache
from math import radians, sin

from storyboard.studio.stage.affine import Affine, rotation, translation
from storyboard.studio.stage.canvas import Piece
from storyboard.studio.stage.figure.eyes import draw_eyes
from storyboard.studio.stage.figure.features import draw_brows, draw_complexion, draw_nose
from storyboard.studio.stage.figure.head import (
    NECK_PIVOT,
    draw_earrings,
    draw_ears,
    draw_face,
    draw_neck,
)
from storyboard.studio.stage.figure.mouths import (
    draw_mouth,
    jaw_drop,
    lips_reach,
    moves_jaw,
    shape_of,
)
from storyboard.studio.stage.figure.presenters import presenter_named
from storyboard.studio.stage.pose import Eyes, Gesture, Mouth, Pose
from storyboard.studio.stage.vector import group
from storyboard.studio.stage.wardrobe.arms import ARMS_REACH, ARMS_TOP, draw_arms
from storyboard.studio.stage.wardrobe.beards_and_glasses import draw_beard, draw_glasses
from storyboard.studio.stage.wardrobe.clothes import draw_clothes
from storyboard.studio.stage.wardrobe.hair_material import Hair
from storyboard.studio.stage.wardrobe.haircuts import cut_hair
from storyboard.studio.stage.wardrobe.sleeves import draw_upper_arms

WIDTH, HEIGHT = 1040, 1400
"""The drawing's own size."""

DEPTH = HEIGHT + 8
"""How far down it is drawn, for those who breathe in."""

MAX_TILT, MAX_NOD = 12, 3
_TILT, _NOD = 0.25, 2.0
_HEAD = 1.1
"""The head is drawn a little larger than life, so that it reads when small."""
_PIVOT = NECK_PIVOT + 22
"""Where the head turns in the drawing: a little lower than it is drawn, for a shorter neck."""


def presenter_pieces(name: str, pose: Pose) -> tuple[Piece, ...]:
    """Return a presenter in a pose, `WIDTH` by `DEPTH`; raises KeyError for an unknown one.

    What moves by itself is a piece by itself, so that it alone is parsed for each movement, and a
    drawing of the mouth needs no hair. The head's turn is in the pieces' places, so that a piece
    comes again with every turn. The breath is not in it: `lift` moves the whole drawing, which
    whoever shows it does.
    """
    head = _turn(pose) @ _enlarging(name) @ translation(-WIDTH / 2, -NECK_PIVOT)
    body = *_body(name), _arms(name, pose.gesture, pose.reach)
    shape = shape_of(pose.mouth, pose.after)
    face = (
        *_below_face(name),
        _bare_face(name, jaw_drop(shape)),
        _looks(name, pose.eyes, pose.brows),
        _speech(name, pose.mouth, pose.after),
        *_over_face(name),
    )
    return (
        Piece(_behind(name), head),
        *map(Piece, body),
        *(Piece(each, head) for each in face),
    )


def still_pieces(name: str, pose: Pose) -> int:
    """Return how many of a presenter's first pieces are the same for other mouths of a pose.

    None counts where the mouth is at rest: that is drawn once for all others.
    """
    if shape_of(pose.mouth, pose.after) == shape_of(Mouth.REST, None):
        return 0
    below = len((_behind(name), *_body(name))) + 1 + len(_below_face(name))
    return below if moves_jaw(pose.mouth, pose.after) else below + 2


def head_bounds(name: str) -> tuple[float, float, float, float]:
    """Return the box (x0, y0, x1, y1) of the drawing that the head's movements stay within."""
    hair, size = _hair(name), _enlarging(name)
    above = (NECK_PIVOT - hair.top) * size.d
    below = (max(hair.bottom, 640.0) - NECK_PIVOT) * size.d
    reach = max(hair.reach, 160.0) * size.a
    sway = sin(radians(MAX_TILT * _TILT))
    top = max(0.0, _PIVOT - above - reach * sway - 4)
    bottom = min(float(HEIGHT), _PIVOT + below + reach * sway + MAX_NOD * _NOD + 4)
    reach += max(above, below) * sway + 4
    return WIDTH / 2 - reach, top, WIDTH / 2 + reach, bottom


def arms_bounds(name: str) -> tuple[float, float, float, float]:
    """Return the box that forearms and hands stay within, whatever their gesture."""
    half = presenter_named(name).shoulders + ARMS_REACH
    return WIDTH / 2 - half, ARMS_TOP, WIDTH / 2 + half, float(HEIGHT)


def mouth_bounds(name: str, pose: Pose) -> tuple[float, float, float, float]:
    """Return the box that the mouth, and the jaw if it moves, stay within while the head is still.

    All mouths that leave the jaw alone have one box.
    """
    face = presenter_named(name).face
    if moves_jaw(pose.mouth, pose.after):
        half = max(face.width, face.jaw + 8) + 3
        return _turned(name, half, 350.0, face.chin_y + 36, pose)
    return _turned(name, *_lips_reach(name), pose)


def eyes_bounds(name: str, pose: Pose) -> tuple[float, float, float, float]:
    """Return the box that eyes and brows stay within while the head keeps still.

    No mouth reaches into it, so that one may be drawn over the other's resting state.
    """
    return _turned(name, presenter_named(name).gaze.spread + 43, 322.0, 407.0, pose)


def _turned(
    name: str, half: float, top: float, bottom: float, pose: Pose
) -> tuple[float, float, float, float]:
    """Return the box around a rectangle of the head's own drawing, turned as the pose is."""
    turn = _turn(pose) @ _enlarging(name) @ translation(0.0, -NECK_PIVOT)
    corners = [turn.at(x, y) for x in (-half, half) for y in (top, bottom)]
    across, along = zip(*corners, strict=True)
    return min(across), min(along), max(across), max(along)


def _turn(pose: Pose) -> Affine:
    """Return how a pose turns and lowers the head around the neck, from there to the drawing."""
    return translation(WIDTH / 2, _PIVOT + pose.nod * _NOD) @ rotation(pose.tilt * _TILT)


def _enlarging(name: str) -> Affine:
    """Return how the head's own drawing becomes a presenter's, around the neck."""
    face = presenter_named(name).face
    return Affine(a=_HEAD * face.broad, d=_HEAD * face.long)


@lru_cache(maxsize=64)
def _lips_reach(name: str) -> tuple[float, float, float]:
    return lips_reach(presenter_named(name).lips)


@lru_cache(maxsize=64)
def _hair(name: str) -> Hair:
    return cut_hair(presenter_named(name))


@lru_cache(maxsize=64)
def _behind(name: str) -> str:
    return _svg(_hair(name).back)


@lru_cache(maxsize=64)
def _body(name: str) -> tuple[str, ...]:
    presenter = presenter_named(name)
    clothes = draw_clothes(presenter) + draw_upper_arms(presenter)
    return _svg(draw_neck(presenter)), _svg(clothes)


@lru_cache(maxsize=512)
def _arms(name: str, gesture: Gesture, reach: int) -> str:
    return _svg(draw_arms(presenter_named(name), gesture, reach))


@lru_cache(maxsize=64)
def _below_face(name: str) -> tuple[str, ...]:
    hair = _hair(name)
    ears = "" if hair.hides_ears else draw_ears(presenter_named(name))
    return tuple(_svg(each) for each in (hair.under + ears,) if each)


@lru_cache(maxsize=512)
def _bare_face(name: str, drop: float) -> str:
    presenter = presenter_named(name)
    face = draw_face(presenter, drop, _hair(name).shade)
    return _svg(face + draw_complexion(presenter) + draw_nose(presenter))


@lru_cache(maxsize=512)
def _looks(name: str, eyes: Eyes, brows: int) -> str:
    presenter = presenter_named(name)
    return _svg(draw_eyes(presenter, eyes) + draw_brows(presenter, brows * 2.0))


@lru_cache(maxsize=2048)
def _speech(name: str, mouth: Mouth, after: Mouth | None) -> str:
    presenter, shape = presenter_named(name), shape_of(mouth, after)
    return _svg(draw_beard(presenter, jaw_drop(shape)) + draw_mouth(presenter, shape))


@lru_cache(maxsize=64)
def _over_face(name: str) -> tuple[str, ...]:
    presenter, hair = presenter_named(name), _hair(name)
    jewelry = draw_glasses(presenter) + draw_earrings(presenter)
    return tuple(_svg(each) for each in (hair.cap, jewelry, hair.front) if each)


def _svg(parts: str) -> str:
    """Return parts, which are drawn around x = 0, as a drawing of its own."""
    middle = f'transform="translate({WIDTH / 2:g} 0)"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{DEPTH}" '
        f'viewBox="0 0 {WIDTH} {DEPTH}">{group(parts, middle)}</svg>'
    )
