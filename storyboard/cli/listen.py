"""`storyboard listen`: what scenes will sound like, before any film is made."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from storyboard.cli.compiling import compile_clean
from storyboard.cli.event_loop import run_to_end
from storyboard.cli.options import build_request, settings_options
from storyboard.commands.compiled_project import select
from storyboard.commands.listen import choose_scenes, fetch_speech
from storyboard.commands.request import Request
from storyboard.commands.scope import name_one_of
from storyboard.counting import counted
from storyboard.errors import ExitCode, UsageError
from storyboard.shell import words
from storyboard.video import Video
from storyboard.views.avatars import render_heard_json, render_heard_text

_TEXT: Final = "--text"
_PLAYERS: Final = (
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"),
    ("mpv", "--no-video", "--really-quiet"),
    ("afplay",),
    ("paplay",),
)
_OF_SCENES: Final = "\0"
"""What stands for the value of a `--text` without one: no word of a command line has this sign."""


class _Listen(click.Command):
    """A command whose `--text` may stand alone. A value of it may start with a minus."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; the options that may follow are those that the command knows."""
        known = {name for param in self.params for name in (*param.opts, *param.secondary_opts)}
        following = [*args, "--json"][1:]
        valued = [
            f"{_TEXT}={_OF_SCENES}" if word == _TEXT and after.partition("=")[0] in known else word
            for word, after in zip(args, following, strict=True)
        ]
        return super().parse_args(ctx, valued)


@click.command("listen", cls=_Listen)
@click.argument("address", metavar="[ADDRESS]", required=False)
@click.argument("scenes", metavar="[SCENE]...", nargs=-1)
@settings_options
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Save the MP3 files in DIR (local: 'speech').")  # fmt: skip
@click.option("--text", metavar="[TEXT]", help="Print how TEXT, or scenes, are read out.")
@click.option("--locale", metavar="TAG", help="Read TEXT in this language.")
@click.option("--play", is_flag=True, help="Play them with ffplay, mpv, afplay or paplay.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    address: str | None,
    scenes: tuple[str, ...],
    output: Path | None,
    text: str | None,
    locale: str | None,
    play: bool,
    as_json: bool,
    **options: Any,
) -> int:
    """Save the speech of scenes as MP3, and play it.

    Name scenes by id or number. Without any, all scenes that speak are saved.

    The local studio speaks the files as they are; an account speaks what was applied.

    With `--text`, print the words that the local studio would say for a text, or without a text
    for the scenes, and the signs that are not spoken. In a project, its `say` counts. Nothing is
    rendered or saved.
    """
    if text is not None and (play or output is not None):
        raise UsageError("--text makes no sound", hint="leave out --play and --output")
    if text is not None and text != _OF_SCENES:
        _refuse_both(address, scenes, text)
        _print_reading(text, locale, as_json, build_request(ctx, targets=(), **options))
        return ExitCode.OK
    if locale is not None:
        raise UsageError("--locale needs --text", hint="name the locale in the address: tour@de")
    if address is None:
        raise UsageError("listen needs an address, or a text behind --text")
    player = _find_player() if play else None
    request = build_request(ctx, targets=(address,), **options)
    compilation = compile_clean(request)
    video = _the_video(address, select(request, compilation))
    chosen = choose_scenes(video, scenes)
    if text is not None:
        _print_scenes(video, chosen, as_json)
        return ExitCode.OK
    heard = run_to_end(fetch_speech(request, compilation, video, chosen, output))
    click.echo((render_heard_json if as_json else render_heard_text)(heard), nl=False)
    if player is not None:
        _play(player, [item.path for item in heard])
    return ExitCode.OK


def _the_video(address: str, videos: Sequence[Video]) -> Video:
    if len(videos) != 1:
        raise UsageError(f"'{address}' names {counted(len(videos), 'video')}, and listen takes one",
                         hint=name_one_of(video.address for video in videos))  # fmt: skip
    return videos[0]


def _refuse_both(address: str | None, scenes: Sequence[str], text: str) -> None:
    """Refuse a text beside an address: a scene's name, or the rest of a text without quotes."""
    if address is None:
        return
    of_scenes = words(("storyboard", "listen", address, *scenes, _TEXT))
    of_text = words(("storyboard", "listen", _TEXT, " ".join((text, address, *scenes))))
    raise UsageError(
        f"listen takes an address or a text: '{address}' and '{text}'",
        hint=f"for scenes of the files: {of_scenes}; for a text, quote it: {of_text}",
    )


def _print_scenes(video: Video, scenes: Sequence[int], as_json: bool) -> None:
    from storyboard.commands.read_text import read_scenes
    from storyboard.views.readings import render_scenes_json, render_scenes_text

    readings = read_scenes(video, scenes)
    click.echo((render_scenes_json if as_json else render_scenes_text)(readings), nl=False)


def _print_reading(text: str, locale: str | None, as_json: bool, request: Request) -> None:
    from storyboard.commands.read_text import project_say, read_text
    from storyboard.views.readings import render_reading_json, render_reading_text

    reading = read_text(text, locale, project_say(request.root), request.shell)
    click.echo((render_reading_json if as_json else render_reading_text)(reading), nl=False)


def _find_player() -> Sequence[str]:
    """Return the command of the first player that is installed; raises `UsageError`."""
    for name, *arguments in _PLAYERS:
        found = shutil.which(name)
        if found:
            return (found, *arguments)
    known = ", ".join(name for name, *_ in _PLAYERS)
    raise UsageError("there is no player on this machine", hint=f"install one of: {known}")


def _play(player: Sequence[str], files: Sequence[Path]) -> None:
    for path in files:
        subprocess.run([*player, str(path.resolve())], stdin=subprocess.DEVNULL, check=False)
