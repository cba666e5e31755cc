"""What counts as a word when texts are compared: stems of content words. Knows no sentence order.

Function words are listed for the languages most often transcribed; elsewhere their frequency
already makes them weigh little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from storyboard.scripts import UNSPACED, in_class

STOPWORDS: Final = frozenset(
    """
    a about above after again all also am an and any are as at be because been before being below
    between both but by can could did do does doing don down during each else ever few for from
    further get gets getting give go goes going gonna got had has have having he her here hers him
    his how i if in into is it its just kind know let like lot lots made make makes many may maybe
    me more most much must my no nor not now of off ok okay on once one only or other our ours out
    over own really right said same say see she should so some sort such than that the their them
    then there these they thing things this those through to too try under until up us use used very
    want was we well were what when where which while who whom why will with would yeah yes you
    your yours re ve ll isn doesn didn won today
    der die das den dem des ein eine einer eines einem einen und oder aber ist sind war waren wird
    werden wie was wer wo wenn weil dass nicht kein keine auch nur noch schon sehr so mit von zu zum
    zur im in auf aus bei nach vor für über unter durch gegen um es er sie wir ihr ich du man sich
    mein dein sein unser euer haben hat hatte kann können hier da dann also
    alle alles allem allen mehr immer wieder dass daran damit dafür dabei davon darauf jetzt heute
    möchte möchten wollen will soll sollte muss müssen darf würde würden wäre hätte habe hatten
    mich dich mir dir ihm ihn ihnen uns euch diese dieser dieses diesem diesen jede jeder jedes
    denn doch mal eben ganz etwa rund bis ohne trotzdem deshalb seitdem vorher nachher erst nichts
    etwas viel viele einfach gut gerne bitte machen macht gemacht geht gehen kommt kommen lassen
    le la les un une des du de et ou mais est sont était être avoir a ont avec pour par sur dans ce
    cette ces qui que quoi dont où ne pas plus moins très aussi il elle nous vous ils elles je tu on
    son sa ses notre nos votre vos leur leurs se en au aux si comme tout tous toute toutes
    mais donc car alors puis ainsi cela ça ici là bien fait faire faut peut peuvent été sera
    aujourd'hui aujourd encore toujours déjà après avant sous entre chez sans moi toi lui eux
    je j l d c qu n s m t y même autre autres chaque quand peu beaucoup
    el los las una unos unas y o pero es son era ser estar con para por sobre este esta estos estas
    que quien donde no más muy también él ella nosotros ustedes ellos yo tú su sus al del lo se si
    hay ha han hemos había fue fueron será puede pueden hacer hace hecho así aquí ahora hoy ya
    todo toda todos todas otro otra otros otras cada cuando porque pero sin entre desde hasta
    nuestro nuestra nuestros nuestras mi mis nos les le algo mucho muchos muchas poco
    """.split()  # noqa: SIM905
)  # fmt: skip

_BRIEF_WORDS: Final = """
    focus concentrate emphasise emphasize highlight highlights video summary summarise summarize
    short cover explain show tell audience style tone please mention include about
    konzentriere schwerpunkt zusammenfassung zusammenfassen erkläre zeige kurz ton zielgruppe
    film vidéo résumé résume montre explique court public resumen resume muestra explica corto
    """
"""Words of a brief that say what to do and not what about."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_UNSPACED: Final = re.compile(rf"[{in_class(UNSPACED)}]+")
_SUFFIXES: Final = ("ements", "ement", "ations", "ation", "ings", "ing", "ies", "ied", "ers",
                    "ed", "es", "er", "ly", "s", "e", "y")  # fmt: skip
_KEPT, _LONGEST_KEPT = 32_768, 400
"""Sentences whose stems are kept, and the characters of the longest of them."""

_STEM: Final = 4
"""Letters that are left of a word without its ending: of less, unlike words become one."""


def stems(text: str) -> tuple[str, ...]:
    """Return a stem for each content word, and each pair of signs where words are not parted."""
    return _kept_stems(text) if len(text) <= _LONGEST_KEPT else tuple(_stems(text))


def brief_terms(brief: str) -> frozenset[str]:
    """Return the stems of what a brief asks about, and not of what to do, if it says anything
    else."""
    asked = frozenset(stems(brief))
    return asked.difference(stems(_BRIEF_WORDS)) or asked


@lru_cache(maxsize=_KEPT)
def _kept_stems(text: str) -> tuple[str, ...]:
    """Return the stems of a sentence: topics, ranks, choice and name all ask for them."""
    return tuple(_stems(text))


def _stems(text: str) -> Iterator[str]:
    for word in words(text):
        if word in STOPWORDS or (len(word) < 2 and word.isascii()):
            continue
        if _UNSPACED.fullmatch(word):
            yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))
        else:
            yield stem(word)


def words(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case, without clitics."""
    for match in _WORD.finditer(text.casefold().replace("’", "'")):
        yield match.group().partition("'")[0]


def stem(word: str) -> str:
    """Return the word without an ending: announcements, announced and announce are one."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _STEM:
            return word[: -len(suffix)]
    return word
