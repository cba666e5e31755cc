"""Takes one video of a studio into the project: its storyboard, if there is none, and its record.

imported = asyncio.run(import_video(request, compile_request(request), address, video_id))
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from storyboard.commands.compiled_project import environment_of
from storyboard.commands.namesakes import Keyed
from storyboard.commands.plain_names import plain_avatars, plain_entries
from storyboard.commands.project import OpenProject, open_project
from storyboard.commands.request import Request
from storyboard.commands.rewriting import Rewrite
from storyboard.commands.rewriting_files import put_rewrites
from storyboard.commands.state import Adoption, adopt_videos
from storyboard.compiler import Compilation, compile_edited
from storyboard.disk.inside import FileRefused
from storyboard.errors import ProjectError, StoryboardError, StudioError, UsageError
from storyboard.export.forms import things_of
from storyboard.export.grouping import Group
from storyboard.export.judging import errors_of
from storyboard.export.naming import Cast, name_cast
from storyboard.export.project import storyboard_path, storyboard_text
from storyboard.export.taken import Left, Taken, take_video
from storyboard.globs import path_matcher
from storyboard.language.project import Project
from storyboard.locales import parse_tag
from storyboard.plan.current import fetch_avatars
from storyboard.shell import words
from storyboard.source.file_names import is_portable
from storyboard.source.files import OverlaidFiles, ProjectFiles
from storyboard.source.schema import accepts_property
from storyboard.video import Address


@dataclass(frozen=True, slots=True)
class Imported:
    """A video that an address stands for now; `rewrite` is its new file, None if it has one."""

    adoption: Adoption
    rewrite: Rewrite | None = None


async def import_video(
    request: Request,
    compilation: Compilation,
    address: Address,
    video_id: str,
    *,
    dry_run: bool = False,
) -> Imported:
    """Record a studio's video under an address, and write its storyboard if there is none.

    The studio is only read. Raises `ProjectError` where the files have errors, `UsageError` for an
    address or a video that cannot be taken, and `StoryboardError` for a video that no file can say.
    """
    if compilation.report.has_errors:
        raise ProjectError("the files have errors; nothing was imported")
    adopt = partial(adopt_videos, request, address=address, video_id=video_id, dry_run=dry_run)
    if any(video.address == address for video in compilation.videos):
        return Imported(await adopt(compilation))
    _require_new(address, compilation)
    environment = environment_of(request, compilation.project)
    async with open_project(request, environment) as project:
        _require_free(project, address, video_id)
        video, names = await _fetch(project, video_id)
        if project.by_name:
            everything = Keyed(await project.client.list_videos())
            everything.require_lone(video.remote.id, video.remote.name)
    path = _path_of(address.storyboard, compilation.project, ProjectFiles(request.root))
    text = _text(address, path, video, names, compilation.project, request).encode()
    files = OverlaidFiles(ProjectFiles(request.root), {path: text})
    compiled = compile_edited(compilation, files, path)
    for errors in errors_of(compiled).values():
        raise StoryboardError(
            f"video '{video_id}' cannot be written as a storyboard: {errors[0].message}",
            hint=errors[0].hint,
        )
    rewrite = Rewrite(path, None, text)
    if dry_run:
        return Imported(await adopt(compiled), rewrite)
    put_rewrites(request.root, [rewrite])
    try:
        return Imported(await adopt(compiled), rewrite)
    except BaseException:
        with suppress(StoryboardError):  # what the state does not know would be created
            put_rewrites(request.root, [Rewrite(path, text, None)])
        raise


def _require_new(address: Address, compilation: Compilation) -> None:
    """Raise `UsageError` for an address that no new file could have."""
    id_, locale = address.storyboard, address.locale
    if not accepts_property("storyboard", "", "id", id_):
        raise UsageError(
            f"invalid id '{id_}': expected lower-case letters, digits and '-'",
            hint="write one such as 'welcome', or 'welcome@de'",
        )
    known = [video.address for video in compilation.videos if video.address.storyboard == id_]
    if known:
        told = "no locales" if known[0].locale is None else f"no locale '{locale}'"
        raise UsageError(
            f"the storyboard '{id_}' is in the files, and has {told}",
            hint="add the locale to its `locales` and translate it, then import its video; or "
            "choose another id",
        )
    if locale is not None and parse_tag(locale) != locale:
        raise UsageError(f"'{locale}' is not a locale", hint="write one such as 'de' or 'pt-BR'")
    locales = compilation.project.locales
    if locale is None and locales:
        raise UsageError(
            f"the project has locales, and '{id_}' names none",
            hint=f"name the one that the video is in: '{id_}@{locales[0]}'",
        )


def _require_free(project: OpenProject, address: Address, video_id: str) -> None:
    """Raise `UsageError` for an address or a video that the state knows."""
    state = project.state()
    if address in state.addresses:
        raise UsageError(f"'{address}' stands for a video already", hint="see: storyboard outputs")
    for known, record in state.videos.items():
        if video_id in {each.id for each in (record.current, record.successor) if each}:
            raise UsageError(
                f"video '{video_id}' belongs to '{known}' already",
                hint=f"give it the other address: storyboard state mv {words((known, address))}",
            )
    if video_id in project.owned:
        raise UsageError(
            f"video '{video_id}' belongs to environment '{project.owned[video_id]}'",
            hint="create one for this environment: storyboard apply",
        )


async def _fetch(project: OpenProject, video_id: str) -> tuple[Taken, Mapping[str, str]]:
    """Return a video in our terms, and the names of its entries."""
    remote = await project.client.get_video(video_id)
    if remote is None:
        raise UsageError(
            f"the studio has no video '{video_id}'",
            hint="see the ids of all videos: `storyboard export --all --dry-run --json -o NEW`",
        )
    taken = take_video(remote, await fetch_avatars(project.client, [remote]))
    if isinstance(taken, Left):
        raise StoryboardError(
            f"video '{video_id}' cannot be written as a storyboard: {'; '.join(taken.reasons)}",
            hint="correct the video in the studio, then import it",
        )
    names: dict[str, str] = {}
    with suppress(StudioError):  # a service that lists no entries: they are called `clip`
        names = await project.client.list_entry_names(list(dict.fromkeys(taken.entries)))
    return taken, names


def _path_of(id_: str, project: Project, files: ProjectFiles) -> str:
    """Return a path for a new storyboard that the project's globs find."""
    stem = id_ if is_portable(id_) else f"{id_}-video"
    folders = [glob.rpartition("/")[0].replace("/**", "") for glob in project.storyboards]
    ends = [glob.rpartition("*")[2] for glob in project.storyboards]
    paths = [storyboard_path(stem)] + [
        f"{folder}/{stem}{end}".lstrip("/") for folder, end in zip(folders, ends, strict=True)
    ]
    for path in paths:
        if any(path_matcher(glob)(path) for glob in project.storyboards):
            if _is_there(path, files):
                raise UsageError(f"'{path}' is there already", hint="choose another id")
            return path
    raise UsageError(
        "no new file would match the project's `storyboards`",
        hint="add a glob such as 'storyboards/*.yaml' to it",
    )


def _is_there(path: str, files: ProjectFiles) -> bool:
    try:
        files.read(path)
    except FileRefused as refused:
        return not refused.missing
    return True


def _text(
    address: Address,
    path: str,
    video: Taken,
    names: Mapping[str, str],
    project: Project,
    request: Request,
) -> str:
    locales = () if address.locale is None else (address.locale,)
    group = Group(address.storyboard, (video,), locales)
    cast = name_cast([things_of(group)], names, _defined(project, request.environment))
    return storyboard_text(path, group, cast)


def _defined(project: Project, environment: str) -> Cast:
    """Return what the project file names already."""
    ids = plain_entries((project.entries, project.overlay(environment).entries))
    return Cast({id_: name for name, id_ in ids.items()}, plain_avatars(project.avatars, ids))
