"""The files of one compilation, each read and checked once; each comes with its findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from storyboard.disk.inside import FileRefused
from storyboard.language.slips import find_slips
from storyboard.language.times import with_time_told
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.document import Document
from storyboard.source.files import Files
from storyboard.source.reader import read_document
from storyboard.source.schema import breaks_shape, check_schema
from storyboard.source.text import shown_text

_T = TypeVar("_T")

_SHARED: Final = "scenes"
"""The schema of files that storyboards include: of these, several may need one."""

_IF_EMPTY: Final = {
    "project": "write a setting, such as `locales: [en]`, or delete the file",
    "storyboard": "write a `name` and `scenes`, or delete the file",
    "scenes": "write a list of scenes, or take the `include` out",
}
"""What to do about a file with nothing in it, by its schema."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One YAML file: its document, and what the reader and then the schema found.

    A file that cannot be parsed has no document; one that breaks its schema still has, so that
    later passes find their own mistakes in the same run. `refusal` says why it could not be had.
    """

    path: str
    document: Document | None = None
    syntax: tuple[Diagnostic, ...] = ()
    shape: tuple[Diagnostic, ...] = ()
    refusal: FileRefused | None = None
    is_empty: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether the file was read and has the shape that its schema asks for."""
        return self.document is not None and not breaks_shape((*self.syntax, *self.shape))


class ReadOnce(Generic[_T]):
    """Owns what was read of some bytes, by path, where several compilations need it."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[bytes, _T]] = {}

    def of(self, path: str, content: bytes, read: Callable[[], _T]) -> _T:
        """Return what was read of these bytes of a file, or else what `read` returns of them."""
        known = self._known.get(path)
        if known is None or known[0] != content:
            known = self._known[path] = content, read()
        return known[1]


class Sources:
    """Reads the files of a project; what was read once is not read again.

    `shared` has what others read of files that storyboards have in common, and gets the same.
    """

    def __init__(self, files: Files, shared: ReadOnce[SourceFile] | None = None) -> None:
        self.files = files
        self.contents: dict[str, bytes] = {}
        self._read: dict[str, SourceFile] = {}
        self._shared = shared

    def exists(self, path: str) -> bool:
        """Whether there is such a file; one that is there and refused counts."""
        try:
            self.files.read(path)
        except FileRefused as refused:
            return not refused.missing
        return True

    def can_read(self, path: str) -> bool:
        """Whether there is such a file for us."""
        return self.content(path) is not None

    def open(self, path: str, schema: str) -> SourceFile:
        """Return a YAML file, read and held against its schema; one that is refused says so."""
        if path not in self._read:
            self._read[path] = self._open(path, schema)
        return self._read[path]

    def content(self, path: str) -> bytes | None:
        """Return a file's bytes, None where there is no such file for us."""
        try:
            content = self.files.read(path)
        except FileRefused:
            return None
        self.contents[path] = content
        return content

    def refusal(self, path: str) -> FileRefused | None:
        """Return why a file that is there is not read; None for one that is read, or missing."""
        try:
            self.files.read(path)
        except FileRefused as refused:
            return None if refused.missing else refused
        return None

    def texts_of(
        self, findings: Iterable[Diagnostic], known: Collection[str] | None = None
    ) -> dict[str, str]:
        """Return the texts that findings and their notes point into, by path.

        Only files that were read have one: here, or all that are `known`.
        """
        read = self.contents if known is None else known
        named: dict[str, None] = {}
        for finding in findings:
            for span in (finding.span, *(note.span for note in finding.notes)):
                if span is not None and span.file in read:
                    named[span.file] = None
        contents = {path: self.contents.get(path) or self.content(path) for path in named}
        return {path: shown_text(found) for path, found in contents.items() if found is not None}

    def _open(self, path: str, schema: str) -> SourceFile:
        try:
            content = self.files.read(path)
        except FileRefused as refused:
            return SourceFile(path, refusal=refused)
        self.contents[path] = content
        if self._shared is None or schema != _SHARED:
            return self._parsed(path, schema, content)
        return self._shared.of(path, content, lambda: self._parsed(path, schema, content))

    def _parsed(self, path: str, schema: str, content: bytes) -> SourceFile:
        document, syntax = read_document(path, content, if_empty=_IF_EMPTY[schema])
        if document is None:
            return SourceFile(path, None, syntax, is_empty=syntax[0].code == "yaml-empty")
        slips = tuple(find_slips(document, schema))
        covered = [slip.covers for slip in slips if slip.covers is not None]
        shape = check_schema(document, schema, covered, with_time_told)
        return SourceFile(path, document, (*syntax, *(slip.finding for slip in slips)), shape)
