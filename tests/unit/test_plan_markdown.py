"""A plan in a comment of a pull request: bounded, whole, and nothing in it but what we meant."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from storyboard.commands.approved_plan import Approved
from storyboard.forges.marks import PLAN, marker, read_shown, sealed
from storyboard.plan.plan import Plan, PlanOptions, make_plan
from storyboard.video import Video
from storyboard.views.characters import cell_width
from storyboard.views.folding import folded
from storyboard.views.markdown import code, fenced, html_code
from storyboard.views.plan_markdown import MOST_CHARACTERS, render_plan_markdown
from storyboard.views.wording import printable
from tests.support.examples import examples
from tests.support.plans import applied, current, remote
from tests.support.videos import scene, video

BREAKS = ["```", "~~~", "`", "</details>", "<img src=x onerror=y>", "@maria", "#12", "-->", "|"]
BREAKS += [
    "![a](http://x.test/b)",
    "[a](javascript:b)",
    "\n\n# top",
    "\n/merge\n",
    "&lt;",
    "http://x.test",
    "MARK",
]
OPENED = re.compile("<details(?: open)?>")
hostile = st.lists(st.sampled_from(BREAKS) | st.text(max_size=5), max_size=6).map("".join)


def plan_of(before: Video, after: Video) -> Plan:
    return make_plan([after], applied(before), current(remote(before)))


def outside_of_code(markdown: str) -> str:
    """Return what a reader's browser gets as anything but code: text, links, HTML."""
    found = []
    for token in MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(markdown):
        if token.type == "fence":
            continue
        if token.type == "html_block":
            found.append(re.sub("<code>[^<]*</code>", "", token.content))
        for child in token.children or ():
            if child.type != "code_inline":
                found.append(child.content + child.type)
    return html.unescape("".join(found))


@settings(max_examples=examples(150), deadline=None)
@given(hostile, hostile)
def test_no_text_leaves_its_block(old: str, new: str) -> None:
    before = video("q1", scene("a", f"MARK {old}"), name=f"MARK {old}")
    after = video("q1", scene("a", f"MARK {new}"), name=f"MARK {new}")
    text = render_plan_markdown(plan_of(before, after), environment="production")
    outside = outside_of_code(text)
    for sign in ("MARK", "@maria", "#12", "javascript", "onerror", "x.test", "top"):
        assert sign not in outside, text
    assert len(OPENED.findall(outside)) == outside.count("</details>")
    assert not re.search("^ *>? */", text, re.M), "GitLab does what a line of a note begins with"


@settings(max_examples=examples(100), deadline=None)
@given(hostile)
def test_code_is_code(text: str) -> None:
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    inline = parser.parseInline(f"before {code(text)} after")[0].children or []
    if text.strip():
        assert [child.type for child in inline] == ["text", "code_inline", "text"]
    fence, *rest = parser.parse(fenced(text.split("\n")))
    assert (fence.type, rest) == ("fence", [])
    assert "<" not in html_code(text).removeprefix("<code>").removesuffix("</code>")


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 30, 150])
@pytest.mark.parametrize("length", [10, 2000])
def test_it_is_bounded_and_ends_whole(count: int, length: int) -> None:
    wanted = [
        video(f"v{number}", *(scene(f"s{n}", f"`{n} " + "w" * length) for n in range(20)))
        for number in range(count)
    ]
    plan = make_plan(wanted, applied(), current())
    text = render_plan_markdown(plan, environment="production")
    assert len(text) <= MOST_CHARACTERS
    assert len(OPENED.findall(text)) == text.count("</details>")
    assert [token.type for token in MarkdownIt().parse(text)].count("fence") == text.count(
        "```diff"
    )
    assert plan.digest in text
    if count == 150:
        assert "<details><summary><b>150 to create</b></summary>" in text
        left = re.search(r"… and (\d+) more: ", text)
        assert left
        assert int(left[1]) + text.count("<summary><code>") == count


def test_an_edit_of_a_person_is_shown_before_new_videos() -> None:
    ours = video("zzz", scene("a", "Words as the files have them, and stay."))
    theirs = video("zzz", scene("a", "Words as a person wrote them since then."))
    made = [video(f"v{n}", scene("a", "Words that are new to the studio.")) for n in range(9)]
    plan = make_plan([*made, ours], applied(ours), current(remote(theirs)))
    text = render_plan_markdown(plan, environment="production")
    assert text.index("<code>zzz</code>") < text.index("<code>v0</code>")


@pytest.mark.parametrize("most", range(1500, 3000, 37))
def test_no_limit_is_passed_by_a_character(most: int) -> None:
    wanted = [video(f"v{n}", scene("a", "Words and words. " * 3)) for n in range(30)]
    text = render_plan_markdown(make_plan(wanted, applied(), current()), environment="p", most=most)
    assert len(text) <= most
    assert "applies no other.\n" in text
    assert text.endswith(" -->\n")


def test_what_is_lost_is_shown_first() -> None:
    kept = [
        video(f"v{n}", scene("a", "Words that are here to stay, all of them.")) for n in range(9)
    ]
    gone = video("zzz", scene("a", "Words that will be gone after this."))
    plan = make_plan(
        kept, applied(gone), current(remote(gone)), PlanOptions(prune=True, allow_empty=True)
    )
    text = render_plan_markdown(plan, environment="production", most=1200)
    assert "⚠️ `zzz` - delete: " in text
    assert re.search(r"… and \d+ more", text)


def test_a_marker_holds_no_end_of_a_comment() -> None:
    assert marker(PLAN, "a--><b>") == "<!-- storyboard plan: a--%3E%3Cb%3E -->"
    assert marker(PLAN, "production") != marker(PLAN, "staging")


@pytest.mark.parametrize(("count", "told"), [(300, 300), (301, 0)])
def test_a_comment_tells_hundreds_of_videos_apart_and_fits(count: int, told: int) -> None:
    wanted = [video(f"v{n}", scene("a", f"Words of number {n}. " * 20)) for n in range(count)]
    plan = make_plan(wanted, applied(), current())
    posted = sealed(render_plan_markdown(plan, environment="production"))
    shown = read_shown(posted)
    assert shown is not None
    assert (shown.digest, shown.is_whole, len(shown.parts)) == (plan.digest, True, told)
    assert len(posted) < 65_536
    other = make_plan([*wanted[1:], video("new", scene("a", "Words."))], applied(), current())
    doubt = str(Approved(shown).doubt(other))
    if told:
        assert doubt == "the plan is another one now: new: new; 1 video no longer in it"
    else:
        assert doubt == "the plan is another one now, which changes 301 videos"
    assert Approved(shown).doubt(plan) is None


def test_many_of_a_kind_are_opened_by_one_click_and_one_alone_by_none() -> None:
    wanted = [video(f"v{n}", scene("a", f"Words of number {n}.")) for n in range(20)]
    text = render_plan_markdown(make_plan(wanted, applied(), current()), environment="p")
    assert len(re.findall("^<details", text, re.M)) == 20 + len(["the group", "the digest"])
    inside = text.partition("<b>20 to create</b></summary>\n\n")[2]
    assert inside.startswith("<details><summary><code>v0</code> + create, 1 scene · ")
    alone = render_plan_markdown(make_plan(wanted[:1], applied(), current()), environment="p")
    assert "<details open><summary><code>v0</code>" in alone


@given(hostile, st.integers(min_value=8, max_value=60))
def test_a_folded_text_is_the_text(text: str, width: int) -> None:
    """A phone shows the whole line: none is wider, and no word is lost."""
    text = printable(text)
    lines = list(folded("! ", text, width, "? "))
    assert [line[:2] for line in lines] == ["! ", *["? "] * (len(lines) - 1)]
    assert "".join(line[2:] for line in lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_width(line) <= width for line in lines)


def test_a_long_word_without_spaces_is_folded_in_time() -> None:
    lines = list(folded("! ", "長い言葉" * 5_000, 52, "! "))
    assert len(lines) == 800
    assert {cell_width(line) for line in lines} == {52}
