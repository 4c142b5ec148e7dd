"""Let the rules vote on a text: which kind of work it asks for, and how loudly."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

import polars as pl

from aiaudit.text.patterns import BEGINS, anywhere, asked, compiled, only
from aiaudit.text.rules import rules
from aiaudit.text.tasks import TASKS

if TYPE_CHECKING:
    from collections.abc import Mapping

# How much of a text is looked at, in characters: its beginning and its end.
_HEAD: Final = 280
_SYSTEM_HEAD: Final = 740
_TAIL: Final = 160
# A prompt of fewer characters is short.
_SHORT: Final = 260
# A system prompt is written to say what the work is; a prompt may be nothing but data.
_SYSTEM_WEIGHT: Final = 1.5
# An id or an amount says nothing of the work; without it the same request looks the same.
_LONG_NUMBER: Final = r"[0-9]{3,}"
# Texts that are remembered, and what tells them apart.
_MOST: Final = 60_000
_MARKS: Final = ("one_mark", "other_mark")
_LOOK: Final = (*_MARKS, "is_short", "is_system")
_QUOTE: Final = r"[\"“][^\"”\n]{2,}[\"”]"


def looks(texts: pl.Series, *, system: bool) -> pl.DataFrame:
    """Return the part of each text that the rules look at, in lower case, and whether it is short.

    `system` says that the texts are system prompts.
    """
    text = pl.col("text").str.strip_chars()
    return (
        texts.rename("text")
        .to_frame()
        .select(
            _plain(text, _SYSTEM_HEAD if system else _HEAD).alias("any"),
            (pl.col("text").str.len_chars() < _SHORT).alias("is_short"),
            pl.lit(system).alias("is_system"),
        )
    )


def votes(seen: pl.DataFrame) -> pl.DataFrame:
    """Return the points of each task for what `looks` gave, a column per task; none for a null."""
    marks = [pl.col("any").hash(seed).alias(name) for seed, name in enumerate(_MARKS)]
    seen = seen.with_columns(marks)
    judged = _REMEMBERED.judged(seen.unique(_LOOK, maintain_order=True))
    found = seen.select(_LOOK).join(
        judged, on=_LOOK, how="left", nulls_equal=True, maintain_order="left"
    )
    return found.select(TASKS)


class _Memory:
    """What was read before: programs send the same text again, with other ids in it.

    It changes how long reading takes, never what comes out. It is bounded: when full, it forgets.
    A text is known by two marks of 64 bits, which live no longer than the process.
    """

    def __init__(self) -> None:
        self._known: pl.DataFrame | None = None

    def judged(self, seen: pl.DataFrame) -> pl.DataFrame:
        """Return `seen` with the points of each task, and perhaps other texts."""
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
    text, short, is_system = pl.col("any"), pl.col("is_short"), pl.col("is_system")
    placed = seen.with_columns(
        only(is_system, text).alias("system"),
        only(is_system.not_(), text).alias("prompt"),
        only(is_system.not_() & short, text).alias("short"),
        only(is_system.not_() & short.not_(), text).alias("long"),
        _made(seen["any"]).alias("made"),
    )
    weight = pl.when(is_system).then(_SYSTEM_WEIGHT).otherwise(1.0)
    return placed.select(
        *_LOOK,
        *(
            (pl.sum_horizontal(points).clip(lower_bound=0) * weight).alias(task)
            for task, points in _points().items()
        ),
    )


def _plain(text: pl.Expr, head: int) -> pl.Expr:
    ends = pl.concat_str([text.str.head(head), text.str.tail(_TAIL)], separator="\n")
    text = pl.when(text.str.len_chars() > head + _TAIL).then(ends).otherwise(text)
    text = text.str.to_lowercase().str.replace_all("\u2019", "'", literal=True)
    text = text.str.replace_all(_QUOTE, '"_"').str.replace_all(r"[^\x00-\x7F]", "_")
    return pl.lit("\n") + text.str.replace_all(_LONG_NUMBER, "000")


def _made(text: pl.Series) -> pl.Series:
    """Return the task that is asked for by naming what to make."""
    known = rules()
    things = "|".join(word for rule in known.things for word in rule.patterns)
    thing = compiled(rf"...\b((?:(?:{things})[ -])*(?:{things}))\b")
    verbs = sorted({verb.partition("\\b")[0] for verb in known.making})
    making = text.to_frame("text").select(only(anywhere(pl.col("text"), verbs), pl.col("text")))
    asking = compiled(rf"{BEGINS}(?:{'|'.join(known.making)})\b") + thing
    first = making.select("text", pl.col("text").str.extract(asking).alias("first"))
    named = [
        pl.when(pl.col("first").str.contains(rf"(?:^|[ -])(?:{'|'.join(rule.patterns)})$")).then(
            pl.lit(rule.task)
        )
        for rule in known.things
    ]
    unnamed = pl.col("text").str.contains(compiled(rf"{BEGINS}(?:{'|'.join(known.writing)})\b"))
    named.append(pl.when(unnamed).then(pl.lit("drafting")))
    return first.select(pl.coalesce(named)).to_series()


@cache
def _points() -> Mapping[str, list[pl.Expr]]:
    """Return the points that every rule gives to its task, from a column of text per place."""
    known = rules()
    points: dict[str, list[pl.Expr]] = defaultdict(list)
    for task in TASKS:
        weight = sum(rule.weight for rule in known.things if rule.task == task)
        points[task].append((pl.col("made") == task) * weight)
    for rule, asks in known.asks:
        points[rule.task].append(asked(pl.col(rule.place), asks) * rule.weight)
    for rule in known.signs:
        hit = anywhere(pl.col(rule.place), rule.patterns)
        points[rule.task].append(hit * rule.weight)
    return points
