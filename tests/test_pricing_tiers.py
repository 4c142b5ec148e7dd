"""Tiers and the assumptions about them are data, each with its source."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from aiaudit import pricing
from aiaudit.errors import CatalogueError

BASE = Path(__file__).parent / "pricing" / "catalogue"


def test_tiers_say_what_they_rest_on() -> None:
    tiers = pricing.load(base=BASE).tiers
    assert tiers.order == ("micro", "efficient", "capable", "frontier")
    assert tiers.needs["extraction"] == "micro"
    assert tiers.families["summarise"] == "efficient"
    assert (tiers.raises[0].when, tiers.raises[0].above, tiers.raises[0].cap) == (
        "complexity",
        60,
        "capable",
    )
    assert tiers.harm == {"structured": (Decimal("0.01"), Decimal("0.15"))}
    assert tiers.trust["hand_rule"] == Decimal("0.50")
    assert tiers.harm_budget == Decimal("0.05")
    assert (tiers.router.input_tokens, tiers.router.output_tokens) == (1000, 16)
    assert tiers.sources["trust.rule"] == "your assertion"


def test_another_tier_scheme_is_only_data(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(BASE, tmp_path / "copy"))
    sheet = copy / "tiers.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("[micro,", "[cache, micro,"), "utf-8")
    assert pricing.load(base=copy).tiers.order[0] == "cache"
    sheet.write_text(sheet.read_text("utf-8").replace("tier: capable", "tier: large"), "utf-8")
    with pytest.raises(CatalogueError, match=r"tiers\.yaml:4: 'large' is none of cache, micro"):
        pricing.load(base=copy)
