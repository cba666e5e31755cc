"""Opens the studio that an environment names, in this process or by HTTP. Decides nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from storyboard.commands.environment import Environment
from storyboard.commands.film_folders import workspace_of
from storyboard.commands.remote_studio import RemoteStudio, remote_studio
from storyboard.errors import CredentialsError, FailureCode, StoryboardError
from storyboard.kaltura.answers import Answers
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.control import ControlPlane
from storyboard.kaltura.fields import text_of
from storyboard.kaltura.objects import Principal
from storyboard.kaltura.session import Sessions
from storyboard.kaltura.transport import Transport
from storyboard.local_studio.connect import connect_local
from storyboard.tracing.spans import trace_headers

_LONGEST_USER: Final = 256
"""Characters of a user's id, which the state keeps; Kaltura takes 100."""


@asynccontextmanager
async def connect(
    environment: Environment, answers: Answers | None = None
) -> AsyncIterator[StudioClient]:
    """Open the environment's studio; films that render in this process stop when it closes.

    What is asked of a studio that is reached by HTTP is noted in `answers`.
    """
    if environment.settings is None:
        composer = environment.composer_url, environment.composer_token
        folder, profile = workspace_of(environment.root), environment.profile
        variables = environment.variables
        async with connect_local(folder, *composer, profile, variables) as client:
            yield client
    else:
        profile = environment.profile
        remote = remote_studio(environment.settings, profile)
        async with _connect_remote(remote, profile, is_own_user=environment.by_name) as client:
            if answers is not None:
                client.note_in(answers)
            yield client


@asynccontextmanager
async def _connect_remote(
    remote: RemoteStudio, profile: str, *, is_own_user: bool
) -> AsyncIterator[StudioClient]:
    transport = Transport(headers=trace_headers())
    sessions = Sessions(remote.credentials, remote.service_url, transport)
    calls = Calls(
        avatar_url=remote.avatar_url,
        service_url=remote.service_url,
        catalog_url=remote.catalog_url,
        sessions=sessions,
        transport=transport,
    )
    control = None
    if remote.control_url and remote.control:
        admin = Sessions(remote.control, remote.service_url, transport)
        control = ControlPlane(remote.control_url, transport, admin.current)
    try:
        asked = not remote.user_id or is_own_user
        told = await _ask_user(calls) if asked else ""
        user = remote.user_id or told
        if told and user != told:
            raise _of_another(told, user, remote.session_in)
        principal = Principal(remote.partner_id or 0, user, remote.avatar_url)
        yield StudioClient(calls, principal=principal, control=control, profile=profile)
    finally:
        await transport.aclose()


def _of_another(told: str, user: str, session_in: str) -> CredentialsError:
    """Return that a session is not the environment's user's; a given one may be left out."""
    hint = "use a session of that user"
    if session_in:
        hint = f"unset {session_in}, so that a session of that user is started"
    return CredentialsError(
        f"the session is of user '{told}', and the environment finds the videos of '{user}' by "
        "their names",
        hint=f"{hint}; nothing was changed",
        code=FailureCode.WRONG_USER,
    )


async def _ask_user(calls: Calls) -> str:
    """Ask the service whose session it is; empty where it does not tell."""
    try:
        told = await calls.service("session", "get", {}, lambda body: body)
        user = text_of(told, "userId") if isinstance(told, dict) else ""
    except StoryboardError:
        return ""
    return user if len(user) <= _LONGEST_USER else ""
