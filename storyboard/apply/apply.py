"""Carries a plan out from beginning to end; the order of its phases is readable in one look."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Final

from storyboard.apply.begun_films import intend_films
from storyboard.apply.composition_job import CompositionJob
from storyboard.apply.conflicts import appeared_since, asked_of_studio, edits_since_plan
from storyboard.apply.deletions import intend_deletions
from storyboard.apply.film_job import FilmJob
from storyboard.apply.films import Job, make_films
from storyboard.apply.interruption import keep_going
from storyboard.apply.leased import LeasedStudio
from storyboard.apply.ledger import Ledger
from storyboard.apply.leftovers import forget_unwanted, sweep_late, sweep_planned
from storyboard.apply.long_call import record_idle
from storyboard.apply.names import settle_names
from storyboard.apply.objects import retire_all, settle_object
from storyboard.apply.observer import Observer, SilentObserver
from storyboard.apply.options import ApplyOptions
from storyboard.apply.outcome import Ending, Outcome
from storyboard.apply.reach import Reach
from storyboard.apply.recorded_plan import (
    end_rollbacks,
    publish_earlier,
    record_kept_films,
    record_plan,
)
from storyboard.apply.remote import Studio
from storyboard.apply.rows import rows_of
from storyboard.apply.run import Run
from storyboard.apply.saved_films import save_films
from storyboard.apply.stored import record_as_stored
from storyboard.errors import ConflictError, ExitCode, FailureCode, StoryboardError, StudioError
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.current import fetch_videos, ours
from storyboard.plan.plan import Plan
from storyboard.plan.refusal import enforce
from storyboard.state.model import State
from storyboard.state.store import Store
from storyboard.video import Address


async def apply_plan(
    plan: Plan,
    client: Studio,
    store: Store,
    observer: Observer | None = None,
    options: ApplyOptions | None = None,
) -> Outcome:
    """Carry out a plan under the state's lock; every planned action has its outcome.

    Raises `GuardError` for a plan that a guard refuses, `LockedError`, `StateError` where the state
    cannot be read, and `ConflictError` for a plan that was made from another state. Whatever
    happens later is in the outcome. A cancellation detaches: films go on being made, and the next
    apply attaches to them.
    """
    enforce(plan.refusals)
    # Mostly held already, by whoever made the plan under it; to enter it again is free.
    with store.locked():
        ledger = Ledger(store, planned_state(plan, store))
        settings = options or ApplyOptions()
        studio = LeasedStudio(client, store, settings.sleep, settings.concurrency)
        run = Run(plan, studio, ledger, observer or SilentObserver(), settings)
        interrupted = False
        try:
            await _carry_out(run)
        except asyncio.CancelledError:
            interrupted = True
            keep_going()
        except StoryboardError as cause:
            run.fatal = run.fatal or cause
        finally:
            with suppress(asyncio.CancelledError):
                try:
                    await record_idle(run)
                finally:  # also where a second Ctrl-C ends that
                    await run.close()
        _account_for_rest(run, interrupted=interrupted)
        return Outcome(
            actions=tuple(run.outcomes.values()),
            rows=tuple(rows_of(run)),
            state=ledger.state,
            fatal=run.fatal,
            interrupted=interrupted,
            swept=tuple(run.swept),
        )


async def _carry_out(run: Run) -> None:
    """New addresses, leftovers, then all cheap edits, then the films, then their files."""
    await record_plan(run)
    # Twice: here what a killed run had published and not cleaned up, below what this one publishes.
    await retire_all(run)
    await sweep_planned(run)
    conflicts = await _find_conflicts(run)
    await intend_deletions(run, conflicts)
    await intend_films(run, conflicts)
    waiting = await _settle_objects(run, conflicts)
    if run.plan.by_name:
        await settle_names(run)
    await record_as_stored(run)
    await end_rollbacks(run)
    await record_kept_films(run)
    if run.fatal is None:
        await make_films(run, _film_jobs(run, waiting))
        await retire_all(run)
    await sweep_late(run)
    await forget_unwanted(run)
    if run.fatal is None:
        await publish_earlier(run)
        await save_films(run)


def planned_state(plan: Plan, store: Store) -> State:
    """Return the state that the plan was made from; raises `ConflictError` for any other."""
    state = store.read()
    if state is None and plan.serial == 0:
        return State(plan.lineage, plan.principal)
    # A state that refers to nothing binds nobody: the first user or studio that it is used with
    # has it.
    is_free = state is not None and (plan.allows_missing or not state.refers)
    if state is not None and state.principal != plan.principal and is_free:
        state = replace(state, principal=plan.principal)
    if state is None or (state.lineage, state.serial) != (plan.lineage, plan.serial):
        raise ConflictError(
            "the plan was made from another state than the one that is stored now",
            hint="plan again; nothing was changed",
            code=FailureCode.PLAN_STALE,
        )
    return state


async def _find_conflicts(run: Run) -> dict[Address, ConflictError]:
    """Find what was edited in the studio between the plan and now: nobody saw that."""
    touched = [c for c in run.plan.changes if c.action is not Action.HOLD and asked_of_studio(c)]
    try:
        planned_ids = {change.current.id for change in touched if change.current}
        videos = await fetch_videos(run.studio, planned_ids, ours(run.ledger.state))
        edits = await edits_since_plan(run, touched, videos)
    except StudioError as cause:
        raise StudioError(
            f"the studio's videos could not be listed: {cause.message}",
            hint=cause.hint or "apply again when the studio answers; no video was changed",
            code=cause.failure_code,
        ) from cause
    return {**dict(appeared_since(run, videos)), **edits}


async def _settle_objects(run: Run, conflicts: dict[Address, ConflictError]) -> set[Address]:
    """Carry out every object's action, some at once; returns those that have to wait."""
    waiting: set[Address] = set()

    async def settle(change: Change) -> None:
        async with run.turns:
            if run.fatal is not None:
                return
            action = change.action
            if action is not Action.KEEP:
                run.started(change.address, action)
            try:
                is_settled = await settle_object(run, change)
            except StoryboardError as cause:
                run.failed(change.address, action, cause)
            else:
                if not is_settled:
                    waiting.add(change.address)
                elif action is not Action.KEEP:
                    run.done(change.address, action)

    async with asyncio.TaskGroup() as group:
        for change in run.plan.changes:
            if change.action is Action.HOLD:
                reasons = "; ".join(change.reasons(Action.HOLD))
                run.left(change.address, Action.HOLD, Ending.HELD, reasons, ExitCode.OK)
            elif change.actions and _is_unready(run, change):
                _fail_unready(run, change, run.options.unready[change.address])
            elif change.address in conflicts:
                run.failed(change.address, asked_of_studio(change)[0], conflicts[change.address])
            elif change.waits:
                waiting.add(change.address)
            else:
                group.create_task(settle(change))
    return waiting


def _is_unready(run: Run, change: Change) -> bool:
    return change.address in run.options.unready


def _fail_unready(run: Run, change: Change, why: StoryboardError) -> None:
    """Fail what cannot come to a film: the first action tells why, the others need that one."""
    actions = [action for action in change.actions if action is not Action.MOVE]
    for action in actions[:1]:
        run.failed(change.address, action, why)
    for action in actions[1:]:
        message = f"not tried: the {actions[0].value} before it failed"
        run.left(change.address, action, Ending.SKIPPED, message, ExitCode.PARTIAL)


def _film_jobs(run: Run, waiting: set[Address]) -> list[Job]:
    """The compositions and films to make: the planned ones, and films of new successors."""
    jobs: list[Job] = []
    for change in run.plan.changes:
        failed = _failed_action(run, change)
        if change.address in waiting and change.compose is not None:
            jobs.append(CompositionJob(run, change, edit_waits=True))
        elif change.address in waiting:
            jobs.append(FilmJob(run, change, edit_waits=True))
        elif (
            change.desired is None
            or change.action is Action.HOLD
            or change.address in run.options.unready
        ):
            continue
        elif failed is not None:
            message = f"not tried: the {failed.value} before it failed"
            for action in change.actions:
                if action in (Action.COMPOSE, Action.GENERATE) and action is not failed:
                    run.left(change.address, action, Ending.SKIPPED, message, ExitCode.PARTIAL)
        elif change.compose is not None:
            jobs.append(CompositionJob(run, change))
        elif run.plan.generate:
            record = run.ledger.video(change.address)
            # The plan may not have a film of a successor: that this studio refuses the edit showed
            # only now.
            if change.film is not None or (record is not None and record.successor is not None):
                jobs.append(FilmJob(run, change))
    return jobs


def _failed_action(run: Run, change: Change) -> Action | None:
    """Return the action of a change that did not come to a good end before its film."""
    for action in (*change.actions, change.action):
        outcome = run.outcomes.get((change.address, action))
        if outcome is not None and outcome.ending is not Ending.DONE:
            return action
    return None


_UNDER_WAY: Final = "still being made; the next apply attaches to it"
_NO_ANSWER: Final = "asked for, and not answered yet; the next apply finds out what became of it"
_LOST: Final = "in the making, or recorded by another run"


def _account_for_rest(run: Run, *, interrupted: bool) -> None:
    """Give every action without an outcome one: no action is ever passed over in silence."""
    for change, action in run.plan.actions:
        if (change.address, action) in run.outcomes:
            continue
        is_open = any(o.kind.lasts for o in run.recorded.operations_of(change.address))
        # An intent whose call is not under way is no film: exit code 10 would have a script wait
        # for one that nobody makes.
        reach = run.reach(change.address, action)
        operation = is_open and not reach.is_nothing
        composed = run.outcomes.get((change.address, Action.COMPOSE))
        if action is Action.GENERATE and composed and composed.ending is not Ending.DONE:
            detached = composed.ending is Ending.DETACHED
            message = "its scenes are not composed yet"
            code = ExitCode.DETACHED if detached else ExitCode.PARTIAL
            ending = Ending.DETACHED if detached else Ending.SKIPPED
            run.left(change.address, action, ending, message, code)
        elif action in (Action.GENERATE, Action.COMPOSE) and operation:
            begun = _UNDER_WAY if reach is Reach.TAKEN else _NO_ANSWER
            message = _LOST if run.is_lost else begun
            run.left(change.address, action, Ending.DETACHED, message, ExitCode.DETACHED)
        else:
            message = _undone(action, reach, interrupted=interrupted)
            code = ExitCode.INTERRUPTED if interrupted else ExitCode.PARTIAL
            run.left(change.address, action, Ending.SKIPPED, message, code)


def _undone(action: Action, reach: Reach, *, interrupted: bool) -> str:
    if not interrupted:
        return "not tried: the run ended before it"
    if reach is Reach.IDLE:
        return "interrupted; the studio did not take the request"
    makes = action in (Action.GENERATE, Action.COMPOSE)
    return "interrupted; it was not asked for yet" if makes else "interrupted"
