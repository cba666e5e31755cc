"""Which findings of the checks may be why a film failed: those of its own scenes and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from storyboard.source.diagnostic import Diagnostic, Report, Severity
from storyboard.source.span import Span
from storyboard.video import Address, Video

_MOST = 3


def likely_causes(videos: Iterable[Video], report: Report) -> Mapping[Address, tuple[str, ...]]:
    """Return for each video what the checks warn of in it, with the place.

    A text that is translated stands in its locale's catalog, so what is said of the source's text
    is not said of the translation.
    """
    said: dict[Span, list[Diagnostic]] = {}
    for finding in report.diagnostics:
        if finding.span is not None and finding.severity is Severity.WARNING:
            said.setdefault(finding.span, []).append(finding)
    return {video.address: tuple(_causes(video, said))[:_MOST] for video in videos}


def _causes(video: Video, said: Mapping[Span, list[Diagnostic]]) -> Iterator[str]:
    places = list(dict.fromkeys(_places(video)))
    for span, findings in said.items():
        if any(_within(span, place) for place in places):
            for finding in findings:
                yield f"{span.file}:{span.line}: {finding.message}"


def _places(video: Video) -> Iterator[Span]:
    for scene in video.scenes:
        yield from (scene.origin.of(name) for name in scene.origin.fields if name != "id")
    yield from (stand_in.span for stand_in in video.stand_ins)


def _within(inner: Span, outer: Span) -> bool:
    """Whether a finding is about a field, or about words of it."""
    start, end = (inner.line, inner.column), (inner.end_line, inner.end_column)
    first, last = (outer.line, outer.column), (outer.end_line, outer.end_column)
    return inner.file == outer.file and first <= start and end <= last
