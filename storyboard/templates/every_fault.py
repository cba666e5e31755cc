"""All that is wrong with one scalar: each expression has its own fault, told with the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from storyboard.templates.evaluating import Rendering
from storyboard.templates.expressions import parse_template, read_part, text_of
from storyboard.templates.faults import TemplateFault
from storyboard.templates.scanning import split
from storyboard.templates.values import Value


def every_fault(
    text: str, first: TemplateFault, scope: Mapping[str, Value], locale: str | None
) -> tuple[TemplateFault, ...]:
    """Return the fault that stopped a scalar's rendering, and those of its other expressions.

    The same mistake twice is one fault. Behind a limit nothing more is tried.
    """
    found = {first.message: first}
    rendering, before = Rendering(scope, locale), ""
    try:
        for part in split(text) if not first.kind.is_limit else ():
            try:
                before = text_of(read_part(part), before, rendering)
            except TemplateFault as fault:
                if fault.kind.is_limit:
                    break
                found.setdefault(fault.message, fault)
                before = ""
    except (TemplateFault, RecursionError):
        pass  # an opener without its end swallows the rest: that is the fault we came with
    return tuple(found.values())


def names_of(fault: TemplateFault, text: str) -> Collection[str]:
    """Return the variables that a fault may come from: those of its expression."""
    own = text if fault.expression is None else f"{{{{{fault.expression}}}}}"
    parsed = parse_template(own)
    return () if isinstance(parsed, TemplateFault) else parsed.names
