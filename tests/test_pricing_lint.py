"""The mistakes that public price files have made are found in ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aiaudit import pricing
from aiaudit.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Callable

BASE = Path(__file__).parent / "pricing" / "catalogue"


@pytest.fixture
def overlay(tmp_path: Path) -> Callable[..., pricing.Catalogue]:
    """Return a function that loads the catalogue under an overlay of these texts."""

    def load(*texts: str) -> pricing.Catalogue:
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.yaml").write_text(text, "utf-8")
        return pricing.load(overlays=[tmp_path], base=BASE)

    return load


FAULTS = {
    "rates: {input: 1, output: 0}": "error: output is 0 but the model is not marked free",
    "rates: {input: 1}": "error: no output rate",
    "rates: {input: 1, output: 2, cache_read: 1.5}": "error: cache_read 1.5 is above input 1",
    "rates: {input: 1500, output: 1500}": (
        "error: input is 1500 per million tokens; are these cents?"
    ),
    "rates: {input: 2, output: 1}": "warning: output 1 is below input 2",
    "rates: {input: 1, output: 2, cache_read: 1}": "warning: cache_read equals input 1",
    "rates: {input: 0.8, output: 4, cache_write_1h: 6}": (
        "warning: cache_write_1h 6 is not twice input 0.8"
    ),
    "rates: {input: 5, output: 15, cache_write_5m: 2.5}": (
        "warning: cache_write_5m 2.5 is neither 1 nor 1.25 times input 5"
    ),
    "rates: {input: 1, output: 2}, modes: {batch: {input: 0.9, output: 1}}": (
        "warning: batch input 0.9 is 0.90 times standard"
    ),
    "rates: {input: 1, output: 2}, modes: {priority: {input: 0.5, output: 4}}": (
        "warning: priority input 0.5 is below standard 1"
    ),
    "rates: {input: 1, output: 2}, long_context: {above: 9, rates: {input: 0.5, output: 2}}": (
        "error: long input 0.5 is below base 1"
    ),
    "rates: {input: 1, output: 2}, modes: {flex: {input: 1.5, output: 2}}": (
        "warning: flex input 1.5 is above standard 1"
    ),
    "rates: {input: 1, output: 2}, modes: {batch: {input: 0, output: 1}}": (
        "error: batch input is 0 but the model is not marked free"
    ),
    "rates: {input: 1, output: 2}, modes: {flex: {input: 0.5, output: 1,"
    " long_context: {rates: {input: 0.4, output: 1}}}}, long_context: {above: 9, rates:"
    " {input: 2, output: 3}}": "error: long flex input 0.4 is below base 0.5",
    "rates: {input: 1, output: 2}, long_context: {above: 9, rates: {input: 2}}": (
        "error: long context lacks input or output"
    ),
    "rates: {input: 1, output: 2}, off_peak: {windows: [{from: '16:30', until: '18:30'}],"
    " rates: {input: 1.5, output: 2}}": "error: peak input 1 is below off-peak 1.5",
    "rates: {input: 1, output: 2}, regions: {us: {multiplier: 11}}": (
        "warning: the multiplier of us is 11"
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_public_catalogues_got_wrong_is_found(
    overlay: Callable[..., pricing.Catalogue], fault: str
) -> None:
    row = f"{{from: 2025-01-01, recorded: 2025-01-01, source: seen, {fault}}}"
    model = f"{{id: odd, capability: {{tier: micro}}, prices: [{row}]}}"
    findings = pricing.lint(overlay(f"{{provider: acme, models: [{model}]}}"))
    found = [f"{f.level}: {f.text}" for f in findings if f.place.startswith("0.yaml")]
    level, text = FAULTS[fault].split(": ", 1)
    assert f"{level}: acme/odd: {text}" in found


def test_a_leap_needs_a_source_and_a_gap_is_told(
    overlay: Callable[..., pricing.Catalogue],
) -> None:
    text = """\
provider: acme
models:
  - id: odd
    prices:
      - {from: 2025-01-01, until: 2025-02-01, rates: {input: 1, output: 9}}
      - {from: 2025-03-01, rates: {input: 6, output: 9}}
"""
    found = [f.text for f in pricing.lint(overlay(text)) if f.place.startswith("0.yaml")]
    assert found == [
        "acme/odd: input 1 to 6 needs a source",
        "acme/odd has no tier: its calls stay untiered",
        "acme/odd: no source or no recorded date",
        "acme/odd: no price between 0.yaml:5 and here",
        "acme/odd: no source or no recorded date",
    ]


def test_a_time_without_a_price_is_told(overlay: Callable[..., pricing.Catalogue]) -> None:
    rates = "recorded: 2025-01-01, source: seen, rates: {input: 1, output: 9}"
    text = f"""\
provider: acme
models:
  - id: odd
    released: 2025-01-01
    retired: 2026-01-01
    capability: {{tier: micro}}
    prices:
      - {{from: 2025-02-01, until: 2025-12-01, {rates}}}
  - id: even
    released: 2025-01-01
    capability: {{tier: micro}}
    prices:
      - {{from: 2025-01-01, until: 2025-12-01, {rates}}}
      - {{from: 2026-01-01, withdrawn: 2025-11-01, {rates}}}
"""
    found = [f"{f.place} {f.text}" for f in pricing.lint(overlay(text)) if "acme" in f.text]
    assert found == [
        "0.yaml:13 acme/even: its last price ends before it was retired",
        "0.yaml:8 acme/odd: its last price ends before it was retired",
        "0.yaml:8 acme/odd: released 2025-01-01, priced only later",
    ]


def test_overlapping_prices_and_names_that_lead_nowhere_stop_everything(
    overlay: Callable[..., pricing.Catalogue],
) -> None:
    text = """\
provider: acme
models:
  - id: odd
    prices:
      - {from: 2025-01-01, until: 2025-03-01, rates: {input: 1, output: 9}}
      - {from: 2025-02-01, rates: {input: 6, output: 9}}
aliases:
  - {match: strange, to: gone}
"""
    with pytest.raises(CatalogueError) as raised:
        overlay(text)
    assert str(raised.value).splitlines() == [
        "0.yaml:6: the price of acme/odd overlaps that of 0.yaml:5",
        "0.yaml:8: alias of 'gone', which acme does not have",
    ]


def test_the_shipped_catalogue_has_no_errors_and_knows_its_tiers() -> None:
    catalogue = pricing.load()
    assert [f.text for f in pricing.lint(catalogue) if f.level == "error"] == []
    assert len(catalogue.offerings) > 300
    assert catalogue.tiers.order == ("micro", "efficient", "capable", "frontier")
