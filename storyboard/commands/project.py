"""What a person does with a project, as functions: the public Python API. All wiring is here.

request = Request(Path("."))
compilation = compile_request(request)                  # check
plan = asyncio.run(plan_changes(request, compilation))  # what an apply would do
result = asyncio.run(apply_changes(request, compilation, approve=lambda plan: True))
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyboard.apply.apply import apply_plan
from storyboard.apply.observer import Observer, SilentObserver
from storyboard.apply.options import ApplyOptions
from storyboard.apply.outcome import Outcome
from storyboard.apply.stand_ins import digest_stand_ins, put_stand_ins
from storyboard.commands.environment import KALTURA, Environment, resolve_environment
from storyboard.compiler import Compilation, compile_project, read_project
from storyboard.errors import ProjectError, StoryboardError, UsageError
from storyboard.language.place import Written
from storyboard.language.project import PROJECT_FILE, Project
from storyboard.local_studio.clips import StandInClips, report_missing_stand_ins
from storyboard.local_studio.connect import LOCAL
from storyboard.local_studio.voices import SpokenLocales, UnclearLocales
from storyboard.plan.current import fetch_current
from storyboard.plan.plan import Plan, PlanOptions, make_plan
from storyboard.source.diagnostic import Severity
from storyboard.source.files import ProjectFiles
from storyboard.speech_rates import estimate_seconds
from storyboard.state.local import LocalStore
from storyboard.state.model import State
from storyboard.state.store import open_state
from storyboard.video import Address, Video

if TYPE_CHECKING:
    from storyboard.kaltura.client import StudioClient

_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Request:
    """What to work on: a project, some of its files or addresses, and the settings to use.

    `paths` and `scope` empty mean everything; `shell` is the process environment.
    """

    root: Path
    paths: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    environment: str = LOCAL
    variables: Mapping[str, Any] = field(default_factory=dict)
    allow_stale: bool = False
    fallback: bool = False
    shell: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))


@dataclass(frozen=True, slots=True)
class Applied:
    """An apply: its plan, and what came of it; `outcome` is None where it was not approved."""

    plan: Plan
    outcome: Outcome | None


def find_request(targets: Sequence[str], directory: str | None, **settings: Any) -> Request:
    """Find the project around files, or around this folder; split files from addresses.

    Raises `UsageError` for a file that is not there, and for files of two projects.
    """
    files = [Path(target) for target in targets if target.endswith(_SUFFIXES)]
    scope = tuple(target for target in targets if not target.endswith(_SUFFIXES))
    base = Path(directory) if directory else Path()
    files = [path if path.is_file() else base / path for path in files]
    for path in files:
        if not path.is_file():
            raise UsageError(f"there is no file '{path}'")
    if directory:
        root = base
    elif files:
        folder = files[0].parent.resolve()
        root = _project_around(folder) or folder
    else:
        root = _project_around(base.resolve()) or base
    paths = tuple(_relative(path, root) for path in files)
    return Request(root, paths, scope, **settings)


def compile_request(request: Request) -> Compilation:
    """Compile, and measure the stand-ins where the studio is installed; never raises for content.

    Raises `UsageError` where an address or a glob names nothing, or the environment is unknown.
    """
    files = ProjectFiles(request.root)
    films_here = _films_here(request, files)
    compilation = compile_project(
        files,
        paths=request.paths or None,
        environment=request.environment,
        variables=request.variables,
        allow_stale=request.allow_stale,
        fallback=request.fallback,
        media=StandInClips(files),
        voices=SpokenLocales() if films_here else None,
        unclear=UnclearLocales() if films_here else (),
    )
    compilation = report_missing_stand_ins(files, compilation)
    if not compilation.report.has_errors:
        environment_of(request, compilation.project)
    if request.scope and not compilation.report.has_errors:
        _check_scope(request.scope, compilation.videos)
    return compilation


def _films_here(request: Request, files: ProjectFiles) -> bool:
    """Whether the request's films are made by the studio in this process."""
    if request.environment in (LOCAL, KALTURA):
        return request.environment == LOCAL
    written = read_project(files)[0].environments.get(request.environment)
    return written is not None and _plain(written).get("studio") == LOCAL


def select(request: Request, compilation: Compilation) -> tuple[Video, ...]:
    """Return the videos that the request names, in source order."""
    return tuple(v for v in compilation.videos if v.address.matches(request.scope))


def environment_of(request: Request, project: Project) -> Environment:
    """Resolve the request's environment; raises `UsageError` and `CredentialsError`."""
    declared = {name: _plain(written) for name, written in project.environments.items()}
    return resolve_environment(request.environment, declared, request.shell, request.root)


async def plan_changes(
    request: Request, compilation: Compilation, options: PlanOptions | None = None
) -> Plan:
    """Compare the files with the state and the studio; changes nothing."""
    from storyboard.commands.connection import connect

    environment = environment_of(request, compilation.project)
    store = LocalStore(environment.state_path)
    async with connect(environment) as client:
        return await _plan(request, compilation, client, store, options or PlanOptions())


@contextmanager
def silent() -> Iterator[Observer]:
    """Show nothing of a run."""
    yield SilentObserver()


async def apply_changes(
    request: Request,
    compilation: Compilation,
    *,
    approve: Callable[[Plan], bool],
    options: PlanOptions | None = None,
    download: Path | None = None,
    observing: Callable[[], AbstractContextManager[Observer]] = silent,
) -> Applied:
    """Plan, ask, and carry the plan out under the state's lock; films included.

    `observing` opens what shows the run, after the approval; `download` is where films are saved,
    else where the environment says. The studio in this process renders while this waits. Raises
    `ProjectError` where the files have errors; whatever fails later is in the outcome.
    """
    from storyboard.commands.connection import connect

    if compilation.report.has_errors:
        raise ProjectError("the files have errors; nothing was applied")
    environment = environment_of(request, compilation.project)
    store = LocalStore(environment.state_path)
    settings = ApplyOptions(
        download=download or environment.download_dir,
        poll_seconds=environment.poll_seconds,
        hints=_hints(compilation),
        allow_protected=options.allow_protected if options else False,
    )
    async with connect(environment) as client:
        with store.locked():
            plan = await _plan(request, compilation, client, store, options or PlanOptions())
            if not approve(plan):
                return Applied(plan, None)
            if client.is_local:
                await put_stand_ins(client, request.root, select(request, compilation))
            with observing() as observer:
                outcome = await apply_plan(plan, client, store, observer, settings)
            return Applied(plan, outcome)


def project_environment(request: Request) -> Environment:
    """Resolve the request's environment from the project file alone; raises `ProjectError`."""
    project, report = read_project(ProjectFiles(request.root))
    if report.has_errors:
        raise ProjectError(f"'{PROJECT_FILE}' has errors", hint="see them with: storyboard check")
    return environment_of(request, project)


def read_state(request: Request) -> State | None:
    """Return the request's state, None before the first apply; asks no studio."""
    return LocalStore(project_environment(request).state_path).read()


def known_avatars(request: Request) -> Mapping[str, str]:
    """Return the avatar ids that the state knows, by fingerprint; none where there is no state."""
    try:
        state = read_state(request)
    except StoryboardError:
        return {}
    return {} if state is None else state.avatars


def plan_settings(
    request: Request, compilation: Compilation, client: StudioClient, options: PlanOptions
) -> PlanOptions:
    """Return the options with what the request adds: its scope, and the stand-ins' digests."""
    digests = {}
    if client.is_local:
        digests = digest_stand_ins(request.root, select(request, compilation))
    return replace(
        options,
        scope=request.scope,
        complete=not request.paths,
        media_digests=digests,
        estimate=estimate_seconds,
    )


async def _plan(
    request: Request,
    compilation: Compilation,
    client: StudioClient,
    store: LocalStore,
    options: PlanOptions,
) -> Plan:
    state = open_state(store, client.principal)
    current = await fetch_current(client, state)
    settings = plan_settings(request, compilation, client, options)
    return make_plan(compilation.videos, state, current, settings)


def _hints(compilation: Compilation) -> Mapping[Address, tuple[str, ...]]:
    """Return what the checks said of each storyboard: the likely causes of a failed film."""
    said: dict[str, list[str]] = {}
    for finding in compilation.report.diagnostics:
        if finding.span is not None and finding.severity is Severity.WARNING:
            place = f"{finding.span.file}:{finding.span.line}"
            said.setdefault(finding.span.file, []).append(f"{place}: {finding.message}")
    return {v.address: tuple(said.get(v.span.file, ())[:3]) for v in compilation.videos}


def _project_around(folder: Path) -> Path | None:
    return next(
        (place for place in (folder, *folder.parents) if (place / PROJECT_FILE).is_file()), None
    )


def _relative(path: Path, root: Path) -> str:
    try:
        return (path.parent.resolve() / path.name).relative_to(root.resolve()).as_posix()
    except ValueError as cause:
        raise UsageError(f"'{path}' is no part of the project in '{root}'") from cause


def _check_scope(scope: Sequence[str], videos: Sequence[Video]) -> None:
    for pattern in scope:
        if not any(video.address.matches((pattern,)) for video in videos):
            if Path(pattern).is_dir():
                hint = f"work on the project in it by: storyboard -C {pattern} …"
                raise UsageError(f"'{pattern}' is a folder and names no video", hint=hint)
            known = ", ".join(sorted({str(video.address) for video in videos})[:8])
            hint = f"there are: {known}" if known else "the project has none"
            raise UsageError(f"'{pattern}' names no video", hint=hint)


def _plain(written: Written) -> Mapping[str, Any]:
    return written.value if isinstance(written.value, dict) else {}
