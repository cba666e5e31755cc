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


def _nordic(
    example: str, others: str, chapter: str, and_so_on: str, more: str
) -> tuple[Abbreviation, ...]:
    """Return the rows of Danish or Norwegian, whose short forms are the same."""
    return (
        *rows(
            Before.ANYTHING,
            *("dr=doktor", "prof=professor", f"f. eks={example}", f"bl. a={others}"),
            *("inkl=inklusive", "ekskl=eksklusive"),
        ),
        *rows(
            Before.NUMBER,
            *("kl=klokken", "nr=nummer", f"kap={chapter}", "s=side", "fig=figur", "tlf=telefon"),
        ),
        *rows(Before.LOWER, f"osv={and_so_on}", f"m. m={more}"),
    )


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
        "da": _nordic("for eksempel", "blandt andet", "kapitel", "og så videre", "med mere"),
        "nb": _nordic("for eksempel", "blant annet", "kapittel", "og så videre", "med mer"),
        "cs": (
            *rows(
                Before.ANYTHING,
                *("dr=doktor", "prof=profesor", "např=například", "tj=to jest"),
            ),
            *rows(Before.NUMBER, "č=číslo"),
            *rows(Before.LOWER, "atd=a tak dále", "apod=a podobně"),
        ),
        "tr": (
            *rows(Before.ANYTHING, "Dr=Doktor", "Prof=Profesör", "örn=örneğin"),
            *rows(Before.NUMBER, "no=numara", "s=sayfa", "tel=telefon"),
            *rows(Before.LOWER, "vb=ve benzeri", "vs=vesaire"),
        ),
        "ro": (
            *rows(
                Before.ANYTHING,
                *("dr=doctor", "prof=profesor", "de ex=de exemplu", "str=strada", "bd=bulevardul"),
            ),
            *rows(
                Before.NUMBER,
                *("nr=numărul", "pag=pagina", "art=articolul", "cap=capitolul", "tel=telefon"),
                *("aprox=aproximativ", "min=minimum", "max=maximum"),
            ),
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
        "ru": (
            *rows(
                Before.ANYTHING,
                *("проф=профессор", "т. е=то есть", "напр=например", "т. к=так как"),
            ),
            *rows(
                Before.NUMBER,
                *("рис=рисунок", "табл=таблица", "стр=страница", "тел=телефон"),
                *("на рис=на рисунке", "в табл=в таблице", "на стр=на странице"),
            ),
            *rows(Before.LOWER, "т. п=тому подобное", "и др=и другие"),
        ),
        "uk": (
            *rows(Before.ANYTHING, "проф=професор", "напр=наприклад"),
            *rows(
                Before.NUMBER,
                *("рис=рисунок", "табл=таблиця", "стор=сторінка", "тел=телефон"),
                *("на рис=на рисунку", "у табл=у таблиці", "на стор=на сторінці"),
            ),
            *rows(Before.LOWER, "т. п=тому подібне", "та ін=та інші"),
        ),
    }
)
