"""The layers of the code: a module imports only from rows above its own, in the studio too.

docs/architecture.md states these laws and every exemption; `test_architecture_page` compares.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import starmap
from pathlib import Path

import pytest

from tests.support.breaches import below, hosts_read, names_of, starts_or_asks, suppressed
from tests.support.python_names import PACKAGE, dotted, modules_with, names, nodes

ROWS = (
    "failure_codes",
    "errors",
    "origins",
    "disk",
    "counting",
    "neighbors",
    "nearest",
    "globs",
    "hidden",
    "printing",
    "strict_json",
    "whole_numbers",
    "shell",
    "distribution",
    "environment_variables",
    "wire",
    "hints",
    "allowances",
    "spoken_tags",
    "locales",
    "sentence_marks",
    "scripts",
    "graphemes",
    "caption_files",
    "narration",
    "speech_rates",
    "codes",
    "texts",
    "decoding",
    "source",
    "templates",
    "catalogs",
    "address",
    "broll",
    "scene_origin",
    "presenter_title",
    "stand_in",
    "video",
    "widget_settings",
    "language",
    "expand",
    "checks",
    "units",
    "compiler",
    "deadline",
    "timed_request",
    "tracing",
    "kaltura",
    "forges",
    "buckets",
    "cgroups",
    "cores",
    "studio",
    "local_studio",
    "compile_cache",
    "state",
    "plan",
    "export",
    "apply",
    "commands",
    "views",
    "api",
    "cli",
    "entry",
)
"""From the ground up. For `studio`, see `KNOWN_TO_STUDIO` and `STUDIO_ROWS`."""

STUDIO_ROWS = (
    "behavior",
    "records",
    "text",
    "voice",
    "media",
    "stage",
    "lettering",
    "film",
    "compose",
    "jobs",
    "api",
    "web",
    "workspaces",
    "worker",
    "app",
    "framing",
    "open_files",
    "connection_limits",
    "short_answers",
    "connections",
    "encrypted",
    "serving",
    "local",
    "execution",
)
"""The same inside the local studio."""

KNOWN_TO_STUDIO = {
    "buckets",
    "caption_files",
    "cgroups",
    "cores",
    "counting",
    "deadline",
    "decoding",
    "disk",
    "distribution",
    "errors",
    "graphemes",
    "hidden",
    "narration",
    "presenter_title",
    "printing",
    "origins",
    "scripts",
    "sentence_marks",
    "shell",
    "speech_rates",
    "spoken_tags",
    "strict_json",
    "timed_request",
    "tracing",
    "whole_numbers",
    "wire",
}
"""All that the local studio may know of the rest."""

SOLE_IMPORTERS = {
    "httpx": ("kaltura",),
    "obstore": ("buckets",),
    "click": ("cli",),
    "rich": ("views", "cli"),
    "sqlalchemy": ("studio",),
    "alembic": ("studio",),
    "psycopg": ("studio",),
    "prometheus_client": ("studio",),
    "opentelemetry": ("tracing",),
    "requests": ("tracing",),
}
"""Packages that only some rows may name."""

STUDIO_IMPORTERS = ("local_studio", "cli.studio")
"""Who outside the studio may import from it: a row, or modules that begin with these words."""


WRITES = {
    "upsert_avatar",
    "add_video",
    "update_video",
    "delete_video",
    "generate",
    "compose",
    "reset_status",
    "put_media",
    "put_captions",
}
"""The methods of a client that change something in a studio."""

CONTROLS = {"call", "put_media", "put_captions"}
"""The methods of a local studio's control plane that can change something."""

SENDS = {"act", "act_bytes"}
"""The methods below the client's that send whatever action they are given."""

WRITERS = {
    "kaltura": WRITES | CONTROLS | SENDS,
    "apply": WRITES,
    "commands.previews": WRITES,
    "cli.studio": CONTROLS,
}
"""Who may call what changes a studio: a row, or modules that begin with these words. `kaltura`
defines these calls; the commands `storyboard studio …` drive a local studio's control plane."""


FIELDS = {"compose", "generate"}
"""Such calls that values have as fields too."""

IMPURE_IMPORTS = {
    *("asyncio", "concurrent", "ctypes", "ftplib", "getpass", "http", "multiprocessing"),
    *("platform", "pwd", "random", "secrets", "select", "selectors", "signal", "smtplib"),
    *("socket", "socketserver", "ssl", "subprocess", "threading", "time", "urllib.request", "uuid"),
}
"""What reaches the network, the clock, chance or another process, with all that is in it."""

IMPURE_CALLS = {
    *("os.cpu_count", "os.getcwd", "os.getcwdb", "os.getlogin", "os.getpid", "os.getppid"),
    *("os.getrandom", "os.kill", "os.popen", "os.system", "os.times", "os.uname"),
}
"""Likewise of `os`, beside what starts a process by name."""

IMPURE_NAMES = {"environ", "environb", "getenv", "now", "today", "urandom", "utcnow"}
"""Attributes that read the clock, chance or the environment."""

IMPURE = {"source.file_facts": {"time"}}
"""The modules left of `plan` that may name one of these all the same."""

CATCHES_ALL = {
    "cli.__init__",
    "studio.film.process_worker",
    "studio.jobs.composing",
    "studio.jobs.maker_worker",
    "studio.jobs.pulse",
    "studio.jobs.runners",
    "studio.media.patience",
    "studio.voice.boundary",
}
"""Where whatever goes wrong is caught, and told."""


FILE_WRITERS = {
    "cli.__init__": "output to nowhere, once nobody reads it",
    "cli.studio_exec": "a workspace that ends with the command",
    "apply.saved_captions": "captions beside films, with their film",
    "apply.saved_films": "films of the download folder, taken over or pruned",
    "commands.rewriting_files": "catalogs that are gone, by their real paths",
    "kaltura.bodies": "the temporary file that it is given",
    "state.copies": "the oldest backups",
    "state.local": "a spool, and a journal that went into the state",
    "state.lock": "the lock file that it is given, open",
    "state.spool": "a spool that was taken up",
    "state.state_files": "a damaged state, and a journal that cannot be read",
    "studio.api.bodies": "the draft that it is given",
    "studio.api.control": "a draft",
    "studio.api.service_api": "a draft",
    "studio.api.upload_services": "a draft",
    "studio.film.ambience": "the temporary file that it is given",
    "studio.film.audio": "the temporary file that it is given",
    "studio.film.cache": "what was used longest ago",
    "studio.film.calm_side": "the temporary file that it is given",
    "studio.film.film_cache": "the temporary file that it is given",
    "studio.film.hdr_pictures": "a table of colors, for as long as a filter reads it",
    "studio.film.joining": "the temporary file that it is given",
    "studio.film.kept_speech": "the temporary file that it is given",
    "studio.film.mp4_chapters": "the temporary file that it is given",
    "studio.film.process_pool": "the draft of a process that died",
    "studio.film.segments": "the temporary file that it is given",
    "studio.film.slide_drawing": "the temporary file that it is given",
    "studio.jobs.filming": "a draft",
    "studio.jobs.scene_sharing": "a draft and its note",
    "studio.jobs.snapshots": "folders of a workspace without links",
    "studio.local": "a draft",
    "studio.records.blobs": "drafts, named by chance",
    "studio.records.bucket_cache": "the temporary file that it is given",
    "studio.records.bucket_files": "the temporary file that it is given, and copies",
    "studio.records.bucket_uploads": "the temporary file that it is given",
    "studio.records.data_folder": "what an earlier version kept elsewhere in a workspace",
    "studio.records.folder_files": "kept files, named by their hash",
    "studio.records.identity": "the temporary file that it is given",
    "studio.records.served_address": "notes of processes that ended",
    "studio.records.sqlite_file": "the database of a workspace without links",
    "studio.records.upload_files": "parts of uploads, in a workspace without links",
    "studio.voice.espeak_voice": "a link in a folder for temporary files",
    "studio.voice.mp3": "a buffer in memory",
}
"""The modules beside `disk` that change files themselves, and which: all else goes through it."""

CHANGES_FILES = {
    *("write_text", "write_bytes", "mkdir", "makedirs", "touch", "unlink", "rmtree", "rmdir"),
    *("copyfile", "copyfileobj", "copymode", "copytree", "move", "symlink_to", "hardlink_to"),
    *("link", "mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory", "chmod", "utime"),
    *("truncate", "ftruncate", "mkfifo", "rename"),
}
"""Functions and methods by which a file or a folder comes, changes or goes."""

CHANGING_FUNCTIONS = {
    *("os.chown", "os.link", "os.mkdir", "os.makedirs", "os.remove", "os.removedirs", "os.rename"),
    *("os.renames", "os.replace", "os.rmdir", "os.symlink", "os.truncate", "os.unlink", "os.utime"),
    *("shutil.chown", "shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.copytree"),
    *("shutil.make_archive", "shutil.move", "shutil.rmtree", "shutil.unpack_archive"),
}
"""Likewise, by their whole names, called or handed on."""


@dataclass(frozen=True)
class Module:
    """What the laws ask of a module. A package is named like its folder."""

    name: str
    is_package: bool
    imports: frozenset[str]
    calls: frozenset[str]
    impure: frozenset[str]
    file_changes: tuple[int, ...]
    catching: tuple[int, ...]
    suppressing: tuple[int, ...]
    hosts_read: tuple[int, ...]

    @property
    def row(self) -> str:
        return self.name.partition(".")[0]

    @property
    def file(self) -> str:
        """The dotted name of the file: that of a package has its `__init__`."""
        return f"{self.name}.__init__".lstrip(".") if self.is_package else self.name

    @property
    def own(self) -> frozenset[str]:
        """What it imports of ours, from the package on."""
        return frozenset(
            name.removeprefix("storyboard.")
            for name in self.imports
            if name.startswith("storyboard.")
        )


@cache
def modules() -> tuple[Module, ...]:
    """Read every module, once for all laws."""
    return tuple(starmap(read_module, modules_with()))


def read_module(path: Path, tree: ast.Module) -> Module:
    return Module(
        name=dotted(path),
        is_package=path.name == "__init__.py",
        imports=frozenset(imports_of(tree)),
        calls=frozenset(names_of(tree, WRITES | CONTROLS | SENDS, FIELDS)),
        impure=frozenset(impure(tree)),
        file_changes=tuple(file_changes(tree)),
        catching=tuple(catching(tree)),
        suppressing=tuple(suppressed(tree)),
        hosts_read=tuple(hosts_read(tree)),
    )


def of_the_studio() -> list[Module]:
    found = [module for module in modules() if module.row == "studio"]
    assert len(found) > 150
    return found


def imports_of(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import"
            base = node.module or ""
            found.add(base)
            found.update(f"{base}.{alias.name}" for alias in node.names)
    return found


def test_imports_point_upwards() -> None:
    breaches = []
    assert len(modules()) > 500
    for module in modules():
        if module.row in ("", "__main__"):
            continue
        for target in module.own:
            row = target.partition(".")[0]
            is_above = row == module.row or row.startswith("__")
            if not is_above and ROWS.index(row) >= ROWS.index(module.row):
                breaches.append(f"{module.name} imports {target}")
    assert breaches == []


def test_the_studio_has_rows_of_its_own() -> None:
    breaches = []
    for module in of_the_studio():
        if module.name == "studio":
            continue
        row = module.name.split(".")[1]
        for target in module.own:
            other = target.split(".")[1] if target.startswith("studio.") else row
            if other != row and STUDIO_ROWS.index(other) >= STUDIO_ROWS.index(row):
                breaches.append(f"{module.name} imports {target}")
    assert breaches == []


def test_the_studio_knows_little_of_the_rest() -> None:
    known = {"studio", *KNOWN_TO_STUDIO}
    assert [
        f"{module.name} imports {target}"
        for module in of_the_studio()
        for target in module.own
        if target.partition(".")[0] not in known and not target.startswith("__")
    ] == []


def test_few_modules_know_the_studio() -> None:
    assert [
        f"{module.name} imports {target}"
        for module in modules()
        if not module.name.startswith(("studio", *STUDIO_IMPORTERS))
        for target in module.own
        if target.startswith("studio")
    ] == []


def test_a_package_is_named_where_it_belongs() -> None:
    assert [
        f"{module.name} imports {found}"
        for module in modules()
        for found in module.imports
        if module.row not in SOLE_IMPORTERS.get(found.partition(".")[0], (module.row,))
    ] == []


def test_only_apply_and_previews_write_to_a_studio() -> None:
    breaches = []
    for module in modules():
        if module.row == "studio":
            continue
        rows = WRITERS.items()
        allowed = {call for row, calls in rows if module.name.startswith(row) for call in calls}
        breaches += [f"{module.name}: {call}" for call in module.calls - allowed]
    assert breaches == []


def test_all_left_of_plan_is_pure() -> None:
    left = ROWS[: ROWS.index("deadline")]
    pure = [module for module in modules() if module.row in left]
    assert {module.name: set(module.impure) for module in pure if module.impure} == IMPURE


def impure(tree: ast.AST) -> set[str]:
    """Return what of a module reaches the network, the clock, chance or another process."""
    used = {found for found in imports_of(tree) if below(found, IMPURE_IMPORTS)}
    for node in nodes(tree):
        if isinstance(node, ast.Attribute) and node.attr in IMPURE_NAMES:
            used.add(node.attr)
    used |= {name for found in imports_of(tree) for name in IMPURE_NAMES if found == f"os.{name}"}
    return used | starts_or_asks(tree, IMPURE_CALLS)


def changes_files(node: ast.Call) -> bool:
    """Tell whether a call makes, changes or removes a file, as far as its words tell."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    written = ast.unparse(node.func)
    if name == "open":
        if re.search("O_(WRONLY|RDWR|CREAT)", ast.unparse(node)):
            return True
        modes = [*node.args, *(word.value for word in node.keywords if word.arg == "mode")]
        told = [str(mode.value) for mode in modes if isinstance(mode, ast.Constant)]
        return any(
            re.fullmatch("[rwxabt+]{1,3}", mode) and set(mode) & set("wxa+") for mode in told
        )
    if name == "connect":
        return written == "sqlite3.connect" and '":memory:"' not in ast.unparse(node).replace(
            "'", '"'
        )
    if name == "replace" and isinstance(node.func, ast.Attribute):
        return len(node.args) == 1 and not node.keywords and written != "store.replace"
    return name in CHANGES_FILES


def test_few_modules_change_files_themselves() -> None:
    found = {module.file: module.file_changes for module in modules() if module.file_changes}
    found = {name: lines for name, lines in found.items() if not name.startswith("disk.")}
    assert {name: lines for name, lines in found.items() if name not in FILE_WRITERS} == {}
    assert set(FILE_WRITERS) - found.keys() == set(), "change no file any more"


def file_changes(tree: ast.AST) -> list[int]:
    """Return the lines of a module that change files themselves."""
    calls = (node for node in nodes(tree) if isinstance(node, ast.Call))
    found = [node.lineno for node in calls if changes_files(node)]
    return found + [line for line, name in names(tree) if name in CHANGING_FUNCTIONS]


def test_few_places_catch_everything() -> None:
    """All others name what they catch, or raise it again."""
    found = {module.file: module.catching for module in modules() if module.catching}
    assert {name: lines for name, lines in found.items() if name not in CATCHES_ALL} == {}
    assert {module.file for module in modules() if module.suppressing} == set()


def catching(tree: ast.AST) -> Iterator[int]:
    """Yield the lines of a module that catch whatever comes, and do not raise it again."""
    for node in nodes(tree):
        if isinstance(node, ast.ExceptHandler) and catches_all(node):
            again = any(isinstance(line, ast.Raise) and line.exc is None for line in node.body)
            if not again:
                yield node.lineno


def catches_all(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler takes whatever comes."""
    if handler.type is None:
        return True
    named = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return not named.isdisjoint({"BaseException", "Exception"})


def methods(module: str, owner: str) -> set[str]:
    """Return the public coroutines of a class in `kaltura`."""
    tree = ast.parse((PACKAGE / "kaltura" / module).read_text())
    (found,) = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == owner)
    return {
        node.name
        for node in found.body
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_")
    }


@pytest.mark.parametrize(
    ("module", "owner", "writing"),
    [
        ("client.py", "StudioClient", WRITES),
        ("control.py", "ControlPlane", CONTROLS),
        ("calls.py", "Calls", SENDS),
    ],
)
def test_the_calls_that_write_are_the_clients(module: str, owner: str, writing: set[str]) -> None:
    """A new call of the client is either known to write or only asks, by its name."""
    asking = ("list_", "get_", "preview_", "check_", "download", "film_", "failure_", "objects")
    reading = {"service"}
    calls = {name for name in methods(module, owner) if not name.startswith(asking)}
    assert calls - reading == writing


def law(number: int) -> str:
    """Return a law of the page."""
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    laws = page.partition("## Laws")[2].partition("Three kinds")[0]
    (found,) = re.findall(rf"^{number}\. (.+?)(?=^\d\. |^$)", laws, re.M | re.S)
    return str(found)


def test_the_architecture_page_has_these_rows_and_exemptions() -> None:
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    upper, lower = page.split("Inside the local studio:")
    for table, rows in ((upper, ROWS), (lower, STUDIO_ROWS)):
        told = [
            name.rstrip("/").removesuffix(".py")
            for row in re.findall(r"^\| (`.+?`) \|", table, re.M)
            for name in re.findall(r"`([\w.]+/?)`", row)
        ]
        shown = list(dict.fromkeys(name.partition("/")[0] for name in told))
        assert [row for row in shown if row in rows] == list(rows)
        assert sorted(set(told) - {"studio"}) == sorted(set(rows) - {"studio"})
    for exempt in set(WRITERS) - {"apply", "kaltura"}:
        assert re.search(rf"`{exempt.replace('.', '/')}\*?\.py`", law(4)), exempt
    for package, rows in SOLE_IMPORTERS.items():
        assert re.search(rf"`{package}`[^;,]*" + "".join(f".*`{row}/`" for row in rows), lower)


def test_the_architecture_page_names_who_knows_the_studio() -> None:
    told = set(re.findall(r"`(\w+)`", law(2)))
    assert told == KNOWN_TO_STUDIO
    told_importers = {
        name.rstrip("/") for name in re.findall(r"`([\w/*.]+/|[\w/*.]+\.py)`", law(3))
    }
    files = {f"{name.replace('.', '/')}*.py" if "." in name else name for name in STUDIO_IMPORTERS}
    assert told_importers - {"studio"} == files


def test_the_architecture_page_names_what_is_impure_and_what_catches_all() -> None:
    def paths(number: int) -> set[str]:
        return set(re.findall(r"`([\w/]+)\.py`", law(number)))

    assert paths(6) == {name.replace(".", "/") for name in IMPURE}
    assert paths(7) == {name.replace(".", "/") for name in CATCHES_ALL}
    assert {name.partition(".")[0] for name in FILE_WRITERS} == {
        name.rstrip("/") for name in re.findall(r"`(\w+/)`", law(8))
    } - {"disk"}


@pytest.mark.parametrize(
    "text",
    [
        "client.add_video(a)",
        "partial(client.add_video, 'x')",
        "getattr(client, 'delete_video')('x')",
        "from operator import methodcaller as m; m('add_video', a)(b)",
        "a.generate(b)",
        "partial(self.client.generate, a)",
        "getattr(a, 'compose')(b)",
        "keep = calls.act",
    ],
)
def test_what_writes_to_a_studio_is_seen(text: str) -> None:
    assert names_of(ast.parse(text), WRITES | SENDS, FIELDS)


def test_a_field_named_like_a_call_is_none() -> None:
    assert not names_of(ast.parse("if plan.compose: tell(video.generate)"), WRITES | SENDS, FIELDS)


@pytest.mark.parametrize(
    "text",
    [
        "import http.client",
        "import concurrent.futures",
        "from concurrent import futures",
        "from urllib.request import urlopen",
        "import os; os.system(a)",
        "import os; os.getcwd()",
        "from os import popen as p; p(a)",
        "import os as o; o.spawnv(a)",
        "from os import getenv",
        "datetime.now()",
    ],
)
def test_what_is_impure_is_seen(text: str) -> None:
    assert impure(ast.parse(text))
    assert not impure(ast.parse("from urllib.parse import quote; import os; os.path.join(a)"))


@pytest.mark.parametrize(
    "text",
    [
        "import os; os.replace(a, b)",
        "import os; os.remove(a)",
        "from os import remove as r; r(a)",
        "import shutil; shutil.copy(a, b)",
        "import shutil as s; partial(s.move, a)",
        "path.write_text(a)",
        "path.replace(b)",
        "open(a, 'w')",
    ],
)
def test_what_changes_files_is_seen(text: str) -> None:
    assert file_changes(ast.parse(text))
    assert not file_changes(ast.parse("text.replace('a', 'b'); items.remove(a); a.copy()"))


@pytest.mark.parametrize(
    "text",
    [
        "from contextlib import suppress\nwith suppress(Exception): pass",
        "import contextlib as c\nwith c.suppress(OSError, BaseException): pass",
    ],
)
def test_what_suppresses_everything_is_seen(text: str) -> None:
    assert suppressed(ast.parse(text))
    assert not suppressed(ast.parse(text.replace("Base", "").replace("Exception", "ValueError")))


@pytest.mark.parametrize(
    "use",
    [
        "urlsplit(u)[1]",
        "urlparse(u).port",
        "a = urlsplit(u); a.netloc",
        "a = urlsplit(u); a[1]",
        "scheme, host, *_ = urlsplit(u)",
        "(a := urlparse(u)).hostname",
    ],
)
def test_who_reads_a_host_is_seen(use: str) -> None:
    assert any(hosts_read(ast.parse(f"from urllib.parse import urlparse, urlsplit; {use}")))


def test_who_reads_a_path_reads_no_host() -> None:
    told = "from urllib.parse import urlsplit; a = urlsplit(u); a.path; origin.port"
    assert not any(hosts_read(ast.parse(told)))


BUILT_ON = {
    ("ci_apply", "apply"),
    ("ci_apply", "plan"),
    ("destroy", "apply"),
    ("doctor", "schema"),
    ("init", "schema"),
}
"""Commands that are another one in part; what else two share is in a module of its own."""


def test_hosts_are_read_by_one_parser() -> None:
    """Who asks another parser for a host compares what is not asked: `storyboard/origins.py`."""
    assert {module.name for module in modules() if module.hosts_read} == set()
    assert re.findall(r"`([\w./]+)`", law(9)) == ["origins.py"]


def test_no_command_is_the_place_of_what_another_one_needs() -> None:
    names = {path.stem for path in (PACKAGE / "cli").glob("*.py")}
    commands = [each for each in modules() if each.name in {f"commands.{name}" for name in names}]
    pairs = {
        (module.name.split(".")[1], target.split(".")[1])
        for module in commands
        for target in module.own
        if target.startswith("commands.")
    }
    assert len(commands) > 10
    assert {(one, other) for one, other in pairs if other in names - {"__init__"}} == BUILT_ON
