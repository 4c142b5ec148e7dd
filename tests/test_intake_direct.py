"""A large table without texts stays in the engine, and gives what streaming it gives."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from taken import take, written

from aiaudit.intake import direct
from aiaudit.settings import Mapped

if TYPE_CHECKING:
    from pathlib import Path

HEADER = (
    "start_time,end_time,project_id,model,input_tokens,input_cached_tokens,output_tokens,"
    "num_model_requests"
)
GOOD = "2025-11-03T{hour:02}:00:00Z,2025-11-03T{hour:02}:59:59Z,p{hour},gpt-4o,{size},10,20,3"
WHOLE = [GOOD.format(hour=hour, size=100 + hour) for hour in range(20)]
FAULTY = [
    "2025-11-03T20:00:00Z,2025-11-03T21:00:00Z,p,gpt-4o,1.5,0,20,3",
    ",2025-11-03T21:00:00Z,p,gpt-4o,100,0,20,3",
    "2025-11-03T22:00:00Z,2025-11-03T23:00:00Z,p,,,,,",
    "2025-11-03T23:00:00Z,2025-11-04T00:00:00Z,p,gpt-4o,5,10,20,3",
]
CALLS = "when,model,in,out,status\n" + "".join(
    f"2025-11-03T08:{minute:02}:00Z,gpt-4o,{size},{size},success\n"
    for minute, size in enumerate([100, 0, 250, 0, 7, 9])
)
MAPPING = Mapped(
    files="*.csv",
    columns={
        "started_at": "when", "model": "model", "input": "in", "output": "out", "status": "status",
    },
    values={"provider": "openai"},
)  # fmt: skip


def both(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch, *mapped: Mapped
) -> list[dict[str, list[dict[str, Any]]]]:
    """Return the tables of a file, streamed through Python and straight from the engine."""
    file = written(tmp_path / "export.csv", text)
    found = []
    for number, worth in enumerate((10**9, 1)):
        monkeypatch.setattr(direct, "_WORTH", worth)
        found.append(take(tmp_path / str(number), file, mapped=mapped).tables)
    return found


@pytest.mark.parametrize("more", [[], FAULTY, FAULTY[:1], FAULTY[1:3], [""], ["", FAULTY[3]]])
def test_both_ways_give_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str]
) -> None:
    rows = list(itertools.chain([HEADER], WHOLE[:10], more, WHOLE[10:]))
    streamed, straight = both(tmp_path, "\n".join(rows) + "\n", monkeypatch)
    assert straight == streamed
    assert straight["sources"]


def test_unmeasured_calls_are_counted_in_both_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    streamed, straight = both(tmp_path, CALLS, monkeypatch, MAPPING)
    assert straight == streamed
    assert "2" in str(straight["sources"])
