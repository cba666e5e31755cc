"""What `identity: name` needs of an environment: a user of its own. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from storyboard.commands.environment_fault import EnvironmentFault
from storyboard.commands.environment_places import Declared
from storyboard.commands.film_folders import films_here
from storyboard.language.project import finds_by_name

_CODE: Final = "identity-refused"
_ACCOUNT: Final = ("region", "avatarUrl", "partnerId", "userId")
"""What tells two environments' users apart; what one does not say may come from a variable."""


def identity_faults(declared: Declared) -> Iterator[EnvironmentFault]:
    """Yield environments that find videos by name among those of others."""
    for name, keys in declared.items():
        if not finds_by_name(keys):
            continue
        if films_here(name, declared):
            yield EnvironmentFault(
                name,
                "identity",
                _CODE,
                "the local studio of this process has one user for all environments",
                "leave out `identity`: the state lies beside that studio; to rehearse, serve one: "
                "`storyboard studio exec`",
            )
        elif not keys.get("userId"):
            yield EnvironmentFault(
                name,
                "identity",
                _CODE,
                "`identity: name` needs the `userId` of a user who has the project's videos alone",
                "add `userId:`, with the project's own service user",
            )
        else:
            yield from _shared(name, declared)


def _shared(name: str, declared: Declared) -> Iterator[EnvironmentFault]:
    for other, keys in declared.items():
        if other == name or films_here(other, declared) or not keys.get("userId"):
            continue
        if _is_same_user(declared[name], keys):
            yield EnvironmentFault(
                name,
                "userId",
                _CODE,
                f"the environments '{name}' and '{other}' have one user, and '{name}' takes all of "
                "that user's videos for its own",
                "give each environment a `userId` of its own",
            )
            return


def _is_same_user(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    both = [(one.get(key), two.get(key)) for key in _ACCOUNT]
    return all(a is None or b is None or str(a) == str(b) for a, b in both)
