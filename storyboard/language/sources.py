"""The files of one compilation: each is read, checked against its schema and kept once."""

from __future__ import annotations

from collections.abc import Iterable

from storyboard.source.diagnostic import Diagnostic, Severity
from storyboard.source.document import Document
from storyboard.source.files import FileRefused, Files
from storyboard.source.reader import read_document
from storyboard.source.schema import check_schema


class Sources:
    """Documents by path, with everything that was found wrong while reading them.

    A file that cannot be parsed has no document; one that breaks its schema still has, so that
    later passes find their own mistakes in the same run, and is listed as faulty.
    """

    def __init__(self, files: Files) -> None:
        self.files = files
        self.findings: list[Diagnostic] = []
        self._contents: dict[str, bytes] = {}
        self._documents: dict[str, Document | None] = {}
        self._faulty: set[str] = set()

    def exists(self, path: str) -> bool:
        """Whether there is such a file; one that is there and refused counts."""
        try:
            self.files.read(path)
        except FileRefused as refused:
            return "no such file" not in refused.reason
        return True

    def can_read(self, path: str) -> bool:
        """Whether there is such a file for us."""
        try:
            self.files.read(path)
        except FileRefused:
            return False
        return True

    def document(self, path: str, schema: str) -> Document | None:
        """Return the file's document, None where it does not parse; raise `FileRefused`."""
        if path not in self._documents:
            self._documents[path] = self._read(path, schema)
        return self._documents[path]

    def content(self, path: str) -> bytes | None:
        """Return a file's bytes, None where there is no such file for us."""
        try:
            content = self.files.read(path)
        except FileRefused:
            return None
        self._contents[path] = content
        return content

    def refine(self, finding: Diagnostic) -> None:
        """Add a finding in place of those at the same span, which knew less."""
        self.findings = [known for known in self.findings if known.span != finding.span]
        self.findings.append(finding)

    def texts_of(self, findings: Iterable[Diagnostic]) -> dict[str, str]:
        """Return the texts that findings and their notes point into, by path."""
        named: dict[str, None] = {}
        for finding in findings:
            for span in (finding.span, *(note.span for note in finding.notes)):
                if span is not None and span.file in self._contents:
                    named[span.file] = None
        return {path: self._contents[path].decode("utf-8-sig", "replace") for path in named}

    @property
    def has_errors(self) -> bool:
        """Whether anything that was found so far is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def is_faulty(self, path: str) -> bool:
        """Whether the file was refused, does not parse or breaks its schema."""
        return path in self._faulty

    def _read(self, path: str, schema: str) -> Document | None:
        content = self.files.read(path)
        self._contents[path] = content
        document, findings = read_document(path, content)
        if document is not None:
            findings = (*findings, *check_schema(document, schema))
        self.findings.extend(findings)
        if document is None or any(found.severity is Severity.ERROR for found in findings):
            self._faulty.add(path)
        return document
