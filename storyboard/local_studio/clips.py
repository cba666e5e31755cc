"""Facts about stand-ins for the checks, which may not know the studio that measures them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from storyboard.compiler import Compilation
from storyboard.errors import ProjectError
from storyboard.language.clip import Clip
from storyboard.source.diagnostic import Diagnostic, Report, warning
from storyboard.source.files import FileRefused, ProjectFiles
from storyboard.source.text import shown_text
from storyboard.video import Video


def report_missing_stand_ins(files: ProjectFiles, compilation: Compilation) -> Compilation:
    """Add a warning for each stand-in that has no file, or none that may be read."""
    missing = tuple(_missing(files, compilation.videos))
    if not missing:
        return compilation
    texts = dict(compilation.report.texts)
    for finding in missing:
        if finding.span is not None and finding.span.file not in texts:
            texts[finding.span.file] = shown_text(files.read(finding.span.file))
    report = Report.of((*compilation.report.diagnostics, *missing), texts)
    return replace(compilation, report=report)


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
            from storyboard.studio.media.opening import MediaError, probe_media
        except ModuleNotFoundError:
            return None
        try:
            facts = probe_media(self._files.path(path))
        except (MediaError, ProjectError):
            return None
        return Clip(facts.seconds, facts.fps or None)


def sound_seconds(path: Path) -> float | None:
    """Return a sound's length in seconds; None if no decoder is installed."""
    try:
        from storyboard.studio.media.opening import MediaError, probe_media
    except ModuleNotFoundError:
        return None
    try:
        return round(probe_media(path).seconds, 2)
    except MediaError:
        return None


def _missing(files: ProjectFiles, videos: Iterable[Video]) -> Iterator[Diagnostic]:
    stand_ins = {(s.path, s.span): s for video in videos for s in video.stand_ins}
    for stand_in in stand_ins.values():
        try:
            files.path(stand_in.path)
        except FileRefused as refused:
            hint = f"'-e local' needs it in the place of entry '{stand_in.entry_id}'"
            yield warning("media-missing", refused.reason, stand_in.span, hint)
