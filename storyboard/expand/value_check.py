"""Holds a resolved value against its part of the schema `video`, on the author's line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from storyboard.scene_origin import SceneOrigin
from storyboard.source.diagnostic import Diagnostic, diagnose
from storyboard.source.schema import accepts_property, explain_property

VIDEO: Final = ""
"""The schema's own object."""
SCENE: Final = "scene"
"""The schema's definition of one scene."""

_SCHEMA: Final = "video"


@dataclass(slots=True)
class ValueCheck:
    """Accepts the values of one video, or says what is wrong with them.

    It is silent where the files have not the shape that their own schemas ask for: those have said
    what is wrong, and here it would be said again.
    """

    is_silent: bool
    findings: list[Diagnostic] = field(default_factory=list)

    def accepts(self, owner: str, key: str, value: Any, origin: SceneOrigin, who: str = "") -> bool:
        """Return whether a field may have this value; `who` starts what is said where not."""
        if self.is_good(owner, key, value):
            return True
        if not self.is_silent:
            for fault in explain_property(_SCHEMA, owner, key, value):
                span = origin.of(".".join(map(str, fault.pointer)))
                self.findings.append(
                    diagnose(fault.code, f"{who}{fault.message}", span, fault.hint)
                )
        return False

    def is_good(self, owner: str, key: str, value: Any) -> bool:
        """Return whether a field may have this value, and say nothing."""
        return accepts_property(_SCHEMA, owner, key, value)

    def refuse(self, finding: Diagnostic) -> None:
        """Say what no schema knows."""
        if not self.is_silent:
            self.findings.append(finding)
