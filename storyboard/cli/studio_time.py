"""`storyboard studio clock|seed|snapshot|reset`: a studio's time, chance and memory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from storyboard.cli.studio_reach import ask, workspace_option
from storyboard.errors import UsageError


@click.command("clock")
@click.option("--at", metavar="MOMENT", help="Show this moment, such as 2026-01-31T12:00:00Z.")
@click.option("--advance", type=float, metavar="SECONDS", help="Show so many seconds more.")
@click.option("--stop", is_flag=True, help="Let it stand still.")
@click.option("--back", is_flag=True, help="Show the machine's own time again.")
@workspace_option
def clock(
    workspace: Path | None, at: str | None, advance: float | None, stop: bool, back: bool
) -> None:
    """Print the time of a served studio, or set it: it stamps objects and expires sessions."""
    if back and (at or advance or stop):
        raise UsageError("--back goes back to the machine's time, and takes no other option")
    body: dict[str, Any] = {} if at is None else {"at": at}
    if advance is not None:
        body["advance"] = advance
    if stop:
        body["stopped"] = True
    method = "DELETE" if back else "POST" if body else "GET"
    told = ask(workspace, lambda c: c.call(method, "clock", body or None), served=True)
    apart = f", {round(told['offset']):+d} s" if round(told["offset"]) else ""
    click.echo(f"{told['now']}  " + ("stopped" if told["stopped"] else f"running{apart}"))


@click.command("seed")
@click.argument("text", metavar="[SEED]", required=False)
@click.option("--at", metavar="MOMENT", help="Let the clock of a served studio stand at MOMENT.")
@click.option("--off", is_flag=True, help="Draw ids from chance again.")
@workspace_option
def seed(workspace: Path | None, text: str | None, at: str | None, off: bool) -> None:
    """Draw ids from SEED: after a reset, the same requests get the same answers."""
    if off == (text is not None):
        raise UsageError("either a SEED or --off is wanted", hint="storyboard studio seed seven")
    if off:
        ask(workspace, lambda control: control.call("DELETE", "seed"))
        click.echo("ids come from chance")
        return
    body = {"seed": text} | ({"at": at} if at else {})
    ask(workspace, lambda c: c.call("POST", "seed", body), served=at is not None)
    click.echo(f"ids come from '{text}'")


@click.group("snapshot")
def snapshot() -> None:
    """Save what a studio has under a name, and bring it back."""


@snapshot.command("save")
@click.argument("name", metavar="NAME")
@workspace_option
def save(workspace: Path | None, name: str) -> None:
    """Save all but sessions as NAME, in place of what was saved by that name."""
    ask(workspace, lambda control: control.call("PUT", f"snapshots/{name}"))
    click.echo(f"saved '{name}'")


@snapshot.command("restore")
@click.argument("name", metavar="NAME")
@workspace_option
def restore(workspace: Path | None, name: str) -> None:
    """Bring NAME back; everything that came since is gone."""
    ask(workspace, lambda control: control.call("POST", f"snapshots/{name}/load"))
    click.echo(f"restored '{name}'")


@snapshot.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
@workspace_option
def list_(workspace: Path | None, as_json: bool) -> None:
    """List what was saved."""
    saved = ask(workspace, lambda control: control.objects("snapshots"))
    if as_json:
        click.echo(json.dumps(saved, indent=2))
    else:
        click.echo("".join(f"{each['name']}\n" for each in saved), nl=False)


@snapshot.command("delete")
@click.argument("name", metavar="NAME")
@workspace_option
def delete(workspace: Path | None, name: str) -> None:
    """Forget NAME."""
    ask(workspace, lambda control: control.call("DELETE", f"snapshots/{name}"))
    click.echo(f"deleted '{name}'")


@click.command("reset")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@workspace_option
def reset(workspace: Path | None, yes: bool) -> None:
    """Forget every object, job and fault of a studio; snapshots, identity and cache stay."""
    if not yes:
        click.confirm("forget every video, avatar and media entry of the studio?", abort=True)
    ask(workspace, lambda control: control.call("POST", "reset"))
    click.echo("the studio is empty")
