"""The work of an invented month: use cases, models, calls and exact costs per call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

D = Decimal
PICO = D("1e-12")
DAYS = [date(2025, 10, 1) + timedelta(days=i) for i in range(31)]
ROUTER = D("0.000045")  # what the router costs per call that it reads
HARM = {"structured": (D("0.01"), D("0.15")), "text": (D("0.02"), D("0.18"))}
TRUST = {"rule": D("1.00"), "agreement": D("0.80"), "template": D("0.80"), "hand_rule": D("0.50")}
MODELS = {  # offering: (provider, model, tier)
    "openai/gpt-4o": ("openai", "gpt-4o", "capable"),
    "openai/gpt-4o-mini": ("openai", "gpt-4o-mini", "efficient"),
    "openai/gpt-4.1-nano": ("openai", "gpt-4.1-nano", "micro"),
    "openai/gpt-5": ("openai", "gpt-5", "frontier"),
    "anthropic/claude-opus-4-1": ("anthropic", "claude-opus-4-1", "frontier"),
    "anthropic/claude-sonnet-4-5": ("anthropic", "claude-sonnet-4-5", "capable"),
    "anthropic/claude-haiku-4-5": ("anthropic", "claude-haiku-4-5", "efficient"),
}


@dataclass(frozen=True, kw_only=True)
class Work:
    """A use case on one offering: calls, cost per call now, at the target, and one tier down."""

    case: str | None
    owner: str | None
    kind: str = "work"
    needed: str | None
    offering: str
    calls: int
    failed: int = 0
    each: str
    target: str | None = None
    to: str | None = None
    one: str | None = None
    evidence: str = "template"
    family: str = "text"

    @property
    def cost(self) -> Decimal:
        """Return what the calls cost."""
        return self.calls * D(self.each)

    @property
    def avoided(self) -> Decimal:
        """Return what failed attempts cost."""
        return self.failed * D(self.each)

    @property
    def routed(self) -> Decimal:
        """Return what the target saves, the router left out; negative when it is dearer."""
        return (self.calls - self.failed) * (D(self.each) - D(self.target or self.each))

    @property
    def router(self) -> Decimal:
        """Return what the router costs on this work."""
        return (self.calls - self.failed) * ROUTER if self.target else D(0)

    @property
    def right_sized(self) -> Decimal:
        """Return what is left, the router in its own row."""
        return self.cost - self.avoided - self.routed

    def bounds(self) -> tuple[Decimal, Decimal, Decimal]:
        """Return the likely saving one tier down, its low and its high case."""
        if not self.one or self.evidence not in TRUST:
            return D(0), D(0), D(0)
        low_harm, high_harm = HARM[self.family]
        spend = (self.calls - self.failed) * D(self.each)
        after = (self.calls - self.failed) * D(self.one)
        low = spend * (TRUST[self.evidence] - high_harm) - after * D("1.1") - self.router
        if low <= 0:
            return D(0), D(0), D(0)
        likely = min(spend - after, self.routed)
        return likely, floor(low), floor(spend * (1 - low_harm) - after - self.router)


def floor(value: Decimal) -> Decimal:
    return value.quantize(PICO, rounding=ROUND_FLOOR)


OPUS, SONNET, HAIKU = (
    "anthropic/claude-opus-4-1", "anthropic/claude-sonnet-4-5", "anthropic/claude-haiku-4-5",
)  # fmt: skip
GPT5, GPT4O, MINI, NANO = (
    "openai/gpt-5", "openai/gpt-4o", "openai/gpt-4o-mini", "openai/gpt-4.1-nano",
)  # fmt: skip

WORK = (
    Work(case="email-triage", owner="Support", needed="micro", offering=GPT4O, calls=412_380,
         failed=5_210, each="0.01184", target="0.00018", to=NANO, one="0.00071",
         evidence="rule", family="structured"),
    Work(case="ticket-routing", owner="Support", needed="micro", offering=GPT4O, calls=251_940,
         failed=14_870, each="0.01402", target="0.00022", to=NANO, one="0.00084",
         evidence="template", family="structured"),
    Work(case="product-tagging", owner="Catalogue", needed="micro", offering=MINI, calls=98_205,
         each="0.00066", target="0.00017", to=NANO, one="0.00017", evidence="agreement",
         family="structured"),
    Work(case="ticket-summaries", owner="Support", needed="efficient", offering=OPUS,
         calls=84_120, failed=310, each="0.06210", target="0.00312", to=HAIKU, one="0.01290",
         evidence="template"),
    Work(case="faq-answers", owner="Support", needed="efficient", offering=GPT4O, calls=141_660,
         failed=1_020, each="0.01731", target="0.00112", to=MINI, one="0.00112",
         evidence="hand_rule"),
    Work(case="invoice-extraction", owner="Finance", needed="efficient", offering=GPT4O,
         calls=118_402, failed=402, each="0.02984", target="0.00189", to=MINI, one="0.00189",
         evidence="agreement", family="structured"),
    Work(case="sales-drafts", owner="Sales", needed="capable", offering=OPUS, calls=41_730,
         each="0.08120", target="0.01702", to=SONNET, one="0.01702", evidence="family"),
    Work(case="contract-review", owner="Legal", needed="capable", offering=OPUS, calls=8_914,
         failed=96, each="0.23400", target="0.05110", to=SONNET, one="0.05110",
         evidence="template"),
    Work(case="code-review", owner="Engineering", needed="capable", offering=SONNET,
         calls=77_350, each="0.02410", evidence="agreement"),
    Work(case="code-review", owner="Engineering", needed="efficient", offering=SONNET,
         calls=12_005, each="0.01120", target="0.00370", to=HAIKU, one="0.00370",
         evidence="family"),
    Work(case="research-agent", owner="Strategy", needed="frontier", offering=GPT5,
         calls=70_226, failed=1_204, each="0.05330", evidence="agreement"),
    Work(case="board-papers", owner=None, needed="frontier", offering=OPUS, calls=3_870,
         each="0.21900", evidence="rule"),
    Work(case="refund-checks", owner="Finance", needed="capable", offering=MINI, calls=4_980,
         each="0.00082", target="0.00940", to=GPT4O, evidence="rule"),
    Work(case="chat-beta", owner="Product", kind="unclassified", needed=None, offering=GPT5,
         calls=25_410, each="0.03360", evidence="insufficient"),
    Work(case=None, owner=None, kind="metered", needed=None, offering=GPT4O, calls=46_118,
         each="0.00944", evidence="insufficient"),
)  # fmt: skip
UNPRICED = 2_310


def total(values: Iterable[Decimal]) -> Decimal:
    """Return the exact sum."""
    return sum(values, D(0))


def totals() -> dict[str, Decimal]:
    """Return the sums that the facts hold, by short key."""
    cost, avoid = total(w.cost for w in WORK), total(w.avoided for w in WORK)
    route, router = total(w.routed for w in WORK), total(w.router for w in WORK)
    bounds = [w.bounds() for w in WORK]
    obliged = total(w.routed for w in WORK if w.routed < 0)
    likely, low, high = (total(b[i] for b in bounds) + obliged for i in range(3))
    calculated = avoid - router
    return {
        "cost": cost, "avoid": avoid, "route": route, "router": router, "calculated": calculated,
        "total": avoid + route - router, "likely": likely, "low": low, "high": high,
        "untested": route - likely, "headline": calculated + low,
    }  # fmt: skip
