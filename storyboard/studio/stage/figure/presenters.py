"""The 36 presenters as values: what makes each one look like nobody else. Draws nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from storyboard.studio.stage.figure import palette as p
from storyboard.studio.stage.figure.person import (
    Beard,
    Brows,
    Clothes,
    Earrings,
    Face,
    Gaze,
    Glasses,
    HairStyle,
    Lips,
    Nose,
    Outfit,
    Pattern,
    Presenter,
)

_H, _O, _B, _G, _E, _P = HairStyle, Outfit, Beard, Glasses, Earrings, Pattern

_BROWN_EYES, _DARK_EYES, _HAZEL = "#5b3a1f", "#33201a", "#7a5a2c"
_BLUE, _GRAY, _GREEN = "#3f6f9f", "#62727d", "#4f7a52"

_MEN = (
    Presenter(
        "adam", False, p.PEACH, _H.QUIFF, p.ESPRESSO,
        Clothes(_O.BLAZER_SHIRT, "#2c3e63", "#eef2f8"), Face(125, 104, 50, 564, 1.01, 1.02),
        Gaze(_BROWN_EYES, spread=60, lid=0.92), Brows(14, 6, 4), Nose(26, 468, 1.1),
        beard=_B.SHORT, shoulders=332, neck=65, age=0.3, right_handed=False, hands=-34,
    ),
    Presenter(
        "amir", False, p.OLIVE, _H.SLICK, p.BLACK, Clothes(_O.BLAZER_TEE, "#5a5f6b", "#20242c"),
        Face(122, 96, 40, 568, 0.98, 1.04), Gaze(_DARK_EYES, 1.02, spread=59, lid=0.9),
        Brows(15, 6, 5), Nose(29, 472, 1.05), Lips(43, 1.0),
        beard=_B.FULL, shoulders=334, neck=66, age=0.35, right_handed=False, hands=-18,
    ),
    Presenter(
        "ben", False, p.FAIR, _H.TOUSLED, p.COPPER, Clothes(_O.KNIT, "#3f6b57"),
        Face(128, 98, 46, 550, 1.02, 0.97), Gaze(_GREEN, 1.02, spread=61, lid=0.95),
        Brows(10, 9, 0), Nose(23, 458, 1.1), Lips(41, 0.95, smile=2),
        shoulders=318, neck=60, age=0.1, freckles=True, right_handed=False, hands=-18,
    ),
    Presenter(
        "david", False, p.IVORY, _H.SIDE_PART, p.STEEL,
        Clothes(_O.BLAZER_TIE, "#3b3f4d", "#f3f5f8", "#8c2f3c"), Face(122, 98, 44, 570, 0.96, 1.05),
        Gaze(_GRAY, 0.94, spread=58, lid=0.84), Brows(12, 5, 3), Nose(27, 474, 1.1),
        Lips(42, 0.7, smile=-1),
        glasses=_G.RIMLESS, glasses_color="#565a63", shoulders=334, neck=64, age=0.75,
        right_handed=False, hands=12,
    ),
    Presenter(
        "derek", False, p.COCOA, _H.BALD, p.SOFT_BLACK, Clothes(_O.TURTLENECK, "#7b2d33"),
        Face(130, 112, 58, 558, 1.05, 0.99), Gaze(_DARK_EYES, spread=61, lid=0.88),
        Brows(14, 5, 4), Nose(34, 468, 1.3),
        Lips(48, 1.25, smile=-2), beard=_B.GOATEE, shoulders=342, neck=68, age=0.4,
        right_handed=False, hands=12,
    ),
    Presenter(
        "dylan", False, p.PORCELAIN, _H.SHOULDER_MAN, p.HONEY,
        Clothes(_O.HOODIE, "#6d7f96", "#f1efe9", "#f4f4f2"), Face(119, 88, 36, 564, 0.96, 1.03),
        Gaze(_BLUE, 1.02, spread=58, lid=0.86), Brows(10, 5, 2), Nose(24, 468, 0.95),
        Lips(40, 0.85), beard=_B.STUBBLE, shoulders=316, neck=60, age=0.15,
        right_handed=False, hands=12,
    ),
    Presenter(
        "harry", False, p.ROSY, _H.CURLS, p.CHESTNUT,
        Clothes(_O.SHIRT, "#7fa3c9", pattern=_P.STRIPES),
        Face(132, 106, 56, 548, 1.05, 0.96), Gaze(_BLUE, spread=62, lid=0.94),
        Brows(12, 9, 0), Nose(28, 458, 1.3), Lips(44, 0.95, smile=3),
        glasses=_G.ROUND, glasses_color="#6b4326", shoulders=322, neck=62, age=0.2,
        right_handed=False, hands=-18,
    ),
    Presenter(
        "henry", False, p.FAIR, _H.RECEDING, p.SILVER,
        Clothes(_O.CARDIGAN, "#5c4b43", "#dfe6ee", "#2f2520"), Face(121, 94, 42, 566, 0.97, 1.04),
        Gaze(_BLUE, 0.92, spread=58, lid=0.8), Brows(12, 4, 0), Nose(31, 476, 1.25), Lips(40, 0.65),
        beard=_B.MOUSTACHE, shoulders=324, neck=62, age=0.95, hands=-18,
    ),
    Presenter(
        "james", False, p.DEEP, _H.AFRO_SHORT, p.BLACK,
        Clothes(_O.BLAZER_TIE, "#26304a", "#ffffff", "#b58a2d"), Face(126, 106, 50, 564, 1.0, 1.0),
        Gaze(_DARK_EYES, spread=60, lid=0.92), Brows(13, 7, 3), Nose(32, 466, 1.1),
        Lips(46, 1.2, smile=1), shoulders=336,
        neck=66, age=0.3, hands=22,
    ),
    Presenter(
        "jason", False, p.IVORY, _H.CROP, p.BLACK,
        Clothes(_O.POLO, "#24705f", "#24705f", "#e8efe9"), Face(132, 108, 46, 550, 1.03, 0.97),
        Gaze(_DARK_EYES, 0.95, 4.0, fold=0.35, spread=63, lid=0.84), Brows(12, 4, 1),
        Nose(28, 460, 1.05), Lips(41, 0.95),
        shoulders=322, neck=62, age=0.2, right_handed=False,
    ),
    Presenter(
        "kevin", False, p.BROWN, _H.FLAT_TOP, p.SOFT_BLACK,
        Clothes(_O.SHIRT, "#b5553a", pattern=_P.CHECK),
        Face(118, 90, 40, 562, 0.96, 1.03), Gaze(_DARK_EYES, 1.04, spread=58, lid=0.95),
        Brows(11, 10, 0), Nose(29, 466, 1.0),
        Lips(43, 1.15, smile=2), glasses=_G.SQUARE, shoulders=320, neck=62, age=0.1,
        right_handed=False, hands=-34,
    ),
    Presenter(
        "larry", False, p.ROSY, _H.BALD, p.SILVER, Clothes(_O.V_NECK, "#3d4f78", "#f1f4f8"),
        Face(136, 118, 62, 556, 1.07, 0.97), Gaze(_GRAY, 0.92, spread=61, lid=0.8),
        Brows(13, 4, 1), Nose(35, 472, 1.45),
        Lips(43, 0.7, smile=1), beard=_B.FULL, glasses=_G.SQUARE, glasses_color="#3a2a20",
        shoulders=346, neck=70, age=0.85, right_handed=False, hands=-34,
    ),
    Presenter(
        "miguel", False, p.TAN, _H.SIDE_PART, p.BLACK,
        Clothes(_O.WAISTCOAT, "#4a4f5c", "#f2ede4", "#2d6a6a"), Face(128, 106, 50, 556, 1.02, 0.98),
        Gaze(_BROWN_EYES, spread=60, lid=0.9), Brows(15, 8, 4), Nose(31, 464, 1.15),
        Lips(44, 1.0), beard=_B.MOUSTACHE,
        shoulders=328, neck=64, age=0.4, right_handed=False,
    ),
    Presenter(
        "sam", False, p.CARAMEL, _H.CURLS, p.BLACK, Clothes(_O.BLAZER_TEE, "#b5623e", "#f3efe8"),
        Face(120, 88, 36, 556, 0.97, 1.0), Gaze(_HAZEL, 1.05, spread=61, lid=0.95),
        Brows(12, 9, 0), Nose(30, 460, 1.0),
        Lips(45, 1.2, smile=1), beard=_B.STUBBLE, shoulders=312, neck=58, age=0.1, hands=-34,
    ),
    Presenter(
        "taylor", False, p.PEACH, _H.TOUSLED, p.BLOND,
        Clothes(_O.POLO, "#34466e", "#f4f1ea", "#f4f1ea"), Face(124, 98, 46, 556, 1.0, 0.99),
        Gaze(_GREEN, 1.0, spread=59, lid=0.9), Brows(11, 6, 2), Nose(23, 466, 0.9),
        Lips(42, 0.85, smile=1), shoulders=320, neck=60,
        age=0.15, right_handed=False, hands=-18,
    ),
    Presenter(
        "theodore", False, p.DEEP, _H.BUZZ, p.PEPPER,
        Clothes(_O.BLAZER_SHIRT, "#54403a", "#cfdcea"), Face(133, 114, 58, 560, 1.06, 0.98),
        Gaze(_DARK_EYES, 0.95, spread=61, lid=0.8), Brows(13, 5, 3), Nose(36, 470, 1.35),
        Lips(46, 1.1, smile=-1),
        beard=_B.SHORT, glasses=_G.ROUND, glasses_color="#c9a24a", shoulders=344, neck=68,
        age=0.7, hands=-18,
    ),
    Presenter(
        "tim", False, p.PORCELAIN, _H.CROP, p.CARAMEL_HAIR,
        Clothes(_O.HOODIE, "#c0523d", "#2c2f38", "#f4e9dc"), Face(130, 98, 50, 544, 1.03, 0.94),
        Gaze(_HAZEL, 1.03, spread=62, lid=1.0), Brows(9, 6, 0), Nose(24, 456, 1.15),
        Lips(41, 0.95, smile=2), shoulders=316, neck=60,
        age=0.05, right_handed=False, hands=12,
    ),
    Presenter(
        "william", False, p.FAIR, _H.SLICK, p.SILVER, Clothes(_O.TURTLENECK, "#33373f"),
        Face(121, 100, 44, 572, 0.96, 1.05), Gaze(_BLUE, 0.96, spread=58, lid=0.84),
        Brows(12, 6, 4), Nose(25, 476, 0.95),
        Lips(41, 0.65, smile=-2), beard=_B.STUBBLE, shoulders=332, neck=63, age=0.65, hands=-34,
    ),
)  # fmt: skip

_WOMEN = (
    Presenter(
        "cristina", True, p.OLIVE, _H.LONG_WAVES, p.ESPRESSO,
        Clothes(_O.BLAZER_TOP, "#8c2f45", "#f3e6dc", "#e3b64f"), Face(121, 88, 34, 558, 0.99, 1.01),
        Gaze(_BROWN_EYES, 1.08, 4, 1.0, spread=60, lid=0.9), Brows(10, 12, 2), Nose(24, 464, 0.9),
        Lips(43, 1.2, "#b23a4a"), earrings=_E.HOOP, shoulders=290, neck=52,
        right_handed=False, hands=-34,
    ),
    Presenter(
        "elizabeth", True, p.PORCELAIN, _H.LOW_BUN, p.SILVER,
        Clothes(_O.BLAZER_TOP, "#35507a", "#ffffff", "#e8e4dc"), Face(119, 90, 40, 562, 0.96, 1.03),
        Gaze(_BLUE, 1.0, 2, 0.7, spread=58, lid=0.8), Brows(8, 8, 1), Nose(25, 470, 1.0),
        Lips(38, 0.65, "#b5505c", smile=1),
        earrings=_E.PEARL, shoulders=288, neck=53, age=0.8, hands=12,
    ),
    Presenter(
        "gloria", True, p.COCOA, _H.AFRO, p.BLACK,
        Clothes(_O.BLAZER_TOP, "#c98a1f", "#2b2430", "#e9c35b"), Face(126, 94, 42, 554, 1.02, 0.98),
        Gaze(_DARK_EYES, 1.1, 4, 1.0, spread=61, lid=0.95), Brows(11, 12, 2), Nose(31, 463, 1.1),
        Lips(47, 1.45, "#8e2a3c", smile=2), earrings=_E.HOOP, shoulders=296, neck=53, hands=22,
    ),
    Presenter(
        "harper", True, p.FAIR, _H.PIXIE, p.BLOND, Clothes(_O.SHIRT, "#f0ece4"),
        Face(117, 80, 30, 552, 0.96, 0.98), Gaze(_GREEN, 1.1, 3, 0.8, spread=59, lid=0.95),
        Brows(8, 8, 1), Nose(20, 458, 0.8),
        Lips(37, 0.9, "#c2596a", smile=1), earrings=_E.STUD, shoulders=284, neck=50, age=0.1,
        hands=-34,
    ),
    Presenter(
        "jane", True, p.PEACH, _H.LONG_STRAIGHT, p.BROWN_HAIR,
        Clothes(_O.BLAZER_TOP, "#2f5d62", "#f6f2ea", "#dcb35c"), Face(122, 92, 40, 560, 0.99, 1.02),
        Gaze(_HAZEL, 1.08, 3, 0.9, spread=60, lid=0.88), Brows(10, 9, 1), Nose(24, 466, 0.95),
        Lips(44, 1.0, "#b94e55", smile=1), earrings=_E.STUD, shoulders=288, neck=51, hands=-34,
    ),
    Presenter(
        "jennifer", True, p.ROSY, _H.SWEPT_WAVES, p.HONEY,
        Clothes(_O.DRESS, "#5d3a78", trim="#f0e7dc", pattern=_P.DOTS),
        Face(127, 96, 46, 552, 1.03, 0.98),
        Gaze(_BLUE, 1.08, 3, 1.0, spread=61, lid=0.92), Brows(9, 11, 2), Nose(23, 460, 0.95),
        Lips(45, 1.0, "#bf3f56", smile=2),
        earrings=_E.PEARL, shoulders=290, neck=52, age=0.3, right_handed=False, hands=-18,
    ),
    Presenter(
        "julia", True, p.FAIR, _H.SHOULDER_FRINGE, p.AUBURN,
        Clothes(_O.BOW_BLOUSE, "#2d6d8a", pattern=_P.DOTS),
        Face(125, 96, 46, 546, 1.02, 0.95), Gaze(_GREEN, 1.1, 3, 0.9, spread=62, lid=0.95),
        Brows(9, 8, 0), Nose(22, 456, 0.95),
        Lips(38, 0.9, "#b5444a"), shoulders=286, neck=51, age=0.15, freckles=True,
        right_handed=False, hands=12,
    ),
    Presenter(
        "lisa", True, p.ROSY, _H.BOB, p.ASH, Clothes(_O.TURTLENECK, "#a8456a"),
        Face(129, 100, 48, 552, 1.03, 0.97), Gaze(_GRAY, 1.04, 2, 0.8, spread=60, lid=0.82),
        Brows(9, 8, 1), Nose(26, 466, 1.05),
        Lips(41, 0.75, "#b6495c", smile=1), glasses=_G.CAT, glasses_color="#5b2436", shoulders=290,
        neck=52, age=0.5, right_handed=False, hands=-18,
    ),
    Presenter(
        "maria", True, p.TAN, _H.LOW_BUN, p.BLACK, Clothes(_O.DRESS, "#c2403a", trim="#e7c067"),
        Face(124, 94, 38, 556, 1.0, 1.0),
        Gaze(_BROWN_EYES, 1.1, 4, 1.0, spread=60, lid=0.92), Brows(12, 12, 3),
        Nose(27, 464, 1.0), Lips(44, 1.3, "#b02a37"), earrings=_E.DROP, shoulders=292, neck=52,
        age=0.3, right_handed=False, hands=-18,
    ),
    Presenter(
        "maya", True, p.CARAMEL, _H.LONG_STRAIGHT, p.BLACK,
        Clothes(_O.CARDIGAN, "#4b7d6a", "#f5efe3", "#2b463b"), Face(116, 80, 30, 560, 0.95, 1.03),
        Gaze(_DARK_EYES, 1.14, 4, 1.0, spread=58, lid=0.88), Brows(11, 9, 1), Nose(25, 464, 0.9),
        Lips(40, 1.1, "#9e3b45", smile=1), earrings=_E.DROP, shoulders=286, neck=50, age=0.1,
    ),
    Presenter(
        "mia", True, p.PORCELAIN, _H.TOP_BUN, p.COPPER, Clothes(_O.KNIT, "#e0b64a"),
        Face(122, 88, 40, 542, 1.0, 0.94), Gaze(_BLUE, 1.14, 3, 0.8, spread=61, lid=1.0),
        Brows(8, 10, 0), Nose(20, 452, 0.9),
        Lips(35, 0.95, "#cc6a68", smile=2), earrings=_E.STUD, shoulders=282, neck=49, age=0.05,
        freckles=True, right_handed=False,
    ),
    Presenter(
        "ming", True, p.IVORY, _H.FRINGE_BOB, p.BLACK,
        Clothes(_O.BLAZER_TEE, "#e4dfd6", "#30343f"), Face(128, 94, 38, 546, 1.03, 0.96),
        Gaze(_DARK_EYES, 1.02, 6, 0.9, fold=0.35, spread=63, lid=0.86), Brows(9, 6, 0),
        Nose(24, 458, 0.9),
        Lips(36, 1.05, "#c2455a"), shoulders=282, neck=50, age=0.15, right_handed=False,
    ),
    Presenter(
        "rita", True, p.BROWN, _H.BRAIDS, p.SOFT_BLACK, Clothes(_O.BOW_BLOUSE, "#ece4d6"),
        Face(119, 88, 38, 560, 0.97, 1.02),
        Gaze(_DARK_EYES, 1.1, 4, 1.0, spread=60, lid=0.92), Brows(11, 11, 2),
        Nose(30, 464, 1.05), Lips(46, 1.45, "#93303f", smile=1), earrings=_E.HOOP,
        shoulders=290, neck=52,
        age=0.15, hands=-18,
    ),
    Presenter(
        "sara", True, p.OLIVE, _H.PONYTAIL, p.CHESTNUT,
        Clothes(_O.POLO, "#e9e6e0", "#e9e6e0", "#b9b2a6"), Face(120, 84, 32, 556, 0.97, 1.01),
        Gaze(_HAZEL, 1.08, 4, 0.9, spread=59, lid=0.9), Brows(10, 9, 1), Nose(24, 466, 0.85),
        Lips(40, 0.95, "#bd5a58", smile=2), earrings=_E.STUD, shoulders=286, neck=51, age=0.1,
        right_handed=False, hands=-34,
    ),
    Presenter(
        "sharon", True, p.COCOA, _H.PIXIE, p.STEEL, Clothes(_O.V_NECK, "#7b5a9c", "#f4f0f6"),
        Face(130, 104, 50, 556, 1.04, 0.98),
        Gaze(_DARK_EYES, 1.0, 2, 0.8, spread=61, lid=0.82), Brows(10, 9, 2),
        Nose(31, 468, 1.15), Lips(45, 1.25, "#8b3144", smile=1), glasses=_G.ROUND,
        glasses_color="#2d2430", earrings=_E.PEARL, shoulders=296, neck=54, age=0.6,
        right_handed=False, hands=-18,
    ),
    Presenter(
        "sophia", True, p.TAN, _H.LONG_CURLS, p.CARAMEL_HAIR,
        Clothes(_O.BLAZER_SHIRT, "#3d4257", "#e5edf5"), Face(121, 90, 40, 552, 0.99, 0.99),
        Gaze(_HAZEL, 1.12, 4, 1.0, spread=60, lid=0.95), Brows(12, 10, 1), Nose(26, 460, 1.0),
        Lips(44, 1.35, "#b0484a", smile=2), shoulders=288, neck=51, age=0.1,
    ),
    Presenter(
        "victoria", True, p.PORCELAIN, _H.SWEPT_WAVES, p.BLACK,
        Clothes(_O.BLAZER_TOP, "#1f2733", "#a41f35", "#e9e6e0"), Face(116, 86, 32, 566, 0.94, 1.05),
        Gaze(_GRAY, 1.06, 5, 1.0, spread=58, lid=0.84), Brows(10, 13, 4), Nose(22, 470, 0.85),
        Lips(40, 1.05, "#a81d32", smile=-2), earrings=_E.DROP, metal="#d5d8de", shoulders=286,
        neck=50,
        age=0.35, hands=12,
    ),
    Presenter(
        "yasmin", True, p.OLIVE, _H.HIJAB, "#4f8f8b",
        Clothes(_O.BLAZER_TOP, "#3a3350", "#efe7dc"), Face(122, 90, 40, 552, 1.0, 1.0),
        Gaze(_BROWN_EYES, 1.12, 4, 1.0, spread=60, lid=0.9), Brows(11, 9, 1), Nose(26, 464, 1.0),
        Lips(42, 1.0, "#b04a55", smile=1), shoulders=292, neck=51, age=0.15,
        right_handed=False, hands=-18,
    ),
)  # fmt: skip

CAST: Mapping[str, Presenter] = MappingProxyType(
    {presenter.id: presenter for presenter in sorted((*_MEN, *_WOMEN), key=lambda one: one.id)}
)
"""Every presenter by its template id (guide §5)."""


def presenter_named(name: str) -> Presenter:
    """Return a presenter; raises KeyError for a name that is not in the cast."""
    return CAST[name]
