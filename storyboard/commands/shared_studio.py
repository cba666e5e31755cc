"""Whether an environment's studio is a local one that is served: it is asked, if that matters.

A file says `studio: kaltura` of both, and titles, `say`, burned-in captions and the locale of a
narration are for one alone.
"""

from __future__ import annotations

from storyboard.commands.environment import Environment
from storyboard.commands.remote_studio import avatar_url_of
from storyboard.compiler import Compilation
from storyboard.errors import StoryboardError
from storyboard.narration.told_locales import told_locales
from storyboard.origins import origin_or_none
from storyboard.video import Video
from storyboard.wire import KALTURA_DOMAIN


def is_shared_studio(environment: Environment, compilation: Compilation) -> bool:
    """Ask the environment's studio, if it may be a local one and would be sent something else then.

    It may not be one if it is in this process, or by its address Kaltura's.
    """
    url = _url_elsewhere(environment)
    if url is None or not any(map(_differs_by_studio, compilation.videos)):
        return False
    # httpx comes with it, which few compilations need.
    from storyboard.kaltura.served_studio import is_local_studio

    return is_local_studio(url)


def _url_elsewhere(environment: Environment) -> str | None:
    """Return the address of a studio that is reached by HTTP, and is not Kaltura's."""
    if environment.settings is None:
        return None
    try:
        url = avatar_url_of(environment.settings)
    except StoryboardError:  # told by who connects
        return None
    origin = origin_or_none(url)
    return None if origin is None or origin.host.endswith(KALTURA_DOMAIN) else url


def _differs_by_studio(video: Video) -> bool:
    """Whether a local studio would be sent something else than Kaltura."""
    if video.drafts_only or video.say:
        return True
    return any(told_locales([scene.spoken for scene in video.scenes], video.address.locale))
