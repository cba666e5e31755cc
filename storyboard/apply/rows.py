"""What became of each video of a run, in a row: its status in a word, its film, its file."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from storyboard.apply.outcome import FILM_KEPT, NOT_MADE, UNDONE, ActionOutcome, Ending, Row
from storyboard.apply.run import Run
from storyboard.apply.saved_films import published_captions, published_file
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.kept_film import has_film
from storyboard.video import Address


def rows_of(run: Run) -> Iterator[Row]:
    """Yield a row for every video of the plan, by what the run has recorded."""
    outcomes: dict[Address, list[ActionOutcome]] = {}
    for (address, _), outcome in run.outcomes.items():
        outcomes.setdefault(address, []).append(outcome)
    for change in run.plan.changes:
        yield _row(run, change, outcomes.get(change.address, []))


def _row(run: Run, change: Change, outcomes: Collection[ActionOutcome]) -> Row:
    record = run.recorded.videos.get(change.address)
    film = None if record is None else record.film
    made = run.outcomes.get((change.address, Action.GENERATE))
    return Row(
        address=change.address,
        status=_status(run, change, outcomes),
        video_id=None if record is None else record.current.id,
        written_id=None if record is None else record.written.id,
        entry_id=None if film is None else film.entry_id,
        file=None if record is None else published_file(record, run.options),
        length_seconds=None if film is None else film.duration_seconds,
        took_seconds=None if made is None else made.seconds,
        source=change.source,
        captions=() if record is None else published_captions(record, run.options),
    )


def _status(run: Run, change: Change, outcomes: Collection[ActionOutcome]) -> str:
    """One word for what became of a video: its worst ending, or how far it is."""
    for ending, word in UNDONE.items():
        ended = [outcome for outcome in outcomes if outcome.ending is ending]
        if ended:
            return NOT_MADE if all(each.is_untaken for each in ended) else word
    record = run.recorded.videos.get(change.address)
    if record is None:
        return "deleted"
    if record.film is None:
        return "composed" if record.composed else "draft"
    made = run.outcomes.get((change.address, Action.GENERATE))
    if made is not None and made.ending is Ending.DONE:
        return "ready"
    if record.rolled_back and change.film is None and not change.goes_back:
        return "rolled back"
    if record.film_kept:
        return FILM_KEPT
    stale = not has_film(record, change.film_fingerprint)
    return "film outdated" if stale and change.desired is not None else "ready"
