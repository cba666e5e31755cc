"""Which texts can be set in a film's pictures here, for those who may not know the studio."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # whoever asks nothing needs no rule's words
    from storyboard.checks.studio_facts import Unset


def unset_text(text: str) -> Unset | None:
    """Return why a text cannot be set on this machine; None if it can."""
    from storyboard.checks.studio_facts import Unset
    from storyboard.studio.lettering.faces import CannotSet, set_in_runs

    try:
        _ = set_in_runs(text, "", bold=False)
    except ImportError:  # `doctor` tells that the package is missing
        return None
    except CannotSet as cause:
        return Unset(cause.told, cause.wants_shaping)
    return None
