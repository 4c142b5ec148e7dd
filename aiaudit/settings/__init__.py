"""What the user decides about an audit: the settings file, the variables and the flags."""

from aiaudit.settings.load import CONFIG, Flags, load
from aiaudit.settings.model import (
    FORMATS,
    TASKS,
    Chosen,
    Mapped,
    Routing,
    Rule,
    Settings,
    Tolerances,
    UseCase,
)
from aiaudit.settings.public import public
from aiaudit.settings.redaction import REDACTED, Redaction

__all__ = [
    "CONFIG",
    "FORMATS",
    "REDACTED",
    "TASKS",
    "Chosen",
    "Flags",
    "Mapped",
    "Redaction",
    "Routing",
    "Rule",
    "Settings",
    "Tolerances",
    "UseCase",
    "load",
    "public",
]
