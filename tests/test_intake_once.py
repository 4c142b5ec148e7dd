"""One traffic is one row: a gateway beside a tracer, replays, wrappers, months beside days."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from taken import bucket, call, take, written

from aiaudit.settings import Mapped

if TYPE_CHECKING:
    from pathlib import Path

    from taken import Taken

GATEWAY = ("started_at", "provider", "model_raw", "response_id", "input_uncached", "cache_read",
           "output", "team", "billable", "gateway")  # fmt: skip
TRACER = ("started_at", "provider", "model_raw", "response_id", "input_uncached", "output",
          "use_case", "trace_id", "natural_id", "parent_id", "replay")  # fmt: skip
EIGHT = "2025-11-03T08:00:00Z"


def table(path: Path, names: tuple[str, ...], rows: list[dict[str, Any]]) -> Path:
    """Write rows as a CSV; a name that a row has not got is an empty cell."""
    usual = {"started_at": EIGHT, "provider": "openai", "model_raw": "gpt-4o", "output": 10}
    lines = [",".join(str((usual | row).get(name, "")) for name in names) for row in rows]
    return written(path, "\n".join([",".join(names), *lines]) + "\n")


def beside(tmp_path: Path, gateway: list[dict[str, Any]], *traces: list[dict[str, Any]]) -> Taken:
    """Take in a gateway's log and one file or more of a tracer's."""
    files = [table(tmp_path / "gateway.csv", GATEWAY, gateway)] if gateway else []
    for number, rows in enumerate(traces):
        files.append(table(tmp_path / f"trace_{number}.csv", TRACER, rows))
    mapped = (
        Mapped(files="gateway.csv", columns={name: name for name in GATEWAY}),
        Mapped(files="trace_*.csv", columns={name: name for name in TRACER}),
    )
    return take(tmp_path, *files, mapped=mapped)


def test_a_gateway_and_a_tracer_of_one_answer_are_one_call_with_what_both_say(
    tmp_path: Path,
) -> None:
    logged = {"response_id": "chatcmpl-1", "input_uncached": 60, "cache_read": 40, "team": "sales"}
    traced = {"response_id": "chatcmpl-1", "input_uncached": 100, "use_case": "triage",
              "trace_id": "t1", "natural_id": "s1"}  # fmt: skip
    taken = beside(tmp_path, [logged | {"gateway": "proxy"}], [traced])
    (row,) = taken["calls"]
    # The gateway tells cached tokens apart, so its counters stay; the tracer knows what for.
    assert (row["input_uncached"], row["cache_read"], row["output"]) == (60, 40, 10)
    assert (row["team"], row["use_case"], row["trace_id"]) == ("sales", "triage", "t1")
    assert taken.reasons() == {"same answer": 1}


def test_an_answer_from_a_cache_pairs_with_its_own_span(tmp_path: Path) -> None:
    hit = {"response_id": "chatcmpl-1", "input_uncached": 100, "started_at": "2025-11-03T09:00:00Z"}
    first = hit | {"started_at": EIGHT}
    spans = [first | {"natural_id": "a"}, hit | {"natural_id": "b"}]
    taken = beside(tmp_path, [first, hit | {"billable": "false"}], spans)
    assert [row["billable"] for row in sorted(taken["calls"], key=lambda r: r["started_at"])] == [
        None, False,
    ]  # fmt: skip
    assert taken.reasons() == {"same answer": 2}


def test_one_id_of_two_providers_and_two_models_is_two_calls(tmp_path: Path) -> None:
    other = {
        "response_id": "1",
        "provider": "anthropic",
        "model_raw": "claude",
        "input_uncached": 5,
    }
    taken = beside(tmp_path, [{"response_id": "1", "input_uncached": 5}], [other])
    assert taken.totals()["requests"] == 2
    assert taken["duplicates"] == []


def test_one_answer_under_two_ids_of_a_family_is_two_calls_but_a_replay_is_none(
    tmp_path: Path,
) -> None:
    rows = [
        {"response_id": "msg_1", "input_uncached": 100, "natural_id": "a"},
        {"response_id": "msg_1", "input_uncached": 200, "natural_id": "b"},
        {"response_id": "msg_1", "input_uncached": 900, "natural_id": "c", "replay": "true",
         "use_case": "copy"},
    ]  # fmt: skip
    taken = beside(tmp_path, [], rows)
    assert taken.totals()["input_uncached"] == 300
    assert taken.reasons() == {"replayed": 1}
    assert {row["use_case"] for row in taken["calls"]} == {None}


def test_a_wrapper_whose_calls_are_in_another_file_is_not_counted(tmp_path: Path) -> None:
    wrapper = {"natural_id": "root", "trace_id": "t", "input_uncached": 300}
    leaves = [
        {"natural_id": "x", "parent_id": "root", "trace_id": "t", "input_uncached": 100},
        {"natural_id": "y", "parent_id": "root", "trace_id": "t", "input_uncached": 200},
        {"natural_id": "z", "parent_id": "root", "trace_id": "other", "input_uncached": 7},
    ]
    taken = beside(tmp_path, [], [wrapper], leaves)
    assert taken.totals()["input_uncached"] == 307
    assert taken.reasons() == {"wrapper over calls elsewhere": 1}


def cost(day: int, days: int, value: str) -> dict[str, Any]:
    amount = {"value": value, "currency": "usd"}
    object_ = {
        "object": "organization.costs.result",
        "line_item": "gpt-4o, input",
        "amount": amount,
    }
    found = bucket(day, hours=24 * days)
    return found | {"results": [object_]}


def test_a_month_and_its_days_are_one_cost(tmp_path: Path) -> None:
    month = written(tmp_path / "month.json", json.dumps([cost(1, 30, "10")]))
    days = written(tmp_path / "days.json", json.dumps([cost(3, 1, "4"), cost(4, 1, "6")]))
    taken = take(tmp_path, month, days)
    assert (taken.totals()["billed"], len(taken["charges"])) == (10, 2)
    assert taken.reasons() == {"other bucket width": 1}
    # Days that come to less than the month are a part of it.
    few = written(tmp_path / "few.json", json.dumps([cost(3, 1, "4"), cost(5, 1, "5")]))
    assert take(tmp_path, month, few).totals()["billed"] == 10


def test_logs_of_a_month_are_compared_with_a_bucket_of_a_month(tmp_path: Path) -> None:
    calls = [call(1), call(2, startTime="2025-11-20T08:00:00Z")]
    log = written(tmp_path / "log.jsonl", calls)
    usage = written(tmp_path / "usage.jsonl", [bucket(1, hours=720)])
    totals = take(tmp_path, log, usage).totals()
    assert (totals["input_uncached"], totals["output"], totals["requests"]) == (1000, 100, 5)


def test_exports_of_two_known_accounts_never_compete(tmp_path: Path) -> None:
    def line(account: str, value: str) -> dict[str, Any]:
        found = cost(3, 1, value)
        found["results"][0]["organization_id"] = account
        return found

    api = written(tmp_path / "costs.json", json.dumps([line("org-a", "1.25")]))
    names = "start_time,end_time,start_time_iso,amount_value,amount_currency,line_item"
    row = '1762128000,1762214400,2025-11-03T00:00:00,4,usd,"gpt-4o, input",org-b\n'
    dashboard = written(tmp_path / "costs.csv", f"{names},organization_id\n{row}")
    assert take(tmp_path, api, dashboard).total("charges", "billed_cost") == Decimal("5.25")


def test_actual_and_amortised_cost_of_one_charge_are_one_charge(tmp_path: Path) -> None:
    names = (
        "BillingAccountId,Date,Product,MeterId,MeterCategory,MeterName,Quantity,EffectivePrice,"
        "Cost,BillingCurrency,UnitOfMeasure,ReservationId,ChargeType,PricingModel,MeterSubCategory,"
        "ConsumedService,ResourceId\n"
    )
    line = ("1,08/03/2026,PTU,m-1,Foundry Models,Provisioned Managed,24,{price},{cost},USD,1 Hour,"
            "r-1,{kind},Reservation,Azure OpenAI,Microsoft.CognitiveServices,/r\n")  # fmt: skip
    used = line.format(price="0", cost="0", kind="Usage")
    bought = line.format(price="700", cost="700", kind="Purchase")
    spread = line.format(price="1", cost="24", kind="Usage")
    actual = written(tmp_path / "actual.csv", names + used + bought)
    amortised = written(tmp_path / "amortised.csv", names + spread)
    taken = take(tmp_path, actual, amortised)
    found = {
        row["category"]: (row["billed_cost"], row["effective_cost"]) for row in taken["charges"]
    }
    assert found == {"usage": (0, 24), "purchase": (700, None)}
    assert taken.reasons() == {"same bucket": 1}
