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
from typing import TYPE_CHECKING

from storyboard.apply.stand_ins import digest_stand_ins, hold_absent
from storyboard.commands.budgets import within_policy
from storyboard.commands.compiled_project import require_compiled, select
from storyboard.commands.environment import Environment
from storyboard.commands.missing_entries import hold_unfound
from storyboard.commands.other_states import owned_videos, read_others
from storyboard.commands.request import Request
from storyboard.commands.scope import check_scope
from storyboard.commands.stores import open_store
from storyboard.compiler import Compilation
from storyboard.plan.current import Current, fetch_current
from storyboard.plan.film_files import unknown_files, with_files
from storyboard.plan.guards import check_principal
from storyboard.plan.plan import Plan, PlanOptions, make_plan
from storyboard.source.file_facts import FileFacts
from storyboard.source.files import ProjectFiles
from storyboard.state.known import KnownState
from storyboard.state.model import State
from storyboard.state.store import Store, open_state
from storyboard.video import Video

if TYPE_CHECKING:
    from storyboard.kaltura.answers import Answers
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
        planned = select(self.request, compilation)
        check_scope(settings.regenerate, (video.address for video in planned))
        videos: Sequence[Video] = compilation.videos
        if self.client.is_local:
            videos = await hold_absent(self.client, videos)
        cache = await self._with_files(self.state(), videos, settings)
        # Another user's session would be asked for each recorded video, and know none.
        here = Current(self.client.principal, ())
        check_principal(cache, here, allow_new=settings.allow_missing)
        if not self.by_name:
            current = await fetch_current(self.client, cache)
            return Comparison(cache, current, await self._plan(videos, cache, current, settings))
        # Few environments find their videos by name, and the others need not wait for it.
        from storyboard.commands.recalling import recall_state
        from storyboard.plan.untold import remarks

        sought = videos if named is None else named
        whole = replace(settings, complete=settings.complete and named is None)
        recalled, current = await recall_state(self.client, cache, sought, whole)
        plan = await self._plan(videos, recalled.state, current, settings)
        told = remarks(recalled, settings, cached=bool(cache.videos))
        return Comparison(recalled.state, current, replace(plan, remarks=(*plan.remarks, *told)))

    async def _with_files(
        self, state: State, videos: Sequence[Video], settings: PlanOptions
    ) -> State:
        """Return the state with the files that films show, where who made them knew of none."""
        if not unknown_files(state, videos, settings.media_digests):
            return state
        from storyboard.commands.recalling import held_media

        return with_files(state, videos, await held_media(self.client, settings))

    async def _plan(
        self, videos: Sequence[Video], state: State, current: Current, settings: PlanOptions
    ) -> Plan:
        """Plan; a film whose clip is not in a studio elsewhere is not to be made."""
        plan = make_plan(videos, state, current, settings)
        if self.client.is_local:
            return plan
        ready = await hold_unfound(self.client, videos, plan)
        return plan if ready is videos else make_plan(ready, state, current, settings)

    def store_of(self, compared: Comparison) -> Store:
        """Return the store of what was compared: the studio's word, where the file is a cache."""
        return KnownState(self.store, compared.state) if self.by_name else self.store


async def recalled(project: OpenProject, compilation: Compilation) -> Comparison:
    """Return what the studio tells of the compiled videos, found by name; changes nothing.

    Raises `ProjectError` where the files have errors, and as the studio's client does.
    """
    options = PlanOptions(allow_missing=True)
    return await project.compare(compilation, options, named=compilation.videos)


@asynccontextmanager
async def open_project(
    request: Request, environment: Environment, answers: Answers | None = None
) -> AsyncIterator[OpenProject]:
    """Open the environment's studio and the state beside it; what renders here stops at the end.

    What a remote studio is asked is noted in `answers`.
    """
    # httpx comes with it, a sixth of what starting `check` takes, which asks no studio.
    from storyboard.commands.connection import connect

    async with connect(environment, answers) as client:
        yield OpenProject(
            request,
            client,
            open_store(environment, request.operation),
            ProjectFiles(request.root),
            FileFacts.of_project(request.root),
            read_others(environment),
            environment.by_name,
        )
