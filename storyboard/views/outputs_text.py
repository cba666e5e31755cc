"""What was applied, a line a video: for eyes and for `cut`. No decisions."""

from __future__ import annotations

from storyboard.state.model import State
from storyboard.views.apply_json import outputs_to_dict


def render_outputs_text(state: State | None) -> str:
    """Return address, status, entry and file, with tabs between; empty before the first apply."""
    lines = (
        "\t".join((address, *(row[key] or "–" for key in ("status", "entryId", "file"))))
        for address, row in outputs_to_dict(state).items()
    )
    return "".join(f"{line}\n" for line in lines)
