"""The tables about what commands print with `--json`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from reference_tables.keys import keys_of
from reference_tables.markdown import code, table
from storyboard.views.apply_json import render_outcome_json
from storyboard.views.avatars import render_casting_json, render_heard_json
from storyboard.views.codes import render_codes_json
from storyboard.views.doctor import render_findings_json
from storyboard.views.export import render_export_json, render_import_json
from storyboard.views.lock import render_lock_json
from storyboard.views.pull import render_pull_json
from storyboard.views.rewriting import render_progress_json, render_rewrites_json
from storyboard.views.show_json import render_videos_json
from storyboard.views.state import render_adopted_json, render_copies_json
from storyboard.views.state_mending import (
    render_history_json,
    render_rebuilt_json,
    render_repaired_json,
)
from storyboard.views.state_records import (
    render_forgotten_json,
    render_record_json,
    render_records_json,
)
from storyboard.views.status import render_status_json, render_waited_json

BY_SCHEMA: Final = {"plan": "plan", "outputs": "outputs"}
"""Commands whose output has a schema of its own."""

BY_VIEW: Final[Mapping[str, Callable[..., str]]] = {
    "explain": render_codes_json,
    "show": render_videos_json,
    "apply": render_outcome_json,
    "ci apply": render_outcome_json,
    "import": render_import_json,
    "export": render_export_json,
    "pull": render_pull_json,
    "status": render_status_json,
    "wait": render_waited_json,
    "avatars": render_casting_json,
    "listen": render_heard_json,
    "locale sync": render_rewrites_json,
    "locale status": render_progress_json,
    "state adopt": render_adopted_json,
    "state copies": render_copies_json,
    "state list": render_records_json,
    "state show": render_record_json,
    "state rm": render_forgotten_json,
    "state history": render_history_json,
    "state repair": render_repaired_json,
    "state rebuild": render_rebuilt_json,
    "lock status": render_lock_json,
    "destroy": render_outcome_json,
    "doctor": render_findings_json,
}
"""Commands whose output is described where it is made: by the words in the function's docstring."""


def schemas(name: str) -> str:
    """Describe what a command prints, by the schema that its output is checked against."""
    return keys_of(name, all_required=True)


def shapes() -> str:
    """List what the other commands print, in short: names of keys, in lists and mappings."""
    return table(
        ("command", "prints"),
        ((code(f"storyboard {name} --json"), _shape(view)) for name, view in BY_VIEW.items()),
    )


def _shape(view: Callable[..., str]) -> str:
    told = " ".join((view.__doc__ or "").split())
    spans = re.findall(r"`[^`]+`[^`]*", told.removeprefix("Return "))
    shape = "".join(spans).replace('"', "").removesuffix(".").replace(" as JSON", "")
    return shape.partition("; see")[0]
