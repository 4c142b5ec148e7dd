"""The providers' exports of the sample month tie to its logs, but for what is meant not to."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from typing import Final

from sample_month import (
    SAMPLES,
    anthropic,
    cost,
    logged,
    openai_counts,
    openai_usage,
    summed,
)

SHORT_DAYS: Final = {("2026-10-13", "gpt-5.5"), ("2026-10-27", "gpt-5.5")}


def test_openai_metered_the_logs_and_a_notebook_beside_them() -> None:
    through = []
    beside = whole = Decimal(0)
    for day, result in openai_usage():
        batch = " batch" if result.get("batch") else ""
        amount = cost(result["model"] + batch, openai_counts(result))
        whole += amount
        if result["project_id"] == "proj_notebooks":
            beside += amount
        else:
            through.append((day, result["model"], openai_counts(result)))
    metered = summed(through)
    ours = {k: v for k, v in logged().items() if k[1][:3] in {"gpt", "tex", "bri"}}
    assert {key for key, tokens in ours.items() if metered[key] != tokens} == SHORT_DAYS
    assert all(0.97 < metered[key][0] / ours[key][0] < 1 for key in SHORT_DAYS)
    assert Decimal("0.03") < beside / whole < Decimal("0.05")


def test_openai_billed_what_it_metered_but_for_one_line() -> None:
    expected: dict[tuple[str, str, str], Decimal] = {}
    for day, result in openai_usage():
        model, tokens = result["model"], openai_counts(result)
        for place, name in ((0, "input"), (1, "cached input"), (3, "output")):
            alone = tuple(n if at == place else 0 for at, n in enumerate(tokens))
            priced = model + (" batch" if result.get("batch") else "")
            if tokens[place]:
                key = (day, result["project_id"], f"{model}, {name}")
                expected[key] = cost(priced, (alone[0], alone[1], alone[2], alone[3]))
    with (SAMPLES / "openai" / "costs_2026-10.csv").open(encoding="utf-8") as file:
        billed = {
            (row["start_time_iso"][:10], row["project_id"], row["line_item"]): Decimal(
                row["amount_value"]
            )
            for row in csv.DictReader(file)
        }
    assert billed.keys() == expected.keys()
    assert [billed[k] - expected[k] for k in billed if billed[k] != expected[k]] == [
        Decimal("2.84")
    ]
    assert {key[2].split(",")[0] for key in billed if not billed[key]} == {"brightwater-ft-07"}


def test_anthropic_metered_the_logs_and_billed_them_in_cents() -> None:
    found = []
    for day, results in anthropic("usage_2026-10.json"):
        for result in results:
            write = result["cache_creation"]["ephemeral_5m_input_tokens"]
            tokens = (
                result["uncached_input_tokens"], result["cache_read_input_tokens"], write,
                result["output_tokens"],
            )  # fmt: skip
            found.append((day, result["model"], tokens))
    metered = summed(found)
    assert metered == {
        key: tokens for key, tokens in logged().items() if key[1].startswith("claude")
    }
    cents: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for day, results in anthropic("cost_2026-10.json"):
        assert bool(results) is (day != "2026-10-18")
        for result in results:
            cents[day, result["model"]] += Decimal(result["amount"])
    assert cents == {key: 100 * cost(key[1], tokens) for key, tokens in metered.items()}
