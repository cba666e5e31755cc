"""What a sync of catalogs would write, and what it finds, without its counts."""

from __future__ import annotations

from storyboard.commands.locale import Selection, sync_catalogs
from storyboard.commands.rewriting import Rewrite
from storyboard.source.diagnostic import Report
from storyboard.source.files import Files


def synced_files(
    files: Files, selection: Selection | None = None
) -> tuple[tuple[Rewrite, ...], Report]:
    """Return the catalogs of a project as they should be, and all findings."""
    synced = sync_catalogs(files, selection)
    return synced.rewrites, synced.report
