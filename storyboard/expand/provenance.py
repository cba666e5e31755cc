"""Which variable the words of a rendered text come from: found by rendering again, never guessed.

A definition is named only if, with the words taken out of it, exactly these words go from the text.
So a filter, a loop, an author who wrote the same word beside the variable: all lead to no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from storyboard.expand.rendering import Renderer
from storyboard.language.place import Written
from storyboard.scene_origin import Definition
from storyboard.source.span import Pointer
from storyboard.templates.expressions import Template, parse_template
from storyboard.templates.scanning import is_template
from storyboard.templates.variables import Layer, resolve_variables

_GAP: Final = "\ue000"
"""Stands where words were taken out: a character that no author writes."""


Render = Callable[[Written, Renderer], Any]


def source_of(written: Written, renderer: Renderer, render: Render) -> RenderedText | None:
    """Return what tells of a text's words, where it has variables; works nothing out."""
    text = written.value
    if not isinstance(text, str) or not is_template(text):
        return None
    return RenderedText(written, renderer, render)


@dataclass(frozen=True, slots=True)
class RenderedText:
    """A text, how to render it again, and the variables that it was rendered with."""

    written: Written
    renderer: Renderer
    render: Render

    def definition_of(self, words: str) -> Definition | None:
        """Return the one variable that words of the text come from."""
        alone = replace(self.renderer, findings=[], overspent=[])
        text, template = self.render(self.written, alone), parse_template(self.written.value)
        if not isinstance(text, str) or not isinstance(template, Template) or words not in text:
            return None
        spots = list(self._spots(template, words))
        if len(spots) != 1:
            return None
        name, layer, pointer = spots[0]
        changed = self._without(words, name, layer, pointer)
        if self.render(self.written, changed) != text.replace(words, _GAP):
            return None
        place = self.renderer.layers[layer][1]
        return Definition(
            ".".join(("vars", name, *map(str, pointer))),
            None if place is None else place.at("vars", name, *pointer).span,
        )

    def _spots(self, template: Template, words: str) -> Iterator[tuple[str, int, Pointer]]:
        """Yield where the words stand in variables that the text needs, through others too."""
        seen: set[str] = set()
        waiting = sorted(template.names)
        while waiting:
            name = waiting.pop()
            layer = self._layer_of(name)
            if name in seen or layer is None:
                continue
            seen.add(name)
            for pointer, scalar in _scalars(self.renderer.layers[layer][0][name]):
                if words in str(scalar):
                    yield name, layer, pointer
                if isinstance(scalar, str) and is_template(scalar):
                    inner = parse_template(scalar)
                    waiting += sorted(inner.names) if isinstance(inner, Template) else []

    def _layer_of(self, name: str) -> int | None:
        """Return the strongest layer that defines a variable."""
        layers = self.renderer.layers
        return next((i for i in reversed(range(len(layers))) if name in layers[i][0]), None)

    def _without(self, words: str, name: str, layer: int, pointer: Pointer) -> Renderer:
        """Return a renderer whose variable lacks the words."""
        values = [dict(own) for own, _ in self.renderer.layers]
        values[layer][name] = _replaced(values[layer][name], pointer, words)
        locale = self.renderer.locale
        found = resolve_variables([Layer("", own) for own in values], {"locale": locale}, locale)
        loop = {k: v for k, v in self.renderer.scope.items() if k in ("item", "index")}
        return replace(self.renderer, scope={**found.scope, **loop}, findings=[], overspent=[])


def _scalars(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    waiting: list[tuple[Pointer, Any]] = [(pointer, value)]
    while waiting:
        at, current = waiting.pop()
        if isinstance(current, dict):
            waiting += [((*at, key), part) for key, part in current.items()]
        elif isinstance(current, list):
            waiting += [((*at, index), part) for index, part in enumerate(current)]
        else:
            yield at, current


def _replaced(value: Any, pointer: Sequence[str | int], words: str) -> Any:
    if not pointer:
        return str(value).replace(words, _GAP)
    step, rest = pointer[0], pointer[1:]
    if isinstance(value, dict):
        return {k: _replaced(v, rest, words) if k == step else v for k, v in value.items()}
    return [_replaced(v, rest, words) if i == step else v for i, v in enumerate(value)]
