"""One studio's data and settings, as every part of it needs them. Does nothing by itself."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.transitions import Cell, Operation
from storyboard.studio.compose.web_pages import Pages
from storyboard.studio.film.cache import SharedCache
from storyboard.studio.jobs.draining import Draining
from storyboard.studio.jobs.makers import Makers
from storyboard.studio.jobs.measures import Measures, Unmeasured
from storyboard.studio.jobs.place_watch import PlaceWatch
from storyboard.studio.records.blobs import Blobs
from storyboard.studio.records.clock import AdjustableClock
from storyboard.studio.records.guesses import Guesses
from storyboard.studio.records.identity import Identity
from storyboard.studio.records.queue import Queue
from storyboard.studio.records.quota import Incoming, Quota
from storyboard.studio.records.shared_control import SharedControl
from storyboard.studio.records.signed_files import SignedFiles
from storyboard.studio.records.store import Store, Transaction
from storyboard.studio.records.token_uses import TokenUses
from storyboard.studio.voice.own_voices import OwnVoices
from storyboard.tracing.spans import Traces, Untraced
from storyboard.wire import VideoStatus


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything below one directory, opened; `public_url` has no slash at its end.

    `data` is the folder in it of what is believed when it is read again. The film maker keeps in
    `cache` what it can use again, and machines have `shared` beside theirs. `pages` are those of
    the web that it may read. The operator's `voices` come before its own.
    `composer_name` and `voices_name` tell one composer, or an operator's voices, from another, and
    nothing of it; the studio's own have none. The `place` of files may be lost; where whoever asks
    for a file fetches it there, `signed` has the addresses. `told_missing`
    has the entries whose lost files the log told of.
    """

    path: Path
    data: Path
    public_url: str
    store: Store
    queue: Queue
    blobs: Blobs
    cache: Path
    identity: Identity
    contract: Contract
    rules: Mapping[Operation, Mapping[VideoStatus, Cell]]
    clock: AdjustableClock
    control: SharedControl
    makers: Makers = field(default_factory=Makers)
    guesses: Guesses = field(default_factory=Guesses)
    token_uses: TokenUses = field(default_factory=TokenUses)
    quota: Quota = field(default_factory=Quota)
    incoming: Incoming = field(default_factory=Incoming)
    pages: Pages = field(default_factory=Pages)
    draining: Draining = field(default_factory=Draining)
    measures: Measures = field(default_factory=Unmeasured)
    shared: SharedCache | None = None
    signed: SignedFiles | None = None
    composer_name: str = ""
    voices_name: str = ""
    traces: Traces = field(default_factory=Untraced)
    voices: OwnVoices | None = None
    place: PlaceWatch = field(default_factory=PlaceWatch)
    told_missing: set[str] = field(default_factory=set)

    def now(self, tx: Transaction) -> float:
        """Return what time it is, whichever server was told so.

        For work of minutes, and for whoever has no session yet: a session that is checked does it.
        """
        self.control.follow(tx)
        return self.clock()

    def draw(self) -> random.SystemRandom | None:
        """Return what the next id is drawn from, after a look at how the studio stands.

        `None` if a seed is planted: ids are drawn from that.
        """
        return None if self.control.known.is_seeded else random.SystemRandom()

    def close(self) -> None:
        """Close the rows and the files."""
        self.store.close()
        self.blobs.close()
