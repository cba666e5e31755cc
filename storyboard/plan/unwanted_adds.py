"""Which interrupted adds wait for nothing: the files want no video of them any more. Pure.

An open add is looked up by whoever makes its address's video. Where the commit went back, nobody
does, and its intent would stay for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.current import Current
from storyboard.plan.gone import missed
from storyboard.plan.options import PlanOptions
from storyboard.state.model import State
from storyboard.video import Video

_AS_IT_IS: Final = (Action.KEEP, Action.RENAME)
"""What makes no video, and needs none beside the one that is there."""


def unwanted_adds(
    desired: Sequence[Video],
    changes: Sequence[Change],
    state: State,
    current: Current,
    options: PlanOptions,
) -> Iterator[str]:
    """Yield the nonces of open adds whose videos nobody wants, and the studio does not list.

    A listed one is another matter: it is adopted, or deleted with what the files lack.
    """
    unseen = [o for o in state.operations if o.kind.adds and not current.marked(o.nonce)]
    if not unseen:
        return
    gone = {*missed([operation.address for operation in unseen], desired, options)}
    gone |= {change.address for change in changes if change.action in _AS_IT_IS}
    for operation in unseen:
        if operation.address in gone:
            yield operation.nonce
