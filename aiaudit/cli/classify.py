"""`aiaudit classify`: what single requests are for and which tier they need, one answer a line."""

from __future__ import annotations

import sys
from pathlib import Path

from aiaudit.cli.answers import File, Output, write


def classify(*, file: File, output: Output = Path("-")) -> None:
    """Say of each request of FILE what it is for and which tier it needs, and how sure that is."""
    from aiaudit import pricing
    from aiaudit.classify import answers
    from aiaudit.engine import Engine

    tiers = pricing.load().tiers
    source = None if str(file) == "-" else file
    with Engine() as engine:
        write(answers(engine, tiers, pricing.batches(source, sys.stdin.buffer)), output)
