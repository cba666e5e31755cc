"""Every message and hint has one shape: see "Messages" in CONTRIBUTING.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storyboard.counting import counted
from tests.support.messages import GAP, PACKAGE, Said, every_text, everything_said

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

SAID = everything_said()
SENTENCES = [said for said in SAID if " " in said.text]
OURS = [said for said in SENTENCES if not said.place.startswith(AS_KALTURA)]
WHOLE = [said for said in every_text() if not said.place.startswith("storyboard/studio/text/")]
FORBIDDEN = re.compile(rf"\b(?:{'|'.join(set(BANNED) - {'told', 'none of'})})s?\b")
HINTS = [said for said in OURS if said.role == "hint"]


def named(said: Said) -> str:
    return f"{said.place} {said.text[:40]}"


def test_the_walk_finds_the_messages() -> None:
    """Known ones of each kind are among them, so that the walk is not blind."""
    texts = {said.text for said in SAID}
    assert len(SAID) > 600
    assert "pass --yes" in texts
    assert any(text.startswith("set KALTURA_KS, or KALTURA_PARTNER_ID") for text in texts)


@pytest.mark.parametrize("said", OURS, ids=named)
def test_a_message_has_the_shape(said: Said) -> None:
    text = said.text
    assert STARTS.match(text), "a message starts in lower case"
    assert not text.rstrip().endswith(".") or text.endswith(("…", "...")), "no full stop"
    assert "  " not in text.strip(), "no double space"
    assert len(text.replace(GAP, "")) <= LONGEST[said.role], "too long"


@pytest.mark.parametrize("said", SENTENCES, ids=named)
def test_a_message_has_no_doubled_words(said: Said) -> None:
    assert not re.search(r"\b([a-z]{2,}) \1\b", said.text.replace("in in-", ""))


@pytest.mark.parametrize("said", OURS, ids=named)
def test_a_message_has_plain_words(said: Said) -> None:
    text = re.sub(r"`[^`]*`|'[^']*'", "", said.text.lower())
    for word in BANNED:
        assert not re.search(rf"\b{word}s?\b", text), word
    assert not re.search(r"(?<!there) (?:is|are) no (?!longer\b)", text), "say what was expected"


@pytest.mark.parametrize("said", OURS, ids=named)
def test_a_number_agrees_with_its_noun(said: Said) -> None:
    """A value before a noun is made by `counted`, which puts both into one gap."""
    limits = r"(?:more|fewer|deeper|less) than \{\}|at most \{\}"
    text = re.sub(limits, "", said.text)
    assert not re.search(rf"\{{\}} (?:{COUNTED})s?\b", text)


@pytest.mark.parametrize("said", HINTS, ids=named)
def test_a_hint_is_an_act(said: Said) -> None:
    first = re.split(r"[\s,:;]", said.text)[0].strip("`'")
    assert first in ACTIONS or OTHER_STARTS.match(said.text) or said.text.startswith(GAP)


@pytest.mark.parametrize("said", WHOLE, ids=named)
def test_what_may_be_printed_has_plain_words(said: Said) -> None:
    """Tables, progress, explanations: all texts of the source but docstrings."""
    text = re.sub(r"`[^`]*`|'[^']*'", "", said.text.lower())
    assert not FORBIDDEN.search(text)
    assert not re.search(r"\b([a-z]{2,}) \1\b", said.text)


def test_plurals_are_made_in_one_place() -> None:
    made = re.compile(r"""['"]s?['"] if .{1,30} (?:==|!=|>|<) 1\b(?![.])""")
    for path in sorted(Path(PACKAGE).rglob("*.py")):
        if path.name != "counting.py":
            assert not made.search(path.read_text(encoding="utf-8")), path


def test_counted() -> None:
    assert counted(1, "film") == "1 film"
    assert counted(0, "film") == "0 films"
    assert counted(2, "entry", "entries") == "2 entries"
    assert counted(12_000, "scene") == "12,000 scenes"
