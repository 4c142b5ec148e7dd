"""Spans of traces as tracers write them, small enough to count by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from taken import Taken

START: Final = 1_762_160_400  # 2025-11-03 09:00 UTC


def totals(taken: Taken) -> dict[str, Any]:
    """Return what was counted, zero where nothing was."""
    names = ("requests", "input_uncached", "cache_read", "cache_write_5m", "output", "reasoning")
    return {name: taken.total("calls", name) or 0 for name in names}


def tokens(taken: Taken) -> int:
    found = totals(taken)
    return sum(found[n] for n in ("input_uncached", "cache_read", "cache_write_5m", "output"))


def attributes(**named: Any) -> list[dict[str, Any]]:  # noqa: ANN401  # of any type
    kinds = {int: "intValue", str: "stringValue"}
    return [
        {"key": name.replace("__", "."), "value": {kinds[type(value)]: str(value)}}
        for name, value in named.items()
    ]


def span(number: int, above: int = 0, **named: Any) -> dict[str, Any]:  # noqa: ANN401  # as above
    """Return a span of one second; `usage` makes it a model call with that many tokens."""
    usage = named.pop("usage", None)
    told: dict[str, Any] = {"gen_ai__operation__name": "chat", "gen_ai__request__model": "gpt-4o"}
    if usage is not None:
        told |= {"gen_ai__usage__input_tokens": usage, "gen_ai__usage__output_tokens": 1}
    if usage is None and named.pop("step", False):
        told = {}
    return {
        "traceId": "t1",
        "spanId": f"s{number}",
        "parentSpanId": f"s{above}" if above else "",
        "startTimeUnixNano": f"{START + number}000000000",
        "endTimeUnixNano": f"{START + number + 1}000000000",
        "attributes": attributes(**(told | named)),
    }


def document(*spans: dict[str, Any]) -> dict[str, Any]:
    return {"resourceSpans": [{"scopeSpans": [{"spans": list(spans)}]}]}
