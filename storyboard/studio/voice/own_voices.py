"""Voices of the operator's own: a folder of models and endpoints, and who of them speaks.

The folder is read when a studio opens, and looked at again for each narration: a model that was
replaced speaks at once. Knows no presenter by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from storyboard.errors import UsageError
from storyboard.spoken_tags import language_of, speaking_tags
from storyboard.studio.voice.endpoint import ANY, HOSTS, KEY, Endpoint
from storyboard.studio.voice.languages import find_language
from storyboard.studio.voice.voices_folder import Row, read_folder
from storyboard.wire import TEMPLATE_IDS

if TYPE_CHECKING:  # a studio that only serves loads no network
    from storyboard.studio.voice.speech import StreamingVoice

_PARTS: Final = len(TEMPLATE_IDS)
"""Presenters: of a model with more speakers, the first speak."""


@dataclass(frozen=True, slots=True)
class OwnVoices:
    """The folder, and what the operator's variables say of endpoints."""

    folder: Path
    variables: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def check(self) -> None:
        """Read all but the models; raises `UsageError`, which names the file that is wrong."""
        for row in self._rows():
            if isinstance(row, Endpoint):
                row.allowed(dict(self.variables))

    def names_of(self, language: str) -> tuple[str, ...]:
        """Return the names of the voices that speak a language, in the order of their casting."""
        return tuple(dict.fromkeys(row.name for row, _ in self._speaking(language)))

    def names(self) -> tuple[str, ...]:
        """Return the names of all voices, in order."""
        return tuple(dict.fromkeys(row.name for row in self._rows()))

    def languages(self) -> frozenset[str]:
        """Return the tags of what the folder's voices speak."""
        return frozenset(_spoken(row.language) for row in self._rows() if row.language != ANY)

    def mark(self) -> str:
        """Return what machines with the same voices have in common; no model is read for it."""
        told = [row.mark() for row in self._rows()]
        return sha256("\n".join(told).encode()).hexdigest()

    def voice_for(self, language: str, presenter: str, part: int) -> StreamingVoice | None:
        """Cast a presenter, who is number `part` of 36; None where no voice speaks the language.

        Raises `VoiceError` where the folder is not what it was.
        """
        from storyboard.studio.voice.speech import VoiceError

        try:
            cast = self._speaking(language)
            named = [each for each in cast if presenter in each[0].presenters]
            if named:
                place = named[0][0].presenters.index(presenter)
                return self._voice(*named[place % len(named)], language)
            free = [each for each in cast if not each[0].presenters] or cast
            return self._voice(*free[part * len(free) // _PARTS], language) if free else None
        except UsageError as failure:
            raise VoiceError(failure.message, language=language) from failure

    def _voice(self, row: Row, speaker: int | None, language: str) -> StreamingVoice:
        from storyboard.studio.voice.endpoint_voice import EndpointVoice
        from storyboard.studio.voice.piper_voice import PiperVoice

        if isinstance(row, Endpoint):
            return EndpointVoice(row, language, row.allowed(dict(self.variables)))
        return PiperVoice(
            row.name, row.path, row.digest(), row.settings, row.settings_digest, language, speaker
        )

    def _rows(self) -> tuple[Row, ...]:
        return read_folder(self.folder)

    def _speaking(self, language: str) -> tuple[tuple[Row, int | None], ...]:
        """Return who speaks a language: those of its region, or of another, or of all languages."""
        ranked: dict[int, list[Row]] = {}
        for row in self._rows():
            rank = _rank(row.language, language)
            if rank is not None:
                ranked.setdefault(rank, []).append(row)
        best = ranked[min(ranked)] if ranked else []
        return tuple((row, speaker) for row in best for speaker in row.speakers())


def own_voices(folder: Path | None, variables: Mapping[str, str]) -> OwnVoices | None:
    """Return the operator's voices, None without a folder; raises `UsageError`."""
    if folder is None:
        return None
    told = tuple(
        (n, each) for n, each in sorted(variables.items()) if n == HOSTS or n.startswith(KEY)
    )
    found = OwnVoices(folder.absolute(), told)
    found.check()
    return found


def more_languages(voices: OwnVoices | None) -> frozenset[str]:
    """Return the languages that only an operator's voices speak; none of a folder that broke."""
    try:
        spoken = frozenset() if voices is None else voices.languages()
    except UsageError:  # whoever speaks is told
        return frozenset()
    return frozenset(tag for tag in spoken if find_language(tag) is None)


def voices_mark(voices: OwnVoices | None) -> str:
    """Return the mark of an operator's voices, empty where there are none."""
    return "" if voices is None else voices.mark()


def _rank(voice: str, language: str) -> int | None:
    if voice == ANY:
        return 2
    spoken = _spoken(voice)
    if spoken == language:
        return 0
    return 1 if language_of(spoken) == language_of(language) else None


def _spoken(tag: str) -> str:
    """Return the tag that films have for a voice's: `en` for `en-US`, `nb` for `no`."""
    found = find_language(tag)
    return found.tag if found else language_of(next(speaking_tags(tag)))
