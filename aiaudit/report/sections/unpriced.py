"""Models without a price: what they were used for, and the lines that would price them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from aiaudit.report.blocks import Code, Column, Grid, Heading, Note, Row
from aiaudit.report.escape import clean
from aiaudit.report.sections.cells import named, number, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiaudit.report.blocks import Block

_MOST: Final = 25
_STUBS: Final = 5
_TOLD: Final = (
    "They are in no cost and in no saving. To price them, put this into a file of the folder that"
    " --pricing names, with the offering that was billed."
)


def blocks(unpriced: object) -> tuple[Block, ...]:
    """Return the models without a price; nothing when all have one."""
    rows = [row for row in unpriced if isinstance(row, dict)] if isinstance(unpriced, list) else []
    if not rows:
        return ()
    grid = Grid(
        name="unpriced",
        label="Models without a price",
        columns=(
            Column(title="Model"),
            Column(title="Provider"),
            Column(title="Calls", numeric=True),
            Column(title="Tokens", numeric=True),
            Column(title="Reason"),
            Column(title="Did you mean"),
        ),
        rows=tuple(_model(row) for row in rows[:_MOST]),
        rows_left_out=max(0, len(rows) - _MOST),
    )
    return (Heading("Models without a price"), grid, Note((_TOLD,)), Code(lines=_stub(rows)))


def _model(row: Mapping[str, Any]) -> Row:
    return Row(
        cells=(
            named(row.get("model"), "no model named"),
            named(row.get("provider")),
            number(row.get("requests")),
            number(row.get("tokens")),
            told(row.get("reason"), "no price"),
            named(row.get("did_you_mean")),
        )
    )


def _stub(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    named_rows = [row for row in rows if row.get("model")][:_STUBS]
    return ("map:", *(_mapping(row) for row in named_rows)) if named_rows else ("map: []",)


def _mapping(row: Mapping[str, Any]) -> str:
    provider, raw, to = (
        json.dumps(clean(str(row.get(key) or otherwise), 120), ensure_ascii=False)
        for key, otherwise in (("provider", ""), ("model", ""), ("did_you_mean", "OFFERING"))
    )
    return f"  - {{provider: {provider}, raw: {raw}, to: {to}}}"
