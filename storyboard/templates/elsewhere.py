"""What other template languages have, and what to write here instead. Knows names, no values.

A hint goes by meaning: `|strip` is Python's word for `|trim`, and no misspelling of `|string`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

_SPOKEN: Final = "texts are spoken, not shown on a page: leave it out"
_TOMORROW: Final = "a plan has to come out the same tomorrow: give the value by --var"
_LAYOUT: Final = "spoken texts have no layout: leave it out"
_CODED: Final = "give the text that you need by --var"
_REGEX: Final = "there are no patterns here: use |replace('old', 'new'), or `in`"
_SPLIT: Final = "write a list in `vars`"
_MERGE: Final = "lists are joined by '+'; write mappings out in `vars`"

FILTERS_ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Jinja
        "attr": "write x.key, or x['key']",
        "batch": "take stretches: x[0:3]",
        "slice": "take a stretch: x[0:3]",
        "center": _LAYOUT,
        "indent": _LAYOUT,
        "wordwrap": _LAYOUT,
        "pprint": "for JSON: |tojson",
        "d": "use |default('…')",
        "e": _SPOKEN,
        "escape": _SPOKEN,
        "forceescape": _SPOKEN,
        "safe": _SPOKEN,
        "striptags": _SPOKEN,
        "urlencode": _SPOKEN,
        "urlize": _SPOKEN,
        "xmlattr": _SPOKEN,
        "filesizeformat": "use |unit('megabyte')",
        "format": "join texts by '~', and write numbers by |number(digits=2)",
        "random": _TOMORROW,
        # Ansible
        "bool": "compare: x == 'yes'",
        "ternary": "write a if x else b",
        "combine": _MERGE,
        "union": "write (a + b)|unique",
        "difference": "use |reject('in', other)",
        "intersect": "use |select('in', other)",
        "symmetric_difference": "use |reject('in', other) on both",
        "flatten": _MERGE,
        "zip": _SPLIT,
        "dict2items": "use |items, which gives pairs",
        "items2dict": "write the mapping in `vars`",
        "extract": "write x[key]",
        "mandatory": "leave it out: a missing variable is an error",
        "quote": _SPOKEN,
        "regex_replace": _REGEX,
        "regex_search": _REGEX,
        "regex_findall": _REGEX,
        "to_json": "use |tojson",
        "to_nice_json": "use |tojson",
        "to_yaml": "use |tojson",
        "from_json": "write the value in `vars`",
        "from_yaml": "write the value in `vars`",
        "json_query": "use |selectattr and |map(attribute='…')",
        "shuffle": _TOMORROW,
        "strftime": "use |date('long')",
        "to_datetime": "write dates as '2026-03-31', and show them by |date",
        "type_debug": "ask: x is string, x is number, x is sequence",
        "b64encode": _CODED,
        "b64decode": _CODED,
        "hash": _CODED,
        "basename": _CODED,
        "dirname": _CODED,
        "human_readable": "use |unit('megabyte')",
        "pow": "multiply: x * x",
        "root": _CODED,
        "log": _CODED,
        # Liquid, Twig and Django
        "append": "join by '~': x ~ 'more'",
        "prepend": "join by '~': 'more' ~ x",
        "add": "write x + y",
        "plus": "write x + y",
        "minus": "write x - y",
        "times": "write x * y",
        "divided_by": "write x / y, or x // y for a whole number",
        "modulo": "write x % y",
        "at_least": "write [x, y]|max",
        "at_most": "write [x, y]|min",
        "ceil": "use |round(method='ceil')",
        "floor": "use |round(method='floor')",
        "upcase": "use |upper",
        "downcase": "use |lower",
        "uppercase": "use |upper",
        "lowercase": "use |lower",
        "capfirst": "use |capitalize",
        "strip": "use |trim",
        "lstrip": "use |trim",
        "rstrip": "use |trim",
        "strip_html": _SPOKEN,
        "strip_newlines": "use |trim",
        "newline_to_br": _SPOKEN,
        "linebreaks": _SPOKEN,
        "nl2br": _SPOKEN,
        "raw": _SPOKEN,
        "remove": "use |replace('…', '')",
        "replace_first": "use |replace('old', 'new')",
        "size": "use |length",
        "len": "use |length",
        "split": _SPLIT,
        "keys": "use |list",
        "values": "use |items, which gives pairs",
        "merge": _MERGE,
        "concat": "write a + b",
        "uniq": "use |unique",
        "sorted": "use |sort",
        "sort_natural": "use |sort",
        "sort_by": "use |sort(attribute='…')",
        "reversed": "use |reverse",
        "where": "use |selectattr('field', 'eq', value)",
        "filter": "use |select('…') or |selectattr('field', '…')",
        "find": "use |selectattr('field', 'eq', value)|first",
        "compact": "use |select",
        "pluck": "use |map(attribute='…')",
        "truncatewords": "use |truncate(80)",
        "truncatechars": "use |truncate(80, true)",
        "pluralize": "use |plural(one='…', other='…')",
        "money": "use |currency('EUR')",
        "format_number": "use |number",
        "format_currency": "use |currency('EUR')",
        "number_format": "use |number(digits=2)",
        "floatformat": "use |number(digits=2)",
        "intcomma": "use |number",
        "percentage": "use |percent",
        "datetime": "use |date or |time",
        "date_format": "use |date('long')",
        "format_date": "use |date('long')",
        "trans": "leave it out: texts are translated in catalogs",
        "t": "leave it out: texts are translated in catalogs",
        "str": "use |string",
        "json": "use |tojson",
        "jsonify": "use |tojson",
        "average": "write x|sum / x|length",
    }
)
"""Filters that are not here, and what to write instead."""

TESTS_ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sameas": "compare: x == y",
        "iterable": "ask: is sequence, or is mapping",
        "callable": "there is nothing to call here",
        "escaped": _SPOKEN,
        "filter": "all filters are known: see the reference of expressions",
        "test": "all tests are known: see the reference of expressions",
        "empty": "write not x, or x|length == 0",
        "null": "ask: is none",
        "list": "ask: is sequence",
        "dict": "ask: is mapping",
        "text": "ask: is string",
        "int": "ask: is integer",
        "bool": "ask: is boolean",
        "match": _REGEX,
        "search": "write 'part' in x",
        "regex": _REGEX,
        "contains": "write y in x",
        "subset": "write (x|reject('in', y))|length == 0",
        "superset": "write (y|reject('in', x))|length == 0",
        "truthy": "compare: x != ''",
        "falsy": "write not x",
        "version": "compare the parts as numbers",
    }
)
"""Tests that are not here, and what to write instead."""

CALLS_ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "range": "write the numbers as a list: [1, 2, 3]",
        "dict": "write a mapping: {'key': value}",
        "lipsum": _TOMORROW,
        "cycler": "use `index` inside `for_each`: index % 2",
        "joiner": "use |join(', ')",
        "namespace": "name the value in `vars`",
        "now": _TOMORROW,
        "today": _TOMORROW,
        "lookup": _TOMORROW,
        "env": _TOMORROW,
        "getenv": _TOMORROW,
        "get": "use x.key|default('…')",
        "keys": "use |list",
        "values": "use |items, which gives pairs",
        "split": _SPLIT,
        "strip": "use |trim",
        "len": "use |length",
        "str": "use |string",
        "format": "join texts by '~', and write numbers by |number(digits=2)",
        "startswith": "compare a stretch: x[0:2] == 'ab'",
        "endswith": "compare a stretch: x[-2:] == 'ab'",
        "append": "lists are joined by '+': x + [y]",
        "isdigit": "use x|int(0)",
        "gettext": "leave it out: texts are translated in catalogs",
        "_": "leave it out: texts are translated in catalogs",
        "super": "there is no inheritance: use `include`",
        "caller": "there are no macros: name the value in `vars`",
    }
)
"""Functions and methods that are not here, and what to write instead."""

NAMES_ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "item": "`item` is there in a scene with `for_each` only",
        "index": "`index` is there in a scene with `for_each` only",
        "loop": "in a scene with `for_each`, write {{ index }}, which counts from 1",
        "vars": "write the variable's name alone: {{ product }}",
        "var": "write the variable's name alone: {{ product }}",
        "env": _TOMORROW,
        "environment": _TOMORROW,
        "secrets": _TOMORROW,
        "github": _TOMORROW,
        "now": _TOMORROW,
        "today": _TOMORROW,
        "null": "write none",
        "nil": "write none",
        "lang": "write {{ locale }}, in a project with locales",
        "language": "write {{ locale }}, in a project with locales",
        "locale": "it is there in a project with `locales` only",
        "scene": "a text sees variables only; name the value in `vars`",
        "storyboard": "a text sees variables only; name the value in `vars`",
        "project": "a text sees variables only; name the value in `vars`",
    }
)
"""Names that other languages have, or that are there in some places only."""

_INLINE: Final = "write {{ a if x else b }} in the text, or give the scene a `when`"
_LOOP: Final = "give the scene a `for_each`, or write {{ items|join(', ') }} in the text"
_VARS: Final = "name the value in `vars`"
_INCLUDE: Final = "put the scenes into a file and `include` it"
STATEMENTS_ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("if", "elif", "else", "endif", "unless", "case", "when"), _INLINE),
        **dict.fromkeys(("for", "endfor", "break", "continue"), _LOOP),
        **dict.fromkeys(("set", "endset", "assign", "with", "macro", "endmacro", "call"), _VARS),
        **dict.fromkeys(("include", "import", "from", "extends", "block", "endblock"), _INCLUDE),
        **dict.fromkeys(
            ("raw", "endraw", "verbatim"), "write the characters as a text: {{ '{{' }}"
        ),
        **dict.fromkeys(("filter", "endfilter"), "put the filter behind the value: {{ x|upper }}"),
        **dict.fromkeys(
            ("trans", "endtrans", "blocktrans"), "leave it out: texts are translated in catalogs"
        ),
        **dict.fromkeys(("comment", "endcomment"), "write {# … #}, or a comment of YAML"),
    }
)
"""What stands behind `{%`, and what to write instead."""


def hint_for(word: str, elsewhere: Mapping[str, str], known: Iterable[str], what: str) -> str:
    """Return what to write for an unknown name: by its meaning, else by a slip of the finger.

    A slip in a name of another tool counts, after those of our own names.
    """
    names = sorted(known)
    if word in elsewhere:
        return elsewhere[word]
    lowered = word.lower()
    meant = [f"'{name}'" for name in names if is_slip(lowered, name)]
    if meant:
        return f"did you mean {' or '.join(meant[:3])}?"
    for name in sorted(elsewhere):
        if is_slip(lowered, name):
            return elsewhere[name]
    return f"known {what}: " + ", ".join(names)


def is_slip(word: str, name: str) -> bool:
    """Tell whether a word is a name with one letter wrong, missing, doubled or swapped."""
    if word == name:
        return True
    if min(len(word), len(name)) < 3 or abs(len(word) - len(name)) > 1:
        return False
    at = next(
        (i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b),
        min(len(word), len(name)),
    )
    rest, wanted = word[at:], name[at:]
    swapped = rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]
    return swapped or rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:]
