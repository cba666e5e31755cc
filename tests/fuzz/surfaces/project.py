"""A whole project through the compiler and to its views: findings with places, and never a crash.

A video that comes out keeps the strict schema, and the ids that `fmt` writes change no film.
"""

from __future__ import annotations

from storyboard.commands.fmt import write_scene_ids
from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles
from storyboard.source.schema import accepts
from storyboard.views.long_form import long_form
from storyboard.views.report_json import render_report_json
from storyboard.views.report_text import render_report_text
from storyboard.views.show_json import render_videos_json
from storyboard.views.show_text import render_videos_text
from tests.fuzz.parts import check_findings, split_files
from tests.fuzz.surface import Broken, Surface, without_folder, words


def _law(text: bytes) -> None:
    files = split_files(text)
    compilation = compile_project(MemoryFiles(files))
    check_findings(compilation.report.diagnostics, compilation.report.texts)
    for video in compilation.videos:
        if not accepts("video", long_form(video)):
            raise Broken("a video against the strict schema")
    render_report_text(compilation.report).encode()
    render_report_json(compilation.report).encode()
    render_videos_json(compilation.videos, {}).encode()
    render_videos_text(compilation.videos, {}).encode()
    rewrites, report = write_scene_ids(MemoryFiles(files))
    check_findings(report.diagnostics, report.texts)
    if not rewrites:
        return
    written = files | {rewrite.path: rewrite.after for rewrite in rewrites}
    again = compile_project(MemoryFiles(written))
    if [v.fingerprint for v in again.videos] != [v.fingerprint for v in compilation.videos]:
        raise Broken("other films behind fmt")


SURFACE = Surface(
    "project",
    without_folder(_law),
    (
        *words("""id: name: avatar: avatars: entries: vars: locales: scenes: localize: compose:
        composed: protect: layoutType: narration: text: broll: entry: entryId: startTime: when:
        for_each: include: templateId: background: type: color: duration: entryIds: formatType:
        media: checks: storyboards: environments: policy: userBrief: generateName: notes: region:
        en de fr en-XA zh-TW pt_BR clip@0:30 @ ../x .hidden /etc/passwd {{x}} {{item}} {{index}}
        {{x|upper}} {{ }} {% if %} jane adam full-screen broll library office-1 #CEEEDB 0:30
        storyboards/**/*.yaml [x] {a: b} true null msgctxt msgid msgstr "" #~ fuzzy"""),
        b"\n  ", b"\n    - ", b": ", b"\n- ", b"=== ", b"=== storyboard.yaml\n", b"{{ locale }}",
    ),
    rounds=1500,
    longest=32_768,
)  # fmt: skip
