"""Makes a state out of the studio, where names are keys: desired × cached × current → State. Pure.

The studio is the memory, and a state only a cache of what it cannot tell: who changed a value, what
was filmed under an entry, `protect` of files that are gone, saved films. Where both differ, the
studio is believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from storyboard.errors import CredentialsError, FailureCode
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.composed import compose_fingerprint
from storyboard.plan.current import Current
from storyboard.plan.guards import check_missing, check_principal
from storyboard.plan.name_claims import Claim, Claims, claim_videos
from storyboard.plan.nonce_mark import carriers, nonce_of
from storyboard.plan.options import PlanOptions
from storyboard.plan.recognized import edited_after, recognize
from storyboard.plan.shown import film_fingerprint, remote_shown
from storyboard.plan.strangers import stranger_address
from storyboard.state.model import (
    FilmRecord,
    ObjectRecord,
    Operation,
    OperationKind,
    State,
    VideoRecord,
)
from storyboard.video import Address, Video
from storyboard.wire import PROCESSING, VideoStatus


@dataclass(frozen=True, slots=True)
class Told:
    """What the studio says beside its list of videos; both may be empty.

    `made_at` maps entries to when their films were made, in seconds since 1970, `None` where that
    is not known. `media_digests` has what the studio holds for the entries of stand-ins.
    """

    made_at: Mapping[str, float | None] = field(default_factory=dict)
    media_digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recalled:
    """The state that the studio tells, and what is not certain of it.

    `doubtful` are addresses whose films may be of other scenes; `renamed` maps those that are
    missing to a video of another name that says the same; `unsure` are those whose names are not
    known, so that no video can be called one too many; `spare` are second videos of a name, and
    `strangers` those that no file names, `unfinished` ones among them.
    """

    state: State
    doubtful: tuple[Address, ...] = ()
    renamed: Mapping[Address, RemoteVideo] = field(default_factory=dict)
    unsure: tuple[Address, ...] = ()
    spare: tuple[RemoteVideo, ...] = ()
    strangers: tuple[RemoteVideo, ...] = ()

    @property
    def unfinished(self) -> tuple[RemoteVideo, ...]:
        """The strangers that another run left, or that one just makes."""
        sent = {operation.nonce for operation in self.state.operations}
        nonces = ((each, nonce_of(each.name)) for each in self.strangers)
        return tuple(each for each, nonce in nonces if nonce is not None and nonce not in sent)


def recall(
    desired: Sequence[Video],
    cache: State,
    current: Current,
    options: PlanOptions,
    told: Told | None = None,
) -> Recalled:
    """Return the state as the studio tells it; the cache counts where both tell of the same object.

    What the files lack is in it only if all of them are known: all videos of the user, since the
    user is the project's own. Raises `CredentialsError` for another user's videos, and `GuardError`
    where most of what the cache knows is gone, under any name.
    """
    check_user(current)
    check_principal(cache, current, allow_new=options.allow_missing)
    mine = [video for video in current.videos if video.id not in options.owned]
    guarded = [options.bounds(len(mine)).protecting(video) for video in desired]
    claims = claim_videos(guarded, mine, current.avatars, cache.videos)
    memory = _Memory(cache, current, options, told or Told(), claims, _objects(cache))
    records = {
        video.address: memory.record(video, claims.found[video.address])
        for video in desired
        if video.address in claims.found
    }
    known = {v.address: cache.videos[v.address] for v in desired if v.address in cache.videos}
    expected = replace(cache, videos={**known, **records})
    # With what was found by name in it: a renamed or rebuilt video is not missing.
    check_missing(expected, current, allow=options.allow_missing)
    unsure = _unsure(desired, claims, options)
    # What is not named might be one of these: a held video has no name yet to look for.
    may_prune = options.complete and not options.scope and not unsure
    orphans = memory.orphans({video.address for video in desired}) if may_prune else ()
    state = replace(
        cache,
        principal=current.principal,
        videos={**records, **dict(orphans)},
        operations=tuple(memory.operations(desired)),
        retired=tuple(memory.retired()),
    )
    return Recalled(
        state,
        tuple(video.address for video in desired if memory.is_in_doubt(video)),
        claims.renamed,
        unsure,
        claims.spare,
        claims.strangers,
    )


def check_user(current: Current) -> None:
    """Refuse a session that sees another user's videos: they would pass for leftovers."""
    own = current.principal.user_id
    other = next((v.user_id for v in current.videos if v.user_id and v.user_id != own), None)
    if other is not None or not own:
        raise CredentialsError(
            f"`identity: name` is for the videos of user '{own}', and the session sees those of "
            f"{'an unnamed user' if other is None else repr(other)}",
            hint="use a session of that user; nothing was changed",
            code=FailureCode.WRONG_USER,
        )


def _objects(cache: State) -> Mapping[str, tuple[Address, VideoRecord, ObjectRecord]]:
    """Map the id of every recorded object to whose it is and what is recorded."""
    found = {}
    for address, record in cache.videos.items():
        for each in (record.current, record.successor):
            if each is not None:
                found[each.id] = (address, record, each)
    return found


def _unsure(desired: Sequence[Video], claims: Claims, options: PlanOptions) -> tuple[Address, ...]:
    """Return the videos of which it is not known under which name the studio has them."""
    held = [v.address for v in desired if v.holds and v.address not in claims.found]
    return (*held, *sorted(options.unmade))


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the cache and the studio tell together; `objects` maps ids to what is recorded."""

    cache: State
    current: Current
    options: PlanOptions
    told: Told
    claims: Claims
    objects: Mapping[str, tuple[Address, VideoRecord, ObjectRecord]]

    def record(self, video: Video, claim: Claim) -> VideoRecord:
        """Return what is known of a found video: by the cache, unless the studio says otherwise."""
        told = self._recognized(video, claim.current)
        record = replace(told, current=self._object(told.current, claim.current))
        if claim.current.id in self.objects:
            _, kept, _ = self.objects[claim.current.id]
            record = replace(
                record,
                films=self._films(kept, told, claim.current),
                protect=kept.protect,
                saved=kept.saved,
                composed=told.composed or kept.composed,
            )
        if claim.successor is None:
            return record
        told = self._recognized(video, claim.successor)
        return replace(record, successor=self._object(told.current, claim.successor))

    def operations(self, desired: Sequence[Video]) -> Iterator[Operation]:
        """Yield what is open: of the cache where it still can be, and what the studio shows."""
        found = self.claims.found
        written = {claim.written.id for claim in found.values()}
        opened = set[tuple[Address, bool]]()
        for operation in self.cache.operations:
            is_add = operation.kind.adds
            if operation.kind is OperationKind.TEST:
                yield operation  # what it made is nobody's: the next apply looks for it
            elif operation.kind is OperationKind.DELETE:
                if operation.video_id and self.current.video(operation.video_id) is not None:
                    yield operation
            elif self._is_open(operation) if is_add else operation.video_id in written:
                opened.add((operation.address, is_add))
                yield operation
        for address, left in self.claims.leftovers.items():
            nonce = nonce_of(left.name)
            if nonce is not None and (address, True) not in opened:
                kind = OperationKind.REPLACE if address in found else OperationKind.ADD
                yield Operation(kind, address, nonce, left.created_at)
        for video in desired:
            if video.address in found and (video.address, False) not in opened:
                yield from self._processing(video, found[video.address].written)

    def orphans(self, wanted: set[Address]) -> Iterator[tuple[Address, VideoRecord]]:
        """Yield what the files lack, with its old address or one that no storyboard can have.

        A marked video may be of a run that goes on: it is called one too many only to be pruned.
        """
        opened = {operation.nonce for operation in self.cache.operations}
        locales = {v.id: address.locale for address, v in self.claims.renamed.items()}
        for each in (*self.claims.strangers, *self.claims.spare):
            nonce = nonce_of(each.name)
            if nonce in opened or (nonce is not None and not self.options.prune):
                continue
            address, record = stranger_address(each, locales.get(each.id)), None
            if each.id in self.objects:
                known, record, _ = self.objects[each.id]
                address = address if known in wanted else known
            yield address, record or VideoRecord(ObjectRecord(each.id))

    def retired(self) -> Iterator[tuple[Address, str]]:
        """Yield what the cache has to delete, unless it is gone or serves again."""
        chosen = {id_ for claim in self.claims.found.values() for id_ in claim.ids}
        for address, id_ in self.cache.retired:
            if id_ not in chosen and self.current.video(id_) is not None:
                yield address, id_

    def is_in_doubt(self, video: Video) -> bool:
        """Whether a film is believed to be of the wanted scenes, and nothing proves it."""
        claim = self.claims.found.get(video.address)
        if claim is None or not self._is_late(claim.current):
            return False
        return bool(self._recognized(video, claim.current).written.applied)

    def _is_open(self, operation: Operation) -> bool:
        """Whether an add may still end: what it made is there, or may come and is not there yet."""
        if operation.address not in self.claims.found:
            return True
        marked = carriers(self.current.videos, operation.nonce)
        return operation.kind is OperationKind.REPLACE and bool(marked)

    def _recognized(self, video: Video, remote: RemoteVideo) -> VideoRecord:
        """Return what the studio alone tells; it may keep no request of a composition."""
        told = recognize(video, remote, self.current.avatars, self.told.media_digests)
        if video.compose is not None and remote.compose_params is None and remote.scenes:
            told = replace(told, composed=compose_fingerprint(video.compose))
        if self.options.film_doubtful and self._is_late(remote):
            told = replace(told, films=tuple(replace(f, fingerprint="") for f in told.films))
        return told

    def _films(
        self, kept: VideoRecord, told: VideoRecord, remote: RemoteVideo
    ) -> tuple[FilmRecord, ...]:
        """Return the films, the last of which the studio has: what it has not was taken back."""
        if remote.status is VideoStatus.READY:
            is_other = told.entry_id != kept.entry_id
            return (*kept.films, *told.films) if is_other else kept.films
        # An edit ends `ready`, and with it the film that is published: a new one has to be made.
        return kept.films if remote.status in PROCESSING else ()

    def _object(self, told: ObjectRecord, remote: RemoteVideo) -> ObjectRecord:
        """Return the cached record of an object, unless that is old and it stands as wanted."""
        if remote.id not in self.objects:
            return told
        kept = self.objects[remote.id][2]
        now = remote_shown(remote, self.current.avatars).fingerprint
        return told if told.applied and kept.observed != now else kept

    def _processing(self, video: Video, remote: RemoteVideo) -> Iterator[Operation]:
        """Yield what the studio makes of the wanted scenes now: an apply attaches to it."""
        # No nonce of an add looks like this, so no name can carry it.
        nonce = f"found-{remote.id}"
        if remote.status is VideoStatus.GENERATING:
            if self._recognized(video, remote).written.applied:
                wanted = film_fingerprint(video, self.options.media_digests)
                kind = OperationKind.GENERATE
                yield Operation(kind, video.address, nonce, remote.updated_at, remote.id, wanted)
        elif remote.status is VideoStatus.COMPOSING and video.compose is not None:
            wanted = compose_fingerprint(video.compose)
            kind = OperationKind.COMPOSE
            yield Operation(kind, video.address, nonce, remote.updated_at, remote.id, wanted)

    def _is_late(self, remote: RemoteVideo) -> bool:
        """Whether a video was changed after its film, and no cache tells what was filmed."""
        known = self.objects.get(remote.id)
        if known is not None and known[1].entry_id == remote.entry_id:
            return False
        return edited_after(remote, self.told.made_at.get(remote.entry_id or ""))
