"""How each address stands now: what the studio holds, against what the files say. Changes nothing.

standings = asyncio.run(fetch_standings(request, compile_request(request)))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from storyboard.apply.outcome import FILM_KEPT
from storyboard.commands.compiled_project import environment_of
from storyboard.commands.likely_causes import likely_causes
from storyboard.commands.project import open_project
from storyboard.commands.request import Request
from storyboard.compiler import Compilation
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.current import Current
from storyboard.plan.leftovers import Leftover
from storyboard.plan.plan import Plan, PlanOptions
from storyboard.state.model import State, VideoRecord
from storyboard.video import Address
from storyboard.wire import PROCESSING, VideoStatus


class Film(Enum):
    """The published film, measured by the files as they are."""

    CURRENT = "current"
    KEPT = FILM_KEPT
    OUTDATED = "outdated"
    EARLIER = "rolled back"
    MAKING = "being made"
    UNRECORDED = "made, not recorded"
    NONE = "none"


class Content(Enum):
    """The studio's object, measured by the files as they are."""

    SAME = "as in the files"
    CHANGED = "files changed"
    DRIFTED = "changed in the studio"
    NOT_APPLIED = "not applied"
    GONE = "gone from the studio"
    HELD = "held"
    ORPHAN = "not in the files"


@dataclass(frozen=True, slots=True)
class Standing:
    """One address; `status` is the studio's own word, None where it holds no such video.

    `why` says in words what an apply would do about it and for what reason; `moves` that it is
    recorded under another address.
    """

    address: Address
    status: str | None
    video_id: str | None
    entry_id: str | None
    content: Content
    film: Film
    why: tuple[str, ...] = ()
    moves: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether all is as the files say, the film included."""
        return self.content is Content.SAME and self.film in (Film.CURRENT, Film.KEPT)

    @property
    def is_pending(self) -> bool:
        """Whether something differs that is not held back.

        By design a held video is not pending: its translation or its media keep it back, and an
        apply changes nothing until they are there. `--fail-on hold` is for those who mind. A video
        that was rolled back stays at its earlier film, and is not pending either.
        """
        stays = self.content is Content.SAME and self.film is Film.EARLIER
        held = self.content is Content.HELD and not self.moves
        return not (self.is_settled or stays or held)


@dataclass(frozen=True, slots=True)
class Status:
    """How all addresses stand, and what interrupted adds left that no address stands for."""

    standings: tuple[Standing, ...]
    leftovers: tuple[Leftover, ...] = ()


async def fetch_standings(request: Request, compilation: Compilation) -> tuple[Standing, ...]:
    """Ask the studio once for all videos, and compare; addresses without a file come last.

    Raises `CredentialsError` for another user's session.
    """
    return (await fetch_status(request, compilation)).standings


async def fetch_status(request: Request, compilation: Compilation) -> Status:
    """Return the same, with what interrupted adds left in the studio."""
    environment = environment_of(request, compilation.project)
    async with open_project(request, environment) as project:
        compared = await project.compare(compilation, PlanOptions(allow_missing=True))
    failed = [c.desired for c in compared.plan.changes if c.desired is not None and _failed(c)]
    causes = likely_causes(failed, compilation.report) if failed else {}
    standings = (
        replace(each, why=(*each.why, *causes.get(each.address, ())))
        for each in _standings(compared.plan, compared.state, compared.current)
    )
    return Status(tuple(standings), compared.plan.leftovers)


def _failed(change: Change) -> bool:
    """Whether the last attempt at a video's film came to nothing; the studio gives no reason."""
    return change.current is not None and change.current.status is VideoStatus.GENERATE_ERROR


def _standings(plan: Plan, state: State, current: Current) -> Iterator[Standing]:
    for change in plan.changes:
        yield _standing(change)
    for address in plan.orphans:
        record = state.videos.get(address)
        remote = None if record is None else current.video(record.written.id)
        yield Standing(
            address,
            None if remote is None else remote.status.value,
            None if record is None else record.written.id,
            None if record is None else record.entry_id,
            Content.ORPHAN,
            Film.NONE if record is None or record.film is None else Film.CURRENT,
            (_deletes(record),),
        )


def _deletes(record: VideoRecord | None) -> str:
    if record is None or record.saved is None:
        return "apply --prune deletes it"
    return f"apply --prune deletes it and {record.saved.path}"


def _standing(change: Change) -> Standing:
    record, remote = change.applied, change.current
    content = _content(change)
    return Standing(
        change.address,
        None if remote is None else remote.status.value,
        remote.id if remote is not None else None if record is None else record.written.id,
        None if record is None else record.entry_id,
        content,
        _film(change, record),
        tuple(_why(change)),
        change.moved_from is not None,
    )


def _content(change: Change) -> Content:
    match change.action:
        case Action.HOLD:
            return Content.HELD
        case Action.CREATE:
            return Content.NOT_APPLIED if change.applied is None else Content.GONE
        case Action.KEEP:
            pending = change.compose is not None or change.moved_from is not None
            return Content.CHANGED if pending else Content.SAME
        case _:
            return Content.DRIFTED if change.edit.drifted else Content.CHANGED


def _film(change: Change, record: VideoRecord | None) -> Film:
    if change.current is not None and change.current.status in PROCESSING:
        return Film.MAKING
    if change.film is not None and change.film.attach:
        return Film.UNRECORDED
    if record is None or record.film is None:
        return Film.NONE
    if change.stays is not None:
        return Film.EARLIER
    if change.keeps_film:
        return Film.KEPT
    held = change.action is Action.HOLD
    return Film.OUTDATED if held or change.film is not None else Film.CURRENT


def _why(change: Change) -> Iterator[str]:
    if change.desired is not None:
        yield from dict.fromkeys(hold.reason for hold in change.desired.holds)
    if change.moved_from is not None:
        yield from change.reasons(Action.MOVE)
    if change.compose is not None and change.action is not Action.CREATE:
        yield change.compose.reason
    if change.changes:
        yield ", ".join(field.path for field in change.changes)
    if change.stays is not None:
        yield "stays until its file changes, or until apply --forward"
    elif change.other_film is not None:
        yield f"another film, made in the studio: {change.other_film}; apply --regenerate"
    elif change.keeps_film:
        yield "the studio shows it without: apply --regenerate"
    elif change.changes:
        pass
    elif _film(change, change.applied) is Film.UNRECORDED:
        yield "the next apply records it"
    elif change.film is not None and change.action is not Action.CREATE:
        yield change.film.reason
