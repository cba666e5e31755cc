"""What somebody should know of a composition who only sees its scenes. Chooses nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from storyboard.studio.compose.request import ComposeRequest, Source
from storyboard.studio.compose.selection import tolerance
from storyboard.studio.compose.sentences import Sentence
from storyboard.studio.compose.utterances import is_punctuated, with_captions
from storyboard.studio.compose.words import brief_terms, stems

_LONGEST_NAME: Final = 60


def notices_of(
    request: ComposeRequest,
    sentences: Sequence[Sentence],
    passages: Sequence[Sequence[Sentence]],
    seconds: float,
) -> Iterator[str]:
    """Yield what is to be said of a film of so many seconds, the most important first."""
    if request.brief.strip() and not _is_answered(request):
        yield "no source has a word of the brief: the scenes were chosen without it"
    said = {sentence.source for passage in passages for sentence in passage}
    spoken = {sentence.source for sentence in sentences}
    for number, source in enumerate(request.sources):
        if not is_punctuated(with_captions(source)):
            yield f"the captions of {_named(source)} have no full stops: sentence ends are guessed"
        if number in spoken and number not in said:
            yield f"nothing of {_named(source)} fits into the film"
    if seconds < request.duration - tolerance(request.duration):
        yield f"the sources say enough for {seconds:.0f} s, not for {request.duration:g} s"


def _is_answered(request: ComposeRequest) -> bool:
    """Whether a source says a word of the brief, were it in a greeting that is left out."""
    asked = brief_terms(request.brief)
    said = (text for each in request.sources for text in (*(c.text for c in each.cues), each.text))
    return any(not asked.isdisjoint(stems(text)) for text in said)


def _named(source: Source) -> str:
    name = " ".join((source.name or source.entry_id).split())
    return f"'{name[:_LONGEST_NAME]}'"
