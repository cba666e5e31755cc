"""Whether a project's local studio has the records that it had, for those who open none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from storyboard.local_studio.opening import DATABASE, FILES


def records_digest(workspace: Path, variables: Mapping[str, str]) -> tuple[int, str] | None:
    """Return the partner of a workspace, 0 before it is made, and a digest of its records.

    None where they cannot be compared: they are elsewhere, or a film is being made.
    """
    if variables.get(DATABASE) or variables.get(FILES):
        return None
    from storyboard.studio.records import content_digest

    return content_digest.records_digest(workspace)
