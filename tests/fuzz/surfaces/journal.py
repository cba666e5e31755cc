"""The journal: any body is kept or left out, without secrets, and its command is one command."""

from __future__ import annotations

import json
import shlex

from storyboard.studio.api.multipart import Form
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.records.journal import Api, Call, Journal
from tests.fuzz.surface import Broken, Surface, without_folder, words


def _law(text: bytes) -> None:
    name, _, rest = text.partition(b"\n")
    query, _, body = rest.partition(b"\n")
    action, uri = (part.decode("utf-8", "replace") for part in (name, query))
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        try:
            given = Parameters.parse(uri, body, kind)
        except Refusal:
            continue
        _check(action, given.values)
    try:
        given = Parameters.of_form(uri, Form((("json", body.decode("utf-8", "replace")),), None))
    except Refusal:
        return
    _check(action, given.values, file=action)


def _check(action: str, body: dict[str, object], file: str | None = None) -> None:
    journal = Journal()
    for api in Api:
        journal.note(Call(1.0, f"media/{action}", body, 200, None, 0.1, api=api, file=file))
    for call in journal.calls():
        json.dumps(call.body).encode()
        if not shlex.split(call.curl)[0] == "curl":
            raise Broken("a command that is not curl")
        secret = call.body.get("secret")
        if call.api is Api.SERVICES and secret not in (None, "…"):
            raise Broken("a secret that is kept")


SURFACE = Surface(
    "journal",
    without_folder(_law),
    (
        *words("""ks secret tokenHash filter:idIn filter[idIn] filter[][] a:b:c a[b]c]d : [ ] & = +
        %20 %00 %ff %ED%A0%80 ' " $ ` \\ $(id) ; | json fileData objectType format=1 djJ8abcdef
        "\\ud800" {} [] null"""),
        b"\n", b'{"secret": "a"}', b'{"secret": {"a": 1}}', b"a=1&" * 1100, b'{"a":' * 990,
    ),
    rounds=3000,
)  # fmt: skip
