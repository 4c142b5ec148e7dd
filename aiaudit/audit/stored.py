"""The facts in the database too, for whoever queries it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from aiaudit.ledger import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiaudit.engine import Engine
    from aiaudit.ledger import Fact, Value


def store(engine: Engine, found: Mapping[str, Fact]) -> None:
    """Leave the table `facts`; values are text, exact as audit.json holds them."""
    engine.run(
        "CREATE OR REPLACE TABLE facts (key VARCHAR, value VARCHAR, unit VARCHAR, rows BIGINT,"
        " step VARCHAR, reason VARCHAR)"
    )
    engine.append(
        "facts",
        [
            {
                "key": key,
                "value": _text(fact.value),
                "unit": fact.unit,
                "rows": fact.rows,
                "step": fact.step,
                "reason": fact.reason,
            }
            for key, fact in sorted(found.items())
        ],
    )


def _text(value: Value) -> str | None:
    if isinstance(value, Decimal):
        return plain(value)
    return None if value is None else str(value)
