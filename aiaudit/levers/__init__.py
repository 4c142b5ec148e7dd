"""What would have been different: levers in the order in which they are applied, without money."""

from __future__ import annotations

from typing import Final

from aiaudit.levers.avoid import AVOID
from aiaudit.levers.lever import Certainty, Lever
from aiaudit.levers.route import ROUTE, ROUTER

__all__ = ["AVOID", "ORDER", "ROUTE", "ROUTER", "Certainty", "Lever"]

# The waste hierarchy: a call that is not made needs no cheaper model. Order moves credit between
# levers, never the total.
ORDER: Final[tuple[Lever, ...]] = (AVOID, ROUTE)
