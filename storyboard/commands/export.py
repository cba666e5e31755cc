"""Brings a user's videos out of a studio into a new project. Reads the studio, writes one folder.

export = asyncio.run(export_videos(request, ExportScope(Path("videos"))))
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from storyboard.catalogs.paths import FOLDER as CATALOGS
from storyboard.commands.environment import Environment
from storyboard.commands.film_folders import state_file
from storyboard.commands.ignored_files import IGNORED
from storyboard.commands.project import environment_of, read_project_file
from storyboard.commands.request import Request
from storyboard.commands.stores import open_store
from storyboard.counting import counted
from storyboard.disk.filling import filling, refuse_taken
from storyboard.disk.inside import FileRefused, read_inside
from storyboard.disk.writing import write_whole
from storyboard.errors import ProjectError, StoryboardError, StudioError, UsageError
from storyboard.export.project import (
    FOLDER,
    Exported,
    ExportOptions,
    Written,
    export_project,
)
from storyboard.export.taken import Left, Taken, take_video
from storyboard.globs import matches
from storyboard.kaltura.objects import Principal, RemoteVideo
from storyboard.language.names import did_you_mean
from storyboard.language.project import PROJECT_FILE, Project
from storyboard.plan.current import fetch_avatars
from storyboard.plan.guards import same_principal
from storyboard.source.limits import MAX_FILE_BYTES
from storyboard.state.local import LocalStore, next_serial
from storyboard.state.model import State
from storyboard.texts import normal_text
from storyboard.video import Address

if TYPE_CHECKING:
    from storyboard.kaltura.client import StudioClient

_SETTINGS: Final = (
    *("studio", "region", "avatarUrl", "serviceUrl", "partnerId", "userId"),
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
    project has which the command was run in.
    """

    folder: Path
    environment: str
    exported: Exported
    state: Path | None
    missing: Mapping[str, tuple[Written, ...]]
    ignores: bool = True
    known: Collection[str] = ()


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
        remotes, left = await _chosen(client, scope)
        found = counted(len(remotes) + len(left), "video")
        told(f"found {found} of {client.principal.named}")
        if not remotes and not left:
            raise StoryboardError(
                "there is nothing to export: this user has no videos in the studio",
                hint="check the account, the user and the region: storyboard doctor",
            )
        avatars = await fetch_avatars(client, remotes)
        judged = [take_video(remote, avatars) for remote in remotes]
        taken = [each for each in judged if isinstance(each, Taken)]
        entries = list(dict.fromkeys(entry for video in taken for entry in video.entries))
        names = await _entry_names(client, entries)
        told(f"read {counted(len(avatars), 'avatar')}, {counted(len(entries), 'entry', 'entries')}")
        principal = client.principal
    known = _known(environment, principal)
    left += [each for each in judged if isinstance(each, Left)]
    settings = _settings(opened.project, environment.name)
    options = ExportOptions(
        environment=environment.name,
        settings=settings,
        by_locale=scope.by_locale,
        told=names or {},
        known=known,
        locales=opened.project.locales or (),
    )
    exported = export_project(taken, avatars, options)
    exported = replace(exported, left=(*left, *exported.left))
    export = Export(
        scope.folder,
        environment.name,
        exported,
        None if state is None else scope.folder / state,
        _missing(exported, entries, names),
        _ignores(scope.folder),
        frozenset(known),
    )
    if exported.written and not dry_run:
        _write(export, None if state is None else _state(principal, exported))
    return export


def _require_free(folder: Path, state: str | None) -> None:
    """Raise `UsageError` for a folder that has a project."""
    try:
        refuse_taken(folder, (PROJECT_FILE, FOLDER, CATALOGS, *filter(None, [state])))
    except FileRefused as refused:
        raise UsageError(refused.message, hint="choose another folder for the project") from refused


async def _chosen(client: StudioClient, scope: ExportScope) -> tuple[list[RemoteVideo], list[Left]]:
    """Return the videos that are asked for, the oldest first, and those that cannot be read."""
    unread: dict[str, str] = {}

    def noted(video_id: str, name: str) -> bool:
        unread[video_id] = name
        return False  # an error would keep all others back

    videos = await client.list_videos("createdAt", needed=noted)
    videos = tuple(sorted(videos, key=lambda video: (video.created_at, video.id)))
    chosen = [v for v in videos if _is_chosen(v.id, v.name, scope.patterns)]
    told = "it is of a form that this version does not know"
    left = [
        Left(id_, name, (told,))
        for id_, name in unread.items()
        if _is_chosen(id_, name, scope.patterns)
    ]
    for pattern in scope.patterns:
        names = {v.id: v.name for v in videos} | unread
        if not any(_is_chosen(id_, name, [pattern]) for id_, name in names.items()):
            hint = did_you_mean(pattern, map(normal_text, names.values()))
            raise UsageError(
                f"no video of the studio has the name or id '{pattern}'",
                hint=hint or f"pass --all for all {counted(len(names), 'video')}",
            )
    return chosen, left


def _is_chosen(video_id: str, name: str, patterns: Sequence[str]) -> bool:
    if not patterns:
        return True
    return any(matches(normal_text(name), p) or video_id == p for p in patterns)


def _known(environment: Environment, principal: Principal) -> Mapping[str, Address]:
    """Return the addresses of videos that the state of this project has; none it if has no say."""
    try:
        state = open_store(environment).read()
    except StoryboardError:
        return {}
    if state is None or not same_principal(state.principal, principal):
        return {}
    return {record.current.id: address for address, record in state.videos.items()}


async def _entry_names(client: StudioClient, entries: Sequence[str]) -> Mapping[str, str] | None:
    """Return the names of entries by id; None if the service does not tell."""
    try:
        return await client.list_entry_names(entries)
    except StudioError:
        return None


def _missing(
    exported: Exported, entries: Sequence[str], names: Mapping[str, str] | None
) -> Mapping[str, tuple[Written, ...]]:
    """Return the entries that the account lacks, each with the videos that name it."""
    gone = [] if names is None else [entry for entry in entries if entry not in names]
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
