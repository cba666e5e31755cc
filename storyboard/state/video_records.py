"""What a state keeps of one address: its object as it was sent, and its films. Pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from storyboard.caption_files import WRITERS, beside
from storyboard.state.film_identity import is_same_film


@dataclass(frozen=True, slots=True)
class FieldRecord:
    """The digests of a field's value as it was sent and as the studio `made` it.

    `made` is empty where the studio kept what was sent; both are, until a write is confirmed.
    """

    sent: str = ""
    made: str = ""

    def settles(self, wanted: str, current: str) -> bool:
        """Whether the studio's value is what it made of the wanted one: no difference to tell."""
        return wanted == self.sent and bool(self.sent) and not self.is_edited(current)

    def is_edited(self, current: str) -> bool:
        """Whether the studio's value is known to be another than what it made of ours."""
        return bool(self.sent) and current != (self.made or self.sent)


_UNKNOWN: Final = FieldRecord()

SCENE_FIELDS: Final = ("layoutType", "narration", "avatar", "broll.entryId", "broll.startTime")
"""What is recorded of a scene, in this order."""


@dataclass(frozen=True, slots=True)
class SceneRecord:
    """A scene as the studio last confirmed it: our id, and the fingerprint of what it shows.

    `fields` has a record for each of `SCENE_FIELDS`; states of older programs have none.
    """

    id: str
    fingerprint: str
    fields: Mapping[str, FieldRecord] = field(default_factory=dict)

    def field(self, name: str) -> FieldRecord:
        """Return what is recorded of a field."""
        return self.fields.get(name, _UNKNOWN)


@dataclass(frozen=True, slots=True)
class ObjectRecord:
    """One remote video as we last wrote it.

    `applied` is the fingerprint of what was sent, `observed` of what the studio made of it. Both
    are empty until the first write is confirmed, and so are `name` and `avatar`.
    """

    id: str
    applied: str = ""
    observed: str = ""
    name: FieldRecord = FieldRecord()
    avatar: FieldRecord = FieldRecord()
    scenes: tuple[SceneRecord, ...] = ()

    def scene(self, id: str | None) -> SceneRecord | None:
        """Return the scene with one of our ids."""
        return next((scene for scene in self.scenes if scene.id == id), None)


@dataclass(frozen=True, slots=True)
class FilmRecord:
    """A film that was made: of which content, which entry, when, and how long making it took.

    `work_seconds` is how much speech had to be rendered in that time.
    """

    fingerprint: str
    entry_id: str
    made_at: str
    took_seconds: float | None = None
    duration_seconds: float | None = None
    work_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class SavedCaptions:
    """The captions saved beside a film: of which entry, and suffix → sha256 (hex) of each file."""

    entry_id: str
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A film saved on this machine: of which entry, where, and which bytes.

    `path` starts at the project's root, or is absolute where it is outside. `sha256` (hex) is empty
    in states of older programs, which did not know it. `captions` lie beside it, under its name.
    """

    entry_id: str
    path: str
    sha256: str = ""
    captions: SavedCaptions | None = None

    @property
    def has_own_captions(self) -> bool:
        """Whether the captions beside it are of the same entry, and not of the film before."""
        return self.captions is not None and self.captions.entry_id == self.entry_id

    @property
    def caption_paths(self) -> Mapping[str, str]:
        """Suffix → path of each file of captions beside it, from where `path` starts."""
        known = () if self.captions is None else self.captions.digests
        return {suffix: beside(self.path, suffix) for suffix in WRITERS if suffix in known}


@dataclass(frozen=True, slots=True)
class VideoRecord:
    """What an address stands for: its object, a successor being prepared, and its films.

    `composed` is the fingerprint of the composition that wrote its scenes, if one did.
    `rolled_back` is the fingerprint of the film that the files wanted when an earlier one was
    published again; as long as they want that one, none is made. `film_kept` says that the studio
    showed the video without the published film when an apply last looked. `begun_film` is the
    fingerprint of the film that a run began to put in place of the published one: its edit, and
    nobody else's, parted the video from that. `former` are the films of videos that the address had
    before, and that are gone from the studio; the oldest first.
    """

    current: ObjectRecord
    successor: ObjectRecord | None = None
    films: tuple[FilmRecord, ...] = ()
    protect: bool = False
    saved: SavedFile | None = None
    composed: str = ""
    rolled_back: str = ""
    film_kept: bool = False
    begun_film: str = ""
    former: tuple[FilmRecord, ...] = ()

    def stays_at_earlier(self, wanted: str) -> bool:
        """Whether an earlier film is published, and stays while this one is wanted."""
        return bool(self.rolled_back) and is_same_film(self.rolled_back, wanted)

    def is_back_at(self, wanted: str) -> bool:
        """Whether the earlier film that is published is of what the files want: they went back."""
        published = self.film is not None and is_same_film(self.film.fingerprint, wanted)
        return bool(self.rolled_back) and not self.stays_at_earlier(wanted) and published

    @property
    def earlier_films(self) -> tuple[FilmRecord, ...]:
        """The films from before the published one, the newest first, each once."""
        # A film that was published again is in the list twice; it is as old as its first mention.
        made = self.made_films
        ids = [film.entry_id for film in made]
        end = len(ids) if self.entry_id is None else ids.index(self.entry_id)
        return tuple(reversed(made[:end]))

    @property
    def made_films(self) -> tuple[FilmRecord, ...]:
        """All films that were made of the address, the oldest first, each as it was made."""
        first: dict[str, FilmRecord] = {}
        for film in (*self.former, *self.films):
            first.setdefault(film.entry_id, film)
        return tuple(first.values())

    def with_film(self, film: FilmRecord, *, rolled_back: str = "") -> VideoRecord:
        """Return a copy that publishes a film, a new or an earlier one."""
        films = (*self.films, film)
        return replace(self, films=films, rolled_back=rolled_back, film_kept=False, begun_film="")

    def with_earlier_film(self, film: FilmRecord) -> VideoRecord:
        """Return a copy that knows a film of before; what is published stays so."""
        # Once more, as after a rollback; what making it took is told by its first mention.
        again = tuple(replace(f, took_seconds=None, work_seconds=0.0) for f in self.films[-1:])
        return replace(self, films=(*self.films, film, *again))

    @property
    def film(self) -> FilmRecord | None:
        """The film that is published now."""
        return self.films[-1] if self.films else None

    @property
    def entry_id(self) -> str | None:
        """The entry of the published film."""
        return self.films[-1].entry_id if self.films else None

    @property
    def saved_film(self) -> SavedFile | None:
        """The saved file of the published film; None if it is of another film."""
        is_published = self.saved is not None and self.saved.entry_id == self.entry_id
        return self.saved if is_published else None

    @property
    def written(self) -> ObjectRecord:
        """The object that edits go to: the successor where there is one."""
        return self.successor or self.current

    def with_written(self, record: ObjectRecord) -> VideoRecord:
        """Return a copy whose edited object is `record`."""
        if self.successor is not None:
            return replace(self, successor=record)
        return replace(self, current=record)
