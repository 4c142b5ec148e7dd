"""What it takes to price a million calls, beside copying them and beside one call at a time.

The copy is `CREATE TABLE AS SELECT call_id, offering, output` in the same process, in turns with
the costing. The calls have five meters, twenty models and eight months; one of 500 is long.
"""

from __future__ import annotations

import resource
import sys
from datetime import UTC, datetime
from itertools import cycle
from statistics import median

import genai_prices

from aiaudit import pricing
from aiaudit.engine import Engine
from aiaudit.schema import METERS, TOKENS

CALLS = 1_000_000
SINGLE_CALLS = 3_000
SINGLE_MODELS = (
    ("openai", "gpt-5"),
    ("openai", "gpt-4o-mini"),
    ("anthropic", "claude-sonnet-4-5"),
    ("google", "gemini-2.5-flash"),
)
TURNS = 7
BAR_COPIES = 8.0
BAR_SINGLE = 300.0

MODELS = (
    "openai/gpt-4o",
    "openai/gpt-4o-mini",
    "openai/gpt-4.1",
    "openai/gpt-4.1-mini",
    "openai/gpt-5",
    "openai/gpt-5-mini",
    "openai/gpt-5-nano",
    "openai/o3",
    "anthropic/claude-haiku-4-5",
    "anthropic/claude-sonnet-4-5",
    "anthropic/claude-opus-4-5",
    "google/gemini-2.5-flash",
    "google/gemini-2.5-flash-lite",
    "google/gemini-2.5-pro",
    "azure/gpt-4o",
    "azure/gpt-4o-mini",
    "vertex/gemini-2.5-flash",
    "mistral/mistral-medium-2508",
    "groq/openai/gpt-oss-120b",
    "xai/grok-4-0709",
)
MADE = f"""
CREATE TABLE made AS
SELECT
    i AS call_id,
    [{", ".join(f"'{model}'" for model in MODELS)}][1 + (i * 7919) % {len(MODELS)}] AS offering,
    TIMESTAMP '2026-01-01' + to_seconds(CAST(i * 20 AS BIGINT)) AS started_at,
    CAST(NULL AS VARCHAR) AS rate_class,
    CAST(NULL AS VARCHAR) AS region,
    CAST(1 AS BIGINT) AS requests,
    (i * 31) % 5000 + CASE WHEN i % 500 = 0 THEN 250000 ELSE 0 END AS input_uncached,
    (i * 17) % 3000 AS cache_read,
    (i * 13) % 100 AS cache_write_5m,
    (i * 7) % 50 AS cache_write_1h,
    (i * 11) % 900 AS output,
    {", ".join(f"CAST(NULL AS BIGINT) AS {meter}" for meter in METERS if meter not in TOKENS)},
    CAST(NULL AS BOOLEAN) AS billable,
    CAST(NULL AS VARCHAR) AS invalid
FROM range({CALLS}) AS r (i)
"""


def cpu() -> float:
    """Return the CPU seconds of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def whole(engine: Engine) -> tuple[float, float]:
    """Return the CPU seconds of a copy and of a costing, the median of several turns."""
    copies, costs = [], []
    for _ in range(TURNS):
        started = cpu()
        engine.run("CREATE OR REPLACE TABLE copied AS SELECT call_id, offering, output FROM made")
        copied = cpu()
        pricing.cost(engine, "made", into="costed", temporary=False)
        copies.append(copied - started)
        costs.append(cpu() - copied)
    return median(copies), median(costs)


def single() -> float:
    """Return the CPU seconds that genai-prices takes for one call, its provider given."""
    usage = genai_prices.Usage(input_tokens=5000, cache_read_tokens=3000, output_tokens=500)
    at = datetime(2026, 3, 1, tzinfo=UTC)
    started = cpu()
    for (provider, model), _ in zip(cycle(SINGLE_MODELS), range(SINGLE_CALLS), strict=False):
        genai_prices.calc_price(usage, model, provider_id=provider, genai_request_timestamp=at)
    return (cpu() - started) / SINGLE_CALLS


def main() -> int:
    """Print what it took, and say whether the bars hold."""
    with Engine() as engine:
        pricing.install(engine, pricing.load())
        engine.run(MADE)
        copy, cost = whole(engine)
        unpriced = engine.value("SELECT count(*) FROM costed WHERE status <> 'priced'")
    ratio = single() * CALLS / cost
    print(f"copy of three columns     {copy:8.3f} CPU s")
    print(f"costing                   {cost:8.3f} CPU s, {unpriced} of {CALLS:,} unpriced")
    print(f"costing / copy            {cost / copy:8.1f}, bar {BAR_COPIES}")
    print(f"genai-prices / costing    {ratio:8.0f} per call, bar {BAR_SINGLE:.0f}")
    return 0 if not unpriced and cost <= BAR_COPIES * copy and ratio >= BAR_SINGLE else 1


if __name__ == "__main__":
    sys.exit(main())
