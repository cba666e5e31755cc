"""What a project has to say in each of its locales, and in which catalogs that belongs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from storyboard.catalogs.paths import catalog_path, shared_catalog_path
from storyboard.catalogs.syncing import SourceText
from storyboard.catalogs.unread import Reader
from storyboard.catalogs.untranslated import may_be_same
from storyboard.commands.scope import check_scope
from storyboard.expand.assembly import Assembled, assemble
from storyboard.expand.expansion import Setting
from storyboard.expand.extraction import extract_texts
from storyboard.language.project import Project
from storyboard.language.reading import load_project, load_storyboards
from storyboard.language.sources import Sources
from storyboard.source.diagnostic import Diagnostic, has_errors
from storyboard.video import Address

NAME: Final = "name"
"""The context of a video's name, which is shown and not spoken."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which catalogs, by files (None: all) and addresses, and the values that scenes hang on.

    Loops and conditions may ask for variables: `environment` is one of the project's, `variables`
    are those of the command line, which win.
    """

    paths: Sequence[str] | None = None
    scope: Sequence[str] = ()
    environment: str = "local"
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LocalTexts:
    """What one storyboard has to say in one locale other than its own.

    Each text comes with the included file that it stands in, None for the storyboard itself.
    `is_selected` where its catalogs were asked for, `may_be_same` in a variety of its language.
    """

    storyboard: str
    tag: str
    may_be_same: bool
    sources: tuple[tuple[SourceText, str | None], ...]
    is_selected: bool

    @property
    def address(self) -> Address:
        """Return the video's address."""
        return Address(self.storyboard, self.tag)

    @property
    def path(self) -> str:
        """Return the storyboard's own catalog."""
        return catalog_path(self.tag, self.storyboard)

    @property
    def files(self) -> tuple[str, ...]:
        """Return the catalogs that its texts belong in, its own first."""
        included = (file for _, file in self.sources if file is not None)
        shared = (shared_catalog_path(self.tag, file) for file in included)
        return tuple(dict.fromkeys((self.path, *shared)))


@dataclass(frozen=True, slots=True)
class FoundTexts:
    """The texts of all storyboards, those that were not asked for among them.

    A catalog that storyboards share needs the texts of all. `is_complete` where every storyboard
    of the project could be read, so that what asks for nothing is known to be left over. `checks`
    are the severities that the project wants. `by_name` says that the environment finds videos by
    their names.
    """

    texts: tuple[LocalTexts, ...]
    readers: tuple[Reader, ...]
    findings: tuple[Diagnostic, ...]
    is_complete: bool
    checks: Mapping[str, str]
    by_name: bool

    @property
    def tags(self) -> tuple[str, ...]:
        """Return the locales in the order in which storyboards have them."""
        return tuple(dict.fromkeys(texts.tag for texts in self.texts))


def find_texts(selection: Selection, sources: Sources) -> FoundTexts:
    """Return what all storyboards have to say, and what is wrong with those asked for.

    Raises `UsageError` where a pattern names no video.
    """
    read = load_project(sources)
    overlay = read.project.overlay(selection.environment)
    setting = Setting(read.project, overlay, selection.variables)
    boards = load_storyboards(read.project, selection.paths, sources)
    findings = [*read.findings, *boards.findings]
    opened = [assemble(file, read.project, sources) for file in boards.files]
    wanted = tuple(assembled for assembled in opened if assembled is not None)
    for file, assembled in zip(boards.files, opened, strict=True):
        findings += file.findings if assembled is None else assembled.findings
    others, is_complete = _others(selection.paths, read.project, sources)
    texts: list[LocalTexts] = []
    for assembled in (*wanted, *others):
        for local, found in _local_texts(assembled, setting):
            selected = assembled in wanted and local.address.matches(selection.scope)
            findings += found if selected else ()
            is_complete &= selected or not found
            texts.append(replace(local, is_selected=selected))
    if not has_errors(findings):
        known = [Address(each.storyboard.id, tag) for each in wanted for tag in each.locales]
        check_scope(selection.scope, known)
    readers = tuple(assembled.reader for assembled in (*wanted, *others))
    return FoundTexts(
        texts=tuple(texts),
        readers=readers,
        findings=tuple(findings),
        is_complete=is_complete,
        checks=read.project.checks,
        by_name=overlay.by_name,
    )


def _others(
    paths: Sequence[str] | None, project: Project, sources: Sources
) -> tuple[tuple[Assembled, ...], bool]:
    """Return the project's storyboards beside some files, and whether all could be read."""
    if paths is None:
        return (), True
    boards = load_storyboards(project, None, sources)
    files = [file for file in boards.files if file.path not in paths]
    found = [assemble(file, project, sources) for file in files]
    others = tuple(each for each in found if each is not None)
    is_complete = len(others) == len(files) and not any(has_errors(o.findings) for o in others)
    return others, is_complete


def _local_texts(
    assembled: Assembled, setting: Setting
) -> Iterator[tuple[LocalTexts, tuple[Diagnostic, ...]]]:
    home = assembled.storyboard.path
    for tag in assembled.locales[1:]:
        if tag is not None:
            texts, findings = extract_texts(assembled, tag, setting)
            sources = tuple((text, None if text.file == home else text.file) for text in texts)
            same = may_be_same(assembled.locales[0], tag)
            local = LocalTexts(assembled.storyboard.id, tag, same, sources, is_selected=False)
            yield local, findings
