"""From votes to a verdict: the task when it wins clearly, else its family, else nothing."""

from __future__ import annotations

from typing import Final

import polars as pl

from aiaudit.text.tasks import FAMILIES, FAMILY_OF, TASKS

# A task wins with at least this many points and this share of all points; a family likewise.
_LEAST: Final = 2.2
_TASK_SHARE: Final = 0.3
_FAMILY_SHARE: Final = 0.5
# From so many points a system prompt says what the work is, and a prompt's points count less.
_INSTRUCTED: Final = 7.5
_DATA_SHARE: Final = 0.4


def together(system: pl.DataFrame, prompt: pl.DataFrame) -> pl.DataFrame:
    """Return the points of a system prompt and a prompt as those of one request.

    Under a system prompt that says what the work is, a prompt is mostly data: "Label this ticket"
    stands, whatever the ticket asks for.
    """
    instructed = system.select(pl.max_horizontal(TASKS) >= _INSTRUCTED).to_series()
    share = pl.select(pl.when(instructed).then(_DATA_SHARE).otherwise(1.0)).to_series()
    return system + prompt.with_columns(pl.col(task) * share for task in TASKS)


def verdict(points: pl.DataFrame, language: pl.Series) -> pl.DataFrame:
    """Return rule_task, rule_family and rule_share from a column of points per task.

    A text that is not mostly Latin gets none: the rules are English.
    """
    families = points.select(
        pl.sum_horizontal(task for task, family in FAMILY_OF.items() if family == name).alias(name)
        for name in FAMILIES
    )
    seen = points.select(pl.sum_horizontal(TASKS).alias("total")).with_columns(
        (language == "latin").alias("read"),
        *_winner(points.select(TASKS), "task"),
        *_winner(families, "family"),
    )
    wins = _clear("task", _TASK_SHARE)
    sure = _clear("family", _FAMILY_SHARE)
    of_task = pl.col("task").replace_strict(FAMILY_OF, default=None)
    return seen.select(
        pl.when(wins).then("task").alias("rule_task"),
        pl.when(wins).then(of_task).when(sure).then("family").alias("rule_family"),
        (
            pl.when(wins).then("task_points").when(sure).then("family_points") / pl.col("total")
        ).alias("rule_share"),
    )


def _winner(points: pl.DataFrame, kind: str) -> list[pl.Series]:
    """Return who has the most points, and how many; nobody, when two have the same."""
    ranked = points.with_columns(pl.max_horizontal(points.columns).alias("best"))
    holds = [pl.col(name) == pl.col("best") for name in points.columns]
    named = [pl.when(h).then(pl.lit(n)) for h, n in zip(holds, points.columns, strict=True)]
    alone = pl.sum_horizontal(holds) == 1
    winner = ranked.select(pl.when(alone).then(pl.coalesce(named)).alias(kind)).to_series()
    return [winner, ranked["best"].alias(f"{kind}_points")]


def _clear(kind: str, share: float) -> pl.Expr:
    points = pl.col(f"{kind}_points")
    return (
        pl.col("read")
        & pl.col(kind).is_not_null()
        & (points >= _LEAST)
        & (points >= pl.col("total") * share)
    )
