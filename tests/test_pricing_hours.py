"""Hours at which a model is cheaper: windows of the week in UTC, for single requests only."""

from __future__ import annotations

import io
import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from priced import call, costed, dollars

from aiaudit import pricing
from aiaudit.engine import Engine
from aiaudit.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent / "pricing/meters"


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        pricing.install(engine, pricing.load(base=HERE))
        yield engine


@pytest.fixture(scope="module")
def shipped() -> Iterator[Engine]:
    with Engine() as engine:
        pricing.install(engine, pricing.load())
        yield engine


def one(engine: Engine, model: str, **changes: Any) -> tuple[Decimal | None, str | None]:  # noqa: ANN401  # columns of several types
    row = costed(engine, call(offering=f"acme/{model}", **changes))[0]
    return dollars(row), row["reason"]


@pytest.mark.parametrize(
    ("model", "at", "cheap"),
    [
        ("sleeper", "2025-09-05T22:59:59.999999", False),  # a Friday
        ("sleeper", "2025-09-05T23:00:00", True),
        ("sleeper", "2025-09-06T00:59:59", True),
        ("sleeper", "2025-09-06T01:00:00", False),
        ("sleeper", "2025-09-05T00:30:00", False),  # Thursday night has no window
        ("sleeper", "2025-09-06T23:30:00", False),
        ("sleeper", "2025-09-07T23:00:00", True),
        ("sleeper", "2025-09-08T00:59:59", True),  # from Sunday into the next week
        ("sleeper", "2025-09-08T01:00:00", False),
        ("sleeper", "2025-09-03T00:00:00", True),
        ("sleeper", "2025-09-03T23:59:59", True),
        ("sleeper", "2025-09-04T00:00:00", False),
        ("nightly", "2025-09-03T16:29:59", False),
        ("nightly", "2025-09-03T16:30:00", True),
        ("nightly", "2025-09-04T00:29:59", True),
        ("nightly", "2025-09-04T00:30:00", False),
    ],
)
def test_a_window_belongs_to_the_day_on_which_it_begins(
    engine: Engine, model: str, at: str, *, cheap: bool
) -> None:
    when = {"started_at": datetime.fromisoformat(at), "input_uncached": 1_000_000}
    assert one(engine, model, **when) == (Decimal(1 if cheap else 2), None)
    # Several requests have no hour: the peak rate is an upper bound.
    assert one(engine, model, requests=2, **when) == (Decimal(2), None)
    assert one(engine, model, requests=None, **when) == (Decimal(2), None)


def test_hours_leave_other_modes_alone_and_regions_multiply_them(engine: Engine) -> None:
    night = {"started_at": datetime(2025, 9, 3, 5), "input_uncached": 1_000_000}  # noqa: DTZ001
    assert one(engine, "sleeper", rate_class="batch", **night) == (Decimal("1.5"), None)
    assert one(engine, "sleeper", region="EU", **night) == (Decimal("1.1"), None)
    assert one(engine, "sleeper", region="mars", **night) == (Decimal(1), None)


def test_an_hour_that_cannot_be_known_is_said(engine: Engine) -> None:
    line = {"provider": "acme", "model": "nightly", "timestamp": "2025-09-03T17:00:00Z"}
    asked = [line | {"usage": {"input_uncached": 10, "output": 0}, "requests": n} for n in (1, 2)]
    data = io.BytesIO("\n".join(map(json.dumps, asked)).encode())
    answers = [json.loads(a) for a in pricing.quotes(engine, pricing.batches(None, data))]
    assert [(a["list_cost"], a["sku_price_id"].rpartition("@")[2]) for a in answers] == [
        ("0.000010000000", "2025-01-01/standard/off-peak"),
        ("0.000020000000", "2025-01-01/standard"),
    ]
    assert "an upper bound" in " ".join(answers[1]["notes"])
    assert "bound" not in " ".join(answers[0]["notes"])


@pytest.mark.parametrize(
    ("off_peak", "mistake"),
    [
        (
            '{windows: [{from: "16:31", until: "18:00"}], rates: {input: 1}}',
            "'16:31' is no quarter",
        ),
        (
            '{windows: [{from: "24:15", until: "18:00"}], rates: {input: 1}}',
            "'24:15' is no quarter",
        ),
        ('{windows: [{from: "08:00", until: "08:00"}], rates: {input: 1}}', "ends at another time"),
        ('{windows: [{weekdays: [noday], from: "08:00", until: "09:00"}], rates: {}}', "'noday'"),
        ("{windows: [], rates: {input: 1}}", "no window"),
        ('{windows: [{from: "01:00", until: "02:00"}]}', "'rates' is missing"),
        (
            '{windows: [{from: "01:00", until: "02:00"}], rates: {}}, long_context: {above: 9}',
            "beside long context",
        ),
    ],
)
def test_hours_that_make_no_sense_are_refused(tmp_path: Path, off_peak: str, mistake: str) -> None:
    price = f"{{from: 2025-01-01, rates: {{input: 2}}, off_peak: {off_peak}}}"
    sheet = f"schema: 1\nprovider: acme\nmodels:\n  - id: x\n    prices: [{price}]\n"
    (tmp_path / "acme.yaml").write_text(sheet, "utf-8")
    (tmp_path / "tiers.yaml").write_text((HERE / "tiers.yaml").read_text("utf-8"), "utf-8")
    with pytest.raises(CatalogueError, match=mistake):
        pricing.load(base=tmp_path)


@pytest.mark.parametrize(
    ("model", "at", "cost"),
    [
        # A thousand tokens in, a thousand out; the dear rates and the cheap ones by hand.
        ("deepseek-chat", "2025-02-20T20:00:00Z", "0.001370000000"),
        ("deepseek-chat", "2025-03-03T16:29:59Z", "0.001370000000"),
        ("deepseek-chat", "2025-03-03T16:30:00Z", "0.000685000000"),
        ("deepseek-reasoner", "2025-03-04T00:29:59Z", "0.000685000000"),
        ("deepseek-reasoner", "2025-03-04T00:30:00Z", "0.002740000000"),
        ("deepseek-v4-flash", "2026-08-14T20:00:00Z", "0.000420000000"),
        ("deepseek-v4-flash", "2026-08-21T09:59:59Z", "0.001760000000"),
        ("deepseek-v4-flash", "2026-08-21T10:00:00Z", "0.000880000000"),
        ("deepseek-v4-flash", "2026-08-22T02:00:00Z", "0.000880000000"),
        ("deepseek-v4-pro", "2026-10-05T01:00:00Z", "0.005280000000"),
        ("deepseek-v4-pro", "2026-10-05T00:59:59Z", "0.002640000000"),
        ("deepseek-flash", "2026-10-05T05:00:00Z", "0.000750000000"),
    ],
)
def test_the_vendor_with_night_rates_is_priced_by_the_hour(
    shipped: Engine, model: str, at: str, cost: str
) -> None:
    usage = {"prompt_tokens": 1000, "completion_tokens": 1000}
    line = {"provider": "deepseek", "model": model, "timestamp": at, "usage": usage}
    lines = pricing.batches(None, io.BytesIO(json.dumps(line).encode()))
    assert [json.loads(a)["list_cost"] for a in pricing.quotes(shipped, lines)] == [cost]
