"""What a call costs, and how we know: the only room of the house where money is computed."""

from __future__ import annotations

from aiaudit.pricing.capacity import install, serve
from aiaudit.pricing.commitments import (
    PERIODS,
    Commitment,
    Provisioned,
    SpendCommit,
    VolumeTiers,
)
from aiaudit.pricing.cost import cost
from aiaudit.pricing.currency import Rate, worth
from aiaudit.pricing.identify import identify
from aiaudit.pricing.lines import batches
from aiaudit.pricing.lint import Finding, lint
from aiaudit.pricing.load import load
from aiaudit.pricing.quote import quotes
from aiaudit.pricing.show import Trace, trace
from aiaudit.pricing.tiers import Tiers
from aiaudit.pricing.values import Catalogue

__all__ = [
    "PERIODS",
    "Catalogue",
    "Commitment",
    "Finding",
    "Provisioned",
    "Rate",
    "SpendCommit",
    "Tiers",
    "Trace",
    "VolumeTiers",
    "batches",
    "cost",
    "identify",
    "install",
    "lint",
    "load",
    "quotes",
    "serve",
    "trace",
    "worth",
]
