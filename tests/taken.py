"""Take files in and look at every table that intake leaves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import Mock, patch

import pytest

from aiaudit import intake, pricing
from aiaudit.engine import Engine
from aiaudit.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

SHARED: Final = Path(__file__).parents[1].parent / "shared"
TABLES: Final = ("sources", "rejects", "duplicates", "calls", "charges", "metering")
COUNTERS: Final = (
    "requests", "input_uncached", "cache_read", "cache_write_5m", "cache_write_1h", "output",
    "web_searches",
)  # fmt: skip

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not here")


@dataclass(frozen=True)
class Taken:
    """The tables of an intake, as lists of rows."""

    tables: dict[str, list[dict[str, Any]]]
    intake: intake.Intake

    def __getitem__(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of a table."""
        return self.tables[table]

    @property
    def source(self) -> dict[str, Any]:
        """Return the only source."""
        (found,) = self["sources"]
        return found

    def reasons(self) -> dict[str, int]:
        """Return reason -> count over all sources."""
        found: dict[str, int] = {}
        for source in self["sources"]:
            for reason, count in json.loads(source["reasons"]).items():
                found[reason] = found.get(reason, 0) + count
        return found

    def total(self, table: str, column: str) -> Any:  # noqa: ANN401  # whatever the column adds up to
        """Return the sum of a column; None when nothing was measured."""
        known = [row[column] for row in self[table] if row[column] is not None]
        return sum(known) if known else None

    def totals(self) -> dict[str, Any]:
        """Return what a user sees: every counter, the stated cost and what was billed."""
        calls = {name: self.total("calls", name) for name in (*COUNTERS, "stated_cost")}
        return calls | {"billed": self.total("charges", "billed_cost")}


def identify(engine: Engine, source: str) -> None:
    """Stand in for the catalogue: every named model is the offering `provider/model`."""
    engine.create(
        "identified",
        "SELECT provider, model_raw, CAST(NULL AS TIMESTAMP) AS valid_from,"
        " CAST(NULL AS TIMESTAMP) AS valid_to, concat(provider, '/', model_raw) AS offering,"
        " model_raw AS model, provider AS billing_provider"
        f" FROM (SELECT DISTINCT provider, model_raw FROM {source}) WHERE model_raw IS NOT NULL",
    )


def take(
    tmp: Path,
    *inputs: Path,
    database: Path | None = None,
    **chosen: Any,  # noqa: ANN401  # settings of any kind
) -> Taken:
    """Take inputs in, with settings by name; what is read is kept only beside a database."""
    settings = Settings(inputs=inputs, output=tmp / "out", **chosen)
    prices = Mock(spec=pricing.Catalogue)
    with (
        patch.object(pricing, "identify", identify),
        patch.object(pricing, "install"),
        Engine(database, inputs=intake.readable(settings)) as engine,
    ):
        found = intake.take_in(engine, settings, prices, lambda _done, _total: None)
        tables = {name: engine.rows(f"SELECT * FROM {name}") for name in TABLES}
    assert not (tmp / "out" / ".intake").exists(), "a copy was left behind"
    for source in tables["sources"]:
        parts = ("loaded", "duplicates", "rejected", "ignored")
        assert source["rows_read"] == sum(source[part] for part in parts)
    return Taken(tables, found)


def written(path: Path, content: str | bytes | Iterable[Any]) -> Path:
    """Write text, bytes, or records as JSON lines; return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif isinstance(content, str):
        path.write_bytes(content.encode())
    else:
        path.write_text("".join(json.dumps(record) + "\n" for record in content), "utf-8")
    return path


def call(number: int = 1, **changes: Any) -> dict[str, Any]:  # noqa: ANN401  # any field
    """Return a spend-log record; every number is another call."""
    return {
        "request_id": f"call-{number}",
        "call_type": "acompletion",
        "spend": 0.001,
        "startTime": f"2025-11-03T08:{number % 60:02}:00Z",
        "endTime": f"2025-11-03T08:{number % 60:02}:01Z",
        "model": "gpt-4o-2024-08-06",
        "custom_llm_provider": "openai",
        "prompt_tokens": 100 * number,
        "completion_tokens": 10 * number,
        "status": "success",
    } | changes


def bucket(day: int = 3, hours: int = 24, start: int = 0, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a bucket of the OpenAI usage export with one result, on a day of November 2025."""
    begin = 1_762_128_000 + (day - 3) * 86_400 + start * 3_600
    result = {
        "object": "organization.usage.completions.result",
        "input_tokens": 1000,
        "input_cached_tokens": 0,
        "output_tokens": 100,
        "num_model_requests": 5,
        "project_id": None,
        "model": "gpt-4o-2024-08-06",
        "batch": False,
        "service_tier": "default",
    } | changes
    return {
        "object": "bucket",
        "start_time": begin,
        "end_time": begin + hours * 3_600,
        "results": [result],
    }


def lines(records: list[dict[str, Any]]) -> bytes:
    """Return records as JSON lines."""
    return "".join(json.dumps(record) + "\n" for record in records).encode()
