"""The rate class that a provider's own word stands for: how a call was served, and so billed."""

from __future__ import annotations

from typing import Final

_WORDS: Final = {
    "standard": "standard default auto on_demand ondemand none null not_available unspecified",
    "batch": "batch batches",
    "flex": "flex flex_discount on_demand_flex ondemand_flex",
    "priority": "priority fast priority_on_demand on_demand_priority ondemand_priority",
    "provisioned": "provisioned provisioned_throughput scale reserved ptu",
}


def rate_class_sql(word: str) -> str:
    """Return the SQL of the rate class of a text expression; NULL when nothing is said.

    A word that nobody knows stays as it is: it has no rate, so the call is not priced by guess.
    """
    # Not IN a list: the engine makes a join of a longer one, and rows lose their order in a join.
    plain = f"lower(trim({word}))"
    known = " ".join(
        f"WHEN '{one}' THEN '{name}'" for name, words in _WORDS.items() for one in words.split()
    )
    return f"CASE {plain} WHEN '' THEN NULL {known} ELSE {plain} END"
