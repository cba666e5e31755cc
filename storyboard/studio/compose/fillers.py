"""What a speaker says while looking for words: fillers, doubled words, broken-off ones.

Only what is never meant is dropped, by language: `um` is a word in German, `eh` in Dutch. A
sentence that loses its first word begins with a capital again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from storyboard.sentence_marks import CLOSERS, OPENERS
from storyboard.spoken_tags import language_of
from storyboard.studio.compose import filler_commas
from storyboard.studio.compose.words import STOPWORDS

_ANY: Final = r"u+h+m*|u+hm+|h+m+|m{2,}-?h+m+|ä+h+m*|ö+h+m*"
_SPACED: Final[Mapping[str, str]] = {
    "en": rf"{_ANY}|u+m+|e+rm+|er|mm+|mhm|uh-huh|mm-hmm",
    "de": rf"{_ANY}|e+hm+|mh+|hä+h*",
    "fr": rf"{_ANY}|e+u+h+|h+e+u+h*|hum+",
    "es": rf"{_ANY}|e+h+m*|mm+",
    "it": rf"{_ANY}|e+h+m*|mm+",
    "ko": r"음+|어+",
}
_BETWEEN_COMMAS: Final[Mapping[str, str]] = {
    "en": r"you know|i mean|like|sort of|you see|okay|ok",
    "de": r"okay|sag(?:en)? (?:wir|ich) mal|weißt du|wissen sie",
    "fr": r"hein|tu vois|vous voyez|tu sais|vous savez",
    "es": r"o sea|este|¿no\?",
    "it": r"cioè|diciamo",
}
_BEFORE_ALL: Final[Mapping[str, str]] = {
    "en": r"okay|ok|yeah|well|right|alright|all right|so",
    "de": r"okay|also|genau|na ja|naja|gut",
    "fr": r"bon|ben|bah|alors|ok",
    "es": r"bueno|vale|pues",
    "it": r"allora|beh|ok",
}
"""What a speaker begins with, before a comma, and means nothing by."""

_UNSPACED: Final[Mapping[str, str]] = {
    "ja": r"え[えー]{1,9}っ?と[ー、…]{0,9}|(?<!\w)えっ?と[ー、…]{0,9}|(?<!\w)え[ーえ]{1,9}[、…]"
    r"|あのー{1,9}[、…]{0,9}|(?<!\w)あの[う]?[、…]|そのー{1,9}[、…]{0,9}"
    r"|(?<!\w)うー{1,9}ん[、…]|(?<!\w)まー{1,9}[、…]",
    "zh": r"(?:[呃嗯唔]+|(?<!\w)额+(?=[，、…。]))[，、…]*",
}
_BY_DEFAULT: Final = ""


def _searched(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’-])(?:{words})(?![\w'’-])[.…]{{0,3}},?", re.IGNORECASE)


_FILLER: Final = {_BY_DEFAULT: _searched(_ANY)} | {k: _searched(v) for k, v in _SPACED.items()}
_FILLED: Final = re.compile(rf"{_ANY}|u+m+|e+rm*", re.IGNORECASE)
_PHRASE: Final = {
    language: re.compile(rf"(?:(?<=,)|^)\s*(?:{words}),", re.IGNORECASE)
    for language, words in _BETWEEN_COMMAS.items()
}
_AMID: Final = {
    language: re.compile(rf",\s*(?:(?:{_SPACED[language]}|{words})[.…]{{0,3}},\s*)+", re.IGNORECASE)
    for language, words in _BETWEEN_COMMAS.items()
}
"""Fillers with a comma before and behind them."""

_OPENING: Final = {
    language: re.compile(rf"^(?:(?:{words}),\s+)+", re.IGNORECASE)
    for language, words in _BEFORE_ALL.items()
}
_SOUND: Final = {language: re.compile(words) for language, words in _UNSPACED.items()}

_NEVER_TWICE: Final = frozenset(
    """
    i'm it's that's we're you're they're there's he's she's what's don't i've we've
    the a an i we he they you of to and but or so my our your with for from if it this these what
    when where because there are was were can will would on at by as
    ein eine einen einem einer und oder ich wir er mit für von zu auf weil wenn dass ist sind im
    in den dem des es ihr mein unser auch nicht
    le la un une et ou je il elle on de du à au pour avec dans que qui est sont ce c'est les des
    el los las y o yo de del a al con por para que en es son lo se una unos mi su
    """.split()  # noqa: SIM905
)  # fmt: skip
"""Small words that are doubled by chance alone, unlike "had had", "die die" and "nous nous"."""

ARTICLES: Final = frozenset(
    "the a an der die das den dem ein eine le la les un une el los las il lo".split()  # noqa: SIM905
)
"""Words that may begin what ends one sentence and begins the next: "the filter the filter sits"."""

_MAY_DOUBLE: Final = frozenset(
    """
    very really much many far long had that is was no yes bye please now well never more too big
    wait die das der sie sehr nein viel lange mehr nie nous vous très non oui bien trop tout muy sí
    mucho molto piano knock blah
    """.split()  # noqa: SIM905
)
"""Words that are doubled on purpose, or where one clause ends and the next begins with them."""

_BEHIND_COMMA: Final = frozenset({"das", "die", "der"})
"""German words that stand twice where a clause begins with them: "die Halle, in der der Motor".
Such a clause has a comma before it, or before the word that leads it."""

_FORMS_OF_BE: Final = frozenset({"is", "ist", "est", "es", "è"})
_QUESTIONS: Final = frozenset(
    "what who where how all which was wer wo wie alles que qui quien quién lo ce che chi".split()  # noqa: SIM905
)
"""Words before an "is" that another one may follow: "what it is is a pump"."""

_LONGEST_REPEAT: Final = 4
"""Words that a speaker says again from the start: "it was, it was a good year". A choice."""

_SHORT_WORD: Final = 2
_BROKEN_OFF: Final = re.compile(r"(?<!\S)([^\W0-9_]{1,10})(?:--?|…|—)\s+(?=([^\W0-9_]+))")
_PARTED: Final = re.compile(r"(?<=\w)\s+([,.])(?=\s|$)")
"""A blank before a comma, as some transcripts have it: no language writes one."""

_RESTARTS: Final = re.compile(r" ([,.;:!?…])")


def without_fillers(sentence: str, language: str) -> str:
    """Return a sentence without what was not meant; as it is where there is nothing of that."""
    base = language_of(language)
    text = _PARTED.sub(r"\1", sentence)
    if base in _SOUND:
        text = _SOUND[base].sub("", text)
    else:
        if base in _OPENING:
            text = _OPENING[base].sub("", text.lstrip())
        if base in _AMID and "," in text:
            text = _AMID[base].sub(partial(_kept_comma, base), text)
        text = _FILLER.get(base, _FILLER[_BY_DEFAULT]).sub("", text)
        if base in _PHRASE and "," in text:
            text = _PHRASE[base].sub("", text)
        text = _without_doubled(_BROKEN_OFF.sub(_kept_start, text))
        if base in _OPENING:
            text = _OPENING[base].sub("", text.lstrip())
    return text if text == sentence else _tidied(text, sentence)


def is_filler(word: str) -> bool:
    """Whether a word is one that fills a pause, in any language."""
    return _FILLED.fullmatch(word) is not None


def _kept_comma(language: str, match: re.Match[str]) -> str:
    """Return the comma that stays where a filler was between two of them."""
    before, behind = match.string[: match.start()], match.string[match.end() :]
    return ", " if filler_commas.stays(before, behind, language) else " "


def _kept_start(match: re.Match[str]) -> str:
    """Drop what was broken off where the next word begins with it: "th- the"."""
    is_begun = match[2].casefold().startswith(match[1].casefold())
    return "" if is_begun else match.group()


def _without_doubled(text: str) -> str:
    """Drop small words that are said twice, and up to four words that are said again at once."""
    tokens = text.split()
    if len(tokens) < 2:
        return text
    plain = [token.strip(",.…-–—").casefold().replace("’", "'") for token in tokens]
    kept: list[int] = []
    at = 0
    while at < len(tokens):
        if length := _repeated(plain, tokens, at):
            at += length
            continue
        kept.append(at)
        at += 1
    return " ".join(tokens[n] for n in kept) if len(kept) < len(tokens) else text


def _repeated(plain: list[str], tokens: list[str], at: int) -> int:
    """Return how many words from here on come again at once, and so are dropped here."""
    for length in range(_LONGEST_REPEAT, 1, -1):
        first = plain[at : at + length]
        if first == plain[at + length : at + 2 * length] and not STOPWORDS.isdisjoint(first):
            is_restart = _is_restart(tokens[at : at + length], first, is_first=at == 0)
            return length if is_restart else 0
    if plain[at] in _FORMS_OF_BE and plain[at : at + 2] == [plain[at]] * 2:
        return int(_QUESTIONS.isdisjoint(plain[:at]) and tokens[at][-1] not in ".!?;:")
    if at + 1 < len(plain) and plain[at] == plain[at + 1] and plain[at] in _NEVER_TWICE:
        return int(tokens[at][-1] not in ".!?;:")
    return int(_is_slip(tokens, at) or _is_stumble(tokens, plain, at))


def _is_restart(tokens: list[str], plain: list[str], *, is_first: bool) -> bool:
    """Whether words that come again at once are a sentence begun anew, and not two of them."""
    is_one_clause = not any(token[-1] in ".!?;:" for token in tokens)
    is_phrase = plain[0] in ARTICLES and (len(plain) == 2 or not is_first)
    is_parted = is_phrase and not tokens[-1].endswith(",")
    return is_one_clause and not is_parted and len(set(plain)) > 1


def _is_slip(tokens: list[str], at: int) -> bool:
    """Whether a longer word is said exactly twice; three times is said on purpose."""
    word = tokens[at]
    if tokens[at + 1 : at + 2] != [word] or not (word.isalpha() and word.islower()):
        return False
    is_twice = word not in (*tokens[max(0, at - 1) : at], *tokens[at + 2 : at + 3])
    return is_twice and len(word) > _SHORT_WORD and word not in _MAY_DOUBLE


def _is_stumble(tokens: list[str], plain: list[str], at: int) -> bool:
    """Whether a German article is said twice where no clause can begin, in a text with stops."""
    is_twice = tokens[at] in _BEHIND_COMMA and plain[at : at + 2] == [tokens[at]] * 2
    before = tokens[max(0, at - 2) : at]
    has_stops = tokens[-1].rstrip(CLOSERS)[-1:] in tuple(".!?…")
    return is_twice and has_stops and not any(token.endswith((",", ";", ":")) for token in before)


def _tidied(text: str, before: str) -> str:
    """Mend the blanks and commas around what is gone, and the capital of the first word."""
    text = _RESTARTS.sub(r"\1", " ".join(text.split()))
    text = re.sub(r"([,;:]),+", r"\1", text).lstrip(" ,;:.、，…-–—")
    first, was = text.lstrip(OPENERS)[:1], before.lstrip(OPENERS)[:1]
    if was.isupper() and first.islower() and not _is_name_in_lower(text):
        at = len(text) - len(text.lstrip(OPENERS))
        text = text[:at] + first.upper() + text[at + 1 :]
    return text


def _is_name_in_lower(text: str) -> bool:
    """Whether the first word has a capital inside, as "iPhone" has."""
    first = (text.split() or [""])[0]
    return any(character.isupper() for character in first)
