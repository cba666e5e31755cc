"""Opens what one studio keeps and how it behaves, for whoever serves it or works for it."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final, TypedDict, Unpack

from storyboard.disk.inside import refuse_links
from storyboard.disk.writing import ignore_in_git, made_folder, private_folder
from storyboard.errors import StudioError, UsageError
from storyboard.origins import AddressFault, parse_host
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.transitions import rules
from storyboard.studio.compose.remote import RemoteComposer
from storyboard.studio.compose.web_pages import Pages
from storyboard.studio.jobs.file_places import files_unasked, open_files
from storyboard.studio.jobs.file_signing import sign_files
from storyboard.studio.jobs.lost_pairing import pair_files
from storyboard.studio.jobs.makers import FilmMaker, Makers
from storyboard.studio.jobs.measures import Measures, Unmeasured
from storyboard.studio.jobs.pairing_again import Paired
from storyboard.studio.jobs.place_watch import PlaceWatch
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.clock import AdjustableClock, Clock
from storyboard.studio.records.data_folder import data_folder
from storyboard.studio.records.identity import (
    DATA_FOLDERS,
    ELSEWHERE,
    FOLDERS,
    Identity,
    find_identity,
    load_identity,
)
from storyboard.studio.records.opening import open_store
from storyboard.studio.records.quota import Quota
from storyboard.studio.records.shared_control import SharedControl
from storyboard.studio.records.table_queue import TableQueue
from storyboard.studio.voice.own_voices import own_voices, voices_mark
from storyboard.tracing.spans import Traces, Untraced

IN_PROCESS_URL: Final = "http://127.0.0.1"

_NAME_LENGTH: Final = 12
"""Characters of a hash that tell the composers, and the voices, of one studio apart."""


class Settings(TypedDict, total=False):
    """How a workspace is opened, each setting by its name.

    What answers at `composer_url` composes in place of the studio's own composer, which is offline.
    Pages of `page_hosts` may be sources of compositions. Over the network, users send no more than
    the `quota`. The PostgreSQL `database` keeps the rows where there is one, and the place `files`
    the files, with the logins that the operator's `variables` tell; `None` is for what asks the
    rows alone. With `signed_files`, the place is a bucket, from which whoever asks for a file
    fetches it. The `measures` are told what is done, and the `traces` what led to it. The `voices`
    of a folder speak before the studio's own.
    """

    public_url: str
    film_maker: FilmMaker | None
    makers: Makers | None
    contract: Contract | Mapping[str, str] | None
    clock: Clock
    composer_url: str
    composer_token: str
    page_hosts: tuple[str, ...]
    quota: Quota | None
    database: str
    files: str | None
    signed_files: bool
    variables: Mapping[str, str]
    measures: Measures
    traces: Traces
    voices: Path | None


def open_workspace(workspace: Path, **settings: Unpack[Settings]) -> Workspace:
    """Open a workspace, made where there is none; raises `StudioError`, `UsageError`."""
    contract = settings.get("contract")
    switches = contract if isinstance(contract, Contract) else Contract(contract)
    pages = Pages(frozenset(map(_page_host, settings.get("page_hosts", ()))))
    variables = settings.get("variables", os.environ)
    public_url = settings.get("public_url", IN_PROCESS_URL).rstrip("/")
    voices = own_voices(settings.get("voices"), variables)
    makers = _makers(settings)
    makers = makers if voices is None else makers.speaking(voices)
    identity, data = _folders(workspace)
    quota, place = settings.get("quota") or Quota(), settings.get("files", "")
    is_signed = settings.get("signed_files", False)
    signed = sign_files(place or "", identity, variables, public_url) if is_signed else None
    store = open_store(workspace, data, identity, settings.get("database", ""))
    clock = AdjustableClock(settings.get("clock", time.time))
    try:
        if place is None:
            opened = files_unasked(workspace, data)
        else:
            opened = open_files(workspace, data, identity, store, place, variables, quota.cache)
    except BaseException:
        store.close()
        raise
    return Workspace(
        path=workspace,
        data=data,
        public_url=public_url,
        store=store,
        queue=TableQueue(store),
        blobs=opened.blobs,
        signed=signed,
        place=PlaceWatch(opened.lost, write=opened.write),
        cache=opened.cache,
        shared=opened.shared,
        identity=identity,
        contract=switches,
        rules=rules(switches),
        makers=makers,
        clock=clock,
        control=SharedControl(store, clock),
        quota=quota,
        pages=pages,
        measures=settings.get("measures") or Unmeasured(),
        traces=settings.get("traces") or Untraced(),
        composer_name=_composer_name(settings.get("composer_url", "")),
        voices=voices,
        voices_name=voices_mark(voices)[:_NAME_LENGTH],
    )


def pair_workspace(workspace: Path, *, database: str, files: str, accepts_loss: bool) -> Paired:
    """Pair a workspace with its place of files again; raises `StudioError`, `UsageError`."""
    if find_identity(workspace) is None:
        raise StudioError(
            f"there is no studio in '{workspace}'",
            hint="name its folder: --workspace DIR",
        )
    if not files:
        raise UsageError(
            "no place of files is named", hint="pass --files URL, or set STORYBOARD_FILES"
        )
    identity, data = _folders(workspace)
    with closing(open_store(workspace, data, identity, database)) as store:
        return pair_files(
            store, files, workspace, data, identity, os.environ, accepts_loss=accepts_loss
        )


def _makers(settings: Settings) -> Makers:
    made = settings.get("makers") or Makers()
    film, url = settings.get("film_maker"), settings.get("composer_url")
    if url:
        made = replace(made, composer=RemoteComposer(url, settings.get("composer_token", "")))
    return made if film is None else replace(made, film=film)


def _composer_name(url: str) -> str:
    """Return what tells a composer from another, and neither where it is nor what is in its URL."""
    return hashlib.sha256(url.encode()).hexdigest()[:_NAME_LENGTH] if url else ""


def _page_host(text: str) -> tuple[str, int]:
    try:
        return parse_host(text)
    except AddressFault as fault:
        raise UsageError(f"'{text}' {fault.message}", hint=fault.hint) from fault


def _folders(workspace: Path) -> tuple[Identity, Path]:
    """Make the folders of a workspace where they are missing; refuse one that was sent.

    Returns whose it is, and the folder of its data.
    """
    refuse_links(workspace, "delete the link; a workspace on another disk is named by --workspace")
    try:
        made_folder(workspace, inside=workspace, mode=0o700)
        identity = load_identity(workspace)
        ignore_in_git(workspace, inside=workspace)
        data = data_folder(workspace, identity)
        wanted = (*(workspace / name for name in FOLDERS), data)
        for folder in (*wanted, *(data / name for name in DATA_FOLDERS)):
            private_folder(folder, inside=workspace)
        return identity, data
    except OSError as cause:
        why = (cause.strerror or str(cause)).lower()
        raise StudioError(
            f"the studio cannot keep its data in '{workspace}': {why}", hint=ELSEWHERE
        ) from cause
