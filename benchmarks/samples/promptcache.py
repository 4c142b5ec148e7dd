"""What the providers' prompt caches held: the beginning of a prompt that was sent moments ago."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .clock import MINUTE

if TYPE_CHECKING:
    from random import Random

    from .call import Call

_LIFE: Final = {"openai": 8 * MINUTE, "anthropic": 5 * MINUTE}
_LEAST: Final = {"openai": 1024, "anthropic": 1024}
_LEAST_HAIKU: Final = 4096
_BLOCK: Final = 128  # OpenAI counts cached tokens in blocks
_LUCK: Final = 0.85  # and does not find every prefix again


def counted(calls: list[Call], rng: Random) -> list[Call]:
    """Return the calls with their cached tokens, in the order of time."""
    held: dict[str, tuple[int, int]] = {}
    done = []
    for call in sorted(calls, key=lambda call: (call.started, call.id)):
        if not call.reached or not _cacheable(call):
            done.append(call)
            continue
        until, length = held.get(call.prefix_key, (0, 0))
        found = length if call.started < until else 0
        held[call.prefix_key] = (call.started + _LIFE[call.provider], call.prefix)
        done.append(_with(call, min(found, call.prefix), rng))
    return done


def _cacheable(call: Call) -> bool:
    least = _LEAST.get(call.provider)
    if call.model.startswith("claude-haiku"):
        least = _LEAST_HAIKU
    return least is not None and call.prefix >= least


def _with(call: Call, found: int, rng: Random) -> Call:
    if call.provider == "anthropic":
        return replace(
            call, cache_read=found, cache_write=min(call.prefix, call.prompt_tokens) - found
        )
    if found and rng.random() < _LUCK:
        return replace(call, cache_read=found // _BLOCK * _BLOCK)
    return call
