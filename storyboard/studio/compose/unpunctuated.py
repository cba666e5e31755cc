"""Where sentences probably end in a text without punctuation, as of automatic captions.

Pauses tell most, by the talk's own measure; where it has none, small words do: no sentence ends in
"of the". What is found is a guess, and whoever shows it says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import add
from typing import Final

from storyboard.narration.dangling_words import DANGLERS
from storyboard.studio.compose.clauses import clauses_of
from storyboard.studio.compose.fillers import ARTICLES, is_filler
from storyboard.studio.compose.german_clauses import german_costs

_SHORT, _LONG, _LONGEST = 6, 22, 40
"""Words of a sentence: below the first it is probably a part, from the second on two, and the third
is the most. Choices, as are the costs below."""

_LONGEST_TEXT: Final = 70
"""Letters of a sentence in a script that parts no words."""

_MEAN: Final = 13
"""Words of a spoken sentence, from which follows how many of the pauses end one."""

_LEAST_PAUSE: Final = 0.25
"""Seconds below which a pause is a breath, whatever the talk's others are."""

_PAUSE_GAIN, _STARTER_GAIN, _WEAK_GAIN = 6.0, 2.0, 0.6
_BREAK, _DANGLES, _FOLLOWS, _CRUMB, _WORD_TOO_MANY = 2.2, 6.0, 4.0, 2.0, 0.4

_CLAUSES, _MANY = {1: 0.0, 0: 4.0, -1: 5.0, 2: 4.5, 3: 8.0}, 12.0
"""What a sentence costs by the clauses in it that no word ties to another: one is right."""

_SURE: Final = -20.0
"""What a pause that surely ends a sentence costs, whatever its clauses are."""

_AGAIN_GAIN, _LONGEST_AGAIN = 6.0, 4

_STARTERS: Final = frozenset(
    """
    so but and now then however first second third next finally also i we they he she
    i'm i've we're they're there's here's let's
    und aber dann danach also jetzt zuerst ich wir deshalb außerdem
    et mais donc alors puis ensuite maintenant je nous ils elles
    y pero entonces luego ahora yo nosotros ellos
    e ma poi allora adesso io noi loro
    """.split()  # noqa: SIM905
)  # fmt: skip
"""Words that a sentence often begins with."""

_WEAK_STARTERS: Final = frozenset(
    """
    you it there this these that's if when what in on at after before without with every most some
    my our the a an because put read look think
    der die das ein eine wenn wer was du er sie es ihr man hier heute im am bei mit nach etwas
    si quand tu il elle on vous le la les un une ce c'est cette ces dans pour
    si cuando él ella el los las un una esto esta este en para por
    se quando il lo gli questo questa in per
    """.split()  # noqa: SIM905
)  # fmt: skip
"""Words that a sentence begins with, and that stand inside of it as often."""

_PAIRS: Final = frozenset(("and", "und", "et", "y", "e"))
"""Words that begin a sentence only with a clause behind them: "and a half" is none."""

_FOLLOWERS: Final = frozenset(
    """
    of than us him me them too either anymore ever enough als wie que
    """.split()  # noqa: SIM905
)
"""Words that go on with a sentence."""

_FINAL: Final = (
    *("です", "ます", "ました", "でした", "ません", "ください", "ですね", "ますね"),
    *("습니다", "니다", "어요", "아요", "예요", "이에요"),
)
"""What nearly all spoken sentences of Japanese and Korean end with."""


def long_pause(pauses: Sequence[float], words: int) -> float:
    """Return from how many seconds on a pause of this talk probably ends a sentence.

    As many of the pauses are long as the talk has sentences. None is that is a breath, or that is
    hardly longer than a quarter of all are: then they tell of lines, and not of sentences.
    """
    told = sorted(pauses, reverse=True)
    if not told:
        return float("inf")
    wanted = told[min(len(told), max(1, words // _MEAN)) - 1]
    usual = told[len(told) * 3 // 4]
    return max(_LEAST_PAUSE, wanted) if wanted > 1.5 * usual else float("inf")


def sentence_starts(
    words: Sequence[str], pauses: Sequence[float], long: float, language: str = ""
) -> list[int]:
    """Return at which words sentences probably begin; `pauses` is the silence before each.

    The cheapest way to part the words, found from the left to the right: each sentence costs by its
    length, by what it begins and ends with, and in English by its clauses.
    """
    lengths = [_length_cost(length) for length in range(_LONGEST, 0, -1)]
    clauses = clauses_of(words) if language.startswith("en") else None
    own = clauses.costs if clauses else german_costs(words) if language == "de" else ()
    begun: list[float] = []
    way, least = [0], 0.0
    for at in range(len(words)):
        parts = (_SURE if pauses[at] >= long else own[at]) if own else 0.0
        begun.append(least + _cost(words, pauses, at, long) + parts)
        first = max(0, at + 1 - _LONGEST)
        costs = list(map(add, begun[first:], lengths[first - at - 1 :]))
        if clauses is not None:
            until = clauses.until[at + 1]
            costs = [
                cost + _CLAUSES.get(until - before, _MANY)
                for cost, before in zip(costs, clauses.until[first : at + 1], strict=True)
            ]
        least = min(costs)
        way.append(first + costs.index(least))
    starts, at = [], len(words)
    while at > 0:
        at = way[at]
        starts.append(at)
    return starts[::-1]


def _cost(words: Sequence[str], pauses: Sequence[float], at: int, long: float) -> float:
    """Return what it costs to begin a sentence at a word."""
    if at == 0:
        return 0.0
    before, word = words[at - 1].casefold(), words[at].casefold()
    cost = _BREAK - _PAUSE_GAIN * (min(1.0, pauses[at] / long) if pauses[at] > long / 2 else 0.0)
    cost += _DANGLES * (before in DANGLERS) + _FOLLOWS * (word in _FOLLOWERS)
    cost -= _AGAIN_GAIN * _is_again(words, at)
    if word in _PAIRS:
        return cost + (0.0 if _is_clause(words, at + 1) else _FOLLOWS)
    cost -= _STARTER_GAIN * (word in _STARTERS) + _WEAK_GAIN * (word in _WEAK_STARTERS)
    return cost - _PAUSE_GAIN * words[at - 1].endswith(_FINAL)


def _is_clause(words: Sequence[str], at: int) -> bool:
    """Whether a clause probably begins at a word that stands behind "and"."""
    word = words[at].casefold() if at < len(words) else ""
    return word in _STARTERS or word in _WEAK_STARTERS


def _is_again(words: Sequence[str], at: int) -> bool:
    """Whether the words before come again at once, as where one sentence ends with "the oil level"
    and the next one begins with it."""
    begins = at + 1 if is_filler(words[at]) else at
    if begins == len(words) or words[begins] not in ARTICLES:
        return False
    return any(
        words[max(0, at - length) : at] == words[begins : begins + length]
        for length in range(_LONGEST_AGAIN, 1, -1)
    )


def _length_cost(length: int) -> float:
    if length < _SHORT:
        return _CRUMB * (_SHORT - length) / 2
    return _WORD_TOO_MANY * max(0, length - _LONG)


def cue_starts(texts: Sequence[str], pauses: Sequence[float], long: float) -> list[int]:
    """Return at which captions sentences probably begin, in a script that parts no words."""
    starts, letters = [0], 0
    for at in range(1, len(texts)):
        letters += len(texts[at - 1])
        is_over = texts[at - 1].endswith(_FINAL) or pauses[at] >= long
        if is_over or letters > _LONGEST_TEXT:
            starts.append(at)
            letters = 0
    return starts
