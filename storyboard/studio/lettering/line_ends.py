"""Where a line may end within a text that has no spaces between its words. Knows no widths.

Chinese, Japanese and Thai have small models (BudouX) that part a text where its readers do. Korean
has spaces. Lao, Khmer and Burmese have neither: a line ends at the spaces that there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final

from storyboard.graphemes import continues
from storyboard.scripts import HAN, KANA, SPACED, THAI, in_class
from storyboard.sentence_marks import CLOSED, CLOSERS, MARKS, WIDE_MARKS

_SMALL_KANA: Final = (
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶゝゞヽヾーㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
)
_MAY_OPEN: Final = frozenset("\"'")
NEVER_FIRST: Final = (
    frozenset(
        _SMALL_KANA + MARKS + CLOSERS + "、，．・：；？！‥〜～％‰℃々〻〕］}｝〉》】〙〗,:;%ๆฯ"
    )
    - _MAY_OPEN
)
"""What begins no line: marks that close, small kana, and what repeats the sign before it."""

NEVER_LAST: Final = frozenset("(（〔［[｛{〈《「『【〘〖“‘«¿¡＃№￥$€£")
"""What ends no line: it opens what follows."""

_UNSPACED: Final = re.compile(f"[{in_class(HAN + KANA + THAI)}]")
_KANA: Final = re.compile(f"[{in_class(KANA)}]")
_THAI: Final = re.compile(f"[{in_class(THAI)}]")
_OF_ONE_WORD: Final = re.compile(f"[{in_class(SPACED)}0-9.,'’_@/+-]{{2}}")
"""Two signs between which no Latin word and no number is parted."""

_COUNTED: Final = re.compile(rf"[0-9][{in_class(HAN)}]|第[0-9]")
"""A number and what it counts, or the sign that makes it an ordinal."""

_SENTENCE: Final = re.compile(rf"[^{WIDE_MARKS}]+(?:[{WIDE_MARKS}]+{CLOSED}\s*)?|[{WIDE_MARKS}]+")
"""A model sees one sentence at a time, and so parts none of them across its end."""

_TRADITIONAL: Final = ("zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue")
_FEW: Final = 2
"""Signs that need no model: there is nothing to part."""


def phrases(text: str, language: str | None = None) -> list[str]:
    """Part a text without spaces where a line may end; a text in other scripts stays whole."""
    if len(text.strip()) <= _FEW or not _UNSPACED.search(text):
        return [text]
    parse = _parser(_model(text, language))
    found: list[str] = []
    for part in (part for sentence in _SENTENCE.findall(text) for part in parse(sentence)):
        if found and not may_part(found[-1], part):
            found[-1] += part
        else:
            found.append(part)
    return found


def may_part(before: str, after: str) -> bool:
    """Whether a line may end between two texts, by the signs on both sides."""
    first, last = after[0], before[-1]
    if first in NEVER_FIRST or last in NEVER_LAST or continues(first):
        return False
    return not (_OF_ONE_WORD.fullmatch(last + first) or _COUNTED.fullmatch(last + first))


def _model(text: str, language: str | None) -> str:
    if _THAI.search(text):
        return "th"
    tag = (language or "").lower()
    if tag.startswith("ja") or (not tag.startswith(("zh", "yue")) and _KANA.search(text)):
        return "ja"
    return "zh-hant" if tag.startswith(_TRADITIONAL) else "zh-hans"


@cache
def _parser(model: str) -> Callable[[str], Sequence[str]]:
    """Load a model, which takes milliseconds and needs no data from elsewhere."""
    import budoux

    load: dict[str, Callable[[], Any]] = {
        "th": budoux.load_default_thai_parser,
        "ja": budoux.load_default_japanese_parser,
        "zh-hans": budoux.load_default_simplified_chinese_parser,
        "zh-hant": budoux.load_default_traditional_chinese_parser,
    }
    parse: Callable[[str], Sequence[str]] = load[model]().parse
    return parse
