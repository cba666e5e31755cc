"""Facts about stand-ins for the checks, which may not know the studio that measures them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storyboard.errors import ProjectError
from storyboard.language.clip import Clip
from storyboard.source.files import ProjectFiles


class StandInClips(Mapping[str, Clip]):
    """Measures a stand-in when a check asks for it; one that cannot be measured is not there."""

    def __init__(self, files: ProjectFiles) -> None:
        self._files = files
        self._known: dict[str, Clip | None] = {}

    def __getitem__(self, path: str) -> Clip:
        if path not in self._known:
            self._known[path] = self._measure(path)
        clip = self._known[path]
        if clip is None:
            raise KeyError(path)
        return clip

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def _measure(self, path: str) -> Clip | None:
        try:
            from storyboard.studio.film.media import MediaError, probe_media
        except ModuleNotFoundError:
            return None
        try:
            facts = probe_media(self._files.path(path))
        except (MediaError, ProjectError):
            return None
        return Clip(facts.seconds, facts.fps or None)
