"""What a scene shows beside the presenter: a clip, or a slide, to the wire and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide of a presentation: which of its flavor assets has it, and its number from 0."""

    flavor_asset_id: str
    index: int


@dataclass(frozen=True, slots=True)
class Broll:
    """A clip behind the scene, from `start_time` seconds into it, or a slide of a presentation.

    Files have no slides: those that a studio shows are kept as they are.
    """

    entry_id: str
    start_time: float
    slide: Slide | None = None

    @property
    def shown(self) -> str:
        """Return what is seen: the entry's id, and of a slide its number as people count."""
        return (
            self.entry_id if self.slide is None else f"{self.entry_id} slide {self.slide.index + 1}"
        )

    @classmethod
    def from_payload(cls, payload: Any) -> Broll | None:
        """Read a scene's `broll` as a studio has it; None for one that shows nothing."""
        if not isinstance(payload, dict) or not payload.get("entryId"):
            return None
        entry_id, start, index = (payload.get(key) for key in ("entryId", "startTime", "index"))
        seconds = float(start) if isinstance(start, int | float) else 0.0
        if payload.get("type") != "slide" or not isinstance(index, int | float):
            return cls(str(entry_id), seconds)
        return cls(str(entry_id), 0.0, Slide(str(payload.get("flavorAssetId") or ""), int(index)))

    def payload(self) -> dict[str, Any]:
        """Return the scene's `broll` object; a whole number of seconds goes out as an integer."""
        if self.slide is not None:
            named = {"flavorAssetId": self.slide.flavor_asset_id, "index": self.slide.index}
            return {"type": "slide", "entryId": self.entry_id, **named}
        start = int(self.start_time) if float(self.start_time).is_integer() else self.start_time
        return {"entryId": self.entry_id, "startTime": start}
