"""Tables as spreadsheets and portals save them: numbers, totals and titles as they are meant."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from taken import take, written

from aiaudit.engine import Engine
from aiaudit.intake import numerals

if TYPE_CHECKING:
    from pathlib import Path

    from aiaudit.intake.numerals import Style

COSTS: Final = "start_time;start_time_iso;amount_value;amount_currency;line_item\n"
USAGE: Final = (
    "start_time,end_time,start_time_iso,model,num_model_requests,input_tokens,output_tokens,"
    "input_cached_tokens\n"
)


@pytest.mark.parametrize(
    ("cell", "written_as", "plain"),
    [
        ("1,234,567", "point", "1234567"),
        ("-1,234.5", "point", "-1234.5"),
        ("$1,234.50", "point", "1234.50"),
        ("12.5", "point", "12.5"),
        ("gpt-4,1", "point", "gpt-4,1"),
        ("12,34", "point", "12,34"),
        ("1.234,5", "comma", "1234.5"),
        ("0,84", "comma", "0.84"),
        ("1.234", "comma", "1234"),
        ("12,50 €", "comma", "12.50"),
        ("2025-11-03", "comma", "2025-11-03"),
        ("1.2.3", "comma", "1.2.3"),
    ],
)
def test_a_number_is_read_as_it_is_meant(cell: str, written_as: Style, plain: str) -> None:
    assert numerals.plain(cell, written_as) == plain
    with Engine() as engine:
        sql = numerals.plain_sql("$cell", written_as)
        assert engine.value(f"SELECT {sql}", {"cell": cell}) == plain


def test_what_can_be_read_in_one_way_only_decides() -> None:
    assert numerals.style(["1,234", "0.84", "2,000"]) == "point"
    assert numerals.style(["1.234", "0,84"]) == "comma"
    assert numerals.style(["1.234,5", "2025-11-03", ""]) == "comma"
    assert numerals.style(["1,234"]) == "point"


def test_a_decimal_comma_is_no_separator(tmp_path: Path) -> None:
    rows = "1762128000;2025-11-03T00:00:00Z;1.234,56;usd;gpt-4o\n"
    rows += "1762214400;2025-11-04T00:00:00Z;0,44;usd;gpt-4o\n"
    taken = take(tmp_path, written(tmp_path / "costs.csv", COSTS + rows))
    assert taken.source["rejected"] == 0
    assert taken.totals()["billed"] == Decimal("1235.00")


def test_thousands_may_be_grouped_in_small_and_in_large_files(tmp_path: Path) -> None:
    row = '1762128000,1762214400,2025-11-03T00:00:00Z,gpt-4o,"1,000","2,500,000","10,000",0\n'
    small = take(tmp_path, written(tmp_path / "usage.csv", USAGE + row))
    later = row.replace("1762128000", "1762214400").replace("1762214400,1762", "1762214400,1763")
    large = take(tmp_path, written(tmp_path / "large.csv", USAGE + row + later + "\n" * 300_000))
    for taken, times in ((small, 1), (large, 2)):
        assert taken.source["rejected"] == 0
        assert taken.totals()["input_uncached"] == 2_500_000 * times
        assert taken.totals()["requests"] == 1_000 * times


def test_a_row_of_totals_is_no_call(tmp_path: Path) -> None:
    row = "1762128000,1762214400,2025-11-03T00:00:00Z,gpt-4o,10,2500,100,0\n"
    total = "Total,,,,10,2500,100,0\n,,,,,,,\n"
    for padding in ("", "\n" * 300_000):
        file = written(tmp_path / "usage.csv", USAGE + row + total + padding)
        taken = take(tmp_path, file)
        assert taken.totals()["input_uncached"] == 2500
        assert taken.source["loaded"] == 1
        assert taken.reasons()["totals row"] == 1


def test_a_title_may_stand_above_the_header(tmp_path: Path) -> None:
    row = "1762128000,1762214400,2025-11-03T00:00:00Z,gpt-4o,10,2500,100,0\n"
    title = 'Usage of "Example plc"\nfrom 1 November, to 30 November\n\n'
    taken = take(tmp_path, written(tmp_path / "usage.csv", title + USAGE + row * 2))
    assert (taken.source["rows_read"], taken.source["rejected"]) == (2, 0)
    assert "3 lines above the header" in taken.source["notes"]
