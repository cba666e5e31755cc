"""Text in, videos and findings out. Pure: no network, no clock, no environment.

    read project → find → read storyboards → include → name scenes → expand → check form → lower
                                                       └────── once a locale ──────┘
    → rules → report

No pass raises for what an author wrote: it reports, and the next one works on what is left.
"""

from __future__ import annotations

import gc
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from storyboard.checks import run_rules
from storyboard.checks.subject import Compiled, Subject
from storyboard.expand.expansion import Expansion, Setting, expand
from storyboard.expand.form_check import check_form
from storyboard.expand.includes import splice_includes
from storyboard.expand.locale_check import check_locales, check_tags
from storyboard.expand.lower import lower
from storyboard.expand.naming import name_scenes
from storyboard.expand.texts import Leniency, open_texts
from storyboard.language.clip import Clip
from storyboard.language.project import EnvironmentOverlay, Project
from storyboard.language.reading import load_project, load_storyboards
from storyboard.language.sources import Sources
from storyboard.language.storyboard import Storyboard
from storyboard.source.diagnostic import Diagnostic, Report
from storyboard.source.files import Files
from storyboard.video import Video


@dataclass(frozen=True, slots=True)
class Compilation:
    """Every video that could be made, in the order of files and locales, and all findings."""

    videos: tuple[Video, ...]
    report: Report
    project: Project


def compile_project(
    files: Files,
    *,
    paths: Sequence[str] | None = None,
    environment: EnvironmentOverlay | str = "local",
    variables: Mapping[str, Any] | None = None,
    allow_stale: bool = False,
    fallback: bool = False,
    media: Mapping[str, Clip] | None = None,
    voices: Container[str] | None = None,
    unclear: Container[str] = (),
) -> Compilation:
    """Compile the project's storyboards, or only the files in `paths`.

    `environment` is what an environment changes, or its name in the project file. `variables` come
    from `--var-file` and `--var`, and win over all others. `allow_stale` lifts the holds on stale
    translations, `fallback` those on missing ones. `media` are facts about stand-ins,
    by path; a mapping that looks at a file when it is asked will do. `voices` are the locales that
    the studio speaks, None where it cannot be known; `unclear` those that it speaks badly.
    """
    with _resting_collector():
        sources = Sources(files)
        project = _project(sources)
        overlay = project.overlay(environment) if isinstance(environment, str) else environment
        setting = Setting(project, overlay, variables or {})
        leniency = Leniency(allow_stale, fallback)
        storyboards = load_storyboards(project, paths, sources)
        compiled = [_compile(board, setting, leniency, sources) for board in storyboards]
        videos = tuple(video for each in compiled for video in each.videos)
        complete = paths is None and not sources.has_errors
        facts = {} if media is None else media
        subject = Subject(project, tuple(compiled), videos, facts, complete, voices, unclear)
        findings = (*sources.findings, *run_rules(subject))
        return Compilation(videos, Report.of(findings, sources.texts_of(findings)), project)


def read_project(files: Files) -> tuple[Project, Report]:
    """Read the project file alone: for those who need its environments before they compile."""
    sources = Sources(files)
    project = _project(sources)
    return project, Report.of(sources.findings, sources.texts_of(sources.findings))


def _project(sources: Sources) -> Project:
    project = load_project(sources)
    if project.place is not None:
        check_tags(project.locales, project.place, sources)
    return project


def _compile(
    storyboard: Storyboard, setting: Setting, leniency: Leniency, sources: Sources
) -> Compiled:
    """Take one storyboard through all its locales."""
    storyboard, is_whole = splice_includes(storyboard, sources)
    is_faulty = not is_whole or sources.is_faulty(storyboard.path)
    locales = storyboard.locales or setting.project.locales or (None,)
    named = name_scenes(storyboard.scenes)
    check_tags(storyboard.locales, storyboard.place, sources)
    sources.findings.extend(check_locales(storyboard, locales, named))
    expansions, videos = [], []
    found: dict[Diagnostic, list[str]] = {}
    for locale in locales:
        texts = open_texts(storyboard.id, locale, locales[0], leniency, sources)
        expansion = expand(storyboard, named, locale, setting, texts)
        faults = () if is_faulty else check_form(expansion)
        for finding in (*expansion.findings, *faults):
            if is_whole or finding.code != "unknown-scene":
                found.setdefault(finding, []).append(locale or "")
        expansions.append(expansion)
        if expansion.whole and not (expansion.findings or faults or is_faulty):
            videos.append(_lowered(expansion))
    said = {(finding.span, finding.code) for finding in sources.findings}
    places = {span for span, _ in said} if is_faulty else ()
    new = {
        finding: tags
        for finding, tags in found.items()
        if (finding.span, finding.code) not in said and finding.span not in places
    }
    sources.findings.extend(_by_locale(new, len(locales)))
    return Compiled(storyboard, tuple(expansions), tuple(videos))


def _lowered(expansion: Expansion) -> Video:
    return lower(
        expansion.form,
        expansion.span,
        expansion.origins,
        expansion.stand_ins,
        expansion.holds,
    )


def _by_locale(found: Mapping[Diagnostic, Sequence[str]], locales: int) -> Iterator[Diagnostic]:
    """Name the locales of what is wrong only in some."""
    for finding, tags in found.items():
        some = sorted(set(tags))
        if len(some) < locales:
            finding = replace(finding, message=f"{finding.message} (in {', '.join(some)})")
        yield finding


@contextmanager
def _resting_collector() -> Iterator[None]:
    """Keep the cyclic collector from walking values that live on and hold no cycles.

    It would do so again and again, for a third of the time that compiling takes.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
