"""`storyboard studio clock|seed|snapshot|reset`: a studio's time, chance and memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from storyboard.cli.asking import require_answer
from storyboard.cli.options import json_option, print_result
from storyboard.cli.studio_reach import ask, workspace_option
from storyboard.errors import UsageError
from storyboard.views.json_text import json_text


@click.command("clock")
@click.option("--at", metavar="MOMENT", help="Set the time, such as 2026-01-31T12:00:00Z.")
@click.option("--advance", type=float, metavar="SECONDS", help="Move the time forward by SECONDS.")
@click.option("--stop", is_flag=True, help="Stop the clock.")
@click.option("--back", is_flag=True, help="Return to the machine's time.")
@json_option
@workspace_option
def clock(
    workspace: Path | None,
    at: str | None,
    advance: float | None,
    stop: bool,
    back: bool,
    as_json: bool,
) -> None:
    """Print or set the time of a served studio."""
    if back and (at or advance or stop):
        raise UsageError("--back takes no other option")
    body: dict[str, Any] = {} if at is None else {"at": at}
    if advance is not None:
        body["advance"] = advance
    if stop:
        body["stopped"] = True
    method = "DELETE" if back else "POST" if body else "GET"
    told = ask(workspace, lambda c: c.call(method, "clock", body or None), served=True)
    apart = f", {round(told['offset']):+d} s" if round(told["offset"]) else ""
    text = f"{told['now']}  " + ("stopped\n" if told["stopped"] else f"running{apart}\n")
    print_result(told, text, as_json=as_json)


@click.command("seed")
@click.argument("text", metavar="[SEED]", required=False)
@click.option("--at", metavar="MOMENT", help="Stop the clock of a served studio at MOMENT.")
@click.option("--off", is_flag=True, help="Make ids random again.")
@json_option
@workspace_option
def seed(
    workspace: Path | None, text: str | None, at: str | None, off: bool, as_json: bool
) -> None:
    """Draw ids from SEED, so that runs can be repeated."""
    if off == (text is not None):
        raise UsageError(
            "seed needs a SEED or --off, and not both", hint="storyboard studio seed seven"
        )
    if off:
        ask(workspace, lambda control: control.call("DELETE", "seed"))
        print_result({"seed": None}, "ids are random\n", as_json=as_json)
        return
    body = {"seed": text} | ({"at": at} if at else {})
    ask(workspace, lambda c: c.call("POST", "seed", body), served=at is not None)
    print_result({"seed": text}, f"ids come from '{text}'\n", as_json=as_json)


@click.group("snapshot")
def snapshot() -> None:
    """Save and restore the data of a local studio."""


@snapshot.command("save")
@click.argument("name", metavar="NAME")
@json_option
@workspace_option
def save(workspace: Path | None, name: str, as_json: bool) -> None:
    """Save everything but sessions as NAME."""
    ask(workspace, lambda control: control.call("PUT", f"snapshots/{quote(name, safe='')}"))
    print_result({"name": name, "did": "saved"}, f"saved '{name}'\n", as_json=as_json)


@snapshot.command("restore")
@click.argument("name", metavar="NAME")
@json_option
@workspace_option
def restore(workspace: Path | None, name: str, as_json: bool) -> None:
    """Restore snapshot NAME."""
    ask(workspace, lambda control: control.call("POST", f"snapshots/{quote(name, safe='')}/load"))
    print_result({"name": name, "did": "restored"}, f"restored '{name}'\n", as_json=as_json)


@snapshot.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
@workspace_option
def list_(workspace: Path | None, as_json: bool) -> None:
    """List the snapshots."""
    saved = ask(workspace, lambda control: control.objects("snapshots"))
    if as_json:
        click.echo(json_text(saved), nl=False)
    else:
        click.echo("".join(f"{each['name']}\n" for each in saved), nl=False)


@snapshot.command("delete")
@click.argument("name", metavar="NAME")
@json_option
@workspace_option
def delete(workspace: Path | None, name: str, as_json: bool) -> None:
    """Delete snapshot NAME."""
    ask(workspace, lambda control: control.call("DELETE", f"snapshots/{quote(name, safe='')}"))
    print_result({"name": name, "did": "deleted"}, f"deleted '{name}'\n", as_json=as_json)


@click.command("reset")
@click.option("-y", "--yes", is_flag=True, help="Skip the confirmation.")
@json_option
@workspace_option
def reset(workspace: Path | None, yes: bool, as_json: bool) -> None:
    """Delete every object, job and fault of a local studio."""
    require_answer(yes, "studio reset")
    if not yes:
        question = "forget every video, avatar and media entry of the studio?"
        click.confirm(question, abort=True, err=True)
    ask(workspace, lambda control: control.call("POST", "reset"))
    print_result({"reset": True}, "the studio is empty\n", as_json=as_json)
