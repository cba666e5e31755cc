"""How a state came to be what it is: its copies, each with what it has that the last had not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from storyboard.commands.compiled_project import project_environment
from storyboard.commands.request import Request
from storyboard.commands.stores import open_file
from storyboard.state.copies import Copy
from storyboard.state.layered import Layered
from storyboard.state.model import VideoRecord
from storyboard.video import Address


@dataclass(frozen=True, slots=True)
class Version:
    """A copy of the state, and the addresses that differ from the copy before it."""

    copy: Copy
    added: tuple[Address, ...]
    removed: tuple[Address, ...]
    changed: tuple[Address, ...]


def state_history(request: Request) -> tuple[Version, ...]:
    """Return the copies that can be read, the newest last; raises `UsageError` for a shared one."""
    return tuple(_versions(open_file(project_environment(request)).copies.found()))


def _versions(copies: Sequence[Copy]) -> Iterator[Version]:
    before: Mapping[Address, VideoRecord] = {}
    for copy in copies:
        now = copy.state.videos
        differing = sorted(address for address, _ in Layered.of(now).differences(before))
        yield Version(
            copy,
            added=tuple(address for address in differing if address not in before),
            removed=tuple(address for address in differing if address not in now),
            changed=tuple(a for a in differing if a in now and a in before),
        )
        before = now
