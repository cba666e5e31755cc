"""From a video in the store to what the film maker needs, or why it cannot be filmed.

The causes are those that make the real service end in `generate-error`, which tells none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from storyboard.narration.pronunciation import Say, respelled, say_from
from storyboard.narration.told_locales import locale_from
from storyboard.presenter_title import title_from
from storyboard.shell import word
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.film.request import Clip, FilmError, FilmOrder, FilmRequest, FilmScene
from storyboard.studio.film.rules import STRICT, Overrun, Rules
from storyboard.studio.film.sharing import Share
from storyboard.studio.jobs.entry_files import path_of
from storyboard.studio.jobs.slides import slide_picture
from storyboard.studio.jobs.ways import FRAME_RATES, OVERRUN, is_wished, switch
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.media.uses import why_not_background, why_not_broll
from storyboard.studio.records import avatars, entries
from storyboard.studio.records.store import Transaction
from storyboard.studio.records.videos import Video
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind
from storyboard.wire import BURN_CAPTIONS, MAX_NARRATION, MAX_SOURCES


def film_request(tx: Transaction, workspace: Workspace, video: Video) -> FilmRequest:
    """Return the film to make; raises `FilmError` with a code and the scene to blame."""
    if not video.scenes:
        raise FilmError("no-scenes", "the video has no scenes")
    sources = distinct_sources(video.scenes)
    if len(sources) > MAX_SOURCES:
        raise FilmError("TOO_MANY_SOURCES", f"{len(sources)} b-roll entries, at most {MAX_SOURCES}")
    return FilmRequest(
        tuple(_scene(tx, workspace, video, index) for index in range(len(video.scenes))),
        title=video.name,
        locale=locale_in(video.scenes),
    )


def film_order(
    workspace: Workspace, request: FilmRequest, draft: Path, share: Share, told: str
) -> FilmOrder:
    """Return the order to make a share of a film into a draft, by the rules that its job told."""
    rules = _rules(told, workspace.contract)
    request = replace(request, burns_captions=is_wished(told, BURN_CAPTIONS))
    shared, voices = workspace.shared, workspace.voices
    return FilmOrder(request, workspace.cache, draft, rules, shared, share, voices)


@contextmanager
def naming_scenes(video: Video, request: FilmRequest | None = None) -> Iterator[None]:
    """Have a film's error say which scene and which entry, instead of which kept file."""
    try:
        yield
    except FilmError as cause:
        if cause.scene is None:
            raise
        message, clip = str(cause), None if request is None else request.scenes[cause.scene].clip
        if clip is not None:
            entry_id = video.scenes[cause.scene]["broll"]["entryId"]
            # A kept file is called by its content's digest, which tells an author nothing.
            message = message.replace(clip.path.name, entry_id)
        raise FilmError(cause.code, f"scene {cause.scene}: {message}", scene=cause.scene) from cause


def distinct_sources(scenes: list[dict[str, Any]]) -> list[str]:
    """Return the entries of the clips that the scenes show, each once; slides are no clips."""
    clips = (s["broll"] for s in scenes if _shows_broll(s))
    return list(dict.fromkeys(c["entryId"] for c in clips if c.get("type") != "slide"))


def backdrop(tx: Transaction, workspace: Workspace, background: dict[str, Any]) -> Backdrop:
    """Return what stands behind a presenter; raises `FilmError` where its entry is no image."""
    match background["type"]:
        case "color":
            return Backdrop(BackdropKind.COLOR, background["color"])
        case "library":
            return Backdrop(BackdropKind.LIBRARY, background["id"])
    entry_id = background["entryId"]
    entry = entries.find(tx, entry_id)
    if entry is None or not entry.has_content:
        raise FilmError("background-missing", f"there is no entry '{entry_id}' for the background")
    unfit = why_not_background(entry.kind)
    if unfit is not None:
        raise FilmError("background-missing", f"the background '{entry_id}' {unfit}")
    return Backdrop(BackdropKind.IMAGE, str(path_of(workspace, entry)))


def presenter_of(tx: Transaction, video: Video, scene: dict[str, Any]) -> avatars.Avatar | None:
    """Return the avatar that speaks a scene: its own, or the video's."""
    avatar_id = (scene.get("narration") or {}).get("avatarId") or video.avatar_id
    return avatars.find(tx, video.owner, avatar_id) if avatar_id else None


def narration_of(scene: dict[str, Any]) -> str:
    """Return a scene's text, empty where it has none."""
    return str((scene.get("narration") or {}).get("text") or "").strip()


def say_in(scene: dict[str, Any]) -> Say:
    """Return how words of a scene are said, which only this studio is told."""
    return say_from(scene.get("narration") or {})


def locale_in(scenes: Iterable[dict[str, Any]]) -> str | None:
    """Return the locale that a video's scenes are told to be read in; the first one counts."""
    told = (locale_from(scene.get("narration") or {}) for scene in scenes)
    return next(filter(None, told), None)


def spoken_of(scene: dict[str, Any], index: int) -> str:
    """Return a scene's text as its voice gets it; raises `FilmError` where that is too long.

    A text of the usual length may have a word a thousand times that is said as a paragraph.
    """
    spoken = respelled(narration_of(scene), say_in(scene))
    if len(spoken) > MAX_NARRATION:
        message = f"{len(spoken):,} characters would be spoken, at most {MAX_NARRATION:,}"
        raise FilmError("narration-too-long", message, scene=index)
    return spoken


def _rules(told: str, contract: Contract) -> Rules:
    """Return what the film maker refuses, as the switches have it."""
    rates = () if switch(told, contract, FRAME_RATES) == "any" else STRICT.frame_rates
    return replace(STRICT, frame_rates=rates, overrun=Overrun(switch(told, contract, OVERRUN)))


def _scene(tx: Transaction, workspace: Workspace, video: Video, index: int) -> FilmScene:
    scene = video.scenes[index]
    text = narration_of(scene)
    if not text:
        raise FilmError("narration-empty", "the scene has no narration", scene=index)
    spoken_of(scene, index)
    avatar = presenter_of(tx, video, scene)
    if avatar is None:
        raise FilmError("avatar-missing", "the scene has no avatar", scene=index)
    behind = backdrop(tx, workspace, avatar.background)
    clip = _clip(tx, workspace, scene, index)
    title = title_from(scene["narration"])
    return FilmScene(text, avatar.template_id, behind, clip, say_in(scene), title)


def _clip(tx: Transaction, workspace: Workspace, scene: dict[str, Any], index: int) -> Clip | None:
    if scene.get("layoutType") != "broll":
        return None
    if not scene.get("broll"):
        raise FilmError("broll-missing", "the layout is broll and there is none", scene=index)
    entry_id = scene["broll"]["entryId"]
    entry = entries.find(tx, entry_id)
    if entry is None:
        message = (
            f"there is no entry '{entry_id}': give it a `media` file, or put one in: "
            f"storyboard studio media add --entry-id {word(entry_id)} FILE"
        )
        raise FilmError("broll-missing", message, scene=index)
    if not entry.has_content:
        raise FilmError("broll-missing", f"the entry '{entry_id}' has no content", scene=index)
    if scene["broll"].get("type") == "slide":
        return Clip(
            slide_picture(workspace, entry, int(scene["broll"]["index"])), 0.0, is_still=True
        )
    unfit = why_not_broll(entry.kind)
    if unfit is not None:
        raise FilmError("broll-no-video", f"'{entry_id}' {unfit}", scene=index)
    return Clip(path_of(workspace, entry), float(scene["broll"]["startTime"]))


def _shows_broll(scene: dict[str, Any]) -> bool:
    return scene.get("layoutType") == "broll" and bool(scene.get("broll"))
