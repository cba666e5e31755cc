"""Works off one composition of the queue: sources from the store, scenes back. Knows no HTTP.

The scenes, the status and the job's end are stored in one transaction that is fenced like a film's,
so that a worker that lost its lease stores nothing. Only the control plane says why one failed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from storyboard.counting import counted
from storyboard.studio.compose.captions import read_captions
from storyboard.studio.compose.documents import DocumentKind, read_with_headings
from storyboard.studio.compose.pace import Stopwatch, reckoned_scenes
from storyboard.studio.compose.request import (
    ComposedScene,
    ComposeError,
    ComposeRequest,
    Composition,
    Cue,
    Format,
    Heading,
    Source,
)
from storyboard.studio.compose.slide_show import narrate_slides
from storyboard.studio.compose.web_pages import PageError
from storyboard.studio.film.request import Cancelled, FilmError, OnProgress, Progress
from storyboard.studio.jobs import film_requests
from storyboard.studio.jobs.entry_files import path_of
from storyboard.studio.jobs.job_log import about_job
from storyboard.studio.jobs.slides import slide_broll, slide_texts
from storyboard.studio.jobs.ways import FRAME_RATES, switch
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import captions, entries, queue, videos
from storyboard.studio.records.entries import Entry
from storyboard.studio.records.queue import Job
from storyboard.studio.records.store import Transaction
from storyboard.wire import COMPOSE_NOTICE, OLD_FORMATS, VideoStatus, is_broll_rate

LONGEST_SECONDS: Final = 600.0
"""A composition that takes longer has failed, whatever its composer is still doing."""

_LOG = logging.getLogger("storyboard.studio")


def format_of(params: Mapping[str, Any]) -> Format:
    """Return what is to be composed, by the name of either generation."""
    told = params["formatType"]
    return Format(OLD_FORMATS.get(told, told))


def asked_sources(params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what it is composed of, in the newest generation's way, equal ones once."""
    told = params.get("sources", [{"entryId": each} for each in params.get("entryIds", ())])
    return [each for at, each in enumerate(told) if each not in told[:at]]


def has_words(tx: Transaction, entry_id: str, form: Format) -> bool:
    """Return whether an entry has captions, or is a document where the format reads those."""
    entry = entries.find(tx, entry_id)
    if entry is None:
        return False
    is_read = form is not Format.SESSION_HIGHLIGHTS and entry.is_document
    return is_read or any(asset.size for asset in captions.subtitles_of(tx, entry_id))


def compose_scenes(
    workspace: Workspace, job: Job, on_progress: OnProgress, cancelled: Callable[[], bool]
) -> bool:
    """Compose the job's video and store it; return whether that was still wanted of this worker.

    Raises `ComposeError`, `Cancelled`, `OSError`.
    """
    if job.attempt > queue.MAX_ATTEMPTS:
        raise ComposeError("composer-died", f"the composer died {queue.MAX_ATTEMPTS} times")
    with workspace.store.read() as tx:
        video = videos.find(tx, job.video_id)
        if video is None or video.compose_params is None:
            raise Cancelled
        found = _found(tx, workspace, video.compose_params, job.rules)
        avatar = film_requests.presenter_of(tx, video, {})
    on_progress(Progress("composing", 0, 1))
    params = video.compose_params
    stopwatch = _stopwatch(workspace, avatar.template_id if avatar else "", cancelled)
    composition = _patiently(lambda: _composed(workspace, params, found, stopwatch), cancelled)
    return _publish(workspace, job, composition)


def fail(workspace: Workspace, job: Job, reason: str) -> None:
    """Store that a composition failed, unless its job is another's by now."""
    with workspace.store.write() as tx:
        now = workspace.now(tx)
        if queue.finish(tx, job, reason, now):
            videos.change(tx, job.video_id, now, status=VideoStatus.COMPOSE_ERROR, reason=reason)
            told = "composition of video %s failed: %s"
            _LOG.warning(told, job.video_id, reason, extra=about_job(job))


@dataclass(frozen=True, slots=True)
class _Found:
    """An entry, what is written of it, for how many seconds it can be shown, and which slides."""

    entry: Entry
    captions: str
    shown_seconds: float
    slides: tuple[int, ...] | None = None


def _found(
    tx: Transaction, workspace: Workspace, params: dict[str, Any], rules: str
) -> tuple[_Found, ...]:
    found = []
    for source in asked_sources(params):
        entry_id = source.get("entryId", "")
        entry = entries.find(tx, entry_id)
        if entry is not None:
            assets = [asset for asset in captions.subtitles_of(tx, entry_id) if asset.size]
            best = next((asset for asset in assets if asset.is_default), None)
            asset = best or (assets[0] if assets else None)
            seconds = entry.seconds if _can_be_shown(entry, workspace, rules) else 0.0
            text = captions.content_of(tx, asset.id) if asset else ""
            slides = source.get("slideIndexes")
            found.append(_Found(entry, text, seconds, None if slides is None else tuple(slides)))
    return tuple(found)


def _can_be_shown(entry: Entry, workspace: Workspace, rules: str) -> bool:
    any_rate = switch(rules, workspace.contract, FRAME_RATES) == "any"
    return entry.kind == "video" and (any_rate or is_broll_rate(entry.fps))


def _composed(
    workspace: Workspace, params: dict[str, Any], found: tuple[_Found, ...], stopwatch: Stopwatch
) -> Composition:
    form, brief = format_of(params), str(params.get("userBrief") or "")
    asked = asked_sources(params)
    sources = [_source(workspace, each, form) for each in found]
    sources += [_page(workspace, each["url"]) for each in asked if "url" in each]
    if not asked:
        sources.append(Source("", "", text=brief))
    request = ComposeRequest(
        form,
        float(params["duration"]),
        tuple(sources),
        brief,
        bool(params.get("generateName")),
        stopwatch,
    )
    if not any(each.cues or each.slides or each.text.strip() for each in request.sources):
        raise ComposeError(
            "CAPTIONS_NOT_FOUND", "no source entry says anything; pictures of text are not read"
        )
    if form is Format.PRESENTATION:
        return narrate_slides(request)
    return workspace.makers.composer(request)


def _stopwatch(workspace: Workspace, presenter: str, cancelled: Callable[[], bool]) -> Stopwatch:
    """Return what times scenes by the voice that will speak them, by letters where none can."""

    def timed(narrations: Sequence[str]) -> Sequence[float]:
        try:
            return workspace.makers.timing(narrations, presenter, workspace.cache, cancelled)
        except FilmError as cause:
            _LOG.warning("lengths are reckoned by letters: %s", cause)
            return reckoned_scenes(narrations)

    return timed


def _source(workspace: Workspace, found: _Found, form: Format) -> Source:
    entry = found.entry
    text, headings = "", tuple[Heading, ...]()
    if entry.is_document and form is Format.PRESENTATION:
        return Source(
            entry.id, entry.name, slides=tuple(slide_texts(workspace, entry, found.slides))
        )
    if entry.is_document and form is Format.VIDEO_EXPLAINER:
        path = path_of(workspace, entry)
        kind = DocumentKind(path.suffix.removeprefix("."))
        text, headings = read_with_headings(path, kind)
    cues: tuple[Cue, ...] = read_captions(found.captions) if found.captions else ()
    return Source(entry.id, entry.name, found.shown_seconds, cues, text, headings=headings)


def _page(workspace: Workspace, url: str) -> Source:
    """Return a page of the web as a source, which is read and not shown."""
    try:
        page = workspace.pages.read(url)
    except PageError as cause:
        code = "URL_NOT_ACCESSIBLE" if cause.is_text else "URL_CONTENT_TYPE_NOT_SUPPORTED"
        raise ComposeError(code, str(cause)) from cause
    heading = (Heading(0, page.title),) if page.title else ()
    # Each line of a page is a block of it: a paragraph, an item, a cell.
    return Source("", page.title, text=page.text.replace("\n", "\n\n"), headings=heading)


def _patiently(work: Callable[[], Composition], cancelled: Callable[[], bool]) -> Composition:
    """Do the work in a thread that can be left behind: readers and remote composers may hang."""
    made: list[Composition] = []
    broken: list[Exception] = []

    def run() -> None:
        try:
            made.append(work())
        except Exception as cause:  # handed to the caller's thread
            broken.append(cause)

    thread = threading.Thread(target=run, name="compose", daemon=True)
    thread.start()
    waited = 0.0
    while thread.is_alive():
        # Often enough that a deletion in the studio is not waited for; a choice.
        thread.join(0.1)
        waited += 0.1
        if cancelled():
            raise Cancelled
        if waited > LONGEST_SECONDS:
            raise ComposeError("composer-slow", f"no scenes after {LONGEST_SECONDS:.0f} s")
    if broken:
        raise broken[0]
    return made[0]


def _publish(workspace: Workspace, job: Job, composition: Composition) -> bool:
    values: dict[str, Any] = {"scenes": [_scene_payload(scene) for scene in composition.scenes]}
    with workspace.store.write() as tx:
        now = workspace.now(tx)
        video = videos.find(tx, job.video_id)
        if video is None or not queue.finish(tx, job, "composed", now):
            return False
        if composition.name and job.name in (None, video.name):  # a person's own name stays
            values["name"] = composition.name
        status = VideoStatus.COMPOSED
        noticed = "; ".join(composition.notices)
        reason = f"{COMPOSE_NOTICE}{noticed}" if noticed else None
        videos.change(tx, video.id, now, status=status, was_composed=True, reason=reason, **values)
    count = counted(len(composition.scenes), "scene")
    _LOG.info("video %s is composed: %s", job.video_id, count, extra=about_job(job))
    return True


def _scene_payload(scene: ComposedScene) -> dict[str, Any]:
    if scene.entry_id is None:
        return {"layoutType": "full-screen", "narration": {"text": scene.narration}}
    broll: dict[str, Any] = {"entryId": scene.entry_id, "startTime": scene.start}
    if scene.slide is not None:
        broll = slide_broll(scene.entry_id, scene.slide)
    return {"layoutType": "broll", "narration": {"text": scene.narration}, "broll": broll}
