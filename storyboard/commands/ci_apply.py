"""Applies a merged pull request, if what is due is the plan that stands in the pull request.

The plan is made anew, under the lock. If it is another one, nothing is changed: the plan of now
takes the place of the one in the comment. Whoever has looked at it runs the job again, and that run
applies it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from storyboard.apply.observer import Observer, silent
from storyboard.apply.outcome import Outcome
from storyboard.commands.apply import Applied, apply_changes
from storyboard.commands.approved_plan import Approved, Doubt, read_approved
from storyboard.commands.plan import plan_changes
from storyboard.commands.pull_requests import Job
from storyboard.commands.request import Request
from storyboard.compiler import Compilation
from storyboard.errors import ConflictError, ExitCode, GuardError, StoryboardError
from storyboard.forges.forge import Forge
from storyboard.forges.sticky import post
from storyboard.plan.plan import Plan, PlanOptions

_AGAIN: Final = "look at the plan in the pull request, and run this job again to apply it"
_BY_HAND: Final = "look at the plan in the log; apply it with `storyboard apply --expect-digest {}`"
_DIRECT: Final = f"{_BY_HAND}, or pass --direct to apply such commits"
_NEWER: Final = (
    "'{branch}' is at commit {commit} now: run the job of that commit; "
    "this one, run again, takes back what is newer"
)


class Wording(Protocol):
    """How a plan and what came of it read in a comment, as Markdown."""

    def plan(self, plan: Plan, doubt: Doubt | None) -> str:
        """Return a plan; `doubt` is why it was not applied."""
        ...

    def outcome(self, outcome: Outcome, digest: str) -> str:
        """Return what came of a plan."""
        ...

    def undone(self) -> str:
        """Return what takes the place of what came of a plan that is due again."""
        ...


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a merged commit: what came of its plan, or why it was not applied.

    `said` is what was to be posted, as Markdown, and `unposted` why that failed, each once.
    """

    applied: Applied | None
    refused: StoryboardError | None = None
    said: tuple[str, ...] = ()
    unposted: tuple[StoryboardError, ...] = ()


@dataclass(frozen=True, slots=True)
class Carrier:
    """Plans and applies; what a command line says of that."""

    request: Request
    compilation: Compilation
    options: PlanOptions
    download: Path | None = None
    observing: Callable[[], AbstractContextManager[Observer]] = silent

    async def apply(self, approve: Callable[[Plan], bool]) -> Applied:
        """Plan, ask, and carry out."""
        return await apply_changes(
            self.request,
            self.compilation,
            approve=approve,
            options=self.options,
            download=self.download,
            observing=self.observing,
        )

    async def plan(self) -> Plan:
        """Plan, and change nothing."""
        return await plan_changes(self.request, self.compilation, self.options)


async def apply_merged(
    carrier: Carrier,
    job: Job,
    wording: Wording,
    *,
    show: Callable[[Plan], None],
    may_be_direct: bool = False,
) -> Merged:
    """Apply the plan of a job's pull request, and tell there what came of it.

    Raises what planning and the forge raise before anything was changed. A plan that is not
    approved, or that a guard refuses, is `refused` in the result.
    """
    environment = carrier.request.environment
    async with job.merged() as merged:
        opened = merged.forge
        approved = None if opened is None else await read_approved(opened, environment)
        asked = _Asked(approved, show, may_be_direct)
        told = _Told(opened)
        applied: Applied | None = None
        refused: StoryboardError | None = None
        try:
            applied = await carrier.apply(asked.approve)
        except GuardError as cause:
            if asked.plan is None:
                raise
            refused = cause
        if applied is not None and applied.outcome is not None:
            is_open = approved is not None and approved.is_open
            await _tell(told, carrier, wording, applied.plan, applied.outcome, is_open=is_open)
        elif asked.plan is not None:
            doubt = asked.doubt and replace(asked.doubt, newer=await merged.newer())
            await told.post(wording.plan(asked.plan, doubt))
            if approved is not None and approved.is_spent:
                await told.post(wording.undone())
            refused = refused or _refusal(asked.plan, doubt, merged.where, told)
        return Merged(applied, refused, tuple(told.said), tuple(told.unposted))


class _Asked:
    """Answers for the person who approved a plan in a pull request."""

    def __init__(
        self, approved: Approved | None, show: Callable[[Plan], None], may_be_direct: bool
    ) -> None:
        self._approved = approved
        self._show = show
        self._may_be_direct = may_be_direct
        self.plan: Plan | None = None
        self.doubt: Doubt | None = None

    def approve(self, plan: Plan) -> bool:
        """Whether a plan may be carried out; what a guard refuses is not asked about."""
        self.plan = plan
        self._show(plan)
        if plan.has_changes and not plan.refusals:
            self.doubt = self._doubt(plan)
        return self.doubt is None

    def _doubt(self, plan: Plan) -> Doubt | None:
        if self._approved is not None:
            return self._approved.doubt(plan)
        return None if self._may_be_direct else Doubt("it was pushed without a pull request")


def _refusal(plan: Plan, doubt: Doubt | None, where: str, told: _Told) -> ConflictError:
    """Return why a plan was not applied, and how it is, where it can be looked at."""
    hint = _AGAIN if told.is_heard else _BY_HAND if told.is_open else _DIRECT
    if doubt is not None and doubt.newer is not None:
        hint = _NEWER.format(branch=doubt.newer.branch, commit=doubt.newer.short)
    return ConflictError(f"{where}: {doubt}; nothing was changed", hint=hint.format(plan.digest))


async def _tell(
    told: _Told, carrier: Carrier, wording: Wording, plan: Plan, outcome: Outcome, *, is_open: bool
) -> None:
    """Post what came of a plan, and what is left of it; a job that is canceled has no time.

    Where nothing was due, that is told if the pull request still shows a plan as open: a run that
    was killed may have done it, or another one.
    """
    if outcome.interrupted or not (plan.has_changes or is_open):
        return
    await told.post(wording.outcome(outcome, plan.digest))
    if outcome.exit_code is not ExitCode.OK:
        try:
            rest = await carrier.plan()
        except StoryboardError as cause:
            told.unposted.append(cause)
        else:
            await told.post(wording.plan(rest, None))
    elif not plan.has_changes:
        await told.post(wording.plan(plan, None))


class _Told:
    """What is said in a pull request, if there is one; a forge that refuses it ends no run."""

    def __init__(self, opened: Forge | None) -> None:
        self._opened = opened
        self.said: list[str] = []
        self.unposted: list[StoryboardError] = []

    @property
    def is_open(self) -> bool:
        """Whether there is a pull request to tell."""
        return self._opened is not None

    @property
    def is_heard(self) -> bool:
        """Whether all that was said is there to be read."""
        return self.is_open and not self.unposted

    async def post(self, body: str) -> None:
        """Write or renew a comment."""
        self.said.append(body)
        if self._opened is None:
            return
        try:
            await post(self._opened, body)
        except StoryboardError as cause:
            self.unposted.append(cause)
