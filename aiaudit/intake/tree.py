"""Spans above spans: what repeats the calls below it, or a part of the call above it, is no call.

Tracers wrap a model call in spans that state its tokens again. A reader whose format is a tree
gives `span` and `span_above` (both with their trace inside) and `measured`: true for a model call
whose tokens are known, false for one without, NULL for any other span. The rule looks at all rows
that are read together, so that a span may stand before or after the one above it.

To ask whether a span is in a set is a join, and rows lose their order in a join: they are numbered
before, and put in order again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS: Final = ("span", "span_above", "measured")
WRAPPER: Final = "wrapper over its own calls"
PART: Final = "part of the call above it"

# `sound` leaves out spans that stand above themselves: such a circle has no top, and its calls
# stay. `up` climbs from every call to all spans above it; `down` from a call that nothing below
# it measures again to all spans below it.
_MARKED: Final = f"""(
WITH RECURSIVE placed AS NOT MATERIALIZED (
    SELECT *, row_number() OVER () AS place FROM read
), spans AS MATERIALIZED (
    SELECT span, nullif(span_above, span) AS above, measured FROM read WHERE span IS NOT NULL
), sound AS (
    SELECT span FROM spans WHERE above IS NULL OR (above IN (SELECT span FROM spans)) IS FALSE
    UNION
    SELECT spans.span FROM sound JOIN spans ON spans.above = sound.span
), up AS (
    SELECT spans.above AS span, measured FROM spans JOIN sound USING (span)
    WHERE measured IS NOT NULL AND above IS NOT NULL
    UNION
    SELECT spans.above, up.measured FROM up JOIN spans ON spans.span = up.span
    WHERE spans.above IS NOT NULL
), down AS (
    SELECT spans.span, FALSE AS below FROM spans JOIN sound USING (span)
    WHERE measured AND (span IN (SELECT span FROM up WHERE measured)) IS FALSE
    UNION
    SELECT spans.span, TRUE FROM down JOIN spans ON spans.above = down.span
)
SELECT * EXCLUDE (ignored, place), CASE
    WHEN ignored IS NOT NULL OR measured IS NULL THEN ignored
    WHEN span IN (SELECT span FROM up WHERE measured) THEN '{WRAPPER}'
    WHEN measured IS FALSE AND span IN (SELECT span FROM down WHERE below) THEN '{PART}'
    WHEN measured IS FALSE AND span IN (SELECT span FROM up) THEN '{WRAPPER}'
END AS ignored FROM placed ORDER BY place)"""


def marked(given: Mapping[str, str]) -> str:
    """Return the relation of what a reader read, wrappers marked where its format is a tree."""
    return _MARKED if set(COLUMNS) <= given.keys() else "read"
