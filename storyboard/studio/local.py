"""Opens the studio of one workspace: data, application, renderers. No port, no command."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Unpack

from starlette.types import ASGIApp

from storyboard.errors import StudioError
from storyboard.studio.api.caption_services import attach, captions_payload
from storyboard.studio.api.payloads import medium_payload
from storyboard.studio.api.security import named_hosts, own_hosts, parse_origin, served_origins
from storyboard.studio.api.slow_calls import Threads
from storyboard.studio.app import build_app
from storyboard.studio.behavior.conditions import is_next
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.behavior.rights import CATALOG
from storyboard.studio.jobs.ended_jobs import EndedJobs
from storyboard.studio.jobs.forsaken_films import ForsakenFilms
from storyboard.studio.jobs.leftovers import sweep_strays
from storyboard.studio.jobs.lookout import Lookout
from storyboard.studio.jobs.runners import Renderers
from storyboard.studio.jobs.uploads import accept, captions_text
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries, session_rows, upload_tokens
from storyboard.studio.records.session import ADMIN, Principal, Session, mint
from storyboard.studio.voice.own_voices import voices_mark
from storyboard.studio.web.key import PageKey
from storyboard.studio.workspaces import Settings, open_workspace
from storyboard.wire import GUIDE

DEFAULT_USER: Final = "local"
_SESSION_SECONDS: Final = 86_400
_GRACE_SECONDS: Final = 3600.0
"""How long a file without an entry stays: an upload is stored just before its entry is."""


class Studio:
    """Owns one open workspace; `app` answers at once, `start` to `close` films are made."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        workers: int | None,
        allowed: tuple[str, ...],
        guests: tuple[str, ...],
        here: str,
    ) -> None:
        self.workspace = workspace
        self.here = here or workspace.public_url
        self._looks = tuple(each(workspace).look for each in (ForsakenFilms, Lookout, EndedJobs))
        self._renderers = Renderers(workspace, workers, self._look)
        self._threads = Threads()
        self._key = PageKey(workspace, DEFAULT_USER)
        named = named_hosts(allowed, workspace.public_url)
        self.app: ASGIApp = build_app(
            workspace,
            threads=self._threads,
            hosts=named.union(own_hosts(workspace.public_url)),
            origins=frozenset({workspace.public_url, *served_origins(named)}),
            guests=frozenset(guests),
            key=self._key,
        )

    @property
    def public_url(self) -> str:
        """Return the base of every URL that the studio gives out."""
        return self.workspace.public_url

    @property
    def page_key(self) -> str:
        """Return the key of the pages, the same for all servers of the studio."""
        return self._key.text

    @property
    def page_url(self) -> str:
        """Return where a browser sees the console; the key in it opens the pages of the studio."""
        return f"{self.public_url}/__studio/#key={self.page_key}"

    @property
    def studio_url(self) -> str:
        """Return where a person makes videos in a browser, as the local user; opened likewise."""
        return f"{self.public_url}/studio/#key={self.page_key}"

    @property
    def notice(self) -> tuple[Path, str, str]:
        """Return what is announced of a studio that is served: folder, address here and voices."""
        return self.workspace.path, self.here, voices_mark(self.workspace.voices)

    @property
    def partner_id(self) -> int:
        """Return the workspace's partner id."""
        return self.workspace.identity.partner_id

    @property
    def admin_secret(self) -> str:
        """Return the workspace's admin secret."""
        return self.workspace.identity.admin_secret

    def start(self) -> None:
        """Start rendering; films that a killed process left are taken up at once."""
        self.workspace.blobs.sweep()
        sweep_strays(self.workspace, time.time() - _GRACE_SECONDS)
        self._sweep_uploads()
        self._renderers.start()

    async def drain(self, seconds: float, is_hurried: Callable[[], bool] = lambda: False) -> None:
        """Take no more work; give what is in hand so long to end, or until `is_hurried`."""
        await self.workspace.draining.drain(seconds, is_hurried)

    def close(self) -> None:
        """Stop rendering, give unfinished films back to the queue, close the data."""
        self._renderers.close()
        self._threads.close()
        with suppress(StudioError):  # the next use is noted by whoever sees it
            self.workspace.token_uses.write(self.workspace.store, pause=0.0)
        self.workspace.close()

    def __enter__(self) -> Studio:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def admin_session(self, user_id: str = DEFAULT_USER) -> str:
        """Return a new admin KS, good for a day."""
        identity, now = self.workspace.identity, int(self.workspace.clock())
        session = Session(identity.partner_id, user_id, ADMIN, now + _SESSION_SECONDS)
        return mint(identity.admin_secret, session)

    def add_media(self, path: Path, entry_id: str | None = None) -> dict[str, Any]:
        """Make a copy of a file a media entry and return it; raises `StudioError`."""
        draft = self.workspace.blobs.draft(".upload")
        owner = Principal(self.partner_id, DEFAULT_USER)
        try:
            shutil.copyfile(path, draft)
            entry = accept(self.workspace, owner, draft, path.name, entry_id)
        except Refusal as cause:
            raise StudioError(f"'{path}' is refused: {cause.message}") from cause
        except OSError as cause:
            raise StudioError(f"'{path}' cannot be copied: {cause.strerror or cause}") from cause
        finally:
            draft.unlink(missing_ok=True)
        return medium_payload(entry)

    def add_captions(self, entry_id: str, path: Path, language: str = "English") -> dict[str, Any]:
        """Make an SRT or WebVTT file captions of an entry; raises `StudioError`."""
        try:
            content = captions_text(path.read_bytes())
            return captions_payload(
                attach(self.workspace, entry_id, language=language, content=content)
            )
        except Refusal as cause:
            raise StudioError(f"'{path}' is refused: {cause.message}") from cause
        except OSError as cause:
            raise StudioError(f"'{path}' cannot be read: {cause.strerror or cause}") from cause

    def list_media(self) -> list[dict[str, Any]]:
        """Return every media entry, newest first."""
        with self.workspace.store.read() as tx:
            return [medium_payload(e) for e in entries.find_all(tx) if e.has_content]

    def variables(self, user_id: str = DEFAULT_USER) -> dict[str, str]:
        """Return the environment that points a client to this studio, with the user's app token.

        Raises `StudioError` where the token cannot be kept.
        """
        with self.workspace.store.write() as tx:
            clock = self.workspace.clock
            whose = (self.partner_id, user_id)
            token = session_rows.usual_app_token(tx, *whose, now=clock(), real=clock.real())
        profile = self.workspace.contract.profile
        own = {} if profile == GUIDE else {"STORYBOARD_PROFILE": profile}
        if is_next(self.workspace.contract):
            own["KALTURA_AVATAR_CATALOG_URL"] = f"{self.public_url}{CATALOG.rstrip('/')}"
        return {
            "KALTURA_VOD_AVATAR_URL": f"{self.public_url}/api/v1",
            "KALTURA_SERVICE_URL": f"{self.public_url}/api_v3",
            "KALTURA_UNISPHERE_URL": f"{self.public_url}/v1",
            "KALTURA_PARTNER_ID": str(self.partner_id),
            "KALTURA_ADMIN_SECRET": self.admin_secret,
            "KALTURA_USER_ID": user_id,
            "KALTURA_KS": self.admin_session(user_id),
            "KALTURA_APP_TOKEN_ID": token.id,
            "KALTURA_APP_TOKEN": token.token,
            "STORYBOARD_STUDIO_CONTROL": f"{self.public_url}/__studio",
            **own,
        }

    def _look(self) -> None:
        for look in self._looks:
            look()
        self.workspace.token_uses.write(self.workspace.store)

    def _sweep_uploads(self) -> None:
        """Forget uploads that nobody goes on with, and bytes that belong to none."""
        upload_tokens.sweep(self.workspace.store, self.workspace.blobs, self.workspace.clock())
        with self.workspace.store.read() as tx:
            known = upload_tokens.ids(tx)
        self.workspace.blobs.uploads.discard_unknown(known, time.time() - _GRACE_SECONDS)


def open_studio(
    workspace: Path,
    *,
    workers: int | None = None,
    hosts: tuple[str, ...] = (),
    here: str = "",
    guests: tuple[str, ...] = (),
    **settings: Unpack[Settings],
) -> Studio:
    """Open a workspace, made where there is none; raises `StudioError`, `UsageError`.

    The application serves `public_url`'s host, loopback names on its port, and `hosts`, and lets
    pages of the origins `guests` use it; several processes may have one workspace open. Where
    `public_url` is a proxy's, this machine reaches the studio at `here`. Nothing renders before
    `start`. The `settings` are those of the workspace.
    """
    let_in = tuple(map(parse_origin, guests))
    opened = open_workspace(workspace, **settings)
    try:
        opened.control.begin()
    except BaseException:
        opened.close()
        raise
    allowed = (*hosts, *own_hosts(here)) if here else hosts
    return Studio(opened, workers=workers, allowed=allowed, guests=let_in, here=here)
