"""LangSmith runs in envelopes: pages of the API, and what its client sends during a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.attributes import first, mapping, objects
from aiaudit.readers.langsmith_runs import COLUMNS, SELECT, is_run
from aiaudit.readers.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.readers.attributes import Attributes
    from aiaudit.readers.reader import Export, Flat

_SENT: Final = ("post", "patch")


def _claims(record: Export) -> bool:
    if any(isinstance(record.get(name), list) for name in _SENT):
        sent = [run for name in _SENT for run in objects(record.get(name))]
        return any("dotted_order" in run or "trace_id" in run for run in sent)
    return any(is_run(run) for run in objects(record.get("runs")))


def _rows(record: Export) -> Iterator[Flat]:
    if isinstance(record.get("runs"), list):
        yield from (_flat(run) for run in objects(record["runs"]))
        return
    runs: dict[str, Attributes] = {}
    for name in _SENT:
        for place, run in enumerate(objects(record.get(name))):
            known = runs.setdefault(first(run, "id") or f"{name} {place}", {})
            known |= {part: value for part, value in run.items() if value not in (None, {}, [])}
    yield from (_flat(run) for run in runs.values())


def _flat(run: Attributes) -> Flat:
    thread = mapping(mapping(run.get("extra")).get("metadata")).get("thread_id")
    return {name: first({"thread_id": thread, **run}, name) for name in COLUMNS}


READER = Reader(
    id="langsmith-batches",
    family="langsmith",
    title="LangSmith runs as its client sends them, or in pages of its API",
    carries="calls with tokens, cache, cost, status, project, thread and prompts",
    found_by="post and patch, or runs",
    grain="call",
    holds="json",
    verified=True,
    signature=frozenset({"post", "patch"}),
    columns=COLUMNS,
    select=SELECT,
    rows=_rows,
    claims=_claims,
)
