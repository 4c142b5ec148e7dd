"""What the calls of a table cost at the rates of their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.engine import Engine


def cost(engine: Engine, calls: str, into: str, *, temporary: bool = True) -> None:
    """Price the calls of a table into the table `into`; afterwards `scenario` stands for them.

    Raises:
        IntegrityError: a call has two prices.
    """
    engine.point("scenario", at=calls)
    engine.create(into, statement("costed"), key=("call_id",), temporary=temporary)
