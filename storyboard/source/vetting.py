"""Whether a scalar is what its author meant: what is refused, with the node that lost its value."""

from __future__ import annotations

import re
from typing import Any, Final

from storyboard.printing import SURROGATES
from storyboard.source import refusals, traps
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.limits import MAX_FINDINGS, MAX_SCALAR
from storyboard.source.places import Places
from storyboard.source.scalars import ScalarFault, resolve_plain
from storyboard.source.span import Span

_DECORATION: Final = re.compile(r"(?<![^\s\[{,])[!&]")
_SURROGATE: Final = re.compile(f"[{SURROGATES}]")


class LimitReached(Exception):
    """Reading stops here; the finding was already made."""


class Vetting:
    """The findings of one text so far, and where its nodes stand.

    `starts` and `ends` are each node's offsets, `damaged` the nodes whose value was refused.
    """

    def __init__(self, places: Places) -> None:
        self.findings: list[Diagnostic] = []
        self.damaged: set[int] = set()
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.places = places
        text = places.text
        self.has_decorations = len(text) > MAX_SCALAR or (
            ("!" in text or "&" in text) and bool(_DECORATION.search(text))
        )
        self.has_cuts = "{{" in text and " #" in text

    def refuse(self, finding: Diagnostic) -> None:
        """Keep a finding; raises `LimitReached` where there are enough of them."""
        self.findings.append(finding)
        if len(self.findings) >= MAX_FINDINGS:
            raise LimitReached

    def span(self, node: int) -> Span:
        """Return a node's place."""
        return self.places.trimmed(self.starts[node], self.ends[node])

    def resolved(self, text: str, node: int, *, in_flow_mapping: bool) -> Any:
        """Return the value of a plain scalar, `None` for one that is refused."""
        value = resolve_plain(text)
        if isinstance(value, ScalarFault):
            self.refuse(refusals.scalar(value, self.span(node)))
            self.damaged.add(node)
            return None
        if not text:
            self._check_missing(node, in_flow_mapping)
        return value

    def check_cut(self, value: str, node: int) -> None:
        """Refuse an expression that a comment cut off."""
        finding = traps.cut_expression(self.places, value, self.ends[node])
        if finding is not None:
            self._damage(finding, node)

    def refuses_item(self, node: int) -> bool:
        """Refuse an item that its indentation made a part of the text above it."""
        finding = traps.item_in_text(self.places, self.starts[node], self.ends[node])
        if finding is not None:
            self._damage(finding, node)
        return finding is not None

    def check_decoration(self, event: Any, node: int) -> None:
        """Refuse tags, anchors and scalars that are too long."""
        for finding in traps.decorations(self.places, event):
            self.refuse(finding)
            if finding.code == "yaml-scalar-size" or not getattr(event, "value", "x"):
                self.damaged.add(node)

    def check_escape(self, value: str, node: int) -> None:
        """Refuse control characters behind a backslash; raises `LimitReached` at a surrogate."""
        finding = traps.escaped_control(self.places, self.starts[node], self.ends[node])
        if finding is not None:
            self._damage(finding, node)
        if _SURROGATE.search(value):
            raise LimitReached  # where libyaml ends too

    def _check_missing(self, node: int, in_flow_mapping: bool) -> None:
        if in_flow_mapping:  # libyaml puts nothing at the next token, PyYAML behind the colon
            colon = self.places.text.find(":", self.ends[node - 1], self.starts[node])
            if colon >= 0:
                self.starts[node] = self.ends[node] = colon + 1
        finding = traps.commented_value(self.places, self.ends[node])
        if finding is not None:
            self._damage(finding, node)

    def _damage(self, finding: Diagnostic, node: int) -> None:
        self.refuse(finding)
        self.damaged.add(node)
