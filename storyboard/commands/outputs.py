"""What was applied, as the state records it. Asks no studio."""

from __future__ import annotations

from collections.abc import Mapping

from storyboard.commands.project import Request, project_environment
from storyboard.errors import StoryboardError
from storyboard.state.local import LocalStore
from storyboard.state.model import State


def read_state(request: Request) -> State | None:
    """Return the request's state, None before the first apply; asks no studio."""
    return LocalStore(project_environment(request).state_path).read()


def known_avatars(request: Request) -> Mapping[str, str]:
    """Return the avatar ids that the state knows, by fingerprint; none where there is no state."""
    try:
        state = read_state(request)
    except StoryboardError:
        return {}
    return {} if state is None else state.avatars
