"""What keeps a plan from doing harm: each guard names the objects, and the flag that lifts it.

`--allow-empty` lifts two: whoever lets nothing remain has no use for a limit on deletions.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from storyboard.counting import counted, listed
from storyboard.errors import CredentialsError, FailureCode, GuardError
from storyboard.kaltura.objects import Principal
from storyboard.local_studio.opening import LOCAL
from storyboard.origins import origin_or_none, path_of
from storyboard.plan.change import Action, Change
from storyboard.plan.current import Current
from storyboard.plan.options import PlanOptions
from storyboard.plan.strangers import is_stranger
from storyboard.shell import word
from storyboard.state.model import State
from storyboard.video import Address

_MISSING_SHARE = 0.3
"""The part of the applied videos that may be gone, by hand, before another studio is suspected, or
another account. One video may always be. The number is a choice."""

_NAMED = 10
"""Names in a message, which has to stay a few lines; a choice."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A guard's no: what it guards, the objects, and the one flag that lifts it."""

    rule: str
    message: str
    addresses: tuple[Address, ...]
    flag: str
    instead: str = ""
    """A command that makes the refused change needless."""


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
    raise CredentialsError(
        f"the state belongs to {_named(known)}, the session to {_named(now)}",
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
    if allow or len(missing) <= max(1.0, _MISSING_SHARE * len(expected)):
        return
    raise GuardError(
        f"{len(missing)} of {counted(len(expected), 'applied video')} "
        f"{'is' if len(missing) == 1 else 'are'} missing in the studio: {name_addresses(missing)}",
        hint="check the account and region; --allow-missing creates them again",
        rules=("missing",),
    )


def find_refusals(
    changes: Sequence[Change], state: State, options: PlanOptions
) -> Iterator[Refusal]:
    """Yield every guard that says no to these changes.

    A deletion that a run began was allowed then, with all guards: it counts no second time.
    """
    all_deleted = [change for change in changes if change.action is Action.DELETE]
    deleted = [change.address for change in all_deleted if not change.begun]
    recorded = len(state.videos)
    if deleted and len(all_deleted) == recorded and not options.allow_empty:
        yield Refusal(
            "empty",
            f"nothing would be left of {counted(recorded, 'applied video')}: "
            f"{name_addresses(deleted)}",
            tuple(deleted),
            "--allow-empty",
        )
    most = options.max_delete
    if not most.allows(len(deleted), recorded) and not options.allow_empty:
        yield Refusal(
            "max-delete",
            f"{len(deleted)} of {counted(recorded, 'video')} would be deleted, the limit is "
            f"{most}: {name_addresses(deleted)}",
            tuple(deleted),
            f"--max-delete {len(deleted)}",
        )
    if not options.allow_protected:
        yield from _protected(changes)
    if not options.allow_twins:
        yield from _twins(changes, is_empty=not state.videos)
    if options.max_replace is not None:
        yield from _replaced(changes, options.max_replace)
    yield from _filmed(changes, options.max_generate, options.max_minutes)


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
    free = [old for old in olds if Address(new_id, old.locale) not in recorded]
    if len(free) < len(olds) or not free:
        first = (free or olds)[0]
        return f"storyboard state mv {word(first)} {word(Address(new_id, first.locale))}"
    return f"storyboard state mv {word(olds[0].storyboard)} {word(new_id)}"


def _replaced(changes: Sequence[Change], most: int) -> Iterator[Refusal]:
    replaced = [change.address for change in changes if change.may_replace]
    if len(replaced) > most:
        is_sure = all(c.action is Action.REPLACE for c in changes if c.may_replace)
        yield Refusal(
            "max-replace",
            f"{counted(len(replaced), 'video')} {'would' if is_sure else 'may'} be replaced, "
            f"the limit is {most}: "
            f"{name_addresses(replaced)}",
            tuple(replaced),
            f"--max-replace {len(replaced)}",
            _keeps(changes, replaced),
        )


def _keeps(changes: Sequence[Change], addresses: Collection[Address]) -> str:
    """Return the first command that makes a replacement needless."""
    found = (c.keep_command for c in changes if c.address in addresses)
    return next((command for command in found if command), "")


def _filmed(
    changes: Sequence[Change], most: int | None, most_minutes: float | None
) -> Iterator[Refusal]:
    films = {
        change.address: change.film.speech_seconds
        for change in changes
        if change.film and not change.film.attach
    }
    if most is not None and len(films) > most:
        yield Refusal(
            "max-generate",
            f"{counted(len(films), 'film')} would be made, the limit is {most}: "
            f"{name_addresses(films)}",
            tuple(films),
            f"--max-generate {len(films)}",
        )
    minutes = sum(films.values()) / 60
    if most_minutes is not None and minutes > most_minutes:
        yield Refusal(
            "max-minutes",
            f"films of {minutes:.1f} min would be made, the limit is {most_minutes:g}: "
            f"{name_addresses(films)}",
            tuple(films),
            f"--max-minutes {math.ceil(minutes)}",
        )


def enforce(refusals: Sequence[Refusal]) -> None:
    """Raise `GuardError` with all refusals, where there are any."""
    if refusals:
        flags = ", ".join(dict.fromkeys(refusal.flag for refusal in refusals))
        instead = [f"`{refusal.instead}`" for refusal in refusals if refusal.instead]
        keep = f"keep its videos: {', '.join(instead)}; or " if instead else ""
        raise GuardError(
            "; ".join(refusal.message for refusal in refusals),
            hint=f"{keep}pass {flags} to allow it; nothing was changed",
            rules=tuple(dict.fromkeys(refusal.rule for refusal in refusals)),
        )


def name_addresses(addresses: Iterable[Address]) -> str:
    """List addresses for people, the first ten of many."""
    return shortened([str(address) for address in addresses])


def shortened(names: Sequence[str]) -> str:
    """List names, the first ten of many, and count the others."""
    return listed(names, _NAMED)


def same_principal(one: Principal, other: Principal) -> bool:
    """Compare; a user that one side cannot tell counts as the same, as does a loopback's port."""
    users = not one.user_id or not other.user_id or one.user_id == other.user_id
    return one.partner_id == other.partner_id and users and _place(one) == _place(other)


def _protected(changes: Sequence[Change]) -> Iterator[Refusal]:
    """A video is protected from the word on, and until files that say otherwise were applied."""
    guarded = [
        change.address
        for change in changes
        if (change.action is Action.DELETE or change.may_replace)
        and not change.begun
        and (
            (change.applied is not None and change.applied.protect)
            or (change.desired is not None and change.desired.protect)
        )
    ]
    if guarded:
        yield Refusal(
            "protect",
            f"protected, and would be deleted or replaced: {name_addresses(guarded)}",
            tuple(guarded),
            "--allow-protected",
            _keeps(changes, guarded),
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
        count = "the video" if len(pairs) == 1 else f"all {len(pairs)} videos"
        message = f"the state is empty, and the studio has {count}; was the state lost? {named}"
    else:
        videos = "a video of this name" if len(pairs) == 1 else "videos of these names"
        message = f"the studio has {videos}, which the state does not know: {named}"
    instead = "storyboard state rebuild" if is_empty else "storyboard state adopt"
    yield Refusal("twins", message, tuple(pairs), "--allow-twins", instead)


def _place(principal: Principal) -> str:
    origin = origin_or_none(principal.studio)
    if origin is None:
        return principal.studio
    return "loopback" if origin.is_loopback else f"{origin.location}/{path_of(principal.studio)}"


def _named(principal: Principal) -> str:
    user = f"user '{principal.user_id}'" if principal.user_id else "an unnamed user"
    return f"{user} of partner {principal.partner_id} at {principal.studio}"
