"""What keeps a plan from doing harm: each guard names the objects, and the flag that lifts it.

`--allow-empty` lifts two where nothing would remain: whoever allows that has no use for a limit on
deletions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from storyboard.counting import counted
from storyboard.errors import CredentialsError, FailureCode, GuardError
from storyboard.kaltura.objects import Principal
from storyboard.local_studio.opening import LOCAL
from storyboard.origins import origin_or_none, path_of
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.current import Current
from storyboard.plan.limits import Bounds, Rule
from storyboard.plan.options import PlanOptions
from storyboard.plan.over_limits import refuse_over_limits
from storyboard.plan.refusal import Refusal, keeps, name_addresses, shortened
from storyboard.plan.strangers import is_stranger
from storyboard.shell import word
from storyboard.state.model import State
from storyboard.video import Address

_MISSING_SHARE = 0.3
"""The part of the applied videos that may be gone, by hand, before another studio is suspected, or
another account. One video may always be. The number is a choice."""


def check_principal(state: State, current: Current, *, allow_new: bool = False) -> None:
    """Refuse another user's session: it would see an empty studio (guide §4).

    A local studio whose folder was deleted is another one: `allow_new` makes all videos there.
    """
    known, now = state.principal, current.principal
    if not state.refers or same_principal(known, now):
        return
    if known.studio == now.studio == LOCAL and known.partner_id != now.partner_id:
        if allow_new:
            return
        count = len(state.videos)
        made = f"the state's {counted(count, 'video')}" if count else "what the state has open"
        raise CredentialsError(
            f"the local studio that made {made} is gone",
            hint="restore its folder, or create everything again: `storyboard apply "
            "--allow-missing`; nothing was changed",
            code=FailureCode.WRONG_USER,
        )
    if has_moved(known, now):
        raise CredentialsError(
            f"the state's studio was at {known.studio}, and this one is at {now.studio}; partner "
            "and user are the same",
            hint="if the studio moved: `storyboard state repair --moved`; if it is another one, "
            "give the environment another state; nothing was changed",
            code=FailureCode.WRONG_USER,
        )
    raise CredentialsError(
        f"the state belongs to {known.named}, the session to {now.named}",
        hint="use that user's session, or another state for this one; nothing was changed",
        code=FailureCode.WRONG_USER,
    )


def check_missing(state: State, current: Current, *, allow: bool) -> None:
    """Refuse where most of what was applied is missing: rather a wrong account than a deletion.

    What a run of ours began to delete is not missing, however it ended.
    """
    ids = {video.id for video in current.videos}
    expected = {a: record for a, record in state.videos.items() if not state.is_deleting(a)}
    missing = [a for a, record in sorted(expected.items()) if record.current.id not in ids]
    # One in any case: of a project of two videos, half may be gone by a single click.
    if allow or len(missing) <= max(1.0, _MISSING_SHARE * len(expected)):
        return
    raise GuardError(
        f"{len(missing)} of {counted(len(expected), 'applied video')} "
        f"{'is' if len(missing) == 1 else 'are'} missing in the studio: {name_addresses(missing)}",
        hint="check the account and region; --allow-missing creates them again",
        rules=("missing",),
    )


def find_refusals(
    changes: Sequence[Change], state: State, options: PlanOptions, bounds: Bounds
) -> Iterator[Refusal]:
    """Yield every guard that says no to these changes.

    A deletion that a run began was allowed then: it counts a second time for the operator's limits
    alone. What an interrupted add left is no applied video: that it goes, too, empties nothing.
    """
    ended = [change for change in changes if change.action is Action.DELETE and change.applied]
    deleted = [change.address for change in ended if not change.begun]
    recorded = len(state.videos)
    is_last = bool(ended) and len(ended) == recorded
    emptied = is_last and options.allow_empty
    # Not where all of them were begun: the run that began them was allowed to.
    if is_last and deleted and not emptied:
        yield Refusal(
            "empty",
            f"nothing would be left of {counted(recorded, 'applied video')}: "
            f"{name_addresses(deleted)}",
            tuple(deleted),
            "--allow-empty",
        )
    yield from refuse_over_limits(changes, bounds, lifted=(Rule.DELETE,) if emptied else ())
    yield from _protected(changes, bounds)
    if not options.allow_twins:
        yield from _twins(changes, is_empty=not state.videos)


def refuse_renamed(renames: Sequence[tuple[Address, Address]], state: State) -> Iterator[Refusal]:
    """Refuse to delete what was probably renamed: its videos and films can be kept."""
    by_pair: dict[tuple[str, str], list[Address]] = {}
    for old, new in renames:
        by_pair.setdefault((old.storyboard, new.storyboard), []).append(old)
    recorded = state.addresses
    for (old_id, new_id), olds in by_pair.items():
        yield Refusal(
            "renamed",
            f"'{old_id}' may be '{new_id}' now, and would be deleted: {name_addresses(olds)}",
            tuple(olds),
            "--prune-renamed",
            _keep_command(olds, new_id, state, recorded),
        )


def _keep_command(
    olds: Sequence[Address], new_id: str, state: State, recorded: Collection[Address]
) -> str:
    """Return the command that keeps videos; one that only the studio knows is taken by its id."""
    stranger = next((old for old in olds if is_stranger(old)), None)
    if stranger is None:
        return move_command(olds, new_id, recorded)
    new, video_id = Address(new_id, stranger.locale), state.videos[stranger].current.id
    return f"storyboard state adopt {word(new)} {word(video_id)}"


def move_command(olds: Sequence[Address], new_id: str, recorded: Collection[Address]) -> str:
    """Return the command that lets a storyboard's videos be another's: all, or the first left."""
    # `state mv` of a whole storyboard is refused where one of its new addresses is taken.
    free = [old for old in olds if Address(new_id, old.locale) not in recorded]
    if len(free) < len(olds) or not free:
        first = (free or olds)[0]
        return f"storyboard state mv {word(first)} {word(Address(new_id, first.locale))}"
    return f"storyboard state mv {word(olds[0].storyboard)} {word(new_id)}"


def same_principal(one: Principal, other: Principal) -> bool:
    """Compare; a user that one side cannot tell counts as the same, as does a loopback's port."""
    # A local studio takes whatever port is free, so a state must not hang on it.
    return _is_same_user(one, other) and _place(one) == _place(other)


def has_moved(known: Principal, now: Principal) -> bool:
    """Whether it is the same user at another address; the studio in a process has none."""
    is_elsewhere = LOCAL not in (known.studio, now.studio) and _place(known) != _place(now)
    return is_elsewhere and _is_same_user(known, now)


def _is_same_user(one: Principal, other: Principal) -> bool:
    users = not one.user_id or not other.user_id or one.user_id == other.user_id
    return one.partner_id == other.partner_id and users


def _protected(changes: Sequence[Change], bounds: Bounds) -> Iterator[Refusal]:
    """A video is protected from the word on, and until files that say otherwise were applied."""
    guarded: dict[str, list[Address]] = {}
    for change in changes:
        if change.action is Action.DELETE or change.may_replace:
            marks = (each for each in (change.applied, change.desired) if each is not None)
            told = (
                bounds.operators.protection(change.address)
                if change.begun  # was allowed by the files; but a state may come with them
                else bounds.protection(change.address, *(each.protect for each in marks))
            )
            if told is not None:
                guarded.setdefault(told, []).append(change.address)
    for told, addresses in guarded.items():
        yield Refusal(
            "protect",
            f"{told}, and would be deleted or replaced: {name_addresses(addresses)}",
            tuple(addresses),
            "--allow-protected",
            keeps(changes, addresses),
        )
    yield from _unprotected(changes, bounds)


def _unprotected(changes: Sequence[Change], bounds: Bounds) -> Iterator[Refusal]:
    """Refuse to call a video what no pattern protects any more: the next apply could replace it."""
    by: dict[str, list[Change]] = {}
    for change in changes:
        if change.moved_from is not None and bounds.protection(change.address) is None:
            told = bounds.protection(change.moved_from)
            if told is not None:
                by.setdefault(told, []).append(change)
    for told, moved in by.items():
        pairs = shortened([f"{change.moved_from} → {change.address}" for change in moved])
        yield Refusal(
            "protect",
            f"{told}, and would be moved to an address that is not: {pairs}",
            tuple(change.address for change in moved),
            "--allow-protected",
        )


def _twins(changes: Sequence[Change], *, is_empty: bool) -> Iterator[Refusal]:
    """Refuse to make what the studio seems to have: a runner without its state makes all twice."""
    created = [change for change in changes if change.action is Action.CREATE]
    pairs = {
        change.address: change.twin.video.id
        for change in created
        if change.twin is not None and not change.twin.address
    }
    if not pairs:
        return
    named = shortened([f"{address} (video {id_})" for address, id_ in pairs.items()])
    if is_empty and len(pairs) == len(created):
        count = "the video" if len(pairs) == 1 else f"all {len(pairs):,} videos"
        brief, mark = f"the state is empty, and the studio has {count}; was the state lost?", ""
    else:
        videos = "a video of this name" if len(pairs) == 1 else "videos of these names"
        brief, mark = f"the studio has {videos}, which the state does not know", ":"
    instead = "storyboard state rebuild" if is_empty else "storyboard state adopt"
    message = f"{brief}{mark} {named}"
    yield Refusal("twins", message, tuple(pairs), "--allow-twins", instead, brief=brief)


def _place(principal: Principal) -> str:
    origin = origin_or_none(principal.studio)
    if origin is None:
        return principal.studio
    return "loopback" if origin.is_loopback else f"{origin.location}/{path_of(principal.studio)}"
