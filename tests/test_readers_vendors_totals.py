"""The vendors' own exports add up: totals worked out by hand, and a bill that ties to its usage."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest
from taken import SHARED, needs_shared, take, written

from aiaudit import audit
from aiaudit.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

EXPORTS: Final = SHARED / "data" / "provider_exports"
TIMES: Final = "start_time,end_time,start_time_iso,end_time_iso"
DAY: Final = "1762128000,1762214400,2025-11-03T00:00:00+00:00,2025-11-04T00:00:00+00:00"


def audited(tmp: Path, *inputs: Path) -> dict[str, tuple[str, Decimal | None]]:
    """Return the state and the difference of each day of an audit."""
    found = audit.run(Settings(inputs=inputs, output=tmp / "out")).audit
    rows = found.tables["reconciliation"].records()
    return {str(row["day"]): (row["state"], row["difference"]) for row in rows}


def pair(tmp: Path) -> tuple[Path, Path]:
    """Return a usage and a cost download: one day ties, one is billed and not used."""
    columns = "num_model_requests,model,batch,service_tier,input_tokens,output_tokens"
    cells = "21.0,gpt-5-mini-2025-08-07,FALSE,default,80992.0,274770.0"
    usage = f"{TIMES},{columns}\n{DAY},{cells}\n"
    costs = f"{TIMES},amount_value,amount_currency,line_item\n{DAY},0.569788,usd,\n"
    costs += DAY.replace("1762214400", "1762300800").replace("1762128000", "1762214400")
    return (
        written(tmp / "usage.csv", usage),
        written(tmp / "costs.csv", f"{costs},0.5455665000000000,usd,\n"),
    )


def test_a_bill_ties_to_its_usage_on_one_day_and_shows_the_gap_of_another(tmp_path: Path) -> None:
    assert audited(tmp_path, *pair(tmp_path)) == {
        "2025-11-03": ("matched", Decimal(0)),
        "2025-11-04": ("off", Decimal("0.5455665")),
    }


@needs_shared
def test_the_real_pair_ties_on_three_days_and_shows_the_gap_of_the_others(tmp_path: Path) -> None:
    folder = EXPORTS / "openai"
    found = audited(
        tmp_path,
        folder / "dashboard_completions_usage_2025-10.csv",
        folder / "dashboard_costs_2025-10.csv",
    )
    assert {day: state for day, (state, _) in found.items()} == {
        "2025-10-05": "off", "2025-10-06": "off", "2025-10-07": "matched",
        "2025-10-08": "off", "2025-10-10": "matched", "2025-10-11": "matched",
    }  # fmt: skip
    assert found["2025-10-08"][1] == Decimal("0.5455665")


@needs_shared
@pytest.mark.parametrize(
    "name",
    [
        "anthropic/api_claude_code_analytics.synthetic.json",
        "deepseek/amount-2026-07.csv",
        "deepseek/cost-2026-07.csv",
        "groq/console_activity_2026-07.json",
        "openai/dashboard_completions_usage_2025-10.tsv",
    ],
)
def test_the_shared_samples_have_their_expected_totals(tmp_path: Path, name: str) -> None:
    expected: dict[str, Any] = json.loads((EXPORTS / "EXPECTED.json").read_text())["files"][name]
    taken = take(tmp_path, EXPORTS / name)
    totals = taken.totals()
    tokens = expected.get("tokens", {})
    written_tokens = (totals["cache_write_5m"] or 0) + (totals["cache_write_1h"] or 0)
    found = {k: totals[k] or 0 for k in tokens if k != "cache_write"}
    found |= {"cache_write": written_tokens} if "cache_write" in tokens else {}
    assert found == tokens
    assert totals["requests"] == expected.get("requests")
    if "money" in expected:
        (charge,) = taken["charges"]
        assert f"{charge['currency']} {charge['billed_cost'].normalize()}" == expected["money"]
    if "billed" in expected:
        assert totals["stated_cost"] in {Decimal(amount) for amount in expected["billed"]}
