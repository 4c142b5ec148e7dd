"""Prices are added, ended or withdrawn, never rewritten: the digests that hold us to it.

`python -m aiaudit.pricing.digests` adds a line for what is new in the shipped catalogue.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aiaudit.errors import CatalogueError
from aiaudit.pricing.load import load
from aiaudit.pricing.meaning import meaning
from aiaudit.pricing.values import FOREVER
from aiaudit.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aiaudit.pricing.values import Catalogue, Price

FILE: Final = "digests.txt"
_LENGTH: Final = 16
_RECORD: Final = "record it with: python -m aiaudit.pricing.digests"


@dataclass(frozen=True, slots=True, order=True)
class Digest:
    """What is on record about one interval: its name and digest; its end, once it has one."""

    interval: str
    digest: str
    until: str = ""
    withdrawn: str = ""

    def __str__(self) -> str:
        ends = {"until": self.until, "withdrawn": self.withdrawn}
        return " ".join(
            [self.interval, self.digest, *(f"{key}={day}" for key, day in ends.items() if day)]
        )

    def agrees(self, now: Digest) -> bool:
        """Return whether an interval as it stands now keeps every word of this record."""
        said, says = (self.until, self.withdrawn), (now.until, now.withdrawn)
        return (self.interval, self.digest) == (now.interval, now.digest) and all(
            old in ("", new) for old, new in zip(said, says, strict=True)
        )


def digests(catalogue: Catalogue) -> list[Digest]:
    """Return the digest of every interval, withdrawn ones too, in order of name."""
    return sorted(
        _digest(offering.key, price)
        for offering in catalogue.offerings.values()
        for price in offering.prices
    )


def recorded(text: str) -> list[Digest]:
    """Return the digests of a record.

    Raises:
        CatalogueError: a line of it is no digest.
    """
    return [_read(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def broken(record: Iterable[Digest], now: Iterable[Digest]) -> Iterator[str]:
    """Yield a sentence for each interval that was edited, removed, or never recorded."""
    record, now = list(record), list(now)
    by_name: dict[str, list[Digest]] = {}
    for digest in now:
        by_name.setdefault(digest.interval, []).append(digest)
    for old in record:
        if not any(old.agrees(new) for new in by_name.get(old.interval, ())):
            yield (
                f"{old}: this price was edited or removed; restore it, mark it `withdrawn`,"
                " and state the right one in a new entry"
            )
    known = set(record)
    for new in now:
        if new not in known:
            yield f"{new}: not on record; {_RECORD}"


def record() -> None:
    """Add to the record of the shipped catalogue what it lacks; nothing is taken out of it.

    Raises:
        CatalogueError: the catalogue is broken, or does not lie in a folder.
    """
    folder = shipped("pricing")
    if not isinstance(folder, Path):
        raise CatalogueError("the catalogue lies in an archive; record its digests in a checkout")
    file = folder / FILE
    known = recorded(file.read_text("utf-8")) if file.exists() else []
    both = sorted({*known, *digests(load())})
    file.write_text("".join(f"{digest}\n" for digest in both), "utf-8")


def _digest(offering: str, price: Price) -> Digest:
    said = json.dumps(meaning(price), sort_keys=True, ensure_ascii=True)
    return Digest(
        interval=f"{offering}@{_day(price.start.isoformat())}",
        digest=hashlib.sha256(f"{offering}\n{said}".encode()).hexdigest()[:_LENGTH],
        until="" if price.until == FOREVER else _day(price.until.isoformat()),
        withdrawn="" if price.withdrawn is None else price.withdrawn.isoformat(),
    )


def _day(instant: str) -> str:
    return instant.removesuffix("T00:00:00")


def _read(number: int, line: str) -> Digest:
    # A model may have a blank in its name, so that the parts are counted from the end.
    words, ends = line.split(" "), {"until": "", "withdrawn": ""}
    while words and (key := words[-1].partition("=")[0]) in ends and "=" in words[-1]:
        ends[key] = words.pop().partition("=")[2]
    if len(words) < 2 or len(words[-1]) != _LENGTH:  # noqa: PLR2004  # a name and its digest
        raise CatalogueError(f"{FILE}:{number}: no digest of a price")
    return Digest(interval=" ".join(words[:-1]), digest=words[-1], **ends)


if __name__ == "__main__":
    record()
