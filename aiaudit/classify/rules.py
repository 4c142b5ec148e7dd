"""The user's own rules: which calls they speak about, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.engine import literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiaudit.engine import Engine
    from aiaudit.settings import Rule

# What a rule calls otherwise than the table does, or looks for in more than one column.
_LOOKS_AT: Final = {
    "use_case": ("coalesce(c.use_case, c.agent, c.project)",),
    "system_prompt_sha256": ("c.system_sha256",),
    "model": ("c.model", "c.model_raw"),
}
_NONE: Final = (
    "SELECT call_id, CAST(NULL AS VARCHAR) AS use_case, CAST(NULL AS VARCHAR) AS task,"
    " CAST(NULL AS VARCHAR) AS tier, false AS never_downgrade FROM calls WHERE false"
)


def apply(engine: Engine, rules: Sequence[Rule]) -> tuple[str, ...]:
    """Make `ruled`, one row per call that a rule speaks about; name the rules without a call.

    Rules are read in order; for each of use case, task and tier the first that says it counts.
    """
    if not rules:
        engine.create("ruled", _NONE, key=("call_id",))
        return ()
    sql, parameters = _matching(rules)
    engine.create("rule_matches", sql, key=("call_id",), parameters=parameters)
    engine.create("ruled", _said(rules), key=("call_id",))
    heard = ", ".join(f"coalesce(bool_or(rule_{n}), false) AS rule_{n}" for n in _numbers(rules))
    found = engine.rows(f"SELECT {heard} FROM rule_matches")[0]
    return tuple(
        _name(number, rule)
        for number, rule in zip(_numbers(rules), rules, strict=True)
        if not found[f"rule_{number}"]
    )


def _matching(rules: Sequence[Rule]) -> tuple[str, dict[str, Any]]:
    parameters: dict[str, Any] = {}
    columns = []
    for number, rule in zip(_numbers(rules), rules, strict=True):
        conditions = []
        for key, pattern in rule.match.items():
            name = f"rule_{number}_{key}"
            parameters[name] = _like(pattern)
            looks = _LOOKS_AT.get(key, (f"c.{key}",))
            tests = (rf"lower({column}) LIKE lower(${name}) ESCAPE '\'" for column in looks)
            conditions.append(f"coalesce({' OR '.join(tests)}, false)")
        columns.append(f"{' AND '.join(conditions) or 'false'} AS rule_{number}")
    return f"SELECT c.call_id, {', '.join(columns)} FROM calls AS c", parameters


def _said(rules: Sequence[Rule]) -> str:
    """Return a SELECT of what the first rule that matches says, attribute by attribute."""
    columns = [f"{_first(rules, name)} AS {name}" for name in ("use_case", "task", "tier")]
    numbered = zip(_numbers(rules), rules, strict=True)
    safe = [f"rule_{number}" for number, rule in numbered if rule.never_downgrade]
    anyone = " OR ".join(f"rule_{number}" for number in _numbers(rules))
    return (
        f"SELECT call_id, {', '.join(columns)}, {' OR '.join(safe) or 'false'} AS never_downgrade"
        f" FROM rule_matches WHERE {anyone}"
    )


def _first(rules: Sequence[Rule], name: str) -> str:
    numbered = zip(_numbers(rules), rules, strict=True)
    cases = [
        f"WHEN rule_{number} THEN {literal(getattr(rule, name))}"
        for number, rule in numbered
        if getattr(rule, name)
    ]
    return f"CASE {' '.join(cases)} END" if cases else "CAST(NULL AS VARCHAR)"


def _like(pattern: str) -> str:
    for letter in ("\\", "%", "_"):
        pattern = pattern.replace(letter, "\\" + letter)
    return pattern.replace("*", "%")


def _name(number: int, rule: Rule) -> str:
    said = ", ".join(f"{key}: {pattern}" for key, pattern in rule.match.items())
    return f"rule {number} ({said})"


def _numbers(rules: Sequence[Rule]) -> range:
    return range(1, len(rules) + 1)
