"""The texts that an expression may say: all are listed, and each can be put in other words."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from storyboard.templates.evaluating import Rendering
from storyboard.templates.expressions import (
    Expression,
    Template,
    TemplateFault,
    Value,
    parse_template,
)
from storyboard.templates.filters import FILTERS
from storyboard.templates.literals import Literal, reworded, spoken_literals
from tests.support.examples import examples

SCOPE: dict[str, Value] = {"n": 3, "one": 1, "s": "abc", "t": "", "yes": True, "m": {"k": "v"}}
MARK = re.compile(r"word\d+x")

leaves = st.sampled_from(["n", "one", "s", "t", "yes", "m.k", "missing", "'@'", "'@'", "', '"])
FORMS = (
    *("({0} if {1} else {2})", "({0} ~ {1})", "({0} or {1})", "({0} and {1})", "({0} == {1})"),
    *("(not {0})", "([{0}, {1}]|last)", "([{0}, {1}]|join({2}))", "({{'k': {0}}}.k)"),
    *("({0}|upper)", "([{0}, {1}][n == {2}|length])", "({0}|default({1}))"),
    *("({0}|default(fallback={1}))", "({0}|trim)", "(n|plural(one={0}, other={1}))"),
    *("(one|plural(one={0}, other={1}))", "({0}|replace('q', {1}))"),
    *("({0}|default({1}, boolean={2}))", "('a' + {0})", "({{'a': {0}, 'b': {1}}}['a'])"),
    *("({0}[0:9])", "([{0}, {1}]|list_format)", "([{0}, {1}]|sort|first)"),
    *("([{0}]|unique|first)", "('q'|int({0}))"),
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(*(st.builds(form.format, inner, inner, inner) for form in FORMS))


def _marked(shape: str) -> str:
    """Give every '@' a word of its own."""
    pieces = shape.split("@")
    return pieces[0] + "".join(f"word{i}x{piece}" for i, piece in enumerate(pieces[1:]))


expressions = st.recursive(leaves, _grown, max_leaves=7).map(_marked)


def parsed(text: str) -> Expression:
    template = parse_template("{{ " + text + " }}")
    assert isinstance(template, Template), template
    assert template.whole is not None
    return template.whole


def said(expression: Expression) -> str:
    try:
        return str(expression.render(Rendering(SCOPE, "en")))
    except TemplateFault:
        assume(False)
        raise


@settings(max_examples=examples(300), deadline=None)
@given(expressions)
def test_every_text_that_is_said_is_listed(text: str) -> None:
    expression = parsed(text)
    listed = {literal.text for literal in spoken_literals(expression)}
    assert set(MARK.findall(said(expression).lower())) <= listed


@settings(max_examples=examples(200), deadline=None)
@given(expressions)
def test_the_same_words_give_the_same_expression(text: str) -> None:
    expression = parsed(text)
    texts = {literal.key: literal.text for literal in spoken_literals(expression)}
    assert reworded(expression, texts) == expression
    assert reworded(expression, {}) == expression


@settings(max_examples=examples(300), deadline=None)
@given(expressions)
def test_other_words_say_what_an_expression_with_them_says(text: str) -> None:
    expression = parsed(text)
    literals = spoken_literals(expression)
    rewritten = expression.text
    for literal in sorted(literals, key=lambda each: -each.offset):
        place = slice(literal.offset + 1, literal.offset + 1 + len(literal.text))
        assert rewritten[place] == literal.text
        rewritten = rewritten[: place.start] + f"other{literal.text}" + rewritten[place.stop :]
    told = reworded(expression, {each.key: f"other{each.text}" for each in literals})
    assert said(told) == said(parsed(rewritten))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("'urgent' if x == 'high' else 'open'", {"1": "urgent", "2": "open"}),
        ("n|plural(one='a file', other='files')", {"1.one": "a file", "1.other": "files"}),
        ("n|plural(one=a, other='x' ~ b)", {"1.other.1": "x"}),
        ("n|plural(one='', other='-') ~ 'a'", {"1": "a"}),
        ("name|default('friend') ~ ', ' ~ 'hi'", {"1": "friend", "2": "hi"}),
        ("{'de': 'Hallo'}[locale]", {"1": "Hallo"}),
        ("day|date('yMMMM') ~ 5|unit('day') ~ 3|currency('EUR')", {}),
        ("'a' in x or x is string", {}),
        ("x and 'yes'", {"1": "yes"}),
        ("xs|sort(attribute='name')|map(attribute='title')|join(' and ')", {"1": " and "}),
        ("x|replace('old', 'new')", {"1": "new"}),
    ],
)
def test_texts_are_keyed_by_place(text: str, keys: dict[str, str]) -> None:
    assert {each.key: each.text for each in spoken_literals(parsed(text))} == keys


def test_a_plural_takes_the_forms_of_the_language_that_it_is_told_in() -> None:
    told = reworded(
        parsed("n|plural(one='one new file', other='several new files')"),
        {"1.one": "jeden plik", "1.few": "pliki", "1.many": "plików", "1.other": "pliku"},
    )

    def said_of(number: float, locale: str, language: str | None) -> str:
        return told.render_text(Rendering({"n": number}, locale, language))

    assert [said_of(n, "pl", None) for n in (1, 3, 5, 22, 1.5)] == [
        *("jeden plik", "pliki", "plików", "pliki", "pliku")
    ]
    assert [said_of(n, "en", "pl") for n in (1, 3, 5)] == ["jeden plik", "pliki", "plików"]


def test_words_of_another_language_keep_their_own_plural_rules() -> None:
    template = parse_template("{{ 0|plural(one='file', other='files') }} {{ 1.5|number }}")
    assert isinstance(template, Template)
    assert template.render({}, "fr") == "file 1,5"
    assert template.render({}, "fr", "en") == "files 1,5"


def test_a_key_of_nothing_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError, match="2"):
        reworded(parsed("'a' if x else y"), {"2": "b"})


def test_other_words_are_data() -> None:
    told = reworded(parsed("'a' if n else 'b'"), {"1": "{{ n }} '"})
    assert said(told) == "{{ n }} '"


def test_a_literal_knows_which_form_of_a_plural_it_is() -> None:
    one, other = spoken_literals(parsed("n|plural(one='a', other='b')"))
    assert (one.plural, other.plural) == (("1", "one"), ("1", "other"))
    assert Literal("1", "a", 0).plural is None


def test_every_filter_says_which_parameters_it_speaks() -> None:
    for name, each in FILTERS.items():
        known = {"value", *each.signature.parameters}
        forms = {"zero", "one", "two", "few", "many"} if name == "plural" else set()
        assert set(each.speaks) <= known | forms, name


SHAPES = ("'word0x'", "['word0x']", "{'a': 'word0x'}", "[{'a': 'word0x'}]")


@pytest.mark.parametrize("name", sorted(FILTERS.keys() - {"verbatim"}))
def test_what_comes_out_of_a_filter_is_listed(name: str) -> None:
    for shape in SHAPES:
        for brackets in ("", "('a')", "(attribute='a')", "('a', 'b')"):
            template = parse_template("{{ " + f"{shape}|{name}{brackets}" + " }}")
            if not isinstance(template, Template) or template.whole is None:
                continue
            try:
                text = str(template.whole.render(Rendering(SCOPE, "en")))
            except TemplateFault:
                continue
            listed = {literal.text for literal in spoken_literals(template.whole)}
            assert set(MARK.findall(text.lower())) <= listed, template
