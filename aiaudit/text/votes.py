"""Let the rules vote on a text: which kind of work it asks for, and how loudly."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

import polars as pl

from aiaudit.text.patterns import anywhere, asked, beginning, compiled, only
from aiaudit.text.rules import rules
from aiaudit.text.tasks import TASKS

if TYPE_CHECKING:
    from collections.abc import Mapping

# How much of a text is looked at, in characters: its beginning and its end.
_HEAD: Final = {"system": 740, "prompt": 280}
_TAIL: Final = 160
# A prompt of fewer characters is short.
_SHORT: Final = 260
# A system prompt is written to say what the work is; a prompt may be nothing but data.
_WEIGHT: Final = {"system": 1.5, "prompt": 1.0}

_PLACES: Final = {"system": ("any", "system"), "prompt": ("any", "prompt", "short", "long")}
_QUOTE: Final = r"[\"“][^\"”\n]{2,}[\"”]"


def votes(texts: pl.Series, zone: str) -> pl.DataFrame:
    """Return the points of each task in a system prompt or a prompt, a column per task.

    A null text gives no points.
    """
    plain = pl.DataFrame({"text": texts, "size": texts.str.len_chars()}).select(
        _plain(pl.col("text").str.strip_chars(), _HEAD[zone]).alias("text"), "size"
    )
    short = pl.col("size") < _SHORT
    seen = plain.with_columns(
        only(short, pl.col("text")).alias("short"),
        only(short.not_(), pl.col("text")).alias("long"),
        _made(plain["text"]).alias("made"),
    )
    return seen.select(
        (pl.sum_horizontal(points).clip(lower_bound=0) * _WEIGHT[zone]).alias(task)
        for task, points in _points(zone).items()
    )


def _plain(text: pl.Expr, head: int) -> pl.Expr:
    ends = pl.concat_str([text.str.head(head), text.str.tail(_TAIL)], separator="\n")
    text = pl.when(text.str.len_chars() > head + _TAIL).then(ends).otherwise(text)
    text = text.str.to_lowercase().str.replace_all("\u2019", "'", literal=True)
    return pl.lit("\n") + text.str.replace_all(_QUOTE, '"_"')


def _made(text: pl.Series) -> pl.Series:
    """Return the task that is asked for by naming what to make."""
    known = rules()
    things = "|".join(word for rule in known.things for word in rule.patterns)
    thing = compiled(rf"...\b((?:(?:{things})[ -])*(?:{things}))\b")
    verbs = sorted({re.split(r"\W", verb)[0] for verb in known.making})
    making = text.to_frame("text").select(only(anywhere(pl.col("text"), verbs), pl.col("text")))
    asking = compiled(beginning(known.making)) + thing
    first = making.select("text", pl.col("text").str.extract(asking).alias("first"))
    named = [
        pl.when(pl.col("first").str.contains(rf"(?:^|[ -])(?:{'|'.join(rule.patterns)})$")).then(
            pl.lit(rule.task)
        )
        for rule in known.things
    ]
    unnamed = pl.col("text").str.contains(compiled(beginning(known.writing)))
    named.append(pl.when(unnamed).then(pl.lit("drafting")))
    return first.select(pl.coalesce(named)).to_series()


@cache
def _points(zone: str) -> Mapping[str, list[pl.Expr]]:
    """Return the points that every rule gives to its task, from columns of text."""
    known = rules()
    points: dict[str, list[pl.Expr]] = defaultdict(list)
    for task in TASKS:
        weight = sum(rule.weight for rule in known.things if rule.task == task)
        points[task].append((pl.col("made") == task) * weight)
    for rule, asks in known.asks:
        if rule.place in _PLACES[zone]:
            hits = [asked(_column(rule.place), ask.verbs, ask.follows) for ask in asks]
            points[rule.task].append(pl.any_horizontal(hits) * rule.weight)
    for rule in known.signs:
        if rule.place in _PLACES[zone]:
            hit = anywhere(_column(rule.place), rule.patterns)
            points[rule.task].append(hit * rule.weight)
    return points


def _column(place: str) -> pl.Expr:
    return pl.col(place if place in {"short", "long"} else "text")
