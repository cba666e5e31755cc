"""Reads the file of `--var-file` as strictly as the project's own files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from storyboard.counting import counted
from storyboard.errors import UsageError
from storyboard.language.slips import VARIABLES, find_slips
from storyboard.source.limits import MAX_BYTES
from storyboard.source.reader import read_document


def read_var_file(path: Path) -> Mapping[str, Any]:
    """Return the variables of a file; raises `UsageError` for whatever is found in it."""
    try:
        with path.open("rb") as file:  # a pipe is welcome here, and may be endless
            content = file.read(MAX_BYTES + 1)
    except OSError as cause:
        raise UsageError(f"--var-file: '{path}' cannot be read: {cause.strerror}") from cause
    document, findings = read_document(str(path), content)
    if document is not None:
        findings = (*findings, *(slip.finding for slip in find_slips(document, VARIABLES)))
    if findings:
        first, *others = sorted(findings, key=lambda found: found.span.line if found.span else 0)
        place = f"{path}:{first.span.line}" if first.span else str(path)
        more = f" ({counted(len(others), 'more fault')} in the file)" if others else ""
        raise UsageError(f"--var-file: {place}: {first.message}{more}", hint=first.hint)
    if document is None or not isinstance(document.data, dict):
        raise UsageError(f"--var-file: '{path}' is not a mapping of names to values")
    return document.data
