"""A studio's videos as a whole project: its files, what each is, and what is left out, with why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from storyboard.errors import StoryboardError
from storyboard.export.catalogs import catalog_files
from storyboard.export.forms import definitions_form, storyboard_form, things_of
from storyboard.export.grouping import Group, group_videos
from storyboard.export.judging import Verdict, judge
from storyboard.export.naming import Cast, name_cast
from storyboard.export.taken import Left, Taken
from storyboard.language.project import EnvironmentOverlay, finds_by_name
from storyboard.language.storyboard import default_id
from storyboard.language.yaml_writing import document_lines
from storyboard.source.file_names import PROJECT_FILE, is_portable
from storyboard.source.files import MemoryFiles
from storyboard.source.schema import accepts_property
from storyboard.state.model import VideoRecord
from storyboard.video import Address, Avatar

FOLDER: Final = "storyboards"
_INLINE: Final = ("avatar", "checks")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a project is written.

    `settings` are the environment's keys for the project file, none for one that is built in.
    `told` has the names of entries in the account, by id. `known` has addresses that videos have
    already, by id, and `locales` are those of the project that they are from, its source's first.
    """

    environment: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    by_locale: bool = True
    told: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Address] = field(default_factory=dict)
    locales: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A video that is in the files."""

    address: Address
    file: str
    video: Taken


@dataclass(frozen=True, slots=True)
class Exported:
    """A project's files by path, its videos with their records, and the videos that are left.

    `lowered` are the checks that are only warnings in it.
    """

    files: Mapping[str, str]
    written: tuple[Written, ...]
    records: Mapping[Address, VideoRecord]
    left: tuple[Left, ...]
    lowered: tuple[str, ...]


def export_project(
    videos: Sequence[Taken], avatars: Mapping[str, Avatar], options: ExportOptions
) -> Exported:
    """Return the project of some videos; what is in it checks without error, and plans empty.

    What does not is taken out and told, and the rest is tried again. `avatars` maps ids to
    definitions.
    """
    left: list[Left] = []
    known = {id_: address for id_, address in options.known.items() if _is_id(address.storyboard)}
    apart, lowered = frozenset[str](), frozenset[str]()
    while True:
        groups = group_videos(
            videos, known, by_locale=options.by_locale, apart=apart, locales=options.locales
        )
        draft = _Draft.of(groups, options, lowered)
        verdict = draft.judged(avatars, options.environment)
        if not verdict.faults and verdict.lowerable <= lowered:
            return Exported(
                draft.files, draft.written, verdict.records, tuple(left), tuple(sorted(lowered))
            )
        lowered |= verdict.lowerable
        for group, reasons in draft.blamed(verdict):
            if len(group.videos) > 1:
                apart |= _apart(group, verdict)
            else:
                left += [Left(v.remote.id, v.remote.name, reasons) for v in group.videos]
        gone = {each.video_id for each in left}
        videos = [video for video in videos if video.remote.id not in gone]


def _apart(group: Group, verdict: Verdict) -> frozenset[str]:
    """Return what cannot share a storyboard: those that do not fit the source's, or all."""
    source, *others = zip(group.locales, group.videos, strict=True)
    unfit = [v for tag, v in others if Address(group.id, tag) in verdict.misfits]
    if Address(group.id, source[0]) in verdict.misfits or not unfit:
        unfit = list(group.videos)
    return frozenset(video.remote.id for video in unfit)


@dataclass(frozen=True, slots=True)
class _Draft:
    """Files that may turn out not to be good; `homes` tells whose each file is."""

    files: Mapping[str, str]
    homes: Mapping[str, Group]
    written: tuple[Written, ...]

    @classmethod
    def of(cls, groups: Sequence[Group], options: ExportOptions, lowered: frozenset[str]) -> _Draft:
        cast = name_cast([things_of(group) for group in groups], options.told)
        homes = {storyboard_path(group.id): group for group in groups}
        files = {PROJECT_FILE: _text(_project_form(cast, options, lowered))}
        files |= {path: storyboard_text(path, group, cast) for path, group in homes.items()}
        by_locale = {path: group for path, group in homes.items() if len(group.locales) > 1}
        overlay = EnvironmentOverlay(options.environment, by_name=finds_by_name(options.settings))
        owners = dict(homes)
        for group, path, text in catalog_files(MemoryFiles(files), by_locale, overlay):
            files[path], owners[path] = text, group
        written = tuple(
            Written(Address(group.id, tag), path, video)
            for path, group in homes.items()
            for tag, video in zip(group.locales or (None,), group.videos, strict=True)
        )
        return cls(MappingProxyType(files), MappingProxyType(owners), written)

    def judged(self, avatars: Mapping[str, Avatar], environment: str) -> Verdict:
        """Return whether they say what they were made of."""
        remotes = {each.address: each.video.remote for each in self.written}
        return judge(MemoryFiles(self.files), remotes, avatars, environment)

    def blamed(self, verdict: Verdict) -> list[tuple[Group, tuple[str, ...]]]:
        """Return the groups at fault, with the reasons; raises `StoryboardError` for none's."""
        for file, reasons in verdict.faults.items():
            if file not in self.homes:
                raise StoryboardError(f"the project cannot be written: {reasons[0]}")
        return [(self.homes[file], reasons) for file, reasons in verdict.faults.items()]


def _is_id(text: str) -> bool:
    return accepts_property("storyboard", "", "id", text) and is_portable(text)


def storyboard_path(id_: str) -> str:
    """Return the file of a storyboard."""
    return f"{FOLDER}/{id_}.yaml"


def storyboard_text(path: str, group: Group, cast: Cast) -> str:
    """Return the text of a storyboard's file; it has an `id` if its name does not tell it."""
    form = storyboard_form(group, cast)
    return _text(form if default_id(path) == group.id else {"id": group.id, **form})


def _text(form: Mapping[str, Any]) -> str:
    return "".join(f"{line}\n" for line in document_lines(form, inline=_INLINE))


def _project_form(cast: Cast, options: ExportOptions, lowered: frozenset[str]) -> dict[str, Any]:
    form = definitions_form(cast.shared_entries, cast.shared_avatars, cast)
    form["storyboards"] = [f"{FOLDER}/*.yaml"]
    if options.settings:
        form["environments"] = {options.environment: dict(options.settings)}
    if lowered:
        form["checks"] = dict.fromkeys(sorted(lowered), "warning")
    return form
