"""The record of the invented month: facts, run, sources, coverage, reconciliation."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from month_tables import spread, table
from month_work import DAYS, MODELS, UNPRICED, WORK, D, Work, floor, total, totals

from aiaudit.ledger import Fact

if TYPE_CHECKING:
    from decimal import Decimal

    from aiaudit.ledger import Table


def reconciliation() -> Table:
    rows = []
    for provider in ("anthropic", "openai"):
        own = [w for w in WORK if MODELS[w.offering][0] == provider]
        logged = spread(total(w.cost for w in own if w.kind != "metered"))
        extra = spread(total(w.cost for w in own if w.kind == "metered"))
        for i, day in enumerate(DAYS):
            expected = logged[i] + extra[i]
            off = D("2.31") if provider == "openai" and i in (4, 18) else D(0)
            billed = expected.quantize(D("0.01")) + off
            gap = billed - expected
            state = "within" if off else "matched"
            rows.append([provider, day.isoformat(), logged[i], extra[i], D(0), expected, billed,
                         gap, state])  # fmt: skip
    return table(
        "provider:text day:text logged:USD export_only:USD logged_not_metered:USD expected:USD"
        " billed:USD difference:USD state:text",
        rows,
    )


def _above() -> list[Work]:
    return [w for w in WORK if w.target and w.routed > 0]


def _money(calls: int) -> dict[str, Decimal]:
    t = totals()
    return {
        "cost.list": t["cost"],
        "cost.contracted": t["cost"],
        "cost.billed": reconciliation().total("billed"),
        "cost.right_sized": t["cost"] - t["total"],
        "cost.after_headline": t["cost"] - t["headline"],
        "cost.no_evidence": total(w.cost for w in WORK if w.kind != "work"),
        "cost.above_need": total(w.cost for w in _above()),
        "cost.per_call": floor(t["cost"] / calls),
        "savings.avoid": t["avoid"],
        "savings.route": t["route"],
        "savings.router": -t["router"],
        "savings.total": t["total"],
        "savings.calculated": t["calculated"],
        "savings.tested": D(0),
        "savings.likely": t["likely"],
        "savings.untested": t["untested"],
        "savings.likely_low": t["low"],
        "savings.likely_high": t["high"],
        "savings.headline": t["headline"],
    }


def _counts(calls: int) -> dict[str, int]:
    return {
        "requests.total": calls + UNPRICED,
        "requests.priced": calls,
        "requests.unpriced": UNPRICED,
        "calls.above_need": sum(w.calls for w in _above()),
        "tokens.input_uncached": calls * 900,
        "tokens.cache_read": calls * 300,
        "tokens.cache_write_5m": 0,
        "tokens.cache_write_1h": 0,
        "tokens.output": calls * 120,
        "decisions.total": 0,
    }


def facts() -> dict[str, Fact]:
    """Return the facts of the month."""
    calls = sum(w.calls for w in WORK)
    found = {
        k: Fact(value=v, unit="USD", step=_step(k), rows=calls) for k, v in _money(calls).items()
    }
    for key, number in _counts(calls).items():
        found[key] = Fact(value=number, unit=key.split(".")[0], step="costed", rows=calls)
    absent = {
        "cost.effective": "no commitment is known",
        "cost.stated": "no log states a cost",
        "cost.per_decision": "no call carries a decision id",
    }
    for key, reason in absent.items():
        found[key] = Fact(value=None, unit="USD", step="costed", reason=reason)
    found["harm.budget_used"] = Fact(value=D("0.0412"), unit="ratio", step="headline")
    return found


def _step(key: str) -> str:
    """Return the step behind a money fact."""
    name = key.split(".")[1]
    if name in {"avoid", "route", "router"}:
        return f"replay_{name}"
    if name in {"list", "contracted", "per_call", "no_evidence", "above_need"}:
        return "costed"
    return "charges" if name == "billed" else "headline"


def run() -> dict[str, Any]:
    return {
        "tool": "aiaudit 0.1.0",
        "title": "Intelligence P&L, October 2025",
        "client": "Halden Freight",
        "catalogue": {"version": "2025.10.1", "date": "2025-10-31", "sha256": "9f2c" * 16},
        "classifier": "rules 3, text functions 1",
        "period": {"start": "2025-10-01", "end": "2025-11-01", "timezone": "UTC"},
        "currency": "USD",
        "basis": "list",
        "settings": {"timezone": "UTC", "routing": {"providers": "same"},
                     "tolerances": {"unpriced_share": "0.01", "rejected_share": "0.01",
                                    "materiality": "0.01"}},
        "assumptions": [
            {"name": "Harm one tier down, structured work", "value": ["0.01", "0.15"],
             "source": "public benchmark stand-in"},
            {"name": "Harm one tier down, summaries and rewriting", "value": ["0.02", "0.18"],
             "source": "public benchmark stand-in"},
            {"name": "Trust in a vote of the template", "value": "0.80",
             "source": "agreement with labels on public prompts"},
            {"name": "More tokens on another model, high case", "value": "1.1",
             "source": "tokeniser comparison"},
        ],
    }  # fmt: skip


def sources() -> tuple[dict[str, Any], ...]:
    def source(name: str, kind: str, grain: str, rows: int, **less: int) -> dict[str, Any]:
        lost = sum(less.values())
        names = {"duplicates": "same request id", "rejected": "no time", "ignored": "tool span"}
        return {
            "file": name, "sha256": hashlib.sha256(name.encode()).hexdigest(), "format": kind,
            "grain": grain, "rows_read": rows, "loaded": rows - lost, "blank": 0, "notes": [],
            "duplicates": less.get("duplicates", 0), "rejected": less.get("rejected", 0),
            "ignored": less.get("ignored", 0),
            "reasons": {names[key]: number for key, number in less.items()},
        }  # fmt: skip

    return (
        source("litellm/spend_logs.jsonl", "litellm-spend-log", "call", 1_353_406,
               duplicates=2_114, rejected=3, ignored=97),
        source("openai/usage_october.csv", "openai-usage", "bucket", 2_604),
        source("openai/costs_october.json", "openai-costs", "charge", 310),
        source("anthropic/cost_report.csv", "anthropic-cost", "charge", 186, ignored=1),
    )  # fmt: skip


def coverage() -> dict[str, Any]:
    priced = sum(w.calls for w in WORK)
    return {
        "requests": priced + UNPRICED,
        "priced_requests": priced,
        "calls": 1_353_502,
        "calls_with_text": 961_400,
        "unrecognised": ["exports/notes.txt"],
        "failures": [],
        "notes": ["3 calls crossed midnight and count on the day on which they began"],
        "unpriced": [
            {"model": "gpt-5-experimental", "provider": "openai", "requests": 2_204,
             "tokens": 3_100_450, "did_you_mean": "openai/gpt-5"},
            {"model": "in-house-7b", "provider": "vllm", "requests": 106, "tokens": 88_120,
             "did_you_mean": None},
        ],
    }  # fmt: skip
