"""What an aiaudit.yaml may say: every key, and the kind of value that it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from aiaudit.schema import CALLS, TIERS
from aiaudit.settings import model, scalars
from aiaudit.settings.shape import either, mapping, record, scalar, sequence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiaudit.settings.document import Mistakes

# Columns of `calls` that the program fills in itself, whatever an export says.
_OWN: Final = frozenset(
    {
        "source_id", "row", "grain", "invalid", "system_sha256", "template_id",
        "prompt_chars", "system_chars", "language", "rule_task", "rule_family", "rule_share",
        "complexity",
    }
)  # fmt: skip

# What a table of one's own may also hold: measures before they are made disjoint, and texts, which
# are read once and not kept.
RAW: Final = ("input", "cache_write", "reasoning_outside", "total")
TEXTS: Final = ("system_text", "prompt_text")

_MODEL: Final = "model"  # what people call it; the column is model_raw, as the source spells it

MAPPABLE: Final = (*(c.name for c in CALLS if c.name not in _OWN), *RAW, *TEXTS, _MODEL)

# What a rule may look at: what a call says of where it comes from and what it asks.
MATCHABLE: Final = (
    "use_case", "system_prompt_sha256", "template_id", "provider",
    "billing_account", "gateway", "model_raw", "model", "offering", "operation", "rate_class",
    "region", "effort", "user_id", "team", "project", "api_key", "environment", "session_id",
    "trace_id", "agent", "decision_id", "language",
)  # fmt: skip

_text = scalar(scalars.text)
_texts = sequence(_text)
_flag = scalar(scalars.flag)
_share = scalar(scalars.share)
_tier = scalar(scalars.one_of(*TIERS))


def _own_table(
    files: str, columns: Mapping[str, str], values: Mapping[str, str] | None = None
) -> model.Mapped:
    return model.Mapped(files=files, columns=_spelt(columns), values=_spelt(values or {}))


def _spelt(columns: Mapping[str, str]) -> dict[str, str]:
    return {"model_raw" if name == _MODEL else name: says for name, says in columns.items()}


_mapped = record(
    {
        "files": scalar(scalars.pattern),
        "columns": mapping(_text, MAPPABLE),
        "values": mapping(_text, MAPPABLE),
    },
    _own_table,
    needs=("files", "columns"),
)

_chosen = record(
    {"files": scalar(scalars.pattern), "reader": _text}, model.Chosen, needs=("files", "reader")
)

_rule = record(
    {
        "match": mapping(_text, MATCHABLE),
        "task": scalar(scalars.one_of(*model.TASKS)),
        "tier": _tier,
        "use_case": _text,
        "never_downgrade": _flag,
    },
    model.Rule,
    needs=("match",),
)

_use_case = record(
    {
        "owner": _text,
        "target_cost": scalar(scalars.amount),
        "max_tier": _tier,
        "stage": scalar(scalars.one_of(*model.STAGES)),
        "never_downgrade": _flag,
    },
    model.UseCase,
)

_routing = record(
    {
        "providers": either(scalar(scalars.one_of("same", "any")), _texts),
        "allow": _texts,
        "deny": _texts,
        "router_model": _text,
    },
    model.Routing,
)


def _levers(node: yaml.Node, mistakes: Mistakes) -> dict[str, bool]:
    """Return which levers are on; one that is not built yet gets an answer of its own."""
    switch = record({"enabled": _flag})
    found = mapping(switch)(node, mistakes)
    check = scalars.one_of(*model.LEVERS, later=model.LATER_LEVERS)
    for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode):
            scalar(check)(key, mistakes)
    return {lever: bool(says.get("enabled", True)) for lever, says in found.items()}


def _budgets(node: yaml.Node, mistakes: Mistakes) -> None:
    if not isinstance(node, yaml.MappingNode) or node.value:
        mistakes.at(node.start_mark, "budgets are not supported yet; leave them empty: {}")


_document = record(
    {
        "title": _text,
        "client": _text,
        "timezone": scalar(scalars.zone),
        "readers": record({"mapped": sequence(_mapped), "chosen": sequence(_chosen)}),
        "redact_key": _text,
        "rules": sequence(_rule),
        "use_cases": mapping(_use_case),
        "routing": _routing,
        "levers": _levers,
        "memory_limit": scalar(scalars.memory),
        "threads": scalar(scalars.threads),
        "tolerances": record(
            {"unpriced_share": _share, "rejected_share": _share, "materiality": _share},
            model.Tolerances,
        ),
        "budgets": _budgets,
    }
)


def said(root: yaml.Node, mistakes: Mistakes) -> dict[str, Any]:
    """Return what a settings file says, by field of `Settings`; note what it says wrongly."""
    if root.tag == "tag:yaml.org,2002:null":
        return {}
    found: dict[str, Any] = _document(root, mistakes)
    found.pop("budgets", None)
    tables: dict[str, Any] = found.pop("readers", {})
    return found | tables
