"""What a plan may have in it, as words that a command line can name."""

from __future__ import annotations

from typing import Final

from storyboard.plan.action import Action

DRIFT: Final = "drift"
POLICY: Final = "policy"
KINDS: Final = (
    *(action.value for action in Action if action is not Action.KEEP),
    DRIFT,
    POLICY,
)
"""Every action, edits that somebody made in the studio, and a policy that allows more than the last
applied one."""
