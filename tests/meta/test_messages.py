"""Every message and hint has one shape: see "Messages" in CONTRIBUTING.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from storyboard.counting import counted
from storyboard.kaltura.secrets import redact
from tests.support.messages import GAP, Said, read_source
from tests.support.python_names import sources

LONGEST = {"message": 110, "hint": 150}
"""Characters without values. A hint may hold a command."""

AS_KALTURA = ("storyboard/studio/api/", "storyboard/studio/web/", "storyboard/studio/app.py")
"""What the local studio answers in Kaltura's own words: `Avatar '…' not found`."""

STARTS = re.compile(r"[a-z'\"`{<…(-]|[A-Z][A-Z_]+\b|[A-Z][a-z]*[A-Z]|Kaltura|Ctrl-C|YAML|Python")
"""Lower case, a value, an option, or a name that is always written with capitals."""

BANNED = (
    *("somebody", "nobody", "anybody", "someone", "no one", "anew", "held back", "bad day"),
    *(
        "catalogue",
        "colour",
        "behaviour",
        "recognise",
        "neighbour",
        "cancelled",
        "centre",
        "honour",
    ),
    *("put behind", "way round", "garbage", "told", "taken in", "under way", "at hand", "none of"),
    *("as far as", "the like", "gone wrong", "brings it back", "puts it"),
)
"""Words that `style` rules out: pronouns for people, old or figurative words, British spelling."""

ACTIONS = frozenset(
    (
        *(
            "accept",
            "add",
            "allow",
            "apply",
            "ask",
            "change",
            "check",
            "choose",
            "close",
            "convert",
        ),
        *("copy", "correct", "create", "cut", "declare", "define", "delete", "destroy", "double"),
        *("draft", "drop", "end", "export", "fill", "film", "free", "give", "import", "include"),
        *(
            "increase",
            "indent",
            "install",
            "join",
            "keep",
            "leave",
            "let",
            "list",
            "listen",
            "look",
        ),
        *(
            "lower",
            "make",
            "map",
            "mark",
            "merge",
            "move",
            "name",
            "open",
            "pass",
            "pick",
            "plan",
            "point",
        ),
        *("put", "quote", "raise", "remove", "rename", "render", "repeat", "replace", "report"),
        *("request", "reset", "resolve", "restore", "retry", "review", "run", "save", "say", "see"),
        *("separate", "set", "shorten", "show", "sign", "spell", "split", "start", "stop", "sync"),
        *("take", "translate", "try", "turn", "type", "unset", "update", "upgrade", "use", "wait"),
        *("work", "write"),
    )
)
"""What a hint begins with: the reader's next act."""

OTHER_STARTS = re.compile(r"storyboard |--|did you mean|if |for |to |[a-z ]+ with: ", re.I)
"""A command, an option, a guess, or a condition that an act follows."""

COUNTED = "video|film|scene|error|warning|text|file|item|entry|action|copy|copie|backup|minute"

PEOPLE_AND_SPELLING = re.compile(rf"\b(?:{'|'.join(BANNED)})s?\b")
EVERYWHERE = re.compile(rf"\b(?:{'|'.join(set(BANNED) - {'told', 'none of'})})s?\b")
DOUBLED = re.compile(r"\b([a-z]{2,}) \1\b")


@cache
def sentences() -> tuple[Said, ...]:
    return tuple(said for said in read_source().said if " " in said.text)


@cache
def ours() -> tuple[Said, ...]:
    return tuple(said for said in sentences() if not said.place.startswith(AS_KALTURA))


@cache
def printed() -> tuple[Said, ...]:
    foreign = "storyboard/narration/"
    return tuple(said for said in read_source().printed if not said.place.startswith(foreign))


def unquoted(said: Said) -> str:
    """Return a text without what it quotes: code, and the user's own words."""
    return re.sub(r"`[^`]*`|'[^']*'", "", said.text.lower())


def faults(said: Iterable[Said], is_faulty: Callable[[Said], object]) -> list[str]:
    """Return all texts that have a fault, with their places."""
    return [f"{each.place} {each.text}" for each in said if is_faulty(each)]


def test_the_walk_finds_the_messages() -> None:
    """Known ones of each kind are among them, so that the walk is not blind."""
    texts = {said.text for said in read_source().said}
    assert len(read_source().said) > 600
    assert len(printed()) > 2000
    assert "pass --yes" in texts
    assert "write the number of the account" in texts
    assert any(text.startswith("set KALTURA_KS, or KALTURA_PARTNER_ID") for text in texts)


def test_a_message_starts_in_lower_case() -> None:
    assert faults(ours(), lambda said: not STARTS.match(said.text)) == []


def test_a_message_has_no_full_stop() -> None:
    def stops(said: Said) -> bool:
        return said.text.rstrip().endswith(".") and not said.text.endswith("...")

    assert faults(ours(), stops) == []


def test_a_message_is_short() -> None:
    def is_long(said: Said) -> bool:
        return len(said.text.replace(GAP, "")) > LONGEST[said.role] or "  " in said.text.strip()

    assert faults(ours(), is_long) == []


def test_no_word_stands_twice() -> None:
    assert faults((*sentences(), *printed()), lambda said: DOUBLED.search(said.text)) == []


def test_a_message_has_plain_words() -> None:
    assert faults(ours(), lambda said: PEOPLE_AND_SPELLING.search(unquoted(said))) == []


def test_what_may_be_printed_has_plain_words() -> None:
    """Tables, progress, explanations: all texts of the source but docstrings."""
    assert faults(printed(), lambda said: EVERYWHERE.search(unquoted(said))) == []


def test_a_message_says_what_was_expected() -> None:
    """`'x' is no partner id` does not; `invalid partner id 'x': expected a number` does."""
    negated = re.compile(r"(?<!there) (?:is|are) no (?!longer\b)")
    assert faults(ours(), lambda said: negated.search(unquoted(said))) == []


def test_a_number_agrees_with_its_noun() -> None:
    """A value before a noun is made by `counted`, which puts both into one gap."""
    limits = r"(?:more|fewer|deeper|less) than \{\}|at most \{\}"
    noun = re.compile(rf"\{{\}} (?:{COUNTED})s?\b")
    assert faults(ours(), lambda said: noun.search(re.sub(limits, "", said.text))) == []


def test_a_hint_is_an_act() -> None:
    def is_no_act(said: Said) -> bool:
        first = re.split(r"[\s,:;]", said.text)[0].strip("`'")
        starts = OTHER_STARTS.match(said.text) or said.text.startswith(GAP)
        return first not in ACTIONS and not starts

    assert faults((said for said in ours() if said.role == "hint"), is_no_act) == []


def test_nothing_of_a_message_of_ours_is_masked() -> None:
    """`write postgresql://USER:PASSWORD@HOST` was printed without what the reader is to write."""
    assert faults(read_source().said, lambda said: redact(said.text) != said.text) == []


def test_plurals_are_made_in_one_place() -> None:
    made = re.compile(r"""['"]s?['"] if .{1,30} (?:==|!=|>|<) 1\b(?![.])""")
    for path, text in sources().items():
        assert path.name == "counting.py" or not made.search(text), path


def test_counted() -> None:
    assert counted(1, "film") == "1 film"
    assert counted(0, "film") == "0 films"
    assert counted(2, "entry", "entries") == "2 entries"
    assert counted(12_000, "scene") == "12,000 scenes"
