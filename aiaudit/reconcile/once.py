"""What is counted once: what each rule that found a call or a charge elsewhere took away."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from aiaudit.ledger import dollars
from aiaudit.pricing import cost
from aiaudit.schema import TOKENS

if TYPE_CHECKING:
    from aiaudit.engine import Engine

_LOGS: Final = "logs beside an export"
_TOKENS: Final = " + ".join(f"coalesce({name}, 0)" for name in TOKENS)
_SUMS: Final = (
    f"count(*) AS rows, coalesce(sum(requests), 0) AS requests, sum({_TOKENS}) AS tokens,"
    " coalesce(sum(list_pico), 0) AS pico"
)


def counted_once(engine: Engine) -> tuple[dict[str, Any], ...]:
    """Return what each rule removed, in rows, tokens and dollars at list prices; and before, after.

    The rows of an export of which logs show a part give way to their excess, which is no loss.
    """
    cost(engine, "removed_calls", into="costed_removed")
    found = _calls(engine)
    for row in _charges(engine):
        nothing = {"rule": row["rule"], "rows": 0, "requests": 0, "tokens": 0, "pico": 0}
        into = found.setdefault(row["rule"], nothing)
        into["rows"] += row["rows"]
        into["billed"] = row["billed"]
    for table in ("removed_calls", "removed_charges", "costed_removed"):
        engine.run(f"DROP TABLE {table}")
        engine.steps.pop(table, None)
    return _running(engine, [found[rule] for rule in sorted(found)])


def _calls(engine: Engine) -> dict[str, dict[str, Any]]:
    found = {
        row["rule"]: row
        for row in engine.rows(
            f"SELECT r.rule, {_SUMS} FROM removed_calls AS r JOIN costed_removed AS k"
            " ON k.call_id = r.call_id GROUP BY r.rule ORDER BY r.rule"
        )
    }
    if _LOGS in found:
        excess = engine.rows(
            f"SELECT {_SUMS} FROM calls AS c JOIN costed AS k ON k.call_id = c.call_id"
            " WHERE c.origin = 'export_only'"
        )[0]
        for name in ("rows", "requests", "tokens", "pico"):
            found[_LOGS][name] -= excess[name] or 0
    return found


def _charges(engine: Engine) -> list[dict[str, Any]]:
    return engine.rows(
        "SELECT r.rule, sum(r.charges) AS rows, sum(CASE WHEN r.currency = 'USD' THEN r.billed_cost"
        " ELSE CAST(r.billed_cost * e.usd AS DECIMAL(38, 18)) END) AS billed"
        " FROM removed_charges AS r LEFT JOIN exchange_rates AS e ON e.currency = r.currency"
        ' AND r."day" >= e.starts AND r."day" < e.ends GROUP BY r.rule ORDER BY r.rule'
    )


def _running(engine: Engine, rules: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Add what there was before and after each rule; after the last there is what is audited."""
    left = engine.rows(
        "SELECT (SELECT count(*) FROM calls) + (SELECT count(*) FROM charges) AS rows,"
        f" (SELECT coalesce(sum({_TOKENS}), 0) FROM calls) AS tokens,"
        " (SELECT coalesce(sum(list_pico), 0) FROM costed) AS pico"
    )[0]
    made = []
    for rule in reversed(rules):
        before = {name: left[name] + rule[name] for name in left}
        made.append(
            {
                "rule": rule["rule"],
                "requests": int(rule["requests"]),
                "billed": rule.get("billed"),
                **_three("rows", before, rule, left),
                **_three("tokens", before, rule, left),
                "cost_before": _usd(before["pico"]),
                "cost": _usd(rule["pico"]),
                "cost_after": _usd(left["pico"]),
            }
        )
        left = before
    return tuple(reversed(made))


def _three(
    name: str, before: dict[str, Any], rule: dict[str, Any], after: dict[str, Any]
) -> dict[str, int]:
    return {
        f"{name}_before": int(before[name]),
        name: int(rule[name]),
        f"{name}_after": int(after[name]),
    }


def _usd(pico: int | Decimal) -> Decimal:
    return dollars(pico) or Decimal(0)
