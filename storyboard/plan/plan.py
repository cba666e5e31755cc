"""The plan: a value made of desired, applied and current. No side effect, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storyboard.kaltura.objects import Principal
from storyboard.plan.action import Action
from storyboard.plan.change import Change, Retirement
from storyboard.plan.current import Current
from storyboard.plan.film_times import expected_wait, most_at_once
from storyboard.plan.gone import kept_of, missed, saved_captions, saved_films
from storyboard.plan.guards import check_missing, check_principal, find_refusals, refuse_renamed
from storyboard.plan.kinds import DRIFT, KINDS, POLICY
from storyboard.plan.leftovers import Fate, Leftover, find_leftovers
from storyboard.plan.limits import Bounds
from storyboard.plan.moves import find_moves
from storyboard.plan.needs import FilmNeed
from storyboard.plan.options import PlanOptions as PlanOptions
from storyboard.plan.planner import Planner, known_avatars
from storyboard.plan.policy import (
    Policy,
    PolicyChange,
    policy_changes,
    policy_of,
)
from storyboard.plan.refusal import Refusal
from storyboard.plan.remarks import remarks
from storyboard.plan.renames import find_renames
from storyboard.plan.shown import desired_shown
from storyboard.plan.unwanted_adds import unwanted_adds
from storyboard.state.model import State
from storyboard.video import Address, Avatar, Video, digest


@dataclass(frozen=True, slots=True)
class Plan:
    """Every address with its change, also those that stay; bound to one state and one user.

    `orphans` are recorded and no longer desired, and stay: nothing was to be pruned, or they were
    renamed and are held (`pruned`). `leftovers` are of our adds, and no change is about them;
    `unwanted` are the nonces of open adds whose videos nobody wants any more.
    `seen` has the ids of all videos that the studio listed.
    `films_removed` are saved films of theirs that are deleted with them, `films_left` those that
    stay, each by its address; `captions_beside` are the captions of either. `serial` and `lineage`
    say which state it was made from; `allows_missing` that its videos may be made anew, with
    another studio of this machine. `moves` maps recorded addresses to what they are called
    now. `by_name` says that names are keys; `remarks` what the studio does not tell then, what
    protects nothing, and what only drafts show, a line each. `bounds` are what it is held to, and
    so is its apply, which may find more to replace on the way. `policy` is what the project's file
    says of that, for the state to remember, and `policy_changes` what it remembers otherwise.
    `films_at_once` is how many films were in the making together here, 0 before the first, and
    where none is to be made.
    """

    principal: Principal
    lineage: str
    serial: int
    changes: tuple[Change, ...]
    retirements: tuple[Retirement, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    unwanted: tuple[str, ...] = ()
    orphans: tuple[Address, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    avatars: Mapping[str, Avatar] = field(default_factory=dict)
    generate: bool = True
    films_removed: Mapping[Address, str] = field(default_factory=dict)
    films_left: Mapping[Address, str] = field(default_factory=dict)
    captions_beside: tuple[str, ...] = ()
    allows_missing: bool = False
    moves: Mapping[Address, Address] = field(default_factory=dict)
    pruned: bool = False
    seen: frozenset[str] = frozenset()
    by_name: bool = False
    remarks: tuple[str, ...] = ()
    bounds: Bounds = field(default_factory=Bounds)
    policy: Policy = field(default_factory=dict)
    policy_changes: tuple[PolicyChange, ...] = ()
    films_at_once: int = 0

    @property
    def actions(self) -> tuple[tuple[Change, Action], ...]:
        """Every planned action in the order shown; what stays as it is has none."""
        return tuple((change, action) for change in self.changes for action in change.actions)

    @property
    def has_changes(self) -> bool:
        """Whether an apply would do anything; a held video is not a change."""
        wanted = any(action is not Action.HOLD for _, action in self.actions)
        return wanted or bool(self.retirements) or bool(self.swept)

    @property
    def swept(self) -> tuple[Leftover, ...]:
        """The leftovers that an apply deletes."""
        return tuple(each for each in self.leftovers if each.fate is Fate.DELETED)

    @property
    def held(self) -> tuple[Change, ...]:
        """The videos that are held."""
        return tuple(change for change in self.changes if change.action is Action.HOLD)

    @property
    def summary(self) -> dict[str, int]:
        """How many of each action, in the order of `Action`."""
        counts = {action.value: 0 for action in Action}
        for _, action in self.actions:
            counts[action.value] += 1
        # Not by `action`: a video that stays as it is may still get a film, and is then no keep.
        counts[Action.KEEP.value] = sum(1 for change in self.changes if not change.actions)
        counts[Action.DELETE.value] += len(self.retirements)
        return counts

    @property
    def films(self) -> tuple[FilmNeed, ...]:
        """The films to make or to attach to."""
        return tuple(change.film for change in self.changes if change.film and change.actions)

    @property
    def expected_wait(self) -> float | None:
        """For how many seconds the films are waited for; `None` where nothing tells."""
        return expected_wait([film.expected_seconds for film in self.films], self.films_at_once)

    @property
    def kinds(self) -> frozenset[str]:
        """Which of `KINDS` it has."""
        drift = any(item.drift for change in self.changes for item in change.changes)
        found = {kind for kind, count in self.summary.items() if count and kind in KINDS}
        found |= {Action.REPLACE.value} if any(c.may_replace for c in self.changes) else set()
        looser = any(change.is_looser for change in self.policy_changes)
        return frozenset(found | ({DRIFT} if drift else set()) | ({POLICY} if looser else set()))

    @property
    def digest(self) -> str:
        """Identify what would be done; the same files and studio give the same digest."""
        return digest([[self.principal.partner_id, self.principal.user_id], self.essence()])

    def essence(self) -> list[Any]:
        """Return what would be done, a row an action, which begins with its address."""
        done: list[Any] = [
            [
                str(change.address),
                action.value,
                [[c.path, c.kind.value, c.before, c.after] for c in change.changes],
                *([] if change.moved_from is None else [str(change.moved_from)]),
                None if change.desired is None else desired_shown(change.desired).fingerprint,
                None if change.film is None else change.film.fingerprint,
                *([] if change.compose is None else [change.compose.fingerprint]),
                *([] if change.publishes is None else [change.publishes.entry_id]),
            ]
            for change, action in self.actions
        ]
        done += [[str(r.address), "retire", r.video_id] for r in self.retirements]
        return done + [[str(each.address), "sweep", each.video.id] for each in self.swept]


def make_plan(
    desired: Sequence[Video], state: State, current: Current, options: PlanOptions | None = None
) -> Plan:
    """Compare what should be with what was applied and what is.

    Raises `CredentialsError` for another user's session and `GuardError` where most applied videos
    are missing; every other guard's no is in the plan's `refusals`, so that it can be shown first.
    """
    options = options or PlanOptions()
    _check(state, current, allow=options.allow_missing)
    moves = find_moves(desired, state, complete=options.complete, unmade=options.unmade)
    state = state.readdressed(moves)
    planner = _planner(desired, state, current, options, moves)
    gone = planner.gone
    wanted = [video for video in desired if video.address.matches(options.scope)]
    changes = [planner.change(video) for video in wanted]
    # A deletion that a run began is past all guessing: half of its videos may be gone already.
    unbegun = [address for address in gone if not state.is_deleting(address)]
    renames = tuple(find_renames(changes, unbegun, state, current)) if options.prune else ()
    kept = kept_of(gone, changes, renames, options)
    pruned = [address for address in gone if address not in kept]
    films = saved_films(pruned if options.prune else gone, state)
    removes = options.prune and not options.keep_films
    changes += [planner.deletion(address) for address in pruned]
    return Plan(
        principal=current.principal,
        lineage=state.lineage,
        serial=state.serial,
        changes=tuple(changes),
        retirements=tuple(planner.retirements()),
        leftovers=tuple(_leftovers(changes, state, current, options)),
        unwanted=tuple(unwanted_adds(desired, changes, state, current, options)),
        orphans=tuple(address for address in gone if address in kept),
        refusals=tuple(_refusals(changes, renames, planner)),
        avatars=planner.avatars,
        generate=options.generate,
        films_removed=films if removes else {},
        films_left={} if removes else films,
        captions_beside=saved_captions(films, state),
        allows_missing=options.allow_missing,
        moves=dict(_whole_moves(moves, changes)),
        pruned=options.prune,
        seen=frozenset(video.id for video in current.videos),
        by_name=options.by_name,
        bounds=planner.bounds,
        remarks=tuple(remarks(changes, desired, state, options)),
        policy=policy_of(options.limits, options.protected),
        policy_changes=_policy_changes(state, options),
        films_at_once=most_at_once(state) if any(change.film for change in changes) else 0,
    )


def _check(state: State, current: Current, *, allow: bool) -> None:
    check_principal(state, current, allow_new=allow)
    check_missing(state, current, allow=allow)


def _planner(
    desired: Sequence[Video],
    state: State,
    current: Current,
    options: PlanOptions,
    moves: Mapping[Address, Address],
) -> Planner:
    """Return what plans an address, once what is gone is known: a new one may be its successor."""
    avatars = known_avatars(desired, state, current)
    before = {new: old for old, new in moves.items()}
    planner = Planner(state, current, options, avatars, moves=before)
    return planner.with_gone(missed(planner.recorded(), desired, options), desired)


def _policy_changes(state: State, options: PlanOptions) -> tuple[PolicyChange, ...]:
    """Return how the policy differs from the last applied one, if anything was applied."""
    if state.serial == 0:
        return ()
    return tuple(policy_changes(state.policy, options.limits, options.protected))


def _refusals(
    changes: Sequence[Change],
    renames: Sequence[tuple[Address, Address]],
    planner: Planner,
) -> Iterator[Refusal]:
    yield from find_refusals(changes, planner.state, planner.options, planner.bounds)
    if not planner.options.prune_renamed:
        yield from refuse_renamed(renames, planner.state)


def _leftovers(
    changes: Sequence[Change], state: State, current: Current, options: PlanOptions
) -> Iterator[Leftover]:
    """Yield what adds left behind, but for what these changes adopt or delete themselves."""
    taken = {video.id for c in changes for video in (c.current, *c.sides.strays) if video}
    for each in find_leftovers(current.videos, state, scope=options.scope, owned=options.owned):
        if each.video.id not in taken:
            yield each


def _whole_moves(
    moves: Mapping[Address, Address], changes: Sequence[Change]
) -> Iterator[tuple[Address, Address]]:
    """Yield the moves that these changes ask for, and those of their storyboards' other locales.

    A plan of one locale that left the others behind would take from them what tells whose they are.
    """
    asked = {(c.moved_from.storyboard, c.address.storyboard) for c in changes if c.moved_from}
    for old, new in moves.items():
        if (old.storyboard, new.storyboard) in asked:
            yield old, new
