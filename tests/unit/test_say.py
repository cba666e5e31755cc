"""How words are said: merged from project, storyboard and locale, for the studio that may know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storyboard.checks.studio_facts import StudioFacts
from storyboard.compiler import compile_project
from storyboard.kaltura.objects import RemoteVideo
from storyboard.narration.initials import initials, spelled_words
from storyboard.narration.pronunciation import say_from
from storyboard.plan.shown import desired_shown, film_fingerprint, remote_shown
from storyboard.source.files import MemoryFiles
from storyboard.video import Video
from storyboard.wire import SAY, VideoStatus
from tests.support.compiling import compile_with
from tests.support.project import Project
from tests.support.pulling import Desk

PROJECT = "locales: [en, en-GB]\nsay: {SQL: sequel, Acme: ACK-mee}\n"
TOUR = """\
name: SQL by Acme
avatar: {templateId: jane, background: "#CEEEDB"}
say: {SQL: ess cue ell}
localize: {en-GB: {say: {Acme: AKE-me}}}
scenes:
  - {id: one, narration: "Welcome to SQL by Acme, and to all of NoSQL."}
  - {id: two, narration: "There is nothing special here to say aloud."}
"""
BRITISH = (
    'msgctxt "one.narration"\nmsgid "Welcome to SQL by Acme, and to all of NoSQL."\n'
    'msgstr "Welcome to SQL by Acme, and to all of it."\n\n'
    'msgctxt "two.narration"\nmsgid "There is nothing special here to say aloud."\n'
    'msgstr "There is nothing special here to say out loud."\n'
)


def videos(project: str = PROJECT, tour: str = TOUR, **options: Any) -> tuple[Video, ...]:
    files = {
        "storyboard.yaml": project,
        "tour.storyboard.yaml": tour,
        "locales/en-GB/tour.po": BRITISH,
    }
    compiled = compile_with(MemoryFiles(files), **options)
    assert not compiled.report.has_errors, compiled.report.diagnostics
    return compiled.videos


def sent(video: Video) -> list[dict[str, Any]]:
    ids = dict.fromkeys(video.avatars, "av1")
    return [scene["narration"] for scene in video.payload(ids)["scenes"]]


def test_the_local_studio_is_told_the_words_of_each_scene() -> None:
    american, british = videos(films_here=True)
    first, second = sent(american)
    assert first["text"] == "Welcome to SQL by Acme, and to all of NoSQL."
    assert say_from(first) == (("Acme", "ACK-mee"), ("SQL", "ess cue ell"))
    assert second == {"text": "There is nothing special here to say aloud."}
    assert say_from(sent(british)[0]) == (("Acme", "AKE-me"), ("SQL", "ess cue ell"))
    assert american.name == "SQL by Acme"


def test_another_studio_is_sent_what_is_written_unless_the_author_chose_the_respelling() -> None:
    silent = TOUR.replace("say: {SQL: ess cue ell}\nlocalize: {en-GB: {say: {Acme: AKE-me}}}\n", "")
    plain, untold = videos("locales: [en, en-GB]\n", silent), videos()
    assert [sent(video) for video in untold] == [sent(video) for video in plain]
    assert [video.fingerprint for video in untold] == [video.fingerprint for video in plain]
    american, british = videos(f"{PROJECT}say_in_payload: true\n")
    assert sent(american)[0] == {
        "text": "Welcome to ess cue ell by ACK-mee, and to all of NoSQL.",
    }
    assert sent(british)[0] == {"text": "Welcome to ess cue ell by AKE-me, and to all of it."}
    assert american.name == "SQL by Acme"
    chosen = videos(f"{PROJECT}say_in_payload: true\n", films_here=True)
    assert [sent(video) for video in chosen] == [sent(v) for v in videos(films_here=True)]


def test_a_word_counts_where_it_is_said_alone() -> None:
    """A film is made again only where one of its own words is said otherwise."""
    before, _ = videos(films_here=True)
    other, _ = videos(PROJECT.replace("SQL: sequel", "YAML: yamel"), films_here=True)
    assert film_fingerprint(other, {}) == film_fingerprint(before, {})
    after, _ = videos(PROJECT.replace("ACK-mee", "ACME"), films_here=True)
    assert film_fingerprint(after, {}) != film_fingerprint(before, {})
    first, second = zip(desired_shown(before).scenes, desired_shown(after).scenes, strict=True)
    assert first[0].fingerprint != first[1].fingerprint
    assert first[0].digests["narration"] != first[1].digests["narration"]
    assert second[0] == second[1]


@pytest.mark.parametrize(
    ("say", "code", "told"),
    [
        ("{SQL: ''}", "bad-format", "'' is not a way to say a word"),
        ("{'': sequel}", "unknown-key", "'' is not a word"),
        ("{'!!': sequel}", "unknown-key", "'!!' is not a word"),
        ("{'two  blanks': sequel}", "unknown-key", "'two  blanks' is not a word"),
        ("{SQL: '**'}", "bad-format", "is not a way to say a word"),
        ("{SQL: 'a{{ b }}'}", "bad-format", "is not a way to say a word"),
        ('{SQL: "a\\u0007b"}', "", "U+0007"),
        (f"{{SQL: {'x' * 201}}}", "wrong-length", "201 characters"),
        ("{SQL: 5}", "wrong-type", "text"),
        ("{SQL: /ˈs🙂kəl/}", "bad-format", "is not a way to say a word"),
        ("{SQL: the /sequel/}", "bad-format", "is not a way to say a word"),
        ("[SQL]", "wrong-type", ""),
    ],
)
def test_what_cannot_be_said_is_told_with_its_place(say: str, code: str, told: str) -> None:
    files = {"tour.storyboard.yaml": TOUR.replace("{SQL: ess cue ell}", say)}
    [found, *_] = compile_project(MemoryFiles(files)).report.diagnostics
    assert found.span is not None
    assert found.span.line == 3
    assert code in found.code
    assert told in found.message


@pytest.mark.slow
def test_the_local_studio_is_told_once_and_gives_it_back(tmp_path: Path) -> None:
    project = Project.of(tmp_path, {"storyboard.yaml": PROJECT.replace(", en-GB", "")})
    project.write("tour.storyboard.yaml", CHOSEN["tour.storyboard.yaml"])
    assert project.run("apply", "--yes", "--no-generate").code == 0
    planned = project.run("plan", "--no-generate")
    assert "no changes" in planned.out, planned.out
    assert project.run("pull", "--check").code == 0
    exported = project.run("export", "--all", "-o", "out")
    assert exported.code == 0, exported.err
    [written] = (tmp_path / "out" / "storyboards").glob("*.yaml")
    assert "say:\n  Acme: ACK-mee\n  SQL: ess cue ell\n" in written.read_text()
    project.edit("storyboard.yaml", "ACK-mee", "AKE-me")
    changed = project.run("plan", "--no-generate")
    assert "scenes[one].say  Acme: ACK-mee, SQL: ess cue ell → Acme: AKE-me" in changed.out
    told = project.run("listen", "--text", "SQL at Acme grew 5 %.")
    assert told.out == "sequel at AKE-me grew five percent.\n", told


def test_what_is_said_keeps_to_the_length_of_a_narration() -> None:
    tour = f"name: T\nsay: {{SQL: {'x' * 200}}}\nscenes:\n- {'SQL ' * 30}\n"
    for here in (True, False):
        files = {"storyboard.yaml": "say_in_payload: true\n", "tour.storyboard.yaml": tour}
        found = compile_project(
            MemoryFiles(files), studio=StudioFacts(films_here=here)
        ).report.diagnostics
        (told,) = (d for d in found if d.code == "wrong-length")
        assert "', with its words as 'say' says them: " in told.message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The GDPR, GDPR-ready and TLS-1 and NoSQL.", ["GDPR"]),
        ("NEVER open the PDF in part XXL, MDC.", ["PDF"]),
        ("IKEA, NASA and JSON: what has vowels may be a word.", []),
        ("KPMG and its KPIs; KPMG again.", ["KPMG", "KPIs"]),
    ],
)
def test_initials_that_are_spelled_are_told_from_words(text: str, told: list[str]) -> None:
    assert list(dict.fromkeys(initials(text, "en"))) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["API", "CEO", "USA", "GDPR"]),
        ("es", ["UE", "GDPR"]),
        ("pt", ["UE", "GDPR"]),
        ("it", ["CEO", "UE", "GDPR"]),
        ("fr", ["API", "CEO", "USA", "UE", "GDPR"]),
        ("de", ["API", "CEO", "USA", "GDPR"]),
        ("ja", ["API", "CEO", "USA", "GDPR"]),
    ],
)
def test_initials_are_those_of_the_language(language: str, told: list[str]) -> None:
    """Spanish says API and CEO as words, and Italian USA: no note says otherwise."""
    assert list(initials("API, CEO, USA, UE, GDPR.", language)) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["JSON", "FAQs", "SQL", "YAML", "IaaS"]),
        ("de", ["JSON", "SQL", "IaaS", "SaaS"]),
        ("fr", ["JSON", "SQL", "IaaS", "SaaS"]),
    ],
)
def test_words_that_are_spelled_are_known_by_language(language: str, told: list[str]) -> None:
    text = "JSON, FAQs, SQL, YAML, IaaS, SaaS; NATO, GIF, RAM, GUI, HR, CEO, TVA, MySQL, JSON-2."
    assert list(spelled_words(text, language)) == told


def test_check_warns_of_each_word_once_unless_the_files_say_how() -> None:
    def told(project: str, tour: str, code: str = "spelled-out") -> list[tuple[str, str]]:
        files = {"storyboard.yaml": project, "tour.storyboard.yaml": tour}
        found = compile_project(MemoryFiles(files)).report.diagnostics
        return [(d.message, d.hint or "") for d in found if d.code == code]

    tour = "name: T\nscenes:\n- Welcome to JSON and the FAQ.\n- We use JSON for the FAQ.\n"
    faq = (
        "'FAQ' is probably said letter by letter",
        "tell how it is said: `say: {FAQ: …}`",
    )
    both = told("locales: [en]\n", tour)
    assert (len(both), both[0]) == (2, faq)
    assert told("locales: [en]\nsay: {JSON: jay-son}\n", tour) == [faq]
    own = f"{tour}say: {{JSON: jay-son}}\nlocalize: {{en: {{say: {{FAQ: F A Q}}}}}}\n"
    assert told("locales: [en]\n", own) == []
    assert told("locales: [en]\nchecks: {spelled-out: 'off'}\n", tour) == []


def test_check_names_the_other_initials_once() -> None:
    tour = "name: T\nscenes:\n- Our KPIs, the GDPR and HTTPS.\n- KPMG, SMTP, USB, GDPR.\n"
    found = compile_with(MemoryFiles({"tour.storyboard.yaml": tour})).report.diagnostics
    [note] = [d for d in found if d.code == "initials"]
    assert (
        note.message == "said letter by letter: 'KPIs', 'GDPR', 'HTTPS', 'KPMG', 'SMTP' and 1 more"
    )


def test_a_row_of_a_word_that_a_person_took_out_is_no_difference() -> None:
    (video, _) = videos(films_here=True)
    body = video.payload(dict.fromkeys(video.avatars, "av1"))
    body["scenes"][1]["narration"][SAY] = [{"word": "Acme", "said": "ACK-mee"}]
    remote = RemoteVideo(
        "v1", video.name, "av1", tuple(body["scenes"]), VideoStatus.DRAFT, None, "", ""
    )
    assert remote_shown(remote, {"av1": video.avatar}) == desired_shown(video)


CHOSEN = {
    "storyboard.yaml": f"{PROJECT}say_in_payload: true\n".replace(", en-GB", ""),
    "tour.storyboard.yaml": TOUR.replace("localize: {en-GB: {say: {Acme: AKE-me}}}\n", ""),
}


def test_a_respelling_is_applied_once_and_never_pulled(tmp_path: Path) -> None:
    desk = Desk.of(tmp_path, CHOSEN)
    assert not [change for change in desk.plan().changes if change.changes]
    assert not desk.pull().has_any
    desk.says(0, "Hello to ess cue ell by ACK-mee, and to all of NoSQL.", "tour@en")
    assert desk.ends(desk.pull()) == {"scenes[one].narration.text": "taken"}
    assert 'narration: "Hello to SQL by Acme, and to all of NoSQL."' in desk.text()
    assert not desk.pull().has_any
    desk.scenes("tour@en").append(
        {"layoutType": "full-screen", "narration": {"text": "We thank ACK-mee very much."}}
    )
    assert set(desk.ends(desk.pull()).values()) == {"taken"}
    assert "We thank Acme very much." in desk.text()
    assert "ACK-mee" not in desk.text()
    assert not desk.pull().has_any


def test_what_the_author_wrote_himself_stays_as_it_is(tmp_path: Path) -> None:
    """A text may have what is said for a word, and mean it."""
    own = CHOSEN["tour.storyboard.yaml"].replace("all of NoSQL", "an ess cue ell")
    desk = Desk.of(tmp_path, {**CHOSEN, "tour.storyboard.yaml": own})
    assert not desk.pull().has_any
    desk.says(0, "Welcome to ess cue ell by ACK-mee, and to our ess cue ell.", "tour@en")
    desk.pull()
    assert "by Acme, and to our ess cue ell." in desk.text()


def unused(project: str, tour: str = TOUR) -> list[tuple[str, int, str]]:
    files = {
        "storyboard.yaml": project,
        "tour.storyboard.yaml": tour,
        "locales/en-GB/tour.po": BRITISH,
    }
    report = compile_project(MemoryFiles(files)).report
    assert not report.has_errors, report.diagnostics
    return [
        (found.span.file, found.span.line, found.message)
        for found in report.diagnostics
        if found.code == "unused-say" and found.span is not None
    ]


def test_a_row_of_say_that_no_narration_has_is_told_at_its_key() -> None:
    assert unused(PROJECT) == []
    wrong = TOUR.replace("{SQL: ess cue ell}", "{SQL: ess cue ell, sql: x, Acme SQL: y}")
    local = wrong.replace("{Acme: AKE-me}", "{Acme: AKE-me, aloud: out}")
    assert unused(PROJECT.replace("Acme", "\n  acme"), local) == [
        ("storyboard.yaml", 3, "no narration has the word 'acme'"),
        ("tour.storyboard.yaml", 3, "no narration has the word 'sql'"),
        ("tour.storyboard.yaml", 3, "no narration has the word 'Acme SQL'"),
        # It is in the storyboard, and not in the translation that the row is for.
        ("tour.storyboard.yaml", 4, "no narration has the word 'aloud'"),
    ]


def test_what_is_not_known_to_be_unused_is_not_told() -> None:
    """Another storyboard may say the word, and so may scenes that the studio writes."""
    project = PROJECT.replace("Acme:", "Zed:")
    files = {"storyboard.yaml": project, "tour.storyboard.yaml": TOUR}
    files["locales/en-GB/tour.po"] = BRITISH
    one = compile_project(MemoryFiles(files), paths=["tour.storyboard.yaml"])
    assert "unused-say" not in {found.code for found in one.report.diagnostics}
    composed = (
        "name: C\navatar: {templateId: jane, background: '#CEEEDB'}\nsay: {Yak: yack}\n"
        "compose: {formatType: video-explainer, duration: 60, entryIds: [1_a]}\n"
    )
    assert unused(project, composed) == []
