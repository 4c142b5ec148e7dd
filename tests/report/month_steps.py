"""The statements behind the invented month's facts, each with what it reads."""

from __future__ import annotations

import hashlib
from typing import Any


def steps() -> dict[str, Any]:
    """Return the statements behind the facts, each with what it reads."""
    costed = (
        "-- costed: one row per call with its cost\nSELECT s.call_id, s.output * r.list_output AS"
        " list_pico\nFROM scenario AS s\nLEFT JOIN rates AS r ON r.offering = s.offering"
    )
    joined = "SELECT sum(list_pico) FROM costed JOIN labelled USING (call_id)"
    texts: dict[str, tuple[str, list[str]]] = {
        "costed": (costed, ["rates", "scenario"]),
        "scenario": ("SELECT * FROM calls", ["calls"]),
        "rates": ("SELECT * FROM prices", ["prices"]),
        "labelled": ("SELECT call_id, needed_tier FROM calls", ["calls"]),
        "replay_avoid": ("SELECT sum(list_pico) FROM costed", ["costed"]),
        "replay_route": (joined, ["costed", "labelled"]),
        "replay_router": ("SELECT sum(list_pico) FROM added", ["costed"]),
        "right_sized": ("SELECT 1", ["replay_avoid", "replay_route", "replay_router"]),
        "headline": ("SELECT calculated + tested + likely_low", ["right_sized"]),
        "charges": ("SELECT sum(billed_cost) FROM charges_read", ["charges_read"]),
    }
    found: dict[str, Any] = {
        key: {
            "sql": sql,
            "sha256": hashlib.sha256(sql.encode()).hexdigest(),
            "parameters": {},
            "inputs": inputs,
        }
        for key, (sql, inputs) in texts.items()
    }
    found["costed"]["prices"] = ["openai/gpt-4o/standard/2024-05-13"]
    return found
