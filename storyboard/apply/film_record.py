"""What is recorded of a film once it is ready. Judges no film."""

from __future__ import annotations

from dataclasses import replace

from storyboard.apply.run import Run
from storyboard.errors import StudioError
from storyboard.state.model import FilmRecord, Operation, State
from storyboard.video import Address


async def record_film(
    run: Run, address: Address, film: FilmRecord, operation: Operation | None
) -> None:
    """Record in one write the film, the successor's place, and what is left to delete.

    `operation` was opened for it, and ends with it.
    """

    def recorded(state: State) -> State:
        record = state.videos[address]
        retired = state.retired
        if record.successor is not None:
            retired = (*retired, (address, record.current.id))
            record = replace(record, current=record.successor, successor=None)
        record = record.with_film(film)
        state = replace(state.with_video(address, record), retired=retired)
        return state if operation is None else state.without_operation(operation.nonce)

    await run.ledger.record(recorded)


async def record_refused(run: Run, address: Address) -> None:
    """Record that no film comes: going back to what is published is no reason for another one."""
    await run.ledger.record_video(address, lambda record: replace(record, begun_film=""))


async def duration_of(run: Run, entry_id: str) -> float | None:
    """Return a film's length, where the studio's media service can be asked."""
    try:
        entry = await run.studio.get_entry(entry_id)
    except StudioError:
        return None
    return None if entry is None else entry.duration
