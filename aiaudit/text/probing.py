"""Which probes a text calls for: the needles of all of them are found in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from aiaudit.text.patterns import EVERY_BEGIN, MARK, compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiaudit.text.patterns import Probe


class Prober:
    """Probes, and which of them each needle calls for."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        """Note which needles stand anywhere, and which at the beginning of a clause."""
        pairs = [(n, at) for at, probe in enumerate(probes) for n in sorted(probe.needles or ())]
        self.probes = probes
        self._anywhere = _calls([pair for pair in pairs if not pair[0].startswith(MARK)])
        self._beginning = _calls([pair for pair in pairs if pair[0].startswith(MARK)])

    def called(self, texts: pl.Series) -> dict[int, pl.Series]:
        """Return for each probe that may match any text the places of those texts.

        A place can stand there more than once.
        """
        marked = texts.str.replace_all(compiled(EVERY_BEGIN), "${0}" + MARK)
        found = pl.concat([_found(texts, self._anywhere), _found(marked, self._beginning)])
        grouped = found.group_by("probe").agg("place")
        everywhere = pl.Series(range(texts.len()), dtype=pl.UInt32)
        always = {at: everywhere for at, probe in enumerate(self.probes) if probe.needles is None}
        return dict(zip(grouped["probe"], grouped["place"], strict=True)) | always


def _calls(pairs: Sequence[tuple[str, int]]) -> pl.DataFrame:
    schema = {"needle": pl.String, "probe": pl.UInt32}
    return pl.DataFrame(pairs, schema=schema, orient="row").group_by("needle").agg("probe")


def _found(texts: pl.Series, calls: pl.DataFrame) -> pl.DataFrame:
    """Return place and probe wherever a text contains a needle."""
    words = texts.str.extract_many(calls["needle"].implode(), overlapping=True).alias("needle")
    return (
        words.to_frame()
        .with_row_index("place")
        .explode("needle")
        .join(calls, on="needle")
        .select("place", "probe")
        .explode("probe")
    )
