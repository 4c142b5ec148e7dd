"""What stands in a line or a cell: a call, or a reason why it is none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from taken import call, lines, take, written

from aiaudit.settings import Mapped

if TYPE_CHECKING:
    from pathlib import Path

CALLS: Final = [call(number) for number in range(1, 4)]
TABLE: Final = Mapped(
    files="*", columns={"started_at": "when", "model": "model", "input": "in", "output": "out"}
)


def codes(tmp_path: Path, bad: list[str | bytes]) -> list[str]:
    """Return the code of each bad line; every one stands between two good ones."""
    text = b""
    for number, line in enumerate(bad, start=1):
        text += lines([call(number)]) + (line.encode() if isinstance(line, str) else line) + b"\n"
    taken = take(tmp_path, written(tmp_path / "log.jsonl", text))
    assert taken.source["loaded"] == len(bad)
    rejects = sorted(taken["rejects"], key=lambda reject: reject["row"])
    assert [reject["row"] for reject in rejects] == [2 * n for n in range(1, len(bad) + 1)]
    return [reject["code"] for reject in rejects]


BAD_LINES: Final[dict[str | bytes, str]] = {
    "not json at all": "not json",
    json.dumps(call(90)) + " and more": "not json",
    '{"request_id": "x", "call_type": "acompl': "cut",
    "[1, 2, 3]": "not an object",
    '"text"': "not an object",
    b'{"request_id": "\xff", "startTime": "2025-11-03"}': "bad utf-8",
    "[" * 100_000: "too deep",
    '{"call_type": "acompletion", "note": "no time"}': "no time",
    json.dumps(call(90, model="half a \ud83d")): "bad utf-8",
    json.dumps(call(90, startTime="yesterday")): "bad time",
    json.dumps(call(90, prompt_tokens=-5)): "bad counter",
}


def test_a_line_that_cannot_be_used_is_counted_with_its_reason(tmp_path: Path) -> None:
    assert codes(tmp_path, list(BAD_LINES)) == list(BAD_LINES.values())


def test_what_is_no_whole_number_is_no_count(tmp_path: Path) -> None:
    values = ["many", "1.5", 1.5, "-1", 10**20, "1e3", [1], "NaN"]
    bad: list[str | bytes] = [json.dumps(call(90, prompt_tokens=value)) for value in values]
    assert set(codes(tmp_path, bad)) == {"bad counter"}


def test_whole_numbers_come_in_several_spellings(tmp_path: Path) -> None:
    spellings = [100, "100", 100.0, "100.0", " 100 "]
    records = [call(n, prompt_tokens=spelling) for n, spelling in enumerate(spellings, 1)]
    taken = take(tmp_path, written(tmp_path / "log.jsonl", records))
    assert taken.totals()["input_uncached"] == 500


def test_two_calls_on_one_line_are_two_calls(tmp_path: Path) -> None:
    text = (
        lines(CALLS) + (json.dumps(call(4)) + json.dumps(call(5)) + '{"request_id": "cut').encode()
    )
    taken = take(tmp_path, written(tmp_path / "log.jsonl", text + b"\n" + b"\n"))
    assert (taken.source["rows_read"], taken.source["loaded"], taken.source["blank"]) == (6, 5, 1)
    assert taken.reasons() == {"cut": 1}
    assert taken.totals()["input_uncached"] == 1500


TIMES: Final = {
    "2025-11-03T08:00:00Z": "2025-11-03 08:00:00",
    "2025-11-03 08:00:00.123456": "2025-11-03 08:00:00.123456",
    "2025-11-03T10:00:00+02:00": "2025-11-03 08:00:00",
    "2025-11-03": "2025-11-03 00:00:00",
    "1762156800": "2025-11-03 08:00:00",
    1762156800.25: "2025-11-03 08:00:00.250000",
    1762156800250: "2025-11-03 08:00:00.250000",
    1762156800250000: "2025-11-03 08:00:00.250000",
}


def test_times_come_in_several_spellings_and_are_utc(tmp_path: Path) -> None:
    records = [call(n, startTime=time) for n, time in enumerate(TIMES, start=1)]
    taken = take(tmp_path, written(tmp_path / "log.jsonl", records))
    starts = [str(row["started_at"]) for row in sorted(taken["calls"], key=lambda r: r["row"])]
    assert starts == list(TIMES.values())


def test_what_is_no_time_is_refused(tmp_path: Path) -> None:
    values = ["infinity", "epoch", "5/1/25", "2025-13-40", 12, "0", "", None]
    bad: list[str | bytes] = [json.dumps(call(90, startTime=value)) for value in values]
    assert codes(tmp_path, bad) == ["bad time"] * 6 + ["no time"] * 2


def test_cells_may_hold_line_ends_quotes_and_separators(tmp_path: Path) -> None:
    text = (
        'when,model,in,out\n2025-11-03,"a ""b"",\n\nc",10,1\n\n2025-11-03,plain,20,2\n'
        "2025-11-03,short,30\n2025-11-03,long,40,4,5\n"
    )
    taken = take(tmp_path, written(tmp_path / "log.csv", text), mapped=(TABLE,))
    assert (taken.source["rows_read"], taken.source["loaded"]) == (4, 2)
    assert (taken.source["blank"], taken.reasons()) == (1, {"cells": 2})
    assert {row["model_raw"] for row in taken["calls"]} == {'a "b",\n\nc', "plain"}


def test_a_table_that_is_cut_or_badly_encoded_loses_those_rows_only(tmp_path: Path) -> None:
    text = b"when,model,in,out\n2025-11-03,a,10,1\n2025-11-03,\xff,10,1\n2025-11-03,a,1"
    taken = take(tmp_path, written(tmp_path / "log.csv", text), mapped=(TABLE,))
    assert taken.reasons() == {"bad utf-8": 1, "cells": 1}
    assert [row["row"] for row in taken["rejects"]] == [2, 3]
    assert taken.totals()["input_uncached"] == 10
