"""What the user decides about an audit: the settings file, the variables and the flags."""

from aiaudit.settings.load import CONFIG, Flags, load
from aiaudit.settings.model import (
    FORMATS,
    TASKS,
    Mapped,
    Routing,
    Rule,
    Settings,
    Tolerances,
    UseCase,
)
from aiaudit.settings.public import public

__all__ = [
    "CONFIG",
    "FORMATS",
    "TASKS",
    "Flags",
    "Mapped",
    "Routing",
    "Rule",
    "Settings",
    "Tolerances",
    "UseCase",
    "load",
    "public",
]
