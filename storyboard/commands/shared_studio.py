"""Whether an environment's studio is a local one that is served: it is asked, if that matters.

A file says `studio: kaltura` of both, and titles, `say` and burned-in captions are for one alone.
"""

from __future__ import annotations

from storyboard.commands.environment import Environment
from storyboard.commands.remote_studio import avatar_url_of
from storyboard.compiler import Compilation
from storyboard.errors import StoryboardError
from storyboard.origins import origin_or_none
from storyboard.wire import KALTURA_DOMAIN


def differs_by_studio(compilation: Compilation) -> bool:
    """Whether a local studio would be sent something else than Kaltura."""
    return any(video.drafts_only or video.say for video in compilation.videos)


def is_shared_studio(environment: Environment) -> bool:
    """Ask the environment's studio, unless it is in this process, or by its address Kaltura's."""
    if environment.settings is None:
        return False
    try:
        url = avatar_url_of(environment.settings)
    except StoryboardError:  # told by who connects
        return False
    origin = origin_or_none(url)
    if origin is None or origin.host.endswith(KALTURA_DOMAIN):
        return False
    # httpx comes with it, which few compilations need.
    from storyboard.kaltura.served_studio import is_local_studio

    return is_local_studio(url)
