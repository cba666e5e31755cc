"""`storyboard studio fault|hold|release|step`: bad days on demand, and a video led by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import click

from storyboard.cli.options import json_option, print_result
from storyboard.cli.studio_reach import ask, workspace_option
from storyboard.errors import UsageError
from storyboard.views.studio import render_faults_json, render_faults_text

if TYPE_CHECKING:
    from storyboard.kaltura.control import ControlPlane

_KINDS: Final = (
    *("drop-before", "drop-after", "reset", "truncate", "garbage", "empty"),
    *("status", "code", "delay"),
)
_STATUSES: Final = ("composed", "compose-error", "generate-error")


@click.group("fault")
def fault() -> None:
    """Make API requests fail; list or clear the faults."""


@fault.command("add")
@click.argument("kind", type=click.Choice(_KINDS))
@click.option("--action", metavar="PATH", help="Choose requests of this action, such as video/add.")
@click.option("--video", "videoId", metavar="ID", help="Choose requests that name this video.")
@click.option("--call", type=click.IntRange(1), metavar="N", help="Choose the Nth such request.")
@click.option("--times", type=click.IntRange(1), metavar="N", help="Stop after N such requests.")
@click.option(
    "--probability", type=click.FloatRange(0, 1), help="Choose requests with this probability."
)
@click.option("--seed", type=int, metavar="N", help="Draw the probability from this seed.")
@click.option("--delay", type=click.FloatRange(0, 600), metavar="SECONDS", help="Delay the answer.")
@click.option(
    "--status", type=click.IntRange(200, 599), help="Answer with this HTTP status (for status)."
)
@click.option("--code", help="Answer with this error code (for code).")
@click.option("--message", metavar="TEXT", help="Answer with this text.")
@click.option("--header", "headers", multiple=True, metavar="NAME=VALUE",
              help="Add a header to the answer (for status).")  # fmt: skip
@json_option
@workspace_option
def add(workspace: Path | None, headers: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Add a fault of a KIND.

    Drop before or after the effect, reset the connection, truncate the reply, answer garbage or
    nothing, a status, an error code; or only delay. Of several rules the first that fires wins.
    """
    body = {name: value for name, value in given.items() if value is not None}
    if headers:
        body["headers"] = dict(_pair(header) for header in headers)
    _show(workspace, "POST", body, as_json=as_json)


@fault.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
@workspace_option
def list_(workspace: Path | None, as_json: bool) -> None:
    """List the faults and how many requests each changed."""
    _show(workspace, "GET", None, as_json=as_json)


@fault.command("clear")
@json_option
@workspace_option
def clear(workspace: Path | None, as_json: bool) -> None:
    """Delete all faults."""
    _show(workspace, "DELETE", None, as_json=as_json)


@click.command("hold")
@json_option
@workspace_option
def hold(workspace: Path | None, as_json: bool) -> None:
    """Hold queued films and compositions."""
    ask(workspace, lambda control: control.call("POST", "hold"), served=True)
    text = "held: queued work waits; let it go with: storyboard studio release\n"
    print_result({"held": True}, text, as_json=as_json)


@click.command("release")
@json_option
@workspace_option
def release(workspace: Path | None, as_json: bool) -> None:
    """Release held films and compositions."""
    ask(workspace, lambda control: control.call("DELETE", "hold"), served=True)
    print_result({"held": False}, "released\n", as_json=as_json)


@click.command("step")
@click.argument("video", metavar="VIDEO")
@click.argument("status", type=click.Choice(_STATUSES))
@click.option("--reason", metavar="TEXT", help="Give this as the reason in the control plane.")
@json_option
@workspace_option
def step(
    workspace: Path | None, video: str, status: str, reason: str | None, as_json: bool
) -> None:
    """Force a video in progress to a final status.

    VIDEO is its id. Its work is canceled.

    Only a film leads to `ready`.
    """
    body = {"status": status} | ({"reason": reason} if reason else {})
    told = ask(
        workspace,
        lambda control: control.call("POST", f"videos/{quote(video, safe='')}/status", body),
    )
    id_, now = str(told.get("id", video)), str(told.get("status", status))
    print_result({"videoId": id_, "status": now}, f"{id_} is {now}\n", as_json=as_json)


def _show(workspace: Path | None, method: str, body: Any, *, as_json: bool) -> None:
    async def act(control: ControlPlane) -> list[dict[str, Any]]:
        return list((await control.call(method, "faults", body)).get("objects", []))

    rules = ask(workspace, act, served=True)
    click.echo((render_faults_json if as_json else render_faults_text)(rules), nl=False)


def _pair(header: str) -> tuple[str, str]:
    name, equals, value = header.partition("=")
    if not equals or not name.strip():
        raise UsageError(
            f"invalid header '{header}': expected NAME=VALUE",
            hint="write it like --header Retry-After=7",
        )
    return name.strip(), value.strip()
