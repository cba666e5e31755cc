"""The record of a video in a state as JSON and back, with its films and what is saved of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storyboard.state.model import (
    FilmRecord,
    ObjectRecord,
    SavedCaptions,
    SavedFile,
    VideoRecord,
)
from storyboard.state.scene_format import field_body, read_field, read_scene, scene_body


def video_body(video: VideoRecord) -> dict[str, Any]:
    """Return a record as a JSON object."""
    saved = video.saved
    return {
        "current": _object_body(video.current),
        "successor": None if video.successor is None else _object_body(video.successor),
        "films": [_film_body(film) for film in video.films],
        "protect": video.protect,
        "file": None if saved is None else _file_body(saved),
        **({"composed": video.composed} if video.composed else {}),
        **({"rolledBack": video.rolled_back} if video.rolled_back else {}),
        **({"filmKept": True} if video.film_kept else {}),
        **({"begunFilm": video.begun_film} if video.begun_film else {}),
        **({"formerFilms": [*map(_film_body, video.former)]} if video.former else {}),
    }


def read_video(body: Mapping[str, Any]) -> VideoRecord:
    """Read a record."""
    successor, saved = body["successor"], body["file"]
    return VideoRecord(
        current=_read_object(body["current"]),
        successor=None if successor is None else _read_object(successor),
        films=tuple(_read_film(film) for film in body["films"]),
        protect=bool(body["protect"]),
        saved=None if saved is None else _read_file(saved),
        composed=str(body.get("composed", "")),
        rolled_back=str(body.get("rolledBack", "")),
        film_kept=body.get("filmKept") is True,
        begun_film=str(body.get("begunFilm", "")),
        former=tuple(_read_film(film) for film in body.get("formerFilms", ())),
    )


def _film_body(film: FilmRecord) -> dict[str, Any]:
    return {
        "fingerprint": film.fingerprint,
        "entryId": film.entry_id,
        "madeAt": film.made_at,
        "tookSeconds": film.took_seconds,
        "durationSeconds": film.duration_seconds,
        "workSeconds": film.work_seconds,
    }


def _read_film(body: Mapping[str, Any]) -> FilmRecord:
    return FilmRecord(
        fingerprint=str(body["fingerprint"]),
        entry_id=str(body["entryId"]),
        made_at=str(body["madeAt"]),
        took_seconds=_seconds(body["tookSeconds"]),
        duration_seconds=_seconds(body["durationSeconds"]),
        work_seconds=_seconds(body.get("workSeconds")),
    )


def _file_body(saved: SavedFile) -> dict[str, Any]:
    body = {"entryId": saved.entry_id, "path": saved.path, "sha256": saved.sha256}
    kept = saved.captions
    if kept is None:
        return body
    return {**body, "captions": {"entryId": kept.entry_id, "sha256": {**kept.digests}}}


def _read_file(body: Mapping[str, Any]) -> SavedFile:
    told = body.get("captions")
    captions = None
    if told is not None:
        digests = {str(suffix): str(digest) for suffix, digest in told["sha256"].items()}
        captions = SavedCaptions(str(told["entryId"]), digests)
    sha256 = str(body.get("sha256", ""))
    return SavedFile(str(body["entryId"]), str(body["path"]), sha256, captions)


def _object_body(record: ObjectRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "applied": record.applied,
        "observed": record.observed,
        "name": field_body(record.name),
        "avatar": field_body(record.avatar),
        "scenes": [scene_body(scene) for scene in record.scenes],
    }


def _read_object(body: Mapping[str, Any]) -> ObjectRecord:
    return ObjectRecord(
        id=str(body["id"]),
        applied=str(body["applied"]),
        observed=str(body["observed"]),
        name=read_field(str(body["name"])),
        avatar=read_field(str(body.get("avatar", ""))),
        scenes=tuple(read_scene(scene) for scene in body["scenes"]),
    )


def _seconds(value: Any) -> float | None:
    return None if value is None else float(value)
