"""A storyboard made ready for its locales: includes in place, scenes named. Renders nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storyboard.catalogs.unread import Reader
from storyboard.expand.includes import Spliced, splice_includes
from storyboard.expand.locale_check import check_locales
from storyboard.expand.scene_ids import NamedScene, name_scenes
from storyboard.language.lost import LostDefinitions
from storyboard.language.project import Project
from storyboard.language.reading import ReadStoryboard
from storyboard.language.sources import Sources
from storyboard.language.storyboard import Storyboard
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.schema import breaks_shape


@dataclass(frozen=True, slots=True)
class Assembled:
    """What every locale of a storyboard starts from.

    `locales` has its own language first, and is `(None,)` where it has none. `is_sound` where all
    files have the shape that their schemas ask for. `lost` are definitions that faults took away.
    `titled` is the project file where it has titles: its texts are translated once for all.
    """

    spliced: Spliced
    scenes: tuple[NamedScene, ...]
    locales: tuple[str | None, ...]
    findings: tuple[Diagnostic, ...]
    """What is wrong whatever the locale, in the storyboard and in what it includes."""
    is_sound: bool
    lost: tuple[LostDefinitions, ...] = ()
    titled: tuple[str, ...] = ()

    @property
    def storyboard(self) -> Storyboard:
        """Return the storyboard, with its includes in place."""
        return self.spliced.storyboard

    @property
    def is_whole(self) -> bool:
        """Whether no included file is missing."""
        return self.spliced.is_whole

    @property
    def files(self) -> tuple[str, ...]:
        """Return the storyboard's own file and all others that have texts of it."""
        return (self.storyboard.path, *self.spliced.files, *self.titled)

    @property
    def reader(self) -> Reader:
        """Return what tells which catalogs its videos look into."""
        locales = tuple(locale for locale in self.locales if locale is not None)
        return Reader(self.storyboard.id, locales, self.files[1:])


def assemble(read: ReadStoryboard, project: Project, sources: Sources) -> Assembled | None:
    """Read what a storyboard includes, and name its scenes; None where there is no storyboard."""
    if read.storyboard is None:
        return None
    spliced = splice_includes(read.storyboard, sources)
    locales = read.storyboard.locales or project.locales or (None,)
    named = name_scenes(spliced.storyboard.scenes)
    shape = (*read.findings, *spliced.findings)
    about_locales = check_locales(spliced.storyboard, locales, _readable(named, shape))
    is_sound = spliced.is_whole and read.is_sound
    lost = (read.lost, project.lost)
    unexplained = (each for each in about_locales if not any(it.explain(each) for it in lost))
    titled = tuple(dict.fromkeys(each.place.document.path for each in project.titles.values()))
    return Assembled(spliced, named, locales, (*shape, *unexplained), is_sound, lost, titled)


def _readable(
    named: Iterable[NamedScene], findings: Iterable[Diagnostic]
) -> tuple[NamedScene, ...]:
    """Return the scenes that begin as a scene does: of others only that is said."""
    misread = {
        (span.file, span.line, span.column)
        for finding in findings
        if (span := finding.span) is not None and breaks_shape((finding,))
    }
    if not misread:
        return tuple(named)
    return tuple(
        scene
        for scene in named
        if (scene.span.file, scene.span.line, scene.span.column) not in misread
    )
