"""How a figure came about: its value, its statement, and the steps behind it down to the files."""

from __future__ import annotations

from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from aiaudit.errors import UsageError
from aiaudit.ledger import plain
from aiaudit.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aiaudit.ledger import Audit, Fact

_NEAREST: Final = 3
_MOST_PRICES: Final = 20
_MOST_FILES: Final = 20
_DIGEST: Final = 12


def trail(audit: Audit, key: str) -> list[str]:
    """Return, line by line, how a fact came about; strings are as the audit holds them.

    Raises:
        UsageError: the audit has no such fact; the message names the nearest ones.
    """
    fact = audit.facts.get(key)
    if fact is None:
        raise UsageError(_unknown(audit, key))
    return [
        *_fact(key, fact),
        *_step(audit.steps.get(fact.step)),
        "",
        "The steps behind it, each with what it reads:",
        *_chain(audit.steps, fact.step, 1, set()),
        "",
        *_files(audit),
    ]


def _unknown(audit: Audit, key: str) -> str:
    near = get_close_matches(key, audit.facts, n=_NEAREST, cutoff=0.4)
    known = sorted(near or audit.facts, key=lambda name: (near.index(name) if near else 0, name))
    if not known:
        return f"there is no fact {key!r}: this audit holds none"
    hint = f"did you mean {', '.join(known)}?" if near else f"there are {', '.join(known)}"
    return f"there is no fact {key!r}; {hint}"


def _fact(key: str, fact: Fact) -> list[str]:
    stated = plain(fact.value) if isinstance(fact.value, Decimal) else fact.value
    value = "not measured" if fact.value is None else f"{stated} {fact.unit}"
    lines = [f"{key} = {value}"]
    if fact.reason:
        lines.append(f"  reason      {fact.reason}")
    if fact.rows is not None:
        lines.append(f"  rows        {fact.rows:,}")
    return [*lines, f"  step        {fact.step}"]


def _step(step: Mapping[str, Any] | None) -> list[str]:
    if step is None:
        return ["  The audit holds no statement of this step: it was loaded as it is."]
    lines = [f"  sha256      {step.get('sha256', 'not given')}"]
    lines.append(f"  reads       {', '.join(_inputs(step)) or 'nothing'}")
    for name, value in sorted((step.get("parameters") or {}).items()):
        lines.append(f"  parameter   {name} = {value}")
    lines += _prices(step)
    return [*lines, "", *(f"    {line}" for line in str(step.get("sql", "")).splitlines())]


def _prices(step: Mapping[str, Any]) -> list[str]:
    prices = [str(price) for price in step.get("prices") or ()]
    lines = [f"  price       {price}" for price in prices[:_MOST_PRICES]]
    if len(prices) > _MOST_PRICES:
        lines.append(f"  price       and {len(prices) - _MOST_PRICES:,} more, in audit.json")
    return lines


def _inputs(step: Mapping[str, Any]) -> list[str]:
    return [str(name) for name in step.get("inputs") or ()]


def _chain(steps: Mapping[str, Any], name: str, depth: int, seen: set[str]) -> Iterator[str]:
    """Yield a step and what it reads, each step in full once."""
    indent = "  " * depth
    step = steps.get(name)
    if step is None:
        yield f"{indent}{name}, as loaded"
        return
    if name in seen:
        yield f"{indent}{name}, as above"
        return
    seen.add(name)
    digest = str(step.get("sha256", ""))[:_DIGEST]
    prices = len(step.get("prices") or ())
    yield f"{indent}{name}  {digest}" + (f"  {counted(prices, 'price')}" if prices else "")
    for source in _inputs(step):
        yield from _chain(steps, source, depth + 1, seen)


def _files(audit: Audit) -> list[str]:
    lines = ["The files:"]
    for source in audit.sources[:_MOST_FILES]:
        digest = str(source.get("sha256", ""))[:_DIGEST]
        loaded, rows = source.get("loaded", 0), source.get("rows_read", 0)
        lines.append(f"  {source.get('file')}  {digest}  {loaded} of {rows} rows loaded")
    if len(audit.sources) > _MOST_FILES:
        lines.append(f"  and {len(audit.sources) - _MOST_FILES:,} more, in audit.json")
    return lines
