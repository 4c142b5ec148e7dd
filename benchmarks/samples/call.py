"""One call of the sample month: who asked which model what, and what was counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .prices import Tokens, cost

if TYPE_CHECKING:
    from decimal import Decimal

    from .workloads import Workload

Message = dict[str, str]

_PROVIDERS: Final = (("claude", "anthropic"), ("gemini", "gemini"), ("azure/", "azure"))
# Milliseconds per answered token, by the beginning of the model's name.
_PACE: Final = (
    ("claude-opus", 19), ("claude-sonnet", 14), ("claude-haiku", 7), ("gpt-5.5", 15),
    ("gpt-5.4-", 6), ("gpt-5.4", 11), ("gpt-4", 10), ("gemini", 5), ("", 9),
)  # fmt: skip


def provider(model: str) -> str:
    """Return who bills for a model of this name."""
    return next((name for start, name in _PROVIDERS if model.startswith(start)), "openai")


@dataclass(frozen=True, slots=True)
class Error:
    """Why an attempt failed; `billed` when the provider had answered all the same."""

    code: str
    name: str
    message: str
    billed: bool = False
    retried: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """An attempt that the gateway logged; `prompt_tokens` holds the cached ones."""

    id: str
    workload: Workload
    env: str
    started: int
    model: str
    messages: tuple[Message, ...]
    answer: str
    prompt_tokens: int
    output: int
    reasoning: int = 0
    # What the provider may find in its cache: the first tokens of the prompt, by this key.
    prefix: int = 0
    prefix_key: str = ""
    cache_read: int = 0
    cache_write: int = 0
    session: str | None = None
    decision: str | None = None
    user: str = ""
    wait: int = 0
    attempt: int = 1
    error: Error | None = None
    gateway_hit: bool = False
    fallback_from: str | None = None
    metered: bool = True

    @property
    def provider(self) -> str:
        """Return who bills."""
        return provider(self.model)

    @property
    def tokens(self) -> Tokens:
        """Return the disjoint counts."""
        return Tokens(
            uncached=self.prompt_tokens - self.cache_read - self.cache_write,
            cache_read=self.cache_read,
            cache_write=self.cache_write,
            output=self.output,
        )

    @property
    def reached(self) -> bool:
        """Say whether a provider counted tokens for it."""
        return not self.gateway_hit and self.prompt_tokens > 0

    @property
    def spend(self) -> Decimal:
        """Return the list cost in USD, as the gateway states it."""
        return cost(self.model, self.tokens if self.reached else Tokens())

    @property
    def latency(self) -> int:
        """Return the milliseconds from start to end."""
        if self.gateway_hit:
            return 4 + self.wait % 9
        pace = next(pace for start, pace in _PACE if self.model.startswith(start))
        return 260 + self.wait + self.output * pace + self.prompt_tokens // 90
