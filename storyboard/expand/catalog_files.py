"""The catalogs of one compilation: each is read once, and what is wrong in it is told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from storyboard.catalogs.entry import Catalog
from storyboard.catalogs.paths import EVERY_CATALOG, catalog_path, shared_catalog_path, split_path
from storyboard.catalogs.po_reader import read_catalog
from storyboard.language.sources import ReadOnce, Sources
from storyboard.source.diagnostic import Diagnostic, diagnose
from storyboard.source.span import Span


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """A file's catalog and what is wrong with it; `is_there` where there is such a file."""

    path: str
    is_there: bool = False
    catalog: Catalog | None = None
    findings: tuple[Diagnostic, ...] = ()

    @property
    def is_broken(self) -> bool:
        """Whether there is a file that cannot be used."""
        return self.is_there and self.catalog is None


@dataclass(frozen=True, slots=True)
class CatalogFiles:
    """The catalogs of a project, by path.

    `shared` has what others read of catalogs that storyboards have in common, and gets the same:
    all but that of the storyboard with the `own` id.
    """

    sources: Sources
    shared: ReadOnce[CatalogFile] | None = None
    own: str = ""
    _read: dict[str, CatalogFile] = field(default_factory=dict)

    def open(self, path: str) -> CatalogFile:
        """Return the catalog of a file, which need not be there."""
        if path not in self._read:
            self._read[path] = self._open(path)
        return self._read[path]

    def catalog(self, path: str) -> Catalog | None:
        """Return a catalog; None where there is none that can be used."""
        return self.open(path).catalog

    @property
    def files(self) -> tuple[CatalogFile, ...]:
        """Return what was asked for, there or not."""
        return tuple(self._read.values())

    @property
    def usable(self) -> Mapping[str, Catalog]:
        """Return every catalog that was asked for and has no errors, by path."""
        return {path: file.catalog for path, file in self._read.items() if file.catalog}

    @property
    def paths(self) -> Sequence[str]:
        """Return the path of every catalog that there is, asked for or not."""
        return self.sources.files.glob(EVERY_CATALOG)

    def encoded(self, path: str) -> bytes | None:
        """Return a file's bytes; None where there is none."""
        return self.sources.content(path)

    def _open(self, path: str) -> CatalogFile:
        content = self.sources.content(path)
        if content is None:
            refused = self.sources.refusal(path)
            if refused is None:
                return CatalogFile(path)
            span = Span(path, 1, 1, 1, 1)
            finding = diagnose("file-refused", refused.reason, span, refused.hint)
            return CatalogFile(path, True, findings=(finding,))

        def read() -> CatalogFile:
            return CatalogFile(path, True, *read_catalog(path, content))

        if self.shared is None or (split_path(path) or ("", ""))[1] == self.own:
            return read()
        return self.shared.of(path, content, read)


def nearest_paths(chain: Sequence[str], storyboard: str, included: str | None) -> Iterator[str]:
    """Yield where a text may be translated, nearest first.

    `chain` are the locale and those it falls back to. A text of an `included` file has a catalog
    that all storyboards share; what a storyboard's own has of it comes first.
    """
    for tag in chain:
        yield catalog_path(tag, storyboard)
        if included is not None:
            yield shared_catalog_path(tag, included)
