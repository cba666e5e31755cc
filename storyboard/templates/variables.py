"""Variables in layers: which value wins, and what it says once its own templates are rendered.

A stronger layer replaces a variable **whole**, mappings and lists too: what a name holds is always
written in one place. Values may have templates over the other variables, wherever those come from;
they are rendered once, in the order they need each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from storyboard.source.span import Pointer
from storyboard.templates import limits
from storyboard.templates.every_fault import every_fault, names_of
from storyboard.templates.expressions import TemplateFault, is_template, parse_template
from storyboard.templates.faults import FaultKind, ValueRefused
from storyboard.templates.values import Value, count_nodes

_NAME = re.compile(r"[^\W\d]\w*")
_RESERVED: Final = frozenset(("locale", "item", "index"))
"""Names that expansion itself sets."""
_KEYWORDS: Final = frozenset(
    ("and", "else", "if", "in", "is", "not", "or", "true", "false", "none", "True", "False", "None")
)
_Way: TypeAlias = "tuple[str, *tuple[str | int, ...]]"
"""A pointer that starts with a variable's name."""
MOST_VALUES: Final = 4 * limits.NODES
"""Values that all variables may hold together."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Variables from one place; `label` names it: project, environment, storyboard, …

    `language` is that of the words in their templates, None for the video's own.
    """

    label: str
    values: Mapping[str, Value]
    language: str | None = None


@dataclass(frozen=True, slots=True)
class VariableFault:
    """What is wrong with a variable: in which layer (its index), where below it, and what."""

    layer: int
    pointer: Pointer
    fault: TemplateFault


@dataclass(frozen=True, slots=True)
class Variables:
    """What expressions see, where each variable comes from (a layer's index), and the faults.

    A variable with a fault is not in `scope`; neither is one that needs it, which has no fault of
    its own: one mistake is one fault.
    """

    scope: Mapping[str, Value]
    origins: Mapping[str, int]
    faults: tuple[VariableFault, ...] = ()
    read: frozenset[str] = field(default=frozenset())
    """The variables that other variables read."""


def resolve_variables(
    layers: Sequence[Layer], given: Mapping[str, Value], locale: str | None
) -> Variables:
    """Return the variables of one video; layers come weakest first.

    `given` are the names that expansion sets (`locale`); templates see them, layers cannot set
    them. `locale` is for the filters that format.
    """
    faults: list[VariableFault] = []
    origins: dict[str, int] = {}
    for index, layer in enumerate(layers):
        for name in layer.values:
            if fault := check_name(name):
                faults.append(VariableFault(index, (name,), fault))
            else:
                origins[name] = index
    raw = {name: layers[index].values[name] for name, index in origins.items()}
    languages = {name: layers[index].language for name, index in origins.items()}
    resolution = _Resolution(raw, dict(given), locale, languages)
    for name in raw:
        resolution.resolve(name)
    faults += [VariableFault(origins[at[0]], at, fault) for at, fault in resolution.faults]
    return Variables(
        MappingProxyType(resolution.scope), origins, tuple(faults), frozenset(resolution.read)
    )


def check_name(name: str) -> TemplateFault | None:
    """Return why a name cannot be a variable's, or None."""
    shown = name[:40]
    if _NAME.fullmatch(name) is None or name in _KEYWORDS:
        hint = "use letters, digits and '_', not starting with a digit"
        return TemplateFault(f"'{shown}' is not a variable's name", hint)
    if name in _RESERVED:
        return TemplateFault(f"'{shown}' is set by storyboard", "choose another name")
    if name.startswith("__"):
        return TemplateFault(f"'{shown}' is not a variable's name", "drop the leading '__'")
    return None


class _Resolution:
    """One pass over all variables; each is rendered when it is first needed."""

    def __init__(
        self,
        raw: Mapping[str, Value],
        scope: dict[str, Value],
        locale: str | None,
        languages: Mapping[str, str | None],
    ) -> None:
        self.raw = raw
        self.scope = scope
        self.locale = locale
        self.languages = languages
        self.faults: list[tuple[_Way, TemplateFault]] = []
        self.read: set[str] = set()
        self._left = MOST_VALUES
        self._done: set[str] = set()
        self._broken: set[str] = set()

    def resolve(self, name: str) -> None:
        """Render a variable and all that it needs; iterative, since chains may be long."""
        path = {name: self._needs(name)}
        while path:
            current = next(reversed(path))
            needed = next((need for need in path[current] if need not in self._done), None)
            if needed is None:
                del path[current]
                self._render(current)
            elif needed in path:
                way = list(path)
                cycle = way[way.index(needed) :]
                self._refuse_cycle(cycle)
                path = {name: needs for name, needs in path.items() if name not in cycle}
            else:
                path[needed] = self._needs(needed)

    def _needs(self, name: str) -> Iterator[str]:
        """Yield the variables that must be rendered before this one."""
        for _, text in _templates(self.raw[name]):
            template = parse_template(text)
            if not isinstance(template, TemplateFault):
                self.read.update(template.names)
                yield from sorted(template.names & self.raw.keys())

    def _refuse_cycle(self, cycle: list[str]) -> None:
        """Say it once, of the first; the others of the circle have no value because of it."""
        self._done.update(cycle)
        name, way = cycle[0], " → ".join([*cycle, cycle[0]])
        at = next(_templates(self.raw[name]), ((), ""))[0]
        message = f"variable '{name}' needs itself: {way}"
        hint = "give one of them a value of its own" if len(cycle) > 1 else "write its value"
        self.faults.append(((name, *at), TemplateFault(message, hint, kind=FaultKind.REFUSED)))

    def _render(self, name: str) -> None:
        if name in self._done:
            return
        self._done.add(name)
        value = self._rendered((name,), self.raw[name])
        try:
            self._left -= count_nodes(value, max(self._left, 0))
        except ValueRefused as refusal:
            self._fail((name,), refusal.at(0))
        if name not in self._broken:
            self.scope[name] = value

    def _fail(self, at: _Way, *faults: TemplateFault) -> None:
        """Leave a variable without value; no fault is given if another variable's is to blame."""
        self._broken.add(at[0])
        self.faults += [(at, fault) for fault in faults]

    def _rendered(self, at: _Way, value: Value) -> Value:
        if isinstance(value, str):
            return self._rendered_text(at, value) if is_template(value) else value
        if isinstance(value, dict):
            return {key: self._rendered((*at, key), part) for key, part in value.items()}
        if isinstance(value, list):
            return [self._rendered((*at, index), part) for index, part in enumerate(value)]
        return value

    def _rendered_text(self, at: _Way, text: str) -> Value:
        template = parse_template(text)
        try:
            if isinstance(template, TemplateFault):
                raise template
            return template.render(self.scope, self.locale, self.languages[at[0]])
        except TemplateFault as first:
            faults = every_fault(text, first, self.scope, self.locale)
            self._fail(at, *(fault for fault in faults if not self._needs_broken(fault, text)))
            return None

    def _needs_broken(self, fault: TemplateFault, text: str) -> bool:
        """Whether a name is missing only because its variable has a fault of its own."""
        names = names_of(fault, text) if fault.kind is FaultKind.UNDEFINED else ()
        return any(name in self.raw and name not in self.scope for name in names)


def _templates(value: Value) -> Iterator[tuple[Pointer, str]]:
    """Yield the scalars that are templates, with the way to each."""
    waiting: list[tuple[Pointer, Value]] = [((), value)]
    while waiting:
        pointer, current = waiting.pop()
        if isinstance(current, str):
            if is_template(current):
                yield pointer, current
        elif isinstance(current, dict):
            waiting.extend(((*pointer, key), part) for key, part in current.items())
        elif isinstance(current, list):
            waiting.extend(((*pointer, index), part) for index, part in enumerate(current))
