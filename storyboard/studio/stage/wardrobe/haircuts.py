"""Which function cuts which style. Knows nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from storyboard.studio.stage.figure.person import HairStyle, Presenter
from storyboard.studio.stage.wardrobe import (
    hair_curly,
    hair_fringe,
    hair_gathered,
    hair_long,
    hair_short,
    hair_textured,
    scarf,
)
from storyboard.studio.stage.wardrobe.hair_material import Hair

_CUTS: Mapping[HairStyle, Callable[[Presenter], Hair]] = MappingProxyType(
    {
        HairStyle.CROP: hair_short.crop,
        HairStyle.SIDE_PART: hair_short.side_part,
        HairStyle.QUIFF: hair_short.quiff,
        HairStyle.SLICK: hair_short.slick,
        HairStyle.BUZZ: hair_short.buzz,
        HairStyle.BALD: hair_short.bald,
        HairStyle.RECEDING: hair_short.receding,
        HairStyle.CURLS: hair_textured.short_curls,
        HairStyle.TOUSLED: hair_textured.tousled,
        HairStyle.AFRO_SHORT: hair_textured.short_afro,
        HairStyle.FLAT_TOP: hair_textured.flat_top,
        HairStyle.SHOULDER_MAN: hair_gathered.shoulder_man,
        HairStyle.LONG_STRAIGHT: hair_long.long_straight,
        HairStyle.LONG_WAVES: hair_long.long_waves,
        HairStyle.BOB: hair_long.bob,
        HairStyle.FRINGE_BOB: hair_fringe.fringe_bob,
        HairStyle.PIXIE: hair_fringe.pixie,
        HairStyle.TOP_BUN: hair_gathered.top_bun,
        HairStyle.LOW_BUN: hair_gathered.low_bun,
        HairStyle.PONYTAIL: hair_gathered.ponytail,
        HairStyle.AFRO: hair_curly.afro,
        HairStyle.LONG_CURLS: hair_curly.long_curls,
        HairStyle.BRAIDS: hair_curly.braids,
        HairStyle.SHOULDER_FRINGE: hair_fringe.shoulder_fringe,
        HairStyle.SWEPT_WAVES: hair_long.swept_waves,
        HairStyle.HIJAB: scarf.hijab,
    }
)


def cut_hair(presenter: Presenter) -> Hair:
    """Draw a presenter's hair."""
    return _CUTS[presenter.hair](presenter)
