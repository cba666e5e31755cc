"""The plan: a value made of desired, applied and current. No side effect, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from storyboard.kaltura.objects import Principal
from storyboard.plan.change import Action, Change, Retirement
from storyboard.plan.current import Current
from storyboard.plan.guards import (
    Refusal,
    check_missing,
    check_principal,
    find_refusals,
)
from storyboard.plan.moves import find_moves
from storyboard.plan.options import PlanOptions as PlanOptions
from storyboard.plan.planner import Planner, known_avatars
from storyboard.plan.shown import desired_shown
from storyboard.state.model import State
from storyboard.video import Address, Avatar, Video, digest


@dataclass(frozen=True, slots=True)
class Plan:
    """Every address with its change, also those that stay; bound to one state and one user.

    `orphans` are recorded and no longer desired, and stay because nothing was to be pruned.
    `films_removed` are saved films of theirs that are deleted with them, `films_left` those that
    stay, each by its address. `serial` and `lineage` say which state it was made from;
    `allows_missing` that its videos may be made anew, with another studio of this machine.
    """

    principal: Principal
    lineage: str
    serial: int
    changes: tuple[Change, ...]
    retirements: tuple[Retirement, ...] = ()
    orphans: tuple[Address, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    avatars: Mapping[str, Avatar] = field(default_factory=dict)
    generate: bool = True
    films_removed: Mapping[Address, str] = field(default_factory=dict)
    films_left: Mapping[Address, str] = field(default_factory=dict)
    allows_missing: bool = False

    @property
    def actions(self) -> tuple[tuple[Change, Action], ...]:
        """Every planned action in the order shown; what stays as it is has none."""
        return tuple((change, action) for change in self.changes for action in change.actions)

    @property
    def has_changes(self) -> bool:
        """Whether an apply would do anything; a video held is not a change."""
        wanted = any(action is not Action.HOLD for _, action in self.actions)
        return wanted or bool(self.retirements)

    @property
    def held(self) -> tuple[Change, ...]:
        """The videos held."""
        return tuple(change for change in self.changes if change.action is Action.HOLD)

    @property
    def summary(self) -> dict[str, int]:
        """How many of each action, in the order of `Action`."""
        counts = {action.value: 0 for action in Action}
        for _, action in self.actions:
            counts[action.value] += 1
        counts[Action.KEEP.value] = sum(1 for change in self.changes if not change.actions)
        counts[Action.DELETE.value] += len(self.retirements)
        return counts

    @property
    def digest(self) -> str:
        """Identify what would be done; the same files and studio give the same digest."""
        return digest([[self.principal.partner_id, self.principal.user_id], self._essence()])

    def _essence(self) -> list[Any]:
        done: list[Any] = [
            [
                str(change.address),
                action.value,
                [[c.path, c.kind.value, c.before, c.after] for c in change.changes],
                *([] if change.moved_from is None else [str(change.moved_from)]),
                None if change.desired is None else desired_shown(change.desired).fingerprint,
                None if change.film is None else change.film.fingerprint,
                *([] if change.compose is None else [change.compose.fingerprint]),
            ]
            for change, action in self.actions
        ]
        return done + [[str(r.address), "retire", r.video_id] for r in self.retirements]


def make_plan(
    desired: Sequence[Video], state: State, current: Current, options: PlanOptions | None = None
) -> Plan:
    """Compare what should be with what was applied and what is.

    Raises `CredentialsError` for another user's session and `GuardError` where most applied videos
    are missing; every other guard's no is in the plan's `refusals`, so that it can be shown first.
    """
    options = options or PlanOptions()
    check_principal(state, current, allow_new=options.allow_missing)
    check_missing(state, current, allow=options.allow_missing)
    moves = find_moves(desired, state, complete=options.complete, unmade=options.unmade)
    state = state.readdressed(moves)
    planner = Planner(
        state,
        current,
        options,
        known_avatars(desired, state, current),
        moves={new: old for old, new in moves.items()},
    )
    gone = _missed(planner.recorded(), desired, options)
    planner = replace(planner, gone=tuple(gone))
    wanted = [video for video in desired if video.address.matches(options.scope)]
    changes = [planner.change(video) for video in wanted]
    films = _saved_films(gone, state)
    removes = options.prune and not options.keep_films
    if options.prune:
        changes += [planner.deletion(address) for address in gone]
    return Plan(
        principal=current.principal,
        lineage=state.lineage,
        serial=state.serial,
        changes=tuple(changes),
        retirements=tuple(planner.retirements()),
        orphans=() if options.prune else tuple(gone),
        refusals=tuple(
            find_refusals(
                changes,
                state,
                max_delete=options.max_delete,
                max_generate=options.max_generate,
                max_minutes=options.max_minutes,
                max_replace=options.max_replace,
                allow_empty=options.allow_empty,
                allow_protected=options.allow_protected,
            )
        ),
        avatars=planner.avatars,
        generate=options.generate,
        films_removed=films if removes else {},
        films_left={} if removes else films,
        allows_missing=options.allow_missing,
    )


def _saved_films(gone: Sequence[Address], state: State) -> dict[Address, str]:
    records = {address: state.videos[address] for address in gone if address in state.videos}
    return {address: r.saved.path for address, r in records.items() if r.saved is not None}


def _missed(
    recorded: Sequence[Address], desired: Sequence[Video], options: PlanOptions
) -> list[Address]:
    """Return what is recorded and should be desired, and is not."""
    names = {video.address for video in desired} | options.unmade
    storyboards = {address.storyboard for address in names}
    return [
        address
        for address in recorded
        if address not in names
        and address.matches(options.scope)
        and (options.complete or address.storyboard in storyboards)
    ]
