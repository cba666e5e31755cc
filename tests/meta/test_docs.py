"""The pages are true in form: links lead somewhere, tables are the code's, commands exist."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import click

from reference_tables.commands import below, command_of
from reference_tables.json_outputs import BELOW, shapes
from reference_tables.keys import keys, keys_of
from reference_tables.markdown import anchor
from reference_tables.pages import PAGES, TABLES, blocks, filled
from storyboard.cli import COMMANDS, storyboard
from storyboard.cli.printed import NOTHING, STDERR, working_commands
from storyboard.distribution import DISTRIBUTION
from storyboard.plan.action import Action
from storyboard.views.plan_lines import head_line
from tests.support.pages import blocks_of, commands_of

ROOT = Path(__file__).parents[2]
START = ROOT / "docs" / "README.md"
LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
OTHERS_OPTIONS = {
    "--all-versions",
    "--include",
    "--no-isolation",
    "--rm",
    "--user",
    "--body-file",
    "--edit-last",
    "--create-if-none",
    "--strict",
}
"""Options of other programs that a page names in its prose."""


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_there_are_pages() -> None:
    assert len(PAGES) > 30
    assert all(map(read, PAGES))


def prose(text: str) -> str:
    """Return a page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)


def test_the_generated_blocks_are_what_the_code_says() -> None:
    assert [page for page in PAGES if filled(read(page)) != read(page)] == [], "run: make docs"


def test_every_table_and_command_stands_on_a_page() -> None:
    asked = [block.split() for path in PAGES for block in blocks(read(path))]
    assert {words[0] for words in asked} == set(TABLES)
    assert {words[1] for words in asked if words[0] == "command"} == set(COMMANDS)
    described = {words[1] for words in asked if words[0] == "keys"}
    assert described == {"project", "storyboard"}


def test_the_links_lead_somewhere() -> None:
    links = [(page, target) for page in PAGES for target in LINK.findall(prose(read(page)))]
    for page, target in links:
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, part = target.partition("#")
        place = (page.parent / path).resolve() if path else page
        assert place.exists(), (page, target)
        if part and place.suffix == ".md":
            headings = re.findall(r"^#+ (.+)$", prose(read(place)), re.M)
            assert part in {anchor(heading) for heading in headings}, (page, target)


def test_every_page_is_reachable_from_the_start() -> None:
    seen, waiting = set(), [ROOT / "README.md", START]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        for target in LINK.findall(read(page)):
            place = (page.parent / target.partition("#")[0]).resolve()
            if place.is_file():
                waiting.append(place)
    assert set(PAGES) - seen == set()


def every_option() -> set[str]:
    """Return the spellings of all options of all commands."""
    found = {"-h", "--help", "--version", "-C", "--directory"}
    for name in COMMANDS:
        for _, command in below(name, command_of(name)):
            for parameter in command.params:
                if isinstance(parameter, click.Option):
                    found |= {*parameter.opts, *parameter.secondary_opts}
    return found


def test_no_option_is_made_up() -> None:
    known = every_option() | OTHERS_OPTIONS
    spans = [(page, s) for page in PAGES for s in re.findall(r"`([^`\n]+)`", prose(read(page)))]
    for page, span in spans:
        for option in re.findall(r"(?:^|(?<=[\s\[(,|]))--[a-z][\w-]*", span):
            assert option in known, f"{page}: {option} in `{span}`"


def test_every_command_that_is_shown_exists() -> None:
    """In blocks of a shell and in code spans: subcommands and options, as click knows them."""
    call = re.compile(r"(?:^|(?<=[\s`$(\"]))(?<!<!-- )storyboard ([^|;&>#\n`…)]+)")
    for page in PAGES:
        text = read(page)
        lines = [line for block in blocks_of(text) for line in block.text.splitlines()
                 if block.kind in ("sh", "yaml")]  # fmt: skip
        for line in (*lines, *re.findall(r"`(storyboard [^`\n]+)`", prose(text))):
            for words in call.findall(line):
                problem = wrong_with(words)
                assert problem is None, f"{page}: {problem}: {line.strip()}"


def wrong_with(call: str) -> str | None:
    """Say what click would not know in the words behind `storyboard`."""
    words = shlex.split(call.replace("'", "").replace('"', ""))
    if words[:1] == ["-C"]:
        words = words[2:]
    if not words or words[0].isupper() or words[0].startswith("-"):
        return None
    if words[0] not in COMMANDS:
        return f"no command '{words[0]}'"
    command: click.Command = command_of(words.pop(0))
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    if "--" in words:
        words = words[: words.index("--")]
    known = {"--help", "-h"}
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            known |= {*parameter.opts, *parameter.secondary_opts}
    return next(
        (f"no option '{word}'" for word in words
         if word.startswith("-") and word.partition("=")[0].strip("[],") not in known), None
    )  # fmt: skip


def test_the_top_command_is_the_one_that_is_described() -> None:
    assert storyboard.name == "storyboard"
    assert wrong_with("plan --jsom") == "no option '--jsom'"
    assert wrong_with("plam") == "no command 'plam'"
    assert wrong_with("studio media add --captions a.vtt a.mp4") is None


def test_shell_blocks_hold_commands() -> None:
    shown = [(page, block.text) for page in PAGES for block in blocks_of(read(page))
              if block.kind == "sh"]  # fmt: skip
    for page, text in shown:
        assert list(commands_of(text)) or "install" in text or "make" in text, page


def test_every_environment_variable_is_in_the_table() -> None:
    """The table names what the source names: none forgotten, none made up."""
    from storyboard.environment_variables import VARIABLES

    source = "".join(
        read(path)
        for path in sorted((ROOT / "storyboard").rglob("*.py"))
        if path.name != "environment_variables.py"
    )
    told = {variable.name for variable in VARIABLES}
    named = set(
        re.findall(
            r"\"((?:KALTURA|STORYBOARD|GITHUB|GH|GITLAB|CI|AWS|GOOGLE|AZURE|OTEL)_[A-Z0-9_]+"
            r"|NO_COLOR|TERM|TRACEPARENT)\"",
            source,
        )
    )
    by_key = {variable.name for variable in VARIABLES if variable.key}
    only_given = {"KALTURA_UNISPHERE_URL", "KALTURA_TOKEN_HASH"}
    assert named - only_given <= told
    assert told - by_key <= named
    for variable in VARIABLES:
        assert not variable.key or f'"{variable.key}"' in source, variable.key


def test_the_pages_install_what_is_published() -> None:
    """Every install line names our distribution, and only extras that it has."""
    extras = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]["optional-dependencies"]
    asked = re.compile(r"\binstall '?([\w-]+)(?:\[([\w,]+)\])?")
    lines = [line for path in PAGES for block in blocks_of(read(path)) if block.kind != "text"
             for line in block.text.splitlines()]  # fmt: skip
    found = [match for line in lines for match in asked.findall(line)]
    assert len(found) >= 5
    for name, named in found:
        assert name == DISTRIBUTION
        assert set(filter(None, named.split(","))) <= set(extras)


WORDS = re.compile(r"[\w'’-]+")
LONGEST = 32
"""Words of the longest sentence that any page may have; most have 20 or fewer."""


def sentences(text: str) -> list[str]:
    """Return the sentences of a page's running text: no blocks, tables, headings."""
    text = re.sub(r"<!-- generated.*?<!-- end -->", "", prose(text), flags=re.S)
    text = re.sub(r"^(\||#|!\[).*$", "", text, flags=re.M)
    text = re.sub(r"^\s*(?:[-*]|\d+\.) ", "\n\n", text, flags=re.M)
    text = re.sub(r"`[^`]*`", "code", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    paragraphs = re.split(r"\n\s*\n", text)
    return [
        part for paragraph in paragraphs
        for part in re.split(r"(?<=[.:!?;])\s+", " ".join(paragraph.split())) if part
    ]  # fmt: skip


def test_sentences_are_short() -> None:
    for page in PAGES:
        found = [(len(WORDS.findall(sentence)), sentence) for sentence in sentences(read(page))]
        assert [sentence for words, sentence in found if words > LONGEST] == [], page
        lengths = sorted(words for words, _ in found)
        if len(lengths) > 4:
            assert lengths[len(lengths) * 4 // 5] <= 21, f"{page}: a fifth has over 21 words"


BANNED = (
    *("somebody", "nobody", "bad day", "bad days", "catalogue", "colour", "behaviour", "recognise"),
    *("anew", "held back", "and so on", "simply", "obviously"),
)


def test_the_words_are_plain() -> None:
    banned = re.compile(rf"\b({'|'.join(BANNED)})s?\b")
    for page in PAGES:
        text = re.sub(r"`[^`]*`", "", prose(read(page))).lower()
        assert banned.findall(text) == [], page


def test_every_key_that_is_described_is_read() -> None:
    """A key of a schema that no code asks for would promise what never happens."""
    source = "".join(read(path) for path in sorted((ROOT / "storyboard").rglob("*.py")))
    unread = {"notes"}
    for name in ("project", "storyboard"):
        for path in keys(name):
            key = path.rpartition(".")[2]
            codes = path.startswith("checks.")
            assert codes or key in unread or f'"{key}"' in source, path


def test_every_key_has_a_meaning() -> None:
    for name in ("project", "storyboard", "plan", "diagnostics", "outputs", "outcome", "events"):
        for row in re.findall(r"^\| `.*\|$", keys_of(name, all_required=True), re.M):
            assert not re.search(r"\|\s*\|$", row), f"{name}: {row}"


def test_every_json_output_is_described() -> None:
    printing = set(working_commands(storyboard)) - set(NOTHING)
    rows = shapes().splitlines()[2:]
    assert {row.split("`")[1] for row in rows} == {f"storyboard {w} --json" for w in printing}
    for row in rows:
        assert re.search(r"\| (`[{\[]|see below)", row), row
    page = read(ROOT / "docs" / "reference" / "json.md")
    assert {f"json {name}" for name in (*BELOW, STDERR)} <= set(blocks(page))


def test_the_page_about_apply_has_every_action_with_its_sign() -> None:
    page = read(ROOT / "docs" / "explanation" / "how-apply-works.md")
    rows = re.findall(r"^\| `(.)` \| (\w+) \|", page, re.MULTILINE)
    lines = (
        head_line(action, "x", 1, lambda text, _: text)
        for action in Action
        if action is not Action.KEEP
    )
    assert Counter(rows) == Counter((sign, action) for sign, action, _ in map(str.split, lines))
