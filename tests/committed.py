"""A month of an invented company: calls at $10 and $1 each, under terms that a test states."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from aiaudit import audit, pricing
from aiaudit.resources import shipped
from aiaudit.settings import Flags, load

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from aiaudit.ledger import Audit

# At $10 per million tokens a call of the large model costs $10, one of the small model $1.
PRICES: Final = """\
schema: 1
provider: acme
models:
  - id: large
    capability: {tier: frontier, basis: invented}
    prices: [{from: 2025-01-01, rates: {input: 10, output: 10}}]
  - id: small
    capability: {tier: micro, basis: invented}
    prices: [{from: 2025-01-01, rates: {input: 1, output: 1}}]
"""
_SETTINGS: Final = """\
readers:
  mapped:
    - files: 'calls*.csv'
      columns: {started_at: when, model: model, use_case: work, input_uncached: tokens_in,
        output: tokens_out, rate_class: served}
      values: {provider: acme}
rules:
  - {match: {use_case: hard}, tier: frontier}
  - {match: {use_case: easy}, tier: micro}
  - {match: {use_case: sorting}, task: classification}
"""


def alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave nothing of the catalogue that ships with the tool but its tiers: the rest is ours."""
    base = folder / "base"
    base.mkdir()
    tiers = shipped("pricing") / "tiers.yaml"
    (base / "tiers.yaml").write_text(tiers.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(pricing, "load", partial(pricing.load, base=base))


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a million tokens."""

    when: str
    work: str = "hard"
    model: str = "large"
    served: str = "standard"


def june(hard: int, easy: int) -> list[Call]:
    """Return this many calls of each kind, spread over all days of June 2025."""
    works = ["hard"] * hard + ["easy"] * easy
    return [
        Call(when=f"2025-06-{at % 30 + 1:02}T10:00:00Z", work=work) for at, work in enumerate(works)
    ]


def audited(
    folder: Path,
    calls: list[Call],
    terms: str,
    prices: str = PRICES,
    provider: str = "acme",
) -> Audit:
    """Return the audit of the calls, with the company's prices and its terms beside them."""
    for name in ("exports", "terms"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "aiaudit.yaml").write_text(_SETTINGS.replace("acme", provider), "utf-8")
    (folder / "terms" / "prices.yaml").write_text(prices, "utf-8")
    (folder / "terms" / "terms.yaml").write_text(terms, "utf-8")
    with (folder / "exports" / "calls.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["when", "model", "work", "served", "tokens_in", "tokens_out"])
        for call in calls:
            out.writerow([call.when, call.model, call.work, call.served, 999_950, 50])
    flags = Flags(
        inputs=(folder / "exports",), output=folder / "out", overlays=(folder / "terms",),
        formats=("md", "json"),
    )  # fmt: skip
    return audit.run(load(flags, config=folder / "aiaudit.yaml", environ={})).audit
