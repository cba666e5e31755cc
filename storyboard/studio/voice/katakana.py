"""English sounds as Japanese writes them: "cloud" is クラウド. Knows no voice and no spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from storyboard.narration.phonemes import IPA

_ROWS: Final = {
    "": "ア イ ウ エ オ", "p": "パ ピ プ ペ ポ", "b": "バ ビ ブ ベ ボ", "t": "タ ティ トゥ テ ト",
    "d": "ダ ディ ドゥ デ ド", "k": "カ キ ク ケ コ", "ɡ": "ガ ギ グ ゲ ゴ", "m": "マ ミ ム メ モ",
    "n": "ナ ニ ヌ ネ ノ", "f": "ファ フィ フ フェ フォ", "v": "バ ビ ブ ベ ボ",
    "s": "サ シ ス セ ソ", "z": "ザ ジ ズ ゼ ゾ", "ʃ": "シャ シ シュ シェ ショ",
    "ʒ": "ジャ ジ ジュ ジェ ジョ", "tʃ": "チャ チ チュ チェ チョ", "h": "ハ ヒ フ ヘ ホ",
    "ɹ": "ラ リ ル レ ロ", "j": "ヤ イ ユ イェ ヨ", "w": "ワ ウィ ウ ウェ ウォ",
}  # fmt: skip
"""What a consonant and a vowel are written as: a, i, u, e, o."""

_SAME: Final = {
    "θ": "s", "ð": "z", "l": "ɹ", "ɾ": "ɹ", "r": "ɹ", "ɬ": "ɹ", "dʒ": "ʒ", "ʔ": "t", "x": "h",
    "g": "ɡ", "ɫ": "ɹ",
}  # fmt: skip
"""Consonants that Japanese does not tell apart from another one."""

_ALONE: Final = {"t": "ト", "d": "ド", "tʃ": "チ", "ʒ": "ジ", "n": "ン", "h": "", "j": "イ"}
"""What a consonant is without a vowel behind it, where that is not its u."""

_VOWELS: Final = {
    "aɪ": "aイ", "aʊ": "aウ", "eɪ": "eー", "əʊ": "oー", "oʊ": "oー", "ɔɪ": "oイ",
    "iə": "iア", "ɪə": "iア", "eə": "eア", "ʊə": "uア", "a": "a", "æ": "a", "ɑ": "a", "ɐ": "a",
    "ʌ": "a", "ə": "a", "ɜ": "aー", "ɚ": "aー", "ɒ": "o", "ɔ": "o", "o": "o", "ɛ": "e", "e": "e",
    "ɪ": "i", "i": "i", "ᵻ": "i", "ʊ": "u", "u": "u",
}  # fmt: skip
_CONSONANTS: Final = (*_ROWS, *_SAME, "ŋ")
_SOUND: Final = re.compile(
    f"(?P<vowel>{'|'.join(sorted(_VOWELS, key=len, reverse=True))})(?P<long>ː?)"
    f"|(?P<consonant>{'|'.join(sorted(filter(None, _CONSONANTS), key=len, reverse=True))})"
)
_UNHEARD: Final = re.compile(rf"[^{IPA}ᵻ ]|[ˈˌʰʲ\u0303\u0329\u032f\u0361]")
_STOPPED: Final = frozenset(("p", "t", "k", "ʃ", "tʃ", "ʒ"))
"""Consonants before which a word's last short vowel is cut short: ネット."""

_LIPS: Final = frozenset("pbm")
_GLIDES: Final = {"a": "ャ", "u": "ュ", "o": "ョ"}


@dataclass(frozen=True, slots=True)
class _Sound:
    consonant: str
    vowel: str


def katakana(letters: str) -> str:
    """Return English, told in letters of IPA with blanks between words, as kana of that sound."""
    return " ".join(filter(None, map(_word, _UNHEARD.sub("", letters).split())))


def _word(letters: str) -> str:
    sounds = tuple(_sounds(re.sub("(?<=[^aeiouɪəɛʊɒɔʌæ])əl(?![aeiouɪəɛʊɒɔʌæ])", "l", letters)))
    written, at = "", 0
    while at < len(sounds):
        part, taken = _syllable(sounds, at)
        written += part
        at += taken
    return written


def _sounds(letters: str) -> Iterator[_Sound]:
    for found in _SOUND.finditer(letters):
        if found["vowel"]:
            vowel = _VOWELS[found["vowel"]]
            yield _Sound("", f"{vowel}ー" if found["long"] and vowel[-1] != "ー" else vowel)
        else:
            yield _Sound(_SAME.get(found["consonant"], found["consonant"]), "")


def _syllable(sounds: tuple[_Sound, ...], at: int) -> tuple[str, int]:
    """Return what is written for the sounds from a place on, and how many they are."""
    here = sounds[at]
    behind = [sounds[k] if k < len(sounds) else _Sound("", "") for k in (at + 1, at + 2)]
    if here.vowel:
        return _of_row("", here.vowel), 1
    if here.consonant == "ŋ":
        return ("ン" if behind[0].consonant in ("k", "ɡ") else "ング"), 1
    if behind[0].vowel:
        return _of_row(here.consonant, behind[0].vowel), 2
    if behind[0].consonant == "j" and behind[1].vowel[:1] in _GLIDES and here.consonant != "j":
        row = _ROWS[here.consonant].split()
        return f"{row[1]}{_GLIDES[behind[1].vowel[0]]}{behind[1].vowel[1:]}", 3
    if here.consonant == "m" and behind[0].consonant in _LIPS:
        return "ン", 1
    alone = _ALONE.get(here.consonant)
    written = _ROWS[here.consonant].split()[2] if alone is None else alone
    is_cut = at == len(sounds) - 1 and at > 0 and len(sounds[at - 1].vowel) == 1
    return ("ッ" + written if is_cut and here.consonant in _STOPPED else written), 1


def _of_row(consonant: str, vowel: str) -> str:
    return _ROWS[consonant].split()["aiueo".index(vowel[0])] + vowel[1:]
