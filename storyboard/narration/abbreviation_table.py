"""The abbreviations of each language as rows: what each is read as, and what follows it.

Knows no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from storyboard.narration.abbreviation_kinds import Abbreviation, Before, rows
from storyboard.narration.germanic_abbreviations import GERMANIC
from storyboard.narration.romance_abbreviations import ROMANCE

ABBREVIATIONS: Final[Mapping[str, tuple[Abbreviation, ...]]] = MappingProxyType(
    {
        **GERMANIC,
        **ROMANCE,
        "sv": (
            *rows(
                Before.ANYTHING,
                *("dr=doktor", "prof=professor", "t. ex=till exempel", "bl. a=bland annat"),
                *("d. v. s=det vill säga", "f. d=före detta", "inkl=inklusive", "exkl=exklusive"),
                "resp=respektive",
            ),
            *rows(
                Before.NUMBER,
                *("kl=klockan", "nr=nummer", "kap=kapitel", "s=sida", "fig=figur", "tel=telefon"),
            ),
            *rows(Before.LOWER, "osv=och så vidare", "m. m=med mera", "m. fl=med flera"),
        ),
        "pl": (
            *rows(
                Before.ANYTHING,
                "np=na przykład",
                "tzn=to znaczy",
                "tzw=tak zwany",
                "m. in=między innymi",
                "prof=profesor",
                "ul=ulica",
                "św=święty",
            ),
            *rows(Before.NUMBER, "nr=numer", "str=strona", "art=artykuł"),
            *rows(Before.LABEL, "rys=rysunek"),
            *rows(Before.LOWER, "itd=i tak dalej", "itp=i tym podobne"),
        ),
    }
)
