"""What interrupted adds left in the studio: of this environment, and of nobody that is known here.

Lists the videos once. Only `apply` deletes, and only what this environment's state proves to be its
own; a marked video of another project, or of a state that is lost, is named for a person to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storyboard.commands.doctor_finding import Finding, Level
from storyboard.commands.environment import Environment
from storyboard.commands.other_states import owned_videos, read_states
from storyboard.counting import counted
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.leftovers import Fate, Leftover, find_leftovers, find_unclaimed
from storyboard.plan.refusal import shortened
from storyboard.state.model import State

_TOPIC = "leftovers"


async def examine_leftovers(
    client: StudioClient, state: State, environment: Environment
) -> tuple[Finding, ...]:
    """Yield a line for what an apply deletes or takes up, what it keeps, and what is nobody's."""
    others = read_states(environment.other_states, environment.root)
    videos = await client.list_videos()
    found = tuple(find_leftovers(videos, state, owned=owned_videos(others)))
    unclaimed = tuple(find_unclaimed(videos, (state, *others.values())))
    return (*_ours(found), *_unclaimed(unclaimed))


def _ours(found: Sequence[Leftover]) -> Iterator[Finding]:
    settled = [each for each in found if each.fate is not Fate.KEPT]
    kept = [each for each in found if each.fate is Fate.KEPT]
    if settled:
        hint = "run storyboard apply to delete or adopt them"
        yield Finding(_TOPIC, Level.WARNING, f"{_named(settled)} left by interrupted runs", hint)
    if kept:
        told = f"{_named(kept)} left by interrupted adds, and no drafts"
        hint = "delete them in the studio if you do not need them"
        yield Finding(_TOPIC, Level.WARNING, told, hint)


def _named(found: Sequence[Leftover]) -> str:
    named = shortened([f"{each.video.id} of {each.address}" for each in found])
    return f"{counted(len(found), 'video')} ({named})"


def _unclaimed(videos: Sequence[RemoteVideo]) -> Iterator[Finding]:
    if videos:
        named = shortened([f"{video.id}, '{video.name}'" for video in videos])
        told = (
            f"{counted(len(videos), 'video')} ({named}) with the mark of an interrupted add, which "
            "no state of this project knows"
        )
        hint = "delete them in the studio, unless they are of another project"
        yield Finding(_TOPIC, Level.WARNING, told, hint)
