"""A folder of made sessions: streamed, resumed and replayed, and every call of it counted once."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taken import take

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(Path(__file__).parents[1])
    return importlib.import_module("benchmarks.samples.sessions")


def test_made_sessions_have_the_totals_that_were_written(maker: ModuleType, tmp_path: Path) -> None:
    truth = maker.write(700_000, tmp_path / "agent", seed=7)
    taken = take(tmp_path, tmp_path / "agent")
    names = ("input_uncached", "cache_read", "cache_write_5m", "output")
    assert [taken.total("calls", name) for name in names] == [truth[name] for name in names]
    assert len(taken["calls"]) == truth["calls"]
    assert sum(source["rows_read"] for source in taken["sources"]) == truth["lines"]
    assert {"same id", "same file", "replayed"} <= taken.reasons().keys()


def test_the_same_seed_makes_the_same_sessions(maker: ModuleType, tmp_path: Path) -> None:
    for name in ("a", "b"):
        maker.write(20_000, tmp_path / name, seed=3)
    first, second = (
        {file.name: file.read_bytes() for file in (tmp_path / name).rglob("*.jsonl")}
        for name in ("a", "b")
    )
    assert first == second
