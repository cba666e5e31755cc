"""Where the file of a project may have states and films written: below its root, each apart.

Decides by what the file says, and by the links and folders that are there. Writes nothing.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from storyboard.commands.environment_fault import EnvironmentFault
from storyboard.commands.film_folders import WORKSPACE, film_folder, state_file, usual_folder
from storyboard.commands.repository import folder_below
from storyboard.commands.state_places import has_own_ref, is_file, shared_place
from storyboard.disk.inside import FileRefused
from storyboard.local_studio.opening import LOCAL
from storyboard.source.files import output_path
from storyboard.state.git_place import GitPlace
from storyboard.state.place_refused import PlaceRefused

Declared = Mapping[str, Mapping[str, Any]]

_REFUSED: Final = "output-refused"
_SHARED: Final = "output-shared"
_STATE_HINT: Final = "write a path from the project's root, such as 'state/production.json'"
_ADDRESS_HINT: Final = "write a file, `git`, or an address: s3://, gs://, az:// or https://"
_FOLDER_HINT: Final = "write a folder below the project's root, such as 'films/production'"


def place_faults(declared: Declared, root: Path) -> Iterator[EnvironmentFault]:
    """Yield what is refused of `state` and `download`, each alone and all beside each other."""
    for name, keys in declared.items():
        state, folder = keys.get("state"), keys.get("download")
        if is_file(state):
            yield from _refused(name, "state", _state_refusal(str(state), root))
        elif state:
            yield from _shared_faults(name, declared, root)
        if folder:
            yield from _refused(name, "download", _folder_refusal(str(folder), root))
    yield from _shared_folders(declared)
    yield from _shared_states(declared)


def _refused(
    name: str, key: str, refusal: tuple[str, str | None] | None
) -> Iterator[EnvironmentFault]:
    if refusal is not None:
        yield EnvironmentFault(name, key, _REFUSED, *refusal)


def _state_refusal(path: str, root: Path) -> tuple[str, str | None] | None:
    """Return why a state cannot be kept there, and what to do."""
    try:
        place = output_path(root, path)
    except FileRefused as refused:
        return f"the state {refused.reason}", refused.hint
    if not path.endswith(".json"):
        # Every other ending is that of somebody's file: a storyboard, a catalog, a clip.
        return f"the state '{path}' does not end in '.json'", _STATE_HINT
    if f"{_plain(path)}/".startswith(f"{WORKSPACE}/"):
        return f"the state '{path}' is in the folder of the local studio", _STATE_HINT
    return (f"the state '{path}' is a folder", _STATE_HINT) if place.is_dir() else None


def _shared_faults(name: str, declared: Declared, root: Path) -> Iterator[EnvironmentFault]:
    """Yield what is wrong with a state that several machines share."""
    try:
        place = shared_place(name, declared)
    except PlaceRefused as refused:
        yield EnvironmentFault(name, "state", _REFUSED, str(refused), refused.hint, refused.below)
        return
    if place is None:
        scheme = str(declared[name]["state"]).partition("://")[0]  # what follows may be a password
        said = f"the state '{scheme}://…' is not supported"
        yield EnvironmentFault(name, "state", _REFUSED, said, _ADDRESS_HINT)
        return
    folder = folder_below(root)
    if isinstance(place, GitPlace) and folder and not has_own_ref(name, declared):
        # Two projects of one repository would have one state, and each delete the other's videos.
        words = re.sub(r"[^A-Za-z0-9/]+", "-", folder.strip("/")).strip("-")
        said = (
            f"the project is in the folder '{folder.rstrip('/')}' of its repository, which may "
            "hold more projects: its state needs a ref of its own"
        )
        hint = f"write: state: {{git: {{ref: refs/storyboard/{words}/{name}}}}}"
        yield EnvironmentFault(name, "state", _REFUSED, said, hint)


def _folder_refusal(path: str, root: Path) -> tuple[str, str | None] | None:
    """Return why films cannot be saved there, and what to do."""
    try:
        place = output_path(root, path.rstrip("/") or path)
    except FileRefused as refused:
        return f"the folder {refused.reason}", refused.hint
    plain = _plain(path)
    if plain == ".":
        return "the folder of films is the project's own", _FOLDER_HINT
    if f"{plain}/".startswith(f"{WORKSPACE}/") or WORKSPACE.startswith(f"{plain}/"):
        return f"the folder '{path}' is that of the local studio", _FOLDER_HINT
    is_file = place.exists() and not place.is_dir()
    return (f"the folder '{path}' is a file", _FOLDER_HINT) if is_file else None


def _shared_folders(declared: Declared) -> Iterator[EnvironmentFault]:
    owners: dict[str, str] = {}
    for name in dict.fromkeys((LOCAL, *declared)):
        folder = film_folder(name, declared)
        owner = owners.setdefault(_plain(folder), name) if folder else name
        if owner != name:
            changed = name if "download" in declared[name] else owner
            own = usual_folder("films", changed)
            free = own if _plain(own) not in owners else f"{own}-{changed}"
            yield EnvironmentFault(
                changed,
                "download" if "download" in declared.get(changed, {}) else None,
                _SHARED,
                f"the environments '{owner}' and '{name}' both save their films in '{folder}'",
                f"give '{changed}' a folder of its own: `download: {free}`",
            )


def _shared_states(declared: Declared) -> Iterator[EnvironmentFault]:
    """Yield states that two environments have, or that lie where others write."""
    names = tuple(dict.fromkeys((LOCAL, *declared)))
    yield from _same_places(declared)
    states: dict[str, str] = {}
    for name in names:
        owner = states.setdefault(_plain(state_file(name, declared)), name)
        if owner != name:
            shown = state_file(name, declared)
            said = f"the environments '{owner}' and '{name}' both have the state '{shown}'"
            yield _apart(declared, (name, owner), "state", said)
    folders = {_plain(f): n for n in names if (f := film_folder(n, declared))}
    for state, name in states.items():
        for around in _around(state, "/"):
            if around in folders:
                said = f"the state '{state}' is in the folder of films '{around}'"
                yield _apart(declared, (name, folders[around]), None, said)
        for around in _around(state, "/."):
            if around in states:
                said = f"the state '{state}' is among the files of the state '{around}'"
                yield _apart(declared, (name, states[around]), "state", said)
    for folder, name in folders.items():
        for around in (folder, *_around(folder, "/.")):
            if around in states:
                said = f"the folder of films '{folder}' is among the files of the state '{around}'"
                yield _apart(declared, (name, states[around]), None, said)


def _same_places(declared: Declared) -> Iterator[EnvironmentFault]:
    """Yield states that two environments would have on one ref, or at one address."""
    places: dict[str, str] = {}
    for name in declared:
        with suppress(PlaceRefused):
            place = shared_place(name, declared)
            owner = name if place is None else places.setdefault(str(place).casefold(), name)
            if owner != name:
                said = f"the environments '{owner}' and '{name}' both have the state '{place}'"
                yield _apart(declared, (name, owner), "state", said)


def _apart(
    declared: Declared, names: tuple[str, str], key: str | None, said: str
) -> EnvironmentFault:
    """Return the fault of the first of two environments that has a key to change."""
    keys = ("state", "download") if key is None else (key,)
    for name in names:
        for each in keys:
            if each in declared.get(name, {}):
                return EnvironmentFault(
                    name, each, _SHARED, said, f"give '{name}' a `{each}` of its own"
                )
    name = next(name for name in names if name in declared)
    return EnvironmentFault(name, None, _SHARED, said, f"rename the environment '{name}'")


def _around(path: str, marks: str) -> Iterator[str]:
    """Yield what a path begins with, up to each mark: its folders, and the files that it is of."""
    return (path[:index] for index, char in enumerate(path) if index and char in marks)


def _plain(path: str) -> str:
    """Return a path as file systems compare it that see no case and no composed letters."""
    return unicodedata.normalize("NFC", posixpath.normpath(path)).casefold()
