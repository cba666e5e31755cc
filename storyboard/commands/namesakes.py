"""Which videos have one name where names are keys: none of them can be taken in. Asks no studio.

A plan takes either of two, and writes the scenes of the file over it, whichever was recorded.
"""

from __future__ import annotations

from collections.abc import Iterable

from storyboard.errors import UsageError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.texts import name_key, normal_text


class Keyed:
    """The videos of a studio by their names as keys; built once, asked often."""

    def __init__(self, videos: Iterable[RemoteVideo]) -> None:
        self._by_key: dict[str, list[RemoteVideo]] = {}
        for video in videos:
            self._by_key.setdefault(name_key(video.name), []).append(video)

    def beside(self, video_id: str, name: str) -> tuple[RemoteVideo, ...]:
        """Return the videos of a name but for one."""
        return tuple(v for v in self._by_key.get(name_key(name), ()) if v.id != video_id)

    def require_lone(self, video_id: str, name: str) -> None:
        """Raise `UsageError` where another video has the name that one has, or is to have."""
        for twin in self.beside(video_id, name):
            raise UsageError(
                f"video '{twin.id}' has the name '{normal_text(name)}' too, and this environment "
                "finds videos by name",
                hint="rename one of them in the studio, then run this again",
            )
