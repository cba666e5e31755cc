"""The project file: what all storyboards share, and the settings to apply them with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storyboard.language.lost import NOTHING_LOST, LostDefinitions
from storyboard.language.place import Place, Written, members
from storyboard.language.storyboard import bind_locales, bind_say, plain
from storyboard.source.document import Document
from storyboard.source.span import Span

DEFAULT_STORYBOARDS = (
    "storyboards/**/*.yaml",
    "storyboards/**/*.yml",
    "*.storyboard.yaml",
    "*.storyboard.yml",
)
"""Where storyboards are looked for when the project file does not say."""


@dataclass(frozen=True, slots=True)
class EnvironmentOverlay:
    """What an environment changes in the storyboards: variables, and remote entries by name.

    `by_name` says that it finds videos by their names, `burns_captions` that its films have their
    captions in the picture.
    """

    name: str = "local"
    variables: Mapping[str, Any] = field(default_factory=dict)
    entries: Mapping[str, Written] = field(default_factory=dict)
    place: Place | None = None
    by_name: bool = False
    burns_captions: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """The project file, or all defaults where there is none.

    `environments` and `policy` are handed on as they stand: who connects to a studio reads them,
    and who plans.
    """

    document: Document | None = None
    avatar: Written | None = None
    avatars: Mapping[str, Written] = field(default_factory=dict)
    entries: Mapping[str, Written] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    locales: tuple[str, ...] | None = None
    storyboards: tuple[str, ...] = DEFAULT_STORYBOARDS
    environments: Mapping[str, Written] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)
    policy: Mapping[str, Written] = field(default_factory=dict)
    say: Mapping[str, str] = field(default_factory=dict)
    says_in_payload: bool = False
    titles: Mapping[str, Written] = field(default_factory=dict)
    lost: LostDefinitions = NOTHING_LOST

    @property
    def place(self) -> Place | None:
        """Return the whole file's place, where there is a file."""
        return None if self.document is None else Place(self.document)

    @property
    def protected(self) -> tuple[Written, ...]:
        """Return the patterns of addresses that are protected, each with its place."""
        written = self.policy.get("protect")
        if written is None or not isinstance(written.value, list):
            return ()
        return tuple(
            Written(pattern, written.place.at(number))
            for number, pattern in enumerate(written.value)
            if isinstance(pattern, str)
        )

    @property
    def span(self) -> Span | None:
        """Return the start of the project file, where there is one."""
        return None if self.document is None else self.document.key_span(("storyboards",))

    def overlay(self, environment: str) -> EnvironmentOverlay:
        """Return what the named environment changes; nothing where the file does not name it."""
        written = self.environments.get(environment)
        if written is None:
            return EnvironmentOverlay(environment)
        parts = members(written)
        entries = members(parts.get("entries"))
        return EnvironmentOverlay(
            environment,
            plain(parts.get("vars")),
            entries,
            written.place,
            finds_by_name(plain(written)),
            plain(written).get("burnCaptions") is True,
        )


def finds_by_name(keys: Mapping[str, Any]) -> bool:
    """Whether an environment finds its videos by their names, and needs no state for it."""
    return keys.get("identity") == "name"


def bind_project(document: Document) -> Project:
    """Read a project out of a document; what the schema refuses is left out, silently."""
    top = members(Written(document.data, Place(document)))
    return Project(
        document=document,
        avatar=top.get("avatar"),
        avatars=members(top.get("avatars")),
        entries=members(top.get("entries")),
        variables=plain(top.get("vars")),
        locales=bind_locales(top.get("locales")),
        storyboards=_globs(top.get("storyboards")),
        environments=members(top.get("environments")),
        checks=_severities(top.get("checks")),
        policy=members(top.get("policy")),
        say=bind_say(top.get("say")),
        says_in_payload="say_in_payload" in top and top["say_in_payload"].value is True,
        titles=members(top.get("titles")),
    )


def _globs(written: Written | None) -> tuple[str, ...]:
    if written is not None and isinstance(written.value, str):
        return (written.value,)
    if written is None or not isinstance(written.value, list):
        return DEFAULT_STORYBOARDS
    return tuple(pattern for pattern in written.value if isinstance(pattern, str))


def _severities(written: Written | None) -> Mapping[str, str]:
    return {k: v for k, v in plain(written).items() if isinstance(v, str)}
