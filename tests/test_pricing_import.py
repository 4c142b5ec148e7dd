"""`aiaudit pricing import`: a public price file becomes a diff that a person reviews."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from patched import apply
from proposing import catalogue, entry, proposed, rates

from aiaudit import pricing

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Program


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return catalogue(tmp_path)


def test_a_price_that_differs_ends_ours_and_follows_it(program: Program, folder: Path) -> None:
    diff, told = proposed(program, folder, {"gpt-x": entry(output_cost_per_token=8e-06)})
    assert told == "     1 changed\n"
    assert (
        diff
        == """\
--- a/pricing/openai.yaml
+++ b/pricing/openai.yaml
@@ -5,12 +5,19 @@
   - id: gpt-x
     prices:
       - from: 2025-01-01
-        until: null  # still holds
+        until: 2025-06-01  # still holds
         recorded: 2025-01-01
         source: seen
         rates: {input: 1, output: 4}
         modes:
           batch: {input: 0.5, output: 2}
+      # check: output was 4
+      - from: 2025-06-01
+        until: null
+        recorded: 2025-06-01
+        source: "LiteLLM price file of 2025-06-01"
+        confidence: catalogue
+        rates: {input: 1, output: 8}
   - id: gpt-y
     prices:
       - from: 2025-01-01
"""
    )
    apply(diff, folder / "sheets")
    assert rates(folder, "openai/gpt-x", 0) == {"input": Decimal(1), "output": Decimal(4)}
    assert rates(folder, "openai/gpt-x") == {"input": Decimal(1), "output": Decimal(8)}


def test_a_new_model_is_taken_over_with_all_its_terms(program: Program, folder: Path) -> None:
    new = entry(
        max_input_tokens=1000,
        deprecation_date="2027-01-31",
        regional_processing_uplift_multiplier_eu=1.1,
        cache_read_input_token_cost=1e-07,
        input_cost_per_token_above_200k_tokens=2e-06,
        input_cost_per_token_batches=5e-07,
        output_cost_per_token_batches=2e-06,
        search_context_cost_per_query={"search_context_size_medium": 0.01},
    )
    changed = entry(input_cost_per_token=2e-06, output_cost_per_token=9e-06)
    diff, told = proposed(program, folder, {"gpt-new": new, "gpt-y": changed, "gpt-x": entry()})
    assert told == "     1 changed\n     1 equal\n     1 new\n"
    apply(diff, folder / "sheets")
    model = pricing.load(base=folder / "sheets").offerings["openai/gpt-new"]
    price = model.prices[0]
    assert (model.context, price.above, price.confidence) == (1000, 200_000, "catalogue")
    assert price.standard.rates["cache_read"] == Decimal("0.1")
    assert price.standard.long == {
        "input": Decimal(2), "output": Decimal(4), "cache_read": Decimal("0.1"),
    }  # fmt: skip
    assert price.modes["batch"].rates == {"input": Decimal("0.5"), "output": Decimal(2)}
    assert price.fees == {"web_searches": Decimal("0.01")}
    assert price.regions == {"eu": Decimal("1.1")}
    assert str(model.retired) == "2027-01-31 00:00:00"
    assert rates(folder, "openai/gpt-y")["output"] == Decimal(9)


TRAPS: dict[str, tuple[dict[str, Any], str]] = {
    "a copied write": (
        {"input_cost_per_token": 8e-07, "cache_creation_input_token_cost_above_1hr": 6e-06},
        "cache_write_1h 6 is not twice input 0.8",
    ),
    "nothing": ({"output_cost_per_token": 0.0}, "output is 0 but the model is not marked free"),
    "swapped": ({"output_cost_per_token": 5e-07}, "output 0.5 is below input 1"),
    "cents": ({"input_cost_per_token": 2e-03}, "input is 2000 per million tokens; are these"),
    "characters": (
        {"input_cost_per_character": 1e-07},
        "the file also states input_cost_per_character, which is not taken over",
    ),
    "a word of a provider": (
        {"provider_specific_entry": {"us": 1.1}},
        "the file also states provider_specific_entry, which is not taken over",
    ),
    "a read above input": (
        {"cache_read_input_token_cost": 2e-06}, "cache_read 2 is above input 1",
    ),
    "hours": (
        {"off_peak_pricing": {"windows": []}},
        "the file also states off_peak_pricing, which is not taken over",
    ),
    "two thresholds": (
        {"input_cost_per_token_above_128k_tokens": 2e-06,
         "input_cost_per_token_above_200k_tokens": 3e-06, "output_cost_per_token": 4e-06},
        "a second threshold, 200k tokens, is not taken over",
    ),
    "a negative rate": ({"cache_read_input_token_cost": -1e-07}, "is not taken over"),
    "a word for a rate": ({"cache_read_input_token_cost": "NaN"}, "is not taken over"),
}  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_what_looks_wrong_carries_a_comment(program: Program, folder: Path, trap: str) -> None:
    fields, words = TRAPS[trap]
    diff, _ = proposed(program, folder, {"gpt-new": entry(**fields)})
    assert any(line.startswith("+      # check: ") and words in line for line in diff.split("\n"))
    apply(diff, folder / "sheets")
    assert "openai/gpt-new" in pricing.load(base=folder / "sheets").offerings


def test_what_is_not_ours_to_price_is_counted(program: Program, folder: Path) -> None:
    content = {
        "sample_spec": entry(),
        "gpt-x": entry(),
        "OpenAI/GPT-X": entry(output_cost_per_token=9),
        "gpt-z": entry(),
        "claude-x": entry(litellm_provider="anthropic"),
        "dall-e-9": {"litellm_provider": "openai", "mode": "image_generation"},
    }
    diff, told = proposed(program, folder, content)
    assert diff == ""
    assert sorted(line.strip() for line in told.splitlines()) == [
        "1 equal", "1 not priced by token", "1 of providers without a sheet",
        "1 read as another name (alias)",
    ]  # fmt: skip
    assert proposed(program, folder, content, "--provider", "claude") == (
        "", "     1 not priced by token\n     1 of providers without a sheet\n",
    )  # fmt: skip
