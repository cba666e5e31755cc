"""Which signs the voice of each language reads by itself, where no grammar of ours does.

Measured with espeak-ng 1.52: a sign between two words made its speech longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.grammar import grammar_of
from storyboard.narration.plain_text import BREAKS, NUMERALS, PAUSES, narrow
from storyboard.narration.rule import NOT_IN_WORD, Rule, Saying, rule
from storyboard.spoken_tags import language_of

_OWN: Final = MappingProxyType(
    {
        "ar": "&@+#$€£±≠≈~\\−²³½¼¥",
        "bg": "%&@+=#$±≠≈*^\\−²³½¼",
        "ca": "%&@+=#$€£§±≠≈~*^−²³½¼",
        "cs": "%&@+=#$€£°§±×÷≤≥≠≈√∞~*^\\−²³½¼¾¥₹→",
        "da": "%&@+=#$€£§±×÷≠≈~*\\−²³½¼¾¥",
        "el": "%&@+=#$€±≠≈~*\\−²³½¼",
        "et": "%&@+=$€£±≠≈~*\\−²³½¼",
        "fa": "%&@+=#$±×÷<>≠≈~*\\−²³½¼",
        "fi": "%&@+=$€£±≠≈~*\\−²³½¼",
        "he": "%&@+=#$±≠≈~*\\−²³½¼",
        "hi": "%&@+=#$±≠≈~*\\−²³½¼",
        "hr": "%&@+=#$€°§±×÷≠≈~*^\\−²³½¼‰",
        "hu": "%&@+=#$€°§±×÷≠≈√∞~*^\\−²³½¼¾",
        "hy": "%&@+=#$±≠≈~*\\−²³½¼",
        "id": "%&@+=#$£±≠≈~*^\\−²³½¼",
        "it": "%&@+=#$€£°§±≤≥≠≈√∞~*\\−²³½¼¾‰₹→",
        "ka": "%&@+=#$±≠≈~*\\−²³½¼",
        "lt": "%&@+=#$€°§±≠≈*\\−²³½¼¾",
        "lv": "%&@+=#$€£°§±×÷≠≈*\\−²³½¼¾‰¥",
        "mr": "%&@+=#$±≠≈~*\\−²³½¼",
        "ms": "%&@+=#$£±≠≈~*^−²³½¼",
        "nb": "%&@+=#$±≠≈~*^\\−²³½¼",
        "nl": "%&@+=#$€£°§±×÷<>≤≥≠≈√∞*|\\−²³½¼¾•¥₹→",
        "pl": "%&@+=#$£°§±×÷≠≈~*^|\\−²³½¼¾¥",
        "pt": "%@+=$€£°§±×÷≠≈∞*²³½¼¾¥",
        "ro": "%&@+=#$€°±≠≈*−²³½¼",
        "ru": "%&@+=#$±≠≈~*^\\−²³½¼",
        "sk": "%&@+=#$€£°§±×÷*−²³½¼¾‰¥",
        "sl": "%&@+=#$±≠≈~*\\−²³½¼",
        "sr": "%&@+=#$€°§±×÷≠≈~*^\\−²³½¼‰",
        "sv": "%&@+=#$€±≠≈~*\\−²³½¼",
        "sw": "%&@+=#$±≠≈~*\\−²³½¼",
        "ta": "%&@+=#$§±×÷<>≠≈~*|\\−²³½¼¾•₹→",
        "th": "%&@+=#±≠≈~*\\−²³½¼",
        "tr": "%&+=$€°§±≠≈*−²³½¼",
        "uk": "%&@+=#$±<>≠≈~*^|\\−²³½¼",
        "vi": "%&@+=#$±≠≈~*^−²³½¼",
    }
)


_PERCENT_AR, _NUMBER_RU = "بالمئة", "номер"
_NAMES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "ar": {"%": _PERCENT_AR, "٪": _PERCENT_AR},
        "fa": {"٪": "درصد"},
        "ru": {"№": _NUMBER_RU},
        "uk": {"№": _NUMBER_RU},
        "bg": {"№": _NUMBER_RU},
        "sr": {"№": "broj"},
    }
)
"""What signs are called that a voice passes over, and that its readers say."""


def named_signs(language: str) -> Mapping[str, str]:
    """Return what signs are called in a language whose voice passes over them."""
    return _NAMES.get(language_of(language), {})


def voice_sign_rules(language: str) -> Iterator[Rule]:
    """Yield the rules for signs that a voice passes over, and for "No 5" beside "№ 5"."""
    names = named_signs(language)
    for sign, name in names.items():
        yield rule(f"{sign}{SPACE}", _say(name), starts=sign)
    if "№" in names:
        latin = rf"{NOT_IN_WORD}No\.?\s?(?=[0-9])"
        yield rule(latin, _say(names["№"]), starts=latin)


def _say(name: str) -> Saying:
    return lambda _: f" {name} "


def signs_of_voice(language: str) -> str:
    """Return the signs that a language's voice says; of one that is not known, what all say."""
    return _OWN.get(language_of(language), "+%")


@cache
def doubtful_signs(language: str) -> re.Pattern[str]:
    """Return what finds the signs of a text that are not said in a language wherever they stand."""
    grammar = grammar_of(language)
    said = "".join(
        (*grammar.signs, *grammar.money, BREAKS)
        if grammar
        else (signs_of_voice(language), *named_signs(language))
    )
    pauses = "".join(each for each in PAUSES if narrow(each) == each)
    raised = f"|[{NUMERALS}]" if grammar else ""
    return re.compile(rf"[^\w\s{re.escape(pauses + said)}]{raised}")
