"""What a source says, sentence by sentence and clean: joined over cues, without what nobody meant.

A sentence goes on over pauses and cues until it ends; another speaker, and silence where there is
no punctuation, end it too.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, islice, pairwise
from typing import Final

from storyboard.narration.sentences import count_stops, sentence_spans
from storyboard.scripts import HAN, KANA, WIDE_SIGNS, in_class
from storyboard.sentence_marks import OPENERS, ends_with_mark
from storyboard.studio.compose.captions import looks_like_captions, read_captions
from storyboard.studio.compose.fillers import without_fillers
from storyboard.studio.compose.request import Cue, Source
from storyboard.studio.compose.small_talk import is_crumb, is_small_talk
from storyboard.studio.compose.turns import read_spoken_lines, read_turns
from storyboard.studio.compose.unpunctuated import cue_starts, long_pause, sentence_starts
from storyboard.studio.text.recognition import recognize_language

MOST: Final = 20_000
"""Sentences of a source: about twenty hours of speech; later ones are not read."""

_UNPUNCTUATED: Final = 400
"""Characters for each end of a sentence: a text with fewer ends has no punctuation to go by."""

_SILENCE_SECONDS: Final = 30.0
"""A silence that ends a sentence in any case: a film was shown, or a break was taken."""

_LONGEST_RUN: Final = 4_000
"""Words of an unpunctuated text that are parted at a time."""

SAMPLE: Final = 6_000
"""Characters that tell the language of a source, and how long its words are."""

_SURE_PAUSE: Final = 1e6
"""Seconds that stand for a pause which surely parts sentences, whatever the captions' times say."""

_SAMPLE_CUES: Final = 80

_SMALL_I: Final = re.compile(r"(?<![\w'’-])i(?=['’]|\s|$)")
"""What English writes with a capital, and automatic captions do not."""

_LEAST_ITEM: Final = 8
"""Words of an item of a list without a full stop that may be read out as a sentence."""

_WIDE: Final = re.compile(f"[{in_class(KANA + HAN + WIDE_SIGNS)}]")
"""What sentences are not spaced in: Thai, Lao, Khmer and Myanmar have no space between words, but
one between sentences."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Some cues as one text, and when which of its characters is said."""

    cues: tuple[Cue, ...]
    starts: tuple[int, ...]
    text: str

    def time(self, at: int) -> float:
        """Return the second in which a character is said."""
        index = max(0, bisect_right(self.starts, at) - 1)
        cue = self.cues[index]
        share = min(1.0, (at - self.starts[index]) / max(1, len(cue.text)))
        return round(cue.start + share * (cue.end - cue.start), 3)


@dataclass(frozen=True, slots=True)
class Utterance:
    """A clean sentence, where it was said, and whether it has its beginning and its end.

    `at` and `end` are places in the timeline's text, which is `None` in a document. Sentences of
    one `turn` are of one speaker, and of one `section` under one heading.
    """

    text: str
    at: int
    end: int
    timeline: Timeline | None
    turn: int
    section: int = 0
    begins: bool = True
    ends: bool = True


def utterances(source: Source, language: str) -> tuple[Utterance, ...]:
    """Return what a source says in its order; captions first where it has both."""
    return tuple(islice(_every(source, language), MOST))


def _every(source: Source, language: str) -> Iterator[Utterance]:
    source = with_captions(source)
    turn, has_stops = 0, is_punctuated(source)
    for turn, timeline in enumerate(_timelines(source.cues), 1):
        spans = (
            sentence_spans(timeline.text, language) if has_stops else _guessed(timeline, language)
        )
        yield from _clean(timeline, spans, turn, language, is_punctuated=has_stops)
    yield from _written(source, turn + 1, language)


def with_captions(source: Source) -> Source:
    """Return a source whose text is captions with these as such; others as they are."""
    text = source.text
    if looks_like_captions(text):
        return replace(source, cues=(*source.cues, *read_captions(text)), text="")
    lines = [line for line in text.split("\n") if line.strip()]
    if source.cues or not lines or not _lacks_stops(lines):
        return source
    # Captions that were copied have no ends, and a film of nothing needs none: a second a line.
    said = enumerate(read_spoken_lines(text))
    cues = tuple(Cue(n, n + 1.0, line.text, line.speaker) for n, line in said)
    return replace(source, cues=cues, text="") if cues else source


def language_of(source: Source) -> str:
    """Return the language of a source."""
    return recognize_language([sample_of(source)])


def sample_of(source: Source, most: int = SAMPLE) -> str:
    """Return some of a source's text, from its middle: talks begin with names."""
    cues = source.cues[max(0, len(source.cues) // 2 - _SAMPLE_CUES // 2) :][:_SAMPLE_CUES]
    if text := " ".join(cue.text[:most] for cue in cues):
        return text[:most]
    middle = max(0, len(source.text) // 2 - most // 2)
    return source.text[middle : middle + most]


def is_punctuated(source: Source) -> bool:
    """Whether the captions of a source have full stops, or it has none."""
    return not source.cues or not _lacks_stops([cue.text for cue in source.cues])


def _lacks_stops(lines: Sequence[str]) -> bool:
    """Whether lines have too few full stops to go by."""
    return sum(map(len, lines)) > _UNPUNCTUATED * sum(map(count_stops, lines))


def joined(texts: Sequence[str]) -> str:
    """Join sentences to one narration, with spaces where the script has them."""
    pieces: list[str] = []
    for text in texts:
        if pieces and pieces[-1] and not (_WIDE.match(pieces[-1][-1]) and _WIDE.match(text)):
            pieces.append(" ")
        pieces.append(text)
    return "".join(pieces)


def says_something(text: str) -> bool:
    """Whether a text has a letter or a digit."""
    return any(unicodedata.category(char)[0] in "LN" for char in text)


def _timelines(cues: Sequence[Cue]) -> Iterator[Timeline]:
    """Yield what one speaker says without a long silence."""
    run, speaker = list[Cue](), ""
    for cue in cues:
        turns = bool(cue.speaker) and cue.speaker != speaker
        if run and (turns or cue.start - run[-1].end > _SILENCE_SECONDS):
            yield _timeline(run)
            run = []
        speaker = cue.speaker or speaker
        run.append(cue)
    if run:
        yield _timeline(run)


def _timeline(cues: Sequence[Cue]) -> Timeline:
    pieces, starts, length = list[str](), list[int](), 0
    for cue in cues:
        if pieces and not (_WIDE.match(pieces[-1][-1]) and _WIDE.match(cue.text)):
            pieces.append(" ")
            length += 1
        starts.append(length)
        pieces.append(cue.text)
        length += len(cue.text)
    return Timeline(tuple(cues), tuple(starts), "".join(pieces))


def _guessed(timeline: Timeline, language: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences probably are in a text without punctuation."""
    cues = timeline.cues
    gaps = [0.0, *(max(0.0, b.start - a.end) for a, b in pairwise(cues))]
    is_wide = sum(1 for cue in cues if _WIDE.match(cue.text)) * 2 > len(cues)
    words, places, pauses = list[str](), list[int](), list[float]()
    # A greeting is left out, and must not take with it what is said next.
    small = [is_small_talk(cue.text) for cue in cues]
    parted = [one != other for one, other in zip([small[0], *small], small, strict=False)]
    for cue, start, gap, parts in zip(cues, timeline.starts, gaps, parted, strict=True):
        found = [(0, cue.text)] if is_wide else (
            (match.start(), match.group()) for match in re.finditer(r"\S+", cue.text))  # fmt: skip
        for offset, word in found:
            words.append(word)
            places.append(start + offset)
            pauses.append(0.0 if offset else _SURE_PAUSE if parts else gap)
    long = min(_SURE_PAUSE, long_pause(gaps, len(timeline.text) // 6))
    # Where pauses tell, they tell better than clauses do.
    told = language if long == _SURE_PAUSE else ""
    part = cue_starts if is_wide else partial(sentence_starts, language=told)
    begun = [
        first + at
        for first in range(0, len(words), _LONGEST_RUN)
        for at in part(
            words[first : first + _LONGEST_RUN], pauses[first : first + _LONGEST_RUN], long
        )
    ]
    ends = [*(places[at - 1] + len(words[at - 1]) for at in begun[1:]), len(timeline.text)]
    yield from zip((places[at] for at in begun), ends, strict=True)


def _clean(
    timeline: Timeline,
    spans: Iterator[tuple[int, int]] | Sequence[tuple[int, int]],
    turn: int,
    language: str,
    *,
    is_punctuated: bool,
) -> Iterator[Utterance]:
    cased = any(character.isupper() for character in timeline.text[:SAMPLE])
    for at, end in spans:
        text = without_fillers(timeline.text[at:end], language)
        if not says_something(text) or is_crumb(text):
            continue
        if not is_punctuated:
            text = as_sentence(_SMALL_I.sub("I", text) if language.startswith("en") else text)
        begins = not (cased and text.lstrip(OPENERS)[:1].islower())
        ends = not is_punctuated or ends_with_mark(text)
        yield Utterance(text, at, end, timeline, turn, 0, begins, ends)


def as_sentence(text: str) -> str:
    """Return a text with a capital and a full stop, as speech and captions need them."""
    opened = len(text) - len(text.lstrip(OPENERS + " "))
    opening, rest = text[:opened], text[opened:]
    first = rest.split(maxsplit=1)[0] if rest else ""
    if first.islower() or len(first) == 1:
        rest = rest[:1].upper() + rest[1:]
    if ends_with_mark(rest):
        return opening + rest
    return opening + rest.rstrip(",;:-–—、，；： ") + ("。" if _WIDE.match(rest[-1:]) else ".")


def _written(source: Source, turn: int, language: str) -> Iterator[Utterance]:
    """Yield the sentences of a document; what is none has neither a beginning nor an end."""
    headings = [heading.at for heading in source.headings]
    turns = groupby(read_turns(source.text), key=lambda each: each.speaker or str(each.at))
    for number, (_, group) in enumerate(turns, turn):
        for each in group:
            section = bisect_right(headings, each.at)
            for at, end in sentence_spans(each.text, language):
                text = without_fillers(each.text[at:end], language)
                if not says_something(text) or is_crumb(text):
                    continue
                if not ends_with_mark(text) and len(text.split()) >= _LEAST_ITEM:
                    text = as_sentence(text) if text[:1].isupper() else text
                is_row = not ends_with_mark(text) or _is_row(text)
                begins = not (is_row or text.lstrip(OPENERS)[:1].islower())
                yield Utterance(text, 0, 0, None, number, section, begins, not is_row)


def _is_row(text: str) -> bool:
    """Whether a text is of a table or a form: many of its signs are no letters."""
    signs = [character for character in text if not character.isspace()]
    letters = sum(character.isalpha() for character in signs)
    return letters < 0.7 * len(signs)
