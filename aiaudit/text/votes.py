"""Let the rules vote on a text: which kind of work it asks for, and how loudly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from aiaudit.text.book import TENTHS, book
from aiaudit.text.structure import PARTS, counted
from aiaudit.text.tasks import TASKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiaudit.text.book import Entry

# A system prompt is written to say what the work is; a prompt may be nothing but data.
_SYSTEM_WEIGHT: Final = 1.5
# Texts that are remembered, and what tells them apart.
_MOST: Final = 60_000
_MARKS: Final = ("one_mark", "other_mark")
_LOOK: Final = (*_MARKS, "is_short", "is_system")
_NOWHERE: Final = pl.Series("place", dtype=pl.UInt32)


def votes(seen: pl.DataFrame) -> pl.DataFrame:
    """Return the points of each task, and how often each part of a text's structure occurs.

    `seen` has the plain excerpt (`any`), whether the text `is_short` and `is_system`; a null has
    neither points nor parts.
    """
    marks = [pl.col("any").hash(seed).alias(name) for seed, name in enumerate(_MARKS)]
    seen = seen.with_columns(marks)
    judged = _REMEMBERED.judged(seen.unique(_LOOK, maintain_order=True))
    found = seen.select(_LOOK).join(
        judged, on=_LOOK, how="left", nulls_equal=True, maintain_order="left"
    )
    return found.select(*TASKS, *PARTS)


class _Memory:
    """What was read before: programs send the same text again, with other ids in it.

    It changes how long reading takes, never what comes out. It is bounded: when full, it forgets.
    A text is known by two marks of 64 bits, which live no longer than the process.
    """

    def __init__(self) -> None:
        self._known: pl.DataFrame | None = None

    def judged(self, seen: pl.DataFrame) -> pl.DataFrame:
        """Return points and parts for the marks of `seen`, and perhaps of other texts."""
        known = self._known
        if known is None or known.height + seen.height > _MOST:
            self._known = _judged(seen)
            return self._known
        new = seen.join(known, on=_LOOK, how="anti", nulls_equal=True, maintain_order="left")
        if new.height:
            self._known = pl.concat([known, _judged(new)])
        return self._known if self._known is not None else known


_REMEMBERED: Final = _Memory()


def _judged(seen: pl.DataFrame) -> pl.DataFrame:
    """Return the marks of distinct texts, with their points for each task and their parts."""
    called = book().prober.called(seen["any"])
    points = (
        pl.concat([_counted(seen, called), _made(seen["any"], called)])
        .group_by("place")
        .agg(pl.col("tenths").filter(pl.col("task") == task).sum().alias(task) for task in TASKS)
    )
    weight = pl.when("is_system").then(_SYSTEM_WEIGHT).otherwise(1.0) / TENTHS
    return (
        seen.with_row_index("place")
        .join(points, on="place", how="left", maintain_order="left")
        .select(
            *_LOOK,
            *(pl.col(task).fill_null(0).clip(lower_bound=0) * weight for task in TASKS),
            *counted(pl.col("any")),
        )
    )


def _counted(seen: pl.DataFrame, called: Mapping[int, pl.Series]) -> pl.DataFrame:
    """Return place, task and tenths of a point: each rule once for every text that it hits."""
    texts, is_system, is_short = seen["any"], seen["is_system"], seen["is_short"]
    where = {
        "system": is_system,
        "prompt": ~is_system,
        "short": ~is_system & is_short,
        "long": ~is_system & ~is_short,
    }
    hits = [_hits(_NOWHERE, book().entries[0])]
    for number, entry in enumerate(book().entries):
        places = called.get(number, _NOWHERE)
        if places.len() and entry.place in where:
            places = places.filter(where[entry.place].gather(places))
        if places.len():
            hits.append(_hits(_matching(texts, places, number), entry))
    return pl.concat(hits).unique().drop("rule")


def _matching(texts: pl.Series, places: pl.Series, number: int) -> pl.Series:
    """Return those of the places whose text matches a probe."""
    return places.filter(texts.gather(places).str.contains(book().prober.probes[number].regex))


def _hits(places: pl.Series, entry: Entry) -> pl.DataFrame:
    rule, tenths = pl.lit(entry.rule, dtype=pl.Int32), pl.lit(entry.tenths, dtype=pl.Int64)
    counted = (rule.alias("rule"), pl.lit(entry.task).alias("task"), tenths.alias("tenths"))
    return places.alias("place").to_frame().with_columns(counted)


def _made(texts: pl.Series, called: Mapping[int, pl.Series]) -> pl.DataFrame:
    """Return place, task and tenths of a point for the texts that name something to be made."""
    made = book().made
    places = _matching(texts, called.get(made.asking, _NOWHERE), made.asking)
    named = pl.coalesce(
        pl.when(pl.col("first").str.contains(thing)).then(pl.lit(task))
        for task, thing in made.things
    )
    # The whole clause is found far quicker than a part of it, and ends with the thing just so.
    first = texts.gather(places).str.extract(book().prober.probes[made.asking].regex, 0)
    found = pl.DataFrame({"place": places, "first": first}).select("place", named.alias("task"))
    written = _matching(texts, called.get(made.unnamed, _NOWHERE), made.unnamed)
    drafts = written.alias("place").to_frame().with_columns(pl.lit("drafting").alias("task"))
    return (
        pl.concat([found.drop_nulls(), drafts])
        .unique("place", keep="first", maintain_order=True)
        .with_columns(
            pl.col("task").replace_strict(made.tenths, return_dtype=pl.Int64).alias("tenths")
        )
    )
