"""The article's company and its twin, from files to the policy scenario, to the dollar."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from aiaudit import audit, settings

sys.path.insert(0, str(Path(__file__).parent / "company"))
from article import ARTICLE, Company, twin, write


@pytest.fixture(scope="module", params=["article", "twin"])
def company(request: pytest.FixtureRequest) -> Company:
    return ARTICLE if request.param == "article" else twin()


def test_the_article_costs_what_it_says() -> None:
    assert (ARTICLE.cost(), ARTICLE.routed()) == (Decimal(34_000), Decimal(7_400))
    assert sum(w.calls for w in ARTICLE.work) == 50_000 * 30
    assert [w.calls * 100 // 1_500_000 for w in ARTICLE.work] == [45, 35, 15, 5]


def test_the_company_goes_through_the_audit_to_the_dollar(company: Company, tmp_path: Path) -> None:
    write(company, tmp_path)
    flags = settings.Flags(
        inputs=(tmp_path / "exports",),
        output=tmp_path / "out",
        overlays=(tmp_path / "prices",),
        formats=("json",),
    )
    chosen = settings.load(flags, config=tmp_path / "aiaudit.yaml")

    found = audit.run(chosen).audit

    assert found.count("requests.total") == sum(w.calls for w in company.work)
    assert found.money("cost.contracted") == company.cost()
    assert found.money("cost.right_sized") == company.routed()
    assert found.money("savings.total") == company.cost() - company.routed()
    needed = {
        row["use_case"]: row["cost_contracted"] for row in found.tables["statement"].records()
    }
    million = Decimal(1_000_000)
    assert needed == {w.use_case: w.tokens * Decimal(20) / million for w in company.work}
