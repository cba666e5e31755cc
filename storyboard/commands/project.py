"""What every command begins with: a request, the files compiled, the environment's studio opened.

request = Request(Path("."))
compilation = compile_request(request)
async with open_project(request, environment_of(request, compilation.project)) as project:
    comparison = await project.compare(compilation)
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from storyboard.apply.stand_ins import digest_stand_ins, hold_absent
from storyboard.checks.subject import is_clear
from storyboard.commands.budgets import within_policy
from storyboard.commands.compiled_before import Asking
from storyboard.commands.environment import Environment, Settings, profile_of, resolve_environment
from storyboard.commands.film_folders import entries_here, films_here
from storyboard.commands.other_states import owned_videos, read_others
from storyboard.commands.request import Request
from storyboard.commands.scope import check_scope
from storyboard.commands.stores import open_store
from storyboard.compiler import Compilation, OpenedProject, compile_project, in_turn, read_project
from storyboard.errors import ProjectError, UsageError
from storyboard.language.names import nearest_or_all
from storyboard.language.project import Project
from storyboard.local_studio.backgrounds import library_backgrounds
from storyboard.local_studio.media import look_at_stand_ins, measure_stand_ins
from storyboard.local_studio.voices import is_unclear, speaks
from storyboard.plan.current import Current, fetch_current
from storyboard.plan.guards import check_principal
from storyboard.plan.plan import Plan, PlanOptions, make_plan
from storyboard.source.diagnostic import one_a_place
from storyboard.source.file_facts import FileFacts
from storyboard.source.file_names import PROJECT_FILE
from storyboard.source.files import ProjectFiles
from storyboard.state.known import KnownState
from storyboard.state.model import State
from storyboard.state.store import Store, open_state
from storyboard.video import Video

if TYPE_CHECKING:
    from storyboard.kaltura.client import StudioClient


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was applied, what the studio holds, and what an apply would do about it."""

    state: State
    current: Current
    plan: Plan


@dataclass(frozen=True, slots=True)
class OpenProject:
    """A request's environment, opened: the client of its studio and the store of its state.

    `others` are the states of the project's other environments, by name. `by_name` says that the
    environment finds its videos by their names: the store is only a cache then.
    """

    request: Request
    client: StudioClient
    store: Store
    files: ProjectFiles
    facts: FileFacts
    others: Mapping[str, State]
    by_name: bool = False

    @property
    def owned(self) -> Mapping[str, str]:
        """Return the ids of the videos of other environments, each with whose it is."""
        return owned_videos(self.others)

    def state(self) -> State:
        """Return the state, a fresh one before the first apply; raises `StateError`."""
        return open_state(self.store, self.client.principal)

    def settings(self, compilation: Compilation, options: PlanOptions | None = None) -> PlanOptions:
        """Return the options with what the request adds: its scope, and the stand-ins' digests."""
        digests = {}
        if self.client.is_local:
            videos = select(self.request, compilation)
            digests = digest_stand_ins(self.files, self.facts, videos)
            self.facts.save()
        return replace(
            within_policy(options or PlanOptions(), compilation.project, self.request.shell),
            scope=self.request.scope,
            complete=not self.request.paths and compilation.is_complete,
            unmade=frozenset(compilation.unmade),
            media_digests=digests,
            keeps_scenes=self.client.is_local,
            owned=self.owned,
            by_name=self.by_name,
        )

    async def compare(
        self,
        compilation: Compilation,
        options: PlanOptions | None = None,
        *,
        named: Sequence[Video] | None = None,
    ) -> Comparison:
        """Ask the studio once and plan; changes nothing. Raises `ProjectError` for errors.

        `named` are the videos whose names are looked for where names are keys, if not the compiled
        ones.
        """
        require_compiled(compilation)
        settings = self.settings(compilation, options)
        videos: Sequence[Video] = compilation.videos
        if self.client.is_local:
            videos = await hold_absent(self.client, videos)
        cache = self.state()
        # Another user's session would be asked for each recorded video, and know none.
        here = Current(self.client.principal, ())
        check_principal(cache, here, allow_new=settings.allow_missing)
        if not self.by_name:
            current = await fetch_current(self.client, cache)
            return Comparison(cache, current, make_plan(videos, cache, current, settings))
        # Few environments find their videos by name, and the others need not wait for it.
        from storyboard.commands.recalling import recall_state
        from storyboard.plan.untold import remarks

        sought = videos if named is None else named
        whole = replace(settings, complete=settings.complete and named is None)
        recalled, current = await recall_state(self.client, cache, sought, whole)
        plan = make_plan(videos, recalled.state, current, settings)
        told = remarks(recalled, settings, cached=bool(cache.videos))
        return Comparison(recalled.state, current, replace(plan, remarks=(*plan.remarks, *told)))

    def store_of(self, compared: Comparison) -> Store:
        """Return the store of what was compared: the studio's word, where the file is a cache."""
        return KnownState(self.store, compared.state) if self.by_name else self.store


async def recalled(project: OpenProject, compilation: Compilation) -> Comparison:
    """Return what the studio tells of the compiled videos, found by name; changes nothing.

    Raises `ProjectError` where the files have errors, and as the studio's client does.
    """
    options = PlanOptions(allow_missing=True)
    return await project.compare(compilation, options, named=compilation.videos)


def compile_request(request: Request) -> Compilation:
    """Compile, and measure the stand-ins where the studio is installed; never raises for content.

    The report has what the request's addresses need; faults of other files are `elsewhere`.
    Raises `UsageError` where an address or a glob names nothing, the environment is unknown, or no
    storyboard reads a variable of the request.
    """
    return compile_asking(request, None)


def compile_asking(request: Request, asking: Asking | None) -> Compilation:
    """Compile the same, and remember what the result depends on.

    `asking` says whether it has videos, or only their outlines, and what was kept of storyboards.
    """
    files = ProjectFiles(request.root) if asking is None else asking.files
    here = asking.entries_here if asking else (lambda: entries_here(request.root))
    opened = read_project_file(request, files)
    declared = declared_environments(opened.project)
    is_local = films_here(request.environment, declared)
    told = Settings(request.environment, declared.get(request.environment, {}), request.shell)
    facts = FileFacts.of_project(request.root)
    compilation = compile_project(
        files,
        project=opened,
        paths=request.paths or None,
        scope=request.scope,
        environment=request.environment,
        variables=request.variables,
        allow_stale=request.allow_stale,
        fallback=request.fallback,
        media=(look_at_stand_ins if is_local else measure_stand_ins)(files, facts),
        films_here=is_local,
        profile=profile_of(told),
        voices=speaks if is_local else None,
        unclear=is_unclear if is_local else is_clear,
        library=library_backgrounds if is_local else None,
        entries=here if is_local else None,
        keeps_videos=asking is None or asking.keeps_videos,
        units=in_turn if asking is None else asking.units.units,
    )
    facts.save()
    if not compilation.report.has_errors:
        environment_of(request, compilation.project)
    _check_variables(request.variables, compilation.variables_read)
    if request.scope and not compilation.report.has_errors:
        known = (*(video.address for video in compilation.outlines), *compilation.unmade)
        check_scope(request.scope, known)
    return compilation


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


@asynccontextmanager
async def open_project(request: Request, environment: Environment) -> AsyncIterator[OpenProject]:
    """Open the environment's studio and the state beside it; what renders here stops at the end."""
    # httpx comes with it, a sixth of what starting `check` takes, which asks no studio.
    from storyboard.commands.connection import connect

    async with connect(environment) as client:
        yield OpenProject(
            request,
            client,
            open_store(environment, request.operation),
            ProjectFiles(request.root),
            FileFacts.of_project(request.root),
            read_others(environment),
            environment.by_name,
        )


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
