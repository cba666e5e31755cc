"""Videos of one storyboard with one name, where names are how an environment knows its videos.

Mostly a name that nobody translated: the source's serves then, and the video in the source's locale
has it already. The others are held, so that no run takes one for another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from storyboard.checks.holds import tell_once
from storyboard.checks.outline import VideoOutline
from storyboard.checks.subject import Finding, Survey
from storyboard.texts import name_key
from storyboard.video import Address, Hold

CODE = "name-of-other-locale"


def shared_name_holds(videos: Sequence[VideoOutline]) -> Mapping[Address, Hold]:
    """Return holds for the videos of a storyboard that have the name of one before them.

    Held videos have none yet: a name may come with what they wait for.
    """
    first: dict[str, Address] = {}
    holds: dict[Address, Hold] = {}
    for video in videos:
        if video.holds:
            continue
        other = first.setdefault(name_key(video.name), video.address)
        if other != video.address:
            reason = f"it has the name of '{other}', and this environment finds videos by name"
            hint = "translate the name, or write `{{ locale }}` into it"
            holds[video.address] = Hold(reason, CODE, video.name_span, hint)
    return holds


def find_shared(survey: Survey) -> Iterator[Finding]:
    """Yield one finding for each place of a name that several locales have."""
    held = ((hold, v.address) for v in survey.videos for hold in v.holds if hold.code == CODE)
    return tell_once(held)
