"""Savings of the invented month: levers, moves, drivers, use cases, evidence."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from month_tables import table
from month_work import HARM, MODELS, PICO, TRUST, WORK, D, Work, floor, total, totals

if TYPE_CHECKING:
    from decimal import Decimal

    from aiaudit.ledger import Table


_WHY = {
    "avoid": (
        "An attempt that failed after it reached the model was billed and gave no answer. The retry"
        " that succeeded is kept."
    ),
    "route": ("Each use case goes to the cheapest model at or above the tier that its calls need."),
    "router": "A model that reads each prompt first, and is paid for it.",
}


def levers() -> Table:
    t = totals()
    moved = sum(w.calls - w.failed for w in WORK if w.target)
    after = t["cost"] - t["avoid"]
    alone = total(w.calls * (D(w.each) - D(w.target or w.each)) for w in WORK)
    last = total(w.failed * D(w.target or w.each) for w in WORK)
    failed, routed = sum(w.failed for w in WORK), after - t["route"]
    rows = [
        ["avoid", "Stop paying for failed attempts", _WHY["avoid"], "calculated", failed,
         t["avoid"], t["avoid"], last, after],
        ["route", "Route work to the tier that it needs", _WHY["route"], "by evidence", moved,
         alone, t["route"], t["route"], routed],
        ["router", "Run the router", _WHY["router"], "calculated", moved, -t["router"],
         -t["router"], -t["router"], routed + t["router"]],
    ]  # fmt: skip
    return table(
        "lever:text title:text why:text class:text requests:requests first_in:USD in_order:USD"
        " last_in:USD cost_after:USD",
        rows,
    )


def moves() -> Table:
    rows: list[list[Any]] = []
    for w in WORK:
        _, low, high = w.bounds()
        calls = w.calls - w.failed
        if w.target and w.routed > 0:
            harm = HARM[w.family][1]
            kind = "likely" if low > 0 else "untested"
            even = floor((D(w.each) - D(w.target)) / harm)
            rows.append(["route", w.case, w.offering, w.to, w.owner, calls, calls * D(w.each),
                         w.routed, low or None, high or None, kind, harm, even])  # fmt: skip
        if w.failed:
            rows.append(["avoid", w.case, w.offering, None, w.owner, w.failed, w.avoided,
                         w.avoided, None, None, "calculated", None, None])  # fmt: skip
    rows.sort(key=_supported, reverse=True)
    return table(
        "lever:text use_case:text from_model:text to_model:text owner:text requests:requests"
        " cost_contracted:USD saving:USD likely_low:USD likely_high:USD class:text harm_high:ratio"
        " break_even:USD",
        rows,
    )


def _supported(row: list[Any]) -> Decimal:
    amount = row[7] if row[10] == "calculated" else row[8]
    return amount or D(0)


def drivers() -> Table:
    groups: dict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [0, D(0)])
    causes: dict[tuple[Any, ...], str] = {}
    for w in WORK:
        key = (w.case, MODELS[w.offering][2], w.owner)
        groups[key][0] += w.calls
        groups[key][1] += w.cost
        above = bool(w.target and w.routed > 0)
        many = w.failed * 20 > w.calls
        cause = "Above the tier needed" if above else "At the tier needed"
        if w.kind != "work":
            cause = "No tier found"
        causes.setdefault(key, cause + (", retries" if many else ""))
    whole, running, rows = totals()["cost"], D(0), []
    ranked = sorted(groups.items(), key=lambda item: -item[1][1])
    for rank, ((case, tier, owner), (calls, cost)) in enumerate(ranked, start=1):
        running += cost
        rows.append([rank, case, tier, owner, calls, cost, _ratio(cost, whole),
                     _ratio(running, whole), causes[case, tier, owner]])  # fmt: skip
    return table(
        "rank:number use_case:text served_tier:text owner:text requests:requests"
        " cost_contracted:USD share:ratio running_share:ratio cause:text",
        rows,
    )


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole).quantize(PICO)


TARGETS = {  # use case: (stage, target cost, highest tier)
    "email-triage": ("scale", "0.001", "micro"),
    "ticket-routing": ("scale", "0.001", "micro"),
    "product-tagging": ("scale", "0.001", "efficient"),
    "ticket-summaries": ("scale", "0.01", "efficient"),
    "invoice-extraction": ("scale", "0.005", "efficient"),
    "contract-review": ("pilot", "0.5", "capable"),
    "code-review": ("scale", "0.05", "capable"),
    "board-papers": ("scale", "2", "frontier"),
    "chat-beta": ("experiment", None, None),
}
_ORDER = ("micro", "efficient", "capable", "frontier")


def use_cases() -> Table:
    cases = dict.fromkeys(w.case for w in WORK if w.case)
    rows = [_use_case(case, [w for w in WORK if w.case == case]) for case in cases]
    return table(
        "use_case:text owner:text stage:text target_cost:USD max_tier:text requests:requests"
        " cost_contracted:USD cost_per_request:USD right_sized_per_request:USD"
        " main_served_tier:text main_needed_tier:text savings:USD likely_low:USD likely_high:USD"
        " result:text",
        rows,
    )


def _use_case(case: str, work: list[Work]) -> list[Any]:
    stage, target, highest = TARGETS.get(case, (None, None, None))
    calls, cost = sum(w.calls for w in work), total(w.cost for w in work)
    left, bounds = total(w.right_sized for w in work), [w.bounds() for w in work]
    served = MODELS[work[0].offering][2]
    each = floor(cost / calls)
    over = [
        word
        for word, misses in (
            ("cost", target is not None and each > D(target)),
            ("tier", highest is not None and _ORDER.index(served) > _ORDER.index(highest)),
        )
        if misses
    ]
    result = None if target is None else f"over {' and '.join(over)}" if over else "meets target"
    return [case, work[0].owner, stage, D(target) if target else None, highest, calls, cost, each,
            floor(left / calls), served, work[0].needed, cost - left, total(b[1] for b in bounds),
            total(b[2] for b in bounds), result]  # fmt: skip


def evidence() -> Table:
    rows: dict[str, list[Any]] = {}
    for w in WORK:
        row = rows.setdefault(w.evidence, [w.evidence, 0, D(0), D(0), TRUST.get(w.evidence)])
        row[1] += w.calls
        row[2] += w.cost
        row[3] += w.cost - w.right_sized
    order = ("rule", "agreement", "template", "hand_rule", "family", "insufficient")
    return table(
        "evidence:text requests:requests cost_contracted:USD savings:USD trust:ratio",
        [rows[name] for name in order],
    )
