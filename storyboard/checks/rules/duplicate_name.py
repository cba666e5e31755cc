"""Two storyboards whose videos have one name: nobody can tell them apart in the studio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storyboard.checks.subject import Compiled, Finding, Rule, Subject
from storyboard.language.storyboard import Storyboard
from storyboard.source.diagnostic import Note
from storyboard.source.span import Span
from storyboard.texts import normal_text
from storyboard.video import Video


def _check(subject: Subject) -> Iterator[Finding]:
    if subject.by_name:  # then it is an error: `name-not-unique`
        return
    wearers: dict[str, list[tuple[Storyboard, Video]]] = {}
    for compiled in subject.others:
        for video in _names(compiled):
            wearers.setdefault(normal_text(video.name), []).append((compiled.storyboard, video))
    for compiled in subject.storyboards:
        for video in _names(compiled):
            same = wearers.setdefault(normal_text(video.name), [])
            other = next((each for each in same if each[0] is not compiled.storyboard), None)
            same.append((compiled.storyboard, video))
            if other is not None:
                yield Finding(
                    f"another storyboard makes a video named '{video.name}' too",
                    name_span(compiled.storyboard, video),
                    "the studio lists videos by name; change one of the two",
                    (Note("the first one", name_span(*other)),),
                )


def _names(compiled: Compiled) -> Iterable[Video]:
    """Return the first video of each name."""
    first: dict[str, Video] = {}
    for video in compiled.videos:
        first.setdefault(video.name, video)
    return first.values()


def name_span(storyboard: Storyboard, video: Video) -> Span:
    """Return where a video's name was written, or else its storyboard's id."""
    return video.name_span or storyboard.id_span


RULE = Rule("duplicate-name", _check)
