"""The speech of scenes as the studio would say it, saved as MP3. Makes no film.

A local studio speaks the files as they are, through a draft that is gone afterwards. In an account
nothing is made for the sake of listening: it speaks what was applied.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from storyboard.commands.compiled_project import environment_of
from storyboard.commands.film_folders import marked_suffix, usual_folder
from storyboard.commands.previews import spoken_draft
from storyboard.commands.request import Request
from storyboard.commands.saving import save
from storyboard.commands.stores import open_store
from storyboard.compiler import Compilation
from storyboard.counting import counted
from storyboard.errors import StoryboardError, UsageError
from storyboard.kaltura.client import StudioClient
from storyboard.local_studio.media import sound_seconds
from storyboard.plan.current import Current
from storyboard.plan.guards import check_principal
from storyboard.shell import word
from storyboard.source.file_names import file_name
from storyboard.speech_rates import estimate_seconds
from storyboard.state.store import Store, open_state
from storyboard.texts import spoken_text
from storyboard.video import Video
from storyboard.whole_numbers import whole_number


@dataclass(frozen=True, slots=True)
class Heard:
    """One scene's speech: its file, the seconds measured (None where nothing can), the estimate.

    `is_outdated` where the studio speaks another text than the files have now.
    """

    scene_id: str
    number: int
    path: Path
    seconds: float | None
    estimate: float
    is_outdated: bool = False


def choose_scenes(video: Video, wanted: Sequence[str]) -> tuple[int, ...]:
    """Return the indexes of scenes named by id or by number from 1; all that speak for none.

    Raises `UsageError` for a scene that is not there or says nothing.
    """
    ids = [scene.id for scene in video.scenes]
    if not wanted:
        speaking = tuple(i for i, scene in enumerate(video.scenes) if scene.narration)
        if not speaking:
            raise UsageError(f"'{video.address}' has no scene that speaks")
        return speaking
    chosen = []
    for name in wanted:
        if name in ids:
            index = ids.index(name)
        elif 1 <= (whole_number(name) or 0) <= len(ids):
            index = int(name) - 1
        else:
            hint = f"name one of: {', '.join(ids)}" if ids else None
            raise UsageError(f"'{video.address}' has no scene '{name}'", hint=hint)
        if not video.scenes[index].narration:
            raise UsageError(f"scene '{ids[index]}' of '{video.address}' says nothing")
        chosen.append(index)
    return tuple(dict.fromkeys(chosen))


async def fetch_speech(
    request: Request,
    compilation: Compilation,
    video: Video,
    scenes: Sequence[int],
    folder: Path | None = None,
) -> tuple[Heard, ...]:
    """Save the speech of scenes as `<address>-<number>-<scene>.mp3`, in the environment's folder.

    In a `folder` that was asked for, the names say which environment spoke, if it is not `local`.
    Raises `StoryboardError` where the video has to be applied first, and `CredentialsError` for
    another user's session.
    """
    from storyboard.commands.connection import connect

    environment = environment_of(request, compilation.project)
    suffix = ".mp3" if folder is None else marked_suffix(".mp3", request.environment)
    place = folder or Path(usual_folder("speech", request.environment))
    heard = []
    async with connect(environment) as client:
        speaking = (
            spoken_draft(client, video)
            if client.is_local
            else _applied(client, video, open_store(environment))
        )
        async with speaking as (video_id, texts):
            for index in scenes:
                content = await client.preview_audio(video_id, index)
                name = _file_name(video, index, suffix)
                path = save(place / name, content, inside=folder or Path())
                heard.append(_heard(video, index, path, texts))
    return tuple(heard)


def _file_name(video: Video, index: int, suffix: str) -> str:
    return file_name(f"{video.address}-{index + 1:02}-{video.scenes[index].id}", suffix)


def _heard(video: Video, index: int, path: Path, texts: Sequence[str | None]) -> Heard:
    scene = video.scenes[index]
    return Heard(
        scene.id,
        index + 1,
        path,
        sound_seconds(path),
        round(estimate_seconds(scene.spoken, video.address.locale), 1),
        texts[index] != spoken_text(scene.sent or ""),
    )


@asynccontextmanager
async def _applied(
    client: StudioClient, video: Video, store: Store
) -> AsyncIterator[tuple[str, Sequence[str | None]]]:
    state = open_state(store, client.principal)
    check_principal(state, Current(client.principal, ()))
    record = state.videos.get(video.address)
    remote = None if record is None else await client.get_video(record.written.id)
    if remote is None:
        raise StoryboardError(
            f"'{video.address}' is not in the studio yet",
            hint=f"create it without a film: storyboard apply --no-generate {word(video.address)}; "
            "or listen in the local studio: -e local",
        )
    texts = [_text(scene.get("narration")) for scene in remote.scenes]
    if len(texts) != len(video.scenes):
        raise StoryboardError(
            f"'{video.address}' has {counted(len(texts), 'scene')} in the studio and "
            f"{len(video.scenes)} in the files",
            hint=f"update it: storyboard apply --no-generate {word(video.address)}",
        )
    yield remote.id, texts


def _text(narration: object) -> str | None:
    text = narration.get("text") if isinstance(narration, dict) else None
    return spoken_text(text) if isinstance(text, str) else None
