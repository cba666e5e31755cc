"""The title of a presenter: the name and the role that a film shows. Knows no project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storyboard.wire import TITLE


@dataclass(frozen=True, slots=True)
class Title:
    """Who presents, as viewers read it; `role` is empty where nothing is told but the name."""

    name: str
    role: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.role)))

    @property
    def row(self) -> dict[str, str]:
        """The title as the local studio is sent it, beside a narration's text."""
        return {"name": self.name} | ({"role": self.role} if self.role else {})


def title_from(narration: Mapping[str, Any]) -> Title | None:
    """Read what the local studio sends back of a presenter's title; nothing of another one."""
    row = narration.get(TITLE)
    if not isinstance(row, Mapping):
        return None
    name, role = row.get("name"), row.get("role")
    if not isinstance(name, str) or not name:
        return None
    return Title(name, role if isinstance(role, str) else "")
