"""Dresses a body: one function an outfit. Knows the cloth's colors, not who wears it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from storyboard.studio.stage.figure.person import Clothes, Outfit, Presenter
from storyboard.studio.stage.vector import Sheet
from storyboard.studio.stage.wardrobe.cloth import Build
from storyboard.studio.stage.wardrobe.jackets import (
    blazer_shirt_outfit,
    blazer_tee_outfit,
    blazer_tie_outfit,
    blazer_top_outfit,
    waistcoat_outfit,
)
from storyboard.studio.stage.wardrobe.tops import (
    bow_blouse_outfit,
    cardigan_outfit,
    dress_outfit,
    hoodie_outfit,
    knit_outfit,
    polo_outfit,
    shirt_outfit,
    turtleneck_outfit,
    v_neck_outfit,
)


def draw_clothes(presenter: Presenter) -> str:
    """Draw what a presenter wears, over the neck."""
    sheet = Sheet("o")
    _TAILORS[presenter.clothes.outfit](sheet, Build.of(presenter), presenter.clothes)
    return sheet.text()


_TAILORS: Mapping[Outfit, Callable[[Sheet, Build, Clothes], None]] = MappingProxyType(
    {
        Outfit.BLAZER_SHIRT: blazer_shirt_outfit,
        Outfit.BLAZER_TIE: blazer_tie_outfit,
        Outfit.BLAZER_TOP: blazer_top_outfit,
        Outfit.BLAZER_TEE: blazer_tee_outfit,
        Outfit.SHIRT: shirt_outfit,
        Outfit.POLO: polo_outfit,
        Outfit.TURTLENECK: turtleneck_outfit,
        Outfit.KNIT: knit_outfit,
        Outfit.V_NECK: v_neck_outfit,
        Outfit.HOODIE: hoodie_outfit,
        Outfit.DRESS: dress_outfit,
        Outfit.BOW_BLOUSE: bow_blouse_outfit,
        Outfit.CARDIGAN: cardigan_outfit,
        Outfit.WAISTCOAT: waistcoat_outfit,
    }
)
