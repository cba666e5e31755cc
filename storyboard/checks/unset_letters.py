"""Texts in the pictures of films that no font of this machine can set, and the videos that wait.

As with media, only a film that is made here needs them: all other videos go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from storyboard.checks.holds import tell_once
from storyboard.checks.outline import VideoOutline
from storyboard.checks.studio_facts import Unset
from storyboard.checks.subject import Finding, Survey
from storyboard.video import Hold

CODE = "letters-missing"


def unset_holds(video: VideoOutline, unset: Callable[[str], Unset | None] | None) -> Iterable[Hold]:
    """Return a hold for each place of a text that cannot be set."""
    if unset is None:
        return ()
    locale = f" for '{video.address.locale}'" if video.address.locale else ""
    holds = {}
    for text, span in video.lettered:
        cause = unset(text)
        if cause is not None and span not in holds:
            holds[span] = Hold(f"{cause.told}{locale}", CODE, span, cause.hint)
    return holds.values()


def find_unset(survey: Survey) -> Iterator[Finding]:
    """Yield one finding for each place of a text that cannot be set."""
    unset = survey.studio.unset
    return tell_once((h, v.address) for v in survey.videos for h in unset_holds(v, unset))
