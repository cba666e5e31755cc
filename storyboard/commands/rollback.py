"""Plans that an earlier film of a video is published again: no film is made, no video is edited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from storyboard.commands.project import Comparison, OpenProject
from storyboard.counting import NAMES_IN_LINE, listed
from storyboard.errors import ConflictError, UsageError
from storyboard.plan.change import Change
from storyboard.plan.plan import Plan
from storyboard.plan.shown import film_fingerprint
from storyboard.plan.sides import Edit
from storyboard.shell import word
from storyboard.state.model import FilmRecord

if TYPE_CHECKING:
    from storyboard.kaltura.client import StudioClient

_PLAYABLE: Final = 2
"""The status of an entry that is ready, as Kaltura numbers it."""


@dataclass(frozen=True, slots=True)
class Rollback:
    """Which film: of each video the newest earlier one that still exists, or one by its entry."""

    entry_id: str | None = None

    async def plan(self, project: OpenProject, compared: Comparison) -> Plan:
        """Return the plan that only publishes earlier films of the request's videos.

        Raises `UsageError` where there is no earlier film, and `ConflictError` where the studio has
        none of them any more.
        """
        if project.by_name:
            raise UsageError(
                "this environment finds its videos by name, and no state could hold a rollback",
                hint="take the change back in git, and apply",
            )
        changes = [
            _publishing(change, await self._film(project.client, change))
            for change in compared.plan.changes
            if change.desired is not None
        ]
        return replace(
            compared.plan,
            changes=tuple(changes),
            retirements=(),
            leftovers=(),
            orphans=(),
            refusals=(),
            remarks=(),
            films_removed={},
            films_left={},
            captions_beside=(),
        )

    async def _film(self, client: StudioClient, change: Change) -> FilmRecord:
        """Return the film to publish: its entry is there, as the studio says, asked by its id."""
        record = change.applied
        films = () if record is None else record.earlier_films
        if record is not None and self.entry_id is not None:
            every = {f.entry_id: f for f in record.made_films if f.entry_id != record.entry_id}
            films = (every[self.entry_id],) if self.entry_id in every else ()
        if not films:
            which = "no earlier film" if self.entry_id is None else f"no film '{self.entry_id}'"
            raise UsageError(
                f"'{change.address}' has {which} to go back to",
                hint=f"see its films: storyboard outputs --history {word(change.address)}",
            )
        for film in films:
            entry = await client.get_entry(film.entry_id)
            if entry is not None and entry.status == _PLAYABLE:
                return film
        ids = listed([film.entry_id for film in films], NAMES_IN_LINE)
        raise ConflictError(
            f"the studio has no earlier film of '{change.address}' any more: {ids}",
            hint="take the change back in git, and apply: that makes the film again",
        )


def _publishing(change: Change, film: FilmRecord) -> Change:
    """Return the change that does nothing else. A held video is not what its files say: it stays
    at the film until its texts are complete."""
    assert change.desired is not None
    return replace(
        change,
        edit=Edit(),
        film=None,
        compose=None,
        twin=None,
        publishes=film,
        stays=None,
        forward=False,
        film_fingerprint=change.film_fingerprint or film_fingerprint(change.desired, {}),
    )
