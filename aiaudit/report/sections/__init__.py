"""The sections of a report, in the order of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.report.sections import (
    bridge,
    daily,
    drivers,
    flow,
    method,
    moves,
    reconciliation,
    statement,
    use_cases,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiaudit.report.basis import Basis
    from aiaudit.report.blocks import Section

ORDER: Final[tuple[Callable[[Basis], Section], ...]] = (
    moves.section,
    bridge.section,
    statement.section,
    flow.section,
    daily.section,
    drivers.section,
    use_cases.section,
    reconciliation.section,
    method.section,
)
