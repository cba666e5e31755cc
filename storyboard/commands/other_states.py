"""What the other environments of a project have recorded, so that nothing of theirs is taken."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from storyboard.commands.environment import Environment
from storyboard.commands.stores import open_store
from storyboard.errors import MissingExtraError, StateError
from storyboard.state.local import LocalStore
from storyboard.state.model import State


def read_states(places: Mapping[str, Path], root: Path) -> Mapping[str, State]:
    """Return the states of environments, by name.

    One that cannot be read is left out; its own environment's commands say what is wrong.
    """
    found = {}
    for name, path in places.items():
        with suppress(StateError):
            state = LocalStore(path, inside=root).read()
            if state is not None:
                found[name] = state
    return found


def read_others(environment: Environment) -> Mapping[str, State]:
    """Return the states of an environment's project's others, by name.

    Those that machines share are asked for where the studio may be the same: that of this machine
    is nobody else's, and needs no network.
    """
    found = dict(read_states(environment.other_states, environment.root))
    if environment.settings is not None:
        for name, place in environment.other_shared.items():
            with suppress(StateError, MissingExtraError):
                other = replace(environment, name=name, shared=place)
                state = open_store(other).read()
                found.update({} if state is None else {name: state})
    return found


def saved_films(states: Mapping[str, State], root: Path) -> Mapping[Path, str]:
    """Return the saved films that environments' states tell of, each with whose it is.

    So too the captions beside them.
    """
    found: dict[Path, str] = {}
    for name, state in states.items():
        for saved in (record.saved for record in state.videos.values()):
            if saved is None:
                continue
            found[(root / saved.path).resolve()] = f"the film of environment '{name}'"
            for path in saved.caption_paths.values():
                found[(root / path).resolve()] = f"the captions of environment '{name}'"
    return found


def owned_videos(states: Mapping[str, State]) -> Mapping[str, str]:
    """Return the ids of the videos that environments' states answer for, each with whose it is."""
    return {id_: name for name, state in states.items() for id_ in state.video_ids}
