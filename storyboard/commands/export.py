"""Brings a user's videos out of a studio into a new project. Reads the studio, writes one folder.

export = asyncio.run(export_videos(request, ExportScope(Path("videos"))))
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from storyboard.catalogs.paths import FOLDER as CATALOGS
from storyboard.commands.compiled_project import environment_of, read_project_file
from storyboard.commands.environment import Environment
from storyboard.commands.film_folders import state_file
from storyboard.commands.found_videos import FoundVideos, find_videos
from storyboard.commands.ignored_files import IGNORED
from storyboard.commands.request import Request
from storyboard.commands.stores import open_store
from storyboard.disk.filling import LeftByKilled, filling, refuse_taken
from storyboard.disk.inside import FileRefused, read_inside
from storyboard.disk.writing import write_whole
from storyboard.errors import ProjectError, StoryboardError, UsageError
from storyboard.export.project import (
    FOLDER,
    Exported,
    ExportOptions,
    Written,
    export_project,
)
from storyboard.kaltura.objects import Principal
from storyboard.language.project import Project, finds_by_name
from storyboard.plan.guards import same_principal
from storyboard.shell import words
from storyboard.source.file_names import PROJECT_FILE
from storyboard.source.limits import MAX_FILE_BYTES
from storyboard.state.local import LocalStore, next_serial
from storyboard.state.model import State
from storyboard.video import Address

_SETTINGS: Final = (
    *(
        "studio",
        "profile",
        "region",
        "avatarUrl",
        "catalogUrl",
        "serviceUrl",
        "partnerId",
        "userId",
    ),
    *("adminSecretEnv", "ksEnv", "appTokenId", "appTokenEnv", "identity"),
)
"""What of an environment goes with its videos: how the studio is reached, and as whom."""

_IGNORE: Final = ".gitignore"


@dataclass(frozen=True, slots=True)
class ExportScope:
    """Which videos, and where to: patterns are of names, or ids; none names all."""

    folder: Path
    patterns: tuple[str, ...] = ()
    by_locale: bool = True


@dataclass(frozen=True, slots=True)
class Export:
    """What was exported, or would be; `state` is the new project's, if it has one.

    `missing` maps entries that the account does not list to the videos that name them. `ignores`
    says that git will leave alone what is of this machine. `known` are the ids of videos that the
    project has which the command was run in, and `shared` is where that one shares its state: two
    projects with one state would delete each other's videos, so it does not go along.
    """

    folder: Path
    environment: str
    exported: Exported
    state: Path | None
    missing: Mapping[str, tuple[Written, ...]]
    ignores: bool = True
    known: Collection[str] = ()
    shared: str | None = None


async def export_videos(
    request: Request,
    scope: ExportScope,
    *,
    dry_run: bool = False,
    told: Callable[[str], None] = lambda line: None,
) -> Export:
    """Write a project that plans empty against the studio, all of its files or none.

    A video that no storyboard can say exactly is left out, with why. Nothing is sent to the studio
    but questions. Raises `UsageError` where nothing matches, and where the folder has a project.
    """
    # httpx comes with it, which commands that ask no studio need not wait for.
    from storyboard.commands.connection import connect

    opened = read_project_file(request)
    if opened.report.has_errors:
        raise ProjectError(f"'{PROJECT_FILE}' has errors", hint="see them with: storyboard check")
    environment = environment_of(request, opened.project)
    state = None if environment.settings is None else state_file(environment.name, {})
    _require_free(scope.folder, state)
    async with connect(environment) as client:
        found = await find_videos(client, scope.patterns, told)
    settings = _settings(opened.project, environment.name)
    if finds_by_name(settings):
        found = found.told_apart_by_name()
    known = _known(environment, found.principal)
    options = ExportOptions(
        environment=environment.name,
        settings=settings,
        by_locale=scope.by_locale,
        told=found.names or {},
        known=known,
        locales=opened.project.locales or (),
    )
    exported = export_project(found.taken, found.avatars, options)
    export = Export(
        folder=scope.folder,
        environment=environment.name,
        exported=replace(exported, left=(*found.left, *exported.left)),
        state=None if state is None else scope.folder / state,
        missing=_missing(exported, found),
        ignores=_ignores(scope.folder),
        known=frozenset(known),
        shared=None if environment.shared is None else str(environment.shared),
    )
    if exported.written and not dry_run:
        _write(export, None if state is None else _state(found.principal, exported))
    return export


def _require_free(folder: Path, state: str | None) -> None:
    """Raise `UsageError` for a folder that has a project."""
    try:
        refuse_taken(folder, (PROJECT_FILE, FOLDER, CATALOGS, *filter(None, [state])))
    except FileRefused as refused:
        hint = "choose another folder for the project"
        if isinstance(refused, LeftByKilled):
            left = dict.fromkeys((*refused.left, *_of_state(folder, state)))
            hint = f"delete what it left, and export again: `rm -r {words(left)}`"
        raise UsageError(refused.message, hint=hint) from refused


def _of_state(folder: Path, state: str | None) -> Iterator[Path]:
    """Yield the files of a state: itself, its lock and its backups."""
    if state is not None:
        place = folder / state
        yield from sorted(place.parent.glob(f"{glob.escape(place.name)}*"))


def _known(environment: Environment, principal: Principal) -> Mapping[str, Address]:
    """Return the addresses of videos that the state of this project has, if it is of this user.

    Raises `StateError` for one that cannot be read: without it, all videos would get other ids.
    """
    state = open_store(environment).read()
    if state is None or not same_principal(state.principal, principal):
        return {}
    return {record.current.id: address for address, record in state.videos.items()}


def _missing(exported: Exported, found: FoundVideos) -> Mapping[str, tuple[Written, ...]]:
    """Return the entries that the account lacks, each with the videos that name it."""
    names = found.names
    gone = [] if names is None else [entry for entry in found.entries if entry not in names]
    users = {
        entry: tuple(each for each in exported.written if entry in each.video.entries)
        for entry in gone
    }
    return {entry: videos for entry, videos in users.items() if videos}


def _settings(project: Project, environment: str) -> Mapping[str, Any]:
    written = project.environments.get(environment)
    keys = written.value if written is not None and isinstance(written.value, dict) else {}
    return {key: keys[key] for key in _SETTINGS if key in keys}


def _state(principal: Principal, exported: Exported) -> State:
    state = State.fresh(principal)
    for address, record in exported.records.items():
        state = state.with_video(address, record)
    return next_serial(state)


def _ignores(folder: Path) -> bool:
    """Whether a folder has no `.gitignore`, so that ours goes there, or one with its first line."""
    path = folder / _IGNORE
    if not os.path.lexists(path):
        return True
    try:
        lines = read_inside(path, folder, MAX_FILE_BYTES).decode(errors="replace").split("\n")
    except FileRefused:
        return False
    return IGNORED.partition("\n")[0] in map(str.strip, lines)


def _write(export: Export, state: State | None) -> None:
    files = dict(export.exported.files)
    if not os.path.lexists(export.folder / _IGNORE):
        files[_IGNORE] = IGNORED
    try:
        with filling(export.folder, last=PROJECT_FILE) as folder:
            for path, text in files.items():
                write_whole(folder / path, text.encode(), inside=folder)
            if state is not None and export.state is not None:
                store = LocalStore(folder / state_file(export.environment, {}), inside=folder)
                with store.locked():
                    store.write(state)
    except OSError as cause:
        reason = cause.strerror or cause
        raise StoryboardError(
            f"'{export.folder}' cannot be written: {reason}; nothing was written"
        ) from cause
