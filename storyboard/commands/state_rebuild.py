"""Makes a state anew from what the studio has, where the file and its copies are lost.

A video is an address's for sure if no other has its name and its scenes, or carries the mark of an
add of it that was interrupted. Whatever has the name alone may be somebody else's: a person says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum

from storyboard.commands.compiled_project import environment_of
from storyboard.commands.project import open_project
from storyboard.commands.request import Request
from storyboard.commands.state import adopted_record, with_policy
from storyboard.commands.stores import write_whole
from storyboard.compiler import Compilation
from storyboard.counting import counted
from storyboard.errors import GuardError, ProjectError, StateError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.alike import Namesakes
from storyboard.plan.composed import asked_the_same
from storyboard.plan.current import fetch_avatars, fetch_current
from storyboard.plan.nonce_mark import nonce_of, title_of
from storyboard.plan.planner import known_avatars
from storyboard.plan.shown import desired_shown, remote_shown
from storyboard.state.local import LocalStore, next_serial
from storyboard.state.model import ObjectRecord, State, VideoRecord
from storyboard.state.patience import held
from storyboard.state.store import Store
from storyboard.texts import normal_text
from storyboard.video import Address, Avatar, Video


class Proof(Enum):
    """What tells that a studio's video is an address's."""

    EXACT = "name and scenes"
    MARK = "mark of an interrupted add"
    NAME = "name alone"

    @property
    def is_sure(self) -> bool:
        """Whether nobody has to be asked."""
        return self is not Proof.NAME


@dataclass(frozen=True, slots=True)
class Match:
    """A studio's video that an address shall stand for, and by what."""

    address: Address
    video_id: str
    entry_id: str | None
    proof: Proof


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a state was made of; `ambiguous` are addresses that several videos may be, with ids.

    `missing` are those for which the studio has none.
    """

    matches: tuple[Match, ...]
    ambiguous: Mapping[Address, tuple[str, ...]]
    missing: tuple[Address, ...]
    written: bool = False


async def rebuild_state(
    request: Request,
    compilation: Compilation,
    *,
    approve: Callable[[Rebuilt], bool],
    force: bool = False,
) -> Rebuilt:
    """Record the studio's videos in a new state, by mark, by name and scenes, by name alone.

    `approve` is asked unless all is exact. Nothing is sent. Raises `ProjectError` where the files
    have errors, and `GuardError` where a state can be read, unless forced: that one goes to the
    copies.
    """
    if compilation.report.has_errors:
        raise ProjectError("the files have errors; nothing was recorded")
    environment = environment_of(request, compilation.project)
    async with open_project(request, environment) as project:
        client, store = project.client, project.store
        async with held(store.locked(request.patience), request.patience):
            serial, before = _present(store, force=force)
            settings = project.settings(compilation)
            state = with_policy(before or State.fresh(client.principal), settings)
            state = replace(State.fresh(client.principal), serial=serial, policy=state.policy)
            current = await fetch_current(client, state)
            free = [video for video in current.videos if video.id not in project.owned]
            wanted = [video for video in compilation.videos if not video.holds]
            named = _named(wanted, free)
            remotes = {remote.id: remote for each in named.values() for remote in each}
            fetched = await fetch_avatars(client, remotes.values())
            seen = replace(current, avatars={**current.avatars, **fetched})
            taken = _taken(wanted, named, known_avatars(wanted, state, seen))
            for video, remote, proof in taken.values():
                record = adopted_record(video, remote, state, seen, settings)
                if proof is Proof.MARK:
                    record = VideoRecord(ObjectRecord(remote.id), protect=video.protect)
                state = state.with_video(video.address, record)
            rebuilt = _rebuilt(wanted, named, taken)
            is_sure = not rebuilt.ambiguous and all(m.proof.is_sure for m in rebuilt.matches)
            if not rebuilt.matches or not (is_sure or approve(rebuilt)):
                return rebuilt
            write_whole(store, next_serial(state))
            return replace(rebuilt, written=True)


_Taken = Mapping[Address, tuple[Video, RemoteVideo, Proof]]
_Named = Mapping[Address, Sequence[RemoteVideo]]


def _present(store: Store, *, force: bool) -> tuple[int, State | None]:
    """Return the highest serial that is known, and the state that is there, if it can be read.

    Raises `GuardError` for one that knows videos, unless forced.
    """
    serials, present = [0], None
    if isinstance(store, LocalStore):
        serials += [copy.state.serial for copy in store.copies.found()]
    with suppress(StateError):
        present = store.read()
        if present is not None and present.addresses and not force:
            known = counted(len(present.addresses), "address", "addresses")
            raise GuardError(
                f"a state can be read, with {known}",
                hint="add what it lacks: `storyboard state adopt`; pass --force to replace it",
            )
        serials.append(0 if present is None else present.serial)
    return max(serials), present


def _named(wanted: Sequence[Video], free: Sequence[RemoteVideo]) -> _Named:
    """Return the videos that have each address's name, also as a studio changes it or marked."""
    marked = [(normal_text(title_of(r.name)), r) for r in free if _is_marked(r)]
    namesakes = Namesakes(free)
    return {
        video.address: (
            *namesakes.of(video),
            *(r for title, r in marked if title and normal_text(video.name).startswith(title)),
        )
        for video in wanted
    }


def _is_marked(remote: RemoteVideo) -> bool:
    return nonce_of(remote.name) is not None


def _taken(wanted: Sequence[Video], named: _Named, avatars: Mapping[str, Avatar]) -> _Taken:
    """Pair addresses and videos that have no other to choose from: what is proved comes first."""
    taken: dict[Address, tuple[Video, RemoteVideo, Proof]] = {}
    used = set[str]()
    for is_sure in (True, False):
        found = {}
        for video in wanted:
            if video.address not in taken:
                left = [remote for remote in named[video.address] if remote.id not in used]
                fits = [r for r in left if not is_sure or _is_filmed_so(video, r, avatars)]
                if len(fits) == 1:
                    found[video.address] = (video, fits[0])
        claims = Counter(remote.id for _, remote in found.values())
        for address, (video, remote) in found.items():
            if claims[remote.id] == 1:
                proof = Proof.MARK if _is_marked(remote) else Proof.EXACT
                taken[address] = (video, remote, proof if is_sure else Proof.NAME)
                used.add(remote.id)
    return taken


def _is_filmed_so(video: Video, remote: RemoteVideo, avatars: Mapping[str, Avatar]) -> bool:
    """Whether a video has the scenes and the avatar that an address asks for."""
    if video.compose is not None:
        return bool(remote.scenes) and asked_the_same(remote, video.compose)
    wanted, shown = desired_shown(video), remote_shown(remote, avatars)
    return (wanted.presenter, wanted.scenes) == (shown.presenter, shown.scenes)


def _rebuilt(wanted: Sequence[Video], named: _Named, taken: _Taken) -> Rebuilt:
    used = {remote.id for _, remote, _ in taken.values()}
    left = {
        video.address: tuple(r.id for r in named[video.address] if r.id not in used)
        for video in wanted
        if video.address not in taken
    }
    return Rebuilt(
        matches=tuple(
            Match(address, remote.id, remote.entry_id, proof)
            for address, (_, remote, proof) in taken.items()
        ),
        ambiguous={address: ids for address, ids in left.items() if ids},
        missing=tuple(address for address, ids in left.items() if not ids),
    )
