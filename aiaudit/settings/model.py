"""What an audit is told to do: one frozen object, merged once, that every stage reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aiaudit.settings.redaction import Redaction

FORMATS: Final = ("html", "md", "json")
LATER_FORMATS: Final = ("xlsx", "csv", "pdf")

LEVERS: Final = ("avoid", "route")
LATER_LEVERS: Final = ("trim", "refresh", "cache", "batch", "rate")

STAGES: Final = ("experiment", "validated", "scale")

TASKS: Final = (
    "classification",
    "extraction",
    "summarisation",
    "qa_closed",
    "qa_open",
    "rewrite",
    "drafting",
    "creative",
    "chat",
    "code",
    "math_reasoning",
    "planning",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A table of the user's own: which files, which of their columns, which fixed values."""

    files: str
    columns: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Files that the user assigns to a reader, instead of letting them be recognised."""

    files: str
    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What the user knows about the calls that match; `*` in a pattern stands for anything."""

    match: Mapping[str, str]
    task: str | None = None
    tier: str | None = None
    use_case: str | None = None
    never_downgrade: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCase:
    """What the user says of a use case; `target_cost` is in USD per request."""

    owner: str | None = None
    target_cost: Decimal | None = None
    max_tier: str | None = None
    stage: str | None = None
    never_downgrade: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """Where a call may go: its own provider only ("same"), any ("any"), or those named."""

    providers: str | tuple[str, ...] = "same"
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    router_model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerances:
    """Shares from 0 to 1 above which a figure is no longer usable as it is."""

    unpriced_share: Decimal = Decimal("0.01")
    rejected_share: Decimal = Decimal("0.01")
    materiality: Decimal = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that one audit is told; `since` and `until` are in UTC and half-open."""

    inputs: tuple[Path, ...] = ()
    output: Path = Path("aiaudit-report")
    config: Path | None = None
    title: str | None = None
    client: str | None = None
    timezone: str = "UTC"
    since: datetime | None = None
    until: datetime | None = None
    mapped: tuple[Mapped, ...] = ()
    chosen: tuple[Chosen, ...] = ()
    rules: tuple[Rule, ...] = ()
    use_cases: Mapping[str, UseCase] = field(default_factory=dict)
    routing: Routing = field(default_factory=Routing)
    levers: Mapping[str, bool] = field(default_factory=dict)
    memory_limit: str | None = None
    threads: int | None = None
    tolerances: Tolerances = field(default_factory=Tolerances)
    overlays: tuple[Path, ...] = ()
    formats: tuple[str, ...] = FORMATS
    strict: bool = False
    fail_on: tuple[str, ...] = ()
    invoices: Mapping[str, Decimal] = field(default_factory=dict)  # provider -> invoiced, in USD
    keep_going: bool = False
    keep_text: bool = False
    redaction: Redaction | None = None
