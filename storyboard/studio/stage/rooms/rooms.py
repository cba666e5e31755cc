"""The library of drawn backgrounds: rooms, a city, light. Knows no presenter and no files.

Each room is SVG, 1920 by 1080, that is meant to be seen out of focus.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from storyboard.studio.stage.rooms.home import bookshelves, coffee_house, living_room
from storyboard.studio.stage.rooms.views import (
    city_lights,
    flow_blue,
    flow_coral,
    flow_mint,
    greenery,
)
from storyboard.studio.stage.rooms.work import (
    office_dark,
    office_light,
    schoolroom,
    studio_blue,
    studio_warm,
)
from storyboard.studio.stage.vector import Sheet

ROOM_WIDTH, ROOM_HEIGHT = 1920, 1080


def room_svg(name: str) -> str:
    """Return a room's SVG; raises KeyError for an id that is not in the library."""
    sheet = Sheet("z")
    _ROOMS[name](sheet)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{ROOM_WIDTH}" height="{ROOM_HEIGHT}" '
        f'viewBox="0 0 {ROOM_WIDTH} {ROOM_HEIGHT}">{sheet.text()}</svg>'
    )


_ROOMS: Mapping[str, Callable[[Sheet], None]] = MappingProxyType(
    {
        "office-1": office_light,
        "office-2": office_dark,
        "studio-1": studio_blue,
        "studio-2": studio_warm,
        "living-room-1": living_room,
        "library-1": bookshelves,
        "classroom-1": schoolroom,
        "city-1": city_lights,
        "garden-1": greenery,
        "cafe-1": coffee_house,
        "gradient-1": flow_blue,
        "gradient-2": flow_coral,
        "gradient-3": flow_mint,
    }
)


LIBRARY_IDS: tuple[str, ...] = tuple(_ROOMS)
"""The ids of the drawn backgrounds."""
