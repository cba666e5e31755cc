"""Laws of templates: two parsers agree, Jinja agrees, and nothing but a fault ever comes out."""

from __future__ import annotations

import inspect
import math
import re
import string
import sys
from contextlib import suppress
from typing import Any

from babel import Locale
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from storyboard.templates.expressions import (
    Template,
    TemplateFault,
    Value,
    is_template,
    parse_template,
)
from storyboard.templates.filters import FILTERS
from storyboard.templates.parsing import parse_path, parse_with_jinja
from tests.support.examples import examples

SCOPE: dict[str, Value] = {
    "n": 3,
    "f": 2.5,
    "s": "abc",
    "t": "",
    "yes": True,
    "xs": [1, 2, 3],
    "m": {"k": "v", "d": {"e": 1}},
}
JINJA = ImmutableSandboxedEnvironment(undefined=StrictUndefined)

names = st.from_regex(r"[a-z_][a-z0-9_]{0,5}", fullmatch=True).filter(lambda name: "__" not in name)
spaces = st.text(" \n\t", max_size=2)


@settings(deadline=None)
@given(st.lists(names, min_size=1, max_size=4), spaces, spaces)
@example(["not"], "", "")
@example(["true"], "", "")
@example(["a", "not"], "", "")
def test_the_short_way_reads_what_jinja_reads(path: list[str], before: str, after: str) -> None:
    text = before + ".".join(path) + after
    short = parse_path(text)
    assert short is None or short == parse_with_jinja(text)
    keywords = {"and", "else", "if", "in", "is", "not", "or", "true", "false", "none"}
    assert short is not None or path[0] in keywords


leaves = st.sampled_from(
    ["n", "f", "s", "t", "yes", "xs", "m.k", "m.d.e", "m['k']", "xs[0]", "1", "2.5", "'q'", "true"]
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = ["+", "-", "*", "/", "//", "%", "==", "!=", "<", "<=", ">", ">=", "and", "or"]
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from([*operators, "in"]), inner),
        st.builds("{} {} {}".format, inner, st.sampled_from(operators), inner),
        st.builds("(not {})".format, inner),
        st.builds("(-{})".format, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{'a': {}}}".format, inner),
        st.builds("{}|{}".format, inner, st.sampled_from(["upper", "trim", "length", "first"])),
        st.builds("{}[{}]".format, inner, inner),
    )


expressions = st.recursive(leaves, _grown, max_leaves=8)


UNEVEN = re.compile(r" / .*(?: //| %|[=<>]| in )|(?: //| %|[=<>]| in ).* / ")
"""Where Jinja's binary fractions may fall on another side than ours."""


FRACTIONS = re.compile(r"\bf\b|2\.5| / ")
SPELLED = re.compile(r"\|(?:upper|trim)")


def may_differ(text: str) -> bool:
    """Tell whether an expression asks for what is ours: a sum's exact value, a number's spelling.

    `2.5 + 2.5` is 5 here and 5.0 in Jinja, which shows where the number becomes a text.
    """
    spelled = SPELLED.search(text) and FRACTIONS.search(text)
    return bool(UNEVEN.search(text) or spelled)


def alike(ours: Any, theirs: Any) -> bool:
    """Tell whether two values are equal, but for the noise that our arithmetic does not have."""
    if isinstance(ours, list) and isinstance(theirs, list | tuple):
        return len(ours) == len(theirs) and all(map(alike, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(alike(ours[k], theirs[k]) for k in ours)
    if isinstance(ours, float) or isinstance(theirs, float):
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return bool(ours == theirs)


def quiet(text: str) -> str:
    """Return a text with its numbers in one form: no noise, whole if they are, no -0."""
    plain = re.sub(r"\d+\.\d+(?:e-?\d+)?", lambda found: f"{float(found[0]):.9g}", text)
    return re.sub(r"-0(?![\d.])", "0", plain)


@given(expressions)
@settings(max_examples=examples(200), deadline=None)
def test_a_value_is_the_one_that_jinja_gives(text: str) -> None:
    template = parse_template("{{ " + text + " }}")
    assume(isinstance(template, Template))
    assert isinstance(template, Template)
    try:
        ours = template.render(SCOPE)
    except TemplateFault:
        return
    expected: Any = JINJA.compile_expression(text, undefined_to_none=False)(**SCOPE)
    assert may_differ(text) or alike(ours, expected)


@settings(deadline=None)
@given(expressions, st.text(string.printable, max_size=6))
def test_a_text_is_the_one_that_jinja_gives(expression: str, tail: str) -> None:
    text = "é {{ " + expression + " }} " + tail
    assume("\r" not in text and not text.endswith("\n"))
    template = parse_template(text)
    if not isinstance(template, Template):
        return
    try:
        ours = template.render(SCOPE)
        theirs = JINJA.from_string(text).render(SCOPE)
    except (TemplateFault, TemplateError):
        return
    assert may_differ(text) or quiet(str(ours).lower()) == quiet(theirs.lower())


numbers = st.lists(st.integers(-3, 9), min_size=1, max_size=5)
texts = st.lists(st.text("abcé", min_size=1, max_size=3), min_size=1, max_size=5)
rows = st.lists(
    st.fixed_dictionaries({"k": st.sampled_from(["b", "a", "c"]), "n": st.integers(0, 9)}),
    min_size=1,
    max_size=6,
)
AGREED = """
xs|list
xs|count
xs|reverse|list
xs|min
xs|max
xs|sort
xs|unique|list
xs|sort(reverse=true)
xs|first
xs|last
xs|join('-')
ts|map('upper')|list
xs|select('odd')|list
xs|reject('even')|list
xs|select('gt', 2)|list
xs|select|list
xs|select('in', [1, 2])|list
xs|reject('divisibleby', 3)|list
xs|sum
xs|sum(start=2)
rows|selectattr('n')|list
rows|rejectattr('n', 'lt', 5)|list
rows|selectattr('k', 'in', ['a', 'b'])|map(attribute='n')|list
rows|sort(attribute='k')
rows|sort(attribute='n', reverse=true)
rows|max(attribute='n')
rows|min(attribute='k')
rows|unique(attribute='k')|list
ts|sort
ts|min
ts|map('length')|list
ts|reverse|list
rows[0]|items|list
rows[0]|dictsort
rows[0]|list
ts[0]|list
ts[0]|reverse
ts|map('replace', 'a', 'b')|list
ts|select('eq', 'a')|list
ts|map('truncate', 3)|list
ts|join(' ')|truncate(8, leeway=0)
ts|join(' ')|truncate(8, true, '…', 1)
ts|join(' ')|wordcount
ts[0] is lower
ts[0] is upper
xs[0] is divisibleby 2
xs[0] is ge 3
xs[0] is not in [1, 2]
xs[0] is integer
xs[0] is float
xs is eq xs
xs[0] is odd and xs[-1] is even
rows|map(attribute='k')|map('upper')|list
""".strip().splitlines()
"""Expressions that mean the same in Jinja, but for its tuples, which are lists here."""


@given(st.sampled_from(AGREED), numbers, texts, rows)
@settings(max_examples=examples(600), deadline=None)
def test_filters_of_lists_agree_with_jinja(
    expression: str, xs: list[int], ts: list[str], rows: list[dict[str, Value]]
) -> None:
    template = parse_template("{{ " + expression + " }}")
    assert isinstance(template, Template), template
    scope: dict[str, Value] = {"xs": list(xs), "ts": list(ts), "rows": list(rows)}
    assert template.render(scope) == listed(JINJA.compile_expression(expression)(**scope))


def listed(value: Any) -> Any:
    """Return a value with lists for tuples, as templates have them."""
    if isinstance(value, list | tuple):
        return [listed(item) for item in value]
    return value


def test_groups_are_mappings_where_jinja_has_tuples() -> None:
    rows: list[Value] = [{"k": "b", "n": 1}, {"k": "A", "n": 2}, {"k": "a", "n": 3}]
    template = parse_template("{{ rows|groupby('k') }}")
    assert isinstance(template, Template)
    ours = template.render({"rows": rows})
    theirs = JINJA.compile_expression("rows|groupby('k')")(rows=rows)
    assert ours == [{"grouper": group.grouper, "list": group.list} for group in theirs]


FRAGMENTS = (
    *("{{", "}}", "{%", "{#", "{", "}", "'", '"', "\\", "(", ")", "[", "]", "|", ".", ",", ":"),
    *("n", "xs", "m", "|join", "|plural(other='x')", "|date", "1", "0", " ", "if", "else", "in"),
    *("not", "__class__", "-", "**", "*", "~", "=", "==", "\n", "é", "😀", "\x00", "is", "s"),
    *("|round(", "|number", "|currency('EUR')", "|list_format", "|unit('day')", "|sort", "|sum"),
)
pieces = st.sampled_from(FRAGMENTS) | st.text(max_size=3)


def outcome(text: str) -> TemplateFault | None:
    template = parse_template(text)
    if isinstance(template, TemplateFault):
        return template
    try:
        template.render(SCOPE, "fr")
    except TemplateFault as fault:
        return fault
    return None


@given(st.lists(pieces, max_size=25).map("".join))
@settings(max_examples=examples(200), deadline=None)
def test_whatever_is_written_yields_a_value_or_a_placed_fault(inner: str) -> None:
    for text in (inner, "{{ " + inner + " }}"):
        fault = outcome(text)
        assert fault is None or (fault.message and 0 <= fault.offset <= len(text))


@given(st.text())
def test_a_text_without_braces_means_itself(text: str) -> None:
    assume(not is_template(text))
    template = parse_template(text)
    assert isinstance(template, Template)
    assert template.render({}) == text
    assert not template.names


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=9))
def test_an_expression_alone_keeps_the_value_and_its_type(value: Value) -> None:
    template = parse_template("{{ x }}")
    assert isinstance(template, Template)
    assert template.render({"x": value}) is value


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.floats(-1e16, 1e16)
    | st.integers(0, 20)
    | st.text(max_size=12)
    | st.sampled_from(["EUR", "short", "full", "Hm", "yMMMM", "2026-03-31", "14:30", "day", "or"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
calls = st.sampled_from(
    [f"{{{{ a|{name} }}}}" for name in FILTERS]
    + [f"{{{{ a|{name}(b) }}}}" for name in FILTERS]
    + [f"{{{{ a|{name}(b, c) }}}}" for name in FILTERS]
    + ["{{ a|plural(one=b, other=c) }}", "{{ a|currency('EUR', digits=b) }}"]
    + ["{{ a|sort(attribute=b) }}", "{{ a|percent(digits=b) }}", "{{ a ~ b }}", "x {{ a }}"]
    + [f"{{{{ a {sign} b }}}}" for sign in ("+", "-", "*", "/", "//", "%", "<", "==", "in")]
    + ["{{ a[b] }}", "{{ a[b:c] }}", "{{ a.b }}", "{{ -a }}", "{{ a is odd }}", "{{ {a: b} }}"]
)


@example("{{ a|number(b) }}", 1e15, 10, None, "en")
@example("{{ a|percent(b) }}", -999999999999999.9, 10, None, "ar")
@example("{{ a|round(b) }}", 999999999999999.9, 10, None, None)
@example("{{ a|number }}", 1e25, None, None, None)
@example("{{ a|number }}", 5e-324, None, None, None)
@given(calls, plain, plain, plain, st.sampled_from([None, "en", "fr", "ar", "zh-TW", "en-XA"]))
@settings(deadline=None, max_examples=examples(200))
def test_any_value_in_any_place_yields_a_value_or_a_fault(
    text: str, a: Value, b: Value, c: Value, locale: str | None
) -> None:
    template = parse_template(text)
    if isinstance(template, Template):
        with suppress(TemplateFault):
            template.render({"a": a, "b": b, "c": c}, locale)


def test_every_skeleton_of_dates_yields_a_date_or_a_fault() -> None:
    for skeleton in Locale("en").datetime_skeletons:
        template = parse_template("{{ '2026-03-31'|date(s) }}")
        assert isinstance(template, Template)
        with suppress(TemplateFault):
            assert template.render({"s": skeleton}, "fr")


def test_a_deep_stack_yields_a_fault() -> None:
    def down(levels: int, text: str) -> str | None:
        if levels:
            return down(levels - 1, text)
        fault = outcome(text)
        return fault and fault.kind.value

    room = sys.getrecursionlimit() - len(inspect.stack())
    long = "(" * 16 + "1" + ")" * 16 + "|trim" * 80
    depths = range(0, room - 60, 10)
    fresh = {down(levels, f"{{{{ {long} }}}}{levels}") for levels in depths}
    known = {down(levels, f"{{{{ {long} }}}}") for levels in depths}
    assert fresh == known == {None, "template-limit"}
