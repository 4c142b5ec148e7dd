"""What a page displays adds up: read back from its tables, as a controller would."""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import Final

import pytest
from test_report_month import month
from test_report_states import STATES

from aiaudit.report import html
from aiaudit.report.model import view
from aiaudit.report.sections.lines import Line, displayed

D: Final = Decimal


class Page(HTMLParser):
    """What of a page matters to the tests: elements, attributes, and the text of tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self._table = ""
        self._cell: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element."""
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "table":
            self._table = dict(attrs)["id"] or ""
            self.tables[self._table] = []
        elif tag == "tr" and self._table:
            self.tables[self._table].append([])
        elif tag in {"td", "th"} and self._table:
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        """Close a cell or a table."""
        if tag == "table":
            self._table = ""
        elif tag in {"td", "th"} and self._cell is not None:
            self.tables[self._table][-1].append("".join(self._cell))
            self._cell = None

    def handle_data(self, data: str) -> None:
        """Keep the text of a cell."""
        if self._cell is not None:
            self._cell.append(data)


def page(state: str = "month") -> str:
    return html.render(view(STATES[state]()))


def dollars(text: str) -> Decimal:
    """Return the amount that a cell shows; nothing for words."""
    match = re.search(r"([+\u2212]?)\$([\d,.]+)", text)
    if not match or text.startswith("<"):
        return D(0)
    sign = -1 if match[1] == "\u2212" else 1
    return sign * D(match[2].rstrip(".").replace(",", ""))


@pytest.mark.parametrize("state", ["month", "two hundred", "negative", "unsupported"])
def test_what_is_displayed_adds_up(state: str) -> None:
    tables = Page(page(state)).tables
    statement = tables["t-statement"][1:]
    tiers = ("Micro", "Efficient", "Capable", "Frontier", "No", "Metered", "Overhead")
    heads = [row for row in statement if row[0].startswith(tiers)]
    for place in (2, 3, 4):
        assert sum(dollars(row[place]) for row in heads) == dollars(statement[-1][place])
        assert sum(dollars(row[place]) for row in statement[:-1]) == sum(
            dollars(row[place]) * (2 if "work" in row[0] else 1) for row in heads
        )
    assert all(dollars(r[3]) - dollars(r[2]) == dollars(r[4]) for r in statement if "$" in r[2])
    levers = tables["t-levers"][1:]
    assert sum(dollars(row[4]) for row in levers[:-1]) == dollars(levers[-1][4])
    assert dollars(levers[-1][6]) == dollars(statement[-1][3])
    days = tables["t-daily"][1:]
    assert sum(dollars(row[2]) for row in days[:-1]) == dollars(days[-1][2])
    assert dollars(days[-1][2]) == dollars(statement[-1][2])


@pytest.mark.parametrize("state", STATES)
def test_a_line_that_does_not_change_shows_no_change(state: str) -> None:
    audit = STATES[state]()
    same = {
        str(row["use_case"])
        for row in audit.tables["statement"].records()
        if row["savings"] == 0 and row["kind"] == "work"
    } - {str(r["use_case"]) for r in audit.tables["statement"].records() if r["savings"]}
    rows = {row[0]: row for row in Page(html.render(view(audit))).tables.get("t-statement", [])}
    for use_case in same & rows.keys():
        assert dollars(rows[use_case][4]) == 0


def test_no_line_shows_a_saving_above_its_cost_by_rounding() -> None:
    lines = [
        Line(title="", group="", requests=1, actual=D(a), right_sized=D(b))
        for a, b in (("0.45", "0"), ("0.45", "0"), ("0.45", "0"), ("8.65", "8.20"))
    ]
    shown = displayed(lines, D(10), D(2), 0)
    assert sum(x.shown_actual for x in shown) == 10
    assert sum(x.change for x in shown) == -2
    assert all(x.shown_right_sized >= 0 for x in shown)


def test_the_flow_adds_up_by_column() -> None:
    rows = [[cell.replace(",", "").replace("none", "0") for cell in row[1:]]
            for row in Page(page()).tables["t-flow"][1:]]  # fmt: skip
    columns = list(zip(*rows, strict=True))
    assert all(sum(map(int, column[:-1])) == int(column[-1]) for column in columns)


def test_every_row_of_every_file_is_accounted_for() -> None:
    for row in Page(page()).tables["t-sources"][1:]:
        read, loaded, duplicates, rejected, ignored = (
            int(cell.replace(",", "")) for cell in row[2:7]
        )
        assert read == loaded + duplicates + rejected + ignored


def test_the_four_figures_are_the_facts() -> None:
    made = view(month())
    facts = ("cost.contracted", "cost.after_headline", "savings.headline")
    for figure, key in zip(made.figures, facts, strict=False):
        amount = month().money(key)
        assert amount is not None
        assert dollars(figure.number) == amount.quantize(D(1))
    assert made.figures[3].number == "$0.0236"
