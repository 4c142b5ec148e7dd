"""Langfuse traces with their observations: as downloaded one by one, or as the API gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.attributes import first, mapping, objects
from aiaudit.readers.langfuse_observations import COLUMNS, SELECT, is_observation
from aiaudit.readers.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.attributes import Attributes
    from aiaudit.readers.reader import Export, Flat

# What a trace knows and its observations do not.
_TRACE: Final = {"userId": "userId", "sessionId": "sessionId", "traceName": "name",
                 "traceTags": "tags", "projectId": "projectId", "traceId": "id",
                 "environment": "environment"}  # fmt: skip


def _claims(record: Export) -> bool:
    return any(is_observation(observation) for _, observation in _observations(record))


def _observations(record: Export) -> Iterator[tuple[Attributes, Attributes]]:
    """Yield (trace, observation) of a download, of a trace of the API, or of a page of either."""
    if isinstance(record.get("observations"), list):
        trace = mapping(record.get("trace")) or record
        for observation in objects(record["observations"]):
            yield trace, observation
    elif isinstance(record.get("data"), list):
        for part in objects(record["data"]):
            inner = isinstance(part.get("observations"), list)
            yield from _observations(part) if inner else [({}, part)]


def _rows(record: Export) -> Iterator[Flat]:
    for trace, observation in _observations(record):
        yield flat(trace, observation)


def flat(trace: Attributes, observation: Attributes) -> Flat:
    """Return the row of an observation, with what only its trace knows."""
    row = {name: first(observation, name) for name in COLUMNS}
    told = {name: first(trace, source) for name, source in _TRACE.items()}
    return row | {name: row.get(name) or value for name, value in told.items()}


READER = Reader(
    id="langfuse-trace",
    family="langfuse",
    title="Langfuse traces with their observations (download, API)",
    carries="calls with tokens, cache, cost, status, user, session and prompts",
    found_by="trace and observations",
    grain="call",
    holds="json",
    verified=True,
    signature=frozenset({"trace", "observations"}),
    columns=COLUMNS,
    select=SELECT,
    rows=_rows,
    claims=_claims,
)
