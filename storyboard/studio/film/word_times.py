"""When each written word of a narration is heard. Knows texts and times, no captions and no voice.

A voice tells the times of the words that it said, which are not always those that are written: it
reads "3.5 %" as four words, "GmbH" as two, and Japanese in kana. Words that agree are anchors. What
lies between two anchors is shared out by letter, if the letters agree, and else by the number of
characters, sentence by sentence, over the time in which something is said.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import Final

from storyboard.sentence_marks import MARKS, PAUSES, ends_with_mark
from storyboard.studio.voice.speech import Word

Span = tuple[float, float]


_PAUSE_OF_SENTENCES: Final = 0.2
_PAUSES: Final = ((MARKS, _PAUSE_OF_SENTENCES), (MARKS + PAUSES, 0.05))
"""Where a reader stops, and for how many seconds at least."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Written tokens and said words that stand for each other; `last_…` are behind the last."""

    token: int
    last_token: int
    word: int
    last_word: int

    @property
    def is_partial(self) -> bool:
        """Whether there are only tokens, or only words."""
        return self.token == self.last_token or self.word == self.last_word

    def joined(self, following: _Stretch) -> _Stretch:
        """Return this and the stretch behind it as one."""
        return _Stretch(self.token, following.last_token, self.word, following.last_word)


def says_something(token: str) -> bool:
    """Tell whether a token has a letter or a digit, and is not only a dash."""
    return bool(_plain(token))


def spoken_times(
    tokens: Sequence[str],
    said: Sequence[str],
    numbers: Sequence[int],
    words: Sequence[Word],
    seconds: float,
) -> tuple[Span, ...]:
    """Return start and end of each written token, of which `said` tells what is spoken for it.

    `numbers` tell the sentence that each is in.
    """
    parts = [(k, part) for k, each in enumerate(said) for part in _parts(each)]
    those = [numbers[k] for k, _ in parts]
    times = word_times([part for _, part in parts], words, seconds, those)
    starts, ends = [0.0] * len(tokens), [0.0] * len(tokens)
    for (k, _), (_, end) in zip(parts, times, strict=True):
        ends[k] = end
    for (k, _), (start, _) in zip(reversed(parts), reversed(times), strict=True):
        starts[k] = start
    return tuple(zip(starts, ends, strict=True))


def _parts(said: str) -> Sequence[str]:
    """Return the words that say a token, each with its marks; of one that is not said, none."""
    parts: list[str] = []
    for part in said.split():
        if parts and not says_something(part):
            parts[-1] += part
        else:
            parts.append(part)
    return parts or [""]


def word_times(
    tokens: Sequence[str], words: Sequence[Word], seconds: float, numbers: Sequence[int] = ()
) -> tuple[Span, ...]:
    """Return start and end of each token of a speech of so many seconds, in order.

    `numbers` tell the sentence that each is in; without them, marks do. Words without a letter, as
    an endpoint or a model may tell of a dash, say nothing.
    """
    words = [word for word in words if says_something(word.text)]
    if not words:
        return tuple(_spread(tokens, [(0.0, seconds)]))
    sentences = _numbered(tokens, numbers) if numbers else _parted(tokens, MARKS)
    heard = _apart(words, len(sentences), _PAUSE_OF_SENTENCES)
    if len(sentences) != len(heard) or _agree(tokens, words):
        sentences, heard = [tokens], [words]
    times: list[Span] = []
    for sentence, some in zip(sentences, heard, strict=True):
        for token, span in zip(sentence, _aligned(sentence, some), strict=True):
            is_silent = bool(times) and not says_something(token)
            times.append((times[-1][1], times[-1][1]) if is_silent else span)
    return tuple(times)


def _agree(tokens: Sequence[str], words: Sequence[Word]) -> bool:
    """Tell whether most is said as it is written: a few words that agree may be others' equals."""
    said = {_plain(word.text) for word in words}
    letters = [(len(_plain(token)), _plain(token) in said) for token in tokens]
    return 2 * sum(count for count, is_said in letters if is_said) >= sum(n for n, _ in letters)


def _aligned(tokens: Sequence[str], words: Sequence[Word]) -> Iterator[Span]:
    """Yield the times of tokens, with words that agree as anchors."""
    for each in _merged(_stretches(tokens, words), tokens):
        some = tokens[each.token : each.last_token]
        yield from _times(some, words[each.word : each.last_word])


def _stretches(tokens: Sequence[str], words: Sequence[Word]) -> Iterator[_Stretch]:
    """Yield all tokens and all words, in order: each pair that agrees, and what lies between."""
    written = [_plain(token) or f"\0{index}" for index, token in enumerate(tokens)]
    said = [_plain(word.text) for word in words]
    token = word = 0
    for block in SequenceMatcher(None, written, said, autojunk=False).get_matching_blocks():
        if token < block.a or word < block.b:
            yield _Stretch(token, block.a, word, block.b)
        for at in range(block.size):
            a, b = block.a + at, block.b + at
            yield _Stretch(a, a + 1, b, b + 1)
        token, word = block.a + block.size, block.b + block.size


def _merged(stretches: Iterable[_Stretch], tokens: Sequence[str]) -> Sequence[_Stretch]:
    """Give tokens without words to those beside in their sentence, and words to the last ones."""
    merged: list[_Stretch] = []
    for each in stretches:
        begins = each.token < each.last_token and _begins_behind(tokens, each.token, MARKS)
        if merged and (merged[-1].is_partial or (each.is_partial and not begins)):
            merged[-1] = merged[-1].joined(each)
        else:
            merged.append(each)
    if len(merged) > 1 and merged[-1].is_partial:
        merged[-2:] = [merged[-2].joined(merged[-1])]
    return merged


def _times(tokens: Sequence[str], words: Sequence[Word]) -> Iterator[Span]:
    """Share the time of words out to the tokens that they say: by their letters, if they agree."""
    letters = [len(_plain(token)) for token in tokens]
    if any(letters) and _joined(tokens) == _joined(word.text for word in words):
        yield from _of_letters(letters, words)
        return
    yield from _between_pauses(tokens, words)


def _between_pauses(
    tokens: Sequence[str], words: Sequence[Word], levels: Sequence[tuple[str, float]] = _PAUSES
) -> Iterator[Span]:
    """Share time out, first at the ends of sentences, then at other marks, then by letters."""
    if not levels:
        yield from _spread(tokens, [(word.start, word.end) for word in words])
        return
    (marks, shortest), *finer = levels
    parts = _parted(tokens, marks)
    heard = _apart(words, len(parts), shortest)
    if len(parts) != len(heard):
        parts, heard = [tokens], [words]
    for part, some in zip(parts, heard, strict=True):
        yield from _between_pauses(part, some, finer)


def _numbered(tokens: Sequence[str], numbers: Sequence[int]) -> list[Sequence[str]]:
    """Cut tokens where a sentence begins with one that says something."""
    begins = [0]
    for at, number in enumerate(numbers):
        if number != numbers[begins[-1]] and says_something(tokens[at]):
            begins.append(at)
    return [tokens[a:b] for a, b in pairwise([*begins, len(tokens)])]


def _parted(tokens: Sequence[str], marks: str) -> list[Sequence[str]]:
    """Cut tokens where some begin behind a mark."""
    begins = [0, *(at for at in range(1, len(tokens)) if _begins_behind(tokens, at, marks))]
    return [tokens[a:b] for a, b in pairwise([*begins, len(tokens)])]


def _begins_behind(tokens: Sequence[str], at: int, marks: str) -> bool:
    """Tell whether a token is the first that says something behind one of the marks."""
    before = next((each for each in reversed(tokens[:at]) if each.strip()), "")
    return says_something(tokens[at]) and ends_with_mark(before, marks)


def _apart(words: Sequence[Word], count: int, shortest: float) -> list[Sequence[Word]]:
    """Cut what is heard at its longest pauses into so many parts, or fewer."""
    pauses = [(a.end - b.start, at) for at, (a, b) in enumerate(pairwise(words), 1)]
    longest = sorted(pauses)[: count - 1]
    begins = sorted(at for length, at in longest if -length >= shortest)
    return [words[a:b] for a, b in pairwise([0, *begins, len(words)])]


def _of_letters(letters: Sequence[int], words: Sequence[Word]) -> Iterator[Span]:
    """Yield the times of tokens of so many letters, which together are those of the words."""
    places = [0, *accumulate(len(_plain(word.text)) for word in words)]

    def heard(letter: int, word: int) -> float:
        first, last = places[word : word + 2]
        share = (letter - first) / (last - first)
        return words[word].start + share * (words[word].end - words[word].start)

    for begin, end in pairwise([0, *accumulate(letters)]):
        closing = heard(end, max(0, bisect_left(places, end) - 1))
        opening = heard(begin, bisect_right(places, begin) - 1) if begin < end else closing
        yield opening, closing


def _spread(tokens: Sequence[str], spans: Sequence[Span]) -> Iterator[Span]:
    """Share the spans' time out by the number of letters; a dash takes next to none."""
    weights = [len(_plain(token)) or 0.1 for token in tokens]
    total, length = sum(weights), sum(end - start for start, end in spans)
    done = 0.0
    for weight in weights:
        start = _after(length * done / total, spans, opening=True)
        done += weight
        yield start, max(start, _after(length * done / total, spans, opening=False))


def _after(said: float, spans: Sequence[Span], *, opening: bool) -> float:
    """Return when so many seconds have been said; at a pause, its end where a word opens."""
    for start, end in spans:
        length = end - start
        if said < length or (said <= length + 1e-9 and not opening):
            return start + said
        said -= length
    return spans[-1][1]


def _joined(texts: Iterable[str]) -> str:
    return "".join(map(_plain, texts))


def _plain(text: str) -> str:
    """Return letters and digits only, without case, marks and vowel points."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in decomposed if sign.isalnum())
