"""The shared samples have the totals that were worked out from their texts by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from taken import SHARED, Taken, needs_shared, take

if TYPE_CHECKING:
    from pathlib import Path

EXPECTED: Final = SHARED / "data" / "provider_exports" / "EXPECTED.json"


def check(taken: Taken, expected: dict[str, Any]) -> None:
    totals = taken.totals()
    for name, count in expected.get("tokens", {}).items():
        assert (totals[name] or 0) == count
    if "requests" in expected:
        assert totals["requests"] == expected["requests"]
    for name, (least, most) in expected.get("ranges", {}).items():
        parts = ("input_uncached", "cache_read", "cache_write_5m", "cache_write_1h")
        found = sum(totals[part] or 0 for part in parts) if name == "input" else totals[name]
        assert least <= found <= most
    if "billed" in expected:
        assert (totals["billed"] or 0) in {Decimal(amount) for amount in expected["billed"]}
    if "rows" in expected:
        assert taken.source["rows_read"] in _list(expected["rows"])


def _list(value: Any) -> list[int]:  # noqa: ANN401  # a number or a list of them
    return value if isinstance(value, list) else [value]


@needs_shared
def test_the_shared_samples_have_their_expected_totals(tmp_path: Path) -> None:
    later = {
        "anthropic/api_claude_code_analytics.synthetic.json",
        "anthropic/message_batch_results.synthetic.jsonl",
    }
    files = json.loads(EXPECTED.read_text("utf-8"))["files"]
    ours = [name for name in files if name.startswith(("openai/", "anthropic/"))]
    assert len(ours) > 20
    for name in sorted(set(ours) - later):
        check(take(tmp_path, EXPECTED.parent / name), files[name])


@needs_shared
def test_the_gateways_own_samples_are_one_call_each(tmp_path: Path) -> None:
    folder = SHARED / "data" / "request_logs" / "litellm"
    for name in ("spend_logs_payload.json", "standard_logging_payload.json"):
        totals = take(tmp_path, folder / name).totals()
        assert (totals["input_uncached"], totals["output"]) == (10, 20)
        assert totals["stated_cost"] == Decimal("0.000225")
