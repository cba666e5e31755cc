"""The switches of one studio as they stand: its profile's values, and those set over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from storyboard.errors import UsageError
from storyboard.studio.behavior.profiles import profile_settings
from storyboard.studio.behavior.switches import SWITCHES, TRUE
from storyboard.wire import GUIDE


class Contract:
    """The switches of one studio; immutable, values checked when it is built."""

    def __init__(self, settings: Mapping[str, str] | None = None, profile: str = GUIDE) -> None:
        """Take the profile's values with `settings` over them; raises `UsageError`."""
        known = {switch.name: switch for switch in SWITCHES}
        for name, value in (settings or {}).items():
            if name not in known:
                raise UsageError(
                    f"unknown contract switch '{name}'",
                    hint=f"choose one of: {', '.join(sorted(known))}",
                )
            if value not in known[name].values:
                raise UsageError(
                    f"contract switch '{name}' cannot be '{value}'",
                    hint=f"choose one of: {', '.join(known[name].values)}",
                )
        self.profile = profile
        # A switch that was set by hand wins: whoever sets one knows what the service does.
        told = {**profile_settings(profile), **(settings or {})}
        self._values = {s.name: s.default for s in SWITCHES} | told

    @classmethod
    def parse(cls, arguments: Iterable[str], profile: str = GUIDE) -> Contract:
        """Read `name=value` words, which win over the profile; raises `UsageError`."""
        settings = {}
        for argument in arguments:
            name, equals, value = argument.partition("=")
            if not equals:
                raise UsageError(
                    f"invalid switch '{argument}': expected NAME=VALUE",
                    hint="see the switches with: storyboard studio contract",
                )
            settings[name.strip()] = value.strip()
        return cls(settings, profile)

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def holds(self, name: str) -> bool:
        """Return whether a yes-or-no switch says yes."""
        return self._values[name] == TRUE

    def listing(self) -> list[dict[str, Any]]:
        """Return every switch as it stands, for `GET /__studio/contract`."""
        return [
            {
                "name": switch.name,
                "value": self._values[switch.name],
                "default": switch.default,
                "values": list(switch.values),
                "certainty": switch.certainty.value,
                "source": switch.source,
                "meaning": switch.meaning,
            }
            for switch in SWITCHES
        ]
