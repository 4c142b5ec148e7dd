"""A catalogue that is wrong is refused with every mistake at once; one that is right is exact."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aiaudit import pricing
from aiaudit.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent / "pricing"
BASE = HERE / "catalogue"


@pytest.fixture
def overlay(tmp_path: Path) -> Callable[..., pricing.Catalogue]:
    """Return a function that loads the catalogue under an overlay of these texts."""

    def load(*texts: str) -> pricing.Catalogue:
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.yaml").write_text(text, "utf-8")
        return pricing.load(overlays=[tmp_path], base=BASE)

    return load


def refusal(overlay: Callable[..., pricing.Catalogue], *texts: str) -> list[str]:
    with pytest.raises(CatalogueError) as raised:
        overlay(*texts)
    return str(raised.value).splitlines()


def test_the_version_is_the_newest_record_and_the_digest_covers_every_file(
    tmp_path: Path,
) -> None:
    catalogue = pricing.load(base=BASE)
    assert (catalogue.version, catalogue.date) == ("2026-04-16", "2026-04-16")
    assert not catalogue.overlay
    copy = Path(shutil.copytree(BASE, tmp_path / "copy"))
    assert pricing.load(base=copy).sha256 == catalogue.sha256
    with (copy / "azure.yaml").open("a") as sheet:
        sheet.write("# a remark\n")
    assert pricing.load(base=copy).sha256 != catalogue.sha256
    assert pricing.load([HERE / "overlay"], BASE).sha256 != catalogue.sha256
    assert pricing.load([HERE / "overlay"], BASE).overlay


def test_money_never_passes_through_a_float() -> None:
    price = pricing.load(base=BASE).offerings["openai/gpt-4o-mini"].prices[0]
    assert price.standard.rates == {
        "input": Decimal("0.15"),
        "output": Decimal("0.60"),
        "cache_read": Decimal("0.075"),
    }


MISTAKES = """\
provider: acme
curency: USD
models:
  - id: one
    context: many
    released: last year
    prices:
      - from: 2025-02-01
        until: 2025-01-01
        confidence: sure
        rates: {input: 1e-3, output: -1, cache: 3}
        modes: {batch: {input: .inf}, turbo: {input: 1}}
        fees: {web_search: {per: 1000}}
      - from: 2025-01-01T00:00:00
        rates: {input: 1, input: 2}
  - prices: []
aliases:
  - {match: "regex:(", to: one}
  - {match: uno, to: two}
"""


def test_every_mistake_is_named_with_its_line(
    overlay: Callable[..., pricing.Catalogue],
) -> None:
    assert refusal(overlay, MISTAKES) == [
        "0.yaml:2: unknown key 'curency'; did you mean 'currency'?",
        "0.yaml:6: 'last year' is neither a day (2026-01-31) nor a time with its zone",
        "0.yaml:5: 'many' is not an amount",
        "0.yaml:8: 'until' is not after 'from'",
        "0.yaml:10: 'sure' is none of confirmed, catalogue, inferred",
        "0.yaml:11: unknown key 'cache'; did you mean 'cache_read'?",
        "0.yaml:11: '1e-3' is not an amount",
        "0.yaml:11: '-1' is not an amount",
        "0.yaml:12: unknown key 'turbo'",
        "0.yaml:12: '.inf' is not an amount",
        "0.yaml:13: 'price' is missing",
        "0.yaml:14: '2025-01-01T00:00:00' has no zone; write it as 2026-01-31T00:00:00Z",
        "0.yaml:15: 'input' is given twice",
        "0.yaml:16: 'id' is missing",
        "0.yaml:18: '(' is not a regular expression",
        "0.yaml:16: acme/ has no price",
        "0.yaml:8: the price of acme/one overlaps that of 0.yaml:14",
        "0.yaml:19: alias of 'two', which acme does not have",
    ]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("[1, 2]", "0.yaml:1: expected keys with values here"),
        ("a: [", "0.yaml:2: not valid YAML"),
        ("", "0.yaml:1: the file is empty"),
        ("map: &a [*a]", "0.yaml:1: YAML anchors and deep nests are not supported here"),
        ("a: " + "[" * 30 + "]" * 30, "0.yaml:1: YAML anchors and deep nests are not"),
        ("commitments: [{id: x}]", "0.yaml:1: 'kind' is missing"),
        ("fx: {eur: 1.08}", "0.yaml:1: 'eur' is no currency to convert; write it as EUR"),
        ("models: [{id: x, prices: []}]", "0.yaml:1: 'provider' is missing beside 'models'"),
        ("provider: x", "0.yaml:1: a provider without 'models' or 'aliases' says nothing"),
        ("map: [{raw: a, to: gpt-4o}]", "0.yaml:1: 'gpt-4o' is not an offering; write it as"),
        ("discounts: [{provider: x, percent: 5}]", "0.yaml:1: no model of 'x' is '*'"),
        ("discounts: [{provider: openai, percent: 101}]", "a discount may not exceed 100 percent"),
        ("overrides: [{model: gpt-9, rates: {input: 1}}]", "'gpt-9' is not an offering"),
        ("overrides: [{model: gpt-4o, rates: {input: 1}}]", "'gpt-4o' is not an offering"),
        ("{provider: openai, schema: 2, models: []}", "schema 2 is not known"),
    ],
)
def test_an_overlay_that_says_something_else_is_refused(
    overlay: Callable[..., pricing.Catalogue], text: str, mistake: str
) -> None:
    assert any(mistake in line for line in refusal(overlay, text))


def test_an_empty_fx_is_fine_and_a_bare_name_does_where_one_provider_has_it(
    overlay: Callable[..., pricing.Catalogue],
) -> None:
    catalogue = overlay("fx: {}\noverrides: [{model: gpt-4o-mini, rates: {input: 1}}]")
    assert [override.offering for override in catalogue.overrides] == ["openai/gpt-4o-mini"]


def test_a_price_that_is_valid_twice_names_both_places(
    overlay: Callable[..., pricing.Catalogue],
) -> None:
    text = "{provider: openai, models: [{id: gpt-4o, prices: [{rates: {input: 1, output: 1}}]}]}"
    lines = refusal(overlay, text)
    assert lines[0] == "openai.yaml:18: the price of openai/gpt-4o overlaps that of 0.yaml:1"


def test_a_known_model_may_get_prices_but_no_new_description(
    overlay: Callable[..., pricing.Catalogue],
) -> None:
    early = "[{until: 2024-05-13, rates: {input: 9, output: 9}}]"
    text = f"{{provider: openai, models: [{{id: gpt-4o, prices: {early}}}]}}"
    assert len(overlay(text).offerings["openai/gpt-4o"].prices) == 4
    (line,) = refusal(overlay, text.replace("id: gpt-4o,", "id: gpt-4o, context: 5,"))
    assert "may not restate context" in line


def test_terms_that_meet_are_refused(overlay: Callable[..., pricing.Catalogue]) -> None:
    text = """\
discounts:
  - {provider: openai, percent: 5, from: 2025-01-01, until: 2026-01-01}
  - {provider: openai, models: "gpt-*", percent: 6, from: 2025-12-31}
  - {provider: openai, percent: 7, from: 2026-01-01, applies_to: [fees]}
overrides:
  - {model: openai/gpt-4o, from: 2025-01-01, rates: {input: 1}}
  - {model: openai/gpt-4o, from: 2026-01-01, rates: {input: 2}}
map:
  - {raw: a, to: openai/gpt-4o}
  - {raw: A, to: openai/gpt-4o-mini}
"""
    assert refusal(overlay, text) == [
        "0.yaml:10: 'a' is mapped in 0.yaml:9 already",
        "0.yaml:7: the rates of openai/gpt-4o overlap those of 0.yaml:6",
        "0.yaml:3: two discounts hold for openai/gpt-4o, also 0.yaml:2; state the one that applies",
    ]


def test_a_model_may_not_stand_in_two_sheets(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(BASE, tmp_path / "copy"))
    shutil.copy(copy / "azure.yaml", copy / "azure2.yaml")
    with pytest.raises(CatalogueError, match=r"azure/gpt-4o is also in azure\.yaml:6"):
        pricing.load(base=copy)


def test_a_catalogue_without_tiers_or_folder_is_refused(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(BASE, tmp_path / "copy"))
    (copy / "tiers.yaml").unlink()
    with pytest.raises(CatalogueError, match=r"tiers\.yaml is missing"):
        pricing.load(base=copy)
    with pytest.raises(CatalogueError, match="nowhere: no such folder of price sheets"):
        pricing.load([tmp_path / "nowhere"], BASE)
