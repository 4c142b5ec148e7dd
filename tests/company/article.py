"""The article's company as files: 50,000 calls a day on one frontier model, four tiers of need.

Tokens per tier solve two equations, so that a month costs exactly $34,000 now, at $20 per million,
and $7,400 when each call goes to the tier that it needs, at the four tier prices.
Nothing here knows the engine: expected figures are Decimal arithmetic over the same constants.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START: Final = datetime(2025, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One kind of work: its calls and tokens in a month, and the model that its tier asks for."""

    use_case: str
    tier: str
    calls: int
    tokens: int
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The company's work and the prices in USD per million tokens, input and output alike."""

    work: tuple[Work, ...]
    prices: dict[str, Decimal]
    days: int = 30
    served: str = "flagship"

    def cost(self) -> Decimal:
        """Return what the month costs on the model that serves everything."""
        return self._priced({w.use_case: self.served for w in self.work})

    def routed(self) -> Decimal:
        """Return what the month costs when every kind of work goes to the model of its tier."""
        return self._priced({w.use_case: w.target for w in self.work})

    def _priced(self, models: dict[str, str]) -> Decimal:
        million = Decimal(1_000_000)
        return sum(
            (w.tokens * self.prices[models[w.use_case]] / million for w in self.work), Decimal(0)
        )


ARTICLE: Final = Company(
    work=(
        Work(
            use_case="email-routing", tier="micro", calls=675_000, tokens=809_259_770, target="nano"
        ),
        Work(
            use_case="summaries",
            tier="efficient",
            calls=525_000,
            tokens=335_740_223,
            target="mini",
        ),
        Work(
            use_case="contracts",
            tier="capable",
            calls=225_000,
            tokens=225_000_000,
            target="pro",
        ),
        Work(
            use_case="strategy",
            tier="frontier",
            calls=75_000,
            tokens=330_000_007,
            target="flagship",
        ),
    ),
    prices={
        "flagship": Decimal(20),
        "pro": Decimal(3),
        "mini": Decimal("0.30"),
        "nano": Decimal("0.03"),
    },
)


def twin() -> Company:
    """Return one day of the company with 1% of its calls moved up and one price changed."""
    email, summaries, contracts, strategy = (
        replace(w, calls=w.calls // 30, tokens=w.tokens // 30) for w in ARTICLE.work
    )
    moved_calls, moved_tokens = 500, 599_451
    return replace(
        ARTICLE,
        days=1,
        work=(
            replace(email, calls=email.calls - moved_calls, tokens=email.tokens - moved_tokens),
            summaries,
            replace(
                contracts,
                calls=contracts.calls + moved_calls,
                tokens=contracts.tokens + moved_tokens,
            ),
            strategy,
        ),
        prices=ARTICLE.prices | {"pro": Decimal("2.50")},
    )


def write(company: Company, folder: Path) -> None:
    """Write one CSV a day under `exports`, the overlay under `prices`, and aiaudit.yaml."""
    (folder / "exports").mkdir(parents=True)
    (folder / "prices").mkdir()
    (folder / "prices" / "acme.yaml").write_text(_overlay(company), "utf-8")
    (folder / "aiaudit.yaml").write_text(_settings(company), "utf-8")
    streams = [_calls(work) for work in company.work]
    for day in range(company.days):
        with (folder / "exports" / f"day_{day + 1:02}.csv").open("w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["when", "model", "work", "tokens_in", "tokens_out"])
            for work, stream in zip(company.work, streams, strict=True):
                out.writerows(_day(company, work, stream, day))


def _day(
    company: Company, work: Work, stream: Iterator[int], day: int
) -> Iterator[tuple[str, str, str, int, int]]:
    count = work.calls // company.days
    start = START + timedelta(days=day)
    for number in range(count):
        tokens = next(stream)
        when = start + timedelta(seconds=number * 86_400 // count)
        yield (f"{when:%Y-%m-%dT%H:%M:%SZ}", company.served, work.use_case, tokens - 50, 50)


def _calls(work: Work) -> Iterator[int]:
    """Yield the tokens of each call: as even as whole tokens allow, adding up to the work's sum."""
    each, extra = divmod(work.tokens, work.calls)
    for number in range(work.calls):
        yield each + 1 if number < extra else each


def _overlay(company: Company) -> str:
    tiers = {"flagship": "frontier", "pro": "capable", "mini": "efficient", "nano": "micro"}
    models = "".join(
        f"  - id: {name}\n    capability: {{tier: {tiers[name]}, basis: the article}}\n"
        f"    prices: [{{from: 2025-01-01, rates: {{input: {price}, output: {price}}}}}]\n"
        for name, price in company.prices.items()
    )
    return f"schema: 1\nprovider: acme\ncurrency: USD\nmodels:\n{models}"


def _settings(company: Company) -> str:
    rules = "".join(
        f"  - {{match: {{use_case: {w.use_case}}}, tier: {w.tier}}}\n" for w in company.work
    )
    return (
        "readers:\n  mapped:\n    - files: 'day_*.csv'\n      columns: {started_at: when,"
        " model: model, use_case: work, input_uncached: tokens_in, output: tokens_out}\n"
        f"      values: {{provider: acme}}\nrules:\n{rules}"
    )
