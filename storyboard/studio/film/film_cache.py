"""Whole films in the cache: found again by what they are made of. Renders nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from storyboard.disk.inside import FileRefused, read_inside
from storyboard.disk.writing import replacing
from storyboard.strict_json import parse_json
from storyboard.studio.film.cache import Cache, digest
from storyboard.studio.film.request import Cue, Film, FilmRequest, SceneTiming
from storyboard.studio.film.segments import FILM_VERSION, encoder_name
from storyboard.studio.film.timeline import LEAD_SAMPLES, TAIL_SAMPLES

_MAX_FACTS: Final = 4 << 20
"""Bytes of what is kept of a film: the captions of two days of speech."""

_KIND, _MP4, _JSON = "films", ".mp4", ".json"

_TEXTS_VERSION = "6"
"""Counts the ways in which captions and chapters were cut, timed and kept: a kept film has those
of its time."""


def film_key(
    request: FilmRequest,
    rules: Sequence[Any],
    stage_version: str,
    language: str,
    voice_keys: Sequence[str],
    media: Sequence[str | None],
    lettering: Sequence[str] = (),
) -> str:
    """Hash all that a film is made of; `media` are digests of the scenes' files.

    `lettering` is what its texts are set with, if it has any in its pictures.
    """
    scenes = [
        [
            scene.narration,
            scene.presenter,
            scene.backdrop.kind.value,
            content or scene.backdrop.value,
            scene.clip and scene.clip.start,
            voice,
            *scene.say,
            *([scene.title.row] if scene.title is not None else []),
        ]
        for scene, voice, content in zip(request.scenes, voice_keys, media, strict=True)
    ]
    versions = [
        FILM_VERSION,
        _TEXTS_VERSION,
        encoder_name(),
        stage_version,
        LEAD_SAMPLES,
        TAIL_SAMPLES,
    ]
    told = [versions, asdict(request.profile), list(rules), language, request.title, scenes]
    return digest(*told, *([list(lettering)] if lettering else []))


def film_path(cache: Cache, key: str) -> Path:
    """Return where the film's MP4 is or would be."""
    return cache.path(_KIND, key, _MP4)


def writing_film(cache: Cache, key: str) -> AbstractContextManager[Path]:
    """Yield where to write the film's MP4; once the block ends it is kept, on this machine alone.

    It is not shared: a film is large, and its scenes, which are, join in a second.
    """
    return cache.alone().writing(_KIND, key, _MP4)


def find_film(cache: Cache, key: str) -> Film | None:
    """Return the film if it is kept; nothing of it was rendered now."""
    here = cache.alone()
    path, facts = here.find(_KIND, key, _MP4), here.find(_KIND, key, _JSON)
    if path is None or facts is None:
        return None
    try:
        return _read(path, parse_json(read_inside(facts, facts.parent, _MAX_FACTS)))
    except (FileRefused, ValueError, KeyError, TypeError):
        return None


def keep_film(cache: Cache, key: str, film: Film) -> None:
    """Write down what the film is, beside its MP4 that is already in the cache."""
    kept = {
        "fps": film.fps,
        "frames": film.frames,
        "language": film.language,
        "size": film.path.stat().st_size,
        "timeline": [[scene.start_frame, scene.frames] for scene in film.timeline],
        "captions": [[cue.start, cue.end, cue.text] for cue in film.captions],
        "chapters": [[cue.start, cue.end, cue.text] for cue in film.chapters],
    }
    with cache.alone().writing(_KIND, key, _JSON) as part:
        part.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")


def publish(film: Film, output: Path) -> Film:
    """Put a copy where it was asked for, in one step; the cache's own file is nobody's to edit."""
    with replacing(output, inside=output.parent) as part:
        shutil.copyfile(film.path, part)
    return replace(film, path=output)


def _read(path: Path, kept: dict[str, Any]) -> Film:
    """Return a film as `keep_film` wrote it; raises ValueError, KeyError or TypeError otherwise."""
    frames, fps = _whole(kept["frames"]), _whole(kept["fps"])
    if not fps or path.stat().st_size != kept["size"]:
        raise ValueError("the film is another one, or cut off")
    return Film(
        path,
        frames,
        fps,
        _text(kept["language"]),
        tuple(SceneTiming(_whole(start), _whole(count)) for start, count in kept["timeline"]),
        captions=_cues(kept["captions"]),
        chapters=_cues(kept["chapters"]),
        rendered_scenes=(),
    )


def _cues(rows: list[list[Any]]) -> tuple[Cue, ...]:
    return tuple(Cue(_seconds(start), _seconds(end), _text(text)) for start, end, text in rows)


def _whole(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("no whole number")
    return value


def _seconds(value: Any) -> float:
    return value if isinstance(value, float) else _whole(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value
