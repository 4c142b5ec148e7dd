"""What `--strict` and `--fail-on` hold against a finished audit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from aiaudit.cli import gates
from aiaudit.errors import GateError, StrictError, UsageError
from aiaudit.ledger import Audit, Fact
from aiaudit.settings import Settings

AUDIT = Audit(
    run={},
    sources=({"rows_read": 100, "rejected": 1}, {"rows_read": 100, "rejected": 1}),
    coverage={"unrecognised": [], "reconciliation": {"state": "reconciled"}},
    facts={
        "requests.total": Fact(value=200, unit="requests", step="totals"),
        "requests.unpriced": Fact(value=2, unit="requests", step="totals"),
        "cost.list": Fact(value=Decimal("10000.000000000001"), unit="USD", step="totals"),
        "cost.billed": Fact(value=None, unit="USD", step="totals", reason="no charges"),
    },
    steps={},
)


def refused(rule: str, audit: Audit = AUDIT) -> str:
    with pytest.raises(GateError) as failed:
        gates.check(audit, Settings(fail_on=(rule,)))
    return str(failed.value)


def strict(audit: Audit) -> str:
    with pytest.raises(StrictError) as failed:
        gates.check(audit, Settings(strict=True))
    return str(failed.value)


def with_coverage(**coverage: object) -> Audit:
    return replace(AUDIT, coverage={**AUDIT.coverage, **coverage})


def with_unpriced(requests: int) -> Audit:
    unpriced = Fact(value=requests, unit="requests", step="totals")
    return replace(AUDIT, facts={**AUDIT.facts, "requests.unpriced": unpriced})


def test_without_gates_everything_passes() -> None:
    gates.check(with_unpriced(200), Settings())


def test_a_share_at_its_tolerance_passes_and_one_above_fails() -> None:
    gates.check(AUDIT, Settings(strict=True, fail_on=tuple(gates.WORDS)))
    assert "3 of 200 requests have no price" in strict(with_unpriced(3))
    assert "3 of 200 requests have no price" in refused("unpriced", with_unpriced(3))


def test_rejected_rows_count_over_all_sources() -> None:
    audit = replace(AUDIT, sources=(*AUDIT.sources, {"rows_read": 1, "rejected": 1}))
    assert "3 of 201 rows were rejected" in strict(audit)


def test_a_file_that_nobody_knows_fails() -> None:
    assert "not recognised: a, b" in strict(with_coverage(unrecognised=["a", "b"]))
    assert "a, b, c and 2 more" in strict(with_coverage(unrecognised=["a", "b", "c", "d", "e"]))


def test_what_does_not_tie_to_the_bill_fails() -> None:
    state = {"state": "not reconciled", "gross_difference": Decimal(3), "billed": Decimal(100)}
    audit = with_coverage(reconciliation=state)
    assert "3.00 USD of 100.00 USD billed do not tie to the calls" in refused("unreconciled", audit)


def test_an_audit_without_charges_has_nothing_to_tie() -> None:
    state = {"state": "not checked", "gross_difference": Decimal(0), "billed": Decimal(0)}
    gates.check(with_coverage(reconciliation=state), Settings(strict=True))


def test_everything_that_is_not_usable_is_told_together() -> None:
    told = strict(replace(with_unpriced(200), coverage={"unrecognised": ["a"]}))
    assert "no price" in told
    assert "not recognised" in told


@pytest.mark.parametrize("rule", ["cost.list>10000", "cost.list >= 10000.000000000001"])
def test_a_bound_is_exact(rule: str) -> None:
    assert "cost.list is 10000.000000000001 USD" in refused(rule)


@pytest.mark.parametrize(
    "rule", ["cost.list<10000", "cost.list>10000.000000000001", "requests.total<=199"]
)
def test_a_bound_that_holds_passes(rule: str) -> None:
    gates.check(AUDIT, Settings(fail_on=(rule,)))


def test_what_was_not_measured_does_not_pass() -> None:
    assert "cost.billed was not measured: no charges" in refused("cost.billed>1")
    assert "cost.lst is no fact of this audit; did you mean cost.list?" in refused("cost.lst>1")


def test_strict_outranks_a_gate() -> None:
    settings = Settings(strict=True, fail_on=("cost.list>1",))
    with pytest.raises(StrictError):
        gates.check(with_unpriced(200), settings)


@pytest.mark.parametrize(
    ("rule", "hint"),
    [
        ("unprized", "did you mean unpriced"),
        ("cost>1", "cost.list>10000"),
        ("cost.list=1", "cost.list>10000"),
        ("cost.list>1e3", "cost.list>10000"),
        ("cost.list>", "cost.list>10000"),
        ("", "cost.list>10000"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        gates.parse([rule])
