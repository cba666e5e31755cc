"""The files of a request compiled, and the environment that it names; asks no studio.

What plans and asks is imported by `project`: a check needs none of it, and starts sooner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from storyboard.checks.studio_facts import StudioFacts
from storyboard.commands.compiled_before import Asking
from storyboard.commands.environment import Environment, Settings, profile_of, resolve_environment
from storyboard.commands.film_folders import entries_here, films_here
from storyboard.commands.request import Request
from storyboard.commands.scope import check_scope
from storyboard.commands.shared_studio import is_shared_studio
from storyboard.compile_cache.kept_languages import KeptLanguages
from storyboard.compiler import (
    Compilation,
    OpenedProject,
    Units,
    compile_project,
    in_turn,
    read_project,
)
from storyboard.counting import Count
from storyboard.errors import ProjectError, UsageError
from storyboard.expand.texts import Leniency
from storyboard.language.names import nearest_or_all
from storyboard.language.project import Project
from storyboard.local_studio.backgrounds import library_backgrounds
from storyboard.local_studio.letters import unset_text
from storyboard.local_studio.media import look_at_stand_ins, measure_stand_ins
from storyboard.local_studio.voices import (
    is_unclear,
    recognized,
    speaks,
    spoken_besides,
    spoken_otherwise,
)
from storyboard.source.diagnostic import one_a_place
from storyboard.source.file_facts import FileFacts
from storyboard.source.file_names import PROJECT_FILE
from storyboard.source.files import ProjectFiles
from storyboard.units.compiling import UnitCompiler
from storyboard.units.unit import Unit
from storyboard.video import Video


def compile_request(request: Request) -> Compilation:
    """Compile, and measure the stand-ins where the studio is installed; never raises for content.

    A studio at an address that is not Kaltura's is asked whether it is a local one, if it would be
    sent something else then.
    The report has what the request's addresses need; faults of other files are `elsewhere`.
    Raises `UsageError` where an address or a glob names nothing, the environment is unknown, or no
    storyboard reads a variable of the request.
    """
    return compile_asking(request, None)


def compile_asking(
    request: Request, asking: Asking | None, told: Count | None = None
) -> Compilation:
    """Compile the same, and remember what the result depends on.

    `asking` says whether it has videos, or only their outlines, and what was kept of storyboards;
    it has been told whom to tell. Without it, `told` is called with how many of how many are done.
    """
    alone = in_turn if told is None else _telling(told)
    files = ProjectFiles(request.root) if asking is None else asking.files
    opened = read_project_file(request, files)
    facts = FileFacts.of_project(request.root)
    languages = KeptLanguages(asking.cache if asking else None, recognized)
    compiling = partial(
        compile_project,
        files,
        project=opened,
        paths=request.paths or None,
        scope=request.scope,
        environment=request.environment,
        variables=request.variables,
        leniency=Leniency(request.allow_stale, request.fallback),
        keeps_videos=asking is None or asking.keeps_videos,
    )
    studio = _studio_facts(request, opened.project, files, facts, languages, asking)
    compilation = compiling(studio=studio, units=alone if asking is None else asking.units.units)
    if not compilation.report.has_errors:
        environment = environment_of(request, compilation.project)
        if is_shared_studio(environment, compilation):
            units = alone if asking is None else asking.units.apart("shared").units
            compilation = compiling(studio=replace(studio, is_shared=True), units=units)
    facts.save()
    languages.save()
    _check_variables(request.variables, compilation.variables_read)
    if request.scope and not compilation.report.has_errors:
        known = (*(video.address for video in compilation.outlines), *compilation.unmade)
        check_scope(request.scope, known)
    return compilation


def _telling(told: Count) -> Units:
    """Return what compiles one after the other, and tells how many are done."""

    def units(compiler: UnitCompiler, paths: Sequence[str]) -> Iterator[Unit]:
        for number, unit in enumerate(in_turn(compiler, paths), 1):
            told(number, len(paths))
            yield unit

    return units


def _studio_facts(
    request: Request,
    project: Project,
    files: ProjectFiles,
    facts: FileFacts,
    languages: KeptLanguages,
    asking: Asking | None,
) -> StudioFacts:
    """Return what this machine knows of the studio that the request's environment names."""
    declared = declared_environments(project)
    told = Settings(request.environment, declared.get(request.environment, {}), request.shell)
    profile = profile_of(told)
    if not films_here(request.environment, declared):
        return StudioFacts(profile=profile, media=measure_stand_ins(files, facts))
    return StudioFacts(
        films_here=True,
        profile=profile,
        media=look_at_stand_ins(files, facts),
        voices=partial(speaks, besides=spoken_besides(request.shell)),
        unclear=is_unclear,
        otherwise=partial(spoken_otherwise, recognize=languages.recognized),
        library=library_backgrounds,
        entries=asking.entries_here if asking else partial(entries_here, request.root),
        unset=asking.unset_text if asking else unset_text,
    )


def require_compiled(compilation: Compilation) -> None:
    """Raise `ProjectError` if the files have errors.

    Their videos are missing from the compilation, and a plan would take them for deleted.
    """
    if compilation.report.has_errors:
        raise ProjectError(
            "the files have errors; nothing was changed", hint="see them with: storyboard check"
        )


def select(request: Request, compilation: Compilation) -> tuple[Video, ...]:
    """Return the videos that the request names, in source order."""
    return tuple(v for v in compilation.videos if v.address.matches(request.scope))


def environment_of(request: Request, project: Project) -> Environment:
    """Resolve the request's environment; raises `UsageError` and `CredentialsError`."""
    return resolve_environment(
        request.environment, declared_environments(project), request.shell, request.root
    )


def project_environment(request: Request) -> Environment:
    """Resolve the request's environment from the project file alone; raises `ProjectError`."""
    opened = read_project_file(request)
    if opened.report.has_errors:
        raise ProjectError(f"'{PROJECT_FILE}' has errors", hint="see them with: storyboard check")
    return environment_of(request, opened.project)


def read_project_file(request: Request, files: ProjectFiles | None = None) -> OpenedProject:
    """Read the project file, with what it may not say of environments among the findings."""
    opened = read_project(files or ProjectFiles(request.root))
    declared = declared_environments(opened.project)
    if not declared:
        return opened
    # Most projects name no environment, and need not wait for what judges them.
    from storyboard.commands.environment_faults import find_faults

    faults = find_faults(opened.project, declared, request.shell, request.root, request.environment)
    return replace(opened, findings=one_a_place(opened.findings, faults))


def _check_variables(given: Mapping[str, Any], read: frozenset[str] | None) -> None:
    """Refuse what the command line sets for nothing: most often a name that is misspelled."""
    unread = [] if read is None else [name for name in given if name not in read]
    if read is not None and unread:
        hint = nearest_or_all(unread[0], sorted(read), "take it out of --var or --var-file")
        raise UsageError(f"no storyboard reads the variable '{unread[0]}'", hint=hint)


def declared_environments(project: Project) -> Mapping[str, Mapping[str, Any]]:
    """Return the environments of a project's file, by name, as they are written."""
    written = project.environments.items()
    return {name: each.value if isinstance(each.value, dict) else {} for name, each in written}
