"""People edit in the studio, others in the files: `pull` merges, and touches no other byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.commands.compiled_project import compile_request
from storyboard.commands.project import Comparison
from storyboard.commands.pull import pull_compared
from storyboard.commands.rewriting_files import put_rewrites
from storyboard.plan.current import Current
from storyboard.plan.merged import Prefer
from storyboard.plan.plan import PlanOptions, make_plan
from storyboard.state.model import ObjectRecord
from storyboard.video import Avatar, Background, BackgroundKind
from tests.support.pulling import Desk
from tests.support.tiny_studio import PRINCIPAL

TOUR = """\
# The tour, for new colleagues.
id: tour
name: Office tour   # shown in the player
avatar: jane
entries: {metrics: 1_metrics, plan: {entryId: 1_plan}}
scenes:
  # Everybody starts here.
  - id: hello
    narration: Hello, and welcome to our office in the city.  # reviewed
  - id: numbers
    layoutType: broll
    narration: >
      Here we see the key metrics
      of the last quarter, at a glance.
    broll: metrics@0:30

  - id: desk
    narration: 'This is where you''ll work from Monday on.'
    avatar: {templateId: adam, background: "#112233"}
  # The end.
  - id: bye
    narration: "That was all, see you on Monday."
protect: false # last line
"""
AVATARS = "avatars: {planner: {templateId: adam, background: BEHIND}}\n"
SAID = "Hello, and welcome to our new office in the city."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.of(tmp_path, {"tour.storyboard.yaml": TOUR})


def test_nothing_was_edited(desk: Desk) -> None:
    pull = desk.pull()
    assert not pull.has_any
    assert desk.text() == TOUR


def test_every_field_that_only_the_studio_changed_is_taken(desk: Desk) -> None:
    desk.videos["tour"]["name"] = "The tour: 2026"
    desk.videos["tour"]["avatarId"] = desk.chosen("jane", "library", "office-1")
    desk.says(0, SAID)
    desk.says(1, "Here we see the key metrics of the last year, at a glance.")
    desk.scenes()[1]["broll"] = {"entryId": "1_plan", "startTime": 75.5}
    desk.says(2, "This is where you'll work from Tuesday on.")
    desk.scenes()[2]["narration"]["avatarId"] = desk.chosen("adam", "color", "#445566")
    desk.says(3, 'That was "all": see you on Monday.')
    pull = desk.pull()
    assert set(desk.ends(pull).values()) == {"taken"}
    assert len(pull.fields) == 9
    assert desk.text() == (
        TOUR.replace("name: Office tour ", 'name: "The tour: 2026" ')
        .replace(
            "avatar: jane\n",
            "avatar: {templateId: jane, background: {type: library, id: office-1}}\n",
        )
        .replace("our office", "our new office")
        .replace("of the last quarter, at", "of the last year, at")
        .replace("metrics@0:30", "plan@1:15.5")
        .replace("you''ll work from Monday", "you''ll work from Tuesday")
        .replace("#112233", "#445566")
        .replace('"That was all, see', '"That was \\"all\\": see')
    )
    assert not desk.plan().changes[0].changes
    assert not desk.pull().has_any


def test_what_only_the_files_changed_stays(desk: Desk) -> None:
    edited = TOUR.replace("our office", "our old office").replace("jane", "julia")
    desk.project.write("tour.storyboard.yaml", edited)
    desk.says(3, "That was all for today.")
    assert desk.ends(desk.pull()) == {"scenes[bye].narration.text": "taken"}
    assert desk.text() == edited.replace("all, see you on Monday.", "all for today.")


def test_what_both_changed_alike_is_nothing_to_do(desk: Desk) -> None:
    desk.project.edit("tour.storyboard.yaml", "our office", "our new office")
    desk.says(0, SAID)
    assert not desk.pull().has_any


@pytest.mark.parametrize("prefer", [None, Prefer.OURS, Prefer.THEIRS])
def test_a_conflict_is_left_while_the_rest_is_taken(desk: Desk, prefer: Prefer | None) -> None:
    desk.project.edit("tour.storyboard.yaml", "our office", "our old office")
    before = desk.text()
    desk.says(0, SAID)
    desk.says(3, "That was all for today.")
    pull = desk.pull(prefer)
    end = {None: "conflict", Prefer.THEIRS: "taken"}.get(prefer)
    own = {} if end is None else {"scenes[hello].narration.text": end}
    assert desk.ends(pull) == {**own, "scenes[bye].narration.text": "taken"}
    taken = before.replace("all, see you on Monday.", "all for today.")
    if prefer is Prefer.THEIRS:
        taken = taken.replace("our old office", "our new office")
    assert desk.text() == taken
    if prefer is None:
        [conflict] = pull.open_fields
        assert (conflict.item.ours, conflict.item.theirs) == (SAID.replace("new", "old"), SAID)
        assert str(conflict.span) == "tour.storyboard.yaml:9:16"


def test_scenes_are_added_removed_and_moved(desk: Desk) -> None:
    hello, numbers, _, bye = desk.scenes()
    new = {
        "layoutType": "full-screen",
        "narration": {"text": "And here is a scene: it is new to all of us."},
        "broll": {"entryId": "1_metrics", "startTime": 0},
    }
    desk.videos["tour"]["scenes"] = [numbers, new, hello, bye]
    pull = desk.pull()
    assert desk.ends(pull) == {
        "scenes[desk]": "taken",
        "scenes": "taken",
        "scenes[#2]": "taken",
    }
    lead, rest = TOUR.split("  # Everybody starts here.\n")
    hello_item, rest = rest.split("  - id: numbers\n")
    numbers_item, rest = rest.split("  - id: desk\n")
    _, end = rest.split("  # The end.\n")
    added = (
        "  - id: and-here-is-a\n"
        "    layoutType: full-screen\n"
        '    narration: "And here is a scene: it is new to all of us."\n'
        "    broll: metrics\n"
    )
    assert desk.text() == (
        f"{lead}  - id: numbers\n{numbers_item}{added}"
        f"  # Everybody starts here.\n{hello_item}  # The end.\n{end}"
    )
    assert not desk.plan().changes[0].changes


def test_an_edit_beside_a_removed_scene_keeps_its_id(desk: Desk) -> None:
    """By its place alone, the scene behind a removed one would be told as that one, rewritten."""
    del desk.scenes()[2]
    desk.says(2, "That was all, see you on Monday or on Tuesday.")
    assert desk.ends(desk.pull()) == {
        "scenes[bye].narration.text": "taken",
        "scenes[desk]": "taken",
    }
    assert "id: desk" not in desk.text()
    assert 'narration: "That was all, see you on Monday or on Tuesday."' in desk.text()


def test_a_scene_that_one_side_removed_and_the_other_edited_is_a_conflict(desk: Desk) -> None:
    desk.project.edit("tour.storyboard.yaml", "work from Monday", "work from Sunday")
    del desk.scenes()[2]
    before = desk.text()
    assert desk.ends(desk.pull()) == {"scenes[desk]": "conflict"}
    assert desk.text() == before
    assert desk.ends(desk.pull(Prefer.THEIRS)) == {"scenes[desk]": "taken"}
    assert "id: desk" not in desk.text()


def test_a_clip_and_an_avatar_come_and_go(desk: Desk) -> None:
    desk.scenes()[0].update(layoutType="broll", broll={"entryId": "1_plan", "startTime": 3})
    desk.scenes()[0]["narration"]["avatarId"] = desk.chosen("maria")
    desk.scenes()[1].pop("broll")
    desk.scenes()[1]["layoutType"] = "full-screen"
    desk.scenes()[2]["narration"].pop("avatarId")
    pull = desk.pull()
    assert set(desk.ends(pull).values()) == {"taken"}, desk.ends(pull)
    own = '    avatar: {templateId: adam, background: "#112233"}\n'
    assert desk.text() == (
        TOUR.replace(
            "city.  # reviewed\n",
            "city.  # reviewed\n    avatar: maria\n    broll: plan@3\n",
        )
        .replace("layoutType: broll", "layoutType: full-screen")
        .replace("    broll: metrics@0:30\n", "")
        .replace(own, "")
    )


@pytest.mark.parametrize(
    "background", ["{type: entry, entryId: plan}", "{type: entry, entryId: 1_plan}"]
)
def test_an_avatar_with_a_clip_behind_it_is_called_by_its_name(
    tmp_path: Path, background: str
) -> None:
    """`import` knew such an avatar, and `pull` wrote it in full."""
    named = TOUR.replace("avatar: jane\n", f"{AVATARS}avatar: jane\n").replace("BEHIND", background)
    desk = Desk.of(tmp_path, {"tour.storyboard.yaml": named})
    desk.scenes()[0]["narration"]["avatarId"] = desk.chosen("adam", "entry", "1_plan")
    desk.pull()
    assert "city.  # reviewed\n    avatar: planner\n" in desk.text()


def test_without_a_record_either_side_may_have_changed_it(desk: Desk) -> None:
    """A video that was found by its name, or an older state: nothing tells what was applied."""
    [(address, kept)] = desk.state.videos.items()
    bare = replace(kept, current=ObjectRecord(kept.current.id))
    desk.state = desk.state.with_video(address, bare)
    desk.says(0, SAID)
    desk.scenes().append(desk.scenes()[0])
    pull = desk.pull()
    assert desk.ends(pull) == {"scenes[hello].narration.text": "conflict", "scenes[#5]": "conflict"}
    assert not any(field.item.known for field in pull.fields)
    assert desk.text() == TOUR
    assert desk.ends(desk.pull(Prefer.THEIRS))["scenes[hello].narration.text"] == "taken"


def test_an_avatar_that_comes_back_otherwise_is_no_edit(desk: Desk) -> None:
    """A studio may spell a color in its own way: of an old avatar, its id tells that it is ours."""
    desk.project.edit("tour.storyboard.yaml", "avatar: jane", "avatar: julia")
    [own] = [id_ for id_, avatar in desk.avatars.items() if avatar.template_id == "jane"]
    desk.avatars[own] = Avatar("jane", Background(BackgroundKind.COLOR, "#ceeedb"))
    assert not desk.pull().has_any


STYLES = {
    "one line": "narration: Here we see all.\n",
    "literal": "narration: |\n      Here we\n      see all.\n",
    "kept end": "narration: >+\n      Here we see all.\n\n",
    "a comment": "narration: >- # loud\n      Here we see all.\n",
    "long form": "narration: {text: Here we see all., avatar: adam}\n",
    "a line below": "narration:\n      Here we see all.\n",
    "over lines": "narration: Here we\n      see all.\n",
}
NEW_TEXTS = (
    "Here we see: all.",
    '- Here\'s #1, "all" of it, {with} {{ braces }} and {% more %}.',
    "true",
    "12:30",
    "Hier sehen wir alles – 日本語 🎬 \\ back.",
    "One paragraph here.\n\nAnd another one here.",
    "word " * 60 + "end.",
)


@pytest.mark.parametrize("written", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_texts_in_every_style(tmp_path: Path, written: str, line_end: str) -> None:
    """What comes back is what the studio has, in the author's style; the rest stays as it is."""
    head = "name: T # n\nscenes:\n  # c\n  - id: a\n    "
    tail = "    # d\n  - id: b\n    narration: B!\n"
    short = "checks: {narration-too-short: off}\n"
    files = {"tour.storyboard.yaml": head + written + tail, "storyboard.yaml": short}
    desk = Desk.of(tmp_path, files)
    path = tmp_path / "tour.storyboard.yaml"
    mark = b"\xef\xbb\xbf" if line_end == "\r\n" else b""
    parts = [part.replace("\n", line_end).encode() for part in (head, written, tail)]
    for new in NEW_TEXTS:
        path.write_bytes(mark + b"".join(parts))
        desk.says(0, new)
        pull = desk.pull()
        assert desk.ends(pull) == {"scenes[a].narration.text": "taken"}, pull.fields
        after = path.read_bytes()
        assert after.startswith(mark + parts[0])
        assert after.endswith(parts[2])
        assert after.count(b"\n") == after.count(line_end.encode())
        assert not desk.plan().changes[0].changes
        assert not desk.pull().has_any


def test_line_breaks_become_spaces(desk: Desk) -> None:
    """In a file they say nothing: the next apply makes them spaces in the studio, too."""
    desk.says(0, "Hello, and welcome\nto our office.")
    compilation, compared = desk.compared()
    pull = pull_compared(desk.request, compilation, compared)
    assert [field.item.theirs for field in pull.fields] == ["Hello, and welcome to our office."]


LOCALES = """\
id: tour
name: Office tour
locales: [en, de, fr]
vars: {city: Bonn}
entries: {metrics: 1_metrics}
avatars: {host: {templateId: adam}}
avatar: host
scenes:
  - id: hello
    narration: Hello, and welcome to our office in the city.
  - id: place
    narration: "Our office is in {{ city }}, close to the river."
    broll: {entry: metrics, startTime: "0:30"}
  - include: shared/outro.yaml
  - for_each: [one, two]
    id: "loop-{{ item }}"
    narration: The same words are said again and again.
    broll: {entry: metrics, startTime: "{{ index }}"}
localize:
  fr: {scenes: {place: {broll: {startTime: 12}}}}
"""
OUTRO = "- id: bye\n  narration: That was all, see you on Monday.\n"
GERMAN = {
    "hello.narration": (
        "Hello, and welcome to our office in the city.",
        "Hallo und willkommen in unserem Büro in der Stadt.",
    ),
    "place.narration": (
        "Our office is in {city}, close to the river.",
        "Unser Büro ist in {city}, nahe am Fluss.",
    ),
    "loop-one.narration": (
        "The same words are said again and again.",
        "Dieselben Worte, immer und immer wieder.",
    ),
    "loop-two.narration": (
        "The same words are said again and again.",
        "Dieselben Worte, immer und immer wieder.",
    ),
}
HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def catalog(tag: str, texts: dict[str, tuple[str, str]]) -> str:
    entries = (
        f'\n# said by the host\nmsgctxt "{key}"\nmsgid "{source}"\n'
        f'msgstr ""\n"{text[:9]}"\n"{text[9:]}"\n'
        for key, (source, text) in texts.items()
    )
    return HEADER.format(tag) + "".join(entries)


BYE = {"bye.narration": ("That was all, see you on Monday.", "Das war alles, bis zum Montag.")}


@pytest.fixture
def tours(tmp_path: Path) -> Desk:
    files = {"tour.storyboard.yaml": LOCALES, "shared/outro.yaml": OUTRO}
    for tag in ("de", "fr"):
        files[f"locales/{tag}/tour.po"] = catalog(tag, GERMAN)
        files[f"locales/{tag}/shared/outro.po"] = catalog(tag, BYE)
    made = Desk.of(tmp_path, files)
    assert set(made.videos) == {"tour@en", "tour@de", "tour@fr"}
    return made


def files_of(desk: Desk) -> dict[str, str]:
    root = desk.project.path
    found = (p for p in root.rglob("*") if p.is_file() and ".storyboard" not in p.parts)
    return {str(p.relative_to(root)): p.read_bytes().decode() for p in found}


def test_a_translation_goes_to_its_catalog(tours: Desk) -> None:
    before = files_of(tours)
    tours.says(0, 'Hallo und {willkommen} in "unserem" Büro.', "tour@de")
    pull = tours.pull()
    assert tours.ends(pull) == {"scenes[hello].narration.text": "taken"}
    old = 'msgstr ""\n"Hallo und"\n" willkommen in unserem Büro in der Stadt."\n'
    new = 'msgstr "Hallo und {{willkommen}} in \\"unserem\\" Büro."\n'
    name = "locales/de/tour.po"
    assert files_of(tours) == {**before, name: before[name].replace(old, new)}
    [rewrite] = pull.rewrites
    assert rewrite.news == ("1 edit of 'tour@de'",)


def test_a_source_text_holds_its_translations(tours: Desk) -> None:
    tours.says(0, SAID, "tour@en")
    pull = tours.pull()
    assert tours.text() == LOCALES.replace("our office in the city", "our new office in the city")
    [rewrite] = pull.rewrites
    assert rewrite.news == (
        "1 edit of 'tour@en'",
        "'tour@de' waits for its translation",
        "'tour@fr' waits for its translation",
    )


def test_a_pull_that_was_killed_between_two_files_is_continued(tours: Desk) -> None:
    """A source text that is there alone holds its translation, whose edit would be lost to it."""
    german = "Hallo und willkommen in unserem neuen Büro."
    tours.says(0, SAID, "tour@en")
    tours.says(0, german, "tour@de")
    compilation, compared = tours.compared()
    rewrites = pull_compared(tours.request, compilation, compared).rewrites
    assert len(rewrites) == 2
    put_rewrites(tours.project.path, rewrites[:1])
    pull = tours.pull()
    assert pull.held == ()
    written = {rewrite.path: rewrite.after for rewrite in rewrites}
    assert {path: (tours.project.path / path).read_bytes() for path in written} == written


LEFT = {
    "an expression": ("tour@en", 1, "expression", "tour.storyboard.yaml:12:16"),
    "an expression's translation": ("tour@de", 1, "expression", "locales/de/tour.po"),
    "an include": ("tour@en", 2, "other storyboards", "shared/outro.yaml:2:14"),
    "an include's translation": ("tour@de", 2, "other videos", "locales/de/shared/outro.po"),
    "a loop": ("tour@en", 3, "loop-two", "tour.storyboard.yaml:17:16"),
}


@pytest.mark.parametrize(("address", "number", "why", "place"), LEFT.values(), ids=LEFT)
def test_a_text_that_comes_from_elsewhere_is_told(
    tours: Desk, address: str, number: int, why: str, place: str
) -> None:
    before = files_of(tours)
    tours.says(number, "A person in the studio had other words for this.", address)
    pull = tours.pull()
    assert set(tours.ends(pull).values()) == {"left"}
    [left] = pull.open_fields
    assert why in left.reason
    assert str(left.span).startswith(place)
    assert left.item.theirs == "A person in the studio had other words for this."
    assert files_of(tours) == before


def test_what_locales_share_is_written_if_all_of_them_agree(tours: Desk) -> None:
    def start(address: str, seconds: float) -> None:
        tours.scenes(address)[1]["broll"]["startTime"] = seconds

    start("tour@en", 45)
    start("tour@fr", 13.5)
    pull = tours.pull()
    ends = {(str(f.address), f.end.value) for f in pull.fields}
    assert ends == {("tour@en", "left"), ("tour@fr", "taken")}
    assert "'tour@de'" in pull.open_fields[0].reason
    assert tours.text() == LOCALES.replace("startTime: 12", "startTime: 13.5")
    start("tour@de", 45)
    assert set(tours.ends(tours.pull()).values()) == {"taken"}
    assert '{entry: metrics, startTime: "0:45"}' in tours.text()


def test_a_list_of_scenes_that_locales_share(tours: Desk) -> None:
    del tours.scenes("tour@en")[0]
    pull = tours.pull()
    assert tours.ends(pull) == {"scenes[hello]": "left"}
    assert tours.text() == LOCALES


def test_an_avatar_that_all_locales_have_changed(tours: Desk) -> None:
    for address in tours.videos:
        tours.videos[address]["avatarId"] = tours.chosen("jane", "color", "#ABCDEF")
    assert tours.ends(tours.pull()) == {"avatar": "taken"}
    new = 'avatar: {templateId: jane, background: "#ABCDEF"}\n'
    assert tours.text() == LOCALES.replace("avatar: host\n", new)


def test_scenes_beside_an_include_and_a_loop_are_added_and_moved(tours: Desk) -> None:
    for address, videos in tours.videos.items():
        hello, place, *rest = videos["scenes"]
        videos["scenes"] = [place, hello, *rest]
        assert address
    assert tours.ends(tours.pull()) == {"scenes": "taken"}
    head, _, rest = LOCALES.partition("  - id: hello\n")
    hello, _, rest = rest.partition("  - id: place\n")
    place, _, tail = rest.partition("  - include")
    assert tours.text() == f"{head}  - id: place\n{place}  - id: hello\n{hello}  - include{tail}"
    tours.scenes("tour@en").append(
        {"narration": {"text": "One more scene, at the very end of it."}}
    )
    pull = tours.pull()
    assert tours.ends(pull) == {"scenes[#6]": "taken"}
    assert "  - id: one-more-scene-at\n    narration: One more" in tours.text()
    assert "'tour@de' waits for its translation" in pull.rewrites[0].news


def test_who_presents_a_scene_stays_where_the_video_s_own_avatar_changes(desk: Desk) -> None:
    """What follows the video's avatar in the file may have been given it for good in the studio."""
    jane = desk.videos["tour"]["avatarId"]
    desk.scenes()[0]["narration"]["avatarId"] = jane
    desk.videos["tour"]["avatarId"] = desk.chosen("maria")
    assert desk.ends(desk.pull()) == {"avatar": "taken"}
    assert "avatar: maria\n" in desk.text()
    assert "city.  # reviewed\n    avatar: jane\n" in desk.text()
    assert not desk.plan().changes[0].changes


def test_a_layout_that_goes_with_a_clip_is_not_called_taken_without_it(tours: Desk) -> None:
    tours.scenes("tour@en")[0].update(
        layoutType="broll", broll={"entryId": "1_metrics", "startTime": 3}
    )
    ends = tours.ends(tours.pull())
    assert set(ends.values()) == {"left"}
    assert len(ends) == 3
    assert tours.text() == LOCALES


@pytest.mark.parametrize("environment", ["kaltura", "local"])
def test_a_text_whose_words_are_respelled_for_kaltura_alone(
    tmp_path: Path, environment: str
) -> None:
    tour = TOUR.replace("    broll: metrics@0:30\n", "").replace("    layoutType: broll\n", "")
    said = "say: {office: OFF-iss}\nsay_in_payload: true\n"
    files = {"tour.storyboard.yaml": tour, "storyboard.yaml": said}
    desk = Desk.of(tmp_path, files, environment)
    sent = desk.scenes()[0]["narration"]["text"]
    assert ("OFF-iss" in sent) == (environment == "kaltura")
    desk.says(0, sent.replace("to our", "to our new"))
    assert list(desk.ends(desk.pull()).values()) == ["taken"]
    assert desk.text() == tour.replace("to our", "to our new")


def test_hostile_texts_stay_values(desk: Desk) -> None:
    """A studio may send anything: it becomes a text of a file, or is left with the reason."""
    desk.videos["tour"]["name"] = "x\nprotect: true # \u202e {{ evil }}"
    desk.says(0, "a: b\n- c\n\x1b[2J {% raw %} '''\"\"\" \\ and so on and so on")
    desk.scenes()[1]["broll"] = {"entryId": "1_a: {x}\n- y", "startTime": 2}
    desk.says(3, "word " * 2000)
    desk.scenes()[2]["layoutType"] = "full-screen\nprotect: true"
    pull = desk.pull()
    assert not desk.compiled().report.has_errors
    assert len(pull.open_fields) >= 2
    assert "\x1b" not in desk.text()
    assert desk.text().endswith("protect: false # last line\n")


def test_an_edit_of_a_held_video_is_told(tours: Desk) -> None:
    """Its files do not tell what it should say, so that nothing can be compared."""
    tours.says(0, "Hallo und willkommen bei uns im neuen Büro.", "tour@de")
    tours.project.edit("tour.storyboard.yaml", "welcome to our office", "welcome to our new office")
    pull = tours.pull()
    assert [str(address) for address in pull.held] == ["tour@de"]
    assert not pull.has_any


def test_an_error_of_another_locale_is_in_nobody_s_way(tours: Desk) -> None:
    tours.says(0, SAID, "tour@en")
    tours.project.edit("tour.storyboard.yaml", "{scenes: {place:", "{scenes: {nowhere:")
    request = replace(tours.request, scope=("tour@en",))
    compilation = compile_request(request)
    assert not compilation.report.has_errors
    current = Current(PRINCIPAL, tuple(map(tours.remote, tours.videos)), tours.avatars)
    plan = make_plan(compilation.videos, tours.state, current, PlanOptions(scope=request.scope))
    pull = pull_compared(request, compilation, Comparison(tours.state, current, plan))
    assert [field.end.value for field in pull.fields] == ["taken"], pull.fields
