"""Where the files of an environment go, so that none of them lands on another environment's.

One address is another film in another environment: of other variables, entries, and state.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from storyboard.commands.state_places import is_file
from storyboard.disk.inside import FileRefused
from storyboard.local_studio.entries import entries_there
from storyboard.local_studio.opening import LOCAL
from storyboard.source.files import output_path

_FILMS: Final = "films"
KALTURA: Final = "kaltura"
WORKSPACE: Final = ".storyboard/studio"
"""Where the local studio of a project keeps its data, from the project's root."""

_OWN_FOLDER: Final = "make '.storyboard' and what is in it folders of the project, not links"
_FILMS_HINT: Final = "make it a folder, set `download:`, or pass `--download DIR`"


def films_here(name: str, declared: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether an environment's films are made by the studio in this process.

    The file tells, also for the built-in names; for a name that it does not say more of, Kaltura.
    """
    usual = LOCAL if name == LOCAL else KALTURA
    return bool(declared.get(name, {}).get("studio", usual) == LOCAL)


def usual_folder(base: str, name: str) -> str:
    """Return the folder of an environment's files, where nobody names one."""
    return base if name == LOCAL else f"{base}/{name}"


def marked_suffix(suffix: str, name: str) -> str:
    """Return the suffix of an environment's files in a folder that several may share."""
    return suffix if name == LOCAL else f".{name}{suffix}"


def film_folder(name: str, declared: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Return the folder of an environment's films, None for none.

    No other environment's settings change it: films that are saved stay where they are.
    """
    usual = usual_folder(_FILMS, name) if films_here(name, declared) else None
    folder = declared.get(name, {}).get("download", usual)
    return str(folder).rstrip("/") if folder else None


def state_file(name: str, declared: Mapping[str, Mapping[str, Any]]) -> str:
    """Return where an environment's state is, from the project's root.

    Of one that several machines share, it is where this one keeps what could not be written.
    """
    told = declared.get(name, {}).get("state")
    return str(told) if is_file(told) else f".storyboard/state/{name}.json"


def is_usual_state(path: Path, root: Path, name: str) -> bool:
    """Whether an environment's state is where it is if no file says so."""
    return path == root / state_file(name, {})


def is_usual_films(folder: Path, root: Path, name: str) -> bool:
    """Whether the films of an environment that makes them here go where no file says."""
    return folder == root / usual_folder(_FILMS, name)


def workspace_of(root: Path) -> Path:
    """Return where a project's own studio keeps its data; raises `FileRefused` for a link out."""
    return output_path(root, WORKSPACE, hint=_OWN_FOLDER)


def entries_here(root: Path) -> Collection[str] | None:
    """Return the entries of a project's own studio; None where they cannot be read."""
    try:
        return entries_there(workspace_of(root))
    except FileRefused:
        return None


def writable_films(folder: Path, root: Path) -> Path:
    """Return an environment's folder of films; raises `FileRefused` for a link out."""
    return output_path(root, folder.relative_to(root).as_posix(), hint=_FILMS_HINT)
