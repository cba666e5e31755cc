"""Templates: a value, or the one fault that the compiler knows how to show."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from storyboard.catalogs.tokens import message_of
from storyboard.errors import UsageError
from storyboard.templates.every_fault import every_fault
from storyboard.templates.expressions import Template, TemplateFault, parse_template
from storyboard.templates.limits import TEXT
from storyboard.templates.var_option import parse_var
from storyboard.templates.variables import Layer, resolve_variables
from tests.fuzz.surface import Broken, Surface, without_folder, words

_SCOPE: Final[dict[str, Any]] = {
    "x": "tour", "n": 3, "f": 2.5, "b": True, "none": None, "big": 10**15, "list": ["a", "b", 3],
    "map": {"a": 1, "b": {"c": "d"}}, "rows": [{"id": "a", "n": 1}, {"id": "b", "n": 2}],
    "date": "2026-03-01", "empty": "", "locale": "de", "item": {"id": "a"}, "index": 1,
}  # fmt: skip


def _law(text: bytes) -> None:
    source = text.decode("utf-8", "replace")
    template = parse_template(source)
    if isinstance(template, Template):
        for locale in ("en", "ar", None):
            _render(template, locale)
        message_of(source)
    else:
        _check_fault(template, source)
    variables = {"v": source, "w": "{{ v }}", "x": "tour", "list": ["a", source]}
    resolve_variables([Layer("project", variables)], {"locale": "de"}, "de")
    with suppress(UsageError):
        parse_var(source)


def _render(template: Template, locale: str | None) -> None:
    try:
        value = template.render(_SCOPE, locale)
    except TemplateFault as fault:
        for each in every_fault(template.text, fault, _SCOPE, locale):
            _check_fault(each, template.text)
        return
    if isinstance(value, str) and len(value) > TEXT:
        raise Broken("a text past the limit")


def _check_fault(fault: TemplateFault, source: str) -> None:
    if not fault.message:
        raise Broken("a fault without a message")
    if not 0 <= fault.offset <= len(source):
        raise Broken("a fault outside its text")


SURFACE = Surface(
    "expressions",
    without_folder(_law),
    (
        *words("""{{ }} {{- -}} {% %} {# #} x n f b none big list map rows date empty locale item
        index and or not in is if else true false none + - * / // % ** ~ == != < <= > >= ( ) [ ] .
        , : | '' "" 'a' "a" 0 1 -1 1.5 1e400 0x10 1_000 9999999999999999999 upper lower title trim
        replace default join first last length sort unique round int float number currency percent
        date time datetime unit plural list reverse map select reject selectattr rejectattr sum
        min max tojson abs capitalize truncate format batch groupby indent wordcount defined
        __class__ x.__class__ range() self loop caller [1,2] {'a':1} list[0] map.b.c rows[-1].n
        locale=='de'"""),
        b" | ", b"{{ x }}", b"{{ list | join(', ') }}", b"{{ n | plural(one='a', other='b') }}",
        b"{{ '{{' }}", b"('a' * 9999)", b"10 ** 9999", b"{{ date | date('full') }}",
    ),
    rounds=3000,
)  # fmt: skip
