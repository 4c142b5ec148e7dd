"""What of the settings belongs into audit.json: all that moves a figure or a title, no path."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from aiaudit.settings.redaction import REDACTED

if TYPE_CHECKING:
    from datetime import datetime

    from aiaudit.settings.model import Settings


def public(settings: Settings) -> dict[str, Any]:
    """Return the assumptions of a run as plain JSON values, sorted, amounts as text.

    Paths, memory, threads, formats and gates are left out: they move no figure, and the same
    inputs must give the same bytes on any machine. Of an overlay only its folder's name is told.
    """
    said = {
        "title": settings.title,
        "client": settings.client,
        "timezone": settings.timezone,
        "since": _instant(settings.since),
        "until": _instant(settings.until),
        "mapped": [asdict(mapped) for mapped in settings.mapped],
        "rules": [asdict(rule) for rule in settings.rules],
        "use_cases": {name: asdict(terms) for name, terms in settings.use_cases.items()},
        "routing": asdict(settings.routing),
        "levers": dict(settings.levers),
        "tolerances": asdict(settings.tolerances),
        "overlays": [overlay.name for overlay in settings.overlays],
    }
    if settings.chosen:
        said["chosen"] = [asdict(chosen) for chosen in settings.chosen]
    if settings.invoices:
        said["invoices"] = dict(settings.invoices)
    if settings.redaction:
        said["redacted"] = sorted(REDACTED)
    plain: dict[str, Any] = _plain(said)
    return plain


def _instant(when: datetime | None) -> str | None:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if when else None


def _plain(value: object) -> Any:  # noqa: ANN401  # any JSON value
    if isinstance(value, dict):
        return {str(key): _plain(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return f"{value:f}" if isinstance(value, Decimal) else value
