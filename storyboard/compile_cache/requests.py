"""A whole compilation, kept under what was asked: valid while all that it read is the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from storyboard.compile_cache.code_version import code_version
from storyboard.compile_cache.entries import Entries
from storyboard.compile_cache.trace import TraceCheck, TracedFiles

_FORMAT: Final = "1"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: a value of JSON, and what else than files it depends on."""

    value: Any
    judged: Any


class KeptRequests:
    """Owns what was kept for one request; `asked` is all that the request says, in its order."""

    def __init__(self, root: Path, asked: Sequence[Any]) -> None:
        self._root = root
        self.entries = Entries(root)
        self._asked = repr(asked)

    def find(self, part: str) -> Kept | None:
        """Return a part of what was kept, if the project's files are as they were."""
        found = self.entries.find(self._key(part)) if self.entries.has_any else None
        try:
            check = TraceCheck(self._root)
            if found is None or not check.all_hold(found["trace"]):
                return None
            if check.has_new_states:
                self.entries.keep(self._key(part), found)
            return Kept(found["value"], found["judged"])
        except (KeyError, TypeError, ValueError):  # of another program, with our secret
            return None

    def keep(self, part: str, kept: Kept, files: TracedFiles) -> None:
        """Keep a part that was made of these files, if it is worth it.

        Nothing is kept of files that somebody wrote meanwhile.
        """
        if files.is_settled and files.is_many:
            told = {"trace": files.trace, "value": kept.value, "judged": kept.judged}
            self.entries.keep(self._key(part), told)

    def _key(self, part: str) -> str:
        return "\n".join((_FORMAT, code_version(), self._asked, part))
