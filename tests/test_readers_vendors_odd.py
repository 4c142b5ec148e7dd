"""Pages of the vendors' APIs with odd values in them: every one is read, none is a traceback."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from aiaudit import readers
from aiaudit.intake.stream import DECODER

if TYPE_CHECKING:
    from collections.abc import Iterator

NESTED: Final = (
    "anthropic-costs", "anthropic-enterprise-costs", "anthropic-enterprise-usage",
    "anthropic-usage", "claude-code-analytics", "groq-activity", "openai-costs",
    "openai-costs-legacy", "openai-usage", "openai-usage-legacy",
)  # fmt: skip
ODD: Final[tuple[Any, ...]] = (
    None, "", [], {}, [None], [[]], {"a": [{}]}, "²", "9" * 6000, "1e999999999", "NaN", True, "-1",
    {"results": ["1"]}, [{"results": {}}],
)  # fmt: skip


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Yield the way to every value inside a document."""
    steps = value if isinstance(value, dict) else range(len(value))
    for step in steps:
        yield (*above, step)
        if isinstance(value[step], dict | list):
            yield from places(value[step], (*above, step))


@pytest.mark.parametrize("name", NESTED)
def test_odd_values_in_a_page_are_rows_and_never_a_traceback(name: str) -> None:
    (reader,) = [found for found in readers.registry() if found.id == name]
    assert reader.rows
    sample = Path(__file__).parent / "readers" / name / "sample.json"
    document = DECODER.decode(sample.read_text("utf-8"))
    whole = document if isinstance(document, list) else [document]
    chance = random.Random(name)  # noqa: S311  # seeded, not secret
    for _ in range(200):
        mutant = copy.deepcopy(whole)
        *way, last = chance.choice([place for place in places(mutant) if len(place) > 1])
        inside: Any = mutant
        for step in way:
            inside = inside[step]
        inside[last] = copy.deepcopy(chance.choice(ODD))
        for record in mutant:
            reader.recognises(record)
            for row in reader.rows(record):
                assert set(row) <= set(reader.columns)
                assert all(value is None or isinstance(value, str) for value in row.values())
