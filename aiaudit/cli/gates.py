"""Gates that the user asks for: what of a finished audit makes the command fail."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from aiaudit.errors import GateError, StrictError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aiaudit.ledger import Audit
    from aiaudit.settings import Settings, Tolerances

_RULE: Final = re.compile(
    r"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)\s*(>=|<=|>|<)\s*(-?\d{1,18}(?:\.\d{1,18})?)", re.ASCII
)
_NAMED: Final = 3  # files that a message names before it counts the rest
_SIGNS: Final[dict[str, Callable[[Decimal, Decimal], bool]]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A bound on a fact: the command fails when the fact is beyond it."""

    fact: str
    sign: str
    bound: Decimal

    def complaint(self, audit: Audit) -> str | None:
        """Return why the gate fails; a fact that was not measured fails it too."""
        fact = audit.facts.get(self.fact)
        if fact is None:
            close = get_close_matches(self.fact, audit.facts, n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            return f"{self.fact} is no fact of this audit{hint}"
        if not isinstance(fact.value, int | Decimal):
            return f"{self.fact} was not measured: {fact.reason or 'it has no figure'}"
        value = Decimal(fact.value)
        if _SIGNS[self.sign](value, self.bound):
            return f"{self.fact} is {value:f} {fact.unit}, and {self.sign} {self.bound} fails"
        return None


def parse(rules: Iterable[str]) -> tuple[Gate | str, ...]:
    """Return the gates that `--fail-on` names; raise UsageError for one that makes no sense."""
    return tuple(_parsed(rule) for rule in rules)


def check(audit: Audit, settings: Settings) -> None:
    """Raise when a finished audit fails what was asked of it.

    Raises:
        StrictError: with `--strict`, the audit is not usable as it is.
        GateError: a rule of `--fail-on` is broken.
    """
    if settings.strict and (why := [c for word in WORDS if (c := _word(word, audit, settings))]):
        raise StrictError(f"not usable as it is (--strict): {'; '.join(why)}")
    gates = parse(settings.fail_on)
    found = [
        _word(gate, audit, settings) if isinstance(gate, str) else gate.complaint(audit)
        for gate in gates
    ]
    if broken := [complaint for complaint in found if complaint]:
        raise GateError(f"a gate failed (--fail-on): {'; '.join(broken)}")


def _parsed(rule: str) -> Gate | str:
    if rule in WORDS:
        return rule
    if match := _RULE.fullmatch(rule.strip()):
        return Gate(fact=match[1], sign=match[2], bound=Decimal(match[3]))
    close = get_close_matches(rule[:100], WORDS, n=1)
    hint = f"did you mean {close[0]}?" if close else f"write {', '.join(WORDS)} or cost.list>10000"
    raise UsageError(f"--fail-on: {rule!r} is no rule; {hint}")


def _word(word: str, audit: Audit, settings: Settings) -> str | None:
    return WORDS[word](audit, settings.tolerances)


def _unpriced(audit: Audit, tolerances: Tolerances) -> str | None:
    part, whole = audit.count("requests.unpriced") or 0, audit.count("requests.total") or 0
    return _above(part, whole, tolerances.unpriced_share, "requests have no price")


def _rejected(audit: Audit, tolerances: Tolerances) -> str | None:
    part = sum(source["rejected"] for source in audit.sources)
    whole = sum(source["rows_read"] for source in audit.sources)
    return _above(part, whole, tolerances.rejected_share, "rows were rejected")


def _above(part: int, whole: int, share: Decimal, what: str) -> str | None:
    # Multiplied, not divided: an exact comparison needs no rounding.
    return f"{part} of {whole} {what}" if part > share * whole else None


def unrecognised(audit: Audit, _: Tolerances | None = None) -> str | None:
    """Return the names of files in a given folder that no reader claims; None without any."""
    files = audit.coverage.get("unrecognised") or ()
    if not files:
        return None
    more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
    return f"not recognised: {', '.join(files[:_NAMED])}{more}"


def _unreconciled(audit: Audit, _: Tolerances) -> str | None:
    """Say what does not tie to the bill; without charges there is nothing to tie."""
    found = audit.coverage.get("reconciliation") or {}
    if found.get("state") != "not reconciled":
        return None
    gross, billed = Decimal(found["gross_difference"]), Decimal(found["billed"])
    return f"{gross:.2f} USD of {billed:.2f} USD billed do not tie to the calls"


WORDS: Final[dict[str, Callable[[Audit, Tolerances], str | None]]] = {
    "unpriced": _unpriced,
    "rejected": _rejected,
    "unrecognised": unrecognised,
    "unreconciled": _unreconciled,
}
