"""Renders what an author wrote, and places what goes wrong on the very expression."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from storyboard.catalogs.untranslated import Untranslated
from storyboard.expand.doubt import Doubt
from storyboard.language.place import Place, Written
from storyboard.source.diagnostic import Diagnostic, diagnose
from storyboard.templates.every_fault import every_fault, names_of
from storyboard.templates.expressions import (
    FaultKind,
    Template,
    TemplateFault,
    is_template,
    parse_template,
)

_WORD = re.compile(r"\w+|\{\{|\S")
_VARIABLE: Final = re.compile(r"\s*\{\{\s*(\w+)\s*\}\}\s*")


class Broken:
    """Stands for a value that could not be rendered; the finding is already recorded."""


BROKEN: Final = Broken()


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders values of one video; every fault is `found`, and `BROKEN` comes back."""

    scope: Mapping[str, Any]
    locale: str | None
    findings: list[Diagnostic] = field(default_factory=list)
    overspent: list[Diagnostic] = field(default_factory=list)
    """Each text that could not be rendered because the whole video is too much work."""
    layers: tuple[tuple[Mapping[str, Any], Place | None], ...] = ()
    """The variables as they were written, weakest first, with the place around their `vars`."""
    source: str | None = None
    """The language that the author writes in."""
    localized: frozenset[str] = frozenset()
    """The variables whose words are in the locale's language."""
    doubts: list[tuple[Doubt, Place]] = field(default_factory=list)
    """Values that may be words to translate, and the texts that they stand in."""
    untranslated: list[Untranslated] = field(default_factory=list)
    """Texts of scenes whose translations say what the source says."""

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong; that the video is too much work, once."""
        return (*self.findings, *self.overspent[:1])

    def inside(self, scope: Mapping[str, Any], *, localized: bool = False) -> Renderer:
        """Return a renderer that sees more variables and reports to the same list.

        `localized` where the words of these are in the locale's language.
        """
        names = self.localized | scope.keys() if localized else self.localized - scope.keys()
        return replace(self, scope={**self.scope, **scope}, localized=names)

    def render(self, written: Written) -> Any:
        """Return the value with every template in it rendered; `BROKEN` if any is at fault."""
        value = written.value
        if isinstance(value, str):
            return self._scalar(value, written.place) if is_template(value) else value
        if isinstance(value, dict | list) and _is_static(value):
            return value
        if isinstance(value, dict):
            return self._mapping(value, written.place)
        if isinstance(value, list):
            items = [self.render(Written(v, written.place.at(i))) for i, v in enumerate(value)]
            return BROKEN if BROKEN in items else items
        return value

    def _mapping(self, value: dict[str, Any], place: Place) -> Any:
        rendered = {k: self.render(Written(v, place.at(k))) for k, v in value.items()}
        return BROKEN if any(v is BROKEN for v in rendered.values()) else rendered

    def _scalar(self, text: str, place: Place) -> Any:
        try:
            template = template_of(text)
            language = self.source if self.localized.isdisjoint(template.names) else None
            return template.render(self.scope, self.locale, language)
        except TemplateFault as fault:
            self.refuse(fault, Written(text, place))
            return BROKEN

    def refuse(self, fault: TemplateFault, written: Written) -> None:
        """Record a text's faults, unless what is to blame has a fault of its own: one is enough.

        That is a variable without value, or a scalar that the reader refused.
        """
        place = written.place
        if place.document.is_damaged(place.pointer):
            return
        text = written.value
        for each in every_fault(text, fault, self.scope, self.locale):
            blamed = each.kind is FaultKind.UNDEFINED and names_of(each, text)
            if not (blamed and any(map(self._has_no_value, blamed))):
                self.record(each.kind, template_finding(each, place))

    def from_command_line(self, written: Written) -> str | None:
        """Return the variable that a text is as a whole, if the command line set it."""
        variable = _VARIABLE.fullmatch(written.value) if isinstance(written.value, str) else None
        if variable is None:
            return None
        places = [place for values, place in self.layers if variable[1] in values]
        return variable[1] if places and places[-1] is None else None

    def record(self, kind: FaultKind, finding: Diagnostic) -> None:
        """Add what is wrong with a text."""
        of_the_video = kind is FaultKind.LIMIT_OF_A_VIDEO
        (self.overspent if of_the_video else self.findings).append(finding)

    def _has_no_value(self, name: str) -> bool:
        return name not in self.scope and any(name in values for values, _ in self.layers)


def _is_static(value: Any) -> bool:
    """Whether no template is anywhere in a value; it is then shared, and never changed."""
    if isinstance(value, str):
        return not is_template(value)
    if isinstance(value, dict):
        return all(map(_is_static, value.values()))
    if isinstance(value, list):
        return all(map(_is_static, value))
    return True


def template_of(text: str) -> Template:
    """Return the parsed template, or raise its `TemplateFault`."""
    parsed = parse_template(text)
    if isinstance(parsed, TemplateFault):
        raise parsed
    return parsed


def template_finding(fault: TemplateFault, place: Place) -> Diagnostic:
    """Return the error for a fault, placed on the word inside the expression that is wrong."""
    text = place.document.value(place.pointer)
    word = _WORD.match(text, fault.offset) if isinstance(text, str) else None
    length = len(word.group()) if word else 1
    span = place.document.scalar_span(place.pointer, fault.offset, length)
    return diagnose(fault.kind.code, fault.message, span, fault.hint)
