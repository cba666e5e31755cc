"""Two storyboards whose videos have one name: nobody can tell them apart in the studio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storyboard.checks.outline import Outline, VideoOutline
from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.source.diagnostic import Note
from storyboard.texts import normal_text


def _survey(survey: Survey) -> Iterator[Finding]:
    if survey.by_name:  # then it is an error: `name-not-unique`
        return
    wearers: dict[str, list[tuple[Outline, VideoOutline]]] = {}
    for board in survey.others:
        for video in _names(board):
            wearers.setdefault(normal_text(video.name), []).append((board, video))
    for board in survey.storyboards:
        for video in _names(board):
            same = wearers.setdefault(normal_text(video.name), [])
            # Locales of one storyboard share its name as a rule; only another storyboard's is
            # worth a word.
            other = next((wearer for owner, wearer in same if owner.id != board.id), None)
            same.append((board, video))
            if other is not None:
                yield Finding(
                    f"another storyboard makes a video named '{video.name}' too",
                    video.name_span,
                    "the studio lists videos by name; change one of the two",
                    (Note("the first one", other.name_span),),
                )


def _names(board: Outline) -> Iterable[VideoOutline]:
    """Return the first video of each name."""
    first: dict[str, VideoOutline] = {}
    for video in board.videos:
        first.setdefault(video.name, video)
    return first.values()


RULE = Rule("duplicate-name", survey=_survey)
