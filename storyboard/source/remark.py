"""What a schema says to its own explainer, in `$comment`: the words of a finding.

`[code at key] message; hint`, each part optional: the finding's code in the place of the keyword's,
the key of the value that is to blame, and the words. A message about one value or one unknown key
goes on after that in quotes. ajv's strict mode refuses keywords of our own, so this is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

_REMARK: Final = re.compile(r"(?:\[([a-z-]+)(?: at (\w+))?\] ?)?([^;]*)(?:; (.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Remark:
    """The parts of a schema's `$comment`; all None where there is none."""

    code: str | None = None
    at: str | None = None
    message: str | None = None
    hint: str | None = None

    def if_coded(self) -> Remark:
        """Return the remark if it names a code: words without one are about a text's pattern."""
        return self if self.code else Remark()

    def hint_beside(self, guess: str | None) -> str | None:
        """Return the nearest key as a hint, else the remark's own."""
        return f"did you mean '{guess}'?" if guess and self.hint else self.hint


def read_remark(schema: Any) -> Remark:
    """Return what a schema remarks; nothing for a schema without `$comment`."""
    comment = schema.get("$comment", "") if isinstance(schema, dict) else ""
    found = _REMARK.fullmatch(comment)
    assert found is not None, comment
    return Remark(*(part or None for part in found.groups()))
