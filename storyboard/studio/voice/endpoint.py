"""A voice behind an HTTP endpoint of the kind `/v1/audio/speech`, as a row tells it. Asks nobody.

A row may come with a folder of a stranger's. So a narration, and a key with it, goes to this
machine or to a host that the operator lists; and a row names a key among variables that hold keys
of voices and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from typing import Any, Final

from storyboard.errors import UsageError
from storyboard.origins import AddressFault, Origin, has_login, origin_of, parse_host
from storyboard.studio.voice.languages import told_tag

ANY: Final = "*"
"""The language of a voice that speaks all."""

HOSTS: Final = "STORYBOARD_VOICE_HOSTS"
KEY: Final = "STORYBOARD_VOICE_KEY"

_KEY_NAME: Final = re.compile(rf"{KEY}(?:_[A-Z0-9_]{{1,60}})?")
_KEYS: Final = frozenset(
    (
        *("url", "model", "voice", "language", "key_env", "presenters"),
        *("response_format", "sample_rate", "instructions", "speed"),
    )
)
_FORMATS: Final = ("wav", "pcm")
_PCM_RATE: Final = 24_000
"""Samples a second of `pcm`, which does not tell: what the endpoints of the kind have."""

_LONGEST: Final = {"url": 2_000, "model": 200, "voice": 200, "instructions": 4_096}


class EndpointFault(ValueError):
    """A row is not one of a voice; says what is wrong, behind the name of the file."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a voice is asked, and for what; `rate` is that of samples that tell none."""

    url: str
    model: str
    voice: str
    language: str
    key_env: str = ""
    presenters: tuple[str, ...] = ()
    format: str = "wav"
    rate: int = _PCM_RATE
    instructions: str = ""
    speed: float | None = None

    @property
    def name(self) -> str:
        """What the voice is called."""
        return self.voice or self.model

    @property
    def origin(self) -> Origin:
        """Where it is."""
        return origin_of(self.url)

    def speakers(self) -> tuple[int | None, ...]:
        """Return its only speaker."""
        return (None,)

    def mark(self) -> str:
        """Return what tells it from others; the key's variable is no part of a speech."""
        return repr(astuple(replace(self, key_env="")))

    def allowed(self, variables: Mapping[str, str]) -> str:
        """Return the key to ask with, empty without one; raises `UsageError` where none may be.

        `variables` are the operator's.
        """
        origin = self.origin
        if not origin.is_loopback and (origin.host, origin.port) not in _hosts(variables):
            raise UsageError(
                f"the voice '{self.name}' would send narrations to '{origin.location}'",
                hint=f"allow that: {HOSTS}={origin.location}",
            )
        if not self.key_env:
            return ""
        key = variables.get(self.key_env, "").strip()
        if not key:
            raise UsageError(
                f"the voice '{self.name}' needs the key in {self.key_env}, which is not set",
                hint="set it, or take 'key_env' out of voices.json",
            )
        if not (key.isascii() and key.isprintable() and " " not in key):
            raise UsageError(f"{self.key_env} has characters that no header can have")
        if origin.scheme == "http" and not origin.is_loopback:
            raise UsageError(
                f"the key of the voice '{self.name}' would be sent without encryption",
                hint="use https:, or a tunnel to 127.0.0.1",
            )
        return key


def read_endpoint(row: Mapping[str, Any]) -> Endpoint:
    """Read a row of an endpoint; raises `EndpointFault`."""
    odd = min(row.keys() - _KEYS, default=None)
    if odd is not None:
        known = ", ".join(sorted(_KEYS))
        raise EndpointFault(f"has the unknown setting '{odd[:40]}'", f"use: {known}, or file")
    told = {name: _text(row, name) for name in _LONGEST}
    if not told["url"] or not told["voice"]:
        raise EndpointFault(
            "has a voice without 'url' or 'voice'", "add them, or name a model by 'file'"
        )
    try:
        if has_login(told["url"]) or "#" in told["url"]:
            raise AddressFault("has a login or a fragment", "keep the key in a variable")
    except AddressFault as fault:
        raise EndpointFault(f"has a 'url' that {fault.message}", fault.hint) from fault
    key_env, form = row.get("key_env", ""), row.get("response_format", "wav")
    if key_env and not (isinstance(key_env, str) and _KEY_NAME.fullmatch(key_env)):
        # The name is not shown: it may be the key itself.
        raise EndpointFault(
            "names a variable for a key that is none of a voice's",
            f"keep the key in a variable that begins with {KEY}",
        )
    if form not in _FORMATS:
        raise EndpointFault(f"has the 'response_format' '{str(form)[:40]}'", "use wav or pcm")
    return Endpoint(
        **told,
        language=language_in(row),
        key_env=key_env or "",
        presenters=presenters_in(row),
        format=str(form),
        rate=int(_number(row, "sample_rate", 8_000, 96_000) or _PCM_RATE),
        speed=_number(row, "speed", 0.25, 4.0),
    )


def language_in(row: Mapping[str, Any]) -> str:
    """Return the tag that a row speaks, or `ANY`; raises `EndpointFault`."""
    told = row.get("language")
    if told == ANY:
        return ANY
    tag = told_tag(told)
    if tag is None:
        raise EndpointFault(
            f"has the 'language' '{str(told)[:40]}'", "write a tag such as de, or * for all"
        )
    return tag


def presenters_in(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the presenters for whom a row speaks; raises `EndpointFault`."""
    told = row.get("presenters", [])
    if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
        raise EndpointFault("has 'presenters' that are no list of names")
    return tuple(told)


def _text(row: Mapping[str, Any], name: str) -> str:
    told = row.get(name, "")
    if not isinstance(told, str) or len(told) > _LONGEST[name]:
        raise EndpointFault(f"has the '{name}' '{str(told)[:40]}'")
    return told


def _number(row: Mapping[str, Any], name: str, least: float, most: float) -> float | None:
    told = row.get(name)
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, int | float) or not least <= told <= most:
        raise EndpointFault(f"has the '{name}' '{str(told)[:40]}': expected {least:g} to {most:g}")
    return float(told)


def _hosts(variables: Mapping[str, str]) -> frozenset[tuple[str, int]]:
    listed = (each.strip() for each in variables.get(HOSTS, "").split(","))
    return frozenset(_host(each) for each in listed if each)


def _host(text: str) -> tuple[str, int]:
    try:
        return parse_host(text)
    except AddressFault as fault:
        raise UsageError(f"{HOSTS} {fault.message}", hint=fault.hint) from fault
