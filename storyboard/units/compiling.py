"""Takes a storyboard's file through all passes that need no other storyboard.

read → assemble → expand, once a locale → its own rules → outline
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from storyboard.checks import run_rules
from storyboard.checks.outline import Otherwise, outline_of
from storyboard.checks.subject import Subject
from storyboard.expand.assembly import Assembled, assemble
from storyboard.expand.catalog_files import CatalogFile, CatalogFiles
from storyboard.expand.compiled import Compiled, findings_by_locale
from storyboard.expand.expansion import Expansion, Setting, expand
from storyboard.expand.text_budget import within_budget
from storyboard.expand.texts import Leniency, open_texts
from storyboard.expand.variable_use import read_by
from storyboard.language.reading import load_storyboard
from storyboard.language.sources import ReadOnce, SourceFile, Sources
from storyboard.source.files import Files
from storyboard.units.asked_files import AskedFiles
from storyboard.units.unit import Piece, Unit


@dataclass(frozen=True, slots=True)
class UnitCompiler:
    """Compiles one storyboard after the other, and remembers only what several of them share.

    `scope` are the addresses that were asked for; `voices` tells whether the studio speaks a
    language, and `otherwise` in which one it will speak; each is None where nobody can tell.
    """

    files: Files
    setting: Setting
    leniency: Leniency
    scope: tuple[str, ...] = ()
    voices: Callable[[str], bool] | None = None
    otherwise: Otherwise | None = None
    keeps_videos: bool = True
    _included: ReadOnce[SourceFile] = field(default_factory=ReadOnce)
    _catalogs: ReadOnce[CatalogFile] = field(default_factory=ReadOnce)

    def compile(self, path: str) -> Unit:
        """Compile the storyboard of a file."""
        files = AskedFiles(self.files)
        sources = Sources(files, self._included)
        read = load_storyboard(path, sources)
        assembled = assemble(read, self.setting.project, sources)
        if read.storyboard is None or assembled is None:
            texts = tuple(sources.contents)
            return Unit(path, read.id, None, read.findings, texts=texts, asked=tuple(files.asked))
        catalogs = CatalogFiles(sources, self._catalogs, own=read.id)
        compiled = self._expanded(assembled, catalogs)
        return Unit(
            path=path,
            id=read.id,
            id_span=read.storyboard.id_span,
            findings=read.findings,
            is_sound=assembled.is_sound,
            reads=frozenset(read_by(assembled)),
            unmade=compiled.unmade,
            inside=self._piece(compiled.only(self.scope, matching=True)),
            outside=self._piece(compiled.only(self.scope, matching=False)),
            texts=tuple(sources.contents),
            asked=tuple(files.asked),
            videos=compiled.videos if self.keeps_videos else (),
        )

    def variables_of(self, path: str) -> frozenset[str] | None:
        """Return the variables that a storyboard's templates read; None for one with errors."""
        sources = Sources(self.files, self._included)
        assembled = assemble(load_storyboard(path, sources), self.setting.project, sources)
        if assembled is None or not assembled.is_sound:
            return None
        return frozenset(read_by(assembled))

    def _expanded(self, assembled: Assembled, catalogs: CatalogFiles) -> Compiled:
        """Take it through all its locales."""

        def expanded(locale: str | None) -> Expansion:
            texts = open_texts(assembled, locale, self.leniency, catalogs)
            return expand(assembled, locale, self.setting, texts)

        return Compiled(assembled, within_budget(map(expanded, assembled.locales)))

    def _piece(self, compiled: Compiled) -> Piece | None:
        """Return what is said of some of its locales; None of none."""
        if not compiled.expansions:
            return None
        project = self.setting.project
        return Piece(
            outline=outline_of(compiled, project, self.voices, self.otherwise),
            written=compiled.assembled.findings,
            catalogs=tuple(f for each in compiled.expansions for f in each.texts.findings),
            expanded=tuple(findings_by_locale(compiled)),
            ruled=tuple(run_rules(Subject(project, compiled))),
        )
