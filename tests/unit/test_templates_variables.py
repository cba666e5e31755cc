"""Which layer wins, what variables may say of each other, and how `--var` is typed."""

from __future__ import annotations

import os

import pytest

from storyboard.errors import UsageError
from storyboard.source.numerals import spell
from storyboard.source.text import read_text
from storyboard.studio.film.cache import digest as cache_key
from storyboard.templates.expressions import FaultKind, Value
from storyboard.templates.var_option import parse_var
from storyboard.templates.variables import Layer, Variables, resolve_variables
from storyboard.video import digest as fingerprint
from tests.support.passing_time import soon


def resolve(*layers: dict[str, Value], locale: str | None = "en") -> Variables:
    named = [Layer(f"layer {index}", values) for index, values in enumerate(layers)]
    return resolve_variables(named, {"locale": locale}, locale)


def messages(variables: Variables) -> list[str]:
    return [found.fault.message for found in variables.faults]


def test_a_stronger_layer_replaces_a_variable_whole() -> None:
    found = resolve({"a": 1, "m": {"x": 1, "y": 2}}, {"b": 2}, {"a": 3, "m": {"x": 9}})
    assert found.scope == {"a": 3, "b": 2, "m": {"x": 9}, "locale": "en"}
    assert found.origins == {"a": 2, "b": 1, "m": 2}


def test_variables_are_written_with_each_other_in_any_order() -> None:
    found = resolve(
        {"title": "{{ product }} {{ year }}", "copy": "{{ speakers }}"},
        {"product": "{{ brand|upper }}", "speakers": ["{{ product }} team", {"n": "{{ year }}"}]},
        {"brand": "acme", "year": 2026, "price": "{{ 1234.5|number }}", "where": "{{ locale }}"},
        locale="de",
    )
    assert not found.faults
    assert found.scope["title"] == "ACME 2026"
    assert found.scope["copy"] == ["ACME team", {"n": 2026}]
    assert (found.scope["price"], found.scope["where"]) == ("1.234,5", "de")
    assert {"brand", "product", "year", "speakers", "locale"} <= found.read


def test_a_cycle_is_told_once() -> None:
    found = resolve({"a": "{{ b }}", "d": 1}, {"b": {"deep": ["{{ c }}"]}, "c": "{{ a }}"})
    assert messages(found) == ["variable 'a' needs itself: a → b → c → a"]
    assert [(f.layer, f.pointer) for f in found.faults] == [(0, ("a",))]
    assert found.scope == {"d": 1, "locale": "en"}


def test_a_variable_that_names_itself_is_a_cycle() -> None:
    found = resolve({"name": "Acme"}, {"name": "{{ name }} Pro"})
    assert messages(found) == ["variable 'name' needs itself: name → name"]


def test_what_needs_a_variable_without_value_is_no_second_mistake() -> None:
    found = resolve({"x": "{{ a }}", "a": "{{ b }}", "b": "{{ a }}", "y": "{{ x }}"})
    assert messages(found) == ["variable 'a' needs itself: a → b → a"]
    assert found.scope.keys() == {"locale"}


def test_a_fault_has_its_layer_and_its_way() -> None:
    found = resolve(
        {"ok": 1}, {"m": {"list": ["x", "{{ nope }}"]}, "n": "{{ m }}", "p": "{{ 1 + }}"}
    )
    assert [(f.layer, f.pointer, f.fault.kind) for f in found.faults] == [
        (1, ("m", "list", 1), FaultKind.UNDEFINED),
        (1, ("p",), FaultKind.SYNTAX),
    ]
    assert "m" not in found.scope
    assert "n" not in found.scope


@pytest.mark.parametrize("name", ["1a", "a-b", "", "locale", "item", "not", "__class__", "a b"])
def test_a_variable_has_a_name_that_expressions_can_say(name: str) -> None:
    found = resolve({name: 1})
    assert [f.pointer for f in found.faults] == [(name,)]
    assert name not in found.scope or name == "locale"


def test_long_chains_and_shared_parts_end_soon() -> None:
    with soon(5):
        chain: dict[str, Value] = {f"v{n}": f"{{{{ v{n + 1} }}}}" for n in range(2000)}
        assert not resolve({**chain, "v2000": "end"}).faults
        laughs: dict[str, Value] = {"l0": ["ha"] * 10}
        laughs |= {f"l{n}": [f"{{{{ l{n - 1} }}}}"] * 10 for n in range(1, 30)}
        assert any("values" in message for message in messages(resolve(laughs)))
        nested: dict[str, Value] = {"n0": []}
        nested |= {f"n{n}": [f"{{{{ n{n - 1} }}}}"] for n in range(1, 500)}
        assert any("nested" in message for message in messages(resolve(nested)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x=1", 1),
        ("x=-2.5", -2.5),
        ("x=true", True),
        ("x=null", None),
        ("x=no", "no"),
        ("x=yes", "yes"),
        ("x=010", "010"),
        ("x=1:30", "1:30"),
        ("x=", ""),
        ("x=a=b", "a=b"),
        ("x='1'", "1"),
        ('x=""', ""),
        ("x='", "'"),
        ("x='A' or 'B'", "'A' or 'B'"),
        ('x="A" or "B"', '"A" or "B"'),
        ("x='it''s'", "it's"),
        ("x='A''", "'A''"),
        (r'x="say \"hi\""', 'say "hi"'),
        (r'x="C:\new"', r"C:\new"),
        ('x="C:\\"', "C:\\"),
        ("x='say \"hi\"'", 'say "hi"'),
        ("x='a\nb'", "a\nb"),
        ("x={{ y }}", "{{ y }}"),
        ("x=99999999999999999999", "99999999999999999999"),
        ("x=.inf", ".inf"),
        ("x=1_000", "1_000"),
        ("x=2026-03-31", "2026-03-31"),
    ],
)
def test_an_option_is_typed_as_a_plain_scalar(text: str, value: Value) -> None:
    name, found = parse_var(text)
    assert (name, found, type(found)) == ("x", value, type(value))


@pytest.mark.parametrize("written", ["9.90", "+49", "1e5", "0x1F", "-0", ".5", "1.", "0.0000001"])
def test_an_option_keeps_the_digits_of_a_number(written: str) -> None:
    _, found = parse_var(f"x={written}")
    assert isinstance(found, int | float)
    assert spell(found) == written


@pytest.mark.parametrize("text", ["x", "=1", "a-b=1", "locale=de", "not=1"])
def test_an_option_that_is_no_variable_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_var(text)
    assert caught.value.hint


NOT_IN_A_TEXT = "\0\x01\x0b\x1b\x7f\x85\u2028\u2029\ud800\ufeff\ufffe\uffff"


@pytest.mark.parametrize("char", NOT_IN_A_TEXT, ids=ascii)
@pytest.mark.parametrize("form", ["x=a{}b", "x='{}'", "a{}b=1", "{}"])
def test_an_option_has_only_characters_that_a_file_may_have(char: str, form: str) -> None:
    assert read_text("a.yaml", f"x: a{char}b")[0] is None
    with pytest.raises(UsageError) as caught:
        parse_var(form.format(char))
    assert f"U+{ord(char):04X}" in caught.value.message
    assert caught.value.message.isprintable()
    assert caught.value.hint


def test_an_option_that_is_not_utf8_is_told_its_byte() -> None:
    with pytest.raises(UsageError, match="variable 'p' has the byte 0xFF, which is not UTF-8"):
        parse_var(os.fsdecode(b"p=a\xffb"))


@pytest.mark.parametrize("text", ["x=a\tb", "x=a\nb", "x=a\u200db", "x=\U0001f600"])
def test_an_option_may_have_what_a_file_may_have(text: str) -> None:
    assert parse_var(text) == ("x", text[2:])


def test_both_digests_take_any_text() -> None:
    assert fingerprint({"text": "a\udcffb"}) != fingerprint({"text": "a\udcfeb"})
    assert cache_key("a\udcffb") != cache_key("a\udcfeb")
    assert fingerprint(["a"]) == f"sha256:{cache_key('a')}"
