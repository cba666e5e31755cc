"""Which recorded videos the files no longer have, and what stays of them. Deletes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.options import PlanOptions
from storyboard.state.model import State
from storyboard.video import Address, Video


def kept_of(
    gone: Sequence[Address],
    changes: Sequence[Change],
    renames: Sequence[tuple[Address, Address]],
    options: PlanOptions,
) -> frozenset[Address]:
    """Return what stays of that which is gone: with `prune`, what a held storyboard was before.

    All its locales stay: the name of one may be all that tells where another belongs.
    """
    if not options.prune:
        return frozenset(gone)
    held = {change.address.storyboard for change in changes if change.action is Action.HOLD}
    waits = {old for old, new in renames if new.storyboard in held}
    # Without the option a rename is refused as a whole, and nothing is there to stay.
    return frozenset(waits) if options.prune_renamed else frozenset()


def saved_films(gone: Sequence[Address], state: State) -> dict[Address, str]:
    """Map what is gone to the films of it that were saved."""
    records = {address: state.videos[address] for address in gone if address in state.videos}
    return {address: r.saved.path for address, r in records.items() if r.saved is not None}


def saved_captions(films: Iterable[Address], state: State) -> tuple[str, ...]:
    """Return the files of captions beside the saved films of some addresses."""
    saved = (state.videos[address].saved for address in films)
    return tuple(path for file in saved if file for path in file.caption_paths.values())


def missed(
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
