"""A price that stands in the catalogue is ended or withdrawn, never edited, never removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aiaudit import pricing
from aiaudit.errors import CatalogueError
from aiaudit.pricing import digests
from aiaudit.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

BASE = Path(__file__).parent / "pricing" / "catalogue"

FIRST = """\
      - from: 2025-01-01
        until: null
        recorded: 2025-01-01
        source: seen
        rates: {input: 1, output: 2.50}
        modes: {batch: {input: 0.5, output: 1.25}}
"""
NEXT = (
    "      - {from: 2025-06-01, recorded: 2025-06-01, source: seen, rates: {input: 2, output: 5}}\n"
)


@pytest.fixture
def standing(tmp_path: Path) -> Callable[[str], list[digests.Digest]]:
    """Return a function that gives the digests of one model with these prices."""

    def load(prices: str) -> list[digests.Digest]:
        text = f"provider: acme\nmodels:\n  - id: odd one\n    prices:\n{prices}"
        (tmp_path / "acme.yaml").write_text(text, "utf-8")
        found = digests.digests(pricing.load([tmp_path], BASE))
        return [digest for digest in found if digest.interval.startswith("acme/")]

    return load


def test_nothing_in_the_shipped_catalogue_was_rewritten() -> None:
    """Run `python -m aiaudit.pricing.digests` after adding, ending or withdrawing a price."""
    record = digests.recorded((shipped("pricing") / digests.FILE).read_text("utf-8"))
    assert list(digests.broken(record, digests.digests(pricing.load()))) == []


def test_a_record_reads_as_it_was_written(standing: Callable[[str], list[digests.Digest]]) -> None:
    ended = FIRST.replace("null", "2025-06-01T12:00:00Z\n        withdrawn: 2025-07-01")
    found = standing(ended + NEXT)
    text = "".join(f"{digest}\n" for digest in found)
    assert digests.recorded(text) == found
    assert text.startswith("acme/odd one@2025-01-01 ")
    assert " until=2025-06-01T12:00:00 withdrawn=2025-07-01\n" in text
    with pytest.raises(CatalogueError, match=r"digests\.txt:1: no digest of a price"):
        digests.recorded("acme/odd\n")


SAME = {
    "the same amounts written otherwise": FIRST.replace("2.50", "2.5"),
    "another order of lines": FIRST.replace("input: 1, output: 2.50", "output: 2.50, input: 1"),
    "an end": FIRST.replace("null", "2025-06-01"),
    "a withdrawal": FIRST.replace(
        "        source", "        withdrawn: 2025-06-01\n        source"
    ),
    "a next price": FIRST.replace("null", "2025-06-01") + NEXT,
}


@pytest.mark.parametrize("change", SAME)
def test_a_price_may_be_ended_withdrawn_and_followed(
    standing: Callable[[str], list[digests.Digest]], change: str
) -> None:
    found = list(digests.broken(standing(FIRST), standing(SAME[change])))
    assert not [line for line in found if "edited" in line]


EDITED = {
    "a rate": FIRST.replace("input: 1,", "input: 1.01,"),
    "a rate of a mode": FIRST.replace("0.5", "0.6"),
    "a mode taken away": FIRST.replace("        modes: {batch: {input: 0.5, output: 1.25}}\n", ""),
    "a rate made unknown": FIRST.replace("output: 2.50", "output: null"),
    "the first day": FIRST.replace("from: 2025-01-01", "from: 2025-01-02"),
    "the source": FIRST.replace("seen", "heard"),
    "the day of record": FIRST.replace("recorded: 2025-01-01", "recorded: 2025-01-02"),
    "how sure it is": FIRST + "        confidence: confirmed\n",
    "a fee": FIRST + "        fees: {web_search: {per: 1000, price: 10}}\n",
    "all of it": NEXT,
}


@pytest.mark.parametrize("change", EDITED)
def test_an_edited_or_removed_price_is_refused(
    standing: Callable[[str], list[digests.Digest]], change: str
) -> None:
    found = list(digests.broken(standing(FIRST), standing(EDITED[change])))
    assert sum("edited or removed" in line for line in found) == 1


def test_an_end_and_a_withdrawal_are_said_once(
    standing: Callable[[str], list[digests.Digest]],
) -> None:
    ended = standing(FIRST.replace("null", "2025-06-01"))
    moved = standing(FIRST.replace("null", "2025-07-01"))
    assert "edited or removed" in next(iter(digests.broken(ended, moved)))
    assert "edited or removed" in next(iter(digests.broken(ended, standing(FIRST))))


def test_a_new_price_needs_a_digest(standing: Callable[[str], list[digests.Digest]]) -> None:
    both = standing(FIRST + NEXT.replace("2025-06-01,", "2026-06-01, withdrawn: 2026-06-02,", 1))
    found = list(digests.broken(standing(FIRST), both))
    assert len(found) == 1
    assert found[0].startswith("acme/odd one@2026-06-01 ")
    assert found[0].endswith("not on record; record it with: python -m aiaudit.pricing.digests")
    assert list(digests.broken(both, both)) == []


def test_recording_adds_lines_and_takes_none_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / digests.FILE).write_text(f"acme/gone@2024-01-01 {'0' * 16}\n", "utf-8")
    catalogue = pricing.load(base=BASE)
    monkeypatch.setattr(digests, "shipped", lambda _: tmp_path)
    monkeypatch.setattr(digests, "load", lambda: catalogue)
    digests.record()
    digests.record()
    lines = (tmp_path / digests.FILE).read_text("utf-8").splitlines()
    assert lines[0] == f"acme/gone@2024-01-01 {'0' * 16}"
    assert len(lines) == 1 + sum(len(o.prices) for o in catalogue.offerings.values())
    assert lines == sorted(lines)
