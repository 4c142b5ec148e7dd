"""The flow of calls from the tier served to the tier needed, and what that judgement rests on."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.report import titles
from aiaudit.report.basis import TIERS
from aiaudit.report.blocks import Beside, Cell, Column, Drawing, Grid, Heading, Note, Row, Section
from aiaudit.report.charts import Flow, Link, Node
from aiaudit.report.figures import apportion, as_decimal, count, percent, share
from aiaudit.report.sections.cells import amount, money, number, part, text
from aiaudit.report.words import phrase

if TYPE_CHECKING:
    from aiaudit.report.basis import Basis
    from aiaudit.report.blocks import Block

_ORDER: Final[tuple[str, ...]] = ("frontier", "capable", "efficient", "micro", "")
_EVIDENCE: Final = {
    "label": "Your labels",
    "rule": "Your rules",
    "metadata": "Proof in the request",
    "agreement": "Rule and model agree",
    "model": "Trained model",
    "template": "Vote of the template",
    "hand_rule": "One hand-written rule",
    "family": "Kind of task only",
    "insufficient": "Too little to tell",
    "not_applicable": "No language task",
}
_SHORT_FROM: Final = 10_000

Cells = dict[tuple[str, str], int]


def section(basis: Basis) -> Section:
    """Return the flow, its matrix and the evidence behind it."""
    cells = _cells(basis)
    evidence = _evidence(basis)
    say = "Band thickness is calls; colour is the tier that the work seems to need."
    if not cells:
        absent = basis.absent("tier_flow", "No call has both a served and a needed tier.")
        return Section(name="tiers", title=("Tiers served and tiers needed",), nav="Tiers",
                       blocks=(Note(absent), *evidence))  # fmt: skip
    classified = sum(n for (_, needed), n in cells.items() if needed in TIERS)
    above = basis.audit.count("calls.above_need")
    return Section(
        name="tiers",
        title=(titles.flow(above, classified),),
        say=(say,),
        blocks=(
            Beside(
                left=(Drawing(label="Tier flow", chart=_flow(cells)),),
                right=(_matrix(cells), *evidence),
            ),
        ),
        nav="Tiers",
    )


def _cells(basis: Basis) -> Cells:
    cells: Cells = defaultdict(int)
    for row in basis.records("tier_flow"):
        cells[_tier(row["served_tier"]), _tier(row["needed_tier"])] += row["requests"] or 0
    return {key: calls for key, calls in cells.items() if calls}


def _tier(value: object) -> str:
    return str(value) if value in TIERS else ""


def _sides(cells: Cells) -> tuple[list[str], list[str]]:
    served, needed = {key[0] for key in cells}, {key[1] for key in cells}
    return [t for t in _ORDER if t in served], [t for t in _ORDER if t in needed]


def _title(tier: str) -> str:
    return TIERS.get(tier, "No tier")


def _flow(cells: Cells) -> Flow:
    served, needed = _sides(cells)
    total = sum(cells.values())
    links = [
        Link(served=s, needed=n, calls=cells[s, n], label=_short(cells[s, n]), up=_up(s, n))
        for s in served
        for n in needed
        if (s, n) in cells
    ]
    spelled = "; ".join(
        f"{count(x.calls)} calls from {_title(x.served)} to {_title(x.needed)}" for x in links
    )
    return Flow(
        served=tuple(_node(tier, links, total, served=True) for tier in served),
        needed=tuple(_node(tier, links, total, served=False) for tier in needed),
        links=tuple(links),
        desc=f"{spelled}.",
    )


def _node(tier: str, links: list[Link], total: int, *, served: bool) -> Node:
    calls = sum(x.calls for x in links if (x.served if served else x.needed) == tier)
    label = f"{_short(calls)} · {percent(share(calls, total))}"
    return Node(tier=tier, title=_title(tier), calls=calls, label=label)


def _up(served: str, needed: str) -> bool:
    return (
        served in TIERS
        and needed in TIERS
        and list(TIERS).index(needed) > list(TIERS).index(served)
    )


def _short(calls: int) -> str:
    return f"{calls / 1000:,.0f}k" if calls >= _SHORT_FROM else count(calls)


def _matrix(cells: Cells) -> Grid:
    served, needed = _sides(cells)
    down = list(reversed([tier for tier in needed if tier in TIERS]))
    down += [tier for tier in needed if tier not in TIERS]
    rows = [
        Row(cells=(Cell(words=(_title(s),)), *(_calls(cells, s, n) for n in down))) for s in served
    ]
    sums = (number(sum(cells.get((s, n), 0) for s in served)) for n in down)
    return Grid(
        name="flow",
        label="Calls by tier served and tier needed",
        caption=("The same figures, calls",),
        columns=(
            Column(title="Served, to needed"),
            *(Column(title=_title(tier), numeric=True) for tier in down),
        ),
        rows=tuple(rows),
        total=Row(cells=(text("Needed"), *sums)),
    )


def _calls(cells: Cells, served: str, needed: str) -> Cell:
    calls = cells.get((served, needed), 0)
    if not calls:
        return text("none", "muted")
    return Cell(words=(count(calls),), sort=str(calls), tone="bad" if _up(served, needed) else "")


def _evidence(basis: Basis) -> tuple[Block, ...]:
    rows = basis.records("evidence")
    if not rows:
        return ()
    costs = [money(row, "cost_contracted") or Decimal(0) for row in rows]
    total = sum(costs, Decimal(0))
    shown = apportion(costs, total, basis.shown.places)
    lines = [
        Row(
            cells=(
                Cell(
                    words=(_EVIDENCE.get(str(row["evidence"])) or phrase(row["evidence"], "None"),)
                ),
                number(row["requests"]),
                amount(basis, displayed, cost),
                part(as_decimal(row["trust"])),
            )
        )
        for row, cost, displayed in zip(rows, costs, shown, strict=True)
    ]
    grid = Grid(
        name="evidence",
        label="Evidence for the needed tier",
        columns=(
            Column(title="Evidence"),
            Column(title="Calls", numeric=True),
            Column(title="Cost", numeric=True),
            Column(title="Taken at", numeric=True),
        ),
        rows=tuple(lines),
    )
    note = Note(("Taken at: the trust that the low case gives to this kind of evidence.",))
    return (Heading("What the needed tier rests on"), grid, note)
