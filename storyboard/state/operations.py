"""The calls of a state whose outcome is not known yet; changed copies are cheap. Sends nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from storyboard.address import Address
from storyboard.state.layered import Layered


class OperationKind(Enum):
    """What an open operation was about to do."""

    ADD = "add"
    REPLACE = "replace"
    GENERATE = "generate"
    COMPOSE = "compose"
    DELETE = "delete"
    TEST = "test"

    @property
    def adds(self) -> bool:
        """Whether it makes an address's video, under a name that carries its nonce."""
        return self in (OperationKind.ADD, OperationKind.REPLACE)

    @property
    def marks(self) -> bool:
        """Whether it makes any video: the name of a test film's carries its nonce to the end.

        All others are calls on a video that the address has, and are over with it.
        """
        return self.adds or self is OperationKind.TEST

    @property
    def lasts(self) -> bool:
        """Whether the studio works on it for minutes: an apply attaches to it, or waits."""
        return self in (OperationKind.GENERATE, OperationKind.COMPOSE)


@dataclass(frozen=True, slots=True)
class ClosedAdd:
    """An add that has ended: any other video with its nonce is a second one, and ours."""

    nonce: str
    address: Address
    started_at: str

    @property
    def text(self) -> str:
        """It as one text: an address may have spaces, so it comes last."""
        return f"{self.nonce} {self.started_at} {self.address}"

    @classmethod
    def parse(cls, text: str) -> ClosedAdd:
        """Read such a text; raises `ValueError`."""
        nonce, started_at, address = text.split(" ", 2)
        return cls(nonce, Address.parse(address), started_at)


@dataclass(frozen=True, slots=True)
class Operation:
    """The intent of a call that must not be repeated blindly; written before the call is sent.

    `nonce` is in the name of what an `ADD` or `REPLACE` makes. A `GENERATE` names the video, the
    film's fingerprint, and the entry that the video had before; a `COMPOSE` the video, and the
    fingerprint of what is asked for. Both know when the video had been changed last, by the
    studio's word; intents of older programs do not. A film is `seen` once the studio was seen
    filming the wanted scenes, which it locks meanwhile, and a call is `idle` where the studio was
    seen making nothing of it. A `DELETE` names the
    video of an address that was approved to be deleted, with all its objects, until they are gone.
    A `TEST` makes a video of some scenes of the address, which is nobody's, and deletes it again;
    it names the video as soon as that is known.
    """

    kind: OperationKind
    address: Address
    nonce: str
    started_at: str
    video_id: str | None = None
    fingerprint: str = ""
    previous_entry_id: str | None = None
    previous_updated_at: str | None = None
    seen: bool = False
    idle: bool = False


class Operations(Collection[Operation]):
    """Open operations, the first opened first; no two have one nonce."""

    __slots__ = ("_at", "_by_nonce")

    def __init__(
        self,
        by_nonce: Layered[str, Operation],
        at: Layered[Address, tuple[Operation, ...]],
    ) -> None:
        self._by_nonce = by_nonce
        self._at = at

    @classmethod
    def of(cls, operations: Iterable[Operation]) -> Operations:
        """Return operations as one of these."""
        if isinstance(operations, Operations):
            return operations
        by_nonce = {operation.nonce: operation for operation in operations}
        at: dict[Address, tuple[Operation, ...]] = {}
        for operation in by_nonce.values():
            at[operation.address] = (*at.get(operation.address, ()), operation)
        return cls(Layered.of(by_nonce), Layered.of(at))

    def at(self, address: Address) -> tuple[Operation, ...]:
        """Return those of an address."""
        return self._at.get(address, ())

    def opened(self, operation: Operation) -> Operations:
        """Return a copy with one opened, in place of one with the same nonce."""
        rest = self.closed(operation.nonce)
        address = operation.address
        return Operations(
            rest._by_nonce.with_item(operation.nonce, operation),
            rest._at.with_item(address, (*rest.at(address), operation)),
        )

    def closed(self, nonce: str) -> Operations:
        """Return a copy without one."""
        operation = self._by_nonce.get(nonce)
        if operation is None:
            return self
        rest = tuple(other for other in self.at(operation.address) if other.nonce != nonce)
        address = operation.address
        at = self._at.with_item(address, rest) if rest else self._at.without(address)
        return Operations(self._by_nonce.without(nonce), at)

    def ended(self, before: Iterable[Operation]) -> Iterator[Operation]:
        """Yield what was open before, and is no more."""
        was = Operations.of(before)._by_nonce
        gone = (nonce for nonce, now in self._by_nonce.differences(was) if now is None)
        return (was[nonce] for nonce in gone)

    def differences(self, before: Iterable[Operation]) -> Iterator[tuple[str, Operation | None]]:
        """Yield the nonces of what was opened or changed, and with `None` what was closed."""
        return self._by_nonce.differences(Operations.of(before)._by_nonce)

    def __contains__(self, operation: object) -> bool:
        return isinstance(operation, Operation) and operation in self.at(operation.address)

    def __iter__(self) -> Iterator[Operation]:
        return iter(self._by_nonce.values())

    def __len__(self) -> int:
        return len(self._by_nonce)

    def __eq__(self, other: Any) -> bool:
        if isinstance(other, Operations):
            return self._by_nonce == other._by_nonce
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Operations({list(self)!r})"
