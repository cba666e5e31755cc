"""A library background that the local studio does not have: it refuses the avatar."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.language.names import nearest_or_all


def _survey(survey: Survey) -> Iterator[Finding]:
    written = dict.fromkeys(each for board in survey.storyboards for each in board.backgrounds)
    if survey.studio.library is None or not written:
        return
    library = survey.studio.library()
    for background, span in written:
        if background not in library:
            yield Finding(
                f"the local studio has no background '{background}'",
                span,
                nearest_or_all(background, library, "", limit=len(library)),
            )


RULE = Rule("unknown-background", survey=_survey)
