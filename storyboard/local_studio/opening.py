"""Opens the local studio in this process, where it is installed. Imports no client of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

from storyboard.distribution import install_command
from storyboard.errors import MissingExtraError
from storyboard.local_studio.quotas import quota_of
from storyboard.tracing.spans import Traces, Untraced
from storyboard.wire import GUIDE

if TYPE_CHECKING:
    from storyboard.studio.local import Studio

LOCAL: Final = "local"
"""The built-in environment, and the region that the principal of its studio names."""

DATABASE: Final = "STORYBOARD_DATABASE"
"""The variable that names a database, the operator's alone: a project file names no host of one."""

FILES: Final = "STORYBOARD_FILES"
"""The variable that names a place for files, the operator's alone, as that of a database is."""

SIGNED_FILES: Final = "STORYBOARD_SIGNED_FILES"
"""The variable that has who asks for a film fetch it from the bucket."""

VOICES: Final = "STORYBOARD_VOICES"
"""The variable that names a folder of voices: a project file does not choose what is run here."""

SERVICE: Final = "storyboard-studio"
"""What traces call a local studio, its workers too."""

LOCAL_URL: Final = "http://localhost"


class Places(TypedDict):
    """Where the operator has a studio's rows and files; empty for its workspace."""

    database: str
    files: str


def voices_folder(variables: Mapping[str, str]) -> Path | None:
    """Return the folder of voices that variables name."""
    named = variables.get(VOICES)
    return Path(named) if named else None


def places_of(variables: Mapping[str, str]) -> Places:
    """Return what variables tell of them."""
    return {"database": variables.get(DATABASE, ""), "files": variables.get(FILES, "")}


@contextmanager
def studio_packages() -> Iterator[None]:
    """Turn a missing optional package into `MissingExtraError`."""
    try:
        yield
    except ModuleNotFoundError as cause:
        if (cause.name or "").startswith("storyboard"):
            raise
        raise MissingExtraError(
            f"the local studio needs the package '{cause.name}'",
            hint=install_command("studio"),
        ) from cause


def open_local_studio(
    workspace: Path,
    *,
    public_url: str = LOCAL_URL,
    profile: str = GUIDE,
    contract: Mapping[str, str] | None = None,
    workers: int | None = None,
    composer_url: str = "",
    composer_token: str = "",
    database: str = "",
    files: str = "",
    variables: Mapping[str, str] | None = None,
    voices: Path | None = None,
    traces: Traces | None = None,
) -> Studio:
    """Open the studio of a workspace; raises `MissingExtraError` where it is not installed.

    `profile` is the generation of the API that it behaves as, `contract` sets switches by name over
    it, and `workers` how many films it makes at once. What answers at
    `composer_url` composes, in place of the studio's own composer. The PostgreSQL `database` keeps
    the rows where there is one, and the place `files` the files; `variables` tell the logins,
    and the quotas. The `voices` of a folder speak before the studio's own, and `traces` are told
    what led to what. Films are made between `start` and `close`, or in a `with` block.
    """
    with studio_packages():
        from storyboard.studio.behavior.contract import Contract
        from storyboard.studio.local import open_studio
    told = os.environ if variables is None else variables
    return open_studio(
        workspace,
        public_url=public_url,
        contract=Contract(contract, profile),
        workers=workers,
        composer_url=composer_url,
        composer_token=composer_token,
        database=database,
        files=files,
        variables=told,
        quota=quota_of(told),
        voices=voices,
        traces=traces or Untraced(),
    )
