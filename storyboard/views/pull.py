"""What came back of the studio, what both sides changed and what the author has to write.

Text and JSON. No decisions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from storyboard.commands.pull import Pull, PulledField, PullEnd
from storyboard.counting import counted
from storyboard.plan.diff import ChangeKind
from storyboard.plan.merged import FieldMerge
from storyboard.plan.words import compare_words
from storyboard.views.json_text import json_text
from storyboard.views.plan_lines import plain, words
from storyboard.views.rewriting import render_rewrites_text, rewrites_to_list
from storyboard.views.wording import printable

_HEADS: Final = {
    PullEnd.TAKEN: "~ taken",
    PullEnd.CONFLICT: "! conflict",
    PullEnd.LEFT: "! by hand",
}
_WIDTH: Final = max(map(len, _HEADS.values()))


def render_pull_text(pull: Pull, *, written: bool) -> str:
    """Return a line a file, then the values: with both texts where they are in conflict."""
    lines = [line for field in pull.fields for line in _lines(field)]
    return render_rewrites_text(pull.rewrites, written=written) + "".join(
        f"{line}\n" for line in lines
    )


def render_pull_json(pull: Pull, *, written: bool) -> str:
    """Return `{"written": bool, "files": […], "fields": [{address, path, end, ours, theirs, …}]}`.

    `end` is `taken`, `conflict` or `left`; a field has also `kind`, `baseKnown`, `file`, `line`,
    `column` and `reason`.
    """
    body = {
        "written": written and any(rewrite.changes for rewrite in pull.rewrites),
        "files": rewrites_to_list(pull.rewrites),
        "fields": [*map(_body, pull.fields)],
    }
    return json_text(body)


def open_fields_line(fields: Sequence[PulledField]) -> str:
    """Return what is said at the end where some values are not taken."""
    both = [field for field in fields if field.end is PullEnd.CONFLICT]
    left = len(fields) - len(both)
    told = []
    if both:
        count = counted(len(both), "value was", "values were")
        told.append(f"{count} changed in the files and in the studio")
    if left:
        count = counted(left, "value has", "values have")
        told.append(f"{count} to be written by hand")
    return "; ".join(told)


def _lines(field: PulledField) -> Iterator[str]:
    item = field.item
    head = f"{_HEADS[field.end]:<{_WIDTH}}  {field.address}  {item.path}"
    place = "" if field.span is None else f"  {printable(str(field.span))}"
    if field.end is PullEnd.TAKEN:
        yield f"{head}  {_difference(item)}{place}"
        return
    why = field.reason
    if field.end is PullEnd.CONFLICT and not item.known:
        why = "the state does not tell which side changed it"
    yield f"{head}{place}" + (f"  {printable(why)}" if why else "")
    yield f"    file    {_value(item.ours)}"
    yield f"    studio  {_value(item.theirs)}"


def _difference(item: FieldMerge) -> str:
    match item.kind:
        case ChangeKind.ADDED:
            return f"added  {_value(item.theirs)}"
        case ChangeKind.REMOVED:
            return f"removed  {_value(item.ours)}"
        case ChangeKind.MOVED:
            return f"now in the order {_value(item.theirs)}"
        case ChangeKind.CHANGED if item.path.endswith("narration.text") or item.path == "name":
            return f"“{words(compare_words(str(item.ours), str(item.theirs)), plain)}”"
        case _:
            return f"{_value(item.ours)} → {_value(item.theirs)}"


def _value(value: str | float | None) -> str:
    if value is None or value == "":
        return "none"
    return f"“{printable(value)}”" if isinstance(value, str) else f"{value:g}"


def _body(field: PulledField) -> dict[str, Any]:
    item, span = field.item, field.span
    return {
        "address": str(field.address),
        "path": item.path,
        "kind": item.kind.value,
        "end": field.end.value,
        "ours": item.ours,
        "theirs": item.theirs,
        "baseKnown": item.known,
        "file": None if span is None else span.file,
        "line": None if span is None else span.line,
        "column": None if span is None else span.column,
        "reason": field.reason or None,
    }
