"""Which findings of the checks may be why a film failed: those of its own scenes and texts.

A studio gives no reason for a `generate-error`; what makes films fail is what the checks warn of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from storyboard.codes import known_code
from storyboard.source.diagnostic import Diagnostic, Report, Severity
from storyboard.source.span import Span
from storyboard.video import Address, Scene, Video

_MOST = 3
_SAID = (Severity.WARNING, Severity.INFO)
"""How bad a finding is of which a film may fail, the likeliest first: an error makes no film."""


def likely_causes(videos: Iterable[Video], report: Report) -> Mapping[Address, tuple[str, ...]]:
    """Return for each video what the checks say of it: the place, the scene, and what to do.

    Warnings come first. A text that is translated stands in its locale's catalog, so what is said
    of the source's text is not said of the translation.
    """
    said: dict[Span, list[Diagnostic]] = {}
    for finding in report.diagnostics:
        if finding.span is not None and _may_fail(finding):
            said.setdefault(finding.span, []).append(finding)
    return {video.address: tuple(_causes(video, said))[:_MOST] for video in videos}


def _may_fail(finding: Diagnostic) -> bool:
    """Whether a film may fail of what was found, though a project may call it harmless.

    A translation that is missing keeps a video back, and no film fails of it.
    """
    usual = known_code(finding.code).severity
    lowered = finding.severity is Severity.INFO and usual in (Severity.WARNING, Severity.ERROR)
    holds = finding.code.startswith("translation-")
    return not holds and (finding.severity is Severity.WARNING or lowered)


def _causes(video: Video, said: Mapping[Span, list[Diagnostic]]) -> Iterator[str]:
    places = list(_places(video))
    found = [
        (finding, span, scene)
        for span, findings in said.items()
        for scene in _scenes_at(span, places)
        for finding in findings
    ]
    for finding, span, scene in sorted(found, key=lambda each: _SAID.index(each[0].severity)):
        where = "" if scene is None else f"scene '{scene.id}': "
        fix = f"; {finding.hint}" if finding.hint else ""
        yield f"{span.file}:{span.line}: {where}{finding.message} ({finding.code}){fix}"


def _scenes_at(span: Span, places: Iterable[tuple[Span, Scene | None]]) -> Iterator[Scene | None]:
    """Yield the scene that a finding is about, None for the whole video; nothing for another's.

    Of several scenes that share a place, such as those of a loop, the first is named.
    """
    found = [scene for place, scene in places if place.holds(span)]
    if found:
        yield found[0]


def _places(video: Video) -> Iterator[tuple[Span, Scene | None]]:
    for scene in video.scenes:
        fields = scene.origin.fields
        yield from ((scene.origin.of(name), scene) for name in fields if name != "id")
    if video.avatar_origin is not None:
        yield video.avatar_origin.of("avatar"), None
    yield from ((stand_in.span, None) for stand_in in video.stand_ins)
    yield video.span, None
