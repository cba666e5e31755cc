"""What the rules that compare storyboards look at of each: plain values, and no document.

A storyboard's own rules see its scenes. What they leave for the others is this, which a thousand
storyboards can keep in memory, and which is read back from a file as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.catalogs.unread import Heading, Reader
from storyboard.catalogs.untranslated import Untranslated
from storyboard.checks.mentions import composed_from, mentioned_avatars, mentioned_entries
from storyboard.checks.named_locales import named_locales
from storyboard.checks.said_words import (
    BorrowedSay,
    borrowed_rows,
    said_words,
    say_table,
    writes_scenes,
)
from storyboard.checks.severities import is_off
from storyboard.checks.shown_entries import sources_alone, used_alone
from storyboard.expand.compiled import Compiled
from storyboard.expand.doubt import Doubt
from storyboard.expand.expansion import Expansion
from storyboard.expand.variable_use import read_by
from storyboard.language.clip import Clip, uses_of
from storyboard.language.project import Project
from storyboard.narration.cleaning import clean_narration
from storyboard.scripts import script_language
from storyboard.source.span import Span
from storyboard.speech_rates import estimate_seconds
from storyboard.stand_in import StandIn, Use
from storyboard.video import Address, Hold, Scene, Video
from storyboard.wire import HIGHLIGHTS

VOICE_LANGUAGE: Final = "voice-language"

Otherwise = Callable[[Sequence[str], str], str | None]
"""Returns the name of the language that narrations of a locale will be spoken in, if another."""


@dataclass(frozen=True, slots=True)
class ShownClip:
    """A scene that shows a clip of which something may be known.

    `seconds` is the estimate of its speech, of so many `characters`; None where it says nothing.
    """

    entry_id: str
    start_time: float
    seconds: float | None
    characters: int
    narration: Span
    entry: Span
    start: Span


@dataclass(frozen=True, slots=True)
class VideoOutline:
    """One video without its scenes.

    `name_span` is where its name is written, or else its storyboard's id. `uses` are its stand-ins
    with what they are taken for, `alone` the entries that it shows without one, `sources` those
    that it is composed from and does not show, `described` what the author says of clips;
    `lettered` are texts in its pictures, if it is made here, unless they are ASCII.
    """

    address: Address
    name: str
    name_span: Span
    writes_name: bool
    holds: tuple[Hold, ...]
    uses: tuple[tuple[StandIn, Use], ...]
    alone: tuple[tuple[str, Span], ...]
    sources: frozenset[str]
    described: tuple[tuple[str, Clip], ...]
    shown: tuple[ShownClip, ...]
    lettered: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Misheard:
    """A video that will be spoken in another language than its locale's, and a narration in it."""

    locale: str
    language: str
    narration: Span


@dataclass(frozen=True, slots=True)
class Outline:
    """One storyboard, in some or all of its locales.

    `locales` are those that it is made in, with the places that name them. `avatars` and `entries`
    are the names that it uses or writes down, `variables` those that its templates read.
    `unspoken` are the languages whose scripts no voice of the studio speaks, by where they stand.
    `misheard` are the videos that will be spoken in another language than their locale's.
    `said` are the words that some table tells how to say, None where the studio writes the scenes;
    `borrowed` are those that are said in one language as in another.
    `highlights` are of how many entries session highlights are composed, and where that is written.
    `titles` are the names of the titles that scenes show, None where the studio writes the scenes.
    """

    id: str
    videos: tuple[VideoOutline, ...]
    reader: Reader
    locales: tuple[tuple[str, Span], ...]
    avatars: frozenset[str]
    entries: frozenset[str]
    variables: frozenset[str]
    catalogs: tuple[Heading, ...]
    doubts: tuple[tuple[Doubt, Span], ...]
    untranslated: tuple[Untranslated, ...]
    backgrounds: tuple[tuple[str, Span], ...]
    unspoken: tuple[tuple[str, Span], ...]
    misheard: tuple[Misheard, ...]
    said: frozenset[str] | None
    borrowed: tuple[BorrowedSay, ...]
    highlights: tuple[tuple[int, Span], ...]
    titles: frozenset[str] | None


def outline_of(
    compiled: Compiled,
    project: Project,
    voices: Callable[[str], bool] | None,
    otherwise: Otherwise | None = None,
) -> Outline:
    """Return what the other storyboards are compared with; `voices` as in `Surroundings`.

    Without `otherwise` nobody can tell how narrations will be spoken.
    """
    board, expansions = compiled.storyboard, compiled.expansions
    return Outline(
        id=board.id,
        videos=tuple(_videos(compiled, is_made_here=voices is not None)),
        reader=compiled.assembled.reader,
        locales=tuple(named_locales(compiled, project)),
        avatars=frozenset(used_avatars(compiled) - board.avatars.keys()),
        entries=frozenset(used_entries(compiled)),
        variables=frozenset(read_by(compiled.assembled)),
        catalogs=tuple(dict.fromkeys(_catalogs(expansions))),
        doubts=tuple((d, place.span) for each in expansions for d, place in each.doubts),
        untranslated=tuple(dict.fromkeys(it for each in expansions for it in each.untranslated)),
        backgrounds=tuple(
            (value, place.span) for each in expansions for place, value in each.backgrounds.items()
        ),
        unspoken=() if voices is None else tuple(dict.fromkeys(_unspoken(compiled, voices))),
        misheard=tuple(_misheard(compiled, project, otherwise)),
        said=None if writes_scenes(compiled) else _said(compiled, project),
        borrowed=tuple(borrowed_rows(project, compiled)),
        highlights=tuple(dict.fromkeys(_highlights(compiled))),
        titles=None if writes_scenes(compiled) else used_titles(compiled),
    )


def used_avatars(compiled: Compiled) -> set[str]:
    """Return the avatars that a storyboard uses, in some locale or in none."""
    used = {name for each in compiled.expansions for name in each.used_avatars}
    return used | mentioned_avatars(compiled)


def used_titles(compiled: Compiled) -> frozenset[str]:
    """Return the names of the titles that scenes show, in some locale."""
    return frozenset(name for each in compiled.expansions for name in each.used_titles)


def used_entries(compiled: Compiled) -> set[str]:
    """Return the entries that a storyboard shows, in some locale or in none."""
    used = {name for each in compiled.expansions for name in each.used_entries}
    return used | mentioned_entries(compiled) | composed_from(compiled)


def _videos(compiled: Compiled, *, is_made_here: bool) -> Iterator[VideoOutline]:
    for each in compiled.expansions:
        video = each.video
        if video is not None:
            yield VideoOutline(
                address=video.address,
                name=video.name,
                name_span=video.name_span or compiled.storyboard.id_span,
                writes_name=video.compose is not None and bool(video.compose.generate_name),
                holds=video.holds,
                uses=uses_of(video),
                alone=tuple((entry, span()) for entry, span in used_alone(video).items()),
                sources=sources_alone(video),
                described=tuple(each.clips.items()),
                shown=tuple(_shown(video, each)),
                lettered=tuple(dict.fromkeys(_lettered(video, each))) if is_made_here else (),
            )


def _shown(video: Video, expansion: Expansion) -> Iterator[ShownClip]:
    known = {*expansion.clips, *(stand_in.entry_id for stand_in in video.stand_ins)}
    if not known:
        return
    for scene in video.scenes:
        broll = scene.shown_broll
        if broll is not None and broll.entry_id in known:
            says, locale = scene.spoken, video.address.locale
            yield ShownClip(
                entry_id=broll.entry_id,
                start_time=broll.start_time,
                seconds=estimate_seconds(says, locale) if says else None,
                characters=len(says or ""),
                narration=scene.origin.of("narration"),
                entry=scene.origin.of("broll.entryId"),
                start=scene.origin.of("broll.startTime"),
            )


def _unspoken(compiled: Compiled, voices: Callable[[str], bool]) -> Iterator[tuple[str, Span]]:
    for video in compiled.videos:
        for scene in video.scenes:
            text = scene.narration
            if text and not text.isascii():
                language = script_language(text)
                if language is not None and not voices(language):
                    yield language, scene.origin.of("narration")


def _lettered(video: Video, expansion: Expansion) -> Iterator[tuple[str, Span]]:
    for text, span in expansion.letterings:
        if not text.isascii():
            yield text, span
    for scene in video.scenes if video.burns_captions else ():
        if scene.narration and not scene.narration.isascii():
            yield clean_narration(scene.narration), scene.origin.of("narration")


def _said(compiled: Compiled, project: Project) -> frozenset[str]:
    return said_words(compiled.videos, say_table(project, compiled))


def _misheard(
    compiled: Compiled, project: Project, otherwise: Otherwise | None
) -> Iterator[Misheard]:
    # To recognize a language may take a second: not for a finding that nobody wants.
    if otherwise is None or is_off(VOICE_LANGUAGE, project.checks):
        return
    for video in compiled.videos:
        locale = video.address.locale
        spoken = [scene for scene in video.scenes if scene.narration]
        if locale is None or not spoken or video.holds:
            continue
        language = otherwise([scene.narration or "" for scene in spoken], locale)
        if language is not None:
            yield Misheard(locale, language, _first_in(language, spoken, locale, otherwise))


def _first_in(language: str, spoken: Sequence[Scene], locale: str, otherwise: Otherwise) -> Span:
    """Return the place of the first narration that is in a language; it may take them all."""
    alone = (s for s in spoken if otherwise([s.narration or ""], locale) == language)
    return next(alone, spoken[0]).origin.of("narration")


def _highlights(compiled: Compiled) -> Iterator[tuple[int, Span]]:
    written = compiled.storyboard.compose
    for video in compiled.videos:
        compose = video.compose
        if written is not None and compose is not None and compose.format_type == HIGHLIGHTS:
            yield len(compose.entry_ids), written.place.at("entryIds").span


def _catalogs(expansions: tuple[Expansion, ...]) -> Iterator[Heading]:
    for each in expansions:
        for near in each.texts.nearest.values():
            for catalog in near.catalogs:
                yield Heading.of(catalog)
