"""Which function cuts which style. Knows nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from storyboard.studio.stage import hair_long, hair_short
from storyboard.studio.stage.person import HairStyle, Presenter
from storyboard.studio.stage.tresses import Hair

_CUTS: Mapping[HairStyle, Callable[[Presenter], Hair]] = MappingProxyType(
    {
        HairStyle.CROP: hair_short.crop,
        HairStyle.SIDE_PART: hair_short.side_part,
        HairStyle.QUIFF: hair_short.quiff,
        HairStyle.SLICK: hair_short.slick,
        HairStyle.BUZZ: hair_short.buzz,
        HairStyle.BALD: hair_short.bald,
        HairStyle.RECEDING: hair_short.receding,
        HairStyle.CURLS: hair_short.short_curls,
        HairStyle.TOUSLED: hair_short.tousled,
        HairStyle.AFRO_SHORT: hair_short.short_afro,
        HairStyle.FLAT_TOP: hair_short.flat_top,
        HairStyle.SHOULDER_MAN: hair_long.shoulder_man,
        HairStyle.LONG_STRAIGHT: hair_long.long_straight,
        HairStyle.LONG_WAVES: hair_long.long_waves,
        HairStyle.BOB: hair_long.bob,
        HairStyle.FRINGE_BOB: hair_long.fringe_bob,
        HairStyle.PIXIE: hair_long.pixie,
        HairStyle.TOP_BUN: hair_long.top_bun,
        HairStyle.LOW_BUN: hair_long.low_bun,
        HairStyle.PONYTAIL: hair_long.ponytail,
        HairStyle.AFRO: hair_long.afro,
        HairStyle.LONG_CURLS: hair_long.long_curls,
        HairStyle.BRAIDS: hair_long.braids,
        HairStyle.SHOULDER_FRINGE: hair_long.shoulder_fringe,
        HairStyle.SWEPT_WAVES: hair_long.swept_waves,
        HairStyle.HIJAB: hair_long.hijab,
    }
)


def cut_hair(presenter: Presenter) -> Hair:
    """Draw a presenter's hair."""
    return _CUTS[presenter.hair](presenter)
