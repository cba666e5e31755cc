"""The files of one compilation, each read and checked once; each comes with its findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from storyboard.language.slips import find_slips
from storyboard.language.times import with_time_told
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.document import Document
from storyboard.source.files import FileRefused, Files
from storyboard.source.reader import read_document
from storyboard.source.schema import breaks_shape, check_schema
from storyboard.source.text import shown_text

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


class Sources:
    """Reads the files of a project; what was read once is not read again."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._contents: dict[str, bytes] = {}
        self._read: dict[str, SourceFile] = {}

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
        self._contents[path] = content
        return content

    def refusal(self, path: str) -> FileRefused | None:
        """Return why a file that is there is not read; None for one that is read, or missing."""
        try:
            self.files.read(path)
        except FileRefused as refused:
            return None if refused.missing else refused
        return None

    def texts_of(self, findings: Iterable[Diagnostic]) -> dict[str, str]:
        """Return the texts that findings and their notes point into, by path."""
        named: dict[str, None] = {}
        for finding in findings:
            for span in (finding.span, *(note.span for note in finding.notes)):
                if span is not None and span.file in self._contents:
                    named[span.file] = None
        return {path: shown_text(self._contents[path]) for path in named}

    def _open(self, path: str, schema: str) -> SourceFile:
        try:
            content = self.files.read(path)
        except FileRefused as refused:
            return SourceFile(path, refusal=refused)
        self._contents[path] = content
        document, syntax = read_document(path, content, if_empty=_IF_EMPTY[schema])
        if document is None:
            return SourceFile(path, None, syntax, is_empty=syntax[0].code == "yaml-empty")
        slips = tuple(find_slips(document, schema))
        covered = [slip.covers for slip in slips if slip.covers is not None]
        shape = check_schema(document, schema, covered, with_time_told)
        return SourceFile(path, document, (*syntax, *(slip.finding for slip in slips)), shape)
