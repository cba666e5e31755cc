"""Words that no sentence ends with: articles, prepositions, conjunctions. Knows no text."""

from __future__ import annotations

from typing import Final

DANGLERS: Final = frozenset(
    """
    a an the of to in on at for with from by and or but so because if that than as my your our their
    his its this these those very more most is are was were be been have has had do does did not
    can could will would should may might must into about over under between every each some any no
    which who when where while how what i you we they he she it's i'm we're there one
    der die das den dem des ein eine einen einem einer und oder aber weil dass wenn als wie zu zum
    zur im in am an auf aus bei mit nach von vor für über unter durch ist sind war waren wird werden
    hat haben kann sehr mehr nicht kein keine mein dein sein ihr unser euer diese dieser dieses ich
    du er wir sie man etwas viel sich so
    le la les l' un une des du de d' à au aux et ou mais donc car que qui dont où si en dans sur
    sous pour par avec sans est sont était a ont ne pas très plus mon ma mes ton ta tes son sa ses
    notre nos votre vos leur leurs ce cet cette ces je tu il elle on nous vous ils elles
    el los las una unos y o pero porque si que quien de del al en con sin por para sobre entre es
    son era está están ha han no muy más mi tu su sus este esta estos estas yo él ella lo se
    il lo gli i e ma perché che di da nel nella con per è sono non più molto mio suo questo questa
    """.split()  # noqa: SIM905
)  # fmt: skip
"""Words that a sentence does not end with."""
