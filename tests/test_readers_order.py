"""Rows leave the engine as they stand in the file, because a row is known by its place.

The engine turns a longer list of values into a join, and a join does not keep the order of rows:
they would be numbered, refused and counted under the number, or the file, of another row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from aiaudit import readers
from aiaudit.engine import Engine
from aiaudit.intake import tree
from aiaudit.intake.relation import Table, relation
from aiaudit.intake.shape import shaped

if TYPE_CHECKING:
    from pathlib import Path

    from aiaudit.readers import Reader

# What a plan may consist of: a scan, and expressions over it. A list of five values in an IN is
# made a join; ask a CASE, or `list_contains`, instead.
KEEPING: Final = {"Projection", "Read Json", "Dummy Scan", "Empty Result"}
OPERATOR: Final = re.compile(r"╭─ ([A-Z][A-Za-z_ ]*?) ─")


@pytest.mark.parametrize("reader", readers.registry(), ids=lambda reader: reader.id)
def test_the_plan_of_a_reader_keeps_the_order_of_rows(reader: Reader, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("{}\n", "utf-8")
    table = Table(path=empty, kind="lines", names=tuple(reader.columns), longest=100)
    reads = relation(table, reader.columns)
    with Engine(inputs=(empty,)) as engine:
        described = engine.rows(f"DESCRIBE WITH export AS ({reads}) {reader.select}")
        given = {row["column_name"]: row["column_type"] for row in described}
        (plan,) = engine.rows(f"EXPLAIN {shaped(reader, reads, given)}")
    operators = OPERATOR.findall(plan["explain_value"])
    if set(tree.COLUMNS) <= given.keys():
        # Spans are numbered, looked up in each other, and then put in order again.
        assert {"Order By", "Streaming Window"} <= set(operators)
    else:
        assert set(operators) <= KEEPING
