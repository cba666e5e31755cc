"""A text of an included file is translated once; moved and renamed files lose no translation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.checks.studio_facts import StudioFacts
from storyboard.commands.locale import Selection, measure_catalogs
from storyboard.commands.rewriting import Rewrite
from storyboard.commands.rewriting_files import put_rewrites
from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles
from tests.support.syncing import synced_files

OUTRO = """\
- {id: thanks, narration: That was all for today.}
- {id: sponsor, narration: "{{ product }} paid for this film."}
"""
SHARED = "locales/de/shared/outro.po"


def board(scene: str, words: str, more: str = "") -> str:
    return (
        f"name: A\nlocales: [en, de]\nvars: {{product: Acme}}\n{more}"
        f"scenes:\n- {{id: {scene}, narration: {words}}}\n- include: shared/outro.yaml\n"
    )


TWO = {
    "storyboards/a.yaml": board("a", "We open the first door."),
    "storyboards/b.yaml": board("b", "We open the second door."),
    "shared/outro.yaml": OUTRO,
}
THANKS = 'msgctxt "thanks.narration"\nmsgid "That was all for today."\nmsgstr "{}"\n'
SPONSOR = (
    "#, python-brace-format\n"
    'msgctxt "sponsor.narration"\nmsgid "{{product}} paid for this film."\nmsgstr "{}"\n'
)
GERMAN = "{product} hat bezahlt."


def synced(files: dict[str, str], selection: Selection | None = None) -> dict[str, str]:
    """Return the files after a sync, which a second one leaves as they are."""
    rewrites, report = synced_files(MemoryFiles(files), selection)
    assert not report.has_errors, report
    new = {**files}
    for rewrite in rewrites:
        assert rewrite.before == (files[rewrite.path].encode() if rewrite.path in files else None)
        if rewrite.after is None:
            del new[rewrite.path]
        else:
            new[rewrite.path] = rewrite.after.decode()
    again, _ = synced_files(MemoryFiles(new), selection)
    assert [rewrite.path for rewrite in again if rewrite.changes] == []
    return new


def spoken(files: dict[str, str], address: str) -> dict[str, str | None]:
    videos = {str(v.address): v for v in compile_project(MemoryFiles(files)).videos}
    held = {hold.reason for hold in videos[address].holds}
    return {
        scene.id: None if f"'{scene.id}.narration' is not translated" in held else scene.narration
        for scene in videos[address].scenes
    }


def test_the_texts_of_an_included_file_are_in_one_catalog() -> None:
    new = synced(TWO)
    assert sorted(path for path in new if path.endswith(".po")) == [
        "locales/de/a.po",
        "locales/de/b.po",
        SHARED,
    ]
    assert "thanks" in new[SHARED]
    assert "#: shared/outro.yaml" in new[SHARED]
    assert "thanks" not in new["locales/de/a.po"] + new["locales/de/b.po"]
    new[SHARED] = new[SHARED].replace('today."\nmsgstr ""', 'today."\nmsgstr "Das war alles."')
    for address in ("a@de", "b@de"):
        assert spoken(new, address)["thanks"] == "Das war alles."
        assert spoken(new, address)["sponsor"] is None
    progress, _ = measure_catalogs(MemoryFiles(new))
    assert [p.files for p in progress] == [
        ("locales/de/a.po", SHARED),
        ("locales/de/b.po", SHARED),
    ]
    (hint,) = {
        finding.hint
        for finding in compile_project(MemoryFiles(new)).report.diagnostics
        if "'a@de'" in finding.message
    }
    assert hint == (
        "translate locales/de/a.po and locales/de/shared/outro.po; "
        "`--fallback` uses the source's text"
    )


TITLED = {
    "storyboard.yaml": "titles: {jane: {name: Jane Doe, role: Head of the support team}}\n",
    "storyboards/a.yaml": board("a", "We open the first door.", "avatar: jane\n"),
    "storyboards/b.yaml": board(
        "b", "We open the second door.", "avatar: jane\ntitles: {jane: {name: Dr. Jane Doe}}\n"
    ),
    "shared/outro.yaml": OUTRO,
}
TITLES = "locales/de/storyboard.yaml.po"
ROLE = 'msgctxt "titles.jane.role"\nmsgid "Head of the support team"\nmsgstr "{}"\n'


def roles(files: dict[str, str]) -> list[str | None]:
    """Return the roles that the German videos show."""
    videos = compile_project(MemoryFiles(files), studio=StudioFacts(films_here=True)).videos
    shown = [v.scenes[0].title for v in videos if v.address.locale == "de"]
    return [title.role if title else None for title in shown]


def test_titles_of_the_project_are_translated_once() -> None:
    new = synced(TITLED)
    assert new[TITLES].count("titles.jane.role") == 1
    assert "titles.jane.role" not in new["locales/de/a.po"] + new["locales/de/b.po"]
    assert 'msgctxt "titles.jane.name"\nmsgid "Dr. Jane Doe"' in new["locales/de/b.po"]
    new[TITLES] = ROLE.format("Leiterin des Supports")
    assert roles(new) == ["Leiterin des Supports"] * 2
    progress, report = measure_catalogs(MemoryFiles(new))
    assert all(TITLES in each.files for each in progress)
    assert not [found for found in report.diagnostics if found.code == "catalog-unread"]


def test_translations_of_titles_in_older_catalogs_serve_and_move() -> None:
    files = {**TITLED, "locales/de/a.po": ROLE.format("Leiterin des Supports")}
    assert roles(files) == ["Leiterin des Supports", "Head of the support team"]
    files["locales/de/b.po"] = ROLE.format("Leiterin des Supports")
    assert roles(files) == ["Leiterin des Supports"] * 2
    new = synced(files)
    assert "Leiterin des Supports" in new[TITLES]
    assert "titles.jane.role" not in new["locales/de/a.po"] + new["locales/de/b.po"]
    assert roles(new) == ["Leiterin des Supports"] * 2
    files["locales/de/b.po"] = ROLE.format("Supportleitung")
    assert roles(synced(files)) == ["Leiterin des Supports", "Supportleitung"], "none is lost"


def test_a_storyboards_own_translation_of_a_shared_text_comes_first() -> None:
    files = synced(TWO)
    files[SHARED] = THANKS.format("Das war alles.") + "\n" + SPONSOR.format(GERMAN)
    files["locales/de/b.po"] += "\n" + THANKS.format("Danke, und bis bald.")
    new = synced(files)
    assert spoken(new, "a@de")["thanks"] == "Das war alles."
    assert spoken(new, "b@de")["thanks"] == "Danke, und bis bald."
    changed = {**new, "shared/outro.yaml": OUTRO.replace("for today", "for now")}
    stale = synced(changed)
    assert "Danke, und bis bald." in stale["locales/de/b.po"]
    assert stale["locales/de/b.po"].count("#, fuzzy") == 1
    assert stale[SHARED].count("#, fuzzy") == 1


def test_translations_in_the_storyboards_catalogs_move_to_the_shared_one() -> None:
    own = "\n" + THANKS.format("Das war alles.") + "\n# Ann: formal\n" + SPONSOR.format(GERMAN)
    files = synced(TWO)
    del files[SHARED]
    files["locales/de/a.po"] += own
    files["locales/de/b.po"] += own.replace("alles.", "alles, danke.")
    assert spoken(files, "a@de")["thanks"] == "Das war alles.", "before a sync, too"
    rewrites, _ = synced_files(MemoryFiles(files))
    assert {r.path: r.news for r in rewrites if r.changes} == {
        SHARED: ("2 taken from other catalogs",),
        "locales/de/a.po": ("2 texts moved to a shared catalog",),
        "locales/de/b.po": ("1 text moved to a shared catalog",),
    }
    new = synced(files)
    assert "Das war alles." in new[SHARED]
    assert "# Ann: formal" in new[SHARED]
    assert new[SHARED].count("#: shared/outro.yaml") == 2
    assert "thanks" not in new["locales/de/a.po"]
    assert "sponsor" not in new["locales/de/b.po"]
    assert "alles, danke." in new["locales/de/b.po"], "another translation stays where it was"
    for address in ("a@de", "b@de"):
        assert spoken(new, address) == spoken(files, address)


def test_a_scene_that_becomes_an_include_keeps_its_translation() -> None:
    scene = "- {id: thanks, narration: That was all for today.}\n"
    files = synced({"storyboards/a.yaml": f"name: A\nlocales: [en, de]\nscenes:\n{scene}"})
    files["locales/de/a.po"] = files["locales/de/a.po"].replace(
        'today."\nmsgstr ""', 'today."\nmsgstr "Das war alles."'
    )
    files["storyboards/a.yaml"] = (
        "name: A\nlocales: [en, de]\nscenes:\n- include: shared/outro.yaml\n"
    )
    files["shared/outro.yaml"] = scene
    new = synced(files)
    assert "Das war alles." in new[SHARED]
    assert spoken(new, "a@de") == {"thanks": "Das war alles."}


def test_an_included_file_at_the_root_meets_no_storyboard() -> None:
    files = synced(
        {
            "outro.yaml": OUTRO,
            "storyboards/outro.yaml": board("a", "We open.").replace("shared/outro", "outro"),
        }
    )
    assert {path for path in files if path.endswith(".po")} == {
        "locales/de/outro.po",
        "locales/de/outro.yaml.po",
    }


def test_one_file_or_address_leaves_the_texts_of_the_others_in_the_shared_catalog() -> None:
    loop = '- {for_each: "{{ items }}", id: "i-{{ item }}", narration: "Item {{ item }} it is."}\n'
    files = {
        "storyboards/a.yaml": board("a", "We open.", "").replace("vars: {", "vars: {items: [1], "),
        "storyboards/b.yaml": board("b", "We shut.", "").replace("vars: {", "vars: {items: [2], "),
        "shared/outro.yaml": loop,
    }
    whole = synced(files)
    for selection in (Selection(scope=("a@de",)), Selection(paths=("storyboards/a.yaml",))):
        some = synced(files, selection)
        assert some[SHARED] == whole[SHARED]
        assert "locales/de/b.po" not in some
        assert synced(whole, selection) == whole
    broken = {**whole, "storyboards/b.yaml": "scenes: {"}
    kept = synced(broken, Selection(paths=("storyboards/a.yaml",)))
    assert kept[SHARED] == whole[SHARED], "what cannot be read may still ask for its texts"


def fill(files: dict[str, str], path: str) -> dict[str, str]:
    """Translate every text of a catalog."""
    head, *entries = files[path].split("\n\n")
    done = [e.replace('msgstr ""', f'msgstr "T{n}"') for n, e in enumerate(entries)]
    return {**files, path: "\n\n".join([head, *done])}


def test_a_renamed_storyboard_keeps_its_translations() -> None:
    files = fill(synced(TWO), "locales/de/a.po")
    files["storyboards/greeting.yaml"] = files.pop("storyboards/a.yaml")
    report = compile_project(MemoryFiles(files)).report
    (unread,) = [d for d in report.diagnostics if d.code == "catalog-unread"]
    assert unread.span is not None
    assert unread.span.file == "locales/de/a.po"
    _, told = measure_catalogs(MemoryFiles(files))
    assert [d.code for d in told.diagnostics] == ["catalog-unread"]
    rewrites, _ = synced_files(MemoryFiles(files))
    assert [(r.path, r.news) for r in rewrites if r.after is None] == [
        ("locales/de/a.po", ("moved to locales/de/greeting.po",))
    ]
    new = synced(files)
    assert "locales/de/a.po" not in new
    assert 'msgstr "T1"' in new["locales/de/greeting.po"]
    assert "#: storyboards/greeting.yaml" in new["locales/de/greeting.po"]
    assert "a.yaml" not in new["locales/de/greeting.po"]


def test_a_renamed_included_file_keeps_its_translations() -> None:
    files = fill(synced(TWO), SHARED)
    files["shared/end.yaml"] = files.pop("shared/outro.yaml")
    for path in ("storyboards/a.yaml", "storyboards/b.yaml"):
        files[path] = files[path].replace("shared/outro", "shared/end")
    new = synced(files)
    assert SHARED not in new
    assert 'msgstr "T0"' in new["locales/de/shared/end.po"]


def test_the_catalog_of_something_else_is_no_renamed_one() -> None:
    files = fill(synced(TWO), "locales/de/a.po")
    del files["storyboards/a.yaml"]
    files["storyboards/c.yaml"] = board("c", "A third door.")
    new = synced(files)
    assert new["locales/de/a.po"] == files["locales/de/a.po"]
    assert "msgstr" in new["locales/de/c.po"]


def test_a_file_that_moved_is_removed_and_told(tmp_path: Path) -> None:
    gone = tmp_path / "a.po"
    gone.write_bytes(b"x")
    put_rewrites(tmp_path, [Rewrite("b.po", None, b"x"), Rewrite("a.po", b"x", None)])
    assert [path.name for path in tmp_path.iterdir()] == ["b.po"]


names = st.sampled_from(["hello", "bye", "thanks"])
words = st.sampled_from(["We open.", "We shut.", "That was all.", "More."])
scenes = st.dictionaries(names, words, min_size=1, max_size=3)


@settings(deadline=None)
@given(scenes, scenes, scenes, scenes, st.booleans(), st.booleans())
def test_no_move_between_files_loses_a_translation(
    own: dict[str, str],
    shared: dict[str, str],
    later_own: dict[str, str],
    later_shared: dict[str, str],
    includes: bool,
    renamed: bool,
) -> None:
    def project(name: str, own: dict[str, str], shared: dict[str, str]) -> dict[str, str]:
        extra = {k: v for k, v in shared.items() if k not in own}

        def rows(found: dict[str, str]) -> str:
            return "".join(f"- {{id: {k}, narration: {v}}}\n" for k, v in found.items())

        include = "- include: shared/outro.yaml\n" if extra else ""
        head = "name: A\nlocales: [en, de]\nscenes:\n"
        files = {f"storyboards/{name}.yaml": head + rows(own) + include}
        files["storyboards/other.yaml"] = head + "- {id: x, narration: Other.}\n" + include
        return files | ({"shared/outro.yaml": rows(extra)} if extra else {})

    files = synced(project("a", own, shared if includes else {}))
    for path in [path for path in files if path.endswith(".po")]:
        files = fill(files, path)
    catalogs = {path: text for path, text in files.items() if path.endswith(".po")}
    before = {line for t in catalogs.values() for line in t.split("\n") if "msgstr" in line}
    new = synced(catalogs | project("b" if renamed else "a", later_own, later_shared))
    after = "\n".join(text for path, text in new.items() if path.endswith(".po"))
    assert [line for line in before if line not in after] == []


def own(scenes: dict[str, str], more: str = "") -> str:
    items = "".join(f"- {{id: {id_}, narration: {words}}}\n" for id_, words in scenes.items())
    return f"name: A\nlocales: [en, de]\n{more}scenes:\n{items}"


def filled(files: dict[str, str]) -> dict[str, str]:
    """Return the files with every text translated."""
    return {
        path: re.sub(r'(msgid "(.+)"\n)msgstr ""', r'\1msgstr "DE \2"', text)
        if path.endswith(".po")
        else text
        for path, text in synced(files).items()
    }


OLD = {"hi": "We open the first door.", "bye": "We close the first door."}
NEW = {"hi": "We now open a door of wood.", "bye": "We then close the door of wood."}


def test_a_renamed_storyboard_with_other_words_is_known_by_its_scenes() -> None:
    files = filled({"storyboards/a.yaml": own(OLD), "storyboards/c.yaml": own({"x": "Third."})})
    files["storyboards/b.yaml"] = own(NEW)
    del files["storyboards/a.yaml"]
    new = synced(files)
    assert "locales/de/a.po" not in new
    assert 'msgstr "DE We open the first door."' in new["locales/de/b.po"]
    assert new["locales/de/b.po"].count("fuzzy") == 2


@pytest.mark.parametrize(
    "others",
    [
        {"storyboards/d.yaml": own(NEW)},
        {"storyboards/b.yaml": own({**NEW, "more": "And then some more of it."})},
    ],
)
def test_ids_that_may_be_of_another_storyboard_tell_nothing(others: dict[str, str]) -> None:
    files = filled({"storyboards/a.yaml": own(OLD)})
    files |= {"storyboards/b.yaml": own(NEW)} | others
    del files["storyboards/a.yaml"]
    new = synced(files)
    assert new["locales/de/a.po"] == files["locales/de/a.po"]
    assert "DE " not in new["locales/de/b.po"]


@pytest.mark.parametrize("is_new", [True, False])
def test_a_scene_that_moves_takes_its_translation_along(is_new: bool) -> None:
    files = {"storyboards/a.yaml": own(OLD)}
    if not is_new:
        files["storyboards/b.yaml"] = own({"x": "A third text is here."})
    files = filled(files)
    files["storyboards/a.yaml"] = own({"hi": OLD["hi"]})
    files["storyboards/b.yaml"] = own({"x": "A third text is here.", "bye": OLD["bye"]})
    assert 'msgstr "DE We close the first door."' in synced(files)["locales/de/b.po"]


def test_a_scene_that_moves_out_of_a_shared_file_takes_its_translation_along() -> None:
    files = filled(TWO)
    for name in ("a", "b"):
        path = f"storyboards/{name}.yaml"
        files[path] += "- {id: thanks, narration: That was all for today.}\n"
    files["shared/outro.yaml"] = OUTRO.partition("\n")[2]
    new = synced(files)
    for name in ("a", "b"):
        assert 'msgstr "DE That was all for today."' in new[f"locales/de/{name}.po"]


def test_a_text_that_another_storyboard_still_says_is_not_copied() -> None:
    files = filled({"storyboards/a.yaml": own(OLD)})
    files["storyboards/b.yaml"] = own({"bye": OLD["bye"], "x": "A third text is here."})
    assert "DE " not in synced(files)["locales/de/b.po"]
