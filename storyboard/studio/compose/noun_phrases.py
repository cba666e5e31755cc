"""The noun phrases of texts, as far as small words tell them. Knows no grammar beyond that.

A phrase is a run of content words behind an article, a preposition or a number, up to the next
small word. German writes its nouns with capitals; Chinese, Japanese and Korean need other signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.scripts import HAN, KANA, in_class
from storyboard.studio.compose.words import STOPWORDS

LONGEST: Final = 3
"""Words of a phrase: longer ones are clauses, which a name is not."""

_LEADS: Final = frozenset(
    """
    the a an our your my his her its their this that these those each every some any no of in on at
    with without for from by about between into under over against through during new
    der die das den dem des ein eine einen einem einer unser unsere kein keine im am zum zur beim
    le la les l un une des du de d au aux ce cet cette ces notre nos votre vos mon ma mes ton son sa
    ses leur leurs chaque en dans sur avec sans pour par
    el los las una unos unas del al lo este esta estos estas nuestro nuestra su sus mi mis cada con
    sin para por sobre entre
    il lo gli uno nel nella della dello dei delle al alla questo questa ogni
    de het een onze dit deze elke het o os as um uma do da dos das no na nos nas
    """.split()  # noqa: SIM905
)  # fmt: skip
"""Small words that a noun phrase follows."""

_NUMBERS: Final = frozenset(
    """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion percent half first second third fourth last next per
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig hundert tausend prozent
    deux trois quatre cinq sept huit neuf dix vingt cent mille pour-cent
    dos tres cuatro cinco siete ocho nueve diez veinte cien mil ciento
    """.split()  # noqa: SIM905
)
"""Words that make a name no better: how many, which one."""

_EMPTY: Final = frozenset(
    """
    year years month months week weeks day days hour hours minute minutes second seconds time times
    way ways people person thing things number lot kind bit example case point fact part side end
    morning evening night today yesterday monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    item items topic topics agenda episode show meeting today's
    percent euro euros dollar dollars meter meters degrees size question questions everyone
    good great big small little long old new bad nice whole different important same better best
    jahr jahre jahren monat monate woche wochen tag tage tagen stunde stunden minute minuten sekunde
    zeit mal leute menschen sache dinge teil seite ende beispiel prozent euro meter grad hälfte
    fünftel viertel drittel frage fragen herr frau vormittag morgen abend montag dienstag mittwoch
    donnerstag freitag samstag sonntag januar februar märz april mai juni juli august september
    oktober november dezember kelvin
    an année années ans mois semaine semaines jour jours heure heures minute fois temps gens chose
    choses partie exemple vie monde plupart métier
    año años mes meses semana semanas día días hora horas minuto vez veces tiempo gente cosa cosas
    parte ejemplo vida mundo miles kilómetros metros centímetros tipo tipos
    最初 今回 今日 本日 時間 自分 皆さん 一番 今年
    大家 今天 我们 时候 时间 方法 所有 一种 一年 里面 正好
    그것 이것 오늘 우리 여러분 시간
    """.split()  # noqa: SIM905
)  # fmt: skip
"""Nouns that say nothing of what a text is about, and some words that look like nouns."""

_WORD: Final = re.compile(r"[^\W_][\w'’+#&-]*")
_ODD: Final = re.compile(r"(?<!\S)\S*(?:[/\\@_=<>]|--|\w\.\w)\S*")
_GLUE: Final = re.compile(
    r"[的了是在和与及也都就而但把被让从到对为上中下这那我你他她它们不很最更还要会能个一有所以因]"
)
_DENSE_RUN: Final = re.compile(f"[{in_class(HAN)}]{{2,12}}")
_KATAKANA: Final = re.compile("[\u30a1-\u30fa\u30fc]{2,16}")
_DENSE: Final = re.compile(f"[{in_class(KANA + HAN)}]")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]")
_PARTICLE: Final = re.compile(
    "(?<=[\uac00-\ud7a3]{2})(?:에서|으로|에게|까지|부터|은|는|이|가|을|를|의|에|로|와|과|도|만)$"
)
_VERB: Final = re.compile("(?<=[\uac00-\ud7a3])(?:다|요|면서|고|서|지|게|며|수록|도록|는데|은데)$")
"""What Korean verbs end with, and few nouns that name a talk."""

_VERBAL: Final = re.compile(r"(?:s|ed|ing|t|te|ten|en|ent)$")
"""What verbs end with, in languages that have an alphabet, and many nouns as well."""

_INSIDE: Final = re.compile(r"(?<=[^\W\d_] )[^\W\d_]\S{2,}")
_MANY_CAPITALS: Final = 0.2
"""Share of words with a capital inside of sentences, from which on it tells nouns: less is
names."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as it stands in a text; `is_first` where it begins a sentence, and so may have
    a capital of that; it `may_be_verb` where no small word is before it."""

    words: tuple[str, ...]
    is_first: bool = False
    may_be_verb: bool = False

    @property
    def text(self) -> str:
        """The phrase as it is written."""
        return " ".join(self.words)


def has_noun_capitals(texts: Sequence[str]) -> bool:
    """Whether the texts write their nouns with capitals, as German does."""
    found = [word for text in texts[:400] for word in _INSIDE.findall(text)]
    return sum(1 for word in found if word[0].isupper()) > _MANY_CAPITALS * max(1, len(found))


def phrases_of(text: str, *, noun_capitals: bool) -> Iterator[Phrase]:
    """Yield the noun phrases of a sentence, and the parts of each that may be one."""
    text = _ODD.sub(" . ", text)
    if _DENSE.search(text):
        yield from _dense(text)
    for clause in re.split(r"[^\w\s'’+#&-]+", text):
        words = _WORD.findall(clause)
        found = _capitalized(words) if noun_capitals else _led(words)
        for phrase in found:
            yield from _within(phrase, noun_capitals=noun_capitals)


def _within(phrase: Phrase, *, noun_capitals: bool) -> Iterator[Phrase]:
    """Yield the last words of a run, and the first ones: "search engine" of "search engine
    works"."""
    words = phrase.words
    may_have_verb = not noun_capitals and _VERBAL.search(words[-1]) is not None
    for length in range(min(LONGEST, len(words)), 0, -1):
        if not is_empty(words[-1]):
            is_whole = length == len(words)
            is_verb = may_have_verb and not is_whole
            yield Phrase(words[-length:], phrase.is_first and is_whole, is_verb)
        is_subject = may_have_verb and length == 1 < len(words)
        if (is_subject or 1 < length < len(words)) and not is_empty(words[length - 1]):
            yield Phrase(words[:length], phrase.is_first)


def is_empty(word: str) -> bool:
    """Whether a word, even if it is a noun, names no topic."""
    plain = _plain(word)
    if _VERB.search(word) or plain.rstrip("s") in _EMPTY:
        return True
    return plain in _EMPTY or plain in _NUMBERS or plain in STOPWORDS or not plain[:1].isalpha()


def _led(words: Sequence[str]) -> Iterator[Phrase]:
    """Yield the runs of content words that follow a small word or begin a clause."""
    run: list[str] = []
    is_led = is_first = True
    for at, word in enumerate((*words, "the")):
        plain = _plain(word)
        is_name = not _HANGUL.search(word) and word[0].isupper() and at > 0
        if plain not in STOPWORDS and plain not in _LEADS and plain not in _NUMBERS:
            run.append(_PARTICLE.sub("", word))
            is_led = is_led or is_name
            continue
        if run and _HANGUL.search(run[0]):
            yield from (Phrase((each,)) for each in run)
        elif run and is_led and not (is_first and len(run) > 1):
            yield Phrase(tuple(run), is_first)
        run, is_first = [], False
        is_led = plain in _LEADS or plain in _NUMBERS


def _capitalized(words: Sequence[str]) -> Iterator[Phrase]:
    """Yield the runs of words with a capital; the first word of a clause may have it for that."""
    run: list[str] = []
    first = 0
    for at, word in enumerate((*words, "")):
        if word[:1].isupper() and _plain(word) not in STOPWORDS and _plain(word) not in _LEADS:
            first = at if not run else first
            run.append(word)
            continue
        if run:
            yield Phrase(tuple(run), first == 0)
        run = []


def _dense(text: str) -> Iterator[Phrase]:
    """Yield runs of katakana, and the pieces of runs of Chinese signs, of two to six of them."""
    yield from (Phrase((word,)) for word in _KATAKANA.findall(text))
    for run in _DENSE_RUN.finditer(_GLUE.sub(" ", text)):
        signs = run.group()
        for length in range(2, min(6, len(signs)) + 1):
            for at in range(len(signs) - length + 1):
                piece = signs[at : at + length]
                if not any(piece.startswith(word) or piece.endswith(word) for word in _EMPTY):
                    yield Phrase((piece,))


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").partition("'")[0]
