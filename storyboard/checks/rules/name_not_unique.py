"""Videos that no name tells apart, in an environment that finds them by name."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.outline import Outline, VideoOutline
from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.source.diagnostic import Note
from storyboard.texts import name_key


def _survey(survey: Survey) -> Iterator[Finding]:
    if not survey.by_name:
        return
    first: dict[str, tuple[Outline, VideoOutline]] = {}
    for board in survey.others:
        for video in _named(board):
            first.setdefault(name_key(video.name), (board, video))
    for board in survey.storyboards:
        told = set[str]()
        for video in _named(board):
            owner, other = first.setdefault(name_key(video.name), (board, video))
            if other is not video and owner.id not in told:
                told.add(owner.id)
                yield _shared(board, video, owner, other)
        if any(video.writes_name for video in board.videos):
            yield Finding(
                f"the studio would write the name of '{board.id}', and this environment finds "
                "videos by name",
                board.videos[0].name_span,
                "leave out `generateName`, or `identity: name` of the environment",
            )


def _named(board: Outline) -> Iterator[VideoOutline]:
    """Yield the videos whose names are known: a held one may still have its source's."""
    return (video for video in board.videos if not video.holds)


def _shared(board: Outline, video: VideoOutline, owner: Outline, other: VideoOutline) -> Finding:
    return Finding(
        f"'{other.address}' and '{video.address}' are both named '{video.name}', and this "
        "environment finds videos by name",
        video.name_span,
        "change one of the two",
        (Note("the first one", other.name_span),),
    )


RULE = Rule("name-not-unique", survey=_survey)
