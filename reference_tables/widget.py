"""The table of the widget's settings."""

from __future__ import annotations

from reference_tables.markdown import code, table
from storyboard.widget_settings import WIDGET_SETTINGS


def settings() -> str:
    """List the settings: type, default, meaning, the words that one takes."""
    rows = (
        (
            code(each.name),
            each.type,
            "required" if each.required else each.default,
            each.meaning + (f": {', '.join(map(code, each.values))}" if each.values else ""),
        )
        for each in WIDGET_SETTINGS
    )
    return table(("setting", "type", "default", "meaning"), rows)
