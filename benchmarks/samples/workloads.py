"""What the company uses models for: sixteen kinds of work, how much of it, and on what models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Mix = tuple[tuple[str, int], ...]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """One use case: calls of a working day, the models' shares, and the size of its calls."""

    name: str
    team: str
    per_day: int
    models: Mix
    # Tokens that the stored text does not show; None when the text is the whole prompt.
    context: Span | None
    answer: Span
    # The start of every prompt, the same each time: what a provider's cache may keep.
    prefix: int = 0
    reasoning: Span | None = None
    effort: str | None = None
    tools: tuple[str, ...] = ()
    schema: bool = False
    cap: int | None = None
    # Per thousand calls: the same request again, answered by the gateway's cache or not.
    repeats: int = 0
    gateway_cache: bool = False
    decision: str | None = None
    # A person waits for the answer.
    people: bool = False
    operation: str = "acompletion"


DEVELOPMENT: Final[Mix] = (("gpt-4o-2024-08-06", 5), ("gpt-4.1-mini", 4), ("gpt-5.4-nano", 1))

OPUS: Final = "claude-opus-4-8"
SONNET: Final = "claude-sonnet-4-6"
HAIKU: Final = "claude-haiku-4-5-20251001"
FLASH: Final = "gemini-3.5-flash"
LITE: Final = "gemini-3.1-flash-lite"

WORKLOADS: Final = (
    Workload(
        name="email-classification", team="Customer Service", per_day=142,
        models=(("gpt-5.5", 68), ("gpt-5.4", 18), ("gpt-5.4-mini", 10), (LITE, 4)),
        context=(20_000, 150_000), answer=(6, 40), prefix=2_200, cap=2_000, repeats=14,
        gateway_cache=True, reasoning=(60, 1_100),
    ),
    Workload(
        name="ticket-routing", team="Customer Service", per_day=102,
        models=(("gpt-5.5", 80), (SONNET, 12), (HAIKU, 8)),
        context=(20_000, 144_000), answer=(12, 60), prefix=3_000, schema=True, repeats=6,
        reasoning=(80, 1_300),
    ),
    Workload(
        name="ticket-summaries", team="Customer Service", per_day=92,
        models=((OPUS, 66), (SONNET, 20), (HAIKU, 8), (FLASH, 6)),
        context=(36_000, 189_000), answer=(120, 420), prefix=1_800, cap=600,
    ),
    Workload(
        name="invoice-extraction", team="Finance Operations", per_day=86,
        models=(("gpt-5.4", 74), ("gpt-5.4-mini", 16), (SONNET, 10)),
        context=(20_000, 180_000), answer=(180, 1_100), prefix=2_600, schema=True, decision="inv",
    ),
    Workload(
        name="customs-document-qa", team="Customs", per_day=84,
        models=(("gpt-5.5", 48), (SONNET, 28), (OPUS, 24)),
        context=(120_000, 191_000), answer=(80, 320), prefix=1_600, decision="dec", people=True,
    ),
    Workload(
        name="customer-reply-drafts", team="Customer Service", per_day=68,
        models=(("gpt-5.4", 48), (SONNET, 32), (FLASH, 20)),
        context=(10_000, 84_000), answer=(140, 380), prefix=2_400, people=True,
    ),
    Workload(
        name="contract-review", team="Legal", per_day=28,
        models=((OPUS, 78), ("gpt-5.5", 22)),
        context=(90_000, 190_000), answer=(1_200, 3_800), reasoning=(600, 2_400), effort="high",
        decision="ctr", people=True,
    ),
    Workload(
        name="route-planning", team="Network Planning", per_day=36,
        models=(("gpt-5.5", 70), (OPUS, 30)),
        context=(30_000, 170_000), answer=(1_400, 3_600), reasoning=(2_500, 9_000), effort="high",
        prefix=4_000, decision="plan",
    ),
    Workload(
        name="code-review", team="Engineering", per_day=52,
        models=((OPUS, 52), (SONNET, 30), ("gpt-5.4", 18)),
        context=(36_000, 180_000), answer=(500, 2_200), prefix=9_000, people=True,
    ),
    Workload(
        name="research-agent", team="Network Planning", per_day=5,
        models=((OPUS, 60), ("gpt-5.5", 40)),
        context=(9_000, 22_000), answer=(60, 420), reasoning=(40, 400), effort="medium",
        tools=(
            "search_tariffs", "search_news", "read_page", "lane_statistics", "calculator", "notes",
        ),
        decision="brief",
    ),
    Workload(
        name="sentiment-monitor", team="Marketing", per_day=72, models=(("gpt-5.4", 100),),
        context=(64_000, 160_000), answer=(300, 900), prefix=900,
    ),
    Workload(
        name="marketing-copy", team="Marketing", per_day=22,
        models=((OPUS, 55), ("gpt-5.5", 30), (FLASH, 15)),
        context=None, answer=(250, 1_400), people=True,
    ),
    Workload(
        name="data-analyst-sql", team="Data", per_day=30,
        models=(("gpt-5.4", 55), (SONNET, 45)),
        context=(28_000, 120_000), answer=(90, 520), prefix=14_000, repeats=25, people=True,
    ),
    Workload(
        name="translation-rewrite", team="Operations", per_day=56,
        models=(("gpt-5.4", 44), (FLASH, 34), (LITE, 22)),
        context=(1_200, 15_000), answer=(300, 5_200), repeats=18, gateway_cache=True, people=True,
    ),
    Workload(
        name="search-embeddings", team="Data", per_day=44,
        models=(("text-embedding-3-small", 100),),
        context=None, answer=(0, 0), repeats=10, gateway_cache=True,
        operation="aembedding",
    ),
    Workload(
        name="untagged", team="", per_day=10,
        models=(("gpt-5.5", 60), (OPUS, 20), ("gpt-4o-2024-08-06", 20)),
        context=None, answer=(60, 700), people=True,
    ),
)  # fmt: skip
BY_NAME: Final = {workload.name: workload for workload in WORKLOADS}
