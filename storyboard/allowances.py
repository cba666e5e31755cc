"""What a project's file may choose of the operator's: hosts for secrets, variables for their names.

Anybody who may open a pull request writes the file; only the operator sets environment variables.
So the file chooses among Kaltura's own hosts and those that variables name, and among variables
that are Kaltura's by their name, unless the operator allows more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from storyboard.environment_variables import BY_KEY
from storyboard.errors import UsageError
from storyboard.origins import AddressFault, Origin, origin_of, parse_host, usable_base
from storyboard.wire import AVATAR_HOSTS, CATALOG_URL, SERVICE_HOST

ALLOW_HOSTS: Final = "STORYBOARD_ALLOW_HOSTS"
ALLOW_VARIABLES: Final = "STORYBOARD_ALLOW_VARIABLES"
OWN_PREFIX: Final = "KALTURA_"
ADDRESS_KEYS: Final = ("avatarUrl", "serviceUrl", "catalogUrl")
"""The settings that name where secrets go."""

_KALTURA: Final = frozenset(
    (host, 443) for host in (*AVATAR_HOSTS.values(), SERVICE_HOST, origin_of(CATALOG_URL).host)
)


@dataclass(frozen=True, slots=True)
class Allowances:
    """The hosts (with their ports) and the variables that a project's file may name.

    `named` are those of the hosts that the operator lists.
    """

    hosts: frozenset[tuple[str, int]] = _KALTURA
    variables: frozenset[str] = frozenset()
    named: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> Allowances:
        """Read the operator's environment; raises `UsageError` for what is no list of hosts."""
        named = frozenset(_named_hosts(variables))
        names = frozenset(listed_in(variables, ALLOW_VARIABLES))
        return cls(_KALTURA.union(_own_hosts(variables), named), names, named)

    def host(self, origin: Origin) -> bool:
        """Whether a file may send the account's secrets there."""
        return (origin.host, origin.port) in self.hosts

    def state_host(self, origin: Origin) -> bool:
        """Whether a file may send the login of a state there, which no studio has to know."""
        return (origin.host, origin.port) in self.named

    def variable(self, name: str) -> bool:
        """Whether a file may have a variable read as a secret."""
        return name.startswith(OWN_PREFIX) or name in self.variables


def allow_hint(origin: Origin) -> str:
    """Return what the operator does to allow a host."""
    return f"if you trust that host, set {ALLOW_HOSTS}={origin.location} where you run storyboard"


def _own_hosts(variables: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield where the operator sends the secrets anyway; what is no address is told when used."""
    for key in ADDRESS_KEYS:
        try:
            origin = usable_base(variables.get(BY_KEY[key].name, ""))
        except AddressFault:
            continue
        yield origin.host, origin.port


def _named_hosts(variables: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for text in listed_in(variables, ALLOW_HOSTS):
        try:
            yield parse_host(text)
        except AddressFault as fault:
            raise UsageError(
                f"'{text}' in {ALLOW_HOSTS} is not a host",
                hint="write HOST or HOST:PORT, with commas between",
            ) from fault


def listed_in(variables: Mapping[str, str], name: str) -> Iterator[str]:
    """Yield what a variable lists, with commas between."""
    return (part.strip() for part in variables.get(name, "").split(",") if part.strip())
