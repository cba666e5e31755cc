"""What an apply may do about one address, by name. Knows no plan."""

from __future__ import annotations

from enum import Enum


class Action(Enum):
    """What an apply will do."""

    CREATE = "create"
    UPDATE = "update"
    RENAME = "rename"
    REPLACE = "replace"
    DELETE = "delete"
    ADOPT = "adopt"
    GENERATE = "generate"
    COMPOSE = "compose"
    MOVE = "move"
    PUBLISH = "publish"
    HOLD = "hold"
    KEEP = "keep"
