"""The first line of a server's or a worker's log: what runs, and on which data. No login in it."""

from __future__ import annotations

from pathlib import Path

from storyboard import __version__
from storyboard.cli.studio_log import LOG
from storyboard.local_studio.opening import studio_packages


def log_start(
    role: str, workspace: Path, *, database: str, files: str, voices: Path | None
) -> None:
    """Log it, before anything is opened: what hangs or fails then has a name.

    Raises `UsageError` for an address that is none, and `MissingExtraError`.
    """
    with studio_packages():
        from storyboard.studio.records.files_place import parse_files_place
        from storyboard.studio.records.opening import shown_database
        from storyboard.studio.records.owner import named_process, this_worker
    rows = f"PostgreSQL at '{shown_database(database)}'" if database else "its own file"
    place = f"'{parse_files_place(files)}'" if files else "its own folder"
    spoken = f"the voices of '{voices}'" if voices else "its own voices"
    LOG.info(
        "storyboard %s, %s of '%s': rows in %s, files in %s, %s, %s",
        *(__version__, role, workspace, rows, place, spoken, named_process(this_worker(""))),
        extra={"version": __version__},
    )
