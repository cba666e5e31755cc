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

from storyboard.commands.film_folders import KALTURA as KALTURA
from storyboard.commands.film_folders import film_folder, films_here, is_usual_state, state_file
from storyboard.commands.state_places import SharedPlace, shared_place
from storyboard.commands.usual_service import usual_service
from storyboard.environment_variables import BY_KEY, VARIABLES
from storyboard.errors import CredentialsError, ProjectError, UsageError
from storyboard.kaltura.credentials import (
    AppTokenLogin,
    Credentials,
    GivenSession,
    SecretLogin,
    partner_of,
)
from storyboard.kaltura.secrets import Secret, is_sendable
from storyboard.language.project import finds_by_name
from storyboard.local_studio.opening import LOCAL
from storyboard.origins import (
    AddressFault,
    is_same_origin,
    origin_or_none,
    path_of,
    usable_base,
)
from storyboard.whole_numbers import whole_number
from storyboard.wire import AVATAR_HOSTS, POLL_SECONDS, REGIONS

_SECRET_KEYS: Final = tuple(v.key for v in VARIABLES if v.secret and v.key)
_LOCAL_POLL_SECONDS: Final = 0.25


@dataclass(frozen=True, slots=True)
class RemoteStudio:
    """A studio that is reached by HTTP; `user_id` is empty where no setting tells it.

    `control` is the login for the control plane at `control_url`, which only a local studio has.
    """

    avatar_url: str
    service_url: str
    credentials: Credentials
    partner_id: int | None
    user_id: str
    control_url: str | None = None
    control: SecretLogin | None = None


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
        composer_url=variables.get("STORYBOARD_COMPOSER_URL", ""),
        composer_token=Secret(variables.get("STORYBOARD_COMPOSER_TOKEN", "")),
        other_states={
            o: root / s for o, s in states.items() if s != states[name] and o not in shared
        },
        shared=shared.pop(name, None),
        other_shared=shared,
        variables=variables,
        root=root,
        by_name=finds_by_name(settings or {}),
    )


def remote_studio(settings: Settings) -> RemoteStudio:
    """Put together how a studio is reached; raises `UsageError` and `CredentialsError`."""
    avatar_url = _avatar_url(settings)
    service_url = settings.address("serviceUrl") or usual_service(
        settings.name, avatar_url, is_in_file=settings.keys.get("avatarUrl") is not None
    )
    _refuse_borrowed(settings, avatar_url, service_url)
    partner = settings.text("partnerId")
    partner_id = whole_number(partner) if partner else None
    if partner is not None and partner_id is None:
        raise CredentialsError(
            f"invalid partner id '{partner}': expected a number",
            hint="set it to your account's number",
        )
    user = settings.text("userId") or ""
    given = settings.secret("ksEnv")
    if partner_id is None and given:
        partner_id = partner_of(given)
    secret = settings.secret("adminSecretEnv")
    control_url = settings.variables.get("STORYBOARD_STUDIO_CONTROL")
    has_control = control_url and is_same_origin(control_url, avatar_url)
    if control_url and has_control:
        usable_address(control_url, "STORYBOARD_STUDIO_CONTROL")
    return RemoteStudio(
        avatar_url=avatar_url,
        service_url=service_url,
        credentials=_credentials(settings, partner_id, user, given, secret),
        partner_id=partner_id,
        user_id=user,
        control_url=control_url if has_control else None,
        control=(
            SecretLogin(partner_id, secret, user, session_type=2)
            if has_control and partner_id is not None and secret
            else None
        ),
    )


def _refuse_borrowed(settings: Settings, *urls: str) -> None:
    """Raise `CredentialsError` where secrets of a local studio would be sent to another one.

    `storyboard studio exec` sets the variables of all secrets to its own, beside its address.
    """
    control = settings.variables.get("STORYBOARD_STUDIO_CONTROL", "")
    own = settings.variables.get(BY_KEY["avatarUrl"].name, "")
    is_near = [is_same_origin(control, url) for url in urls]
    if all(is_near) or not (any(is_near) or is_same_origin(control, own)):
        return
    usual = {BY_KEY[key].name for key in _SECRET_KEYS}
    read = {str(settings.keys.get(key, BY_KEY[key].name)) for key in _SECRET_KEYS}
    borrowed = sorted(name for name in usual & read if settings.variables.get(name))
    if borrowed:
        raise CredentialsError(
            f"environment '{settings.name}' is another studio than the local one that "
            f"{borrowed[0]} is of",
            hint="run it outside of `storyboard studio exec`, in a shell without the variables of "
            "`storyboard studio`",
        )


def _avatar_url(settings: Settings) -> str:
    url = settings.address("avatarUrl")
    if url is not None:
        return url if path_of(url) else f"{url.rstrip('/')}/api/v1"
    region = settings.text("region")
    if region is None:
        # The file may say nothing of the built-in one, which is what the variables say.
        keyed = f"give it `region:` ({', '.join(REGIONS)}) in storyboard.yaml, set KALTURA_REGION"
        named = f"set KALTURA_REGION ({', '.join(REGIONS)})"
        raise CredentialsError(
            f"environment '{settings.name}' has no address",
            hint=f"{named if settings.name == KALTURA else keyed} or KALTURA_VOD_AVATAR_URL, "
            "or run it inside `storyboard studio exec -- …`",
        )
    if region not in AVATAR_HOSTS:
        raise UsageError(
            f"there is no region '{region}'", hint=f"choose one of: {', '.join(REGIONS)}"
        )
    return f"https://{AVATAR_HOSTS[region]}/api/v1"


def _credentials(
    settings: Settings,
    partner_id: int | None,
    user: str,
    given: Secret | None,
    secret: Secret | None,
) -> Credentials:
    token_id = settings.text("appTokenId")
    token = settings.secret("appTokenEnv")
    login: SecretLogin | AppTokenLogin | None = None
    if partner_id is not None and secret:
        login = SecretLogin(partner_id, secret, user)
    elif partner_id is not None and token_id and token:
        login = AppTokenLogin(partner_id, token_id, token, user)
    if given:
        return GivenSession(given, renewal=login if user else None)
    if login is None:
        raise CredentialsError(
            f"environment '{settings.name}' has no credentials",
            hint="set KALTURA_KS, or KALTURA_PARTNER_ID with KALTURA_ADMIN_SECRET, "
            "or KALTURA_PARTNER_ID with KALTURA_APP_TOKEN_ID and KALTURA_APP_TOKEN",
        )
    return login
