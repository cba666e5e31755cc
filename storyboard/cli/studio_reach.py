"""Finds the control plane that a `studio` command means: over HTTP, or in this process."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from storyboard.cli.event_loop import run_to_end
from storyboard.commands.environment import read_secret, usable_address
from storyboard.commands.film_folders import workspace_of
from storyboard.errors import CredentialsError, FailureCode, StudioError
from storyboard.kaltura.credentials import GivenSession, SecretLogin
from storyboard.kaltura.secrets import Secret
from storyboard.local_studio.opening import (
    DATABASE,
    FILES,
    SIGNED_FILES,
    places_of,
    studio_packages,
)
from storyboard.local_studio.quotas import quota_of
from storyboard.whole_numbers import whole_number
from storyboard.wire import CONTROL_HEADER

if TYPE_CHECKING:
    from storyboard.kaltura.control import ControlPlane
    from storyboard.studio.local import Studio

CONTROL = "STORYBOARD_STUDIO_CONTROL"

workspace_option = click.option(
    "--workspace",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the studio's data in DIR.",
)
database_option = click.option(
    "--database",
    metavar="URL",
    default="",
    envvar=DATABASE,
    help="Keep the rows in this PostgreSQL database.",
)
files_option = click.option(
    "--files",
    metavar="URL",
    default="",
    envvar=FILES,
    help="Keep the files in this bucket or shared folder.",
)
signed_files_option = click.option(
    "--signed-files",
    is_flag=True,
    envvar=SIGNED_FILES,
    help="Allow players to fetch films from the bucket itself.",
)
_T = TypeVar("_T")


class NotServed(StudioError):
    """The command is about a running studio, and there is none."""

    failure_code = FailureCode.STUDIO_NOT_SERVED


def default_workspace(ctx: click.Context) -> Path:
    """Return the studio's folder of the project that the command works on."""
    start = Path(ctx.find_object(str) or ".").resolve()
    around = (d for d in (start, *start.parents) if (d / "storyboard.yaml").is_file())
    return workspace_of(next(around, start))


def ask(
    workspace: Path | None,
    use: Callable[[ControlPlane], Awaitable[_T]],
    *,
    served: bool = False,
) -> _T:
    """Use the control plane of the studio meant, and return what came of it.

    That is the studio of `workspace`, else the one that the environment points to, else this
    project's own. A workspace that nobody serves is opened in this process, unless the command
    is about what only a `served` studio has: then it raises `NotServed`.
    """
    project = default_workspace(click.get_current_context())
    return run_to_end(_ask(workspace, project, use, needs_server=served))


async def _ask(
    workspace: Path | None,
    project: Path,
    use: Callable[[ControlPlane], Awaitable[_T]],
    *,
    needs_server: bool,
) -> _T:
    if workspace is None and os.environ.get(CONTROL):
        async with connected(os.environ) as control:
            return await use(control)
    place = workspace or project
    with studio_packages():
        from storyboard.studio.records.identity import load_identity
        from storyboard.studio.records.served_address import address_of
    url = address_of(place)
    if url is not None:
        identity = load_identity(place)
        there = {
            CONTROL: f"{url}/__studio",
            "KALTURA_SERVICE_URL": f"{url}/api_v3",
            "KALTURA_PARTNER_ID": str(identity.partner_id),
            "KALTURA_ADMIN_SECRET": identity.admin_secret,
        }
        async with _connected(there) as control:
            return await use(control)
    if needs_server:
        raise NotServed(
            f"no studio serves '{place}'",
            hint="start one in another terminal: storyboard studio",
        )
    async with _opened(place) as control:
        return await use(control)


def opened_here(workspace: Path) -> Studio:
    """Open the studio of a workspace in this process; raises `StudioError` where there is none."""
    return _opened_here(workspace, **places_of(os.environ))


def rows_here(workspace: Path) -> Studio:
    """Open it for what asks its rows alone, so that its place of files may be away.

    Raises `StudioError` where there is none.
    """
    return _opened_here(workspace, database=places_of(os.environ)["database"], files=None)


def _opened_here(workspace: Path, *, database: str, files: str | None) -> Studio:
    with studio_packages():
        from storyboard.studio.local import open_studio
        from storyboard.studio.records.identity import find_identity
    if find_identity(workspace) is None:
        raise StudioError(
            f"there is no studio in '{workspace}' yet",
            hint="start one: storyboard studio; or run: storyboard apply",
        )
    return open_studio(workspace, quota=quota_of(os.environ), database=database, files=files)


@asynccontextmanager
async def connected(variables: Mapping[str, str]) -> AsyncIterator[ControlPlane]:
    """Give the control plane that variables name; raises `CredentialsError`."""
    for name in (CONTROL, "KALTURA_SERVICE_URL"):
        if variables.get(name):
            usable_address(variables[name], name)
    async with _connected(variables) as control:
        yield control


@asynccontextmanager
async def _connected(variables: Mapping[str, str]) -> AsyncIterator[ControlPlane]:
    """Give the control plane of an address that is usable, or is of a studio on this machine."""
    # Hints name commands of this group, and who reads one needs no client.
    from storyboard.kaltura.control import ControlPlane
    from storyboard.kaltura.session import Sessions
    from storyboard.kaltura.transport import Transport

    transport = Transport(headers={CONTROL_HEADER: "1"})
    try:
        service_url = variables.get("KALTURA_SERVICE_URL")
        sessions = Sessions(_credentials(variables), service_url, transport)
        yield ControlPlane(variables[CONTROL], transport, sessions.current)
    finally:
        await transport.aclose()


@asynccontextmanager
async def _opened(workspace: Path) -> AsyncIterator[ControlPlane]:
    """Give the control plane of a workspace that is opened here, with nothing rendering."""
    from storyboard.kaltura.control import ControlPlane
    from storyboard.kaltura.transport import Transport

    studio = opened_here(workspace)
    transport = Transport(app=studio.app)

    async def session() -> Secret:
        return Secret(studio.admin_session())

    try:
        yield ControlPlane(f"{studio.public_url}/__studio", transport, session)
    finally:
        await transport.aclose()
        studio.close()


def _credentials(variables: Mapping[str, str]) -> GivenSession | SecretLogin:
    partner = variables.get("KALTURA_PARTNER_ID", "")
    secret = read_secret(variables, "KALTURA_ADMIN_SECRET")
    partner_id = whole_number(partner)
    if partner_id is not None and secret:
        user = variables.get("KALTURA_USER_ID", "")
        return SecretLogin(partner_id, secret, user, session_type=2)
    given = read_secret(variables, "KALTURA_KS")
    if given:
        return GivenSession(given)
    raise CredentialsError(
        f"{CONTROL} names a studio and there are no credentials for it",
        hint="set KALTURA_PARTNER_ID and KALTURA_ADMIN_SECRET, or an admin session in KALTURA_KS",
    )
