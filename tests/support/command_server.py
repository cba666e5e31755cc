"""Runs `python -m storyboard …` as processes that are forked with its modules loaded already.

Each command is a process of its own, as a shell starts one, with its own folder, variables and
streams. Spent once for all tests are the second that Python takes to import everything, and what
each command would make anew: the rules that read English, the certificates of the system, and what
a first plan leaves in caches (patterns, schemas, templates), two thirds of what a small plan costs.
"""

from __future__ import annotations

import atexit
import gc
import io
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

import storyboard.cli
import storyboard.entry
from storyboard.studio.film.request import Film, FilmOrder, OnProgress
from storyboard.studio.jobs.makers import Makers
from tests.support.forking import prepare
from tests.support.passing_time import eventually

ROOT: Final = Path(__file__).parents[2]
OURS: Final = ("KALTURA_", "STORYBOARD_")
"""What a variable begins with that a command may heed: a test gives those that it is about."""
_PACKAGES: Final = ("cli", "commands", "views", "kaltura")
_MODULES: Final = (
    "anyio._backends._asyncio",
    "encodings.ascii",
    "encodings.utf_8_sig",
    "httpcore",
    "jinja2",
    "storyboard.narration.spoken_parts",
    "storyboard.source.explanation",
    "storyboard.studio.app",
    "storyboard.studio.film.make",
    "storyboard.studio.local",
    "storyboard.templates.translating",
)
"""What most commands import late."""
_PROJECT: Final = {
    "storyboard.yaml": "locales: [en, de]\n",
    "tour.storyboard.yaml": "name: 'Tour {{ 1 + 1 }}'\nvars: {who: you}\n"
    "scenes: [{id: hi, narration: 'Hello to all of {{ who }}, at the office.'}]\n",
}
_OF_THE_INTERPRETER: Final = ("PYTHON", "LC_", "LANG", "LD_")
"""What a variable begins with that Python looks at only when it starts."""


def run_command(
    arguments: Sequence[str], cwd: Path, env: Mapping[str, str], timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    """Run `python -W error -m storyboard` with these arguments, and nothing on stdin."""
    line = [sys.executable, "-W", "error", "-m", "storyboard", *arguments]
    if _settings(env) != _settings(os.environ | {"PYTHONPATH": str(ROOT)}):
        return subprocess.run(
            line, cwd=cwd, env=env, capture_output=True, encoding="utf-8",
            stdin=subprocess.DEVNULL, timeout=timeout,
        )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as link:
        outputs = [Path(folder) / "out", Path(folder) / "err"]
        order = {"arguments": list(arguments), "cwd": str(cwd), "env": dict(env)}
        link.settimeout(timeout)
        link.connect(_server())
        link.sendall(json.dumps(order | {"outputs": [str(path) for path in outputs]}).encode())
        link.shutdown(socket.SHUT_WR)
        try:
            code = int(link.makefile().read())
        except TimeoutError:
            raise subprocess.TimeoutExpired(line, timeout) from None
        out, err = (path.read_bytes().decode("utf-8") for path in outputs)
        return subprocess.CompletedProcess(line, code, out, err)


def _settings(env: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in env.items() if key.startswith(_OF_THE_INTERPRETER)}


@cache
def _server() -> str:
    """Start the server of this process, once; it ends with it."""
    folder = tempfile.TemporaryDirectory(prefix="sb-commands-")
    path = Path(folder.name, "socket")
    child = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.support.command_server", str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
    )

    def is_there() -> bool:
        assert child.poll() is None, "the server of commands did not start"
        return path.exists()

    eventually(is_there, seconds=120)

    def end() -> None:
        child.kill()
        child.wait()
        assert child.stdin is not None
        child.stdin.close()
        folder.cleanup()

    atexit.register(end)
    return str(path)


def _serve(path: str) -> None:
    """Fork a process for each command; returns in that process, ready to run it."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(f"{path}.new")
        door.listen(16)
        Path(f"{path}.new").rename(path)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        while True:
            ready, _, _ = select.select([door, sys.stdin], [], [])
            if door not in ready:  # who started it is gone, however it ended
                os._exit(0)
            link, _ = door.accept()
            if os.fork() == 0:
                break
            link.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with link:
        order = json.loads(link.makefile().read())
        command = os.fork()
        if command:
            _, status = os.waitpid(command, 0)
            link.sendall(str(os.waitstatus_to_exitcode(status)).encode())
            os._exit(0)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, output in enumerate(order["outputs"], 1):
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT), stream)
    sys.argv = [str(ROOT / "storyboard" / "__main__.py"), *order["arguments"]]


def load() -> None:
    """Import what commands import, and plan once; with no thread, which no fork takes along."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    for package in _PACKAGES:
        module = import_module(f"storyboard.{package}")
        for found in pkgutil.iter_modules(module.__path__, f"{module.__name__}."):
            import_module(found.name)
    for name in _MODULES:
        import_module(name)
    init: Any = Makers.__init__
    init.__defaults__ = (_small_film, *init.__defaults__[1:-1], _timed)
    _warm_up()
    prepare()


def _warm_up() -> None:
    """Run the commands of a small project, which leave what each would make anew in caches."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        del os.environ[name]
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()) as told:
        for name, text in _PROJECT.items():
            Path(folder, name).write_text(text)
        for command in (["locale", "sync"], ["check"], ["plan"], ["outputs", "--json"]):
            with redirect_stderr(told):
                code = storyboard.cli.run(["-C", folder, *command])
            assert code == 0, told.getvalue()
    assert threading.active_count() == 1, threading.enumerate()


def _run_and_end() -> NoReturn:
    """Run the program in this process, and end as Python would, but for taking itself apart.

    That would copy all that the server has loaded, and take longer than most commands do.
    """
    code: Any = 0
    try:
        storyboard.entry.main()
    except SystemExit as end:
        code = end.code
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    gc.collect()  # what warns of a file or a socket that was left open
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _small_film(order: FilmOrder, on_progress: OnProgress, cancelled: Callable[[], bool]) -> Film:
    """Film with a crew that hums: a story of commands is not about what is to be seen and heard."""
    from storyboard.studio.film.make import make_ordered
    from tests.support.film_crew import SMALL, small_crew

    small = replace(order, request=replace(order.request, profile=SMALL))
    return make_ordered(small, on_progress, cancelled, crew=small_crew())


def _timed(
    narrations: Sequence[str], presenter: str, cache: Path, cancelled: Callable[[], bool]
) -> list[float]:
    """Time scenes as that crew would."""
    return [0.4 * len(text.split()) for text in narrations]


if __name__ == "__main__":
    load()
    _serve(sys.argv[1])
    __package__ = "storyboard"  # by which click tells how the program was called
    _run_and_end()
