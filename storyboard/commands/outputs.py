"""What was applied, as the state records it, and the films saved on disk.

Only an environment that finds its videos by name has its studio asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from storyboard.apply.outcome import FILM_KEPT
from storyboard.apply.saved_places import OnDisk, intact_captions, look_at_film
from storyboard.commands.compiled_project import compile_request, project_environment
from storyboard.commands.project import open_project, recalled
from storyboard.commands.request import Request
from storyboard.commands.scope import APPLIED, check_scope
from storyboard.commands.stores import open_store
from storyboard.errors import StoryboardError
from storyboard.source.file_facts import FileFacts
from storyboard.source.files import shown_path
from storyboard.state.model import OperationKind, State, VideoRecord
from storyboard.video import Address
from storyboard.wire import PROCESSING


class FileStatus(Enum):
    """How the saved film of an address stands; `OUTDATED` is one of an earlier generation."""

    NONE = None
    SAVED = "saved"
    MISSING = "missing"
    CHANGED = "changed"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Film:
    """A film that was made of an address, and whether it is the published one."""

    entry_id: str
    made_at: str
    duration_seconds: float | None
    is_published: bool


@dataclass(frozen=True, slots=True)
class Output:
    """What was applied for an address; `path` is where its film was saved, whatever is there now.

    `status` tells from the state, and the studio where it was asked: `ready` with a film,
    `film kept` with one that the studio shows no more, `generating` while one is in the making,
    else `draft`. `films` are all that were made, the
    oldest first.
    """

    address: Address
    video_id: str
    entry_id: str | None
    status: str
    path: str | None
    file_status: FileStatus
    films: tuple[Film, ...] = ()
    saved_captions: tuple[str, ...] = ()

    @property
    def captions(self) -> tuple[str, ...]:
        """The published film's captions on disk, as they were saved."""
        return self.saved_captions if self.file_status is FileStatus.SAVED else ()

    @property
    def file(self) -> str | None:
        """The published film on disk, as long as it is that very film."""
        return self.path if self.file_status is FileStatus.SAVED else None


def read_outputs(request: Request) -> tuple[Output, ...]:
    """Return what was applied of the request's addresses, or of all, in order.

    Raises `UsageError` for an address that was never applied.
    """
    return _outputs(request, read_state(request))


async def fetch_outputs(request: Request) -> tuple[Output, ...]:
    """Return the same, as the studio tells it where an environment finds its videos by name.

    The files say which; raises `ProjectError` where they have errors.
    """
    environment = project_environment(request)
    if not environment.by_name:
        return read_outputs(request)
    async with open_project(request, environment) as project:
        found = await recalled(project, compile_request(request))
    making = {v.id for v in found.current.videos if v.status in PROCESSING}
    return _outputs(request, found.state, making)


def _outputs(
    request: Request, state: State | None, making: Collection[str] | None = None
) -> tuple[Output, ...]:
    check_scope(request.scope, () if state is None else state.videos, what=APPLIED)
    if state is None:
        return ()
    facts = FileFacts.of_project(request.root)
    outputs = outputs_of(state.within(request.scope), request.root, facts, making)
    facts.save()
    return outputs


def outputs_of(
    state: State, root: Path, facts: FileFacts, making: Collection[str] | None = None
) -> tuple[Output, ...]:
    """Return what a state records, with its saved films looked at.

    `making` are the ids of the videos in the making, where the studio was asked.
    """
    if making is None:
        begun = (o for o in state.operations if not o.idle and o.kind is not OperationKind.DELETE)
        making = {o.video_id for o in begun if o.video_id is not None}
    records = sorted(state.videos.items(), key=lambda item: str(item[0]))
    return tuple(_output(address, record, making, root, facts) for address, record in records)


def _output(
    address: Address, record: VideoRecord, making: Collection[str], root: Path, facts: FileFacts
) -> Output:
    is_making = record.written.id in making
    status = "generating" if is_making else _published(record)
    return Output(
        address,
        record.current.id,
        record.entry_id,
        status,
        None if record.saved is None else shown_path(root / record.saved.path),
        _file_status(record, root, facts),
        tuple(_films(record)),
        () if record.saved is None else intact_captions(record.saved, root, facts),
    )


def _published(record: VideoRecord) -> str:
    if record.film is None:
        return "draft"
    return FILM_KEPT if record.film_kept else "ready"


def _films(record: VideoRecord) -> Iterator[Film]:
    """Yield each film once: one that was published again is where it was made."""
    for film in record.made_films:
        is_published = film.entry_id == record.entry_id
        yield Film(film.entry_id, film.made_at, film.duration_seconds, is_published)


def _file_status(record: VideoRecord, root: Path, facts: FileFacts) -> FileStatus:
    if record.saved is None:
        return FileStatus.NONE
    match look_at_film(record.saved, root, facts):
        case OnDisk.MISSING:
            return FileStatus.MISSING
        case OnDisk.CHANGED:
            return FileStatus.CHANGED
        case OnDisk.SAVED:
            return FileStatus.SAVED if record.saved_film else FileStatus.OUTDATED


def read_state(request: Request) -> State | None:
    """Return the request's state, None before the first apply; asks no studio."""
    return open_store(project_environment(request)).read()


def known_avatars(request: Request) -> Mapping[str, str]:
    """Return the avatar ids that the state knows, by fingerprint; none where there is no state."""
    try:
        state = read_state(request)
    except StoryboardError:
        return {}
    return {} if state is None else state.avatars
