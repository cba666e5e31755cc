"""An environment's settings: which studio, as whom, whose state, where films go. Opens nothing.

Two environments are built in: `local`, the studio in this process, and `kaltura`, all of which is
read from `KALTURA_*` variables. A project's `environments` set the same by file, with the names of
variables in the place of secrets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from storyboard.commands.film_folders import (
    KALTURA,
    film_folder,
    films_here,
    is_usual_state,
    state_file,
)
from storyboard.commands.state_places import SharedPlace, shared_place
from storyboard.environment_variables import BY_KEY, VARIABLES
from storyboard.errors import CredentialsError, ProjectError, UsageError
from storyboard.kaltura.secrets import Secret, is_sendable
from storyboard.local_studio.opening import LOCAL
from storyboard.origins import (
    AddressFault,
    origin_or_none,
    usable_base,
)
from storyboard.wire import GUIDE, POLL_SECONDS, PROFILES

_SECRET_KEYS: Final = tuple(v.key for v in VARIABLES if v.secret and v.key)
_LOCAL_POLL_SECONDS: Final = 0.25
"""A studio of this machine is asked often: a film from its cache is there in a third of a second.
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """Looks a value up: the project's key, else the environment variable of the same meaning."""

    name: str
    keys: Mapping[str, Any]
    variables: Mapping[str, str]

    def text(self, key: str) -> str | None:
        """Return a value, or None where neither says anything."""
        told = self.keys.get(key)
        return str(told) if told is not None else self.variables.get(BY_KEY[key].name) or None

    def secret(self, key: str) -> Secret | None:
        """Return a secret out of the variable that the project's key names, or the usual one."""
        return read_secret(self.variables, str(self.keys.get(key, BY_KEY[key].name)))

    def address(self, key: str) -> str | None:
        """Return an address that secrets may be sent to, None where nothing tells one.

        Raises `CredentialsError` for one that is not usable.
        """
        url = self.text(key)
        is_in_file = self.keys.get(key) is not None
        return url and usable_address(url, f"'{key}'" if is_in_file else BY_KEY[key].name)

    @property
    def is_near(self) -> bool:
        """Whether the avatar API is on this machine."""
        origin = origin_or_none(self.text("avatarUrl") or "")
        return origin is not None and origin.is_loopback


@dataclass(frozen=True, slots=True)
class Environment:
    """A set of settings to apply with. `settings` is None for the studio in this process.

    `profile` is the generation of the API that the studio speaks.

    The composer is what writes that studio's scenes, if not its own offline one. `other_states`
    are those of the other environments, by name. `root` is the project's folder. Where its folders
    lead, whoever writes there looks first: a link out keeps nobody from what does not. `by_name`
    says that videos are found by their names, and that the state is only a cache.

    `shared` is where the state is if several machines share it; `state_path` is then where this one
    keeps what could not be written. `variables` are the operator's.
    """

    name: str
    settings: Settings | None
    state_path: Path
    download_dir: Path | None
    profile: str = GUIDE
    composer_url: str = ""
    composer_token: Secret = field(default_factory=lambda: Secret(""))
    other_states: Mapping[str, Path] = field(default_factory=dict)
    shared: SharedPlace | None = None
    other_shared: Mapping[str, SharedPlace] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)
    root: Path = field(default_factory=Path)
    by_name: bool = False

    @property
    def state_shown(self) -> str:
        """Where the state is, as messages name it."""
        return str(self.shared or self.state_path)

    @property
    def is_private(self) -> bool:
        """Whether the state is of a studio in this folder, and where no file says."""
        is_usual = is_usual_state(self.state_path, self.root, self.name)
        return self.settings is None and is_usual

    @property
    def poll_seconds(self) -> float:
        """Pause between two looks at rendering films: 10 s (guide §13), less on this machine."""
        near = self.settings is None or self.settings.is_near
        return _LOCAL_POLL_SECONDS if near else POLL_SECONDS


def _by_name(settings: Mapping[str, Any]) -> bool:
    # Most projects name no environment, and need not wait for the language's own modules.
    from storyboard.language.project import finds_by_name

    return finds_by_name(settings)


def _refuse_faults(
    name: str,
    declared: Mapping[str, Mapping[str, Any]],
    variables: Mapping[str, str],
    root: Path,
) -> None:
    # Most projects name no environment, and need not wait for what judges them.
    from storyboard.commands.environment_faults import environment_faults

    for fault in environment_faults(declared, variables, root, name):
        said = f"environment '{fault.environment}': {fault.message}"
        raise ProjectError(said, hint=fault.hint)


def read_secret(variables: Mapping[str, str], name: str) -> Secret | None:
    """Return the secret in a variable, without the line end that a file of secrets gives it.

    Raises `CredentialsError` for one that no request could carry, and does not show it.
    """
    value = variables.get(name, "").strip()
    if value and not is_sendable(value):
        raise CredentialsError(
            f"{name} holds characters that no secret of Kaltura has",
            hint="copy it again, as one line of ASCII characters without spaces",
        )
    return Secret(value) if value else None


def usable_address(url: str, teller: str) -> str:
    """Return an address that secrets may be sent to; `teller` is the variable or key that has it.

    Raises `CredentialsError`, which says what tells the address, and never what it is.
    """
    try:
        usable_base(url)
    except AddressFault as fault:
        raise CredentialsError(f"{teller} {fault.message}", hint=fault.hint) from fault
    return url


def profile_of(settings: Settings) -> str:
    """Return the generation of the API that is told of; raises `UsageError` for one unknown."""
    if settings.keys.get("profile") is not None:
        told = str(settings.keys["profile"])
        return told if told in PROFILES else GUIDE  # the schema finds fault with the file
    told = settings.text("profile") or GUIDE
    if told not in PROFILES:
        name = BY_KEY["profile"].name
        raise UsageError(
            f"invalid {name} '{told[:40]}': expected a profile",
            hint=f"choose one of: {', '.join(PROFILES)}",
        )
    return told


def resolve_environment(
    name: str,
    declared: Mapping[str, Mapping[str, Any]],
    variables: Mapping[str, str],
    root: Path,
) -> Environment:
    """Find an environment by name; raises `UsageError` where there is none.

    Raises `ProjectError` for what a project's file may not say of any environment. `declared` is
    the project's `environments`, `variables` the environment of the command.
    """
    settings = declared.get(name)
    if settings is None and name not in (LOCAL, KALTURA):
        known = ", ".join(dict.fromkeys((*declared, LOCAL, KALTURA)))
        raise UsageError(f"there is no environment '{name}'", hint=f"choose one of: {known}")
    told = Settings(name, settings or {}, variables)
    if declared:
        _refuse_faults(name, declared, variables, root)
    download = film_folder(name, declared)
    states = {other: state_file(other, declared) for other in (LOCAL, KALTURA, *declared)}
    shared = {o: place for o in declared if (place := shared_place(o, declared))}
    return Environment(
        name=name,
        settings=None if films_here(name, declared) else told,
        state_path=root / state_file(name, declared),
        download_dir=root / download if download else None,
        profile=profile_of(told),
        composer_url=variables.get("STORYBOARD_COMPOSER_URL", ""),
        composer_token=Secret(variables.get("STORYBOARD_COMPOSER_TOKEN", "")),
        other_states={
            o: root / s for o, s in states.items() if s != states[name] and o not in shared
        },
        shared=shared.pop(name, None),
        other_shared=shared,
        variables=variables,
        root=root,
        by_name=settings is not None and _by_name(settings),
    )
