"""What a folder of voices holds: models with their settings, and a list of endpoints. Casts none.

    NAME.onnx, NAME.onnx.json       a model of the Piper kind
    voices.json                     {"voices": [{"url", "model", "voice", "language", …},
                                                {"file": "NAME.onnx", "presenters": […], …}]}

The rows of `voices.json` come first, in their order; then the models that no row names, by name.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Final

from storyboard.disk.inside import cannot_read
from storyboard.errors import UsageError
from storyboard.strict_json import NotJson, parse_json
from storyboard.studio.voice.endpoint import (
    ANY,
    Endpoint,
    EndpointFault,
    language_in,
    presenters_in,
    read_endpoint,
)
from storyboard.studio.voice.piper_settings import PiperSettings, SettingsFault, read_settings
from storyboard.wire import TEMPLATE_IDS

LIST: Final = "voices.json"
_MODEL, _SETTINGS = ".onnx", ".onnx.json"
_MOST_FILES: Final = 2_000
_MOST_ROWS: Final = 500
_MAX_JSON: Final = 2 << 20
_MAX_MODEL: Final = 1 << 30
"""Bytes: the largest voices of the Piper kind have a ninth of it."""

_MODEL_KEYS: Final = frozenset(("file", "speaker", "language", "presenters"))
_HINT: Final = "put both files of each voice there: NAME.onnx and NAME.onnx.json"
_SPEAKERS: Final = len(TEMPLATE_IDS)
"""Of a model with more of them: as many as there are presenters."""


class VoicesFault(UsageError):
    """The folder of voices is not one; the message names the file."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model in the folder; `speaker` is the only one of its speakers that is used, if told."""

    path: Path
    size: int
    changed: int
    settings: PiperSettings = field(repr=False)
    settings_digest: str
    language: str
    speaker: int | None = None
    presenters: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the voice is called."""
        return self.path.name.removesuffix(_MODEL)

    def speakers(self) -> tuple[int | None, ...]:
        """Return the ids of those who speak, in order; None stands for a model's only one."""
        if self.speaker is not None:
            return (self.speaker,)
        return tuple(self.settings.speakers.values())[:_SPEAKERS] or (None,)

    def digest(self) -> str:
        """Return the hash of the model's bytes; raises `VoicesFault`."""
        return _digest(self.path, self.size, self.changed)

    def mark(self) -> str:
        """Return what tells it from others, without reading it."""
        told = (self.name, self.size, self.settings_digest, self.language, self.speaker)
        return repr((*told, self.presenters))


Row = Model | Endpoint
"""Who speaks: a model of the folder, or an endpoint."""


def read_folder(folder: Path) -> tuple[Row, ...]:
    """Return the voices of a folder, in the order of their casting; raises `VoicesFault`."""
    return _read(folder, _stamps(folder))


def _stamps(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return name, size and time of the folder's files that tell of voices."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith((_MODEL, _SETTINGS)) or entry.name == LIST:
                    facts = entry.stat()
                    if not stat.S_ISREG(facts.st_mode):
                        raise VoicesFault(f"'{folder / entry.name}' is not a regular file")
                    found.append((entry.name, facts.st_size, facts.st_mtime_ns))
    except OSError as cause:
        shown = cause.filename or folder
        raise VoicesFault(
            f"the voices in '{shown}' cannot be read: {(cause.strerror or str(cause)).lower()}",
            hint="name a folder of voices by --voices or STORYBOARD_VOICES",
        ) from cause
    if len(found) > _MOST_FILES:
        raise VoicesFault(f"'{folder}' has more than {_MOST_FILES:,} files of voices")
    return tuple(sorted(found))


@lru_cache(maxsize=8)
def _read(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> tuple[Row, ...]:
    files = {name: (size, changed) for name, size, changed in stamps}
    models = {name: _model(folder, name, files) for name in files if name.endswith(_MODEL)}
    for name in files:
        if name.endswith(_SETTINGS) and name.removesuffix(".json") not in models:
            raise VoicesFault(f"'{folder / name}' has no model beside it", hint=_HINT)
    rows: list[Row] = []
    if LIST in files:
        try:
            for row in _listed(_content(folder / LIST)):
                rows.append(_row(row, models))
        except EndpointFault as fault:
            raise VoicesFault(f"'{folder / LIST}' {fault}", hint=fault.hint) from fault
    named = {row.path.name for row in rows if isinstance(row, Model)}
    rows.extend(models[name] for name in sorted(models) if name not in named)
    if not rows:
        raise VoicesFault(f"'{folder}' has no voices", hint=_HINT)
    return tuple(rows)


def _model(folder: Path, name: str, files: Mapping[str, tuple[int, int]]) -> Model:
    path, (size, changed) = folder / name, files[name]
    if f"{name}.json" not in files:
        raise VoicesFault(f"'{path}' has no settings beside it", hint=_HINT)
    if not 0 < size <= _MAX_MODEL:
        why = "is empty" if not size else f"is larger than {_MAX_MODEL:,} bytes"
        raise VoicesFault(f"'{path}' {why}", hint="restore the file: download the voice again")
    content = _content(folder / f"{name}.json")
    try:
        settings = read_settings(content)
    except SettingsFault as fault:
        raise VoicesFault(
            f"'{path}.json' {fault}", hint="restore the file: download the voice again"
        ) from fault
    digest = sha256(content).hexdigest()
    return Model(path, size, changed, settings, digest, settings.language)


def _listed(content: bytes) -> list[Mapping[str, Any]]:
    try:
        told = parse_json(content, most=50_000)
    except NotJson as cause:
        raise EndpointFault(f"is no JSON: {cause}") from cause
    rows = told.get("voices") if isinstance(told, dict) else None
    is_list = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
    if not is_list or len(rows or ()) > _MOST_ROWS:
        raise EndpointFault('is no list of voices: expected {"voices": [{…}]}')
    return rows or []


def _row(row: Mapping[str, Any], models: Mapping[str, Model]) -> Row:
    if "file" not in row:
        return read_endpoint(row)
    name = row["file"]
    if not isinstance(name, str) or name not in models:
        raise EndpointFault(f"names the file '{str(name)[:60]}', which is no voice of the folder")
    odd = min(row.keys() - _MODEL_KEYS, default=None)
    if odd is not None:
        raise EndpointFault(f"has the unknown setting '{odd[:40]}' for '{name}'")
    return _placed(models[name], row)


def _placed(model: Model, row: Mapping[str, Any]) -> Model:
    """Return a model as its row has it."""
    language = language_in(row) if "language" in row else model.language
    if language == ANY:
        raise EndpointFault(f"has '{model.name}' speak all languages: a model speaks one")
    speaker, known = row.get("speaker"), model.settings.speakers
    if isinstance(speaker, str):
        speaker = known.get(speaker)
    if "speaker" in row and (type(speaker) is not int or speaker not in known.values()):
        told = f"'{str(row['speaker'])[:40]}'"
        raise EndpointFault(f"names the speaker {told}, whom '{model.name}' does not have")
    return replace(model, language=language, speaker=speaker, presenters=presenters_in(row))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_JSON + 1)
    except OSError as cause:
        raise VoicesFault(cannot_read(str(path), cause).reason) from cause
    if len(content) > _MAX_JSON:
        raise VoicesFault(f"'{path}' is larger than {_MAX_JSON:,} bytes")
    return content


@lru_cache(maxsize=64)
def _digest(path: Path, size: int, changed: int) -> str:
    """Return the hash of a file of this size and time; a film's voices are asked for it often."""
    del size, changed
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as cause:
        raise VoicesFault(cannot_read(str(path), cause).reason) from cause
