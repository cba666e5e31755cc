"""What an author may write between double braces, what it yields, and how a mistake is told."""

from __future__ import annotations

import subprocess
import sys

import pytest

from storyboard.source.numerals import read_float, read_integer
from storyboard.templates.expressions import (
    FaultKind,
    Template,
    TemplateFault,
    Value,
    parse_template,
)
from storyboard.templates.scanning import has_template

SCOPE: dict[str, Value] = {
    "product": "Acme",
    "seats": 3,
    "price": 1234.5,
    "share": 0.25,
    "big": True,
    "nothing": None,
    "released": "2026-03-31",
    "team": ["Ann", "Bo", "Cy"],
    "features": [{"id": "b", "rank": 2}, {"id": "a", "rank": 10}],
    "speaker": {"name": {"first": "Jane"}, "items": 5, "é": "accent"},
    "locale": "fr",
}


def render(text: str, locale: str | None = "en") -> Value:
    template = parse_template(text)
    assert isinstance(template, Template), template
    return template.render(SCOPE, locale)


def fault(text: str) -> TemplateFault:
    template = parse_template(text)
    if isinstance(template, TemplateFault):
        return template
    with pytest.raises(TemplateFault) as caught:
        template.render(SCOPE, "en")
    return caught.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{ seats }}", 3),
        ("{{seats}}", 3),
        ("{{ team }}", ["Ann", "Bo", "Cy"]),
        ("{{ nothing }}", None),
        ("{{ big }}", True),
        ("{{ seats }}\n", 3),
        (" {{ seats }}", " 3"),
        ("{{ seats }}{{ seats }}", "33"),
        ("Hi {{ product }}!", "Hi Acme!"),
        ("{{ speaker.name.first }} {{ speaker['é'] }}", "Jane accent"),
        ("{{ speaker.items }}", 5),
        ("{{ team[0] }} {{ team[-1] }} {{ team.1 }}", "Ann Cy Bo"),
        ("{{ team[1:] }}", ["Bo", "Cy"]),
        ("{{ product[:2] }}", "Ac"),
        ("{{ seats + 1 }}", 4),
        ("{{ seats * 2 - 1 }}", 5),
        ("{{ 7 // 2 }} {{ 7 % 2 }} {{ 6 / 4 }}", "3 1 1.5"),
        ("{{ -seats }}", -3),
        ("{{ 'a' ~ 1 ~ 2.5 }}", "a12.5"),
        ("{{ 'a' + 'b' }}", "ab"),
        ("{{ [1] + [2] }}", [1, 2]),
        ("{{ 1 < seats <= 3 }}", True),
        ("{{ 'Ann' in team and 'x' not in product }}", True),
        ("{{ 'name' in speaker }}", True),
        ("{{ nothing or 'none' }}", "none"),
        ("{{ seats and product }}", "Acme"),
        ("{{ not big }}", False),
        ("{{ 'yes' if big else 'no' }}", "yes"),
        ("{{ locale != 'de' }}", True),
        ("{{ {'a': [1, 2]} }}", {"a": [1, 2]}),
        ("{{ {'a': {'b': 1}} }}", {"a": {"b": 1}}),
        ("{{ (1, 2) }}", [1, 2]),
        ("{{ '{{' }}x{{ '}}' }}", "{{x}}"),
        ("{{ 'it\\'s' }}", "it's"),
        ("{{ '\\u00e9' }}", "é"),
        ("{{ 'ü' 'x' }}", "üx"),
        ("${{ price }} or ${{ -1.5 }}", "$1234.5 or $-1.5"),
        ("US$ {{ product }}", "US$ Acme"),
        ("it is {{ big }} at {{ price }}", "it is true at 1234.5"),
        ("{{ missing|default('x') }}", "x"),
        ("{{ speaker.nick|default(product) }}", "Acme"),
        ("{{ nothing|default('x') }}", None),
        ("{{ nothing|default('x', true) }}", "x"),
        ("{{ missing is defined }}", False),
        ("{{ product is defined and nothing is none }}", True),
        ("{{ seats is odd }}", True),
        ("{{ product|upper|lower|title }}", "Acme"),
        ("{{ 'élan vital'|capitalize }}", "Élan vital"),
        ("{{ \"o'neil's day\"|title }}", "O'neil's Day"),
        ("{{ '  x '|trim }}", "x"),
        ("{{ product|replace('A', 'a') }}", "acme"),
        ("{{ team|join(', ') }}", "Ann, Bo, Cy"),
        ("{{ features|join('-', attribute='id') }}", "b-a"),
        ("{{ features|map(attribute='rank')|sort|join(' ') }}", "2 10"),
        ("{{ features|sort(attribute='id')|map('rank') }}", [10, 2]),
        ("{{ team|sort(reverse=true)|first }}", "Cy"),
        ("{{ [3, 1, 3, true]|unique }}", [3, 1, True]),
        ("{{ features|sum(attribute='rank') }}", 12),
        ("{{ 2.5|round }}", 3),
        ("{{ 2.345|round(2) }}", 2.35),
        ("{{ 2.1|round(method='ceil') }}", 3),
        ("{{ '12'|int + 1 }}", 13),
        ("{{ 'x'|int(0) }}", 0),
        ("{{ 'Nan'|int(0) }}", 0),
        ("{{ 'Infinity'|float(1) }}", 1.0),
        ("{{ '007'|int }}", 7),
        ("{{ ' 1e3 '|int }}", 1000),
        ("{{ 3.9|int }}", 3),
        ("{{ '1e3'|float }}", 1000.0),
        ("{{ (-5)|abs }}", 5),
        ("{{ team|length }} {{ team|last }}", "3 Cy"),
        ("a {# not spoken #}b", "a b"),
        ("{# {{ broken }} {% if %} #}{{ seats }}", 3),
        ("{# all of it #}", ""),
        ("a {#- b -#} c", "ac"),
        ("a  {{- seats -}}\n b", "a3b"),
        ("a {{- seats }} b", "a3 b"),
        ("  {{- seats }}", 3),
        ("{{ seats -}} {{- seats }}", "33"),
        ("{{- -seats }}", -3),
        ("{{- - 5 }}", -5),
        ("{{ '#}' }}{##}", "#}"),
    ],
)
def test_an_expression_yields_a_plain_value(text: str, value: Value) -> None:
    found = render(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("{{ price|number }}", "1,234.5", "1\u202f234,5"),
        ("{{ price|number(digits=2) }}", "1,234.50", "1\u202f234,50"),
        ("{{ price|currency('EUR') }}", "€1,234.50", "1\u202f234,50\xa0€"),
        ("{{ 5|currency('JPY') }}", "¥5", "5\xa0JPY"),
        ("{{ 1234|currency('USD', digits=0) }}", "$1,234", "1\u202f234\xa0$US"),
        ("{{ share|percent }}", "25%", "25\u202f%"),
        ("{{ 0.1234|percent(digits=1) }}", "12.3%", "12,3\u202f%"),
        ("{{ released|date }}", "Mar 31, 2026", "31 mars 2026"),
        ("{{ released|date('full') }}", "Tuesday, March 31, 2026", "mardi 31 mars 2026"),
        ("{{ released|date('yMMMM') }}", "March 2026", "mars 2026"),
        ("{{ '2026-03-31T14:30'|time }}", "2:30\u202fPM", "14:30"),
        ("{{ 5|unit('kilometer') }}", "5 kilometers", "5\xa0kilomètres"),
        ("{{ 5|unit('duration-minute', 'short') }}", "5 min", "5\xa0min"),
        ("{{ team|list_format }}", "Ann, Bo, and Cy", "Ann, Bo et Cy"),
        ("{{ team|list_format('or') }}", "Ann, Bo, or Cy", "Ann, Bo ou Cy"),
        ("{{ seats|plural(one='seat', other='seats') }}", "seats", "seats"),
        ("{{ 0|plural(one='seat', other='seats') }}", "seats", "seat"),
    ],
)
def test_a_filter_writes_as_the_locale_does(text: str, english: str, french: str) -> None:
    found = render(text, "en"), render(text, "fr")
    assert found[0] == english
    assert str(found[1]).replace("\xa0%", "\u202f%") == french


def test_plural_forms_follow_the_locale() -> None:
    text = "{{ %d|plural(one='год', few='года', many='лет', other='года') }}"
    assert [render(text % n, "ru") for n in (1, 3, 5, 21)] == ["год", "года", "лет", "год"]


def test_formatted_text_has_no_direction_marks() -> None:
    for locale in ("ar", "he", "fa"):
        assert not set(str(render("{{ -0.5|percent }} {{ -7|number }}", locale))) & set(
            "\u200e\u200f\u061c"
        )


def test_without_a_locale_numbers_are_english() -> None:
    assert render("{{ price|number }}", None) == "1,234.5"


def test_a_pseudo_locale_formats_as_its_language() -> None:
    assert render("{{ price|number }}", "en-XA") == "1,234.5"
    assert render("{{ price|number }}", "es-AR") == "1.234,5"


@pytest.mark.parametrize(
    ("text", "kind", "offset", "message", "hint"),
    [
        ("Hi {{ prodct }}", FaultKind.UNDEFINED, 6, "no variable 'prodct'", "'product'"),
        ("é😀{{ prodct }}", FaultKind.UNDEFINED, 5, "no variable 'prodct'", "'product'"),
        ("{{ who }}", FaultKind.UNDEFINED, 3, "no variable 'who'", "in `vars`; known: product, "),
        ("{{ item.pitch }}", FaultKind.UNDEFINED, 3, "no variable 'item'", "`for_each`"),
        ("{{ vars.product }}", FaultKind.UNDEFINED, 3, "no variable 'vars'", "alone"),
        ("{{ env.HOME }}", FaultKind.UNDEFINED, 3, "no variable 'env'", "--var"),
        ("{{ speaker.age }}", FaultKind.UNDEFINED, 10, "no field 'age'", "its fields: name, items"),
        (
            "Hi ${{ product }}",
            FaultKind.REFUSED,
            3,
            "the '$'",
            "drop the '$': {{ product }}; for money",
        ),
        ("Hi ${{ who }}", FaultKind.UNDEFINED, 7, "no variable 'who'", "'$': {{ who }}; define it"),
        ("{{ speaker.nmae }}", FaultKind.UNDEFINED, 10, "'speaker' has no field", "'name'"),
        ("{{ team[7] }}", FaultKind.UNDEFINED, 7, "no item 7 in a list of 3", None),
        ("{{ (seats + typo)|default(1) }}", FaultKind.UNDEFINED, 12, "'typo'", None),
        ("{{ product.upper() }}", FaultKind.REFUSED, 16, "call", "…|upper"),
        ("{{ range(9) }}", FaultKind.REFUSED, 8, "'range()' is a call", None),
        ("{{ ''.__class__ }}", FaultKind.REFUSED, 6, "'__class__' is out of reach", None),
        ("{{ team.__len__ }}", FaultKind.REFUSED, 8, "out of reach", None),
        ("{{ team['__class__'] }}", FaultKind.REFUSED, 8, "out of reach", None),
        ("{{ __import__ }}", FaultKind.REFUSED, 3, "out of reach", None),
        ("{{ team.append }}", FaultKind.VALUE, 7, "a list has no field 'append'", None),
        ("{{ team.length }}", FaultKind.VALUE, 7, "a list has no field", "…|length"),
        ("{{ 1|attr('real') }}", FaultKind.REFUSED, 5, "no filter 'attr'", "x.key"),
        ("{{ product|uper }}", FaultKind.REFUSED, 11, "no filter 'uper'", "'upper'"),
        ("{{ seats is prime }}", FaultKind.REFUSED, 9, "no test 'is prime'", None),
        ("{{ 2 ** 3 }}", FaultKind.REFUSED, 3, "'**'", None),
        ("{% if x %}", FaultKind.REFUSED, 0, "statements", "`when`"),
        ("a {%- for x in y %}", FaultKind.REFUSED, 2, "{% for %}", "`for_each`"),
        ("{% set x = 1 %}", FaultKind.REFUSED, 0, "{% set %}", "`vars`"),
        ("{% include 'x' %}", FaultKind.REFUSED, 0, "{% include %}", "`include`"),
        ("{% nonsense %}", FaultKind.REFUSED, 0, "{% nonsense %}", "only expressions"),
        ("a {# b", FaultKind.SYNTAX, 2, "'{#' is never closed", "quote"),
        ("{{-5}}", FaultKind.REFUSED, 3, "a sign beside the braces", "{{ -5 }}"),
        ("{{+5 }}", FaultKind.REFUSED, 2, "a sign beside the braces", "{{ -5 }}"),
        ("{{ seats +}}", FaultKind.REFUSED, 9, "a sign beside the braces", None),
        ("{{- -}}", FaultKind.SYNTAX, 3, "empty", None),
        ("{{ seats", FaultKind.SYNTAX, 0, "never closed", "' #'"),
        ("{{ (seats }}", FaultKind.SYNTAX, 3, "'(' is never closed", None),
        ("{{ 'seats }}", FaultKind.SYNTAX, 3, "never closed", None),
        ("{{ don't }}", FaultKind.SYNTAX, 6, "never closed", None),
        ("{{ }}", FaultKind.SYNTAX, 2, "empty", None),
        ("{{ seats seats }}", FaultKind.SYNTAX, 9, "unexpected 'seats'", None),
        ("{{ seats = 3 }}", FaultKind.SYNTAX, 9, "unexpected '='", "'=='"),
        ("{{ seats + }}", FaultKind.SYNTAX, 9, "ends too early", None),
        ("{{ seats ? 1 }}", FaultKind.SYNTAX, 9, "unexpected '?'", None),
        ("{{ and }}", FaultKind.SYNTAX, 3, "unexpected 'and'", None),
        ("{{ 1 if big }}", FaultKind.SYNTAX, 3, "without an 'else'", "else"),
        ("{{ '\\x41' }}", FaultKind.SYNTAX, 3, "unknown escape", None),
        ("{{ 1\x0b }}", FaultKind.SYNTAX, 4, "control character", None),
        ("{{ team|join(', ', 1, 2) }}", FaultKind.SYNTAX, 8, "'join' does not take", "separator"),
        ("{{ team|join(*team) }}", FaultKind.REFUSED, 8, "'*'", None),
        ("{{ team|join(separator='', separator='') }}", FaultKind.SYNTAX, 8, "twice", None),
        ("x {{ nothing }}", FaultKind.VALUE, 5, "null has no text", "or 'text'"),
        ("x {{ team }}", FaultKind.VALUE, 5, "a list has no text", "join"),
        ("x {{ speaker }}", FaultKind.VALUE, 5, "a mapping has no text", None),
        ("{{ 'a' * 3 }}", FaultKind.VALUE, 3, "'*' needs a number", None),
        ("{{ [1] * 3 }}", FaultKind.VALUE, 3, "'*' needs a number", None),
        ("{{ '%d' % 3 }}", FaultKind.VALUE, 3, "'%' needs a number", None),
        ("{{ 'a' + 1 }}", FaultKind.VALUE, 3, "cannot add a text and a number", "'~'"),
        ("{{ 1 / 0 }}", FaultKind.VALUE, 3, "divides by zero", None),
        ("{{ big + 1 }}", FaultKind.VALUE, 3, "this is a boolean", None),
        ("{{ 1 < 'a' }}", FaultKind.VALUE, 3, "'<' needs a number", None),
        ("{{ 1 in 2 }}", FaultKind.VALUE, 3, "'in' cannot look for", None),
        ("{{ []|first }}", FaultKind.VALUE, 6, "the list is empty", None),
        ("{{ [1, 'a']|sort }}", FaultKind.VALUE, 12, "cannot order", None),
        ("{{ 'x'|int }}", FaultKind.VALUE, 7, "'x' is not a number", "default"),
        ("{{ 5|currency('ABC') }}", FaultKind.VALUE, 5, "'ABC' is not a currency", None),
        ("{{ 5|currency('eur') }}", FaultKind.VALUE, 5, "'eur' is not a currency", "'EUR'"),
        ("{{ '2026-13-45'|date }}", FaultKind.VALUE, 16, "'2026-13-45' is not a date", "2026"),
        ("{{ 'now'|date }}", FaultKind.VALUE, 9, "'now' is not a date", None),
        ("{{ released|date('dd.MM') }}", FaultKind.VALUE, 12, "not a format of dates", None),
        ("{{ 5|unit('kilometre') }}", FaultKind.VALUE, 5, "not a unit", "'kilometer'"),
        ("{{ 5|plural(one='x') }}", FaultKind.SYNTAX, 5, "does not take", None),
        ("{{ 5|plural(single='x', other='y') }}", FaultKind.VALUE, 5, "'single'", "few"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    text: str, kind: FaultKind, offset: int, message: str, hint: str | None
) -> None:
    found = fault(text)
    assert (found.kind, found.offset) == (kind, offset), found
    assert message in found.message
    assert hint is None or (found.hint is not None and hint in found.hint)
    assert found.expression is None or found.expression in text


def test_a_template_names_what_it_reads() -> None:
    template = parse_template("{{ a.b|default(c) }} {{ d[e] }} {{ 'f' }}")
    assert isinstance(template, Template)
    assert template.names == {"a", "c", "d", "e"}


def test_plain_texts_and_plain_names_import_no_jinja_and_no_babel() -> None:
    program = """
import sys
from storyboard.templates.expressions import parse_template
from storyboard.locales import fallback_chain, parse_tag
greeting = parse_template("Hello {{ a.b }} and {{ c }}")
assert greeting.render({"a": {"b": 1}, "c": 2}) == "Hello 1 and 2"
assert parse_template("plain { text }").render({}) == "plain { text }"
assert [parse_tag(tag) for tag in ("en", "pt-BR", "zh-Hant")] and fallback_chain("de")
assert not {"jinja2", "babel"} & set(sys.modules), "imported too early"
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=30)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0.1 + 0.2", "0.3"),
        ("4 / 2", "2"),
        ("7 / 2", "3.5"),
        ("2.5 * 2", "5"),
        ("1 / 3 * 3", "1"),
        ("-(1 / 3) * 3", "-1"),
        ("1.1 * 1.1", "1.21"),
        ("1.15 * 100", "115"),
        ("9.99 * 3", "29.97"),
        ("0.1 + 0.2 == 0.3", "true"),
        ("2 // 0.4", "5"),
        ("-7 // 2", "-4"),
        ("-7 % 3", "2"),
        ("0.3 % 0.1", "0"),
        ("[0.1, 0.2, 0.7]|sum", "1"),
        ("1 / 8", "0.125"),
        ("1 / 10000000", "0.0000001"),
        ("999999999999999 + 1", "1000000000000000"),
        ("-0.00", "0.00"),
        ("0 * -1.5", "0"),
        ("(-0.04)|round(1)", "0"),
        ("2.50|round(1)", "2.5"),
        ("3|round(2)", "3"),
        ("1.005|round(2)", "1.01"),
        ("1.10", "1.10"),
        ("-1.10", "-1.10"),
        ("1.10 + 0", "1.1"),
        ("version", "1.10"),
        ("version|float", "1.1"),
        ("version * 2", "2.2"),
        ("-version", "-1.1"),
        ("code", "+49"),
        ("code|int", "49"),
        ("code|abs", "49"),
        ("'12.50'|float", "12.5"),
        ("1_000", "1000"),
        ("0x1F", "0x1F"),
        ("0x1F + 0", "31"),
    ],
)
def test_a_number_keeps_its_digits_and_arithmetic_has_no_noise(text: str, said: str) -> None:
    template = parse_template("= {{ " + text + " }}")
    assert isinstance(template, Template), template
    scope: dict[str, Value] = {"version": read_float("1.10"), "code": read_integer("+49")}
    assert template.render(scope, "en") == f"= {said}"


@pytest.mark.parametrize(
    ("value", "has_one"),
    [
        ("{{ a }}", True),
        ("a", False),
        (["a", "{# b #}"], True),
        ({"a": {"b": ["{% c"]}}, True),
        ({"{{ a }}": "a", "b": [1, None, {}]}, False),
        (None, False),
        (0.5, False),
    ],
)
def test_a_template_is_found_however_deep_it_stands(value: object, has_one: bool) -> None:
    assert has_template(value) is has_one
