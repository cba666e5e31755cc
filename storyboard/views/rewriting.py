"""What was or would be written into the author's files, and how far translations are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from storyboard.catalogs.translation import TranslationState
from storyboard.commands.catalog_news import TextCounts
from storyboard.commands.locale import Progress, SyncedCatalogs
from storyboard.commands.rewriting import Rewrite
from storyboard.counting import counted
from storyboard.views.columns import line_up
from storyboard.views.json_text import json_text

_STATES = (
    TranslationState.OK,
    TranslationState.SAME,
    TranslationState.MISSING,
    TranslationState.STALE,
    TranslationState.BROKEN,
    TranslationState.UNREADABLE,
    TranslationState.ORPHAN,
)


def render_rewrites_text(rewrites: Sequence[Rewrite], *, written: bool) -> str:
    """Return a line a file that changes; nothing for those that are right."""
    lines = (
        f"{_verb(rewrite, written)} {rewrite.path}"
        + (f": {', '.join(rewrite.news)}" if rewrite.news else "")
        for rewrite in rewrites
        if rewrite.changes
    )
    return "".join(f"{line}\n" for line in lines)


def unchanged_line(rewrites: Sequence[Rewrite]) -> str | None:
    """Return what is said where every catalog is right already; None where one changes."""
    if any(rewrite.changes for rewrite in rewrites):
        return None
    if not rewrites:
        return "nothing to translate: no storyboard has a second locale"
    return f"{counted(len(rewrites), 'catalog')} up to date"


def _verb(rewrite: Rewrite, written: bool) -> str:
    if rewrite.after is None:
        return "removed" if written else "would remove"
    return "wrote" if written else "would write"


def render_rewrites_json(rewrites: Sequence[Rewrite], *, written: bool) -> str:
    """Return `{"written": bool, "files": [{file, changes, new, gone, news}]}`."""
    changes = any(rewrite.changes for rewrite in rewrites)
    return json_text({"written": written and changes, "files": rewrites_to_list(rewrites)})


def render_sync_text(synced: SyncedCatalogs, *, written: bool) -> str:
    """Return a line a file that changes, then what became of the texts of each locale, and of all.

    Nothing where every catalog is right already.
    """
    lines = render_rewrites_text(synced.rewrites, written=written)
    if not lines:
        return ""
    rows = [*synced.counts.items()]
    if len(rows) > 1:
        rows.append(("total", _total(synced.counts)))
    return lines + "".join(f"{name}: {_told(counts)}\n" for name, counts in rows)


def render_sync_json(synced: SyncedCatalogs, *, written: bool) -> str:
    """Return the same with `locales`, `{tag: {added, kept, changed, obsolete}}`, and `total`."""
    changes = any(rewrite.changes for rewrite in synced.rewrites)
    files = rewrites_to_list(synced.rewrites)
    locales = {tag: asdict(counts) for tag, counts in synced.counts.items()}
    told = {"written": written and changes, "files": files, "locales": locales}
    return json_text({**told, "total": asdict(_total(synced.counts))})


def _total(counts: Mapping[str, TextCounts]) -> TextCounts:
    return sum(counts.values(), start=TextCounts())


def _told(counts: TextCounts) -> str:
    return ", ".join(counted(number, word, word) for word, number in asdict(counts).items())


def rewrites_to_list(rewrites: Sequence[Rewrite]) -> list[dict[str, Any]]:
    """Return the files as values that JSON has."""
    return [
        {
            "file": r.path,
            "changes": r.changes,
            "new": r.before is None,
            "gone": r.after is None,
            "news": list(r.news),
        }
        for r in rewrites
    ]


def render_progress_text(progress: Sequence[Progress]) -> str:
    """Return a row a video: its texts by state, how its name is, and whether it is held."""
    if not progress:
        return ""
    states = (state.value for state in _STATES)
    titles = ("address", "texts", *states, "name", "video", "catalogs")
    rows = [
        (
            str(item.address),
            str(len(item.states)),
            *(str(len(item.contexts(state)) or "–") for state in _STATES),
            "–" if item.name is None else item.name.value,
            "–" if item.is_whole else "held",
            ", ".join(item.files),
        )
        for item in progress
    ]
    return line_up([titles, *rows], right=range(1, len(_STATES) + 2))


def render_progress_json(progress: Sequence[Progress]) -> str:
    """Return `{"catalogs": [{address, files, whole, texts, name, ok, missing, …: [contexts]}]}`."""
    catalogs = [
        {
            "address": str(item.address),
            "files": list(item.files),
            "whole": item.is_whole,
            "texts": len(item.states),
            "name": None if item.name is None else item.name.value,
        }
        | {state.value: list(item.contexts(state)) for state in _STATES}
        for item in progress
    ]
    return json_text({"catalogs": catalogs})
