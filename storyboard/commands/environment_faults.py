"""What the project's file may not say of an environment: whom to send secrets to, and which.

`check` shows these faults with their places, and every other command refuses them, by this code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from storyboard.allowances import (
    ADDRESS_KEYS,
    ALLOW_VARIABLES,
    OWN_PREFIX,
    Allowances,
    allow_hint,
)
from storyboard.commands.environment_fault import EnvironmentFault
from storyboard.commands.environment_places import Declared, place_faults
from storyboard.commands.film_folders import KALTURA, films_here
from storyboard.commands.identity_faults import identity_faults
from storyboard.commands.state_places import refused_host, shared_place
from storyboard.environment_variables import VARIABLES
from storyboard.language.project import Project
from storyboard.local_studio.opening import LOCAL
from storyboard.origins import AddressFault, usable_base
from storyboard.source.diagnostic import Diagnostic, diagnose
from storyboard.state.place_refused import PlaceRefused
from storyboard.state.server_place import ServerPlace

BUILT_IN: Final = (LOCAL, KALTURA)
_SECRET_KEYS: Final = tuple(each.key for each in VARIABLES if each.key and each.secret)
_ACCOUNT_KEYS: Final = tuple(each.key for each in VARIABLES if each.key and each.key != "profile")
_IDENTITY_KEYS: Final = ("studio", "identity", *_ACCOUNT_KEYS)


def environment_faults(
    declared: Declared, variables: Mapping[str, str], root: Path, used: str
) -> Iterator[EnvironmentFault]:
    """Yield what is refused of a project's environments; `variables` are the operator's.

    What does not differ by operator is looked at in all of them, and whether a host may get secrets
    in the `used` one alone: whoever checks texts need not allow the hosts of every environment.
    """
    allowances = Allowances.of(variables)
    for name, keys in declared.items():
        if name in BUILT_IN:
            yield from _built_in(name, keys)
            continue
        yield from _not_served(name, declared)
        yield from _variables(name, keys, allowances)
        yield from _addresses(name, keys, allowances if name == used else None)
        if name == used:
            yield from _state_host(name, declared, allowances)
    yield from place_faults(declared, root)
    yield from identity_faults({n: k for n, k in declared.items() if n not in BUILT_IN})


def find_faults(
    project: Project, declared: Declared, variables: Mapping[str, str], root: Path, used: str
) -> tuple[Diagnostic, ...]:
    """Return the faults as findings, each with its place in the project's file."""
    return tuple(
        _placed(project, fault) for fault in environment_faults(declared, variables, root, used)
    )


def _placed(project: Project, fault: EnvironmentFault) -> Diagnostic:
    place = project.environments[fault.environment].place
    span = place.key_span if fault.key is None else place.at(fault.key, *fault.below).span
    return diagnose(fault.code, fault.message, span, fault.hint)


def _built_in(name: str, keys: Mapping[str, Any]) -> Iterator[EnvironmentFault]:
    """Refuse another studio or account under a name that says which one it is.

    Who gives `-e local`, or no `-e` at all, means the studio of this machine.
    """
    for key in _IDENTITY_KEYS:
        if key in keys and not (key == "studio" and keys[key] == name):
            yield EnvironmentFault(
                name,
                key,
                "environment-built-in",
                f"'{key}' cannot be set for the built-in environment '{name}'",
                "move it to an environment with a name of your own, and choose that with `-e NAME`",
            )


def _not_served(name: str, declared: Declared) -> Iterator[EnvironmentFault]:
    """Refuse an address or an account of the studio in this process: nothing would be sent there.

    Whoever writes one means a local studio that is served, for which a file says `kaltura`.
    """
    keys = declared[name]
    set_ = [key for key in _ACCOUNT_KEYS if keys.get(key) is not None]
    if set_ and films_here(name, declared):
        yield EnvironmentFault(
            name,
            set_[0],
            "environment-not-served",
            f"'{set_[0]}' cannot be set with `studio: local`, which is the studio in this project",
            "for a local studio that is served, or for Kaltura, write `studio: kaltura`",
        )


def _variables(
    name: str, keys: Mapping[str, Any], allowances: Allowances
) -> Iterator[EnvironmentFault]:
    """Refuse names of variables; they are not shown, since some write the secret there instead."""
    for key in _SECRET_KEYS:
        if keys.get(key) is not None and not allowances.variable(str(keys[key])):
            yield EnvironmentFault(
                name,
                key,
                "variable-refused",
                f"'{key}' names a variable that does not start with {OWN_PREFIX}",
                f"rename the variable to {OWN_PREFIX}…, or add its name to {ALLOW_VARIABLES} "
                "where you run storyboard",
            )


def _state_host(
    name: str, declared: Declared, allowances: Allowances
) -> Iterator[EnvironmentFault]:
    """Refuse a server that keeps the state, if the allowances do not have its host."""
    with suppress(PlaceRefused):
        place = shared_place(name, declared)
        if isinstance(place, ServerPlace) and not allowances.state_host(place.origin):
            yield EnvironmentFault(name, "state", "host-refused", *refused_host(place))


def _addresses(
    name: str, keys: Mapping[str, Any], allowances: Allowances | None
) -> Iterator[EnvironmentFault]:
    """Refuse what is no address, and a host that the allowances do not have."""
    for key in ADDRESS_KEYS:
        if keys.get(key) is None:
            continue
        try:
            origin = usable_base(str(keys[key]))
        except AddressFault as fault:
            message = f"'{key}' {fault.message}"
            yield EnvironmentFault(name, key, "address-refused", message, fault.hint)
            continue
        if allowances is not None and not allowances.host(origin):
            yield EnvironmentFault(
                name,
                key,
                "host-refused",
                f"'{key}' would send your credentials to '{origin.location}', which is not "
                "Kaltura's",
                allow_hint(origin),
            )
