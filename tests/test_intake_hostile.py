"""Names, paths and figures that nobody should send: never a crash, never a row lost."""

from __future__ import annotations

import csv
import io
import json
import os
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pytest
from pyarrow import parquet
from taken import call, lines, take, written

from aiaudit.errors import NoInputError, SettingsError, UnreadableError, UsageError
from aiaudit.intake import files
from aiaudit.intake.sniff import sniff
from aiaudit.readers.pages import amount
from aiaudit.settings import Mapped, Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CALLS: Final = [call(number) for number in range(1, 4)]
FAR: Final = [
    "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "0000-01-01", "2025-11-03 (BC)",
    "2200-01-01", "1969-12-31", 99999999999, 99999999999999, 99999999999999999,
]  # fmt: skip


def test_a_time_that_no_calendar_holds_is_refused(tmp_path: Path) -> None:
    records = [call(number, startTime=time) for number, time in enumerate(FAR, start=10)]
    ends = call(9, endTime="9999-12-31T23:59:59Z")
    taken = take(tmp_path, written(tmp_path / "log.jsonl", [*CALLS, ends, *records]))
    assert (taken.source["loaded"], taken.reasons()) == (4, {"bad time": len(FAR)})


def test_amounts_too_large_to_add_up_are_none(tmp_path: Path) -> None:
    stated = [10**19, 10**19, "1e999", 999_999_999_999]
    records = [call(number, spend=spend) for number, spend in enumerate(stated, start=1)]
    taken = take(tmp_path, written(tmp_path / "log.jsonl", records))
    assert (taken.source["loaded"], taken.totals()["stated_cost"]) == (4, 999_999_999_999)
    assert {amount(text) for text in ("1e999999999999", "sNaN", "Infinity")} == {"not an amount"}


def test_a_quotation_mark_without_an_end_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, *rows = [",".join(map(str, record.values())) for record in CALLS]
    text = "\n".join([",".join(CALLS[0]), header, 'x,"y', *rows * 2000])
    monkeypatch.setattr("aiaudit.intake.records._LONGEST_CELL", 1 << 16)
    broken = written(tmp_path / "log.csv", text)
    taken = take(tmp_path, written(tmp_path / "good.jsonl", CALLS), broken)
    assert taken.source["file"] == "good.jsonl"
    assert "log.csv has a cell without an end" in str(taken.intake.failures[0])


@pytest.mark.parametrize(
    "text", ['"' + "x" * 200_000, "a," * 200_000, "a," * 20_000 + "\n1\n", '"' + "a\n" * 60_000]
)
def test_a_header_without_an_end_is_no_table(tmp_path: Path, text: str) -> None:
    assert sniff(written(tmp_path / "log.csv", text)) is None


def test_a_cell_of_many_megabytes_beside_a_short_row_is_read(tmp_path: Path) -> None:
    records = [call(1), call(2, prompt="y" * 20_000_000), call(3)]
    out = io.StringIO()
    writer = csv.DictWriter(out, [*records[1]])
    writer.writeheader()
    writer.writerows(records)
    taken = take(tmp_path, written(tmp_path / "log.csv", out.getvalue() + "a,b\n"))
    assert (taken.source["loaded"], taken.reasons()) == (3, {"cells": 1})


def test_a_table_may_change_its_line_ends(tmp_path: Path) -> None:
    header, *rows = [",".join(map(str, part)) for part in (CALLS[0], *(c.values() for c in CALLS))]
    for place, ends in enumerate((("\r\n", "\n"), ("\n", "\r\n"), ("\r", "\n"))):
        text = header + ends[0] + rows[0] + ends[0] + rows[1] + ends[1] + rows[2] + ends[1]
        taken = take(tmp_path, written(tmp_path / f"{place}.csv", text))
        assert (taken.source["loaded"], taken.totals()["input_uncached"]) == (3, 600)


def test_a_parquet_file_that_is_damaged_inside_is_a_failure(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(CALLS * 300), buffer)
    content = bytearray(buffer.getvalue())
    content[10:60] = b"\xff" * 50
    with pytest.raises(UnreadableError, match=r"log.parquet is damaged"):
        take(tmp_path, written(tmp_path / "log.parquet", bytes(content)))


def test_utf_16_that_is_cut_in_a_letter_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"marked as UTF-16 and is not, or is cut short"):
        take(tmp_path, written(tmp_path / "log.jsonl", lines(CALLS).decode().encode("utf-16")[:-1]))


def test_a_kind_that_is_no_word_is_no_kind(tmp_path: Path) -> None:
    page = {"object": [], "data": [{"object": {}, "results": []}], "has_more": False}
    written(tmp_path / "in" / "page.json", json.dumps([page]))
    written(tmp_path / "in" / "log.jsonl", CALLS)
    assert take(tmp_path, tmp_path / "in").intake.unrecognised == ("page.json",)


def test_a_mapping_without_a_time_is_refused(tmp_path: Path) -> None:
    for columns in ({}, {"model": "model"}):
        with pytest.raises(SettingsError, match="no column is mapped to started_at"):
            take(
                tmp_path,
                written(tmp_path / "log.jsonl", CALLS),
                mapped=(Mapped(files="*", columns=columns, values={}),),
            )


def test_a_name_that_could_act_on_a_terminal_is_made_plain(tmp_path: Path) -> None:
    for place, name in enumerate(("a\nb", "a\x1bb", "\u202ea")):
        written(tmp_path / "in" / name, [call(place)])
    raw = os.fsencode(tmp_path / "in") + b"/\xff"
    with open(raw, "wb") as file:  # noqa: PTH123  # a path of bytes
        file.write(lines([call(9)]))
    taken = take(tmp_path, tmp_path / "in")
    names = [source["file"] for source in taken["sources"]]
    assert names == ["a\ufffdb", "a\ufffdb (2)", "\ufffd", "\ufffda"]
    assert [source["loaded"] for source in taken["sources"]] == [1] * 4


def test_links_lead_nowhere_twice_and_never_out_of_the_names(tmp_path: Path) -> None:
    log = written(tmp_path / "in" / "log.jsonl", CALLS)
    other = written(tmp_path / "other" / "more.jsonl", [call(9)])
    links: dict[str, Path | str] = {"again": log, "out": other, "dead": "absent", "self": "self"}
    for name, target in links.items():
        (tmp_path / "in" / name).symlink_to(target)
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    taken = take(tmp_path, tmp_path / "in")
    assert {s["file"]: s["loaded"] for s in taken["sources"]} == {"again": 3, "out": 1}


def test_what_may_not_be_looked_at_is_told_and_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(root: Path, onerror: Callable[[OSError], None]) -> list[object]:
        onerror(PermissionError(13, "Permission denied", str(root / "private")))
        return []

    monkeypatch.setattr(os, "walk", closed)
    with pytest.raises(NoInputError, match="private cannot be read: Permission denied"):
        take(tmp_path, tmp_path)


def test_a_path_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoInputError, match="xxx cannot be read: File name too long"):
        take(tmp_path, tmp_path / ("x" * 5000))


def test_exports_may_lie_where_the_results_go(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    written(folder / "march" / "log.jsonl", CALLS)
    for name in ("audit.json", "audit.duckdb", "audit.duckdb.new.wal", "report.html", "report.md"):
        written(folder / name, "{}")
    for argument in (folder, folder / "march"):
        taken = take(tmp_path, argument)
        assert (taken.source["loaded"], taken.intake.unrecognised) == (3, ())


@pytest.mark.parametrize("name", ["what?", "a\\b", "~/out", "a\udcff"])
def test_an_output_that_the_engine_would_not_find_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    log = written(tmp_path / "log.jsonl", CALLS)
    with pytest.raises(UsageError, match="the path of the output must be text"):
        files.readable(Settings(inputs=(log,), output=type(log)(name)))
