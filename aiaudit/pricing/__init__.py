"""What a call costs, and how we know: the only room of the house where money is computed."""

from __future__ import annotations

from aiaudit.pricing.cost import cost
from aiaudit.pricing.identify import identify
from aiaudit.pricing.install import install
from aiaudit.pricing.lines import batches
from aiaudit.pricing.lint import Finding, lint
from aiaudit.pricing.load import load
from aiaudit.pricing.quote import quotes
from aiaudit.pricing.show import Trace, trace
from aiaudit.pricing.tiers import Tiers
from aiaudit.pricing.values import Catalogue

__all__ = [
    "Catalogue",
    "Finding",
    "Tiers",
    "Trace",
    "batches",
    "cost",
    "identify",
    "install",
    "lint",
    "load",
    "quotes",
    "trace",
]
