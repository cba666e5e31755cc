"""Videos that no name tells apart, in an environment that finds them by name."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.rules.duplicate_name import name_span
from storyboard.checks.subject import Compiled, Finding, Rule, Subject
from storyboard.source.diagnostic import Note
from storyboard.texts import name_key
from storyboard.video import Video


def _check(subject: Subject) -> Iterator[Finding]:
    if not subject.by_name:
        return
    first: dict[str, tuple[Compiled, Video]] = {}
    for compiled in subject.others:
        for video in _named(compiled):
            first.setdefault(name_key(video.name), (compiled, video))
    for compiled in subject.storyboards:
        told = set[str]()
        for video in _named(compiled):
            owner, other = first.setdefault(name_key(video.name), (compiled, video))
            if other is not video and owner.storyboard.id not in told:
                told.add(owner.storyboard.id)
                yield _shared(compiled, video, owner, other)
        if any(v.compose is not None and v.compose.generate_name for v in compiled.videos):
            yield Finding(
                f"the studio would write the name of '{compiled.storyboard.id}', and this "
                "environment finds videos by name",
                name_span(compiled.storyboard, compiled.videos[0]),
                "leave out `generateName`, or `identity: name` of the environment",
            )


def _named(compiled: Compiled) -> Iterator[Video]:
    """Yield the videos whose names are known: a held one may still have its source's."""
    return (video for video in compiled.videos if not video.holds)


def _shared(compiled: Compiled, video: Video, owner: Compiled, other: Video) -> Finding:
    is_own = owner.storyboard is compiled.storyboard
    hint = "write `{{ locale }}` into the name, or translate it"
    return Finding(
        f"'{other.address}' and '{video.address}' are both named '{video.name}', and this "
        "environment finds videos by name",
        name_span(compiled.storyboard, video),
        hint if is_own else "change one of the two",
        () if is_own else (Note("the first one", name_span(owner.storyboard, other)),),
    )


RULE = Rule("name-not-unique", _check)
