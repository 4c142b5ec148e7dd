"""What a usage convention is: where a provider keeps its measures, and what lies inside what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# Stands for the JSON expression in the SQL of a convention.
USAGE: Final = "@usage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """How one provider reports usage.

    `measures` maps RAW measures to SQL over a JSON expression; `recognise` is a condition over the
    same. `family` is the word by which a user may state it. `elsewhere`, where given, lists the
    parts that another model was paid for: they are calls of their own.
    """

    id: str
    family: str
    title: str
    recognise: str
    measures: Mapping[str, str]
    elsewhere: str | None = None

    def over(self, usage: str) -> dict[str, str]:
        """Return RAW measure -> SQL over the JSON expression `usage`."""
        return {name: sql.replace(USAGE, usage) for name, sql in self.measures.items()}

    def recognised(self, usage: str) -> str:
        """Return the SQL condition that the JSON expression `usage` follows this convention."""
        return self.recognise.replace(USAGE, usage)


def first(*paths: str) -> str:
    """Return the SQL of the first of these fields that the usage object has, as text."""
    found = [f"json_extract_string({USAGE}, '$.{path}')" for path in paths]
    return found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"


def has(*names: str) -> str:
    """Return the SQL condition that the usage object has one of these keys."""
    wanted = ", ".join(f"'{name}'" for name in names)
    return f"list_has_any(json_keys({USAGE}), [{wanted}])"


def total(path: str, counter: str, label: str, *values: str) -> str:
    """Return the SQL of the sum of `counter` over the list at `path` where `label` has a value.

    Details by modality or lifetime come as lists of small objects. NULL when none has the value.
    """
    wanted = ", ".join(f"'{value}'" for value in values)
    rows = (
        f"from_json(json_extract({USAGE}, '$.{path}'),"
        f""" '[{{"{label}": "VARCHAR", "{counter}": "VARCHAR"}}]')"""
    )
    chosen = f"list_filter({rows}, lambda part_: part_.{label} IN ({wanted}))"
    counted = f"list_transform({chosen}, lambda part_: TRY_CAST(part_.{counter} AS BIGINT))"
    return (
        f"CASE WHEN json_type({USAGE}, '$.{path}') = 'ARRAY'"
        f" THEN CAST(list_sum({counted}) AS VARCHAR) END"
    )
