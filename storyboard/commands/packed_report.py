"""A report as a value of JSON and back; the texts that it shows are read again."""

from __future__ import annotations

from typing import Any

from storyboard.compile_cache.packing import packer, unpacker
from storyboard.disk.inside import FileRefused
from storyboard.source.diagnostic import Diagnostic, Report
from storyboard.source.files import Files
from storyboard.source.text import shown_text


def pack_report(report: Report) -> list[Any]:
    """Return what is kept of a report: its findings, and the files that they point into."""
    return [[packer(Diagnostic)(each) for each in report.diagnostics], list(report.texts)]


def unpack_report(packed: Any, files: Files) -> Report | None:
    """Return the report; None where one of the files that it shows went away."""
    findings, shown = packed
    try:
        texts = {path: shown_text(files.read(path)) for path in shown}
    except FileRefused:
        return None
    told = tuple(map(unpacker(Diagnostic), findings)) if findings else ()
    return Report(told, texts)
