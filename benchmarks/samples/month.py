"""The files of the sample month: what each is called, and how its bytes are made."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from . import anthropic_export, gateway, openai_export
from .clock import DAYS
from .traffic import calls_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from .call import Call

Days = dict["date", "list[Call]"]


def days() -> Days:
    """Return every call of the month by its day."""
    return {day: calls_of(day) for day in DAYS}


def files(month: Mapping[date, list[Call]]) -> dict[str, bytes]:
    """Return the files by their place in the sample folder."""
    calls = [call for made in month.values() for call in made]
    openai = openai_export.metered(calls)
    anthropic = anthropic_export.metered(calls)
    logs = {
        f"gateway/{gateway.name(week)}": packed(week_text(week, month)) for week in gateway.WEEKS
    }
    return logs | {
        "openai/usage_completions_2026-10.json": _json(
            openai_export.usage_page(openai, embeddings=False)
        ),
        "openai/usage_embeddings_2026-10.json": _json(
            openai_export.usage_page(openai, embeddings=True)
        ),
        "openai/costs_2026-10.csv": openai_export.costs_csv(openai).encode(),
        "anthropic/usage_2026-10.json": _json(anthropic_export.usage_report(anthropic)),
        "anthropic/cost_2026-10.json": _json(anthropic_export.cost_report(anthropic)),
    }


def week_text(week: tuple[date, date], month: Mapping[date, list[Call]]) -> bytes:
    """Return a week's log before it is compressed."""
    return "".join(f"{line}\n" for line in gateway.lines(week, month)).encode()


def packed(text: bytes) -> bytes:
    """Return the text compressed without a clock in it."""
    return gzip.compress(text, compresslevel=9, mtime=0)


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, indent=1) + "\n").encode()
