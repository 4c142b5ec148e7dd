"""Other currencies: prices, own rates and charges are converted, or reported; never mixed."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from committed import PRICES, Call, alone, audited

from aiaudit import pricing
from aiaudit.engine import Engine
from aiaudit.errors import CatalogueError

BASE: Final = Path(__file__).parent / "pricing" / "catalogue"
MILLION: Final = {"input_uncached": 1_000_000}
SHEET: Final = """\
provider: acme
currency: EUR
models:
  - id: m
    prices:
      - from: 2025-01-01
        rates: {input: 10, output: 20}
        modes: {batch: {input: 5, output: 10}}
        long_context: {above: 200000, rates: {input: 30, output: 30}}
        fees: {web_search: {per: 1000, price: 10}}
        regions: {eu: {multiplier: 1.5}}
fx: {EUR: [{from: 2025-07-01, rate: 1.20}, {from: 2025-01-01, rate: 1.10}]}
"""


def cost(overlay: Path, **asked: Any) -> Decimal | None:  # noqa: ANN401  # what a line may hold
    line = {"id": "1", "provider": "acme", "model": "m", "usage": MILLION, **asked}
    with Engine() as engine:
        pricing.install(engine, pricing.load([overlay], BASE))
        data = io.BytesIO(json.dumps(line).encode())
        answer = json.loads(next(pricing.quotes(engine, pricing.batches(None, data))))
    return None if answer["list_cost"] is None else Decimal(answer["list_cost"])


@pytest.mark.parametrize(
    ("asked", "dollars"),
    [
        ({"timestamp": "2025-06-30T23:59:59Z", "requests": 5}, "11"),
        ({"timestamp": "2025-07-01T00:00:00Z", "requests": 5}, "12"),
        ({"timestamp": "2025-07-01T00:00:00Z"}, "36"),
        ({"timestamp": "2025-06-01T00:00:00Z", "requests": 5, "batch": True}, "5.5"),
        ({"timestamp": "2025-06-01T00:00:00Z", "requests": 5, "region": "eu"}, "16.5"),
        ({"timestamp": "2025-06-01T00:00:00Z", "usage": {"web_searches": 100}}, "1.1"),
    ],
)
def test_every_price_of_a_sheet_is_in_dollars_by_the_rate_of_its_time(
    tmp_path: Path, asked: dict[str, Any], dollars: str
) -> None:
    (tmp_path / "acme.yaml").write_text(SHEET, "utf-8")
    assert cost(tmp_path, **asked) == Decimal(dollars)


def test_a_time_without_a_rate_has_no_price(tmp_path: Path) -> None:
    text = SHEET.replace("{from: 2025-01-01, rate: 1.10}", "{from: 2025-06-01, rate: 1.10}")
    (tmp_path / "acme.yaml").write_text(text, "utf-8")
    assert cost(tmp_path, timestamp="2025-05-31T00:00:00Z", requests=5) is None
    assert cost(tmp_path, timestamp="2025-06-01T00:00:00Z", requests=5) == 11


def test_own_rates_may_stand_in_a_currency_of_another_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "overrides: [{model: openai/gpt-4o, currency: EUR, rates: {input: 2, output: 8}}]", "utf-8"
    )
    (tmp_path / "b.yaml").write_text("fx: {EUR: 1.08}", "utf-8")
    catalogue = pricing.load([tmp_path], BASE)
    (override,) = catalogue.overrides
    assert override.rates == {"input": Decimal("2.16"), "output": Decimal("8.64")}
    assert catalogue.notes == (
        "1 prices of the overlay are stated in EUR and converted by its 'fx'",
        "EUR is converted at 1.08 USD at every date: the overlay states no dates",
    )


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("fx: {USD: 1}", "'USD' is no currency to convert"),
        ("fx: {EUR: 0}", "an exchange rate is USD for one unit: above zero"),
        ("fx: {EUR: 1.0123456789}", "with at most 9 decimals"),
        ("fx: {EUR: [{from: 2025-01-01}]}", "'rate' is missing"),
        ("fx: {EUR: [{rate: 1}, {rate: 2}]}", "the rate of EUR overlaps that of"),
        ("fx: {EUR: [{until: 2025-03-01, rate: 1}, {from: 2025-02-01, rate: 2}]}", "overlaps that"),
        (SHEET.partition("fx:")[0], "0.yaml:6: prices in EUR need an exchange rate"),
        ("overrides: [{model: openai/gpt-4o, currency: SEK, rates: {input: 2}}]",
         "prices in SEK need an exchange rate"),
    ],
)  # fmt: skip
def test_exchange_rates_that_say_nothing_are_refused(
    tmp_path: Path, text: str, mistake: str
) -> None:
    (tmp_path / "0.yaml").write_text(text, "utf-8")
    with pytest.raises(CatalogueError) as refused:
        pricing.load([tmp_path], BASE)
    assert mistake in str(refused.value)


def charges(folder: Path, *amounts: tuple[str, str]) -> None:
    """Write a cost export of one day, 10 June 2025, with these amounts and currencies."""
    results = [
        {"object": "organization.costs.result", "line_item": f"line {number}",
         "amount": {"value": float(value), "currency": currency}}
        for number, (value, currency) in enumerate(amounts)
    ]  # fmt: skip
    day = {"object": "bucket", "start_time": 1749513600, "end_time": 1749600000, "results": results}
    (folder / "exports").mkdir(exist_ok=True)
    (folder / "exports" / "costs.json").write_text(json.dumps([day]), "utf-8")


def test_charges_are_compared_in_dollars_and_what_has_no_rate_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone(tmp_path, monkeypatch)
    charges(tmp_path, ("4", "eur"), ("5.6", "usd"), ("3", "gbp"))
    prices = PRICES.replace("provider: acme", "provider: openai")
    fx = "fx: {EUR: [{from: 2025-06-01, rate: 1.10}, {from: 2025-06-11, rate: 9}]}"
    found = audited(tmp_path, [Call(when="2025-06-10T10:00:00Z")], fx, prices, provider="openai")
    # 4 EUR at 1.10 are 4.40, with 5.60 the 10 dollars that the call costs; 3 GBP are in no sum.
    assert found.money("cost.billed") == 10
    (row,) = found.tables["reconciliation"].records()
    assert (row["expected"], row["billed"], row["state"]) == (Decimal(10), Decimal(10), "matched")
    (note,) = found.coverage["notes"]
    assert note.startswith("1 charges of 3 GBP are in no sum: give an exchange rate of their time")


def test_charges_in_an_unknown_currency_alone_are_not_billed_as_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone(tmp_path, monkeypatch)
    charges(tmp_path, ("4", "eur"))
    found = audited(tmp_path, [Call(when="2025-06-10T10:00:00Z")], "customer: x")
    assert found.money("cost.billed") is None
    assert found.facts["cost.billed"].reason == "charges are in EUR, and no exchange rate is given"
