"""The state of one user is no other's, also where only an open call or a deletion is left in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storyboard.errors import CredentialsError
from storyboard.kaltura.objects import Principal
from storyboard.plan.current import Current
from storyboard.plan.guards import check_principal
from storyboard.state.model import Operation, OperationKind, State
from storyboard.video import Address

ADDRESS = Address("q1", "en")
EMPTY = State.fresh(Principal(101, "maker", "https://studio.example/api/v1"))
OTHER = Current(replace(EMPTY.principal, user_id="guest"), ())


@pytest.mark.parametrize(
    "state",
    [
        *(
            EMPTY.with_operation(Operation(kind, ADDRESS, "n1", "2026-01-01T00:00:00+00:00"))
            for kind in OperationKind
        ),
        replace(EMPTY, retired=((ADDRESS, "v1"),)),
    ],
)
def test_another_user_is_refused_while_anything_is_open(state: State) -> None:
    with pytest.raises(CredentialsError, match="belongs to user 'maker'"):
        check_principal(state, OTHER)
    check_principal(EMPTY, OTHER)
