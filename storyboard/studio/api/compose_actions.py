"""`video/compose` (guide §7): what it is asked by, in both generations, and what it may refuse."""

from __future__ import annotations

from typing import Any

from storyboard.studio.api.slide_checks import read_ahead, require_slides
from storyboard.studio.api.video_actions import allowed, changed, found, too_many
from storyboard.studio.behavior.conditions import is_next
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.behavior.transitions import Operation, next_status
from storyboard.studio.compose.request import Format
from storyboard.studio.jobs.composing import asked_sources, format_of, has_words
from storyboard.studio.jobs.job_log import log_asked
from storyboard.studio.jobs.slides import is_presentation
from storyboard.studio.jobs.ways import way_of
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries, queue
from storyboard.studio.records.session import Session
from storyboard.studio.records.store import Transaction
from storyboard.tracing.spans import current_trace
from storyboard.wire import MAX_SOURCES, ErrorCode


def compose(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Queue the composition; the status, what was asked and the job change in one transaction."""
    check = _check_next if is_next(workspace.contract) else _check
    chosen = (each["entryId"] for each in body.get("sources", ()) if "slideIndexes" in each)
    read_ahead(workspace, chosen)
    with workspace.store.write() as tx:
        video = found(tx, session, body["id"])
        effect = allowed(workspace, video, Operation.COMPOSE)
        check(tx, workspace, body)
        now = workspace.clock()
        way = way_of(workspace, queue.COMPOSITION, current_trace())
        what, quota = (queue.COMPOSITION, video.id, ""), workspace.quota
        queue.enqueue(tx, *what, now, name=video.name, way=way, quota=quota)
        told = changed(
            tx,
            workspace,
            video,
            now,
            status=next_status(effect, video.status, was_composed=video.was_composed),
            compose_params={name: value for name, value in body.items() if name != "id"},
            reason=None,
        )
    log_asked(queue.COMPOSITION, video.id)
    return told


def _check(tx: Transaction, workspace: Workspace, body: dict[str, Any]) -> None:
    """Refuse sources as the guide does; raises `Refusal`."""
    asked = body["entryIds"]
    sources = list(dict.fromkeys(asked))
    count = len(asked if workspace.contract["equal_sources"] == "each" else sources)
    if count > MAX_SOURCES:
        raise too_many(count)
    _require_words(tx, sources, format_of(body))


def _check_next(tx: Transaction, workspace: Workspace, body: dict[str, Any]) -> None:
    """Refuse sources as the newest generation does, the first fault that its order tells first."""
    form, asked = format_of(body), asked_sources(body)
    urls = [each["url"] for each in asked if "url" in each]
    named = [each["entryId"] for each in asked if "entryId" in each]
    is_free = form is Format.VIDEO_EXPLAINER
    if urls and not is_free:
        raise Refusal(
            ErrorCode.URLS_NOT_SUPPORTED, f"URLs are not supported for {body['formatType']}"
        )
    if len(urls) > MAX_SOURCES:
        message = f"{len(urls)} URLs, at most {MAX_SOURCES} allowed"
        raise Refusal(ErrorCode.TOO_MANY_URLS, message)
    most = MAX_SOURCES if is_free else 1
    if len(asked) > most:
        raise too_many(len(asked), most)
    if is_free and not asked and not body.get("userBrief", "").strip():
        raise Refusal(ErrorCode.USER_BRIEF_REQUIRED, "Give sources, or a brief")
    _require_kind(tx, form, named)
    for each in asked:
        if "slideIndexes" in each:
            require_slides(tx, workspace, each["entryId"], each["slideIndexes"])
    for url in urls:
        why = workspace.pages.refusal(url)
        if why is not None:
            raise Refusal(ErrorCode.URL_NOT_ACCESSIBLE, why, {"url": url})
    if not urls and (named or not is_free):
        _require_words(tx, named, form)


def _require_kind(tx: Transaction, form: Format, named: list[str]) -> None:
    """Refuse entries that are not there, or not of the kind that the format narrates."""
    if form is Format.PRESENTATION and not named:
        raise Refusal(ErrorCode.PRESENTATION_REQUIRED, "Give one presentation")
    for entry_id in named:
        entry = entries.find(tx, entry_id)
        if entry is None:
            raise Refusal(
                ErrorCode.ENTRY_NOT_FOUND, f"Entry '{entry_id}' not found", {"entryId": entry_id}
            )
        if form is Format.PRESENTATION and not is_presentation(entry):
            message = f"Entry '{entry_id}' is no presentation: this studio takes a PDF"
            raise Refusal(ErrorCode.PRESENTATION_REQUIRED, message, {"entryId": entry_id})
        if form is Format.SESSION_HIGHLIGHTS and entry.kind != "video":
            message = f"Entry '{entry_id}' is no video"
            raise Refusal(ErrorCode.VIDEO_REQUIRED, message, {"entryId": entry_id})


def _require_words(tx: Transaction, sources: list[str], form: Format) -> None:
    if not any(has_words(tx, source, form) for source in sources):
        raise Refusal(
            ErrorCode.CAPTIONS_NOT_FOUND,
            "No source entry has captions or transcripts",
            {"entryIds": ",".join(sources)},
        )
