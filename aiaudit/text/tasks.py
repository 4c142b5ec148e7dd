"""The twelve kinds of work that a call may do, and the seven families that they belong to."""

from __future__ import annotations

from typing import Final

# Task to family. Wherever tasks or families are named, they are named from here.
FAMILY_OF: Final[dict[str, str]] = {
    "classification": "structured",
    "extraction": "structured",
    "summarisation": "summarise",
    "rewrite": "rewrite",
    "qa_closed": "qa",
    "qa_open": "qa",
    "drafting": "generate",
    "creative": "generate",
    "chat": "generate",
    "code": "code",
    "math_reasoning": "reasoning",
    "planning": "reasoning",
}

TASKS: Final = tuple(FAMILY_OF)
FAMILIES: Final = tuple(dict.fromkeys(FAMILY_OF.values()))
