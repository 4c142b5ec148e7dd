"""DeepSeek usage as downloaded from its platform: a row per day, model, key and kind of count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aiaudit.readers.pages import flat
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aiaudit.readers.reader import Export, Flat

_NAMES: Final = frozenset({"model", "type", "price", "amount"})
_DATES: Final = frozenset({"utc_date", "start_time_iso"})
_GROUP: Final = (
    "user_id", "utc_date", "start_time_iso", "end_time_iso", "model", "api_key_name",
)  # fmt: skip
# `api_key` may be the key itself and `price` is the provider's own: neither is read.
_COLUMNS: Final = (*_GROUP, "type", "amount")
_WHOLE: Final = re.compile(r"([0-9]{1,15})(\.0+)?")
_TOKENS: Final = frozenset(
    {"input_cache_hit_tokens", "input_cache_miss_tokens", "input_tokens", "output_tokens"}
)


def _claims(record: Export) -> bool:
    names = {name.lower() for name in record}
    return names >= _NAMES and bool(names & _DATES)


def _session(records: Iterable[Export]) -> Callable[[Export], Iterator[Flat]]:
    """Return rows in which a group's requests stand beside its first tokens, not by themselves."""
    requests: dict[tuple[str | None, ...], int] = {}
    measured = set()
    for row in map(_row, records):
        amount = _WHOLE.fullmatch(row["amount"] or "")
        if amount and row["type"] == "request_count":
            requests[_group(row)] = requests.get(_group(row), 0) + int(amount[1])
        elif amount and row["type"] in _TOKENS:
            measured.add(_group(row))

    def rows(record: Export) -> Iterator[Flat]:
        row = _row(record)
        if _group(row) in measured and _WHOLE.fullmatch(row["amount"] or ""):
            if row["type"] == "request_count":
                row["beside"] = "true"
            elif row["type"] in _TOKENS and _group(row) in requests:
                row["requests"] = str(requests.pop(_group(row)))
        yield row

    return rows


def _row(record: Export) -> Flat:
    return flat({name.lower(): value for name, value in record.items()}, *_COLUMNS)


def _group(row: Flat) -> tuple[str | None, ...]:
    return tuple(row[name] for name in _GROUP)


READER = Reader(
    id="deepseek-usage",
    family="deepseek-usage",
    title="DeepSeek usage, platform download (amount-*.csv)",
    carries="tokens by cache class and requests per day, model and key; its prices are not read",
    found_by="columns model, type, price and amount",
    grain="bucket",
    holds="table",
    verified=False,
    signature=_NAMES,
    columns=dict.fromkeys(("requests", "beside", *_COLUMNS), "VARCHAR"),
    select=statement("deepseek_usage"),
    session=_session,
    unfolds=True,
    claims=_claims,
)
