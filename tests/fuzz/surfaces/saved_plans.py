"""The file of a saved plan: read, and then it writes as it was; or an error with a way out."""

from __future__ import annotations

import json

from storyboard.errors import ConflictError, UsageError
from storyboard.plan.saved_format import parse_saved, saved_body
from tests.fuzz.surface import Broken, Surface, without_folder, words


def _law(text: bytes) -> None:
    try:
        saved = parse_saved(text, where="it.plan")
    except (UsageError, ConflictError) as refusal:
        if not refusal.hint:
            raise Broken("a refusal without a way out") from refusal
        return
    again = json.dumps(saved_body(saved))
    read = parse_saved(again, where="it.plan")
    if not read.is_whole or saved_body(read) != saved_body(saved):
        raise Broken("another plan than was written")


SURFACE = Surface(
    "saved_plans",
    without_folder(_law),
    (
        *words("""kind format_version tool created expires asked targets environment variables
        allowStale fallback generate prune pruneRenamed filmDoubtful principal partnerId userId
        studio lineage serial configuration observed address id status entryId fingerprint plan
        digest actions action text markdown checksum null true NaN Infinity 1e999 "" {} []
        2026-01-01T00:00:00Z 0001-01-01T00:00:00Z 9999-12-31T23:59:59Z tour@en"""),
    ),
)
