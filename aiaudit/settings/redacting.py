"""Redact what the settings themselves name, so that rules still find the calls they speak about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from aiaudit.settings.redaction import REDACTED, Redaction

if TYPE_CHECKING:
    from aiaudit.settings.document import Mistakes
    from aiaudit.settings.model import Rule

_KEY: Final = "AIAUDIT_REDACT_KEY"


def redact(merged: dict[str, Any], mistakes: Mistakes, *, asked: bool) -> None:
    """Replace the key in what the settings say by the redaction that was asked for, if it was."""
    key = merged.pop("redact_key", None)
    if not asked:
        return
    if not key:
        mistakes.elsewhere("--redact", f"needs a key, so that names cannot be guessed: set {_KEY}")
        return
    if merged.get("keep_text"):
        mistakes.elsewhere("--redact", "texts may hold any name, so --keep-text excludes it")
    redaction = Redaction(key)
    rules = [_rule(rule, redaction, mistakes) for rule in merged.get("rules", ())]
    merged |= {"redaction": redaction, "rules": tuple(rules)}


def _rule(rule: Rule, redaction: Redaction, mistakes: Mistakes) -> Rule:
    named = {column: name for column, name in rule.match.items() if column in REDACTED}
    for column, name in named.items():
        if "*" in name:
            mistakes.elsewhere(
                "--redact", f"a rule matches {column} by the pattern {name!r}; write whole names"
            )
    words = {column: redaction.word(column, name) for column, name in named.items()}
    return replace(rule, match={**rule.match, **words})
