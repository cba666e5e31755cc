"""What a person does to the state itself: another address, a copy brought back, a video taken in.

asyncio.run(adopt_videos(request, compile_request(request), address=None, video_id=None))
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from storyboard.commands.compiled_project import environment_of, project_environment
from storyboard.commands.namesakes import Keyed
from storyboard.commands.project import open_project
from storyboard.commands.request import Request
from storyboard.commands.scope import APPLIED, names_none
from storyboard.commands.stores import no_copy, open_file, open_store
from storyboard.compiler import Compilation
from storyboard.counting import counted
from storyboard.errors import GuardError, ProjectError, StateError, UsageError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.alike import Namesakes
from storyboard.plan.current import Current, fetch_avatars, fetch_current
from storyboard.plan.guards import check_principal
from storyboard.plan.plan import PlanOptions
from storyboard.plan.planner import known_avatars
from storyboard.plan.policy import policy_of
from storyboard.plan.recognized import recognize
from storyboard.shell import word, words
from storyboard.state.copies import Copy
from storyboard.state.local import LocalStore, next_serial
from storyboard.state.model import State, VideoRecord
from storyboard.state.patience import held
from storyboard.video import Address, Video


@dataclass(frozen=True, slots=True)
class Restored:
    """A copy that is the state again; `aside` is where a damaged state went."""

    copy: Copy
    aside: Path | None


@dataclass(frozen=True, slots=True)
class Adopted:
    """A studio's video that an address stands for now; `same` where all is as the files say."""

    address: Address
    video_id: str
    entry_id: str | None
    same: bool


@dataclass(frozen=True, slots=True)
class Adoption:
    """What was taken in, and the addresses whose name several videos have, with their ids.

    `by_name` says that none of several can be chosen, as names are keys.
    """

    taken: tuple[Adopted, ...]
    ambiguous: Mapping[Address, tuple[str, ...]]
    by_name: bool = False


def move_addresses(request: Request, old: Address, new: Address) -> Mapping[Address, Address]:
    """Record under another address what one stands for; a storyboard's id moves all its locales.

    Returns what moved where; raises `UsageError` where it cannot be.
    """
    store = open_store(project_environment(request), request.operation)
    with store.locked(request.patience):
        state = store.read()
        recorded = frozenset() if state is None else state.addresses
        moves = _moves(recorded, old, new)
        if state is None or not moves:
            raise names_none(str(old), recorded, what=APPLIED)
        if old == new:
            raise UsageError(
                f"'{old}' has this address already", hint="name the address that it is to have"
            )
        taken = sorted(moved for moved in moves.values() if moved in recorded)
        if taken:
            raise UsageError(
                f"'{taken[0]}' stands for another video already", hint=_way_out(moves, taken)
            )
        store.write(next_serial(state.readdressed(moves)))
        return moves


def _moves(recorded: Collection[Address], old: Address, new: Address) -> dict[Address, Address]:
    """Pair addresses: two ids mean all locales, anything else the one video."""
    if old in recorded or old.locale is not None or new.locale is not None:
        return {old: new} if old in recorded else {}
    mine = sorted(address for address in recorded if address.storyboard == old.storyboard)
    return {address: Address(new.storyboard, address.locale) for address in mine}


def _way_out(moves: Mapping[Address, Address], taken: Collection[Address]) -> str:
    """Name commands that work: one for each video whose new address is free, or the deletion."""
    left = [move for move in moves.items() if move[1] not in taken]
    free = [f"`storyboard state mv {words(move)}`" for move in left]
    first = f"move the others alone: {', '.join(free)}; or " if free else ""
    return f"{first}delete what stands there, then move again: `storyboard destroy {words(taken)}`"


def list_copies(request: Request) -> tuple[Copy, ...]:
    """Return the copies of the state that can be read, the newest last."""
    return _store(request).copies.found()


def restore_copy(request: Request, serial: int | None, *, force: bool = False) -> Restored:
    """Make a copy the state again, the newest where no serial is given.

    Raises `GuardError` where a good state is there, unless forced, and `UsageError` where there is
    no such copy. The state that was there is kept as a copy, or beside, if it is damaged.
    """
    store = _store(request)
    with store.locked(request.patience):
        copies = store.copies.found()
        chosen = [copy for copy in copies if serial in (None, copy.state.serial)]
        if not chosen:
            known = ", ".join(str(copy.state.serial) for copy in copies)
            what = "backup of the state" if serial is None else f"backup {serial} of the state"
            if not known:
                raise no_copy(project_environment(request), what)
            raise UsageError(f"there is no {what} '{store.path}'", hint=f"name one of: {known}")
        present = _present(store)
        if present is not None and not force:
            raise GuardError(
                f"the state '{store.path}' can be read, with serial {present.serial}",
                hint="pass --force to replace it",
            )
        serials = [copy.state.serial for copy in copies]
        last = max(serials if present is None else [*serials, present.serial])
        state = replace(chosen[-1].state, serial=last + 1)
        for newer in (*(copy.state for copy in copies), *([] if present is None else [present])):
            # What a later run added under a mark is still ours, though this state knows no id.
            state = state.remembering(newer) if newer.lineage == state.lineage else state
        aside = store.replace(state)
        return Restored(chosen[-1], aside)


async def adopt_videos(
    request: Request,
    compilation: Compilation,
    *,
    address: Address | None,
    video_id: str | None,
    dry_run: bool = False,
) -> Adoption:
    """Record videos that the studio has and the state does not know, so that none is made twice.

    One video under one address, or each that alone has an address's name. Nothing is sent: where it
    is not as the files say, the next plan shows how it differs. A film that is as the files say
    is recorded with it. Raises `ProjectError` where the files have errors, and `UsageError` for
    an address or a video that cannot be taken.
    """
    if compilation.report.has_errors:
        raise ProjectError("the files have errors; nothing was recorded")
    environment = environment_of(request, compilation.project)
    async with open_project(request, environment) as project:
        client, store = project.client, project.store
        async with held(store.locked(request.patience), request.patience):
            state = project.state()
            current = await fetch_current(client, state)
            check_principal(state, current)
            settings = project.settings(compilation)
            if video_id is not None and video_id in project.owned:
                raise UsageError(
                    f"video '{video_id}' belongs to environment '{project.owned[video_id]}'",
                    hint=f"create one for this environment: storyboard apply {word(str(address))}",
                )
            free = [v for v in current.videos if v.id not in state.video_ids | project.owned.keys()]
            found = tuple(_found(compilation.videos, state, free, address, video_id))
            if project.by_name:
                found = tuple(_lone(found, Keyed(current.videos), address))
            pairs = [(video, remotes[0]) for video, remotes in found if len(remotes) == 1]
            taken = await fetch_avatars(client, (remote for _, remote in pairs))
            seen = replace(current, avatars={**current.avatars, **taken})
            adopted = []
            for video, remote in pairs:
                record = adopted_record(video, remote, state, seen, settings)
                adopted.append(_adopted(video.address, record, remote))
                state = with_policy(state, settings).with_video(video.address, record)
            if adopted and not dry_run:
                store.write(next_serial(state))
            several = {v.address: tuple(r.id for r in rs) for v, rs in found if len(rs) > 1}
            return Adoption(tuple(adopted), several, by_name=project.by_name)


def _store(request: Request) -> LocalStore:
    return open_file(project_environment(request))


def _present(store: LocalStore) -> State | None:
    """Return the state that is there and can be read."""
    try:
        return store.read()
    except StateError:
        return None


def _found(
    videos: tuple[Video, ...],
    state: State,
    free: list[RemoteVideo],
    address: Address | None,
    video_id: str | None,
) -> Iterator[tuple[Video, tuple[RemoteVideo, ...]]]:
    """Yield each address without a video for which there are some, and the videos it may have."""
    if address is not None and not any(video.address == address for video in videos):
        raise names_none(str(address), (video.address for video in videos))
    if address is not None and address in state.addresses:
        raise UsageError(f"'{address}' stands for a video already", hint="see: storyboard outputs")
    namesakes = Namesakes(free)
    for video in videos:
        if video.address in state.addresses or (address or video.address) != video.address:
            continue
        if video.holds and address is None:
            # Untranslated, it has the source's name, and would take the source's video.
            continue
        if video_id is not None:
            found = [remote for remote in free if remote.id == video_id]
        else:
            found = [remote for remote in namesakes.of(video) if remote in free]
        if address is not None and not found:
            what = f"video '{video_id}'" if video_id else f"video of the name '{video.name}'"
            hint = "see which videos the state has already: storyboard outputs"
            raise UsageError(f"the studio has no {what} to import", hint=hint)
        if len(found) > 1 and address is not None:
            ids = ", ".join(remote.id for remote in found)
            hint = f"name one of them: {ids}"
            raise UsageError(
                f"the studio has {counted(len(found), 'video')} of this name", hint=hint
            )
        if len(found) == 1:
            free.remove(found[0])
        if found:
            yield video, tuple(found)


def _lone(
    found: Iterable[tuple[Video, tuple[RemoteVideo, ...]]], keyed: Keyed, address: Address | None
) -> Iterator[tuple[Video, tuple[RemoteVideo, ...]]]:
    """Yield the same where names are keys, each with all videos of its name.

    Raises `UsageError` for such an address that was asked for.
    """
    for video, remotes in found:
        if address is not None:
            keyed.require_lone(remotes[0].id, video.name)
        yield video, remotes[:1] + keyed.beside(remotes[0].id, video.name)


def adopted_record(
    video: Video, remote: RemoteVideo, state: State, seen: Current, settings: PlanOptions
) -> VideoRecord:
    """Return what is recorded of a studio's video that an address shall stand for.

    What is as the files say counts as sent, so that a later edit of it is seen; of the rest it is
    not known who changed it. A film of other scenes is recorded without a fingerprint.
    """
    avatars = known_avatars((video,), state, seen)
    return recognize(video, remote, avatars, settings.media_digests)


def with_policy(state: State, settings: PlanOptions) -> State:
    """Return a state that knows the project's policy of now, unless it is older than this run.

    A plan tells what the policy allows more than before: a new state has no other before.
    """
    if state.serial:
        return state
    return replace(state, policy=policy_of(settings.limits, settings.protected))


def _adopted(address: Address, record: VideoRecord, remote: RemoteVideo) -> Adopted:
    same = record.film is not None and bool(record.film.fingerprint)
    return Adopted(address, remote.id, record.entry_id, same)
