"""Text in, videos and findings out. Pure: no network, no clock, no environment.

    read project → find → read storyboards → include → name scenes → expand → check form → lower
                                                       └────── once a locale ──────┘
    → rules → report

No pass raises for what an author wrote: it reports, and the next one works on what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from storyboard.checks import run_rules
from storyboard.checks.subject import Compiled, Subject
from storyboard.expand.expansion import Expansion, Setting, expand
from storyboard.expand.form_check import check_form
from storyboard.expand.includes import splice_includes
from storyboard.expand.locales import TagFault, parse_tag
from storyboard.expand.lower import lower
from storyboard.expand.naming import NamedScene, name_scenes
from storyboard.expand.texts import Leniency, open_texts
from storyboard.language.clip import Clip
from storyboard.language.names import nearest_or_all
from storyboard.language.place import Place
from storyboard.language.project import (
    PROJECT_FILE,
    EnvironmentOverlay,
    Project,
    bind_project,
)
from storyboard.language.sources import Sources
from storyboard.language.storyboard import Storyboard, bind_storyboard
from storyboard.source.diagnostic import Diagnostic, Note, Report, error, warning
from storyboard.source.document import Document
from storyboard.source.files import FileRefused, Files
from storyboard.source.span import Span
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
) -> Compilation:
    """Compile the project's storyboards, or only the files in `paths`.

    `environment` is what an environment changes, or its name in the project file. `variables` come
    from `--var-file` and `--var`, and win over all others. `allow_stale` lifts the holds on stale
    translations, `fallback` those on missing ones. `media` are facts about stand-ins, by path.
    """
    sources = Sources(files)
    project = load_project(sources)
    overlay = project.overlay(environment) if isinstance(environment, str) else environment
    setting = Setting(project, overlay, variables or {})
    leniency = Leniency(allow_stale, fallback)
    found = _find(files, project, paths, sources)
    storyboards = _unique(_read(found, sources), sources)
    compiled = [_compile(board, setting, leniency, sources) for board in storyboards]
    videos = tuple(video for each in compiled for video in each.videos)
    subject = Subject(project, tuple(compiled), videos, media or {}, complete=paths is None)
    findings = (*sources.findings, *run_rules(subject))
    return Compilation(videos, Report.of(findings, sources.texts), project)


def read_project(files: Files) -> tuple[Project, Report]:
    """Read the project file alone: for those who need its environments before they compile."""
    sources = Sources(files)
    project = load_project(sources)
    return project, Report.of(sources.findings, sources.texts)


def load_project(sources: Sources) -> Project:
    """Return the project, all defaults where it has no file or one that cannot be read."""
    if not sources.exists(PROJECT_FILE):
        return Project()
    document = _open(PROJECT_FILE, "project", sources)
    if document is None:
        return Project()
    project = bind_project(document)
    _check_tags(project.locales, Place(document), sources)
    return project


def _compile(
    storyboard: Storyboard, setting: Setting, leniency: Leniency, sources: Sources
) -> Compiled:
    """Take one storyboard through all its locales."""
    storyboard, findings = splice_includes(storyboard, sources)
    sources.findings.extend(findings)
    locales = storyboard.locales or setting.project.locales or (None,)
    sources.findings.extend(_check_locales(storyboard, locales))
    _check_tags(storyboard.locales, storyboard.place, sources)
    named = name_scenes(storyboard.scenes)
    if len(locales) > 1:
        sources.findings.extend(_ids_needed(named))
    is_faulty = sources.is_faulty(storyboard.path)
    expansions, videos = [], []
    found: dict[Diagnostic, list[str]] = {}
    for locale in locales:
        texts = open_texts(storyboard.id, locale, locales[0], leniency, sources)
        expansion = expand(storyboard, named, locale, setting, texts)
        faults = () if is_faulty else check_form(expansion)
        for finding in (*expansion.findings, *faults):
            found.setdefault(finding, []).append(locale or "")
        expansions.append(expansion)
        if expansion.whole and not faults and not is_faulty:
            videos.append(_lowered(expansion))
    said = {finding.span for finding in sources.findings}
    new = {finding: tags for finding, tags in found.items() if finding.span not in said}
    sources.findings.extend(_by_locale(new if is_faulty else found, len(locales)))
    return Compiled(storyboard, tuple(expansions), tuple(videos))


def _lowered(expansion: Expansion) -> Video:
    return lower(
        expansion.form,
        expansion.span,
        expansion.origins,
        expansion.stand_ins,
        expansion.holds,
    )


def _find(
    files: Files, project: Project, paths: Sequence[str] | None, sources: Sources
) -> tuple[str, ...]:
    """Return the storyboard files to compile: the ones asked for, else what the globs find."""
    if paths is not None:
        return tuple(dict.fromkeys(paths))
    found: dict[str, None] = {}
    for pattern in project.storyboards:
        try:
            found |= dict.fromkeys(files.glob(pattern))
        except FileRefused as refused:
            sources.findings.append(
                error("storyboards-refused", refused.reason, project.span, refused.hint)
            )
    found.pop(PROJECT_FILE, None)
    if not found:
        looked = ", ".join(project.storyboards)
        sources.findings.append(
            warning(
                "no-storyboards",
                "the project has no storyboards",
                project.span,
                f"looked for {looked}",
            )
        )
    return tuple(sorted(found))


def _read(paths: Iterable[str], sources: Sources) -> Iterator[Storyboard]:
    for path in paths:
        document = _open(path, "storyboard", sources)
        if document is not None:
            yield bind_storyboard(document)


def _open(path: str, schema: str, sources: Sources) -> Document | None:
    try:
        return sources.document(path, schema)
    except FileRefused as refused:
        span = Span(path, 1, 1, 1, 1)
        sources.findings.append(error("file-refused", refused.reason, span, refused.hint))
        return None


def _unique(storyboards: Iterable[Storyboard], sources: Sources) -> list[Storyboard]:
    """Leave out a storyboard whose id another one has: both would be the same videos."""
    taken: dict[str, Storyboard] = {}
    for board in storyboards:
        first = taken.setdefault(board.id, board)
        if first is not board:
            found = error(
                "duplicate-storyboard",
                f"two storyboards have the id '{board.id}'",
                board.id_span,
                "give each its own `id`; it names the video in the state",
            )
            sources.findings.append(replace(found, notes=(Note("the first one", first.id_span),)))
    return list(taken.values())


def _check_locales(storyboard: Storyboard, locales: Sequence[str | None]) -> Iterator[Diagnostic]:
    known = [locale for locale in locales if locale is not None]
    for tag, localization in storyboard.localize.items():
        if tag not in known:
            yield error(
                "unknown-locale",
                f"'{tag}' is not among the locales of this storyboard",
                localization.place.key_span,
                nearest_or_all(tag, known, "list it in `locales`"),
            )


def _check_tags(tags: Sequence[str] | None, place: Place, sources: Sources) -> None:
    """Refuse what is no locale, or is spelt unlike others spell it: files are named by it."""
    for index, tag in enumerate(tags or ()):
        parsed, span = parse_tag(tag), place.at("locales", index).span
        if isinstance(parsed, TagFault):
            sources.refine(error("bad-locale", parsed.message, span, parsed.hint))
        elif parsed != tag:
            sources.refine(error("bad-locale", f"'{tag}' is spelt '{parsed}'", span))


def _ids_needed(named: Sequence[NamedScene]) -> Iterator[Diagnostic]:
    for scene in named:
        fields = scene.item.fields
        if "id" not in fields:
            made = f'"{scene.id}-{{{{ index }}}}"' if "for_each" in fields else scene.id
            yield error(
                "scene-id-needed",
                "a scene needs an id where there is more than one locale",
                scene.span,
                f"translations are kept by it; add `id: {made}`",
            )


def _by_locale(found: Mapping[Diagnostic, Sequence[str]], locales: int) -> Iterator[Diagnostic]:
    """Name the locales of what is wrong only in some."""
    for finding, tags in found.items():
        some = sorted(set(tags))
        if len(some) < locales:
            finding = replace(finding, message=f"{finding.message} (in {', '.join(some)})")
        yield finding
