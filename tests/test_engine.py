"""The engine: what it may use, and what it takes in."""

from __future__ import annotations

import pyarrow as pa
import pytest

from aiaudit.engine import Engine
from aiaudit.errors import IntegrityError


@pytest.mark.parametrize(
    ("limit", "engine"), [("1GB", "810.6 MiB"), ("512mb", "415.0 MiB"), ("2GiB", "1.6 GiB")]
)
def test_of_the_memory_that_is_allowed_the_engine_takes_a_part(limit: str, engine: str) -> None:
    with Engine(memory_limit=limit) as opened:
        assert opened.value("SELECT current_setting('memory_limit')") == engine


def test_rows_are_added_by_the_names_of_their_columns() -> None:
    with Engine() as engine:
        engine.run("CREATE TABLE t (a BIGINT, b VARCHAR, c DATE)")
        engine.append("t", pa.table({"b": ["x"], "a": [1]}))
        engine.append("t", [])
        assert engine.rows("FROM t") == [{"a": 1, "b": "x", "c": None}]
        with pytest.raises(IntegrityError, match="no column d"):
            engine.append("t", [{"d": 1}])


def test_few_rows_are_worth_one_thread() -> None:
    with Engine(threads=2) as engine:
        for rows, threads in ((0, 1), (199_999, 1), (200_000, 2), (10**9, 2)):
            engine.work_on(rows)
            assert engine.value("SELECT current_setting('threads')") == threads
