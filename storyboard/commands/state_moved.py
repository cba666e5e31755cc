"""Has a state belong to its studio's new address, once that shows the state's videos."""

from __future__ import annotations

from dataclasses import replace

from storyboard.commands.compiled_project import project_environment
from storyboard.commands.connection import connect
from storyboard.commands.request import Request
from storyboard.commands.stores import no_state, open_store, write_whole
from storyboard.counting import counted
from storyboard.errors import GuardError
from storyboard.plan.current import Current
from storyboard.plan.guards import check_missing, check_principal, has_moved
from storyboard.state.local import next_serial
from storyboard.state.model import State
from storyboard.state.patience import held
from storyboard.state.repair import Repaired


async def follow_studio(request: Request) -> Repaired:
    """Write the studio's address into the state, if only that differs; nothing is sent.

    Raises `UsageError` where there is no state, `CredentialsError` for another user's session, and
    `GuardError` where the studio does not have the videos.
    """
    environment = project_environment(request)
    store = open_store(environment, request.operation)
    async with (
        connect(environment) as client,
        held(store.locked(request.patience), request.patience),
    ):
        state = store.read()
        if state is None:
            raise no_state(environment)
        before, now = state.principal, client.principal
        if not has_moved(before, now):
            check_principal(state, Current(now, ()))
            return Repaired(state, (), None)
        found = _check_videos(state, Current(now, await client.list_videos()))
        moved = replace(state, principal=now)
        write_whole(store, next_serial(moved))
        videos = f"{counted(found, 'video')} of the state"
        told = f"the studio moved from {before.studio} to {now.studio}, which has {videos}"
        return Repaired(moved, (told,), None)


def _check_videos(state: State, current: Current) -> int:
    """Return how many of the state's videos a studio has; raises `GuardError` for too few."""
    ids = {video.id for video in current.videos}
    found = sum(1 for record in state.videos.values() if record.current.id in ids)
    if state.videos and not found:
        raise GuardError(
            f"the studio at {current.principal.studio} has no video of the state: it is another "
            "one",
            hint="give the environment another state for it; nothing was changed",
            rules=("missing",),
        )
    check_missing(state, current, allow=False)
    return found
