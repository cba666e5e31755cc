"""One call of a v3 service, or the several of a `multirequest`: who may, what it does, the journal.

Knows no format and no body.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from storyboard.errors import StudioError
from storyboard.studio.api.app_token_services import APP_TOKEN_SERVICES
from storyboard.studio.api.authentication import Visit, admitted
from storyboard.studio.api.caption_services import CAPTION_SERVICES
from storyboard.studio.api.chapter_services import CHAPTER_SERVICES
from storyboard.studio.api.entry_services import ENTRY_SERVICES
from storyboard.studio.api.failures import status_of, world_refusal
from storyboard.studio.api.multirequest import Answers, Member, members_of, resolved
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.api.payloads import error_payload
from storyboard.studio.api.search_services import SEARCH_SERVICES
from storyboard.studio.api.session_services import SESSION_SERVICES
from storyboard.studio.api.upload_services import UPLOAD_SERVICES, UPLOADS
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.behavior.rights import GROWING
from storyboard.studio.behavior.rights import SERVICES as SERVICES_PATH
from storyboard.studio.jobs.disk_room import check_room_for_rows
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.journal import Api, Call, Journal

SERVICES: Final = {
    **SESSION_SERVICES,
    **APP_TOKEN_SERVICES,
    **ENTRY_SERVICES,
    **SEARCH_SERVICES,
    **CAPTION_SERVICES,
    **CHAPTER_SERVICES,
    **UPLOAD_SERVICES,
}
FILES: Final = frozenset({"caption_captionasset/serve"})
"""The services that answer with a file, whatever format was asked for."""

MULTIREQUEST: Final = "multirequest"
_EMULATED: Final = frozenset(name.partition("/")[0] for name in SERVICES)
_ALONE: Final = FILES | UPLOADS
"""What comes or goes as a file is no member of several calls."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose call it is, and whether the journal keeps it."""

    visit: Visit
    user: str | None = None
    is_noted: bool = True


class ServiceCalls:
    """Carries calls out in one studio."""

    def __init__(self, workspace: Workspace, journal: Journal) -> None:
        self._workspace = workspace
        self._journal = journal

    def answer(self, name: str, given: Parameters, asked: Asked) -> Any:
        """Return a service's answer; raises `Refusal`. The journal keeps both."""
        with self._noted(name, given, asked):
            return self._carry_out(name.lower(), given, asked.visit)

    def answer_each(self, given: Parameters, asked: Asked) -> list[Any]:
        """Return what each member of a multirequest is answered, or refused, one after another."""
        if given.upload is not None:
            raise Refusal(StudioCode.NOT_EMULATED, "This studio takes no file in a multirequest")
        answers = Answers()
        for member in members_of(given):
            try:
                answers.add(self._answer_member(member, answers, asked))
            except Refusal as refusal:
                answers.add(error_payload(refusal))
            except (StudioError, OSError) as cause:
                answers.add(error_payload(world_refusal(member.name, cause)))
        return answers.found

    def _answer_member(self, member: Member, answers: Answers, asked: Asked) -> Any:
        name = member.name.lower()
        with self._noted(member.name, Parameters(dict(member.values)), asked):
            answers.check_room()
            if name in _ALONE or name.partition("/")[0] == MULTIREQUEST:
                raise Refusal(
                    StudioCode.NOT_EMULATED,
                    f"This studio does not answer '{name}' in a multirequest",
                )
            return self._carry_out(name, Parameters(resolved(member, answers.found)), asked.visit)

    def _carry_out(self, name: str, given: Parameters, visit: Visit) -> Any:
        name = name.rstrip("/")
        service = SERVICES.get(name)
        if service is None and name.partition("/")[0] in _EMULATED:
            raise Refusal(StudioCode.NOT_EMULATED, f"This studio does not emulate '{name}'")
        if service is None:
            raise Refusal(
                StudioCode.SERVICE_DOES_NOT_EXISTS,
                f"Service '{name}' does not exist",
                {"NAME": name},
            )
        row = f"{SERVICES_PATH}{name}"
        visit = admitted(self._workspace, row, given.text("ks", default=""), visit)
        if row in GROWING:
            check_room_for_rows(self._workspace)
        return service(self._workspace, given, visit)

    @contextmanager
    def _noted(self, name: str, given: Parameters, asked: Asked) -> Iterator[None]:
        """Have the journal keep a call that was answered or refused; one that broke is neither."""
        begun = time.monotonic()

        def note(status: int, code: str | None) -> None:
            if not asked.is_noted:
                return
            took, now = time.monotonic() - begun, self._workspace.clock()
            told = (now, name, given.values, status, code, took)
            file = None if given.upload is None else given.upload.name or "file"
            self._journal.note(Call(*told, api=Api.SERVICES, file=file, user=asked.user))

        try:
            yield
        except Refusal as refusal:
            note(status_of(self._workspace.contract, refusal), refusal.code.value)
            raise
        note(200, None)
