"""Our prices against those of another public catalogue: equal, or a written reason why not."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pytest
import yaml
from crosscheck import END, SHAPES, START, Case, Known, known

from aiaudit import pricing
from aiaudit.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

DIFFERENCES: Final = Path(__file__).parent / "pricing" / "crosscheck" / "differences.yaml"
DRAWN, SEED = 3000, 20261122
ENOUGH: Final = Decimal("0.9")
EQUAL: Final = Decimal("1e-9")
ROWS: Final[list[dict[str, Any]]] = yaml.safe_load(DIFFERENCES.read_text("utf-8"))


@dataclass(frozen=True)
class Answer:
    """A case, and what ours says: the offering, and the cost or None."""

    case: Case
    offering: str
    cost: Decimal | None

    @property
    def equal(self) -> bool:
        """Return whether both come to the same amount."""
        return self.cost is not None and abs(self.cost - self.case.cost) <= EQUAL

    def explained_by(self, row: dict[str, Any]) -> bool:
        """Return whether a row is about this model, offering, time and shape."""
        return (
            (row["theirs"], row["ours"]) == (self.case.model, self.offering)
            and day(row["from"], START) <= self.case.at < day(row["until"], END)
            and self.case.shape in row.get("shapes", SHAPES)
        )


def day(stated: object, silent: datetime) -> datetime:
    return datetime.fromisoformat(str(stated)) if stated else silent


def swept(models: list[Known], draw: random.Random) -> Iterator[Case]:
    """Yield a case of every shape for every time of every spelling, by night and by day."""
    for model in models:
        for start, until in model.spans():
            noon = start + (until - start) // 2
            for at in {noon, *(_at_hours(noon, until) if model.provider == "deepseek" else ())}:
                cases = (model.case(at, shape, draw) for shape in SHAPES)
                yield from (case for case in cases if case)


def _at_hours(at: datetime, until: datetime) -> Iterator[datetime]:
    """Yield hours of that day and of the Saturday after it: night rates know weekends."""
    days = (at, at + timedelta(days=(5 - at.weekday()) % 7))
    hours = (day.replace(hour=hour, minute=45) for day in days for hour in range(0, 24, 4))
    return (hour for hour in hours if hour < until)


def drawn(models: list[Known], draw: random.Random) -> Iterator[Case]:
    """Yield cases drawn uniformly over the models of theirs, then over time, then over shape."""
    spellings = defaultdict(list)
    for model in models:
        if model.spans():
            spellings[model.key].append(model)
    keys, found = sorted(spellings), 0
    while found < DRAWN:
        model = draw.choice(spellings[draw.choice(keys)])
        start, until = draw.choice(model.spans())
        at = start + timedelta(seconds=draw.randrange(int((until - start).total_seconds())))
        if case := model.case(at, draw.choice(SHAPES), draw):
            found += 1
            yield case


@pytest.fixture(scope="module")
def answers() -> dict[str, list[Answer]]:
    """Price all cases as `aiaudit price` would: one file, read in one go."""
    draw = random.Random(SEED)  # noqa: S311  # the same cases in every run
    catalogue = pricing.load()
    with Engine() as engine:
        pricing.install(engine, catalogue)
        models = list(known(engine, catalogue))
        cases = [*drawn(models, draw), *swept(models, draw)]
        lines = pa.table({"row": range(len(cases)), "line": [case.line for case in cases]})
        quotes = [json.loads(quote) for quote in pricing.quotes(engine, [lines])]
    found = [_answer(case, quote) for case, quote in zip(cases, quotes, strict=True)]
    return {"drawn": found[:DRAWN], "swept": found[DRAWN:]}


def _answer(case: Case, quote: dict[str, Any]) -> Answer:
    cost = quote["list_cost"]
    return Answer(case, quote["offering"], None if cost is None else Decimal(cost))


def test_cases_drawn_over_all_models_that_both_know_are_mostly_equal(
    answers: dict[str, list[Answer]],
) -> None:
    found = answers["drawn"]
    assert len(found) >= 1500
    assert len({answer.case.model for answer in found}) > 300
    equal = sum(answer.equal for answer in found)
    assert Decimal(equal) / len(found) >= ENOUGH


def test_every_difference_has_a_reason(answers: dict[str, list[Answer]]) -> None:
    unexplained = {
        (a.case.model, a.offering, a.case.at.date().isoformat(), a.case.shape, a.cost, a.case.cost)
        for found in answers.values()
        for a in found
        if not a.equal and not any(a.explained_by(row) for row in ROWS)
    }
    assert sorted(unexplained, key=str) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['theirs']} {row['from']}")
def test_every_reason_still_explains_a_difference(
    answers: dict[str, list[Answer]], row: dict[str, Any]
) -> None:
    both = (*answers["swept"], *answers["drawn"])
    assert any(not answer.equal and answer.explained_by(row) for answer in both)


def test_every_reason_names_its_source() -> None:
    keys = {"theirs", "ours", "from", "until", "reason", "source"}
    for row in ROWS:
        assert keys <= set(row) <= {*keys, "shapes"}
        assert len(row["reason"]) > 20
        assert row["source"]
